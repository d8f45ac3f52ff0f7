"""The check of a guide tells which rows do nothing, and of a sequence that the own rules of the guide refuse."""

import csv

import pytest

import selfcare_kit as kit

POINT = (
    'demo_1,vastus_lateralis,9,Demo,thigh_outer,extra,no,,ball_wall_hold,hold,massage_ball,wall_standing,60,120,4,2,3,'
    '"{cautions}",,,,estimate,KIT\n'
)  # fmt: skip
CAUTION = "C90,Demo,,{kind},{question},,,,,,Demo.,caution,thigh_outer,,{blocks},,,2,,no,estimate,KIT\n"
PLACE = "demo_1,1,spot,greater_trochanter,lateral_epicondyle,0.6,2.5,0,2,cm,side,2,estimate,KIT\n"


def add(folder, name, *rows):
    with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)


def caution(folder, kind="anatomy", question="", blocks="no"):
    add(folder, "cautions", CAUTION.format(kind=kind, question=question, blocks=blocks))
    add(folder, "text/en", "caution.C90,Demo.\n")


def point(folder, cautions=""):
    add(folder, "points", POINT.format(cautions=cautions))
    add(folder, "places", PLACE)
    add(folder, "text/en", "point.demo_1.where,Demo.\n")


def last_row(folder, table):
    """As a spreadsheet numbers it."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return len(list(csv.reader(file)))


def told(folder):
    problems = kit.check_guide(folder)
    assert not [problem for problem in problems if not problem.is_note], problems[:3]
    return [str(problem) for problem in problems if "demo_1 has" in problem.message or "C90 does" in problem.message]


def test_in_the_built_in_guide_nothing_is_unused(guide):
    messages = [problem.message for problem in kit.check_guide(guide.folder)]
    assert not [each for each in messages if "no row in referrals.csv" in each or "does nothing" in each]


def test_a_point_that_no_complaint_leads_to_is_told_with_its_row(copy):
    point(copy)
    assert told(copy) == [
        f"points.csv, row {last_row(copy, 'points')}: note: demo_1 has no row in referrals.csv, so no complaint leads to it; "
        "say there where its pain is felt."
    ]


def test_a_point_with_a_referral_is_not_told(copy):
    point(copy)
    add(copy, "referrals", "demo_1,thigh_outer,primary,yes,,0,no,estimate,KIT\n")
    assert told(copy) == []


def test_a_caution_of_a_place_that_no_point_names_is_told_with_its_row(copy):
    caution(copy)
    assert told(copy) == [
        f"cautions.csv, row {last_row(copy, 'cautions')}: note: C90 does nothing, because no point names it; "
        "add it to the column cautions of the points that lie there."
    ]


def test_a_caution_that_a_point_names_is_not_told(copy):
    caution(copy)
    point(copy, cautions="C31;C90")
    add(copy, "referrals", "demo_1,thigh_outer,primary,yes,,0,no,estimate,KIT\n")
    assert told(copy) == []


@pytest.mark.parametrize("row", [{"blocks": "yes"}, {"kind": "question", "question": "Is it so?"}])
def test_a_caution_that_closes_its_areas_or_is_asked_needs_no_point(copy, row):
    caution(copy, **row)
    assert told(copy) == []


def test_a_sequence_that_a_rule_of_a_place_refuses_is_told_and_the_guide_can_be_used(copy):
    caution(copy)
    path = copy / "points.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("C04;C22;C23,", "C04;C22;C23;C90,"), encoding="utf-8")
    (note,) = [each for each in kit.check_guide(copy) if each.file == "guide.toml"]
    assert note.is_note
    assert str(note) == (
        "guide.toml, column template.steps: note: cannot be used, and so there is no leaflet: the guide does not allow "
        "edb_1 both: pressure 3 is above 2, the most C90 (Demo) allows on foot_top; lower it (allowed: pressure 2)."
    )
    assert kit.load_guide(copy)


def test_a_caution_that_a_limit_carries_needs_no_point(copy):
    caution(copy)
    add(copy, "limits", "L90,C90,everyone,,,,thigh_outer,,no,,,3,,,estimate,KIT\n")
    assert told(copy) == []
