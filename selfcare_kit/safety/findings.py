"""What follows from the safety answers, from what is felt and from what lies at a place, and what it holds back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from selfcare_kit.errors import Named, Phrase, parts_of, worded
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.records import ALL, Limit
from selfcare_kit.model.actions import ACTIONS
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.sides import BODY_SIDES, sides_touched
from selfcare_kit.safety.explained import points_explaining

# What may stand in the areas of a limit instead of areas.
FELT, EXPLAINED = ("felt",), ("explained",)


class Objection(NamedTuple):
    """Why a step may not be done as it is, and what to do instead.

    `rule` is what objects, such as "C10 (Hip replacement)", where it leaves the place out altogether, whatever is
    done there; empty where the objection is to how it is done, or everybody's.
    """

    problem: Phrase
    advice: Phrase = ""
    rule: str = ""

    @property
    def phrase(self) -> tuple[str | Named, ...]:
        """Problem and advice, with the ids apart from the words."""
        advice = ("; ", *parts_of(self.advice)) if self.advice else ()
        return (*parts_of(self.problem), *advice)

    def __str__(self) -> str:
        return worded(self.phrase)


@dataclass(frozen=True)
class Finding:
    """What one rule asks for and holds back.

    Parameters
    ----------
    id : str
        Red flag or caution, such as `"R01"`.
    label : str
        Short name of it.
    action : {"caution", "refer", "urgent", "emergency"}
        What it asks for.
    message : str
        What the clinician does next.
    applies_to : frozenset of str
        Areas it speaks of.
    blocked_areas : frozenset of str
        Areas left out of every routine.
    blocked_tools, blocked_modes, blocked_positions : frozenset of str
        Left out inside `applies_to`. A mode is blocked when all its tools are.
    is_regional : bool
        Whether it speaks of one region of this client, which stays blocked whoever agrees.
    max_pressure, max_seconds : int, optional
        Highest pressure of 10, and longest work in seconds, inside `applies_to`; None for the guide's own.
    points, blocked_points : frozenset of str
        Points of which it speaks, and those it leaves out, wherever they lie.
    sides : frozenset of {"left", "right"}
        Sides of the body on which it holds.
    """

    id: str
    label: str
    action: str
    message: str
    applies_to: frozenset[str] = frozenset()
    blocked_areas: frozenset[str] = frozenset()
    blocked_tools: frozenset[str] = frozenset()
    blocked_modes: frozenset[str] = frozenset()
    blocked_positions: frozenset[str] = frozenset()
    is_regional: bool = False
    max_pressure: int | None = None
    max_seconds: int | None = None
    points: frozenset[str] = frozenset()
    blocked_points: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset(BODY_SIDES)

    @property
    def name(self) -> str:
        """Its id with its label."""
        return f"{self.id} ({self.label})"


def findings_of(guide: Guide, yes: Iterable[str], where: Mapping[str, tuple[str, ...]]) -> tuple[Finding, ...]:
    """Return what follows from answers, severest first.

    `where` holds the areas that answers were narrowed to.
    """
    answered = tuple(yes)
    derived = (
        flag.id
        for flag in guide.records.red_flags.values()
        if flag.all_of and flag.id not in answered and set(flag.all_of) <= set(answered)
    )
    findings = (_finding(guide, id, where.get(id, ())) for id in (*answered, *derived))
    return tuple(sorted(findings, key=lambda each: -ACTIONS.index(each.action)))


def implied_by(complaint: Complaint, guide: Guide) -> dict[str, tuple[str, ...]]:
    """Return the cautions that what a client feels amounts to, whatever was answered, each with the areas felt so."""
    found: dict[str, tuple[str, ...]] = {}
    for sensation in guide.records.sensations.values():
        felt = [each.area for each in complaint.areas if sensation.id in each.sensations]
        for id in sensation.implies if felt else ():
            rule = guide.records.rules[id]
            met = tuple(area for area in felt if area in rule.areas or rule.is_everywhere)
            if met:
                found[id] = tuple(dict.fromkeys((*found.get(id, ()), *met)))
    return found


def limits_of(guide: Guide, complaint: Complaint | None, answered: Iterable[str]) -> tuple[Finding, ...]:
    """Return what the rows of `limits.csv` hold back for a complaint, under the rules that were answered yes."""
    ids = frozenset(answered)
    found = []
    for limit in guide.records.limits:
        if limit.who == "answered" and limit.rule not in ids:
            continue
        met = _meeting(limit, complaint)
        if met is not None:
            found.append(_limit(guide, limit, met, complaint))
    return tuple(found)


def rules_of_place(point: str, guide: Guide) -> tuple[Finding, ...]:
    """Return the rules that hold at a point in everybody, because of what lies there."""
    return _rules_of_places(guide)[point]


def closed_place(area: str, guide: Guide) -> Finding | None:
    """Return the rule that keeps an area from being pressed in everybody, such as the hollow behind the knee."""
    return _closed_places(guide).get(area)


def objection_by(
    findings: Iterable[Finding], where: str, tool: str, position: str, pressure: int, mode: str, seconds: int = 0
) -> Objection | None:
    """Return why something may not be done somewhere, as far as it is about how; None when it may.

    What is empty or 0 is left out of the question.
    """
    area = Named("area", where)
    for each in findings:
        if tool in each.blocked_tools:
            problem = ("the tool ", Named("tool", tool), " is blocked on ", area, f" by {each.name}")
            return Objection(problem, "use another tool")
        if mode in each.blocked_modes:
            return Objection((f"the mode {mode} is blocked on ", area, f" by {each.name}"), "use mode hold")
        if position in each.blocked_positions:
            problem = ("the position ", Named("position", position), f" is blocked by {each.name}")
            return Objection(problem, "use another position")
        if each.max_pressure is not None and pressure > each.max_pressure:
            problem = (f"pressure {pressure} is above {each.max_pressure}, the most {each.name} allows on ", area)
            return Objection(problem, "lower it")
        if each.max_seconds is not None and seconds > each.max_seconds:
            problem = (f"{seconds} seconds are more than {each.max_seconds}, the most {each.name} allows on ", area)
            return Objection(problem, "shorten it")
    return None


@kept_by_guide(at_most=1)
def _rules_of_places(guide: Guide) -> dict[str, tuple[Finding, ...]]:
    rules = {id: _finding(guide, id, ()) for id in guide.records.anatomical_rules}
    return {
        each.id: tuple(
            replace(rules[id], applies_to=frozenset((each.area,)), blocked_areas=frozenset())
            for id in each.cautions
            if id in rules
        )
        for each in guide.point_values.values()
    }


@kept_by_guide(at_most=1)
def _closed_places(guide: Guide) -> dict[str, Finding]:
    closing = (rule for rule in guide.records.cautions.values() if rule.kind == "anatomy" and rule.blocks_area)
    found = (_finding(guide, rule.id, ()) for rule in closing)
    return {area: each for each in found for area in each.blocked_areas}


def _finding(guide: Guide, id: str, places: tuple[str, ...]) -> Finding:
    rule = guide.records.rules[id]
    areas = guide.area_ids if rule.is_everywhere else rule.areas
    tools = frozenset(rule.blocks_tools)
    blocks = rule.is_red_flag or rule.blocks_area or rule.action == "refer"
    return Finding(
        id=id,
        label=rule.label,
        action=rule.action,
        message=rule.message,
        applies_to=frozenset((*areas, *places, *rule.also_in)),
        blocked_areas=frozenset(places or areas) if blocks else frozenset(),
        blocked_tools=tools,
        blocked_modes=_modes_without_tools(guide, tools),
        blocked_positions=frozenset(rule.blocks_positions),
        is_regional=rule.where == "required",
        max_pressure=rule.max_pressure,
        max_seconds=rule.max_seconds,
    )


def _limit(guide: Guide, limit: Limit, met: tuple[AreaComplaint, ...], complaint: Complaint | None) -> Finding:
    """Return what a row of `limits.csv` holds back where the areas that met its condition hurt."""
    felt = tuple(each.area for each in met)
    areas = {ALL: guide.area_ids, FELT: felt, EXPLAINED: felt}.get(limit.areas, limit.areas)
    points = set(limit.points)
    if limit.areas == EXPLAINED and complaint is not None:
        points |= points_explaining(felt, complaint, guide)
    if not areas and not points:
        points = {each.id for each in guide.point_values.values() if limit.rule in each.cautions}
    tools = frozenset(limit.blocks_tools)
    sides = frozenset(side for each in met for side in sides_touched(each.side)) or frozenset(BODY_SIDES)
    rule = guide.records.rules[limit.rule]
    return Finding(
        id=limit.rule,
        label=rule.label,
        action="caution",
        message=limit.message or rule.message,
        applies_to=frozenset(areas),
        blocked_areas=frozenset(areas) if limit.blocks else frozenset(),
        blocked_tools=tools,
        blocked_modes=_modes_without_tools(guide, tools),
        blocked_positions=frozenset(limit.blocks_positions),
        # What is held back under a condition is not given back by initials.
        is_regional=True,
        max_pressure=limit.max_pressure,
        max_seconds=limit.max_seconds,
        points=frozenset(points),
        blocked_points=frozenset(points) if limit.blocks else frozenset(),
        sides=sides,
    )


def _meeting(limit: Limit, complaint: Complaint | None) -> tuple[AreaComplaint, ...] | None:
    """Return the areas of a complaint that meet a row's condition, none where it has no condition; None if unmet."""
    places, sensations, pain = limit.felt_in, limit.felt, limit.pain_min
    # What holds where something is felt asks for a complaint, whatever it is.
    if not places and not sensations and pain is None and limit.areas not in (FELT, EXPLAINED):
        return ()
    met = tuple(
        each
        for each in (complaint.areas if complaint else ())
        if (not places or places == ALL or each.area in places)
        and (not sensations or not set(sensations).isdisjoint(each.sensations))
        and (pain is None or (each.pain is not None and each.pain >= pain))
    )
    return met or None


def _modes_without_tools(guide: Guide, blocked: frozenset[str]) -> frozenset[str]:
    if not blocked:
        return frozenset()
    tools = guide.records.tools_of_modes
    return frozenset(mode for mode, needed in tools.items() if needed and needed <= blocked)
