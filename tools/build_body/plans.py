"""The seven views: what each looks at, from where, how finely, and where it is cut.

A plan is data; views.py carries it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from . import camera
from .body import FOOT_CUT, LEG_CUT, SOLE_CUT, WAIST_CUT, Body
from .camera import Scene
from .outline import FOOT_FINISH, Finish

BODY_PIXELS, CLOSE_PIXELS, FOOT_PIXELS = 18.0, 20.0, 56.0
OBLIQUE_ANGLE, FOOT_ANGLE = 48.0, 30.0
FOOT_TOP_HEIGHT = 19.5
WAIST_FADE, LEG_FADE, FOOT_FADE = 8.0, 7.0, 4.0
BODY_UNIT, FOOT_UNIT = 0.025, 0.01


@dataclass(frozen=True)
class Plan:
    """How one view is made.

    `accents` names the authored lines; `drop` are boxes, in view cm, in which automatic lines are left out; `top`
    the y at which the body is cut; `fade` the vectors along which a cut fades from full to nothing; `letters` where
    R and L stand, in views that show both sides: the title of another says whose it is.
    """

    name: str
    scene: Callable[[Body], Scene]
    rotation: np.ndarray
    letters: dict[str, tuple[float, float]]
    symmetric: bool = False
    both_legs: bool = False
    accents: str = ""
    pixels: float = BODY_PIXELS
    unit: float = BODY_UNIT
    finish: Finish = field(default_factory=Finish)
    top: float | None = None
    fade: tuple[tuple[float, float, float, float], ...] = ()
    drop: tuple[tuple[float, float, float, float], ...] = ()
    smallest_region: float = 2.0
    smallest_tone: float = 8.0
    foot_pose: bool = False
    shorts: bool = True


def _waist(name: str, rotation: np.ndarray, letters: dict, **more) -> Plan:
    """Return the plan of a drawing from the waist down."""
    fade = ((0.0, WAIST_CUT - WAIST_FADE, 0.0, WAIST_CUT),)
    return Plan(name, Body.without_arms, rotation, letters, top=WAIST_CUT, fade=fade, pixels=CLOSE_PIXELS, **more)


# Toes are too small at body scale for automatic lines; they are drawn by hand.
FRONT_TOES, SIDE_TOES = ((5.0, -2.0, 18.0, 4.5),), ((-24.0, -2.0, -11.0, 4.5),)
FRONT_LETTERS = {"R": (-27.0, 150.0), "L": (27.0, 150.0)}
BACK_LETTERS = {"L": (-27.0, 150.0), "R": (27.0, 150.0)}

PLANS = {
    plan.name: plan
    for plan in (
        Plan(
            "front",
            lambda body: body.scene("stand"),
            camera.FRONT,
            FRONT_LETTERS,
            symmetric=True,
            accents="front",
            drop=((0, 146.5, 6.4, 166), *FRONT_TOES),
        ),
        Plan("back", lambda body: body.scene("stand"), camera.BACK, BACK_LETTERS, symmetric=True, accents="back"),
        Plan(
            "side",
            lambda body: body.scene("reach"),
            camera.LEFT,
            {},
            accents="side",
            drop=((-14, 80, -8, 95), (-17, 150, -11, 163), *SIDE_TOES),
        ),
        _waist("oblique", camera.behind_left(OBLIQUE_ANGLE), {"L": (-16.5, 116.0), "R": (16.5, 116.0)}, both_legs=True),
        Plan(
            "inner",
            Body.left_leg,
            camera.INNER,
            {},
            accents="inner",
            pixels=CLOSE_PIXELS,
            top=LEG_CUT,
            fade=((0.0, LEG_CUT - LEG_FADE, 0.0, LEG_CUT),),
            shorts=False,
        ),
        Plan(
            "sole",
            lambda body: body.left_foot("stand", SOLE_CUT),
            camera.BELOW,
            {},
            accents="sole",
            pixels=FOOT_PIXELS,
            unit=FOOT_UNIT,
            finish=FOOT_FINISH,
            smallest_region=0.6,
            smallest_tone=0.8,
            shorts=False,
        ),
        Plan(
            "foot_top",
            lambda body: body.left_foot("point", FOOT_CUT),
            camera.from_above(FOOT_ANGLE),
            {},
            accents="foot_top",
            pixels=FOOT_PIXELS,
            unit=FOOT_UNIT,
            finish=FOOT_FINISH,
            smallest_region=0.6,
            smallest_tone=0.8,
            foot_pose=True,
            top=FOOT_TOP_HEIGHT,
            fade=((0.0, FOOT_TOP_HEIGHT - FOOT_FADE, 0.0, FOOT_TOP_HEIGHT),),
            drop=((0, -9, 20, 30),),
            shorts=False,
        ),
    )
}

WAIST_PLANS = {
    "front": _waist(
        "front",
        camera.FRONT,
        {"R": (-17.5, 117.0), "L": (17.5, 117.0)},
        symmetric=True,
        accents="front",
        drop=FRONT_TOES,
    ),
    "back": _waist("back", camera.BACK, {"L": (-17.5, 117.0), "R": (17.5, 117.0)}, symmetric=True, accents="back"),
    "side": _waist("side", camera.LEFT, {}, accents="side", drop=((-14, 80, -8, 95), *SIDE_TOES)),
}
