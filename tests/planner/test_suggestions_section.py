"""The points on the page: what has to be known first, the best, those also possible, and those not allowed today."""

from __future__ import annotations

from selfcare_kit.planner.visit.offers import SHOWN_AT_FIRST


def lines(app):
    return [each for each in app.page("suggestions").all("li") if each.get("data-look")]


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def test_a_suggestion_is_added_once(app):
    app.tick("thigh_outer")
    app.feel("left")
    offer = app.planner.session.offers[1]
    app.press("suggestions", "add", id=offer.point)
    assert [step.point for step in app.routine.steps] == [offer.point]
    assert app.message == f"Added {offer.suggestion.label}."
    assert app.press("suggestions", "add", id=offer.point) is None


def test_the_best_five_are_added_and_said_to_be(app):
    app.tick("thigh_outer", "calf_outer")
    app.feel("left", "ache")
    best = [each.point for each in app.planner.session.now.suggestions.top(5)]
    app.best()
    assert [step.point for step in app.routine.steps] == best
    assert not app.page("suggestions").all("button", do="best")
    assert "Best five added" in app.page("suggestions").text


def test_nothing_is_said_to_be_added_where_nothing_may_be_pressed(app):
    app.tick("thigh_outer")
    app.feel("left")
    app.answer("R01")
    app.press("suggestions", "open")
    assert not app.page("suggestions").all("button", do="best")
    assert "Best five added" not in app.page("suggestions").text


def test_all_points_can_be_shown_and_those_not_for_pressing_have_no_button(app):
    app.tick("calf_outer", "calf_back")
    app.feel("left")
    app.press("suggestions", "more")
    page = app.page("suggestions")
    assert len(lines(app)) == len(app.planner.session.now.suggestions)
    assert page.all("button", do="why", id="sol_2.left")
    assert not page.all("button", do="add", id="sol_2")
    assert "show only" in page.text
    app.press("suggestions", "more")
    assert len(lines(app)) == SHOWN_AT_FIRST


def test_points_stand_in_groups_and_none_that_may_not_be_pressed_among_the_best(app):
    app.tick("calf_outer", "calf_back")
    app.feel("left")
    app.answer("C14")
    app.press("suggestions", "more")
    page = app.page("suggestions")
    titles = [each.text for each in page.all("h4")]
    assert titles == ["Also possible", "Not today"]
    groups = {each.get("data-key"): list(each.iter("li")) for each in page.all("ol")}
    offered = {offer.key for offer in app.planner.session.offers if offer.is_offered}
    assert len(groups["list-"]) == 5
    for key in ("list-", "list-Also possible"):
        assert {each.get("data-key") for each in groups[key] if each.get("data-look")} <= offered
    for row in groups["list-Not today"]:
        assert row.get("data-key") not in offered
        assert not [each for each in row.iter("button") if each.get("data-do") == "add"]
        assert "blocked" in words_of(row) or "show only" in words_of(row)


def test_a_point_that_is_not_allowed_says_why_without_being_opened(app):
    app.tick("hip_side")
    app.feel("left")
    app.answer("C10")
    app.press("suggestions", "more")
    (row,) = [each for each in lines(app) if each.get("data-key") == "tfl_1.left"]
    assert "Hip replacement" in words_of(row)


def test_the_reasons_of_one_point_are_shown_with_who_says_so(visit):
    assert "Who says so" not in visit.page("suggestions").text
    first, second = visit.planner.session.offers[:2]
    visit.press("suggestions", "why", id=first.key)
    assert "Who says so" in visit.page("suggestions").text
    assert "Thigh, outer (main):" in visit.page("suggestions").text
    assert visit.picture["looked"] == first.key
    visit.press("suggestions", "why", id=second.key)
    opened = [
        each.get("data-id")
        for each in visit.page("suggestions").all("button", do="why")
        if each.get("aria-expanded") == "true"
    ]
    assert opened == [second.key]
    visit.press("suggestions", "why", id=second.key)
    assert "Who says so" not in visit.page("suggestions").text


def test_reasons_and_a_look_keep_what_was_said(visit):
    message = visit.message
    key = visit.planner.session.offers[3].key
    visit.press("suggestions", "why", id=key)
    visit.tell("suggestions", {"do": "look", "id": visit.planner.session.offers[2].key})
    assert visit.message == message != ""
    assert visit.picture["looked"] == visit.planner.session.offers[2].key


def test_a_thin_list_says_what_the_guide_does_not_cover(app):
    app.clear()
    app.tick("groin")
    app.feel("left", "ache")
    assert "This guide covers the groin only in part (adductors" in app.page("suggestions").text


def test_what_has_to_be_ruled_out_stands_before_the_points_and_is_announced(app):
    app.clear()
    app.tick("foot_top")
    app.feel("left", "numb", "weak")
    html = app.page("suggestions").html
    assert html.index("Before any point:") < html.index("selfcare-points")
    (announced,) = app.page("suggestions").all("div", key="announced")
    assert announced.get("role") == "alert"
    assert "A clinician looks first: weak." in words_of(announced)


def test_what_has_to_be_ruled_out_stays_in_sight_when_the_points_are_closed(app):
    app.tick("foot_top")
    app.feel("left", "weak")
    assert lines(app) == []
    assert "Before any point:" in app.page("suggestions").text


def test_why_there_are_no_points_yet_is_said(app):
    assert "Points appear when an area is chosen." in app.page("suggestions").text
    app.tick("heel")
    assert "Points appear when the client's side is chosen." in app.page("suggestions").text
    app.feel("left")
    assert f"{len(app.planner.session.now.suggestions)} can explain it" in app.page("suggestions").text


def test_the_line_counts_what_is_in_the_routine(visit):
    assert "5 in the routine" in visit.page("suggestions").text


def test_that_the_best_five_are_added_is_said_only_when_they_are(visit):
    assert "Best five added" in visit.page("suggestions").text
    visit.press("safety", "open")
    visit.answer("R01")
    visit.tell("suggestions", {"do": "open", "value": "open"})
    assert "Best five added" not in visit.page("suggestions").text


def test_a_point_that_explains_no_area_says_why_it_is_there(app):
    app.clear()
    app.find("foot ball l numb")
    app.take()
    lines = [each for each in app.planner.session.offers if not each.suggestion.explains and each.is_offered]
    assert lines
    (row,) = list(app.page("suggestions").all("li", look=lines[0].key))
    assert lines[0].suggestion.reasons[-1].rstrip(".") in " ".join("".join(row.itertext()).split())


def test_a_point_on_both_sides_that_is_worked_on_one_can_be_added_on_the_other(app):
    app.clear()
    app.find("hip side l+r ache")
    app.take()
    point = app.planner.session.offers[0].point
    app.tell("contents", {"do": "enter", "value": f"{point} left"})
    assert [step.side for step in app.routine.steps] == ["left"]
    app.press("suggestions", "add", id=point)
    assert [step.side for step in app.routine.steps] == ["both"]
    assert "on both sides now" in app.message
    assert app.press("suggestions", "add", id=point) is None
