"""`Plate`: every step in the fewest views, its number at its place."""

import math

import pytest

from selfcare_kit.body import Plate, atlas
from selfcare_kit.body.place.places import facing_of, places_of
from selfcare_kit.body.views import choose_panels, panels_for
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.model.step import Step

FIVE = ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2")


def steps(*points, side="left"):
    return [Step(point, side=side) for point in points]


def test_the_guides_five_points_are_seen_from_behind_and_from_the_side():
    """The outer hip and thigh lie on the far outline of a view from behind."""
    assert Plate(steps(*FIVE)).views == ("back", "side")
    assert Plate(steps("tfl_1", "vl_4", "gmax_2", "piri_1", "ql_s2")).views == ("back", "side")


FACED = 0.5


def plans(guide):
    """Plans of a clinic: each point alone, with the next ones, and all of a muscle's."""
    points = [id for id in guide.point_values if not guide.point(id).show_only]
    yield from ([point] for point in points)
    yield from (points[i : i + 5] for i in range(len(points)))
    yield from (points[i::7] for i in range(7))
    yield list(FIVE)


def test_every_point_of_a_plan_is_shown_in_a_view_that_it_faces(guide):
    """Wherever some view faces a point by half or more, the plan shows it in such a view."""
    places = places_of(guide)
    faced = {id: {view: facing_of(places.in_view(id, view)) for view in atlas().views} for id in guide.point_values}
    for points in plans(guide):
        plate = Plate(steps(*points))
        for panel in plate.scene.panels:
            for mark in plate.scene.marks:
                x0, y0, x1, y1 = panel.frame
                if x0 <= mark.at_x <= x1 and y0 <= mark.at_y <= y1 and max(faced[mark.id].values()) >= FACED:
                    assert faced[mark.id][panel.view] >= FACED, (points, mark.id, panel.view)


def test_a_view_is_chosen_for_where_the_pain_is_felt_as_well(guide):
    """The pain of the quadratus wraps round the hip: from straight behind it is a strip on the outline."""
    places = places_of(guide)
    assert places.pain_visibility("ql_s2", "oblique") > 1.5 * places.pain_visibility("ql_s2", "back")
    assert Plate(steps("ql_s2")).views == ("oblique",)
    assert places.pain_visibility("vl_4", "side") > 0.9 > 2 * places.pain_visibility("vl_4", "front")


@pytest.mark.parametrize("room", [None, (40, 75), (84, 66), (186, 60)])
@pytest.mark.parametrize("side", ["left", "both"])
def test_a_cross_lies_on_the_spot_and_no_number_covers_one(guide, room, side):
    for points in (FIVE, ("gas_3", "gas_4", "gmax_3"), ("fhb_1", "adh_1", "fdb_1", "int_1"), ("ql_d1", "ql_d2")):
        plate = Plate(steps(*points, side=side), legend=False, room=room)
        scene = plate.scene
        spots = [(disc.x, disc.y, disc.radius) for disc in scene.discs]
        assert scene.cross_arm <= min(radius for *_, radius in spots) / 2
        for mark in scene.marks:
            assert any(math.dist((mark.at_x, mark.at_y), (x, y)) < 1e-6 for x, y, _ in spots), mark.id
        for mark in scene.marks:
            for x, y, radius in spots:
                assert math.dist((mark.x, mark.y), (x, y)) >= mark.radius + radius - 1e-6, (points, mark.id)
        for i, a in enumerate(scene.marks):
            for b in scene.marks[:i]:
                assert math.dist((a.x, a.y), (b.x, b.y)) >= a.radius + b.radius


def test_a_point_alone_is_shown_where_it_is_seen_best():
    assert Plate(steps("piri_1")).views == ("back",)
    assert Plate(steps("tfl_1")).views == ("side",)
    assert Plate(steps("fdb_1")).views == ("sole",)


def test_both_sides_need_two_panels_of_a_one_sided_view():
    panels = Plate(steps("fdb_1", side="both")).panels
    assert [(panel.view, panel.side) for panel in panels] == [("sole", "right"), ("sole", "left")]
    assert Plate(steps("piri_1", side="both")).panels == (("back", "both"),)


def test_every_step_is_numbered_in_every_side_it_has():
    made = [Step("piri_1", side="both"), Step("ta_1", side="right"), Step("fdb_1", side="left")]
    marks = {(mark.text, mark.id, mark.side) for mark in Plate(made).scene.marks}
    assert marks == {("1", "piri_1", "left"), ("1", "piri_1", "right"), ("2", "ta_1", "right"), ("3", "fdb_1", "left")}


def test_all_points_of_the_guide_together_are_shown(guide):
    places = places_of(guide)
    points = [row["id"] for row in guide.table("points") if panels_for(places, row["id"], "left")]
    plate = Plate(steps(*points, side="both"))
    assert {mark.id for mark in plate.scene.marks} == set(points)
    assert len({mark.text for mark in plate.scene.marks}) == len(points)


def test_no_panel_is_idle():
    plate = Plate(steps("piri_1", "ta_1", "fdb_1", "edb_1", "fibl_1"))
    for panel in plate.panels:
        rest = [other for other in plate.panels if other != panel]
        assert any(
            not any(other in dict(panels_for(places_of(plate.guide), step.point, "left")) for other in rest)
            for step in plate.steps
        )


def test_panels_stand_apart():
    frames = [panel.frame for panel in Plate(steps("piri_1", "ta_1", "fdb_1", "edb_1", side="both")).scene.panels]
    for i, a in enumerate(frames):
        for b in frames[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_everything_lies_inside_the_scene():
    scene = Plate(steps("piri_1", "ta_1", "fdb_1", "edb_1", "int_1", side="both")).scene
    x0, y0, x1, y1 = scene.box
    for mark in scene.marks:
        assert x0 <= mark.x - mark.radius
        assert mark.x + mark.radius <= x1
        assert y0 <= mark.y - mark.radius
        assert mark.y + mark.radius <= y1


def test_the_frame_fits_the_marks():
    assert {panel.crop for panel in Plate(steps(*FIVE)).scene.panels} == {"hips"}
    assert {panel.crop for panel in Plate(steps("gas_1")).scene.panels} == {"legs"}
    assert {panel.crop for panel in Plate(steps("piri_1", "gas_1")).scene.panels} == {"lower"}
    mixed = Plate(steps("piri_1", "ta_1")).scene.panels
    assert {panel.view: panel.crop for panel in mixed} == {"back": "hips", "front": "legs"}
    assert {panel.crop for panel in Plate(steps(*FIVE), frame="lower").scene.panels} == {"lower"}


def test_the_legend_has_a_line_for_each_step():
    plate = Plate(steps(*FIVE))
    assert [key.text for key in plate.scene.keys] == ["1", "2", "3", "4", "5"]
    assert not Plate(steps(*FIVE), legend=False).scene.keys


@pytest.mark.parametrize("point", ["vl_4", "fibl_1", "fibb_1"])
def test_a_point_is_a_spot_when_held_and_a_lane_with_an_arrow_when_worked_along(point):
    held, swept = (Plate([Step(point, side="left", mode=mode)]).scene for mode in ("hold", "sweep"))
    assert (len(held.lanes), len(held.discs)) == (0, 1)
    assert [lane.has_arrow for lane in swept.lanes] == [True]


def test_acupoints_are_shown_only_when_asked_for():
    assert not [mark for mark in Plate(steps("piri_1")).scene.marks if mark.kind == "acupoint"]
    asked = Plate(steps("piri_1"), acupoints=["GB30", "ST36"]).scene.marks
    assert [mark.text for mark in asked if mark.kind == "acupoint"] == ["GB30"]


def test_an_empty_plate_is_refused():
    with pytest.raises(InvalidValueError, match="a plate needs at least one step, got none; add one"):
        Plate([])


def test_a_wrong_style_or_frame_is_told():
    with pytest.raises(InvalidValueError, match="style must be one of colour, greyscale, high_contrast, got 'red'"):
        Plate(steps("piri_1"), style="red")
    with pytest.raises(InvalidValueError, match="frame must be one of fit, lower, close, got 'whole'"):
        Plate(steps("piri_1"), frame="whole")


def test_a_routine_makes_its_plate(five_steps):
    plate = five_steps.figure()
    assert isinstance(plate, Plate)
    assert [step.point for step in plate.steps] == list(FIVE)
    assert five_steps.figure(style="greyscale").style == "greyscale"


def test_the_choice_of_panels_is_the_same_every_time(guide):
    places = places_of(guide)
    made = steps(*FIVE, "gas_1", "fdb_1", side="both")
    assert choose_panels(places, made) == choose_panels(places, made)
    assert all(panel.view in atlas().views for panel in choose_panels(places, made))


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("room", [(84, 66), (72, 52), (96, 88), (186, 105)])
@pytest.mark.parametrize(
    "points", [FIVE, ("gas_1", "fibl_1", "edb_1", "fdb_1"), ("piri_1", "ta_1", "fdb_1", "edb_1"), ("gmed_2",)]
)
def test_on_paper_words_have_seven_points_and_numbers_eight(points, room, side):
    scene = Plate(steps(*points, side=side), legend=False, room=room).scene
    points_a_cm = min(room[0] / scene.width, room[1] / scene.height) * 72 / 25.4
    assert min(label.size for label in scene.labels) * points_a_cm >= 7
    assert min(mark.size for mark in scene.marks) * points_a_cm >= 8


def test_titles_and_letters_keep_off_each_other_on_paper():
    for points in (FIVE, ("gas_1", "fibl_1", "edb_1", "fdb_1")):
        scene = Plate(steps(*points, side="both"), legend=False, room=(76, 64)).scene
        boxes = [(label.x, label.y, len(label.text) * 0.28 * label.size, 0.4 * label.size) for label in scene.labels]
        for i, (x, y, w, h) in enumerate(boxes):
            for a, b, u, v in boxes[:i]:
                assert abs(a - x) >= u + w or abs(b - y) >= v + h


def test_a_wrong_room_is_told():
    for room in ((84,), (0, 66), "84x66"):
        with pytest.raises(InvalidValueError, match="room must be the width and height in mm.*; write it so"):
            Plate(steps("piri_1"), room=room)


@pytest.mark.parametrize("point", ["gmed_2", "piri_1", "vl_4", "fibl_1", "gas_1", "ta_1", "edb_1"])
@pytest.mark.parametrize("mode", ["hold", "sweep"])
def test_a_close_frame_is_small_and_shows_the_mark_and_the_whole_lane(point, mode):
    scene = Plate([Step(point, side="left", mode=mode)], frame="close").scene
    panel = scene.panels[0]
    assert panel.frame[3] - panel.frame[1] <= 66
    places = [(mark.at_x, mark.at_y) for mark in scene.marks]
    places += [end for lane in scene.lanes for end in ((lane.x, lane.y), (lane.end_x, lane.end_y))]
    for x, y in places:
        assert panel.frame[0] <= x <= panel.frame[2]
        assert panel.frame[1] <= y <= panel.frame[3]


def test_letters_of_a_close_frame_stand_beside_the_body():
    for point in ("gmed_2", "piri_1", "gmax_2", "vl_4", "fibl_1", "gas_1"):
        plate = Plate(steps(point), frame="close")
        panel, view = plate.scene.panels[0], atlas().view(plate.views[0])
        letters = [label for label in plate.scene.labels if label.kind == "letter"]
        assert bool(letters) == (plate.views[0] in ("front", "back", "oblique"))
        for label in letters:
            x, y = (label.x - panel.x) / panel.scale, (label.y - panel.y) / panel.scale
            assert not view.contains(x, y), (point, label.text)
        if view.is_symmetric:
            left, right = (next(label.x for label in letters if label.text == letter) for letter in "LR")
            assert (left < right) == (plate.views[0] == "back")


def test_muscles_are_drawn_when_asked_for_on_the_sides_of_the_steps():
    assert not [shape for panel in Plate(steps("piri_1")).scene.panels for shape in panel.shapes]
    both = Plate([Step("piri_1", side="both")], muscles=True).scene.panels[0].shapes
    assert {(shape.area, shape.side) for shape in both} == {("piriformis", "left"), ("piriformis", "right")}
    one = Plate([Step("piri_1", side="right")], muscles=True).scene.panels[0].shapes
    assert {shape.side for shape in one} == {"right"}


def test_a_muscle_that_no_chosen_view_draws_is_left_out(guide):
    for point in guide.point_values:
        if not guide.point(point).show_only:
            Plate(steps(point), muscles=True, frame="close").to_svg()


def test_numbers_can_begin_later():
    plate = Plate(steps("piri_1", "gmed_2"), first_number=3)
    assert {mark.text for mark in plate.scene.marks} == {"3", "4"}
    assert "3 Piriformis" in plate.scene.description


def test_a_light_plate_has_fewer_tones_only_where_there_are_many_panels():
    many, few = steps("piri_1", "fdb_1", "ta_1"), steps("piri_1")
    assert len(Plate(many, light=True).to_svg()) < 0.9 * len(Plate(many).to_svg())
    assert Plate(few, light=True).to_svg(prefix="k") == Plate(few).to_svg(prefix="k")
