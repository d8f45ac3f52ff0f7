"""Drop what a change made void: words for a concern that has grown, sides confirmed for another complaint."""

from __future__ import annotations

from dataclasses import replace

from selfcare_kit.model.complaint import Complaint
from selfcare_kit.planner.visit.derive import Derived, derive
from selfcare_kit.planner.visit.initials import concern_of, still_ruled_out
from selfcare_kit.planner.visit.visit import ChangedVisit, Visit
from selfcare_kit.routine import Routine
from selfcare_kit.safety.explained import side_conflicts

_AGAIN = "whoever has looked at it gives them again"


def drop_outdated(visit: Visit) -> ChangedVisit:
    """Return a visit without what is void, the same visit when nothing is, and a message about it."""
    if not (visit.agreed_by or visit.ruled_out or visit.draft.sides_confirmed):
        return ChangedVisit(visit)
    now = derive(visit)
    # Sides were confirmed for the complaint as it was then.
    draft = still_confirmed(visit.draft, now.complaint)
    outcome = _still_agreed(now)
    return outcome if draft is visit.draft else outcome._replace(visit=replace(outcome.visit, draft=draft))


def still_confirmed(draft: Routine, complaint: Complaint | None) -> Routine:
    """Return a draft with only those confirmed sides that conflict with a complaint; the same draft when all do."""
    if not draft.sides_confirmed:
        return draft
    keys = {conflict.key for conflict in side_conflicts(draft.steps, complaint, draft.guide)}
    kept = tuple(key for key in draft.sides_confirmed if key in keys)
    return draft if kept == draft.sides_confirmed else replace(draft, sides_confirmed=kept)


def _still_agreed(now: Derived) -> ChangedVisit:
    visit = now.visit
    concerns = {each.id: concern_of(each, now.complaint) for each in now.to_clear}
    ruled_out = still_ruled_out(visit.ruled_out, concerns.values())
    # A concern that reaches further since, to another area or side, counts as new.
    new = [
        id
        for id, concern in concerns.items()
        if id not in ruled_out and not any(agreed.covers(concern) for agreed in visit.agreed_concerns)
    ]
    if visit.agreed_by and (new or not concerns):
        # Words keep the initials of who gave them.
        signed = {id: entry._replace(text=entry.signed(visit.agreed_by)) for id, entry in ruled_out.items()}
        kept = replace(visit, agreed_by="", agreed_concerns=frozenset(), ruled_out=signed)
        return ChangedVisit(
            kept, f"The initials do not stand for what is new ({', '.join(new)}): {_AGAIN}." if new else ""
        )
    if ruled_out.keys() == visit.ruled_out.keys():
        return ChangedVisit(visit)
    grown = [id for id in concerns if id in visit.ruled_out and id not in ruled_out]
    message = f"What was ruled out does not stand for what is new ({', '.join(grown)}): {_AGAIN}." if grown else ""
    return ChangedVisit(replace(visit, ruled_out=ruled_out), message)
