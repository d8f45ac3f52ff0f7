"""What a page says fits the client: nobody is told to call because of what they came with, unless it is new or worse."""

import re

import pytest
from pages import Page

import selfcare_kit as kit
from selfcare_kit.export.handout import guidance
from selfcare_kit.export.handout.client_texts import client_texts, texts_for
from selfcare_kit.export.handout.content import title_of
from selfcare_kit.export.handout.handout import handout_html

GUIDE = kit.load_guide()
LANGUAGES = GUIDE.languages
ALL_CLEAR = kit.screen()
# How each language says that something is new or worse, or more than it was.
NEW_OR_WORSE = {
    "en": r"new or worse|new or gets worse|gets worse|starts|\bmore\b|than today|weaker|in a new way",
    "es": r"nuevo|nueva|peor|empeora|empieza|aumenta|\bmás\b|menos fuerza que hoy",
    "fr": r"nouve|pire|aggrave|apparaissent|augmentent|\bplus (enflée|de)\b|moins de force",
    "de": r"neu\b|stärker|schwächer|beginnt|zunimmt|schlimmer|anders als bisher",
}
FELT = {
    "en": {"numb": r"numb", "tingling": r"tingl", "sharp": r"sharp pain", "weak": r"weak", "swelling": r"swoll|swell"},
    "es": {"numb": r"adorme", "tingling": r"hormig", "sharp": r"dolor punzante", "weak": r"fuerza|débil", "swelling": r"hinch"},
    "fr": {"numb": r"engourdi", "tingling": r"fourmill", "sharp": r"douleur vive", "weak": r"force|faible", "swelling": r"enfl"},
    "de": {"numb": r"taub", "tingling": r"kribbel", "sharp": r"stechend", "weak": r"schw[aä]ch", "swelling": r"schwoll|schwillt"},
}  # fmt: skip
# Said to everybody, since it comes suddenly, is a sign of its own place, or names another illness.
OWN_SIGNS = ("handout.emergency.2", "handout.emergency.4", "handout.emergency.short.3", "handout.emergency.short.6", "handout.today.5", "handout.today.short.6")  # fmt: skip


def routine_for(felt, point="gmed_2", side="left", **answers):
    complaint = GUIDE.complaint(felt, side)
    return kit.Routine(title="Hip", complaint=complaint, screening=kit.screen(**answers)).add(point, side=side)


def call_lines(texts):
    groups = ("handout.emergency.", "handout.today.", "handout.stop.")
    return {
        key: text
        for key, text in texts.items()
        if key.startswith(groups) and key.rpartition(".")[2].isdigit() and key not in OWN_SIGNS
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sensation", ["numb", "tingling", "sharp", "weak", "swelling"])
@pytest.mark.parametrize("side", ["left", "both"])
def test_nobody_is_told_to_call_because_of_what_they_came_with(language, sensation, side):
    felt = {"thigh_outer": {"side": side, "sensations": [sensation]}}
    routine = kit.Routine(complaint=GUIDE.complaint(felt), screening=ALL_CLEAR)
    lines = call_lines(texts_for(routine, language))
    speaking = [(key, text) for key, text in lines.items() if re.search(FELT[language][sensation], text, re.IGNORECASE)]
    assert speaking
    for key, text in speaking:
        assert re.search(NEW_OR_WORSE[language], text, re.IGNORECASE), (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_legs_are_an_emergency_only_when_that_is_new_or_worse(language):
    texts = client_texts(GUIDE, language)
    for key in ("handout.emergency.3", "handout.emergency.short.5", "handout.emergency.short.5.with.R18;R19"):
        assert re.search(NEW_OR_WORSE[language], texts[key], re.IGNORECASE), texts[key]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_feels_none_of_it_reads_the_plain_lines(language):
    texts = client_texts(GUIDE, language)
    fitted = texts_for(kit.Routine(complaint=GUIDE.complaint("hip_side", "left"), screening=ALL_CLEAR), language)
    assert dict(fitted) == dict(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_foot_known_not_to_feel_counts_as_numb_though_nobody_ticked_it(language):
    answered = kit.Routine(screening=kit.screen(yes=["C04"])).add("gmed_2", side="left")
    texts, fitted = client_texts(GUIDE, language), texts_for(answered, language)
    key = "handout.stop.1"
    assert fitted[key] != texts[key]
    assert re.search(NEW_OR_WORSE[language], fitted[key])


def test_whoever_came_with_pain_at_night_is_not_told_to_call_because_of_it():
    answered = {"yes": ["R20"], "where": {"R20": ["foot_top"]}, "agreed": {"R20": "examined; AB"}}
    texts = texts_for(routine_for("hip_side", **answered), "en")
    assert "new or worse than today" in texts["handout.stop.3"]
    assert "new or worse than today" in texts["handout.stop.short.4"]


@pytest.mark.parametrize("variant", ["standard", "large"])
def test_the_page_of_a_numb_client_says_new_or_worse(variant):
    html = handout_html(routine_for({"foot_top": {"sensations": ["numb"]}}), variant=variant)
    text = Page(html).text
    assert "new or worse than today" in text
    assert "if the feeling stays" not in text
    assert "numbness or sharp pain stays," not in text
    key = "handout.before_you_start.7" if variant == "large" else "handout.rule.short.5"
    rule = GUIDE.texts("en")[f"{key}.with.numb;tingling;sharp;burning;C04;R18;R19"].replace("**", "")
    assert rule in text


def test_conditions_are_sensations_and_rules_of_the_guide():
    known = {row["id"] for table in ("sensations", "red_flags", "cautions") for row in GUIDE.table(table)}
    texts = client_texts(GUIDE, "en")
    assert texts.variants
    assert texts.conditions <= known
    assert all(key in texts for key, _, _ in texts.variants)


# Cautions


def care(routine, language="en"):
    return guidance.care_of(routine, language)


def test_there_is_no_advice_for_a_place_without_a_step():
    texts = GUIDE.texts("en")
    felt = {"foot_top": {"sensations": ["numb"]}}
    told = " ".join(each.text for each in care(routine_for(felt)))
    assert texts["caution.C04"] not in told, "no step works the foot"


def test_advice_for_some_steps_names_them():
    texts = GUIDE.texts("en")
    routine = routine_for({"foot_top": {"sensations": ["numb"]}}).add("edb_1", side="left")
    assert [each.steps for each in care(routine) if texts["caution.C04"] in each.text] == [(2,)]


def test_what_is_to_be_left_out_is_told_for_all_steps():
    texts = GUIDE.texts("en")
    routine = routine_for("hip_side", yes=["C12"], where={"C12": ["foot_top"]})
    assert [each.steps for each in care(routine) if texts["caution.C12"] in each.text] == [()]


REFER_FLAGS = [row["id"] for row in GUIDE.table("red_flags") if row["action"] == "refer"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flag", REFER_FLAGS)
def test_a_flag_that_prints_with_initials_has_words_for_the_client(language, flag):
    where = {flag: ["foot_top"]} if GUIDE.row("red_flags", flag)["where"] == "required" else {}
    point = "ql_s2" if flag not in ("R11", "R11b", "R12b", "R15c", "R21", "R22") else "gmed_2"
    answers = {"yes": [flag], "where": where, "agreed": {flag: "examined; AB"}}
    routine = kit.Routine(screening=kit.screen(**answers)).add(point, side="left")
    first = care(routine, language)[0]
    assert first.steps == ()
    assert GUIDE.texts(language)[f"flag.{flag}"] in first.text


def test_a_flag_without_words_of_its_own_says_that_it_was_looked_at(monkeypatch):
    routine = routine_for("hip_side", point="ql_s2", yes=["R17"], agreed={"R17": "examined; AB"})
    texts = texts_for(routine, "en")
    monkeypatch.delitem(texts, "flag.R17")
    assert texts["handout.looked_at"] in care(routine)[0].text
    monkeypatch.undo()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_in_the_clients_hand_does_not_say_to_ask_first(language):
    first = {"en": r"\bfirst\b", "es": r"\bantes (a|con|de)\b", "fr": r"\bd’abord\b", "de": r"\bzuerst\b"}[language]
    for key, text in GUIDE.texts(language).items():
        if key.startswith(("caution.", "flag.")):
            assert not re.search(first, text), (key, text)


@pytest.mark.parametrize(("language", "words"), [("en", "blood flow"), ("es", "circulación"), ("fr", "sang circule"), ("de", "durchblutet")])  # fmt: skip
def test_poor_flow_is_named(language, words):
    assert words in GUIDE.texts(language)["caution.C16"]


# With the clinician only


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_who_cannot_report_says_in_its_title_that_it_is_done_with_the_clinician(language):
    routine = routine_for("hip_side", yes=["C26"])
    html = handout_html(routine, language=language)
    page, texts = Page(html), GUIDE.texts(language)
    title = texts["caution.C26.title"].replace("{title}", "Hip")
    assert title_of(routine, texts_for(routine, language)) == title
    assert f"<title>{title}</title>" in html
    assert title in page.text
    assert title != "Hip"
    assert texts["caution.C26"] in " ".join(page.text.split())


@pytest.mark.parametrize("variant", ["standard", "large", "detailed", "no_figure", "black_and_white"])
def test_the_page_of_who_cannot_report_has_no_diary(variant):
    page = Page(handout_html(routine_for("hip_side", yes=["C26"]), variant=variant))
    assert not page.all("time")
    assert "Your diary" not in page.text
    assert "Tick the box" not in page.text


def test_the_calendar_of_who_cannot_report_says_with_whom():
    text = routine_for("hip_side", yes=["C26"]).to_ics().replace("\r\n ", "")
    assert "Do these steps only while your clinician is with you." in text
    assert "diary" not in text


def test_anybody_else_has_the_plain_title_and_a_diary():
    page = Page(handout_html(routine_for("hip_side")))
    assert page.all("time")
    assert "only with your clinician" not in page.text
