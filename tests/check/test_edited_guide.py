"""Saving a place and pain zones into the tables of a guide: what is written, and what is refused."""

import pytest

import selfcare_kit as kit
from selfcare_kit.body.place.zones import zones_of
from selfcare_kit.check.edited_guide import save_point
from selfcare_kit.errors import GuideError, InvalidValueError
from selfcare_kit.guide.cells import read_table
from selfcare_kit.guide.scaffold.example import example_answers

PLACE = {"id": "soleus_1", "from_landmark": "calf_belly_end", "offset_up": "-5", "surface": "back"}
DISC = {
    "point": "soleus_1", "kind": "primary", "zone": "1", "node": "1", "from_landmark": "malleolus_level_back",
    "surface": "back", "radius_cm": "2",
}  # fmt: skip


@pytest.fixture
def own(tmp_path):
    return kit.load_guide(kit.new_guide(example_answers(), tmp_path / "mine"))


def content_of(guide):
    return {path.name: path.read_bytes() for path in guide.folder.glob("*.csv")}


def test_a_place_takes_the_row_of_its_point_and_no_other(own):
    before = read_table(own.folder / "places.csv")
    assert save_point(own, "soleus_1", PLACE, None) == ("places.csv",)
    after = read_table(own.folder / "places.csv")
    assert [row["id"] for row in after] == [row["id"] for row in before]
    changed = [row for row, old in zip(after, before, strict=True) if row != old]
    assert [(row["id"], row["from_landmark"], row["to_landmark"], row["offset_up"]) for row in changed] == [
        ("soleus_1", "calf_belly_end", "", "-5")
    ]


def test_the_search_area_of_a_place_stays_when_it_moves(own):
    save_point(own, "soleus_1", {**PLACE, "uncertainty_cm": "3.5"}, None)
    save_point(kit.load_guide(own.folder), "soleus_1", {**PLACE, "offset_up": "-6"}, None)
    row = next(row for row in read_table(own.folder / "places.csv") if row["id"] == "soleus_1")
    assert (row["uncertainty_cm"], row["offset_up"]) == ("3.5", "-6")


def test_a_guide_without_zones_gets_the_table_and_zones_of_others_stay(own):
    assert not (own.folder / "zones.csv").exists()
    assert save_point(own, "soleus_1", None, [DISC]) == ("zones.csv",)
    save_point(own, "gastrocnemius_1", None, [{**DISC, "point": "gastrocnemius_1"}])
    assert set(zones_of(kit.load_guide(own.folder))) == {"soleus_1", "gastrocnemius_1"}
    save_point(own, "soleus_1", None, [])
    assert set(zones_of(kit.load_guide(own.folder))) == {"gastrocnemius_1"}


def test_columns_of_the_authors_own_stay(own):
    path = own.folder / "places.csv"
    header, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f"{header},remark", *(f"{row},mine" for row in rows)]) + "\n", "utf-8-sig")
    save_point(own, "soleus_1", PLACE, None)
    assert [row["remark"] for row in read_table(path)] == ["mine", ""]


@pytest.mark.parametrize(
    ("place", "zones", "reason"),
    [
        ({**PLACE, "offset_lateral": "30"}, None, "soleus_1"),
        (None, [{**DISC, "from_landmark": "nowhere"}], "nowhere"),
        (None, [{**DISC, "radius_cm": "0"}], "radius_cm"),
    ],
)
def test_what_would_be_a_problem_is_refused_and_nothing_is_written(own, place, zones, reason):
    before = content_of(own)
    with pytest.raises(GuideError, match=f"{reason}.*nothing was saved"):
        save_point(own, "soleus_1", place, zones)
    assert content_of(own) == before


def test_a_problem_that_was_there_before_does_not_hinder(own):
    (own.folder / "text" / "en.csv").write_text("key,text\n", "utf-8")
    assert any(not problem.is_note for problem in kit.check_guide(own.folder))
    assert save_point(own, "soleus_1", PLACE, None) == ("places.csv",)


def test_the_kits_own_guide_is_never_changed(guide):
    with pytest.raises(InvalidValueError, match="the kit's own guide is not changed"):
        save_point(guide, "sol_1", PLACE, None)
