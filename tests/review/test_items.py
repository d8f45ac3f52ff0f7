"""What can be reviewed, and what makes an answer old: a change of what it says, and nothing else."""

import re

import pytest
from reviewing import changed_items, copied, edited

import selfcare_kit as kit
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide, built_in
from selfcare_kit.review import items
from selfcare_kit.review.digest import FIT_CM, digest_of
from selfcare_kit.review.items import KINDS, items_of, point_items, point_of_item
from selfcare_kit.review.states import reviewers_of

PIRI_1 = "piri_1,1,spot,greater_trochanter_top,piriformis_sacral_end,0.3,"


@pytest.fixture
def folder(tmp_path):
    return copied(tmp_path)


def test_every_point_has_four_items_and_every_rule_one(guide):
    found = items_of(guide)
    for point in guide.point_values:
        assert set(point_items(point)) <= found.keys()
    assert {f"rule/{id}" for id in guide.records.rules} <= found.keys()
    assert {item.kind for item in found.values()} == set(KINDS)
    assert all(item.content and item.title for item in found.values())


def test_an_item_says_which_point_it_is_about():
    assert point_of_item("point/piri_1/work") == "piri_1"
    assert point_of_item("rule/R01") == ""


def test_a_digest_is_twelve_letters_that_no_spreadsheet_takes_for_a_number(guide):
    assert all(re.fullmatch("[a-p]{12}", item.digest) for item in items_of(guide).values())


def test_moving_one_place_makes_one_item_old(folder):
    edited(folder, "places.csv", PIRI_1, PIRI_1.replace("0.3", "0.35"))
    assert changed_items(folder) == ["point/piri_1/place"]


def test_bettering_a_source_a_basis_or_a_note_makes_none_old(folder):
    for table in ("places", "points", "referrals", "red_flags", "cautions", "nerves", "techniques", "landmarks"):
        path = folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        changed = text.replace(",estimate,", ",known,").replace(";KIT", "")
        assert changed != text
        path.write_text(changed, encoding="utf-8")
    edited(folder, "points.csv", "The commonest site of this muscle.", "A common site of this muscle.")
    assert changed_items(folder) == []


def test_a_number_is_the_same_however_it_is_written(folder):
    edited(folder, "places.csv", PIRI_1, PIRI_1.replace("0.3", "0.300"))
    edited(
        folder,
        "places.csv",
        "gmax_1,1,spot,psis,sacral_border_low,0.5,1.9,0,",
        "gmax_1,1,spot,psis,sacral_border_low,.50,1.90,,",
    )
    assert changed_items(folder) == []


def test_moving_a_landmark_of_the_guide_makes_the_places_on_it_old(folder):
    own = "metatarsal_heads_2_4,Middle of the heads of metatarsals 2 to 4,metatarsal_head_2,metatarsal_head_4,0.5"
    edited(folder, "landmarks.csv", own, own.replace("0.5", "0.4"))
    changed = changed_items(folder)
    assert changed
    assert {id.rpartition("/")[2] for id in changed} == {"place"}


def moved(by):
    found = items.body_landmarks()
    return {id: (x + by, y - by, z + by) for id, (x, y, z) in found.items()}


@pytest.mark.parametrize("by", [0.01, -0.01, 0.04])
def test_a_new_fit_of_the_body_makes_no_item_old(monkeypatch, tmp_path, by):
    before = items_of(built_in())
    landmarks = moved(by)
    monkeypatch.setattr(items, "body_landmarks", lambda: landmarks)
    after = items_of(Guide(copied(tmp_path)))
    assert abs(by) < FIT_CM
    assert [id for id, item in before.items() if item.digest not in after[id].digests] == []
    # Without the digests that count as the same there would be some.
    assert any(item.digest != after[id].digest for id, item in before.items())


def test_a_landmark_that_moves_by_more_than_a_cm_makes_the_places_on_it_old(monkeypatch, tmp_path):
    landmarks = moved(1.2)
    before = items_of(built_in())
    monkeypatch.setattr(items, "body_landmarks", lambda: landmarks)
    after = items_of(Guide(copied(tmp_path)))
    old = {id for id, item in before.items() if item.digest not in after[id].digests}
    assert old == {id for id in before if id.endswith("/place")}


@pytest.mark.parametrize(
    ("table", "old", "new", "item"),
    [
        ("text/en.csv", 'point.tfl_1.where,"Find', 'point.tfl_1.where,"Look for', "point/tfl_1/words"),
        ("referrals.csv", "gmax_1,sacrum,primary,yes", "gmax_1,sacrum,spillover,yes", "point/gmax_1/areas"),
        ("limits.csv", "L01,C02,answered,,,,low_back;sacrum,,no,,,3", "L01,C02,answered,,,,low_back;sacrum,,no,,,4", "rule/C02"),
        ("guide.toml", "max_area_seconds = 120", "max_area_seconds = 100", "guide/dose"),
        ("text/en.csv", "handout.emergency.short.8,**Chest pain**", "handout.emergency.short.8,**Pain in the chest**", "page/emergency"),
        ("points.csv", "ball_hold,hold,massage_ball,wall_standing,60,120,4,2,3,C31;C08", "ball_hold,hold,massage_ball,wall_standing,50,120,4,2,3,C31;C08", "point/gmax_1/work"),
    ],
)  # fmt: skip
def test_what_changes_makes_its_own_item_old(folder, table, old, new, item):
    edited(folder, table, old, new)
    assert changed_items(folder) == [item]


def test_a_column_that_a_later_version_adds_makes_nothing_old():
    assert digest_of({"areas": ["heel"]}) == digest_of(
        {"areas": ["heel"], "later": "", "also": (), "is": False, "of": None}
    )
    assert digest_of({"max_pressure": 0}) != digest_of({})


def test_the_first_tool_is_the_best_so_the_order_of_tools_counts():
    assert digest_of({"tools": ["a", "b"]}) != digest_of({"tools": ["b", "a"]})


def test_whose_review_counts_is_data_of_the_guide_or_of_the_built_in_one(folder, guide):
    kinds = {kind for each in reviewers_of(guide) for kind in each.counts_for}
    assert kinds == set(KINDS)
    (folder / "reviewers.csv").unlink()
    assert reviewers_of(Guide(folder)) == reviewers_of(guide)


def test_a_guide_without_the_tables_of_reviews_is_loaded(folder):
    (folder / "reviewers.csv").unlink()
    (folder / "reviews.csv").unlink()
    from selfcare_kit.guide.load import load_guide

    assert str(kit.review_of(guide=load_guide(folder))) == "This guide has not been reviewed by a clinician yet."


def test_the_landmarks_are_those_of_the_body():
    assert (data_folder() / "body" / "landmarks.csv").is_file()
    assert items.body_landmarks()["asis"] == pytest.approx((12.18, 97.88, 6.55), abs=2)
