"""What the safety answers, the sensations and the anatomy of an area block and limit.

Here a red flag blocks its areas: see `finding_of_rule`. `Screening.areas_blocked_by` opens areas again that a clinician
has agreed to, and `Judge` in `verdict.py` applies all of it to a step.
"""

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

# A limit may name these instead of areas: those that hurt, and those with the points that can explain it.
FELT, EXPLAINED = ("felt",), ("explained",)


class Objection(NamedTuple):
    """Why a step may not be done as it is, and what to do instead.

    `rule` names the rule, such as "C10 (Hip replacement)", that leaves the area or point out however it is worked;
    it is empty when the objection is to how the step is done, or holds in everybody.
    """

    problem: Phrase
    advice: Phrase = ""
    rule: str = ""

    @property
    def phrase(self) -> tuple[str | Named, ...]:
        """Problem and advice as text and named ids."""
        advice = ("; ", *parts_of(self.advice)) if self.advice else ()
        return (*parts_of(self.problem), *advice)

    def __str__(self) -> str:
        return worded(self.phrase)


@dataclass(frozen=True)
class Finding:
    """What one rule asks for, blocks and limits.

    Parameters
    ----------
    id : str
        Red flag or caution, such as `"R01"`.
    label : str
        Its short name.
    action : {"caution", "refer", "urgent", "emergency"}
        The action it asks for.
    message : str
        What the clinician does next.
    applies_to : frozenset of str
        Areas that it applies to.
    blocked_areas : frozenset of str
        Areas that no step may work.
    blocked_tools, blocked_modes, blocked_positions : frozenset of str
        Not allowed inside `applies_to`. A mode is blocked when all its tools are.
    can_be_lifted : bool
        Whether its areas open again when a clinician has agreed: a referral, but not of a region that the client named.
    max_pressure, max_seconds : int, optional
        Highest pressure of 10, and most seconds, inside `applies_to`; None for the guide's own limit.
    points, blocked_points : frozenset of str
        Points that it applies to, and those of them that no step may work, in whatever area they lie.
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
    can_be_lifted: bool = False
    max_pressure: int | None = None
    max_seconds: int | None = None
    points: frozenset[str] = frozenset()
    blocked_points: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset(BODY_SIDES)

    @property
    def name(self) -> str:
        """Id and label."""
        return f"{self.id} ({self.label})"


def findings_of(guide: Guide, yes: Iterable[str], where: Mapping[str, tuple[str, ...]]) -> tuple[Finding, ...]:
    """Return the findings of the rules answered yes, severest first; `where` narrows answers to areas."""
    answered = tuple(yes)
    derived = (
        flag.id
        for flag in guide.records.red_flags.values()
        if flag.all_of and flag.id not in answered and set(flag.all_of) <= set(answered)
    )
    findings = (finding_of_rule(guide, id, where.get(id, ())) for id in (*answered, *derived))
    return tuple(sorted(findings, key=lambda finding: -ACTIONS.index(finding.action)))


def implied_by(complaint: Complaint, guide: Guide) -> dict[str, tuple[str, ...]]:
    """Return the rules that the sensations of a complaint imply, whatever was answered, each with its areas."""
    implied: dict[str, tuple[str, ...]] = {}
    for sensation in guide.records.sensations.values():
        areas = [each.area for each in complaint.areas if sensation.id in each.sensations]
        for id in sensation.implies if areas else ():
            rule = guide.records.rules[id]
            met = tuple(area for area in areas if area in rule.areas or rule.is_everywhere)
            if met:
                implied[id] = tuple(dict.fromkeys((*implied.get(id, ()), *met)))
    return implied


def limits_of(guide: Guide, complaint: Complaint | None, answered: Iterable[str]) -> tuple[Finding, ...]:
    """Return the findings of `limits.csv` for a complaint and the rules that were answered yes."""
    ids = frozenset(answered)
    found = []
    for limit in guide.records.limits:
        if limit.who == "answered" and limit.rule not in ids:
            continue
        met = _areas_meeting(limit, complaint)
        if met is not None:
            found.append(finding_of_limit(guide, limit, met, complaint))
    return tuple(found)


def anatomical_findings(point: str, guide: Guide) -> tuple[Finding, ...]:
    """Return what limits a point in everybody, because of the anatomy there."""
    return _anatomical_findings(guide)[point]


def closed_by(area: str, guide: Guide) -> Finding | None:
    """Return the finding that closes an area in everybody, such as the hollow behind the knee; None if none does."""
    return _closed_areas(guide).get(area)


def objection_to_manner(
    findings: Iterable[Finding], area_id: str, tool: str, position: str, pressure: int, mode: str, seconds: int = 0
) -> Objection | None:
    """Return why a tool, position, mode, pressure or time is not allowed in an area; None when nothing objects."""
    area = Named("area", area_id)
    for finding in findings:
        if tool in finding.blocked_tools:
            problem = ("the tool ", Named("tool", tool), " is blocked on ", area, f" by {finding.name}")
            return Objection(problem, "use another tool")
        if mode in finding.blocked_modes:
            return Objection((f"the mode {mode} is blocked on ", area, f" by {finding.name}"), "use mode hold")
        if position in finding.blocked_positions:
            problem = ("the position ", Named("position", position), f" is blocked by {finding.name}")
            return Objection(problem, "use another position")
        if finding.max_pressure is not None and pressure > finding.max_pressure:
            problem = (f"pressure {pressure} is above {finding.max_pressure}, the most {finding.name} allows on ", area)
            return Objection(problem, "lower it")
        if finding.max_seconds is not None and seconds > finding.max_seconds:
            most = f"{finding.max_seconds}, the most {finding.name} allows on "
            problem = (f"{seconds} seconds are more than {most}", area)
            return Objection(problem, "shorten it")
    return None


@kept_by_guide(at_most=1)
def _anatomical_findings(guide: Guide) -> dict[str, tuple[Finding, ...]]:
    findings = {id: finding_of_rule(guide, id) for id in guide.records.anatomical_rules}
    return {
        point.id: tuple(
            replace(findings[id], applies_to=frozenset((point.area,)), blocked_areas=frozenset())
            for id in point.cautions
            if id in findings
        )
        for point in guide.point_values.values()
    }


@kept_by_guide(at_most=1)
def _closed_areas(guide: Guide) -> dict[str, Finding]:
    closing = (rule for rule in guide.records.cautions.values() if rule.kind == "anatomy" and rule.blocks_area)
    findings = (finding_of_rule(guide, rule.id) for rule in closing)
    return {area: finding for finding in findings for area in finding.blocked_areas}


def finding_of_rule(guide: Guide, id: str, where: tuple[str, ...] = ()) -> Finding:
    """Return what a rule blocks and limits: a red flag always blocks its areas, or those that `where` narrows it to.

    A caution blocks its areas when it asks for a referral or its row says `blocks_area`.
    """
    rule = guide.records.rules[id]
    areas = guide.area_ids if rule.is_everywhere else rule.areas
    tools = frozenset(rule.blocks_tools)
    blocks = rule.is_red_flag or rule.blocks_area or rule.action == "refer"
    return Finding(
        id=id,
        label=rule.label,
        action=rule.action,
        message=rule.message,
        applies_to=frozenset((*areas, *where, *rule.also_in)),
        blocked_areas=frozenset(where or areas) if blocks else frozenset(),
        blocked_tools=tools,
        blocked_modes=_modes_without_tools(guide, tools),
        blocked_positions=frozenset(rule.blocks_positions),
        can_be_lifted=rule.action == "refer" and rule.where != "required",
        max_pressure=rule.max_pressure,
        max_seconds=rule.max_seconds,
    )


def finding_of_limit(
    guide: Guide, limit: Limit, met: tuple[AreaComplaint, ...], complaint: Complaint | None
) -> Finding:
    """Return what a row of `limits.csv` blocks and limits, given the areas of the complaint that meet its condition."""
    felt = tuple(each.area for each in met)
    areas = {ALL: guide.area_ids, FELT: felt, EXPLAINED: felt}.get(limit.areas, limit.areas)
    points = set(limit.points)
    if limit.areas == EXPLAINED and complaint is not None:
        points |= points_explaining(felt, complaint, guide)
    if not areas and not points:
        points = {point.id for point in guide.point_values.values() if limit.rule in point.cautions}
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
        max_pressure=limit.max_pressure,
        max_seconds=limit.max_seconds,
        points=frozenset(points),
        blocked_points=frozenset(points) if limit.blocks else frozenset(),
        sides=sides,
    )


def _areas_meeting(limit: Limit, complaint: Complaint | None) -> tuple[AreaComplaint, ...] | None:
    """Return the areas of a complaint that meet a limit's condition, `()` when it has none; None when none does."""
    areas, sensations, pain = limit.felt_in, limit.felt, limit.pain_min
    # A limit on the areas that hurt, or that explain it, needs some complaint.
    if not areas and not sensations and pain is None and limit.areas not in (FELT, EXPLAINED):
        return ()
    met = tuple(
        each
        for each in (complaint.areas if complaint else ())
        if (not areas or areas == ALL or each.area in areas)
        and (not sensations or not set(sensations).isdisjoint(each.sensations))
        and (pain is None or (each.pain is not None and each.pain >= pain))
    )
    return met or None


def _modes_without_tools(guide: Guide, blocked: frozenset[str]) -> frozenset[str]:
    if not blocked:
        return frozenset()
    tools = guide.records.tools_of_modes
    return frozenset(mode for mode, needed in tools.items() if needed and needed <= blocked)
