"""The SVG: sound XML, words for those who cannot see it, ids that do not clash."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from selfcare_kit.body import Body, Plate, atlas
from selfcare_kit.model.step import Step

SVG = "{http://www.w3.org/2000/svg}"
FIVE = ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2")


def steps(points=FIVE, side="left"):
    return [Step(point, side=side, mode="sweep" if point == "vl_4" else "hold") for point in points]


def tree(figure, **options):
    return ET.fromstring(figure.to_svg(**options))


def rich_body():
    return (
        Body("back", side="left", crop="lower", regions=True)
        .muscles(["piriformis"])
        .refer("piri_1")
        .mark(["piri_1", "gmed_2", "GB30"])
    )


def test_an_svg_has_a_title_a_description_and_a_role():
    root = tree(rich_body())
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert "back" in title.text
    assert "Piriformis" in desc.text
    assert "client's own" in desc.text


@pytest.mark.parametrize("view", atlas().views)
def test_every_view_says_whose_side_it_shows(view):
    """In letters beside a view of both sides, in the title of another, where a letter could be the neighbour's."""
    for side in ("left", "right"):
        texts = [node.text for node in tree(Body(view, side=side)).iter(f"{SVG}text")]
        if view in ("front", "back", "oblique"):
            assert {"L", "R"} <= set(texts)
        else:
            assert not {"L", "R"} & set(texts)
            assert any(text.startswith(f"{side.capitalize()} ") for text in texts)


@pytest.mark.parametrize("view", ["front", "back"])
def test_a_left_mark_stands_on_the_side_of_the_letter_l(view):
    point = {"front": "ta_1", "back": "piri_1"}[view]
    root = tree(Body(view, legend=False).mark(point))
    x = {node.text: float(node.get("x")) for node in root.iter(f"{SVG}text")}
    assert abs(x["1"] - x["L"]) < abs(x["1"] - x["R"])


def test_regions_carry_their_plain_id_and_side():
    root = tree(Body("back", regions=True))
    found = {
        (node.get("data-area"), node.get("data-side")) for node in root.iter(f"{SVG}path") if node.get("data-area")
    }
    assert ("thigh_outer", "left") in found
    assert ("thigh_outer", "right") in found
    assert ("sacrum", "midline") in found
    assert {area for area, _ in found} <= atlas().areas.keys()


def test_marks_carry_their_point_and_side():
    marks = [node for node in tree(rich_body()).iter(f"{SVG}g") if node.get("data-point")]
    assert [(node.get("data-point"), node.get("data-side")) for node in marks] == [
        ("piri_1", "left"), ("gmed_2", "left"), ("GB30", "left"),
    ]  # fmt: skip


def test_a_plate_leaves_the_regions_out():
    assert "data-area" not in Plate(steps()).to_svg()


def test_ids_are_unique_and_every_reference_has_its_target():
    for figure in (rich_body(), Plate(steps((*FIVE, "fdb_1", "int_1"), "both"))):
        text = figure.to_svg()
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', text)) <= set(ids)


def test_two_figures_can_stand_in_one_page():
    one, two = (set(re.findall(r'\bid="([^"]+)"', body.to_svg())) for body in (Body("back"), Body("front")))
    assert not one & two
    own = set(re.findall(r'\bid="([^"]+)"', Body("back").to_svg(prefix="plate-2")))
    assert all(id.startswith("plate-2") for id in own)


def test_the_same_figure_is_the_same_text():
    assert rich_body().to_svg() == rich_body().to_svg()
    assert Plate(steps()).to_svg() == Plate(steps()).to_svg()


def test_the_plate_of_the_guides_five_points_is_small():
    assert len(Plate(steps()).to_svg().encode()) <= 20_000
    assert len(Plate(steps(), style="high_contrast", legend=False).to_svg().encode()) <= 12_000


def test_left_and_right_are_drawn_once():
    one, both = (len(Plate(steps(side=side), legend=False).to_svg()) for side in ("left", "both"))
    assert both <= 1.25 * one


def test_words_from_a_guide_cannot_become_markup(guide):
    from selfcare_kit.body.draw.svg import to_svg
    from selfcare_kit.body.scene.compose import compose
    from selfcare_kit.body.scene.legend import LegendRow
    from selfcare_kit.body.scene.specs import PanelSpec
    from selfcare_kit.body.scene.style import STYLES

    evil = '<script>alert("1")</script>&'
    spec = Body("back").scene

    panel = PanelSpec(atlas().view("back"), "both", "lower", 1.0, (), (), (), False)
    scene = compose([panel], [LegendRow("mark", evil, evil)], STYLES["colour"], evil, evil)
    text = to_svg(scene)
    assert "<script" not in text
    ET.fromstring(text)
    assert spec.title


def test_no_style_uses_tone_for_high_contrast():
    assert 'fill-rule="evenodd"' not in Plate(steps(), style="high_contrast").to_svg()


def test_drawing_svg_loads_neither_matplotlib_nor_numpy_nor_pandas():
    code = (
        "import sys, selfcare_kit as kit;"
        "kit.Body('back').mark(['piri_1', 'GB30']).refer('piri_1').to_svg(); kit.locate('asis');"
        "print(sorted({'matplotlib', 'numpy', 'pandas', 'jinja2', 'ipywidgets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
