"""A routine as a value: ordered steps with a dose, for one complaint under one screening.

It is frozen: every method returns a new one, and each is checked against the dose and the safety answers when it is
made. `selfcare_kit.routine` adds the methods that write it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from selfcare_kit.errors import DoseError
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.plan.checked import CheckedPlan
from selfcare_kit.plan.dosing import WAY, adapt, own_step, propose, shared_out
from selfcare_kit.plan.postures import grouped
from selfcare_kit.plan.sides import on_side, side_of_new_step
from selfcare_kit.plan.steps import index_of, indices_of, moved
from selfcare_kit.plan.suggest.suggestion import Suggestion, check_one_source
from selfcare_kit.plan.suggest.suggestions import Suggestions
from selfcare_kit.plan.values.bulk import change_steps
from selfcare_kit.plan.values.outcome import outcome_with, unasked
from selfcare_kit.safety.gate import require_screening
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge


@dataclass(frozen=True)
class Plan(CheckedPlan):
    """A routine with its changes, without the methods that write it; `Routine` describes the parameters.

    >>> routine = Plan(title="Low back", code="C-104").add("ql_s2", side="left", seconds=90)
    >>> len(routine), routine.total_seconds
    (1, 90)
    """

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
            every_days_min, every_days_max, note. With another mode, tool or position, the dose that is not given is
            what the answers allow so.

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
        way = {name: value for name, value in values.items() if name in WAY}
        step = propose(point, side, self._judge, self.steps, **way)
        return self._with(steps=(*self.steps, step.changed(**values) if values else step))

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
        return self._with(steps=(*self.steps[:index], step, *self.steps[index + 1 :]))

    def change_all(
        self,
        *,
        of: str | Iterable[str | tuple[str, str]] | None = None,
        by: Mapping[str, int] | None = None,
        **values: Any,
    ) -> Self:
        """Change all steps, or some of them, each as far as it may be changed.

        Parameters
        ----------
        of : str or iterable of str or (str, str), optional
            Point ids, or pairs of point id and side; all steps when left out.
        by : mapping of str to int, optional
            What to add to seconds, pressure, every_days_min or every_days_max of each step, such as `{"pressure": -1}`.
        **values
            Any of side, mode, seconds, pressure, tool, position, every_days_min, every_days_max, note.
            Another mode or tool brings a tool and a position that fit it; longer rest raises every_days_max, too.

        Returns
        -------
        Self
            A new routine. Its `held_back`, and so its `hints`, say of each value that is not as asked what it is and
            why: because of the answers, a limit of the guide, or the time that the steps of an area share. They are
            about the last change only.

        Raises
        ------
        UnknownIdError
            If the routine has no such step, or the guide no such tool or position.
        InvalidValueError
            If a name or a value is not allowed for any step.

        Examples
        --------
        >>> routine = Plan().add("ql_s2", side="left").add("ql_s1", side="left").add("tfl_1", side="left")
        >>> longer = routine.change_all(by={"seconds": 15})
        >>> [step.seconds for step in longer.steps]
        [60, 60, 75]
        >>> print(longer.held_back[0])
        ql_s2 left: seconds is 60, not 75, as all steps on low_back left have 120 seconds together.
        """
        chosen = indices_of(self.steps, of, self.guide)
        steps, held_back = change_steps(self.steps, chosen, values, by, self._judge)
        return replace(self, steps=steps, held_back=held_back)

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
        return self._with(steps=self.steps[:index] + self.steps[index + 1 :])

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
        return self._with(steps=moved(self.steps, old, index))

    def grouped_by_position(self) -> Self:
        """Put the steps that are done standing, sitting or lying together.

        Returns
        -------
        Self
            A new routine, the posture of its first step first. Within a posture the steps keep their order, and one in
            any position stays with the one before it. It is worth offering where `position_changes` gets less.

        Examples
        --------
        >>> routine = Plan().add("tfl_1", "left").add("gas_1", "left").add("vl_4", "left")
        >>> grouped = routine.grouped_by_position()
        >>> [step.point for step in grouped.steps], routine.position_changes, grouped.position_changes
        (['tfl_1', 'vl_4', 'gas_1'], 2, 1)
        """
        return self._with(steps=grouped(self.steps, self.guide))

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
        return self._with(screening=screening)

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
        return self._with(steps=steps, screening=screening, complaint=complaint)

    def with_outcome(self, **values: Any) -> Self:
        """Return the routine with what was found at its visit beside pain.

        Parameters
        ----------
        **values
            Any of days_planned, days_done, change, helped, sore, diary, activities and scores, as `Outcome` describes
            them; the others stay. `helped` and `sore` take point ids, too, and `activities` also
            `{"climb the stairs": 4}`.

        Returns
        -------
        Self
            A new routine; this one is unchanged.

        Raises
        ------
        InvalidValueError
            If a name or a value is not allowed.

        Examples
        --------
        >>> routine = Plan().add("tfl_1", side="left").with_outcome(days_done=5, change=2, sore=["tfl_1"])
        >>> routine.with_outcome(activities={"climb the stairs": 4}).outcome.to_dict()["sore"]
        [['tfl_1', 'left']]
        """
        return replace(self, outcome=outcome_with(self.outcome, values, self.steps, self.guide))

    def next_visit(self, date: datetime.date | None = None) -> Self:
        """Return the routine as the client's next visit begins: nothing asked yet.

        Parameters
        ----------
        date : datetime.date, optional
            The day of the visit; today when left out.

        Returns
        -------
        Self
            A new routine with the same steps, areas and labels of activities, without any pain or score. Its safety
            answers are still those of the last visit: `adapted_to` takes the new ones, and the new complaint.
        """
        complaint = unasked(self.complaint)
        date = datetime.date.today() if date is None else date
        return self._with(date=date, complaint=complaint, outcome=self.outcome.for_next_visit(), changed_on_reading=())

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
        >>> from selfcare_kit import load_guide
        >>> routine = Plan(complaint=load_guide().complaint("hip_side", "right")).add("tfl_1", side="left")
        >>> len(routine.side_conflicts), routine.on_side().steps[0].side
        (1, 'right')
        """
        steps = on_side(self.steps, side, self.side_conflicts, self._judge)
        try:
            return self._with(steps=steps)
        except DoseError:
            return self._with(steps=shared_out(steps, self.guide))

    def confirm_sides(self) -> Self:
        """Confirm the steps on a side on which nothing hurts; files of the routine keep it, and the note mentions it.

        Returns
        -------
        Self
            A new routine without conflicts; one that arises later is not confirmed.
        """
        keys = (conflict.key for conflict in self._all_conflicts)
        return self._with(sides_confirmed=tuple(dict.fromkeys((*self.sides_confirmed, *keys))))

    def _with(self, **values: Any) -> Self:
        """Return the plan with other values, without what the last bulk change held back."""
        return replace(self, **{"held_back": (), **values})
