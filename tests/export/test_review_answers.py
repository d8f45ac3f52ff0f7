"""Answers come back from a form, perhaps by way of a spreadsheet program; what cannot be used is named in one sentence."""

import csv
import datetime
import io
import shutil

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.review.answers import NEEDED, apply_answers, read_answers
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.problems.find import find_problems
from selfcare_kit.review.items import items_of

TODAY = datetime.date(2026, 11, 29)
COLUMNS = (*NEEDED, "guide", "version")


@pytest.fixture
def mine(tmp_path):
    return Guide(shutil.copytree(data_folder() / "hip_and_leg", tmp_path / "mine"))


def row(guide, item="point/piri_1/place", **cells):
    whole = {
        "item": item, "digest": items_of(guide)[item].digest if item in items_of(guide) else "abcdefghijkl", "verdict": "agree",
        "comment": "", "reviewer": "AB", "profession": "physiotherapist", "day": "2026-11-28", "guide": guide.id, "version": guide.version,
    }  # fmt: skip
    return whole | cells


def saved(tmp_path, rows, delimiter=",", encoding="utf-8-sig", before=""):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "answers.csv"
    path.write_bytes((before + out.getvalue()).encode(encoding))
    return path


def test_answers_are_added_to_the_guides_reviews(mine, tmp_path):
    added = apply_answers(saved(tmp_path, [row(mine), row(mine, "rule/R01", verdict="unsure")]), mine, TODAY)
    assert (added.count, added.known, added.answers.refused) == (2, 0, ())
    again = Guide(mine.folder)
    assert [(each.item, each.verdict, each.day) for each in again.records.reviews] == [
        ("point/piri_1/place", "agree", "2026-11-28"), ("rule/R01", "unsure", "2026-11-28"),
    ]  # fmt: skip
    assert [problem for problem in find_problems(mine.folder) if not problem.is_note] == []


def test_the_same_file_counts_once(mine, tmp_path):
    path = saved(tmp_path, [row(mine)])
    apply_answers(path, mine, TODAY)
    before = (mine.folder / "reviews.csv").read_bytes()
    added = apply_answers(path, Guide(mine.folder), TODAY)
    assert (added.count, added.known) == (0, 1)
    assert (mine.folder / "reviews.csv").read_bytes() == before


def test_the_same_file_counts_once_for_a_guide_that_stays_open(mine, tmp_path):
    path = saved(tmp_path, [row(mine)])
    assert [apply_answers(path, mine, TODAY).count for _ in range(2)] == [1, 0]


def test_rows_are_only_ever_added(mine, tmp_path):
    apply_answers(saved(tmp_path, [row(mine, comment="=1+1")]), mine, TODAY)
    before = (mine.folder / "reviews.csv").read_bytes()
    apply_answers(
        saved(tmp_path, [row(mine, day="2026-11-29", verdict="change", comment="lower")]), Guide(mine.folder), TODAY
    )
    after = (mine.folder / "reviews.csv").read_bytes()
    assert after.startswith(before)
    assert len(Guide(mine.folder).records.reviews) == 2


def test_a_guide_without_the_table_gets_one(mine, tmp_path):
    (mine.folder / "reviews.csv").unlink()
    assert apply_answers(saved(tmp_path, [row(mine)]), Guide(mine.folder), TODAY).count == 1
    assert len(Guide(mine.folder).records.reviews) == 1


@pytest.mark.parametrize(
    ("delimiter", "encoding", "before"),
    [(";", "cp1252", ""), (";", "utf-8", "sep=;\n"), ("\t", "utf-16", ""), (",", "utf-8", "")],
)
def test_what_a_spreadsheet_program_saved_is_read(mine, tmp_path, delimiter, encoding, before):
    rows = [row(mine, comment="über der Kniescheibe", verdict="change", day="28.11.2026", profession="Physiotherapist")]
    answers = read_answers(saved(tmp_path, rows, delimiter, encoding, before), mine, TODAY)
    assert answers.refused == ()
    assert [(each.comment, each.day, each.profession) for each in answers.rows] == [
        ("über der Kniescheibe", "2026-11-28", "physiotherapist")
    ]


def test_letters_of_which_the_code_page_is_not_certain_are_read_with_a_remark(mine, tmp_path):
    answers = read_answers(saved(tmp_path, [row(mine, comment="derrière la rotule")], ";", "cp1252"), mine, TODAY)
    assert answers.rows[0].comment == "derrière la rotule"
    assert "see whether accents in comments are right" in answers.remarks[0]


@pytest.mark.parametrize("comment", ['=HYPERLINK("x"), lower', "@now", "#N/A", "+3 cm"])
def test_a_comment_is_never_a_formula_and_comes_back_as_it_was_typed(mine, tmp_path, comment):
    apply_answers(saved(tmp_path, [row(mine, verdict="change", comment=comment)]), mine, TODAY)
    assert f"'{comment[0]}" in (mine.folder / "reviews.csv").read_text(encoding="utf-8")
    from selfcare_kit.review.states import held_points

    assert comment[:4] in held_points(Guide(mine.folder))["piri_1"]


@pytest.mark.parametrize("word", ["don’t know", "don't know", "Unsure", "DO NOT KNOW"])
def test_a_doubt_is_a_doubt_however_it_is_written(mine, tmp_path, word):
    assert read_answers(saved(tmp_path, [row(mine, verdict=word)]), mine, TODAY).rows[0].verdict == "unsure"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"item": "point/gone_9/place"}, "row 2: an item must be one of guide 'hip_and_leg', got 'point/gone_9/place', which it does not have; make a new pack and ask again."),
        ({"reviewer": ""}, "row 2: the reviewer must be initials of at most 12 letters, got ''; fill in who answered."),
        ({"profession": "plumber"}, "row 2: the profession must be one of Physiotherapist, Physician, Osteopath, Acupuncturist, Podiatrist, Massage therapist, Another profession, got 'plumber'; fill it in."),
        ({"day": "2026-12-24"}, "row 2: the day must be 2026-11-29 or before, got 2026-12-24, which is still to come; correct it."),
        ({"day": "soon"}, "row 2: answers.csv has a wrong date, got 'soon'; type it with an apostrophe in front, such as '2026-11-23."),
        ({"day": ""}, "row 2: answers.csv has a wrong date, got ''; type it with an apostrophe in front, such as '2026-11-23."),
        ({"verdict": "perhaps"}, "row 2: a verdict must be agree, change, unsure, got 'perhaps'; correct it."),
        ({"digest": "1.23E+11"}, "row 2: the digest must be 12 letters that say which wording was read, got '1.23E+11'; take the file as the form saved it."),
        ({"guide": "shoulder"}, "row 2: answers must be about guide 'hip_and_leg', got 'shoulder'; name the folder of that guide."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_named_in_one_sentence(mine, tmp_path, cells, said):
    answers = read_answers(saved(tmp_path, [row(mine) | cells, row(mine, "rule/R02")]), mine, TODAY)
    assert [
        each.removeprefix("answers.csv, ").replace("row 2: answers.csv: ", "row 2: ") for each in answers.refused
    ] == [said]
    assert [each.item for each in answers.rows] == ["rule/R02"]


def test_an_answer_to_an_older_wording_is_kept_as_history(mine, tmp_path):
    answers = read_answers(saved(tmp_path, [row(mine, digest="abcdefghijkl")]), mine, TODAY)
    assert answers.remarks == (
        "answers.csv, row 2: point/piri_1/place has changed since it was read; the answer is kept as history.",
    )
    apply_answers(saved(tmp_path, [row(mine, digest="abcdefghijkl")]), mine, TODAY)
    assert (
        str(kit.review_of(["piri_1"], guide=Guide(mine.folder)))
        == "This guide has not been reviewed by a clinician yet."
    )


def test_a_wish_for_a_change_that_says_nothing_more_is_kept_with_a_remark(mine, tmp_path):
    answers = read_answers(saved(tmp_path, [row(mine, verdict="change")]), mine, TODAY)
    assert answers.remarks == ("answers.csv, row 2: point/piri_1/place is to be changed, and nobody says how; ask AB.",)


def test_boxes_that_were_not_ticked_are_no_answers(mine, tmp_path):
    assert read_answers(saved(tmp_path, [row(mine, verdict="")]), mine, TODAY).rows == ()


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04\x00\x00"])
def test_a_file_that_is_no_table_of_answers_is_refused(mine, tmp_path, content):
    path = tmp_path / "answers.csv"
    path.write_bytes(content)
    with pytest.raises(
        FileFormatError, match=r"answers.csv must have the columns item, digest, verdict, .* got none called"
    ):
        read_answers(path, mine, TODAY)
