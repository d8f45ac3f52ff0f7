"""Pictures of a posture alone: for points of other guides, small, without ball, tool or mark, and said to be no more."""

import io
import json
import re
import shutil

import numpy as np
import pytest
from click.testing import CliRunner
from matplotlib.image import imread
from small_guide import TABLES, changed, small_guide

import selfcare_kit as kit
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.path_picture import COLOURS, WIDTHS
from selfcare_kit.body.positions import pictures_of
from selfcare_kit.body.postures import BY_FACING, BY_KNEE, BY_POSITION, facing_posture, posture_of, read_posture
from selfcare_kit.cli import main
from selfcare_kit.errors import InvalidValueError, UnknownIdError
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide

FILES = sorted((data_folder() / "body" / "positions" / "postures").glob("*.json"))
NAMES = [path.stem for path in FILES]
# What would claim a place: ball, tool, a knee that presses, arrows and lenses.
CLAIMS = {"ball", "tool", "aid", "hatch", "accent", "lane", "lens"}
MAX_BYTES = 6000
STANDING = {"id": "wall_standing", "label": "At a wall", "client": "Stand at a wall.", "posture": "standing"}


@pytest.fixture
def guide_of(tmp_path):
    """Make a small guide of somebody else with some tables changed."""
    return lambda **more: kit.load_guide(small_guide(tmp_path / "guide", **more))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return kit.load_guide(small_guide(tmp_path_factory.mktemp("small") / "guide"))


@pytest.fixture
def foot(guide_of):
    """A guide with a point at each surface of the leg that a posture may depend on."""
    spots = {"behind": "back", "beside": "side", "ahead": "front", "below": "sole"}
    landmarks = {"behind": "ischial_tuberosity", "beside": "greater_trochanter", "ahead": "patella_base"}
    rows = [{**TABLES["points"][0], "id": id, "area": "upper_back"} for id in spots]
    places = [
        {"id": id, "from_landmark": landmarks.get(id, "calcaneus_center"), "surface": surface}
        for id, surface in spots.items()
    ]
    referrals = [{**TABLES["referrals"][0], "point": id} for id in spots]
    return guide_of(points=rows, places=places, referrals=referrals, texts={f"point.{id}.where": "x" for id in spots})


def drawn_x(picture):
    """Where each part of a picture is drawn, as points of the drawing."""
    ax = picture.plot()
    found = {}
    for patch in ax.patches:
        place = ax.transData.inverted().transform(patch.get_transform().transform(patch.get_path().vertices))
        found.setdefault(patch.get_gid(), []).append(place)
    return {gid: np.concatenate(each) for gid, each in found.items()}


def middle(d):
    return np.array([place for ring in paths.flatten(d, 1.0, 4) for place in ring])[:, 0].mean()


def test_every_position_of_the_kit_but_any_has_a_picture():
    drawn = {name for ranges in BY_FACING.values() for name, _, _ in ranges} | {*BY_POSITION.values()}
    assert sorted(drawn | {*BY_KNEE.values()}) == NAMES
    assert {*BY_FACING, *BY_POSITION, "any"} == set(load_guide().records.positions)


@pytest.mark.parametrize("name", NAMES)
def test_a_posture_is_drawn_without_anything_that_claims_a_place(name):
    kept = read_posture(name)
    assert not CLAIMS & {*kept["tones"], *kept["lines"]}
    assert kept["lenses"] == []
    assert {"skin", "shorts", "top", "hair"} <= set(kept["tones"])


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_posture_is_small_and_only_whole_numbers_within_its_frame(path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_size <= MAX_BYTES
    assert kept["posture"] == path.stem
    assert max(kept["size"]) == kept["units"] == 480
    assert kept["size"][0] >= 0.8 * kept["size"][1]
    assert set(kept["lines"]) <= set(WIDTHS)
    assert set(kept["tones"]) <= set(COLOURS["colour"])
    for kind, d in (*kept["tones"].items(), *kept["lines"].items()):
        assert re.fullmatch(r"[Mclz0-9 -]+", d)
        points = np.array([place for ring in paths.flatten(d, 1.0, 4) for place in ring]) * [1, -1]
        half = WIDTHS.get(kind, 0) / 2
        assert (points - half).min() >= 0
        assert (points.max(axis=0) + half <= kept["size"]).all()


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_joint_of_a_posture_is_bent_too_far(path):
    facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
    assert facts["knee_deg"] <= 140
    assert facts["trunk_deg"] <= 146


@pytest.mark.parametrize("language", load_guide().languages)
def test_every_posture_has_its_words_in_every_language(language):
    texts = load_guide().texts(language)
    assert all(texts[f"figure.posture.{name}"] for name in NAMES)
    assert texts["figure.posture_only"].endswith(".")
    assert len(texts["figure.posture_only.short"]) <= 18


def test_the_left_side_stands_at_the_wall_at_the_viewer_s_right():
    kept = read_posture("wall_side")
    assert middle(kept["lines"]["ground"]) > middle(kept["tones"]["hair"])


def test_the_body_lies_on_its_left_side_with_the_head_at_the_viewer_s_right():
    kept = read_posture("on_side")
    assert middle(kept["tones"]["hair"]) > middle(kept["tones"]["shorts"])


@pytest.mark.parametrize(("point", "position"), [("beside", "wall_standing"), ("behind", "chair_sitting")])
def test_the_right_side_is_the_exact_mirror_image(foot, point, position):
    left, right = (kit.PosturePicture(point, side=side, position=position, guide=foot) for side in ("left", "right"))
    assert "matrix(-1" not in left.to_svg()
    assert f"matrix(-1 0 0 1 {right.width} 0)" in right.to_svg()
    here, there = drawn_x(left), drawn_x(right)
    assert here.keys() == there.keys()
    for gid, places in here.items():
        assert there[gid] == pytest.approx(places * [-1, 1] + [left.width, 0], abs=1e-6), gid


@pytest.mark.parametrize(
    ("point", "posture"), [("behind", "wall_back"), ("beside", "wall_side"), ("ahead", ""), ("below", "")]
)
def test_at_a_wall_the_side_of_the_point_is_turned_to_it(foot, point, posture):
    assert posture_of(foot, point, "wall_standing", "massage_ball") == posture
    assert kit.PosturePicture.exists(point, position="wall_standing", guide=foot) == bool(posture)


@pytest.mark.parametrize("position", BY_FACING)
@pytest.mark.parametrize(
    ("surface", "landmark", "is_drawn"),
    [
        ("back", "ischial_tuberosity", True),
        ("back", "popliteal_crease", False),
        ("side", "greater_trochanter", True),
        ("side", "lateral_malleolus", False),
    ],
)
def test_a_place_on_a_leg_that_does_not_touch_the_wall_or_the_floor_has_none(
    guide_of, surface, landmark, is_drawn, position
):
    point, referral = ({**TABLES[name][0]} for name in ("points", "referrals"))
    place = {"id": point["id"], "from_landmark": landmark, "surface": surface}
    guide = guide_of(points=[point], places=[place], referrals=[referral])
    assert bool(facing_posture(guide, point["id"], position)) == is_drawn


def test_a_hand_at_work_says_nothing_about_how_one_stands_at_the_wall(foot):
    assert posture_of(foot, "beside", "wall_standing", "knobbed_tool") == ""


@pytest.mark.parametrize("position", BY_FACING)
def test_at_wall_and_floor_the_posture_is_that_of_the_exact_pictures(position):
    # The guide says of these how one stands; the smallest gluteus is at the border.
    own_way = {"ql_s1", "ql_s2", "ql_d1", "ql_d2", "gmin_p"}
    # In their own pictures the leg is held to the wall, in the posture alone it is not.
    own_way |= {"bf_1", "hs_med_1"}
    guide = load_guide()
    compared = 0
    for point in guide.point_values.values():
        for key, picture in ({} if point.show_only else pictures_of(guide, point.id)).items():
            if key.startswith(f"{position}/") and not (point.id in own_way and position == "wall_standing"):
                assert facing_posture(guide, point.id, position) == picture["posture"], (point.id, key)
                compared += 1
    assert compared > 5


def test_a_picture_says_in_words_that_it_shows_the_posture_and_not_the_place(small):
    picture = kit.PosturePicture("high_1", side="left", guide=small)
    assert picture.alt == (
        "Demo muscle, left side. A person stands with the back to a wall and leans on it. "
        "The picture shows only the posture, not the sore spot."
    )
    assert f'aria-label="{picture.alt}"' in picture.to_svg()
    assert picture.caption == "Posture only"


def test_the_words_are_those_of_the_guide_where_it_has_them(guide_of):
    own = guide_of(texts={"figure.posture_only": "Only how you stand.", "figure.posture_only.short": "How you stand"})
    picture = kit.PosturePicture("high_1", side="right", guide=own)
    assert picture.alt.endswith(" Only how you stand.")
    assert picture.caption == "How you stand"


def test_both_sides_say_that_the_left_is_drawn_where_the_sides_differ(foot):
    one_sided = kit.PosturePicture("beside", side="both", guide=foot)
    assert "both sides. The left side is drawn." in one_sided.alt
    assert "matrix" not in one_sided.to_svg()
    assert "drawn" not in kit.PosturePicture("behind", side="both", guide=foot).alt


def test_no_point_of_the_built_in_guide_has_one():
    guide = load_guide()
    for point in guide.point_values.values():
        for position in guide.records.positions:
            assert not kit.PosturePicture.exists(point.id, position=position), point.id


def test_a_built_in_point_in_a_way_without_an_exact_picture_has_none_and_the_error_says_whom_to_ask():
    with pytest.raises(InvalidValueError, match="ask PosturePicture.exists first, and PositionPicture.exists"):
        kit.PosturePicture("bf_1", side="left", position="floor_lying")


def test_an_exact_picture_is_still_another_question(small):
    assert not kit.PositionPicture.exists("high_1", guide=small)
    assert kit.PosturePicture.exists("high_1", guide=small)


def test_a_point_that_a_copy_of_the_guide_moves_shows_the_posture_on_the_leaflet(tmp_path):
    shutil.copytree(data_folder() / "hip_and_leg", tmp_path / "own")
    table = tmp_path / "own" / "places.csv"
    text = table.read_text(encoding="utf-8-sig")
    row = next(line for line in text.splitlines() if line.startswith("tfl_1,"))
    table.write_text(text.replace(row, row.replace(",0.25,", ",0.6,")), encoding="utf-8")
    own = Guide(tmp_path / "own")
    moved = kit.PosturePicture("tfl_1", side="both", guide=own)
    page = own.to_html()
    assert page.count('<p class="caption">Posture only</p>') == page.count(moved.alt) == 1


@pytest.mark.parametrize("row", [{**STANDING, "id": "kneeling", "label": "Kneeling"}, {**STANDING, "posture": "lying"}])
def test_a_position_of_the_guide_s_own_has_none(guide_of, row):
    technique = {**TABLES["techniques"][0], "positions": row["id"]}
    texts = {f"position.{row['id']}": "Kneel or stand."}
    own = guide_of(positions=[row], techniques=[technique], texts=texts)
    assert not kit.PosturePicture.exists("high_1", guide=own)


def test_a_point_that_is_only_shown_has_none(guide_of):
    own = guide_of(**changed("points", 0, show_only="yes", show_only_reason="Demo."))
    assert not kit.PosturePicture.exists("high_1", guide=own)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"side": "middle"}, "side must be one of left, right, both"),
        ({"position": "wall"}, "position must be one of wall_standing"),
        ({"style": "blue"}, "style must be one of colour"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(small, wrong, message):
    with pytest.raises(InvalidValueError, match=message):
        kit.PosturePicture("high_1", **{"side": "left", "guide": small, **wrong})


def test_an_unknown_language_is_told(small):
    with pytest.raises(UnknownIdError, match="language must be one of"):
        kit.PosturePicture("high_1", side="left", guide=small, language="xx")


@pytest.mark.parametrize("style", ["colour", "high_contrast"])
@pytest.mark.parametrize(
    ("point", "position"),
    [
        ("behind", "wall_standing"), ("beside", "wall_standing"), ("behind", "chair_sitting"),
        ("behind", "floor_lying"), ("beside", "floor_lying"), ("behind", "standing_foot"),
    ],
)  # fmt: skip
def test_a_posture_can_be_read_at_three_centimetres_in_colour_and_in_one_bit(guide_of, style, point, position):
    kit_positions = load_guide().records.positions
    own = guide_of(
        positions=[
            {"id": id, "label": each.label, "client": "Be so.", "posture": each.posture}
            for id, each in kit_positions.items()
        ],
        texts={f"position.{id}": "Be so." for id in kit_positions},
        **changed("places", 0, from_landmark="greater_trochanter" if point == "beside" else "ischial_tuberosity",
                  offset_up="0", surface="side" if point == "beside" else "back"),
    )  # fmt: skip
    picture = kit.PosturePicture("high_1", side="left", position=position, guide=own, style=style)
    pixels = imread(io.BytesIO(picture.to_png(dpi=89)))[:, :, :3]
    assert 0.02 <= (pixels.mean(axis=2) < 0.5).mean() <= 0.14


def test_the_shell_draws_the_posture(small, tmp_path):
    out = tmp_path / "x.svg"
    command = ["figure", "--step", "high_1", "--side", "right", "--guide", str(small.folder), "--out", str(out)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert out.read_text(encoding="utf-8") == kit.PosturePicture("high_1", side="right", guide=small).to_svg()


def test_the_shell_says_why_there_is_no_picture(tmp_path):
    command = ["figure", "--step", "bf_1", "--side", "left", "--position", "floor_lying", "--out"]
    done = CliRunner().invoke(main, [*command, str(tmp_path / "x.svg")])
    assert done.exit_code != 0
    assert "ask PositionPicture.exists first" in done.output
