"""What follows from the safety answers, from what is felt and from what lies at a place, and what it holds back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from selfcare_kit.errors import Named, Phrase, parts_of, worded
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import ACTIONS
from selfcare_kit.guide.schema import Row, split
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.sides import BODY_SIDES, sides_touched
from selfcare_kit.safety.explained import points_explaining


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


def safety_row(guide: Guide, id: str) -> Row:
    """Return the row of a red flag or caution."""
    return guide.row("red_flags" if id in guide.rows_by_id["red_flags"] else "cautions", id)


def findings_of(guide: Guide, yes: Iterable[str], where: Mapping[str, tuple[str, ...]]) -> tuple[Finding, ...]:
    """Return what follows from answers, severest first.

    `where` holds the areas that answers were narrowed to.
    """
    answered = tuple(yes)
    derived = (
        row["id"]
        for row in guide.table("red_flags")
        if row["all_of"] and row["id"] not in answered and set(split(row["all_of"])) <= set(answered)
    )
    findings = (_finding(guide, id, where.get(id, ())) for id in (*answered, *derived))
    return tuple(sorted(findings, key=lambda each: -ACTIONS.index(each.action)))


def implied_by(complaint: Complaint, guide: Guide) -> dict[str, tuple[str, ...]]:
    """Return the cautions that what a client feels amounts to, whatever was answered, each with the areas felt so."""
    found: dict[str, tuple[str, ...]] = {}
    for row in guide.table("sensations"):
        felt = [each.area for each in complaint.areas if row["id"] in each.sensations]
        for id in split(row["implies"]) if felt else ():
            areas = split(safety_row(guide, id)["areas"])
            met = tuple(area for area in felt if area in areas or areas == ("all",))
            if met:
                found[id] = tuple(dict.fromkeys((*found.get(id, ()), *met)))
    return found


def limits_of(guide: Guide, complaint: Complaint | None, answered: Iterable[str]) -> tuple[Finding, ...]:
    """Return what the rows of `limits.csv` hold back for a complaint, under the rules that were answered yes."""
    ids = frozenset(answered)
    found = []
    for row in guide.table("limits"):
        if row["who"] == "answered" and row["rule"] not in ids:
            continue
        met = _meeting(row, complaint)
        if met is not None:
            found.append(_limit(guide, row, met, complaint))
    return tuple(found)


def rules_of_place(point: str, guide: Guide) -> tuple[Finding, ...]:
    """Return the rules that hold at a point in everybody, because of what lies there."""
    if "rules of place" not in guide.cache:
        rules = {id: _finding(guide, id, ()) for id in _ids_of_anatomy(guide)}
        guide.cache["rules of place"] = {
            each.id: tuple(
                replace(rules[id], applies_to=frozenset((each.area,)), blocked_areas=frozenset())
                for id in each.cautions
                if id in rules
            )
            for each in guide.point_values.values()
        }
    return guide.cache["rules of place"][point]


def closed_place(area: str, guide: Guide) -> Finding | None:
    """Return the rule that keeps an area from being pressed in everybody, such as the hollow behind the knee."""
    if "closed places" not in guide.cache:
        rows = (row for row in guide.table("cautions") if row["kind"] == "anatomy" and row["blocks_area"] == "yes")
        found = (_finding(guide, row["id"], ()) for row in rows)
        guide.cache["closed places"] = {area: each for each in found for area in each.blocked_areas}
    return guide.cache["closed places"].get(area)


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


def _ids_of_anatomy(guide: Guide) -> frozenset[str]:
    return frozenset(row["id"] for row in guide.table("cautions") if row["kind"] in ("anatomy", "both"))


def _finding(guide: Guide, id: str, places: tuple[str, ...]) -> Finding:
    row = safety_row(guide, id)
    areas = guide.area_ids if row["areas"] == "all" else split(row["areas"])
    tools = frozenset(split(row.get("blocks_tools", "")))
    is_red_flag = id in guide.rows_by_id["red_flags"]
    blocks = is_red_flag or row["blocks_area"] == "yes" or row["action"] == "refer"
    return Finding(
        id=id,
        label=row["label"],
        action=row["action"],
        message=row["message"],
        applies_to=frozenset((*areas, *places, *split(row.get("also_in", "")))),
        blocked_areas=frozenset(places or areas) if blocks else frozenset(),
        blocked_tools=tools,
        blocked_modes=_modes_without_tools(guide, tools),
        blocked_positions=frozenset(split(row.get("blocks_positions", ""))),
        is_regional=row["where"] == "required",
        max_pressure=_number(row, "max_pressure"),
        max_seconds=_number(row, "max_seconds"),
    )


def _limit(guide: Guide, row: Row, met: tuple[AreaComplaint, ...], complaint: Complaint | None) -> Finding:
    """Return what a row of `limits.csv` holds back where the areas that met its condition hurt."""
    felt = tuple(each.area for each in met)
    areas = {"all": guide.area_ids, "felt": felt, "explained": felt}.get(row["areas"], split(row["areas"]))
    points = set(split(row["points"]))
    if row["areas"] == "explained" and complaint is not None:
        points |= points_explaining(felt, complaint, guide)
    if not areas and not points:
        points = {each.id for each in guide.point_values.values() if row["rule"] in each.cautions}
    tools = frozenset(split(row["blocks_tools"]))
    sides = frozenset(side for each in met for side in sides_touched(each.side)) or frozenset(BODY_SIDES)
    blocks = row["blocks"] == "yes"
    rule = safety_row(guide, row["rule"])
    return Finding(
        id=row["rule"],
        label=rule["label"],
        action="caution",
        message=row["message"] or rule["message"],
        applies_to=frozenset(areas),
        blocked_areas=frozenset(areas) if blocks else frozenset(),
        blocked_tools=tools,
        blocked_modes=_modes_without_tools(guide, tools),
        blocked_positions=frozenset(split(row["blocks_positions"])),
        # What is held back under a condition is not given back by initials.
        is_regional=True,
        max_pressure=_number(row, "max_pressure"),
        max_seconds=_number(row, "max_seconds"),
        points=frozenset(points),
        blocked_points=frozenset(points) if blocks else frozenset(),
        sides=sides,
    )


def _meeting(row: Row, complaint: Complaint | None) -> tuple[AreaComplaint, ...] | None:
    """Return the areas of a complaint that meet a row's condition, none where it has no condition; None if unmet."""
    places, sensations, pain = split(row["felt_in"]), split(row["felt"]), _number(row, "pain_min")
    # What holds where something is felt asks for a complaint, whatever it is.
    if not places and not sensations and pain is None and row["areas"] not in ("felt", "explained"):
        return ()
    met = tuple(
        each
        for each in (complaint.areas if complaint else ())
        if (not places or places == ("all",) or each.area in places)
        and (not sensations or not set(sensations).isdisjoint(each.sensations))
        and (pain is None or (each.pain is not None and each.pain >= pain))
    )
    return met or None


def _number(row: Row, column: str) -> int | None:
    return int(row[column]) if row.get(column) else None


def _modes_without_tools(guide: Guide, blocked: frozenset[str]) -> frozenset[str]:
    if not blocked:
        return frozenset()
    tools: dict[str, set[str]] = {}
    for row in guide.table("techniques"):
        tools.setdefault(row["mode"], set()).update(split(row["tools"]))
    return frozenset(mode for mode, needed in tools.items() if needed and needed <= blocked)
