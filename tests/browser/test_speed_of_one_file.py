"""How soon the one file can be used, and how soon it answers; it is measured with nothing beside it."""

from __future__ import annotations

import random
import statistics
import time

import pytest

from .test_speed_in_lab import CLICK
from .visit import WATCH_WORKER, FileVisit

pytestmark = [pytest.mark.browser, pytest.mark.alone, pytest.mark.slow]

MAX_START_SECONDS = 10.0
MAX_TICK_MILLISECONDS = 40.0
TRIES = 3
CLICKS = 25


def opened(browser, path):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.add_init_script(WATCH_WORKER)
    return FileVisit(page, path.as_uri())


def test_it_can_be_used_within_ten_seconds(browser, planner_file):
    taken = []
    while len(taken) < TRIES and min(taken, default=MAX_START_SECONDS + 1) > MAX_START_SECONDS:
        begun = time.perf_counter()
        visit = opened(browser, planner_file)
        taken.append(time.perf_counter() - begun)
        visit.page.context.close()
    print([round(each, 1) for each in taken])
    assert min(taken) <= MAX_START_SECONDS


def test_a_click_is_painted_within_forty_milliseconds(browser, planner_file):
    visit = opened(browser, planner_file)
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
    visit.page.context.close()
    assert min(medians) <= MAX_TICK_MILLISECONDS
