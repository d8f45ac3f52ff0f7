"""The rules of a routine: ordered steps with a dose, made for one complaint under one screening.

It is a frozen value: every method returns a new one, and one that exists has passed the dose and the
gate. How it is written stands in `selfcare_kit.routine`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from selfcare_kit.errors import DoseError, InvalidValueError, Named, UnknownIdError, check_choice, check_text, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.dose import check_dose
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import Step
from selfcare_kit.plan.changes import describe_changes
from selfcare_kit.plan.dosing import adapt, own_step, propose, shared_out
from selfcare_kit.plan.hints import find_hints
from selfcare_kit.plan.suggestion import Suggestion
from selfcare_kit.plan.suggestions import Suggestions
from selfcare_kit.safety.explained import SideConflict, side_conflicts, side_for, unambiguous_side
from selfcare_kit.safety.gate import check_clearance, check_steps, require_screening
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge, Verdict


@dataclass(frozen=True)
class Plan:
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
    sides_confirmed : tuple of str, default=()
        Points, each with a side on which nothing hurts, of which a clinician said that they are meant,
        such as `"tfl_1 right"`. One that is in no conflict with the complaint, or not any more, is dropped.
    changed_on_reading : tuple of str, default=()
        What reading an older file changed in its steps, since today's rules do not allow it, and what a table lacks
        that a spreadsheet program saved; told as hints.

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
        object.__setattr__(self, "steps", tuple(self._completed(step) for step in self.steps))
        self._check_identity()
        require_screening(self.screening)
        object.__setattr__(self, "sides_confirmed", self._still_meant(_checked_sides(self.sides_confirmed)))
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
        """What could make it easier to keep, or has to be known: too long, up and down, one area twice, both sides."""
        return (*self.changed_on_reading, *find_hints(self.steps, self.guide, self.guide_version, self.complaint))

    @classmethod
    def from_suggestions(
        cls, suggestions: Suggestions | Iterable[Suggestion], *, title: str = "", code: str = ""
    ) -> Self:
        """Make a routine from suggestions, with their complaint and screening.

        Parameters
        ----------
        suggestions : Suggestions or iterable of Suggestion
            What to do, in order; `found.top(5)` keeps it short. Of several points in one area
            and side each gets its share of the guide's time.
        title, code : str, default=""
            As for `Plan`.

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
        if any(
            (each.complaint, each.screening, each.guide.id) != (source.complaint, source.screening, source.guide.id)
            for each in chosen
        ):
            raise InvalidValueError(
                "suggestions of one routine must be for one complaint under one screening, got several; "
                "name all areas in one call of suggest."
            )
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
            The client's own side. It may be left out where the complaint leaves no doubt: the side
            of the areas that the point can explain, or else of the whole complaint.
        **values
            Anything a step holds, instead of what the guide proposes: mode, seconds, pressure,
            tool, position, every_days_min, every_days_max, note.

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
            If the side is in doubt, the point is already there on that side, or a value is not allowed.
        DoseError
            If the area would get more than the guide's time.
        """
        step = propose(point, self._side_for(point) if side is None else side, self._judge, self.steps)
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
        index = self._index(point, of)
        return self._replaced(index, self.steps[index].changed(**values))

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
        index = self._index(point, side)
        return replace(self, steps=self.steps[:index] + self.steps[index + 1 :])

    def move(self, point: str, index: int, side: str | None = None) -> Self:
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
        Self
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

    def with_screening(self, screening: Screening) -> Self:
        """Put the routine under other safety answers.

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
            If the answers do not allow a step, naming each one and why.
        """
        return replace(self, screening=screening)

    def adapted_to(self, screening: Screening | None, *, complaint: Complaint | None = None) -> Self:
        """Keep what other safety answers, or another complaint, allow: milder where that helps, without the rest.

        Parameters
        ----------
        screening : Screening or None
            The new answers.
        complaint : Complaint, optional
            The new complaint; this routine's own when left out.

        Returns
        -------
        Self
            A new routine with that screening; compare with `changes_since`.
        """
        complaint = self.complaint if complaint is None else self.guide.complaint(complaint)
        judge = Judge.of(self.guide, complaint, require_screening(screening))
        steps = (adapt(step, judge) for step in self.steps)
        kept = tuple(step for step in steps if step is not None)
        return replace(self, steps=kept, screening=screening, complaint=complaint)

    @property
    def side_conflicts(self) -> tuple[SideConflict, ...]:
        """Steps, or halves of them, on a side on which nothing hurts, as far as nobody confirmed them.

        A step belongs to the sides of the areas that its point can explain; where it explains none, to
        those of the whole complaint. An area on the midline conflicts with nothing.
        """
        return tuple(each for each in self._all_conflicts if each.key not in self.sides_confirmed)

    @property
    def sides_meant(self) -> tuple[SideConflict, ...]:
        """Steps on a side on which nothing hurts that a clinician confirmed."""
        return tuple(each for each in self._all_conflicts if each.key in self.sides_confirmed)

    def on_side(self, side: str | None = None) -> Self:
        """Move steps to a side.

        Parameters
        ----------
        side : {"left", "right", "both"}, optional
            For all steps. When left out, each step that is in conflict moves to where it hurts.

        Returns
        -------
        Self
            A new routine; of two steps that meet on a side, the first stays. A step is milder where what is felt on
            its new side asks for it, and shorter where the steps there would exceed the guide's time together.

        Raises
        ------
        InvalidValueError
            If the side is not one of them.
        BlockedError
            If a step may not be done on that side at all.

        Examples
        --------
        >>> routine = Plan(complaint=load_guide().complaint("hip_side", "right")).add("tfl_1", side="left")
        >>> len(routine.side_conflicts), routine.on_side().steps[0].side
        (1, 'right')
        """
        if side is not None:
            check_choice("side", side, STEP_SIDES)
        moving = {each.point for each in self.side_conflicts}
        steps: list[Step] = []
        for step in self.steps:
            new_side = side or (side_for(step.point, self.complaint, self.guide) if step.point in moving else step.side)
            if not any(each.overlaps(step.point, new_side) for each in steps):
                moved = step.changed(side=new_side)
                # What is felt there may hold it back as nothing did on the other side.
                steps.append(adapt(moved, self._judge) or moved)
        try:
            return replace(self, steps=tuple(steps))
        except DoseError:
            return replace(self, steps=shared_out(steps, self.guide))

    def confirm_sides(self) -> Self:
        """Say that steps on a side on which nothing hurts are meant; it is kept in the file and told in the note.

        Returns
        -------
        Self
            A new routine without conflicts. A conflict that comes later is not confirmed by this.
        """
        keys = (each.key for each in self._all_conflicts)
        return replace(self, sides_confirmed=tuple(dict.fromkeys((*self.sides_confirmed, *keys))))

    def changes_since(self, last: Plan) -> tuple[str, ...]:
        """Say what was added, removed, changed or moved since another routine.

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
            If somebody else has to look first.
        BlockedError
            If a step lies on a side on which nothing hurts, and nobody confirmed it.
        """
        self.require_steps()
        check_clearance(self.steps, self._judge, self.side_conflicts, today)

    def verdict(self, step: Step) -> Verdict:
        """Judge a step for this routine's complaint under its screening, whether it is one of its steps or not.

        Parameters
        ----------
        step : Step
            With a point of the guide.

        Returns
        -------
        Verdict
            Its `status` is "allowed", "changed", "show_only" or "blocked"; `step` is what may be done, None for
            nothing; `reason` says what speaks against the step as it is.

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

    def _still_meant(self, confirmed: tuple[str, ...]) -> tuple[str, ...]:
        """Keep the confirmed sides that are in conflict now: whoever confirmed one spoke of that conflict only."""
        if not confirmed or self.complaint is None:
            return confirmed
        keys = {each.key for each in self._all_conflicts}
        return tuple(key for key in confirmed if key in keys)

    def _side_for(self, point: str) -> str:
        id = self.guide.point(point).id
        side = unambiguous_side(id, self.complaint, self.guide)
        if side:
            return side
        allowed, advice = "must be left, right or both", f"say which, as in add({id!r}, side='left')"
        raise InvalidValueError.of(("the side of ", Named("point", id)), allowed, given="none", advice=advice)

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

    def _completed(self, step: Step) -> Step:
        point = self.guide.point(step.point)
        known = {"tools": self.guide.records.tools, "positions": self.guide.records.positions}
        for table, id in (("tools", step.tool), ("positions", step.position)):
            if id and id not in known[table]:
                raise self.guide.unknown(table, id)
        if step.seconds > point.max_seconds:
            allowed = f"gets at most {point.max_seconds} seconds on each side in this guide"
            raise DoseError.of(Named("point", point.id), allowed, given=f"{step.seconds}", advice="shorten it")
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
                twice = (Named("point", step.point, repr(step.point)), f" {step.side} twice")
                advice = "change the step that is there"
                raise InvalidValueError.of("a point", "stands once on each side", given=twice, advice=advice)

    def _index(self, point: str, side: str | None) -> int:
        if side is not None:
            check_choice("side", side, STEP_SIDES)
        id = self.guide.point(point).id
        found = [n for n, step in enumerate(self.steps) if step.point == id and side in (None, step.side)]
        if len(found) == 1:
            return found[0]
        there = [part for step in self.steps for part in (", ", Named("point", step.point), f" {step.side}")][1:]
        named = Named("point", id, repr(id))
        if found:
            raise InvalidValueError.of(named, "stands here on both sides", advice=("say which, of ", *there))
        raise UnknownIdError.of(
            "a step",
            ("must be one of this routine's (", *(there or ["no step"]), ")"),
            given=(named, f" {side}") if side else named,
            advice="add it first",
        )

    def _replaced(self, index: int, step: Step) -> Self:
        return replace(self, steps=(*self.steps[:index], step, *self.steps[index + 1 :]))


def _checked_sides(confirmed: object) -> tuple[str, ...]:
    keys = tuple(confirmed) if isinstance(confirmed, tuple | list) else (confirmed,)
    for key in keys:
        check_text("sides_confirmed", key)
    return keys
