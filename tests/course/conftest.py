"""The made-up client C-104, written in five kinds of file and two formats, and short courses made on the spot."""

from __future__ import annotations

import datetime
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.course.example import example_records

sys.path.insert(0, str(Path(__file__).parent))

FIRST = datetime.date(2026, 6, 1)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Everything but the PDF, which takes long to write."""
    folder = tmp_path_factory.mktemp("records")
    example_records(folder)
    return folder


@pytest.fixture(scope="session")
def course(folder):
    return kit.read_course(folder, code="C-104")


@pytest.fixture
def visit(guide):
    """Make a visit so many days after the first one, with pain by area on the left."""

    def made(day=0, pains=None, code="C-104", **outcome):
        felt = {area: {"side": "left", "pain": pain} for area, pain in (pains or {"hip_side": 6}).items()}
        routine = kit.Routine(code=code, date=FIRST + datetime.timedelta(days=day), complaint=guide.complaint(felt))
        return routine.add("tfl_1", side="left").with_outcome(**outcome)

    return made


@pytest.fixture
def course_of(tmp_path):
    """Write routines to files, and read them as a course."""

    def made(*routines):
        for number, routine in enumerate(routines):
            routine.to_json(tmp_path / f"{number}.json")
        return kit.read_course(tmp_path)

    return made


@pytest.fixture
def with_steps():
    return lambda routine, *steps: replace(routine, steps=steps)
