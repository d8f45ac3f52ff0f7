"""How much of the body a figure shows, and from which side, follows from where its points lie."""

import pytest

import selfcare_kit as kit
from selfcare_kit.body.picker import ViewGrid
from selfcare_kit.body.place.atlas import FRAMES
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.plate import Plate
from selfcare_kit.body.views import views_for
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.export.review.construction import _body
from selfcare_kit.model.step import Step

# Point, view and spot from which its place is read.
GUIDES = {
    "knee": {"vastus_medialis_1": ("front", 8.2, 58.5), "vastus_lateralis_1": ("side", -2.5, 58)},
    "calf": {"gastrocnemius_1": ("back", -9, 38), "soleus_1": ("back", -10.5, 25)},
    "shoulder": {"infraspinatus_1": ("back", -10.5, 132), "trapezius_1": ("back", -9, 141)},
    "forearm": {"wrist_extensors_1": ("front", 29, 105), "triceps_1": ("back", -22, 122)},
}


@pytest.fixture(scope="module")
def guides(tmp_path_factory):
    return {
        name: kit.load_guide(kit.new_guide(answers_for(name), tmp_path_factory.mktemp("framed") / name))
        for name in GUIDES
    }


def answers_for(name):
    points, areas = [], set()
    for id, (view, x, y) in GUIDES[name].items():
        picked = ViewGrid(view).at(x, y)
        areas.add(picked.area)
        muscle = id.removesuffix("_1").replace("_", " ")
        named = {"muscle": muscle, "label": muscle, "area": picked.area, "main": [picked.area], "client": "There."}
        points.append(named | picked.rules[0].answers)
    return {
        "title": name, "clinic": "A", "areas": sorted(areas), "techniques": ["ball_wall_hold"],
        "emergency": ["Your leg turns cold."], "points": points,
    }  # fmt: skip


def plate(guide):
    return Plate([Step(point, side="left") for point in guide.point_values], guide)


@pytest.mark.parametrize(
    ("name", "crops"),
    [
        ("knee", {"side": "knees", "front": "knees"}),
        ("calf", {"back": "legs"}),
        ("shoulder", {"back": "shoulders"}),
        ("forearm", {"front": "upper", "back": "shoulders"}),
    ],
)
def test_the_figure_of_a_guide_shows_what_is_around_its_points(guides, name, crops):
    scene = plate(guides[name]).scene
    assert {panel.view: panel.crop for panel in scene.panels} == crops
    for mark in scene.marks:
        frames = [panel.frame for panel in scene.panels]
        assert any(x0 < mark.at_x < x1 and y0 < mark.at_y < y1 for x0, y0, x1, y1 in frames)


def test_a_figure_of_knees_shows_neither_hips_nor_feet(guides):
    heights = {panel.frame[3] - panel.frame[1] for panel in plate(guides["knee"]).scene.panels}
    assert heights == {FRAMES["knees"].high - FRAMES["knees"].low}
    assert (FRAMES["knees"].low, FRAMES["knees"].high) == (24, 76)


def test_a_point_at_the_side_is_shown_from_the_side(guides):
    assert views_for(guides["knee"], "vastus_lateralis_1")[0] == "side"
    assert "back" not in views_for(guides["knee"], "vastus_lateralis_1")


def test_no_point_is_shown_from_where_another_straight_view_sees_it_much_better():
    places = places_of(kit.load_guide())
    for point in kit.load_guide().point_values:
        straight = {view: places.visibility(point, view) for view in places.body.views if view != "oblique"}
        shown = [straight[view] for view in views_for(kit.load_guide(), point) if view != "oblique"]
        assert all(each > max(straight.values()) - 0.1 for each in shown), point


def test_a_body_without_a_crop_of_its_own_follows_its_marks_or_the_guide(guides):
    def crop(body):
        return body.scene.panels[0].crop

    knee = guides["knee"]
    assert crop(kit.Body("front", crop=None, guide=knee)) == "knees"
    assert crop(kit.Body("front", crop=None, guide=knee).mark("vastus_medialis_1")) == "knees"
    assert crop(kit.Body("back", crop=None, guide=guides["shoulder"])) == "shoulders"
    assert crop(kit.Body("back", crop=None).mark("gas_1")) == "legs"
    assert crop(kit.Body("back", crop=None).mark("gas_1").refer("piri_1")) == "whole"
    assert crop(kit.Body("sole", "left", None).mark("fdb_1")) == "whole"
    assert crop(kit.Body("back")) == "whole"
    with pytest.raises(InvalidValueError, match="crop must be one of"):
        kit.Body("back", crop="knees")


def test_a_sheet_for_reviewers_has_the_arm_on_which_a_place_lies(guides):
    forearm = guides["forearm"]
    sheet = _body("wrist_extensors_1", "front", (18.0, 83.0, 40.0, 116.0), forearm, has_muscle=True)
    assert sheet.panels[0].crop == "whole"
    knee = _body("vastus_medialis_1", "front", (0.0, 45.0, 16.0, 71.0), guides["knee"], has_muscle=True)
    assert knee.panels[0].crop == "lower"
