"""The shell lists, keeps and uses a clinic's templates."""

import re

import pytest
from click.testing import CliRunner

import selfcare_kit as kit
from selfcare_kit.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path / "user"))
    routine = kit.Routine(code="C-104").add("tfl_1", side="left", seconds=45).add("edb_1", side="left", pressure=3)
    routine.to_csv(tmp_path / "r.csv")
    return lambda *arguments, **extra: CliRunner().invoke(main, list(arguments), **extra)


def test_a_saved_routine_becomes_a_template_that_is_listed(run):
    result = run("template", "save", "r.csv", "Runner's hip")
    assert result.exit_code == 0, result.output
    assert result.output == "Saved Runner's hip (2 steps). Nothing about a client is in it.\n"
    assert run("template", "list").output.splitlines() == [
        "hip_and_leg                10 steps  Hip and leg, in the order of the guide",
        "Runner's hip                2 steps  tfl_1 edb_1",
    ]


def test_a_routine_is_made_from_a_template_by_its_name(run, tmp_path):
    run("template", "save", "r.csv", "Runner's hip")
    result = run("routine", "--template", "runner's hip", "--side", "right", "--csv", "made.csv")
    assert result.exit_code == 0, result.output
    steps = kit.read_routine(tmp_path / "made.csv").steps
    assert (steps[0].point, steps[0].side, steps[0].seconds) == ("tfl_1", "right", 45)


def test_the_sides_and_sensations_of_areas_adapt_a_template(run):
    run("template", "save", "r.csv", "Leg")
    result = run("routine", "--area", "hip_front:left", "--area", "foot_top:right:numb", "--template", "Leg")
    assert result.exit_code == 0, result.output
    lines = [line.split()[1:3] for line in result.stdout.splitlines()]
    assert lines == [["tfl_1", "both"], ["edb_1", "right"]]
    assert "Because of the sensations: Changed: " in result.stderr


def test_template_without_a_name_is_the_guides_own(run):
    assert run("routine", "--template", "--side", "left").stdout.count("\n") == 10
    assert run("routine", "--side", "left", "--template").stdout.count("\n") == 10


def test_no_side_is_guessed(run):
    run("template", "save", "r.csv", "Leg")
    result = run("routine", "--template", "Leg")
    assert result.exit_code == 1
    assert "Error: the template 'Leg' needs the client's side, got none" in result.output


def test_a_template_is_renamed_and_deleted(run):
    run("template", "save", "r.csv", "Leg")
    assert run("template", "rename", "leg", "Runner's leg").output == "Renamed: Runner's leg (2 steps).\n"
    assert run("template", "delete", "RUNNER'S LEG").exit_code == 0
    assert run("template", "list").output.count("\n") == 1


def test_a_template_that_cannot_be_used_is_told_beside_the_list(run, tmp_path):
    run("template", "save", "r.csv", "Leg")
    path = tmp_path / "user" / "templates.toml"
    path.write_text(re.sub('(?m)^point = "', 'point = "gone_', path.read_text("utf-8")), encoding="utf-8")
    result = run("template", "list")
    assert result.exit_code == 0
    assert "! the template 'Leg' must have a point of guide 'hip_and_leg', got only 'gone_" in result.stderr


def test_templates_lie_beside_a_named_clinic(run, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "clinic.toml").write_text("")
    assert run("template", "--clinic", "other/clinic.toml", "save", "r.csv", "Leg").exit_code == 0
    assert (tmp_path / "other" / "templates.toml").is_file()
    named = ("--clinic", "other/clinic.toml")
    assert run("routine", "--template", "Leg", "--side", "left", *named).exit_code == 0
    assert run("routine", "--template", "Leg", "--side", "left").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [("save", "gone.csv", "Leg"), ("save", "r.csv", "hip_and_leg"), ("save", "r.csv", "leg C-104"),
     ("rename", "Leg", "x"), ("delete", "Leg")],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(run, tmp_path, arguments):
    result = run("template", *arguments)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
    assert not (tmp_path / "user").exists()


def test_a_template_of_the_clinic_is_found_by_search(run):
    run("template", "save", "r.csv", "Runner's hip")
    assert "template  Runner's hip" in run("search", "runner").output
