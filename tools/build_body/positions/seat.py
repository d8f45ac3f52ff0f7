"""Sitting on a chair: the body, the chair, and a ball under sole, thigh or buttock."""

from __future__ import annotations

import numpy as np

from . import props
from .contact import Spot, dent, rest_on
from .figure import Figure
from .pose import Pose
from .postures import SIDES, pitched, set_arm, set_leg, table
from .scene import Inset, Prop, Scene, camera
from .vectors import NotConverged, X, Y, Z, solve, turn, unit

LEVEL = 0.08
FOOT = (18.0, 15.5)


def sit(figure: Figure, forward: float = 0.0, aside: float = 0.0, rise: float = 0.0, twist: float = 0.0) -> Pose:
    """Return the body sitting, bent forward and leaning to the left by some degrees; its legs are still straight."""
    rules = table()["sitting"]
    pose = Pose(figure)
    of_pelvis, of_spine = rules["share"]
    turned = turn(Z, -aside) @ turn(X, forward * of_pelvis)
    pose.place(turned, [0, table()["seat"] + rules["pelvis"] + rise, 0])
    pose.bend(forward=forward * of_spine + rules["round"], left=-aside * 0.9, twist=twist)
    return pose


def chair(front: float | None = None, back: bool = True, half: float | None = None) -> list[Prop]:
    """Return a chair whose seat ends at `front` and is twice `half` wide; without a back it is a stool."""
    rules, seat = table()["chair"], table()["seat"]
    half, leg = rules["half"] if half is None else half, rules["leg"]
    front = rules["front"] if front is None else front
    rear = (rules["front"] if back else front) - rules["depth"]
    parts = [props.box([-half, seat - rules["thick"][0], rear], [half, seat - rules["thick"][1], front])]
    for x in (-half + 1.5, half - 1.5):
        for z in (rear + 1.5, front - 1.5):
            low, high = [x - leg, 0, z - leg], [x + leg, seat - rules["thick"][0], z + leg]
            parts.append(props.box(low, high, edges_shown=False))
        if back:
            low, high = [x - leg, seat - 1, rear], [x + leg, seat + 30, rear + 2.5]
            parts.append(props.box(low, high, edges_shown=False))
    if back:
        low, high = rules["back"]
        parts.append(props.box([-half, seat + low, rear - 0.5], [half, seat + high, rear + 2.0]))
    return parts


def on_seat(figure: Figure, body: np.ndarray, front: float | None = None) -> np.ndarray:
    """Return thighs and buttocks flattened on the seat."""
    front = table()["chair"]["front"] if front is None else front
    low = (figure.stand[:, 1] > 52) & (figure.arm < 0.3) & (body[:, 2] < front)
    return rest_on(body, table()["seat"], low, 1.5)


def sole_on_ball(figure: Figure, spot: Spot, radius: float) -> Scene:
    """Sit with a small ball under the sole."""
    rules = table()["sole"]["chair"]
    pose = sit(figure, rules["bend"])
    set_leg(pose, "R", table()["sitting"]["legs"]["flat"])
    x, ahead = rules["ankle"]
    state = {"ankle": np.array([x, 11.0, pose.at("upperleg01.L")[2] + ahead])}
    error = solve(lambda: _press_sole(pose, spot, radius, state, rules["pitch"]), LEVEL, "the ball under the sole")
    for side, _ in SIDES:
        set_arm(pose, side, "on_thigh", np.eye(3))
    pose.nod(rules["nod"])
    body = dent(on_seat(figure, pose.fine()), state["ball"], radius)
    scene = Scene(body, [*chair(), props.ball(state["ball"], radius)], camera(*rules["camera"]), state["ball"])
    scene.inset = sole_inset(figure, body)
    scene.facts, scene.shows = {"level_cm": error}, ("chair", "ball_floor")
    return scene


def _press_sole(pose: Pose, spot: Spot, radius: float, state: dict, pitch: float) -> float:
    """Put the foot on the ball once more, and move the ankle by what the ball is off the floor."""
    miss = pose.leg("L", state["ankle"], Z + 0.3 * Y, pitched(pitch))
    if miss > 0.1:
        raise NotConverged(f"the foot is {miss:.1f} cm short of the ball")
    body = pose.fine()
    way = unit(spot.normal(body, pose.figure.faces) * [0.4, 1, 0.6])
    state["ball"] = spot.at(body) + way * (radius - table()["press_sole"])
    error = radius - state["ball"][1]
    state["ankle"] = state["ankle"] + [0, error, 0]
    return error


def sole_inset(figure: Figure, body: np.ndarray) -> Inset:
    """Return the lens that shows the sole from below, toes up, with the ball on it."""
    foot = (figure.stand[:, 0] > 0) & (figure.stand[:, 1] < FOOT[0]) & (figure.arm < 0.3)
    faces = figure.faces[foot[figure.faces].all(axis=1)]
    heel, toe = (body[figure.ring(3.0, 1.0)][:, :].mean(axis=0), body[np.flatnonzero(foot)])
    ahead = unit((toe[toe[:, 2].argmax()] - heel) * [1, 0, 1]) if np.ptp(toe[:, 2]) > 0 else Z
    middle = (body[foot].min(axis=0) + body[foot].max(axis=0)) / 2
    return Inset(np.stack([np.cross(ahead, -Y), ahead, -Y]), FOOT[1], middle, faces, ("ball",))


def sole_standing(figure: Figure, spot: Spot, radius: float) -> Scene:
    """Stand near a wall, a hand on it, with one foot on the ball."""
    rules = table()["sole"]["standing"]
    pose = Pose(figure)
    pose.place(np.eye(3), [0, pose.joints["root"][1][1] - rules["drop"], 0])
    pose.bend(forward=3)
    pose.nod(14)
    pose.leg("R", np.array(rules["other"]), Z, (Z - 0.1 * X, Y))
    x, ahead = rules["ankle"]
    state = {"ankle": np.array([x, 12.0, ahead])}
    error = solve(lambda: _press_sole(pose, spot, radius, state, rules["pitch"]), LEVEL, "the ball under the sole")
    wall = hold_the_wall(pose, rules["wall"])
    set_arm(pose, "L", "hanging", np.eye(3))
    body = dent(pose.fine(), state["ball"], radius)
    scene = Scene(body, [props.ball(state["ball"], radius)], camera(*rules["camera"]), state["ball"])
    scene.ground = wall_ahead(wall)
    scene.inset = sole_inset(figure, body)
    scene.shows = ("foot_on_ball", "ball_floor")
    scene.facts = {"level_cm": error, "wall_cm": float(max(body[:, 2].max() - wall, 0))}
    return scene


def wall_ahead(wall: float) -> list:
    """Return the floor and the wall that somebody faces, seen from the body's left."""
    lines = [np.array([[18.0, 0], [-wall, 0], [-wall, 172]])]
    return lines + [np.array([[-wall, y], [-wall - 4.5, y + 6]]) for y in np.arange(6, 168, 14)]


def hold_the_wall(pose: Pose, reach: float) -> float:
    """Lay the right hand on the wall ahead, and return where the wall is."""
    shoulder = pose.at("upperarm01.R")
    wall = float(shoulder[2] + reach)
    pose.arm("R", np.array([shoulder[0] - 1, shoulder[1] - 14, wall - 3.4]), -Y - 0.4 * X)
    pose.hand("R", unit(Y + 0.2 * X), Z)
    pose.curl("R", 2)
    return wall


def thigh_on_ball(figure: Figure, spot: Spot) -> Scene:
    """Sit with a ball between the back of the thigh and the seat."""
    rules, seat = table()["thigh"], table()["seat"]
    radius = rules["radius"]
    state: dict = {"lift": 0.0}

    def step() -> float:
        pose = state["pose"] = sit(figure, 4)
        leg = table()["sitting"]["legs"]["at_ease"]
        set_leg(pose, "R", leg)
        set_leg(pose, "L", {**leg, "y": leg["y"] + state["lift"], "by": [2, 0, 40]})
        body = pose.fine()
        way = unit(spot.normal(body, figure.faces) * [0.5, 1, 0.5])
        state["ball"] = spot.at(body) + way * (radius - table()["press"])
        error = seat + radius - state["ball"][1]
        state["lift"] += error
        return error

    error = solve(step, LEVEL, "the ball under the thigh")
    return _seated(
        figure, state["pose"], state["ball"], radius, rules["camera"], {"level_cm": error, "heel_cm": state["lift"]}
    )


def _seated(figure: Figure, pose: Pose, ball: np.ndarray, radius: float, view: list, facts: dict) -> Scene:
    """Return the scene of a ball on the seat, the hands on the thighs."""
    for side, _ in SIDES:
        set_arm(pose, side, "on_thigh", np.eye(3))
    pose.nod(8)
    front = max(float(ball[2]) + 3.5, 18.0)
    body = dent(on_seat(figure, pose.fine(), front), ball, radius)
    scene = Scene(body, [*chair(front), props.ball(ball, radius)], camera(*view), ball)
    scene.facts, scene.shows = facts, ("chair", "ball_seat")
    return scene


def buttock_on_ball(figure: Figure, spot: Spot, radius: float) -> Scene:
    """Sit on a ball: the pelvis leans towards it, and back, until the ball is below its point."""
    rules, seat = table()["buttock"], table()["seat"]
    for back in rules["back"]:
        for lean in rules["lean"]:
            state: dict = {"rise": 2.0}

            def step(back: float = back, lean: float = lean, state: dict = state) -> float:
                pose = state["pose"] = sit(figure, -back, lean, state["rise"])
                for side, _ in SIDES:
                    set_leg(pose, side, table()["sitting"]["legs"]["at_ease"])
                body = pose.fine()
                state["normal"] = spot.normal(body, figure.faces)
                way = unit(state["normal"] * [0.4, 1, 0.4])
                state["ball"] = spot.at(body) + way * (radius - table()["press"])
                error = seat + radius - state["ball"][1]
                state["rise"] += error * 0.9
                return error

            error = solve(step, LEVEL, "the ball under the buttock", 20)
            if -state["normal"][1] > rules["facing"]:
                facts = {"level_cm": error, "lean_deg": lean, "back_deg": back}
                return _seated(figure, state["pose"], state["ball"], radius, rules["camera"], facts)
    raise NotConverged("the point faces the back of the chair or the side, not the seat")
