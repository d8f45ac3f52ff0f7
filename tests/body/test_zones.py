"""Referral zones: where a point's pain is felt, as shapes on the body."""

import math
import re
import xml.etree.ElementTree as ET
from functools import cache

import pytest
from marks import slow_where

from selfcare_kit.body import Body, atlas
from selfcare_kit.body.draw.mpl.canvas import path_of
from selfcare_kit.body.geometry import blobs, paths
from selfcare_kit.body.place.places import SURFACES
from selfcare_kit.body.place.zones import SQUARE, own_side, zone_shapes, zones_of, zones_seen
from selfcare_kit.body.scene.requests import Stage, referral_shapes
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.errors import GuideError, InvalidValueError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import NodeOfZone

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = atlas().views


class OtherZones(Guide):
    """The built-in guide with other zones."""

    def __init__(self, guide, *nodes):
        super().__init__(guide.folder)
        vars(self.records)["zones"] = nodes


@cache
def area_at(view, column, row):
    """The area at a place of a grid: 120 steps are as high as the view."""
    found = atlas().view(view).area_at(column * step(view), row * step(view))
    return found[0] if found else None


@cache
def step(view):
    _, y0, _, y1 = atlas().view(view).box("lower")
    return (y1 - y0) / 120


@cache
def covered(guide, point, view):
    """How many places of the grid each area has in the zones of a point, by kind."""
    found = {}
    for kind, d in zone_shapes(guide, point, atlas().view(view)):
        rings = paths.flatten(d, atlas().view(view).unit_cm)
        x0, y0, x1, y1 = (v / step(view) for v in paths.bounds(rings))
        areas = found.setdefault(kind, {})
        for column in range(math.ceil(x0), math.floor(x1) + 1):
            for row in range(math.ceil(y0), math.floor(y1) + 1):
                if paths.contains(rings, column * step(view), row * step(view)):
                    area = area_at(view, column, row)
                    areas[area] = areas.get(area, 0) + 1
    return found


def points(guide):
    return [row["id"] for row in guide.table("points")]


def named(guide, point, certain=("yes", "no")):
    return {
        (row["kind"], row["area"])
        for row in guide.table("referrals")
        if row["point"] == point and row["certain"] in certain
    }


@pytest.mark.slow
def test_every_point_of_the_guide_has_a_primary_zone_that_some_view_shows(guide):
    for point in points(guide):
        kinds = {shape.kind for view in VIEWS for shape in zone_shapes(guide, point, atlas().view(view))}
        assert "primary" in kinds, point


def test_every_zone_is_an_estimate_and_names_where_the_words_come_from(guide):
    for row in guide.table("zones"):
        assert row["basis"] == "estimate"
        assert {"KIT"} < set(row["source"].split(";"))


@pytest.mark.slow
def test_every_certain_area_is_touched_by_a_zone_of_its_kind(guide):
    for point in points(guide):
        touched = {
            (kind, area) for view in VIEWS for kind, areas in covered(guide, point, view).items() for area in areas
        }
        assert named(guide, point, ("yes",)) <= touched, point


@pytest.mark.parametrize("name", slow_where(VIEWS, {*VIEWS} - {"side"}))
def test_zones_keep_to_the_areas_that_the_sources_name(guide, name):
    view = atlas().view(name)
    for point in points(guide):
        allowed = {area for _, area in named(guide, point)}
        for kind, areas in covered(guide, point, name).items():
            surfaces = {
                zone.surface for zone, _ in zones_seen(zones_of(guide).get(point, ()), view) if zone.kind == kind
            }
            if min(view.facing(SURFACES[surface]) for surface in surfaces) < SQUARE:
                continue
            # The belly, for one, is no area of the guide: nothing can be named there.
            inside = {area: count for area, count in areas.items() if area in guide.area_ids}
            strange = sum(count for area, count in inside.items() if area not in allowed)
            # A strip along the edge is only a few places wide.
            assert strange <= max(3, 0.4 * sum(inside.values())), (point, kind, inside)


@pytest.mark.parametrize("name", VIEWS)
def test_the_middle_of_a_zone_lies_on_the_body(guide, name):
    view = atlas().view(name)
    for point in points(guide):
        for zone, chain in zones_seen(zones_of(guide).get(point, ()), view):
            on = [view.contains(node.x, node.y) for node in chain.nodes]
            assert 2 * sum(on) >= len(on), (point, zone)
            if view.facing(SURFACES[zone.surface]) > SQUARE:
                assert all(on), (point, zone)


@pytest.mark.parametrize("name", ["front", "back"])
def test_a_zone_of_the_left_falls_on_the_clients_left(guide, name):
    view = atlas().view(name)
    way = 1 if name == "front" else -1
    for point in points(guide):
        for zone, chain in zones_seen(zones_of(guide).get(point, ()), view):
            if zone.kind == "primary":
                assert way * sum(node.x for node in chain.nodes) > 0, (point, zone)


def test_the_right_is_the_mirror_image_of_the_left():
    left, right, both = (
        Body("back", side=side).refer("piri_1").scene.panels[0].shapes for side in ("left", "right", "both")
    )
    assert [shape.d for shape in left] == [shape.d for shape in right]
    assert [(shape.side, shape.is_flipped) for shape in right] == [("right", True)] * 2
    assert sorted((shape.kind, shape.side) for shape in both) == [
        (kind, side) for kind in ("primary", "spillover") for side in ("left", "right")
    ]


def test_primary_is_hatched_and_spillover_dotted_both_with_an_edge():
    root = ET.fromstring(Body("back").refer("piri_1").to_svg())
    zones = {path.get("class"): path for path in root.iter(f"{SVG}path") if path.get("data-zone")}
    assert set(zones) == {"primary", "spillover"}
    assert zones["primary"].get("fill") == STYLES["colour"].pain
    pattern = re.fullmatch(r"url\(#(.+)\)", zones["spillover"].get("fill")).group(1)
    (hatch,) = (path for path in root.iter(f"{SVG}path") if path.get("class") == "hatch")
    assert hatch.get("d") == zones["primary"].get("d")
    hatching = re.fullmatch(r"url\(#(.+)\)", hatch.get("fill")).group(1)
    assert {each.get("id") for each in root.iter(f"{SVG}pattern")} == {pattern, hatching}
    assert all(path.get("stroke") == STYLES["colour"].pain for path in zones.values())
    assert all("piriformis" in path.find(f"{SVG}title").text.lower() for path in zones.values())


@pytest.mark.parametrize("style", STYLES)
def test_kinds_differ_without_any_colour(style):
    shapes = {shape.kind: shape for shape in Body("back", style=style).refer("piri_1").scene.panels[0].shapes}
    assert 0 < shapes["primary"].opacity < 0.3, "a light tint, hatched: a shade is plain and darker"
    assert shapes["spillover"].opacity == 0


def test_a_figure_has_only_the_patterns_of_its_zones():
    assert Body("sole").refer("fdb_1").to_svg().count("<pattern") == 1
    assert "<pattern" not in Body("sole").mark("fdb_1").to_svg()


def test_spillover_leaves_the_primary_zone_out(guide):
    view = atlas().view("back")
    for point in ("piri_1", "gmin_p", "gmed_1", "bf_1", "ql_d1"):
        rings = {kind: paths.flatten(d, view.unit_cm) for kind, d in zone_shapes(guide, point, view)}
        both = [spot for spot in paths.grid(paths.bounds(rings["spillover"]), 0.7)
                if all(paths.contains(each, *spot) for each in rings.values())]  # fmt: skip
        near = [min(math.dist(spot, edge) for ring in rings["primary"] for edge in ring) for spot in both]
        assert max(near, default=0) < 0.5, point


@pytest.mark.parametrize("name", VIEWS)
def test_the_edge_of_a_zone_is_smooth_and_never_crosses_itself(guide, name):
    view = atlas().view(name)
    for point in points(guide):
        for _, d in zone_shapes(guide, point, view):
            for found in paths.flatten(d, view.unit_cm, 1):
                ring = [a for a, b in zip(found, found[1:] + found[:1], strict=True) if math.dist(a, b) > 1e-6]
                assert not crossings(ring), point
                assert max(turns(ring)) < 145, point


def turns(ring):
    ways = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    return [abs(math.degrees(math.remainder(b - a, math.tau))) for a, b in zip(ways, ways[1:] + ways[:1], strict=True)]


def crossings(ring):
    sides = list(zip(ring, ring[1:] + ring[:1], strict=True))

    def is_left(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0

    return [
        (i, j)
        for i, (a, b) in enumerate(sides)
        for j, (c, e) in enumerate(sides[: max(0, i - 1)])
        if (i - j) % len(sides) > 1
        and (j - i) % len(sides) > 1
        and is_left(a, b, c) != is_left(a, b, e)
        and is_left(c, e, a) != is_left(c, e, b)
    ]


def test_a_zone_on_several_surfaces_is_drawn_once(guide):
    for name in VIEWS:
        for point in points(guide):
            numbers = [
                (zone.kind, zone.number) for zone, _ in zones_seen(zones_of(guide).get(point, ()), atlas().view(name))
            ]
            assert len(numbers) == len(set(numbers))


def test_of_two_surfaces_that_face_the_viewer_the_first_listed_is_drawn(guide):
    (zone, _) = next(
        each for each in zones_seen(zones_of(guide)["gmin_a"], atlas().view("oblique")) if each[0].kind == "primary"
    )
    assert zone.surface == "side"
    assert {"side", "back"} <= {each.surface for each in zones_of(guide)["gmin_a"] if each.number == zone.number}


def test_what_has_turned_out_of_sight_is_not_drawn(guide):
    assert zone_shapes(guide, "ta_1", atlas().view("back")) == ()
    assert zone_shapes(guide, "piri_1", atlas().view("front")) == ()


def test_no_zone_is_painted_on_the_other_leg(guide):
    view = atlas().view("oblique")
    clip = own_side(view)
    rings = paths.flatten(clip, view.unit_cm)
    for area in ("thigh_back", "calf_back"):
        for ring in view.region_rings(area, "right"):
            x0, y0, x1, y1 = paths.bounds([ring])
            spots = [spot for spot in paths.grid((x0, y0, x1, y1), 1.0) if paths.contains([ring], *spot)]
            assert spots
            assert not any(paths.contains(rings, *spot) for spot in spots)
    assert {shape.clip for shape in Body("oblique").refer("gmin_p").scene.panels[0].shapes} == {clip}
    assert own_side(atlas().view("back")) == own_side(atlas().view("side")) == ""


def test_both_renderers_draw_the_same_path():
    for body in (Body("back").refer("piri_1"), Body("sole", side="right").refer("fdl_1")):
        svg = body.to_svg()
        artists = {artist.get_gid(): artist for artist in body.plot().get_children()}
        for shape in body.scene.panels[0].shapes:
            assert f'd="{shape.d}"' in svg
            drawn = artists[f"{shape.kind}-{shape.area}-{shape.side}"].get_path()
            assert (drawn.vertices == path_of(shape.d, body.scene.panels[0].unit_cm).vertices).all()


def test_the_dots_of_a_picture_are_cut_to_their_zone():
    body = Body("back").refer("piri_1")
    artists = {artist.get_gid(): artist for artist in body.plot().get_children()}
    dots, zone = artists["spillover-piri_1-left-dots"], artists["spillover-piri_1-left"]
    assert len(dots.get_path().vertices) > 50
    assert dots.get_clip_path().get_fully_transformed_path().get_extents().bounds == pytest.approx(
        zone.get_path().transformed(zone.get_transform()).get_extents().bounds, abs=1
    )


def test_the_same_zones_are_the_same_bytes_every_time(guide):
    first = Body("oblique").refer("gmin_a")
    guide.kept_values.clear()
    again = Body("oblique").refer("gmin_a")
    assert first.to_svg() == again.to_svg()
    assert first.to_png() == again.to_png()


def test_zones_are_named_in_words(guide):
    text = Body("back").refer("piri_1").scene.description
    assert "pain is often felt here (buttock center, buttock outer, sacrum)" in text
    assert "pain is sometimes felt here (thigh back)" in text


def test_a_view_that_shows_no_zone_says_which_does():
    with pytest.raises(
        InvalidValueError, match="the pain of 'qp_1' must be felt on a side that view 'back' shows.*draw it in sole"
    ):
        Body("back").refer("qp_1")


def test_a_guide_without_zones_shows_whole_areas(guide):
    view = atlas().view("back")
    bare = OtherZones(guide)
    shapes = referral_shapes(bare, "piri_1", Stage(view, "left", "whole", ("left",)), STYLES["colour"])
    certain = {area: kind for kind, area in named(guide, "piri_1", ("yes",))}
    assert {shape.area: shape.kind for shape in shapes} == {a: k for a, k in certain.items() if view.region_rings(a)}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"surface": "top"}, "zone 'piri_1 primary 1.1' must be of a kind .* and a surface .*got 'primary' and 'top'"),
        ({"radius_cm": -2.0}, "radius_cm of 'piri_1 primary 1.1' must be a number above 0, got -2; correct its row"),
        ({"from_landmark": "nowhere"}, "from_landmark of 'piri_1 primary 1.1' must be a landmark, got 'nowhere'"),
    ],
)
def test_a_wrong_row_is_told_in_one_sentence(guide, change, message):
    node = next(each for each in guide.records.zones if each.point == "piri_1")
    with pytest.raises(GuideError, match=message):
        zones_of(OtherZones(guide, NodeOfZone(**{**vars(node), **change})))


def test_one_disc_is_a_circle():
    (ring,) = blobs.outlines([blobs.Chain((blobs.Node(1, 2, 3),))])
    assert all(math.dist(spot, (1, 2)) == pytest.approx(3, rel=0.03) for spot in ring)


def test_chains_that_meet_become_one_and_others_stay_apart():
    def discs(gap):
        return [blobs.Chain((blobs.Node(0, 0, 2),)), blobs.Chain((blobs.Node(gap, 0, 2),))]

    assert len(blobs.outlines(discs(3))) == 1
    assert len(blobs.outlines(discs(9))) == 2


def test_a_surface_that_is_turned_away_looks_narrower():
    (ring,) = blobs.outlines([blobs.Chain((blobs.Node(0, 0, 4),), (1.0, 0.0), 2.0)])
    x0, y0, x1, y1 = paths.bounds([ring])
    assert (x0, y0, x1, y1) == pytest.approx((-2, -4, 2, 4), abs=0.15)


def test_a_band_is_as_wide_as_its_discs_and_bends_through_them():
    nodes = (blobs.Node(0, 0, 2), blobs.Node(0, 20, 3), blobs.Node(8, 36, 1))
    (ring,) = blobs.outlines([blobs.Chain(nodes)])
    for node in nodes:
        assert min(math.dist(spot, node[:2]) for spot in ring) == pytest.approx(node.radius, abs=0.25)
    bent = blobs.bend(nodes)
    assert all(node in bent for node in nodes)


def test_a_band_tapers_at_its_ends_within_what_its_discs_cover():
    nodes = (blobs.Node(0, 0, 3), blobs.Node(0, 20, 3))
    (ring,) = blobs.outlines([blobs.Chain(nodes)])

    def width(y):
        return sum(paths.contains([ring], i / 20, y) for i in range(-80, 81)) / 20

    assert width(22) < 0.9 * 2 * math.sqrt(9 - 4) < width(10)
    assert width(21) < width(19) < width(10)
    assert 22 < max(y for _, y in ring) <= 23.3


def test_no_chain_has_no_outline():
    assert blobs.outlines([]) == []
