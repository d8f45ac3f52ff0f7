"""A visit in the planner: what is pressed changes the routine, and what is refused gives a message."""

from __future__ import annotations

import re

import pytest

from selfcare_kit.errors import BlockedError, DoseError, FileFormatError, InvalidValueError, Named
from selfcare_kit.jupyter.privacy import PLAIN_TEXT
from selfcare_kit.planner.sections.section import Section
from selfcare_kit.planner.visit import answers, steps

from .conftest import App
from .test_safety_section import is_open


def test_a_whole_visit(visit):
    routine = visit.routine
    assert len(routine) == 5
    assert {step.side for step in routine.steps} == {"left"}
    assert routine.complaint.to_dict()["calf_outer"]["sensations"] == ["ache"]
    assert routine.screening.action == "go"
    file, record = visit.download("csv")
    # Without a code the time tells two clients of a day apart.
    assert re.fullmatch(rf"routine_{routine.date}_\d{{4}}\.csv", file["name"])
    assert b"gmin_a" in record
    file, handout = visit.download("html", client="Zebediah")
    assert b"Zebediah" in handout
    assert file["type"] == "text/html"
    assert visit.message == f"Saved {file['name']}."


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

    monkeypatch.setattr(app.planner.steps, "do_template", refuse)
    app.tell("steps", {"do": "template"})
    assert app.planner.steps.notice == shown
    assert app.page("status").one("div", key="alert").find("p").text == shown


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
        app.open_step(1),
        # From a view that was drawn before the other side was there.
        app.tell("steps", {"do": "change", "id": app.step(1), "name": "side", "value": "both"}),
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


def refusals(app):
    """The sentences that refuse something, wherever they stand on the page."""
    shown = [app.page("status").one("div", key="alert").find("p"), *app.page("steps").all("p", key="refusal")]
    return ["".join(each.itertext()) for each in shown if each is not None]


@pytest.mark.parametrize("what", REFUSED)
def test_no_refusal_tells_an_id_where_there_is_a_label(visit, guide, what):
    before = visit.routine
    REFUSED[what](visit)
    (message,) = refusals(visit)
    assert ids_in(message, guide) == set()
    assert visit.routine.title == before.title


def test_a_saved_routine_is_opened_and_the_questions_are_asked_again(visit):
    _, made = visit.download("html", client="Zebediah")
    visit.press("steps", "template", id="hip_and_leg", key="use")
    visit.upload(made, "h.html")
    assert len(visit.routine) == 5
    assert "ask the questions again" in visit.message
    assert visit.planner.session.visit.areas == ("thigh_outer", "calf_outer")
    assert is_open(visit)
    assert visit.download("html") == (None, None)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"step,point\n1,x", b"<html>"])
@pytest.mark.parametrize("name", ["a.csv", "a.html", "a.json", "a.exe"])
def test_a_wrong_file_is_refused_in_words(app, content, name):
    app.upload(content, name)
    assert app.message
    assert " ".join(app.message.split()) in app.page("status").text
    assert 'class="selfcare-error"' in app.page("status").html
    assert len(app.routine) == 0


def test_an_error_of_the_planner_itself_is_said_too(app, monkeypatch):
    monkeypatch.setattr(app.planner.session, "do", lambda change: 1 / 0)
    app.tell("suggestions", {"do": "best"})
    assert "ZeroDivisionError inside the planner" in app.message


def test_a_message_goes_when_the_next_thing_is_done(visit):
    visit.change(1, "seconds", 300)
    visit.fill("download", "name", "C-104", name="code")
    assert visit.message == ""
    assert not visit.page("steps").all("p", key="refusal")


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
    assert len(app.page("steps").all("li")) == 4
    app.planner.routine = app.planner.routine.move("vl_4", 0)
    assert app.routine.steps[0].point == "vl_4"


def test_what_is_typed_and_what_a_guide_says_is_escaped(visit):
    visit.change(1, "note", "<script>alert(1)</script>")
    visit.fill("download", "name", "<b>bold</b>", name="title")
    assert "<script>alert" not in visit.shown
    visit.upload(b"x", "<img src=x onerror=y>.txt")
    assert "<img src=x" not in visit.shown
    assert "&lt;img" in visit.shown


def test_a_view_that_opens_later_is_told_everything(visit):
    for name, part in vars(visit.planner).items():
        if not isinstance(part, Section):
            continue
        ((message, _),) = visit.tell(name, {"do": "ready"})
        assert message["html"] == part.widget.html
    ((message, buffers),) = visit.tell("body_map", {"do": "ready"})
    assert message["picture"] == visit.picture
    assert len(buffers[0]) < 60_000


# The line at the foot


def test_every_message_stands_once_in_the_line_at_the_foot(visit):
    for section in ("contents", "symptoms", "safety", "suggestions", "steps", "download"):
        assert "selfcare-done" not in visit.page(section).html
        assert "selfcare-error" not in visit.page(section).html
    assert visit.page("status").one("div", key="status").find("p").text == visit.message
    assert visit.text.count(visit.message) == 1


def test_a_change_can_be_undone_where_it_is_told(visit):
    visit.press("steps", "remove", id=visit.step(1))
    visit.press("status", "undo")
    assert len(visit.routine) == 5
    assert not visit.page("status").all("button", do="undo")


def test_no_undo_is_offered_beside_what_cannot_be_undone(visit):
    visit.press("steps", "remove", id=visit.step(1))
    visit.answer("C01")
    assert visit.message
    assert not visit.page("status").all("button", do="undo")
    visit.press("steps", "remove", id=visit.step(1))
    visit.upload(b"x", "r.json")
    assert not visit.page("status").all("button", do="undo")


def test_a_refusal_is_announced_at_once_and_a_message_when_there_is_time(visit):
    page = visit.page("status")
    assert (page.one("div", key="status").get("role"), page.one("div", key="alert").get("role")) == ("status", "alert")
    visit.upload(b"x", "r.json")
    assert visit.page("status").one("div", key="alert").find("p") is not None
    assert visit.page("status").one("div", key="status").find("p") is None


def test_a_planner_opens_at_the_questions_and_a_new_client_begins_there(visit):
    assert not is_open(visit)
    visit.download("json")
    visit.press("contents", "new")
    assert is_open(visit)
    assert is_open(App())
