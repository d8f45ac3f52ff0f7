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
from selfcare_kit.errors import InvalidValueError, ReferralRequired, SelfcareError, check_choice, check_text
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.model import SIDES, Step
from selfcare_kit.questions import questions
from selfcare_kit.routine import Routine
from selfcare_kit.screening import Screening, screen
from selfcare_kit.suggestions import Suggestions, suggest
from selfcare_kit.widgets.visit import Feeling, Visit, answers_of_today, opened
from selfcare_kit.widgets.words import changed_by_answers

JOINED = {frozenset(): "", frozenset({"left"}): "left", frozenset({"right"}): "right"}


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
    """

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        self.guide = guide or (routine.guide if routine is not None else load_guide())
        self.question_rows = {row["id"]: row for row in questions(self.guide)}
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
        fresh = {"yes": (), "where": {}, "asked_on": None, "agreed_by": "", "last": None}
        today = answers_of_today(routine.screening)
        return self._put(**{**fresh, **today, **opened(replace(routine, guide=self.guide))})

    @property
    def routine(self) -> Routine:
        """The current one: the draft as far as the safety answers allow it."""
        if self._routine is None:
            self._routine = self._wanted().adapted_to(self.screening)
        return self._routine

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the current routine; known without it after a change of the complaint."""
        return self.routine.steps if self._steps is None else self._steps

    def _wanted(self) -> Routine:
        return replace(self.visit.draft, complaint=self.complaint)

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
        return self._put(agreed_by=check_text("agreed_by", initials).strip())

    # Where and what

    def choose_area(self, area: str, is_chosen: bool = True) -> str:
        """Choose an area, or take it back; it has the shared side.

        Parameters
        ----------
        area : str
            Area id or a known synonym.
        is_chosen : bool, default=True
            False takes it back.

        Returns
        -------
        str
            Empty: areas change what is suggested, not the routine.
        """
        area = self.guide.area(area)
        return self._put(areas=self._with(area)) if is_chosen else self._put(**self._without(area))

    def toggle_place(self, area: str, side: str) -> str:
        """Choose an area on one side of the body, or take it back, as a click on the figure does.

        Parameters
        ----------
        area : str
            Area id.
        side : {"left", "right", "midline"}
            Where it was clicked. The first side that is clicked becomes the shared one.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        area, visit = self.guide.area(area), self.visit
        check_choice("side", side, ("left", "right", "midline"))
        if side == "midline":
            wanted = "" if area in visit.areas else visit.side or "midline"
        else:
            wanted = JOINED.get(frozenset(visit.places_of(area)) ^ {side}, "both")
        if not wanted:
            return self.choose_area(area, False)
        shared = visit.side or (wanted if wanted != "midline" else "")
        sides = {each: its for each, its in visit.sides.items() if each != area}
        own = {} if wanted == shared else {area: wanted}
        return self._put(areas=self._with(area), side=shared, sides={**sides, **own})

    def choose_side(self, side: str, area: str = "") -> str:
        """Choose the side of one area, or of all that have none of their own.

        Parameters
        ----------
        side : {"left", "right", "both", "midline"}
            The client's own side.
        area : str, default=""
            One of the areas chosen; empty for all.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        check_choice("side", side, SIDES)
        if not area:
            return self._put(side=side, sides={each: its for each, its in self.visit.sides.items() if its != side})
        check_choice("area", area, self.visit.areas)
        others = {each: its for each, its in self.visit.sides.items() if each != area}
        return self._put(sides=others if side == self.visit.side else {**others, area: side})

    def feel(self, sensation: str, is_felt: bool = True, area: str = "") -> str:
        """Say whether something is felt, in one area or in all that do not feel different.

        Parameters
        ----------
        sensation : str
            Sensation id.
        is_felt : bool, default=True
            False takes it back.
        area : str, default=""
            One of the areas that feel different; empty for the others.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        row = self.guide.row("sensations", sensation)
        now = self._feeling(area)
        order = [each["id"] for each in self.guide.table("sensations")]
        felt = {*now.sensations, row["id"]} if is_felt else {*now.sensations} - {row["id"]}
        return self._put_feeling(area, now._replace(sensations=tuple(sorted(felt, key=order.index))))

    def rate(self, pain: int | None, area: str = "") -> str:
        """Say how strong the pain is, in one area or in all that do not feel different.

        Parameters
        ----------
        pain : int or None
            0 to 10; None when it was not asked.
        area : str, default=""
            One of the areas that feel different; empty for the others.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        return self._put_feeling(area, self._feeling(area)._replace(pain=pain))

    def let_differ(self, area: str, is_different: bool = True) -> str:
        """Let an area feel different from the others, beginning with what they feel, or like them again.

        Parameters
        ----------
        area : str
            One of the areas chosen.
        is_different : bool, default=True
            False: it feels like the others.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        check_choice("area", area, self.visit.areas)
        others = {each: feeling for each, feeling in self.visit.feelings.items() if each != area}
        return self._put(feelings={**others, area: self.visit.feeling_of(area)} if is_different else others)

    def _feeling(self, area: str) -> Feeling:
        return self.visit.feelings[check_choice("area", area, self.visit.feelings)] if area else self.visit.feeling

    def _put_feeling(self, area: str, feeling: Feeling) -> str:
        return self._put(feelings={**self.visit.feelings, area: feeling}) if area else self._put(feeling=feeling)

    def _with(self, area: str) -> tuple[str, ...]:
        return self.visit.areas if area in self.visit.areas else (*self.visit.areas, area)

    def _without(self, area: str) -> dict[str, Any]:
        """Return a visit's fields without an area and all that was said of it."""
        visit = self.visit
        return {
            "areas": tuple(each for each in visit.areas if each != area),
            "sides": {each: side for each, side in visit.sides.items() if each != area},
            "feelings": {each: feeling for each, feeling in visit.feelings.items() if each != area},
        }

    # What follows

    def _put(self, **values: Any) -> str:
        """Take a new visit with all that follows from it, or nothing at all."""
        visit = replace(self.visit, **values)
        is_same_draft = visit.draft is self.visit.draft
        is_asked_same = all(
            getattr(visit, name) == getattr(self.visit, name) for name in ("yes", "where", "asked_on", "agreed_by")
        )
        screening = self.screening if is_asked_same else self._screen(visit)
        complaint = self._complain(visit)
        found = None if complaint is None else suggest(complaint, screening=screening, guide=self.guide)
        # Complaint and suggestions never change the steps; what may change them is told.
        if is_same_draft and is_asked_same:
            self._steps = self.steps
            self.visit, self.complaint, self.found, self._routine = visit, complaint, found, None
            return ""
        wanted = replace(visit.draft, complaint=complaint)
        routine = wanted.adapted_to(screening)
        before = self.routine if is_same_draft else wanted
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
        return self.guide.complaint(Complaint(known)) if known else None
