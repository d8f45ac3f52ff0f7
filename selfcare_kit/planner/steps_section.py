"""Section 4: the routine as a table; a value that the guide does not allow is refused beside its step."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.guide.techniques import ways_of
from selfcare_kit.model.step import MODES, Step
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.pane import StepPane
from selfcare_kit.planner.section import Section, number_of, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import clock, conflicts_in_words, count_of, hints_in_words

NUMBERS = ("seconds", "pressure", "every_days_min", "every_days_max")


class Refusal(NamedTuple):
    """The change of a step that was refused last: the step's id, the name of the value, and the message."""

    step: str = ""
    name: str = ""
    message: str = ""


class StepsSection(Section):
    """A table with a row for each step, the total time, the hints, and what changed since the last visit."""

    template = "steps.html"
    pane = StepPane

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self._refusal = Refusal()

    def notify(self, message: str, *, is_error: bool = False) -> None:
        """Set the message for the next refresh; one that refuses a change of a step is shown beside it."""
        refusal, self._refusal = self._refusal, Refusal()
        super().notify(message, is_error=is_error)
        if message and is_error and refusal.step:
            self._refusal, self.notice = refusal._replace(message=self.notice), ""

    def values(self) -> dict[str, Any]:
        """Return the steps, the choices for each value, and what concerns the whole routine."""
        session, now = self.session, self.session.now
        routine, last = now.routine, now.visit.last_routine
        changes = now.changes_since_last
        return {
            "steps": [self._row(number, step) for number, step in enumerate(routine.steps, start=1)],
            "sides": _titled(("left", "right", "both")),
            "dose": session.guide.dose,
            "total": f"{count_of(len(routine), 'step')}, {clock(routine.total_seconds)}",
            "hints": hints_in_words(routine),
            "changes_by_answers": now.changes_by_answers,
            "wrong_sides": now.wrong_sides,
            "confirmed_sides": conflicts_in_words(routine.sides_meant, routine.steps),
            "can_undo": session.can_undo,
            "can_redo": session.can_redo,
            "changes": changes,
            "changes_count": count_of(len(changes), "change"),
            "last_date": last.date.isoformat() if last else "",
        }

    def _row(self, number: int, step: Step) -> dict[str, Any]:
        guide = self.session.guide
        id = _id_of(step)
        names = ("point", "side", "mode", "tool", "position", "note", *NUMBERS)
        ways = ways_of(step, guide)
        is_alone = sum(each.point == step.point for each in self.session.now.routine.steps) == 1
        refusal = self._refusal if self._refusal.step == id else Refusal()
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
            "positions": [(position, guide.records.positions[position].label) for position in ways.positions],
            "refusal": refusal.message,
            "refused": refusal.name,
        }

    def _step(self, event: Event) -> Step:
        id = text_of(event, "id")
        for step in self.session.now.routine.steps:
            if _id_of(step) == id:
                return step
        raise InvalidValueError(f"a step must be one of the table's, got {id[:40]!r}; it was removed meanwhile.")

    def do_change(self, event: Event) -> str:
        """Change a value of a step."""
        name = text_of(event, "name")
        self._refusal = Refusal(text_of(event, "id"), name)
        step = self._step(event)
        value = number_of(event, name) if name in NUMBERS else text_of(event)
        values = {name: value}
        # Longer rest raises its upper end too, rather than being refused because of it.
        if name == "every_days_min" and value > step.every_days_max:
            values["every_days_max"] = value
        return self.session.do(steps.change, step, **values)

    def do_up(self, event: Event) -> str:
        """Move a step up."""
        return self._move_by(event, -1)

    def do_down(self, event: Event) -> str:
        """Move a step down."""
        return self._move_by(event, 1)

    def _move_by(self, event: Event, distance: int) -> str:
        step = self._step(event)
        return self.session.do(steps.move, step, self.session.now.steps.index(step) + distance)

    def do_move(self, event: Event) -> str | None:
        """Move a step to where it was dragged."""
        index = event.get("value")
        return self.session.do(steps.move, self._step(event), index) if isinstance(index, int) else None

    def do_remove(self, event: Event) -> str:
        """Remove a step, unless a first press of the button has removed it already."""
        self.focus = "heading"
        id = text_of(event, "id")
        step = next((step for step in self.session.now.routine.steps if _id_of(step) == id), None)
        return self.session.do(steps.remove, step) if step else ""

    def do_hurts(self, _: Event) -> str:
        """Move the steps on a side on which nothing hurts to where it does."""
        self.focus = "heading"
        return self.session.do(steps.move_to_where_it_hurts)

    def do_meant(self, _: Event) -> str:
        """Confirm the steps on a side on which nothing hurts."""
        self.focus = "heading"
        return self.session.do(steps.confirm_sides)

    def do_undo(self, _: Event) -> str:
        """Undo the last change."""
        return self.session.undo()

    def do_redo(self, _: Event) -> str:
        """Redo the change that was undone last."""
        return self.session.redo()


def _id_of(step: Step) -> str:
    return f"{step.point}.{step.side}"


def _titled(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.capitalize()) for value in values]
