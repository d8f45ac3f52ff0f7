"""Hands at work: fingertips on a place, or a fist around a handle, found by trying directions and elbows.

The shape of a hand (spread, curl) is the same wherever it is, so the wrist that brings its tips or its fist to a place
follows from where fingers and palm point; hundreds of ways are judged by geometry alone, a few with the skin on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .contact import sunk
from .figure import LEFT, NONE, RIGHT, Figure
from .pose import Pose
from .postures import mirrored, table
from .vectors import NotConverged, angle, frame_of, square_to, turn, unit

LIMB = {"L": LEFT, "R": RIGHT}
# How many of the ways to hold are tried with the skin on, and how far apart their fingers point.
TRIED, APART = 4, 25.0
# A forearm turned further than this costs as much as a bent wrist.
TURNED = 100.0


@dataclass(frozen=True, eq=False)
class Grip:
    """A way for a hand to hold: where fingers and palm point, and the place that tips or handle come to."""

    fingers: np.ndarray
    palm: np.ndarray
    place: np.ndarray
    fist: bool = False
    cost: float = 0.0


@dataclass(frozen=True, eq=False)
class Held:
    """A hand that was put somewhere: the pose, and how well it holds."""

    pose: Pose
    side: str
    grip: Grip
    wrist_deg: float
    sunk_cm: float
    cost: float


class _Try(NamedTuple):
    cost: float
    number: int
    side: str
    grip: Grip
    wrist: np.ndarray
    elbow: np.ndarray
    wrist_deg: float


def around(normal: np.ndarray, count: int) -> list[np.ndarray]:
    """Return directions along the skin, evenly around a normal."""
    first = square_to([0.31, 0.77, 0.55], normal)
    return [turn(normal, 360 * i / count) @ first for i in range(count)]


def finger_grips(place: np.ndarray, normal: np.ndarray) -> list[Grip]:
    """Return the ways in which fingertips can press a place: slanting towards the skin, the palm over it."""
    rules = table()["hand"]
    grips = []
    for slant in rules["slant"]:
        a = np.radians(slant)
        for along in around(normal, 16):
            fingers = unit(along * np.sin(a) - normal * np.cos(a))
            grips.append(Grip(fingers, square_to(-normal, fingers), place - normal * rules["tip"], cost=slant / 300))
    return grips


def fist_grips(place: np.ndarray, handle: np.ndarray, side: str, cost: float = 0.0) -> list[Grip]:
    """Return the ways in which a fist can close around a handle, the thumb's side towards what it works on."""
    sign = 1.0 if side == "L" else -1.0
    return [Grip(fingers, unit(sign * np.cross(handle, fingers)), place, True, cost) for fingers in around(handle, 20)]


def close(pose: Pose, side: str, fist: bool) -> None:
    """Curl the fingers, around a handle or for pressing."""
    rules = table()["hand"]
    if fist:
        pose.curl(side, *rules["fist_curl"])
        pose.thumb(side, *rules["fist_thumb"])
    else:
        pose.curl(side, *rules["tip_curl"])


def _anchor(pose: Pose, side: str, fist: bool) -> np.ndarray:
    """Return where tips or handle are from the wrist, in axes of the hand at rest."""
    trial = pose.copy()
    close(trial, side, fist)
    turned, _ = trial.world(f"wrist.{side}")
    wrist = trial.at(f"wrist.{side}")
    if fist:
        fingers, palm = pose.hand_at_rest(side)
        ahead, under = table()["hand"]["fist"]
        return pose.joints[f"finger3-1.{side}"][0] + fingers * ahead + palm * under - pose.joints[f"wrist.{side}"][0]
    tip = 0.3 * trial.tip(side, 2) + 0.7 * trial.tip(side, 3)
    return turned.T @ (tip - wrist)


def best_hold(pose: Pose, hands: Iterable[tuple[str, list[Grip]]]) -> Held:
    """Return the best of many ways to hold: reached, the wrist little bent, no limb inside another.

    Raises
    ------
    NotConverged
        If no hand reaches, or none without a wrist bent too far or an arm inside the body.
    """
    rules = table()["hand"]
    tries = [found for side, grips in hands if grips for found in _tries(pose, side, grips)]
    if not tries:
        raise NotConverged("no hand reaches the place with a wrist that is not bent too far")
    best: Held | None = None
    for found in _differing(sorted(tries, key=lambda each: each[:2])):
        trial = pose.copy()
        trial.arm(found.side, found.wrist, found.elbow)
        turned = abs(trial.hand(found.side, found.grip.fingers, found.grip.palm))
        close(trial, found.side, found.grip.fist)
        depth = arm_sunk(trial.figure, trial.fine(), found.side)
        total = found.cost + depth * 1.5 + max(turned - TURNED, 0) / 20
        if best is None or total < best.cost:
            best = Held(trial, found.side, found.grip, found.wrist_deg, depth, total)
    if best is None or best.sunk_cm > rules["sink_most"]:
        raise NotConverged(f"the arm would lie {best.sunk_cm:.1f} cm inside the body")
    return best


def _tries(pose: Pose, side: str, grips: list[Grip]) -> list[_Try]:
    """Return the ways that the arm's two bones can reach with a wrist that is not bent too far."""
    rules, sign = table()["hand"], 1.0 if side == "L" else -1.0
    joints = [pose.joints[f"{name}.{side}"][0] for name in ("upperarm01", "lowerarm01", "wrist")]
    upper, lower = (float(np.linalg.norm(b - a)) for a, b in pairwise(joints))
    shoulder, rest = pose.at(f"upperarm01.{side}"), frame_of(*pose.hand_at_rest(side)).T
    anchor = _anchor(pose, side, grips[0].fist)
    found = []
    for number, grip in enumerate(grips):
        wrist = grip.place - frame_of(grip.fingers, grip.palm) @ rest @ anchor
        way = wrist - shoulder
        far = float(np.linalg.norm(way))
        if not abs(upper - lower) * 1.05 + 2 < far < (upper + lower) * 0.998:
            continue
        way = way / far
        along = (upper**2 - lower**2 + far**2) / (2 * far)
        height = np.sqrt(max(upper**2 - along**2, 0))
        for pole in rules["elbows"]:
            pole = mirrored(pole, sign)
            elbow = shoulder + way * along + square_to(pole, way) * height
            bent = angle(wrist - elbow, grip.fingers)
            if bent < rules["wrist_most"]:
                found.append(_Try((bent / 35) ** 2 + grip.cost, number, side, grip, wrist, pole, bent))
    return found


def _differing(tries: list[_Try]) -> list[_Try]:
    """Return the first few that differ in direction, cheapest first."""
    chosen: list[_Try] = []
    for each in tries:
        if all(angle(each.grip.fingers, o.grip.fingers) > APART or each.side != o.side for o in chosen):
            chosen.append(each)
        if len(chosen) == TRIED:
            break
    return chosen


def arm_sunk(figure: Figure, body: np.ndarray, side: str) -> float:
    """Return how deep forearm and hand lie inside the body or the other arm."""
    own = np.flatnonzero(figure.limb == LIMB[side])
    other = np.flatnonzero((figure.limb == NONE) | (figure.limb == LEFT + RIGHT - LIMB[side]))
    return sunk(figure, body, own, other)
