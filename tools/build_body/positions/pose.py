"""One pose in the making: bones turn about their heads, limbs reach targets, the skin follows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..pose import FINGERS, _shape_hand, align, turn_matrix
from ..subdivide import vertex_normals
from .figure import Figure
from .vectors import X, Y, Z, frame_of, turn, unit

SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "head")
TWIST_IN_FOREARM = 0.6
# How far a thumb is laid along its hand: a spread thumb is a blot at 3 cm.
THUMB_ALONG = 0.75


class Pose:
    """Turns of bones, and where the body as a whole is.

    Parameters
    ----------
    figure : Figure
        Whose body it is; stands with its arms aside until it is changed.
    """

    def __init__(self, figure: Figure):
        self.figure = figure
        self.joints = figure.joints
        self.parents = figure.rig.parents
        self._turns: dict[str, np.ndarray] = {}
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self.root_turn, self.root_shift = np.eye(3), np.zeros(3)
        self._close_hands()

    def copy(self) -> Pose:
        """Return a pose that can be changed on its own."""
        other = Pose.__new__(Pose)
        other.__dict__.update(self.__dict__)
        other._turns, other._known = dict(self._turns), dict(self._known)
        return other

    @property
    def turns(self) -> dict[str, np.ndarray]:
        """Turns of the bones; assign all of them to go back to an earlier pose."""
        return self._turns

    @turns.setter
    def turns(self, turns: dict[str, np.ndarray]) -> None:
        for bone in self._turns.keys() | turns.keys():
            if self._turns.get(bone) is not turns.get(bone):
                self._forget(bone)
        self._turns = dict(turns)

    def set_turn(self, bone: str, turned: np.ndarray) -> None:
        """Give a bone a turn in its parent's axes at rest."""
        self._forget(bone)
        self._turns[bone] = turned

    def _forget(self, bone: str) -> None:
        for name in self.figure.below[bone]:
            self._known.pop(name, None)

    # -- reading
    def world(self, bone: str) -> tuple[np.ndarray, np.ndarray]:
        """Return turn R and shift t of a bone: a place x of the body at rest goes to R x + t."""
        if bone not in self._known:
            parent = self.parents[bone]
            total, shift = self.world(parent) if parent else (self.root_turn, self.root_shift)
            own = self._turns.get(bone)
            if own is not None:
                head = self.joints[bone][0]
                total, shift = total @ own, total @ (head - own @ head) + shift
            self._known[bone] = (total, shift)
        return self._known[bone]

    def at(self, bone: str, end: int = 0) -> np.ndarray:
        """Return where the head (0) or tail (1) of a bone is."""
        total, shift = self.world(bone)
        return total @ self.joints[bone][end] + shift

    # -- turning
    def place(self, turned: np.ndarray, pelvis: np.ndarray) -> None:
        """Turn the whole body and put the pelvis somewhere."""
        self.root_turn = turned
        self.root_shift = np.asarray(pelvis, float) - turned @ self.joints["root"][1]
        self._known.clear()

    def shift(self, step: np.ndarray) -> None:
        """Move the whole body."""
        self.root_shift = self.root_shift + np.asarray(step, float)
        self._known.clear()

    def turn(self, bone: str, axis: np.ndarray, degrees: float) -> None:
        """Turn a bone in its parent's axes at rest, on top of what it has."""
        self.set_turn(bone, turn(axis, degrees) @ self._turns.get(bone, np.eye(3)))

    def set_world(self, bone: str, wanted: np.ndarray) -> None:
        """Give a bone a turn in world axes."""
        parent = self.parents[bone]
        above = self.world(parent)[0] if parent else self.root_turn
        self.set_turn(bone, above.T @ wanted)

    def bend(self, forward: float = 0, left: float = 0, twist: float = 0, bones: Iterable[str] = SPINE) -> None:
        """Bend the spine forward, to the left, and twist it to the left, in degrees in all."""
        bones = tuple(bones)
        for bone in bones:
            self.turn(bone, X, forward / len(bones))
            self.turn(bone, Z, -left / len(bones))
            self.turn(bone, Y, twist / len(bones))

    def nod(self, forward: float = 0, left: float = 0, twist: float = 0) -> None:
        """Bend neck and head."""
        self.bend(forward, left, twist, NECK)

    def level_gaze(self, toward: np.ndarray, share: float = 1.0) -> None:
        """Turn the head part of the way to where it looks in a direction, upright."""
        self.set_turn("head", np.eye(3))
        now = self.world("head")[0]
        wanted = frame_of(toward, Y) @ frame_of(Z, Y).T
        self.set_world("head", _part_of(wanted @ now.T, share) @ now)

    # -- limbs
    def leg(self, side: str, ankle: np.ndarray, knee_toward: np.ndarray, foot: tuple | None = None) -> float:
        """Put an ankle somewhere, with the knee towards a direction and the foot along (forward, up).

        Returns
        -------
        float
            How far the leg falls short of it, in cm.
        """
        bones = tuple(f"{name}.{side}" for name in ("upperleg01", "lowerleg01", "foot"))
        miss = self._reach(bones, ankle, knee_toward, X)
        if foot is not None:
            self.foot(side, *foot)
        return miss

    def foot(self, side: str, forward: np.ndarray, up: np.ndarray) -> None:
        """Point a foot."""
        rest = self.joints[f"toe3-1.{side}"][0] - self.joints[f"foot.{side}"][0]
        self.set_world(f"foot.{side}", frame_of(forward, up) @ frame_of(unit(rest * [1, 0, 1]), Y).T)

    def arm(self, side: str, wrist: np.ndarray, elbow_toward: np.ndarray) -> float:
        """Put a wrist somewhere, with the elbow towards a direction; return how far the arm falls short."""
        bones = tuple(f"{name}.{side}" for name in ("upperarm01", "lowerarm01", "wrist"))
        rest = [self.joints[bone][0] for bone in bones]
        return self._reach(bones, wrist, elbow_toward, np.cross(rest[1] - rest[0], rest[2] - rest[1]))

    def _reach(self, bones: tuple[str, ...], target: np.ndarray, pole: np.ndarray, rest_hinge: np.ndarray) -> float:
        """Turn the two bones of a limb so that its end is at the target, by the law of cosines."""
        rest = [self.joints[bone][0] for bone in bones]
        start, target = self.at(bones[0]), np.asarray(target, float)
        first, second = np.linalg.norm(rest[1] - rest[0]), np.linalg.norm(rest[2] - rest[1])
        far = np.linalg.norm(target - start)
        size = np.clip(far, abs(first - second) * 1.01 + 0.1, (first + second) * 0.999)
        way = unit(target - start)
        hinge = unit(np.cross(unit(pole), way))
        along = (first**2 - second**2 + size**2) / (2 * size)
        middle = start + way * along + np.cross(way, hinge) * np.sqrt(max(first**2 - along**2, 0))
        reached = start + way * size
        for bone, before, now in (
            (bones[0], rest[1] - rest[0], middle - start),
            (bones[1], rest[2] - rest[1], reached - middle),
        ):
            self.set_world(bone, frame_of(now, hinge) @ frame_of(before, rest_hinge).T)
        return float(np.linalg.norm(target - reached))

    # -- hands
    def hand(self, side: str, fingers: np.ndarray, palm: np.ndarray) -> float:
        """Turn a hand so that its fingers point one way and its palm another.

        Returns
        -------
        float
            How far the hand is turned about the forearm, in degrees; the forearm twists along.
        """
        wanted = frame_of(fingers, palm) @ frame_of(*self.hand_at_rest(side)).T
        fore = self.world(f"lowerarm01.{side}")[0]
        axis = unit(self.joints[f"wrist.{side}"][0] - self.joints[f"lowerarm01.{side}"][0])
        local = fore.T @ wanted
        probe = unit(np.cross(axis, [0.3, 0.5, 0.8]))
        swung = align(local @ axis, axis) @ local @ probe
        twist = np.degrees(np.arctan2(np.cross(probe, swung) @ axis, probe @ swung))
        self.set_turn(f"lowerarm02.{side}", turn(axis, twist * TWIST_IN_FOREARM))
        self.set_world(f"wrist.{side}", wanted)
        return float(twist)

    def hand_at_rest(self, side: str) -> tuple[np.ndarray, np.ndarray]:
        """Return where the fingers and the palm of a hand point at rest."""
        names = ("wrist", "finger2-1", "finger5-1", "finger3-1")
        wrist, index, little, middle = (self.joints[f"{name}.{side}"][0] for name in names)
        fingers = unit(middle - wrist)
        normal = unit(np.cross(index - wrist, little - wrist))
        tip = self.joints[f"finger3-3.{side}"][1] - middle
        return fingers, normal if normal @ (tip - fingers * (tip @ fingers)) > 0 else -normal

    def curl(self, side: str, *degrees: float, fingers: Iterable[str] = FINGERS) -> None:
        """Curl fingers towards the palm: one angle for all joints, or one for each, from the knuckle on."""
        bends = degrees * 3 if len(degrees) == 1 else degrees
        axis = np.cross(*self.hand_at_rest(side))
        for finger in fingers:
            for joint, bend in zip(("-1", "-2", "-3"), bends, strict=True):
                self.turn(f"{finger}{joint}.{side}", axis, bend)

    def thumb(self, side: str, across: float, bend: float = 0.0) -> None:
        """Lay the thumb over the palm, against the closed fingers."""
        fingers, palm = self.hand_at_rest(side)
        self.turn(f"finger1-1.{side}", fingers * (1 if side == "L" else -1), across)
        axis = np.cross(fingers, palm) * 0.3 + palm * (1 if side == "L" else -1)
        for joint in ("-2", "-3"):
            self.turn(f"finger1{joint}.{side}", axis, bend)

    def tip(self, side: str, *fingers: int) -> np.ndarray:
        """Return the middle of the tips of some fingers."""
        return np.mean([self.at(f"finger{i}-3.{side}", 1) for i in fingers], axis=0)

    def _close_hands(self) -> None:
        """Close the spread of the fingers, and lay the thumbs along the hands."""
        for sign, side in ((1.0, "L"), (-1.0, "R")):
            _shape_hand(self._turns, self.joints, sign)
            names = ("wrist", "finger2-1", "finger5-1", "finger3-1")
            wrist, index, little, middle = (self.joints[f"{name}.{side}"][0] for name in names)
            thumb = self.joints[f"finger1-3.{side}"][1] - self.joints[f"finger1-1.{side}"][0]
            whole = align(thumb, unit(middle - wrist) + 0.25 * unit(index - little))
            self._turns[f"finger1-1.{side}"] = _part_of(whole, THUMB_ALONG)

    # -- skin
    def skin(self) -> np.ndarray:
        """Return the posed, dressed body on the coarse mesh, with the volume of its folds repaired."""
        figure, rest = self.figure, self.figure.clothes.rest
        frames = np.stack([np.c_[self.world(bone)] for bone in figure.rig.names])
        blended = np.tensordot(figure.weights, frames, axes=(1, 0))
        moved = np.einsum("vij,vj->vi", blended, np.c_[rest, np.ones(len(rest))])
        soft = figure.smooth(moved)
        repaired = soft + np.einsum("vij,vj->vi", figure.skin_frames(soft), figure.detail)
        used = np.diff(figure.smoother.indptr) > 0
        moved = np.where(used[:, None], repaired, moved)
        return moved + vertex_normals(moved, figure.coarse_faces) * figure.clothes.offset[:, None]

    def fine(self) -> np.ndarray:
        """Return the posed, dressed body on the fine mesh."""
        return self.figure.finer @ self.skin()


def _part_of(rotation: np.ndarray, share: float) -> np.ndarray:
    """Return a share of a rotation."""
    size = np.arccos(np.clip((np.trace(rotation) - 1) / 2, -1, 1))
    axis = np.array([rotation[2, 1] - rotation[1, 2], rotation[0, 2] - rotation[2, 0], rotation[1, 0] - rotation[0, 1]])
    return turn_matrix(axis, size * share) if np.linalg.norm(axis) > 1e-9 else np.eye(3)
