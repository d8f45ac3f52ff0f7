"""What the build measures on every scene, and the limits that fail it."""

from __future__ import annotations

import numpy as np

from .contact import Spot
from .drawing import frame
from .figure import Figure
from .joints import TRUNK_MOST, joints
from .scene import Scene
from .sight import Sight

# Largest values: the skin's point off ball, tool or fingertips; ball off wall, floor or seat; body in the wall; joints.
MAX = {
    "touch_cm": 0.5, "level_cm": 0.1, "wall_cm": 1.0, "knee_deg": 140.0, "trunk_deg": TRUNK_MOST, "wrist_deg": 72.0,
    "sunk_cm": 1.6,
}  # fmt: skip
MIN = {"seen": 0.3}
# A ball or a knob must touch nearer than what is held against the skin by a hand alone.
MAX_BALL = 0.35
TIPS = 4.5


class LimitPassed(RuntimeError):
    """A scene does not hold what a picture must hold."""


def measure(figure: Figure, scene: Scene, point: str, spots: dict[str, Spot]) -> dict[str, float | str]:
    """Return the facts of a scene, rounded: contact, sight, and how far joints are bent."""
    spot = spots[point].at(scene.body)
    contact, touch = _contact(figure, scene, spot)
    knees, trunks = zip(*joints(figure, scene.body), strict=True)
    facts: dict[str, float | str] = {
        **scene.facts, "touch_cm": touch, "knee_deg": max(knees), "trunk_deg": max(trunks),
        "seen": scene.facts.get("seen", _seen(figure, scene)),
    }  # fmt: skip
    facts = {name: round(float(value), 2) + 0.0 for name, value in facts.items()}
    away = {name: float(np.linalg.norm(other.at(scene.body) - contact)) for name, other in spots.items()}
    return {**facts, "nearest": min(away, key=away.get), "side": "left" if _is_left(figure, spots[point]) else "right"}


def check_joints(figure: Figure, scene: Scene) -> dict[str, float]:
    """Return how far knees and trunk of a scene are bent, rounded.

    Raises
    ------
    LimitPassed
        If one of them passes its limit.
    """
    knees, trunks = zip(*joints(figure, scene.body), strict=True)
    facts = {"knee_deg": round(float(max(knees)), 2), "trunk_deg": round(float(max(trunks)), 2)}
    wrong = [f"{key} {value} > {MAX[key]}" for key, value in facts.items() if value > MAX[key]]
    if wrong:
        raise LimitPassed(", ".join(wrong))
    return facts


def check(name: str, facts: dict) -> None:
    """Raise if a fact is outside its limit.

    Raises
    ------
    LimitPassed
        Naming every limit it passes.
    """
    wrong = [f"{key} {facts[key]} > {most}" for key, most in MAX.items() if facts.get(key, 0) > most]
    wrong += [f"{key} {facts[key]} < {least}" for key, least in MIN.items() if facts[key] < least]
    point = name.split("/")[0]
    if facts["nearest"] != point:
        wrong.append(f"it touches nearest to {facts['nearest']}")
    if facts["side"] != "left":
        wrong.append("it is not on the left side")
    if name.endswith("_ball") and facts["touch_cm"] > MAX_BALL:
        wrong.append(f"touch_cm {facts['touch_cm']} > {MAX_BALL}")
    if wrong:
        raise LimitPassed(", ".join(wrong))


def _contact(figure: Figure, scene: Scene, spot: np.ndarray) -> tuple[np.ndarray, float]:
    """Return where the body is touched, and how far that is from the point's own place on the skin."""
    balls = [prop for prop in scene.props if prop.kind == "ball"]
    if balls:
        centre = balls[0].vertices.mean(axis=0)
        radius = np.ptp(balls[0].vertices[:, 1]) / 2
        return centre, abs(float(np.linalg.norm(spot - centre)) - radius)
    tools = [prop for prop in scene.props if prop.kind == "tool"]
    if tools:
        places = np.concatenate([prop.vertices[prop.faces].mean(axis=1) for prop in tools])
    elif "touch_cm" in scene.facts:
        return spot, scene.facts["touch_cm"]
    else:
        places = scene.body[np.abs(figure.hand) > 0.9]
    away = np.linalg.norm(places - spot, axis=1)
    return places[away.argmin()], float(away.min())


def _seen(figure: Figure, scene: Scene) -> float:
    """Return how much of the ball nothing hides."""
    balls = [i for i, prop in enumerate(scene.props) if prop.kind == "ball"]
    if not balls:
        return 1.0
    return Sight(figure, scene.body, scene.props, scene.turn, frame(scene), pixels=360).share_seen(balls[0])


def _is_left(figure: Figure, spot: Spot) -> bool:
    return bool(spot.at(figure.stand)[0] > 0)
