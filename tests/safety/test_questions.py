"""The safety questions: three layers, an order, and which of them a complaint makes relevant."""

import csv
import dataclasses
import re
import shutil
import sys
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import UnknownIdError
from selfcare_kit.safety.questions import areas_reached, can_be_set_aside, is_relevant, question_groups

sys.path.insert(0, str(Path(__file__).parents[1] / "export"))
from pages import grade

CORE = ["R01", "R03", "R05", "R06", "R07", "R10", "R11", "R12", "C01", "C02", "C04", "C26"]
LANGUAGES = kit.load_guide().languages
MOST_IN_A_GROUP = 14


def relevant(complaint=None, yes=()):
    return {each.id for each in kit.questions(complaint, yes=yes) if each.is_relevant}


def words(text):
    return [word for word in text.split() if re.search(r"\w", word)]


def test_the_core_questions_come_first_then_the_relevant_ones_then_the_rest():
    asked = kit.questions({"heel": {"side": "left", "sensations": ["ache"]}})
    assert [each.id for each in asked[: len(CORE)]] == CORE
    assert all(each.is_core and each.is_relevant for each in asked[: len(CORE)])
    told = [each.is_relevant for each in asked]
    assert told == sorted(told, reverse=True)
    assert not told[-1]


def test_every_question_stands_once_whatever_hurts(guide):
    every = sorted(rule.id for rule in guide.records.asked_rules)
    for complaint in (None, "heel", ["low_back", "foot_top"]):
        assert sorted(each.id for each in kit.questions(complaint)) == every


@pytest.mark.parametrize("layer", ["question", "more"])
def test_what_is_asked_is_at_grade_six_or_below(layer):
    texts = {each.id: getattr(each, layer) for each in kit.questions()}
    assert {id: round(grade(text), 1) for id, text in texts.items() if text and grade(text) > 6} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_one_sentence_of_at_most_20_words(language):
    for each in kit.questions(language=language):
        assert len(words(each.question)) <= 20, each
        assert each.question.count("?") == 1, each
        assert each.question.endswith("?"), each


def test_a_short_label_is_one_to_four_words(guide):
    for each in kit.questions():
        assert 1 <= len(words(each.short_label)) <= 4, each


def test_no_two_questions_share_a_label():
    asked = kit.questions()
    assert len({each.short_label for each in asked}) == len(asked) == len({each.question for each in asked})


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_question_is_translated(language, guide):
    english = {each.id: each for each in kit.questions(language="en")}
    for each in kit.questions(language=language):
        assert each.question != english[each.id].question
        assert bool(each.more) == bool(english[each.id].more), each
        assert each.short_label == english[each.id].short_label
    assert [key for key in guide.translation(language).missing if key.startswith("question.")] == []


def test_english_is_not_written_twice(guide):
    file = (guide.folder / "text" / "en.csv").read_text(encoding="utf-8")
    assert "\nquestion." not in file
    row = guide.row("red_flags", "R05")
    assert guide.texts("en")["question.R05"] == row["question"]
    assert guide.texts("en")["question.R05.more"] == row["more"]


def test_a_language_that_lacks_a_question_is_told_and_asks_in_the_guides_own(guide, tmp_path):
    folder = shutil.copytree(guide.folder, tmp_path / "mine")
    file = folder / "text" / "de.csv"
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(row for row in rows if not row.startswith("question.R07,")), encoding="utf-8")
    settings = folder / "guide.toml"
    settings.write_text(settings.read_text().replace('id = "hip_and_leg"', 'id = "mine"', 1))
    (problem,) = [each for each in kit.check_guide(folder) if each.file == "text/de.csv"]
    assert problem.is_note
    assert "'question.R07' has no text and stays 'en'" in problem.message
    asked = {each.id: each.question for each in kit.questions(guide=kit.load_guide(folder), language="de")}
    assert asked["R07"] == guide.row("red_flags", "R07")["question"]


@pytest.mark.slow
def test_a_guide_without_the_new_columns_asks_with_its_labels(guide, tmp_path):
    folder = shutil.copytree(guide.folder, tmp_path / "mine")
    new = {"short_label", "more", "core", "ask_areas", "ask_sensations", "ask_after", "all_of", "max_seconds"}
    for name in ("red_flags", "cautions"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = [
                {key: value for key, value in row.items() if key not in new}
                for row in csv.DictReader(file)
                if row["id"] != "R11c"
            ]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    asked = kit.questions("heel", guide=kit.load_guide(folder))
    assert not any(each.is_core or each.more for each in asked)
    assert asked[0].short_label == asked[0].label
    # Where nothing else is said, a question is about the areas it speaks of.
    assert {"R01", "R14", "R13"} <= {each.id for each in asked if each.is_relevant}
    assert "R09" not in {each.id for each in asked if each.is_relevant}


def test_a_sore_heel_asks_nothing_about_the_back():
    assert {"R09", "R11b", "R12b", "R21", "C07"}.isdisjoint(relevant({"heel": {"side": "left"}}))
    assert {"R09", "R11b", "R12b", "R21", "C07"} <= relevant({"low_back": {"side": "left"}})


def test_a_numb_foot_asks_of_the_hip_and_back_to_which_its_steps_reach(guide):
    ache, numb = (guide.complaint({"foot_top": {"side": "left", "sensations": [of]}}) for of in ("ache", "numb"))
    assert "low_back" not in areas_reached(ache, guide)
    assert {"low_back", "hip_side", "calf_outer", "foot_top"} <= areas_reached(numb, guide)
    assert "C07" not in relevant(ache)
    assert "C07" in relevant(numb)


def test_a_sweep_reaches_every_area_it_crosses(guide):
    reached = areas_reached(guide.complaint("thigh_outer", side="left"), guide)
    assert {"hip_side", "knee_outer", "knee_front"} <= reached


@pytest.mark.parametrize("id", ["R02", "R04", "R16", "R17"])
def test_questions_of_nerves_come_with_what_is_felt_or_with_a_weak_leg(id):
    heel = {"heel": {"side": "left", "sensations": ["ache"]}}
    assert id not in relevant(heel)
    assert id in relevant(heel, yes=["R03"])
    for sensation in ("numb", "tingling", "weak"):
        assert id in relevant({"heel": {"side": "left", "sensations": [sensation]}})


@pytest.mark.parametrize(
    ("first", "then"),
    [("R11", "C15"), ("R11", "R11b"), ("C05", "C17"), ("R22", "R22b"), ("R24", "R24b"), ("C12", "R25")],
)
def test_some_questions_come_only_after_another(first, then):
    knee = {"knee_inner": {"side": "left", "sensations": ["ache"]}}
    assert then not in relevant(knee)
    assert then in relevant(knee, yes=[first])


@pytest.mark.parametrize("id", [*CORE, "R13", "R20", "C10b", "C11", "C12", "C13", "C29", "C27", "C28"])
def test_what_is_core_or_about_any_place_is_always_relevant(id, guide):
    assert not can_be_set_aside(id, guide)
    assert is_relevant(id, (), (), (), guide)


def test_a_foot_that_does_not_feel_is_asked_for_a_sore_wherever_it_hurts():
    assert "R14" not in relevant({"tailbone": {"side": "midline"}})
    assert "R14" in relevant({"tailbone": {"side": "midline"}}, yes=["C04"])


def test_a_question_set_aside_becomes_relevant_when_steps_reach_further(guide):
    assert can_be_set_aside("C07", guide)
    assert not is_relevant("C07", ("heel",), ("ache",), (), guide)
    assert is_relevant("C07", ("heel", "low_back"), ("ache",), (), guide)


def test_sides_do_not_matter():
    assert [each.id for each in kit.questions("heel")] == [
        each.id for each in kit.questions({"heel": {"side": "right", "pain": 3}})
    ]


def test_without_a_complaint_all_but_what_comes_after_another_is_relevant():
    assert {each.id for each in kit.questions() if not each.is_relevant} == {"C15", "R22b", "R24b"}


def test_an_unknown_answer_is_refused():
    with pytest.raises(UnknownIdError, match="an answer must be one of R01, .*got 'R99'"):
        kit.questions("heel", yes=["R99"])


def test_an_unknown_language_is_refused():
    with pytest.raises(UnknownIdError, match="language must be one of"):
        kit.questions(language="xx")


def test_a_question_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        kit.questions()[0].question = "None?"


def test_every_question_stands_in_a_group_of_the_guide(guide):
    groups = question_groups(guide)
    assert {"Red flags", "Cautions"}.isdisjoint(group.title for group in groups)
    assert sorted(rule.id for group in groups for rule in group.rules) == sorted(
        rule.id for rule in guide.records.asked_rules
    )
    too_long = {group.title: len(group.rules) for group in groups if len(group.rules) > MOST_IN_A_GROUP}
    assert too_long == {}, f"a group of questions may hold {MOST_IN_A_GROUP}"
