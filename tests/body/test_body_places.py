"""Places: from a rule to a position, and from a position to a view."""

import math

import pytest

import selfcare_kit as kit
from selfcare_kit.body import atlas, locate
from selfcare_kit.body.place.places import SURFACES, Places, check_visible, places_of
from selfcare_kit.body.place.rules import apply_rule, cun_lengths, derive_landmarks
from selfcare_kit.body.place.skin import Skin
from selfcare_kit.errors import GuideError, InvalidValueError, UnknownIdError
from selfcare_kit.guide.records import PlaceOfPoint


@pytest.fixture(scope="module")
def places(guide):
    return places_of(guide)


def rule(**values):
    empty = dict.fromkeys(("fraction", "offset_lateral", "offset_up", "offset_front", "uncertainty_cm"))
    empty |= {"to_landmark": "", "offset_unit": ""}
    return PlaceOfPoint(**{**empty, "id": "p", "n": 1, "role": "spot", "surface": "back", "basis": "source", **values})


def row_of(guide, id, n=1):
    return next(each for each in guide.records.places if each.id == id and each.n == n)


def test_a_rule_goes_a_fraction_of_the_way_and_then_aside():
    landmarks = {"a": (0, 0, 0), "b": (10, 20, 30)}
    row = rule(from_landmark="a", to_landmark="b", fraction=0.5, offset_lateral=1, offset_up=-2, offset_unit="cm")
    assert apply_rule(row, landmarks, {"cm": 1.0}) == (6, 8, 15)


def test_an_offset_can_be_in_cun_of_a_segment(places):
    third = places.landmarks["scapula_medial_border"][0] / 3
    assert places.units["cun_back"] == pytest.approx(third)
    row = rule(from_landmark="l2_spine", offset_lateral=1.5, offset_unit="cun_back")
    assert apply_rule(row, places.landmarks, places.units)[0] == pytest.approx(1.5 * third)


def test_cun_of_thigh_and_leg_are_not_the_same_length():
    lengths = cun_lengths({id: each.xyz for id, each in atlas().landmark_values.items()})
    assert lengths["cun_thigh"] < lengths["cun_leg"]


def test_derived_landmarks_may_rest_on_each_other_in_any_order():
    rows = [rule(id="d", from_landmark="c", offset_up=1), rule(id="c", from_landmark="a", offset_up=1)]
    assert derive_landmarks({"a": (0, 0, 0)}, rows)["d"] == (0, 2, 0)


def test_landmarks_that_rest_on_each_other_are_refused():
    rows = [rule(id="c", from_landmark="d"), rule(id="d", from_landmark="c")]
    with pytest.raises(GuideError, match="from_landmark of 'c' must be a landmark, got 'd'"):
        derive_landmarks({"a": (0, 0, 0)}, rows)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (rule(from_landmark="nowhere"), "from_landmark of 'p' must be a landmark, got 'nowhere'"),
        (rule(from_landmark="asis", to_landmark="nope"), "to_landmark of 'p' must be a landmark, got 'nope'"),
        (
            rule(from_landmark="asis", offset_unit="inch"),
            "offset_unit of 'p' must be one of cm, .*got 'inch'; correct its row",
        ),
        (rule(from_landmark="asis", surface="top"), "surface of 'p' must be one of back, .*got 'top'"),
    ],
)
def test_a_wrong_row_is_told(row, message):
    with pytest.raises(GuideError, match=message):
        Places(atlas(), [row]).of("p")


def test_gb30_is_a_third_of_the_way_from_the_trochanter_to_the_sacral_hiatus(guide, places):
    row = row_of(guide, "GB30")
    assert (row.from_landmark, row.to_landmark) == ("greater_trochanter", "sacral_hiatus")
    assert row.fraction == pytest.approx(1 / 3, abs=1e-5)
    start, end, spot = (locate(id, "back") for id in ("greater_trochanter", "sacral_hiatus", "GB30"))
    assert spot == pytest.approx((start[0] + (end[0] - start[0]) / 3, start[1] + (end[1] - start[1]) / 3), abs=1e-3)


def test_piriformis_1_is_three_tenths_along_the_piriformis_line(guide):
    row = row_of(guide, "piri_1")
    assert (row.from_landmark, row.to_landmark, row.fraction) == (
        "greater_trochanter_top",
        "piriformis_sacral_end",
        0.30,
    )
    start, end, spot = (locate(id, "back") for id in ("greater_trochanter_top", "piriformis_sacral_end", "piri_1"))
    assert spot == pytest.approx((start[0] + 0.3 * (end[0] - start[0]), start[1] + 0.3 * (end[1] - start[1])))


FRACTIONS = {
    "GB29": ("asis", "greater_trochanter", 1 / 2),
    "GB32": ("popliteal_crease_lateral", "greater_trochanter", 7 / 19),
    "GB35": ("lateral_malleolus", "popliteal_crease_lateral", 7 / 16),
    "GB36": ("lateral_malleolus", "popliteal_crease_lateral", 7 / 16),
    "GB37": ("lateral_malleolus", "popliteal_crease_lateral", 5 / 16),
    "GB38": ("lateral_malleolus", "popliteal_crease_lateral", 4 / 16),
    "GB39": ("lateral_malleolus", "popliteal_crease_lateral", 3 / 16),
    "ST32": ("patella_base_lateral", "asis", 6 / 18),
    "ST33": ("patella_base_lateral", "asis", 3 / 18),
    "ST34": ("patella_base_lateral", "asis", 2 / 18),
    "ST36": ("lateral_knee_eye", "ankle_front", 3 / 16),
    "ST37": ("lateral_knee_eye", "ankle_front", 6 / 16),
    "ST38": ("lateral_knee_eye", "ankle_front", 8 / 16),
    "ST39": ("lateral_knee_eye", "ankle_front", 9 / 16),
    "BL37": ("gluteal_fold", "popliteal_crease", 6 / 14),
    "BL55": ("popliteal_crease", "malleolus_level_back", 2 / 16),
    "BL56": ("popliteal_crease", "malleolus_level_back", 5 / 16),
    "BL57": ("popliteal_crease", "malleolus_level_back", 1 / 2),
    "SP6": ("medial_malleolus", "patella_apex", 3 / 15),
    "SP7": ("medial_malleolus", "patella_apex", 6 / 15),
    "SP8": ("medial_malleolus", "patella_apex", 10 / 15),
    "LR5": ("medial_malleolus", "patella_apex", 5 / 15),
    "LR6": ("medial_malleolus", "patella_apex", 7 / 15),
    "KI1": ("heel_back", "toe_web_2", 2 / 3),
}


@pytest.mark.parametrize("code", FRACTIONS)
def test_the_fraction_of_an_acupoint_is_the_standards(guide, code):
    row = row_of(guide, code)
    start, end, fraction = FRACTIONS[code]
    assert (row.from_landmark, row.to_landmark) == (start, end)
    assert row.fraction == pytest.approx(fraction, abs=1e-5)


@pytest.mark.parametrize(("code", "cun"), [("BL23", 1.5), ("BL25", 1.5), ("BL28", 1.5), ("BL52", 3), ("BL54", 3)])
def test_the_lines_of_the_back_are_so_many_cun_from_the_midline(places, code, cun):
    assert places.of(code)[0].xyz[0] == pytest.approx(cun * places.units["cun_back"])


def test_every_point_and_acupoint_has_a_place(guide, places):
    ids = {row["id"] for name in ("points", "acupoints") for row in guide.table(name)}
    assert ids == set(places.ids)


def test_every_place_lies_on_the_body_in_a_view_that_faces_it(places):
    for id in places.ids:
        surfaces = {place.surface for place in places.of(id)}
        if "inner" in surfaces and "inner" not in atlas().views:
            continue
        assert any(places.visibility(id, view) for view in atlas().views), id


def test_the_tables_cite_a_basis_and_known_sources(guide):
    keys = {row["key"] for row in guide.table("sources")}
    for name in ("places", "landmarks"):
        for row in guide.table(name):
            assert row["basis"] in ("source", "known", "estimate")
            assert set(row["source"].split(";")) <= keys


def test_the_outer_thigh_is_worked_from_hip_to_knee(places):
    (lane,) = places.of("vl_4", along=True)
    assert lane.xyz[1] > lane.end[1]
    assert lane.xyz[1] > 80
    assert lane.end[1] < 60


def test_the_outer_leg_is_worked_well_below_the_fibular_head(places):
    head = places.landmarks["fibular_head"][1]
    for id in ("fibl_1", "fibb_1"):
        (lane,) = places.of(id, along=True)
        assert lane.xyz[1] > lane.end[1]
        assert head - lane.xyz[1] >= 4


@pytest.mark.parametrize("id", ["vl_4", "fibl_1", "fibb_1"])
def test_a_point_with_a_lane_has_its_own_spot_too(places, id):
    (spot,), (lane,) = places.of(id), places.of(id, along=True)
    assert spot.end is None
    assert lane.end is not None


def test_points_on_the_fibula_keep_off_the_nerve_at_its_head(places):
    head = places.landmarks["fibular_head"][1]
    for id in ("fibl_1", "fibb_1", "edl_1"):
        assert head - places.of(id)[0].xyz[1] >= 4


def test_the_interossei_lie_in_three_gaps(places):
    assert len(places.in_view("int_1", "foot_top")) == 3


def test_locate_mirrors_the_right_and_ignores_case_and_hyphens():
    for view in atlas().views:
        left, right = locate("GB30", view), locate("gb30", view, "right")
        assert right == pytest.approx((-left[0], left[1]))
    assert locate("EX-B7") == locate("ex b7") == kit.locate("exb7")


def test_locate_knows_landmarks_and_gives_cm():
    assert locate("asis", "front") == pytest.approx(atlas().landmark_values["asis"].xyz[:2])


def test_unknown_places_views_and_sides_are_told():
    with pytest.raises(
        UnknownIdError, match=r"a place must be the id of a point, an acupoint or a landmark.*'nowhere_1'"
    ):
        locate("nowhere_1")
    with pytest.raises(UnknownIdError, match="got None"):
        locate(None)
    with pytest.raises(InvalidValueError, match=r"view must be one of front, back.*got 'top'"):
        locate("asis", view="top")
    with pytest.raises(InvalidValueError, match=r"side must be one of left, right, got 'both'"):
        locate("asis", side="both")


def test_a_point_on_the_far_side_is_refused_with_the_views_that_show_it(places):
    with pytest.raises(InvalidValueError, match=r"'ta_1' must lie on a side that view 'back' shows.*draw it in front"):
        check_visible(places, "ta_1", "back")


def test_surfaces_are_those_of_the_guides_tables():
    assert set(SURFACES) == {"back", "side", "front", "inner", "sole", "foot_top"}


# By the mesh itself: how squarely a view faces the skin at a point, within what the size of the patch makes of it.
FACED = {
    ("tfl_1", "side"): 0.94,
    ("tfl_1", "oblique"): 0.5,
    ("vl_4", "oblique"): 0.42,
    ("gmax_2", "back"): 0.87,
    ("gmax_2", "oblique"): 0.4,
    ("gmax_3", "oblique"): 0.13,
    ("gas_1", "oblique"): 0.08,
    ("hs_med_1", "oblique"): 0.19,
    ("gmin_p", "oblique"): 0.92,
    ("piri_1", "oblique"): 0.97,
    ("piri_1", "back"): 0.78,
    ("fdb_1", "sole"): 0.95,
    ("int_1", "foot_top"): 0.89,
    ("fdl_1", "inner"): 0.99,
}


@pytest.mark.parametrize(("point", "view"), FACED)
def test_a_view_faces_a_point_as_the_skin_does(places, point, view):
    (normal, *_) = places.of(point)[0].normals
    assert atlas().view(view).facing(normal) == pytest.approx(FACED[point, view], abs=0.12)


def test_the_skin_has_a_normal_at_every_place_that_leans_the_way_of_its_surface(places):
    for id in places.ids:
        for place in places.of(id):
            for normal in place.normals:
                assert math.hypot(*normal) == pytest.approx(1, abs=1e-3)
                assert sum(a * b for a, b in zip(normal, SURFACES[place.surface], strict=True)) > 0.4, id


def test_a_body_without_skin_takes_the_way_of_the_surface():
    assert Skin({}).normal("back", (5.0, 90.0, -8.0), SURFACES["back"]) == SURFACES["back"]


def test_an_arm_faces_outward_beside_the_hip():
    """From the side it hides the hip, which has a map of its own."""
    skin = atlas().skin
    hip, arm = (skin.normal("side", (x, 92.0, 1.0), SURFACES["side"]) for x in (15.0, 30.0))
    assert hip != arm
    assert min(hip[0], arm[0]) > 0.5
