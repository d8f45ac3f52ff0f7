"""What follows from a safety answer: the areas, tools, positions and pressure it holds back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfcare_kit.guide import Guide
from selfcare_kit.model import ACTIONS
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


def _finding(guide: Guide, id: str, places: tuple[str, ...]) -> Finding:
    row = safety_row(guide, id)
    areas = guide.area_ids if row["areas"] == "all" else split(row["areas"])
    applies_to = frozenset(areas) | frozenset(places)
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
