"""The answers of a visit: what the clinician ticked, and what follows from it at once.

All rules are the library's. A method that is refused raises the library's error and changes
nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from selfcare_kit.complaint import AreaComplaint, Complaint
from selfcare_kit.errors import InvalidValueError, ReferralRequired, SelfcareError, check_choice, check_text
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.model import SIDES
from selfcare_kit.routine import Routine
from selfcare_kit.screening import Screening, questions, screen
from selfcare_kit.suggestions import Suggestions, suggest
from selfcare_kit.widgets.visit import Visit, answers_of_today, opened, words_for
from selfcare_kit.widgets.words import changed_by_answers


class Answers:
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
    routine : Routine
        The current one: the draft as far as the safety answers allow it.
    """

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        self.guide = guide or (routine.guide if routine is not None else load_guide())
        if routine is not None and routine.guide_id != self.guide.id:
            raise InvalidValueError(
                f"the routine must be of guide {self.guide.id!r}, got one of {routine.guide_id!r}; "
                "leave guide out, or load the guide it was made with."
            )
        self.question_rows = {row["id"]: row for row in questions(self.guide)}
        self.screening: Screening | None = None
        self.complaint: Complaint | None = None
        self.found: Suggestions | None = None
        self.routine = Routine(guide=self.guide)
        self.visit = Visit(self.routine)
        if routine is not None:
            self._put(**answers_of_today(routine.screening), **opened(replace(routine, guide=self.guide)))

    @property
    def is_screened(self) -> bool:
        """Whether all questions were asked and every answer is complete."""
        return self.visit.asked_on is not None and not self.pending

    @property
    def pending(self) -> tuple[str, ...]:
        """Answers that still need the areas they are about."""
        rows, visit = self.question_rows, self.visit
        return tuple(id for id in visit.yes if rows[id]["where"] == "required" and not visit.where.get(id))

    @property
    def wants_initials(self) -> bool:
        """Whether something asks that a clinician looks first."""
        findings = self.screening.findings if self.screening else ()
        alerts = self.found.alerts if self.found else ()
        return any(each.action == "refer" for each in (*findings, *alerts))

    @property
    def obstacle(self) -> str:
        """Why the handout cannot go to the client yet, and what to do here; empty when it can."""
        asked_on = self.visit.asked_on
        findings = self.screening.findings if self.screening else ()
        grave = [each for each in findings if each.action in ("urgent", "emergency")]
        if grave:
            return " ".join(f"{each.id} ({each.label}): {each.message}" for each in grave)
        if asked_on is None:
            return "The safety questions are not all asked yet: section 1."
        if self.pending:
            return f"An answer still needs the areas it is about: {', '.join(self.pending)}, in section 1."
        if asked_on != datetime.date.today():
            return f"The safety questions were asked on {asked_on}: ask them again, in section 1."
        return self._refusal()

    def _refusal(self) -> str:
        if not self.routine.steps:
            return "There is no step to hand out: add one in section 3."
        try:
            self.routine.require_clearance()
        except ReferralRequired as error:
            reason, _, _ = str(error).rpartition("; ")
            can_agree = self.wants_initials and "a clinician has to look" in reason
            return f"{reason}." + (" When that is done, put the initials in section 1." if can_agree else "")
        except SelfcareError as error:
            return str(error)
        return ""

    # Safety answers

    def answer(self, yes: Iterable[str]) -> str:
        """Take the questions answered yes.

        Parameters
        ----------
        yes : iterable of str
            Ids.

        Returns
        -------
        str
            What that changed in the routine, in words; empty when nothing.
        """
        answers = tuple(yes)
        kept = {id: areas for id, areas in self.visit.where.items() if id in answers}
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
        return self._put(agreed_by=check_text("agreed_by", initials).strip())

    # Where and what

    def choose_areas(self, areas: Iterable[str]) -> str:
        """Take the areas where it hurts.

        Parameters
        ----------
        areas : iterable of str
            Area ids; those that are new come last.

        Returns
        -------
        str
            Empty: areas change what is suggested, not the routine.
        """
        chosen = {self.guide.area(area) for area in areas}
        kept = [area for area in self.visit.areas if area in chosen]
        new = [area for area in self.guide.area_ids if area in chosen and area not in kept]
        own = {area: words for area, words in self.visit.own.items() if area in chosen}
        return self._put(areas=(*kept, *new), own=own)

    def describe(self, *, side: str = "", sensations: Iterable[str] = (), pain: int | None = None) -> str:
        """Say what all areas feel like that have no words of their own.

        Parameters
        ----------
        side : {"", "left", "right", "both", "midline"}, default=""
            The client's own side; empty while it is not chosen.
        sensations : iterable of str, default=()
            Sensation ids.
        pain : int, optional
            0 to 10.

        Returns
        -------
        str
            Empty, as for `choose_areas`.
        """
        if side:
            check_choice("side", side, SIDES)
        return self._put(side=side, sensations=tuple(sensations), pain=pain)

    def describe_area(self, area: str, words: AreaComplaint | None) -> str:
        """Give an area words of its own, or take them away.

        Parameters
        ----------
        area : str
            One of the areas chosen.
        words : AreaComplaint or None
            None: the area feels like the others.

        Returns
        -------
        str
            Empty, as for `choose_areas`.
        """
        check_choice("area", area, self.visit.areas)
        own = {other: its for other, its in self.visit.own.items() if other != area}
        return self._put(own=own if words is None else {**own, area: replace(words, area=area)})

    def words_of(self, area: str) -> AreaComplaint | None:
        """Return what an area feels like.

        Parameters
        ----------
        area : str
            Area id.

        Returns
        -------
        AreaComplaint or None
            Its own words or the shared ones; None while no side is chosen.
        """
        return words_for(self.visit, area)

    def _put(self, **values: Any) -> str:
        """Take a new visit with all that follows from it, or nothing at all."""
        visit = replace(self.visit, **values)
        screening = self._screen(visit)
        complaint = self._complain(visit)
        found = None if complaint is None else suggest(complaint, screening=screening, guide=self.guide)
        wanted = replace(visit.draft, complaint=complaint)
        routine = wanted.adapted_to(screening)
        is_new_draft = visit.draft is not self.visit.draft
        before = wanted if is_new_draft else self.routine
        self.visit, self.screening, self.routine = visit, screening, routine
        self.complaint, self.found = complaint, found
        return changed_by_answers(before, routine)

    def _screen(self, visit: Visit) -> Screening | None:
        rows = self.question_rows
        pending = {id for id in visit.yes if rows[id]["where"] == "required" and not visit.where.get(id)}
        complete = [id for id in visit.yes if id not in pending]
        if visit.asked_on is None and not complete:
            return None
        # What is not asked, or not answered in full, is not on the record as asked: the gate then
        # keeps the handout back, while the answers that are there already count.
        asked = complete if visit.asked_on is None else [id for id in rows if id not in pending]
        where = {id: areas for id, areas in visit.where.items() if areas}
        return screen(complete, where, visit.agreed_by, guide=self.guide, date=visit.asked_on, asked=asked)

    def _complain(self, visit: Visit) -> Complaint | None:
        words = [words_for(visit, area) for area in visit.areas]
        known = tuple(each for each in words if each is not None)
        return self.guide.complaint(Complaint(known)) if known else None
