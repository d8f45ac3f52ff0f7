"""Every point of the guide stands where its table says: on the body, in its muscle, in its area."""

import pytest

import selfcare_kit as kit
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.atlas import atlas

GUIDE = kit.load_guide()
SURFACES = {row["id"]: row["surface"] for row in reversed(GUIDE.table("places"))}
POINTS = list(GUIDE.point_values.values())
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


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.id)
def test_a_point_lies_in_the_area_its_dose_counts_for(point):
    view = SURFACES[point.id]
    area, side = atlas().view(view).area_at(*kit.locate(point.id, view=view))
    assert area == point.area
    assert side in ("left", "midline")


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.id)
def test_a_point_lies_in_its_muscle_or_within_its_search_disc_of_it(point):
    view = atlas().view(SURFACES[point.id])
    x, y = kit.locate(point.id, view=view.name)
    rings = muscle_rings(point, view)
    assert rings, "the view a point is drawn in shows its muscle"
    assert paths.contains(rings, x, y) or distance_to(rings, x, y) <= NEAR_CM
