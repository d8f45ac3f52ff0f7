"""The handout says what the routine says, is safe to open, and fits the page."""

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from pages import Page, page_count, print_to_pdf

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, InvalidValueError, ReferralRequired, UnknownIdError
from selfcare_kit.export import guidance, handout, handout_words, leaflet, page, wording
from selfcare_kit.export.diary import sessions_of
from selfcare_kit.export.handout import VARIANTS, handout_html

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    '"><svg onload=alert(1)>',
    "<!-- <script> --!>",
    "O'Brien & Søn <wife>",
    "\u202egnp.exe \u2028 \u2029",
]
SWEEP = {"mode": "sweep", "seconds": 60, "tool": "massage_ball", "position": "wall_standing"}
MONDAY = datetime.date(2026, 11, 23)


@pytest.fixture
def routine(clear):
    made = kit.Routine(title="Hip and outer leg", code="C-104", date=MONDAY, screening=clear)
    made = made.add("gmed_2", side="left").add("piri_1", side="both").add("tfl_1", side="right")
    return made.add("vl_4", side="left", **SWEEP).add("ql_s2", side="both", seconds=90)


@pytest.fixture
def mixed(clear):
    """Five steps with as many techniques as they can have: the longest page of the guide's points."""
    made = kit.Routine(title="Hip and leg", code="C-104", screening=clear).add("gmed_2", side="left")
    made = made.add("piri_1", side="both").add("fibl_1", side="left")
    made = made.add("gas_1", side="both", tool="opposite_knee", position="lying_on_back")
    return made.add("fdb_1", side="left")


def steps_of(html: str) -> list[str]:
    steps = re.search(r'<ol class="steps[^"]*">(.*?)</ol>', html, re.DOTALL)[1]
    return [" ".join(Page(part).text.split()) for part in steps.split("<li>")[1:]]


def data_of(html: str) -> str:
    return re.search(r'<script type="application/json" id="selfcare-routine">(.*?)</script>', html, re.DOTALL)[1]


# What it says


def test_the_numbers_of_the_steps_are_the_numbers_on_the_plate(routine):
    html = handout_html(routine)
    on_plate = {(int(n), point) for point, n in re.findall(r'data-point="(\w+)"[^>]*><title>(\d+):', html)}
    assert on_plate == {(n, step.point) for n, step in enumerate(routine.steps, start=1)}
    assert [int(step.split()[0]) for step in steps_of(html)] == [1, 2, 3, 4, 5]


def test_each_step_says_muscle_side_where_how_and_how_long(routine, guide):
    texts = guide.texts("en")
    for step, words in zip(routine.steps, steps_of(handout_html(routine)), strict=True):
        plain, latin = re.fullmatch(r"(.*) \((.*)\)", texts[f"muscle.{step.muscle.replace(' ', '_')}"]).groups()
        assert plain in words[0:2] + words[2:].lower()
        assert latin in words
        assert f"{texts[f'handout.side.{step.side}'].capitalize()} · {step.seconds} seconds" in words
        assert f"Where: {texts[f'point.{step.point}.where']}" in words
        assert "How:" in words


def test_a_step_on_both_sides_says_so_and_how_long_on_each(routine):
    assert "Both sides · 90 seconds on each side" in steps_of(handout_html(routine))[4]


@pytest.mark.parametrize(
    ("point", "values", "words"),
    [
        ("gmed_2", {}, "between you and the wall"),
        ("gmed_2", {"position": "floor_lying"}, "Lie on the floor. Put the ball on the sore spot."),
        ("vl_4", SWEEP, "goes from the hip to the knee"),
        ("gas_1", {"tool": "opposite_knee"}, "rest your calf on top"),
        ("gas_1", {"tool": "knobbed_tool"}, "Put the round knob on the sore spot."),
        ("fibl_1", {"mode": "scrape", "tool": "scraping_tool"}, "Scrape gently down the outer side of your leg"),
        ("fdb_1", {}, "Put the ball under your foot."),
        ("edb_1", {"tool": "supported_fingers"}, "back them up with your other hand"),
        ("gas_1", {"tool": "supported_fingers", "position": "chair_sitting"}, "Sit on a chair. Put your fingers on"),
        ("fdb_1", {"tool": "supported_fingers"}, "Put your fingers on the sore spot"),
        ("abdm_1", {"tool": "knobbed_tool"}, "Sit on a chair. Put the round knob on the sore spot."),
        ("gmax_1", {"tool": "small_firm_ball"}, "Put the ball on the sore spot. Press in slowly"),
        ("tfl_1", {"mode": "scrape"}, "Scrape gently down."),
    ],
)
def test_the_words_for_how_follow_mode_tool_and_position(clear, point, values, words):
    html = handout_html(kit.Routine(screening=clear).add(point, side="left", **values))
    assert words in steps_of(html)[0]


def test_words_that_name_another_place_are_not_used(clear):
    html = handout_html(kit.Routine(screening=clear).add("gmax_1", side="left", tool="small_firm_ball"))
    assert "foot" not in steps_of(html)[0]


def test_how_hard_and_how_often_are_said_once_when_all_steps_share_them(routine):
    alike = replace(routine, steps=tuple(step.changed(pressure=3) for step in routine.steps))
    text = Page(handout_html(alike)).text
    assert text.count("How hard: 3 out of 10 at most; start light") == 1
    assert text.count("How often: every 2 to 3 days") == 1


def test_a_step_with_its_own_pressure_and_rest_says_them_itself(routine):
    changed = routine.change("tfl_1", pressure=3, every_days_min=4, every_days_max=4)
    steps = steps_of(handout_html(changed))
    assert "How hard: 3 out of 10 at most." in steps[2]
    assert "How often: every 4 days." in steps[2]
    assert "How hard: 4 out of 10 at most." in steps[0]
    assert "How often: every 2 to 3 days." in steps[0]


def test_a_note_is_printed_with_its_step(routine):
    assert (
        "Note: after a warm shower" in steps_of(handout_html(routine.change("ql_s2", note=" after a warm shower ")))[4]
    )


def test_the_diary_holds_real_days_at_the_shorter_rest(routine):
    days = [attributes["datetime"] for attributes in Page(handout_html(routine, today=MONDAY)).all("time")]
    assert days == [(MONDAY + datetime.timedelta(days=2 * n)).isoformat() for n in range(8)]


def test_a_step_that_rests_longer_is_left_out_of_the_days_between(routine):
    longer = routine.change("tfl_1", every_days_min=4, every_days_max=5)
    days = sessions_of(longer, MONDAY, "en")
    assert [day.steps for day in days[:4]] == [(), (1, 2, 4, 5), (), (1, 2, 4, 5)]


def test_a_diary_never_begins_in_the_past(routine):
    later = MONDAY + datetime.timedelta(days=30)
    assert Page(handout_html(routine, today=later)).all("time")[0]["datetime"] == later.isoformat()


def test_the_client_is_named_by_name_or_by_code(routine):
    assert "For Maria Schneider" in Page(handout_html(routine, client="Maria Schneider")).text
    assert "For C-104" in Page(handout_html(routine, client="  ")).text
    assert "For " not in Page(handout_html(replace(routine, code=""))).text.splitlines()[1]


def test_cautions_of_the_points_name_their_steps_and_stand_once(routine, guide):
    care = guidance.care_of(routine, "en")
    assert [each.steps for each in care if "bony bump on the side" in each.text] == [(1, 3)]
    sentences = " ".join(each.text for each in care)
    assert sentences.count("Press in from the side") == 1
    assert guide.texts()["caution.C31"] not in sentences, "it is a general rule already"


def test_what_the_client_answered_comes_first_and_for_all_steps(routine, guide):
    screening = kit.screen(yes=["C02"])
    care = guidance.care_of(routine.adapted_to(screening), "en")
    assert care[0] == (guide.texts()["caution.C02"], ())


def test_the_page_says_rules_help_doubt_version_and_review(routine, guide):
    texts = guide.texts("en")
    text = Page(handout_html(routine)).text.replace("\n", " ")
    assert "Spend no more than 120 seconds on each area." in text
    for key in (
        "emergency.title",
        "stop.title",
        "what_this_is",
        "not_a_diagnosis",
        "not_reviewed",
        "emergency.default_number",
    ):
        assert texts[f"handout.{key}"] in text
    assert f"version {guide.version}" in text
    assert "Travell, Simons 1992" in text
    assert text.count("Travell, Simons") == 1
    assert "our own estimates" in text
    web = [row["short"] for row in guide.table("sources") if row["kind"] == "web" and row["short"]]
    assert not any(name in text for name in web), "what a clinician would not cite stays in the tables"
    assert "not a diagnosis" in text
    assert "About 8 minutes in all" in text


def test_no_placeholder_is_left_in_any_variant(routine):
    for variant in VARIANTS:
        assert not re.search(r"\{\w+\}", Page(handout_html(routine, variant=variant)).text)


def test_every_text_the_pages_use_is_in_the_guide(guide):
    found = set()
    for module in (guidance, handout, handout_words, leaflet, page, wording):
        found |= set(re.findall(r"""texts\[f?"([^"{]+)"\]""", Path(module.__file__).read_text(encoding="utf-8")))
    assert len(found) > 20
    assert found <= set(guide.texts("en"))


def test_a_video_of_the_guide_is_a_link_and_only_to_the_web(routine, monkeypatch):
    guide = routine.guide
    row = {
        "id": "1",
        "technique": "",
        "point": "gmed_2",
        "title": "Side of the hip",
        "url": "https://example.org/v?a=1&b=2",
    }
    rows = (
        row,
        {
            **row,
            "id": "2",
            "technique": "ball_wall_sweep",
            "point": "",
            "title": "Sweep",
            "url": "https://example.org/s",
        },
        {**row, "id": "3", "title": "Bad", "url": "javascript:alert(1)"},
    )
    monkeypatch.setitem(guide._tables, "videos", rows)
    parsed = Page(handout_html(routine))
    assert [link["href"] for link in parsed.all("a")] == ["https://example.org/v?a=1&b=2", "https://example.org/s"]
    assert "Side of the hip" in parsed.text
    assert "example.org/v?a=1&b=2" in parsed.text


# What it must not do


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(routine, text):
    made = replace(routine.change("gmed_2", note=text), title=text, code=text)
    as_client = Page(handout_html(routine, client=text))
    assert " ".join(text.split()) in " ".join(as_client.text.split())
    for parsed in (Page(handout_html(made)), as_client):
        check_nothing_runs(parsed)
    seen = " ".join(Page(handout_html(made)).text.split())
    assert seen.count(" ".join(text.split())) >= 3


def check_nothing_runs(parsed):
    kinds = {name for name, _ in parsed.elements}
    assert not kinds & {"img", "iframe", "object", "embed", "form", "link", "base"}
    assert [attributes.get("type") for attributes in parsed.all("script")] == ["application/json"]
    assert not [name for _, attributes in parsed.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("words", [{"title": "Hip of Anna Miller"}, {"code": "miller_anna"}])
def test_a_clients_name_in_title_or_code_is_refused_and_not_told(routine, words):
    with pytest.raises(InvalidValueError, match="the client's name must be given as client only") as told:
        handout_html(replace(routine, **words), client="Anna Miller")
    assert "Miller" not in str(told.value)


def test_a_clients_name_in_a_note_or_as_initials_gets_into_no_record(routine):
    noted = routine.change("gmed_2", note="As Anna MILLER likes it")
    with pytest.raises(InvalidValueError, match="as the note of step 1 gets into records, got it there, too") as told:
        handout_html(noted, client="Anna Miller")
    assert "MILLER" not in str(told.value)
    agreed = routine.with_screening(kit.screen(agreed_by="Anna Miller"))
    with pytest.raises(InvalidValueError, match="as agreed_by gets into records"):
        handout_html(agreed, client="Anna Miller")
    assert "Anna Miller" in handout_html(routine.change("gmed_2", note="Ask Anna"), client="Anna Miller")


def test_a_code_with_a_word_of_the_clients_name_is_refused(routine):
    with pytest.raises(InvalidValueError, match="got a word of it in code, too; take it out there") as told:
        handout_html(replace(routine, code="Miller-2"), client="Anna Miller")
    assert "Miller" not in str(told.value)


def test_words_that_look_like_placeholders_are_printed_as_they_are(routine):
    text = Page(handout_html(replace(routine, title="{client} {date}"), client="{number}")).text
    assert "{client} {date}" in text
    assert "For {number}" in text


def test_a_routine_with_hostile_words_is_read_back_from_its_handout(routine, tmp_path):
    for text in HOSTILE:
        made = replace(routine.change("gmed_2", note=text), title=text, code=text)
        assert kit.read_routine(made.to_html(tmp_path / "h.html")) == made


def test_nothing_runs_and_nothing_is_asked_of_the_network(routine):
    html = handout_html(routine, client="Maria")
    parsed = Page(html)
    assert len(parsed.all("script")) == 1
    for tag, attributes in parsed.elements:
        for name in ("src", "srcset", "data", "action", "poster"):
            assert name not in attributes, (tag, name)
        if tag != "a":
            assert not attributes.get("href", "#").startswith(("http", "//"))
    assert not re.search(r"url\((?!#)", html)
    assert "@import" not in html
    policy = next(m["content"] for m in parsed.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert {"name": "referrer", "content": "no-referrer"} in parsed.all("meta")
    assert {"name": "robots", "content": "noindex"} in parsed.all("meta")


def test_the_clients_name_is_not_in_the_data_nor_in_the_title(routine):
    html = handout_html(routine, client="Maria Schneider")
    assert html.count("Maria Schneider") == 1
    assert json.loads(data_of(html))["code"] == "C-104"
    assert not re.search(r"[<>&]", data_of(html))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_page_is_valid_html_with_one_heading_and_a_language(routine, variant, paper):
    html = handout_html(routine, variant=variant, paper=paper)
    html5lib.HTMLParser(strict=True).parse(html)
    parsed = Page(html)
    assert parsed.all("html") == [{"lang": "en"}]
    assert len(parsed.all("h1")) == len(parsed.all("main")) == 1
    assert f"size:{paper}" in html
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_figure_speaks_the_language_of_the_page(routine, monkeypatch):
    guide = routine.guide
    texts = guide.texts("en") | {
        "figure.view.oblique.left": "Links hinten", "figure.letter.right": "D", "figure.title": "Bild: {views}",
        "figure.where": "Hier: {steps}", "side.left": "links",
    }  # fmt: skip
    monkeypatch.setitem(guide.cache, "client texts en", wording.Texts(texts))
    monkeypatch.setitem(guide.cache, "step texts", {})
    monkeypatch.delitem(guide.cache, "figure words en", raising=False)
    html = handout_html(routine)
    monkeypatch.delitem(guide.cache, "figure words en")
    words = "".join(Page(html).svg_words)
    for word in ("Links hinten", "Bild: Links hinten", "Hier: 1 Side-of-hip muscle, links"):
        assert word in words
    assert ">D</text>" in html
    assert ">R</text>" not in html


def test_every_title_of_the_figure_is_in_the_guides_texts(guide):
    from selfcare_kit.body.words import VIEWS

    texts = guide.texts("en")
    assert {view: texts[f"figure.view.{view}"] for view in VIEWS} == VIEWS
    assert {"figure.letter.left", "figure.letter.right", "figure.title", "figure.where"} <= set(texts)


def test_no_figure_leaves_the_figure_out(routine):
    parsed = Page(handout_html(routine, variant="no_figure"))
    assert not parsed.all("svg")
    assert "circle is a place to search" not in parsed.text


def test_black_and_white_holds_no_colour(routine):
    html = handout_html(routine, variant="black_and_white")
    svg = html[html.index("<svg") : html.index("</svg>")]
    assert all(len({c[i : i + 2] for i in (0, 2, 4)}) == 1 for c in re.findall(r"#([0-9a-f]{6})\b", svg))


def test_step_text_is_twelve_points_and_small_print_nine_or_more():
    sheets = "".join(path.read_text(encoding="utf-8") for path in page.TEMPLATES.glob("*.css"))
    assert "font: 12pt" in sheets
    assert min(float(size) for size in re.findall(r"([\d.]+)pt(?=[;/ ])(?! solid)", sheets) if float(size) > 2) >= 9


@pytest.mark.parametrize(
    ("name", "value"), [("variant", "colour"), ("variant", "Large"), ("paper", "A5"), ("paper", None)]
)
def test_an_unknown_appearance_is_refused(routine, name, value):
    with pytest.raises(InvalidValueError, match=f"{name} must be one of"):
        handout_html(routine, **{name: value})


def test_an_unknown_language_is_refused(routine):
    with pytest.raises(UnknownIdError, match="language must be one of de, en, es, fr"):
        handout_html(routine, language="xx")


def test_a_missing_text_is_told_in_a_sentence(routine, monkeypatch):
    monkeypatch.setitem(routine.guide.cache, "client texts en", wording.Texts())
    monkeypatch.setitem(routine.guide.cache, "step texts", {})
    with pytest.raises(kit.SelfcareError, match=r"needs the text '.*', got none .* copy its row"):
        handout_html(routine)


# The gate


def test_without_a_screening_of_today_nothing_is_written(routine, yesterday, tmp_path):
    for screening in (None, kit.screen(date=yesterday)):
        with pytest.raises(kit.ScreeningRequired):
            replace(routine, screening=screening).to_html(tmp_path / "h.html")
    assert not (tmp_path / "h.html").exists()


def test_a_red_flag_stops_the_page(routine, clear, tmp_path):
    with pytest.raises(BlockedError, match="R01"):
        routine.with_screening(kit.screen(yes=["R01"], agreed_by="AB")).to_html(tmp_path / "h.html")
    weak = kit.suggest(["thigh_outer"], side="left", sensations=["weak"], screening=clear).complaint
    with pytest.raises(ReferralRequired, match="a clinician has to look"):
        replace(routine, complaint=weak).to_html(tmp_path / "h.html")
    assert not (tmp_path / "h.html").exists()


# A picture for each step


def pictures(html):
    return re.findall(r"<figure>(<svg.*?</svg>)</figure>", html, re.DOTALL)


def test_each_step_of_a_detailed_handout_has_its_own_picture_with_its_number_side_and_muscle(routine):
    found = pictures(handout_html(routine, variant="detailed"))
    assert len(found) == len(routine.steps)
    for number, (step, svg) in enumerate(zip(routine.steps, found, strict=True), start=1):
        marks = re.findall(r'data-point="(\w+)" data-side="(\w+)"><title>(\d+):', svg)
        sides = {"left", "right"} if step.side == "both" else {step.side}
        assert {(point, side, int(n)) for point, side, n in marks} == {(step.point, side, number) for side in sides}
        assert f'data-muscle="{routine.guide.point(step.point).muscle_id}"' in svg
        assert svg.count("<circle cx=") >= 2 or 'class="lane"' in svg


def test_a_step_worked_along_shows_its_lane_in_its_picture(routine):
    lanes = [svg.count('class="lane"') for svg in pictures(handout_html(routine, variant="detailed"))]
    assert lanes == [0, 0, 0, 1, 0]


def test_each_step_of_a_detailed_handout_tells_all_of_itself(routine, guide):
    texts = guide.texts()
    steps = steps_of(handout_html(routine, variant="detailed"))
    for step, words in zip(routine.steps, steps, strict=True):
        assert "Same as step" not in words
        assert f"With what: {texts[f'tool.{step.tool}'].partition(' (')[0].capitalize()}" in words
        assert texts[f"position.{step.position}"] in words
    assert f"Take care: {texts['caution.C18']}" in steps[0]
    assert f"Take care: {texts['caution.C18']}" in steps[2]
    assert texts["caution.C18"] not in steps[1]


def test_what_the_client_answered_still_stands_for_all_steps_of_a_detailed_handout(routine, guide):
    made = routine.adapted_to(kit.screen(yes=["C02"]))
    html = handout_html(made, variant="detailed")
    assert guide.texts()["caution.C02"] in html[: html.index('<ol class="steps')]


# Languages


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("es", ("Lado izquierdo · 60 segundos", "Dónde:", "cada 2-3 días", "23 nov. 2026", "Unos 8 minutos en total", ">I</text>")),
        ("fr", ("Côté gauche · 60 secondes", "Où\u00a0:", "tous les 2 à 3 jours", "23 nov. 2026", "4 sur 10 au plus", ">G</text>")),
        ("de", ("Linke Seite · 60 Sekunden", "Wo:", "alle 2 bis 3 Tage", "23. Nov. 2026", "Jedes • ist ein Ruhetag", ">L</text>")),
    ],
)  # fmt: skip
def test_a_language_has_its_own_words_signs_and_dates(routine, language, found):
    html = handout_html(routine, language=language, today=MONDAY)
    assert Page(html).all("html") == [{"lang": language}]
    for words in found:
        assert words in html, words
    assert "Where" not in html
    assert not re.search(r"\{\w+\}", Page(html).text)


def test_the_first_of_a_month_has_its_name_in_french(five_steps):
    html = handout_html(five_steps, language="fr", today=datetime.date(2027, 3, 1))
    assert "Fait le 1er mars 2027" in html


def test_no_language_has_english_left_on_the_page(routine, guide):
    english = set(re.findall(r"[a-z]{4,}", Page(handout_html(routine)).text.casefold()))
    for language in ("es", "fr", "de"):
        own = set(re.findall(r"[a-z]{4,}", " ".join(guide.texts(language).values()).casefold()))
        page = set(re.findall(r"[a-z]{4,}", Page(handout_html(routine, language=language)).text.casefold()))
        left = (page & english) - own
        assert left <= {"outer", "travell", "simons", "scribd", "brainscape", "medlink", "finando", "kostopoulos", "rizopoulos",
                        "richter", "hebgen"}, left  # fmt: skip


def test_a_page_from_right_to_left_says_so(five_steps, right_to_left):
    html = handout_html(right_to_left(five_steps), language="he")
    assert '<html lang="he" dir="rtl">' in html
    assert "direction:ltr" in html, "for the figure"
    assert "צד שמאל · 60 שניות" in html
    assert five_steps.guide.texts()["technique.ball_wall_hold"] in html, "what is missing stays English"


# Doses in words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"every_days_min": 2, "every_days_max": 3}, "every 2 to 3 days, not more often"),
        ({"every_days_min": 4, "every_days_max": 4}, "every 4 days, not more often"),
    ],
)
def test_the_rule_of_rest_says_the_rest_of_the_steps(clear, values, words):
    made = kit.Routine(screening=clear).add("gmed_2", side="left", **values)
    assert f"Do the steps {words}." in Page(handout_html(made)).text


def test_one_minute_is_not_minutes(clear):
    assert (
        "About 1 minute in all"
        in Page(handout_html(kit.Routine(screening=clear).add("gmed_2", side="left", seconds=60))).text
    )


def test_a_tool_is_explained_once(clear):
    made = kit.Routine(screening=clear).add("gmed_2", side="left").add("vl_4", side="left", **SWEEP)
    text = Page(handout_html(made)).text
    assert text.count("Massage ball (a tennis ball will do to start).") == 1
    assert text.count("Massage ball.") == 1


def test_an_older_version_of_the_guide_is_named_without_the_date_of_the_new_one(routine):
    text = Page(handout_html(replace(routine, guide_version="0.9.0"))).text
    assert "Hip pain and leg numbness, version 0.9.0; Travell" in text


# Size


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_five_steps_keep_to_their_bytes(five_steps, side):
    made = kit.Routine(title=five_steps.title, code=five_steps.code, screening=five_steps.screening)
    for step in five_steps.steps:
        made = made.add(step.point, side=side)
    assert len(handout_html(made, client="Maria Schneider").encode()) <= 32_000
    assert len(handout_html(made, client="Maria Schneider", variant="black_and_white").encode()) <= 20_500


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("variant", ["standard", "black_and_white", "no_figure"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["five_steps", "routine", "mixed"])
def test_five_steps_are_one_page(name, paper, variant, request, tmp_path):
    made = request.getfixturevalue(name)
    assert (
        page_count(print_to_pdf(handout_html(made, client="Maria Schneider", paper=paper, variant=variant), tmp_path))
        == 1
    )


def test_the_body_on_the_handout_wears_shorts_that_let_the_lines_through(five_steps):
    assert 'class="shorts" fill="#b8c4cf" fill-opacity="0.4"' in five_steps.to_html()
    assert 'class="shorts"' not in five_steps.to_html(variant="black_and_white")
    assert 'class="shorts"' not in five_steps.figure().to_svg()


def test_every_point_is_printed_with_sources_that_a_clinician_would_cite(guide):
    kinds = {}
    for row in guide.table("sources"):
        kinds.setdefault(row["short"] or row["citation"], set()).add(row["kind"])
    for point in guide.point_values.values():
        if not point.show_only:
            named = guidance.sources_of(kit.Routine().add(point.id, side="left"), "en").split("; ")
            assert named, point.id
            assert all(kinds.get(name, set()) != {"web"} for name in named), point.id


def test_no_slide_deck_and_no_flash_card_is_on_a_handout(clear):
    made = kit.Routine(screening=clear).add("gmed_2", side="left").add("abh_1", side="left").add("gas_2", side="left")
    text = made.to_html()
    assert not any(name in text for name in ("Scribd", "Brainscape", "physical-therapy.us", "topgolfgears"))
