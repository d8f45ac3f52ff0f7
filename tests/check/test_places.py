"""`check_guide` finds a place off the body, on another surface or in another area, and rows that do not fit each other."""

import pytest
from small_guide import TABLES, changed, small_guide

import selfcare_kit as kit
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.hull import Hull
from selfcare_kit.body.place.places import SURFACES, places_of
from selfcare_kit.body.views import choose_panels
from selfcare_kit.check.places import MAX_BELOW, MAX_OUTSIDE, MUCH_NEARER, check_places
from selfcare_kit.guide.problems.rows import check_rows
from selfcare_kit.model.step import Step


def told(folder, **changes):
    """What `check_guide` says of the small guide with some changes, but for what it says of any such guide."""
    found = kit.check_guide(small_guide(folder / "guide", **changes))
    return [str(each) for each in found if "leaflet" not in each.message]


def test_the_small_guide_has_nothing_to_correct(tmp_path):
    assert told(tmp_path) == []


def test_the_built_in_guide_has_no_place_or_row_to_correct(guide):
    assert [str(each) for each in (*check_rows(guide), *check_places(guide))] == []


@pytest.mark.parametrize(
    ("offsets", "distance"),
    [
        ({"offset_lateral": "40", "offset_up": "0", "offset_front": "0"}, 22),
        ({"offset_lateral": "0", "offset_up": "0", "offset_front": "-40"}, 39),
        ({"offset_lateral": "0", "offset_up": "60", "offset_front": "0"}, 23),
    ],
)
def test_a_place_off_the_body_is_told_with_how_far(tmp_path, offsets, distance):
    assert told(tmp_path, **changed("places", 0, **offsets)) == [
        f"places.csv, row 2, column from_landmark: high_1 lies {distance} cm beside the body; "
        "correct its landmarks, fraction or offsets."
    ]


def test_a_place_before_or_behind_a_hanging_arm_is_off_the_body(tmp_path):
    """Seen from the front it lies on the arm."""
    before = changed("places", 0, from_landmark="olecranon", offset_lateral="0", offset_up="0", offset_front="30")
    (found,) = told(tmp_path, **before)
    assert found.startswith("places.csv, row 2, column from_landmark: high_1 lies 17 cm beside the body")


def test_a_place_on_an_arm_is_shown_where_the_arm_hangs_and_not_on_the_flank_behind_it(tmp_path):
    """From the side the arms reach forward; the elbow of the standing body is drawn at the waist there."""
    tables = {name: [dict(row) for row in TABLES[name]] for name in ("areas", "points", "places")}
    tables["areas"].append({"id": "elbow", "label": "Elbow", "group": "Arm"})
    tables["points"][0]["area"] = "elbow"
    elbow = {
        "from_landmark": "humerus_lateral_epicondyle",
        "offset_lateral": "0",
        "offset_up": "0",
        "offset_front": "0",
    }
    tables["places"][0] |= {**elbow, "surface": "side"}
    referrals = [*TABLES["referrals"], {"point": "high_1", "area": "elbow", "kind": "primary", "certain": "yes"}]
    folder = small_guide(tmp_path / "guide", texts={"area.elbow": "elbow"}, referrals=referrals, **tables)
    assert [str(each) for each in kit.check_guide(folder) if "leaflet" not in each.message] == []
    assert {key.view for key in choose_panels(places_of(kit.load_guide(folder)), [Step("high_1", side="left")])} <= {
        "front",
        "back",
    }


def test_a_surface_that_the_place_does_not_lie_on_is_told_with_the_one_that_it_does(tmp_path):
    (found,) = told(tmp_path, **changed("places", 1, surface="front"))
    assert found.startswith(
        "places.csv, row 3, column surface: of high_2 must be the one that it lies on, back, got 'front', which is "
    )
    assert found.endswith(" cm away; correct it or the place.")


def test_a_place_deep_in_the_body_is_told(tmp_path):
    deep = changed("places", 0, from_landmark="s2_spine", offset_front="10", offset_up="0", surface="back")
    (found,) = told(tmp_path, **deep)
    assert found.startswith("places.csv, row 2, column from_landmark: high_1 lies ")
    assert found.endswith("cm below the skin; bring it nearer to the surface back.")


def test_a_place_on_the_clients_right_is_told(tmp_path):
    right = changed("places", 0, offset_lateral="-13")
    assert told(tmp_path, **right) == [
        "places.csv, row 2, column offset_lateral: high_1 lies on the client's right, and places are told for the left; turn it round."
    ]


def test_an_area_in_which_the_place_does_not_lie_is_told_with_the_one_in_which_it_does(tmp_path):
    assert told(tmp_path, **changed("points", 1, area="neck")) == [
        "points.csv, row 3, column area: of high_2 is neck, but its place lies in upper_back (back view); "
        "correct one of them, or name upper_back in touches."
    ]


def test_an_area_that_is_only_touched_though_the_place_lies_in_it_is_noted_with_both(tmp_path):
    assert told(tmp_path, **changed("points", 1, area="shoulder", touches="upper_back")) == [
        "points.csv, row 3, column area: note: of high_2 is shoulder, but its place lies in upper_back (back view); "
        "if upper_back is meant, write that as area and shoulder in touches."
    ]


def test_an_area_in_which_the_search_area_lies_is_no_fault(tmp_path):
    assert told(tmp_path, **changed("points", 1, area="upper_back", touches="shoulder")) == []


def test_an_area_that_the_body_does_not_have_is_told(tmp_path):
    tables = {
        name: [
            {key: value.replace("upper_back", "shoulder_blade") for key, value in row.items()} for row in TABLES[name]
        ]
        for name in ("areas", "points", "referrals")
    }
    texts = {"area.upper_back": None, "area.shoulder_blade": "shoulder blade"}
    (found,) = told(tmp_path, texts=texts, **tables)
    assert found.startswith(
        "areas.csv, row 4, column id: must be a region of the body, so that it can be clicked: low_back, "
    )
    assert found.endswith(", upper_back, mid_back, got 'shoulder_blade'; correct it.")


def test_a_point_without_a_referral_is_noted(tmp_path):
    assert told(tmp_path, referrals=TABLES["referrals"][:1], areas=TABLES["areas"][:1] + TABLES["areas"][2:] + TABLES["areas"][1:2]) == [
        "areas.csv, row 3: note: upper_back can be clicked and leads to no point; name it in referrals.csv, or say in the column lacks which muscles the guide does not have.",
        "areas.csv, row 4: note: shoulder can be clicked and leads to no point; name it in referrals.csv, or say in the column lacks which muscles the guide does not have.",
        "points.csv, row 3: note: high_2 has no row in referrals.csv, so no complaint leads to it; say there where its pain is felt.",
    ]  # fmt: skip


def test_an_area_of_which_the_guide_says_what_it_lacks_is_not_noted(tmp_path):
    areas = [*TABLES["areas"], {"id": "chest", "label": "Chest", "group": "Trunk", "lacks": "pectoralis major"}]
    assert told(tmp_path, areas=areas, texts={"area.chest": "chest"}) == []


def test_a_position_or_tool_that_the_technique_does_not_have_is_told(tmp_path):
    tools = [*TABLES["tools"], {"id": "stick", "label": "Stick", "client": "stick", "firm": "no"}]
    changes = changed("points", 0, position="chair_sitting", tools="stick")
    assert told(tmp_path, tools=tools, texts={"tool.stick": "stick"}, **changes) == [
        "points.csv, row 2, column position: of high_1 must be one of its technique ball, wall_standing, got 'chair_sitting'; correct it, or add it to techniques.csv.",
        "points.csv, row 2, column tools: of high_1 must have one of its technique ball, massage_ball, got 'stick'; correct it, or add it to techniques.csv.",
    ]


def test_an_id_with_a_blank_is_told(tmp_path):
    tables = {
        name: [{key: value.replace("high_2", "High point 2") for key, value in row.items()} for row in TABLES[name]]
        for name in ("points", "places", "referrals")
    }
    texts = {"point.high_2.where": None, "point.High point 2.where": "Beside your shoulder blade."}
    assert told(tmp_path, texts=texts, **tables) == [
        "points.csv, row 3, column id: must have no blank, comma, semicolon or full stop, got 'High point 2'; write 'high_point_2'."
    ]


def test_a_row_that_rests_on_a_source_nobody_read_is_told(tmp_path):
    unread = changed("places", 0, basis="source", source="BOOK;OWN")
    assert told(tmp_path, **unread) == [
        "places.csv, row 2, column basis: must be known or estimate, since nobody read BOOK;OWN, got 'source'; correct it, or name the source that was read."
    ]


def test_both_places_of_the_piriformis_name_the_edition_that_was_read(guide):
    rows = [row for row in guide.table("places") if row["id"] in ("piri_1", "piri_2")]
    assert [(row["basis"], row["source"]) for row in rows] == [("source", "TS2-ru;KIT")] * 2
    assert guide.row("sources", "TS2-ru")["seen"] == "excerpt"


def test_such_a_guide_can_be_loaded_since_these_problems_come_from_the_body(tmp_path):
    folder = small_guide(tmp_path / "guide", **changed("places", 0, offset_lateral="40"))
    assert kit.load_guide(folder).id == "demo"


def test_a_guide_with_such_a_problem_does_not_pass_the_command(tmp_path):
    from click.testing import CliRunner

    from selfcare_kit.cli import main

    folder = small_guide(tmp_path / "guide", **changed("places", 0, offset_lateral="40"))
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 1
    assert "cm beside the body" in result.output


@pytest.mark.slow
def test_the_limits_are_wide_for_every_place_of_the_built_in_guide(guide):
    """Half as wide they would still refuse none of the points, and one place of 145 lies deeper."""
    places, hull = places_of(guide), Hull(atlas())
    spots = [(place, xyz) for id in places.ids for place in places.of(id) for xyz in (place.xyz, place.end) if xyz]
    assert max(hull.outside(xyz) for _, xyz in spots) < MAX_OUTSIDE / 2
    own = {(place.id, xyz): hull.below(xyz, SURFACES[place.surface]) for place, xyz in spots}
    nearest = {(place.id, xyz): min(hull.below(xyz, way) for way in SURFACES.values()) for place, xyz in spots}
    assert max(own.values()) < MAX_BELOW - 2
    assert max(own[key] - nearest[key] for key in own) < MUCH_NEARER


def test_every_landmark_of_the_body_lies_in_its_hull():
    hull = Hull(atlas())
    far = {id: hull.outside(each.xyz) for id, each in atlas().landmark_values.items()}
    assert max(far.values()) < MAX_OUTSIDE
