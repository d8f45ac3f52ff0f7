"""The atlas: its files, its frames, and the client's own left everywhere."""

import pytest

from selfcare_kit.body import atlas, paths
from selfcare_kit.body.atlas import SIDES
from selfcare_kit.errors import InvalidValueError, SelfcareError, UnknownIdError

VIEWS = atlas().views


def area_of(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def test_the_views_are_those_whose_files_are_there():
    assert set(VIEWS) == {path.stem for path in atlas().folder.glob("*.json")}
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
@pytest.mark.parametrize("side", SIDES)
def test_left_and_right_stand_beside_their_letter(name, side):
    view = atlas().view(name)
    letters = view.letters(side=side)
    assert set(letters) <= {"L", "R"}
    assert side[0].upper() in letters
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
    sides = SIDES if view.is_symmetric else ("left",)
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
