"""A course in words: one paragraph for the chart, which says what happened and never why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from selfcare_kit.course.change import MIN_PERCENT, MIN_POINTS, SOURCES, change_that_matters
from selfcare_kit.export.chart.labels import area_label, one_line, step_site

if TYPE_CHECKING:
    from selfcare_kit.course.visits import Visits

WORDS = {"less": "clearly less", "more": "clearly more", "": "no clear change"}
CAVEAT = (
    f"Clear is at least {MIN_POINTS} points and {MIN_PERCENT} % of the first ({SOURCES}); pain also changes by itself."
)


def summary_of(course: Visits) -> str:
    """Return a course as one paragraph, without the client's name."""
    sentences = [_visits(course), *_pains(course), *_numbers(course), *_time_since(course), *_steps(course)]
    left_out = len(course.contradicting)
    if left_out:
        files = "1 file contradicts another one" if left_out == 1 else f"{left_out} files contradict others"
        sentences.append(f"{files} and {'is' if left_out == 1 else 'are'} left out.")
    return " ".join([*sentences, *([CAVEAT] if course.areas else [])])


def _visits(course: Visits) -> str:
    if not course.visits:
        return f"{one_line(course.code)}: no visit."
    first, last = course.visits[0].date, course.visits[-1].date
    if first == last:
        return f"{one_line(course.code)}: 1 visit, {first}."
    days = (last - first).days
    time = f"{days // 7} weeks" if days >= 14 else f"{days} days" if days > 1 else "1 day"
    return f"{one_line(course.code)}: {len(course)} visits in {time}, {first} to {last}."


def _pains(course: Visits) -> Iterator[str]:
    """Yield a sentence on pain, area by area: the first and the last that were asked, and gaps in between."""
    told = []
    for key in course.areas:
        label, pains = area_label(*key, course.guide), course.pains(*key)
        label = label[:1].lower() + label[1:]
        asked = [(number, pain) for number, pain in enumerate(pains, start=1) if pain is not None]
        if not asked:
            told.append(f"{label}: not asked")
            continue
        (start, first), (end, last) = asked[0], asked[-1]
        gaps = [number for number in range(1, len(pains) + 1) if pains[number - 1] is None]
        gap = f", not asked at {_visits_named(gaps)}" if gaps else ""
        if start == end:
            told.append(f"{label}: {first}{gap}")
        else:
            change = f"{WORDS[change_that_matters(first, last)]}{_peak(asked)}{gap}"
            told.append(f"{label}: {first} to {last} ({change})")
    if told:
        yield f"Pain of 10, first to last: {'; '.join(told)}."


def _peak(asked: Sequence[tuple[int, int]]) -> str:
    """Return at which visit pain was clearly more than at both ends; empty when at none."""
    number, pain = max(asked, key=lambda each: each[1])
    ends = max(asked[0][1], asked[-1][1])
    return f", {pain} at visit {number}" if change_that_matters(ends, pain) == "more" else ""


def _numbers(course: Visits) -> Iterator[str]:
    """Yield a sentence on activities and one on the clinic's scores."""
    told = []
    for label in course.activities:
        found = (each.score for visit in course.visits for each in visit.outcome.activities if each.label == label)
        told.append(f"{one_line(label)}: {_first_to_last([score for score in found if score is not None])}")
    if told:
        yield f"Activities, 0 not at all to 10 as before: {'; '.join(told)}."
    told = []
    for label in course.scores:
        found = [each for visit in course.visits for each in visit.outcome.scores if each.label == label]
        values = [f"{each.value:g}" for each in found if each.value is not None]
        told.append(f"{one_line(label)}: {_first_to_last(values)} ({found[-1].better} is better)")
    if told:
        yield f"Scores: {'; '.join(told)}."


def _first_to_last(values: Sequence[object]) -> str:
    if not values:
        return "not asked"
    return f"{values[0]} to {values[-1]}" if len(values) > 1 else f"{values[0]}"


def _time_since(course: Visits) -> Iterator[str]:
    """Yield sentences on the days done and on the change that was felt."""
    outcomes = dict(enumerate((visit.outcome for visit in course.visits), start=1))
    known = [number for number, each in outcomes.items() if None not in (each.days_planned, each.days_done)]
    if known:
        done, planned = (sum(getattr(outcomes[at], name) for at in known) for name in ("days_done", "days_planned"))
        which = "" if len(known) >= len(outcomes) - 1 else f", asked at {_visits_named(known)}"
        yield f"Done on {done} of {planned} planned days{which}."
    felt = [f"{each.change:+d}" if each.change else "0" for each in outcomes.values() if each.change is not None]
    if felt:
        yield f"Change felt since the visit before, -5 to +5: {', '.join(felt)}."


def _steps(course: Visits) -> Iterator[str]:
    """Yield sentences on the steps that helped or were sore, and on the visits at which the routine was changed."""
    for name, words in (("helped", "Said to have helped"), ("sore", "Sore after")):
        counts = Counter(key for visit in course.visits for key in getattr(visit.outcome, name))
        if counts:
            named = (f"{one_line(step_site(*key, course.guide))}{_times(count)}" for key, count in counts.items())
            yield f"{words}: {'; '.join(named)}."
    changed = [number for number, visit in enumerate(course.visits, start=1) if visit.changes]
    if changed:
        yield f"The routine was changed at {_visits_named(changed)}."
    elif len(course) > 1:
        yield "The routine was not changed."


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""


def _visits_named(numbers: Sequence[int]) -> str:
    *others, last = map(str, numbers)
    return f"visits {', '.join(others)} and {last}" if others else f"visit {last}"
