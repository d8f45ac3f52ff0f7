"""A session of the planner: the current visit, the earlier ones to undo to, and the suggestion that is highlighted."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from selfcare_kit.clinics.place import clinic_file
from selfcare_kit.clinics.profile import Clinic, read_clinic
from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.planner.visit.derive import Derived, derive
from selfcare_kit.planner.visit.offers import Offer
from selfcare_kit.planner.visit.opening import begin_with
from selfcare_kit.planner.visit.outdated import drop_outdated
from selfcare_kit.planner.visit.platforms import this_platform
from selfcare_kit.planner.visit.visit import ChangedVisit, Visit
from selfcare_kit.planner.visit.words import (
    MOVE_OR_CONFIRM,
    answer_changes_in_words,
    conflicts_in_words,
    count_of,
)
from selfcare_kit.routine import Routine

MAX_UNDO = 50
# What of a visit is undone together with the steps.
COMPLAINT = ("areas", "shared_side", "is_side_clicked", "own_sides", "symptoms")
Change = Callable[..., Visit | ChangedVisit]


class Session:
    """The current visit of a planner; each change replaces it, and a change that is refused leaves it as it was."""

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        guide = guide or (routine.guide if routine is not None else load_guide())
        self._now = derive(Visit(Routine(guide=guide)))
        self._past: tuple[Visit, ...] = ()
        self._undone: tuple[Visit, ...] = ()
        # Whether the last change can be undone; safety answers cannot.
        self.is_last_undoable = False
        self._highlighted = ""
        self.shows_all = False
        # What is open in the middle: the safety questions or the points.
        self.stage = "safety"
        self._area_in_hand: str | None = None
        # The routine as it was written into a file that can be opened again.
        self.saved: Routine | None = None
        self.shows_clinic = False
        self.platform = this_platform()
        # The file of the clinic's settings that is in force, and the settings.
        self.clinic_file = clinic_file()
        self.clinic = _settings_of(self.clinic_file)
        self.clinic_changes = 0
        # Whether a new client begins as soon as the steps are in a file.
        self.is_new_awaited = False
        # What the page kept from a kernel that has ended: words, and a record of the steps.
        self.kept: tuple[str, bytes] | None = None
        self.is_kept_dropped = False
        # The next routine that is opened may be another client's.
        self.opened_count = 0
        if routine is not None:
            self.begin(begin_with, routine)

    @property
    def now(self) -> Derived:
        """What follows from the visit today; worked out again when a planner stays open overnight."""
        if self._now.today != self.visit.today:
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

    def use_day(self, day: datetime.date | None) -> bool:
        """Take the day by the browser's clock; return whether it is news."""
        visit = self.visit
        if day is None or day == visit.browser_day:
            return False
        told = replace(visit, browser_day=day)
        # A plan that was begun before the page was there is dated like one that is begun in it.
        if visit.browser_day is None and visit.draft.date == visit.today != told.today:
            told = replace(told, draft=replace(visit.draft, date=told.today))
        self._now = derive(told)
        return True

    def do(self, change: Change, *arguments: Any, **values: Any) -> str:
        """Change the visit by a function such as `steps.add`; return a message about the change and its effects."""
        before = self.now
        changed = change(before.visit, *arguments, **values)
        outcome = changed if isinstance(changed, ChangedVisit) else ChangedVisit(changed)
        kept, after = _followed(before, outcome.visit)
        self.is_last_undoable = _undoable(outcome.visit) != _undoable(before.visit)
        if self.is_last_undoable:
            self._past, self._undone = (*self._past[1 - MAX_UNDO :], before.visit), ()
        if before.visit.last_routine and not after.visit.last_routine:
            # Another client: what was done before was for the first one.
            self._past, self._undone, self.is_last_undoable = (), (), False
        self._now = after
        return _joined(outcome.message, kept.message, _consequences(before, after))

    def begin(self, change: Change, *arguments: Any) -> str:
        """Begin anew by a function of `opening`; changes before that, perhaps for another client, cannot be undone."""
        message = self.do(change, *arguments)
        self._past = self._undone = ()
        self.is_last_undoable = self.is_new_awaited = False
        self.shows_all = False
        self.opened_count += 1
        # An opened file has its questions asked again.
        self.stage = "points" if self.now.is_screened_today else "safety"
        return message

    def use_clinic(self, path: Path) -> None:
        """Print the clinic's settings of a file, as they are now, from now on."""
        self.clinic_file, self.clinic = path, _settings_of(path)
        self.clinic_changes += 1

    @property
    def is_at_risk(self) -> bool:
        """Whether there are steps that are in no file yet."""
        now = self.now
        return bool(now.steps) and now.routine != self.saved

    @property
    def called(self) -> str:
        """The routine in a few words: the client's code and the number of steps."""
        return ", ".join(filter(None, (self.visit.draft.code, count_of(len(self.now.steps), "step"))))

    @property
    def can_undo(self) -> bool:
        """Whether a change of the steps or the complaint can be undone."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a change that was undone can be redone."""
        return bool(self._undone)

    def undo(self) -> str:
        """Undo the last change of the steps or the complaint; safety answers, title and code stay."""
        if not self._past:
            return ""
        *past, last = self._past
        present = self.visit
        message = self._restore(last)
        self._past, self._undone = tuple(past), (*self._undone, present)
        self.is_last_undoable = False
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
        complaint = {name: getattr(earlier, name) for name in COMPLAINT}
        kept, after = _followed(before, replace(before.visit, draft=restored, **complaint))
        self._now = after
        return _joined(kept.message, after.changes_by_answers)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The suggestions that are shown."""
        return self.now.all_offers if self.shows_all else self.now.first_offers

    @property
    def highlighted(self) -> str:
        """The key of the offer whose pain is shown on the figure: highlighted last, or the first; empty for none."""
        keys = [offer.key for offer in self.offers]
        return self._highlighted if self._highlighted in keys else next(iter(keys), "")

    @property
    def highlighted_offer(self) -> Offer | None:
        """The offer whose pain is shown on the figure."""
        key = self.highlighted
        return next((offer for offer in self.offers if offer.key == key), None)

    def highlight(self, key: str) -> None:
        """Highlight an offer."""
        self._highlighted = key

    @property
    def area_in_hand(self) -> str:
        """The area whose symptoms are shown: taken in hand last, or chosen last; empty for none."""
        areas = self.visit.areas
        if self._area_in_hand == "":
            return ""
        return self._area_in_hand if self._area_in_hand in areas else areas[-1] if areas else ""

    def take_in_hand(self, area: str) -> None:
        """Show the symptoms of an area, of none when it is empty."""
        self._area_in_hand = area

    def show_all(self, is_all: bool) -> None:
        """Show all suggestions, or the first few."""
        self.shows_all = is_all


def _settings_of(path: Path | None) -> Clinic:
    """Return the clinic's settings in a file; none where it cannot be read, as printing says what is wrong with it."""
    try:
        return read_clinic(path) if path else Clinic()
    except SelfcareError:
        return Clinic()


def _followed(before: Derived, visit: Visit) -> tuple[ChangedVisit, Derived]:
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
    draft = visit.draft
    return (draft.steps, draft.sides_confirmed, draft.outcome, *(getattr(visit, name) for name in COMPLAINT))


def _joined(*messages: str) -> str:
    return " ".join(filter(None, messages))
