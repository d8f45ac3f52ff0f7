"""A visit in the planner: what is pressed changes the routine, and what is refused gives a message."""

from __future__ import annotations

import re

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, DoseError, FileFormatError, InvalidValueError, Named, ReferralRequired
from selfcare_kit.export.kinds import KINDS
from selfcare_kit.jupyter.privacy import PLAIN_TEXT
from selfcare_kit.planner.visit import answers, steps

from .conftest import App


def is_open(app):
    return bool(app.page("safety").all(do="answer"))


def test_a_whole_visit(visit):
    routine = visit.routine
    assert len(routine) == 5
    assert {step.side for step in routine.steps} == {"left"}
    assert routine.complaint.to_dict()["calf_outer"]["sensations"] == ["ache"]
    assert routine.screening.action == "go"
    file, record = visit.download("csv")
    assert file["name"] == f"routine_{routine.date}.csv"
    assert b"gmin_a" in record
    file, handout = visit.download("html", client="Zebediah")
    assert b"Zebediah" in handout
    assert file["type"] == "text/html"
    assert visit.message == f"Saved {file['name']}."


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


@pytest.mark.parametrize("kind", KINDS)
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


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_file_that_opens_again_keeps_the_routine(visit, kind):
    assert is_at_risk(visit)
    visit.download(kind)
    assert is_at_risk(visit) == (kind not in {"html", "pdf", "csv", "json", "xlsx"})


def test_neither_paper_nor_a_copied_note_keeps_the_routine(visit):
    visit.download("print")
    visit.press("download", "copy")
    visit.tell("download", {"do": "copied", "value": True})
    assert is_at_risk(visit)


def is_at_risk(app):
    (section,) = app.page("download").all("section")
    return "data-at-risk" in section.attrib


def told_to_forget(app, act):
    """The messages by which the views of the last section are told to empty their private fields."""
    widget, sent = app.planner.download.widget, []
    widget.send = lambda content, buffers=None: sent.append(content)
    act()
    del widget.send
    return [each for each in sent if each.get("forget")]


def test_the_printed_name_goes_when_another_file_is_opened(visit):
    record = visit.routine.to_json().encode()
    assert len(told_to_forget(visit, lambda: visit.upload(record, "r.json"))) == 1


def test_the_printed_name_goes_when_another_routine_is_set(visit, five_steps):
    assert len(told_to_forget(visit, lambda: setattr(visit.planner, "routine", five_steps))) == 1


def test_the_printed_name_stays_while_the_same_client_is_there(visit):
    assert told_to_forget(visit, lambda: visit.change(1, "seconds", 30)) == []
    assert told_to_forget(visit, lambda: visit.upload(b"x", "r.json")) == []
    assert told_to_forget(visit, lambda: visit.press("suggestions", "template")) == []


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


def test_the_way_to_a_side_that_is_missing_is_shown(app):
    app.clear()
    app.tick("heel")
    page = app.page("download")
    assert "Choose the side of Heel, in section 2." in page.text
    assert len(page.all("button", jump="symptoms")) == 1
    app.feel("left")
    assert not app.page("download").all("button", jump="symptoms")


def test_an_emergency_without_steps_can_be_written_into_the_chart(app):
    assert is_disabled(app, "copy")
    app.answer("R01")
    assert not is_disabled(app, "copy")
    assert is_disabled(app, "file-csv")
    sent = app.press("download", "copy")
    ((message, _),) = [each for each in sent if "copy" in each[0]]
    assert message["copy"].startswith("P: No self-massage was given")
    assert "R01" in message["copy"]


def is_disabled(app, key):
    (button,) = app.page("download").all("button", key=key)
    return button.get("aria-disabled") == "true"


def test_the_questions_close_to_one_line_and_open_again(app):
    assert is_open(app)
    app.clear()
    assert not is_open(app)
    assert "All asked on" in app.text
    app.press("safety", "open")
    assert is_open(app)
    app.press("safety", "open")
    assert not is_open(app)


def test_every_question_stands_once_in_a_group(app, guide):
    page = app.page("safety")
    ids = [each.get("data-id") for each in page.all("input", do="answer")]
    assert sorted(ids) == sorted(rule.id for rule in guide.records.asked_rules)
    assert {legend.text for legend in page.all("legend")} >= {"Nerves and strength", "Blood and breath"}


def test_the_button_says_what_it_will_record(app):
    assert "None of these apply" in app.text
    app.answer("C01")
    assert "None of these apply" not in app.text
    assert "Only the ticked ones apply" in app.text


def test_an_answer_that_needs_a_place_asks_for_it(visit):
    visit.press("suggestions", "add", id="fibl_1")
    visit.press("safety", "open")
    visit.answer("C12")
    assert "Say where: C12" in visit.text
    assert is_open(visit)
    for area in ("foot_top", "calf_outer"):
        visit.fill("safety", "place", True, id="C12", area=area)
    assert visit.routine.screening.blocked_areas == {"foot_top", "calf_outer"}
    assert "fibl_1" not in [step.point for step in visit.routine.steps]
    assert "because of C12" in visit.message
    assert "Because of the safety answers. Taken out" in visit.page("steps").text
    visit.fill("safety", "place", False, id="C12", area="calf_outer")
    assert visit.routine.screening.blocked_areas == {"foot_top"}
    assert "Back in the routine: Fibularis longus" in visit.message


def test_after_confirming_a_place_that_is_needed_can_still_be_named(app):
    app.answer("C12")
    app.clear()
    app.fill("safety", "place", True, id="C12", area="foot_top")
    assert app.planner.session.now.is_screened_today
    assert is_open(app)
    app.fill("safety", "place", True, id="C12", area="heel")
    assert app.planner.session.now.screening.blocked_areas == {"foot_top", "heel"}
    app.press("safety", "open")
    assert not is_open(app)


def test_a_place_can_only_be_one_the_question_is_about(app):
    app.answer("C05")
    offered = {box.get("data-area") for box in app.page("safety").all("input", do="place", id="C05")}
    assert "calf_back" in offered
    assert "low_back" not in offered


def test_an_emergency_stays_in_sight_when_the_questions_are_closed(app):
    app.answer("R01")
    app.clear()
    assert not is_open(app)
    assert "Emergency: now. Possible cauda equina syndrome: Stop." in app.page("safety").text
    bar = app.page("contents")
    assert "Emergency: now. R01 (Possible cauda equina syndrome): Stop." in bar.text
    assert "selfcare-is-alarm" in bar.html
    assert "1 Safety emergency" in bar.text


def test_a_red_flag_is_told_before_any_point_and_holds_the_handout(visit):
    visit.press("safety", "open")
    visit.answer("R01")
    assert len(visit.routine) == 0
    assert "Emergency: now" in visit.text
    assert "The handout has to wait" in visit.text
    assert visit.download("html") == (None, None)
    visit.answer("R01", is_yes=False)
    assert len(visit.routine) == 5


def test_weakness_asks_for_initials(visit):
    assert not visit.page("safety").all("input", do="agree")
    visit.feel("left", "weak")
    assert visit.page("safety").all("input", do="agree")
    assert visit.download("html") == (None, None)
    assert "put the initials in section 1" in visit.message
    visit.fill("safety", "agree", "AB")
    assert visit.download("html")[1]


def test_the_clinicians_own_record_needs_no_screening(app):
    app.tick("thigh_outer")
    app.feel("right")
    app.best()
    assert app.download("csv")[1]
    assert app.download("html") == (None, None)
    assert "The safety questions are not all asked yet" in app.message


def test_one_area_can_feel_different(app):
    app.tick("hip_side", "foot_top")
    app.feel("left", "ache")
    app.press("symptoms", "differ", area="foot_top")
    app.fill("symptoms", "feel", True, id="numb", area="foot_top")
    app.fill("symptoms", "feel", False, id="ache", area="foot_top")
    app.fill("symptoms", "rate", "4", area="foot_top")
    shown = app.planner.session.now.complaint.to_dict()
    assert shown["foot_top"] == {"side": "left", "sensations": ["numb"], "pain": 4}
    assert shown["hip_side"] == {"side": "left", "sensations": ["ache"], "pain": None}
    assert "Before any point" in app.text
    assert "Numbness can come from a nerve" in app.text
    app.press("symptoms", "differ", area="foot_top")
    assert app.planner.session.now.complaint.to_dict()["foot_top"]["sensations"] == ["ache"]


def test_one_area_can_be_on_the_other_side(app):
    app.tick("hip_side", "foot_top")
    app.feel("left")
    app.fill("symptoms", "side", "right", area="foot_top")
    sides = {area: words["side"] for area, words in app.planner.session.now.complaint.to_dict().items()}
    assert sides == {"hip_side": "left", "foot_top": "right"}


def test_the_search_has_what_a_client_calls_it(app):
    labels = [each for each in app.page("symptoms").all("label") if "hamstring" in each.get("data-words", "")]
    (label,) = labels
    (box,) = label.iter("input")
    assert box.get("data-id") == "thigh_back"


def test_the_search_gives_an_example_of_the_guides_own_words(app, guide):
    (field,) = [each for each in app.page("symptoms").all("input") if each.get("type") == "search"]
    synonym, nerve = field.get("placeholder").removeprefix("such as ").split(" or ")
    labels = [each.get("data-words") for each in app.page("symptoms").all("label") if each.get("data-words")]
    assert any(synonym in words for words in labels)
    assert any(nerve.lower() in words.split() for words in labels)
    assert any(nerve in row["think_of"] for row in guide.table("nerves"))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("saddle", {"tailbone", "groin", "thigh_inner"}),
        ("sciatica", {"buttock_center", "thigh_back", "calf_back", "heel"}),
        ("l5", {"shin", "calf_outer", "foot_top", "big_toe"}),
        ("meralgia", {"thigh_outer"}),
    ],
)
def test_the_search_has_the_nerves_that_are_thought_of(word, found, app):
    labels = [each for each in app.page("symptoms").all("label") if word in each.get("data-words", "")]
    assert found <= {box.get("data-id") for label in labels for box in label.iter("input")}


def test_the_nerves_bring_no_area_that_another_one_is_called(app):
    labels = [each for each in app.page("symptoms").all("label") if "sole" in each.get("data-words", "")]
    assert {box.get("data-id") for label in labels for box in label.iter("input")} == {"foot_arch", "foot_ball"}


def test_a_caution_that_follows_from_what_is_felt_is_told_as_such(app):
    app.clear()
    app.tick("heel")
    app.feel("left", "numb")
    shown = app.page("safety").text
    assert "with nerve damage, by what is felt: No tool on foot, ankle or lower leg" in shown


def test_a_suggestion_is_added_once(app):
    app.tick("thigh_outer")
    app.feel("left")
    offer = app.planner.session.offers[1]
    app.press("suggestions", "add", id=offer.point)
    assert [step.point for step in app.routine.steps] == [offer.point]
    assert app.message == f"Added {offer.suggestion.label}."
    assert app.press("suggestions", "add", id=offer.point) is None


def test_all_points_can_be_shown_and_those_not_for_pressing_have_no_button(app):
    app.tick("calf_outer", "calf_back")
    app.feel("left")
    app.press("suggestions", "more")
    page = app.page("suggestions")
    assert len([each for each in page.all("li") if each.get("data-look")]) == len(app.planner.session.now.suggestions)
    assert page.all("button", do="look", id="sol_2.left")
    assert not page.all("button", do="add", id="sol_2")
    assert "show only" in page.text


def test_a_look_at_a_point_keeps_what_was_said(visit):
    message = visit.message
    key = visit.planner.session.offers[3].key
    visit.press("suggestions", "look", id=key)
    assert visit.message == message != ""
    assert visit.picture["looked"] == key


def test_the_step_table_changes_the_routine(visit):
    visit.change(1, "seconds", 45)
    visit.change(1, "pressure", 3)
    visit.change(1, "note", "after a warm shower")
    step = visit.routine.steps[0]
    assert (step.seconds, step.pressure, step.note) == (45, 3, "after a warm shower")
    visit.change(1, "side", "both")
    assert visit.routine.steps[0].side == "both"
    assert "5 steps, 5 min 30 s" in visit.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("seconds", "300", "Seconds must be a whole number from 1 to 120, got 300"),
        ("pressure", "9", "Pressure must be a whole number from 1 to 7, got 9"),
        ("pressure", "hard", "Pressure must be a whole number, got 'hard'"),
        ("every_days_min", "1", "at least 2 days"),
    ],
)
def test_what_the_guide_does_not_allow_is_refused_beside_the_step(visit, field, value, sentence):
    before = visit.routine
    visit.change(2, field, value)
    page = visit.page("steps")
    (row,) = page.all("tr", key="refusal")
    assert sentence in "".join(row.itertext())
    assert row in list(page.one("tbody", step=visit.step(2)))
    assert visit.routine == before
    refused = page.one("input", id=visit.step(2), name=field)
    assert refused.get("value") == str(getattr(before.steps[1], field))
    assert refused.get("aria-invalid") == "true"
    (shown,) = [each for each in page.all("p") if each.get("id") == refused.get("aria-describedby")]
    assert shown.get("role") == "alert"
    visit.change(1, "pressure", 4)
    assert not visit.page("steps").all("tr", key="refusal")


def test_a_refusal_elsewhere_leaves_no_value_of_a_step_marked_as_refused(visit):
    visit.change(1, "seconds", 300)
    visit.tell("safety", {"do": "agree", "value": "no"})
    assert not [each for each in visit.page("steps").all("input") if each.get("aria-invalid")]


def test_steps_move_and_go_and_come_back(visit):
    before = [step.point for step in visit.routine.steps]
    visit.press("steps", "down", id=visit.step(1))
    assert [step.point for step in visit.routine.steps] == [before[1], before[0], *before[2:]]
    visit.press("steps", "remove", id=visit.step(5))
    assert len(visit.routine) == 4
    visit.press("steps", "undo")
    visit.press("steps", "undo")
    assert [step.point for step in visit.routine.steps] == before
    visit.press("steps", "redo")
    assert [step.point for step in visit.routine.steps][:2] == [before[1], before[0]]


def test_a_step_that_is_dragged_takes_its_new_place(visit):
    before = [step.point for step in visit.routine.steps]
    visit.tell("steps", {"do": "move", "id": visit.step(5), "value": 0})
    assert [step.point for step in visit.routine.steps] == [before[4], *before[:4]]


def test_the_first_step_cannot_go_up_nor_the_last_down(visit):
    assert visit.press("steps", "up", id=visit.step(1)) is None
    assert visit.press("steps", "down", id=visit.step(5)) is None
    assert visit.press("steps", "up", id=visit.step(3)) is not None


def test_hints_are_shown_in_the_words_of_the_page(visit):
    visit.press("suggestions", "template")
    assert "10 steps are a lot to remember" in visit.text
    shown = visit.page("steps").text
    assert "Gluteus medius" in shown
    assert "gmin_a, " not in shown


def test_the_guides_sequence_asks_for_a_side_and_says_where_it_stands(app):
    app.press("suggestions", "template")
    assert "needs the client's side" in app.message
    assert len(app.routine) == 0
    app.tick("thigh_outer", "heel")
    app.feel("left")
    app.fill("symptoms", "side", "right", area="heel")
    app.press("suggestions", "template")
    sides = {step.point: step.side for step in app.routine.steps}
    assert (sides["gmed_2"], sides["abdm_1"], sides["edb_1"]) == ("left", "right", "both")
    assert "on the side of what each step can explain" in app.message
    assert "On both sides, as nothing that hurts says which: " in app.message


def test_a_mode_brings_a_tool_that_suits_it(visit):
    visit.change(1, "mode", "scrape")
    step = visit.routine.steps[0]
    assert step.tool == "scraping_tool"
    offered = {
        option.get("value")
        for option in visit.page("steps").one("select", id=visit.step(1), name="tool").iter("option")
    }
    assert offered == {"scraping_tool", "long_handle"}


def test_a_longer_rest_raises_its_upper_end(visit):
    visit.change(1, "every_days_min", 9)
    step = visit.routine.steps[0]
    assert (step.every_days_min, step.every_days_max) == (9, 9)


def test_a_step_that_changes_its_side_stays_the_same_row(visit):
    before = visit.page("steps").one("tbody", step=visit.step(2)).get("data-key")
    visit.change(2, "side", "right")
    assert visit.page("steps").one("tbody", step=visit.step(2)).get("data-key") == before


def test_what_is_pressed_twice_is_done_once(visit):
    point = visit.routine.steps[0]
    visit.tell("suggestions", {"do": "add", "id": point.point})
    assert "is in the routine already" in visit.message
    assert not visit.planner.suggestions.is_refused
    gone = visit.step(5)
    for _ in range(2):
        visit.tell("steps", {"do": "remove", "id": gone})
    assert len(visit.routine) == 4
    assert not visit.planner.steps.is_refused


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (InvalidValueError.of(Named("value", "every_days_max"), "must be 9"), "Days of rest, at most must be 9."),
        (
            BlockedError.of(
                (Named("point", "gmed_2", "'gmed_2'"), " right:"), (Named("area", "hip_side"), " is blocked")
            ),
            "Gluteus medius, mid-crest right: hip, side is blocked.",
        ),
        (
            FileFormatError.in_place("tfl_1.csv", DoseError.of(Named("point", "edb_1"), "gets less")),
            "tfl_1.csv: Extensor digitorum brevis, outer top of the foot gets less.",
        ),
        (FileFormatError("huge.csv must be at most 5 MB."), "huge.csv must be at most 5 MB."),
        (InvalidValueError("seconds must be less."), "Seconds must be less."),
        (InvalidValueError.of(Named("point", "gone_1"), "is of another guide"), "gone_1 is of another guide."),
    ],
)
def test_the_library_is_quoted_in_the_words_of_the_page(app, monkeypatch, error, shown):
    def refuse(event):
        raise error

    monkeypatch.setattr(app.planner.steps, "do_undo", refuse)
    app.tell("steps", {"do": "undo"})
    assert app.planner.steps.notice == shown


def ids_in(text, guide):
    tables = ("points", "areas", "tools", "positions")
    known = {id for table in tables for id in guide.rows_by_id[table] if "_" in id} | {"every_days_min", "agreed_by"}
    return known & set(re.findall(r"\w+", text))


def longer(app):
    app.change(1, "seconds", 120)
    app.tell("suggestions", {"do": "add", "id": "gmed_2"})
    app.tell("suggestions", {"do": "add", "id": "gmed_3"})


REFUSED = {
    "another side that is there": lambda app: (
        app.planner.session.do(steps.add, app.routine.steps[0].point, "right"),
        app.change(1, "side", "both"),
    ),
    "too often": lambda app: app.change(1, "every_days_min", 1),
    "too long together": longer,
    "a blocked point": lambda app: (
        app.planner.session.do(answers.answer, "C10", True),
        app.tell("suggestions", {"do": "add", "id": "tfl_1"}),
    ),
    "a point only to be shown": lambda app: app.tell("suggestions", {"do": "add", "id": "sol_2"}),
    "no point": lambda app: app.tell("suggestions", {"do": "add", "id": "tfl_99"}),
    "no initials": lambda app: (
        app.planner.session.do(answers.answer, "R18", True),
        app.tell("safety", {"do": "agree", "value": "no"}),
    ),
    "a file": lambda app: app.upload(
        app.routine.to_csv().replace(",hold,60,", ",hold,115,").encode(), "last_visit.csv"
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_no_refusal_tells_an_id_where_there_is_a_label(visit, guide, what):
    before = visit.routine
    REFUSED[what](visit)
    parts = visit.planner._parts
    (message,) = [text for part in parts for text in (part.notice, getattr(part, "_refusal", [""])[-1]) if text]
    assert any(part.is_refused for part in parts)
    assert ids_in(message, guide) == set()
    assert visit.routine.title == before.title


def test_a_clinics_settings_beside_the_notebook_are_printed(visit, tmp_path, monkeypatch):
    (tmp_path / "clinic.toml").write_text('name = "Corner clinic"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    app = App(visit.routine)
    assert "Clinic settings from clinic.toml are printed" in app.page("download").text
    assert b"Corner clinic" in app.download("html")[1]
    assert b"Corner clinic" not in visit.download("html")[1]


def test_a_translation_that_nobody_reviewed_says_so(visit):
    assert "reviewed it yet" not in visit.page("download").text
    visit.fill("download", "look", "es", name="language")
    assert "drafted by a machine and nobody has reviewed it yet" in visit.page("download").text
    assert b'lang="es"' in visit.download("html")[1]


def test_the_preview_is_the_figure_of_the_routine(visit):
    html = visit.page("preview").html
    assert "<svg" in html
    for step in visit.routine.steps:
        assert f'data-point="{step.point}"' in html


def test_a_saved_routine_is_opened_and_the_questions_are_asked_again(visit):
    _, made = visit.download("html", client="Zebediah")
    visit.press("suggestions", "template")
    visit.upload(made, "h.html")
    assert len(visit.routine) == 5
    assert "ask the questions again" in visit.message
    assert visit.planner.session.visit.areas == ("thigh_outer", "calf_outer")
    assert is_open(visit)
    assert visit.download("html") == (None, None)


def test_what_changed_since_the_last_visit_is_told(visit):
    _, made = visit.download("json")
    visit.upload(made, "r.json")
    assert f"The same as the routine of {visit.routine.date}" in visit.text
    visit.change(1, "seconds", 30)
    visit.press("steps", "remove", id=visit.step(2))
    shown = visit.page("steps").text
    assert "2 changes" in shown
    assert "Removed" in shown


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"step,point\n1,x", b"<html>"])
@pytest.mark.parametrize("name", ["a.csv", "a.html", "a.json", "a.exe"])
def test_a_wrong_file_is_refused_in_words(app, content, name):
    app.upload(content, name)
    assert app.message
    assert " ".join(app.message.split()) in app.page("contents").text
    assert 'class="selfcare-error"' in app.page("contents").html
    assert len(app.routine) == 0


def test_an_error_of_the_planner_itself_is_said_too(app, monkeypatch):
    monkeypatch.setattr(app.planner.session, "do", lambda change: 1 / 0)
    app.best()
    assert "ZeroDivisionError inside the planner" in app.message


def test_a_message_goes_when_the_next_thing_is_done(visit):
    visit.change(1, "seconds", 300)
    visit.fill("download", "name", "C-104", name="code")
    assert visit.message == ""
    assert not visit.page("steps").all("tr", key="refusal")


@pytest.mark.parametrize("message", [{}, {"do": "unknown"}, {"do": 3}, {"do": "change", "id": None}, "text", None])
def test_a_message_that_makes_no_sense_changes_nothing(visit, message):
    before = visit.planner.session.visit
    for part in visit.planner._parts:
        part.widget._handle_custom_msg(message, [])
    assert visit.planner.session.visit == before


def test_it_shows_itself_with_a_fixed_text(visit):
    bundle = visit.planner._repr_mimebundle_()
    assert bundle["text/plain"] == PLAIN_TEXT
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert repr(visit.planner) == PLAIN_TEXT


def test_two_planners_do_not_disturb_each_other(visit):
    other = App()
    other.tick("heel")
    assert visit.planner.session.visit.areas == ("thigh_outer", "calf_outer")
    assert other.planner.session.visit.areas == ("heel",)
    assert len(other.routine) == 0


def test_it_begins_with_a_routine(five_steps):
    app = App(five_steps)
    assert app.routine.steps == five_steps.steps
    assert app.page("download").one("input", name="code").get("value") == "C-104"
    assert not is_open(app)


def test_a_routine_that_is_set_is_shown(app, five_steps):
    app.planner.routine = five_steps.remove("ql_s2")
    assert [step.point for step in app.routine.steps] == ["gmed_2", "piri_1", "tfl_1", "vl_4"]
    assert len(app.page("steps").all("tbody")) == 4
    app.planner.routine = app.planner.routine.move("vl_4", 0)
    assert app.routine.steps[0].point == "vl_4"


def test_the_bar_says_that_nobody_has_reviewed_the_guide(app, guide):
    assert not guide.reviewed_by
    assert "not reviewed by a clinician yet" in app.page("contents").text


def test_the_bar_tells_where_the_visit_stands(app):
    assert "1 Safety to be asked" in app.page("contents").text
    assert "6 Hand out has to wait" in app.page("contents").text
    app.clear()
    app.tick("thigh_outer")
    app.feel("left")
    app.best()
    shown = app.page("contents").text
    assert "1 Safety asked today" in shown
    assert "2 Where left" in shown
    assert "6 Hand out ready" in shown


def test_what_is_typed_and_what_a_guide_says_is_escaped(visit):
    visit.change(1, "note", "<script>alert(1)</script>")
    visit.fill("download", "name", "<b>bold</b>", name="title")
    assert "<script>alert" not in visit.shown
    visit.upload(b"x", "<img src=x onerror=y>.txt")
    assert "<img src=x" not in visit.shown
    assert "&lt;img" in visit.shown


def test_a_view_that_opens_later_is_told_everything(visit):
    for part in visit.planner._parts[1:]:
        name = next(name for name, value in vars(visit.planner).items() if value is part)
        ((message, _),) = visit.tell(name, {"do": "ready"})
        assert message["html"] == part.widget.html
    ((message, buffers),) = visit.tell("body_map", {"do": "ready"})
    assert message["picture"] == visit.picture
    assert len(buffers[0]) < 60_000


def test_looking_at_a_point_tells_who_says_what_of_it(visit):
    assert "Who says so" not in visit.page("suggestions").text
    offer = visit.planner.session.offers[0]
    visit.press("suggestions", "look", id=offer.key)
    assert "Who says so" in visit.page("suggestions").text
    assert "Thigh, outer (main):" in visit.page("suggestions").text


def test_a_thin_list_says_what_the_guide_does_not_cover(app):
    app.clear()
    app.tick("groin")
    app.feel("left", "ache")
    assert "This guide covers the groin only in part (adductors" in app.page("suggestions").text
