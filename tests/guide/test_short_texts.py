"""The short texts of a card: every way that is offered has them, they fit their place, and they say no less."""

import re
import shutil
from dataclasses import replace

import pytest

import selfcare_kit as kit
from selfcare_kit.check.lengths import HOLD, MOVE, all_ways, letters_allowed, letters_of
from selfcare_kit.guide.languages import field_names
from selfcare_kit.guide.short_texts import is_short, short_how
from selfcare_kit.guide.techniques import other_ways
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.plan.dosing import own_step

GUIDE = kit.load_guide()
LANGUAGES = GUIDE.languages
POINTS = [point for point in GUIDE.point_values.values() if not point.show_only]
SIDE_WORDS = {
    "en": {"left": r"\bleft\b", "right": r"\bright\b"},
    "es": {"left": r"\bizquierd[oa]\b", "right": r"\bderech[oa]\b"},
    "fr": {"left": r"\bgauche\b", "right": r"\bdroite?\b"},
    "de": {"left": r"\blinke[nsmr]?\b|\blinks\b", "right": r"\brechte[nsmr]?\b|\brechts\b"},
}
# The other knee is of the other side, and is named after the calf.
ON_THE_KNEE = "opposite_knee"


def filled(step, language, side):
    texts, point = GUIDE.texts(language), GUIDE.point(step.point)
    return short_how(texts, point, side=side, mode=step.mode, position=step.position, tool=step.tool)


def every_filled(language):
    """Every way that has short words, with its words for each side."""
    for step in all_ways(GUIDE):
        for side in STEP_SIDES:
            text = filled(step, language, side)
            if text:
                yield step, side, text


# How


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_in_which_a_point_is_offered_has_short_words(language):
    steps = [way for point in POINTS for way in other_ways(own_step(point, "left"), point, GUIDE)]
    steps += list(kit.template("hip_and_leg").steps)
    assert len(steps) > 100
    for step in steps:
        for side in STEP_SIDES:
            assert filled(step, language, side), (step.point, step.mode, step.position, step.tool)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_is_whole_sentences_without_a_gap(language):
    found = list(every_filled(language))
    assert len(found) > 1000
    for _, _, text in found:
        assert not re.search(r"[{}]|  |\.\.| [.,]|\*", text), text
        assert text.endswith("."), text
        assert text[0].isupper(), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_is_no_longer_than_a_card_has_room_for(language):
    for step, _, text in every_filled(language):
        budget = HOLD if step.mode == "hold" else MOVE
        assert letters_of(text) <= budget.allowed(language), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_names_the_clients_side_and_never_the_other(language):
    words = SIDE_WORDS[language]
    for step, side, text in every_filled(language):
        if step.tool == ON_THE_KNEE:
            continue
        told = [name for name, pattern in words.items() if re.search(pattern, text, re.IGNORECASE)]
        assert told == ([] if side == "both" else [side]), (side, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calf_of_one_side_rests_on_the_knee_of_the_other(language):
    words = SIDE_WORDS[language]
    found = [(side, text) for step, side, text in every_filled(language) if step.tool == ON_THE_KNEE]
    assert found
    for side, text in found:
        at = {name: match.start() for name, pattern in words.items() if (match := re.search(pattern, text))}
        expected = {"left": ["left", "right"], "right": ["right", "left"], "both": []}[side]
        assert sorted(at, key=at.get) == expected, text


@pytest.mark.parametrize(
    ("language", "hollow"), [("en", "hollow behind your knee"), ("es", "hueco tras la rodilla"), ("fr", "creux du genou"), ("de", "Kniekehle")]
)  # fmt: skip
def test_the_calf_on_a_knee_stays_below_the_hollow(language, hollow):
    for step, _, text in every_filled(language):
        if step.tool == ON_THE_KNEE:
            assert hollow in text, text


@pytest.mark.parametrize(
    ("language", "three", "outer"),
    [("en", "three finger widths", "outer bony bump"), ("es", "tres dedos", "hueso saliente exterior"), ("fr", "trois largeurs de doigt", "bosse osseuse extérieure"), ("de", "drei Fingerbreiten", "äußeren Knochenhöcker")],
)  # fmt: skip
def test_scraping_starts_three_finger_widths_below_the_outer_bump(language, three, outer):
    """The card of the outer leg says so in its place and in the care that always rides along."""
    texts = GUIDE.texts(language)
    for key in ("point.fibl_1.where.short", "caution.C09.short"):
        assert three in texts[key], texts[key]
        assert outer in texts[key], texts[key]
    assert "C09" in GUIDE.point("fibl_1").cautions


def test_only_the_lane_goes_from_hip_to_knee():
    way = {"side": "left", "mode": "sweep", "position": "wall_standing", "tool": "massage_ball"}
    texts = GUIDE.texts("en")
    told = {point.id for point in POINTS if "hip to knee" in short_how(texts, point, **way)}
    assert told == {point.id for point in POINTS if point.sweeps}


def test_a_way_that_a_body_cannot_do_keeps_the_long_words():
    step = replace(own_step(GUIDE.point("gmed_2"), "left"), tool=ON_THE_KNEE, position="lying_on_back")
    assert filled(step, "en", "left") == ""


def test_a_phrase_of_the_point_goes_before_that_of_its_area():
    texts = {**GUIDE.texts("en"), "phrase.wall.tfl_1.left": "Stand so."}
    way = {"mode": "hold", "position": "wall_standing", "tool": "massage_ball"}
    assert short_how(texts, GUIDE.point("tfl_1"), side="left", **way).startswith("Stand so. Lean")
    assert short_how(texts, GUIDE.point("tfl_1"), side="right", **way).startswith("Right side to the wall")


# Names and other labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_has_a_name_of_its_own(language):
    names = [GUIDE.texts(language)[f"point.{id}.name"] for id in GUIDE.point_values]
    assert [name for name in names if names.count(name) > 1] == []
    assert [name for name in names if not name[0].isupper() or name.endswith(".")] == [], "a capital and no full stop"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tool_has_a_short_name_and_a_line_for_a_plan_with_nothing_else(language):
    texts = GUIDE.texts(language)
    for row in GUIDE.table("tools"):
        assert texts[f"handout.card.tool.{row['id']}"]
        assert texts[f"handout.dose.tool.{row['id']}"].count("**") == 2


# Safety


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_caution_and_every_long_word_to_a_flag_has_short_ones(language):
    texts = GUIDE.texts(language)
    long = {key for key in texts if re.fullmatch(r"caution\.[^.]+(\.with\..+)?", key)}
    assert {key.replace("caution.", "", 1) for key in long} == {
        key.replace("caution.", "", 1).replace(".short", "") for key in texts if re.match(r"caution\.[^.]+\.short", key)
    }
    for key in [key for key in texts if re.fullmatch(r"flag\.[^.]+", key)]:
        assert f"{key}.short" in texts or len(texts[key]) <= letters_allowed(f"{key}.short", language, GUIDE), key


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("C01", "lightly;do not scrape;bruise;stop;clinic"),
        ("C02", "belly;back;scrape;midwife;doctor"),
        ("C03", "wall;gently;not lie on the ball;ribs;spine;base"),
        ("C04", "foot;lower leg;only fingers;very lightly;not for long;skin"),
        ("C05", "bulging;sore;veins;swollen skin;not scrape;lightly"),
        ("C07", "from the side;never;rib;straight in;waist"),
        ("C08", "shooting;tingling;numb;move off"),
        ("C09", "all tools;three finger widths;outer bony bump;below your knee"),
        ("C10", "until your surgeon agrees;right angle;turn it in;cross"),
        ("C19", "outer thigh;burn;numb;out and down"),
        ("C21", "hollow behind your inner ankle bone;sole;move off"),
        ("C22", "front of ankle;top of foot;lightly;pulse;tingling;move off"),
        ("C23", "lower third;outer lower leg;lightly;top of foot;move off"),
        ("C24", "outer edge of your foot;tingle;numb;move off"),
        ("C27", "standing;floor;firm chair;only on a bed"),
        ("C32", "inner calf;lightly;veins;inner ankle;move off"),
        ("R11", "cancer;lose weight;stop;clinic"),
        ("R15c", "belly;groin;behind your knee;right away"),
        ("R20", "clinician;worse than today;stop;clinic"),
        ("R22", "than today;clinic;head;new way;sight;right away"),
        ("R24", "more than today;weak;stop;clinic;pee;dark;right away"),
        ("R25", "rash;blisters;more come up;more than today;clinic"),
        ("R26", "burns;swells;color;more than today;clinic"),
    ],
)
def test_a_short_line_of_safety_loses_no_condition(key, parts):
    kind = "flag" if key.startswith("R") else "caution"
    text = GUIDE.texts("en")[f"{kind}.{key}.short"].casefold()
    assert [part for part in parts.split(";") if part not in text] == []


def signs(texts, name):
    return {key: text for key, text in texts.items() if key.startswith(f"handout.{name}.short.")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["emergency", "today", "stop"])
def test_signs_of_danger_are_one_a_line_with_the_word_that_counts_marked(language, name):
    texts = GUIDE.texts(language)
    for key, text in signs(texts, name).items():
        assert text[0].isupper() or text.startswith("**"), (key, text)
        assert not text.endswith("."), (key, text)
        assert text.count("**") in (2, 4), (key, text)
    assert texts[f"handout.{name}.action_text"].replace("\u00a0", "").endswith(":")


SIGNS = {
    "emergency": (
        "peeing", "pooping", "leak", "can't feel", "between legs", "genitals", "bottom", "tingling", "sex", "both legs hurt",
        "new or worse", "one side of your body", "suddenly", "face droops", "speak", "chest pain", "breathe", "swallow",
        "cough up blood", "pass out", "cold, pale or blue", "very tight", "very painful", "tearing", "throbbing", "back or belly",
        "waves of pain", "side to groin", "blood in your pee", "fever with pain in your side", "after a fall",
    ),
    "today": (
        "one leg", "swells", "red", "warm", "newly sore", "do not massage it", "weak", "foot drops or catches", "fever", "chills",
        "hot, red joint or skin", "bad pain after a fall", "diabetes", "foot sore", "hot or swollen foot",
    ),
    "stop": (
        "tingling", "numbness", "sharp pain stays", "comes back", "twice", "worse", "new", "wakes you at night",
        "however you lie or sit",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNS)
def test_no_sign_of_danger_is_lost(name):
    told = " | ".join(signs(GUIDE.texts("en"), name).values()).replace("**", "").casefold()
    assert [sign for sign in SIGNS[name] if sign not in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_to_call_stands_in_its_sentence(language):
    texts = GUIDE.texts(language)
    assert field_names(texts["handout.emergency.action"]) == ["number"]
    assert field_names(texts["handout.today.action_number"]) == ["urgent"]
    assert field_names(texts["handout.stop.action_number"]) == ["number"]


# The check of a guide


@pytest.fixture
def copy(tmp_path):
    folder = shutil.copytree(GUIDE.folder, tmp_path / "mine")
    settings = folder / "guide.toml"
    settings.write_text(settings.read_text("utf-8").replace('id = "hip_and_leg"', 'id = "mine"', 1), "utf-8")
    return folder


def change(folder, language, old, new):
    path = folder / "text" / f"{language}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_short_text_that_is_too_long_is_told_with_key_language_and_letters(copy):
    name = GUIDE.texts("es")["point.tfl_1.name"]
    change(copy, "es", f'point.tfl_1.name,"{name}"', "point.tfl_1.name," + "x" * 31)
    (problem,) = [each for each in kit.check_guide(copy) if "letters" in each.message]
    assert problem.file == "text/es.csv"
    assert problem.is_note
    assert problem.message == "'point.tfl_1.name' must have at most 26 letters in es, got 31; shorten it."


def test_how_a_step_is_done_is_measured_with_its_phrases(copy):
    longer = "Lean in slowly, bit by bit, until the spot softens. Hold still."
    change(copy, "en", "massage_ball,{wall} Lean in slowly.", f'massage_ball,"{{wall}} {longer}"')
    told = [each.message for each in kit.check_guide(copy) if "letters" in each.message]
    assert told == [
        "'how.hold.wall_standing.massage_ball' must have at most 115 letters in en with its phrases, "
        "got 118 for tfl_1 right; shorten it or the phrase."
    ]


def test_a_field_that_no_phrase_fills_is_told(copy):
    for language in set(LANGUAGES) - {"en"}:
        (copy / "text" / f"{language}.csv").unlink()
    change(copy, "en", "{wall} Lean in slowly.", "{wahl} Lean in slowly.")
    assert any(
        "has the field {wahl} and no key begins with 'phrase.wahl.'" in each.message for each in kit.check_guide(copy)
    )


def test_marks_are_no_letters_and_fields_count_as_what_stands_for_them():
    assert letters_of("At most **{max_seconds} seconds**") == len("At most 120 seconds")


def test_a_guide_without_short_texts_is_fine(copy):
    for language in LANGUAGES:
        path = copy / "text" / f"{language}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not is_short(line.partition(",")[0])), encoding="utf-8")
    assert not [each for each in kit.check_guide(copy) if not each.is_note or "letters" in each.message]
    texts = kit.load_guide(copy).texts("en")
    way = {"mode": "hold", "position": "wall_standing", "tool": "massage_ball"}
    assert short_how(texts, GUIDE.point("tfl_1"), side="left", **way) == ""


def test_a_guide_in_a_language_of_its_own_needs_no_short_texts(copy):
    own = copy / "text"
    lines = (own / "en.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for path in own.glob("*.csv"):
        path.unlink()
    kept = [line for line in lines if not is_short(line.partition(",")[0])]
    (own / "it.csv").write_text("".join(kept), encoding="utf-8")
    settings = copy / "guide.toml"
    settings.write_text(settings.read_text("utf-8").replace('language = "en"', 'language = "it"', 1), "utf-8")
    assert [str(each) for each in kit.check_guide(copy) if not each.is_note] == []
