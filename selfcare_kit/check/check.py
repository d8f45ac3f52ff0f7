"""`check_guide`: all problems of a guide folder, for its author.

The problems that keep a guide from being loaded come from `selfcare_kit.guide.problems`. What is added here refuses
nothing: places that lie off the body or elsewhere than said, rows that do not fit each other, and notes on short texts
that are too long, points and cautions that nothing uses, rules that leave no way to work a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from selfcare_kit.check.lengths import check_lengths
from selfcare_kit.check.places import check_places
from selfcare_kit.check.unused import check_unused
from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.problems.find import Problem, find_problems
from selfcare_kit.guide.problems.rows import check_rows
from selfcare_kit.guide.records import Limit, Rule
from selfcare_kit.plan.dosing import own_step
from selfcare_kit.plan.templates import template
from selfcare_kit.safety.findings import anatomical_findings
from selfcare_kit.safety.screening import screen
from selfcare_kit.safety.verdict import Judge


def check_guide(folder: str | Path) -> list[Problem]:
    """List the problems of a guide folder.

    Parameters
    ----------
    folder : str or Path
        A folder with `guide.toml` and the tables.

    Returns
    -------
    list of Problem
        In the order of the files; empty when there is none. Those with `is_note` are no mistakes by themselves:
        a text that a language lacks or that is too long for the page, a row that nothing leads to, a rule that
        leaves no way to work a point, or a sequence of the guide's own that its rules refuse. A guide with a place
        off the body, or with rows that do not fit each other, can be loaded, too.

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
    problems += misplaced(guide)
    return [*problems, *_check_template(guide), *check_lengths(guide), *check_unused(guide), *_check_ways(guide)]


def mistakes_in(folder: Path) -> list[Problem]:
    """Return the problems that `check_guide` lists and that are no notes, which takes a fraction of the time."""
    problems = [problem for problem in find_problems(folder) if not problem.is_note]
    return problems or [problem for problem in misplaced(Guide(folder)) if not problem.is_note]


def misplaced(guide: Guide) -> list[Problem]:
    """Return what is wrong with a guide that can be loaded: rows that do not fit each other, places elsewhere."""
    return [*check_rows(guide), *check_places(guide)]


def _check_template(guide: Guide) -> Iterator[Problem]:
    """Note a sequence of the guide's own that its rules refuse for everybody."""
    if "template" not in guide.settings:
        return
    try:
        template(guide=guide)
    except SelfcareError as error:
        message = f"cannot be used, and so there is no leaflet: {error}"
        yield Problem("guide.toml", None, "template.steps", message, is_note=True)


class _AnsweredRule(NamedTuple):
    """A rule, the answers from which it follows, the areas they may be narrowed to, and the row of the rule."""

    id: str
    yes: tuple[str, ...]
    wheres: tuple[dict[str, tuple[str, ...]], ...]
    file: str
    row: int


def _check_ways(guide: Guide) -> Iterator[Problem]:
    """Yield a note for each rule that leaves no way to work a point, though it does not block the point."""
    judge = Judge(guide, None, None)
    pressed = [
        point for point in guide.point_values.values() if judge.verdict(own_step(point, "both")).status != "show_only"
    ]
    stuck_in_everybody = _stuck(pressed, judge)
    yield from _notes_for_everybody(stuck_in_everybody, judge)
    noted: dict[str, set[str]] = {}
    for rule in _answered_rules(guide):
        # A rule that follows from several answers repeats no note of one of them.
        known = {point for id in rule.yes if id != rule.id for point in noted.get(id, ())}
        points = [point for point in pressed if point not in stuck_in_everybody and point.id not in known]
        screenings = (screen(rule.yes, where, "check", guide=guide) for where in rule.wheres)
        judges = (Judge(guide, None, screening) for screening in screenings)
        stuck = {point.id: point for each in judges for point in _stuck(points, each)}
        noted[rule.id] = set(stuck)
        if stuck:
            yield _note(rule.file, rule.row, (rule.id,), stuck.values())


def _stuck(points: Iterable[Point], judge: Judge) -> list[Point]:
    """Return the points without any tool or position that is allowed, though they are not left out."""
    return [
        point
        for point in points
        if judge.verdict(own_step(point, "both")).step is None and not judge.is_left_out(point, "both")
    ]


def _notes_for_everybody(stuck: Iterable[Point], judge: Judge) -> Iterator[Problem]:
    """Yield a note for each set of anatomical rules that leaves no way to work some points, whatever is answered."""
    by_rules: dict[tuple[str, ...], list[Point]] = {}
    for point in stuck:
        applying = (*anatomical_findings(point.id, judge.guide), *judge.applying_to(point, "hold", "both"))
        blocking = (finding.id for finding in applying if finding.blocked_tools or finding.blocked_positions)
        by_rules.setdefault(tuple(dict.fromkeys(blocking)), []).append(point)
    numbers = {id: number for number, id in enumerate(judge.guide.records.cautions, start=2)}
    for ids, points in by_rules.items():
        yield _note("cautions.csv", numbers.get(ids[0]) if ids else None, ids, points, "in anybody ")


def _answered_rules(guide: Guide) -> Iterator[_AnsweredRule]:
    """Yield every rule that follows from answers and that may block a tool or a position."""
    records = guide.records
    with_limits = {limit.rule for limit in records.limits if _blocks_manner(limit)}
    asked = {rule.id for rule in records.asked_rules}
    for table, rules in {"red_flags": records.red_flags, "cautions": records.cautions}.items():
        for number, rule in enumerate(rules.values(), start=2):
            yes = (rule.id,) if rule.id in asked else rule.all_of
            if not (set(yes) <= asked and yes) or not (_blocks_manner(rule) or rule.id in with_limits):
                continue
            yield _AnsweredRule(rule.id, yes, _wheres(yes, guide), f"{table}.csv", number)


def _wheres(yes: Iterable[str], guide: Guide) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return the areas that answers can be narrowed to, one at a time, when one has to be named."""
    rules = [rule for rule in (guide.records.rules[id] for id in yes) if rule.where == "required"]
    allowed = {rule.id: guide.area_ids if rule.is_everywhere else rule.areas or guide.area_ids for rule in rules}
    every = dict.fromkeys(area for areas in allowed.values() for area in areas)
    wheres = ({id: (area if area in areas else areas[0],) for id, areas in allowed.items()} for area in every)
    return tuple(wheres) if rules else ({},)


def _blocks_manner(record: Rule | Limit) -> bool:
    return bool(record.blocks_tools or record.blocks_positions)


def _note(file: str, row: int | None, ids: tuple[str, ...], points: Iterable[Point], whom: str = "") -> Problem:
    named = ", ".join(point.id for point in points)
    rules = " and ".join(ids) or "the techniques of this guide"
    message = (
        f"{rules} leave{'s' if len(ids) == 1 else ''} no way {whom}to do {named}; "
        "give them another tool or position, or block them."
    )
    return Problem(file, row, "", message, is_note=True)
