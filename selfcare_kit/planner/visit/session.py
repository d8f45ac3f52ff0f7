"""A session of the planner: the current visit, the earlier ones to undo to, and the suggestion that is highlighted."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.planner.visit.derive import Derived, derive
from selfcare_kit.planner.visit.offers import Offer
from selfcare_kit.planner.visit.opening import begin_with
from selfcare_kit.planner.visit.outdated import drop_outdated, still_confirmed
from selfcare_kit.planner.visit.visit import Outcome, Visit
from selfcare_kit.planner.visit.words import MOVE_OR_CONFIRM, answer_changes_in_words, conflicts_in_words
from selfcare_kit.routine import Routine

MAX_UNDO = 50
Change = Callable[..., Visit | Outcome]


class Session:
    """The current visit of a planner; each change replaces it, and a change that is refused leaves it as it was."""

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        guide = guide or (routine.guide if routine is not None else load_guide())
        self._now = derive(Visit(Routine(guide=guide)))
        self._past: tuple[Visit, ...] = ()
        self._undone: tuple[Visit, ...] = ()
        self._highlighted = ""
        self.shows_all = False
        # The next routine that is opened may be another client's.
        self.opened_count = 0
        if routine is not None:
            self.begin(begin_with, routine)

    @property
    def now(self) -> Derived:
        """What follows from the visit today; worked out again when a planner stays open overnight."""
        if self._now.today != datetime.date.today():
            self._now = derive(self._now.visit)
        return self._now

    @property
    def visit(self) -> Visit:
        """The current visit."""
        return self._now.visit

    @property
    def guide(self) -> Guide:
        """The guide of the visit."""
        return self.visit.guide

    def do(self, change: Change, *arguments: Any, **values: Any) -> str:
        """Change the visit by a function such as `steps.add`; return a message about the change and its effects."""
        before = self.now
        changed = change(before.visit, *arguments, **values)
        outcome = changed if isinstance(changed, Outcome) else Outcome(changed)
        kept, after = _followed(before, outcome.visit)
        if _undoable(outcome.visit) != _undoable(before.visit):
            self._past, self._undone = (*self._past[1 - MAX_UNDO :], before.visit), ()
        self._replace(after)
        return _joined(outcome.message, kept.message, _consequences(before, after))

    def begin(self, change: Change, *arguments: Any) -> str:
        """Begin anew by a function of `opening`; changes before that, perhaps for another client, cannot be undone."""
        message = self.do(change, *arguments)
        self._past = self._undone = ()
        self.opened_count += 1
        return message

    @property
    def can_undo(self) -> bool:
        """Whether a change of the steps can be undone."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a change that was undone can be redone."""
        return bool(self._undone)

    def undo(self) -> str:
        """Undo the last change of the steps; safety answers, complaint, title and code stay."""
        if not self._past:
            return ""
        *past, last = self._past
        present = self.visit
        message = self._restore(last)
        self._past, self._undone = tuple(past), (*self._undone, present)
        return _joined("Took the last change back.", message)

    def redo(self) -> str:
        """Redo the change that was undone last."""
        if not self._undone:
            return ""
        *undone, last = self._undone
        present = self.visit
        message = self._restore(last)
        self._past, self._undone = (*self._past, present), tuple(undone)
        return _joined("Made the change again.", message)

    def _restore(self, earlier: Visit) -> str:
        before, draft = self.now, self.visit.draft
        restored = replace(earlier.draft, title=draft.title, code=draft.code)
        kept, after = _followed(before, replace(before.visit, draft=restored))
        self._replace(after)
        return _joined(kept.message, after.changes_by_answers)

    def _replace(self, after: Derived) -> None:
        if after.complaint != self._now.complaint:
            # A side confirmed for an earlier complaint does not come back by undoing either.
            self._past = _confirmed_anew(self._past, after.complaint)
            self._undone = _confirmed_anew(self._undone, after.complaint)
        self._now = after

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The suggestions that are shown."""
        return self.now.all_offers if self.shows_all else self.now.first_offers

    @property
    def highlighted(self) -> str:
        """The key of the offer whose pain is shown on the figure: highlighted last, or the first; empty for none."""
        keys = [offer.key for offer in self.offers]
        return self._highlighted if self._highlighted in keys else next(iter(keys), "")

    def shows_evidence_of(self, key: str) -> bool:
        """Return whether an offer shows its evidence, as one does that was highlighted on purpose."""
        return bool(key) and key == self._highlighted

    def highlight(self, key: str) -> None:
        """Highlight an offer."""
        self._highlighted = key

    def show_all(self, is_all: bool) -> None:
        """Show all suggestions, or the first few."""
        self.shows_all = is_all


def _followed(before: Derived, visit: Visit) -> tuple[Outcome, Derived]:
    """Return a visit without what is outdated, and what follows from it; raise what the guide refuses."""
    kept = drop_outdated(visit)
    after = before if kept.visit is before.visit else derive(kept.visit)
    # Making a routine takes longer than a tick may, so it waits until it is needed, unless its steps changed.
    if after.steps != before.steps:
        _ = after.routine
    return kept, after


def _consequences(before: Derived, after: Derived) -> str:
    """Return in words what answers and complaint changed in the steps of a draft that is the same."""
    if before.visit.draft.steps != after.visit.draft.steps:
        return ""
    changes = answer_changes_in_words(before.steps, after.routine) if before.steps != after.steps else ""
    if before.complaint == after.complaint:
        return changes
    new = [conflict for conflict in after.side_conflicts if conflict not in before.side_conflicts]
    return _joined(changes, f"{conflicts_in_words(new, after.steps)}: {MOVE_OR_CONFIRM}." if new else "")


def _undoable(visit: Visit) -> tuple[object, ...]:
    return (visit.draft.steps, visit.draft.sides_confirmed)


def _confirmed_anew(visits: tuple[Visit, ...], complaint: Complaint | None) -> tuple[Visit, ...]:
    return tuple(replace(visit, draft=still_confirmed(visit.draft, complaint)) for visit in visits)


def _joined(*messages: str) -> str:
    return " ".join(filter(None, messages))
