"""What follows from a visit: a pure function, so that the same visit on the same day always gives the same."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from selfcare_kit.errors import BlockedError, InvalidValueError, ReferralRequired, ScreeningRequired, SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Rule
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import adapt
from selfcare_kit.plan.suggest.suggestions import Suggestions, suggest
from selfcare_kit.planner.visit.offers import Offer, offers_of
from selfcare_kit.planner.visit.visit import Visit
from selfcare_kit.planner.visit.words import (
    MOVE_OR_CONFIRM,
    answer_changes_in_words,
    asks_in_words,
    conflicts_in_words,
    refusal_in_words,
)
from selfcare_kit.routine import Routine
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.explained import SideConflict, side_conflicts
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.screening import Screening, screen
from selfcare_kit.safety.verdict import Judge


@dataclass(frozen=True, eq=False)
class Derived:
    """What follows from a visit, made by `derive`; what the body figure does not need is worked out on request."""

    visit: Visit
    today: datetime.date
    # None before an area and a side are chosen, as are the suggestions for it.
    complaint: Complaint | None
    # None before anything was answered.
    screening: Screening | None
    suggestions: Suggestions | None
    # The steps of the draft that answers and complaint allow, milder where that is enough.
    steps: tuple[Step, ...]

    @cached_property
    def routine(self) -> Routine:
        """The draft as far as the answers and the complaint allow it."""
        return self.visit.draft.adapted_to(self.screening, complaint=self.complaint)

    @cached_property
    def changes_by_answers(self) -> str:
        """What the safety answers remove or change in the draft, and why; empty when nothing."""
        return answer_changes_in_words(self.visit.draft.steps, self.routine)

    @cached_property
    def pending(self) -> tuple[str, ...]:
        """Ids of the answers whose areas still have to be named."""
        return _pending(self.visit.guide, self.visit.yes, self.visit.where)

    @property
    def is_screened(self) -> bool:
        """Whether all questions were asked and every answer is complete."""
        return not self.to_ask and not self.pending

    @property
    def is_screened_today(self) -> bool:
        """Whether that was today."""
        return self.is_screened and self.visit.asked_on == self.today

    @cached_property
    def to_ask(self) -> tuple[str, ...]:
        """Ids of the questions that are neither recorded as asked today nor answered yes."""
        visit = self.visit
        asked = visit.asked if visit.asked_on == self.today else {}
        return tuple(id for id in questions_by_id(visit) if id not in asked and id not in visit.yes)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the screening; none before anything was answered."""
        return self.screening.findings if self.screening else ()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What the sensations ask to be ruled out."""
        return self.suggestions.alerts if self.suggestions else ()

    @cached_property
    def urgent(self) -> tuple[Finding | Alert, ...]:
        """Urgent and emergency findings and alerts, emergencies first."""
        urgent = [each for each in (*self.findings, *self.alerts) if each.action in ("urgent", "emergency")]
        return tuple(sorted(urgent, key=lambda each: each.action != "emergency"))

    @property
    def is_urgent(self) -> bool:
        """Whether anything is urgent or an emergency."""
        return bool(self.urgent)

    @cached_property
    def to_clear(self) -> tuple[Finding | Alert, ...]:
        """Findings and alerts that a clinician has to look at first, whether one has or not."""
        return tuple(each for each in (*self.findings, *self.alerts) if each.action == "refer")

    @cached_property
    def not_cleared(self) -> tuple[Finding | Alert, ...]:
        """Those that no clinician has looked at yet."""
        visit = self.visit
        return () if visit.agreed_by else tuple(each for each in self.to_clear if each.id not in visit.ruled_out)

    @cached_property
    def side_conflicts(self) -> tuple[SideConflict, ...]:
        """Steps on a side on which nothing hurts, without those that were confirmed."""
        conflicts = side_conflicts(self.steps, self.complaint, self.visit.guide)
        return tuple(each for each in conflicts if each.key not in self.visit.draft.sides_confirmed)

    @property
    def wrong_sides(self) -> str:
        """The side conflicts in words, without a full stop; empty when there is none."""
        return conflicts_in_words(self.side_conflicts, self.steps)

    @cached_property
    def refusal(self) -> SelfcareError | None:
        """Why the handout cannot go to the client yet, and what to do in the planner; None when it can."""
        return _refusal(self)

    @property
    def obstacle(self) -> str:
        """The refusal in words; empty when the handout can go."""
        return refusal_in_words(self.refusal, self.visit.guide) if self.refusal else ""

    @cached_property
    def first_offers(self) -> tuple[Offer, ...]:
        """The first few suggestions: the best five, then others that may be pressed."""
        return offers_of(self.suggestions, self.steps, is_all=False)

    @cached_property
    def all_offers(self) -> tuple[Offer, ...]:
        """All suggestions, in the same order; those that may not be pressed last."""
        return offers_of(self.suggestions, self.steps, is_all=True)

    @property
    def changes_since_last(self) -> tuple[str, ...]:
        """What has changed since the last visit, in words; empty when none was opened."""
        return self.routine.changes_since(self.visit.last_routine) if self.visit.last_routine else ()

    def has(self, point: str, side: str) -> bool:
        """Return whether a step is at a point on a side already."""
        return any(step.overlaps(point, side) for step in self.steps)


def derive(visit: Visit, today: datetime.date | None = None) -> Derived:
    """Return what follows from a visit on a day, the visit's today when left out."""
    today = today or visit.today
    screening = screening_of(visit, today)
    complaint = _complaint(visit)
    suggestions = None if complaint is None else suggest(complaint, screening=screening, guide=visit.guide)
    # Sensations can count as answers, such as numbness; the judge's screening holds them too.
    judge = Judge.of(visit.guide, None, screening) if suggestions is None else suggestions.offering.judge
    steps = (adapt(step, judge) for step in visit.draft.steps)
    return Derived(
        visit=visit,
        today=today,
        complaint=None if suggestions is None else suggestions.complaint,
        screening=judge.screening,
        suggestions=suggestions,
        steps=tuple(step for step in steps if step is not None),
    )


def questions_by_id(visit: Visit) -> dict[str, Rule]:
    """Return the safety questions of a visit's guide by id, in the order of asking."""
    return {rule.id: rule for rule in visit.guide.records.asked_rules}


def screening_of(visit: Visit, today: datetime.date) -> Screening | None:
    """Return the answers of a visit as a screening, the same object for the same answers; None before there are any."""
    return record_screening(
        visit.guide,
        visit.yes,
        tuple((id, areas) for id, areas in visit.where.items() if areas),
        tuple(visit.asked.items()),
        visit.asked_on,
        visit.agreed_by,
        tuple((id, entry.signed(visit.agreed_by)) for id, entry in visit.ruled_out.items()),
        today,
    )


# Each tick in the complaint needs the same screening again, and making one would double the time of a tick.
@lru_cache(maxsize=8)
def record_screening(
    guide: Guide,
    yes: tuple[str, ...],
    where: tuple[tuple[str, tuple[str, ...]], ...],
    asked: tuple[tuple[str, str], ...],
    asked_on: datetime.date | None,
    agreed_by: str,
    agreed: tuple[tuple[str, str], ...],
    today: datetime.date,
) -> Screening | None:
    """Return answers as a screening, without those whose areas still have to be named; None before there are any."""
    areas = dict(where)
    pending = _pending(guide, yes, areas)
    # A question that is not answered in full is not recorded as asked: the gate then refuses the handout, while the
    # answers that are there already count.
    complete = [id for id in yes if id not in pending]
    ways = {id: how for id, how in asked if id not in pending}
    recorded = [rule.id for rule in guide.records.asked_rules if rule.id in complete or rule.id in ways]
    if not recorded:
        return None
    how = {id: way for id, way in ways.items() if way}
    return screen(
        complete, areas, agreed_by, guide=guide, date=asked_on or today, asked=recorded, agreed=dict(agreed), how=how
    )


def _pending(guide: Guide, yes: tuple[str, ...], where: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not yes:
        return ()
    needed = {rule.id for rule in guide.records.asked_rules if rule.where == "required"}
    return tuple(id for id in yes if id in needed and not where.get(id))


def _complaint(visit: Visit) -> Complaint | None:
    complaints = (visit.complaint_of(area) for area in visit.areas)
    with_side = tuple(each for each in complaints if each is not None)
    return Complaint(with_side) if with_side else None


def _refusal(now: Derived) -> SelfcareError | None:
    """Return the most urgent reason why the handout cannot go to the client; None when it can."""
    if now.urgent:
        return ReferralRequired(asks_in_words(now.urgent))
    if now.visit.areas_without_side:
        # Without a side the area is in no complaint, so no alert covers it, and it may need an urgent one.
        labels = (now.visit.guide.records.areas[area].label for area in now.visit.areas_without_side)
        return InvalidValueError(f"Choose the side of {', and of '.join(labels)}.")
    return _screening_refusal(now) or _clearance_refusal(now)


def _screening_refusal(now: Derived) -> SelfcareError | None:
    visit = now.visit
    if now.pending:
        pending = ", ".join(now.pending)
        return ScreeningRequired(f"An answer still needs the areas it is about: {pending}.")
    if visit.asked_on not in (None, now.today):
        return ScreeningRequired(f"The safety questions were asked on {visit.asked_on}: ask them again.")
    if now.to_ask:
        count, total = len(now.to_ask), len(questions_by_id(visit))
        return ScreeningRequired(f"{count} of {total} safety questions are not asked yet.")
    if visit.asked_on is None:
        return ScreeningRequired("The safety questions are not recorded as asked yet.")
    return None


def _clearance_refusal(now: Derived) -> SelfcareError | None:
    if now.not_cleared:
        return ReferralRequired(
            f"A clinician has to look first. {asks_in_words(now.not_cleared)} When that is done, put the initials, "
            "or what was ruled out for each."
        )
    if not now.steps:
        return InvalidValueError("There is no step yet.")
    if now.side_conflicts:
        return BlockedError(f"{now.wrong_sides}: {MOVE_OR_CONFIRM}.")
    try:
        now.routine.require_clearance(now.today)
    except SelfcareError as error:
        return error
    return None
