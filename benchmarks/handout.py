"""The time of a handout compared with filling its page template with the final texts alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random
from unittest.mock import patch

import selfcare_kit as kit
from benchmarks.figure import FIVE
from benchmarks.harness import Result, at_most

MAX_RATIO = 4
# Five random points need more views, and composing a view is not part of filling the template.
MAX_AT_RANDOM = 6
SEED = 20261126


def handout_results() -> Iterator[Result]:
    """Yield a result for the guide's own five steps, and one for five random steps, which need more views."""
    yield at_most("handout, the guide's five / its template filled", *_cases(_own_five()), MAX_RATIO)
    yield at_most("handout, five at random / its template filled", *_cases(_any_five()), MAX_AT_RANDOM)


def _cases(routines: list[kit.Routine]) -> tuple[Callable[[], str], Callable[[], str]]:
    """Return a function that makes a handout, a different one each time, and one that fills its template only."""
    filled = [_ready(routine) for routine in routines]
    for routine in routines:
        routine.to_html()
    made, ready = cycle(routines), cycle(filled)
    return lambda: str(next(made).to_html()), lambda: next(ready)()


def _ready(routine: kit.Routine) -> Callable[[], str]:
    """Return a function that fills the template of a routine's page with the recorded arguments."""
    from selfcare_kit.export.handout import handout
    from selfcare_kit.export.handout.page import template

    recorded: list[tuple[tuple[object, ...], dict[str, object]]] = []
    page = template("handout.html")

    class Recording:
        def render(self, *values: object, **named: object) -> str:
            recorded.append((values, named))
            return page.render(*values, **named)

    with patch.object(handout, "template", lambda name: Recording()):
        routine.to_html()
    ((values, named),) = recorded
    return lambda: page.render(*values, **named)


def _own_five() -> list[kit.Routine]:
    return [_routine([(point, "left") for point in FIVE], seconds) for seconds in range(20, 60)]


def _any_five() -> list[kit.Routine]:
    random = Random(SEED)
    points = [point.id for point in kit.load_guide().point_values.values() if not point.show_only]
    made = []
    while len(made) < 60:
        chosen = [(point, random.choice(("left", "right"))) for point in random.sample(points, 5)]
        try:
            made.append(_routine(chosen, random.choice((20, 30, 40))))
        except kit.SelfcareError:
            # Too many points in one area.
            continue
    return made


def _routine(chosen: list[tuple[str, str]], seconds: int) -> kit.Routine:
    routine = kit.Routine(title="Hip and outer leg", code="C-104", screening=kit.screen())
    for point, side in chosen:
        routine = routine.add(point, side=side, seconds=seconds)
    return routine
