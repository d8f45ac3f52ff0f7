"""The planner without its widgets: the answers of a visit, and the routine made from them.

A view calls one of the methods, shows the sentence it returns, and then shows what the
attributes say. All rules are the library's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from selfcare_kit.errors import InvalidValueError, SelfcareError
from selfcare_kit.export.read import routine_from_bytes
from selfcare_kit.guide import Guide
from selfcare_kit.model import Step
from selfcare_kit.routine import Routine
from selfcare_kit.sequences import template
from selfcare_kit.widgets.answers import Answers
from selfcare_kit.widgets.visit import opened
from selfcare_kit.widgets.words import count_of

BEST = 5
MOST_UNDO = 50


class PlannerState(Answers):
    """The answers of a visit, and the routine made from them.

    Parameters
    ----------
    routine : Routine, optional
        To begin with. Its safety answers count only when they are of today.
    guide : Guide, optional
        The routine's own, or the built-in one.
    """

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        self._past: list[Routine] = []
        super().__init__(routine, guide)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the routine to take back."""
        return bool(self._past)

    def add(self, point: str, side: str = "") -> str:
        """Add a point that was suggested, or any other.

        Parameters
        ----------
        point : str
            Point id.
        side : {"", "left", "right", "both"}, default=""
            The client's own side; empty for the side it was suggested for, or else the one chosen
            for the complaint.

        Returns
        -------
        str
            What was done, in words.
        """
        suggested = next((each.side for each in self.found or () if each.point == point), self.visit.side)
        self._edit(self.routine.add(point, side=side or suggested))
        return f"Added {self.guide.point(point).label}."

    def add_best(self, count: int = BEST) -> str:
        """Add the best suggestions; those that are there already stay as they are.

        Parameters
        ----------
        count : int, default=5
            How many at the most.

        Returns
        -------
        str
            What was done, and which could not be added and why, in words.
        """
        if self.found is None:
            raise InvalidValueError("suggestions need an area and a side, got none; choose them in section 2 first.")
        best = self.found.top(count)
        if not best:
            nothing = "no suggested point may be pressed; the reasons stand beside each."
            raise InvalidValueError(self.found.message or nothing)
        if not self.routine.steps:
            draft = self.visit.draft
            self._edit(Routine.from_suggestions(best, title=draft.title, code=draft.code))
            return f"Added {count_of(len(best), 'step')}."
        new = [each for each in best if not self.has(each.point, each.side)]
        routine, refused = self.routine, []
        for each in new:
            try:
                routine = routine.add(each.point, side=each.side)
            except SelfcareError as error:
                refused.append(str(error))
        self._edit(routine)
        return " ".join((f"Added {count_of(len(new) - len(refused), 'step')}.", *refused))

    def has(self, point: str, side: str) -> bool:
        """Tell whether the routine works a point on a side already.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}
            The client's own side.

        Returns
        -------
        bool
            True when a step overlaps.
        """
        return any(step.overlaps(point, side) for step in self.routine.steps)

    def start_from_template(self) -> str:
        """Put the guide's own sequence in the place of the steps.

        Returns
        -------
        str
            What was done, in words.
        """
        side = self.visit.side if self.visit.side in ("left", "right") else None
        steps = template(side=side, guide=self.guide)
        draft = self.visit.draft
        said = self._edit(replace(steps, title=draft.title or steps.title, code=draft.code))
        return f"The guide's own sequence stands below. {said}".strip()

    def open(self, content: bytes, name: str) -> str:
        """Open a saved routine with its complaint; the safety questions have to be asked again.

        Parameters
        ----------
        content : bytes
            Of a .csv, .html or .json file.
        name : str
            Its file name; only the ending counts.

        Returns
        -------
        str
            What was done, in words.
        """
        saved = routine_from_bytes(content, name, guide=self.guide)
        self._remember()
        self._put(yes=(), where={}, asked_on=None, agreed_by="", **opened(saved))
        told = f"Opened a routine of {count_of(len(saved), 'step')}, made on {saved.date}."
        if saved.screening is None:
            return told
        return f"{told} Its safety answers are of {saved.screening.date}: ask the questions again."

    def change(self, step: Step, **values: Any) -> str:
        """Change a step.

        Parameters
        ----------
        step : Step
            One of the routine's.
        **values
            As for `Routine.change`.

        Returns
        -------
        str
            Empty: the step itself shows it.
        """
        return self._edit(self.routine.change(step.point, of=step.side, **values))

    def move(self, step: Step, by: int) -> str:
        """Move a step up or down.

        Parameters
        ----------
        step : Step
            One of the routine's.
        by : int
            -1 for up, 1 for down.

        Returns
        -------
        str
            Its new place, in words.
        """
        index = self.routine.steps.index(step) + by
        if not 0 <= index < len(self.routine):
            return ""
        self._edit(self.routine.move(step.point, index, side=step.side))
        return f"{self.guide.point(step.point).label} is step {index + 1} now."

    def remove(self, step: Step) -> str:
        """Remove a step.

        Parameters
        ----------
        step : Step
            One of the routine's.

        Returns
        -------
        str
            What was done, in words.
        """
        self._edit(self.routine.remove(step.point, step.side))
        return f"Removed {self.guide.point(step.point).label}."

    def undo(self) -> str:
        """Take the last change of the routine back; safety answers and complaint stay.

        Returns
        -------
        str
            What was done, in words.
        """
        if not self._past:
            return ""
        said = self._put(draft=self._past.pop())
        return f"Took the last change back. {said}".strip()

    def name(self, *, title: str | None = None, code: str | None = None) -> str:
        """Set the title or the client's code.

        Parameters
        ----------
        title, code : str, optional
            None leaves it as it is.

        Returns
        -------
        str
            Empty.
        """
        values = {"title": title, "code": code}
        named = {name: value.strip() for name, value in values.items() if value is not None}
        return self._put(draft=replace(self.visit.draft, **named))

    def _edit(self, routine: Routine) -> str:
        draft = replace(routine, complaint=None, screening=None)
        if draft == self.visit.draft:
            return ""
        self._remember()
        return self._put(draft=draft)

    def _remember(self) -> None:
        self._past = [*self._past[1 - MOST_UNDO :], self.visit.draft]
