"""The gate: what may stand in a routine, and what may go to a client.

It holds no rule of its own about steps: each is judged by the one judge.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from selfcare_kit.errors import BlockedError, InvalidValueError, Named, ReferralRequired, ScreeningRequired, quoted
from selfcare_kit.model.actions import severest
from selfcare_kit.model.step import Step
from selfcare_kit.safety.explained import SideConflict, told_conflicts
from selfcare_kit.safety.questions import areas_reached, is_relevant, sensations_of
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge, Verdict


def require_screening(screening: object) -> Screening | None:
    """Return a screening, or None; refuse anything else."""
    if not isinstance(screening, Screening | None):
        raise InvalidValueError(
            f"a screening must come from kit.screen(...), got {quoted(screening)}; ask the questions."
        )
    return screening


def check_steps(steps: Iterable[Step], judge: Judge) -> None:
    """Refuse steps that the judge does not allow as they are, naming each, why, and what may be done instead."""
    objections: list[str | Named] = []
    for step in steps:
        verdict = judge.verdict(step)
        if verdict.status == "show_only":
            point = judge.guide.point(step.point)
            raise BlockedError.of(
                Named("point", point.id, f"{point.id} ({point.label})"),
                f"may be shown but not pressed: {verdict.reason}",
                advice="choose another point",
            )
        if verdict.status != "allowed":
            objections += ["; ", Named("point", step.point), f" {step.side}: ", *_why(verdict), _instead(step, verdict)]
    if objections:
        told = "the safety answers" if judge.screening else "the guide"
        raise BlockedError.of(told, ("do" if judge.screening else "does", " not allow ", *objections[1:]))


def check_clearance(
    steps: Iterable[Step], judge: Judge, conflicts: Iterable[SideConflict], today: datetime.date | None = None
) -> None:
    """Refuse what may not go to a client now: no screening of today, somebody else has to look first, a wrong side.

    Parameters
    ----------
    steps : iterable of Step
        All steps of a routine.
    judge : Judge
        For its complaint and screening.
    conflicts : iterable of SideConflict
        Steps on a side on which nothing hurts, as far as nobody confirmed them.
    today : datetime.date, optional
        For tests; the real date when left out.

    Raises
    ------
    ScreeningRequired
        If the questions were not all asked today.
    ReferralRequired
        If somebody else has to look first.
    BlockedError
        If a step may not be done, or lies on a side on which nothing hurts.
    """
    steps = tuple(steps)
    check_steps(steps, judge)
    _require_screening_of(today or datetime.date.today(), judge, steps)
    _require_clearance(judge)
    _require_sides(conflicts)


def unasked(steps: Iterable[Step], judge: Judge) -> tuple[str, ...]:
    """Return the questions that have neither yes nor no as an answer, nor were set aside as not relevant here.

    What was set aside counts as not asked as soon as the complaint, or a step, reaches an area it is relevant for.
    """
    screening, complaint, guide = judge.screening, judge.complaint, judge.guide
    if screening is None:
        return tuple(rule.id for rule in guide.records.asked_rules)
    areas = {area for step in steps for area in guide.point(step.point).areas_worked(step.mode)}
    areas |= areas_reached(complaint, guide) if complaint else set()
    felt = sensations_of(complaint) if complaint else frozenset()
    return tuple(
        rule.id
        for rule in guide.records.asked_rules
        if rule.id not in screening.asked
        and (rule.id not in screening.not_relevant or is_relevant(rule.id, areas, felt, screening.yes, guide))
    )


def _why(verdict: Verdict) -> tuple[str | Named, ...]:
    return verdict.objection.phrase if verdict.objection else ()


def _instead(step: Step, verdict: Verdict) -> str:
    if verdict.step is None:
        return ""
    names = ("mode", "tool", "position", "pressure", "seconds")
    new = [
        f"{name} {getattr(verdict.step, name)}" for name in names if getattr(verdict.step, name) != getattr(step, name)
    ]
    return f" (allowed: {', '.join(new)})"


def _require_screening_of(today: datetime.date, judge: Judge, steps: tuple[Step, ...]) -> None:
    ask = "ask the safety questions now and record the answers (in Python, routine.with_screening(kit.screen(...)))"
    screening = judge.screening
    if screening is None:
        raise ScreeningRequired(f"a client's page needs a screening of today, got none; {ask}.")
    if screening.date != today:
        raise ScreeningRequired(
            f"a client's page needs a screening of today ({today}), got one of {screening.date}; {ask}."
        )
    missing = unasked(steps, judge)
    if missing:
        raise ScreeningRequired(
            f"a client's page needs all questions of guide {judge.guide.id!r} asked, "
            f"got no answer to {', '.join(missing)}; {ask}."
        )


def _require_clearance(judge: Judge) -> None:
    found = (*judge.findings, *judge.alerts)
    action = severest(each.action for each in found)
    if action in ("emergency", "urgent"):
        raise ReferralRequired(
            f"no routine goes to the client while the safety answers say {action}, got {_causes(judge, action)}; "
            "act on that first, and screen again when it is ruled out."
        )
    screening = judge.screening
    open_ids = [
        each.id for each in found if each.action == "refer" and not (screening and screening.agreement(each.id))
    ]
    if open_ids:
        raise ReferralRequired(
            f"a clinician has to look before this routine goes to the client, got {_causes(judge, 'refer', open_ids)}; "
            "when that is done, give what was ruled out and the initials for each as agreed, or the clinician's "
            "initials as agreed_by."
        )


def _causes(judge: Judge, action: str, ids: Iterable[str] = ()) -> str:
    told = tuple(ids)
    causes = [
        *(f"{each.id} ({each.label}): {each.message}" for each in judge.findings if _is_told(each, action, told)),
        *(f"{each.id}: {each.text}" for each in judge.alerts if _is_told(each, action, told)),
    ]
    return " ".join(causes).rstrip(".")


def _is_told(each: object, action: str, ids: tuple[str, ...]) -> bool:
    return each.action == action and (not ids or each.id in ids)


def _require_sides(conflicts: Iterable[SideConflict]) -> None:
    told = told_conflicts(conflicts)
    if told:
        raise BlockedError(
            f"a client's page needs its steps on the side that hurts, got: {told}; move them (routine.on_side), or "
            "confirm that they are meant (routine.confirm_sides)."
        )
