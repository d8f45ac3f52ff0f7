"""Where it hurts: a list that can be searched, and a line for each area chosen with its own side and symptoms."""

from __future__ import annotations

import pytest


def complaint(app):
    return app.planner.session.now.complaint.to_dict()


def in_hand(app):
    """Areas whose symptoms are on the page."""
    return {each.get("data-area") for each in app.page("symptoms").all("input", do="feel")}


def test_each_area_feels_like_its_own(app):
    app.tick("hip_side", "foot_top")
    app.feel("left", "ache")
    app.fill("symptoms", "feel", True, id="numb", area="foot_top")
    app.fill("symptoms", "feel", False, id="ache", area="foot_top")
    app.fill("symptoms", "rate", "4", area="foot_top")
    assert complaint(app)["foot_top"] == {"side": "left", "sensations": ["numb"], "pain": 4}
    assert complaint(app)["hip_side"] == {"side": "left", "sensations": ["ache"], "pain": None}
    assert "Before any point" in app.text
    assert "Numbness can come from a nerve" in app.text


def test_an_area_can_be_on_the_other_side(app):
    app.tick("hip_side", "foot_top")
    app.feel("left")
    app.fill("symptoms", "side", "right", area="foot_top")
    assert {area: words["side"] for area, words in complaint(app).items()} == {"hip_side": "left", "foot_top": "right"}


def test_the_area_chosen_last_is_the_one_to_describe(app):
    app.tick("hip_side")
    assert in_hand(app) == {"hip_side"}
    app.click("foot_top", "left")
    assert in_hand(app) == {"foot_top"}
    app.press("symptoms", "look", area="hip_side")
    assert in_hand(app) == {"hip_side"}
    app.press("symptoms", "look", area="hip_side")
    assert in_hand(app) == set()


def test_the_line_of_an_area_tells_what_it_feels_like(app):
    app.tick("hip_side")
    app.feel("left", "ache")
    app.fill("symptoms", "rate", "6", area="hip_side")
    app.press("symptoms", "look", area="hip_side")
    (line,) = app.page("symptoms").all("li", key="hip_side")
    assert "left · ache, pain 6" in " ".join("".join(line.itertext()).split())


def test_pain_that_was_not_asked_is_none(app):
    app.tick("hip_side")
    app.feel("left")
    app.fill("symptoms", "rate", "0", area="hip_side")
    assert complaint(app)["hip_side"]["pain"] == 0
    app.fill("symptoms", "rate", "", area="hip_side")
    assert complaint(app)["hip_side"]["pain"] is None


def test_an_area_without_a_side_asks_for_it_even_where_it_is_folded(app):
    app.tick("hip_side", "foot_top")
    asked = {each.get("data-area") for each in app.page("symptoms").all("input", do="side") if each.get("data-area")}
    assert asked == {"hip_side", "foot_top"}
    assert app.page("symptoms").text.count("choose the side") == 2


def test_an_area_that_is_left_out_takes_its_symptoms_along(app):
    app.tick("hip_side", "foot_top")
    app.feel("left", "numb")
    app.press("symptoms", "leave", area="foot_top")
    assert list(complaint(app)) == ["hip_side"]
    app.tick("foot_top")
    assert complaint(app)["foot_top"]["sensations"] == []


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


def test_the_pain_of_the_last_visit_stands_beside_the_one_of_today(visit):
    visit.fill("symptoms", "rate", "6", area="calf_outer")
    _, record = visit.download("json")
    other = type(visit)()
    other.upload(record, "r.json")
    (line,) = other.page("symptoms").all("li", key="calf_outer")
    assert f"6 on {visit.routine.date}" in "".join(line.itertext())
