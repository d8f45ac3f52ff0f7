"""Answers for a new guide: what is missing or not allowed is told in a sentence, and what is usual may be left out."""

import re

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import FileFormatError, InvalidValueError
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.scaffold.answers import answers_of, read_answers, save_answers
from selfcare_kit.guide.scaffold.example import write_example_answers
from selfcare_kit.guide.scaffold.questions import GROUPS, QUESTIONS, touching

CLINIC = "clinic must not be empty; answer it: who writes it: your clinic."


def test_an_answer_that_is_missing_is_named():
    with pytest.raises(InvalidValueError, match=re.escape(CLINIC)):
        answers_of({"title": "Calf pain"})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", "", "title must not be empty"),
        ("title", "a\nb", "title must be a text on one line, got"),
        ("title", 3, "title must be a text on one line, got 3"),
        ("title", "x" * 401, "title must have at most 400 letters, got 401"),
        ("areas", ["calf"], r"areas must be of low_back, .*, got 'calf'; choose from these."),
        ("areas", 3, "areas must be a list of ids, got 3"),
        ("tools", ["massage_ball"], "tools must be of knobbed_tool, opposite_knee, got 'massage_ball'"),
        ("red_flags", ["R11c"], "red_flags must be of R01, .*, got 'R11c'"),
        ("emergency", [], "emergency must not be empty"),
        ("emergency", ["a", ""], "emergency must not be empty"),
        ("emergency", 3, "emergency must be a list of texts, got 3"),
        ("points", [], r"points must hold at least one point, got none; write \[\[points\]\]."),
        ("points", "gas_1", "points must be tables, got 'gas_1'"),
        ("colour", "red", "the answers may hold title, .*, points, got 'colour'; correct or remove it."),
    ],
)
def test_a_wrong_answer_is_told_with_what_is_allowed(answers, name, value, message):
    with pytest.raises(InvalidValueError, match=message):
        answers_of({**answers, name: value})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("from_landmark", "asiss", "point 2: from_landmark must be of .*, got 'asiss'"),
        ("from_landmark", ["asis", "psis"], "point 2: from_landmark must be one id, got 2"),
        ("fraction", 1.5, "point 2: fraction must be a number from 0 to 1, got 1.5"),
        ("fraction", "half", "point 2: fraction must be a number from 0 to 1, got 'half'"),
        ("up", True, "point 2: up must be a number from -60 to 60, got True"),
        ("up", float("nan"), "point 2: up must be a number from -60 to 60, got nan"),
        ("pressure", 6, "point 2: pressure must be a number from 1 to 5, got 6"),
        ("pressure", 3.5, "point 2: pressure must be a whole number, got 3.5"),
        ("surface", "top", "point 2: surface must be of back, .*, got 'top'"),
        ("area", "shin", "point 2: area must be of calf_back, .*, got 'shin'"),
        ("technique", "sole_ball", "point 2: technique must be of calf_over_knee, knobbed_hold, got 'sole_ball'"),
        ("cautions", ["C20"], "point 2: cautions must be of R01, .*, got 'C20'"),
        ("sweeps", [], "point 2 may hold muscle, .*, client, got 'sweeps'"),
    ],
)
def test_a_wrong_answer_about_a_point_names_the_point(answers, name, value, message):
    answers["points"][1][name] = value
    with pytest.raises(InvalidValueError, match=message):
        answers_of(answers)


def test_numbers_may_be_typed_as_people_write_them(answers):
    answers["points"][0] |= {"lateral": "−2,2", "front": "-1.5"}
    assert (answers_of(answers).points[0].lateral, answers_of(answers).points[0].front) == (-2.2, -1.5)


def test_a_technique_keeps_one_of_its_tools(answers):
    message = "tools must hold one of those of knobbed_hold, knobbed_tool, got opposite_knee; add one, or leave"
    with pytest.raises(InvalidValueError, match=message):
        answers_of({**answers, "tools": ["opposite_knee"]})


def test_an_id_of_ones_own_is_not_one_of_the_kits(answers):
    own = {"id": "R05", "label": "Mine", "message": "Look.", "question": "Is it?", "action": "refer"}
    with pytest.raises(InvalidValueError, match="own_red_flags must have ids of their own, got 'R05' twice"):
        answers_of({**answers, "own_red_flags": [own]})
    with pytest.raises(InvalidValueError, match="red flag of your own 1: id must have letters, digits and _ only"):
        answers_of({**answers, "own_red_flags": [{**own, "id": "my flag"}]})


def test_a_landmark_of_ones_own_is_not_one_of_the_bodys(answers):
    own = {"id": "asis", "label": "Mine", "from_landmark": "psis"}
    with pytest.raises(InvalidValueError, match="landmarks must have ids of their own, got 'asis' twice"):
        answers_of({**answers, "landmarks": [own]})


def test_rules_that_are_not_named_are_those_that_may_matter_for_the_areas(answers):
    found = answers_of(answers)
    assert {"R01", "R05", "R07"} < {*found.red_flags}
    assert {"R09", "R15", "R21", "R22b", "R27"}.isdisjoint(found.red_flags)
    assert {"C01", "C05", "C24"} < {*found.cautions}
    assert {"C06", "C18", "C20"}.isdisjoint(found.cautions)


def test_what_every_client_is_asked_first_matters_for_every_area():
    core = {row["id"] for name in ("red_flags", "cautions") for row in built_in().table(name) if row["core"] == "yes"}
    found = {id for name in ("red_flags", "cautions") for id in touching(name)({"areas": ["neck"]})}
    assert core <= found
    assert "R05" in found
    assert "C05" not in found


def test_answers_are_kept_and_read_again(answers, tmp_path):
    path = save_answers(answers, tmp_path / "a.toml")
    assert read_answers(path) == answers
    assert path.read_text(encoding="utf-8").startswith('# Answers for "selfcare-kit guide new')


def test_half_of_the_answers_are_kept_with_lists_that_are_empty(tmp_path):
    draft = {"title": "x", "own_cautions": [{"id": "X1"}], "landmarks": [], "points": [{"muscle": "soleus"}, {}]}
    assert read_answers(save_answers(draft, tmp_path / "a.toml")) == draft


def test_a_file_that_is_no_toml_is_told(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("title: Calf", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"a\.toml is not valid TOML"):
        kit.new_guide(path, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_the_example_is_written_once_and_is_right(tmp_path):
    path = write_example_answers(tmp_path / "a.toml")
    assert answers_of(read_answers(path)).title == "Calf pain"
    with pytest.raises(InvalidValueError, match="is there already"):
        write_example_answers(path)


def test_every_question_has_words_and_a_name_of_its_own():
    for questions in (QUESTIONS, *(group.questions for group in GROUPS)):
        names = [question.name for question in questions]
        assert len({*names}) == len(names)
        assert all(question.text[0].isupper() for question in questions)
        assert [q.name for q in questions if (q.kind in ("id", "ids")) != (q.choices is not None)] == []
