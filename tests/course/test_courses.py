"""Many clients together: nothing of one, nothing of few."""

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError


@pytest.fixture
def folder_of(visit, tmp_path):
    def made(clients):
        for number in range(clients):
            for day in range(0, 14 * (1 + number % 3), 14):
                routine = visit(day, {"hip_side": 6, **({"groin": 3} if number == 0 else {})}, code=f"C-{200 + number}",
                                activities={"visit my sister": 3})  # fmt: skip
                routine.to_json(tmp_path / f"{number}_{day}.json")
        return tmp_path

    return made


def test_each_code_is_a_course_and_what_is_of_none_is_told(folder_of):
    folder = folder_of(6)
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    courses = kit.read_courses(folder)
    assert [course.code for course in courses.courses] == [f"C-{200 + number}" for number in range(6)]
    assert [len(course) for course in courses.courses] == [1, 2, 3, 1, 2, 3]
    assert [each.file for each in courses.unread] == ["notes.csv"]


def test_the_table_has_no_code_no_date_and_nothing_that_was_typed(folder_of):
    df = kit.read_courses(folder_of(6)).to_frame()
    assert list(df.columns) == [
        "client", "visit", "visits", "week", "area", "side", "pain", "first_pain", "pain_change", "matters",
        "days_planned", "days_done", "change_felt", "steps",
    ]  # fmt: skip
    text = df.to_csv()
    assert "C-20" not in text
    assert "2026" not in text
    assert "sister" not in text
    assert sorted(df["client"].unique()) == [1, 2, 3, 4, 5, 6]
    assert sorted(df["week"].unique()) == [0, 2, 4]
    assert sorted(df.groupby("client")["visits"].first()) == [1, 1, 2, 2, 3, 3]


def test_the_numbers_of_clients_are_others_each_time_unless_a_seed_is_given(folder_of):
    courses = kit.read_courses(folder_of(6))
    assert courses.to_frame(seed=1).equals(courses.to_frame(seed=1))
    assert len({courses.to_frame(seed=seed).to_csv() for seed in range(8)}) > 1


def test_an_area_of_few_clients_is_not_named(folder_of):
    df = kit.read_courses(folder_of(6)).to_frame()
    assert set(zip(df["area"], df["side"], strict=True)) == {("hip_side", "left"), ("other", "")}


def test_fewer_than_five_clients_are_not_looked_at_together(folder_of):
    with pytest.raises(InvalidValueError, match="clients must be at least 5 to be looked at together, got 4; look at"):
        kit.read_courses(folder_of(4)).to_frame()
