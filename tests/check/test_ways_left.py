"""The check of a guide tells which rules leave a point without any way to do it."""

import csv

import pytest

import selfcare_kit as kit


def edit(folder, table, id, **cells):
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if row["id"] == id]
    row.update(cells)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def ways(folder):
    """The notes about ways, by the rule they begin with."""
    problems = kit.check_guide(folder)
    assert not [problem for problem in problems if not problem.is_note], problems[:3]
    notes = [problem for problem in problems if "no way" in problem.message]
    return {note.message.partition(" ")[0]: note for note in notes}


def test_what_the_built_in_guide_leaves_without_a_way_is_told_and_no_more(guide):
    notes = ways(guide.folder)
    assert set(notes) == {"R19", "C04", "C10", "C27"}
    assert "fdb_1" in notes["C04"].message
    assert "tfl_1" in notes["C27"].message


def test_a_rule_without_a_way_is_told_with_its_row_and_what_to_do(copy):
    edit(copy, "cautions", "C03", blocks_positions="floor_lying;lying_on_back;chair_sitting;any;wall_standing")
    note = ways(copy)["C03"]
    assert str(note).startswith("cautions.csv, row 4: note: C03 leaves no way to do gmax_1, ")
    assert str(note).endswith("; give them another tool or position, or block them.")
    assert note.is_note


@pytest.mark.slow
def test_another_tool_takes_the_note_away(copy):
    before = ways(copy)["C04"].message
    assert "qp_1" in before
    edit(copy, "points", "qp_1", tools="small_firm_ball;supported_fingers")
    assert "qp_1" not in ways(copy)["C04"].message


def test_what_a_rule_blocks_needs_no_way(copy):
    edit(copy, "cautions", "C27", blocks_area="yes")
    assert "C27" not in ways(copy)


def test_a_rule_of_a_place_is_told_to_leave_no_way_in_anybody(copy):
    edit(copy, "cautions", "C18", blocks_tools="massage_ball")
    note = ways(copy)["C18"]
    assert "C18 leaves no way in anybody to do gmed_2, gmin_a" in note.message
    assert note.file == "cautions.csv"


def test_two_rules_of_a_place_are_named_together(copy):
    edit(copy, "cautions", "C18", blocks_positions="wall_standing")
    edit(copy, "cautions", "C31", blocks_positions="chair_sitting;floor_lying")
    told = [problem.message for problem in kit.check_guide(copy)]
    assert [each for each in told if each.startswith("C18 and C31 leave no way in anybody to do gmed_2")]


def test_a_rule_of_a_region_is_looked_at_in_each_area(copy):
    edit(copy, "cautions", "C12", blocks_area="no", blocks_positions="wall_standing;floor_lying;chair_sitting")
    note = ways(copy)["C12"]
    assert "piri_1" in note.message
    assert "ql_s1" in note.message


def test_a_limit_is_told_under_its_rule(copy):
    edit(copy, "limits", "L02", blocks_positions="floor_lying;lying_on_back;standing_foot;wall_standing;chair_sitting")
    assert "vl_3" in ways(copy)["C03"].message


def test_a_rule_that_follows_from_two_answers_is_told_when_its_parts_leave_a_way(copy):
    edit(copy, "red_flags", "R11c", blocks_tools="massage_ball", areas="thigh_outer", action="refer")
    note = ways(copy)["R11c"]
    assert note.file == "red_flags.csv"
    assert "vl_3" in note.message


def test_a_guide_with_a_problem_is_told_of_that_first(copy):
    edit(copy, "cautions", "C03", blocks_positions="on_the_moon")
    assert not [problem for problem in kit.check_guide(copy) if "no way" in problem.message]
