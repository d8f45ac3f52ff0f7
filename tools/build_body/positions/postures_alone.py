"""Postures alone, for points without pictures: no ball, no tool and no mark, so that no place is claimed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .contact import Spot, rest_on
from .figure import NONE, UPPER, Figure
from .floor import LEVEL, floor_lines, lie_on_back, propped
from .knee import over_knee
from .pose import Pose
from .postures import SIDES, set_arm, set_leg, table
from .scene import Scene, camera
from .seat import chair, hold_the_wall, on_seat, sit, wall_ahead
from .vectors import X, Y, Z, solve, turn
from .wall import pose_at_wall, set_hands, wall_lines


def wall_side(figure: Figure, spots: dict[str, Spot]) -> Scene:
    """Stand with the left side to a wall, a hand on it."""
    return _at_wall(figure, "wall_side")


def wall_back(figure: Figure, spots: dict[str, Spot]) -> Scene:
    """Stand with the back to a wall."""
    return _at_wall(figure, "wall_back")


def _at_wall(figure: Figure, name: str) -> Scene:
    rules = table()["alone"][name]
    axes, back = turn(Y, rules["facing"]), rules["back"]
    pose = pose_at_wall(figure, table()["wall"], axes, back, rules["trunk"])
    trunk = (figure.limb == NONE) | (figure.limb == UPPER)
    wall = float(pose.fine()[trunk, 0].max()) + rules["room"]
    set_hands(pose, wall, axes, back)
    body = pose.fine()
    return _scene(body, wall_lines(body, wall, 1.0), [0, 0])


def wall_hand(figure: Figure, spots: dict[str, Spot]) -> Scene:
    """Stand before a wall with the right hand on it."""
    rules = table()["alone"]["wall_hand"]
    pose = Pose(figure)
    pose.place(np.eye(3), [0, pose.joints["root"][1][1] - rules["drop"], 0])
    pose.bend(forward=3)
    pose.nod(rules["nod"])
    for side, sign in SIDES:
        pose.leg(side, np.array(rules["ankle"][side]), Z, (Z + 0.1 * sign * X, Y))
    wall = hold_the_wall(pose, table()["sole"]["standing"]["wall"])
    set_arm(pose, "L", "hanging", np.eye(3))
    return _scene(pose.fine(), wall_ahead(wall), rules["camera"])


def chair_alone(figure: Figure, spots: dict[str, Spot]) -> Scene:
    """Sit on a chair, both feet on the floor, the hands on the thighs."""
    rules = table()["alone"]["chair"]
    pose = sit(figure, rules["bend"])
    for side, _ in SIDES:
        set_leg(pose, side, table()["sitting"]["legs"][rules["leg"]])
        set_arm(pose, side, "on_thigh", np.eye(3))
    pose.nod(rules["nod"])
    body = on_seat(figure, pose.fine())
    return Scene(body, chair(), camera(*rules["camera"]), body.mean(axis=0))


def on_back(figure: Figure, spots: dict[str, Spot]) -> Scene:
    """Lie on the back, the knees bent."""
    body = rest_on(lie_on_back(figure, 0.0).fine(), 0.0)
    return _scene(body, floor_lines(body), [0, 0])


def on_side(figure: Figure, spots: dict[str, Spot]) -> Scene:
    """Lie on the left side, propped on the forearm, the hip on the floor."""
    rules = table()["side_lying"]
    hip = figure.ring(table()["alone"]["on_side"]["hip"], 1.0)
    state: dict = {"height": rules["start"] - 5, "bend": 30.0}

    def step() -> float:
        pose = propped(figure, 0.0, state["height"], state["bend"])
        state["body"] = pose.fine()
        low = float(state["body"][hip, 1].min()) + table()["press"]
        short = rules["elbow_height"] - pose.at("lowerarm01.L")[1]
        state["height"] -= low * 0.9
        state["bend"] = float(np.clip(state["bend"] + short * 1.2, *rules["bend"]))
        return low

    solve(step, LEVEL, "the hip on the floor", 20)
    body = rest_on(state["body"], 0.0)
    return _scene(body, floor_lines(body), [0, 0])


def calf_on_knee(figure: Figure, spots: dict[str, Spot]) -> Scene:
    """Lie on the back, one knee bent, the left calf on top of it."""
    scene = over_knee(figure, spots[table()["alone"]["calf_on_knee"]["like"]])
    return replace(scene, marks=[], dot=False, aid=None, inset=None)


def _scene(body: np.ndarray, ground: list, view: list) -> Scene:
    return Scene(body, [], camera(*view), body.mean(axis=0), ground=ground)


# By the names of the texts `figure.posture.*`.
ALONE: dict[str, Callable[[Figure, dict[str, Spot]], Scene]] = {
    "wall_side": wall_side, "wall_back": wall_back, "wall_hand": wall_hand,
    "chair": chair_alone, "on_back": on_back, "on_side": on_side, "calf_on_knee": calf_on_knee,
}  # fmt: skip
