"""A guide whose points lie above the waist frames its figures where its points lie."""

import pytest
from small_guide import SETTINGS, TABLES, changed, small_guide

import selfcare_kit as kit
from selfcare_kit.body.chart import chart_of
from selfcare_kit.body.place.atlas import Frame, atlas
from selfcare_kit.body.plate import Plate
from selfcare_kit.model.step import Step


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return kit.load_guide(small_guide(tmp_path_factory.mktemp("small") / "guide"))


def steps(*points):
    return [Step(point, side="left") for point in points]


def is_inside(scene):
    """Whether the place of every mark lies in the frame of a panel, below where the drawing fades out."""
    return all(
        any(
            panel.frame[0] <= mark.at_x <= panel.frame[2] and panel.frame[1] <= mark.at_y <= panel.frame[3]
            for panel in scene.panels
        )
        for mark in scene.marks
    )


@pytest.mark.parametrize("frame", ["fit", "lower", "close"])
def test_a_mark_above_the_waist_lies_in_the_frame_and_on_the_drawn_body(small, frame):
    scene = Plate(steps("high_1", "high_2"), small, frame=frame).scene
    assert len(scene.marks) == 2
    assert is_inside(scene)
    for mark in scene.marks:
        fading = [fade for fade in scene.fades if fade.end > fade.start]
        assert all(mark.at_y < fade.start for fade in fading)


def test_points_of_the_shoulder_alone_show_the_shoulders(small):
    assert {panel.crop for panel in Plate(steps("high_1", "high_2"), small).scene.panels} == {"shoulders"}


def test_points_from_the_waist_to_the_shoulder_show_the_upper_body(tmp_path):
    loins = changed("places", 1, from_landmark="iliac_crest_top", offset_front="-6", offset_unit="cm")
    guide = kit.load_guide(small_guide(tmp_path / "guide", **loins))
    assert {panel.crop for panel in Plate(steps("high_1", "high_2"), guide).scene.panels} == {"upper"}


def test_a_frame_that_was_chosen_holds_points_above_the_waist_too(small):
    assert {panel.crop for panel in Plate(steps("high_1"), small, frame="lower").scene.panels} == {"whole"}
    (close,) = {panel.crop for panel in Plate(steps("high_2"), small, frame="close").scene.panels}
    assert isinstance(close, Frame)
    assert close.of == "whole"


def test_points_above_and_below_the_waist_show_the_whole_body(tmp_path):
    tables = {name: [dict(row) for row in TABLES[name]] for name in ("areas", "points", "places", "referrals")}
    tables["areas"].append({"id": "calf_back", "label": "Calf", "group": "Leg"})
    tables["points"].append({**TABLES["points"][0], "id": "calf_1", "area": "calf_back"})
    tables["places"].append(
        {"id": "calf_1", "from_landmark": "calf_belly_end", "surface": "back", "uncertainty_cm": "2"}
    )
    tables["referrals"].append({"point": "calf_1", "area": "calf_back", "kind": "primary", "certain": "yes"})
    texts = {"area.calf_back": "calf", "point.calf_1.where": "In your calf."}
    guide = kit.load_guide(small_guide(tmp_path / "guide", texts=texts, **tables))
    assert {panel.crop for panel in Plate(steps("high_1", "calf_1"), guide).scene.panels} == {"whole"}
    assert is_inside(Plate(steps("high_1", "calf_1"), guide).scene)
    assert {panel.crop for panel in Plate(steps("calf_1"), guide).scene.panels} == {"legs"}
    assert chart_of(guide).crop == "whole"


def test_the_chart_of_a_guide_above_the_waist_is_the_upper_body_and_marks_its_points(small):
    chart = chart_of(small)
    assert chart.crop == "upper"
    assert {key.view for key in chart.keys} == {"front", "back", "side"}
    assert [area for area in small.area_ids if f'data-area="{area}"' not in chart.svg] == []
    marks = chart.marks([("a", "high_1", "left"), ("b", "high_2", "both")])
    assert [(mark.sign, mark.side) for mark in marks] == [("a", "left"), ("b", "left"), ("b", "right")]
    width, height = (float(size) for size in chart.svg.partition('viewBox="0 0 ')[2].partition('"')[0].split())
    assert all(0 < mark.at_x < width and 0 < mark.at_y < height for mark in marks)


def test_an_area_that_reaches_below_the_upper_body_shows_the_whole(tmp_path):
    areas = [*TABLES["areas"], {"id": "shin", "label": "Shin", "group": "Leg"}]
    folder = small_guide(tmp_path / "guide", texts={"area.shin": "shin"}, areas=areas)
    assert chart_of(kit.load_guide(folder)).crop == "whole"


def test_the_handout_and_the_leaflet_of_such_a_guide_show_the_upper_body(tmp_path):
    settings = f'{SETTINGS}[template]\ntitle = "Demo"\nside = "left"\n[[template.steps]]\npoint = "high_1"\n'
    names = ("where_first", "technique", "tools", "points", "picture", "safety")
    texts = {**{f"leaflet.{name}.title": name for name in names}, "leaflet.title": "Demo leaflet"}
    guide = kit.load_guide(small_guide(tmp_path / "guide", texts=texts, settings=settings))
    routine = kit.Routine(guide=guide, screening=kit.screen(guide=guide)).add("high_1", side="left")
    back = atlas().view("back")
    for page in (routine.to_html(), guide.to_html()):
        assert back.drawing("shoulders").outline in page
        assert back.drawing("lower").outline not in page


def test_the_frame_of_a_point_moves_with_its_place(tmp_path):
    """Nothing but the place decides: the same point lower down is framed as one of the hip."""
    at_hip = changed("places", 0, from_landmark="psis", offset_up="0")
    guide = kit.load_guide(small_guide(tmp_path / "guide", **at_hip))
    assert {panel.crop for panel in Plate(steps("high_1"), guide).scene.panels} == {"hips"}
