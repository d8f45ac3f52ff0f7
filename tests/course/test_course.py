"""A course as tables and words: what was said, nothing more, and never why."""

import csv
import io

import pytest

import selfcare_kit as kit
from selfcare_kit.course.change import change_that_matters, clearly_less
from selfcare_kit.course.course import Course
from selfcare_kit.errors import InvalidValueError


@pytest.mark.parametrize("first", range(11))
@pytest.mark.parametrize("now", range(11))
def test_a_change_matters_from_two_points_and_thirty_percent_on(first, now):
    is_enough = abs(now - first) >= 2 and abs(now - first) * 100 >= 30 * first
    assert change_that_matters(first, now) == (("less" if now < first else "more") if is_enough else "")
    bound = clearly_less(first)
    assert (bound is not None and now <= bound) == (change_that_matters(first, now) == "less")


def test_what_was_not_asked_is_no_change():
    assert {change_that_matters(None, 3), change_that_matters(3, None)} == {""}


def test_a_row_is_a_visit_and_area_and_what_was_not_asked_is_missing(course):
    df = course.to_frame()
    assert len(df) == len(course) * len(course.areas)
    assert list(df.columns) == [
        "code", "visit", "date", "day", "area", "side", "pain", "first_pain", "pain_change", "matters",
        "days_planned", "days_done", "change_felt", "steps",
    ]  # fmt: skip
    gap = df[(df["area"] == "thigh_outer") & (df["visit"] == 4)].iloc[0]
    assert gap[["pain", "pain_change"]].isna().all()
    assert df["days_done"].isna().sum() == len(course.areas)
    last = df[(df["area"] == "hip_side") & (df["visit"] == 6)].iloc[0]
    assert (last["pain"], last["first_pain"], last["pain_change"], last["matters"], last["day"]) == (
        2,
        7,
        -5,
        "less",
        71,
    )


def test_another_side_of_an_area_is_another_series(visit, course_of, guide):
    both = kit.Routine(code="C-104", complaint=guide.complaint({"hip_side": {"side": "right", "pain": 3}}))
    course = course_of(visit(pains={"hip_side": 6}), both.add("tfl_1"))
    assert course.areas == (("hip_side", "left"), ("hip_side", "right"))
    assert course.pains("hip_side", "right") == (None, 3)


def test_the_first_pain_is_the_first_that_was_asked(visit, course_of):
    df = course_of(visit(0, {"groin": None}), visit(7, {"groin": 6}), visit(14, {"groin": 3})).to_frame()
    assert list(df["first_pain"]) == [6, 6, 6]
    assert list(df["matters"]) == ["", "", "less"]


def test_activities_scores_and_diary_have_tables_of_their_own(visit, course_of):
    scores = [kit.Score("Ours", 30, "higher")]
    diary = [kit.DiaryDay(visit().date, done=True, pain=4), kit.DiaryDay(visit(1).date)]
    course = course_of(visit(activities={"walk": 3}), visit(14, activities={"walk": None}, scores=scores, diary=diary))
    activities = course.to_frame("activities")
    assert [None if score != score else score for score in activities["score"].astype(float)] == [3, None]
    assert course.to_frame("scores")[["label", "value", "better"]].to_numpy().tolist() == [["Ours", 30, "higher"]]
    days = course.to_frame("diary")
    assert list(days["day"]) == [0, 1]
    assert days["pain"].isna().tolist() == [False, True]
    assert (course.activities, course.scores) == (("walk",), ("Ours",))
    with pytest.raises(InvalidValueError, match="rows must be one of areas, activities, scores, diary, got 'points'"):
        course.to_frame("points")


def test_a_course_without_a_diary_has_an_empty_table_of_the_same_kinds(visit, course_of, course):
    assert course_of(visit()).to_frame("diary").dtypes.to_dict() == course.to_frame("diary").dtypes.to_dict()


def test_the_csv_has_the_rows_of_the_frame_and_a_code_that_no_spreadsheet_takes_for_a_formula(course, tmp_path):
    rows = list(csv.DictReader(io.StringIO(course.to_csv(), newline="")))
    df = course.to_frame()
    assert [row["pain"] for row in rows] == [
        "" if pain != pain else str(int(pain)) for pain in df["pain"].astype(float)
    ]
    risky = Course("=1+1", course.visits)
    assert next(csv.DictReader(io.StringIO(risky.to_csv(), newline="")))["code"] == "'=1+1"
    assert course.to_csv(tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,visit,")


def test_the_summary_is_one_paragraph_that_says_what_happened(course):
    assert course.summary() == (
        "C-104: 6 visits in 10 weeks, 2026-06-01 to 2026-08-11. Pain of 10, first to last: hip, side, left: 7 to 2 "
        "(clearly less); low back, left: 5 to 3 (clearly less); thigh, outer, left: 4 to 1 (clearly less, not asked at "
        "visit 4). Activities, 0 not at all to 10 as before: climb the stairs: 3 to 8; sleep on my left side: 2 to 7. "
        "Done on 27 of 36 planned days. Change felt since the visit before, -5 to +5: +1, +1, 0, +3, +2. Said to have "
        "helped: Tensor fasciae latae, just outside the ASIS (tfl_1), left (3 times); Gluteus medius, mid-crest "
        "(gmed_2), left (3 times). Sore after: Vastus lateralis, mid-thigh, front-outer (vl_4), left. The routine was "
        "changed at visits 2, 3 and 5. Clear is at least 2 points and 30 % of the first (Farrar 2001, Childs 2005); "
        "pain also changes by itself."
    )


def test_one_visit_is_told_without_a_change(visit, course_of):
    assert course_of(visit()).summary() == (
        "C-104: 1 visit, 2026-06-01. Pain of 10, first to last: hip, side, left: 6. Clear is at least 2 points and 30 % of "
        "the first (Farrar 2001, Childs 2005); pain also changes by itself."
    )


def test_a_peak_between_the_ends_is_told(visit, course_of):
    course = course_of(visit(0, {"groin": 4}), visit(7, {"groin": 8}), visit(14, {"groin": 3}))
    assert "groin, left: 4 to 3 (no clear change, 8 at visit 2)" in course.summary()


def test_what_got_worse_is_told_as_plainly_as_what_got_better(visit, course_of):
    assert "hip, side, left: 3 to 6 (clearly more)" in course_of(visit(pains={"hip_side": 3}), visit(7)).summary()


def test_days_asked_at_some_visits_only_and_files_left_out_are_told(visit, tmp_path):
    routines = (visit(0), visit(7, days_done=3, days_planned=4), visit(14))
    for number, routine in enumerate(routines):
        routine.to_json(tmp_path / f"{number}.json")
    (tmp_path / "Miller Anna.json").write_text("{")
    routines[0].add("ql_s2", side="left").to_json(tmp_path / "other.json")
    course = kit.read_course(tmp_path)
    text = course.summary()
    assert "Done on 3 of 4 planned days, asked at visit 2." in text
    assert "The routine was not changed." in text
    assert "1 file contradicts another one and is left out." in text
    # Whose the other file is, nobody knows; it is not for this client's chart.
    assert [each.file for each in course.unread] == ["Miller Anna.json", "other.json"]
    assert "Miller" not in text + course.to_html()


def test_whatever_was_typed_the_summary_is_one_line(visit, course_of):
    text = course_of(visit(code="C-104\n=1", activities={"walk\x07 the dog": 2})).summary()
    assert text.splitlines() == [text]
    assert "walk the dog: 2" in text


def test_a_course_without_visits_says_so():
    assert Course("C-1").summary() == "C-1: no visit."
