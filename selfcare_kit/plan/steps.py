"""What holds for every step of a routine: it is completed from the guide, and no point is twice on a side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from selfcare_kit.errors import DoseError, InvalidValueError, Named, UnknownIdError, check_choice, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import Step


def completed(step: Step, guide: Guide) -> Step:
    """Return a step with all values of its point; refuse ids and seconds that the guide does not allow."""
    point = guide.point(step.point)
    known = {"tools": guide.records.tools, "positions": guide.records.positions}
    for table, id in (("tools", step.tool), ("positions", step.position)):
        if id and id not in known[table]:
            raise guide.unknown(table, id)
    if step.seconds > point.max_seconds:
        allowed = f"gets at most {point.max_seconds} seconds on each side in this guide"
        raise DoseError.of(Named("point", point.id), allowed, given=f"{step.seconds}", advice="shorten it")
    return replace(
        step,
        point=point.id,
        muscle=point.muscle,
        area=point.area,
        tool=step.tool or point.tools[0],
        position=step.position or point.position,
    )


def check_identities(steps: Sequence[Step]) -> None:
    """Refuse two steps that work one point on one side."""
    for index, step in enumerate(steps):
        if any(earlier.overlaps(step.point, step.side) for earlier in steps[:index]):
            twice = (Named("point", step.point, repr(step.point)), f" {step.side} twice")
            advice = "change the step that is there"
            raise InvalidValueError.of("a point", "may have one step on each side", given=twice, advice=advice)


def index_of(steps: Sequence[Step], point: str, side: str | None, guide: Guide) -> int:
    """Return the index of the step of a point; without a side the point must have one step only."""
    if side is not None:
        check_choice("side", side, STEP_SIDES)
    id = guide.point(point).id
    found = [index for index, step in enumerate(steps) if step.point == id and side in (None, step.side)]
    if len(found) == 1:
        return found[0]
    present = [part for step in steps for part in (", ", Named("point", step.point), f" {step.side}")][1:]
    named = Named("point", id, repr(id))
    if found:
        raise InvalidValueError.of(named, "has a step on each side", advice=("say which, of ", *present))
    raise UnknownIdError.of(
        "a step",
        ("must be one of this routine's (", *(present or ["no step"]), ")"),
        given=(named, f" {side}") if side else named,
        advice="add it first",
    )


def indices_of(
    steps: Sequence[Step], names: str | Iterable[str | tuple[str, str]] | None, guide: Guide
) -> tuple[int, ...]:
    """Return the indices of the steps of some points, or of (point, side) pairs, in their order; all for None."""
    if names is None:
        return tuple(range(len(steps)))
    found: set[int] = set()
    for name in (names,) if isinstance(names, str) else _names_of(names):
        if isinstance(name, str):
            id = guide.point(name).id
            of_point = [index for index, step in enumerate(steps) if step.point == id]
            found.update(of_point or [index_of(steps, name, None, guide)])
        else:
            found.add(index_of(steps, *name, guide))
    return tuple(sorted(found))


def _names_of(names: object) -> list[str | tuple[str, str]]:
    """Return point ids and (point, side) pairs, each checked to be one."""
    listed = list(names) if isinstance(names, Iterable) else [names]
    for name in listed:
        is_pair = isinstance(name, tuple | list) and len(name) == 2 and all(isinstance(part, str) for part in name)
        if not isinstance(name, str) and not is_pair:
            allowed = "must be point ids, or pairs of point id and side"
            advice = 'write of=["tfl_1", ("piri_1", "left")]'
            raise InvalidValueError.of("of", allowed, given=quoted(name), advice=advice)
    return listed


def moved(steps: Sequence[Step], old: int, new: int) -> tuple[Step, ...]:
    """Return the steps with one of them at a new index; a negative one counts from the end."""
    if not isinstance(new, int) or not -len(steps) <= new < len(steps):
        raise InvalidValueError(
            f"index must be from 0 to {len(steps) - 1} for a routine of {len(steps)} steps, got {quoted(new)}; "
            "choose one in between."
        )
    ordered = list(steps)
    ordered.insert(new % len(steps), ordered.pop(old))
    return tuple(ordered)
