"""What the clinician has put in during a visit: one frozen value that all else follows from."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from selfcare_kit.errors import SelfcareError
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.planner.visit.initials import Look, Said
from selfcare_kit.routine import Routine
from selfcare_kit.safety.explained import side_conflicts
from selfcare_kit.safety.screening import Screening


class Feeling(NamedTuple):
    """What an area feels like: sensation ids, and pain from 0 to 10 or None when it was not asked."""

    sensations: tuple[str, ...] = ()
    pain: int | None = None


NOTHING_SAID = Feeling()


@dataclass(frozen=True)
class Visit:
    """Everything the clinician has put in; all else follows from it.

    Parameters
    ----------
    draft : Routine
        The steps as the clinician wants them, before the safety answers take from them.
    yes : tuple of str
        Safety answers ticked.
    where : mapping of str to tuple of str
        Areas named for an answer.
    asked_on : datetime.date, optional
        The day all questions were asked; None while they are not.
    agreed_by : str
        Initials of the clinician who looked at every finding.
    agreed_on : frozenset of Look
        What was there to be looked at when the initials were given; they stand for nothing else.
    agreed : mapping of str to Said
        What was ruled out for a finding or an alert, by its id.
    areas : tuple of str
        Areas chosen.
    side : {"", "left", "right", "both", "midline"}
        For areas without a side of their own; empty until it is chosen, since a side that
        nobody chose is a wrong side half of the time. An area that does not come in pairs lies on
        the midline until then.
    is_side_clicked : bool
        Whether that side came from a click on the figure; then it goes with the last area.
    feeling : Feeling
        For areas that do not feel different.
    sides : mapping of str to str
        Areas with a side of their own.
    feelings : mapping of str to Feeling
        Areas that feel different.
    last : Routine, optional
        The routine of the last visit, as it was opened; to say what has changed since.
    """

    draft: Routine
    yes: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_on: datetime.date | None = None
    agreed_by: str = ""
    agreed_on: frozenset[Look] = frozenset()
    agreed: Mapping[str, Said] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    side: str = ""
    is_side_clicked: bool = False
    feeling: Feeling = NOTHING_SAID
    sides: Mapping[str, str] = field(default_factory=dict)
    feelings: Mapping[str, Feeling] = field(default_factory=dict)
    last: Routine | None = None

    def side_of(self, area: str) -> str:
        """Return the side of an area; empty while none is chosen, which only an area that comes in pairs needs."""
        return self.sides.get(area, self.side) or self._side_of_its_own(area)

    def _side_of_its_own(self, area: str) -> str:
        return "" if self.draft.guide.records.areas[area].paired else "midline"

    def feeling_of(self, area: str) -> Feeling:
        """Return what an area feels like."""
        return self.feelings.get(area, self.feeling)

    def words_for(self, area: str) -> AreaComplaint | None:
        """Return what is said of an area, None while no side is chosen."""
        side = self.side_of(area)
        return AreaComplaint(area, side, *self.feeling_of(area)) if side else None

    @property
    def sideless(self) -> tuple[str, ...]:
        """Areas chosen of which nobody has said the side yet, so that nothing is known of them."""
        return tuple(area for area in self.areas if not self.side_of(area))

    def places_of(self, area: str) -> tuple[str, ...]:
        """Return the sides of the body on which an area was chosen; empty where it was not."""
        side = self.side_of(area)
        return sides_touched(side) if side and area in self.areas else ()


def answers_of_today(screening: Screening | None, ids: Collection[str]) -> dict[str, Any]:
    """Return what of a screening still counts.

    Parameters
    ----------
    screening : Screening or None
        The safety answers of a routine.
    ids : collection of str
        All questions: where one was not asked, or set aside, they have to be asked again.

    Returns
    -------
    dict
        Fields of a visit; empty when the answers are not of today.
    """
    if screening is None or screening.date != datetime.date.today():
        return {}
    return {
        "yes": screening.yes,
        "where": dict(screening.where),
        "asked_on": screening.date if set(ids) <= set(screening.asked) else None,
        "agreed_by": screening.agreed_by,
    }


def opened(routine: Routine) -> dict[str, Any]:
    """Return what of a saved routine goes into a visit: all but its safety answers.

    Parameters
    ----------
    routine : Routine
        As it was read.

    Returns
    -------
    dict
        Fields of a visit. The routine starts today.
    """
    draft = replace(routine, complaint=None, screening=None, date=datetime.date.today())
    areas = routine.complaint.areas if routine.complaint else ()
    # What most areas say first is what all of them share; the others keep their own words.
    shared = areas[0] if areas else AreaComplaint("", "midline")
    feelings = {each.area: Feeling(each.sensations, each.pain) for each in areas}
    common = Feeling(shared.sensations, shared.pain)
    # Never the midline: areas that come in pairs and are chosen later would lie on it, unasked.
    side = next((each.side for each in areas if each.side != "midline"), "")
    return {
        "draft": draft,
        "areas": tuple(feelings),
        "side": side,
        "is_side_clicked": False,
        "feeling": common,
        "sides": {each.area: each.side for each in areas if each.side != side},
        "feelings": {area: feeling for area, feeling in feelings.items() if feeling != common},
    }


def still_meant(draft: Routine, complaint: Complaint | None) -> Routine:
    """Return a draft with those of its confirmed sides that are in conflict with a complaint; the same with all."""
    if not draft.sides_confirmed:
        return draft
    keys = {each.key for each in side_conflicts(draft.steps, complaint, draft.guide)}
    kept = tuple(key for key in draft.sides_confirmed if key in keys)
    return draft if kept == draft.sides_confirmed else replace(draft, sides_confirmed=kept)


def merged(draft: Routine, shown: Routine, edited: Routine) -> Routine:
    """Bring a change of what was shown into the draft it was shown from.

    Parameters
    ----------
    draft : Routine
        The steps as the clinician wants them.
    shown : Routine
        What the safety answers left of them, some made milder.
    edited : Routine
        The same after a change.

    Returns
    -------
    Routine
        The change, with the steps that were held back in their old places: when an answer is
        taken back, they return. A step that was not touched keeps its own values.
    """
    wanted = {step.key: step for step in draft.steps}
    before = {step.key: step for step in shown.steps}
    steps = [wanted[step.key] if before.get(step.key) == step else step for step in edited.steps]
    for number, held in enumerate(draft.steps):
        if held.key not in before:
            earlier = {step.key for step in draft.steps[:number]}
            place = max((index + 1 for index, step in enumerate(steps) if step.key in earlier), default=0)
            steps.insert(place, held)
    # What was confirmed of a step that is held back stays confirmed.
    held_meant = [key for key in draft.sides_confirmed if key not in shown.sides_confirmed]
    meant = tuple(dict.fromkeys((*edited.sides_confirmed, *held_meant)))
    bare = replace(edited, complaint=None, screening=None, sides_confirmed=meant)
    try:
        return replace(bare, steps=tuple(steps))
    except SelfcareError:
        # What was held back has no room any more: its area's time is used, or its point stands there again.
        return bare
