"""A guide is data: complete, cited, checked, and a second one needs no line of Python."""

import json
import re
import shutil

import pytest
from areas import AREAS

import selfcare_kit as kit
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.errors import DoseError, GuideError, UnknownIdError
from selfcare_kit.guide.cells import split
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.problems.find import LEAFLET_TEXTS
from selfcare_kit.guide.problems.use import check_use
from selfcare_kit.guide.schema import tables
from selfcare_kit.guide.tables import TableFolder


@pytest.fixture
def copy(tmp_path, guide):
    """A writable copy of the built-in guide."""
    return shutil.copytree(guide.folder, tmp_path / "mine")


def edit(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_the_built_in_guide_has_no_problems_but_notes_on_rules_that_leave_no_way(guide):
    problems = kit.check_guide(guide.folder)
    assert [str(problem) for problem in problems if not problem.is_note or "no way to do" not in problem.message] == []


def test_the_guide_has_all_its_points_and_its_areas_in_order(guide):
    assert len(guide.point_values) == 47
    assert list(guide.area_ids) == AREAS


def test_every_row_of_every_table_names_basis_and_source(guide):
    for name, table in tables().items():
        if table.is_cited:
            for row in guide.table(name):
                assert row["basis"] in ("source", "known", "estimate"), (name, row)
                assert split(row["source"]), (name, row)


def test_tables_are_frames_and_fresh_copies(guide):
    df = guide.points
    df.loc["piri_1", "label"] = "changed"
    assert guide.points.loc["piri_1", "label"] != "changed"
    assert guide.points.loc["piri_1", "seconds"] == 60
    assert len(guide.areas) == 33
    for name in tables():
        assert len(getattr(guide, name)) == len(guide.table(name))


def test_a_table_that_is_not_there_is_named(guide):
    with pytest.raises(AttributeError, match="a guide has no 'diagnoses'; its tables are sources, muscles"):
        _ = guide.diagnoses


def test_no_point_exceeds_the_guides_dose(guide):
    for point in guide.point_values.values():
        assert point.seconds <= guide.dose.max_area_seconds <= 120
        assert point.pressure <= guide.dose.max_pressure <= 7
        assert (point.every_days_min, point.every_days_max) == (2, 3)


def test_points_that_must_not_be_pressed_are_show_only_with_a_reason(guide):
    shown = {point.id: point.show_only_reason for point in guide.point_values.values() if point.show_only}
    assert {"gas_3", "gas_4", "tp_1"} <= set(shown)
    assert all(shown.values())


def test_no_step_point_lies_in_an_area_that_is_never_pressed(guide):
    for point in guide.point_values.values():
        if point.area in ("knee_back", "groin"):
            assert point.show_only, point.id


def test_anatomy_cautions_that_name_an_area_ride_with_points_that_need_them(guide):
    for point in guide.point_values.values():
        if point.muscle_id == "piriformis" or point.id in ("gmax_1", "gmax_2", "gmin_p"):
            assert "C08" in point.cautions, point.id
        if point.muscle_id == "quadratus_lumborum":
            assert "C07" in point.cautions, point.id
        if point.id in ("fibl_1", "edl_1", "sol_2"):
            assert "C09" in point.cautions, point.id


def test_peroneus_finds_fibularis(guide):
    row = guide.row("muscles", "fibularis_longus")
    assert any("peroneus" in word for word in split(row["synonyms"]))


def test_ids_are_those_of_the_ontologies(guide):
    muscles = guide.rows_by_id["muscles"]
    assert muscles["gluteus_maximus"]["uberon"] == "UBERON:0001370"
    assert muscles["piriformis"]["fma"] == "FMA:19082"
    assert muscles["quadratus_plantae"]["uberon"] == ""
    for row in muscles.values():
        assert all(re.fullmatch(r"UBERON:\d{7}", id) for id in split(row["uberon"]))
        assert all(re.fullmatch(r"FMA:\d+", id) for id in split(row["fma"]))


def test_no_synonym_leads_to_two_areas_silently(guide):
    words = {}
    for row in guide.table("areas"):
        for word in split(row["synonyms"]):
            words.setdefault(word.casefold(), set()).add(row["id"])
    assert {word: ids for word, ids in words.items() if len(ids) > 1} == {}


def test_a_point_id_is_never_guessed(guide):
    assert guide.point("PIRI-1").id == "piri_1"
    with pytest.raises(UnknownIdError):
        guide.point("piri")


def test_the_frictionless_descriptor_agrees_with_the_tables(guide):
    package = json.loads((data_folder() / "datapackage.json").read_text())
    schemas = {resource["path"]: resource["schema"] for resource in package["resources"]}
    for name, table in tables().items():
        schema = schemas[f"hip_and_leg/{name}.csv"]
        assert {field["name"] for field in schema["fields"]} == set(table.columns), name


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_the_tables_valid():
    from frictionless import Package

    report = Package(str(data_folder() / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])


def test_deep_muscles_are_deep_on_the_figure_too(guide):
    for view in atlas().views:
        for key, shape in atlas().view(view).muscles.items():
            depth = guide.row("muscles", key.partition(":")[0])["depth"]
            assert shape["deep"] == (depth == "deep"), (view, key)


def test_a_second_guide_needs_no_python(copy):
    settings = copy / "guide.toml"
    settings.write_text(settings.read_text().replace('id = "hip_and_leg"', 'id = "mine"', 1))
    mine = kit.load_guide(copy)
    assert mine.id == "mine"
    screening = kit.screen(guide=mine)
    found = kit.suggest(["low_back"], side="left", screening=screening, guide=mine)
    routine = kit.Routine.from_suggestions(found.top(2))
    assert routine.guide_id == "mine"
    routine.require_clearance()


def test_a_screening_of_another_guide_is_refused(copy, clear):
    settings = copy / "guide.toml"
    settings.write_text(settings.read_text().replace('id = "hip_and_leg"', 'id = "mine"', 1))
    with pytest.raises(ValueError, match="the screening must be of guide 'mine', got one of 'hip_and_leg'"):
        kit.suggest(["low_back"], side="left", screening=clear, guide=kit.load_guide(copy))


def test_a_folder_without_a_guide_is_refused(tmp_path):
    with pytest.raises(GuideError, match=r"a guide is a folder with guide.toml, got .*name the folder"):
        kit.load_guide(tmp_path)


FAULTS = {
    "unknown area": ("referrals", "piri_1,buttock_center", "piri_1,buttock_centre", r"'buttock_centre' is not in areas.csv; add it there or correct it"),
    "duplicate id": ("points", "\npiri_2,", "\npiri_1,", r"'piri_1' already stands in row"),
    "unknown muscle": ("points", ",piriformis,", ",piriformes,", r"'piriformes' is not in muscles.csv; perhaps 'piriformis' was meant"),
    "unknown unit": ("places", ",0,cun_back,", ",0,cun_bakc,", r"must be one of empty, cm, cun_back, .*got 'cun_bakc'; correct it"),
    "fraction out of range": ("places", "piriformis_sacral_end,0.3,", "piriformis_sacral_end,1.3,", r"must be a number from 0 to 1, got '1.3'"),
    "unknown landmark": ("places", "greater_trochanter_top", "greater_trochanter_tip", r"'greater_trochanter_tip' is not in landmarks.csv or body landmarks"),
    "dose over the limit": ("points", ",60,120,", ",180,120,", r"must be a number from 1 to 120, got '180'"),
    "dose over the point's own": ("points", ",60,120,", ",60,30,", r"must be at most 30, which is max_seconds, got '60'; correct one of them"),
    "rest the wrong way round": ("points", ",2,3,", ",3,2,", r"must be at most 2, which is every_days_max, got '3'"),
    "no technique": ("points", ",ball_hold,hold,", ",,hold,", r"must not be empty; fill it in"),
    "place without a number": ("places", ",1,spot,", ",one,spot,", r"must be a number from 1 to 99, got 'one'"),
    "unknown source": ("referrals", ",TS2", ",TS9", r"is not in sources.csv"),
    "wrong word": ("red_flags", ",emergency,", ",panic,", r"must be one of refer, urgent, emergency, got 'panic'"),
    "nothing to ask": ("red_flags", ",Have your muscles slowly grown weaker or thinner?,", ",,", r"must not be empty; write what the client is asked"),
    "empty label": ("areas", "tailbone,Tailbone,", "tailbone,,", r"must not be empty; fill it in"),
}  # fmt: skip


def test_a_point_without_a_place_is_a_problem(copy):
    places = copy / "places.csv"
    rows = places.read_text(encoding="utf-8").splitlines(keepends=True)
    places.write_text("".join(row for row in rows if not row.startswith("piri_1,")), encoding="utf-8")
    told = [str(problem) for problem in kit.check_guide(copy) if not problem.is_note]
    assert len(told) == 1
    assert told[0].endswith("has no place on the body; add a row to places.csv.")


@pytest.mark.parametrize(("role", "other"), [("lane_from", "lane_to"), ("lane_to", "lane_from")])
def test_a_lane_without_its_other_end_is_a_problem(copy, role, other):
    edit(copy, "places", f"\nvl_4,1,{other},", f"\nvl_4,2,{other},")
    told = [problem for problem in kit.check_guide(copy) if not problem.is_note]
    assert {(problem.file, problem.column) for problem in told} == {("places.csv", "role")}
    assert {problem.message for problem in told} == {
        f"{role} of vl_4 must have its other end, {other} with n 1, got none; add a row for it.",
        f"{other} of vl_4 must have its other end, {role} with n 2, got none; add a row for it.",
    }


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("pressure", "8", "must be at most 7, which [dose] of guide.toml allows, got 8; lower it."),
        ("seconds", "121", "must be at most 120, which [dose] of guide.toml allows, got 121; lower it."),
        ("every_days_min", "1", "must be 2 or more, as [dose] of guide.toml says, got 1; correct it."),
        ("show_only_reason", "", "must say why the point is only shown; fill it in."),
    ],
)
def test_a_point_that_no_step_could_be_of_is_a_problem(guide, column, value, message):
    tables = {name: guide.table(name) for name in ("areas", "points", "red_flags", "places", "landmarks")}
    is_shown = column == "show_only_reason"
    index = next(at for at, row in enumerate(tables["points"]) if (row["show_only"] == "yes") == is_shown)
    points = [*tables["points"]]
    points[index] = {**points[index], column: value}
    found = list(check_use({**tables, "points": points}, guide.settings, guide.dose))
    assert found == [("points.csv", index + 2, column, message)]


def test_a_guide_without_red_flags_or_with_a_landmark_that_leads_to_itself_is_told():
    guide = kit.load_guide()
    tables = {name: guide.table(name) for name in ("areas", "points", "red_flags", "places", "landmarks")}
    assert list(check_use(tables, guide.settings, guide.dose)) == []
    (empty,) = check_use({**tables, "red_flags": ()}, guide.settings, guide.dose)
    assert empty[0] == "red_flags.csv"
    one = {**tables["landmarks"][0], "from_landmark": tables["landmarks"][0]["id"]}
    (circle,) = check_use({**tables, "landmarks": (one, *tables["landmarks"][1:])}, guide.settings, guide.dose)
    assert "leads back to itself" in circle[3]
    (twice,) = check_use(tables, {"template": {"steps": [{"point": "piri_1"}] * 2}}, guide.dose)
    assert "piri_1 stands twice" in twice[3]


def test_a_copy_that_keeps_the_id_of_the_built_in_guide_is_noted(copy):
    note, *others = kit.check_guide(copy)
    assert note.is_note
    assert all("no way to do" in other.message for other in others)
    assert str(note) == (
        "guide.toml, column id: note: is the built-in guide's; give your own another, so that a page names the guide it "
        "is from."
    )


def test_a_table_with_semicolons_is_told_so(copy):
    areas = copy / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    (problem, *_) = kit.check_guide(copy)
    assert "must have commas between its cells, got semicolons" in str(problem)


def test_a_blank_line_in_a_table_is_told_and_those_at_its_end_are_passed_over(copy):
    areas = copy / "areas.csv"
    lines = areas.read_text(encoding="utf-8").splitlines()
    areas.write_text("\n".join([*lines, "", "," * lines[0].count(","), ""]), encoding="utf-8")
    assert not [problem for problem in kit.check_guide(copy) if not problem.is_note]
    areas.write_text("\n".join([*lines[:4], "", *lines[4:]]), encoding="utf-8")
    (problem, *_) = kit.check_guide(copy)
    assert str(problem) == "areas.csv, row 5 is empty; delete it."


@pytest.mark.parametrize("blank", [",", ",,,", ", ,"])
def test_blank_columns_at_the_end_of_a_table_are_passed_over(copy, blank):
    before = kit.load_guide(copy).table("areas")
    areas = copy / "areas.csv"
    first, *lines = areas.read_text(encoding="utf-8").splitlines()
    # A program leaves them out where it likes.
    areas.write_text(
        "\n".join([first + blank, *(line + blank for line in lines[:3]), *lines[3:], ""]), encoding="utf-8"
    )
    assert kit.load_guide(copy).table("areas") == before


def test_a_cell_below_a_blank_column_of_a_table_is_told(copy):
    areas = copy / "areas.csv"
    first, second, *lines = areas.read_text(encoding="utf-8").splitlines()
    areas.write_text("\n".join([first + ",", second + ",x", *lines, ""]), encoding="utf-8")
    with pytest.raises(GuideError, match="row 2 must have 10 cells, got 11"):
        kit.load_guide(copy)


@pytest.mark.parametrize("end", ["", ",", ",,,"])
def test_last_empty_cells_of_a_row_may_be_left_out(copy, end):
    sources = copy / "sources.csv"
    line = "CHALL2,Somebody about hips,Somebody,web,excerpt"
    sources.write_text(f"{sources.read_text(encoding='utf-8')}{line}{end}\n", encoding="utf-8")
    row = kit.load_guide(copy).table("sources")[-1]
    assert (row["key"], row["year"], row["note"]) == ("CHALL2", "", "")


def test_a_row_at_which_the_file_ends_may_have_lost_more(copy):
    sources = copy / "sources.csv"
    text = f"{sources.read_text(encoding='utf-8')}CHALL2,Somebody about hips,Somebody,web,excerpt"
    sources.write_text(text, encoding="utf-8")
    with pytest.raises(GuideError, match=r"sources\.csv, row [0-9]+ must have 7 cells, got 5"):
        kit.load_guide(copy)


@pytest.mark.parametrize(
    "value", ["#N/A", "#NV", "#WERT!", "#NOMBRE?", "########", "Err:508", "Fehler:502", "1.23457E+11", "1,23457E+11"]
)
@pytest.mark.parametrize("column", ["citation", "note"])
def test_what_a_spreadsheet_damaged_is_refused_with_row_and_column(copy, column, value):
    cells = {"citation": "Somebody", "note": "seen", column: f'"{value}"'}
    text = (copy / "sources.csv").read_text(encoding="utf-8")
    number = len(text.splitlines()) + 1
    line = f"CHALL2,{cells['citation']},,web,excerpt,,{cells['note']}\n"
    (copy / "sources.csv").write_text(text + line, encoding="utf-8")
    (problem,) = kit.check_guide(copy)
    assert f"sources.csv, row {number}: column {column!r} must hold what was " in str(problem)
    assert value in str(problem)


@pytest.mark.parametrize(
    ("word", "is_paired"), [("TRUE", True), ("x", True), ("WAHR", True), ("0", False), ("off", False)]
)
def test_yes_and_no_of_a_guide_may_be_the_words_of_a_spreadsheet(copy, word, is_paired):
    before = next(row for row in kit.load_guide(copy).table("areas") if row["paired"] == "yes")
    line = next(each for each in (copy / "areas.csv").read_text("utf-8").splitlines() if each.startswith(before["id"]))
    edit(copy, "areas", line, line.replace(",yes,", f",{word},"))
    table = TableFolder(copy).table("areas")
    assert next(row["paired"] for row in table if row["id"] == before["id"]) == ("yes" if is_paired else "no")


def test_a_word_that_is_neither_yes_nor_no_is_refused(copy):
    edit(copy, "areas", ",yes,", ",perhaps,")
    assert any("must be one of yes, no, got 'perhaps'" in str(problem) for problem in kit.check_guide(copy))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_row_column_and_advice(copy, fault):
    table, old, new, message = FAULTS[fault]
    edit(copy, table, old, new)
    problems = kit.check_guide(copy)
    found = [problem for problem in problems if re.search(message, problem.message)]
    assert found, [str(problem) for problem in problems][:5]
    assert found[0].file == f"{table}.csv"
    assert found[0].row is not None
    assert found[0].column
    with pytest.raises(GuideError, match='run "selfcare-kit check" on the folder'):
        kit.load_guide(copy)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('[[template.steps]]\npoint = "gmed_2"', "[[template.steps]]\npoint = [[1]]", "is not in points.csv"),
        ("[[paths]]", "[paths]", "paths"),
        ("reason_first = ", "reason_one = ", "each must have the lists"),
        ('first = ["gmed_2"', 'first = ["gmed_9"', "paths: 'gmed_9' is not in points.csv"),
        ('sensations = ["numb"', 'sensations = ["number"', "paths: 'number' is not in sensations.csv"),
        ("areas = [\n", 'areas = [\n  "ankel",', "paths: 'ankel' is not in areas.csv"),
        (
            "primary = 2.0",
            "primary = nan",
            "suggest: must give primary, spillover, uncertain, several, support numbers from 0 to 1000",
        ),
        ("support = [0.75,", "support = [-1,", "suggest: must give support a list of numbers from 0 to 1000"),
        ("support = [0.75,", "support = 1 # [", "suggest: must give support a list of numbers from 0 to 1000, got 1"),
        ("support = [0.75, 0.92, 1.08, 1.25]", "support = []", "suggest: must give support a list of numbers"),
        ("primary = 2.0", "first = 2.0", "got {'first': 2.0}; correct it"),
        ('title = "Nerves and strength"', "title = 1", "question_groups: each must have a title and a list of ids"),
        ('ids = ["R01"', 'ids = ["R99"', "'R99' is not in red_flags.csv or cautions.csv"),
        ('"foot.2" = "fdb_1"', '"foot.2" = "fdb_9"', "leaflet.pictures: 'fdb_9' is not in points.csv"),
        ("[leaflet.pictures]", "[leaflet.picture]", "leaflet: must have pictures only, a point for each text"),
        ("[leaflet.pictures]", "[[leaflet.pictures]]", "leaflet: must have pictures only, a point for each text"),
        ('side = "both"', 'side = "midline"', "template: must have a side of left, right, both, got 'midline'"),
        (
            "\nseconds = 60",
            "\nseconds = 121",
            "template.steps: of vl_4: seconds must be a whole number from 1 to 120, got 121",
        ),
        ("\nseconds = 60", "\nsecond = 120", "template.steps: must have side, mode, seconds"),
        ('tool = "opposite_knee"', 'tool = "knee"', "template.steps: 'knee' is not in tools.csv"),
        ('version = "1.1.0"', "version = 1", 'version: must be a text and not empty; write version = "...".'),
        ('language = "en"', "language = 1", 'language: must be a text, got 1; write language = "...".'),
        ("max_pressure = 7", "max_presure = 7", "got 'max_presure'; correct it"),
    ],
)
def test_a_wrong_setting_is_told(copy, old, new, message):
    path = copy / "guide.toml"
    path.write_text(path.read_text().replace(old, new, 1))
    problems = [str(problem) for problem in kit.check_guide(copy)]
    assert any(message in problem for problem in problems), problems


def test_a_point_gets_no_more_than_its_own_most(copy):
    edit(copy, "points", ",60,120,", ",30,40,")
    mine = kit.load_guide(copy)
    point = next(point for point in mine.point_values.values() if point.max_seconds == 40)
    routine = kit.Routine(guide=mine).add(point.id, side="left")
    assert routine.change(point.id, seconds=40).total_seconds == 40
    with pytest.raises(
        DoseError, match=f"{point.id} gets at most 40 seconds on each side in this guide, got 41; shorten it"
    ):
        routine.change(point.id, seconds=41)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\nseconds = 60", "\nevery_days_min = 1", "a point rests at least 2 days in this guide, got 1 for 'vl_4'"),
        (
            "max_area_seconds = 120",
            "max_area_seconds = 110",
            "must be at most 110 seconds in all, got 120 for hip_side",
        ),
        (
            "\nseconds = 60",
            "\nevery_days_min = 9",
            "of vl_4: every_days_max must be a whole number from 9 to 14, got 3",
        ),
        (
            'point = "piri_1"',
            'point = "gmed_3"\nseconds = 60\n\n[[template.steps]]\npoint = "piri_1"',
            "work on one area and side",
        ),
    ],
)
def test_a_template_above_the_guides_dose_is_told(copy, old, new, message):
    path = copy / "guide.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    told = [str(problem) for problem in kit.check_guide(copy) if not problem.is_note]
    assert any(message in problem and "template.steps: " in problem for problem in told), told


def test_a_template_step_above_the_points_own_seconds_is_told(copy):
    rows = (copy / "points.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [re.sub(r",(\d+),120,", ",30,40,", row) if row.startswith("vl_4,") else row for row in rows]
    (copy / "points.csv").write_text("".join(changed), encoding="utf-8")
    (told,) = [str(problem) for problem in kit.check_guide(copy) if not problem.is_note]
    assert told.endswith("of vl_4: seconds must be at most 40, its max_seconds, got 60; lower it.")


def test_the_units_of_a_check_are_those_that_places_can_use():
    from selfcare_kit.body.place.rules import cun_lengths

    own = {id: landmark.xyz for id, landmark in atlas().landmark_values.items()}
    assert set(cun_lengths(own)) == set(tables()["places"].columns["offset_unit"].choices)


@pytest.mark.slow
def test_a_guide_without_the_texts_of_a_leaflet_can_be_used_and_is_told(copy):
    text = copy / "text" / "en.csv"
    rows = text.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("leaflet.")]
    text.write_text("".join(kept), encoding="utf-8")
    told = [str(problem) for problem in kit.check_guide(copy) if "leaflet" in str(problem) and "en.csv" in problem.file]
    assert told[0] == "text/en.csv, column key: note: 'leaflet.title' has no text, so there is no leaflet; add it."
    headings = [f"{key},Words\n" for key in LEAFLET_TEXTS]
    assert len(told) == len(headings)
    with pytest.raises(GuideError, match="leaflet"):
        kit.load_guide(copy).to_html()
    for missing in headings:
        text.write_text("".join([*kept, *(row for row in headings if row != missing)]), encoding="utf-8")
        with pytest.raises(GuideError, match=missing.split(",")[0]):
            Guide(copy).to_html()
    text.write_text("".join([*kept, *headings]), encoding="utf-8")
    assert "<html" in Guide(copy).to_html()


def test_safety_ids_in_lower_case_can_be_answered(copy):
    for path in (copy / "guide.toml", *copy.rglob("*.csv")):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\b[RC]\d\d\b", lambda id: id[0].lower(), text), encoding="utf-8")
    mine = kit.load_guide(copy)
    assert kit.screen(yes=["r01"], guide=mine).action == "emergency"
    answered = kit.screen(yes=[" C12 "], where={"C12": ["foot_top"]}, guide=mine)
    assert answered.yes == ("c12",)
    assert answered.blocked_areas == {"foot_top"}


def test_all_areas_stand_alone_and_an_answer_names_what_it_is_about(copy):
    edit(copy, "red_flags", ",emergency,all,", ",emergency,all;low_back,")
    assert any("'all' must stand alone" in str(problem) for problem in kit.check_guide(copy))


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("places", "greater_trochanter_top", "greater_trochanter_tip"),
        ("point_acupoints", ",GB30,", ",GB3O,"),
        ("red_flags", ",all,", ",low_bock,"),
        ("text/de", "\npoint.piri_1.where,", "\npoint.piri_11.where,"),
        ("text/de", "\ncaution.C05,", "\ncaution.C055,"),
        ("text/de", "\narea.hip_side,", "\narea.hip_sid,"),
    ],
)
def test_a_place_or_a_safety_id_is_never_guessed_in_a_check(copy, table, old, new):
    edit(copy, table, old, new)
    wrong = new.strip("\n,")
    (told, *_) = [problem.message for problem in kit.check_guide(copy) if f"{wrong!r} is not" in problem.message]
    assert "perhaps" not in told


def test_no_point_id_is_guessed_even_in_a_check(copy):
    edit(copy, "referrals", "piri_1,", "piri_9,")
    messages = [problem.message for problem in kit.check_guide(copy)]
    assert any("'piri_9' is not in points.csv; add it there or correct it" in message for message in messages)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("points.csv", None, "points.csv cannot be read"),
        ("points.csv", b"\xff\xfe", "points.csv must be UTF-8 text, got byte 0xff at 0"),
        ("points.csv", b"id,muscle\n", "points.csv has no column 'number'"),
        ("points.csv", b'id,"muscle\n', "points.csv is not a CSV table"),
        ("areas.csv", b"id,label,client,synonyms,group,stage,paired,basis,source\na,b\n", "row 2 must have 9 cells, got 2"),
        ("guide.toml", b"id = ", "guide.toml is not valid TOML"),
        ("guide.toml", b'id="x"\ntitle="x"\nversion="1"\n[dose]\nmax_area_seconds=300\n', "max_area_seconds must be a whole number from 1 to 120"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_in_one_sentence(copy, name, content, message):
    path = copy / name
    path.unlink() if content is None else path.write_bytes(content)
    problems = kit.check_guide(copy)
    assert any(message in str(problem) for problem in problems), list(map(str, problems))


def test_a_missing_client_text_is_listed(copy):
    edit(copy, "text/en", "point.piri_1.where,", "point.piri_1.elsewhere,")
    assert any("'point.piri_1.where' has no text" in str(problem) for problem in kit.check_guide(copy))


def test_an_unknown_language_is_refused(guide):
    with pytest.raises(UnknownIdError, match="language must be one of .*en.*got 'xx'; add text/xx.csv"):
        guide.texts("xx")


def test_nobody_has_reviewed_the_guide_yet_and_it_says_so(guide):
    assert guide.reviewed_by == ""


@pytest.mark.parametrize(
    ("name", "has"),
    [("hip_side", True), ("Hip, side", True), ("hip side", True), ("hip_sidee", False), ("", False), (7, False)],
)
def test_a_guide_has_the_areas_that_it_finds(guide, name, has):
    assert guide.has_area(name) is has
