"""Pictures of how a step is done: complete, touching what they say they touch, small, exact mirror images, wordless."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import selfcare_kit as kit
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.path_picture import COLOURS, LINES, WIDTHS
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.positions import pictures_of, read_pictures
from selfcare_kit.cli import main
from selfcare_kit.errors import InvalidValueError, UnknownIdError
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.guide.techniques import other_ways
from selfcare_kit.plan.dosing import own_step

FOLDER = data_folder() / "body" / "positions"
FILES = sorted(FOLDER.glob("*.json"))
MAX_BYTES = 6000
MAX = {
    "touch_cm": 0.5,
    "level_cm": 0.1,
    "wall_cm": 1.0,
    "knee_deg": 140,
    "trunk_deg": 146,
    "wrist_deg": 72,
    "sunk_cm": 1.6,
}
TOUCH_OF_A_BALL = 0.35
SEEN = 0.3
SURFACES = {"back": [0, 0, -1], "inner": [-1, 0, 0], "foot_top": [0, 0.927, 0.375]}
SIDES_OF_CALF = {
    "gas_1": "inner", "gas_2": "outer", "sol_1": "middle", "sol_3": "outer", "fhl_1": "outer", "fdl_1": "inner",
}  # fmt: skip
AUTHORED = Path(__file__).resolve().parents[2] / "tools" / "build_body" / "authored" / "positions.toml"
CHARTS = tomllib.loads(AUTHORED.read_text(encoding="utf-8"))["lens"]


@cache
def pictures():
    found = {}
    for path in FILES:
        kept = json.loads(path.read_text(encoding="utf-8"))
        found |= {f"{path.stem}/{key}": picture for key, picture in kept["pictures"].items()}
    return found


def names():
    return sorted(pictures())


def pressable():
    return [point for point in load_guide().point_values.values() if not point.show_only]


def allowed(point):
    """Every (position, tool) in which the guide lets a point be worked, as planner and proposal reckon it."""
    steps = other_ways(own_step(point, "left"), point, load_guide())
    return list(dict.fromkeys((step.position, step.tool) for step in steps))


def kept_of(point):
    """The file of a point's pictures, which has to be there."""
    kept = read_pictures(point.id)
    build = f"python -m tools.build_body.positions --out data/body/positions --only {point.id}"
    assert kept, f"{point.id} has no file in data/body/positions; build it: {build}"
    return kept


def picture(name, side="left", **more):
    point, position, tool = name.split("/")
    return kit.PositionPicture(point, side=side, position=position, tool=tool, **more)


def each_path(found):
    return [*found["tones"].items(), *found["lines"].items()]


def places(d):
    return np.array([place for ring in paths.flatten(d, 1.0, 4) for place in ring])


def test_a_point_that_may_be_pressed_has_a_picture_at_its_own_position_with_each_of_its_tools():
    for point in pressable():
        assert f"{point.id}/{point.position}/{point.tools[0]}" in pictures()
        for tool in point.tools:
            first = next(position for position, each in allowed(point) if each == tool)
            assert f"{point.id}/{first}/{tool}" in pictures()
            assert kit.PositionPicture(point.id, side="left", tool=tool).position == first, point.id


def test_every_other_allowed_way_has_a_picture_or_a_reason_why_not():
    for point in pressable():
        kept = kept_of(point)
        for position, tool in allowed(point):
            key = f"{position}/{tool}"
            assert key in kept["pictures"] or len(kept["missing"][key]) > 20, (point.id, key)
        assert not kept["pictures"].keys() & kept["missing"].keys(), point.id


@pytest.mark.parametrize("id", ["gas_1", "gas_2", "sol_1", "sol_3", "fdl_1", "fhl_1", "fibl_1", "fibb_1"])
def test_fingers_reach_the_calf_from_a_chair(id):
    assert kit.PositionPicture.exists(id, position="chair_sitting", tool="supported_fingers")


def test_points_that_are_only_shown_have_none():
    shown = [point.id for point in load_guide().point_values.values() if point.show_only]
    assert shown
    assert not set(shown) & {path.stem for path in FILES}


def test_the_body_is_touched_where_each_picture_says():
    for name, found in pictures().items():
        facts = found["facts"]
        assert facts["nearest"] == name.split("/")[0], name
        assert facts["side"] == "left", name
        assert all(facts[key] <= most for key, most in MAX.items() if key in facts), name
        assert facts["seen"] >= SEEN, name
        if name.endswith("_ball"):
            assert facts["touch_cm"] <= TOUCH_OF_A_BALL, name


def test_each_picture_is_small_and_only_whole_numbers():
    for name, found in pictures().items():
        assert len(json.dumps(found, separators=(",", ":"))) <= MAX_BYTES, name
        assert max(found["size"]) == 480, name
        assert set(found["lines"]) <= set(WIDTHS), name
        assert set(found["tones"]) <= set(COLOURS["colour"]), name
        for d in (*found["tones"].values(), *found["lines"].values()):
            assert re.fullmatch(r"[Mclz0-9 -]+", d), name


def test_nothing_is_drawn_outside_a_picture():
    for name, found in pictures().items():
        drawn = [(places(d) * [1, -1], WIDTHS.get(kind, 0) / 2) for kind, d in each_path(found)]
        drawn += [(np.array([[x - r, y - r], [x + r, y + r]]), WIDTHS["lens"] / 2) for x, y, r in found["lenses"]]
        for points, half in drawn:
            assert (points - half).min() >= 0, name
            assert (points.max(axis=0) + half <= found["size"]).all(), name


def test_no_side_of_a_picture_is_left_empty():
    for name, found in pictures().items():
        points = np.concatenate([places(d) * [1, -1] for _, d in each_path(found)])
        points = np.r_[points, [[x + sign * r, y + sign * r] for x, y, r in found["lenses"] for sign in (-1, 1)]]
        assert points.min() <= 8, name
        assert (points.max(axis=0) >= np.array(found["size"]) - 8).all(), name


def test_a_ball_lies_in_the_ring_that_marks_its_place():
    with_a_ball = [name for name in names() if name.endswith("massage_ball")]
    assert with_a_ball
    for name in with_a_ball:
        found = pictures()[name]
        x, y, radius = found["lenses"][1]
        balls = [np.array(ring) * [1, -1] for ring in paths.flatten(found["tones"]["ball"], 1.0, 4)]
        nearest = min(np.linalg.norm(ring.mean(axis=0) - [x, y]) for ring in balls)
        assert nearest <= max(0.01 * 480, radius / 2), name


def charted(*charts):
    """Every picture whose lens shows a part of the standing body, with that part's rules."""
    rows = [row for name, row in CHARTS.items() if not charts or name in charts]
    return [(name, row) for name in names() for row in rows if name.split("/")[0] in row["points"]]


def dot_of(name, row):
    """Where the dot of the lens is, in cm to the viewer's right and upwards from what is in its middle."""
    found = pictures()[name]
    x, y, radius = found["lenses"][0]
    dots = [np.array(ring) * [1, -1] for ring in paths.flatten(found["tones"]["ball"], 1.0, 4)]
    inside = [dot.mean(axis=0) - [x, y] for dot in dots if np.hypot(*(dot.mean(axis=0) - [x, y])) < radius]
    assert len(inside) == 1
    return inside[0] * [1, -1] * row["reach"] / radius


@pytest.mark.parametrize(("name", "row"), charted(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_dot_of_a_lens_lies_where_the_point_s_own_place_is_seen(name, row):
    toward = np.array(row["toward"]) / np.linalg.norm(row["toward"])
    up = np.array(row["up"]) - toward * (toward @ np.array(row["up"]))
    up /= np.linalg.norm(up)
    spot = places_of(load_guide()).of(name.split("/")[0])[0]
    view = np.stack([np.cross(up, toward), up])
    off = dot_of(name, row) - view @ (np.array(spot.xyz) - row["centre"])
    # The place may lie under the skin that the dot is on: seen from aside, that is one way off.
    way = view @ SURFACES[spot.surface]
    if np.hypot(*way) > 0.1:
        off = off - way * (off @ way) / (way @ way)
    assert off == pytest.approx([0, 0], abs=0.25)


def test_the_left_foot_has_its_big_toe_at_the_viewer_s_right_seen_from_above_and_its_dots_in_order():
    x = {name.split("/")[0]: dot_of(name, row)[0] for name, row in charted("foot_top")}
    assert x["edb_1"] < x["int_1"] < x["int_d1"]
    assert {name.split("/")[0] for name, _ in charted("foot_top")} == {"edb_1", "int_1", "int_d1"}


@pytest.mark.parametrize(
    ("name", "row"), charted("leg_back", "leg_inner"), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_dot_of_a_leg_lies_on_the_inner_or_the_outer_side_as_its_name_says(name, row):
    x, y, radius = pictures()[name]["lenses"][0]
    rings = [np.array(ring) * [1, -1] - [x, y] for ring in paths.flatten(pictures()[name]["tones"]["skin"], 1.0, 12)]
    legs = [ring for ring in rings if np.hypot(*ring.T).max() <= radius + 3]
    assert len(legs) == 1
    right, up = dot_of(name, row) * radius / row["reach"]
    beside = legs[0][np.abs(legs[0][:, 1] + up) < 0.1 * radius, 0]
    share = (right - beside.min()) / np.ptp(beside)
    # Of the left leg from behind the inner side is at the viewer's right, from ahead at the viewer's left.
    inward = share if row["toward"][2] < 0 else 1 - share
    low, high = {"inner": (0.6, 1.0), "middle": (0.5, 0.75), "outer": (0.0, 0.45)}[SIDES_OF_CALF[name.split("/")[0]]]
    assert low < inward < high


def test_the_inner_edge_of_the_left_foot_is_seen_with_the_heel_at_the_viewer_s_left():
    for name, row in charted("foot_inner"):
        right, up = dot_of(name, row)
        assert right < -2
        assert up < -2
        assert row["toward"][0] < 0 < row["toward"][2]


def test_seen_from_behind_the_left_buttock_is_at_the_viewer_s_left():
    x = {name.split("/")[0]: dot_of(name, row)[0] for name, row in charted("buttocks")}
    assert x["piri_1"] < x["gmax_1"] < x["gmax_3"] < -1
    assert x["piri_1"] < x["gmed_1"] < x["gmax_2"] < x["gmax_3"]


def test_every_way_to_work_the_calf_has_a_leg_in_its_lens():
    found = {name for name, _ in charted("leg_back", "leg_inner")}
    assert found == {name for name in names() if name.split("/")[0] in SIDES_OF_CALF}


@pytest.mark.parametrize(("name", "row"), charted(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_lens_on_the_standing_body_shows_no_hand_and_no_tool(name, row):
    found = pictures()[name]
    x, y, radius = found["lenses"][0]
    for kind in ("tool", "furniture", "hair"):
        rings = paths.flatten(found["tones"].get(kind, ""), 1.0, 4)
        assert all(np.hypot(*(np.array(ring) * [1, -1] - [x, y]).T).min() > radius for ring in rings)


def test_left_stands_at_the_viewer_s_right_when_the_client_faces_the_viewer():
    found = pictures()["tfl_1/wall_standing/massage_ball"]
    head = places(found["tones"]["hair"])[:, 0].mean()
    assert found["lenses"][1][0] > head + 20
    assert "matrix" not in picture("tfl_1/wall_standing/massage_ball").to_svg()


def test_left_stands_at_the_viewer_s_left_when_the_client_is_seen_from_behind():
    found = pictures()["piri_1/wall_standing/massage_ball"]
    assert found["lenses"][1][0] < places(found["tones"]["hair"])[:, 0].mean() - 20


def drawn_x(name, side):
    ax = picture(name, side=side).plot()
    found = {}
    for patch in ax.patches:
        place = ax.transData.inverted().transform(patch.get_transform().transform(patch.get_path().vertices))
        found.setdefault(patch.get_gid(), []).append(place)
    return {gid: np.concatenate(each) for gid, each in found.items()}


@pytest.mark.parametrize("name", ["tfl_1/wall_standing/massage_ball", "piri_1/wall_standing/massage_ball"])
def test_the_right_side_is_the_exact_mirror_image(name):
    width = pictures()[name]["size"][0]
    left, right = drawn_x(name, "left"), drawn_x(name, "right")
    assert left.keys() == right.keys()
    for gid, here in left.items():
        assert right[gid] == pytest.approx(here * [-1, 1] + [width, 0], abs=1e-6), gid


def test_the_mirror_image_is_of_the_other_side_in_both_renderers():
    name = "tfl_1/wall_standing/massage_ball"
    width = pictures()[name]["size"][0]
    assert f'<g transform="matrix(-1 0 0 1 {width} 0)">' in picture(name, "right").to_svg()
    assert "right side" in picture(name, "right").alt
    assert "left side" in picture(name, "left").alt
    head, ball = (drawn_x(name, "right")[gid][:, 0] for gid in ("hair", "ball"))
    assert ball.min() < head.min()


def test_both_sides_are_drawn_for_the_left_and_say_so():
    found = picture("tfl_1/wall_standing/massage_ball", "both")
    assert "matrix" not in found.to_svg()
    assert "both sides" in found.alt


def test_a_picture_holds_no_text_that_could_be_mirrored():
    for name in names():
        svg = picture(name, "right").to_svg()
        assert "<text" not in svg, name
        assert re.sub("<[^>]*>", "", svg) == "", name


def test_a_picture_says_in_words_what_it_shows():
    found = picture("tfl_1/wall_standing/massage_ball")
    assert found.alt == (
        "Front-of-hip muscle, left side. A person stands with one side to a wall and leans on it. "
        "The ball is between the wall and the sore spot."
    )
    assert f'aria-label="{found.alt}"' in found.to_svg()


@pytest.mark.parametrize("language", load_guide().languages)
def test_every_picture_says_posture_and_contact_in_every_language(language):
    texts = load_guide().texts(language)
    for name in names():
        found, alt = pictures()[name], picture(name, language=language, mode="hold").alt
        sentences = [texts[f"figure.posture.{found['posture']}"], texts[f"figure.contact.{found['contact']}"]]
        assert alt.endswith(" ".join(["", *sentences]))
        assert load_guide().point(name.split("/")[0]).label.split(",")[0] not in alt


def test_words_of_postures_and_contacts_are_no_more_than_the_pictures_need():
    used = {(kind, found[kind]) for found in pictures().values() for kind in ("posture", "contact")}
    used |= {("posture", path.stem) for path in FOLDER.glob("postures/*.json")}
    parts = [key.split(".") for key in load_guide().texts()]
    assert used == {(part[1], part[2]) for part in parts if part[0] == "figure" and part[1] in ("posture", "contact")}


def test_both_sides_say_that_the_left_is_drawn():
    assert "both sides. The left side is drawn." in picture("tfl_1/wall_standing/massage_ball", "both").alt


def test_an_arrow_along_a_lane_is_told():
    assert picture("vl_4/wall_standing/massage_ball", mode="sweep").alt.endswith("An arrow shows which way to move.")
    assert "arrow" not in picture("vl_4/wall_standing/massage_ball", mode="hold").alt


@pytest.mark.parametrize(
    "point", [point for point in pressable() if point.sweeps or point.mode != "hold"], ids=lambda point: point.id
)
def test_a_point_that_is_swept_or_scraped_has_an_arrow_in_picture_and_lens(point):
    for name, found in kept_of(point)["pictures"].items():
        assert "lane" in found["lines"], f"{point.id}/{name} has no lane: both its ends stand in places.csv"
        x, y, radius = found["lenses"][0]
        starts = [np.array(ring[0]) * [1, -1] for ring in paths.flatten(found["lines"]["lane"], 1.0, 4)]
        inside = [np.linalg.norm(start - [x, y]) < radius for start in starts]
        assert any(inside)
        assert not all(inside)


def test_a_page_can_reserve_the_space():
    found = picture("tfl_1/wall_standing/massage_ball")
    assert f'viewBox="0 0 {found.width} {found.height}"' in found.to_svg()
    assert max(found.width, found.height) == 480


def test_an_unknown_language_is_told():
    with pytest.raises(UnknownIdError, match="language must be one of"):
        picture("tfl_1/wall_standing/massage_ball", language="xx")


def test_a_lane_gets_its_arrow_only_when_it_is_swept():
    name = "vl_4/wall_standing/massage_ball"
    kinds = {
        mode: [part.kind for part in picture(name, mode=mode).sketch.parts if hasattr(part, "kind")]
        for mode in ("hold", "sweep")
    }
    assert "lane" not in kinds["hold"]
    assert "lane" in kinds["sweep"]
    assert [
        part.kind for part in kit.PositionPicture("fibl_1", side="left").sketch.parts if hasattr(part, "kind")
    ].count("lane") == 1


@pytest.mark.parametrize("style", ["greyscale", "high_contrast"])
def test_a_grey_picture_has_no_colour(style):
    svg = picture("gas_1/lying_on_back/opposite_knee", style=style).to_svg()
    for colour in re.findall(r"#([0-9a-f]{3,6})\b", svg):
        third = len(colour) // 3
        assert len({colour[i : i + third] for i in range(0, len(colour), third)}) == 1


def test_both_renderers_draw_the_same_parts():
    found = picture("ta_1/chair_sitting/knobbed_tool")
    svg = found.to_svg()
    assert svg.count("<path") + svg.count("<circle") == len(found.sketch.parts) == len(found.plot().patches)


def test_the_same_picture_is_the_same_bytes():
    one, other = (picture("tfl_1/wall_standing/massage_ball") for _ in range(2))
    assert one.to_png() == other.to_png()
    assert one.to_pdf() == other.to_pdf()
    assert one.to_svg() == other.to_svg()


def ink(png):
    import io

    from matplotlib.image import imread

    grey = imread(io.BytesIO(png))[:, :, :3]
    return grey


@pytest.mark.parametrize("name", names()[::7])
def test_a_picture_can_be_read_at_three_centimetres(name):
    pixels = ink(picture(name).to_png(dpi=89))
    dark = (pixels.mean(axis=2) < 0.5).mean()
    assert 0.02 <= dark <= 0.14
    blue = (pixels[..., 2] - pixels[..., 0] > 0.25).sum()
    assert blue > 40


def test_a_notebook_shows_the_picture():
    found = picture("tfl_1/wall_standing/massage_ball")
    assert "<svg" in found._repr_html_()
    assert found._repr_svg_() == found.to_svg()


def test_position_and_tool_are_the_point_s_own_when_left_out():
    found = kit.PositionPicture("gas_1", side="right")
    assert (found.position, found.tool) == ("lying_on_back", "opposite_knee")


def test_without_an_exact_picture_there_is_an_error_that_says_which_there_are():
    assert not kit.PositionPicture.exists("tfl_1", position="floor_lying")
    with pytest.raises(
        InvalidValueError, match="there is wall_standing/massage_ball, ask PositionPicture.exists first"
    ):
        kit.PositionPicture("tfl_1", side="left", position="floor_lying")


def test_a_point_that_is_only_shown_says_so():
    assert not kit.PositionPicture.exists("piri_2")
    with pytest.raises(InvalidValueError, match="only shown, never pressed"):
        kit.PositionPicture("piri_2", side="left")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"side": "middle"}, "side must be one of left, right, both"),
        ({"position": "wall"}, "position must be one of wall_standing"),
        ({"tool": "ball"}, "tool must be one of massage_ball"),
        ({"style": "blue"}, "style must be one of colour"),
        ({"mode": "rub"}, "mode must be one of hold"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(wrong, message):
    with pytest.raises(InvalidValueError, match=message):
        kit.PositionPicture("tfl_1", **{"side": "left", **wrong})


def test_no_point_is_guessed():
    with pytest.raises(UnknownIdError):
        kit.PositionPicture("tfl", side="left")
    with pytest.raises(UnknownIdError):
        kit.PositionPicture.exists("tfl")


def test_a_guide_that_places_the_point_elsewhere_has_no_picture(tmp_path):
    shutil.copytree(data_folder() / "hip_and_leg", tmp_path / "own")
    table = tmp_path / "own" / "places.csv"
    text = table.read_text(encoding="utf-8-sig")
    row = next(line for line in text.splitlines() if line.startswith("tfl_1,"))
    table.write_text(text.replace(row, row.replace(",0.25,", ",0.6,")), encoding="utf-8")
    own = Guide(tmp_path / "own")
    assert not kit.PositionPicture.exists("tfl_1", guide=own)
    assert kit.PositionPicture.exists("vl_1", guide=own)
    assert not pictures_of(own, "tfl_1")
    with pytest.raises(InvalidValueError, match="places it elsewhere"):
        kit.PositionPicture("tfl_1", side="left", guide=own)


def test_pictures_need_neither_the_mesh_nor_matplotlib():
    code = (
        "import sys, selfcare_kit as kit; kit.PositionPicture('tfl_1', side='left').to_svg();"
        "sys.exit(bool({'matplotlib', 'scipy', 'shapely', 'tools'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=data_folder().parent).returncode == 0


def test_the_shell_draws_a_step(tmp_path):
    out = tmp_path / "x.svg"
    done = CliRunner().invoke(main, ["figure", "--step", "tfl_1", "--side", "right", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_text(encoding="utf-8") == kit.PositionPicture("tfl_1", side="right").to_svg()


def test_the_shell_guesses_no_side(tmp_path):
    done = CliRunner().invoke(main, ["figure", "--step", "tfl_1", "--out", str(tmp_path / "x.svg")])
    assert done.exit_code != 0
    assert "no side is guessed" in done.output


def test_the_order_of_the_lines_is_the_order_of_drawing():
    assert LINES.index("inner") < LINES.index("outline") < LINES.index("lens")
