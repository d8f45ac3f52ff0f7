"""The safety questions on the page: in groups, each recorded as its button says, and only what is in sight."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

import selfcare_kit as kit
from selfcare_kit.planner.sections.safety import ALOUD, OTHERS, RELATED, SHEET
from selfcare_kit.planner.visit.answers import take_back


def is_open(app):
    return app.page("safety").one("button", do="open").get("aria-label") == "Close the safety questions"


def in_sight(app):
    """Ids of the questions that have a box on the page."""
    return [each.get("data-id") for each in app.page("safety").all("input", do="answer")]


def buttons(app):
    """The buttons that record a group, by the group's key."""
    return {each.get("data-id"): "".join(each.itertext()) for each in app.page("safety").all("button", do="confirm")}


def folded(app):
    return [each.get("data-id") for each in app.page("safety").all("button", do="group")]


def asked(app):
    return set(app.planner.session.visit.asked)


def head(app):
    """The line beside the heading."""
    return next(
        "".join(each.itertext()) for each in app.page("safety").all("p") if "selfcare-grow" in each.get("class", "")
    )


# Groups


def test_every_question_stands_once_in_a_group(app, guide):
    app.tick("thigh_outer")
    app.feel("left", "numb")
    stands = []
    for group in (ALOUD, RELATED, OTHERS):
        if group in folded(app):
            app.press("safety", "group", id=group)
        stands += in_sight(app)
    assert sorted(stands) == sorted(rule.id for rule in guide.records.asked_rules)


def test_one_group_is_open_and_only_it_has_a_button(app):
    app.tick("thigh_outer")
    app.feel("left")
    assert (list(buttons(app)), folded(app)) == ([ALOUD], [RELATED, OTHERS])
    app.press("safety", "group", id=OTHERS)
    assert (list(buttons(app)), folded(app)) == ([OTHERS], [ALOUD, RELATED])


@pytest.mark.parametrize("group", [ALOUD, RELATED, OTHERS])
def test_a_group_records_what_it_shows_and_nothing_else(app, group):
    app.tick("thigh_outer")
    app.feel("left")
    app.reach("safety", "confirm", id=group)
    shown = in_sight(app)
    app.press("safety", "confirm", id=group)
    assert asked(app) == set(shown)
    assert len(app.planner.session.now.to_ask) == len(kit.questions()) - len(shown)
    assert app.planner.session.now.refusal is not None


def test_what_a_group_records_is_said_by_its_button_and_afterwards(app):
    first = len(in_sight(app))
    assert buttons(app) == {ALOUD: f"Asked aloud: no to all {first}"}
    app.answer("C01", "R03")
    assert buttons(app) == {ALOUD: f"Asked aloud: no to the other {first - 2}"}
    app.press("safety", "confirm", id=ALOUD)
    assert app.message.startswith(f"Recorded: no to {first - 2} questions.")
    others = len(kit.questions()) - first
    assert buttons(app) == {OTHERS: f"No to these {others}"}


def test_questions_raised_while_the_button_was_pressed_are_all_that_it_records_next(app):
    shown = in_sight(app)
    app.press("safety", "confirm", id=ALOUD)
    app.tick("foot_ball")
    app.feel("left", "numb")
    raised = set(in_sight(app)) - set(shown)
    assert raised
    assert buttons(app) == {ALOUD: f"Asked aloud: no to the other {len(raised)}"}
    sent = app.page("safety").one("button", do="confirm").get("data-value").split()
    assert set(sent) == raised


def test_a_group_that_is_opened_again_is_recorded_whole(app):
    first = len(in_sight(app))
    app.press("safety", "confirm", id=ALOUD)
    app.press("safety", "group", id=ALOUD)
    assert buttons(app) == {ALOUD: f"Asked aloud: no to all {first}"}


def test_the_next_group_opens_and_its_first_question_has_the_focus(app):
    sent = app.press("safety", "confirm", id=ALOUD)
    # Not its button: three presses of Enter would answer what nobody has read.
    assert [content["focus"] for content, _ in sent if "focus" in content] == [f"box-{in_sight(app)[0]}"]
    sent = app.press("safety", "confirm", id=OTHERS)
    assert [content["focus"] for content, _ in sent if "focus" in content] == ["open"]


def test_a_group_that_is_not_there_records_nothing(app):
    app.tell("safety", {"do": "confirm", "id": RELATED})
    assert "must be one of aloud, others" in app.message
    assert asked(app) == frozenset()


def test_what_is_asked_aloud_is_the_core_of_the_guide_word_for_word(app, guide):
    core = {each.id for each in kit.questions() if each.is_core}
    assert set(in_sight(app)) == core
    for id in core:
        assert guide.records.rules[id].question in app.page("safety").text


def test_what_a_sensation_raises_is_asked_aloud_too(app):
    app.tick("calf_back")
    app.feel("left", "swelling")
    raised = {id for alert in app.planner.session.now.alerts for id in alert.asks}
    assert raised
    assert raised <= set(in_sight(app))


def test_the_question_of_a_label_is_read_to_a_screen_reader(app, guide):
    app.press("safety", "confirm", id=ALOUD)
    page = app.page("safety")
    for id in in_sight(app):
        described = page.one("input", do="answer", id=id).get("aria-describedby")
        (words,) = [each for each in page.all("p") if each.get("id") == described]
        assert guide.records.rules[id].question in "".join(words.itertext())


def test_a_question_that_the_complaint_raises_after_a_group_was_recorded_is_still_to_be_asked(app):
    app.tick("thigh_outer")
    app.feel("left")
    app.press("safety", "confirm", id=ALOUD)
    app.press("safety", "confirm", id=RELATED)
    app.tick("calf_back")
    new = set(in_sight(app)) - asked(app)
    assert new
    assert list(buttons(app)) == [RELATED]
    assert new <= set(app.planner.session.now.to_ask)


# One question


def test_a_question_can_be_answered_no_by_itself(app):
    app.tell("safety", {"do": "no", "id": "R01"})
    assert asked(app) == {"R01"}
    assert app.page("safety").one("input", do="answer", id="R01").get("data-answer") == "no"
    assert app.page("safety").one("input", do="answer", id="R03").get("data-answer", "") == ""


def test_no_takes_a_yes_back_and_says_what_comes_back(visit):
    visit.answer("C10")
    assert len(visit.routine) < 5
    visit.tell("safety", {"do": "no", "id": "C10"})
    assert len(visit.routine) == 5
    assert "Back in the routine" in visit.message


def test_a_yes_that_was_a_slip_is_asked_again(visit):
    visit.answer("R01")
    assert visit.planner.session.now.is_urgent
    visit.press("safety", "slip", id="R01", key="slip")
    assert not visit.planner.session.now.is_urgent
    assert visit.planner.session.now.to_ask == ("R01",)
    assert visit.download("html") == (None, None)
    assert "R01" in in_sight(visit)
    visit.clear()
    assert visit.download("html")[1]


def test_a_slip_takes_the_places_along(app):
    app.answer("C12")
    app.fill("safety", "place", True, id="C12", area="heel")
    app.press("safety", "slip", id="C12")
    app.answer("C12")
    assert app.planner.session.now.pending == ("C12",)


# Another day


def test_what_was_asked_on_another_day_counts_for_nothing(visit, yesterday):
    visit.planner.session.do(replace, asked_on=yesterday)
    visit.planner._refresh()
    visit.press("safety", "open")
    assert {each.get("data-answer") for each in visit.page("safety").all("input", do="answer")} <= {"", None}
    visit.press("safety", "confirm", id=ALOUD)
    shown = {each.id for each in kit.questions() if each.is_core}
    assert asked(visit) == shown
    assert len(visit.planner.session.now.to_ask) == len(kit.questions()) - len(shown)
    assert visit.download("html") == (None, None)


def test_how_many_are_to_be_asked_does_not_count_what_was_asked_on_another_day(app, yesterday):
    app.press("safety", "confirm", id=ALOUD)
    app.planner.session.do(replace, asked_on=yesterday)
    app.planner._refresh()
    assert head(app) == f"{len(kit.questions())} to ask"


def test_what_applied_at_the_last_visit_is_told_and_does_not_count(visit):
    visit.answer("C01")
    record = visit.download("json")[1]
    other = type(visit)()
    other.upload(record, "r.json")
    date = visit.routine.screening.date
    assert f"On {date} these applied: " in other.page("safety").text
    assert f"yes on {date}" in other.page("safety").text
    assert other.planner.session.visit.yes == ()
    assert len(other.planner.session.now.to_ask) == len(kit.questions())


# The client's sheet


@pytest.fixture
def sheet(app):
    app.fill("safety", "sheet", "sheet")
    return app


def test_the_numbers_are_those_of_the_sheet_that_is_printed(sheet, guide):
    boxes = [each for each in sheet.page("safety").all("div") if each.get("data-ask")]
    shown = [(int(number_in(box).text), guide.records.rules[box.get("data-ask")].question) for box in boxes]
    assert shown == printed_questions(kit.intake_sheet())


def number_in(box):
    (number,) = [each for each in box.iter("b") if each.get("class") == "selfcare-number"]
    return number


def printed_questions(page):
    """The questions of a printed sheet, each with the number before it."""
    found = re.findall(r"<p><b>(\d+)</b>(?: <b class=\"\w+\">!+</b>)? (.*?)(?: <span|</p>)", page, re.DOTALL)
    return [(int(number), html.unescape(words)) for number, words in found]


def test_the_sheet_is_one_group_with_one_button(sheet):
    assert list(buttons(sheet)) == [SHEET]
    assert folded(sheet) == []
    sheet.answer("C01", "R27")
    assert buttons(sheet) == {SHEET: f"The other {len(kit.questions()) - 2} are not marked"}
    sheet.press("safety", "confirm", id=SHEET)
    assert sheet.planner.session.now.is_screened_today
    assert sheet.planner.session.visit.yes == ("R27", "C01")


def test_the_numbers_stay_when_the_complaint_or_an_answer_changes(sheet):
    def numbers():
        return re.findall(r'<b class="selfcare-number">(\d+)</b>', sheet.page("safety").html)

    before = numbers()
    sheet.tick("calf_back")
    sheet.feel("left", "swelling")
    sheet.answer("R27")
    assert numbers() == before == [str(number) for number in range(1, len(kit.questions()) + 1)]


def test_from_the_sheet_one_comes_back_to_the_groups(sheet):
    sheet.fill("safety", "sheet", "")
    assert list(buttons(sheet)) == [ALOUD]


# Open, closed, and in between


def test_the_questions_close_to_one_line_and_open_again(app):
    assert is_open(app)
    app.clear()
    assert not is_open(app)
    assert in_sight(app) == []
    assert "Asked today · no to all" in app.page("safety").text
    app.press("safety", "open")
    assert is_open(app)
    app.press("safety", "open")
    assert not is_open(app)


def test_the_line_tells_what_is_to_ask_and_what_applies(app):
    assert head(app) == f"{len(kit.questions())} to ask"
    app.answer("C10")
    assert head(app) == f"{len(kit.questions()) - 1} to ask · yes: Artificial hip"
    app.clear()
    assert head(app) == "Asked today · yes: Artificial hip"


def test_one_of_questions_and_points_is_open(app):
    def stages():
        return [is_open(app), app.page("suggestions").one("button", do="open").get("aria-expanded", "")]

    def is_open_of(section):
        (found,) = app.page(section).all("section")
        return "selfcare-is-open" in found.get("class")

    assert (is_open_of("safety"), is_open_of("suggestions")) == (True, False)
    app.press("suggestions", "open")
    assert (is_open_of("safety"), is_open_of("suggestions")) == (False, True)
    app.press("safety", "open")
    assert (is_open_of("safety"), is_open_of("suggestions")) == (True, False)
    assert stages()[0]


def test_an_answer_that_needs_a_place_asks_for_it(visit, guide):
    visit.press("suggestions", "add", id="fibl_1")
    visit.answer("C12")
    assert ("safety", "C12", f"Say where: {guide.records.rules['C12'].short_label}") in visit.obstacles
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
    assert is_open(app)
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
    (alert,) = app.page("contents").all("div", key="grave")
    assert alert.get("role") == "alert"
    assert "Emergency: now. R01 (Possible cauda equina syndrome): Stop." in " ".join("".join(alert.itertext()).split())


def test_a_red_flag_is_told_before_any_point_and_holds_the_handout(visit):
    visit.answer("R01")
    assert len(visit.routine) == 0
    assert "Emergency: now" in visit.page("contents").text
    assert "Emergency: now" in visit.page("suggestions").text
    assert visit.obstacles[0] == ("safety", "urgent", "No self-massage today: Cauda equina")
    assert visit.download("html") == (None, None)
    assert visit.message.startswith("The handout has to wait: ")
    visit.answer("R01", is_yes=False)
    assert len(visit.routine) == 5


def test_weakness_asks_for_initials(visit):
    assert not visit.page("safety").all("input", do="agree")
    visit.feel("left", "weak")
    assert visit.page("safety").all("input", do="agree")
    assert visit.download("html") == (None, None)
    assert "put the initials, or what was ruled out" in visit.message
    visit.fill("safety", "agree", "AB")
    assert visit.download("html")[1]


def test_a_caution_that_follows_from_what_is_felt_is_told_as_such(app):
    app.clear()
    app.tick("heel")
    app.feel("left", "numb")
    shown = app.page("safety").text
    assert "with nerve damage, by what is felt: No tool on foot, ankle or lower leg" in shown


def test_taking_an_answer_back_by_name_leaves_the_others(app):
    app.answer("C01", "C10")
    app.clear()
    app.planner.session.do(take_back, ["C10"])
    assert app.planner.session.visit.yes == ("C01",)
    assert app.planner.session.now.to_ask == ("C10",)


def test_the_button_of_a_group_comes_after_the_last_of_its_questions(app):
    page = app.page("safety")
    order = [each.get("data-do") for each in page.root.iter() if each.get("data-do") in ("answer", "confirm")]
    assert order.index("confirm") == len(order) - 1


def test_several_areas_can_be_named_after_the_questions_have_closed(app):
    app.answer("C12")
    app.clear()
    assert not app.page("safety").all("button", do="placed")
    for area in ("heel", "foot_top"):
        app.fill("safety", "place", True, id="C12", area=area)
    assert app.planner.session.now.screening.blocked_areas == {"heel", "foot_top"}
    app.press("safety", "placed", id="C12")
    assert not app.page("safety").all("input", do="place")
    assert app.planner.session.now.screening.blocked_areas == {"heel", "foot_top"}


def test_the_next_client_has_not_filled_in_a_sheet(app):
    app.tell("safety", {"do": "sheet", "value": SHEET})
    assert list(buttons(app)) == [SHEET]
    app.press("contents", "new")
    assert list(buttons(app)) == [ALOUD]


@pytest.mark.parametrize(("group", "way"), [(ALOUD, "aloud"), (OTHERS, "label"), (SHEET, "sheet")])
def test_how_questions_were_asked_goes_into_the_screening_and_the_chart_note(app, group, way):
    if group == SHEET:
        app.tell("safety", {"do": "sheet", "value": SHEET})
    elif group == OTHERS:
        app.press("safety", "group", id=OTHERS)
    shown = set(in_sight(app))
    app.press("safety", "confirm", id=group)
    assert dict(app.planner.session.now.screening.how) == dict.fromkeys(shown, way)
    words = {"aloud": "read out", "label": "by their labels", "sheet": "on the client's sheet"}[way]
    app.find("heel l ache")
    app.take()
    app.best()
    assert f"({len(shown)} {words})" in app.routine.to_note()


def test_an_emergency_names_the_clinics_own_number_and_none_is_guessed(app, tmp_path):
    app.answer("R01")
    assert "Call" not in app.page("contents").one("div", key="grave").find("p").find("b").text
    assert "Call 112" not in app.page("contents").text
    (tmp_path / "clinic.toml").write_text('emergency_number = "112"\n', "utf-8")
    app.planner.session.use_clinic(tmp_path / "clinic.toml")
    app.planner._refresh()
    assert "Call 112." in app.page("contents").text
    app.answer("R01", is_yes=False)
    assert "112" not in app.page("contents").text


def test_a_group_records_only_what_stood_beside_its_button(app):
    button = app.page("safety").one("button", do="confirm", id=ALOUD)
    shown = button.get("data-value").split()
    # A click on the figure meanwhile raises more, which nobody has seen.
    app.click("foot_top", "left")
    app.feel("left", "numb")
    app.tell("safety", {"do": "confirm", "id": ALOUD, "value": " ".join(shown)})
    assert asked(app) == set(shown)
    assert set(app.planner.session.now.to_ask) & {"R19", "R04"}
