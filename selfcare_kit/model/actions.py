"""What a red flag, a caution or an alert asks for, from the mildest action to the severest."""

from __future__ import annotations

from collections.abc import Iterable

ACTIONS = ("go", "caution", "refer", "urgent", "emergency")


def severest(actions: Iterable[str]) -> str:
    """Return the severest of some actions; `"go"` when there is none.

    Examples
    --------
    >>> severest(["caution", "urgent", "refer"])
    'urgent'
    """
    return max(actions, key=ACTIONS.index, default="go")
