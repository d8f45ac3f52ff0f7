"""The commands for the author of a guide."""

import shutil

import pytest
from click.testing import CliRunner

from selfcare_kit.cli import main
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.review.items import items_of, point_items

HEADER = "item,digest,verdict,comment,reviewer,profession,day,guide,version"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder() / "hip_and_leg", tmp_path / "mine")


def run(*words):
    return CliRunner().invoke(main, ["guide", "review", *map(str, words)])


def answers(tmp_path, *rows):
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def row(item, verdict="agree", comment="", day="2026-11-20", digest=""):
    guide = Guide(data_folder() / "hip_and_leg")
    return ",".join(
        [
            item,
            digest or items_of(guide)[item].digest,
            verdict,
            comment,
            "AB",
            "physiotherapist",
            day,
            guide.id,
            guide.version,
        ]
    )


def test_it_says_how_far_a_guide_is_reviewed(folder):
    result = run(folder)
    assert result.exit_code == 0
    first, second = result.output.splitlines()
    assert first.startswith("hip_and_leg 1.1.0, ")
    assert "items: 0 reviewed, 0 held back, 0 changed since" in first
    assert second == "This guide has not been reviewed by a clinician yet."


def test_answers_are_taken_in(folder, tmp_path):
    rows = [*map(row, point_items("piri_1")), row("point/vl_4/place", "change", "3 cm lower")]
    result = run(folder, "--apply", answers(tmp_path, *rows))
    assert result.exit_code == 0
    assert f"Added 5 answers to {folder / 'reviews.csv'}." in result.output
    assert "4 reviewed, 1 held back" in result.output
    assert "1 of 47 points of this guide was reviewed by a physiotherapist, November 2026." in result.output
    assert "Held back: vl_4: a reviewer (AB, physiotherapist, 2026-11-20) wants its place changed" in result.output
    again = run(folder, "--apply", tmp_path / "answers.csv")
    assert "Added 0 answers" in again.output
    assert "5 there already" in again.output


def test_what_is_left_out_is_named_and_where_nothing_is_left_it_fails(folder, tmp_path):
    result = run(folder, "--apply", answers(tmp_path, row("rule/R01", day="2999-01-01")))
    assert result.exit_code == 1
    assert "which is still to come; correct it." in result.output
    assert "1 left out" in result.output


def test_a_file_of_answers_that_is_not_there_is_said_in_one_sentence(folder, tmp_path):
    result = run(folder, "--apply", tmp_path / "none.csv")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert result.output.startswith("Error: ")
