"""The answers of a visit: what the clinician ticked, and what follows from it at once.

All rules are the library's. A method that is refused raises the library's error and changes
nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from selfcare_kit.errors import (
    BlockedError,
    InvalidValueError,
    ReferralRequired,
    ScreeningRequired,
    SelfcareError,
    check_choice,
    check_text,
)
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.suggestions import Suggestions, suggest
from selfcare_kit.planner.visit.complaint_answers import ComplaintAnswers
from selfcare_kit.planner.visit.initials import Look, Said, look_at, looks_at, still_said
from selfcare_kit.planner.visit.visit import Visit, answers_of_today, opened, still_meant
from selfcare_kit.planner.visit.words import changed_by_answers, conflicts_in_words
from selfcare_kit.routine import Routine
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.explained import SideConflict, side_conflicts
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.screening import Screening, screen

WHAT_TO_DO = "move them to where it hurts, or say that they are meant so, in section 4"
_AGAIN = "whoever has looked at it gives them again"
# What of a visit a screening is made of.
ANSWERS = ("yes", "where", "asked_on", "agreed_by", "agreed")


class Answers(ComplaintAnswers):
    """The answers of a visit, and what follows from them.

    Parameters
    ----------
    routine : Routine, optional
        To begin with. Its safety answers count only when they are of today.
    guide : Guide, optional
        The routine's own, or the built-in one.

    Attributes
    ----------
    visit : Visit
        What was put in.
    screening : Screening or None
        None before anything was answered.
    complaint : Complaint or None
        None before an area and a side are chosen.
    found : Suggestions or None
        For the complaint, under the screening.
    """

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        self.guide = guide or (routine.guide if routine is not None else load_guide())
        self.question_rows = {rule.id: rule for rule in self.guide.records.asked_rules}
        self.screening: Screening | None = None
        self.complaint: Complaint | None = None
        self.found: Suggestions | None = None
        self._routine: Routine | None = None
        self._steps: tuple[Step, ...] | None = None
        self.visit = Visit(Routine(guide=self.guide))
        if routine is not None:
            self.begin_with(routine)

    def begin_with(self, routine: Routine) -> str:
        """Take a routine, with its complaint, and with its safety answers if they are of today.

        Parameters
        ----------
        routine : Routine
            Of this guide.

        Returns
        -------
        str
            What the safety answers changed in it, in words.
        """
        if routine.guide_id != self.guide.id:
            raise InvalidValueError(
                f"the routine must be of guide {self.guide.id!r}, got one of {routine.guide_id!r}; "
                "leave guide out, or load the guide it was made with."
            )
        fresh = {
            "yes": (), "where": {}, "asked_on": None, "agreed_by": "", "agreed_on": frozenset(), "agreed": {},
            "last": None,
        }  # fmt: skip
        today = answers_of_today(routine.screening, self.question_rows)
        visit = replace(self.visit, **fresh, **opened(replace(routine, guide=self.guide)))
        if not today:
            return self._take(visit)
        # What came with today's answers was agreed for what these ask to be looked at.
        looks = self._to_look_at(visit := replace(visit, **today))
        words = dict(routine.screening.agreed)
        agreed = {look.id: Said(words[look.id], look) for look in looks if look.id in words}
        return self._take(replace(visit, agreed_on=looks, agreed=agreed))

    @property
    def routine(self) -> Routine:
        """The current one: the draft as far as the safety answers allow it."""
        if self._routine is None:
            self._routine = self.visit.draft.adapted_to(self.screening, complaint=self.complaint)
        return self._routine

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the current routine; known without it after a change of the complaint."""
        return self.routine.steps if self._steps is None else self._steps

    @property
    def held_back(self) -> str:
        """What the safety answers take from the draft now, and why; empty when nothing."""
        return changed_by_answers(self.visit.draft, self.routine)

    @property
    def is_screened(self) -> bool:
        """Whether all questions were asked and every answer is complete."""
        return self.visit.asked_on is not None and not self.pending

    @property
    def is_screened_today(self) -> bool:
        """Whether that was today."""
        return self.is_screened and self.visit.asked_on == datetime.date.today()

    @property
    def pending(self) -> tuple[str, ...]:
        """Answers that still need the areas they are about."""
        return self._pending(self.visit)

    def _pending(self, visit: Visit) -> tuple[str, ...]:
        rows = self.question_rows
        return tuple(id for id in visit.yes if rows[id].where == "required" and not visit.where.get(id))

    @property
    def side_conflicts(self) -> tuple[SideConflict, ...]:
        """Steps on a side on which nothing hurts, as far as nobody said that they are meant."""
        found = side_conflicts(self.steps, self.complaint, self.guide)
        return tuple(each for each in found if each.key not in self.visit.draft.sides_confirmed)

    @property
    def sides_told(self) -> str:
        """The same in words, without a full stop; empty when there is none."""
        return conflicts_in_words(self.side_conflicts, self.steps)

    @property
    def looks(self) -> tuple[Finding | Alert, ...]:
        """What asks that a clinician looks first, whether somebody has or not."""
        return _referred(self.screening, self.found)

    @property
    def open_looks(self) -> tuple[Finding | Alert, ...]:
        """What nobody has looked at yet."""
        visit = self.visit
        return () if visit.agreed_by else tuple(each for each in self.looks if each.id not in visit.agreed)

    def _to_look_at(self, visit: Visit) -> frozenset[Look]:
        """Return what a clinician has to look at in a visit."""
        complaint = self._complain(visit)
        found = None if complaint is None else suggest(complaint, guide=self.guide)
        return looks_at(_referred(self._screen(visit), found), complaint)

    @property
    def grave(self) -> tuple[Finding | Alert, ...]:
        """What sends the client elsewhere at once, severest first."""
        alerts = self.found.alerts if self.found else ()
        found = [each for each in (*_findings(self.screening), *alerts) if each.action in ("urgent", "emergency")]
        return tuple(sorted(found, key=lambda each: each.action != "emergency"))

    @property
    def is_grave(self) -> bool:
        """Whether something sends the client elsewhere at once."""
        return bool(self.grave)

    @property
    def obstacle(self) -> str:
        """Why the handout cannot go to the client yet, and what to do here; empty when it can."""
        return str(self.refusal or "")

    @property
    def refusal(self) -> SelfcareError | None:
        """The same as an error of its kind; None when the handout can go."""
        asked_on = self.visit.asked_on
        if self.grave:
            return ReferralRequired(" ".join(dict.fromkeys(_told(each) for each in self.grave)))
        if self.visit.sideless:
            # What is felt there may be grave, and no alert can tell.
            labels = (self.guide.records.areas[area].label for area in self.visit.sideless)
            return InvalidValueError(f"Choose the side of {', and of '.join(labels)}, in section 2.")
        if asked_on is None:
            return ScreeningRequired("The safety questions are not all asked yet: section 1.")
        if self.pending:
            pending = ", ".join(self.pending)
            return ScreeningRequired(f"An answer still needs the areas it is about: {pending}, in section 1.")
        if asked_on != datetime.date.today():
            return ScreeningRequired(f"The safety questions were asked on {asked_on}: ask them again, in section 1.")
        return self._refusal_of_today()

    def _refusal_of_today(self) -> SelfcareError | None:
        if self.open_looks:
            told = " ".join(dict.fromkeys(_told(each) for each in self.open_looks))
            first = f"A clinician has to look first. {told}"
            return ReferralRequired(
                f"{first} When that is done, put the initials in section 1, or what was ruled out for each."
            )
        if not self.routine.steps:
            return InvalidValueError("There is no step to hand out: add one in section 3.")
        if self.side_conflicts:
            return BlockedError(f"{self.sides_told}: {WHAT_TO_DO}.")
        try:
            self.routine.require_clearance()
        except SelfcareError as error:
            return error
        return None

    def answer(self, id: str, is_yes: bool) -> str:
        """Take one safety answer.

        Parameters
        ----------
        id : str
            A question of the guide.
        is_yes : bool
            Whether it applies.

        Returns
        -------
        str
            What that changed in the routine, in words; empty when nothing.
        """
        check_choice("question", id, self.question_rows)
        answers = tuple(each for each in self.question_rows if (is_yes if each == id else each in self.visit.yes))
        kept = {each: areas for each, areas in self.visit.where.items() if each in answers}
        return self._put(yes=answers, where=kept)

    def confirm_answers(self) -> str:
        """Record that all questions were asked today, and only those ticked apply.

        Returns
        -------
        str
            What that changed in the routine, in words.
        """
        return self._put(asked_on=datetime.date.today())

    def name_areas(self, id: str, areas: Iterable[str]) -> str:
        """Say which areas an answer is about.

        Parameters
        ----------
        id : str
            An answer that was ticked.
        areas : iterable of str
            Area ids.

        Returns
        -------
        str
            What that changed in the routine, in words.
        """
        check_choice("answer", id, self.visit.yes)
        return self._put(where={**self.visit.where, id: tuple(self.guide.area(area) for area in areas)})

    def agree(self, initials: str) -> str:
        """Take the initials of the clinician who looked at a finding.

        Parameters
        ----------
        initials : str
            Empty for nobody.

        Returns
        -------
        str
            What that changed in the routine, in words.
        """
        # Refused now rather than when the answers are confirmed.
        agreed = Screening(agreed_by=initials).agreed_by
        looks = self.looks if agreed else ()
        return self._put(agreed_by=agreed, agreed_on=looks_at(looks, self.complaint))

    def agree_on(self, id: str, words: str) -> str:
        """Take what was ruled out for one finding or alert.

        Parameters
        ----------
        id : str
            One of `looks`.
        words : str
            Such as "pulses good, both feet; AB"; the initials are added where they stand for all. Empty for nothing.

        Returns
        -------
        str
            What that changed in the routine, in words.
        """
        check_choice("finding", id, [each.id for each in self.looks])
        others = {each: said for each, said in self.visit.agreed.items() if each != id}
        if not check_text("agreed", words).strip():
            return self._put(agreed=others)
        look = next(look_at(each, self.complaint) for each in self.looks if each.id == id)
        ((_, text),) = Screening(agreed=((id, words),)).agreed
        return self._put(agreed={**others, id: Said(text, look)})

    def _put(self, **values: Any) -> str:
        """Take a new visit with all that follows from it, or nothing at all."""
        return self._take(replace(self.visit, **values))

    def _take(self, visit: Visit) -> str:
        complaint = self._complain(visit)
        is_asked_same = all(getattr(visit, name) == getattr(self.visit, name) for name in ANSWERS)
        asked = self.screening if is_asked_same else self._screen(visit)
        found = None if complaint is None else suggest(complaint, screening=asked, guide=self.guide)
        # What is felt counts as an answer: a foot that is numb, a leg that is swollen.
        screening = found.screening if found is not None else asked and asked.evaluated(self.guide)
        complaint = None if found is None else found.complaint
        kept, told = _still_agreed(visit, _referred(screening, found), complaint)
        if kept is not visit:
            return " ".join(filter(None, (told, self._take(kept))))
        is_same_draft = visit.draft is self.visit.draft
        conflicts = self.side_conflicts if complaint != self.complaint and is_same_draft else None
        # Whoever said that a side is meant spoke of what hurt then.
        visit = replace(visit, draft=still_meant(visit.draft, complaint)) if complaint != self.complaint else visit
        # Where nothing new follows from answers and complaint, the steps stay; what may change them is told.
        is_judged_same = is_asked_same and _rules(found, screening) == _rules(self.found, self.screening)
        if is_same_draft and is_judged_same:
            self._steps, self.screening = self.steps, screening
            self.visit, self.complaint, self.found, self._routine = visit, complaint, found, None
            return self._told_of_sides(conflicts)
        routine = visit.draft.adapted_to(screening, complaint=complaint)
        before = self.routine if is_same_draft else visit.draft
        self.visit, self.screening, self.complaint, self.found = visit, screening, complaint, found
        self._routine, self._steps = routine, routine.steps
        return " ".join(filter(None, (changed_by_answers(before, routine), self._told_of_sides(conflicts))))

    def _told_of_sides(self, before: Collection[SideConflict] | None) -> str:
        """Say which steps lie where nothing hurts since the complaint has changed; None when it has not."""
        new = () if before is None else [each for each in self.side_conflicts if each not in before]
        return f"{conflicts_in_words(new, self.steps)}: {WHAT_TO_DO}." if new else ""

    def _screen(self, visit: Visit) -> Screening | None:
        pending = self._pending(visit)
        complete = [id for id in visit.yes if id not in pending]
        if visit.asked_on is None and not complete:
            return None
        # What is not asked, or not answered in full, is not on the record as asked: the gate then
        # keeps the handout back, while the answers that are there already count.
        asked = complete if visit.asked_on is None else [id for id in self.question_rows if id not in pending]
        where = {id: areas for id, areas in visit.where.items() if areas}
        agreed = {id: said.signed(visit.agreed_by) for id, said in visit.agreed.items()}
        return screen(
            complete, where, visit.agreed_by, guide=self.guide, date=visit.asked_on, asked=asked, agreed=agreed
        )

    def _complain(self, visit: Visit) -> Complaint | None:
        words = [visit.words_for(area) for area in visit.areas]
        known = tuple(each for each in words if each is not None)
        return Complaint(known) if known else None


def _referred(screening: Screening | None, found: Suggestions | None) -> tuple[Finding | Alert, ...]:
    """Return what a clinician has to look at, of the safety answers and of the complaint."""
    alerts = found.alerts if found else ()
    return tuple(each for each in (*_findings(screening), *alerts) if each.action == "refer")


def _findings(screening: Screening | None) -> tuple[Finding, ...]:
    return screening.findings if screening else ()


def _rules(found: Suggestions | None, screening: Screening | None) -> tuple[object, ...]:
    """Return all that the judgement of a step depends on."""
    if found is None:
        return (_findings(screening),)
    judge = found.offering.judge
    return (judge.findings, judge.limits, judge.alerts)


def _told(each: Finding | Alert) -> str:
    return each.text if isinstance(each, Alert) else f"{each.id} ({each.label}): {each.message}"


def _still_agreed(visit: Visit, looks: Sequence[Finding | Alert], complaint: Complaint | None) -> tuple[Visit, str]:
    """Return a visit with what still stands of what was agreed, the same when all does, and what does not, in words."""
    said = still_said(visit.agreed, (now := {each.id: look_at(each, complaint) for each in looks}).values())
    # What has grown since is new: in other areas, or on the other side, too.
    new = [id for id, look in now.items() if id not in said and not any(seen.covers(look) for seen in visit.agreed_on)]
    grown = [id for id in now if id in visit.agreed and id not in said]
    if visit.agreed_by and (new or not looks):
        # The words of who gave the initials stay theirs.
        signed = {id: each._replace(text=each.signed(visit.agreed_by)) for id, each in said.items()}
        kept = replace(visit, agreed_by="", agreed_on=frozenset(), agreed=signed)
        return kept, f"The initials do not stand for what is new ({', '.join(new)}): {_AGAIN}." if new else ""
    if said.keys() == visit.agreed.keys():
        return visit, ""
    told = f"What was ruled out does not stand for what is new ({', '.join(grown)}): {_AGAIN}." if grown else ""
    return replace(visit, agreed=said), told
