"""The gate: what may stand in a routine, and what may go to a client.

It has no rule of its own about steps: `verdict.Judge` judges each.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from selfcare_kit.errors import BlockedError, InvalidValueError, Named, ReferralRequired, ScreeningRequired, quoted
from selfcare_kit.model.actions import severest
from selfcare_kit.model.step import Step
from selfcare_kit.safety.explained import SideConflict, describe_conflicts
from selfcare_kit.safety.questions import areas_reached, is_relevant, sensations_of
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge, Verdict


def require_screening(screening: object) -> Screening | None:
    """Return a screening or None; refuse anything else."""
    if not isinstance(screening, Screening | None):
        raise InvalidValueError(
            f"a screening must come from kit.screen(...), got {quoted(screening)}; ask the questions."
        )
    return screening


def check_steps(steps: Iterable[Step], judge: Judge) -> None:
    """Refuse steps that the judge does not allow as they are, each with the reason and what is allowed instead."""
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
            name = Named("point", step.point)
            objections += ["; ", name, f" {step.side}: ", *_reason(verdict), _instead(step, verdict)]
    if objections:
        subject, verb = ("the safety answers", "do") if judge.screening else ("the guide", "does")
        raise BlockedError.of(subject, (verb, " not allow ", *objections[1:]))


def check_clearance(
    steps: Iterable[Step], judge: Judge, conflicts: Iterable[SideConflict], today: datetime.date | None = None
) -> None:
    """Refuse a routine that may not go to a client: no screening of today, a referral first, or a wrong side.

    Parameters
    ----------
    steps : iterable of Step
        All steps of a routine.
    judge : Judge
        For its complaint and screening.
    conflicts : iterable of SideConflict
        Steps on a side on which nothing hurts, less those that a clinician confirmed.
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
    """Return the ids of the questions without an answer, less those set aside as not relevant.

    A question that was set aside counts as not asked once the complaint, or a step, makes it relevant.
    """
    screening, complaint, guide = judge.screening, judge.complaint, judge.guide
    if screening is None:
        return tuple(rule.id for rule in guide.records.asked_rules)
    areas = {area for step in steps for area in guide.point(step.point).areas_worked(step.mode)}
    areas |= areas_reached(complaint, guide) if complaint else set()
    sensations = sensations_of(complaint) if complaint else frozenset()
    return tuple(
        rule.id
        for rule in guide.records.asked_rules
        if rule.id not in screening.asked
        and (rule.id not in screening.not_relevant or is_relevant(rule.id, areas, sensations, screening.yes, guide))
    )


def _reason(verdict: Verdict) -> tuple[str | Named, ...]:
    return verdict.objection.phrase if verdict.objection else ()


def _instead(step: Step, verdict: Verdict) -> str:
    """Return what of a step has to change to be allowed, in brackets; empty when no change is enough."""
    if verdict.step is None:
        return ""
    names = ("mode", "tool", "position", "pressure", "seconds")
    asked, allowed = ([f"{name} {getattr(each, name)}" for name in names] for each in (step, verdict.step))
    return f" (allowed: {', '.join(value for value in allowed if value not in asked)})"


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
            "act on that first, and screen again when it is ruled out, since no agreement lifts it."
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


def _causes(judge: Judge, action: str, ids: Collection[str] = ()) -> str:
    """Return the findings and alerts with an action in words, all of them or those with some ids."""
    texts = [
        *((each, f"{each.id} ({each.label}): {each.message}") for each in judge.findings),
        *((each, f"{each.id}: {each.text}") for each in judge.alerts),
    ]
    causes = (text for each, text in texts if each.action == action and (not ids or each.id in ids))
    return " ".join(causes).rstrip(".")


def _require_sides(conflicts: Iterable[SideConflict]) -> None:
    described = describe_conflicts(conflicts)
    if described:
        raise BlockedError(
            f"a client's page needs its steps on the side that hurts, got: {described}; move them (routine.on_side), "
            "or confirm that they are meant (routine.confirm_sides)."
        )
