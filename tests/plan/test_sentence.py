"""A short sentence says what to add: a name, a side, what is felt and a pain, in any order, and nothing is guessed."""

import itertools
import shutil
import subprocess
import sys

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.plan.search_index import search_index

GUIDE = kit.load_guide()
AREAS = GUIDE.records.areas
SIDES = {
    "left": ("l", "left", "L", "links", "izquierdo", "lado izquierdo", "à gauche"),
    "right": ("r", "right", "R", "rechts", "derecho", "lado derecho", "à droite"),
    "both": ("b", "both", "l+r", "left and right", "both sides", "beide Seiten", "les deux côtés"),
}
SENSATIONS = {
    "ache": ("ache", "dull ache", "dolor sordo", "aches"),
    "sharp": ("sharp", "sharp pain", "sha"),
    "burning": ("burning", "burn", "bur", "Brennen"),
    "numb": ("numb", "numbness", "num", "engourdissement"),
    "tingling": ("tingling", "ting", "pins and needles", "Kribbeln"),
    "weak": ("weak", "Weakness", "wea", "falta de fuerza"),
    "cramp": ("cramp", "cra", "calambre"),
    "swelling": ("swelling", "swell", "hinchazón"),
}


def read(text, guide=None):
    return kit.read_sentence(text, guide)


def in_brief(found):
    return found.match and found.match.id, found.side, found.sensations, found.pain


def told(text, guide=None):
    """What a sentence says, in brief."""
    return in_brief(read(text, guide))


def other_ids(text):
    return [match.id for match in read(text).alternatives]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hip side l ache 6", ("hip_side", "left", ("ache",), 6)),
        ("foot top numb left", ("foot_top", "left", ("numb",), None)),
        ("outer calf tingling r 3", ("calf_outer", "right", ("tingling",), 3)),
        ("6/10 numb calf right outer", ("calf_outer", "right", ("numb",), 6)),
        ("foot_top:left:numb+tingling:6", ("foot_top", "left", ("numb", "tingling"), 6)),
        ("piriformis l", ("piri_1", "left", (), None)),
        ("TFL right", ("tfl_1", "right", (), None)),
        ("piri_1 both", ("piri_1", "both", (), None)),
        ("glute med r", ("gluteus_medius", "right", (), None)),
        ("gmin a l", ("gmin_a", "left", (), None)),
        ("GB30", ("GB30", "", (), None)),
        ("hip and leg", ("hip_and_leg", "", (), None)),
        ("Wade links Krampf 4", ("calf_back", "left", ("cramp",), 4)),
        ("empeine lado derecho hormigueo", ("foot_top", "right", ("tingling",), None)),
        ("l’arrière de la cuisse les deux côtés", ("thigh_back", "both", (), None)),
        ("", (None, "", (), None)),
    ],
)
def test_a_sentence_says_what_to_add(text, says):
    assert told(text) == says


@st.composite
def sentences(draw):
    """A sentence in any order, with what it says."""
    area = draw(st.sampled_from(list(AREAS.values())))
    side = draw(st.sampled_from(list(SIDES)))
    sensation = draw(st.sampled_from(list(SENSATIONS)))
    pain = draw(st.integers(0, 10))
    parts = [area.label, draw(st.sampled_from(SIDES[side])), draw(st.sampled_from(SENSATIONS[sensation]))]
    parts.append(draw(st.sampled_from([f"{pain}", f"{pain}/10", f"pain {pain}", f"{pain} / 10"])))
    return draw(st.sampled_from([" ", ", ", "  "])).join(draw(st.permutations(parts))), (
        area.id, side, (sensation,), pain,
    )  # fmt: skip


@examples(150)
@given(sentences())
def test_area_side_sensation_and_pain_are_read_back_in_any_order(sentence):
    text, says = sentence
    found = read(text)
    assert (in_brief(found), found.left_over) == (says, ())


@pytest.mark.parametrize("language", GUIDE.languages)
def test_every_area_is_read_by_its_name_in_every_language(language):
    texts = GUIDE.texts(language)
    wanted = {id: (id, "left", (), 7) for id in AREAS}
    assert {id: told(f"{texts[f'area.{id}']} {texts['side.left']} 7") for id in AREAS} == wanted


@pytest.mark.parametrize("language", GUIDE.languages)
def test_every_sensation_and_side_is_read_by_its_words_in_every_language(language):
    texts = GUIDE.texts(language)
    for id, side in itertools.product(GUIDE.records.sensations, ("left", "right", "both")):
        says = told(f"{texts[f'sensation.{id}']} 3 hip side {texts[f'side.{side}']}")
        assert says == ("hip_side", side, (id,), 3)


def test_every_id_of_a_point_is_no_pain():
    for id in GUIDE.point_values:
        assert told(f"{id.replace('_', ' ')} l") == told(f"{id} l") == (id, "left", (), None)


def test_every_code_is_no_pain_however_it_is_written():
    for code in GUIDE.records.acupoints:
        spaced = code[:2] + " " + code[2:]
        assert told(f"{code} r") == told(f"{spaced} r") == (code, "right", (), None)


# Sides


@examples(100)
@given(
    st.lists(
        st.sampled_from(sorted({word for text in search_index(GUIDE).texts for word in text.split()})), max_size=6
    ),
    st.sampled_from(list(SIDES)[:2]),
    st.data(),
)
def test_left_never_becomes_right(names, side, data):
    words = [*names, data.draw(st.sampled_from(SIDES[side]))]
    assert read(" ".join(data.draw(st.permutations(words)))).side == side


@pytest.mark.parametrize(
    "text", ["hip side", "lateral hip", "hip side lefft", "rigth hip side", "L5", "leg", "hip side 6"]
)
def test_no_side_is_guessed(text):
    assert read(text).side == ""


@pytest.mark.parametrize("text", ["hip side l r", "hip side left or right", "left hip side both"])
def test_two_sides_that_nothing_joins_are_not_understood(text):
    found = read(text)
    assert (found.match.id, found.side) == ("hip_side", "")
    assert len(found.left_over) == 2


@pytest.mark.parametrize("text", ["l+r", "l & r", "right and left", "links und rechts", "b", "BOTH"])
def test_both_sides_are_said_in_one_word_or_two_that_are_joined(text):
    assert read(f"hip side {text}").side == "both"


def test_the_midline_is_a_side_only_where_an_area_has_no_other():
    assert told("sacrum midline 4") == told("4 middle sacrum") == ("sacrum", "midline", (), 4)
    assert told("hip side midline")[:2] == ("hip_side", "")
    assert read("hip side midline").left_over == ("midline",)
    assert told("sacrum")[1] == ""
    assert told("sacrum left midline")[:2] == ("sacrum", "left")


def test_a_word_for_the_midline_may_be_in_a_name():
    assert told("middle of the buttock r") == ("buttock_center", "right", (), None)
    assert told("Mitte des Gesäßes links") == ("buttock_center", "left", (), None)


def test_a_word_that_is_left_in_one_language_and_right_in_another_is_neither(guide, tmp_path):
    copy = shutil.copytree(guide.folder, tmp_path / "mine")
    texts = copy / "text" / "fr.csv"
    texts.write_text(
        texts.read_text(encoding="utf-8").replace("side.left,à gauche", "side.left,rechts"), encoding="utf-8"
    )
    found = read("hip side rechts", kit.load_guide(copy))
    assert (found.side, found.left_over) == ("", ("rechts",))


# Sensations


def test_what_is_only_felt_names_nothing():
    found = read("numb")
    assert (found.match, found.sensations) == (None, ("numb",))
    assert told("burning b") == (None, "both", ("burning",), None)


def test_what_is_felt_stays_felt_where_a_name_holds_the_word():
    assert told("weak ankle l") == ("ankle_outer", "left", ("weak",), None)
    assert told("leg cramps r 5") == ("calf_back", "right", ("cramp",), 5)
    assert told("numb foot") == (None, "", ("numb",), None)
    assert told("ankle wea l") == (None, "left", ("weak",), None)
    assert other_ids("numb foot") == ["foot_top", "foot_outer", "foot_arch"]


def test_a_beginning_of_a_sensation_that_begins_a_name_is_part_of_the_name_where_that_exists():
    assert told("fibularis bre l") == ("fibb_1", "left", (), None)
    assert told("hip side bre l") == ("hip_side", "left", ("burning",), None)
    assert told("heel ach l 6") == ("heel", "left", ("ache",), 6)
    assert told("ach l 6") == (None, "left", ("ache",), 6)
    assert other_ids("ach l 6")[0] == "achilles"


def test_letters_that_begin_two_sensations_or_are_too_few_begin_none():
    assert read("hip side sch").left_over == ("sch",)
    assert read("hip side dolor").sensations == read("hip side nu").sensations == ()


def test_a_sensation_said_twice_is_one():
    assert read("calf numb numbness").sensations == ("numb",)


# Pain


@pytest.mark.parametrize(
    "text", ["calf 11", "calf 16/10", "calf 6/5", "calf 6.5", "calf 2026/1/6", "calf 6-7", "calf L5"]
)
def test_what_is_no_whole_number_to_10_is_no_pain(text):
    assert read(text).pain is None


def test_two_pains_are_none_and_the_same_pain_twice_is_one():
    assert (read("calf 1 2").pain, read("calf 1 2").left_over) == (None, ("1", "2"))
    assert read("calf 6 pain 6/10").pain == 6


def test_the_word_pain_belongs_to_a_name_or_to_the_number():
    assert told("heel pain 6 l") == ("heel", "left", (), 6)
    assert told("hip pain 7 r") == ("hip_side", "right", (), 7)
    assert told("sharp pain hip side") == ("hip_side", "", ("sharp",), None)


def test_a_number_in_a_name_is_no_pain():
    assert told("first dorsal interosseous between metatarsals 1 and 2 l 6") == ("int_d1", "left", (), 6)
    assert told("Interossei, between metatarsals 2-5 r") == ("int_1", "right", (), None)


def test_a_number_in_the_name_of_a_clinics_area_is_no_pain(guide, tmp_path):
    copy = shutil.copytree(guide.folder, tmp_path / "mine")
    areas = copy / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("Big toe,", "Toe 1,"), encoding="utf-8")
    assert told("toe 1 l 6", kit.load_guide(copy)) == ("big_toe", "left", (), 6)


# Names


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("ankle l", ["ankle_front", "ankle_inner", "ankle_outer"]),
        ("sciatica l 5", ["buttock_center", "calf_back", "thigh_back"]),
        ("cadera lado izquierdo 6", ["hip_front", "hip_side"]),
        ("genou r", ["knee_front", "knee_outer"]),
        ("leg l 3", ["calf_back", "calf_outer"]),
        ("Knie rechts", ["knee_back", "knee_front", "knee_inner", "knee_outer"]),
        ("gastrocnemius medial", ["gas_1", "gas_3"]),
    ],
)
def test_words_that_may_mean_several_name_none_and_offer_all(text, others):
    assert read(text).match is None
    assert set(others) <= set(other_ids(text))


def test_where_something_is_felt_an_area_is_meant_rather_than_a_muscle():
    assert told("hamstring l ache")[0] == "thigh_back"
    assert told("hamstring l")[0] is None
    # Part of a name is not enough for that.
    assert told("flexor l ache")[0] is None
    assert other_ids("flexor l ache")[0] == "hip_front"


def test_two_areas_in_one_sentence_name_none():
    assert told("hip calf l") == (None, "left", (), None)
    assert other_ids("hip calf l")[:2] == ["hip_side", "calf_back"]


def test_words_that_no_name_has_are_told_as_they_were_written():
    assert told("Hip side HURTS badly l 6") == ("hip_side", "left", (), 6)
    assert read("Hip side HURTS badly l 6").left_over == ("HURTS", "badly")
    assert read("xyzzy l").left_over == ("xyzzy",)


def test_beside_a_word_that_is_not_understood_only_a_whole_name_is_sure():
    found = read("parte de arriba del pie l 6")
    assert (found.match, found.left_over) == (None, ("arriba",))
    assert read("shaky gastrocnemius medial head mid l").match.id == "gas_1"
    assert read("shaky outer third l").match is None
    assert found.alternatives


def test_words_that_are_not_understood_are_kept_nowhere(guide):
    read("hip side l Quigley-Brandt quigleybrandt")
    search_index(guide).names_with("quigleybrandt")
    kept = (
        vars(value) for values in guide.kept_values.values() for value in values.values() if hasattr(value, "__dict__")
    )
    assert not [each for each in kept if "quigley" in repr(each).casefold()]


def test_one_wrong_letter_in_a_name_is_forgiven():
    assert told("piriformus r")[:2] == ("piri_1", "right")


def test_what_is_found_is_not_offered_again():
    found = read("piriformis l")
    assert found.match not in found.alternatives
    assert [match.id for match in found.alternatives][:2] == ["piri_2", "piriformis"]


def test_a_muscle_with_one_point_to_press_is_that_point_and_one_with_more_or_none_is_the_muscle():
    for id in GUIDE.records.muscles:
        pressed = [each.id for each in GUIDE.point_values.values() if each.muscle_id == id and not each.show_only]
        assert told(GUIDE.records.muscles[id].name)[0] == (pressed[0] if len(pressed) == 1 else id)


@examples(150)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["hip", "l", "r", "+", "/", "6", "10", "GB", "_", "-", "numb", "and", "ß", "'", "foot", "a"]),
        max_size=30,
    ).map(" ".join)
)
def test_any_text_is_read_without_an_error(text):
    found = read(text)
    assert found.side in ("", "left", "right", "both", "midline")
    assert found.pain in (None, *range(11))


@pytest.mark.parametrize("text", ["a" * 100_000, "l " * 10_000, "1," * 50_000, "6/" * 50_000, "🦵", "\ud800 l", "\x00"])
def test_long_and_broken_text_is_read_too(text):
    assert read(text).match is None


def test_half_a_word_at_the_end_of_too_long_a_text_is_not_read():
    assert read("x" * 398 + " left").side == ""


@pytest.mark.parametrize("text", [None, 6, b"hip"])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(InvalidValueError, match="a sentence must be text"):
        read(text)


def test_it_tells_what_was_understood_in_a_line():
    assert str(read("hip side l ache numb 6 xyzzy")) == "Hip, side; left; ache and numb; pain 6; not understood: xyzzy"
    assert str(read("l")) == "left"
    assert read("TFL").is_more_than_a_name is False
    assert read("TFL 0").is_more_than_a_name is True


def test_reading_a_sentence_needs_no_pandas():
    code = "import sys, selfcare_kit; selfcare_kit.read_sentence('hip side l 6'); print('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
