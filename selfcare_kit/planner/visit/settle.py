"""What no longer stands goes: initials and words for what has grown, sides confirmed for another complaint."""

from __future__ import annotations

from dataclasses import replace

from selfcare_kit.model.complaint import Complaint
from selfcare_kit.planner.visit.derive import Derived, derive
from selfcare_kit.planner.visit.initials import concern_of, still_ruled_out
from selfcare_kit.planner.visit.visit import Outcome, Visit
from selfcare_kit.routine import Routine
from selfcare_kit.safety.explained import side_conflicts

_AGAIN = "whoever has looked at it gives them again"


def settled(visit: Visit) -> Outcome:
    """Return a visit with what still stands, the same when all does, and what does not, in words."""
    if not (visit.agreed_by or visit.agreed or visit.draft.sides_confirmed):
        return Outcome(visit)
    now = derive(visit)
    # Whoever said that a side is meant spoke of what hurt then.
    draft = still_meant(visit.draft, now.complaint)
    agreed = _still_agreed(now)
    return agreed if draft is visit.draft else agreed._replace(visit=replace(agreed.visit, draft=draft))


def still_meant(draft: Routine, complaint: Complaint | None) -> Routine:
    """Return a draft with those of its confirmed sides that are in conflict with a complaint; the same with all."""
    if not draft.sides_confirmed:
        return draft
    keys = {each.key for each in side_conflicts(draft.steps, complaint, draft.guide)}
    kept = tuple(key for key in draft.sides_confirmed if key in keys)
    return draft if kept == draft.sides_confirmed else replace(draft, sides_confirmed=kept)


def _still_agreed(now: Derived) -> Outcome:
    visit = now.visit
    concerns = {each.id: concern_of(each, now.complaint) for each in now.to_look_at}
    ruled_out = still_ruled_out(visit.agreed, concerns.values())
    # What has grown since is new: in other areas, or on the other side, too.
    new = [
        id
        for id, concern in concerns.items()
        if id not in ruled_out and not any(seen.covers(concern) for seen in visit.agreed_on)
    ]
    if visit.agreed_by and (new or not concerns):
        # The words of who gave the initials stay theirs.
        signed = {id: each._replace(text=each.signed(visit.agreed_by)) for id, each in ruled_out.items()}
        kept = replace(visit, agreed_by="", agreed_on=frozenset(), agreed=signed)
        return Outcome(kept, f"The initials do not stand for what is new ({', '.join(new)}): {_AGAIN}." if new else "")
    if ruled_out.keys() == visit.agreed.keys():
        return Outcome(visit)
    grown = [id for id in concerns if id in visit.agreed and id not in ruled_out]
    sentence = f"What was ruled out does not stand for what is new ({', '.join(grown)}): {_AGAIN}." if grown else ""
    return Outcome(replace(visit, agreed=ruled_out), sentence)
