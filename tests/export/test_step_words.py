"""The words of a step are for its own tool, mode and position: every allowed way is read, in every language."""

import re
from dataclasses import replace

import pytest
from step_ways import GUIDE, STEPS, TOOLS

import selfcare_kit as kit
from selfcare_kit.export.handout.wording import step_text
from selfcare_kit.plan.dosing import own_step

LANGUAGES = GUIDE.languages

# How each language speaks of a posture; standing_foot is a way to stand, too.
POSTURES = {
    "en": {"wall": r"\bwall\b", "standing": r"\bstand\b", "sitting": r"\bsit\b|\bchair\b", "lying": r"\blie\b|\bfloor\b"},
    "es": {"wall": r"\bpared\b", "standing": r"\bde pie\b", "sitting": r"\bsiéntese\b|\bsilla\b", "lying": r"\bacuéstese\b|\bsuelo\b"},
    "fr": {"wall": r"\bmur\b", "standing": r"\bdebout\b", "sitting": r"\basseyez\b|\bchaise\b", "lying": r"\ballongez\b|\bsol\b"},
    "de": {"wall": r"\bwand\b", "standing": r"\bstellen sie sich\b", "sitting": r"\bsetzen sie sich\b|\bstuhl\b", "lying": r"\blegen sie sich\b|\bboden\b"},
}  # fmt: skip
SPEAKS_OF = {
    "wall_standing": {"wall", "standing"},
    "floor_lying": {"lying"},
    "chair_sitting": {"sitting"},
    "lying_on_back": {"lying"},
    # By its words one holds on to a wall or a chair.
    "standing_foot": {"wall", "standing", "sitting"},
    "any": set(),
}
ON_BACK = {
    "en": r"\bback\b(?! up| them)",
    "es": r"\bboca arriba\b",
    "fr": r"\bsur le dos\b",
    "de": r"\bauf den Rücken\b",
}


def read_steps(language):
    """Return each step with its words, those of the tool's name apart: it is named before they begin."""
    return [(step, step_text(step, GUIDE, language)) for step in STEPS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tool_position_and_language_has_words_to_look_for(language):
    assert set(TOOLS[language]) == {row["id"] for row in GUIDE.table("tools")}
    assert set(SPEAKS_OF) == {row["id"] for row in GUIDE.table("positions")}
    for tool, words in TOOLS[language].items():
        assert re.search(words, GUIDE.texts(language)[f"tool.{tool}.how"]), tool
    for position, postures in SPEAKS_OF.items():
        for posture in postures:
            words = POSTURES[language][posture]
            assert re.search(words, GUIDE.texts(language)[f"position.{position}"], re.IGNORECASE), (position, posture)


def test_every_way_is_read():
    assert len(STEPS) > 700
    assert {step.tool for step in STEPS} == set(TOOLS["en"])
    assert {step.position for step in STEPS} == set(SPEAKS_OF)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_speak_of_no_other_tool(language):
    for step, words in read_steps(language):
        own = TOOLS[language][step.tool]
        for tool, other in TOOLS[language].items():
            if other != own:
                assert not re.search(other, words.work), (step.point, step.mode, step.tool, tool, words.work)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_held_still_says_with_what(language):
    for step, words in read_steps(language):
        if step.mode == "hold":
            assert re.search(TOOLS[language][step.tool], words.work), (step.point, step.tool, words.work)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_speak_of_no_other_position(language):
    for step, words in read_steps(language):
        for posture, pattern in POSTURES[language].items():
            if posture not in SPEAKS_OF[step.position]:
                assert not re.search(pattern, words.work, re.IGNORECASE), (step.point, step.position, words.work)
        if step.position not in ("lying_on_back", "floor_lying"):
            assert not re.search(ON_BACK[language], words.work), (step.point, step.position, words.work)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_position_is_said_once_and_is_the_steps_own(language):
    texts = GUIDE.texts(language)
    for step, words in read_steps(language):
        assert words.position == texts[f"position.{step.position}"]
        said = [other for other in SPEAKS_OF if texts[f"position.{other}"] in words.how]
        assert said == [step.position], (step.point, words.how)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_foot_has_anything_under_it_and_only_the_calf_lies_on_the_knee(language):
    texts = GUIDE.texts(language)
    of_foot = {"foot_inner", "foot_arch", "foot_outer", "heel", "foot_ball"}
    for step, words in read_steps(language):
        area = GUIDE.point(step.point).area
        assert (words.work == texts["technique.sole_ball"]) <= (area in of_foot), step
        assert (words.work == texts["technique.calf_over_knee"]) <= (area in {"calf_back", "calf_inner"}), step
        assert (words.work == texts["technique.outer_leg_scrape"]) <= (area == "calf_outer"), step
        assert (words.work == texts["technique.ball_wall_sweep"]) <= (area == "thigh_outer"), step


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("point", ["gas_1", "gas_2", "sol_1", "sol_3", "fdl_1", "fhl_1", "fibl_1", "fibb_1", "fdb_1"])  # fmt: skip
def test_what_does_not_feel_is_worked_by_fingers_sitting_in_words_of_fingers(language, point):
    felt = {GUIDE.point(point).area: {"side": "left", "sensations": ["numb"]}}
    complaint = GUIDE.complaint(felt)
    screening = kit.screen(yes=["C04"])
    (step,) = kit.Routine(complaint=complaint, screening=screening).add(point, side="left", tool="supported_fingers", mode="hold", position="chair_sitting", pressure=2, seconds=30).steps  # fmt: skip
    words = step_text(step, GUIDE, language)
    assert words.position == GUIDE.texts(language)["position.chair_sitting"]
    assert words.work == GUIDE.texts(language)["tool.supported_fingers.how"]


def test_beside_an_artificial_hip_nobody_is_told_to_lie_on_the_back_or_to_cross_the_legs():
    screening = kit.screen(yes=["C10"])
    areas = [row["id"] for row in GUIDE.table("areas") if row["paired"] == "yes"]
    steps = [each.step for area in areas for each in kit.suggest(area, side="left", screening=screening) if each.step]
    assert len(steps) > 10
    for step in steps:
        words = step_text(step, GUIDE, "en")
        assert not re.search(r"\blie on your back\b|\bother knee\b", words.how, re.IGNORECASE), words.how


def test_a_guide_without_words_for_a_tool_says_the_mode(monkeypatch):
    texts = {key: text for key, text in GUIDE.texts("en").items() if not key.endswith(".how")}
    guide = kit.load_guide(GUIDE.folder)
    monkeypatch.setattr(type(guide), "texts", lambda self, language="en": texts)
    step = replace(own_step(guide.point("gmax_1"), "left"), tool="small_firm_ball", position="any")
    assert step_text(step, guide, "en").work == "Hold still."
