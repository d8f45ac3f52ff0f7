"""The atlas: its files, its frames, and the client's own left everywhere."""

import math

import pytest

from selfcare_kit.body import atlas
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.places import places_of
from selfcare_kit.errors import InvalidValueError, SelfcareError, UnknownIdError
from selfcare_kit.model.sides import BODY_SIDES

VIEWS = atlas().views


def area_of(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def test_the_views_are_those_whose_files_are_there():
    assert set(VIEWS) == {path.stem for path in atlas().folder.glob("*.json")} - {"depths", "skin"}
    assert VIEWS[:2] == ("front", "back")


def test_an_unknown_view_is_told_with_those_there_are():
    with pytest.raises(InvalidValueError, match=r"view must be one of front, back, .*, got 'behind'"):
        atlas().view("behind")


def test_an_unknown_area_is_told():
    with pytest.raises(UnknownIdError, match=r"area must be one of .*low_back.*, got 'elbows'"):
        atlas().check_area("elbows")


def test_landmarks_are_a_fresh_frame_indexed_by_id():
    df = atlas().landmarks
    assert df.loc["asis", "x_cm"] > 0
    df.loc["asis", "x_cm"] = 0
    assert atlas().landmarks.loc["asis", "x_cm"] > 0


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("side", BODY_SIDES)
def test_left_and_right_stand_beside_their_letter(name, side):
    view = atlas().view(name)
    letters = view.letters(side=side)
    if name not in ("front", "back", "oblique"):
        assert not letters, "the title of a view of one side says whose it is"
        return
    assert set(letters) == {"L", "R"}
    spot = view.project((11 if side == "left" else -11, 8, 1), side)
    nearest = min(letters, key=lambda letter: abs(letters[letter][0] - spot[0]))
    assert nearest == side[0].upper()


def test_the_clients_left_is_at_the_viewers_right_in_front_and_left_behind():
    left_hip = atlas().landmark_values["asis"].xyz
    assert atlas().view("front").project(left_hip)[0] > 0
    assert atlas().view("back").project(left_hip)[0] < 0


def test_the_left_side_faces_the_viewers_left():
    toes = (12, 1, 19)
    assert atlas().view("side").project(toes)[0] < atlas().view("side").project((12, 1, -2))[0]


@pytest.mark.parametrize("name", VIEWS)
def test_the_right_is_the_mirror_image_of_the_left(name):
    view = atlas().view(name)
    for landmark in atlas().landmark_values.values():
        x, y, z = landmark.xyz
        left, right = view.project((x, y, z), "left"), view.project((-x, y, z), "right")
        assert right == pytest.approx((-left[0], left[1]))


@pytest.mark.parametrize("name", VIEWS)
def test_regions_of_a_view_fill_its_outline_without_overlap(name):
    view = atlas().view(name)
    outline = sum(area_of(ring) for ring in view.outline_rings[:1]) - sum(area_of(r) for r in view.outline_rings[1:])
    sides = BODY_SIDES if view.is_symmetric else ("left",)
    total = 0.0
    for region in view.regions():
        rings = paths.flatten(region.d, view.unit_cm)
        count = len(sides) if region.side == "left" and view.is_symmetric else 1
        total += count * sum(area_of(ring) for ring in rings)
    assert total == pytest.approx(outline, rel=0.02)


@pytest.mark.parametrize("name", VIEWS)
def test_every_region_is_an_area_of_the_body(name):
    assert {region.area for region in atlas().view(name).regions()} <= atlas().areas.keys()


def test_every_area_of_the_guide_is_seen_in_some_view(guide):
    seen = {region.area for name in VIEWS for region in atlas().view(name).regions()}
    missing = set(guide.area_ids) - seen
    assert missing <= ({"foot_inner", "ankle_inner"} if "inner" not in VIEWS else set())


@pytest.mark.parametrize("name", VIEWS)
def test_a_spot_in_a_region_is_found_in_it(name):
    view = atlas().view(name)
    for region in view.regions():
        found = set()
        ring = max(view.region_rings(region.area, region.side), key=len)
        x0, y0, x1, y1 = paths.bounds([ring])
        for i in range(1, 20):
            x, y = x0 + (x1 - x0) * i / 20, (y0 + y1) / 2
            if paths.contains([ring], x, y):
                found.add(view.area_at(x, y))
        assert (region.area, region.side) in found


def test_the_lower_frame_leaves_the_head_out():
    view = atlas().view("front")
    assert view.box("lower")[3] < view.box("whole")[3]
    assert len(view.drawing("lower").lines) < len(view.drawing("whole").lines)
    assert "head" not in {region.area for region in view.regions("lower")}


def test_the_shipped_body_is_small():
    assert sum(path.stat().st_size for path in atlas().folder.iterdir()) <= 400_000


def test_errors_of_the_body_are_errors_of_the_kit():
    assert issubclass(InvalidValueError, SelfcareError)


def test_the_leg_behind_does_not_count_as_the_leg_drawn():
    view = atlas().view("oblique")
    far = next(region for region in view.regions() if (region.area, region.side) == ("thigh_back", "right"))
    ring = paths.flatten(far.d, view.unit_cm)[0]
    x, y = sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    assert paths.contains(view.outline_rings, x, y)
    assert not view.contains(x, y)


HELD = {
    "gluteus_minimus": ("gmin_a", "gmin_p"),
    "gluteus_medius": ("gmed_1", "gmed_2", "gmed_3"),
    "quadratus_lumborum": ("ql_s1", "ql_s2", "ql_d1", "ql_d2"),
    "gastrocnemius": ("gas_1", "gas_2", "gas_3", "gas_4"),
}


@pytest.mark.parametrize("muscle", HELD)
def test_a_muscle_holds_its_points_in_every_view_that_shows_them(guide, muscle):
    places = places_of(guide)
    checked = 0
    for point in HELD[muscle]:
        for name in ("back", "side", "oblique"):
            view = atlas().view(name)
            parts = [part["d"] for key, part in view.muscles.items() if key.partition(":")[0] == muscle]
            if places.visibility(point, name) and parts:
                rings = [ring for d in parts for ring in paths.flatten(d, view.unit_cm)]
                (spot,) = places.in_view(point, name)
                assert paths.contains(rings, spot.x, spot.y), (point, name)
                checked += 1
    assert checked >= len(HELD[muscle])


def test_the_small_gluteal_muscle_stands_off_the_back_of_the_hip():
    """It springs from the outer face of the ilium, which ends some way in front of the buttock's outline."""
    view = atlas().view("side")
    rings = paths.flatten(view.muscles["gluteus_minimus"]["d"], view.unit_cm)
    x0, y0, x1, y1 = paths.bounds(rings)
    behind = max(x for ring in view.outline_rings for x, y in ring if y0 < y < y1)
    assert behind - x1 > 3
    spot = view.project(atlas().landmark_values["asis"].xyz)
    assert abs(x0 - spot[0]) < 1.5, "it begins just behind the front spine"


def test_the_heads_of_the_calf_meet_and_the_inner_one_is_lower_and_larger():
    view = atlas().view("back")
    inner, outer = (
        paths.flatten(view.muscles[f"gastrocnemius:{head}"]["d"], view.unit_cm) for head in ("medial", "lateral")
    )
    for height in (34, 38, 42):
        gap = abs(
            max((x for ring in outer for x, y in ring if abs(y - height) < 1.5))
            - min((x for ring in inner for x, y in ring if abs(y - height) < 1.5))
        )
        assert gap < 0.6, height
    assert paths.bounds(inner)[1] < paths.bounds(outer)[1] - 2
    assert area_of(max(inner, key=len)) > area_of(max(outer, key=len))


def test_the_quadratus_hangs_between_the_last_rib_and_the_crest():
    view = atlas().view("back")
    rings = paths.flatten(view.muscles["quadratus_lumborum"]["d"], view.unit_cm)
    for landmark, most in (("rib12_tip", 1.0), ("iliac_crest_top", 1.5)):
        x, y = view.project(atlas().landmark_values[landmark].xyz)
        assert min(math.dist((x, y), spot) for ring in rings for spot in ring) < most, landmark
