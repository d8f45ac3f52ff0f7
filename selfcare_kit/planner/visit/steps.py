"""Changes of a visit's steps: add, change, move, remove, move to the side that hurts, set title and code.

A change is made to the steps that the safety answers allow; those they hold back keep their places in the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from selfcare_kit.errors import InvalidValueError, SelfcareError
from selfcare_kit.guide.techniques import fitted
from selfcare_kit.model.outcome import Outcome
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import Step
from selfcare_kit.plan.templates import sided_template, sides_by_default
from selfcare_kit.planner.visit.derive import Derived, derive
from selfcare_kit.planner.visit.offers import BEST
from selfcare_kit.planner.visit.visit import ChangedVisit, Visit
from selfcare_kit.planner.visit.words import (
    MOVE_OR_CONFIRM,
    SIDE_WORDS,
    count_of,
    in_words,
    label_of,
    refusal_in_words,
)
from selfcare_kit.routine import Routine
from selfcare_kit.safety.explained import side_for, unambiguous_side


def set_title_and_code(visit: Visit, *, title: str | None = None, code: str | None = None) -> ChangedVisit:
    """Set the title, the client's code, or both; None leaves one as it is."""
    values = {"title": title, "code": code}
    given = {name: value.strip() for name, value in values.items() if value is not None}
    changed = replace(visit, draft=replace(visit.draft, **given))
    last, new = visit.last_routine, changed.draft.code
    if last is None or not last.code or not new or last.code.casefold() == new.casefold():
        return ChangedVisit(changed)
    # What one client said must not be printed for another.
    draft = replace(changed.draft, outcome=Outcome())
    message = "This is another code than the file's: what was found at that client's visits is left out."
    return ChangedVisit(replace(changed, draft=draft, last_routine=None, earlier=()), message)


def add(visit: Visit, point: str, side: str = "", **values: Any) -> ChangedVisit:
    """Add a point, suggested or not; without a side, on the suggested side or the one that leaves no doubt."""
    now = derive(visit)
    label = visit.guide.point(point).label
    side = side or _side_of(now, point)
    there = [step for step in now.steps if step.overlaps(point, side)]
    if side == "both" and len(there) == 1 and there[0].side != "both":
        return change(visit, there[0], side=side)._replace(message=f"{label} is on both sides now.")
    if there:
        return ChangedVisit(visit, f"{label} is in the routine already.")
    return _edited(now, now.routine.add(point, side=side, **values), f"Added {label}.")


def add_with_other_tool(visit: Visit, point: str) -> ChangedVisit:
    """Add a suggested point with the tool that is allowed there, when its own tools are not."""
    now = derive(visit)
    alternative = now.suggestions.of(point).alternative if now.suggestions else None
    if alternative is None:
        label = visit.guide.point(point).label
        raise InvalidValueError(f"{label} must have a tool that is allowed today, got none; choose another point.")
    return add(visit, point, tool=alternative.tool)


def add_best(visit: Visit, count: int = BEST) -> ChangedVisit:
    """Add the best suggestions that are no steps yet; the message names those that are refused."""
    now = derive(visit)
    if now.suggestions is None:
        raise InvalidValueError("suggestions need an area and a side, got none; choose them first.")
    best = now.suggestions.top(count)
    if not best:
        nothing = "no suggested point may be pressed; the reasons stand beside each."
        raise InvalidValueError(nothing if now.suggestions else now.suggestions.message)
    if not now.steps:
        routine = Routine.from_suggestions(best, title=visit.draft.title, code=visit.draft.code)
        routine = replace(routine, date=now.today, outcome=visit.draft.outcome)
        return _edited(now, routine, f"Added {count_of(len(best), 'step')}.")
    # After a change of side, steps on the old side are to be moved, not added on the other side too.
    on_wrong_side = {conflict.point for conflict in now.side_conflicts}
    new = [each for each in best if each.point not in on_wrong_side and not now.has(each.point, each.side)]
    routine, refusals = now.routine, []
    for suggestion in new:
        try:
            routine = routine.add(suggestion.point, side=suggestion.side)
        except SelfcareError as error:
            refusals.append(refusal_in_words(error, visit.guide))
    staying = sum(suggestion.point in on_wrong_side for suggestion in best)
    stay = f"{count_of(staying, 'point')} stay on the side on which nothing hurts: {MOVE_OR_CONFIRM}."
    done = f"Added {count_of(len(new) - len(refusals), 'step')}."
    return _edited(now, routine, " ".join((done, *((stay,) if staying else ()), *refusals)))


def start_from_template(visit: Visit, name: str | None = None) -> ChangedVisit:
    """Replace the steps by a template, the guide's own when none is named."""
    now, draft = derive(visit), visit.draft
    has_complaint = now.complaint is not None and not visit.areas_without_side
    if not has_complaint and (visit.areas or visit.shared_side not in STEP_SIDES):
        raise InvalidValueError("a template needs the client's side, got none; choose it first, or both.")
    own_side = None if has_complaint else visit.shared_side
    template = sided_template(now.complaint, own_side, guide=visit.guide, name=name)
    named = {"title": draft.title or template.title, "code": draft.code}
    kept = {"date": now.today, "outcome": visit.draft.outcome}
    new = replace(visit, draft=replace(Routine.of(template), **named, **kept))
    sides = {step.side for step in template.steps}
    where = SIDE_WORDS[sides.pop()] if len(sides) == 1 else "the side of what each step can explain"
    after = derive(new)
    messages = (
        f"The steps are those of {template.title}, on {where}.",
        *template.changed_on_reading,
        sides_by_default(after.routine) if has_complaint else "",
        after.changes_by_answers,
    )
    return ChangedVisit(new, " ".join(filter(None, messages)))


def move_to_where_it_hurts(visit: Visit) -> ChangedVisit:
    """Move the steps on a side on which nothing hurts; one that is not allowed on the other side is removed."""
    now = derive(visit)
    routine, removed = now.routine, []
    conflicts = {each.point for each in now.side_conflicts}
    moving = [step for step in routine.steps if step.point in conflicts]
    if not moving:
        return ChangedVisit(visit)
    for step in moving:
        verdict = routine.verdict(step.changed(side=side_for(step.point, now.complaint, visit.guide)))
        if verdict.objection and not verdict.is_allowed:
            routine = routine.remove(step.point, step.side)
            why = in_words(verdict.objection.phrase, visit.guide)
            removed.append(f"Taken out: {visit.guide.point(step.point).label}; {why}.")
    done = f"Moved {count_of(len(moving) - len(removed), 'step')} to where it hurts."
    return _edited(now, routine.on_side(), " ".join((done, *removed)))


def confirm_sides(visit: Visit) -> ChangedVisit:
    """Confirm the steps on a side on which nothing hurts; files and the chart note keep that."""
    now = derive(visit)
    count = len({each.point for each in now.side_conflicts})
    if not count:
        return ChangedVisit(visit)
    stay = "stay" if count > 1 else "stays"
    done = f"{count_of(count, 'step')} {stay} where nothing hurts; the chart note says so."
    return _edited(now, now.routine.confirm_sides(), done)


def change(visit: Visit, step: Step, **values: Any) -> ChangedVisit:
    """Change values of a step; another mode or tool brings a tool and a position that fit it."""
    now = derive(visit)
    changed = now.routine.change(step.point, of=step.side, **values)
    if {"mode", "tool"} & set(values):
        new_step = changed.steps[now.steps.index(step)]
        fit = fitted(new_step, visit.guide)
        changed = changed.change(new_step.point, of=new_step.side, tool=fit.tool, position=fit.position)
    return _edited(now, changed)


def change_all(
    visit: Visit, chosen: Iterable[Step], *, by: Mapping[str, int] | None = None, **values: Any
) -> ChangedVisit:
    """Change a value of several steps, each as far as it may be; `by` adds to the numbers of these names."""
    now, guide = derive(visit), visit.guide
    keys = [(step.point, step.side) for step in chosen]
    changed = now.routine.change_all(of=keys, by=by, **values)
    held_back = [each.sentence(lambda named: label_of(named, guide)) for each in changed.held_back]
    moved = sum(new != old for new, old in zip(changed.steps, now.routine.steps, strict=True))
    return _edited(now, changed, " ".join((f"Changed {count_of(moved, 'step')}.", *held_back)))


def group_by_position(visit: Visit) -> ChangedVisit:
    """Put the steps together that are done standing, sitting or lying."""
    now = derive(visit)
    grouped = now.routine.grouped_by_position()
    saved = now.routine.position_changes - grouped.position_changes
    if not saved:
        return ChangedVisit(visit, "The steps are grouped by position already.")
    return _edited(now, grouped, f"Grouped by position: {count_of(saved, 'change')} of position less.")


def move(visit: Visit, step: Step, index: int) -> ChangedVisit:
    """Move a step to another index in the order; an index beyond an end means the end."""
    now = derive(visit)
    index = min(max(index, 0), len(now.steps) - 1)
    if now.steps.index(step) == index:
        return ChangedVisit(visit)
    done = f"{visit.guide.point(step.point).label} is step {index + 1} now."
    return _edited(now, now.routine.move(step.point, index, side=step.side), done)


def remove(visit: Visit, step: Step) -> ChangedVisit:
    """Remove a step."""
    now = derive(visit)
    return _edited(now, now.routine.remove(step.point, step.side), f"Removed {visit.guide.point(step.point).label}.")


def remove_all(visit: Visit, chosen: Iterable[Step]) -> ChangedVisit:
    """Remove several steps."""
    now = derive(visit)
    routine, leaving = now.routine, tuple(chosen)
    for step in leaving:
        routine = routine.remove(step.point, step.side)
    return _edited(now, routine, f"Removed {count_of(len(leaving), 'step')}.")


def merged(draft: Routine, shown: Routine, edited: Routine) -> Routine:
    """Return a draft with an edit that was made to what the safety answers allow of it.

    Steps that are not allowed keep their positions, so that they return when an answer is taken back. A step that the
    edit did not touch keeps the values of the draft, even where it was shown milder.
    """
    drafted = {step.key: step for step in draft.steps}
    before = {step.key: step for step in shown.steps}
    steps = [drafted[step.key] if before.get(step.key) == step else step for step in edited.steps]
    for number, step in enumerate(draft.steps):
        if step.key not in before:
            earlier = {each.key for each in draft.steps[:number]}
            steps.insert(max((index + 1 for index, each in enumerate(steps) if each.key in earlier), default=0), step)
    # The confirmed sides of steps that are not allowed now stay confirmed.
    not_shown = [key for key in draft.sides_confirmed if key not in shown.sides_confirmed]
    confirmed = tuple(dict.fromkeys((*edited.sides_confirmed, *not_shown)))
    bare = replace(edited, complaint=None, screening=None, sides_confirmed=confirmed)
    try:
        return replace(bare, steps=tuple(steps))
    except SelfcareError:
        # There is no room any more for the steps not shown: their area's time is used, or their point is back.
        return bare


def _edited(now: Derived, routine: Routine, message: str = "") -> ChangedVisit:
    draft = merged(now.visit.draft, now.routine, routine)
    is_same = draft == now.visit.draft
    return ChangedVisit(now.visit if is_same else replace(now.visit, draft=draft), message)


def _side_of(now: Derived, point: str) -> str:
    """Return the side on which to add a point when none was given; raise where it would be a guess."""
    suggested = next((each.side for each in now.suggestions or () if each.point == point), "")
    side = suggested or unambiguous_side(point, now.complaint, now.visit.guide)
    if not side and not now.visit.areas and now.visit.shared_side in STEP_SIDES:
        side = now.visit.shared_side
    if not side:
        label = now.visit.guide.point(point).label
        why = "explains nothing of what hurts on which side" if now.complaint else "has no side yet"
        raise InvalidValueError(
            f"the side of {label} must be left, right or both, got none, as the complaint {why}; say it."
        )
    return side
