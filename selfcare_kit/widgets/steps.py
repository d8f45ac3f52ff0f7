"""Section 4: the routine as a form; what the guide does not allow is refused in words."""

from __future__ import annotations

from html import escape

import ipywidgets as W  # noqa: N812

from selfcare_kit.model import MODES, Step
from selfcare_kit.widgets.parts import discard, show
from selfcare_kit.widgets.section import Section
from selfcare_kit.widgets.words import clock, count_of


class StepSection(Section):
    """A card for each step, in order, with the total time and the hints."""

    title = "4 &nbsp;Routine"

    def build(self) -> tuple[W.Widget, ...]:
        """Make the list of steps, the total and the hints.

        Returns
        -------
        tuple of ipywidgets.Widget
            From top to bottom.
        """
        parts = self.parts
        self.cards: dict[tuple[str, str], StepCard] = {}
        self._list = parts.stack(name="lines")
        self._total = parts.html()
        self.undo = parts.button("Undo", self._undo, "Take the last change of the routine back")
        return self._list, parts.row(self._total, self.undo, name="bar")

    def refresh(self) -> None:
        """Show the steps, their total and the hints."""
        state = self.state
        steps = {step.key: step for step in state.routine.steps}
        for key in [key for key in self.cards if key not in steps]:
            discard(self.cards.pop(key).widget)
        for number, (key, step) in enumerate(steps.items(), start=1):
            if key not in self.cards:
                self.cards[key] = StepCard(self)
            self.cards[key].show(number, step, len(steps))
        shown = tuple(self.cards[key].widget for key in steps)
        if shown != self._list.children:
            self._list.children = shown
        self._total.value = self._told()
        show(self.undo, state.can_undo)

    def _told(self) -> str:
        routine = self.state.routine
        if not routine.steps:
            return '<span class="selfcare-quiet">No step yet: add points in section 3.</span>'
        hints = "".join(f"<li>{escape(hint)}</li>" for hint in routine.hints)
        listed = f'<ul class="selfcare-hints">{hints}</ul>' if hints else ""
        return f"<b>{count_of(len(routine), 'step')}, {clock(routine.total_seconds)}</b> in all{listed}"

    def _undo(self) -> None:
        self.act(self.state.undo)


class StepCard:
    """The form of one step.

    Parameters
    ----------
    section : StepSection
        Where it stands.
    """

    def __init__(self, section: StepSection) -> None:
        self.section = section
        self.step: Step | None = None
        parts, guide = section.parts, section.state.guide
        tools, positions = (
            [("not said", ""), *((row["label"], row["id"]) for row in guide.table(table))]
            for table in ("tools", "positions")
        )
        self.told = parts.html(name="told")
        self.up = parts.button("Up", lambda: self._move(-1))
        self.down = parts.button("Down", lambda: self._move(1))
        self.out = parts.button("Remove", self._remove)
        self.fields: dict[str, W.Widget] = {
            "side": parts.pick("Side", _titled(("left", "right", "both")), lambda: self._change("side")),
            "mode": parts.pick("Do", _titled(MODES), lambda: self._change("mode")),
            "seconds": parts.number("Seconds", lambda: self._change("seconds")),
            "pressure": parts.number("Pressure of 10", lambda: self._change("pressure")),
            "tool": parts.pick("Tool", tools, lambda: self._change("tool")),
            "position": parts.pick("Position", positions, lambda: self._change("position")),
            "every_days_min": parts.number("Every", lambda: self._change("every_days_min")),
            "every_days_max": parts.number("to (days)", lambda: self._change("every_days_max")),
            "note": parts.text("Note", lambda: self._change("note"), "for the client; no names"),
        }
        head = parts.row(self.told, self.up, self.down, self.out)
        self.widget = parts.stack(head, parts.row(*self.fields.values(), name="fields"), name="line")

    def show(self, number: int, step: Step, count: int) -> None:
        """Show a step.

        Parameters
        ----------
        number : int
            Its number, from 1.
        step : Step
            The step.
        count : int
            How many steps there are.
        """
        self.step = step
        guide = self.section.state.guide
        label = guide.point(step.point).label
        self.told.value = (
            f'<span class="selfcare-count">{number}</span> <b>{escape(label)}</b> '
            f"<small>{escape(step.point)} &nbsp;{escape(guide.row('areas', step.area)['label'])}</small>"
        )
        self.up.disabled, self.down.disabled = number == 1, number == count
        for button, verb in ((self.up, "Move up"), (self.down, "Move down"), (self.out, "Remove")):
            button.tooltip = f"{verb}: step {number}, {label}"
        for name, field in self.fields.items():
            field.value = getattr(step, name)

    def _change(self, name: str) -> None:
        value, step, state = self.fields[name].value, self.step, self.section.state
        if step is not None:
            self.section.act(lambda: state.change(step, **{name: value}))

    def _move(self, by: int) -> None:
        step, state = self.step, self.section.state
        if step is not None:
            self.section.act(lambda: state.move(step, by))

    def _remove(self) -> None:
        step, state = self.step, self.section.state
        if step is not None:
            self.section.act(lambda: state.remove(step))


def _titled(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value.capitalize(), value) for value in values]
