"""Section 4: the routine as a table; what the guide does not allow is refused in words, beside the step."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.guide.techniques import ways_of
from selfcare_kit.model.step import MODES, Step
from selfcare_kit.planner.pane import Event, Pane, script
from selfcare_kit.planner.section import Act, Section, number_of, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import clock, conflicts_in_words, count_of, hints_in_words

NUMBERS = ("seconds", "pressure", "every_days_min", "every_days_max")


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

    def __init__(self, session: Session, act: Act, **traits: Any) -> None:
        super().__init__(session, act, **traits)
        self._refused = Refused()

    def notify(self, text: str, *, is_error: bool = False) -> None:
        """Take the sentence for the next refresh; what is refused of one step stands beside it."""
        refused, self._refused = self._refused, Refused()
        super().notify(text, is_error=is_error)
        if is_error and refused.step:
            self._refused, self.notice = refused._replace(sentence=self.notice), ""

    def values(self) -> dict[str, Any]:
        """Return the steps, what may be chosen for them, and what is to be said of the whole."""
        session, now = self.session, self.session.now
        routine, last = now.routine, now.visit.last
        changes = now.changes
        return {
            "steps": [self._row(number, step) for number, step in enumerate(routine.steps, start=1)],
            "sides": _titled(("left", "right", "both")),
            "dose": session.guide.dose,
            "total": f"{count_of(len(routine), 'step')}, {clock(routine.total_seconds)}",
            "hints": hints_in_words(routine),
            "held_back": now.held_back,
            "wrong_sides": now.wrong_sides,
            "meant_sides": conflicts_in_words(routine.sides_meant, routine.steps),
            "can_undo": session.can_undo,
            "can_redo": session.can_redo,
            "changes": changes,
            "changes_count": count_of(len(changes), "change"),
            "last_date": last.date.isoformat() if last else "",
        }

    def _row(self, number: int, step: Step) -> dict[str, Any]:
        guide = self.session.guide
        id = f"{step.point}.{step.side}"
        names = ("point", "side", "mode", "tool", "position", "note", *NUMBERS)
        ways = ways_of(step, guide)
        is_alone = sum(each.point == step.point for each in self.session.now.routine.steps) == 1
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

    def _step(self, event: Event) -> Step:
        wanted = text_of(event, "id")
        for step in self.session.now.routine.steps:
            if f"{step.point}.{step.side}" == wanted:
                return step
        raise InvalidValueError(f"a step must be one of the table's, got {wanted[:40]!r}; it was removed meanwhile.")

    def do_change(self, event: Event, _: Any) -> None:
        """Change a value of a step."""
        name = text_of(event, "name")
        self._refused = Refused(text_of(event, "id"), name)

        def change() -> str:
            step = self._step(event)
            value = number_of(event, name) if name in NUMBERS else text_of(event)
            values = {name: value}
            # Whoever asks for longer rest does not want to be told about its upper end first.
            if name == "every_days_min" and value > step.every_days_max:
                values["every_days_max"] = value
            return self.session.do(steps.change, step, **values)

        self.act(change)

    def _place(self, step: Step) -> int:
        return self.session.now.steps.index(step)

    def do_up(self, event: Event, _: Any) -> None:
        """Move a step up."""
        self.act(lambda: self.session.do(steps.move, self._step(event), self._place(self._step(event)) - 1))

    def do_down(self, event: Event, _: Any) -> None:
        """Move a step down."""
        self.act(lambda: self.session.do(steps.move, self._step(event), self._place(self._step(event)) + 1))

    def do_move(self, event: Event, _: Any) -> None:
        """Move a step to where it was dragged."""
        place = event.get("value")
        if isinstance(place, int):
            self.act(lambda: self.session.do(steps.move, self._step(event), place))

    def do_remove(self, event: Event, _: Any) -> None:
        """Remove a step."""
        self.focus = "heading"
        there = [step for step in self.session.now.routine.steps if f"{step.point}.{step.side}" == text_of(event, "id")]
        # Pressed twice, it is gone already.
        self.act(lambda: self.session.do(steps.remove, there[0]) if there else None)

    def do_hurts(self, _: Event, __: Any) -> None:
        """Move the steps on a side on which nothing hurts to where it does."""
        self.focus = "heading"
        self.do(steps.move_to_where_it_hurts)

    def do_meant(self, _: Event, __: Any) -> None:
        """Say that they are meant."""
        self.focus = "heading"
        self.do(steps.confirm_sides)

    def do_undo(self, _: Event, __: Any) -> None:
        """Take the last change back."""
        self.act(self.session.undo)

    def do_redo(self, _: Event, __: Any) -> None:
        """Make it again."""
        self.act(self.session.redo)


def _titled(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.capitalize()) for value in values]
