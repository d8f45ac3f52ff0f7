"""When to get help belongs to a guide: another one prints its own lines, and none of the hip and leg guide's."""

import csv
import re
from html import unescape

import pytest
from small_guide import SETTINGS, small_guide

import selfcare_kit as kit
from selfcare_kit.errors import GuideError
from selfcare_kit.export.handout.client_texts import client_texts, texts_for
from selfcare_kit.export.handout.guidance import help_of, rules_of
from selfcare_kit.export.handout.page import numbered
from selfcare_kit.guide.languages import HELP_BOXES, shared_part
from selfcare_kit.guide.short_texts import plain

# Words for parts of the body that the guide is about and another need not be.
HIP_AND_LEG = re.compile(
    r"\b(legs?|hips?|thighs?|cal(f|ves)|foot|feet|buttocks?|groin|knees?|toes?|ankles?|heels?|soles?|shins?|belly"
    r"|piernas?|cadera|muslos?|pantorrillas?|pies?\b(?! de)|nalgas?|ingles?|rodillas?|tobillos?"
    r"|jambes?|hanches?|cuisses?|mollets?|pieds?|fesses?|aines?|genoux?|chevilles?"
    r"|Beine?n?|Hüften?|Oberschenkel|Waden?|F(u|ü)ße?n?|Gesäß|Po|Leisten?|Knien?|Knöchel)\b"
)
EMPTY = {f"handout.{name}.1": None for name in ("today", "stop")} | {"handout.emergency.2": None}


def loaded(folder, **changes):
    return kit.load_guide(small_guide(folder / "guide", **changes))


def page(guide, **options):
    routine = kit.Routine(guide=guide, screening=kit.screen(guide=guide), title="Demo").add("high_1", side="left")
    return routine.to_html(**options)


def problems(folder, **changes):
    return [each for each in kit.check_guide(small_guide(folder / "guide", **changes)) if "leaflet" not in each.message]


def add_language(folder, language, texts):
    with (folder / "text" / f"{language}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("key", "text"), *texts.items()])


@pytest.mark.parametrize("variant", ["standard", "large"])
def test_a_page_says_the_guides_own_signs_and_none_of_the_hip_and_leg_guides(tmp_path, guide, variant):
    made = page(loaded(tmp_path), variant=variant)
    assert "Your chest hurts." in made
    assert "An arm is suddenly weak." in made
    assert "Your neck hurts after a fall." in made
    texts = guide.texts("en")
    keys = [f"handout.{name}{short}" for name in HELP_BOXES for short in ("", ".short")]
    lines = [plain(line) for key in keys for line in numbered(texts, key)]
    assert len(lines) > 40
    said = unescape(re.sub("<[^>]+>", "", made))
    assert [line for line in lines if line in said] == []


def test_the_headings_and_numbers_of_help_are_shared(tmp_path):
    made = page(loaded(tmp_path), clinic=kit.Clinic(emergency_number="999", phone="555 0100"))
    assert "Call" in made
    assert "999" in made
    assert "Call your clinic: " in made
    assert "555 0100" in made


def test_a_line_can_be_taken_away(tmp_path):
    boxes = help_of(client_texts(loaded(tmp_path, texts=EMPTY), "en"), kit.Clinic())
    assert [(box.name, box.items) for box in boxes] == [("emergency", ("Your chest hurts.",))]


def test_short_lines_of_the_guides_own_go_before_its_long_ones(tmp_path):
    guide = loaded(tmp_path, texts={"handout.emergency.short.1": "**Chest pain**"})
    assert help_of(client_texts(guide, "en"), kit.Clinic())[0].items == ("**Chest pain**",)
    assert help_of(client_texts(guide, "en"), kit.Clinic(), is_long=True)[0].items[0] == "Your chest hurts."


def test_a_guide_without_lines_is_told_in_a_sentence_each(tmp_path):
    none = {**EMPTY, "handout.emergency.1": None}
    found = {str(each): each.is_note for each in problems(tmp_path, texts=none)}
    assert found == {
        "text/en.csv, column key: 'handout.emergency.1' has no text, and no other guide's lines are printed instead; write when to get help right away, one line in each row.": False,
        "text/en.csv, column key: note: 'handout.today.1' has no text, and no other guide's lines are printed instead; write when to see a doctor today, one line in each row.": True,
        "text/en.csv, column key: note: 'handout.stop.1' has no text, and no other guide's lines are printed instead; write when to stop, one line in each row.": True,
    }
    with pytest.raises(GuideError, match="write when to get help right away"):
        kit.load_guide(tmp_path / "guide")


def test_a_line_after_a_gap_is_told_since_no_page_would_print_it(tmp_path):
    gap = {"handout.emergency.2": None, "handout.emergency.3": "You pass out."}
    (found,) = problems(tmp_path, texts=gap)
    assert str(found) == (
        "text/en.csv, column key: 'handout.emergency.3' is printed nowhere, because 'handout.emergency.2' has no text; "
        "number lines without a gap."
    )


def test_a_language_prints_the_guides_own_lines_too(tmp_path):
    folder = small_guide(tmp_path / "guide")
    add_language(folder, "de", {"language.name": "Deutsch", "handout.emergency.1": "Ihre Brust schmerzt."})
    guide = kit.load_guide(folder)
    texts = client_texts(guide, "de")
    assert numbered(texts, "handout.emergency") == ("Ihre Brust schmerzt.", "An arm is suddenly weak.")
    assert "Hilfe" in texts["handout.emergency.title"]
    assert "handout.emergency.2" in guide.translation("de").missing
    assert "handout.emergency.title" not in guide.translation("de").missing


def test_a_rule_of_another_guide_with_the_same_id_changes_no_shared_text(tmp_path):
    """R18 of the hip and leg guide is about legs that hurt when walking; R18 of the small guide is something else."""
    guide = loaded(tmp_path)
    screening = kit.screen(yes=["R18"], agreed_by="AB", guide=guide)
    routine = kit.Routine(
        guide=guide, screening=screening, complaint={"neck": {"side": "left", "sensations": ["ache"]}}
    )
    assert (
        texts_for(routine, "en")["handout.rule.short.5"] == "**Tingling, numbness or sharp pain?** Move off that spot."
    )
    numb = kit.Routine(guide=guide, complaint={"neck": {"side": "left", "sensations": ["numb"]}})
    assert "New or worse" in texts_for(numb, "en")["handout.rule.short.5"]


def test_a_guide_that_writes_one_rule_writes_all_of_them(tmp_path):
    guide = loaded(tmp_path, texts={"handout.before_you_start.1": "Start lightly."})
    routine = kit.Routine(guide=guide).add("high_1", side="left")
    assert rules_of(routine, "en") == ("Start lightly.",)
    assert rules_of(routine, "en", is_short=True) == ("Start lightly.",)


def test_words_for_a_tool_are_a_guides_own(tmp_path):
    assert not any(".tool." in key for key in loaded(tmp_path).texts("en") if key.startswith("handout."))


@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_no_text_that_guides_share_speaks_of_hips_or_legs(guide, language):
    """But those of a picture: they say what the kit's own drawing shows."""
    shared = shared_part(guide.texts(language), guide.records.sensations, ())
    spoken = {key: text for key, text in shared.items() if HIP_AND_LEG.search(text) and not key.startswith("figure.")}
    assert spoken == {}
    assert HIP_AND_LEG.search(guide.texts(language)["handout.emergency.6"])


def test_a_leaflet_needs_no_section_about_the_feet_or_acupuncture(tmp_path):
    names = ("where_first", "technique", "tools", "points", "safety")
    texts = {**{f"leaflet.{name}.title": f"Demo {name}" for name in names}, "leaflet.title": "Demo leaflet"}
    settings = SETTINGS.replace("Demo guide", "Demo shoulder")
    guide = loaded(tmp_path, texts=texts, settings=settings)
    assert not [each for each in kit.check_guide(guide.folder) if "leaflet" in each.message]
    made = guide.to_html()
    assert "Demo technique" in made
    assert "foot" not in made.partition("</style>")[2].replace("footer", "")
