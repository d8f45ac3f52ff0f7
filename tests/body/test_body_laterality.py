"""Left is the client's left: in every view, in figures and plates, as the SVG's own letters say it."""

import xml.etree.ElementTree as ET
from typing import NamedTuple

import pytest

from selfcare_kit.body import Body, Plate, atlas
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.place.zones import zone_shapes
from selfcare_kit.model.step import Step

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = atlas().views
SIDES = ("left", "right")
# Where the client's left is in a view of both sides, for who looks at it: -1 at the left, 1 at the right.
LEFT_IS_AT = {"front": 1, "back": -1}
LETTER = {"left": "L", "right": "R"}
LETTERED = (*LEFT_IS_AT, "oblique")


class Spot(NamedTuple):
    x: float
    y: float


def texts_of(root, css_class):
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class") == css_class]
    return [(t.text, Spot(float(t.get("x")), float(t.get("y")))) for group in groups for t in group.iter(f"{SVG}text")]


def marks_of(root):
    """Point, side and place of every number."""
    found = []
    for group in root.iter(f"{SVG}g"):
        circle = group.find(f"{SVG}circle")
        if group.get("data-point") and circle is not None:
            spot = Spot(float(circle.get("cx")), float(circle.get("cy")))
            found.append((group.get("data-point"), group.get("data-side"), spot))
    return found


def panels_of(root):
    """View, side and shift to the right of every panel, and whether it is mirrored."""
    found = []
    for group in root.iter(f"{SVG}g"):
        if group.get("data-view"):
            placed = next(iter(group))
            move, _, scale = placed.get("transform").partition(" scale(")
            x = float(move.removeprefix("translate(").split()[0])
            found.append((group.get("data-view"), group.get("data-side"), x, scale.startswith("-")))
    return found


def points_seen(guide, view):
    return [id for id in guide.point_values if places_of(guide).visibility(id, view)]


def nearest_letter(letters, spot):
    return min(letters, key=lambda each: abs(each[1].x - spot.x))[0]


def middle(d, unit_cm):
    ring = max(paths.flatten(d, unit_cm, 3), key=len)
    return sum(x for x, _ in ring) / len(ring)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_marked_point_stands_at_the_letter_of_its_side(guide, view, side):
    points = points_seen(guide, view)
    assert points, "every view shows some point of the guide"
    for point in points:
        root = ET.fromstring(Body(view, side=side, legend=False).mark(point).to_svg())
        letters = texts_of(root, "letters")
        ((id, told, spot),) = marks_of(root)
        assert (id, told) == (point, side)
        if view in LEFT_IS_AT:
            x = dict(letters)
            way = LEFT_IS_AT[view] * (1 if side == "left" else -1)
            assert way * (x[LETTER[side]].x - x[LETTER["right" if side == "left" else "left"]].x) > 0
            assert nearest_letter(letters, spot) == LETTER[side]
            assert way * (spot.x - (x["L"].x + x["R"].x) / 2) >= 0
        else:
            assert panels_of(root)[0][1] == side
            if view in LETTERED:
                assert set(dict(letters)) == {"L", "R"}
            else:
                ((title, _),) = texts_of(root, "titles")
                assert title.startswith(f"{side.capitalize()} "), "the title of a view of one side says whose it is"


@pytest.mark.parametrize("view", VIEWS)
def test_left_and_right_of_a_view_are_mirror_images(guide, view):
    point = points_seen(guide, view)[0]
    spots = {}
    for side in SIDES:
        body = Body(view, side=side, legend=False).mark(point)
        ((*_, spot),) = marks_of(ET.fromstring(body.to_svg()))
        spots[side] = spot.x / 20 + body.scene.box[0]
    assert spots["left"] == pytest.approx(-spots["right"], abs=0.06)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("view", [view for view in VIEWS if view not in LEFT_IS_AT])
def test_the_right_of_a_paired_view_is_drawn_mirrored(view, side):
    ((_, told, _, is_mirrored),) = panels_of(ET.fromstring(Body(view, side=side).to_svg()))
    assert (told, is_mirrored) == (side, side == "right")


@pytest.mark.parametrize("side", [*SIDES, "both"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_number_of_a_plate_stands_in_a_panel_of_its_side(guide, view, side):
    points = [point for point in points_seen(guide, view) if not guide.point(point).show_only][:4]
    plate = Plate([Step(point, side=side) for point in points])
    root = ET.fromstring(plate.to_svg())
    letters, panels = texts_of(root, "letters"), panels_of(root)
    marks = marks_of(root)
    assert {(id, told) for id, told, _ in marks} == {
        (point, each) for point in points for each in (SIDES if side == "both" else (side,))
    }
    for id, told, spot in marks:
        shown, whose, x, is_mirrored = min(
            ((p.view, drawn[1], drawn[2], drawn[3]) for p, drawn in zip(plate.scene.panels, panels, strict=True)
             if inside(plate.scene, p, spot)), key=lambda each: abs(each[2] - spot.x),
        )  # fmt: skip
        if shown in LEFT_IS_AT:
            assert whose is None
            way = LEFT_IS_AT[shown] * (1 if told == "left" else -1)
            assert way * (spot.x - x) > 0, (id, told)
        else:
            assert (whose, is_mirrored) == (told, told == "right"), (id, told)
    titles = " ".join(title for title, _ in texts_of(root, "titles"))
    for panel in plate.panels:
        if panel.view in LETTERED:
            assert {"L", "R"} <= {letter for letter, _ in letters}
        else:
            assert panel.side.capitalize() in titles


def inside(scene, panel, spot):
    """Tell whether a place of the SVG lies in a panel; marks may stand a little beside it."""
    x, y = spot.x / 20 + scene.box[0], scene.box[3] - spot.y / 20
    reach = 2 * scene.marks[0].radius
    x0, y0, x1, y1 = panel.frame
    return x0 - reach <= x <= x1 + reach and y0 - reach <= y <= y1 + reach


def test_a_plate_titles_both_panels_of_a_pair_with_their_side(guide):
    """Of two feet seen from the front or below, the right one is at the viewer's left."""
    for view, point in (("foot_top", "int_1"), ("sole", "fdb_1")):
        root = ET.fromstring(Plate([Step(point, side="both")]).to_svg())
        x = {side: x for _, side, x, _ in panels_of(root)}
        titles = {title.split()[0].lower(): spot.x for title, spot in texts_of(root, "titles")}
        assert {shown for shown, *_ in panels_of(root)} == {view}
        assert titles["right"] < titles["left"]
        assert not texts_of(root, "letters")
        marks = {side: spot.x for _, side, spot in marks_of(root)}
        assert marks["right"] < marks["left"]
        assert set(x) == {"left", "right"}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("view", VIEWS)
def test_shades_zones_muscles_and_regions_lie_on_the_side_they_say(guide, view, side):
    shown = atlas().view(view)
    area = next(r.area for r in shown.regions() if r.side == "left" and r.area in guide.area_ids)
    felt = next(id for id in guide.point_values if zone_shapes(guide, id, shown))
    muscle = next(iter(shown.muscles)).partition(":")[0]
    body = Body(view, side=side, regions=True).shade(area).refer(felt).muscles(muscle)
    root = ET.fromstring(body.to_svg())
    ((_, _, _, is_mirrored),) = panels_of(root)
    found = set()
    for path in root.iter(f"{SVG}path"):
        kind, told = path.get("class"), path.get("data-side")
        if kind not in ("shade", "primary", "spillover", "muscle", "region") or told == "midline":
            continue
        found.add((kind, told))
        way = -1 if (path.get("transform") == "scale(-1 1)") != is_mirrored else 1
        if view in LEFT_IS_AT:
            assert way * middle(path.get("d"), shown.unit_cm) * LEFT_IS_AT[view] * (1 if told == "left" else -1) > 0
        elif kind != "region":
            assert told == side
    kinds = {kind for kind, _ in found}
    assert {"shade", "muscle", "region"} <= kinds
    assert kinds & {"primary", "spillover"}
    assert {told for kind, told in found if kind != "region"} == {side}
    assert ("region", side) in found


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("view", [view for view in VIEWS if view not in LEFT_IS_AT])
def test_regions_of_a_paired_view_are_of_the_side_drawn_but_for_the_leg_behind(view, side):
    shown = atlas().view(view)
    stored = {(r.area, r.side) for r in shown.regions()}
    other = {"left": side, "right": "right" if side == "left" else "left", "midline": "midline"}
    root = ET.fromstring(Body(view, side=side, regions=True).to_svg())
    drawn = {(p.get("data-area"), p.get("data-side")) for p in root.iter(f"{SVG}path") if p.get("data-area")}
    assert drawn == {(area, other[told]) for area, told in stored}
