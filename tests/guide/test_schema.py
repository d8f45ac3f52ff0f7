"""`data/datapackage.json` is the one description of a guide's tables: reading, checking and the documentation follow it."""

import ast
import copy
import csv
import gc
import json
import pickle
import runpy
import shutil
import types
import typing
import weakref
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import GuideError, UnknownIdError
from selfcare_kit.guide import records
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.index import GuideRecords
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.problems.find import find_problems
from selfcare_kit.guide.schema import Column, tables
from selfcare_kit.model.actions import ACTIONS
from selfcare_kit.model.step import MODES
from selfcare_kit.plan.search_index import search_index
from selfcare_kit.safety.verdict import Judge

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(kit.__file__).resolve().parent
# Rooms and modules that read files from outside, in which a cell of a client's table says yes in many ways.
FOREIGN = {"spreadsheets/yes_words.py", "batches/orders.py", "export/record"}
# What reads tables.
RAW = {"guide"}


@pytest.fixture(scope="module")
def modules_but():
    """The nodes of all modules but some: to read the package again for each rule would take longer than the rules."""
    nodes_of = {
        path.relative_to(PACKAGE).as_posix(): tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        for path in sorted(PACKAGE.rglob("*.py"))
    }

    def chosen(*left_out):
        for name, nodes in nodes_of.items():
            if not any(name == each or name.startswith(f"{each}/") for each in left_out):
                yield name, nodes

    return chosen


def columns():
    return [(table.name, column) for table in tables().values() for column in table.columns.values()]


# The description


def test_the_tables_of_the_built_in_guide_have_the_columns_of_the_description_in_its_order(guide):
    for name, table in tables().items():
        with (guide.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert tuple(next(csv.reader(file))) == tuple(table.columns), name


def test_every_table_of_the_built_in_guide_is_described(guide):
    assert {path.stem for path in guide.folder.glob("*.csv")} == set(tables())


def test_what_a_column_refers_to_is_a_table(guide):
    known = {*tables(), "body-landmarks"}
    assert {name for _, column in columns() for name in column.references} <= known
    assert {column.at_most for table, column in columns() if column.at_most} <= {
        column.name for _, column in columns() if column.kind == "number"
    }


def test_the_words_of_the_description_that_frictionless_does_not_know_are_all_read():
    package = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    own = [each.get("selfcare", {}) for each in package["resources"]]
    own += [each.get("selfcare", {}) for resource in package["resources"] for each in resource["schema"]["fields"]]
    known = {"optional", "list", "references", "alone", "at_most", "usual", "added", "built_in_only"}
    assert {word for each in own for word in each} == known
    told = {each for words in own for each in words.get("built_in_only", ())}
    assert told <= {"type", "required", "enum", "minimum", "maximum", "foreignKeys"}


def test_modes_and_actions_are_those_that_the_rules_know():
    points, techniques, sensations = (tables()[name].columns for name in ("points", "techniques", "sensations"))
    assert points["mode"].choices == techniques["mode"].choices == MODES
    assert sensations["alert_action"].choices == sensations["alert_both_sides_action"].choices == ("", *ACTIONS)
    assert tables()["nerves"].columns["action"].choices == ACTIONS[1:]
    assert set(tables()["red_flags"].columns["action"].choices) < set(ACTIONS)
    assert set(tables()["cautions"].columns["action"].choices) < set(ACTIONS)


def test_no_sensation_of_the_built_in_guide_alerts_to_nothing(guide):
    for each in guide.records.sensations.values():
        assert "go" not in (each.alert_action, each.alert_both_sides_action)


def test_what_holds_for_the_built_in_guide_alone_is_not_asked_of_another(tmp_path, guide):
    folder = shutil.copytree(guide.folder, tmp_path / "mine")
    for table, old, new in (("areas", ",Thigh,", ",Oberschenkel,"), ("sources", ",2009,", ",about 2009,")):
        path = folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    assert [problem for problem in find_problems(folder) if not problem.is_note] == []


def test_the_page_for_authors_is_what_the_description_says():
    page = runpy.run_path(str(ROOT / "tools" / "guide_tables.py"))["page"]()
    assert (ROOT / "docs" / "guide-tables.md").read_text(encoding="utf-8") == page, "run python -m tools.guide_tables"


# Records


MADE = {
    "sources": records.Source, "muscles": records.Muscle, "areas": records.Area, "referrals": records.Referral,
    "prevalence": records.Share, "search_words": records.SearchWord, "acupoints": records.Acupoint,
    "point_acupoints": records.NearbyAcupoint, "sensations": records.Sensation, "red_flags": records.Rule,
    "cautions": records.Rule, "limits": records.Limit, "nerves": records.Nerve, "tools": records.Tool,
    "positions": records.Position, "techniques": records.Technique, "videos": records.VideoLink,
    "reviewers": records.Reviewer, "reviews": records.ItemReview,
}  # fmt: skip


def type_of(column: Column):
    if column.kind == "list":
        return tuple[str, ...]
    made = {"string": str, "boolean": bool, "integer": int, "number": float}[column.type]
    return made if column.is_required or made in (str, bool) else made | None


def is_as_described(hint, column):
    if typing.get_origin(hint) is typing.Literal:
        words = tuple(map(str, typing.get_args(hint)))
        return set(column.choices) <= set(words)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return set(typing.get_args(hint)) == set(typing.get_args(type_of(column)))
    return hint == type_of(column)


@pytest.mark.parametrize("name", MADE)
def test_the_fields_of_a_row_are_columns_of_the_type_that_the_description_gives(name):
    described = tables()[name].columns
    hints = typing.get_type_hints(MADE[name])
    assert len(described.keys() & hints.keys()) >= 3
    for field, hint in hints.items():
        if field in described:
            assert is_as_described(hint, described[field]), (name, field, hint, described[field])
        else:
            assert MADE[name] is records.Rule, (name, field)
            assert field in {"is_red_flag", *tables()["red_flags"].columns, *tables()["cautions"].columns}


@pytest.mark.parametrize("name", MADE)
def test_every_row_becomes_a_value_of_its_fields_types(guide, name):
    found = getattr(guide.records, name)
    found = tuple(found.values()) if isinstance(found, dict) else found
    assert len(found) == len(guide.table(name))
    hints = typing.get_type_hints(MADE[name])
    for row, raw in zip(found, guide.table(name), strict=True):
        for field, hint in hints.items():
            value = getattr(row, field)
            if typing.get_origin(hint) is typing.Literal:
                assert value in typing.get_args(hint), (name, field, value)
            elif typing.get_origin(hint) is tuple:
                assert value == tuple(part for part in raw.get(field, "").split(";") if part), (name, field)
            else:
                assert isinstance(value, hint), (name, field, value)
                assert (
                    field not in raw or hint is bool or value is None or str(value) in (raw[field], f"{raw[field]}.0")
                )
            if hint is bool and field in raw:
                assert value == (raw[field] == "yes")


def test_a_typed_row_is_frozen_and_equal_to_one_of_the_same_values(guide):
    rule = guide.records.red_flags["R01"]
    with pytest.raises(FrozenInstanceError):
        rule.action = "go"
    with pytest.raises(FrozenInstanceError):
        del rule.action
    again = GuideRecords(guide).red_flags["R01"]
    assert again is not rule
    assert again == rule
    assert hash(again) == hash(rule)
    assert rule != guide.records.red_flags["R02"]
    assert "id='R01'" in repr(rule)


def test_an_id_that_a_table_does_not_have_is_refused_in_words(guide):
    assert guide.records.tools.get("hammer") is None
    with pytest.raises(UnknownIdError, match=r"tool must be one of .* got 'hammer'; see guide.tools"):
        _ = guide.records.tools["hammer"]


@pytest.mark.parametrize(
    ("table", "column"),
    [("nerves", "pain_min"), ("places", "offset_up"), ("zones", "radius_cm"), ("landmarks", "fraction")],
)
def test_a_wrong_cell_of_a_guide_that_nobody_checked_is_refused_with_its_row(tmp_path, guide, table, column):
    folder = shutil.copytree(guide.folder, tmp_path / "mine")
    path = folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = list(tables()[table].columns).index(column)
    cells = next(csv.reader([lines[1]]))
    cells[at] = "much"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(lines[0])
        csv.writer(file).writerow(cells)
    with pytest.raises(GuideError, match=rf"{table}.csv, row 2 has a wrong or unknown value .*'much'; run check_guide"):
        _ = getattr(Guide(folder).records, table)


# The rules


@pytest.mark.slow
def test_no_rule_compares_with_yes_or_no(modules_but):
    for name, nodes in modules_but("guide/cells.py", "guide/records.py", *FOREIGN):
        for node in nodes:
            if isinstance(node, ast.Compare):
                said = {each.value for each in (node.left, *node.comparators) if isinstance(each, ast.Constant)}
                assert not said & {"yes", "no"}, f"{name}, line {node.lineno} compares with {said}"


@pytest.mark.slow
def test_nothing_but_the_room_of_guides_splits_a_cell(modules_but):
    for name, nodes in modules_but("guide"):
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module == "selfcare_kit.guide.cells":
                assert "split" not in {each.name for each in node.names}, name
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
                said = {each.value for each in node.args if isinstance(each, ast.Constant)}
                # The names of months and weekdays stand in a text, not in a table.
                assert ";" not in said or name == "export/handout/page.py", f"{name}, line {node.lineno}"


@pytest.mark.slow
def test_no_rule_reads_a_row_as_text(modules_but):
    for name, nodes in modules_but(*RAW):
        for node in nodes:
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("rows_by_id", "_tables"), f"{name}, line {node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_of_guide = ast.unparse(node.func.value).endswith("guide")
                assert not (is_of_guide and node.func.attr in ("table", "row")), f"{name}, line {node.lineno}"


# What is kept of a guide


def test_what_is_kept_of_a_guide_is_worked_out_once_for_each_guide_and_argument(guide):
    asked = []

    @kept_by_guide(at_most=2)
    def doubled(of, number):
        asked.append(number)
        return number * 2

    other = Guide(guide.folder)
    assert [doubled(other, number) for number in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert asked == [1, 2]
    assert doubled(Guide(guide.folder), 1) == 2
    assert asked == [1, 2, 1]
    # The third puts out the first.
    assert [doubled(other, number) for number in (3, 2, 1)] == [6, 4, 2]
    assert asked == [1, 2, 1, 3, 1]


def test_a_guide_goes_with_all_that_was_kept_of_it(guide):
    mine = Guide(guide.folder)
    assert Judge.of(mine, None, None) is Judge.of(mine, None, None)
    assert search_index(mine) is search_index(mine)
    assert mine.records.rules
    gone = weakref.ref(mine)
    del mine
    gc.collect()
    assert gone() is None


def test_a_guide_can_be_copied_and_sent_to_another_process(tmp_path, guide):
    folder = shutil.copytree(guide.folder, tmp_path / "mine")
    mine = kit.load_guide(folder)
    assert mine.records.rules
    for other in (copy.copy(mine), copy.deepcopy(mine), pickle.loads(pickle.dumps(mine))):
        assert other is not mine
        assert other.folder == mine.folder
        assert other.records.rules == mine.records.rules
    assert pickle.loads(pickle.dumps(guide)) is guide
