"""Every point of the guide stands where its table says: on the body, in its muscle, in its area."""

import pytest

import selfcare_kit as kit
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.atlas import atlas

GUIDE = kit.load_guide()
SURFACES = {row["id"]: row["surface"] for row in reversed(GUIDE.table("places"))}
VIEWS = {
    view: [point for point in GUIDE.point_values.values() if SURFACES[point.id] == view]
    for view in sorted({SURFACES[id] for id in GUIDE.point_values})
}
NEAR_CM = 2.5


def muscle_rings(point, view):
    data = view.muscles
    return [
        ring
        for key, shape in data.items()
        if key.partition(":")[0] == point.muscle_id
        for ring in paths.flatten(shape["d"], view.unit_cm)
    ]


def distance_to(rings, x, y):
    return min(((x - a) ** 2 + (y - b) ** 2) ** 0.5 for ring in rings for a, b in ring)


def test_every_point_has_one_view_here():
    assert sorted(point.id for points in VIEWS.values() for point in points) == sorted(GUIDE.point_values)


@pytest.mark.parametrize("view", VIEWS)
def test_each_point_lies_in_the_area_its_dose_counts_for(view):
    found = {point.id: atlas().view(view).area_at(*kit.locate(point.id, view=view)) for point in VIEWS[view]}
    assert {id: area for id, (area, _) in found.items()} == {point.id: point.area for point in VIEWS[view]}
    assert {id: side for id, (_, side) in found.items() if side not in ("left", "midline")} == {}


@pytest.mark.parametrize("view", VIEWS)
def test_each_point_lies_in_its_muscle_or_within_its_search_disc_of_it(view):
    for point in VIEWS[view]:
        x, y = kit.locate(point.id, view=view)
        rings = muscle_rings(point, atlas().view(view))
        assert rings, f"the view that {point.id} is drawn in shows its muscle"
        assert paths.contains(rings, x, y) or distance_to(rings, x, y) <= NEAR_CM, point.id
