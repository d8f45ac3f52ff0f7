"""What must hold for every guide, complaint and answer: offered means addable means printable, and by the tables."""

from __future__ import annotations

import contextlib
import random
from dataclasses import replace
from itertools import product

import cases
import edits
import plain_rules

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, ReferralRequired, SelfcareError
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import own_step
from selfcare_kit.safety.verdict import Judge


def broken(guide, complaint, yes, agreed_by="AB", narrow=False, page=False):
    """Every promise that does not hold for one complaint and its answers, in short sentences."""
    screening = cases.answered(guide, complaint, yes, agreed_by, narrow)
    found = kit.suggest(complaint, screening=screening, guide=guide)
    answers = plain_rules.Answers(complaint, tuple(yes), dict(screening.where), bool(agreed_by))
    told = []
    empty = kit.Routine(complaint=found.complaint, screening=found.screening, guide=guide)
    judge = Judge.of(guide, found.complaint, screening)
    for each in found:
        if each.is_offered:
            told += _not_kept(guide, judge, answers, empty, each)
        else:
            told += _held_back_without_need(guide, judge, answers, empty, each)
            told += _other_tool_not_kept(guide, answers, empty, each)
    told += _top_not_kept(found, page)
    return told


def _not_kept(guide, judge, answers, empty, each):
    """An offered point can be added by itself, is the step that was offered, and nothing is said against it."""
    if each.step is None:
        yield f"{each.point} is offered without a step"
        return
    for how, make in (
        ("add", lambda: empty.add(each.point, side=each.side)),
        ("from_suggestions", lambda: kit.Routine.from_suggestions([each])),
    ):
        try:
            routine = make()
        except SelfcareError as error:
            yield f"{each.point} is offered, but {how} says: {error}"
            continue
        (step,) = routine.steps
        if step != each.step:
            yield f"{each.point} is offered as {each.step}, but {how} gives {step}"
        yield from _not_printable(routine)
    against = plain_rules.forbidden(guide, answers, each.step)
    if against:
        yield f"{each.point} is offered as {each.step} against {sorted(against)}"
    verdict = judge.verdict(each.step)
    if verdict != ("allowed", each.step, None):
        yield f"{each.point} is offered as {each.step}, of which the judge says {verdict}"


def _not_printable(routine):
    """Nothing keeps a page back but what has to be looked at first, which is about the client and not a step."""
    if routine.side_conflicts:
        yield f"steps lie on a side on which nothing hurts: {routine.side_conflicts}"
    try:
        routine.require_clearance()
    except ReferralRequired:
        pass
    except SelfcareError as error:
        yield f"a routine of what is offered cannot be printed: {error}"


def _held_back_without_need(guide, judge, answers, empty, each):
    """What is not offered cannot be added, and no way to do it would be allowed."""
    try:
        empty.add(each.point, side=each.side)
    except BlockedError:
        pass
    else:
        yield f"{each.point} is {each.status}, but can be added"
    for step in ways(guide, each.point, each.side):
        if judge.verdict(step).status == "allowed":
            yield f"{each.point} is {each.status}, but {step} is allowed"
            return
        if not plain_rules.forbidden(guide, answers, step):
            yield f"{each.point} is {each.status}, and no table speaks against {step}"
            return


def _other_tool_not_kept(guide, answers, empty, each):
    """Another tool that is proposed for a blocked point can be added, and no table speaks against it."""
    other = each.alternative
    if other is None:
        return
    try:
        routine = empty.add(each.point, side=each.side, tool=other.tool)
    except SelfcareError as error:
        yield f"{each.point} is proposed with {other}, but add says: {error}"
        return
    (step,) = routine.steps
    if (step.tool, step.position, step.mode) != (other.tool, other.position, other.mode):
        yield f"{each.point} is proposed with {other}, but add gives {step}"
    against = plain_rules.forbidden(guide, answers, step)
    if against:
        yield f"{each.point} is proposed as {step} against {sorted(against)}"
    yield from _not_printable(routine)


def ways(guide, point, side):
    """The lightest steps in which a point can be done by the guide's techniques."""
    own = guide.point(point)
    for mode, tool in product(dict.fromkeys((own.mode, "hold")), own.tools):
        with_tool = [row for row in guide.table("techniques") if tool in row["tools"].split(";")]
        rows = [row for row in with_tool if row["mode"] == mode]
        # What its own technique says of a tool goes before what others say of it, whatever the mode.
        rows = rows and ([row for row in with_tool if row["id"] == own.technique] or rows)
        for position in {place for row in rows for place in row["positions"].split(";") if place}:
            yield replace(own_step(own, side), mode=mode, tool=tool, position=position, pressure=1, seconds=1)


def _top_not_kept(found, page):
    top = found.top(5)
    if not len(top):
        return
    try:
        routine = kit.Routine.from_suggestions(top, title="Hip and leg", code="C-104")
    except SelfcareError as error:
        yield f"the best five cannot be one routine: {error}"
        return
    yield from _not_printable(routine)
    if page:
        with contextlib.suppress(ReferralRequired):
            routine.to_html()


def unsound_verdicts(guide, complaint, yes, chance: random.Random, count=20):
    """Whatever step is asked about: its verdict is stable, milder steps are allowed too, a mirror changes nothing."""
    screening = cases.answered(guide, complaint, yes)
    mirror = cases.mirrored(complaint)
    judge = Judge.of(guide, guide.complaint(complaint), screening)
    other = Judge.of(guide, guide.complaint(mirror), screening)
    answers = plain_rules.Answers(complaint, tuple(yes), dict(screening.where))
    for step in (some_step(guide, chance) for _ in range(count)):
        verdict = judge.verdict(step)
        against = plain_rules.forbidden(guide, answers, step)
        if (verdict.status == "allowed") == bool(against):
            yield f"{step} is {verdict.status} ({verdict.reason}) against {sorted(against)}"
        if verdict.step is not None:
            yield from _unstable(judge, verdict.step, chance)
            if plain_rules.forbidden(guide, answers, verdict.step):
                yield f"{step} becomes {verdict.step}, which is forbidden"
        swapped = replace(step, side=cases.OTHER_SIDE.get(step.side, step.side))
        seen = other.verdict(swapped)
        expected = verdict.step and replace(verdict.step, side=swapped.side)
        if (seen.status, seen.step, seen.reason) != (verdict.status, expected, verdict.reason):
            yield f"{step} is {verdict}, in the mirror {seen}"


def _unstable(judge, step, chance):
    if judge.verdict(step) != ("allowed", step, None):
        yield f"{step} was allowed, and then {judge.verdict(step)}"
    milder = replace(step, pressure=chance.randint(1, step.pressure), seconds=chance.randint(1, step.seconds))
    if judge.verdict(milder).status != "allowed":
        yield f"{step} is allowed, but not {milder}: {judge.verdict(milder).reason}"


def some_step(guide, chance):
    """A step as a clinician could ask for it: any side, tool, position, mode, pressure and time."""
    point = chance.choice(list(guide.point_values.values()))
    return Step(
        point.id,
        chance.choice(("left", "right", "both")),
        mode=chance.choice((point.mode, "hold", "sweep", "scrape")),
        seconds=chance.choice((point.seconds, chance.randint(1, 120))),
        pressure=chance.choice((point.pressure, chance.randint(1, 7))),
        tool=chance.choice((*point.tools, chance.choice(list(guide.rows_by_id["tools"])))),
        position=chance.choice((point.position, chance.choice(list(guide.rows_by_id["positions"])))),
    )


def told():
    """What is broken in the built-in guide, and in some copies of it, by the code as it is now."""
    guide, chance = kit.load_guide(), random.Random(5)
    for copy in (guide, *(edits.edited(guide, seed)[0] for seed in range(16)), guide):
        ids = cases.questions_of(copy)
        for complaint in chance.sample(list(cases.COMPLAINTS.values()), 4):
            for yes in ((), (chance.choice(ids),)):
                yield from broken(copy, complaint, yes)
                yield from unsound_verdicts(copy, complaint, yes, chance, 4)
