"""A guide of one's own from the shell: asked for at a prompt, gone on with, or made of a file of answers."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import selfcare_kit as kit
from selfcare_kit.cli import main
from selfcare_kit.guide.scaffold.answers import read_answers
from selfcare_kit.guide.scaffold.example import example_answers, write_example_answers

# Up to the first point: title, clinic, areas, techniques, tools, positions, red flags, cautions, three boxes.
BEFORE_POINTS = [
    "Calf pain",
    "Clinic A",
    "calf_back heel foot_arch",
    "calf_over_knee",
    "",
    "",
    "",
    "",
    "Foot cold | No air",
]
BEFORE_POINTS += ["", "-", "n", "n", "n"]
# Muscle, label, from, to, fraction, lateral, up, front, surface, area, touches, main, also, technique, pressure,
# cautions, client.
POINT = ["gastrocnemius", "Medial head", "popliteal_crease", "calf_belly_end", "0.45", "-2,2", "", "-1.5", "back"]
POINT += ["calf_back", "", "foot_arch", "calf_back", "", "", "R05 C05", "Find the thick part of your calf."]
ANSWERS = "mine-answers.toml"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **extra: CliRunner().invoke(main, ["guide", "new", *arguments], **extra)


def typed(*answers):
    return "\n".join(answers) + "\n"


def test_what_is_asked_becomes_a_guide_without_a_problem(run):
    result = run("mine", input=typed(*BEFORE_POINTS, *POINT, "n"))
    assert result.exit_code == 0, result.output
    assert "Wrote the guide mine. Nobody has reviewed it; what is left to do is in mine/TO DO.txt." in result.output
    assert [problem for problem in kit.check_guide("mine") if not problem.is_note] == []
    guide = kit.load_guide("mine")
    assert list(guide.point_values) == ["gastrocnemius_1"]
    assert kit.locate("gastrocnemius_1", "back", guide=guide) == kit.locate("gas_1", "back")
    assert guide.texts("en")["handout.emergency.2"] == "No air"
    assert "handout.today.1" not in guide.texts("en")


def test_the_answers_stay_beside_the_folder_and_make_the_same_guide_again(run):
    run("mine", input=typed(*BEFORE_POINTS, *POINT, "n"))
    assert run("again", "--from", ANSWERS).exit_code == 0
    files = {path.relative_to("mine") for path in Path("mine").rglob("*.csv")}
    assert {path.relative_to("again") for path in Path("again").rglob("*.csv")} == files
    assert all((Path("again") / path).read_bytes() == (Path("mine") / path).read_bytes() for path in files)


@pytest.mark.parametrize("count", [1, 4, len(BEFORE_POINTS), len(BEFORE_POINTS) + 3, len(BEFORE_POINTS) + len(POINT)])
def test_a_session_that_breaks_off_goes_on_where_it_stopped(run, count):
    everything = [*BEFORE_POINTS, *POINT]
    first = run("mine", input=typed(*everything[:count]))
    assert first.exit_code == 1
    assert f"Your answers so far are in {ANSWERS}; the same command goes on from there." in first.output
    assert not Path("mine").exists()
    # What is of one's own, or one more, is offered again: nobody said that there is none.
    rest = everything[count:]
    again = ["n", "n", "n"][: max(0, 3 - max(0, len(BEFORE_POINTS) - count))]
    result = run("mine", input=typed(*again, *rest, "n"))
    assert result.exit_code == 0, result.output
    assert f"Going on with {ANSWERS}" in result.output
    assert list(kit.load_guide("mine").point_values) == ["gastrocnemius_1"]


def test_a_wrong_answer_is_told_and_asked_again(run):
    answers = [*BEFORE_POINTS[:2], "calf", *BEFORE_POINTS[2:], *POINT[:4], "two thirds", *POINT[4:], "n"]
    result = run("mine", input=typed(*answers))
    assert result.exit_code == 0, result.output
    assert "Error: areas must be of low_back, " in result.output
    assert "Error: fraction must be a number from 0 to 1, got 'two thirds'; correct it." in result.output


@pytest.mark.slow
def test_a_place_off_the_body_is_told_at_once_and_enter_keeps_the_rest(run):
    wrong = [*POINT[:5], "40", *POINT[6:]]
    again = [*[""] * 5, "-2.2", *[""] * 11]
    result = run("mine", input=typed(*BEFORE_POINTS, *wrong, *again, "n"))
    assert result.exit_code == 0, result.output
    assert "gastrocnemius_1 lies" in result.output
    assert "Once more; Enter keeps what you answered." in result.output
    assert kit.locate("gastrocnemius_1", "back", guide=kit.load_guide("mine")) == kit.locate("gas_1", "back")


def test_rules_are_marked_and_changed_by_plus_and_minus(run):
    answers = [*BEFORE_POINTS[:6], "+R09 -R24 -R24b", *BEFORE_POINTS[7:]]
    result = run("mine", input=typed(*answers))
    assert "* R05   Possible deep vein thrombosis: Is one leg newly swollen" in result.output
    assert "  R09   Possible spinal fracture" in result.output
    taken = read_answers(ANSWERS)["red_flags"]
    assert "R09" in taken
    assert not {"R24", "R24b"} & {*taken}


def test_a_question_mark_lists_what_may_be_answered(run):
    result = run("mine", input=typed(*BEFORE_POINTS, *POINT[:2], "?"))
    assert result.output.count("Popliteal crease, middle") == 2


def test_a_point_may_use_a_landmark_of_ones_own(run):
    landmark = ["y", "my_spot", "Middle of the calf", "popliteal_crease", "calf_belly_end", "0.5", "", "", "-1", "n"]
    point = [*POINT[:2], "my_spot", "-", "", "", "", "back", *POINT[9:]]
    result = run("mine", input=typed(*BEFORE_POINTS[:-3], *landmark, "n", "n", *point, "n"))
    assert result.exit_code == 0, result.output
    assert [row["id"] for row in kit.load_guide("mine").table("landmarks")] == ["my_spot"]


def test_a_place_may_be_read_from_the_grid_and_told_by_a_rule_that_is_chosen(run):
    answers = [*POINT[:2], "back 0 60", "back -10.4 25,4", "2", "", *POINT[10:]]
    result = run("mine", input=typed(*BEFORE_POINTS, *answers, "n"))
    assert result.exit_code == 0, result.output
    assert "Error: a spot must lie on the body of the back view, got 0, 60" in result.output
    assert "That is calf_back, surface back. It can be told as:" in result.output
    seen = kit.locate("gastrocnemius_1", "back", guide=kit.load_guide("mine"))
    assert seen == pytest.approx((-10.4, 25.4), abs=0.3)


@pytest.mark.slow
def test_the_area_of_a_place_is_the_usual_answer_and_another_one_is_told_with_it(run):
    answers = [*POINT[:9], "", "", *POINT[11:]]
    assert run("mine", input=typed(*BEFORE_POINTS, *answers, "n")).exit_code == 0
    assert kit.load_guide("mine").point("gastrocnemius_1").area == "calf_back"
    chosen = [*POINT[:9], "heel", "<", "", *POINT[10:]]
    result = run("other", input=typed(*BEFORE_POINTS, *chosen[:11], "calf_back", *POINT[10:], "n"))
    assert "The place itself lies in calf_back, not in heel: < asks again, or name calf_back among" in result.output


def test_a_landmark_of_ones_own_may_be_read_from_the_grid(run):
    landmark = ["y", "my_spot", "Middle of the calf", "back -10.4 35", "1", "n"]
    point = [*POINT[:2], "my_spot", "-", "", "", "", "back", *POINT[9:]]
    result = run("mine", input=typed(*BEFORE_POINTS[:-3], *landmark, "n", "n", *point, "n"))
    assert result.exit_code == 0, result.output
    assert kit.locate("gastrocnemius_1", "back", guide=kit.load_guide("mine"))[1] == pytest.approx(35, abs=0.3)


def test_the_grid_is_a_page_that_is_never_written_over(run):
    assert run("--grid", "grid.html").output == "Wrote grid.html; open it in a browser.\n"
    assert "is there already" in run("--grid", "grid.html").output


def test_what_is_true_of_the_place_is_marked_as_what_to_mind(run):
    result = run("mine", input=typed(*BEFORE_POINTS, *POINT[:-2], "", POINT[-1], "n"))
    assert result.exit_code == 0, result.output
    assert kit.load_guide("mine").point("gastrocnemius_1").cautions == ("C24", "C31")


def test_a_question_mark_asks_for_help_and_is_never_an_answer(run):
    result = run("mine", input=typed("?", *BEFORE_POINTS, *POINT[:-1], "?", POINT[-1], "n"))
    assert result.exit_code == 0, result.output
    assert "there is no list for title; answer in your own words or numbers" in result.output
    assert kit.load_guide("mine").title == "Calf pain"
    assert kit.load_guide("mine").texts("en")["point.gastrocnemius_1.where"] == POINT[-1]


def test_an_example_is_written_and_makes_a_guide(run):
    result = run("--example", "answers.toml")
    assert result.output == "Wrote answers.toml; put your own answers in their place.\n"
    assert run("mine", "--from", "answers.toml").exit_code == 0
    assert list(kit.load_guide("mine").point_values) == ["gastrocnemius_1", "soleus_1"]


def test_a_folder_with_something_in_it_is_refused_before_anything_is_asked(run):
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine")
    result = run("mine", input=typed(*BEFORE_POINTS))
    assert result.exit_code == 1
    assert result.output == "Error: 'mine' holds something, and is left as it is; name a new folder.\n"
    assert [path.name for path in Path().iterdir()] == ["mine"]


def test_an_error_in_a_file_of_answers_is_one_sentence(run):
    path = write_example_answers("answers.toml")
    path.write_text(path.read_text().replace('area = "calf_back"', 'area = "calf"', 1))
    result = run("mine", "--from", "answers.toml")
    assert result.exit_code == 1
    areas = ", ".join(example_answers()["areas"])
    assert result.output == f"Error: point 1: area must be of {areas}, got 'calf'; choose from these.\n"


@pytest.mark.parametrize(
    ("arguments", "message"), [((), "name the new folder"), (("m", "--example", "a.toml"), "leave out")]
)
def test_what_is_missing_or_too_much_is_told(run, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.slow
def test_what_clients_call_a_muscle_is_asked_where_the_kit_does_not_know(run):
    point = ["plantaris", "long calf muscle", *POINT[1:]]
    result = run("mine", input=typed(*BEFORE_POINTS, *point, "n"))
    assert result.exit_code == 0, result.output
    assert "What clients call it" in result.output
    assert kit.load_guide("mine").texts("en")["muscle.plantaris"] == "long calf muscle (plantaris)"
    known = run("other", input=typed(*BEFORE_POINTS, *POINT, "n"))
    assert "What clients call it" not in known.output


# The way back


def test_a_step_back_asks_the_question_before_again_with_its_answer(run):
    result = run("mine", input=typed("Calf pian", "<", "Calf pain", *BEFORE_POINTS[1:], *POINT, "n"))
    assert result.exit_code == 0, result.output
    assert "[Calf pian]" in result.output
    assert kit.load_guide("mine").title == "Calf pain"


def test_before_the_first_question_there_is_none(run):
    result = run("mine", input=typed("<", *BEFORE_POINTS, *POINT, "n"))
    assert result.exit_code == 0, result.output
    assert "This is the first question." in result.output


def test_enter_keeps_what_was_answered_on_the_way_forth_again(run):
    result = run("mine", input=typed(*BEFORE_POINTS, *POINT[:5], "<", "<", "<", "", "", "0.4", *POINT[5:], "n"))
    assert result.exit_code == 0, result.output
    place = kit.load_guide("mine").table("places")[0]
    assert (place["from_landmark"], place["to_landmark"], place["fraction"]) == (
        "popliteal_crease", "calf_belly_end", "0.4",
    )  # fmt: skip


def test_a_step_back_leads_from_a_point_over_what_nobody_wanted_to_the_first_questions(run):
    back = ["<", "<", "<", "<"]
    result = run("mine", input=typed(*BEFORE_POINTS, *back, "Call us when it hurts", "n", "n", "n", *POINT, "n"))
    assert result.exit_code == 0, result.output
    assert kit.load_guide("mine").texts("en")["handout.stop.1"] == "Call us when it hurts"


def test_a_thing_that_was_not_wanted_after_all_is_dropped_by_a_step_back(run):
    result = run("mine", input=typed(*BEFORE_POINTS[:-3], "y", "<", "n", "n", "n", *POINT, "y", "<", "n"))
    assert result.exit_code == 0, result.output
    assert read_answers(ANSWERS)["landmarks"] == []
    assert list(kit.load_guide("mine").point_values) == ["gastrocnemius_1"]


def test_a_thing_that_was_begun_is_dropped_by_a_step_back_over_its_first_question(run):
    begun = ["y", "my_spot", "Middle", "<", "<", "<", "n"]
    result = run("mine", input=typed(*BEFORE_POINTS[:-3], *begun, "n", "n", *POINT, "n"))
    assert result.exit_code == 0, result.output
    assert "Landmark of your own 1 is left out." in result.output
    assert read_answers(ANSWERS)["landmarks"] == []


def test_a_first_point_that_was_begun_is_kept_by_a_step_back_over_its_first_question(run):
    begun = ["gastrocnemius", "<", "<", "n", "", *POINT[1:]]
    result = run("mine", input=typed(*BEFORE_POINTS, *begun, "n"))
    assert result.exit_code == 0, result.output
    assert list(kit.load_guide("mine").point_values) == ["gastrocnemius_1"]


def test_a_step_back_after_a_point_asks_its_last_question_again(run):
    result = run("mine", input=typed(*BEFORE_POINTS, *POINT, "<", "Find the middle of your calf.", "n"))
    assert result.exit_code == 0, result.output
    assert kit.load_guide("mine").texts("en")["point.gastrocnemius_1.where"] == "Find the middle of your calf."


def test_a_step_back_after_a_spot_asks_for_the_place_again_and_a_landmark_asks_for_the_rest(run):
    spot = [*POINT[:2], "back -10.4 25.4", "1", "<"]
    result = run("mine", input=typed(*BEFORE_POINTS, *spot, *POINT[2:], "n"))
    assert result.exit_code == 0, result.output
    assert kit.locate("gastrocnemius_1", "back", guide=kit.load_guide("mine")) == kit.locate("gas_1", "back")


def test_enter_keeps_a_place_that_was_read_from_the_grid(run):
    spot = [*POINT[:2], "back -10.4 25.4", "1", "<", "", ""]
    result = run("mine", input=typed(*BEFORE_POINTS, *spot, *POINT[10:], "n"))
    assert result.exit_code == 0, result.output
    seen = kit.locate("gastrocnemius_1", "back", guide=kit.load_guide("mine"))
    assert seen == pytest.approx((-10.4, 25.4), abs=0.3)


def test_another_spot_may_be_typed_where_a_way_is_chosen_and_a_step_back_asks_for_the_place(run):
    ways = ["back -10.4 25.4", "back -10.4 25", "back 0 60", "9", "<", "back -10 30", "1"]
    result = run("mine", input=typed(*BEFORE_POINTS, *POINT[:2], *ways, "", *POINT[10:], "n"))
    assert result.exit_code == 0, result.output
    assert result.output.count("It can be told as:") == 3
    assert "Error: a spot must lie on the body of the back view, got 0, 60" in result.output
    assert "Error: a way is a number from 1 to 3, or another spot, got '9'; type one of them" in result.output
    seen = kit.locate("gastrocnemius_1", "back", guide=kit.load_guide("mine"))
    assert seen == pytest.approx((-10, 30), abs=0.3)


def test_whether_to_add_one_is_asked_until_it_is_yes_or_no(run):
    result = run("mine", input=typed(*BEFORE_POINTS[:-3], "calf_belly_end", *BEFORE_POINTS[-3:], *POINT, "n"))
    assert result.exit_code == 0, result.output
    assert "Error: the answer must be yes or no, got 'calf_belly_end'; answer with one of them." in result.output


def test_a_landmark_of_ones_own_does_not_begin_at_itself(run):
    landmark = ["y", "my_spot", "Middle of the calf", "my_spot", "popliteal_crease", "calf_belly_end", "0.5"]
    landmark += ["", "", "-1", "n"]
    point = [*POINT[:2], "my_spot", "-", "", "", "", "back", *POINT[9:]]
    result = run("mine", input=typed(*BEFORE_POINTS[:-3], *landmark, "n", "n", *point, "n"))
    assert result.exit_code == 0, result.output
    assert "got 'my_spot'; choose from these." in result.output
    assert "  my_spot  " not in result.output.partition("got 'my_spot'")[0]
