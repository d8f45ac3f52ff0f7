"""The routine on the page: a line for each step, its values once it is open, and changes of several at once."""

from __future__ import annotations

import pytest
from small_guide import small_guide

import selfcare_kit as kit


def rows(app):
    return app.page("steps").all("li")


def points(app):
    return [step.point for step in app.routine.steps]


def open_rows(app):
    return [each.get("data-step") for each in rows(app) if "selfcare-is-open" in each.get("class", "")]


def words_of(element):
    return " ".join("".join(element.itertext()).split())


# A step


def test_a_step_shows_its_values_once_it_is_open(visit):
    assert not visit.page("steps").all("input", do="change")
    assert open_rows(visit) == []
    visit.press("steps", "open", id=visit.step(2))
    assert open_rows(visit) == [visit.step(2)]
    assert visit.page("steps").one("input", name="seconds").get("value") == str(visit.routine.steps[1].seconds)
    visit.press("steps", "open", id=visit.step(2))
    assert open_rows(visit) == []


def test_one_step_is_open_at_a_time(visit):
    visit.open_step(1)
    visit.open_step(3)
    assert open_rows(visit) == [visit.step(3)]


def test_a_line_tells_number_name_side_and_dose(visit):
    step, guide = visit.routine.steps[0], visit.planner.session.guide
    shown = words_of(rows(visit)[0])
    assert guide.point(step.point).label in shown
    assert f"{step.seconds} s · {step.pressure}/10" in shown
    side = next(each for each in rows(visit)[0].iter("span") if "selfcare-side" in each.get("class", ""))
    assert (side.text, side.get("title")) == ("L", "left")


def test_the_open_step_shows_the_picture_of_the_page(visit):
    row = visit.open_step(1)
    label = visit.planner.session.guide.point(visit.routine.steps[0].point).label
    assert [each.get("aria-label") for each in row.iter() if each.get("role") == "img"] == [label]


def test_the_open_step_of_another_guide_shows_the_posture_and_says_that_it_is_no_more(app, tmp_path):
    small = kit.load_guide(small_guide(tmp_path / "guide"))
    other = type(app)(guide=small)
    other.clear()
    other.tick("neck")
    other.feel("right", "ache")
    other.best()
    row = other.open_step(1)
    picture = kit.PosturePicture("high_1", side="right", guide=small)
    assert [each.get("aria-label") for each in row.iter() if each.get("role") == "img"] == [picture.alt]
    assert "matrix(-1" in other.page("steps").html
    assert "Posture only" in words_of(row)


def test_the_open_step_says_which_video_is_printed_beside_it(visit, tmp_path):
    assert "Video" not in words_of(visit.open_step(1))
    shown = visit.routine.steps[0].point
    settings = f'[[videos]]\nurl = "https://clinic.example/watch"\ntitle = "How it looks"\npoint = "{shown}"\n'
    (tmp_path / "clinic.toml").write_text(settings, "utf-8")
    visit.planner.session.use_clinic(tmp_path / "clinic.toml")
    visit.press("steps", "open", id=visit.step(1))
    assert "Video, printed as a code to scan: How it looks" in words_of(visit.open_step(1))
    assert "Video" not in words_of(visit.open_step(2))


def test_the_values_of_a_step_change_the_routine(visit):
    visit.change(1, "seconds", 45)
    visit.change(1, "pressure", 3)
    visit.change(1, "note", "after a warm shower")
    step = visit.routine.steps[0]
    assert (step.seconds, step.pressure, step.note) == (45, 3, "after a warm shower")
    visit.change(1, "side", "both")
    assert visit.routine.steps[0].side == "both"
    assert "5 steps · 5 min 30 s" in visit.text


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
    (shown,) = page.all("p", key="refusal")
    assert sentence in words_of(shown)
    assert shown.get("role") == "alert"
    assert shown in list(page.one("li", step=visit.step(2)).iter())
    assert visit.routine == before
    refused = page.one("input", id=visit.step(2), name=field)
    assert refused.get("value") == str(getattr(before.steps[1], field))
    assert refused.get("aria-invalid") == "true"
    assert refused.get("aria-describedby") == shown.get("id")
    visit.change(1, "pressure", 4)
    assert not visit.page("steps").all("p", key="refusal")


def test_a_refusal_stands_in_one_place(visit):
    visit.change(2, "seconds", "300")
    assert "must be a whole number" not in visit.page("status").text
    visit.press("steps", "open", id=visit.step(2))
    visit.tell("steps", {"do": "change", "id": visit.step(2), "name": "seconds", "value": "300"})
    assert "must be a whole number" in visit.page("status").text
    assert not visit.page("steps").all("p", key="refusal")


def test_a_refusal_elsewhere_leaves_no_value_of_a_step_marked_as_refused(visit):
    visit.change(1, "seconds", 300)
    visit.tell("safety", {"do": "agree", "value": "no"})
    assert not [each for each in visit.page("steps").all("input") if each.get("aria-invalid")]


@pytest.mark.parametrize("name", ["seconds", "pressure", "every_days_min", "every_days_max"])
def test_a_number_goes_up_and_down_by_a_press(visit, name):
    visit.change(1, "seconds", 45)
    before = visit.routine.steps[0]
    shown = visit.page("steps").all("button", do="change", name=name)
    assert len(shown) == 2
    values = [int(each.get("data-value")) for each in shown]
    assert values[0] <= getattr(before, name) <= values[1]
    visit.press("steps", "change", id=visit.step(1), name=name, value=str(values[1]))
    assert getattr(visit.routine.steps[0], name) == values[1]


def test_no_press_leads_beyond_what_the_guide_allows(visit, guide):
    visit.change(1, "seconds", guide.dose.max_area_seconds)
    more = visit.page("steps").all("button", do="change", name="seconds")[1]
    assert more.get("aria-disabled") == "true"
    visit.change(1, "seconds", 1)
    less = visit.page("steps").all("button", do="change", name="seconds")[0]
    assert less.get("aria-disabled") == "true"


def test_a_mode_brings_a_tool_that_suits_it(visit):
    visit.change(1, "mode", "scrape")
    step = visit.routine.steps[0]
    assert step.tool == "scraping_tool"
    offered = {
        option.get("value")
        for option in visit.page("steps").one("select", id=visit.step(1), name="tool").iter("option")
    }
    assert step.tool in offered
    assert offered <= {"scraping_tool", "long_handle"}


def test_a_longer_rest_raises_its_upper_end(visit):
    visit.change(1, "every_days_min", 9)
    step = visit.routine.steps[0]
    assert (step.every_days_min, step.every_days_max) == (9, 9)


def test_a_step_that_changes_its_side_stays_open_and_the_same_row(visit):
    before = visit.open_step(2).get("data-key")
    visit.change(2, "side", "right")
    assert open_rows(visit) == [visit.step(2)]
    assert visit.page("steps").one("li", step=visit.step(2)).get("data-key") == before


def test_a_step_that_is_moved_to_where_it_hurts_stays_open(visit):
    visit.open_step(1)
    visit.fill("symptoms", "side", "right", area="")
    visit.press("steps", "hurts")
    assert open_rows(visit) == [visit.step(1)]


# The order


def test_steps_move_and_go_and_come_back(visit):
    before = points(visit)
    visit.press("steps", "down", id=visit.step(1))
    assert points(visit) == [before[1], before[0], *before[2:]]
    visit.press("steps", "remove", id=visit.step(5))
    assert len(visit.routine) == 4
    visit.press("contents", "undo")
    visit.press("contents", "undo")
    assert points(visit) == before
    visit.press("contents", "redo")
    assert points(visit)[:2] == [before[1], before[0]]


def test_a_step_that_is_dragged_takes_its_new_place(visit):
    before = points(visit)
    visit.tell("steps", {"do": "move", "id": visit.step(5), "value": 0})
    assert points(visit) == [before[4], *before[:4]]


def test_the_first_step_cannot_go_up_nor_the_last_down(visit):
    assert visit.press("steps", "up", id=visit.step(1)) is None
    assert visit.press("steps", "down", id=visit.step(5)) is None
    assert visit.press("steps", "up", id=visit.step(3)) is not None


# Several at once


def bulk_head(app):
    return words_of(next(app.page("steps").one("div", key="bulk").iter("b")))


def test_a_change_of_all_is_made_to_every_step(visit):
    before = [step.pressure for step in visit.routine.steps]
    visit.press("steps", "change_all", name="pressure", value="-1")
    assert [step.pressure for step in visit.routine.steps] == [each - 1 for each in before]
    assert visit.routine.steps[0].seconds == 60


def test_a_change_of_those_selected_leaves_the_others(visit):
    visit.fill("steps", "select", True, id=visit.step(1))
    visit.fill("steps", "select", True, id=visit.step(3))
    assert bulk_head(visit) == "For 2"
    before = [step.seconds for step in visit.routine.steps]
    visit.press("steps", "change_all", name="seconds", value="-15")
    after = [step.seconds for step in visit.routine.steps]
    assert [a - b for a, b in zip(after, before, strict=True)] == [-15, 0, -15, 0, 0]


def test_those_selected_are_removed_together(visit):
    kept = points(visit)[1:]
    visit.fill("steps", "select", True, id=visit.step(1))
    visit.press("steps", "remove_all")
    assert points(visit) == kept
    assert bulk_head(visit) == "All 4"
    visit.press("contents", "undo")
    assert len(visit.routine) == 5


def test_a_side_for_all_is_set_at_once(visit):
    visit.press("steps", "change_all", name="side", value="both")
    assert {step.side for step in visit.routine.steps} == {"both"}


def test_a_selected_step_that_is_gone_is_counted_no_more(visit):
    visit.fill("steps", "select", True, id=visit.step(1))
    visit.press("steps", "remove", id=visit.step(1))
    assert bulk_head(visit) == "All 4"


def test_a_selection_does_not_stay_for_another_client(visit):
    record = visit.download("json")[1]
    visit.fill("steps", "select", True, id=visit.step(1))
    visit.press("contents", "new")
    visit.upload(record, "r.json")
    assert bulk_head(visit) == "All 5"


def test_what_is_refused_of_a_change_of_all_is_said_and_never_breaks_the_doses(visit, guide):
    for _ in range(9):
        visit.press("steps", "change_all", name="pressure", value="1")
    assert max(step.pressure for step in visit.routine.steps) <= guide.dose.max_pressure
    assert "inside the planner" not in visit.message


# The whole routine


def test_hints_are_shown_in_the_words_of_the_page(visit):
    visit.press("steps", "template", id="hip_and_leg", key="use")
    assert "10 steps are a lot to remember" in visit.text
    shown = visit.page("steps").text
    assert "Gluteus medius" in shown
    assert "gmin_a, " not in shown


def test_the_guides_sequence_asks_for_a_side_and_says_where_it_stands(app):
    app.press("steps", "template", id="hip_and_leg", key="begin-hip_and_leg")
    assert "needs the client's side" in app.message
    assert len(app.routine) == 0
    app.tick("thigh_outer", "heel")
    app.feel("left")
    app.fill("symptoms", "side", "right", area="heel")
    app.press("steps", "template", id="hip_and_leg", key="begin-hip_and_leg")
    sides = {step.point: step.side for step in app.routine.steps}
    assert (sides["gmed_2"], sides["abdm_1"], sides["edb_1"]) == ("left", "right", "both")
    assert "on the side of what each step can explain" in app.message
    assert "On both sides, as nothing that hurts says which: " in app.message


def test_what_changed_since_the_last_visit_is_told(visit):
    _, made = visit.download("json")
    visit.upload(made, "r.json")
    assert f"The same as the routine of {visit.routine.date}" in visit.text
    visit.change(1, "seconds", 30)
    visit.press("steps", "remove", id=visit.step(2))
    shown = visit.page("steps").text
    assert "2 changes" in shown
    assert "Removed" in shown


def test_an_empty_routine_says_how_to_begin(app):
    assert app.page("steps").all("div", key="none")
    assert not app.page("steps").all("div", key="bulk")
    assert app.page("steps").all("button", do="template", key="begin-hip_and_leg")


def test_pointing_at_a_step_shows_its_pain(visit):
    offer = visit.planner.session.offers[2]
    (row,) = [each for each in rows(visit) if each.get("data-look") == offer.key]
    visit.tell("steps", {"do": "look", "id": row.get("data-look")})
    assert visit.picture["looked"] == offer.key


def test_a_key_on_a_step_changes_that_step_alone_as_far_as_it_may(visit):
    before = visit.routine.steps
    visit.tell("steps", {"do": "nudge", "id": visit.step(2), "name": "pressure", "value": "-1"})
    assert visit.routine.steps[1].pressure == before[1].pressure - 1
    assert [step for i, step in enumerate(visit.routine.steps) if i != 1] == [s for i, s in enumerate(before) if i != 1]
    for _ in range(9):
        visit.tell("steps", {"do": "nudge", "id": visit.step(2), "name": "pressure", "value": "1"})
    assert visit.routine.steps[1].pressure <= visit.routine.options(before[1].point, "left").pressure[1]
    assert "pressure is" in visit.message
