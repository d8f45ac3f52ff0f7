"""What a planner can do depends on where it runs; one record decides it, and the table in docs/one-file.md is that record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.export.kinds import KINDS
from selfcare_kit.planner.visit import platforms
from selfcare_kit.planner.visit.platforms import PLATFORMS, this_platform

from .conftest import App

PAGE = Path(kit.__file__).resolve().parent.parent / "docs" / "one-file.md"


def table():
    """The rows of the table by their name: a word for each place."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = next(index for index, row in enumerate(rows) if row[1:] == [each.label for each in PLATFORMS.values()])
    return {row[0]: row[1:] for row in rows[head + 1 :] if len(row) == 1 + len(PLATFORMS)}


def yes(values):
    return ["yes" if value else "no" for value in values]


@pytest.fixture
def file_app(monkeypatch):
    monkeypatch.setattr("selfcare_kit.planner.visit.session.this_platform", lambda: PLATFORMS["file"])
    return App()


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_says_which_files_can_be_written_where(kind):
    rows = table()
    (row,) = [cells for name, cells in rows.items() if re.match(rf"writes `{kind}`", name)]
    assert [cell.split(" ")[0].rstrip(",:") for cell in row] == yes(kind in each.writes for each in PLATFORMS.values())


def test_the_table_says_what_can_be_opened_where():
    (row,) = [cells for name, cells in table().items() if name.startswith("opens ")]
    assert row == [", ".join(each.reads) for each in PLATFORMS.values()]


@pytest.mark.parametrize(
    ("begins", "field"),
    [
        ("keeps the clinic's settings and templates", "keeps_settings"),
        ("takes any picture as a logo", "takes_pictures"),
        ("offers an unfinished visit again after a reload", "survives_reload"),
    ],
)
def test_the_table_says_what_else_is_kept_where(begins, field):
    assert [cell.split(",")[0].split(":")[0] for cell in table()[begins]] == yes(
        getattr(each, field) for each in PLATFORMS.values()
    )


def test_where_python_runs_in_a_browser_it_is_the_one_file(monkeypatch):
    assert this_platform() is PLATFORMS["lab"]
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    assert this_platform() is PLATFORMS["page"]
    monkeypatch.setattr(platforms.sys, "platform", "emscripten")
    assert this_platform() is PLATFORMS["file"]


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_can_be_written_is_offered(file_app, kind):
    offered = {each.get("data-id") for each in file_app.page("download").all("button", do="file")}
    assert (kind in offered) == (kind in PLATFORMS["file"].writes)


def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(file_app):
    file_app.clear()
    file_app.tell("download", {"do": "file", "id": "png"})
    assert "must be one of" in file_app.message or "must be html" in file_app.message


def test_nothing_is_offered_to_be_kept_where_nothing_is_kept(file_app, monkeypatch, tmp_path):
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path))
    file_app.press("contents", "clinic")
    shown = file_app.page("clinic")
    assert "last until this page is closed" in shown.text
    assert not shown.all("input", do="logo")
    assert not file_app.page("steps").all("input", do="save_template")


def test_settings_are_opened_with_the_picture_of_their_logo(file_app, monkeypatch, tmp_path):
    from PIL import Image

    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path / "own"))
    Image.new("RGB", (30, 10), "navy").save(tmp_path / "sign.png")
    settings = b'name = "Hillside Clinic"\nlogo = "sign.png"\n'
    files = [memoryview(settings), memoryview((tmp_path / "sign.png").read_bytes())]
    file_app.press("contents", "clinic")
    file_app.tell("clinic", {"do": "open", "value": "hillside.toml\nsign.png"}, files)
    assert file_app.message == "The settings of hillside.toml are in force."
    assert file_app.planner.session.clinic.logo
    sent = file_app.press("clinic", "save")
    saved = {each["file"]["name"]: bytes(buffers[0]) for each, buffers in sent if "file" in each}
    assert saved == {"clinic.toml": settings, "sign.png": bytes(files[1])}


def test_settings_that_are_wrong_leave_those_that_are_in_force(file_app, monkeypatch, tmp_path):
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path))
    file_app.press("contents", "clinic")
    file_app.tell("clinic", {"do": "open", "value": "a.toml"}, [memoryview(b'name = "Hillside Clinic"')])
    file_app.tell("clinic", {"do": "open", "value": "b.toml"}, [memoryview(b'nme = "x"')])
    assert "may hold" in file_app.message
    assert file_app.planner.session.clinic.name == "Hillside Clinic"
    file_app.tell("clinic", {"do": "open", "value": "a.png"}, [memoryview(b"")])
    assert "the settings are one file such as clinic.toml, got 0; choose one." in file_app.message.lower()
