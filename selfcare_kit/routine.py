"""The routine: ordered steps with a dose, made for one complaint under one screening.

A routine is a frozen value: every method returns a new one, and one that exists has passed the
dose and the gate. How it is written is in `writers`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from selfcare_kit.changes import describe_changes
from selfcare_kit.complaint import Complaint
from selfcare_kit.errors import DoseError, InvalidValueError, UnknownIdError, check_choice, check_text, quoted
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.hints import find_hints
from selfcare_kit.model import Step, check_dose, sides_touched
from selfcare_kit.proposal import adapt, propose, propose_all
from selfcare_kit.safety.gate import gate
from selfcare_kit.safety.screening import Screening
from selfcare_kit.suggestion import Suggestion
from selfcare_kit.suggestions import Suggestions
from selfcare_kit.writers import Writers


@dataclass(frozen=True)
class Routine(Writers):
    """Ordered steps of self-massage for one client.

    Parameters
    ----------
    title : str, default=""
        Stands at the head of the handout.
    code : str, default=""
        The client's code in the clinic's records, such as `"C-104"`; never a name.
    steps : tuple of Step, default=()
        In the order they are done.
    date : datetime.date, optional
        The day it starts; today when left out.
    complaint : Complaint, optional
        What it is for.
    screening : Screening, optional
        The safety answers it was made under.
    guide : Guide, optional
        Whose points the steps are; the built-in one when left out.
    guide_version : str, optional
        Version of the guide it was made with; the guide's own when left out.

    Raises
    ------
    DoseError
        If the steps exceed the guide's dose.
    BlockedError
        If a step may not be pressed.
    UnknownIdError
        If a point, a tool or a position is not in the guide.
    InvalidValueError
        If a point stands twice on one side, or a text cannot be carried.

    Examples
    --------
    >>> routine = Routine(title="Low back", code="C-104").add("ql_s2", side="left", seconds=90)
    >>> len(routine), routine.total_seconds
    (1, 90)
    """

    title: str = ""
    code: str = ""
    steps: tuple[Step, ...] = ()
    date: datetime.date = field(default_factory=datetime.date.today)
    complaint: Complaint | None = None
    screening: Screening | None = None
    guide: Guide = field(default_factory=load_guide, compare=False, repr=False)
    guide_id: str = ""
    guide_version: str = ""

    def __post_init__(self) -> None:
        check_text("title", self.title)
        check_text("code", self.code)
        check_text("guide_version", self.guide_version)
        if self.complaint is not None:
            object.__setattr__(self, "complaint", self.guide.complaint(self.complaint))
        object.__setattr__(self, "guide_id", self.guide_id or self.guide.id)
        object.__setattr__(self, "guide_version", self.guide_version or self.guide.version)
        object.__setattr__(self, "steps", tuple(self._completed(step) for step in self.steps))
        self._check_identity()
        judged = gate(self.steps, guide=self.guide, screening=self.screening, complaint=self.complaint)
        object.__setattr__(self, "screening", judged)
        check_dose(self.steps, self.guide.dose)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def total_seconds(self) -> int:
        """Seconds of work in one session; a step on both sides counts twice."""
        return sum(step.total_seconds for step in self.steps)

    @property
    def hints(self) -> tuple[str, ...]:
        """What could make it easier to keep: too long, up and down, one area twice."""
        return find_hints(self.steps, self.guide, self.guide_version)

    @classmethod
    def from_suggestions(
        cls, suggestions: Suggestions | Iterable[Suggestion], *, title: str = "", code: str = ""
    ) -> Routine:
        """Make a routine from suggestions, with their complaint and screening.

        Parameters
        ----------
        suggestions : Suggestions or iterable of Suggestion
            What to do, in order; `found.top(5)` keeps it short. Of several points in one area
            and side each gets its share of the guide's time.
        title, code : str, default=""
            As for `Routine`.

        Returns
        -------
        Routine
            A new routine.

        Raises
        ------
        BlockedError
            If one of them is blocked or may only be shown.
        """
        chosen = tuple(suggestions)
        source = suggestions if isinstance(suggestions, Suggestions) else next(iter(chosen), None)
        if source is None:
            return cls(title=title, code=code)
        if any(
            (each.complaint, each.screening, each.guide.id) != (source.complaint, source.screening, source.guide.id)
            for each in chosen
        ):
            raise InvalidValueError(
                "suggestions of one routine must be for one complaint under one screening, got several; "
                "name all areas in one call of suggest."
            )
        steps = propose_all([(each.point, each.side) for each in chosen], source.guide, source.screening)
        return cls(title, code, steps, complaint=source.complaint, screening=source.screening, guide=source.guide)

    def add(self, point: str, side: str | None = None, **values: Any) -> Routine:
        """Add a step at the end.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}, optional
            The client's own side. When left out, the one side the routine and its complaint are
            about, and left where they are about both or none.
        **values
            Anything a step holds, instead of what the guide proposes: mode, seconds, pressure,
            tool, position, every_days_min, every_days_max, note.

        Returns
        -------
        Routine
            A new routine; this one is unchanged.

        Raises
        ------
        UnknownIdError
            If the guide has no such point, tool or position.
        BlockedError
            If the point may only be shown, or the screening blocks it.
        InvalidValueError
            If the point is already there on that side, or a value is not allowed.
        DoseError
            If the area would get more than the guide's time.
        """
        step = propose(point, self._own_side if side is None else side, self.guide, self.screening)
        return replace(self, steps=(*self.steps, step.changed(**values) if values else step))

    def change(self, point: str, *, of: str | None = None, **values: Any) -> Routine:
        """Change a step.

        Parameters
        ----------
        point : str
            Point id.
        of : {"left", "right", "both"}, optional
            Which step, when the point has one on each side.
        **values
            Any of side, mode, seconds, pressure, tool, position, every_days_min,
            every_days_max, note.

        Returns
        -------
        Routine
            A new routine; this one is unchanged.
        """
        index = self._index(point, of)
        return self._replaced(index, self.steps[index].changed(**values))

    def remove(self, point: str, side: str | None = None) -> Routine:
        """Remove a step.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}, optional
            Which step, when the point has one on each side.

        Returns
        -------
        Routine
            A new routine; this one is unchanged.
        """
        index = self._index(point, side)
        return replace(self, steps=self.steps[:index] + self.steps[index + 1 :])

    def move(self, point: str, index: int, side: str | None = None) -> Routine:
        """Move a step to another place in the order.

        Parameters
        ----------
        point : str
            Point id.
        index : int
            New place, 0 for the first; negative counts from the end.
        side : {"left", "right", "both"}, optional
            Which step, when the point has one on each side.

        Returns
        -------
        Routine
            A new routine; this one is unchanged.
        """
        old = self._index(point, side)
        if not isinstance(index, int) or not -len(self) <= index < len(self):
            raise InvalidValueError(
                f"index must be from 0 to {len(self) - 1} for a routine of {len(self)} steps, got {quoted(index)}; "
                "choose one in between."
            )
        steps = list(self.steps)
        steps.insert(index % len(self), steps.pop(old))
        return replace(self, steps=tuple(steps))

    def with_screening(self, screening: Screening) -> Routine:
        """Put the routine under other safety answers.

        Parameters
        ----------
        screening : Screening
            Usually of today.

        Returns
        -------
        Routine
            A new routine; this one is unchanged.

        Raises
        ------
        BlockedError
            If the answers do not allow a step, naming each one and why.
        """
        return replace(self, screening=screening)

    def adapted_to(self, screening: Screening | None) -> Routine:
        """Keep what other safety answers allow: milder where that helps, without the rest.

        Parameters
        ----------
        screening : Screening or None
            The new answers.

        Returns
        -------
        Routine
            A new routine with that screening; compare with `changes_since`.
        """
        judged = screening.evaluated(self.guide, self.complaint) if screening else None
        steps = (adapt(step, self.guide, judged) for step in self.steps)
        return replace(self, steps=tuple(step for step in steps if step is not None), screening=screening)

    def changes_since(self, last: Routine) -> tuple[str, ...]:
        """Say what was added, removed, changed or moved since another routine.

        Parameters
        ----------
        last : Routine
            The earlier one.

        Returns
        -------
        tuple of str
            One sentence each; empty when the steps are the same.
        """
        if not isinstance(last, Routine):
            raise InvalidValueError(f"last must be a Routine, got {quoted(last)}; read_routine opens a saved one.")
        return describe_changes(last.steps, self.steps, self.guide)

    def require_clearance(self, today: datetime.date | None = None) -> None:
        """Refuse unless the routine may go to the client now.

        Parameters
        ----------
        today : datetime.date, optional
            For tests; the real date when left out.

        Raises
        ------
        InvalidValueError
            If there are no steps.
        ScreeningRequired
            If the safety questions were not all asked today.
        ReferralRequired
            If somebody else has to look first.
        """
        self._require_steps()
        gate(
            self.steps, guide=self.guide, screening=self.screening, complaint=self.complaint,
            for_client=True, today=today,
        )  # fmt: skip

    @property
    def _own_side(self) -> str:
        about = [each.side for each in (*self.steps, *(self.complaint.areas if self.complaint else ()))]
        sides = {side for each in about for side in sides_touched(each)}
        return sides.pop() if len(sides) == 1 else "left"

    def _require_steps(self) -> None:
        if not self.steps:
            raise InvalidValueError(
                f"a routine needs steps before it is written, got {quoted(self.title)} with none; add one first."
            )

    def _completed(self, step: Step) -> Step:
        point = self.guide.point(step.point)
        for name, table in (("tool", "tools"), ("position", "positions")):
            if getattr(step, name):
                self.guide.row(table, getattr(step, name))
        if step.seconds > point.max_seconds:
            raise DoseError(
                f"{point.id} gets at most {point.max_seconds} seconds on each side in this guide, got {step.seconds}; "
                "shorten it."
            )
        return replace(
            step,
            point=point.id,
            muscle=point.muscle,
            area=point.area,
            tool=step.tool or point.tools[0],
            position=step.position or point.position,
        )

    def _check_identity(self) -> None:
        for index, step in enumerate(self.steps):
            if any(earlier.overlaps(step.point, step.side) for earlier in self.steps[:index]):
                raise InvalidValueError(
                    f"a point stands once on each side, got {step.point!r} {step.side} twice; "
                    "change the step that is there."
                )

    def _index(self, point: str, side: str | None) -> int:
        if side is not None:
            check_choice("side", side, ("left", "right", "both"))
        id = self.guide.point(point).id
        found = [n for n, step in enumerate(self.steps) if step.point == id and side in (None, step.side)]
        if len(found) == 1:
            return found[0]
        there = ", ".join(f"{step.point} {step.side}" for step in self.steps) or "no step"
        if found:
            raise InvalidValueError(f"{id!r} stands here on both sides; say which, of {there}.")
        raise UnknownIdError(
            f"a step must be one of this routine's ({there}), got {id!r} {side or ''}".rstrip() + "; add it first."
        )

    def _replaced(self, index: int, step: Step) -> Routine:
        return replace(self, steps=(*self.steps[:index], step, *self.steps[index + 1 :]))
