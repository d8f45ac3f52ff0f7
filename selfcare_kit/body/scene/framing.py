"""How much of a tall view is shown: the closest frame that holds its marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from selfcare_kit.body.place import arms
from selfcare_kit.body.place.atlas import FRAMES, Frame, View, atlas
from selfcare_kit.body.place.places import PlaceInView
from selfcare_kit.body.scene.specs import MarkSpec

# Views lower than this show a leg or a foot alone.
SMALL_VIEW = 60.0
# A mark keeps this far from the cut of a closer frame.
FRAME_ROOM = 9.0
# Where the drawing of the body below the waist ends, in cm; it fades out below that.
LOWER_TOP = 122.0
# How high a close frame is at the least, in cm, and the steps in which it is moved: a drawing is kept for each.
CLOSE_FRAME = 38.0
CLOSE_STEP = 4.0


class Spot(NamedTuple):
    """How high something marked lies in a view, and whether on an arm, which only the whole body has."""

    y: float
    is_on_arm: bool


def spots_of(marks: Iterable[MarkSpec]) -> list[Spot]:
    """Return the spots of marks, and both ends of their lanes."""
    return [spot for mark in marks for spot in spots_seen(mark.seen)]


def spots_seen(seen: Iterable[PlaceInView]) -> list[Spot]:
    """Return the spots of places as a view shows them, and both ends of their lanes."""
    found = []
    for each in seen:
        is_on_arm = arms.is_on_arm(atlas(), each.place.xyz)
        found += [Spot(y, is_on_arm) for y in (each.y, each.end[1] if each.end else each.y)]
    return found


def fitting_crop(spots: Sequence[Spot]) -> str:
    """Return the closest frame of a tall view that holds some spots."""
    holding, heights = holding_crop(spots), [spot.y for spot in spots]
    if heights and holding == "whole":
        held = (name for name in ("shoulders", "upper") if min(heights) > FRAMES[name].low + FRAME_ROOM)
        return next(held, holding)
    return next((name for name in ("legs", "knees", "hips") if heights and _holds(FRAMES[name], heights)), holding)


def holding_crop(spots: Iterable[Spot]) -> str:
    """Return the crop that holds some spots: what lies below the waist, or else the whole body."""
    is_above = any(spot.is_on_arm or spot.y > LOWER_TOP - FRAME_ROOM for spot in spots)
    return "whole" if is_above else "lower"


def close_frame(spots: Sequence[Spot]) -> Frame:
    """Return the frame around some spots, moved in steps."""
    low, high = min(spot.y for spot in spots), max(spot.y for spot in spots)
    half = max(CLOSE_FRAME / 2, (high - low) / 2 + FRAME_ROOM + CLOSE_STEP)
    middle = CLOSE_STEP * round((low + high) / 2 / CLOSE_STEP)
    return Frame(max(0.0, middle - half) or None, middle + half, holding_crop(spots))


def is_tall(view: View) -> bool:
    """Return whether a view shows the body from the trunk down, not only a leg or a foot."""
    _, y0, _, y1 = view.box("lower")
    return y1 - y0 > SMALL_VIEW and y1 > FRAMES["legs"].high


def _holds(frame: Frame, heights: Sequence[float]) -> bool:
    is_above = frame.low is None or min(heights) > frame.low + FRAME_ROOM
    return is_above and (frame.high is None or max(heights) < frame.high - FRAME_ROOM)
