"""Path strings: read, mirrored, split, flattened."""

import pytest

from selfcare_kit.body import atlas
from selfcare_kit.body.geometry import paths


def all_paths():
    for name in atlas().views:
        view = atlas().view(name)
        for crop in ("whole", "lower"):
            drawing = view.drawing(crop)
            yield from (drawing.outline, drawing.stroke, drawing.lines, *drawing.tone)
        yield from (region.d for region in view.regions())
        yield from (muscle["d"] for muscle in view.muscles.values())


def test_a_line_and_a_cubic_are_read_in_cm_with_y_up():
    (subpath,) = paths.parse("M10-20l10 0c0-10 10-10 10 0z", 0.5)
    assert subpath.start == (5, 10)
    assert subpath.segments == (((10, 10),), ((10, 15), (15, 15), (15, 10)))
    assert subpath.closed


def test_several_subpaths_and_an_open_one_are_read():
    closed, open_ = paths.parse("M0 0l1 0 0 1zM5 5l1 1")
    assert closed.closed
    assert not open_.closed
    assert open_.segments[-1] == ((6, -6),)


def test_mirroring_twice_gives_every_path_of_the_atlas_back():
    for d in all_paths():
        assert paths.mirror(paths.mirror(d)) == d


def test_the_mirror_image_has_the_opposite_x_everywhere():
    d = atlas().view("back").regions()[0].d
    here = [point for ring in paths.flatten(d, 1, 1) for point in ring]
    there = [point for ring in paths.flatten(paths.mirror(d), 1, 1) for point in ring]
    assert there == [(-x, y) for x, y in here]


def test_splitting_and_joining_gives_every_path_back():
    for d in all_paths():
        assert "".join(paths.split(d)) == d


def test_a_ring_with_a_hole_contains_its_rim_but_not_its_hole():
    rings = paths.flatten("M0 0l10 0 0-10-10 0zM3-3l4 0 0-4-4 0z")
    assert paths.contains(rings, 1, 1)
    assert not paths.contains(rings, 5, 5)
    assert not paths.contains(rings, 11, 5)


def test_a_cubic_is_flattened_onto_its_curve():
    (ring,) = paths.flatten("M0 0c0-4 10-4 10 0", steps=2)
    assert ring[1] == pytest.approx((5, 3))
