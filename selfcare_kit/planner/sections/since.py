"""What was found since the last visit: one row to fill, steps that helped or were sore, and the client's own aims."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.course.change import change_that_matters
from selfcare_kit.course.follow import suggested_changes, then_and_now
from selfcare_kit.course.summary import WORDS
from selfcare_kit.errors import InvalidValueError, Named
from selfcare_kit.export.chart.labels import area_label
from selfcare_kit.model.outcome import BETTER, MAX_ACTIVITIES, MAX_CHANGE, MAX_SCORES, Outcome
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section, number_of, text_of
from selfcare_kit.planner.visit import complaint, since
from selfcare_kit.planner.visit.derive import Derived
from selfcare_kit.planner.visit.words import capitalised, count_of, id_of, name_and_place
from selfcare_kit.routine import Routine

CHANGE_WORDS = {-MAX_CHANGE: "very much worse", 0: "the same", MAX_CHANGE: "completely recovered"}
CHANGE_CHOICES = (
    ("", "?"),
    *((value, f"{value:+d} {CHANGE_WORDS.get(value, '')}".strip()) for value in range(MAX_CHANGE, -MAX_CHANGE - 1, -1)),
)
BETTER_WORDS = tuple((value, f"{value} is better") for value in BETTER)


class Pain(NamedTuple):
    """Pain in an area then and now; `is_here` where the area is chosen today."""

    area: str
    side: str
    label: str
    then: str
    now: str
    words: str
    is_here: bool


class SinceSection(Section):
    """The row at a return visit; at a first one only what the client wants to do again."""

    template = "since.html"

    def values(self) -> dict[str, Any]:
        """Return what was found then and now, and what could be changed because of it."""
        now = self.session.now
        last, outcome = now.visit.routine_before, now.visit.draft.outcome
        before = last.outcome if last else Outcome()
        return {
            "is_return": last is not None,
            "is_shown": last is not None or bool(now.visit.areas),
            "last_date": last.date.isoformat() if last else "",
            "days": count_of((now.today - last.date).days, "day") if last else "",
            "pains": self._pains(now),
            "outcome": outcome,
            "changes": CHANGE_CHOICES,
            "steps": self._steps(last, outcome) if last else (),
            "proposals": suggested_changes(now.routine, last) if last and outcome.sore else (),
            "activities": [(each, _then(each.label, before.activities, "score")) for each in outcome.activities],
            "can_add_activity": len(outcome.activities) < MAX_ACTIVITIES,
            "scores": [(each, _then(each.label, before.scores, "value")) for each in outcome.scores],
            "can_add_score": len(outcome.scores) < MAX_SCORES,
            "better_words": BETTER_WORDS,
            "summary": _summary(outcome),
        }

    def _pains(self, now: Derived) -> tuple[Pain, ...]:
        guide, chosen = self.session.guide, now.visit.areas
        course = since.course_of(now.visit)
        found = []
        for each in then_and_now(course, now.routine) if course else ():
            pains = course.pains(each.area, each.side)
            asked = [pain for pain in pains if pain is not None]
            change = change_that_matters(asked[0] if asked else None, each.now)
            first = " than at first" if len(asked) > 1 else ""
            words = f"{WORDS[change]}{first}" if change else ""
            is_here = each.area in chosen and now.visit.side_of(each.area) == each.side
            label = capitalised(area_label(each.area, each.side, guide))
            then = " · ".join(map(_shown, pains))
            found.append(Pain(each.area, each.side, label, then, _shown(each.now, ""), words, is_here))
        return tuple(found)

    def _steps(self, last: Routine, outcome: Outcome) -> list[dict[str, Any]]:
        """Return the steps of the last visit, with what is said of each."""
        guide = self.session.guide
        has_one_side = len({step.side for step in last.steps}) == 1
        found = []
        for number, step in enumerate(last.steps, start=1):
            point = guide.point_values.get(step.point)
            name = name_and_place(point.label)[0] if point else step.point
            name = name if has_one_side else f"{name}, {step.side}"
            said = {each: step.key in getattr(outcome, each) for each in since.STEP_WORDS}
            found.append({"id": id_of(step), "number": number, "name": name, **said})
        return found

    def do_rate(self, event: Event) -> str:
        """Set the pain in an area now."""
        area, _, side = text_of(event, "id").partition(".")
        if side and side != self.session.visit.side_of(area):
            raise InvalidValueError("pain must be of the side that is chosen, got that of another; type it again.")
        pain = number_of(event, "pain") if text_of(event).strip() else None
        return self.session.do(complaint.set_pain, pain, text_of(event, "area"))

    def do_found(self, event: Event) -> str:
        """Set the days planned or done, or the change felt."""
        name = text_of(event, "name")
        value = number_of(event, name.replace("_", " ")) if text_of(event).strip() else None
        return self.session.do(since.set_found, name, value)

    def do_mark(self, event: Event) -> str:
        """Say that a step helped or was sore."""
        point, _, side = text_of(event, "id").partition(".")
        return self.session.do(since.mark_step, text_of(event, "area"), point, side, event.get("value") is True)

    def do_accept(self, event: Event) -> str:
        """Make the change that is proposed for a step."""
        point, _, side = text_of(event, "id").partition(".")
        return self.session.do(since.accept, point, side)

    def do_add_activity(self, event: Event) -> str:
        """Add something that the client wants to do again."""
        return self.session.do(since.add_activity, text_of(event)) if text_of(event).strip() else ""

    def do_activity(self, event: Event) -> str:
        """Set how well an activity goes."""
        score = number_of(event, "score") if text_of(event).strip() else None
        return self.session.do(since.rate_activity, text_of(event, "id"), score)

    def do_drop_activity(self, event: Event) -> str:
        """Leave out an activity."""
        self.focus = "add-activity"
        return self.session.do(since.drop_activity, text_of(event, "id"))

    def do_add_score(self, event: Event) -> str:
        """Add a score of the clinic's own."""
        return self.session.do(since.add_score, text_of(event)) if text_of(event).strip() else ""

    def do_score(self, event: Event) -> str:
        """Set the value of a score."""
        value = _decimal(text_of(event)) if text_of(event).strip() else None
        return self.session.do(since.set_score, text_of(event, "id"), value=value)

    def do_better(self, event: Event) -> str:
        """Set which values of a score are better."""
        return self.session.do(since.set_score, text_of(event, "id"), better=text_of(event))

    def do_drop_score(self, event: Event) -> str:
        """Leave out a score."""
        self.focus = "add-score"
        return self.session.do(since.drop_score, text_of(event, "id"))


def _shown(value: float | None, unknown: str = "?") -> str:
    return unknown if value is None else f"{value:g}"


def _then(label: str, earlier: tuple[Any, ...], name: str) -> str:
    """Return a number of the last visit by its label; empty where there was none."""
    return next((_shown(getattr(each, name), "") for each in earlier if each.label == label), "")


def _decimal(typed: str) -> float:
    """Return a number that was typed with a point or a comma."""
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError:
        named = Named("value", "score")
        raise InvalidValueError.of(named, "must be a number", given=repr(typed[:20]), advice="type digits") from None


def _summary(outcome: Outcome) -> str:
    """Return the aims and scores in a line."""
    aims = [f"{each.label} {_shown(each.score)}" for each in outcome.activities]
    return " · ".join((*aims, *(f"{each.label} {_shown(each.value)}" for each in outcome.scores)))
