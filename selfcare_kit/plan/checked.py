"""The values of a routine, checked against dose and safety answers when it is made, and what can be asked of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from selfcare_kit.errors import InvalidValueError, check_text, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.dose import check_dose
from selfcare_kit.model.outcome import Outcome
from selfcare_kit.model.step import Step
from selfcare_kit.plan.changes import describe_changes
from selfcare_kit.plan.hints import find_hints
from selfcare_kit.plan.postures import posture_runs
from selfcare_kit.plan.sides import checked_confirmations, still_confirmed
from selfcare_kit.plan.steps import check_identities, completed, index_of
from selfcare_kit.plan.values.bulk import HeldBack
from selfcare_kit.plan.values.options import Options, options_of
from selfcare_kit.safety.explained import SideConflict, side_conflicts
from selfcare_kit.safety.gate import check_clearance, check_steps, require_screening
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge, Verdict


@dataclass(frozen=True)
class CheckedPlan:
    """The values of a routine and what holds for them; `Plan` adds the changes, and `Routine` describes the parameters.

    >>> CheckedPlan(title="Low back", code="C-104").total_seconds
    0
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
    held_back: tuple[HeldBack, ...] = field(default=(), compare=False)
    outcome: Outcome = field(default_factory=Outcome)

    def __post_init__(self) -> None:
        check_text("title", self.title)
        check_text("code", self.code)
        check_text("guide_version", self.guide_version)
        if not isinstance(self.outcome, Outcome):
            raise InvalidValueError(
                f"outcome must be an Outcome, got {quoted(self.outcome)}; routine.with_outcome makes it."
            )
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
    def position_changes(self) -> int:
        """How often the client changes between standing, sitting and lying; a step in any position changes nothing."""
        return max(len(posture_runs(self.steps, self.guide)) - 1, 0)

    @property
    def hints(self) -> tuple[str, ...]:
        """What makes it hard to keep or has to be known: too long, changes of posture, one area twice, both sides.

        What the last `change_all` held back comes first.
        """
        found = find_hints(self.steps, self.guide, self.guide_version, self.complaint)
        return (*self.changed_on_reading, *map(str, self.held_back), *found)

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

    def changes_since(self, last: CheckedPlan) -> tuple[str, ...]:
        """Describe what was added, removed, changed or moved since another routine.

        Parameters
        ----------
        last : CheckedPlan
            The earlier one.

        Returns
        -------
        tuple of str
            One sentence each; empty when the steps are the same.
        """
        if not isinstance(last, CheckedPlan):
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
        >>> routine = CheckedPlan(screening=screen(yes=["C01"]))
        >>> routine.verdict(Step("piri_1", "left", pressure=6, tool="massage_ball")).step.pressure
        3
        """
        return self._judge.verdict(step)

    def options(self, point: str, side: str | None = None) -> Options:
        """Return what a step may be changed to now.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}, optional
            Which step, when the point has one on each side.

        Returns
        -------
        Options
            The tools, positions, modes and sides to choose from, each of which `change_all(of=[(point, side)], ...)`
            takes, the range of each number, and what is not allowed now with its reason.

        Raises
        ------
        UnknownIdError
            If it has no such step.

        Examples
        --------
        >>> from selfcare_kit import Routine, screen
        >>> found = Routine(screening=screen(yes=["C04"])).add("edb_1", side="left").options("edb_1")
        >>> [tool.id for tool in found.tools], found.pressure, found.seconds
        (['supported_fingers'], (1, 2), (1, 30))
        >>> [each.id for each in found.blocked if each.kind == "tool"]
        ['knobbed_tool']
        """
        index = index_of(self.steps, point, side, self.guide)
        return options_of(self.steps[index], (*self.steps[:index], *self.steps[index + 1 :]), self._judge)

    @property
    def _judge(self) -> Judge:
        return Judge.of(self.guide, self.complaint, self.screening)

    @property
    def _all_conflicts(self) -> tuple[SideConflict, ...]:
        return side_conflicts(self.steps, self.complaint, self.guide)
