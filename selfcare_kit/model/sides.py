"""Sides of the body: always the client's own."""

from __future__ import annotations

SIDES = ("left", "right", "both", "midline")
STEP_SIDES = ("left", "right", "both")
BODY_SIDES = ("left", "right")


def sides_touched(side: str) -> tuple[str, ...]:
    """Return the body sides a side word covers; the midline touches both.

    Parameters
    ----------
    side : {"left", "right", "both", "midline"}
        Always the client's own side.

    Returns
    -------
    tuple of str
        `("left",)`, `("right",)` or `("left", "right")`.
    """
    return (side,) if side in BODY_SIDES else BODY_SIDES
