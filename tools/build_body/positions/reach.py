"""A hand reaches leg or foot: with fingertips, a knobbed tool, a spoon's handle or a scraping tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from . import props
from .contact import Spot, rest_on
from .figure import Figure
from .floor import lie_on_back
from .hands import Grip, Held, around, best_hold, finger_grips, fist_grips
from .joints import TRUNK_MOST, joints
from .pose import Pose
from .postures import set_leg, table
from .scene import Prop, Scene, arrow, camera
from .seat import chair, on_seat, sit
from .sight import Sight
from .vectors import NotConverged, X, Y, Z, square_to, turn, unit

# How thick a lower leg is, about.
OPPOSITE = 9.0
# How far down the shin a hand may rest, and how far its arm is stretched at least, as a share of its length.
RESTS, ARM_OUT = (0.1, 0.25, 0.4), 0.5
Lay = Callable[[Pose], np.ndarray]


@dataclass(frozen=True, eq=False)
class Work:
    """A posture with the hand at its work."""

    held: Held
    props: list[Prop]
    place: np.ndarray
    normal: np.ndarray
    facts: dict = field(default_factory=dict)


def reach(figure: Figure, spot: Spot, tool: str, postures: list[str], lane: tuple[Spot, Spot] | None = None) -> Scene:
    """Return the scene of the first posture in which a hand can do the work.

    Raises
    ------
    NotConverged
        If none of them allows it, with the last reason.
    """
    reason = NotConverged("no posture is known for it")
    for name in postures:
        for pose, lay in _attempts(figure, name):
            body = lay(pose)
            place, normal = spot.at(body), spot.normal(body, figure.faces)
            try:
                trunk = max(bent for _, bent in joints(figure, body))
                if trunk > TRUNK_MOST:
                    raise NotConverged(f"the trunk would bend {trunk:.0f} degrees on the thigh")
                work = TOOLS[tool](figure, pose, place, normal, _way(lane, body))
            except NotConverged as error:
                reason = error
                continue
            scene = _scene(figure, spot, name, work, lay, lane)
            scene.shows = (table()["reach"][name]["posture"], CONTACTS[tool])
            return scene
    raise reason


def _way(lane: tuple[Spot, Spot] | None, body: np.ndarray) -> np.ndarray | None:
    return None if lane is None else unit(lane[1].at(body) - lane[0].at(body))


# -- postures
def _attempts(figure: Figure, name: str) -> Iterator[tuple[Pose, Lay]]:
    """Return the ways to take a posture, the easiest first, each with what lays its flesh on seat or floor."""
    rules = table()["reach"][name]
    if name == "supine":
        for thigh in rules["thigh"]:
            for shin in rules["shin"]:
                for out in rules["out"]:
                    yield _knee_drawn_up(figure, thigh, shin, out), lambda pose: rest_on(pose.fine(), 0.0)
        return
    for bend in rules["bends"]:
        pose = sit(figure, bend, rules.get("aside", 0), twist=rules.get("twist", 0))
        for side, leg in rules["leg"].items():
            set_leg(pose, side, leg)
        if "ankle" in rules:
            _cross(pose, rules)
        pose.level_gaze(unit(Z * rules["gaze"] - Y * (1.1 - rules["gaze"]) + 0.1 * X), 0.6)
        yield pose, lambda pose: on_seat(figure, pose.fine())


def _cross(pose: Pose, rules: dict) -> None:
    """Lay the left ankle on the right thigh."""
    pose.leg("L", pose.at("lowerleg01.R") + np.array(rules["ankle"]), unit(np.array(rules["knee"])))
    shin = unit(pose.at("foot.L") - pose.at("lowerleg01.L"))
    ahead = square_to(Z * 0.8 - 0.45 * Y, shin)
    ahead = unit(ahead + 0.35 * shin)
    pose.foot("L", ahead, unit(np.cross(np.cross(ahead, -shin), ahead)))


def _knee_drawn_up(figure: Figure, thigh: float, shin: float, out: float) -> Pose:
    """Lie on the back with the left knee drawn to the chest: angles of thigh and shin above the floor."""
    pose = lie_on_back(figure, 0.0, arms=False)
    hip, joints = pose.at("upperleg01.L"), pose.joints
    upper = np.linalg.norm(joints["lowerleg01.L"][0] - joints["upperleg01.L"][0])
    lower = np.linalg.norm(joints["foot.L"][0] - joints["lowerleg01.L"][0])
    a, b = np.radians(thigh), np.radians(shin)
    knee = hip + upper * unit(np.array([-np.cos(a), np.sin(a), out]))
    ankle = knee + lower * unit(np.array([-np.cos(b), np.sin(b), -0.8 * out]))
    along = unit(ankle - knee)
    pose.leg("L", ankle, knee - hip, (square_to(Y - 0.2 * X, along), -along))
    return pose


# -- what the hand does
def _fingers(figure: Figure, pose: Pose, place, normal, way) -> Work:
    """Press with the tips of one hand, the other hand on its fingers."""
    grips = finger_grips(place, normal)
    held = best_hold(pose, [("L", grips), ("R", [_dearer(g, 0.4) for g in grips])])
    other = "R" if held.side == "L" else "L"
    both = _second_hand(held, other, place, normal)
    facts = {"wrist_deg": max(held.wrist_deg, both.wrist_deg), "sunk_cm": max(held.sunk_cm, both.sunk_cm)}
    return Work(
        Held(both.pose, held.side, held.grip, held.wrist_deg, held.sunk_cm, held.cost), [], place, normal, facts
    )


def _second_hand(held: Held, side: str, place: np.ndarray, normal: np.ndarray) -> Held:
    """Lay the other hand on the pressing fingers; where it does not reach them, on the other side of the limb."""
    grip = held.grip
    back = grip.place - grip.fingers * 4.5 - grip.palm * 2.8
    seconds = []
    for slant in (0.0, 0.4, 0.9):
        for along in around(grip.palm, 16):
            fingers = unit(along + slant * grip.palm)
            seconds.append(Grip(fingers, square_to(grip.palm, fingers), back))
    try:
        return best_hold(held.pose, [(side, seconds)])
    except NotConverged:
        body, figure = held.pose.fine(), held.pose.figure
        skin = body[figure.trunk]
        far = skin[np.argmin(np.linalg.norm(skin - (place - normal * OPPOSITE), axis=1))]
        return best_hold(held.pose, [(side, finger_grips(far, -normal))])


def _dearer(grip: Grip, by: float) -> Grip:
    return Grip(grip.fingers, grip.palm, grip.place, grip.fist, grip.cost + by)


def _knob(figure: Figure, pose: Pose, place, normal, way) -> Work:
    """Press with the round end of a hand tool, the fist around its handle."""
    size = table()["tools"]["knob"]
    head = place + normal * (size["radius"] - size["sink"])
    best = None
    under_seat = place[1] < table()["seat"]
    for slant in (0.0, 37.0, 62.0):
        for along in around(normal, 8) if slant else [normal]:
            handle = unit(normal * np.cos(np.radians(slant)) + along * np.sin(np.radians(slant)))
            work = _try_fist(pose, head + handle * size["grip"], handle)
            # A handle that points back ends under the seat, out of sight.
            cost = slant / 200 + (max(float(-handle[2]) - 0.3, 0) if under_seat else 0.0)
            if work is not None and (best is None or work.cost + cost < best[0]):
                best = (work.cost + cost, work, handle)
    if best is None:
        raise NotConverged("no fist reaches the handle of the tool")
    _, held, handle = best
    stick = head + np.outer(np.linspace(0, size["handle"], 9), handle)
    parts = [props.ball(head, size["radius"], "tool"), props.tube(stick, np.linspace(*size["thick"], 9))]
    return Work(held, parts, place, normal, {"wrist_deg": held.wrist_deg, "sunk_cm": held.sunk_cm})


def _try_fist(pose: Pose, place: np.ndarray, handle: np.ndarray) -> Held | None:
    hands = [("L", fist_grips(place, handle, "L")), ("R", fist_grips(place, handle, "R", 0.5))]
    try:
        return best_hold(pose, hands)
    except NotConverged:
        return None


def _spoon(figure: Figure, pose: Pose, place, normal, way) -> Work:
    """Scrape with the smooth handle of a long spoon, held in the fist."""
    size = table()["tools"]["spoon"]
    on_skin = place + normal * (size["radius"] - size["sink"])
    across = unit(np.cross(way, normal)) if way is not None else around(normal, 4)[0]
    best = None
    for sign in (1.0, -1.0):
        handle = unit(across * sign + normal * 0.3)
        held = _try_fist(pose, on_skin + handle * (size["grip"] - size["before"]), handle)
        if held is not None and (best is None or held.cost < best[0].cost):
            best = (held, handle)
    if best is None:
        raise NotConverged("no fist reaches the handle of the spoon")
    held, handle = best
    line = on_skin + np.outer(np.linspace(-size["before"], size["handle"] - size["before"], 14), handle)
    bowl = np.array([1.0] * 11 + [1.3, 2.6, 1.6]) * size["radius"]
    facts = {"wrist_deg": held.wrist_deg, "sunk_cm": held.sunk_cm}
    return Work(held, [props.tube(line, bowl)], place, normal, facts)


def _scraper(figure: Figure, pose: Pose, place, normal, way) -> Work:
    """Draw the long edge of a scraping tool down the skin, its back between fingers and thumb."""
    size = table()["tools"]["scraper"]
    across = unit(np.cross(way, normal))
    up = unit(normal - way * size["lean"])
    edge = place - normal * size["sink"]
    plate = props.scraper(edge, across, up)
    face = unit(np.cross(across, up))
    grips = []
    for tilt in (-40, -20, 0, 20, 40):
        fingers = turn(face, tilt) @ -up
        for palm in (face, -face):
            grips.append(Grip(fingers, palm, edge + up * size["grip"] - palm * 0.9, cost=abs(tilt) / 200))
    held = best_hold(pose, [("L", grips), ("R", [_dearer(g, 0.5) for g in grips])])
    return Work(held, [plate], place, normal, {"wrist_deg": held.wrist_deg, "sunk_cm": held.sunk_cm})


def _small_ball(figure: Figure, pose: Pose, place, normal, way) -> Work:
    """Press a small ball under the flat fingers."""
    radius = table()["balls"]["small_firm_ball"]
    centre = place + normal * (radius - table()["hand"]["ball"])
    top = centre + normal * (radius + 0.6)
    grips = []
    for along in around(normal, 16):
        grips.append(Grip(along, -normal, top + along * 3.5))
    held = best_hold(pose, [("L", grips), ("R", [_dearer(g, 0.4) for g in grips])])
    facts = {"wrist_deg": held.wrist_deg, "sunk_cm": held.sunk_cm}
    return Work(held, [props.ball(centre, radius)], place, normal, facts)


TOOLS = {
    "supported_fingers": _fingers, "knobbed_tool": _knob, "long_handle": _spoon, "scraping_tool": _scraper,
    "small_firm_ball": _small_ball,
}  # fmt: skip


CONTACTS = {
    "supported_fingers": "fingers", "knobbed_tool": "knob", "long_handle": "handle", "scraping_tool": "scraper",
    "small_firm_ball": "ball_hand",
}  # fmt: skip


# -- the scene
def _scene(figure: Figure, spot: Spot, name: str, work: Work, lay: Lay, lane: tuple[Spot, Spot] | None) -> Scene:
    """Return the scene with the free arm at ease, seen from where the place shows best."""
    rules = table()["reach"][name]
    pose = work.held.pose
    if work.props:
        _free_arm(pose, "R" if work.held.side == "L" else "L", name)
    body = lay(pose)
    things = [*work.props] if name == "supine" else [*chair(rules.get("front"), False, rules.get("half")), *work.props]
    target = spot.at(body)
    best = None
    for order, view in enumerate(rules["cameras"]):
        scene = Scene(body, things, camera(*view), target, dot=not work.props)
        score, seen = _shown(figure, scene, spot, work.normal)
        score -= 0.05 * order
        if best is None or score > best[0]:
            best = (score, seen, scene)
    _, seen, scene = best
    scene.facts = {**work.facts, "seen": seen}
    if lane is not None:
        scene.lane = _lane(scene, lane, body, work.normal)
    return scene


def _free_arm(pose: Pose, side: str, name: str) -> None:
    """Rest the arm that has no work on the other leg, or on the belly."""
    sign = 1.0 if side == "L" else -1.0
    if name == "supine":
        shoulder, hip = pose.at(f"upperarm01.{side}"), pose.at(f"upperleg01.{side}")
        wrist = np.array([hip[0] + 21, shoulder[1] + 13.5, sign * 10])
        pose.arm(side, wrist, -Y * 0.9 + sign * Z * 0.8 - 0.4 * X)
        pose.hand(side, unit(-X * 0.35 - sign * Z), -Y)
        pose.curl(side, 8)
        return
    wrist, down = _place_to_rest(pose, side, sign)
    pose.arm(side, wrist, np.array([sign, 0.2, -0.3]))
    palm = unit(-Z * down - Y * (1 - down))
    pose.hand(side, square_to(Z - (0.3 + down) * Y - 0.15 * sign * X, palm), palm)
    pose.curl(side, 9)


def _place_to_rest(pose: Pose, side: str, sign: float) -> tuple[np.ndarray, float]:
    """Return where the wrist rests on knee or shin of its side, and how far down: the arm is not to be folded up."""
    knee, ankle = pose.at(f"lowerleg01.{side}"), pose.at(f"foot.{side}")
    joints = [pose.joints[f"{name}.{side}"][0] for name in ("upperarm01", "lowerarm01", "wrist")]
    whole = sum(float(np.linalg.norm(b - a)) for a, b in pairwise(joints))
    shoulder = pose.at(f"upperarm01.{side}")
    on_knee, on_shin = knee + np.array([sign, 9.0, -8.0]), np.array([sign, 3.0, 6.5])
    places = [(on_knee, 0.0)]
    places += [(knee + share * (ankle - knee) + on_shin, 0.75) for share in RESTS]
    return max(places, key=lambda place: min(float(np.linalg.norm(place[0] - shoulder)) / whole, ARM_OUT))


def _shown(figure: Figure, scene: Scene, spot: Spot, normal: np.ndarray) -> tuple[float, float]:
    """Return how well a camera shows the place, and how much of it or of the tool on it is in sight."""
    middle, reach_cm = scene.flat(scene.target), 26.0
    box = (*(middle - reach_cm), *(middle + reach_cm))
    sight = Sight(figure, scene.body, scene.props, scene.turn, box, pixels=220)
    around_it = scene.body[spot.patch] @ scene.turn.T
    row, column = sight.cells(around_it[:, :2])
    over = sight.depth[row, column] - around_it[:, 2]
    by_tool = np.isin(
        sight.owner[row, column], [i for i, (p, _) in enumerate(sight.props, 1) if p.kind in ("tool", "ball")]
    )
    by_hand = (sight.limb[row, column] > 0) & (over < 6)
    seen = float((by_tool | by_hand | (over < 0.5)).mean())
    facing = float((scene.turn @ normal)[2])
    tools = [i for i, prop in enumerate(scene.props) if prop.kind in ("tool", "ball")]
    if tools:
        seen = min(seen, sight.share_seen(tools[0]) + 0.25)
    handle = sight.share_seen(tools[-1]) if tools else 0.0
    return seen + 0.35 * min(max(facing, -0.5), 0.7) + 0.5 * _length_shown(scene) + 0.5 * handle, seen


def _length_shown(scene: Scene) -> float:
    """Return how much of a tool's length is seen; end on, a handle is a second blob."""
    tools = [prop.vertices for prop in scene.props if prop.kind == "tool"]
    if not tools:
        return 0.0
    places = np.concatenate(tools)
    _, _, axes = np.linalg.svd(places - places.mean(axis=0), full_matrices=False)
    return float(np.linalg.norm(scene.flat(axes[0])))


def _lane(scene: Scene, lane: tuple[Spot, Spot], body: np.ndarray, normal: np.ndarray) -> list:
    """Return an arrow beside the way that the tool is drawn."""
    flat = scene.flat(np.array([lane[0].at(body), lane[1].at(body)]))
    side = unit(np.r_[scene.flat(normal), 0])[:2] * 5.0
    return arrow(flat[0] + side, flat[1] + side)
