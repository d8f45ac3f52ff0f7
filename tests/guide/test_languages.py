"""Every language says what English says: these are safety texts. Status, fallback and the check of a new file."""

import csv
import re
import shutil
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import ABOUT, Translation, fields_of, numbers_of

GUIDE = kit.load_guide()
ENGLISH = GUIDE.texts("en")
OTHERS = [language for language in GUIDE.languages if language != "en"]
TEXTS = {language: GUIDE.texts(language) for language in OTHERS}
DRAFTED_BY_A_MACHINE = ("es", "fr", "de")
SAME = ABOUT + tuple(key for key in ENGLISH if key.startswith("date."))
KEYS = [key for key in ENGLISH if key not in SAME]

# How each language says no, and how it says to keep away from something.
NO = {
    "es": r"\b(no|nunca|ni|nadie|ningún)\b",
    "fr": r"\b(ne|non|pas|jamais|ni|personne|aucun|sans|moins|seulement|interdit)\b|\bn’",
    "de": r"\b(nein|nicht|nichts|nie|niemand|verboten|kein|keine|keinen|keiner|noch von keiner|ohne)\b",
}
AWAY = {
    "es": r"\b(no|evite|aparte|apártese)\b",
    "fr": r"\b(ne|n’|évitez|écartez|laissez)",
    "de": r"\b(nicht|weg|lassen)\b",
}
DENIES = re.compile(r"\b(do not|don't|never|can't|cannot|not|no one|nobody|nothing)\b", re.IGNORECASE)
KEEPS_AWAY = re.compile(
    r"\b(leave out|keep off|stay off|stay out|keep it off|keep the ball off|move off)\b", re.IGNORECASE
)
SIDES = {
    "es": {"left": r"\bizquierd[ao]s?\b", "right": r"\bderech[ao]s?\b"},
    "fr": {"left": r"\bgauches?\b", "right": r"\bdroite?s?\b"},
    "de": {"left": r"\blinke[rsnm]?\b|\blinks\b", "right": r"\brechte[rsnm]?\b|\brechts\b"},
}
INNER_OUTER = {
    "es": {"outer": r"exterior|de fuera|por fuera", "inner": r"interior"},
    "fr": {"outer": r"extérieur", "inner": r"intérieur"},
    "de": {"outer": r"äußer|außen", "inner": r"\binner(?!halb)|\binnen|\bInnen"},
}
FRONT_BACK = {
    "es": {"front": r"delante|delantera|frente", "back": r"atrás|detrás|espald|boca arriba|posterior|dorso"},
    "fr": {"front": r"avant|devant|face", "back": r"arrière|derrière|dos\b"},
    "de": {"front": r"vorn|vorder", "back": r"hint|rück|Rück"},
}
WORDS_OF_NUMBERS = {
    "two": {"es": r"dos", "fr": r"deux", "de": r"zwei"},
    "three": {"es": r"tres", "fr": r"trois", "de": r"drei"},
    "four": {"es": r"cuatro", "fr": r"quatre", "de": r"vier"},
    "five": {"es": r"cinco", "fr": r"cinq", "de": r"fünf"},
    "six": {"es": r"seis", "fr": r"six", "de": r"sechs"},
    "third": {"es": r"terci", "fr": r"tiers", "de": r"Drittel"},
    "thirds": {"es": r"dos tercios", "fr": r"deux tiers", "de": r"zwei Drittel"},
    "halfway": {"es": r"mitad|medio|media", "fr": r"mi-chemin|mi-hauteur|milieu", "de": r"halb"},
}

# What was once misread so that it could have done harm, and has to stay corrected: what the text
# says (parts with ";" between), what it never says (a pattern), and what it was.
with Path(__file__).with_name("wrong_readings.csv").open(encoding="utf-8", newline="") as file:
    WRONG_READINGS = list(csv.DictReader(file))
# What no text of a language says, wherever it stands.
NEVER = {
    "en": r"feel shooting,|do not feel well|\bmove the ball\.|trouble with peeing",
    "es": r"apártese (de|si)\b|apartarse|\bbola\b|\bdormid[oa]s?\b|(?<!la punta del )\bpie se le cae|\bel sexo\b|no trabaje",
    "fr": r"écartez-vous|votre pied tombe|\btravaille[rz]\b|appuyez plus seulement",
    "de": r"\bgehen Sie (weg|von)\b|\bbleiben Sie (von|aus)\b|\bSie sind\b[^.]*\btaub\b|bewegen Sie den Ball",
}


def words(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("**", "")


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_all_that_english_says_and_nothing_else(language):
    assert GUIDE.translation(language).missing == ()
    assert set(TEXTS[language]) - set(ABOUT) == set(ENGLISH) - set(ABOUT)


@pytest.mark.parametrize("language", OTHERS)
def test_fields_and_numbers_agree(language):
    for key in KEYS:
        assert fields_of(TEXTS[language][key]) == fields_of(ENGLISH[key]), key
        assert numbers_of(TEXTS[language][key]) == numbers_of(ENGLISH[key]), key


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("english", "other"), [(DENIES, NO), (KEEPS_AWAY, AWAY)], ids=["no", "keep away"])
def test_where_english_forbids_the_other_language_does(language, english, other):
    for key in KEYS:
        if english.search(ENGLISH[key]):
            assert re.search(other[language], words(TEXTS[language][key]), re.IGNORECASE), (key, TEXTS[language][key])


@pytest.mark.parametrize("language", OTHERS)
def test_where_english_does_not_forbid_the_other_language_does_not_either(language):
    strict = {"es": r"\bno\b|\bnunca\b", "fr": r"\b(ne|n’)", "de": r"\b(nicht|nie|kein\w*)\b"}
    softer = re.compile(
        r"less than|no more than|a bit less|below the hollow|hold still|keep|only|rule out|off\b|without|start light|leave",
        re.IGNORECASE,
    )
    for key in [key for key in KEYS if key.startswith(("point.", "caution.", "technique.", "handout.before"))]:
        if not DENIES.search(ENGLISH[key]) and not KEEPS_AWAY.search(ENGLISH[key]) and not softer.search(ENGLISH[key]):
            assert not re.search(strict[language], words(TEXTS[language][key]), re.IGNORECASE), (
                key,
                TEXTS[language][key],
            )


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("table", [SIDES, INNER_OUTER], ids=["left and right", "inner and outer"])
def test_left_right_inner_and_outer_are_never_changed_for_each_other(language, table):
    for key in KEYS:
        for word, other in table[language].items():
            is_meant = re.search(rf"\b{word}\b", ENGLISH[key], re.IGNORECASE) and not re.search(
                r"right away|feels right", ENGLISH[key]
            )
            if word in ("left", "right") and not key.startswith(("figure.", "side.", "handout.side", "handout.figure")):
                continue
            if is_meant:
                assert re.search(other, TEXTS[language][key], re.IGNORECASE), (key, word, TEXTS[language][key])
            elif word not in ENGLISH[key].casefold() and key.startswith(
                ("point.", "caution.", "figure.view", "handout.side", "side.", "technique.")
            ):
                # "out from your spine", "to the outside": outward is told in other words.
                is_outward = word == "outer" and re.search(r"\bout\b|outside", ENGLISH[key])
                is_inward = word == "inner" and re.search(r"\bin\b|halfway in", ENGLISH[key])
                if not is_outward and not is_inward:
                    assert not re.search(other, TEXTS[language][key], re.IGNORECASE), (key, word, TEXTS[language][key])


@pytest.mark.parametrize("language", OTHERS)
def test_front_and_back_are_kept(language):
    for key in [key for key in KEYS if key.startswith(("figure.view", "area."))]:
        for word, other in FRONT_BACK[language].items():
            if re.search(rf"\b{word}\b", ENGLISH[key], re.IGNORECASE) and key != "area.low_back":
                assert re.search(other, TEXTS[language][key], re.IGNORECASE), (key, TEXTS[language][key])


@pytest.mark.parametrize("language", OTHERS)
def test_finger_widths_and_fractions_keep_their_number(language):
    for key in [key for key in KEYS if key.startswith(("point.", "caution.", "technique.", "leaflet.points"))]:
        for word, told in WORDS_OF_NUMBERS.items():
            if re.search(rf"\b{word}\b", ENGLISH[key], re.IGNORECASE):
                assert re.search(told[language], TEXTS[language][key], re.IGNORECASE), (key, word, TEXTS[language][key])
    counts = r"\b(two|three|four|five)(?: to six)? finger"
    names = {"es": r"\b(dos|tres|cuatro|cinco)(?: a seis)? dedos", "fr": r"\b(deux|trois|quatre|cinq)(?: à six)? largeurs? de doigt",
             "de": r"\b(zwei|drei|vier|fünf)(?: bis sechs)? fingerbreit"}  # fmt: skip
    order = ("two", "three", "four", "five")
    for key in KEYS:
        english = [order.index(found) for found in re.findall(counts, ENGLISH[key].lower())]
        other = re.findall(names[language], TEXTS[language][key].lower())
        assert [WORDS_OF_NUMBERS[order[n]][language] for n in english] == other, key


@pytest.mark.parametrize("language", OTHERS)
def test_up_and_down_in_the_places_of_points_are_kept(language):
    above = {
        "es": r"encima|arriba|alto|alta",
        "fr": r"au-dessus|plus haut|en haut|haut|montée",
        "de": r"über|darüber|oberhalb|Ober",
    }
    below = {
        "es": r"debajo|abajo|por debajo|bajo",
        "fr": r"en dessous|plus bas|sous|dessous",
        "de": r"unter|darunter|unterhalb|tiefer",
    }
    for key in [key for key in KEYS if key.startswith("point.")]:
        for pattern, table in ((r"\babove\b", above), (r"\bbelow\b|\blower\b(?! leg)", below)):
            if re.search(pattern, ENGLISH[key], re.IGNORECASE):
                assert re.search(table[language], TEXTS[language][key], re.IGNORECASE), (key, TEXTS[language][key])


@pytest.mark.parametrize("language", OTHERS)
def test_what_english_says_twice_in_the_same_words_the_language_does_too(language):
    told = {}
    for key in KEYS:
        told.setdefault(ENGLISH[key], set()).add(TEXTS[language][key])
    twice = {text: found for text, found in told.items() if len(found) > 1}
    assert {text for text in twice if len(text) > 30} == set(), twice


@pytest.mark.parametrize("language", OTHERS)
def test_muscles_keep_their_standard_name(language):
    for key in [key for key in KEYS if key.startswith("muscle.")]:
        latin = re.search(r"\(.*\)", ENGLISH[key])[0]
        assert TEXTS[language][key].endswith(latin), key


def test_french_has_its_spaces_and_apostrophes_and_spanish_its_marks():
    for key, text in TEXTS["fr"].items():
        if key.startswith("date."):
            continue
        assert not re.search(r"[^\u00a0\u202f\d]:(?!//)|(?<=\w):|[^\u202f][;?!]", text), (key, text)
        assert "'" not in text, (key, text)
    for key, text in TEXTS["es"].items():
        assert text.count("¿") == text.count("?"), (key, text)
        assert text.count("¡") == text.count("!"), (key, text)
    for language in OTHERS:
        for key, text in TEXTS[language].items():
            assert not re.search(r"\"|  | ,| \.", text), (key, text)


@pytest.mark.parametrize(("language", "familiar"), [("es", r"\b(tú|tu|tus|ti|contigo)\b"), ("fr", r"\b(tu|ton|ta|tes|toi)\b"), ("de", r"\b(du|dein|deine|deinen|dir|dich)\b")])  # fmt: skip
def test_the_client_is_addressed_formally(language, familiar):
    for key, text in TEXTS[language].items():
        assert not re.search(familiar, text, re.IGNORECASE), (key, text)


# What must not come back


def misread(text, row):
    """Return what of a row a text leaves out, and whether it says what it must never say."""
    told = words(text).casefold()
    missing = [part for part in row["says"].split(";") if part.casefold() not in told]
    return missing, bool(re.search(row["never"], words(text), re.IGNORECASE))


@pytest.mark.parametrize("language", GUIDE.languages)
def test_each_text_that_was_once_misread_stays_corrected(language):
    for row in [row for row in WRONG_READINGS if row["language"] == language]:
        text = GUIDE.texts(language)[row["key"]]
        assert misread(text, row) == ([], False), (row["key"], row["why"], text)


@pytest.mark.parametrize("language", GUIDE.languages)
def test_whatever_was_misread_would_be_noticed_twice(language):
    for row in [row for row in WRONG_READINGS if row["language"] == language]:
        missing, is_said = misread(row["was"], row)
        assert missing, row["key"]
        assert is_said, row["key"]


def test_what_was_misread_is_of_languages_the_guide_has():
    assert {row["language"] for row in WRONG_READINGS} <= set(GUIDE.languages)
    assert len(WRONG_READINGS) > 100


@pytest.mark.parametrize("language", GUIDE.languages)
def test_no_text_anywhere_says_what_was_misread(language):
    for key, text in GUIDE.texts(language).items():
        assert not re.search(NEVER[language], words(text), re.IGNORECASE), (key, text)


def test_a_german_list_of_cases_does_not_begin_with_wenn():
    """Its items have the verb second, so "wenn:" before them is no German."""
    assert [key for key, text in TEXTS["de"].items() if text.endswith("wenn:")] == []


# Status


@pytest.mark.parametrize("language", OTHERS)
def test_a_draft_says_whose_it_is_until_a_reviewers_name_is_in_the_file(language):
    translation = GUIDE.translation(language)
    assert translation.drafted_by
    by = "a machine" if translation.drafted_by == "machine" else translation.drafted_by
    told = f"{translation.name} ({language}) was drafted by {by} and nobody has reviewed it"
    assert translation.notice.startswith(told) != bool(translation.reviewed_by)


@pytest.mark.parametrize("language", DRAFTED_BY_A_MACHINE)
def test_a_machines_draft_is_not_told_as_a_persons(language):
    assert GUIDE.translation(language).drafted_by == "machine"


def test_a_reviewed_language_and_the_guides_own_have_no_notice():
    assert GUIDE.translation("en") == Translation("en", "English")
    assert Translation("es", "Español", drafted_by="machine", reviewed_by="A. B.").notice == ""


def test_what_a_language_lacks_is_told_with_its_count():
    assert "2 texts are missing in xx" in Translation("xx", "xx", missing=("a", "b")).notice
    assert "1 text is missing in Xx (xx)" in Translation("xx", "Xx", missing=("a",)).notice


# A new file


@pytest.fixture
def started(tmp_path):
    """A guide whose author has begun Italian."""
    folder = shutil.copytree(GUIDE.folder, tmp_path / "mine")

    def start(*rows):
        path = folder / "text" / "it.csv"
        path.write_text("\n".join(["key,text", *rows, ""]), encoding="utf-8")
        settings = folder / "guide.toml"
        settings.write_text(settings.read_text().replace('id = "hip_and_leg"', 'id = "mine"', 1))
        return folder

    return start


def test_a_language_that_is_begun_can_be_used_and_lists_what_it_lacks(started):
    folder = started("language.name,Italiano", "side.left,sinistra", "tool.massage_ball,")
    problems = kit.check_guide(folder)
    assert problems
    assert all(problem.is_note for problem in problems)
    assert "text/it.csv, column key: note: 'tool.massage_ball' has no text and stays 'en'; translate it." in map(
        str, problems
    )
    guide = kit.load_guide(folder)
    assert guide.texts("it")["side.left"] == "sinistra"
    assert guide.texts("it")["tool.massage_ball"] == ENGLISH["tool.massage_ball"]
    missing = [problem for problem in problems if problem.file == "text/it.csv"]
    assert len(guide.translation("it").missing) == len(missing)
    assert guide.translation("it").name == "Italiano"


@pytest.mark.parametrize(
    ("row", "message", "is_note"),
    [
        ('handout.every_days,"ogni {low} giorni"', "must hold the fields {high}, {low} and no other, got 'ogni {low} giorni'", False),
        ("side.left,sinistra\nside.left,destra", "'side.left' already stands in row 3; keep one", False),
        ("date.months,gen;feb", "must be 12 names with ';' between, got 2", False),
        ("language.direction,left", "must be one of ltr, rtl, got 'left'", False),
        ("side.lefft,sinistra", "'side.lefft' is not a text of the guide's own language, so nothing shows it; perhaps 'side.left' was meant", True),
        ("caution.C11,Nelle ultime 10 settimane", "holds other numbers than the guide's own language (12)", True),
    ],
)  # fmt: skip
def test_a_fault_of_a_language_is_told(started, row, message, is_note):
    found = [
        problem for problem in kit.check_guide(started("language.name,Italiano", row)) if message in problem.message
    ]
    assert found
    assert found[0].is_note == is_note
    assert found[0].row is not None


@pytest.mark.slow
def test_where_many_keys_are_unknown_only_the_first_are_guessed_at(started):
    folder = started("language.name,Italiano", *(f"side.lefft{number},x" for number in range(25)))
    unknown = [each.message for each in kit.check_guide(folder) if "side.lefft" in each.message]
    assert len(unknown) == 25
    assert ["perhaps" in message for message in unknown] == [True] * 20 + [False] * 5


def test_a_text_that_the_guides_own_language_lacks_is_no_note(started):
    folder = started()
    path = folder / "text" / "en.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("caution.C08,", "caution.C99,", 1), encoding="utf-8")
    assert any(
        "'caution.C08' has no text; add it" in str(each) and not each.is_note for each in kit.check_guide(folder)
    )


def test_another_guide_takes_the_shared_texts_of_a_language_from_the_built_in_one(started):
    folder = started()
    shared = "handout.diary.title"
    path = folder / "text" / "es.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(shared)]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert Guide(folder).texts("es")[shared] == TEXTS["es"][shared]
    english = folder / "text" / "en.csv"
    english.write_text(english.read_text(encoding="utf-8").replace("Your diary", "My diary"), encoding="utf-8")
    assert Guide(folder).texts("es")[shared] == "My diary", "what a guide says in words of its own is not replaced"


def test_the_check_command_tells_notes_and_passes(started):
    from click.testing import CliRunner

    from selfcare_kit.cli import main

    result = CliRunner().invoke(main, ["check", str(started("language.name,Italiano"))])
    assert result.exit_code == 0, result.output
    assert "No problems, " in result.output
    assert " notes." in result.output


def test_a_language_that_a_screen_would_obey_is_told_in_signs_it_does_not(tmp_path):
    folder = tmp_path / "guide"
    shutil.copytree(GUIDE.folder, folder)
    settings = folder / "guide.toml"
    own = f'language = "{GUIDE.language}"'
    assert own in settings.read_text("utf-8")
    settings.write_text(settings.read_text("utf-8").replace(own, 'language = "\\u001b[2J"'), "utf-8")
    (problem,) = [problem for problem in kit.check_guide(folder) if not problem.is_note]
    assert str(problem) == (
        "text: needs the guide's own language; add text/\\x1b[2J.csv with the columns key and text."
    )
