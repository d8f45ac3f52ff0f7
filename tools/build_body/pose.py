"""Pose the body by linear blend skinning.

Three poses: standing with the palms forward, standing with the arms reaching forward (the side view then shows hip
and flank free), and standing with the foot pointed (for the view from above the foot).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .human import BaseMesh, Rig
from .neutral import symmetrise

SPREAD_CLOSED, THUMB_CLOSED, CURL = 0.6, 0.2, 6.0
FRONT_AXIS, SIDE_AXIS = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)
FINGERS = ("finger2", "finger3", "finger4", "finger5")


@dataclass(frozen=True)
class Pose:
    """Directions and turns of bones, for the left side; the right is mirrored.

    `aim` gives bone -> (direction, from joint, to joint); `twist` degrees about the bone; `turn` bone -> (axis,
    degrees).
    """

    turn: dict[str, tuple[tuple[tuple[float, float, float], float], ...]]
    aim: dict[str, tuple[tuple[float, float, float], str, str]] = field(default_factory=dict)
    twist: dict[str, float] = field(default_factory=dict)


LEGS = {
    "upperleg01": ((FRONT_AXIS, -5.0),),
    "lowerleg01": ((FRONT_AXIS, -0.6),),
    "foot": ((FRONT_AXIS, 5.0),),
    "clavicle": ((FRONT_AXIS, -4.0),),
}


def _arm(upper: tuple, fore: tuple, hand: tuple, twist: float) -> Pose:
    """Return a pose with the arm along three directions and the forearm twisted."""
    aim = {
        "upperarm01": (upper, "upperarm01", "lowerarm01"),
        "lowerarm01": (fore, "lowerarm01", "wrist"),
        "wrist": (hand, "wrist", "finger3-1"),
    }
    return Pose(LEGS, aim, {"lowerarm01": twist * 0.3, "lowerarm02": twist * 0.4, "wrist": twist * 0.3})


POSES = {
    "stand": _arm((0.33, -0.94, -0.03), (0.27, -0.95, 0.10), (0.20, -0.97, 0.06), -70),
    "reach": _arm((0.10, -0.86, 0.50), (-0.02, -0.60, 0.80), (-0.05, -0.62, 0.78), -25),
    "point": Pose({**LEGS, "foot": ((FRONT_AXIS, 5.0), (SIDE_AXIS, 38.0))}),
}


def turn_matrix(axis: np.ndarray, angle: float) -> np.ndarray:
    """Return the rotation about an axis by an angle in radians."""
    x, y, z = np.asarray(axis, float) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def align(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the smallest rotation that turns one direction into another."""
    start, end = start / np.linalg.norm(start), end / np.linalg.norm(end)
    axis = np.cross(start, end)
    size = np.linalg.norm(axis)
    return np.eye(3) if size < 1e-9 else turn_matrix(axis, np.arctan2(size, start @ end))


def apply_pose(body: np.ndarray, base: BaseMesh, rig: Rig, pose: Pose) -> tuple[np.ndarray, dict]:
    """Return the posed vertices, standing on the floor, and the posed joints.

    Returns
    -------
    vertices : numpy.ndarray
        New vertices, exactly symmetric.
    joints : dict
        Bone name -> (head, tail).
    """
    joints = rig.joints(body)
    turns: dict[str, np.ndarray] = {}
    for side in (1.0, -1.0):
        _shape_hand(turns, joints, side)
        _turn_bones(turns, joints, rig, pose, side)
    frames = _frames(turns, joints, rig)
    per_bone = np.stack([frames[name] for name in rig.names])
    blended = np.einsum("vb,bij->vij", rig.weights, per_bone)
    homogeneous = np.c_[body, np.ones(len(body))]
    moved = np.einsum("vij,vj->vi", blended, homogeneous)[:, :3]
    moved = np.where(rig.weights.sum(axis=1, keepdims=True) > 0, moved, body)
    moved = symmetrise(moved, base)
    floor = np.array([0, moved[np.unique(base.quads), 1].min(), 0])
    posed = {bone: tuple((frames[bone] @ np.r_[end, 1])[:3] - floor for end in ends) for bone, ends in joints.items()}
    return moved - floor, posed


def _suffix(side: float) -> str:
    return ".L" if side > 0 else ".R"


def _shape_hand(turns: dict, joints: dict, side: float) -> None:
    """Close the spread of the fingers and curl them a little."""
    head = {name: joints[name + _suffix(side)][0] for name in ("finger2-1", "finger5-1", "wrist")}
    normal = np.cross(head["finger2-1"] - head["wrist"], head["finger5-1"] - head["wrist"])
    normal /= np.linalg.norm(normal)

    def flat(finger: str) -> np.ndarray:
        direction = joints[f"{finger}-3{_suffix(side)}"][1] - joints[f"{finger}-1{_suffix(side)}"][0]
        direction = direction - normal * (direction @ normal)
        return direction / np.linalg.norm(direction)

    middle = flat("finger3")
    for finger in ("finger1", "finger2", "finger4", "finger5"):
        own = flat(finger)
        closed = THUMB_CLOSED if finger == "finger1" else SPREAD_CLOSED
        angle = np.arctan2(np.cross(own, middle) @ normal, own @ middle) * closed
        turns[f"{finger}-1{_suffix(side)}"] = turn_matrix(normal, angle)
    across = (head["finger2-1"] - head["finger5-1"]) * side
    for finger in FINGERS:
        for joint in ("-1", "-2", "-3"):
            bone = f"{finger}{joint}{_suffix(side)}"
            turns[bone] = turn_matrix(across, np.deg2rad(CURL)) @ turns.get(bone, np.eye(3))


def _turn_bones(turns: dict, joints: dict, rig: Rig, pose: Pose, side: float) -> None:
    """Turn, aim and twist the bones of one side."""
    for stem, steps in pose.turn.items():
        bone = stem + _suffix(side)
        for axis, angle in steps:
            turn = turn_matrix(np.array(axis) * [1, side, side], np.deg2rad(angle))
            turns[bone] = turn @ turns.get(bone, np.eye(3))
    for stem, (direction, start, end) in pose.aim.items():
        bone = stem + _suffix(side)
        own = joints[end + _suffix(side)][0] - joints[start + _suffix(side)][0]
        above = _above(bone, turns, rig)
        twist = turn_matrix(own, np.deg2rad(pose.twist.get(stem, 0)) * side)
        turns[bone] = align(own, above.T @ (np.array(direction) * [side, 1, 1])) @ twist
    for stem, angle in pose.twist.items():
        if stem not in pose.aim:
            bone = stem + _suffix(side)
            head, tail = joints[bone]
            turns[bone] = turn_matrix(tail - head, np.deg2rad(angle) * side) @ turns.get(bone, np.eye(3))


def _above(bone: str, turns: dict, rig: Rig) -> np.ndarray:
    """Return the rotation a bone inherits from its parents."""
    total, parent = np.eye(3), rig.parents[bone]
    while parent:
        total = turns.get(parent, np.eye(3)) @ total
        parent = rig.parents[parent]
    return total


def _frames(turns: dict, joints: dict, rig: Rig) -> dict[str, np.ndarray]:
    """Return the world transform of every bone."""
    frames: dict[str, np.ndarray] = {}

    def frame(bone: str) -> np.ndarray:
        if bone not in frames:
            parent = rig.parents[bone]
            local = np.eye(4)
            if bone in turns:
                head = joints[bone][0]
                local[:3, :3] = turns[bone]
                local[:3, 3] = head - turns[bone] @ head
            frames[bone] = (frame(parent) if parent else np.eye(4)) @ local
        return frames[bone]

    for bone in joints:
        frame(bone)
    return frames
