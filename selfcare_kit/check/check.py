"""Telling an author of a guide what is wrong, too long or unused, and which rules leave a point without a way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from selfcare_kit.check.lengths import check_lengths
from selfcare_kit.check.unused import check_unused
from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.problems.find import Problem, find_problems
from selfcare_kit.guide.records import Point
from selfcare_kit.guide.rows import Limit, Rule
from selfcare_kit.plan.dosing import own_step
from selfcare_kit.plan.templates import template
from selfcare_kit.safety.findings import rules_of_place
from selfcare_kit.safety.screening import screen
from selfcare_kit.safety.verdict import Judge


def check_guide(folder: str | Path) -> list[Problem]:
    """List what is wrong in a guide folder.

    Parameters
    ----------
    folder : str or Path
        A folder with `guide.toml` and the tables.

    Returns
    -------
    list of Problem
        In the order of the files; empty when the guide is fine. Those that are only notes, such as texts a
        language still lacks or that are too long for their place on the page, a row that nothing leads to, a rule
        that leaves points without any way to do them, or a sequence of the guide's own that its rules refuse, do not
        keep the guide from being used.

    Examples
    --------
    >>> from selfcare_kit.guide.data import data_folder
    >>> [problem for problem in check_guide(data_folder() / "hip_and_leg") if not problem.is_note]
    []
    """
    problems = find_problems(folder)
    if any(not problem.is_note for problem in problems):
        return problems
    guide = Guide(Path(folder))
    return [*problems, *_template_refused(guide), *check_lengths(guide), *check_unused(guide), *_ways_left(guide)]


def _template_refused(guide: Guide) -> Iterator[Problem]:
    """Tell of a sequence of the guide's own that its rules of places do not allow in anybody."""
    if "template" not in guide.settings:
        return
    try:
        template(guide=guide)
    except SelfcareError as error:
        message = f"cannot be used, and so there is no leaflet: {error}"
        yield Problem("guide.toml", None, "template.steps", message, is_note=True)


class _Answered(NamedTuple):
    """A rule, the answers that bring it about, the places they may speak of, and where its row stands."""

    id: str
    yes: tuple[str, ...]
    wheres: tuple[dict[str, tuple[str, ...]], ...]
    file: str
    row: int


def _ways_left(guide: Guide) -> Iterator[Problem]:
    """Tell which rules leave a point without any way to do it, and do not say that it is left out."""
    judge = Judge(guide, None, None)
    pressed = [
        each for each in guide.point_values.values() if judge.verdict(own_step(each, "both")).status != "show_only"
    ]
    stuck = _without_a_way(pressed, judge)
    yield from _in_everybody(stuck, judge)
    told: dict[str, set[str]] = {}
    for rule in _rules(guide):
        # What a part of a rule leaves without a way is told of the part.
        known = {point for id in rule.yes if id != rule.id for point in told.get(id, ())}
        points = [each for each in pressed if each not in stuck and each.id not in known]
        screenings = (screen(rule.yes, where, "check", guide=guide) for where in rule.wheres)
        left = {each.id: each for held in screenings for each in _without_a_way(points, Judge(guide, None, held))}
        told[rule.id] = set(left)
        if left:
            yield _note(rule.file, rule.row, (rule.id,), left.values())


def _without_a_way(points: Iterable[Point], judge: Judge) -> list[Point]:
    """Return the points that no tool and no position is left for, though nothing leaves them out."""
    return [
        each
        for each in points
        if judge.verdict(own_step(each, "both")).step is None and not judge.leaves_out(each, "both")
    ]


def _in_everybody(stuck: Iterable[Point], judge: Judge) -> Iterator[Problem]:
    by_rules: dict[tuple[str, ...], list[Point]] = {}
    for point in stuck:
        speaking = (*rules_of_place(point.id, judge.guide), *judge.speaking_of(point, "hold", "both"))
        holding = (each.id for each in speaking if each.blocked_tools or each.blocked_positions)
        by_rules.setdefault(tuple(dict.fromkeys(holding)), []).append(point)
    numbers = {id: number for number, id in enumerate(judge.guide.records.cautions, start=2)}
    for ids, points in by_rules.items():
        yield _note("cautions.csv", numbers.get(ids[0]) if ids else None, ids, points, "in anybody ")


def _rules(guide: Guide) -> Iterator[_Answered]:
    """Yield every rule that an answer brings about and that could hold back a tool or a position."""
    records = guide.records
    holding = {limit.rule for limit in records.limits if _holds_how(limit)}
    asked = {rule.id for rule in records.asked_rules}
    for table, rules in {"red_flags": records.red_flags, "cautions": records.cautions}.items():
        for number, rule in enumerate(rules.values(), start=2):
            yes = (rule.id,) if rule.id in asked else rule.all_of
            if not (set(yes) <= asked and yes) or not (_holds_how(rule) or rule.id in holding):
                continue
            yield _Answered(rule.id, yes, _wheres(yes, guide), f"{table}.csv", number)


def _wheres(yes: Iterable[str], guide: Guide) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return what may be said of where answers hold: each area by itself, where one has to be named."""
    rules = [rule for rule in (guide.records.rules[id] for id in yes) if rule.where == "required"]
    allowed = {rule.id: guide.area_ids if rule.is_everywhere else rule.areas or guide.area_ids for rule in rules}
    places = dict.fromkeys(area for areas in allowed.values() for area in areas)
    named = ({id: (area if area in areas else areas[0],) for id, areas in allowed.items()} for area in places)
    return tuple(named) if rules else ({},)


def _holds_how(row: Rule | Limit) -> bool:
    return bool(row.blocks_tools or row.blocks_positions)


def _note(file: str, row: int | None, ids: tuple[str, ...], points: Iterable[Point], whom: str = "") -> Problem:
    named = ", ".join(each.id for each in points)
    rules = " and ".join(ids) or "the techniques of this guide"
    message = (
        f"{rules} leave{'s' if len(ids) == 1 else ''} no way {whom}to do {named}; "
        "give them another tool or position, or block them."
    )
    return Problem(file, row, "", message, is_note=True)
