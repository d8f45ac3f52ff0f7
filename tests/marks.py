"""Marks that mean something: a test says what it needs, and one that says too little or too much fails.

`browser` drives Chromium, `office` runs another program that clients and clinicians have or that checks for them,
`slow` computes for more than about half a second on its own, `build` makes the figure again. What a fixture starts and
computes counts for every test that uses it, whoever came first.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

# What a program is, by its name; Playwright drives Chromium through a node of its own.
PROGRAMS = {
    **dict.fromkeys(("chromium", "chromium-browser", "google-chrome", "node"), "browser"),
    **dict.fromkeys(("soffice", "libreoffice", "java", "zbarimg"), "office"),
    **dict.fromkeys(("pdftoppm", "pdfinfo", "pdftotext"), "office"),
}
MODULES = {"tools.build_body": "build", "tools.build_body.positions": "build"}
# A mark is due from half a second on; what lies between is left to the speed of the computer.
MAX_SECONDS = 12

_used: list[set[str]] = []
_fixtures: dict[object, tuple[set[str], float]] = {}


def _watch(event: str, arguments: tuple) -> None:
    """Note what a program that is about to be started needs a mark for."""
    if event == "subprocess.Popen" and _used:
        program, command = arguments[0], arguments[1]
        words = [os.fsdecode(word) for word in (command if isinstance(command, list | tuple) else [command])]
        names = {Path(os.fsdecode(word)).name for word in (program or words[0], words[0])}
        _used[-1].update(PROGRAMS[name] for name in names & PROGRAMS.keys())
        _used[-1].update(MODULES[word] for word in words if word in MODULES)


sys.addaudithook(_watch)


def _seconds() -> float:
    """Computing time of this process and of all that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def slow_where(values: Iterable[Any], slow: Iterable[Any]) -> list[Any]:
    """Return the values of a parameter, with the mark `slow` on those that take longest."""
    slow = tuple(slow)
    return [pytest.param(value, marks=pytest.mark.slow if value in slow else ()) for value in values]


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    begun, used = _seconds(), set()
    _used.append(used)
    try:
        return (yield)
    finally:
        _used.pop()
        _fixtures[fixturedef] = (used, _seconds() - begun)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    begun, used = _seconds(), set()
    _used.append(used)
    try:
        result = yield
    finally:
        _used.pop()
        seconds = _seconds() - begun
    # The last definition of a name is the one in use.
    fixtures = [found[-1] for name, found in item._fixtureinfo.name2fixturedefs.items() if found]
    needed = used.union(*(_fixtures[each][0] for each in fixtures if each in _fixtures))
    seconds += sum(_fixtures[each][1] for each in fixtures if each in _fixtures)
    check(needed, seconds, {mark.name for mark in item.iter_markers()}, item)
    return result


def check(needed: set[str], seconds: float, marks: set[str], item: pytest.Item) -> None:
    """Fail a test whose marks are not those it needs; one that is merely slow fails in CI and is listed elsewhere."""
    missing, idle = needed - marks, (marks & {"browser", "office", "build"}) - needed
    if missing:
        pytest.fail(f"the test needs the mark {', '.join(sorted(missing))}, which it does not have; add it.")
    if idle:
        pytest.fail(f"the test has the mark {', '.join(sorted(idle))} and starts nothing of the kind; take it off.")
    if seconds > MAX_SECONDS and "slow" not in marks:
        item.user_properties.append(("slow", round(seconds, 1)))
        if os.environ.get("CI") == "true":
            pytest.fail(
                f"the test computes for {seconds:.1f} s without the mark slow, {MAX_SECONDS} s at most; add it."
            )


def pytest_terminal_summary(terminalreporter):
    reports = [each for found in terminalreporter.stats.values() for each in found if hasattr(each, "user_properties")]
    told = {each.nodeid: dict(each.user_properties).get("slow") for each in reports}
    for name, seconds in told.items():
        if seconds:
            terminalreporter.write_line(f"{name} computes for {seconds} s without the mark slow.")
