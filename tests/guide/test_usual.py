"""An empty cell means the usual, where `data/datapackage.json` says what that is: a point is seven cells."""

import csv
from io import StringIO

import pytest
from small_guide import SETTINGS, TABLES, changed, small_guide

import selfcare_kit as kit
from selfcare_kit.errors import GuideError
from selfcare_kit.guide.schema import tables
from tools.guide_tables import PAGE, page

DOSE = (
    f"{SETTINGS}[dose]\nmax_area_seconds = 90\ndefault_seconds = 45\ndefault_pressure = 3\nmax_pressure = 4\n"
    "every_days_min = 3\nevery_days_max = 5\n"
)


def loaded(folder, **changes):
    return kit.load_guide(small_guide(folder / "guide", **changes))


def told(folder, **changes):
    found = kit.check_guide(small_guide(folder / "guide", **changes))
    return [str(each) for each in found if "leaflet" not in each.message]


def test_a_point_is_seven_cells_or_fewer(tmp_path):
    assert max(len(row) for row in TABLES["points"]) <= 7
    point = loaded(tmp_path).point("high_1")
    assert (point.mode, point.tools, point.position) == ("hold", ("massage_ball",), "wall_standing")
    assert (point.seconds, point.max_seconds, point.pressure) == (60, 120, 5)
    assert (point.every_days_min, point.every_days_max) == (2, 3)
    assert (point.show_only, point.scope, point.sources) == (False, "guide", ("OWN",))


def test_an_empty_dose_is_the_guides_own(tmp_path):
    point = loaded(tmp_path, settings=DOSE).point("high_1")
    assert (point.seconds, point.max_seconds, point.pressure) == (45, 90, 3)
    assert (point.every_days_min, point.every_days_max) == (3, 5)


def test_what_is_written_goes_before_the_usual(tmp_path):
    written = changed(
        "points", 0, seconds="20", max_seconds="40", pressure="2", position="chair_sitting", source="BOOK"
    )
    guide = loaded(tmp_path, **written)
    point = guide.point("high_1")
    assert (point.seconds, point.max_seconds, point.pressure, point.position) == (20, 40, 2, "chair_sitting")
    assert guide.row("points", "high_1")["source"] == "BOOK"
    assert guide.row("points", "high_2")["source"] == "OWN"


def test_usual_seconds_are_never_above_the_most_that_is_written(tmp_path):
    assert loaded(tmp_path, **changed("points", 0, max_seconds="30")).point("high_1").seconds == 30


def test_a_technique_gives_its_mode_its_tools_and_its_first_position(tmp_path):
    rows = [{**TABLES["techniques"][0], "mode": "sweep", "positions": "chair_sitting;wall_standing"}]
    point = loaded(tmp_path, techniques=rows).point("high_1")
    assert (point.mode, point.position) == ("sweep", "chair_sitting")


def test_a_technique_that_is_not_there_is_one_problem(tmp_path):
    assert told(tmp_path, **changed("points", 0, technique="bal")) == [
        "points.csv, row 2, column technique: 'bal' is not in techniques.csv; perhaps 'ball' was meant."
    ]


def test_a_technique_without_positions_leaves_a_point_without_one_which_is_told(tmp_path):
    rows = [{**TABLES["techniques"][0], "positions": ""}]
    assert told(tmp_path, techniques=rows) == [
        "points.csv, row 2, column position: must not be empty; fill it in.",
        "points.csv, row 3, column position: must not be empty; fill it in.",
    ]


def test_a_place_is_a_spot_to_search_within_two_cm(tmp_path):
    guide = loaded(tmp_path)
    (place,) = (each for each in guide.records.places if each.id == "high_2")
    assert (place.n, place.role, place.uncertainty_cm, place.basis) == (1, "spot", 2.0, "estimate")


def test_an_area_is_on_both_sides_looked_at_first_and_called_by_its_label(tmp_path):
    area = loaded(tmp_path).records.areas["neck"]
    assert (area.paired, area.stage, area.client) == (True, 1, "Neck")


def test_a_rule_without_where_holds_in_all_its_areas(tmp_path):
    guide = loaded(tmp_path)
    assert guide.records.red_flags["R18"].where == "no"
    assert guide.records.cautions["C01"].where == "no"


def test_a_row_without_basis_and_source_is_the_guides_own_estimate(tmp_path):
    guide = loaded(tmp_path)
    for name, table in tables().items():
        if table.is_cited:
            assert {(row["basis"], row["source"]) for row in guide.table(name)} <= {("estimate", "OWN")}


def test_a_guide_without_a_source_of_its_own_has_to_name_one(tmp_path):
    sources = [{"key": "BOOK", "citation": "A book", "kind": "book", "seen": "whole"}]
    found = told(tmp_path, sources=sources)
    assert (
        "areas.csv, row 2, column source: must name at least one key of sources.csv; add where the row comes from."
        in found
    )
    assert all("column source: must name at least one key" in each for each in found)


def test_a_column_that_is_misspelled_is_told_rather_than_filled(tmp_path):
    """A pressure that nobody reads would become the usual one."""
    folder = small_guide(tmp_path / "guide")
    path = folder / "points.csv"
    path.write_text(path.read_text("utf-8").replace("pressure", "presure", 1), "utf-8")
    with pytest.raises(GuideError, match="points.csv has no column 'pressure'; add it to the first row"):
        kit.load_guide(folder)


def test_cells_at_the_end_of_a_row_may_be_missing_where_they_have_a_usual_value(tmp_path):
    folder = small_guide(tmp_path / "guide")
    path = folder / "referrals.csv"
    path.write_text(
        path.read_text("utf-8").replace("high_1,neck,primary,yes,,,,,", "high_1,neck,primary,yes", 1), "utf-8"
    )
    assert kit.load_guide(folder).records.referrals[0].source == ("OWN",)


def test_data_frames_show_the_usual_values(tmp_path):
    df = loaded(tmp_path).points
    assert df.loc["high_1", "seconds"] == 60
    assert df.loc["high_1", "position"] == "wall_standing"


def test_the_built_in_guide_leaves_nothing_to_the_usual(guide):
    """Its rows are read by others, too, who know nothing of usual values."""
    for name, table in tables().items():
        path = guide.folder / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") if path.exists() else StringIO() as file:
            empty = [(row, column) for row in csv.DictReader(file) for column in table.usual if not row[column]]
        assert empty == [], name


def test_the_page_for_authors_says_what_an_empty_cell_means():
    assert PAGE.read_text("utf-8") == page()
    for words in (
        "| `seconds` | Default seconds for one side. | a whole number from 1 to 120; at most `max_seconds`; empty: `default_seconds` of [dose] in guide.toml |",
        "empty: the first of `positions` of its technique",
        "empty: the first of sources.csv of kind `own`",
        "`spot`, `lane_from`, `lane_to`; part of the key; empty: `spot`",
        "empty: as `label`",
    ):
        assert words in page()
