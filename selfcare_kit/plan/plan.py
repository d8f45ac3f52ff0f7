"""A routine as a value: ordered steps with a dose, for one complaint under one screening.

It is frozen: every method returns a new one, and each is checked against the dose and the safety answers when it is
made. `selfcare_kit.routine` adds the methods that write it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from selfcare_kit.errors import DoseError, InvalidValueError, check_text, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.dose import check_dose
from selfcare_kit.model.step import Step
from selfcare_kit.plan.changes import describe_changes
from selfcare_kit.plan.dosing import adapt, own_step, propose, shared_out
from selfcare_kit.plan.hints import find_hints
from selfcare_kit.plan.sides import checked_confirmations, on_side, side_of_new_step, still_confirmed
from selfcare_kit.plan.steps import check_identities, completed, index_of, moved
from selfcare_kit.plan.suggest.suggestion import Suggestion, check_one_source
from selfcare_kit.plan.suggest.suggestions import Suggestions
from selfcare_kit.safety.explained import SideConflict, side_conflicts
from selfcare_kit.safety.gate import check_clearance, check_steps, require_screening
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge, Verdict


@dataclass(frozen=True)
class Plan:
    """The values and rules of a routine, without the methods that write it; `Routine` describes the parameters.

    >>> routine = Plan(title="Low back", code="C-104").add("ql_s2", side="left", seconds=90)
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
    sides_confirmed: tuple[str, ...] = ()
    changed_on_reading: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        check_text("title", self.title)
        check_text("code", self.code)
        check_text("guide_version", self.guide_version)
        if self.complaint is not None:
            object.__setattr__(self, "complaint", self.guide.complaint(self.complaint))
        object.__setattr__(self, "guide_id", self.guide_id or self.guide.id)
        object.__setattr__(self, "guide_version", self.guide_version or self.guide.version)
        object.__setattr__(self, "steps", tuple(completed(step, self.guide) for step in self.steps))
        check_identities(self.steps)
        require_screening(self.screening)
        confirmed = checked_confirmations(self.sides_confirmed)
        confirmed = still_confirmed(confirmed, self.steps, self.complaint, self.guide)
        object.__setattr__(self, "sides_confirmed", confirmed)
        object.__setattr__(self, "screening", self._judge.screening)
        check_steps(self.steps, self._judge)
        check_dose(self.steps, self.guide.dose, self.guide.areas_dosed)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def total_seconds(self) -> int:
        """Seconds of work in one session; a step on both sides counts twice."""
        return sum(step.total_seconds for step in self.steps)

    @property
    def hints(self) -> tuple[str, ...]:
        """What makes it hard to keep or has to be known: too long, changes of posture, one area twice, both sides."""
        return (*self.changed_on_reading, *find_hints(self.steps, self.guide, self.guide_version, self.complaint))

    @classmethod
    def from_suggestions(
        cls, suggestions: Suggestions | Iterable[Suggestion], *, title: str = "", code: str = ""
    ) -> Self:
        """Make a routine from suggestions, with their complaint and screening.

        Parameters
        ----------
        suggestions : Suggestions or iterable of Suggestion
            The points, in order; `found.top(5)` keeps it short. Points that share an area and side
            share the guide's time for it.
        title, code : str, default=""
            As for `Routine`.

        Returns
        -------
        Self
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
        check_one_source(chosen, source)
        points = source.guide.point_values
        steps = shared_out([each.step or own_step(points[each.point], each.side) for each in chosen], source.guide)
        return cls(title, code, steps, complaint=source.complaint, screening=source.screening, guide=source.guide)

    def add(self, point: str, side: str | None = None, **values: Any) -> Self:
        """Add a step at the end.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}, optional
            The client's own side. It may be left out where the complaint leaves no doubt: it is then the
            side of the areas that the point can explain, or else of the whole complaint.
        **values
            Values that replace the guide's proposal: mode, seconds, pressure, tool, position,
            every_days_min, every_days_max, note.

        Returns
        -------
        Self
            A new routine; this one is unchanged.

        Raises
        ------
        UnknownIdError
            If the guide has no such point, tool or position.
        BlockedError
            If the point may only be shown, or the screening blocks it.
        InvalidValueError
            If the side is in doubt, the point already has a step on that side, or a value is not allowed.
        DoseError
            If the area would get more time than the guide allows.
        """
        if side is None:
            side = side_of_new_step(point, self.complaint, self.guide)
        step = propose(point, side, self._judge, self.steps)
        return replace(self, steps=(*self.steps, step.changed(**values) if values else step))

    def change(self, point: str, *, of: str | None = None, **values: Any) -> Self:
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
        Self
            A new routine; this one is unchanged.
        """
        index = index_of(self.steps, point, of, self.guide)
        step = self.steps[index].changed(**values)
        return replace(self, steps=(*self.steps[:index], step, *self.steps[index + 1 :]))

    def remove(self, point: str, side: str | None = None) -> Self:
        """Remove a step.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}, optional
            Which step, when the point has one on each side.

        Returns
        -------
        Self
            A new routine; this one is unchanged.
        """
        index = index_of(self.steps, point, side, self.guide)
        return replace(self, steps=self.steps[:index] + self.steps[index + 1 :])

    def move(self, point: str, index: int, side: str | None = None) -> Self:
        """Move a step within the order.

        Parameters
        ----------
        point : str
            Point id.
        index : int
            Its new index, 0 for the first; negative counts from the end.
        side : {"left", "right", "both"}, optional
            Which step, when the point has one on each side.

        Returns
        -------
        Self
            A new routine; this one is unchanged.
        """
        old = index_of(self.steps, point, side, self.guide)
        return replace(self, steps=moved(self.steps, old, index))

    def with_screening(self, screening: Screening) -> Self:
        """Return the routine with other safety answers.

        Parameters
        ----------
        screening : Screening
            Usually of today.

        Returns
        -------
        Self
            A new routine; this one is unchanged.

        Raises
        ------
        BlockedError
            If the answers do not allow a step; it names each and why.
        """
        return replace(self, screening=screening)

    def adapted_to(self, screening: Screening | None, *, complaint: Complaint | None = None) -> Self:
        """Adapt the steps to other safety answers or another complaint: milder where that is enough, else left out.

        Parameters
        ----------
        screening : Screening or None
            The new answers.
        complaint : Complaint, optional
            The new complaint; this routine's own when left out.

        Returns
        -------
        Self
            A new routine with that screening; `changes_since` describes what changed.
        """
        complaint = self.complaint if complaint is None else self.guide.complaint(complaint)
        judge = Judge.of(self.guide, complaint, require_screening(screening))
        adapted = (adapt(step, judge) for step in self.steps)
        steps = tuple(step for step in adapted if step is not None)
        return replace(self, steps=steps, screening=screening, complaint=complaint)

    @property
    def side_conflicts(self) -> tuple[SideConflict, ...]:
        """Steps, or one side of a step on both, on a side on which nothing hurts, unless they were confirmed.

        A step belongs to the sides of the areas that its point can explain; where it explains none, to
        those of the whole complaint. An area on the midline conflicts with nothing.
        """
        return tuple(conflict for conflict in self._all_conflicts if conflict.key not in self.sides_confirmed)

    @property
    def sides_meant(self) -> tuple[SideConflict, ...]:
        """Steps on a side on which nothing hurts that a clinician confirmed."""
        return tuple(conflict for conflict in self._all_conflicts if conflict.key in self.sides_confirmed)

    def on_side(self, side: str | None = None) -> Self:
        """Move steps to a side.

        Parameters
        ----------
        side : {"left", "right", "both"}, optional
            For all steps. When left out, each step in conflict moves to the side that hurts.

        Returns
        -------
        Self
            A new routine; of two steps of one point that meet on a side, the first stays. A step gets milder
            where the sensations of its new side require it, and shorter where the steps there would
            exceed the guide's time together.

        Raises
        ------
        InvalidValueError
            If the side is not one of them.
        BlockedError
            If a step is not allowed on that side at all.

        Examples
        --------
        >>> routine = Plan(complaint=load_guide().complaint("hip_side", "right")).add("tfl_1", side="left")
        >>> len(routine.side_conflicts), routine.on_side().steps[0].side
        (1, 'right')
        """
        steps = on_side(self.steps, side, self.side_conflicts, self._judge)
        try:
            return replace(self, steps=steps)
        except DoseError:
            return replace(self, steps=shared_out(steps, self.guide))

    def confirm_sides(self) -> Self:
        """Confirm the steps on a side on which nothing hurts; files of the routine keep it, and the note mentions it.

        Returns
        -------
        Self
            A new routine without conflicts; one that arises later is not confirmed.
        """
        keys = (conflict.key for conflict in self._all_conflicts)
        return replace(self, sides_confirmed=tuple(dict.fromkeys((*self.sides_confirmed, *keys))))

    def changes_since(self, last: Plan) -> tuple[str, ...]:
        """Describe what was added, removed, changed or moved since another routine.

        Parameters
        ----------
        last : Plan
            The earlier one.

        Returns
        -------
        tuple of str
            One sentence each; empty when the steps are the same.
        """
        if not isinstance(last, Plan):
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
            If the client has to be seen by somebody else first.
        BlockedError
            If a step is on a side on which nothing hurts, and nobody confirmed it.
        """
        self.require_steps()
        check_clearance(self.steps, self._judge, self.side_conflicts, today)

    def require_steps(self) -> None:
        """Refuse a routine without steps.

        Raises
        ------
        InvalidValueError
            If there are none.
        """
        if not self.steps:
            raise InvalidValueError(
                f"a routine needs steps before it is written, got {quoted(self.title)} with none; add one first."
            )

    def verdict(self, step: Step) -> Verdict:
        """Judge a step for this routine's complaint under its screening, whether it is one of its steps or not.

        Parameters
        ----------
        step : Step
            With a point of the guide.

        Returns
        -------
        Verdict
            Its `status` is "allowed", "changed", "show_only" or "blocked"; `step` is the step that is
            allowed, or None; `reason` says why the step as given is not.

        Raises
        ------
        UnknownIdError
            If the guide has no such point.

        Examples
        --------
        >>> from selfcare_kit import screen
        >>> routine = Plan(screening=screen(yes=["C01"]))
        >>> routine.verdict(Step("piri_1", "left", pressure=6, tool="massage_ball")).step.pressure
        3
        """
        return self._judge.verdict(step)

    @property
    def _judge(self) -> Judge:
        return Judge.of(self.guide, self.complaint, self.screening)

    @property
    def _all_conflicts(self) -> tuple[SideConflict, ...]:
        return side_conflicts(self.steps, self.complaint, self.guide)
