"""The words of a card are for its own tool: every way is read in every language, short and whole, as it is printed."""

import re

import pytest
from step_ways import GUIDE, STEPS, TOOLS

import selfcare_kit as kit
from selfcare_kit.export.handout.cards import card_of
from selfcare_kit.guide.techniques import is_described
from selfcare_kit.plan.suggest.suggestion import alternative_of
from selfcare_kit.safety.verdict import Judge

LANGUAGES = GUIDE.languages
# Places of the foot that a language calls as it calls a tool: the ball of the foot, and toes in Spanish.
PLACES = re.compile(r"\bball of (your|the) (foot|big toe|little toe)\b|\bdel talón que de los dedos\b")
# The other knee is named by its side where there is little room.
KNEE = re.compile(r"\bknee\b|\brodilla\b|\bgenou\b|\bKnie\b")
SOLE = {"fdb_1", "qp_1", "fhb_1", "adh_1"}


def others_named(words, tool, language):
    """The tools other than its own that the words of a card name."""
    names = TOOLS[language]
    words = PLACES.sub("", words)
    return [other for other, name in names.items() if name != names[tool] and re.search(name, words)]


@pytest.mark.parametrize("is_long", [False, True], ids=["short", "whole"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_names_no_other_tool_than_its_own(language, is_long):
    for step in STEPS:
        card = card_of(1, step, GUIDE, language, is_long=is_long)
        words = " ".join((card.how, card.where, card.alternative))
        assert others_named(words, step.tool, language) == [], (step, words)


@pytest.mark.parametrize("is_long", [False, True], ids=["short", "whole"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_with_what_it_is_done_where_the_guide_has_words_for_it(language, is_long):
    for step in STEPS:
        if is_described(step, GUIDE) and step.mode == "hold":
            card = card_of(1, step, GUIDE, language, is_long=is_long)
            name = KNEE if step.tool == "opposite_knee" else TOOLS[language][step.tool]
            assert re.search(name, card.how), (step, card.how)


def test_another_tool_in_a_card_is_found():
    assert others_named("Your fingers. Put the ball under your foot.", "supported_fingers", "en") == ["massage_ball", "small_firm_ball"]  # fmt: skip
    assert others_named("Put your fingers behind the ball of your foot.", "supported_fingers", "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", ["standard", "detailed"])
def test_the_page_for_a_sole_that_does_not_feel_names_no_ball(language, variant):
    screening = kit.screen(yes=["C04"], agreed_by="AB")
    complaint = GUIDE.complaint({area: {"side": "left", "sensations": ["ache"]} for area in ("foot_arch", "heel", "foot_ball")})  # fmt: skip
    routine = kit.Routine(complaint=complaint, screening=screening, code="C-104")
    for point in sorted(SOLE):
        found = alternative_of(point, "left", Judge.of(GUIDE, complaint, screening))
        routine = routine.add(point, "left", tool=found.tool)
    # Of the two points at the ball of the foot each has half its time, or 30 seconds.
    assert {(step.tool, step.pressure, step.seconds) for step in routine.steps} == {("supported_fingers", 2, 30)}
    page = re.sub(
        r"<(style|script)\b.*?</\1>", "", routine.to_html(language=language, variant=variant), flags=re.DOTALL
    )
    words = PLACES.sub("", re.sub(r"<[^>]+>", " ", page))
    assert re.search(TOOLS[language]["supported_fingers"], words)
    assert not re.search(TOOLS[language]["small_firm_ball"], words)
