"""What a step may be now: the tools, positions, modes and sides to choose from, the range of each number, and why not.

Each choice is one that `change_value` takes, which asks the judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selfcare_kit.errors import Phrase, worded
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.techniques import ways_of
from selfcare_kit.model.limits import HARD_MAX_SECONDS
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import MODES, Step
from selfcare_kit.plan.values.allowed import NO_WAY, NUMBERS, change_value, limits_of
from selfcare_kit.safety.verdict import Judge

MAX_KEPT = 256


class Choice(NamedTuple):
    """A value that a step may have, and its label."""

    id: str
    label: str


class Blocked(NamedTuple):
    """A value that a step may not have now: `kind` is tool, position, mode or side, `why` a clause that says why."""

    kind: str
    id: str
    label: str
    why: Phrase

    @property
    def reason(self) -> str:
        """Why, as a sentence; `worded(why, name)` gives it with other names for ids."""
        text = worded(self.why)
        return f"{text[:1].upper()}{text[1:]}."


@dataclass(frozen=True)
class Options:
    """What a step may be now, next to the other steps of its routine and under its safety answers.

    Parameters
    ----------
    tools, positions, modes, sides : tuple of Choice
        What it may be changed to, one at a time with `change_all`, and what it is, in the guide's order.
    seconds, pressure, every_days_min, every_days_max : tuple of (int, int)
        The least and the most.
    blocked : tuple of Blocked
        What the guide has for the point, and is not allowed now.
    """

    tools: tuple[Choice, ...]
    positions: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    sides: tuple[Choice, ...]
    seconds: tuple[int, int]
    pressure: tuple[int, int]
    every_days_min: tuple[int, int]
    every_days_max: tuple[int, int]
    blocked: tuple[Blocked, ...]


def options_of(step: Step, others: Sequence[Step], judge: Judge) -> Options:
    """Return what a step may be next to the other steps of its routine."""
    return _kept_options(judge.guide, step, tuple(others), judge)


@kept_by_guide(at_most=MAX_KEPT)
def _kept_options(guide: Guide, step: Step, others: tuple[Step, ...], judge: Judge) -> Options:
    choices: dict[str, tuple[Choice, ...]] = {}
    blocked: list[Blocked] = []
    for kind, labels in _labels(step, guide).items():
        allowed = []
        for id, label in labels.items():
            changed = change_value(step, kind, id, others, judge)
            if getattr(changed.step, kind) == id:
                allowed.append(Choice(id, label))
            elif changed.why != NO_WAY:
                blocked.append(Blocked(kind, id, label, changed.why))
        choices[f"{kind}s"] = tuple(allowed)
    ranges = {name: _range(step, name, others, judge) for name in NUMBERS}
    return Options(**choices, **ranges, blocked=tuple(blocked))


def _range(step: Step, name: str, others: Sequence[Step], judge: Judge) -> tuple[int, int]:
    least, most = limits_of(step, name, HARD_MAX_SECONDS, others, judge)
    return (least.number, min(limit.number for limit in most))


def _labels(step: Step, guide: Guide) -> dict[str, Mapping[str, str]]:
    """Return the labels of what a step could be, whatever the answers, by kind and id."""
    records, ways = guide.records, ways_of(step, guide)
    return {
        "tool": {id: records.tools[id].label for id in ways.tools},
        "position": {id: records.positions[id].label for id in ways.positions},
        "mode": {mode: mode.capitalize() for mode in MODES},
        "side": {side: side.capitalize() for side in STEP_SIDES},
    }
