"""`Body`: a frozen value whose mistakes are told where they are made."""

import dataclasses
import math
import re

import pytest

from selfcare_kit.body import Body, atlas
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.geometry.layout import LabelSpec
from selfcare_kit.errors import InvalidValueError, UnknownIdError


def test_every_method_returns_a_new_body():
    body = Body("back")
    for new in (body.mark("piri_1"), body.muscles("piriformis"), body.refer("piri_1"), body.shade("thigh_back")):
        assert new is not body
        assert new != body
        assert body == Body("back")


def test_a_body_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Body().view = "front"


def test_marks_are_numbered_in_the_order_given():
    body = Body("back").mark(["piri_2", "GB30"]).mark("piri_1")
    assert [(mark.text, mark.id) for mark in body.scene.marks if mark.kind == "point"] == [
        ("1", "piri_2"), ("2", "piri_1"),
    ]  # fmt: skip


def test_a_point_marked_twice_stays_one_mark():
    assert len(Body("back").mark(["piri_1", "piri_1"]).mark("PIRI-1").scene.marks) == 1


def test_acupoints_are_diamonds_with_their_code():
    (mark,) = Body("back").mark("gb30").scene.marks
    assert (mark.kind, mark.text) == ("acupoint", "GB30")
    assert (mark.at_x, mark.at_y) != (mark.x, mark.y)


def test_every_mark_of_a_point_has_its_search_disc():
    body = Body("back").mark(["piri_1", "gmax_1"])
    assert [(disc.id, disc.radius) for disc in body.scene.discs] == [("piri_1", 2.0), ("gmax_1", 2.0)]


def test_a_lane_has_a_direction():
    (lane,) = Body("side").mark("vl_4").scene.lanes
    assert lane.has_arrow
    assert lane.y > lane.end_y


def test_a_mark_seen_edge_on_is_hollow():
    hollow = {mark.id: mark.is_hollow for mark in Body("back").mark(["piri_1", "gmed_2"]).scene.marks}
    assert hollow == {"piri_1": False, "gmed_2": True}


def test_both_sides_are_marked_in_a_view_of_both():
    marks = Body("back", side="both").mark("piri_1").scene.marks
    assert {mark.side for mark in marks} == {"left", "right"}
    assert marks[0].x == -marks[1].x


def test_twelve_marks_do_not_overlap():
    points = ["gmax_1", "gmax_2", "gmax_3", "gmed_1", "gmin_p", "piri_1", "piri_2", "ql_s1", "ql_s2", "ql_d1", "ql_d2",
              "bf_1"]  # fmt: skip
    marks = [LabelSpec(m.x, m.y, m.radius, m.radius, 0) for m in Body("back", crop="lower").mark(points).scene.marks]
    assert len(marks) == 12
    for i, a in enumerate(marks):
        for b in marks[:i]:
            assert math.dist((a.x, a.y), (b.x, b.y)) >= a.half_width + b.half_width
    leaders = Body("back", crop="lower").mark(points).scene.leaders
    assert leaders


def test_shades_with_a_strength_say_it():
    scene = Body("side").shade({"thigh_outer": 7, "hip_side": 2.5}).scene
    assert {label.text for label in scene.labels if label.kind == "value"} == {"7", "2.5"}
    fills = {shape.area: shape.fill for shape in scene.panels[0].shapes}
    assert int(fills["thigh_outer"][1:3], 16) < int(fills["hip_side"][1:3], 16)


def test_shades_without_a_strength_only_colour():
    assert not [label for label in Body("side").shade("thigh_outer").scene.labels if label.kind == "value"]


def test_referral_is_solid_where_often_and_dotted_where_sometimes():
    scene = Body("back").refer("piri_1").scene
    assert {shape.kind for shape in scene.panels[0].shapes} == {"primary", "spillover"}
    assert {shape.kind: shape.opacity > 0 for shape in scene.panels[0].shapes} == {"primary": True, "spillover": False}
    assert [key.kind for key in scene.keys] == ["primary", "spillover"]


def test_referral_goes_to_the_side_of_the_body():
    left, right = (Body("back", side=side).refer("piri_1").scene.panels[0].shapes for side in ("left", "right"))
    assert [shape.d for shape in left] == [shape.d for shape in right]
    assert {shape.is_flipped for shape in left} == {False}
    assert {shape.is_flipped for shape in right} == {True}


def test_shades_and_zones_go_to_the_side_of_the_body():
    right = Body("back", side="right").shade("thigh_back").scene.panels[0].shapes
    assert [shape.side for shape in right] == ["right"]
    both = Body("back", side="both").shade(["thigh_back", "sacrum"]).scene.panels[0].shapes
    assert sorted(shape.side for shape in both) == ["left", "midline", "right"]


def test_a_deep_muscle_is_dashed_and_named():
    (shape,) = Body("back").muscles("piriformis").scene.panels[0].shapes
    assert shape.is_dashed
    assert shape.title == "Piriformis, deep"


def test_crop_has_no_effect_where_a_view_has_one_framing():
    assert Body("sole", crop="lower").to_svg(prefix="p") == Body("sole").to_svg(prefix="p")


def test_shorts_are_drawn_when_asked_for():
    assert 'class="shorts"' in Body("front", shorts=True).to_svg()
    assert 'class="shorts"' not in Body("front").to_svg()


TALL = ("front", "back", "side", "oblique")


@pytest.mark.parametrize("crop", ["whole", "lower"])
@pytest.mark.parametrize("view", TALL)
def test_nothing_of_the_body_shows_through_the_shorts(view, crop):
    """Cloth is opaque; the lines it covers are not drawn, but for where one leg passes in front of the other."""
    shown = atlas().view(view)
    text = Body(view, crop=crop, shorts=True).to_svg()
    cloth = re.search(r'class="shorts"[^>]*>', text).group()
    assert "opacity" not in cloth
    rings = paths.flatten(shown.shorts.cloth, shown.unit_cm)
    lines = re.search(r'class="lines"[^>]* d="([^"]*)"', text).group(1)
    inner = [
        (x, y)
        for ring in paths.flatten(lines, shown.unit_cm, 2)
        for x, y in ring
        if all(paths.contains(rings, x + dx, y + dy) for dx in (-0.3, 0.3) for dy in (-0.3, 0.3))
    ]
    assert not [spot for spot in inner if view != "oblique" or spot[1] > 84], "cleft and fold lie under the cloth"
    bare = re.search(r'class="lines"[^>]* d="([^"]*)"', Body(view, crop=crop).to_svg()).group(1)
    assert len(bare) > len(lines)


@pytest.mark.parametrize("view", TALL)
def test_shorts_have_curved_hems_and_seams(view):
    shown = atlas().view(view)
    rings = paths.flatten(shown.shorts.cloth, shown.unit_cm)
    assert len(paths.split(shown.shorts.seams)) >= 5
    left = [(x, y) for ring in rings for x, y in ring if y < 76 and (x > 0) == (shown.project((10, 75, 2))[0] > 0)]
    low, high = min(y for _, y in left), max(y for _, y in left)
    middle = (min(x for x, _ in left) + max(x for x, _ in left)) / 2
    lowest = min(left, key=lambda spot: spot[1])
    assert high - low > 1
    assert abs(lowest[0] - middle) < 4, "a hem sags in the middle of the leg"


@pytest.mark.parametrize("view", atlas().views)
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_number_of_an_area_stands_on_it_or_off_the_body_with_a_leader(view, side):
    shown = atlas().view(view)
    areas = dict.fromkeys(region.area for region in shown.regions("lower") if region.side != "right")
    scene = Body(view, side=side, crop="lower").shade(dict.fromkeys(areas, 10)).scene
    values = [label for label in scene.labels if label.kind == "value"]
    assert len(values) >= 0.7 * len(areas)
    outline = shown.frame_rings("lower")
    way = -1 if side == "right" and not shown.is_symmetric else 1
    off = 0
    for label in values:
        half, middle = 0.8 * label.size / 2, label.y + 0.35 * label.size
        corners = [(way * (label.x + dx), middle) for dx in (-half, 0, half)]
        on = [paths.contains(outline, x, y) for x, y in corners]
        assert all(on) or not any(on), (view, label.x, label.y)
        off += not any(on)
    assert off == sum(leader.kind == "value" for leader in scene.leaders)


def test_a_body_shows_itself_in_a_notebook():
    assert Body("front")._repr_svg_() == Body("front").to_svg()


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Body("top"), InvalidValueError, "view must be one of front, back, .*, got 'top'"),
        (lambda: Body(["back"]), InvalidValueError, r"view must be one of front, back, .*, got \['back'\]; choose one"),
        (lambda: Body().shade({3: 4}), UnknownIdError, "area must be one of .*, got 3; see"),
        (lambda: Body(side="west"), InvalidValueError, "side must be one of left, right, both, got 'west'"),
        (lambda: Body("side", side="both"), InvalidValueError, "left or right in view 'side', which shows one side"),
        (lambda: Body(crop="upper"), InvalidValueError, "crop must be one of whole, lower, got 'upper'"),
        (lambda: Body(style="pink"), InvalidValueError, "style must be one of colour, .*, got 'pink'"),
        (lambda: Body(guide="hip"), InvalidValueError, "guide must be a guide, got 'hip'; load one"),
        (lambda: Body().mark("piri_9"), UnknownIdError, "a place must be the id .*got 'piri_9'"),
        (lambda: Body().mark([1]), InvalidValueError, r"marks must be ids as text, .*got \[1\]"),
        (lambda: Body().mark(None), InvalidValueError, "marks must be ids as text, .*got None"),
        (lambda: Body().mark("asis"), UnknownIdError, "a mark must be a point or an acupoint, got the landmark 'asis'"),
        (lambda: Body("back").mark("ta_1"), InvalidValueError, "'ta_1' must lie on a side .*draw it in front"),
        (lambda: Body().muscles("biceps"), UnknownIdError, "muscle must be one of .*piriformis.*, got 'biceps'"),
        (lambda: Body("front").muscles("piriformis"), InvalidValueError, "got 'piriformis'; draw it in .*back"),
        (lambda: Body().refer("GB30"), UnknownIdError, "point must be one of .*'GB30'"),
        (lambda: Body().shade("elbows"), UnknownIdError, "area must be one of .*, got 'elbows'"),
        (lambda: Body("front").shade("sacrum"), InvalidValueError, "got 'sacrum'; draw it in back"),
        (
            lambda: Body("side").shade({"thigh_outer": 11}),
            InvalidValueError,
            "a number from 0 to 10, got 11; choose one",
        ),
        (lambda: Body("side").shade({"thigh_outer": True}), InvalidValueError, "a number from 0 to 10, got True"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(make, error, message):
    with pytest.raises(error, match=message):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda text: Body().mark(text),
        lambda text: Body().mark([[text]]),
        lambda text: Body().muscles(text),
        lambda text: Body().shade(text),
        lambda text: Body().shade({"thigh_outer": text}),
    ],
)
def test_what_was_given_is_told_no_further_than_it_has_to_be(make):
    with pytest.raises((InvalidValueError, UnknownIdError)) as told:
        make("x" * 5000)
    assert "x" * 25 in str(told.value)
    assert "x" * 90 not in str(told.value)
