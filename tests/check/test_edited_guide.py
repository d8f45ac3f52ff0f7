"""Saving a place and pain zones into the tables of a guide: what is written, and what is refused."""

import os
import shutil
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.body.place.zones import zones_of
from selfcare_kit.check.edited_guide import can_be_changed, save_point
from selfcare_kit.errors import GuideError, InvalidValueError
from selfcare_kit.guide.cells import read_table
from selfcare_kit.guide.tables import rows_of_point

DISC = {
    "point": "soleus_1", "kind": "primary", "zone": "1", "node": "1", "from_landmark": "malleolus_level_back",
    "surface": "back", "radius_cm": "2",
}  # fmt: skip


def content_of(guide):
    return {path.name: path.read_bytes() for path in guide.folder.glob("*.csv")}


def places(guide, **change):
    """The rows of the point's places with other cells in the first."""
    first, *others = rows_of_point(guide.folder, "soleus_1").places
    return [{**first, **change}, *others]


def save(guide, places=None, zones=None, point="soleus_1"):
    return save_point(guide, point, places, zones, rows_of_point(guide.folder, point))


def test_a_place_takes_the_row_of_its_point_and_no_other(own):
    before = read_table(own.folder / "places.csv")
    assert save(own, places(own, offset_up="2")) == ("places.csv",)
    changed = [(old, row) for old, row in zip(before, read_table(own.folder / "places.csv"), strict=True) if row != old]
    assert [(row["id"], {**old, "offset_up": "2"} == row) for old, row in changed] == [("soleus_1", True)]


def test_a_guide_without_zones_gets_the_table_and_zones_of_others_stay(own):
    assert not (own.folder / "zones.csv").exists()
    assert save(own, zones=[DISC]) == ("zones.csv",)
    save(own, zones=[{**DISC, "point": "gastrocnemius_1"}], point="gastrocnemius_1")
    assert set(zones_of(kit.load_guide(own.folder))) == {"soleus_1", "gastrocnemius_1"}
    save(own, zones=[])
    assert set(zones_of(kit.load_guide(own.folder))) == {"gastrocnemius_1"}


def test_rows_stand_where_those_of_the_point_stood(own):
    save(own, zones=[DISC])
    save(own, zones=[{**DISC, "point": "gastrocnemius_1"}], point="gastrocnemius_1")
    save(own, zones=[DISC, {**DISC, "node": "2", "offset_up": "6"}])
    assert [row["point"] for row in read_table(own.folder / "zones.csv")] == ["soleus_1", "soleus_1", "gastrocnemius_1"]


def test_columns_of_the_authors_own_and_empty_cells_stay(own):
    path = own.folder / "places.csv"
    header, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f"{header},remark", *(f"{row},mine" for row in rows)]) + "\n", "utf-8-sig")
    before = read_table(path)
    save(own, places(own, offset_up="2"))
    after = read_table(path)
    assert [row["remark"] for row in after] == ["mine", "mine"]
    assert [{**row, "offset_up": ""} for row in after] == [{**row, "offset_up": ""} for row in before]


def test_rows_that_a_spreadsheet_saved_without_their_last_cells_are_read(own):
    path = own.folder / "places.csv"
    path.write_text(
        "\r\n".join(line.rstrip(",") for line in path.read_text("utf-8-sig").splitlines()) + "\r\n", "utf-8-sig"
    )
    assert kit.load_guide(own.folder)
    assert save(own, places(own, offset_up="2")) == ("places.csv",)


@pytest.mark.parametrize(
    ("place", "zones", "reason"),
    [
        ({"offset_lateral": "30"}, None, "soleus_1"),
        (None, [{**DISC, "from_landmark": "nowhere"}], "nowhere"),
        (None, [{**DISC, "radius_cm": "0"}], "radius_cm"),
    ],
)
def test_what_would_be_a_problem_is_refused_and_nothing_is_written(own, place, zones, reason):
    before = content_of(own)
    with pytest.raises(GuideError, match=f"{reason}.*nothing was saved"):
        save(own, places(own, **place) if place else None, zones)
    assert content_of(own) == before


def test_a_misplaced_point_that_was_there_before_does_not_hinder_wherever_its_row_is_now(own):
    save(own, zones=[DISC, {**DISC, "node": "2"}])
    path = own.folder / "places.csv"
    header, first, second = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([header, second, first.replace("-1.5", "40")]) + "\n", "utf-8-sig")
    assert any(not problem.is_note for problem in kit.check_guide(own.folder))
    assert save(own, places(own, offset_up="2"), [DISC]) == ("places.csv", "zones.csv")


def test_a_guide_that_cannot_be_loaded_is_not_saved_into_as_its_places_cannot_be_checked(own):
    (own.folder / "text" / "en.csv").write_text("key,text\n", "utf-8")
    with pytest.raises(GuideError, match="nothing was saved"):
        save(own, places(own, offset_lateral="30"))


def test_what_somebody_changed_meanwhile_is_not_overwritten(own):
    opened = rows_of_point(own.folder, "soleus_1")
    save(own, zones=[DISC])
    with pytest.raises(GuideError, match=r"soleus_1 was changed in zones.csv after it was opened; open it again"):
        save_point(own, "soleus_1", None, [], opened)
    assert save_point(own, "soleus_1", [{**opened.places[0], "offset_up": "2"}], None, opened) == ("places.csv",)


def test_a_folder_that_is_gone_is_told(own):
    opened = rows_of_point(own.folder, "soleus_1")
    shutil.rmtree(own.folder)
    with pytest.raises(GuideError):
        save_point(own, "soleus_1", list(opened.places), None, opened)


@pytest.mark.parametrize("way", ["plain", "relative", "dots", "link"])
def test_the_kits_own_guide_is_never_changed_by_whatever_path(guide, tmp_path, way):
    folder = guide.folder
    if way == "relative":
        folder = Path(os.path.relpath(folder))
    elif way == "dots":
        folder = folder / ".." / folder.name
    elif way == "link":
        folder = tmp_path / "link"
        folder.symlink_to(guide.folder)
    opened = kit.load_guide(folder)
    assert not can_be_changed(opened)
    with pytest.raises(InvalidValueError, match="the kit's own guide is not changed"):
        save(opened, zones=[], point="sol_1")
