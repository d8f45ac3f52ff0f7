"""The figure in the planner: in step with what is chosen and offered."""

from __future__ import annotations

import json
import shutil
import zlib

import pytest

import selfcare_kit as kit

from .conftest import App


def signs(picture):
    return {(point, side): sign for _, _, _, _, sign, point, side, _, _ in picture["marks"]}


def test_a_click_ticks_the_list_and_a_tick_shows_on_the_figure(app):
    app.click("thigh_outer", "left")
    assert app.page("symptoms").one("input", do="area", id="thigh_outer").get("checked") is not None
    assert app.picture["picked"] == ["thigh_outer.left"]
    app.tick("calf_outer")
    assert app.picture["picked"] == ["thigh_outer.left", "calf_outer.left"]
    app.click("thigh_outer", "left")
    assert app.page("symptoms").one("input", do="area", id="thigh_outer").get("checked") is None
    assert app.picture["picked"] == ["calf_outer.left"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_marks_and_zones_are_on_the_side_of_the_complaint(app, side):
    app.click("thigh_outer", side)
    assert {each for _, each in signs(app.picture)} == {side}
    assert app.picture["looked"].endswith(f".{side}")


def test_both_sides_are_marked_on_both(app):
    app.click("thigh_outer", "left")
    app.click("thigh_outer", "right")
    marks = signs(app.picture)
    assert {side for _, side in marks} == {"left", "right"}
    first = app.planner.session.offers[0].point
    assert marks[first, "left"] == marks[first, "right"] == "A"


def test_an_area_of_the_midline_is_shown_there(app):
    app.click("sacrum", "midline")
    assert app.picture["picked"] == ["sacrum.midline"]
    app.feel("left")
    app.tick("tailbone")
    assert app.picture["picked"] == ["sacrum.midline", "tailbone.midline"]


def test_the_signs_are_those_of_the_list(visit):
    shown = signs(visit.picture)
    for offer in visit.planner.session.offers:
        row = visit.page("suggestions").one("li", key=offer.key)
        sign = next(each for each in row.iter("span") if "selfcare-count" in each.get("class", ""))
        assert sign.text == offer.symbol == shown[offer.point, "left"]


def test_a_point_in_the_routine_has_the_number_of_its_step(visit):
    shown = signs(visit.picture)
    for number, step in enumerate(visit.routine.steps, start=1):
        assert shown[step.point, "left"] == str(number)
    others = [offer.symbol for offer in visit.planner.session.offers if not offer.is_step]
    assert others == ["F", "G"]
    first = visit.routine.steps[0].point
    visit.press("steps", "down", id=visit.step(1))
    assert signs(visit.picture)[first, "left"] == "2"


def test_what_is_in_the_routine_is_marked_so(visit):
    steps = {step.point for step in visit.routine.steps}
    for *_, point, _, _, is_step in visit.picture["marks"]:
        assert bool(is_step) == (point in steps)


def test_what_may_not_be_pressed_is_not_marked_unless_it_is_looked_at(app):
    app.tick("hip_side", "calf_outer")
    app.feel("left")
    app.answer("C10")
    app.press("suggestions", "more")
    blocked = {offer.point for offer in app.planner.session.offers if not offer.suggestion.is_offered}
    assert blocked
    assert not blocked & {point for point, _ in signs(app.picture)}
    key = next(offer.key for offer in app.planner.session.offers if not offer.suggestion.is_offered)
    app.press("suggestions", "why", id=key)
    assert key.partition(".")[0] in {point for point, _ in signs(app.picture)}


def test_nothing_is_marked_while_an_emergency_is_open(visit):
    assert visit.picture["marks"]
    visit.answer("R01")
    assert visit.picture["marks"] == []
    assert visit.picture["looked"] == ""


def test_the_pain_of_the_point_looked_at_is_sent_once(visit):
    key = visit.planner.session.offers[2].key
    sent = visit.tell("suggestions", {"do": "look", "id": key})
    assert not any("zones" in message for message, _ in sent)
    shown = []
    widget = visit.planner.body_map.widget
    widget.send = lambda content, buffers=None: shown.append(content)
    visit.tell("suggestions", {"do": "look", "id": visit.planner.session.offers[3].key})
    assert [each["of"] for each in shown if "zones" in each] == [visit.planner.session.offers[3].key]
    shown.clear()
    visit.tell("suggestions", {"do": "look", "id": key})
    assert not any("zones" in each for each in shown)


def test_no_pain_is_told_of_that_the_figure_does_not_show(guide, tmp_path):
    folder = shutil.copytree(guide.folder, tmp_path / "mine")
    (folder / "zones.csv").unlink()
    app = App(guide=kit.load_guide(folder))
    app.click("thigh_outer", "left")
    first = app.planner.session.offers[0]
    assert app.picture["words"] == f"A {first.suggestion.label}, left."


def test_the_pain_that_the_figure_shows_is_told(app):
    app.click("thigh_outer", "left")
    assert "pain is often felt where solid" in app.picture["words"]


def test_a_view_that_opened_later_can_ask_for_the_zones(visit):
    key = visit.planner.session.highlighted
    sent = visit.tell("body_map", {"do": "zones", "of": key})
    ((message, _),) = [each for each in sent if "zones" in each[0]]
    # The answer also brings what was drawn meanwhile, which the view did not take while it waited.
    assert sent[-1][0]["picture"] == visit.picture
    assert message["of"] == key
    assert {kind for _, kind, _, _ in message["zones"]} == {"primary", "spillover"}


def test_the_figure_is_packed_and_whole(app):
    _, (packed,) = app.planner.body_map.widget.opening()
    values = json.loads(zlib.decompress(packed))
    assert values["svg"].startswith("<svg")
    assert len(values["panels"]) == values["svg"].count("data-view=")
    assert values["areas"]["thigh_outer"] == "Thigh, outer"
