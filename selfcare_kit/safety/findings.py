"""What follows from a safety answer: the areas, tools, positions and pressure it holds back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from selfcare_kit.complaint import Complaint
from selfcare_kit.guide import Guide
from selfcare_kit.model import ACTIONS, Point
from selfcare_kit.tables import Row, split


@dataclass(frozen=True)
class Finding:
    """One question answered yes, and what follows from it.

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
    max_pressure : int, optional
        Highest pressure of 10 inside `applies_to`; None for the guide's own.
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


def safety_row(guide: Guide, id: str) -> Row:
    """Return the row of a red flag or caution.

    Parameters
    ----------
    guide : Guide
        Whose tables are read.
    id : str
        Such as `"R01"` or `"C05"`.

    Returns
    -------
    dict of str to str
        The row.

    Raises
    ------
    UnknownIdError
        If there is none.
    """
    return guide.row("red_flags" if id in guide.rows_by_id["red_flags"] else "cautions", id)


def findings_of(guide: Guide, yes: tuple[str, ...], where: Mapping[str, tuple[str, ...]]) -> tuple[Finding, ...]:
    """Work out what follows from answers.

    Parameters
    ----------
    guide : Guide
        Whose rules count.
    yes : tuple of str
        Ids answered yes.
    where : mapping of str to tuple of str
        Areas an answer was narrowed to.

    Returns
    -------
    tuple of Finding
        Severest first.
    """
    findings = (_finding(guide, id, where.get(id, ())) for id in yes)
    return tuple(sorted(findings, key=lambda each: -ACTIONS.index(each.action)))


def implied_by(complaint: Complaint, guide: Guide) -> dict[str, tuple[str, ...]]:
    """Return the cautions that what a client feels amounts to, whatever was answered, and where.

    Parameters
    ----------
    complaint : Complaint
        A foot that is numb does not feel pressure; a swollen leg is swollen.
    guide : Guide
        Whose sensations say what they imply.

    Returns
    -------
    dict of str to tuple of str
        Areas felt so, of those the caution speaks of, by its id.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in guide.table("sensations"):
        felt = [each.area for each in complaint.areas if row["id"] in each.sensations]
        for id in split(row["implies"]) if felt else ():
            areas = split(safety_row(guide, id)["areas"])
            met = tuple(area for area in felt if area in areas or areas == ("all",))
            if met:
                found[id] = tuple(dict.fromkeys((*found.get(id, ()), *met)))
    return found


def rules_of_place(point: Point, guide: Guide) -> tuple[Finding, ...]:
    """Return the rules that hold at a point in everybody, because of what lies there.

    Parameters
    ----------
    point : Point
        Its cautions of anatomy count.
    guide : Guide
        Whose cautions speak.

    Returns
    -------
    tuple of Finding
        They speak of the point's own area.
    """
    key = f"rules of place {point.id}"
    if key not in guide.cache:
        rows = guide.rows_by_id["cautions"]
        ids = [id for id in point.cautions if id in rows and rows[id]["kind"] in ("anatomy", "both")]
        found = (_finding(guide, id, ()) for id in ids)
        own = frozenset((point.area,))
        guide.cache[key] = tuple(replace(each, applies_to=own, blocked_areas=frozenset()) for each in found)
    return guide.cache[key]


def closed_place(area: str, guide: Guide) -> Finding | None:
    """Return the rule that keeps an area from being pressed in everybody, such as the hollow behind the knee.

    Parameters
    ----------
    area : str
        Area id.
    guide : Guide
        Whose cautions of anatomy speak.

    Returns
    -------
    Finding or None
        None where the area may be pressed.
    """
    if "closed places" not in guide.cache:
        rows = (row for row in guide.table("cautions") if row["kind"] == "anatomy" and row["blocks_area"] == "yes")
        found = (_finding(guide, row["id"], ()) for row in rows)
        guide.cache["closed places"] = {area: each for each in found for area in each.blocked_areas}
    return guide.cache["closed places"].get(area)


def objection_by(findings: Iterable[Finding], area: str, tool: str, position: str, pressure: int, mode: str) -> str:
    """Say why something may not be done in an area, as far as it is about how and not about where.

    Parameters
    ----------
    findings : iterable of Finding
        Those that speak of the area.
    area : str
        Area id.
    tool, position, mode : str
        Ids; empty to leave them out of the question.
    pressure : int
        Of 10; 0 to leave it out.

    Returns
    -------
    str
        The reason and what to do, without a full stop; empty when nothing speaks against it.
    """
    for each in findings:
        if tool in each.blocked_tools:
            return f"the tool {tool} is blocked on {area} by {each.id} ({each.label}); use another tool"
        if mode in each.blocked_modes:
            return f"the mode {mode} is blocked on {area} by {each.id} ({each.label}); use mode hold"
        if position in each.blocked_positions:
            return f"the position {position} is blocked by {each.id} ({each.label}); use another position"
        if each.max_pressure is not None and pressure > each.max_pressure:
            return (
                f"pressure {pressure} is above {each.max_pressure}, the most {each.id} ({each.label}) "
                f"allows on {area}; lower it"
            )
    return ""


def _finding(guide: Guide, id: str, places: tuple[str, ...]) -> Finding:
    row = safety_row(guide, id)
    areas = guide.area_ids if row["areas"] == "all" else split(row["areas"])
    applies_to = frozenset((*areas, *places, *split(row.get("also_in", ""))))
    tools = frozenset(split(row.get("blocks_tools", "")))
    is_red_flag = id in guide.rows_by_id["red_flags"]
    blocks = is_red_flag or row["blocks_area"] == "yes" or row["action"] == "refer"
    return Finding(
        id=id,
        label=row["label"],
        action=row["action"],
        message=row["message"],
        applies_to=applies_to,
        blocked_areas=frozenset(places or areas) if blocks else frozenset(),
        blocked_tools=tools,
        blocked_modes=_modes_without_tools(guide, tools),
        blocked_positions=frozenset(split(row.get("blocks_positions", ""))),
        is_regional=row["where"] == "required",
        max_pressure=int(row["max_pressure"]) if row.get("max_pressure") else None,
    )


def _modes_without_tools(guide: Guide, blocked: frozenset[str]) -> frozenset[str]:
    tools: dict[str, set[str]] = {}
    for row in guide.table("techniques"):
        tools.setdefault(row["mode"], set()).update(split(row["tools"]))
    return frozenset(mode for mode, needed in tools.items() if needed and needed <= blocked)
