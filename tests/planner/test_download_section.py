"""The hand-out: what stands in its way, the files, and the client's name, which no value keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import slow_where

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, ReferralRequired
from selfcare_kit.export.kinds import KINDS
from selfcare_kit.planner.visit.obstacles import obstacles_of
from selfcare_kit.planner.visit.session import Session

from .conftest import App
from .test_derive import ACTIONS, act

EVERY_KIND = slow_where(KINDS, ["pdf"])


def is_at_risk(app):
    (section,) = app.page("download").all("section")
    return "data-at-risk" in section.attrib


def is_disabled(app, key):
    (button,) = app.page("download").all("button", key=key)
    return button.get("aria-disabled") == "true"


def told_to_forget(app, act):
    """The messages by which the views of the last section are told to empty their private fields."""
    widget, sent = app.planner.download.widget, []
    widget.send = lambda content, buffers=None: sent.append(content)
    act()
    del widget.send
    return [each for each in sent if each.get("forget")]


def test_the_handout_can_be_printed_at_once(visit):
    file, page = visit.download("print", client="Zebediah")
    assert file["print"]
    assert b"Zebediah" in page


@pytest.mark.parametrize("kind", ["csv", "html", "json", "xlsx"])
def test_files_read_back_as_the_routine(visit, tmp_path, kind):
    visit.fill("download", "name", "C-104", name="code")
    file, made = visit.download(kind)
    (tmp_path / file["name"]).write_bytes(made)
    assert "_C-104_" in file["name"]
    assert kit.read_routine(tmp_path / file["name"]) == visit.routine


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_file_is_one_click(visit, kind):
    file, made = visit.download(kind, client="Zebediah")
    assert file["name"].endswith(KINDS[kind].ending)
    assert file["type"] == KINDS[kind].media_type
    assert made
    assert visit.message == f"Saved {file['name']}."


@pytest.mark.slow
def test_the_planner_tells_of_letters_without_a_font(visit):
    file, made = visit.download("pdf", client="Zebediah \U0010abcd")
    assert made
    assert visit.message.startswith(
        f"Saved {file['name']}. The PDF has boxes in place of U+10ABCD, for which there is no font"
    )


def test_the_chart_note_is_copied(visit):
    sent = visit.press("download", "copy")
    ((message, _),) = [each for each in sent if "copy" in each[0]]
    assert message["copy"] == visit.routine.to_note()


def test_that_the_note_is_copied_is_said_when_the_clipboard_took_it(visit):
    visit.press("download", "copy")
    assert visit.message == ""
    visit.tell("download", {"do": "copied", "value": True})
    assert visit.message == "Copied the chart note."
    assert not visit.planner.download.is_refused


def test_a_clipboard_that_takes_nothing_is_told_with_another_way(visit):
    visit.press("download", "copy")
    visit.tell("download", {"do": "copied", "value": False})
    assert "the browser did not let" in visit.message.lower()
    assert "save it as a file" in visit.message
    assert visit.planner.download.is_refused


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_only_a_file_that_opens_again_keeps_the_routine(visit, kind):
    assert is_at_risk(visit)
    visit.download(kind)
    assert is_at_risk(visit) == (kind not in {"html", "pdf", "csv", "json", "xlsx"})


def test_neither_paper_nor_a_copied_note_keeps_the_routine(visit):
    visit.download("print")
    visit.press("download", "copy")
    visit.tell("download", {"do": "copied", "value": True})
    assert is_at_risk(visit)


def test_the_printed_name_goes_when_another_file_is_opened(visit):
    record = visit.routine.to_json().encode()
    assert len(told_to_forget(visit, lambda: visit.upload(record, "r.json"))) == 1


def test_the_printed_name_goes_when_another_routine_is_set(visit, five_steps):
    assert len(told_to_forget(visit, lambda: setattr(visit.planner, "routine", five_steps))) == 1


def test_the_printed_name_stays_while_the_same_client_is_there(visit):
    assert told_to_forget(visit, lambda: visit.change(1, "seconds", 30)) == []
    assert told_to_forget(visit, lambda: visit.upload(b"x", "r.json")) == []
    assert told_to_forget(visit, lambda: visit.press("steps", "template", id="hip_and_leg", key="use")) == []


@pytest.mark.parametrize(
    ("do", "error"),
    [
        (lambda app: None, kit.ScreeningRequired),
        (lambda app: app.answer("R01"), ReferralRequired),
        (lambda app: app.clear(), InvalidValueError),
    ],
)
def test_the_handout_is_refused_with_the_error_of_its_cause(app, do, error):
    do(app)
    assert type(app.planner.session.now.refusal) is error
    with pytest.raises(error, match=r"^the handout has to wait: "):
        app.planner.download._send("html", "")


def test_an_emergency_without_steps_can_be_written_into_the_chart(app):
    assert is_disabled(app, "copy")
    app.answer("R01")
    assert not is_disabled(app, "copy")
    assert is_disabled(app, "file-csv")
    sent = app.press("download", "copy")
    ((message, _),) = [each for each in sent if "copy" in each[0]]
    assert message["copy"].startswith("P: No self-massage was given")
    assert "R01" in message["copy"]


def test_the_clinicians_own_record_needs_no_screening(app):
    app.tick("thigh_outer")
    app.feel("right")
    app.best()
    assert app.download("csv")[1]
    assert app.download("html") == (None, None)
    assert f"{len(kit.questions())} of {len(kit.questions())} safety questions are not asked yet" in app.message


def test_a_clinics_settings_beside_the_notebook_are_printed(visit, tmp_path, monkeypatch):
    (tmp_path / "clinic.toml").write_text('name = "Corner clinic"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    app = App(visit.routine)
    assert "With the clinic's settings from clinic.toml." in app.page("download").text
    assert b"Corner clinic" in app.download("html")[1]
    assert b"Corner clinic" not in visit.download("html")[1]


def test_who_has_reviewed_the_points_of_the_page_stands_beside_the_print_button(visit, guide):
    points = [step.point for step in visit.planner.routine.steps]
    assert visit.page("download").one("p", key="review").text == str(kit.review_of(points, guide=guide))
    assert "not been reviewed by a clinician yet" in visit.page("download").text


def test_a_translation_that_nobody_reviewed_says_so(visit):
    assert "reviewed it yet" not in visit.page("download").text
    visit.fill("download", "look", "es", name="language")
    assert "drafted by a machine and nobody has reviewed it yet" in visit.page("download").text
    assert b'lang="es"' in visit.download("html")[1]


# What stands in the way


def test_a_side_that_is_missing_is_a_link_to_the_area(app):
    app.clear()
    app.tick("heel")
    assert ("symptoms", "heel", "Choose the side: Heel") in app.obstacles
    app.feel("left")
    assert not [each for each in app.obstacles if each[0] == "symptoms"]


def closed(app):
    app.press("safety", "open")


STATES = {
    "just opened": lambda app: None,
    "an area without a side": lambda app: app.tick("heel", "foot_top"),
    "an answer without its areas": lambda app: app.answer("C12"),
    "an answer without its areas, the questions closed": lambda app: (app.answer("C12"), closed(app)),
    "an answer without its areas, all others asked": lambda app: (app.answer("C12"), app.clear()),
    "an emergency": lambda app: (app.clear(), app.answer("R01")),
    "an emergency, the questions closed": lambda app: (app.answer("R01"), closed(app)),
    "an emergency by what is felt": lambda app: (app.tick("tailbone"), app.feel("left", "numb", "weak")),
    "a look of a clinician": lambda app: (app.clear(), app.tick("foot_top"), app.feel("left", "weak")),
    "no step": lambda app: (app.clear(), app.tick("heel"), app.feel("left")),
    "the wrong side": lambda app: (app.clear(), app.tick("hip_side"), app.feel("left"), app.best(), app.feel("right")),
    "everything": lambda app: (
        app.tick("hip_side", "foot_top"), app.feel("left", "weak"), app.best(), app.answer("C12"),
        app.fill("symptoms", "side", "right", area="hip_side"), app.tick("heel"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_each_obstacle_names_an_element_on_the_page(app, state):
    STATES[state](app)
    assert app.obstacles
    for section, key, _ in app.obstacles:
        page = app.page(section)
        (found,) = page.all("section")
        assert [each for each in found.iter() if each.get("data-section") == section], section
        assert [each for each in found.iter() if each.get("data-key") == key], f"{section}: {key}"


@pytest.mark.parametrize(
    ("remove", "gone"),
    [
        (lambda app: app.clear(), "safety"),
        (lambda app: app.fill("symptoms", "side", "left", area="heel"), "symptoms"),
        (lambda app: app.press("steps", "hurts"), "steps"),
    ],
)
def test_all_that_stands_in_the_way_is_listed_at_once_and_goes_one_by_one(app, remove, gone):
    app.tick("hip_side")
    app.fill("symptoms", "side", "left", area="hip_side")
    app.best()
    app.fill("symptoms", "side", "right", area="hip_side")
    app.tick("heel")
    assert [section for section, _, _ in app.obstacles] == ["symptoms", "safety", "steps"]
    remove(app)
    assert gone not in [section for section, _, _ in app.obstacles]
    assert len(app.obstacles) == 2


def test_what_is_most_urgent_comes_first(app):
    app.tick("heel")
    app.answer("R01")
    assert app.obstacles[0][2].startswith("No self-massage today")


def test_nothing_in_the_way_is_said_to_be_ready(visit):
    assert visit.obstacles == []
    assert "Ready to print." in visit.page("download").text
    visit.fill("download", "name", "C-104", name="code")
    assert "No code" not in visit.page("download").text


@settings(max_examples=30, deadline=None)
@given(st.lists(ACTIONS, max_size=10))
def test_there_is_an_obstacle_exactly_while_the_handout_is_refused(actions):
    session = Session(guide=kit.load_guide())
    for action in actions:
        act(session, *action)
    assert bool(obstacles_of(session.now)) == (session.now.refusal is not None)


def test_an_obstacle_of_another_day_is_told(visit, yesterday):
    visit.planner.session.do(replace, asked_on=yesterday)
    visit.planner._refresh()
    assert [words for _, _, words in visit.obstacles] == [f"Safety: asked on {yesterday}, to be asked again"]
