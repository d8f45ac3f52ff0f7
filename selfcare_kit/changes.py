"""Saying in words what is different between two lists of steps."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare_kit.model import CHANGEABLE, Step


def describe_changes(before: Sequence[Step], now: Sequence[Step]) -> tuple[str, ...]:
    """Say what was removed, added, changed or moved.

    Parameters
    ----------
    before, now : sequence of Step
        The earlier and the later steps.

    Returns
    -------
    tuple of str
        One sentence each; empty when they are the same.
    """
    old, new = {step.key: step for step in before}, {step.key: step for step in now}
    changes = [f"Removed {point} {side}." for point, side in old if (point, side) not in new]
    for key, step in new.items():
        if key in old:
            changes += _details(old[key], step)
        else:
            changes.append(f"Added {step.point} {step.side}.")
    if [key for key in old if key in new] != [key for key in new if key in old]:
        changes.append("Changed the order of the steps.")
    return tuple(changes)


def _details(old: Step, new: Step) -> list[str]:
    return [
        f"Changed {name} of {new.point} {new.side} from {getattr(old, name)!r} to {getattr(new, name)!r}."
        for name in CHANGEABLE
        if getattr(old, name) != getattr(new, name)
    ]
