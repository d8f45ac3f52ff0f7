"""How soon the one file can be used, and how soon it answers; it is measured with nothing beside it."""

from __future__ import annotations

import random
import statistics
import time

import pytest

from .test_speed_in_lab import CLICK
from .visit import FileVisit

pytestmark = [pytest.mark.browser, pytest.mark.alone, pytest.mark.slow]

MAX_START_SECONDS = 10.0
MAX_TICK_MILLISECONDS = 40.0
TRIES = 3
CLICKS = 25


@pytest.fixture(scope="module")
def visits(browser, planner_file):
    """The file, opened until it was quick, each time with the seconds that it took; the last one stays open."""
    opened = []
    while len(opened) < TRIES and (not opened or opened[-1][0] > MAX_START_SECONDS):
        if opened:
            opened[-1][1].page.context.close()
        begun = time.perf_counter()
        visit = FileVisit.opened(browser, planner_file.as_uri(), offline=True)
        opened.append((time.perf_counter() - begun, visit))
    return opened


def test_it_can_be_used_within_ten_seconds(visits):
    taken = [seconds for seconds, _ in visits]
    print([round(each, 1) for each in taken])
    assert min(taken) <= MAX_START_SECONDS


def test_a_click_is_painted_within_forty_milliseconds(visits):
    _, visit = visits[-1]
    visit.region("calf_outer", "left", "side").click()
    visit.app.locator(".selfcare-mark").first.wait_for()
    region = '.selfcare-map [data-view="side"][data-side="left"] .region[data-area="thigh_outer"]'
    medians = []
    while len(medians) < TRIES and min(medians, default=MAX_TICK_MILLISECONDS + 1) > MAX_TICK_MILLISECONDS:
        times = []
        for _ in range(CLICKS):
            times.append(visit.page.evaluate(CLICK, [region, ".selfcare-marks"]))
            # Another part of a frame each time, or all clicks of a try would be equally lucky.
            visit.page.wait_for_timeout(150 + random.uniform(0, 34))
        medians.append(statistics.median(times))
    print([round(each, 1) for each in medians])
    assert min(medians) <= MAX_TICK_MILLISECONDS
