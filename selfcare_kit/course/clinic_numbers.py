"""What became of a clinic's clients, in numbers of which none is about fewer than five of them.

Each client counts once, with the area that hurt most when it was first asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from selfcare_kit.course.change import change_that_matters
from selfcare_kit.course.visits import Visits
from selfcare_kit.errors import InvalidValueError

# With fewer, what is told of all is told of each.
MIN_CLIENTS = 5


class VisitNumbers(NamedTuple):
    """A visit, counted from the first answer: how many were asked at it, and two means of pain.

    `still` is the mean of those who were asked; `everyone` that of all clients, with the last answer of those who came
    no more.
    """

    visit: int
    clients: int
    still: float
    everyone: float


class ClinicNumbers(NamedTuple):
    """How many clients have clearly less pain, about the same and clearly more, and how many were asked only once.

    A number below five is None, and so is a second one from which it would follow. `visits` ends before the first one
    with fewer clients.
    """

    clients: int
    less: int | None
    same: int | None
    more: int | None
    once: int | None
    visits: tuple[VisitNumbers, ...]


def clinic_numbers(courses: Iterable[Visits]) -> ClinicNumbers:
    """Return the numbers of many courses.

    Raises
    ------
    InvalidValueError
        If fewer than five clients were asked for their pain.
    """
    pains = [found for found in map(_worst, courses) if found]
    if len(pains) < MIN_CLIENTS:
        raise InvalidValueError(
            f"clients whose pain was asked must be at least {MIN_CLIENTS} to be drawn together, got {len(pains)}; "
            "look at each with read_course."
        )
    told = [[pain for pain in each if pain is not None] for each in pains]
    changes = [change_that_matters(each[0], each[-1]) if len(each) > 1 else "once" for each in told]
    counts = _hidden([changes.count(name) for name in ("less", "", "more", "once")])
    return ClinicNumbers(len(pains), *counts, visits=_visits(pains))


def _hidden(counts: list[int]) -> list[int | None]:
    """Return numbers of clients; None for those of fewer than five, and for a second where one would follow."""
    few = [0 < count < MIN_CLIENTS for count in counts]
    if few.count(True) == 1:
        others = [at for at, is_few in enumerate(few) if counts[at] and not is_few]
        for at in sorted(others, key=counts.__getitem__)[:1]:
            few[at] = True
    return [None if is_few else count for count, is_few in zip(counts, few, strict=True)]


def _worst(course: Visits) -> list[int | None]:
    """Return the pains of the area that hurt most at first, from its first answer on; none when none was asked."""
    series = []
    for key in course.areas:
        pains = course.pains(*key)
        start = next((number for number, pain in enumerate(pains) if pain is not None), len(pains))
        series.append(list(pains[start:]))
    return max(filter(None, series), key=lambda pains: pains[0], default=[])


def _visits(pains: Sequence[Sequence[int | None]]) -> tuple[VisitNumbers, ...]:
    last = [each[0] for each in pains]
    found = []
    for number, row in enumerate(zip_longest(*pains), start=1):
        asked = [pain for pain in row if pain is not None]
        if len(asked) < MIN_CLIENTS:
            break
        last = [before if pain is None else pain for before, pain in zip(last, row, strict=True)]
        found.append(VisitNumbers(number, len(asked), sum(asked) / len(asked), sum(last) / len(last)))
    return tuple(found)
