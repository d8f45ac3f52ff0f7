"""How risky a point or a rule is to leave unread: what lies under it, and how sure its place and source are.

Nearly all places are estimates, so that "estimates first" would order nothing: a nerve, a vessel or a kidney among the
cautions of a point, and a doubt in its note, count as well. The weights are our own; they order the pack and no more.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Rule

_HAZARD = re.compile(r"\b(nerve|artery|vein|kidney|clot|DVT|vessel)", re.IGNORECASE)
_DOUBT = re.compile(
    r"disagree|not verified|uncertain|own estimate|ask the author|may be|inside the|keep off", re.IGNORECASE
)
BY_BASIS = {"estimate": 3.0, "known": 1.5, "source": 0.5}
BY_ACTION = {"emergency": 6.0, "urgent": 5.0, "refer": 4.0, "caution": 3.0}
FIRST_HAZARD = 2.5
NEXT_HAZARD = 0.75
DOUBT = 1.0
NOT_PRESSED = -1.5
UNCERTAIN_AREA = 0.25
MAX_UNCERTAIN = 1.0


class Risk(NamedTuple):
    """How risky something is, and why, in a few words each."""

    value: float
    why: tuple[str, ...] = ()


def risk_of_point(id: str, guide: Guide) -> Risk:
    """Return how risky a point is to leave unread."""
    point = guide.point(id)
    (row,) = (row for row in guide.typed_rows("points") if row["id"] == id)
    basis = next((each.basis for each in guide.records.places if each.id == id), "estimate")
    hazards = [rule for rule in map(guide.records.rules.get, point.cautions) if rule and _is_hazard(rule)]
    unsure = sum(not each.certain for each in guide.records.referrals if each.point == id)
    value, why = BY_BASIS[basis], [f"{rule.id} {rule.label[:1].lower()}{rule.label[1:]}" for rule in hazards]
    value += FIRST_HAZARD * bool(hazards) + NEXT_HAZARD * len(hazards[1:])
    if _DOUBT.search(row["note"]):
        value += DOUBT
        why.append("its note names a doubt")
    if point.show_only:
        value += NOT_PRESSED
        why.append("shown, not pressed")
    if unsure:
        value += min(MAX_UNCERTAIN, UNCERTAIN_AREA * unsure)
        why.append(f"{unsure} pain area{'s' if unsure > 1 else ''} uncertain")
    if basis != "source":
        why.append("place is our estimate" if basis == "estimate" else "place from general knowledge")
    return Risk(round(value, 2), tuple(why))


def risk_of_rule(rule: Rule, basis: str) -> Risk:
    """Return how risky a rule is to leave unread: its action, and where it comes from."""
    return Risk(BY_ACTION.get(rule.action, 2.0) + BY_BASIS[basis] * 2 / 3)


def _is_hazard(rule: Rule) -> bool:
    return rule.is_anatomical and _HAZARD.search(f"{rule.label} {rule.message}") is not None
