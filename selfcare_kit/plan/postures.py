"""How often the client changes between standing, sitting and lying, and the order of steps with the fewest changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.step import Step


def posture_runs(steps: Sequence[Step], guide: Guide) -> list[str]:
    """Return the postures in which steps are done, one for each run of steps in one posture.

    A position that leaves the posture open interrupts none.
    """
    return [posture for posture, _ in groupby(_postures(steps, guide)) if posture]


def grouped(steps: Sequence[Step], guide: Guide) -> tuple[Step, ...]:
    """Return the steps with those of one posture together, the posture that comes first at first.

    Within a posture they keep their order, and a step in any position stays with the one before it.
    """
    postures = _postures(steps, guide)
    order = list(dict.fromkeys(postures))
    return tuple(step for wanted in order for step, posture in zip(steps, postures, strict=True) if posture == wanted)


def _postures(steps: Sequence[Step], guide: Guide) -> list[str]:
    """Return the posture of each step: where its position leaves it open, that of the step before, or of the first."""
    positions = guide.records.positions
    own = [positions[step.position].posture if step.position in positions else "any" for step in steps]
    current = next((posture for posture in own if posture != "any"), "")
    postures = []
    for posture in own:
        current = current if posture == "any" else posture
        postures.append(current)
    return postures
