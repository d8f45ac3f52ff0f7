"""The answers of a visit: what the clinician ticked, and what follows from it at once.

All rules are the library's. A method that is refused raises the library's error and changes
nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from selfcare_kit.complaint import Complaint
from selfcare_kit.errors import (
    InvalidValueError,
    ReferralRequired,
    ScreeningRequired,
    SelfcareError,
    check_choice,
    check_text,
)
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.model import Step
from selfcare_kit.routine import Routine
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.questions import asked_rows
from selfcare_kit.safety.screening import Screening, screen
from selfcare_kit.suggestions import Suggestions, suggest
from selfcare_kit.widgets.complaint_answers import ComplaintAnswers
from selfcare_kit.widgets.initials import Look, look_at, looks_at
from selfcare_kit.widgets.visit import Visit, answers_of_today, opened
from selfcare_kit.widgets.words import changed_by_answers

# What of a visit a screening is made of.
ANSWERS = ("yes", "where", "asked_on", "agreed_by")


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
        self.question_rows = {row["id"]: row for row in asked_rows(self.guide)}
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
        fresh = {"yes": (), "where": {}, "asked_on": None, "agreed_by": "", "agreed_on": frozenset(), "last": None}
        today = answers_of_today(routine.screening)
        visit = replace(self.visit, **fresh, **opened(replace(routine, guide=self.guide)))
        # Initials that came with today's answers were given for what these ask to be looked at.
        agreed = self._to_look_at(visit := replace(visit, **today)) if today else frozenset()
        return self._take(replace(visit, agreed_on=agreed))

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
        return tuple(id for id in visit.yes if rows[id]["where"] == "required" and not visit.where.get(id))

    @property
    def wants_initials(self) -> bool:
        """Whether something asks that a clinician looks first."""
        return bool(_referred(self.screening, self.found))

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
            labels = (self.guide.row("areas", area)["label"] for area in self.visit.sideless)
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
        looks = _referred(self.screening, self.found)
        if looks and not self.visit.agreed_by:
            told = " ".join(dict.fromkeys(_told(each) for each in looks))
            first = f"A clinician has to look first. {told}"
            return ReferralRequired(f"{first} When that is done, put the initials in section 1.")
        if not self.routine.steps:
            return InvalidValueError("There is no step to hand out: add one in section 3.")
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
        agreed = check_text("agreed_by", initials).strip()
        looks = _referred(self.screening, self.found) if agreed else ()
        return self._put(agreed_by=agreed, agreed_on=looks_at(looks, self.complaint))

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
        looks = _referred(screening, found)
        # What has grown since is new: in other areas, or on the other side, too.
        new = [each for each in looks if not any(seen.covers(look_at(each, complaint)) for seen in visit.agreed_on)]
        if visit.agreed_by and (new or not looks):
            said = self._take(replace(visit, agreed_by="", agreed_on=frozenset()))
            return " ".join((_signs_again(new), said)).strip() if new else said
        is_same_draft = visit.draft is self.visit.draft
        # Where nothing new follows from answers and complaint, the steps stay; what may change them is told.
        is_judged_same = is_asked_same and _rules(found, screening) == _rules(self.found, self.screening)
        if is_same_draft and is_judged_same:
            self._steps, self.screening = self.steps, screening
            self.visit, self.complaint, self.found, self._routine = visit, complaint, found, None
            return ""
        routine = visit.draft.adapted_to(screening, complaint=complaint)
        before = self.routine if is_same_draft else visit.draft
        self.visit, self.screening, self.complaint, self.found = visit, screening, complaint, found
        self._routine, self._steps = routine, routine.steps
        return changed_by_answers(before, routine)

    def _screen(self, visit: Visit) -> Screening | None:
        pending = self._pending(visit)
        complete = [id for id in visit.yes if id not in pending]
        if visit.asked_on is None and not complete:
            return None
        # What is not asked, or not answered in full, is not on the record as asked: the gate then
        # keeps the handout back, while the answers that are there already count.
        asked = complete if visit.asked_on is None else [id for id in self.question_rows if id not in pending]
        where = {id: areas for id, areas in visit.where.items() if areas}
        return screen(complete, where, visit.agreed_by, guide=self.guide, date=visit.asked_on, asked=asked)

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


def _signs_again(new: list[Finding | Alert]) -> str:
    names = ", ".join(each.id for each in new)
    return f"The initials do not stand for what is new ({names}): whoever has looked at it gives them again."
