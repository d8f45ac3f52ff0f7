"""A session of the planner: the visit as it is now, the visits before it to go back to, and what is looked at."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.planner.visit.derive import Derived, derive
from selfcare_kit.planner.visit.offers import Offer
from selfcare_kit.planner.visit.opening import begin_with
from selfcare_kit.planner.visit.settle import settled, still_meant
from selfcare_kit.planner.visit.visit import Outcome, Visit
from selfcare_kit.planner.visit.words import MOVE_OR_CONFIRM, changed_by_answers, conflicts_in_words
from selfcare_kit.routine import Routine

MAX_UNDO = 50
Change = Callable[..., Visit | Outcome]


class Session:
    """Holds a visit. What is done is a function of one; a session takes what comes of it, or nothing at all.

    Parameters
    ----------
    routine : Routine, optional
        To begin with. Its safety answers count only when they are of today.
    guide : Guide, optional
        The routine's own, or the built-in one.

    Attributes
    ----------
    clients : int
        How many routines were begun with; another one may be another client's.
    shows_all : bool
        Whether all suggestions are shown.
    """

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        guide = guide or (routine.guide if routine is not None else load_guide())
        self._now = derive(Visit(Routine(guide=guide)))
        self._past: tuple[Visit, ...] = ()
        self._undone: tuple[Visit, ...] = ()
        self._looked_at = ""
        self.clients = 0
        self.shows_all = False
        if routine is not None:
            self.begin(begin_with, routine)

    @property
    def now(self) -> Derived:
        """What follows from the visit today; a planner may stay open overnight."""
        if self._now.today != datetime.date.today():
            self._now = derive(self._now.visit)
        return self._now

    @property
    def visit(self) -> Visit:
        """What was put in."""
        return self._now.visit

    @property
    def guide(self) -> Guide:
        """The guide of the visit."""
        return self.visit.guide

    def do(self, change: Change, *arguments: Any, **values: Any) -> str:
        """Take what a function makes of the visit; return what was done and what came of it, in words."""
        before = self.now
        made = change(before.visit, *arguments, **values)
        outcome = made if isinstance(made, Outcome) else Outcome(made)
        kept, after = _followed(before, outcome.visit)
        if _steps_of(outcome.visit) != _steps_of(before.visit):
            self._past, self._undone = (*self._past[1 - MAX_UNDO :], before.visit), ()
        self._take(after)
        return _joined(outcome.sentence, kept.sentence, _consequences(before, after))

    def begin(self, change: Change, *arguments: Any) -> str:
        """Begin with a function of `opening`; what was done before, perhaps to another client's, cannot be undone."""
        sentence = self.do(change, *arguments)
        self._past = self._undone = ()
        self.clients += 1
        return sentence

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the steps to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back that can be made again."""
        return bool(self._undone)

    def undo(self) -> str:
        """Take the last change of the steps back; safety answers, complaint, title and code stay."""
        if not self._past:
            return ""
        *past, last = self._past
        present = self.visit
        sentence = self._bring_back(last)
        self._past, self._undone = tuple(past), (*self._undone, present)
        return _joined("Took the last change back.", sentence)

    def redo(self) -> str:
        """Make the change again that was taken back last."""
        if not self._undone:
            return ""
        *undone, last = self._undone
        present = self.visit
        sentence = self._bring_back(last)
        self._past, self._undone = (*self._past, present), tuple(undone)
        return _joined("Made the change again.", sentence)

    def _bring_back(self, earlier: Visit) -> str:
        before, draft = self.now, self.visit.draft
        steps = replace(earlier.draft, title=draft.title, code=draft.code)
        kept, after = _followed(before, replace(before.visit, draft=steps))
        self._take(after)
        return _joined(kept.sentence, after.held_back)

    def _take(self, after: Derived) -> None:
        if after.complaint != self._now.complaint:
            # What was confirmed of a complaint that is over does not come back by undoing either.
            self._past = tuple(replace(each, draft=still_meant(each.draft, after.complaint)) for each in self._past)
            self._undone = tuple(replace(each, draft=still_meant(each.draft, after.complaint)) for each in self._undone)
        self._now = after

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The suggestions that are shown."""
        return self.now.all_offers if self.shows_all else self.now.first_offers

    @property
    def looked_at(self) -> str:
        """The offer whose pain is shown on the figure: the one looked at last, or the first; empty for none."""
        keys = [offer.key for offer in self.offers]
        return self._looked_at if self._looked_at in keys else next(iter(keys), "")

    def is_asked_about(self, key: str) -> bool:
        """Return whether an offer was looked at on purpose, so that it tells who says what of it."""
        return bool(key) and key == self._looked_at

    def look_at(self, key: str) -> None:
        """Look at an offer."""
        self._looked_at = key

    def show_all(self, is_all: bool) -> None:
        """Show all suggestions, or the first few."""
        self.shows_all = is_all


def _followed(before: Derived, visit: Visit) -> tuple[Outcome, Derived]:
    """Return what still stands of a visit, and what follows from it; what the guide refuses is refused here."""
    kept = settled(visit)
    after = before if kept.visit is before.visit else derive(kept.visit)
    # A routine costs more than a tick may, so it is made when it is asked for, unless it is another one.
    if after.steps != before.steps:
        _ = after.routine
    return kept, after


def _consequences(before: Derived, after: Derived) -> str:
    """Say what answers and complaint have changed in the steps of a draft that is the same."""
    if before.visit.draft.steps != after.visit.draft.steps:
        return ""
    sentence = changed_by_answers(before.steps, after.routine) if before.steps != after.steps else ""
    if before.complaint == after.complaint:
        return sentence
    new = [each for each in after.side_conflicts if each not in before.side_conflicts]
    return _joined(sentence, f"{conflicts_in_words(new, after.steps)}: {MOVE_OR_CONFIRM}." if new else "")


def _steps_of(visit: Visit) -> tuple[object, ...]:
    return (visit.draft.steps, visit.draft.sides_confirmed)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
