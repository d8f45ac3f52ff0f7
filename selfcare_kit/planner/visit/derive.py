"""What follows from a visit: pure, so that the same visit on the same day always gives the same."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from selfcare_kit.errors import BlockedError, InvalidValueError, ReferralRequired, ScreeningRequired, SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.rows import Rule
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import adapt
from selfcare_kit.plan.suggest.suggestions import Suggestions, suggest
from selfcare_kit.planner.visit.offers import Offer, offers_of
from selfcare_kit.planner.visit.visit import Visit
from selfcare_kit.planner.visit.words import (
    MOVE_OR_CONFIRM,
    asks_in_words,
    changed_by_answers,
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
    """What follows from a visit. Get one with `derive`.

    What the figure needs is there at once; the rest is worked out when it is asked for.

    Parameters
    ----------
    visit : Visit
        What was put in.
    today : datetime.date
        The day on which it follows.
    complaint : Complaint or None
        None before an area and a side are chosen.
    screening : Screening or None
        None before anything was answered.
    found : Suggestions or None
        For the complaint, under the screening.
    steps : tuple of Step
        Those of the draft that the answers and the complaint allow, milder where that helps.
    """

    visit: Visit
    today: datetime.date
    complaint: Complaint | None
    screening: Screening | None
    found: Suggestions | None
    steps: tuple[Step, ...]

    @cached_property
    def routine(self) -> Routine:
        """The draft as far as the answers and the complaint allow it."""
        return self.visit.draft.adapted_to(self.screening, complaint=self.complaint)

    @cached_property
    def held_back(self) -> str:
        """What the safety answers take from the draft, and why; empty when nothing."""
        return changed_by_answers(self.visit.draft.steps, self.routine)

    @cached_property
    def pending(self) -> tuple[str, ...]:
        """Answers that still need the areas they are about."""
        return _pending(self.visit.guide, self.visit.yes, self.visit.where)

    @property
    def is_screened(self) -> bool:
        """Whether all questions were asked and every answer is complete."""
        return self.visit.asked_on is not None and not self.pending

    @property
    def is_screened_today(self) -> bool:
        """Whether that was today."""
        return self.is_screened and self.visit.asked_on == self.today

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What follows from the answers and from what is felt, once anything was answered."""
        return self.screening.findings if self.screening else ()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What the complaint asks to be ruled out."""
        return self.found.alerts if self.found else ()

    @cached_property
    def grave(self) -> tuple[Finding | Alert, ...]:
        """What sends the client elsewhere at once, severest first."""
        found = [each for each in (*self.findings, *self.alerts) if each.action in ("urgent", "emergency")]
        return tuple(sorted(found, key=lambda each: each.action != "emergency"))

    @property
    def is_grave(self) -> bool:
        """Whether something sends the client elsewhere at once."""
        return bool(self.grave)

    @cached_property
    def to_look_at(self) -> tuple[Finding | Alert, ...]:
        """What asks that a clinician looks first, whether somebody has or not."""
        return tuple(each for each in (*self.findings, *self.alerts) if each.action == "refer")

    @cached_property
    def not_looked_at(self) -> tuple[Finding | Alert, ...]:
        """What nobody has looked at yet."""
        visit = self.visit
        return () if visit.agreed_by else tuple(each for each in self.to_look_at if each.id not in visit.agreed)

    @cached_property
    def side_conflicts(self) -> tuple[SideConflict, ...]:
        """Steps on a side on which nothing hurts, as far as nobody said that they are meant."""
        found = side_conflicts(self.steps, self.complaint, self.visit.guide)
        return tuple(each for each in found if each.key not in self.visit.draft.sides_confirmed)

    @property
    def wrong_sides(self) -> str:
        """The same in words, without a full stop; empty when there is none."""
        return conflicts_in_words(self.side_conflicts, self.steps)

    @cached_property
    def refusal(self) -> SelfcareError | None:
        """Why the handout cannot go to the client yet, and what to do here; None when it can."""
        return _refusal(self)

    @property
    def obstacle(self) -> str:
        """The same in words; empty when it can go."""
        return refusal_in_words(self.refusal, self.visit.guide) if self.refusal else ""

    @cached_property
    def first_offers(self) -> tuple[Offer, ...]:
        """The first few suggestions: the best five, then others that may be pressed."""
        return offers_of(self.found, self.steps, is_all=False)

    @cached_property
    def all_offers(self) -> tuple[Offer, ...]:
        """All suggestions, in the same order; those that may not be pressed last."""
        return offers_of(self.found, self.steps, is_all=True)

    @property
    def changes(self) -> tuple[str, ...]:
        """What has changed since the last visit, in words; empty when none was opened."""
        return self.routine.changes_since(self.visit.last) if self.visit.last else ()

    def has(self, point: str, side: str) -> bool:
        """Return whether a step works a point on a side already."""
        return any(step.overlaps(point, side) for step in self.steps)


def derive(visit: Visit, today: datetime.date | None = None) -> Derived:
    """Return what follows from a visit, which knows its guide, on a day; always the same for the same two."""
    today = today or datetime.date.today()
    asked = screening_of(visit, today)
    complaint = _complaint(visit)
    found = None if complaint is None else suggest(complaint, screening=asked, guide=visit.guide)
    # What is felt counts as an answer: a foot that is numb, a leg that is swollen.
    judge = Judge.of(visit.guide, None, asked) if found is None else found.offering.judge
    steps = (adapt(step, judge) for step in visit.draft.steps)
    return Derived(
        visit=visit,
        today=today,
        complaint=None if found is None else found.complaint,
        screening=judge.screening,
        found=found,
        steps=tuple(step for step in steps if step is not None),
    )


def question_rows(visit: Visit) -> dict[str, Rule]:
    """Return the questions of a visit's guide by their ids, in the order in which they are asked."""
    return {rule.id: rule for rule in visit.guide.records.asked_rules}


def screening_of(visit: Visit, today: datetime.date) -> Screening | None:
    """Return the answers of a visit as a screening; the same object for the same answers, None before there are any."""
    return recorded(
        visit.guide,
        visit.yes,
        tuple((id, areas) for id, areas in visit.where.items() if areas),
        visit.asked_on,
        visit.agreed_by,
        tuple((id, each.signed(visit.agreed_by)) for id, each in visit.agreed.items()),
        today,
    )


# A tick of the complaint asks for the same screening each time, and making one takes half of its time.
@lru_cache(maxsize=8)
def recorded(
    guide: Guide,
    yes: tuple[str, ...],
    where: tuple[tuple[str, tuple[str, ...]], ...],
    asked_on: datetime.date | None,
    agreed_by: str,
    agreed: tuple[tuple[str, str], ...],
    today: datetime.date,
) -> Screening | None:
    """Return answers as a screening, without those that still need their areas; None before there are any."""
    places = dict(where)
    pending = _pending(guide, yes, places)
    complete = [id for id in yes if id not in pending]
    if asked_on is None and not complete:
        return None
    # What is not asked, or not answered in full, is not on the record as asked: the gate then
    # keeps the handout back, while the answers that are there already count.
    asked = complete if asked_on is None else [rule.id for rule in guide.records.asked_rules if rule.id not in pending]
    return screen(complete, places, agreed_by, guide=guide, date=asked_on or today, asked=asked, agreed=dict(agreed))


def _pending(guide: Guide, yes: tuple[str, ...], where: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not yes:
        return ()
    needed = {rule.id for rule in guide.records.asked_rules if rule.where == "required"}
    return tuple(id for id in yes if id in needed and not where.get(id))


def _complaint(visit: Visit) -> Complaint | None:
    areas = (visit.complaint_of(area) for area in visit.areas)
    known = tuple(each for each in areas if each is not None)
    return Complaint(known) if known else None


def _refusal(now: Derived) -> SelfcareError | None:
    """Return why the handout cannot go to the client, the gravest first, with what to do about it in the planner."""
    if now.grave:
        return ReferralRequired(asks_in_words(now.grave))
    if now.visit.sideless:
        # What is felt there may be grave, and no alert can tell.
        labels = (now.visit.guide.records.areas[area].label for area in now.visit.sideless)
        return InvalidValueError(f"Choose the side of {', and of '.join(labels)}, in section 2.")
    return _not_screened(now) or _not_cleared(now)


def _not_screened(now: Derived) -> SelfcareError | None:
    asked_on = now.visit.asked_on
    if asked_on is None:
        return ScreeningRequired("The safety questions are not all asked yet: section 1.")
    if now.pending:
        pending = ", ".join(now.pending)
        return ScreeningRequired(f"An answer still needs the areas it is about: {pending}, in section 1.")
    if asked_on != now.today:
        return ScreeningRequired(f"The safety questions were asked on {asked_on}: ask them again, in section 1.")
    return None


def _not_cleared(now: Derived) -> SelfcareError | None:
    if now.not_looked_at:
        return ReferralRequired(
            f"A clinician has to look first. {asks_in_words(now.not_looked_at)} When that is done, put the initials "
            "in section 1, or what was ruled out for each."
        )
    if not now.steps:
        return InvalidValueError("There is no step to hand out: add one in section 3.")
    if now.side_conflicts:
        return BlockedError(f"{now.wrong_sides}: {MOVE_OR_CONFIRM}.")
    try:
        now.routine.require_clearance(now.today)
    except SelfcareError as error:
        return error
    return None
