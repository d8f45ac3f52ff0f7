"""Chromium's picture of the SVG and matplotlib's PNG of the same scene show the same shapes.

Text is left out of the scenes, since fonts differ. The rest is held to this: each pixel of one
picture lies, in red, green and blue, between the darkest and the lightest pixel that the other one
has within REACH pixels of it (at 160 dots an inch: a third of a millimetre), give or take TOLERANCE
of 255 levels. Of the pixels of a plate at most MAX_STRANGE may fall outside; of a body with dashed
areas and dotted zones, whose dashes need not begin at the same place, at most MAX_STRANGE_DASHES.
"""

import io

import matplotlib.image
import numpy as np
import pytest
from pairs import pairwise

from selfcare_kit.body import Body, Plate, atlas
from selfcare_kit.body.draw.mpl.canvas import INCHES_HIGH
from selfcare_kit.body.draw.mpl.scene import to_png
from selfcare_kit.body.draw.svg import to_svg
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.place.zones import zone_shapes
from selfcare_kit.model.step import Step

pytestmark = pytest.mark.browser

DPI = 160
REACH = 2
TOLERANCE = 40
MAX_STRANGE = 0.00013
MAX_STRANGE_DASHES = 0.0004
POINTS = ("piri_1", "gmed_2", "tfl_1", "vl_4", "ta_1", "gas_1", "fdb_1", "abdm_1", "edb_1", "int_1", "fdl_1")
ACUPOINTS = ("GB30", "ST36", "KI1", "SP6", "LR3")
FIVE = ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2")


def crops(view):
    return ("whole", "lower") if atlas().view(view).box("lower") != atlas().view(view).box() else ("whole",)


CASES = [(view, crop, side) for view in atlas().views for crop in crops(view) for side in ("left", "right")]


@pytest.fixture(scope="module")
def page(browser):
    opened = browser.new_page()
    yield opened
    opened.close()


def rich(guide, view, crop, side):
    """A figure of a view with all that it can show."""
    places, shown = places_of(guide), atlas().view(view)
    marks = [id for id in (*POINTS, *ACUPOINTS) if places.in_view(id, view)]
    felt = next(id for id in guide.point_values if zone_shapes(guide, id, shown))
    muscles = list(dict.fromkeys(key.partition(":")[0] for key in shown.muscles))[:4]
    return Body(view, side=side, crop=crop, regions=True).muscles(muscles).refer(felt).mark(marks)


def without_text(scene):
    marks = tuple(mark._replace(text="") for mark in scene.marks)
    return scene._replace(labels=(), marks=marks, keys=tuple(key._replace(text="") for key in scene.keys))


def pixels(png, size=None):
    """The picture as levels of 255, cut to a size; white is added where it is smaller."""
    found = np.rint(matplotlib.image.imread(io.BytesIO(png))[:, :, :3] * 255).astype(np.int16)
    if size is None:
        return found
    sized = np.full((*size, 3), 255, np.int16)
    high, wide = min(size[0], found.shape[0]), min(size[1], found.shape[1])
    sized[:high, :wide] = found[:high, :wide]
    return sized


def browser_picture(page, scene, size):
    high, wide = size
    page.set_viewport_size({"width": wide, "height": high})
    svg = to_svg(scene, "p").replace("<svg ", '<svg preserveAspectRatio="none" style="display:block" ', 1)
    page.set_content(f"<style>body{{margin:0}}svg{{width:{wide}px;height:{high}px}}</style>{svg}")
    return pixels(page.screenshot(), size)


def extremes(picture, reach):
    """The darkest and the lightest level within reach of each pixel, for each colour."""
    found = []
    for extreme in (np.minimum, np.maximum):
        levels = picture
        for axis in (0, 1):
            widened = levels.copy()
            for way in (*range(-reach, 0), *range(1, reach + 1)):
                extreme(widened, np.roll(levels, way, axis), out=widened)
            levels = widened
        found.append(levels)
    return found


def strange(one, other, reach=REACH):
    """Where a pixel of one picture has no like near it in the other."""
    darkest, lightest = extremes(other, reach)
    return ((one < darkest - TOLERANCE) | (one > lightest + TOLERANCE)).any(axis=2)


def share_that_differs(page, scene, other=None):
    drawn = pixels(to_png(without_text(other or scene), DPI))
    shown = browser_picture(page, without_text(scene), drawn.shape[:2])
    return (strange(drawn, shown) | strange(shown, drawn)).mean()


@pytest.mark.parametrize(("view", "crop", "side"), CASES)
def test_a_body_looks_the_same_in_both(page, guide, view, crop, side):
    assert share_that_differs(page, rich(guide, view, crop, side).scene) <= MAX_STRANGE_DASHES


@pytest.mark.parametrize(
    ("side", "style", "points"),
    pairwise(("left", "right", "both"), ("colour", "high_contrast"), (FIVE, ("piri_1", "ta_1", "fdb_1", "edb_1"))),
)
def test_a_plate_looks_the_same_in_both(page, points, side, style):
    steps = [Step(point, side=side, mode="sweep" if point == "vl_4" else "hold") for point in points]
    assert share_that_differs(page, Plate(steps, style=style, room=(84, 66)).scene) <= MAX_STRANGE


def test_shades_look_the_same_in_both(page):
    scene = Body("back", side="both").shade({"thigh_back": 7, "sacrum": 3}).scene
    assert share_that_differs(page, scene) <= MAX_STRANGE


@pytest.mark.parametrize("kind", ["marks", "discs", "lanes"])
def test_what_is_shifted_is_noticed(page, kind):
    scene = Plate(
        [Step(point, side="left", mode="sweep" if point == "vl_4" else "hold") for point in FIVE], frame="lower"
    ).scene
    cm = 3 * REACH * scene.height / (INCHES_HIGH * DPI)
    first, *others = getattr(scene, kind)
    moved = first._replace(x=first.x + cm)
    shifted = scene._replace(**{kind: (moved, *others)})
    assert share_that_differs(page, scene) <= MAX_STRANGE
    assert share_that_differs(page, scene, shifted) > 1.5 * MAX_STRANGE


def test_the_other_side_is_noticed(page):
    left, right = (Body("side", side=side, legend=False).scene for side in ("left", "right"))
    assert share_that_differs(page, left, right._replace(box=left.box)) > 20 * MAX_STRANGE_DASHES
