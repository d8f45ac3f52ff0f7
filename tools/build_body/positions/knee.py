"""Lying on the back, one knee bent, and the calf of the other leg on top of that knee."""

from __future__ import annotations

import numpy as np

from .contact import Spot, rest_on
from .figure import Figure
from .floor import lie_on_back
from .pose import Pose
from .postures import table
from .scene import Scene, arrow, camera
from .vectors import NotConverged, X, Y, Z, angle, solve, unit

TOUCH = 0.3
# A point that faces the other leg more than this is seen from there.
INNER = -0.5
# What presses: the other knee, from this to that height of the standing body; and an arrow above the calf on it.
AID = (39.0, 63.0)
ARROW, ABOVE, HEAD = 15.0, 4.0, 4.5


def over_knee(figure: Figure, spot: Spot) -> Scene:
    """Return the scene: the shin crosses over until the point faces down, its slope fits the thigh's length.

    Raises
    ------
    NotConverged
        If no crossing lays the point on the knee.
    """
    reason = None
    for inward in table()["knee"]["inward"]:
        try:
            return _over_knee(figure, spot, inward)
        except NotConverged as error:
            reason = error
    raise reason


def _over_knee(figure: Figure, spot: Spot, inward: float) -> Scene:
    rules = table()["knee"]
    pose, top, knee, shin = _laid(figure, spot, inward)
    state = {"knee": knee}

    def step() -> float:
        body = _lay_calf(pose, state["knee"], shin)
        miss = top - [0, rules["sink"], 0] - spot.at(body)
        state["knee"] = state["knee"] + miss * 0.6
        return float(np.linalg.norm(miss))

    error = solve(step, TOUCH, "the calf on the knee", 24)
    body = pose.fine()
    normal = spot.normal(body, figure.faces)
    facing = angle(normal, -Y)
    if facing > rules["facing"]:
        raise NotConverged(f"the point faces {facing:.0f} degrees aside of the knee")
    pose.level_gaze(unit(Y * 0.8 - X), 0.25)
    body = rest_on(pose.fine(), 0.0)
    view = rules["camera"] if normal[2] > INNER else rules["camera_inner"]
    scene = Scene(body, [], camera(*view), spot.at(body), dot=True)
    scene.aid = _knee_cap(figure)
    scene.marks = _weight(figure, scene)
    scene.shows = ("calf_on_knee", "knee")
    slope = float(np.degrees(np.arcsin(shin[1])))
    scene.facts = {"touch_cm": error, "slope_deg": slope, "press_deg": facing}
    return scene


def _of_leg(figure: Figure, side: float, low: float, high: float) -> np.ndarray:
    """Return which vertices belong to a leg between two heights of the standing body."""
    x, height = figure.stand[:, 0] * side, figure.stand[:, 1]
    return (x > 2) & (height > low) & (height < high) & (figure.arm < 0.3)


def _knee_cap(figure: Figure) -> np.ndarray:
    """Return how far inside the pressing knee the vertices are, in cm; outside they are below 0."""
    low, high = AID
    height = figure.stand[:, 1]
    inside = np.minimum(height - low, high - height)
    return np.where(figure.arm > 0.3, -9.0, np.minimum(inside, -figure.stand[:, 0] - 1))


def _weight(figure: Figure, scene: Scene) -> list:
    """Return the arrow that says: the weight of the upper leg presses."""
    x, y = scene.flat(scene.target)
    leg = scene.flat(scene.body)[_of_leg(figure, 1.0, 8.0, 70.0)]
    top = leg[np.abs(leg[:, 0] - x) < 2.0, 1].max()
    tip = np.array([x, max(top, y) + ABOVE])
    return arrow(tip + np.array([0.0, ARROW]), tip, HEAD)


def _laid(figure: Figure, spot: Spot, inward: float) -> tuple[Pose, np.ndarray, np.ndarray, np.ndarray]:
    """Return the body with its lower knee bent as far as the thigh of the upper leg allows.

    With it come the top of that knee, and the place and the shin's direction of the upper one.
    """
    rules = table()["knee"]
    y, out = rules["ankle"]
    reason = None
    for along in rules["along"]:
        pose = lie_on_back(figure, 0.0, legs=False)
        pose.leg("R", np.array([pose.at("upperleg01.R")[0] + along, y, out]), Y - 0.3 * X, (-X, Y))
        top = _top_of_knee(figure, pose)
        try:
            return (pose, top, *_upper_leg(figure, pose, spot, top, inward))
        except NotConverged as error:
            reason = error
    raise reason


def _top_of_knee(figure: Figure, pose: Pose) -> np.ndarray:
    body = pose.fine()
    right = _of_leg(figure, -1.0, 44.0, 60.0)
    return body[right][body[right][:, 1].argmax()]


def _upper_leg(figure: Figure, pose: Pose, spot: Spot, top: np.ndarray, inward: float) -> tuple[np.ndarray, np.ndarray]:
    """Return where the upper knee is, and the direction of its shin."""
    rules = table()["knee"]
    knee, hip = figure.joints["lowerleg01.L"][0], figure.joints["upperleg01.L"][0]
    thigh = np.linalg.norm(knee - hip)
    level = figure.stand[figure.ring(49.5, 1.0)].mean(axis=0)
    down = level[1] - spot.at(figure.stand)[1]
    start = pose.at("upperleg01.L")

    def leg_at(slope: float) -> tuple[float, np.ndarray, np.ndarray]:
        a = np.radians(slope)
        shin = unit(np.array([-np.cos(a), np.sin(a), 0]) - inward * Z)
        place = top - shin * down + Y * rules["calf"]
        return float(np.linalg.norm(place - start) - thigh), place, shin

    low, high = rules["slope"]
    if leg_at(low)[0] <= 0:
        return leg_at(low)[1:]
    if leg_at(high)[0] > 0:
        raise NotConverged(f"the thigh is {leg_at(high)[0]:.1f} cm too short to lay the calf on the knee")
    while high - low > 0.2:
        middle = (low + high) / 2
        low, high = (middle, high) if leg_at(middle)[0] > 0 else (low, middle)
    return leg_at(high)[1:]


def _lay_calf(pose: Pose, knee: np.ndarray, shin: np.ndarray) -> np.ndarray:
    """Lay the upper leg with its knee at a place, the foot hanging from the shin; return the skin."""
    hip = pose.at("upperleg01.L")
    shank = np.linalg.norm(pose.joints["foot.L"][0] - pose.joints["lowerleg01.L"][0])
    ankle = knee + shin * shank
    way = unit(ankle - hip)
    pose.leg("L", ankle, knee - hip - way * ((knee - hip) @ way))
    up = unit(Y - shin * (shin @ Y))
    pose.foot("L", unit(0.93 * up + 0.36 * shin), unit(-shin + 0.36 * up))
    return pose.fine()
