"""Standing at a wall with a ball between it and the body.

The wall is at +x. The body turns until its point faces the wall, stands a step away from it, leans in with the pelvis
and bends the trunk back just so far that the shoulder has room.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from . import props
from .contact import Spot, dent, sunk
from .figure import LEFT, NONE, UPPER, Figure
from .pose import Pose
from .postures import SIDES, set_arm, table
from .scene import Scene, arrow, camera
from .vectors import NotConverged, X, Y, Z, turn, unit

HATCH, HATCH_FROM, ARROW = 14.0, 6.0, 15.0


@dataclass(frozen=True, eq=False)
class Stand:
    """One way to stand at the wall."""

    pose: Pose
    body: np.ndarray
    wall: float
    ball: np.ndarray
    trunk: float
    room: float


def at_wall(
    figure: Figure, spot: Spot, radius: float, approach: np.ndarray | None = None, lane: tuple[Spot, Spot] | None = None
) -> Scene:
    """Return the scene of a spot at the wall; `approach` replaces the skin's own direction, `lane` is swept."""
    rules = table()["wall"]
    normal = spot.normal(figure.stand, figure.faces) if approach is None else approach
    facing = np.clip(np.degrees(np.arctan2(normal[2], normal[0])), *rules["turn"])
    back = float(np.clip((-facing - 30) / 50, 0, 1))
    axes = turn(Y, facing)
    stand = _room_for_shoulder(figure, spot, axes, back, radius)
    set_hands(stand.pose, stand.wall, axes, back)
    body = dent(stand.pose.fine(), stand.ball, radius)
    from_behind = -70 < facing < -25
    scene = Scene(body, [props.ball(stand.ball, radius)], camera(180 if from_behind else 0), stand.ball)
    way = -1.0 if from_behind else 1.0
    scene.ground, scene.marks = wall_lines(body, stand.wall, way), _lean_in(body, stand.ball, way)
    if lane is not None:
        scene.lane = _lane(scene, lane, radius)
    scene.shows = ("wall_back" if back > 0.5 else "wall_side", "ball_wall")
    scene.facts = {
        "bend_deg": stand.trunk, "facing_deg": float(facing), "level_cm": abs(stand.wall - stand.ball[0] - radius),
        "wall_cm": float(max(body[:, 0].max() - stand.wall, 0)),
    }  # fmt: skip
    return scene


def _room_for_shoulder(figure: Figure, spot: Spot, axes: np.ndarray, back: float, radius: float) -> Stand:
    """Return the stand whose trunk bends to the wall as far as shoulder and head allow."""
    rules = _rules(figure, spot, back)
    inward, outward = rules["trunk"]
    low = (figure.limb == NONE) | (figure.limb == UPPER)

    def stand_at(trunk: float) -> Stand:
        return _stand(figure, spot, axes, back, radius, trunk, low)

    best = stand_at(inward)
    if best.room >= rules["room"]:
        return best
    good, bad = outward, inward
    best = stand_at(good)
    if best.room < min(rules["room"], 0):
        raise NotConverged(
            f"the shoulder stands {-best.room:.1f} cm in the wall with the trunk bent {-outward} degrees"
        )
    while bad - good > 0.5:
        middle = (good + bad) / 2
        found = stand_at(middle)
        if found.room >= rules["room"]:
            good, best = middle, found
        else:
            bad = middle
    return best


def _rules(figure: Figure, spot: Spot, back: float) -> dict:
    """Return the numbers of the stance; at the back of the thigh, those of straight legs."""
    thigh = table()["wall_thigh"]
    is_thigh = back > 0.5 and spot.at(figure.stand)[1] < thigh["below"]
    return {**table()["wall"], **thigh} if is_thigh else table()["wall"]


def _between(pair: list[float], share: float) -> float:
    return pair[0] * (1 - share) + pair[1] * share


def _stand(figure: Figure, spot: Spot, axes, back: float, radius: float, trunk: float, low: np.ndarray) -> Stand:
    """Return the body standing with its trunk bent to the wall by some degrees, the ball on its spot."""
    rules = _rules(figure, spot, back)
    pose = pose_at_wall(figure, rules, axes, back, trunk)
    body = pose.fine()
    normal = spot.normal(body, figure.faces)
    way = unit(normal * [1, 0.35, 1])
    way = unit(way + X) if normal[0] > 0.5 else unit(normal * 0.4 + X)
    ball = spot.at(body) + way * (radius - rules.get("press", table()["press"]))
    wall = ball[0] + radius
    return Stand(pose, body, wall, ball, trunk, float(wall - body[low, 0].max()))


def pose_at_wall(figure: Figure, rules: dict, axes: np.ndarray, back: float, trunk: float) -> Pose:
    """Return the body leaning to a wall at +x, its trunk bent to it by some degrees; the hands are still to be put."""
    pose = Pose(figure)
    height = pose.joints["root"][1][1] - _between(rules["drop"], back)
    pose.place(turn(Z, -_between(rules["pelvis"], back)) @ axes, [0, height, 0])
    toward = axes.T @ X
    pose.bend(forward=_between(rules["forward"], back) + trunk * toward[2] * (1 - back), left=trunk * toward[0])
    ahead, left = axes @ Z, axes @ X
    for side, sign in SIDES:
        step = _between(rules["step"], back)
        foot = left * sign * 10.5 * [1, 0, 1] - X * _between(rules["away"], back) + ahead * sign * step
        toes = unit(ahead + 0.12 * sign * left)
        pose.leg(side, foot + 7.2 * Y, ahead + 0.15 * sign * left, (toes, Y))
    pose.level_gaze(unit(ahead - 0.05 * Y), 0.8)
    pose.nod(_between(rules["nod"], back))
    shoulder = pose.at("upperarm01.L")
    pose.arm("L", shoulder + 27 * ahead + [0, -4, 0] - 3 * left, np.array([-0.5, -0.8, 1.1]))
    return pose


def set_hands(pose: Pose, wall: float, axes: np.ndarray, back: float) -> None:
    """Fold the hands before the belly, back to the wall; side-on, one on the wall and one on the hip."""
    if back > 0.5:
        for side, _ in SIDES:
            set_arm(pose, side, "folded", axes)
        return
    set_arm(pose, "R", "on_hip", axes)
    pose.turns = _hand_on_wall(pose, wall).turns


def _hand_on_wall(pose: Pose, wall: float) -> Pose:
    """Return the pose with the near hand on the wall, at the first place where elbow and trunk have room."""
    rules, figure = table()["wall"]["hand"], pose.figure
    shoulder, face = pose.at("upperarm01.L"), pose.at("head", 1) - 9 * Y
    near, trunk = np.flatnonzero(figure.limb == LEFT), np.flatnonzero(figure.limb == NONE)
    best: tuple[float, Pose] | None = None
    for low, ahead, elbow in product(rules["low"], rules["ahead"], rules["elbow"]):
        trial = pose.copy()
        wrist = np.array([wall - rules["away"], shoulder[1] - low, shoulder[2] + ahead])
        if trial.arm("L", wrist, np.array(elbow)) > 0.5:
            continue
        # The elbow is a joint: the skin around it needs some room to the wall.
        if trial.at("lowerarm01.L")[0] > wall - rules["away"]:
            continue
        trial.hand("L", unit(Y + 0.3 * Z), X)
        trial.curl("L", 2)
        body = trial.fine()
        out = max(body[near, 0].max() - wall - 0.5, 0)
        # A hand before the face, as the viewer sees it, hides what makes the figure human.
        hides = max(rules["face"] - float(np.linalg.norm((wrist + 7 * Y - face)[:2])), 0)
        score = out * 3 + sunk(figure, body, near, trunk) * 2 + hides * 0.3
        if best is None or score < best[0] - 1e-6:
            best = (score, trial)
        if score < rules["good"]:
            break
    if best is None:
        raise NotConverged("no place of the wall is within the hand's reach")
    return best[1]


def _lane(scene: Scene, lane: tuple[Spot, Spot], radius: float) -> list:
    """Return an arrow along the swept way, on the body beside its edge."""
    flat = scene.flat(np.array([end.at(scene.body) for end in lane]))
    inward = np.array([-np.sign(scene.flat(scene.target)[0] - scene.flat(scene.body)[:, 0].mean()), 0.0])
    return arrow(*(flat + inward * radius))


def wall_lines(body: np.ndarray, wall: float, way: float) -> list:
    """Return wall and floor beside a body, with the hatching of the wall; `way` is -1 seen from behind."""
    top, far = body[:, 1].max() + 6, body[:, 0].min() - 12
    lines = [np.array([[way * far, -0.2], [way * wall, -0.2], [way * wall, top]])]
    hatching = np.arange(HATCH_FROM, top - 2, HATCH)
    return lines + [np.array([[way * wall, y], [way * (wall + 4.5), y + 6]]) for y in hatching]


def _lean_in(body: np.ndarray, ball: np.ndarray, way: float) -> list:
    """Return the arrow that says: lean in."""
    level = body[np.abs(body[:, 1] - ball[1]) < 2.5, 0].min()
    tip = np.array([way * (level - 4.0), ball[1]])
    back = np.array([way, 0.0])
    return [
        np.array([tip - ARROW * back, tip]),
        np.array([tip - 4.5 * back + [0, 3.4], tip, tip - 4.5 * back - [0, 3.4]]),
    ]
