"""What a visit needs of the one before: pain then and now, and what could be changed where a step was sore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selfcare_kit.course.change import Change, change_that_matters
from selfcare_kit.course.visits import CourseVisit, Visits
from selfcare_kit.errors import InvalidValueError, quoted
from selfcare_kit.model.limits import MAX_REST_DAYS
from selfcare_kit.model.step import Step
from selfcare_kit.plan.checked import CheckedPlan
from selfcare_kit.plan.plan import Plan

LIGHTER = 1
LONGER_REST = 1


@dataclass(frozen=True)
class ThenAndNow:
    """Pain in an area at the last visit and now.

    Parameters
    ----------
    area : str
        Area id.
    side : {"left", "right", "both", "midline"}
        The client's own side.
    then, now : int, optional
        0 to 10; None where it was not asked.
    """

    area: str
    side: str
    then: int | None
    now: int | None

    @property
    def change(self) -> int | None:
        """Now less then; None where one of them was not asked."""
        return None if self.then is None or self.now is None else self.now - self.then

    @property
    def matters(self) -> Change:
        """Whether it is clearly "less" or "more" than then; empty when it is neither."""
        return change_that_matters(self.then, self.now)


def then_and_now(last: Plan | CourseVisit | Visits, now: Plan | CourseVisit) -> tuple[ThenAndNow, ...]:
    """Return the pain in each area at the last visit and now.

    Parameters
    ----------
    last : Routine, CourseVisit or Course
        The routine of the last visit, as `read_routine` or a course has it; the last visit of a whole course.
    now : Routine or CourseVisit
        The one of today.

    Returns
    -------
    tuple of ThenAndNow
        The areas of today first, then those of the last visit alone. Another side of an area is another area.

    Examples
    --------
    >>> from selfcare_kit import Routine, load_guide
    >>> felt = lambda pain: load_guide().complaint({"hip_side": {"side": "left", "pain": pain}})
    >>> for each in then_and_now(Routine(complaint=felt(6)), Routine(complaint=felt(3))):
    ...     print(each.area, each.then, each.now, each.matters)
    hip_side 6 3 less
    """
    then, today = _pains(_last_visit(last)), _pains(now)
    return tuple(ThenAndNow(*key, then.get(key), today.get(key)) for key in dict.fromkeys((*today, *then)))


def _last_visit(last: Any) -> Any:
    """Return the last visit of a course; anything else as it is."""
    return last.visits[-1] if isinstance(last, Visits) and last.visits else last


def _pains(visit: Plan | CourseVisit) -> dict[tuple[str, str], int | None]:
    _check_visit(visit)
    if isinstance(visit, CourseVisit):
        return visit.pain
    return {(each.area, each.side): each.pain for each in visit.complaint.areas} if visit.complaint else {}


def _check_visit(visit: Any) -> None:
    if not isinstance(visit, CheckedPlan | CourseVisit):
        raise InvalidValueError(
            f"a visit must be a Routine or a visit of a course, got {quoted(visit)}; read_routine opens a saved one."
        )


@dataclass(frozen=True)
class SuggestedChange:
    """A change of a step that could be made because it was sore; the clinician decides.

    Parameters
    ----------
    point : str
        Point id.
    side : {"left", "right", "both"}
        The client's own side.
    values : tuple of (str, int)
        Names of values with the new ones, as `Routine.change` takes them.
    reason : str
        One sentence.
    """

    point: str
    side: str
    values: tuple[tuple[str, Any], ...]
    reason: str

    def applied_to(self, routine: Plan) -> Plan:
        """Return a routine with this change.

        Parameters
        ----------
        routine : Routine
            With that step.

        Returns
        -------
        Routine
            A new one.
        """
        return routine.change(self.point, of=self.side, **dict(self.values))


def suggested_changes(routine: Plan, last: Plan | CourseVisit | Visits | None = None) -> tuple[SuggestedChange, ...]:
    """Return what could be changed where a step was sore: lighter pressure, or else more days of rest.

    Nothing is changed by itself, and no step is suggested because another one helped.

    Parameters
    ----------
    routine : Routine
        With the steps to be changed, and with the outcome that names those that were sore.
    last : Routine, CourseVisit or Course, optional
        The routine that was sore; a step that is milder now than it was then gets no suggestion.

    Returns
    -------
    tuple of SuggestedChange
        In the order of the steps.

    Examples
    --------
    >>> from selfcare_kit import Routine
    >>> routine = Routine().add("tfl_1", side="left", pressure=5).with_outcome(sore=["tfl_1"])
    >>> [change] = suggested_changes(routine)
    >>> change.values, change.applied_to(routine).steps[0].pressure
    ((('pressure', 4),), 4)
    """
    if not isinstance(routine, Plan):
        raise InvalidValueError(f"routine must be a Routine, got {quoted(routine)}; read_routine opens a saved one.")
    before: tuple[Step, ...] = ()
    if last is not None:
        earlier = _last_visit(last)
        _check_visit(earlier)
        before = earlier.steps
    found = (
        _lighter(step, routine) for step in routine.steps if _was_sore(step, routine) and not _is_milder(step, before)
    )
    return tuple(change for change in found if change is not None)


def _was_sore(step: Step, routine: Plan) -> bool:
    """Return whether a sore step was at this point on a side that the step works."""
    return any(step.overlaps(point, side) for point, side in routine.outcome.sore)


def _is_milder(step: Step, before: tuple[Step, ...]) -> bool:
    """Return whether a step is milder than what was done there before, on whichever of its sides."""
    return any(
        step.pressure < old.pressure or step.every_days_min > old.every_days_min or step.seconds < old.seconds
        for old in before
        if old.overlaps(step.point, step.side)
    )


def _lighter(step: Step, routine: Plan) -> SuggestedChange | None:
    """Return the change for a step that was sore; None where it can get neither lighter nor rest longer."""
    found = routine.guide.point_values.get(step.point)
    label = f"{found.label if found else step.point}, {step.side}"
    if step.pressure > LIGHTER:
        now = step.pressure - LIGHTER
        reason = f"{label} was sore: pressure {now} instead of {step.pressure} could be tried."
        return SuggestedChange(*step.key, (("pressure", now),), reason)
    rest = step.every_days_min + LONGER_REST
    if rest > MAX_REST_DAYS:
        return None
    values = (("every_days_min", rest), ("every_days_max", max(rest, step.every_days_max)))
    reason = f"{label} was sore and its pressure is the lightest: a rest of {rest} days could be tried."
    return SuggestedChange(*step.key, values, reason)
