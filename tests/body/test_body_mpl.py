"""The matplotlib renderer: artists and values, not pixels; the same bytes every time."""

import math
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import selfcare_kit as kit
from selfcare_kit.body import Body, Plate, atlas, locate
from selfcare_kit.body.draw.mpl.canvas import letters_without_glyph
from selfcare_kit.body.draw.svg_page import PER_CM
from selfcare_kit.errors import MissingLettersWarning
from selfcare_kit.export.handout.wording import figure_words
from selfcare_kit.model.step import Step

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def body():
    return Body("back", crop="lower").muscles("piriformis").refer("piri_1").mark(["piri_1", "gmed_2", "GB30"])


def artists(ax):
    found = {}
    for artist in ax.get_children():
        if artist.get_gid():
            found.setdefault(artist.get_gid(), artist)
    return found


def test_plot_always_returns_the_axes(body):
    assert isinstance(body.plot(), Axes)
    ax = Figure().add_subplot()
    assert body.plot(ax) is ax


def test_plot_draws_into_a_subplot_without_changing_its_figure(body):
    figure = Figure()
    left, right = figure.subplots(1, 2)
    body.plot(left)
    assert figure.axes == [left, right]
    assert not right.patches


def test_axes_count_in_the_cm_of_locate():
    body = Body("back", crop="lower").mark(["piri_1", "gmed_2"])
    found = artists(body.plot())
    spot = locate("piri_1", "back", "left")
    for segment in found["crosses"].get_segments()[:2]:
        assert segment.mean(axis=0) == pytest.approx(spot)
    assert math.dist(found["mark-piri_1-left"].get_position(), spot) > body.scene.discs[0].radius
    x0, y0, x1, y1 = found["discs"].get_paths()[0].get_extents().extents
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx(locate("piri_1", "back", "left"))
    assert x1 - x0 == pytest.approx(2 * body.scene.discs[0].radius)


def test_every_layer_is_there_in_its_order(body):
    found = artists(body.plot())
    order = ["skin-back-left", "tone0-back-left", "spillover-piri_1-left-dots", "primary-piri_1-left", "lines-back-left",
             "muscle-piriformis-left", "outline-back-left", "discs", "mark-piri_1-left"]  # fmt: skip
    heights = [found[gid].get_zorder() for gid in order]
    assert heights == sorted(heights)


def test_a_deep_muscle_has_a_dashed_edge(body):
    assert artists(body.plot())["muscle-piriformis-left"].get_linestyle() != "solid"


def test_text_is_never_read_as_a_formula(body):
    assert all(not text.get_parse_math() for text in body.plot().texts)


def test_png_and_pdf_are_the_same_bytes_every_time(body):
    again = Body("back", crop="lower").muscles("piriformis").refer("piri_1").mark(["piri_1", "gmed_2", "GB30"])
    assert body.to_png() == again.to_png()
    assert body.to_png().startswith(b"\x89PNG")
    assert body.to_pdf() == again.to_pdf()
    assert body.to_pdf().startswith(b"%PDF")


def test_writers_give_the_path_back(body, tmp_path):
    for write, name in ((body.to_svg, "b.svg"), (body.to_png, "b.png"), (body.to_pdf, "b.pdf")):
        assert write(tmp_path / name) == tmp_path / name
        assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize("view", atlas().views)
@pytest.mark.parametrize("side", ["left", "right"])
def test_both_renderers_put_marks_at_the_same_place(view, side):
    shown = [place for place in ("piri_1", "tfl_1", "ta_1", "fdb_1", "int_1", "fdl_1", "GB30", "ST36", "KI1")
             if Body(view).scene and _is_shown(place, view)]  # fmt: skip
    figure = Body(view, side=side, legend=False).mark(shown)
    root = ET.fromstring(figure.to_svg())
    left, _, _, top = figure.scene.box
    texts = {text.get_gid(): text for text in figure.plot().texts}
    count = 0
    for group in root.iter(f"{SVG}g"):
        if group.get("data-point") and group.find(f"{SVG}text") is not None and group.find(f"{SVG}circle") is not None:
            circle = group.find(f"{SVG}circle")
            x, y = float(circle.get("cx")) / PER_CM + left, top - float(circle.get("cy")) / PER_CM
            text = texts[f"mark-{group.get('data-point')}-{group.get('data-side')}"]
            assert text.get_position() == pytest.approx((x, y), abs=0.051)
            count += 1
    assert count == sum(place.islower() for place in shown)


def _is_shown(place, view):
    from selfcare_kit.body.place.places import places_of
    from selfcare_kit.guide.load import load_guide

    return bool(places_of(load_guide()).in_view(place, view))


def test_a_plate_draws_every_panel():
    plate = Plate([Step("piri_1", side="both"), Step("ta_1", side="left"), Step("fdb_1", side="both")])
    found = artists(plate.plot())
    for panel in plate.panels:
        assert f"outline-{panel.view}-{panel.side}" in found


@pytest.mark.slow
def test_drawing_leaves_pyplot_alone():
    code = (
        "import sys; from selfcare_kit.body import Body; b = Body('back').mark('piri_1');"
        "b.plot(); b.to_png(); b.to_pdf(); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("frame", ["fit", "close"])
def test_nothing_of_a_closer_frame_is_drawn_beyond_it(frame):
    plate = Plate([Step("gas_1", side="left")], frame=frame, muscles=True, shorts=True)
    ax = plate.plot()
    found = {
        gid: artist
        for gid, artist in artists(ax).items()
        if gid.startswith(("skin", "tone", "lines", "muscle", "outline"))
    }
    assert len(found) > 5
    for gid, artist in found.items():
        assert artist.get_clip_box() is not None, gid
        box = artist.get_clip_box().transformed(ax.transData.inverted())
        assert box.ymax == pytest.approx(plate.scene.panels[0].frame[3], abs=0.01), gid


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_a_figure_tells_of_letters_that_no_font_has_each_time(guide, ending):
    words = figure_words(guide, "en")._replace(views={"back": "Back \U0010abcd", "front": "Front \U0010abcd"})
    plate = kit.Routine().add("piri_1", side="left").figure(words=words)
    for _ in range(2):
        with pytest.warns(MissingLettersWarning, match=r"the figure has boxes in place of U\+10ABCD, for which"):
            getattr(plate, f"to_{ending}")()


def test_letters_that_a_font_has_are_no_missing_ones():
    assert letters_without_glyph("Größe ≤ 7 – Żółć Ωμέγα Привет", "bold") == ""
    assert letters_without_glyph("a\U0010abcdb 佐", "normal") == "\U0010abcd佐"
