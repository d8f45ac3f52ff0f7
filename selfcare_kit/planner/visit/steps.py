"""The steps of a visit: added, changed, moved, removed, and brought to where it hurts.

What is changed is what the safety answers leave of the draft; what they hold back keeps its place in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from selfcare_kit.errors import InvalidValueError, SelfcareError
from selfcare_kit.guide.techniques import fitted
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import Step
from selfcare_kit.plan.templates import sided_template, sides_by_default
from selfcare_kit.planner.visit.derive import Derived, derive
from selfcare_kit.planner.visit.offers import BEST
from selfcare_kit.planner.visit.visit import Outcome, Visit
from selfcare_kit.planner.visit.words import MOVE_OR_CONFIRM, SIDE_WORDS, count_of, in_words, refusal_in_words
from selfcare_kit.routine import Routine
from selfcare_kit.safety.explained import side_for, unambiguous_side


def name(visit: Visit, *, title: str | None = None, code: str | None = None) -> Visit:
    """Set the title or the client's code; None leaves it as it is."""
    values = {"title": title, "code": code}
    named = {name: value.strip() for name, value in values.items() if value is not None}
    return replace(visit, draft=replace(visit.draft, **named))


def add(visit: Visit, point: str, side: str = "") -> Outcome:
    """Add a point that was suggested, or any other.

    Without a side it is the one it was suggested for, or else that of the complaint where there is no doubt, or the
    one that was chosen before any area was.
    """
    now = derive(visit)
    label = visit.guide.point(point).label
    side = side or _side_of(now, point)
    if now.has(point, side):
        return Outcome(visit, f"{label} is in the routine already.")
    return _edited(now, now.routine.add(point, side=side), f"Added {label}.")


def add_best(visit: Visit, count: int = BEST) -> Outcome:
    """Add the best suggestions; those that are there already stay as they are, and what is refused is said."""
    now = derive(visit)
    if now.found is None:
        raise InvalidValueError("suggestions need an area and a side, got none; choose them in section 2 first.")
    best = now.found.top(count)
    if not best:
        nothing = "no suggested point may be pressed; the reasons stand beside each."
        raise InvalidValueError(nothing if now.found else now.found.message)
    if not now.steps:
        routine = Routine.from_suggestions(best, title=visit.draft.title, code=visit.draft.code)
        return _edited(now, routine, f"Added {count_of(len(best), 'step')}.")
    # Whoever changed the side wants them moved rather than on both sides.
    astray = {each.point for each in now.side_conflicts}
    new = [each for each in best if each.point not in astray and not now.has(each.point, each.side)]
    routine, refused = now.routine, []
    for each in new:
        try:
            routine = routine.add(each.point, side=each.side)
        except SelfcareError as error:
            refused.append(refusal_in_words(error, visit.guide))
    stays = sum(each.point in astray for each in best)
    stay = f"{count_of(stays, 'point')} stay on the side on which nothing hurts: {MOVE_OR_CONFIRM}." if stays else ""
    done = f"Added {count_of(len(new) - len(refused), 'step')}."
    return _edited(now, routine, " ".join(filter(None, (done, stay, *refused))))


def start_from_template(visit: Visit) -> Outcome:
    """Put the guide's own sequence in the place of the steps."""
    now, draft = derive(visit), visit.draft
    is_said = now.complaint is not None and not visit.sideless
    if not is_said and (visit.areas or visit.side not in STEP_SIDES):
        raise InvalidValueError(
            "the guide's sequence needs the client's side, got none; choose it in section 2 first, or both."
        )
    made = sided_template(now.complaint, None if is_said else visit.side, guide=visit.guide)
    new = replace(visit, draft=replace(Routine.of(made), title=draft.title or made.title, code=draft.code))
    sides = {step.side for step in made.steps}
    where = SIDE_WORDS[sides.pop()] if len(sides) == 1 else "the side of what each step can explain"
    after = derive(new)
    sentences = (
        f"The guide's own sequence stands below, on {where}.",
        sides_by_default(after.routine) if is_said else "",
        after.held_back,
    )
    return Outcome(new, " ".join(filter(None, sentences)))


def move_to_where_it_hurts(visit: Visit) -> Outcome:
    """Move the steps on a side on which nothing hurts; one that may not be done there is taken out with its reason."""
    now = derive(visit)
    routine, refused = now.routine, []
    conflicts = {each.point for each in now.side_conflicts}
    moving = [step for step in routine.steps if step.point in conflicts]
    if not moving:
        return Outcome(visit)
    for step in moving:
        verdict = routine.verdict(step.changed(side=side_for(step.point, now.complaint, visit.guide)))
        if verdict.objection and not verdict.is_allowed:
            routine = routine.remove(step.point, step.side)
            why = in_words(verdict.objection.phrase, visit.guide)
            refused.append(f"Taken out: {visit.guide.point(step.point).label}; {why}.")
    done = f"Moved {count_of(len(moving) - len(refused), 'step')} to where it hurts."
    return _edited(now, routine.on_side(), " ".join((done, *refused)))


def confirm_sides(visit: Visit) -> Outcome:
    """Say that the steps on a side on which nothing hurts are meant; it is kept in the file and told in the note."""
    now = derive(visit)
    count = len({each.point for each in now.side_conflicts})
    if not count:
        return Outcome(visit)
    stay = "stay" if count > 1 else "stays"
    done = f"{count_of(count, 'step')} {stay} where nothing hurts; the chart note says so."
    return _edited(now, now.routine.confirm_sides(), done)


def change(visit: Visit, step: Step, **values: Any) -> Outcome:
    """Change a step, as `Routine.change` does; another mode or tool brings a tool and a position that suit it."""
    now = derive(visit)
    changed = now.routine.change(step.point, of=step.side, **values)
    if {"mode", "tool"} & set(values):
        new = changed.steps[now.steps.index(step)]
        fit = fitted(new, visit.guide)
        changed = changed.change(new.point, of=new.side, tool=fit.tool, position=fit.position)
    return _edited(now, changed)


def move(visit: Visit, step: Step, index: int) -> Outcome:
    """Move a step to another place in the order, 0 for the first; beyond an end is the end."""
    now = derive(visit)
    index = min(max(index, 0), len(now.steps) - 1)
    if now.steps.index(step) == index:
        return Outcome(visit)
    done = f"{visit.guide.point(step.point).label} is step {index + 1} now."
    return _edited(now, now.routine.move(step.point, index, side=step.side), done)


def remove(visit: Visit, step: Step) -> Outcome:
    """Remove a step."""
    now = derive(visit)
    return _edited(now, now.routine.remove(step.point, step.side), f"Removed {visit.guide.point(step.point).label}.")


def merged(draft: Routine, shown: Routine, edited: Routine) -> Routine:
    """Bring a change of what the safety answers left of a draft into the draft.

    The steps that were held back stay in their old places: when an answer is taken back, they return. A step that was
    not touched keeps its own values, also where it was shown milder.
    """
    wanted = {step.key: step for step in draft.steps}
    before = {step.key: step for step in shown.steps}
    steps = [wanted[step.key] if before.get(step.key) == step else step for step in edited.steps]
    for number, held in enumerate(draft.steps):
        if held.key not in before:
            earlier = {step.key for step in draft.steps[:number]}
            place = max((index + 1 for index, step in enumerate(steps) if step.key in earlier), default=0)
            steps.insert(place, held)
    # What was confirmed of a step that is held back stays confirmed.
    held_meant = [key for key in draft.sides_confirmed if key not in shown.sides_confirmed]
    meant = tuple(dict.fromkeys((*edited.sides_confirmed, *held_meant)))
    bare = replace(edited, complaint=None, screening=None, sides_confirmed=meant)
    try:
        return replace(bare, steps=tuple(steps))
    except SelfcareError:
        # What was held back has no room any more: its area's time is used, or its point stands there again.
        return bare


def _edited(now: Derived, routine: Routine, sentence: str = "") -> Outcome:
    draft = merged(now.visit.draft, now.routine, routine)
    is_same = draft == now.visit.draft
    return Outcome(now.visit if is_same else replace(now.visit, draft=draft), sentence)


def _side_of(now: Derived, point: str) -> str:
    """Return the side on which a point is added when nobody says it; refuse where that would be a guess."""
    suggested = next((each.side for each in now.found or () if each.point == point), "")
    side = suggested or unambiguous_side(point, now.complaint, now.visit.guide)
    if not side and not now.visit.areas and now.visit.side in STEP_SIDES:
        side = now.visit.side
    if not side:
        label = now.visit.guide.point(point).label
        why = "explains nothing of what hurts on which side" if now.complaint else "has no side yet"
        raise InvalidValueError(
            f"the side of {label} must be left, right or both, got none, as the complaint {why}; say it."
        )
    return side
