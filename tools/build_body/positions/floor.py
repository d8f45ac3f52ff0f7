"""Lying on the floor with a ball under the buttock or the side of the hip; seen from the body's left or front."""

from __future__ import annotations

import numpy as np

from . import props
from .contact import Spot, dent, rest_on
from .figure import Figure
from .pose import Pose
from .postures import SIDES, table
from .scene import Scene, camera
from .vectors import X, Y, Z, solve, turn, unit

# Columns: where the body's left, up and front go when it lies on its back with the head at +x.
SUPINE = np.stack([Z, X, Y], axis=1)
ON_SIDE = np.stack([-Y, X, Z], axis=1)
SINK = 0.35
LEVEL = 0.08


def on_floor(figure: Figure, spot: Spot, radius: float) -> Scene:
    """Return the scene of a spot on a ball on the floor: on the back, or on the side where the spot faces out."""
    normal = spot.normal(figure.stand, figure.faces)
    aside = float(np.degrees(np.arctan2(normal[0], -normal[2])))
    if aside < table()["supine"]["side_from"]:
        return _on_back(figure, spot, radius, aside)
    return _on_side(figure, spot, radius, normal)


def floor_lines(body: np.ndarray, spare: float = 8.0) -> list:
    """Return the floor below a body seen level, with its hatching."""
    low, high = body[:, 0].min() - spare, body[:, 0].max() + spare
    lines = [np.array([[low, 0], [high, 0]])]
    return lines + [np.array([[x, 0], [x - 5, -4.5]]) for x in np.arange(low + 8, high - 2, 16.0)]


def _below(spot: Spot, figure: Figure, body: np.ndarray, radius: float) -> np.ndarray:
    """Return the centre of a ball under a spot."""
    way = unit(spot.normal(body, figure.faces) * [0.3, 1, 0.3])
    return spot.at(body) + way * (radius - table()["press"] - SINK)


def _on_back(figure: Figure, spot: Spot, radius: float, aside: float) -> Scene:
    rules = table()["supine"]
    roll = float(np.clip(aside - rules["roll_less"], 0, rules["roll_most"]))
    state: dict = {"rise": 3.0}

    def step() -> float:
        state["pose"] = lie_on_back(figure, state["rise"], roll)
        state["body"] = state["pose"].fine()
        state["ball"] = _below(spot, figure, state["body"], radius)
        error = radius - state["ball"][1]
        state["rise"] += error * 0.8
        return error

    error = solve(step, LEVEL, "the ball under the back on the floor", 20)
    return _scene(figure, state["body"], state["ball"], radius, {"roll_deg": roll, "level_cm": error}, "on_back")


def _scene(figure: Figure, body: np.ndarray, ball: np.ndarray, radius: float, facts: dict, posture: str) -> Scene:
    body = dent(rest_on(body, 0.0), ball, radius)
    scene = Scene(body, [props.ball(ball, radius)], camera(), ball, ground=floor_lines(body))
    scene.facts, scene.shows = facts, (posture, "ball_floor")
    return scene


def lie_on_back(figure: Figure, rise: float, roll: float = 0.0, legs: bool = True, arms: bool = True) -> Pose:
    """Return the body on its back, its pelvis raised and rolled to the left; shoulders and head stay on the floor."""
    rules = table()["supine"]
    pose = Pose(figure)
    tilt = np.degrees(np.arcsin(np.clip(rise / rules["trunk"], -0.3, 0.3)))
    pose.place(turn(Z, -tilt) @ turn(X, roll) @ SUPINE, np.zeros(3))
    pose.bend(forward=-tilt * 0.3, twist=-roll * 0.8)
    pose.nod(rules["nod"], twist=-roll * 0.2)
    skin = pose.fine()
    back = (figure.arm < 0.3) & (figure.stand[:, 1] > 125) & (figure.stand[:, 1] < 140)
    pose.shift([0, 0.9 - np.percentile(skin[back, 1], 3), 0])
    for side, sign in SIDES if legs else ():
        along, out = rules["ankle"][side]
        ankle = np.array([pose.at(f"upperleg01.{side}")[0] + along, 7.4, sign * out])
        pose.leg(side, ankle, Y - 0.3 * X + (0.06 * sign + roll / 90) * Z, (-X + 0.1 * sign * Z, Y))
    for side, sign in SIDES if arms else ():
        shoulder, hip = pose.at(f"upperarm01.{side}"), pose.at(f"upperleg01.{side}")
        hands = rules["hands"]
        wrist = [hip[0] + hands["along"], shoulder[1] + hands["up"], sign * hands["out"]]
        pose.arm(side, np.array(wrist), -Y * 0.9 + sign * Z * 0.8 - 0.4 * X)
        pose.hand(side, unit(-X * 0.35 - sign * Z), -Y)
        pose.curl(side, 8)
    return pose


def _on_side(figure: Figure, spot: Spot, radius: float, normal: np.ndarray) -> Scene:
    rules = table()["side_lying"]
    turned = float(np.clip(np.degrees(np.arctan2(normal[2], normal[0])), -rules["turn_most"], rules["turn_most"]))
    state: dict = {"height": rules["start"], "bend": 30.0}

    def step() -> float:
        pose = propped(figure, turned, state["height"], state["bend"])
        state["body"] = pose.fine()
        state["ball"] = _below(spot, figure, state["body"], radius)
        error = radius - state["ball"][1]
        state["height"] += error * 0.9
        short = rules["elbow_height"] - pose.at("lowerarm01.L")[1]
        state["bend"] = float(np.clip(state["bend"] + short * 1.2, *rules["bend"]))
        return error

    error = solve(step, LEVEL, "the ball under the side on the floor", 20)
    return _scene(
        figure, state["body"], state["ball"], radius, {"bend_deg": state["bend"], "level_cm": error}, "on_side"
    )


def propped(figure: Figure, turned: float, height: float, bend: float) -> Pose:
    """Return the body on its left side, propped on the forearm, the upper leg set before the lower one."""
    rules = table()["side_lying"]
    pose = Pose(figure)
    pose.place(turn(Z, rules["tilt"]) @ turn(X, turned) @ ON_SIDE, [0, height, 0])
    pose.bend(left=-bend, twist=-turned * 0.6, forward=4)
    pose.nod(6, left=-14)
    along, y, ahead = rules["lower_ankle"]
    hip = pose.at("upperleg01.L")
    pose.leg("L", np.array([hip[0] + along, y, hip[2] + ahead]), Z, (Z - 0.35 * X, unit(X * 0.9 + Y * 0.45)))
    along, y, ahead = rules["upper_ankle"]
    hip = pose.at("upperleg01.R")
    pose.leg("R", np.array([hip[0] + along, y, hip[2] + ahead]), Z * 0.75 + Y * 0.8, (unit(Z * 0.45 - X), Y))
    along, y, ahead = rules["forearm"]
    shoulder = pose.at("upperarm01.L")
    pose.arm("L", np.array([shoulder[0] + along, y, shoulder[2] + ahead]), -Y - 0.3 * Z)
    pose.hand("L", unit(Z + 0.25 * X), -Y)
    pose.curl("L", 4)
    pose.arm("R", hip + np.array(rules["hand"]), Y + 0.2 * Z)
    pose.hand("R", unit(-X + 0.25 * Z), unit(-Y - 0.15 * Z))
    pose.curl("R", 8)
    return pose
