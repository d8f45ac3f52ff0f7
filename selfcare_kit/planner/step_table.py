"""Section 4: the routine as a table; what the guide does not allow is refused in words, beside the step."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.guide.techniques import ways_of
from selfcare_kit.model.step import MODES, Step
from selfcare_kit.planner.pane import Deed, Pane, script
from selfcare_kit.planner.section import Act, Section, number_of, text_of
from selfcare_kit.planner.visit.state import PlannerState
from selfcare_kit.planner.visit.words import clock, conflicts_in_words, count_of, in_words

NUMBERS = {
    "seconds": "seconds", "pressure": "pressure", "every_days_min": "days of rest, at least",
    "every_days_max": "days of rest, at most",
}  # fmt: skip


class Refused(NamedTuple):
    """What was refused last: of which step, which of its values, and the sentence."""

    step: str = ""
    name: str = ""
    sentence: str = ""


class StepPane(Pane):
    """The pane of the table: steps can be dragged in it."""

    _esm = script("morph.js", "channel.js", "files.js", "pane.js", "step_table.js")


class StepTable(Section):
    """A row for each step, in order, with the total time, the hints, and what changed since the last visit."""

    template = "steps.html"
    pane = StepPane

    def __init__(self, state: PlannerState, act: Act, **traits: Any) -> None:
        super().__init__(state, act, **traits)
        self._refused = Refused()

    def say(self, text: str, *, is_error: bool = False) -> None:
        """Take the sentence for the next refresh; what is refused of one step stands beside it."""
        refused, self._refused = self._refused, Refused()
        super().say(text, is_error=is_error)
        if is_error and refused.step:
            self._refused, self.said = refused._replace(sentence=self.said), ""

    def values(self) -> dict[str, Any]:
        """Return the steps, what may be chosen for them, and what is to be said of the whole."""
        state = self.state
        routine, last = state.routine, state.visit.last
        changes = state.changes
        return {
            "steps": [self._row(number, step) for number, step in enumerate(routine.steps, start=1)],
            "sides": _titled(("left", "right", "both")),
            "dose": state.guide.dose,
            "total": f"{count_of(len(routine), 'step')}, {clock(routine.total_seconds)}",
            "hints": [in_words(hint, state.guide) for hint in routine.hints],
            "held_back": state.held_back,
            "sides_told": state.sides_told,
            "meant_told": conflicts_in_words(routine.sides_meant, routine.steps),
            "can_undo": state.can_undo,
            "can_redo": state.can_redo,
            "changes": changes,
            "changes_count": count_of(len(changes), "change"),
            "last_date": last.date.isoformat() if last else "",
        }

    def _row(self, number: int, step: Step) -> dict[str, Any]:
        guide = self.state.guide
        id = f"{step.point}.{step.side}"
        names = ("point", "side", "mode", "tool", "position", "note", *NUMBERS)
        ways = ways_of(step, guide)
        is_alone = sum(each.point == step.point for each in self.state.routine.steps) == 1
        refused = self._refused if self._refused.step == id else Refused()
        return {
            **{name: getattr(step, name) for name in names},
            "id": id,
            # A step that changes its side stays the same row.
            "key": step.point if is_alone else id,
            "number": number,
            "label": guide.point(step.point).label,
            "area": guide.records.areas[step.area].label,
            "modes": _titled(MODES),
            "tools": [(tool, guide.records.tools[tool].label) for tool in ways.tools],
            "positions": [(place, guide.records.positions[place].label) for place in ways.positions],
            "refusal": refused.sentence,
            "refused": refused.name,
        }

    def _step(self, deed: Deed) -> Step:
        wanted = text_of(deed, "id")
        for step in self.state.routine.steps:
            if f"{step.point}.{step.side}" == wanted:
                return step
        raise InvalidValueError(f"a step must be one of the table's, got {wanted[:40]!r}; it was removed meanwhile.")

    def do_change(self, deed: Deed, _: Any) -> None:
        """Change a value of a step."""
        name = text_of(deed, "name")
        self._refused = Refused(text_of(deed, "id"), name)

        def change() -> str:
            step = self._step(deed)
            value = number_of(deed, NUMBERS[name]) if name in NUMBERS else text_of(deed)
            values = {name: value}
            # Whoever asks for longer rest does not want to be told about its upper end first.
            if name == "every_days_min" and value > step.every_days_max:
                values["every_days_max"] = value
            return self.state.change(step, **values)

        self.act(change)

    def _place(self, step: Step) -> int:
        return self.state.routine.steps.index(step)

    def do_up(self, deed: Deed, _: Any) -> None:
        """Move a step up."""
        self.act(lambda: self.state.move(self._step(deed), self._place(self._step(deed)) - 1))

    def do_down(self, deed: Deed, _: Any) -> None:
        """Move a step down."""
        self.act(lambda: self.state.move(self._step(deed), self._place(self._step(deed)) + 1))

    def do_move(self, deed: Deed, _: Any) -> None:
        """Move a step to where it was dragged."""
        place = deed.get("value")
        if isinstance(place, int):
            self.act(lambda: self.state.move(self._step(deed), place))

    def do_remove(self, deed: Deed, _: Any) -> None:
        """Remove a step."""
        self.focus = "heading"
        steps = [step for step in self.state.routine.steps if f"{step.point}.{step.side}" == text_of(deed, "id")]
        # Pressed twice, it is gone already.
        self.act(lambda: self.state.remove(steps[0]) if steps else None)

    def do_hurts(self, _: Deed, __: Any) -> None:
        """Move the steps on a side on which nothing hurts to where it does."""
        self.focus = "heading"
        self.act(self.state.move_to_where_it_hurts)

    def do_meant(self, _: Deed, __: Any) -> None:
        """Say that they are meant."""
        self.focus = "heading"
        self.act(self.state.confirm_sides)

    def do_undo(self, _: Deed, __: Any) -> None:
        """Take the last change back."""
        self.act(self.state.undo)

    def do_redo(self, _: Deed, __: Any) -> None:
        """Make it again."""
        self.act(self.state.redo)


def _titled(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.capitalize()) for value in values]
