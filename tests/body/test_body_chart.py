"""The chart to point at: every area, on the right side, in views that do not overlap."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from selfcare_kit.body.chart import Chart, chart_of
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.places import locate, places_of
from selfcare_kit.body.views import best_panel

REGION = re.compile(r'class="region" id="[^"]*" data-area="([^"]*)" data-side="([^"]*)"')


@pytest.fixture(scope="module")
def chart(guide):
    return chart_of(guide)


def test_every_area_of_the_guide_can_be_pointed_at_on_each_side(chart, guide):
    shown = set(REGION.findall(chart.svg))
    for row in guide.table("areas"):
        sides = ("left", "right") if row["paired"] == "yes" else ("midline",)
        for side in sides:
            assert (row["id"], side) in shown


def test_no_other_area_can_be_pointed_at(chart, guide):
    assert {area for area, _ in REGION.findall(chart.svg)} <= set(guide.area_ids)


def test_a_view_of_one_side_shows_that_side_only(chart):
    for part in chart.svg.split("<g data-view=")[1:]:
        side = re.match(r'"[a-z_]+" data-side="(left|right)"', part)
        if side:
            assert {each for _, each in REGION.findall(part)} <= {side[1], "midline"}


def test_panels_do_not_overlap(chart):
    boxes = [panel.frame for panel in chart.scene.panels]
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_left_is_at_the_viewers_right_in_front_and_at_the_left_behind(chart, guide):
    seen = set()
    for point in guide.point_values:
        view = best_panel(places_of(guide), point, "left", chart.keys).view
        if view in ("front", "back"):
            (left,), (right,) = (chart.marks([("1", point, side)]) for side in ("left", "right"))
            assert (left.at_x > right.at_x) == (view == "front"), point
            seen.add(view)
    assert seen == {"front", "back"}


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_mark_stands_where_its_point_is(chart, guide, side):
    scene = chart.scene
    for point in guide.point_values:
        for mark in chart.marks([("1", point, side)]):
            assert mark.side == side
            spots = [
                (panel.x + panel.scale * x, panel.y + panel.scale * y)
                for panel in scene.panels
                if panel.side in ("both", side)
                for x, y in [locate(point, view=panel.view, side=side)]
            ]
            x = scene.box[0] + mark.at_x * 0.05
            y = scene.box[3] - mark.at_y * 0.05
            nearest = min((x - a) ** 2 + (y - b) ** 2 for a, b in spots) ** 0.5
            # A point with several places or a lane is numbered at one of them, `locate` tells its middle.
            assert nearest < 12


@pytest.fixture(scope="module")
def crowd(chart, guide):
    """Twenty points on both sides: more than there is room for."""
    return chart.marks([(str(n), point, "both") for n, point in enumerate(list(guide.point_values)[:20], start=1)])


def test_signs_never_overlap(chart, crowd):
    written = [mark for mark in crowd if not mark.is_small]
    assert len(written) > 12
    for a, b in combinations(written, 2):
        assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 > (2 * chart.mark_radius * 0.98) ** 2


def test_a_sign_stands_near_its_place_and_in_its_own_view(chart, crowd):
    for mark in crowd:
        assert ((mark.x - mark.at_x) ** 2 + (mark.y - mark.at_y) ** 2) ** 0.5 < 3.1 * chart.mark_radius
        x, y = chart.scene.box[0] + mark.x * 0.05, chart.scene.box[3] - mark.y * 0.05
        frames = [panel.frame for panel in chart.scene.panels]
        assert any(x0 - 3 < x < x1 + 3 and y0 - 3 < y < y1 + 3 for x0, y0, x1, y1 in frames)


def test_a_sign_stands_on_the_side_of_its_point(chart, crowd):
    middles = {panel.view: panel.x for panel in chart.scene.panels if panel.side == "both"}
    for mark in crowd:
        x, at_x = (chart.scene.box[0] + value * 0.05 for value in (mark.x, mark.at_x))
        view = best_panel(places_of(chart.guide), mark.point, mark.side, chart.keys).view
        if view in middles:
            assert (x - middles[view]) * (at_x - middles[view]) >= 0


def test_no_sign_covers_the_name_of_a_view(chart, crowd):
    titles = [label for label in chart.scene.labels if label.kind == "title"]
    for mark in crowd:
        if not mark.is_small:
            x, y = chart.scene.box[0] + mark.x * 0.05, chart.scene.box[3] - mark.y * 0.05
            for title in titles:
                half = 0.5 * len(title.text) * title.size * 0.5
                assert not (abs(x - title.x) < half and title.y < y < title.y + title.size)


def test_zones_of_the_right_are_mirrored_or_in_views_of_the_right(chart):
    left, right = chart.zones("gmin_a", "left"), chart.zones("gmin_a", "right")
    assert len(left) == len(right)
    for zone in right:
        assert zone.is_flipped == (chart.keys[zone.panel].side == "both")
    assert {chart.keys[zone.panel].side for zone in left} == {"both", "left"}
    assert not any(zone.is_flipped for zone in left)


def test_a_guide_that_reaches_higher_gets_the_whole_body(guide, tmp_path):
    import shutil

    folder = tmp_path / "neck"
    shutil.copytree(guide.folder, folder)
    areas = folder / "areas.csv"
    with areas.open("a", encoding="utf-8") as file:
        columns = areas.read_text("utf-8").splitlines()[0].split(",")
        row = {"id": "neck", "label": "Neck", "client": "neck", "group": "Neck", "stage": "1", "paired": "no"}
        file.write(",".join(row.get(column, {"basis": "known", "source": "KIT"}.get(column, "")) for column in columns))
        file.write("\n")
    from selfcare_kit.guide.guide import Guide

    assert chart_of(guide).crop == "lower"
    whole = Chart(Guide(folder))
    assert whole.crop == "whole"
    assert ("neck", "midline") in set(REGION.findall(whole.svg))
    assert "neck" in {region.area for region in atlas().view("front").regions("whole")}
