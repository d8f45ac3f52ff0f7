"""Answers for a new guide, and the second guide, which is made of a file of answers alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.guide.scaffold.example import example_answers

CALF_AND_FOOT = Path(__file__).parents[2] / "guides" / "calf_and_foot.toml"


@pytest.fixture
def answers():
    """Answers of the example, to be changed."""
    return example_answers()


@pytest.fixture
def made(tmp_path):
    """Make a guide of answers and load it."""
    return lambda answers: kit.load_guide(kit.new_guide(answers, tmp_path / "mine"))


@pytest.fixture(scope="session")
def second(tmp_path_factory):
    """The guide calf and foot."""
    return kit.load_guide(kit.new_guide(CALF_AND_FOOT, tmp_path_factory.mktemp("second") / "calf_and_foot"))
