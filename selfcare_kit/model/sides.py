"""Words for the sides of the body, always the client's own, and what follows from such a word alone."""

from __future__ import annotations

SIDES = ("left", "right", "both", "midline")
STEP_SIDES = ("left", "right", "both")
BODY_SIDES = ("left", "right")
OPPOSITE = {"left": "right", "right": "left", "midline": "midline"}


def sides_touched(side: str) -> tuple[str, ...]:
    """Return the sides of the body that a side word covers; the midline touches both.

    Examples
    --------
    >>> sides_touched("left"), sides_touched("midline")
    (('left',), ('left', 'right'))
    """
    return (side,) if side in BODY_SIDES else BODY_SIDES
