"""The handout says what the routine says, is safe to open, and fits the page."""

import datetime
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from pages import Page

import selfcare_kit as kit
from selfcare_kit.clinics.profile import ClinicVideo
from selfcare_kit.errors import BlockedError, InvalidValueError, ReferralRequired, UnknownIdError
from selfcare_kit.export.handout import cards, content, guidance, handout, leaflet, page, progress, wording
from selfcare_kit.export.handout.diary import sessions_of
from selfcare_kit.export.handout.handout import VARIANTS, handout_html
from selfcare_kit.guide.index import GuideRecords

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
    return [" ".join(Page(part).text.split()) for part in steps.split('<li class="card">')[1:]]


def data_of(html: str) -> str:
    return re.search(r'<script type="application/json" id="selfcare-routine">(.*?)</script>', html, re.DOTALL)[1]


# What it says


def test_the_numbers_of_the_steps_are_the_numbers_on_the_plate(routine):
    html = handout_html(routine)
    on_plate = {(int(n), point) for point, n in re.findall(r'data-point="(\w+)"[^>]*><title>(\d+):', html)}
    assert on_plate == {(n, step.point) for n, step in enumerate(routine.steps, start=1)}
    assert [int(step.split()[0]) for step in steps_of(html)] == [1, 2, 3, 4, 5]


def test_each_card_says_place_side_where_how_and_how_long_and_the_foot_of_the_page_the_muscle(routine, guide):
    texts = guide.texts("en")
    html = handout_html(routine)
    for number, (step, words) in enumerate(zip(routine.steps, steps_of(html), strict=True), start=1):
        side = texts[f"handout.card.side.{step.side}"]
        assert words.startswith(f"{number} {texts[f'point.{step.point}.name']} · {side} {step.seconds} seconds")
        assert f"Where: {texts[f'point.{step.point}.where.short']}" in words
        assert "How: " in words
        assert f"{number} {step.muscle}" in Page(html).text


def test_a_step_on_both_sides_says_so_and_how_long_on_each(routine):
    assert "both sides 90 seconds each side" in steps_of(handout_html(routine))[4]


@pytest.mark.parametrize("variant", ["standard", "large", "detailed", "black_and_white", "no_figure"])
def test_every_card_tells_how_and_none_says_same_as(routine, variant):
    for words in steps_of(handout_html(routine, variant=variant)):
        assert re.search(r"How: \w.{20,}", words)
        assert "Same as" not in words


@pytest.mark.parametrize(("side", "own", "other"), [("left", "left", "right"), ("right", "right", "left")])
def test_how_is_told_for_the_very_side(clear, side, own, other):
    made = kit.Routine(screening=clear).add("gmed_2", side=side).add("piri_1", side=side).add("ql_s2", side=side)
    for words in steps_of(handout_html(made)):
        how = words.partition("How:")[2]
        assert re.search(rf"\b{own}\b", how, re.IGNORECASE)
        assert not re.search(rf"\b{other}\b", how, re.IGNORECASE)


def test_a_calf_lies_on_the_knee_of_the_other_side(clear):
    way = {"tool": "opposite_knee", "position": "lying_on_back"}
    for side, knee in (("left", "right"), ("right", "left")):
        (words,) = steps_of(handout_html(kit.Routine(screening=clear).add("gas_1", side=side, **way)))
        assert f"Rest your {side} calf on your {knee} knee." in words
        assert "Stay below the hollow behind your knee." in words


@pytest.mark.parametrize(
    ("point", "values", "words"),
    [
        ("gmed_2", {}, "Left side to the wall, ball at your hip. Lean in slowly."),
        ("vl_4", SWEEP, "Move slowly from hip to knee. Stop on each sore spot"),
        ("gas_1", {"tool": "knobbed_tool", "position": "chair_sitting"}, "Put the knob on your left calf"),
        ("fibl_1", {"mode": "scrape", "tool": "scraping_tool"}, "Scrape gently down the outer side of your left"),
        ("fdb_1", {}, "Put the ball under the middle of your left sole."),
        ("edb_1", {"tool": "supported_fingers"}, "Put your fingers on top of your left foot"),
        ("abdm_1", {"tool": "knobbed_tool"}, "Put the knob"),
        # The guide has no words for just this: the whole ones of the mode stand there.
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
    assert text.count("only as the spot softens, to 3 out of 10 at most.") == 1
    assert text.count("Every 2 to 3 days, not more often.") == 1
    assert text.count("Massage ball, or a tennis ball to start.") == 1


def test_each_card_shows_its_pressure_on_the_scale_and_in_words(routine):
    html = handout_html(routine.change("tfl_1", pressure=3))
    told = re.findall(r'role="img" aria-label="(\d+) out of 10 at most">', html)
    assert [int(pressure) for pressure in told] == [step.pressure for step in routine.change("tfl_1", pressure=3).steps]
    assert "Each step says how hard at most, out of 10." in Page(html).text


def test_steps_that_rest_otherwise_say_so_themselves(routine):
    changed = routine.change("tfl_1", every_days_min=4, every_days_max=4)
    html = handout_html(changed)
    steps = steps_of(html)
    assert "every 4 days" in steps[2]
    assert "every 2 to 3 days" in steps[0]
    assert "Every 2 to 3 days, not more often." not in Page(html).text


def test_all_tools_of_a_plan_are_named_before_it_starts(mixed):
    text = Page(handout_html(mixed)).text
    assert "What you need: ball, smooth scraping tool, your other knee, small firm ball." in text


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
    assert sum(each.text.count("Press in from the side") for each in care) == 1
    assert guide.texts()["caution.C31"] not in [each.text for each in care], "it is a general rule already"


def test_a_caution_of_some_steps_stands_on_each_of_their_cards_and_on_no_other(routine, guide):
    steps = steps_of(handout_html(routine))
    short = guide.texts()["caution.C18.short"]
    assert [number for number, words in enumerate(steps, start=1) if short in words] == [1, 3]


def test_what_the_client_answered_comes_first_and_for_all_steps(routine, guide):
    adapted = routine.adapted_to(kit.screen(yes=["C02"]))
    assert guidance.care_of(adapted, "en")[0] == (guide.texts()["caution.C02"], ())
    html = handout_html(adapted)
    before = Page(html[: html.index('<ol class="steps')]).text
    assert guide.texts()["caution.C02.short"] in " ".join(before.split())
    assert not any(guide.texts()["caution.C02.short"] in words for words in steps_of(html))


def test_the_page_says_rules_help_doubt_version_and_review(routine, guide):
    texts = guide.texts("en")
    text = Page(handout_html(routine)).text.replace("\n", " ")
    assert "Spend at most 120 seconds on each area." in text
    for key in ("about.short", "not_reviewed", "emergency.action_text", "today.action", "stop.action", "pain.title"):
        assert texts[f"handout.{key}"] in text, key
    assert "Call your local emergency number now" in text
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
    for module in (cards, content, guidance, handout, leaflet, page, progress, wording):
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
    monkeypatch.setattr(guide, "records", GuideRecords(guide))
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


@pytest.mark.parametrize("words", [{"title": "Hip of Bo DTest"}, {"code": "DTEST-3"}, {"code": "Bo_D_Test"}])
def test_a_clients_name_with_an_apostrophe_gets_into_no_record(routine, words):
    with pytest.raises(InvalidValueError, match="the client's name must be given as client only"):
        handout_html(replace(routine, **words), client="Bo D’Test")


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


def test_a_clients_name_in_an_activity_or_a_score_gets_into_no_record(routine):
    for name, found in (("activities", {"carry Anna Miller"}), ("scores", {"Anna Miller"})):
        kind = {"activities": kit.Activity, "scores": kit.Score}[name]
        named = routine.with_outcome(**{name: [kind(label) for label in found]})
        with pytest.raises(InvalidValueError, match=f"as {name} gets into records, got it there, too") as told:
            handout_html(named, client="Anna Miller")
        assert "Miller" not in str(told.value)


def test_a_code_with_a_word_of_the_clients_name_is_refused(routine):
    with pytest.raises(InvalidValueError, match="got a word of it there, too; take it out there") as told:
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
    assert not re.search(r"""url\((?!["']?(?:#|data:))""", html)
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
        "figure.view.back": "Von hinten", "figure.letter.right": "D", "figure.title": "Bild: {views}",
        "figure.where": "Hier: {steps}", "side.left": "links",
    }  # fmt: skip
    monkeypatch.setitem(guide._texts._texts, "en", texts)
    monkeypatch.setattr(guide, "kept_values", {})
    html = handout_html(routine)
    words = "".join(Page(html).svg_words)
    for word in ("Von hinten", "Bild: Von hinten, Left side", "Hier: 1 Side-of-hip muscle, links"):
        assert word in words
    assert ">D</text>" in html
    assert ">R</text>" not in html


def test_every_title_of_the_figure_is_in_the_guides_texts(guide):
    from selfcare_kit.body.scene.words import VIEWS

    texts = guide.texts("en")
    assert {view: texts[f"figure.view.{view}"] for view in VIEWS} == VIEWS
    assert {"figure.letter.left", "figure.letter.right", "figure.title", "figure.where"} <= set(texts)


def test_no_figure_leaves_the_body_out_and_keeps_how_a_step_is_done(routine):
    html = handout_html(routine, variant="no_figure")
    assert "<figure" not in html
    assert "data-view" not in html
    assert html.count('<div class="picture"><svg') == len(routine.steps)
    assert "places to search" not in Page(html).text


def test_black_and_white_holds_no_colour(routine):
    html = handout_html(routine, variant="black_and_white")
    found = re.findall(r"(?:#|%23)([0-9a-f]{6}|[0-9a-f]{3})\b", html)
    assert len(found) > 20
    assert all(len(set(re.findall(r"..", c) if len(c) == 6 else c)) == 1 for c in found)


def test_step_text_is_eleven_and_a_half_points_and_small_print_nine_or_more():
    sheets = "".join(path.read_text(encoding="utf-8") for path in page.TEMPLATES.glob("*.css"))
    assert min(float(size) for size in re.findall(r"--step: ([\d.]+)pt", sheets)) == 11.5
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
    monkeypatch.setitem(routine.guide._texts._texts, "en", {})
    monkeypatch.setattr(routine.guide, "kept_values", {})
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
    return [
        re.findall(r'<div class="picture">(<svg.*?</svg>)</div>', part) for part in html.split('<li class="card">')[1:]
    ]


@pytest.mark.parametrize("variant", ["standard", "black_and_white", "no_figure", "large", "detailed"])
def test_each_step_has_the_picture_of_its_point_side_tool_and_position(routine, variant):
    style = "high_contrast" if variant == "black_and_white" else "colour"
    for step, found in zip(routine.steps, pictures(handout_html(routine, variant=variant)), strict=True):
        way = {"position": step.position, "tool": step.tool, "mode": step.mode}
        own = kit.PositionPicture(step.point, side=step.side, style=style, **way).to_svg()
        drawn = own[own.index("<g fill") :]
        assert found[0].endswith(drawn), step.point
        assert ("matrix(-1" in found[0]) == (step.side == "right")


def test_a_picture_is_told_in_the_words_of_how(routine, guide):
    html = handout_html(routine, variant="standard")
    for words, found in zip(steps_of(html), pictures(html), strict=True):
        told = re.search(r'aria-label="([^"]*)"', found[0])[1]
        how = re.search(r"How: (.*?)(?= Keep| Shooting| Outer thigh burns| Press in|$)", words)[1]
        assert how[:40] in told


def test_a_way_without_a_picture_has_none_and_is_still_told(clear):
    made = kit.Routine(screening=clear).add("gmax_1", side="left", tool="small_firm_ball")
    html = handout_html(made)
    assert not kit.PositionPicture.exists("gmax_1", position="wall_standing", tool="small_firm_ball")
    assert pictures(html) == [[]]
    assert "How: Back to the wall" in steps_of(html)[0]


def test_each_step_of_a_detailed_handout_shows_its_place_with_its_number_side_and_muscle(routine):
    found = pictures(handout_html(routine, variant="detailed"))
    for number, (step, (_, svg)) in enumerate(zip(routine.steps, found, strict=True), start=1):
        marks = re.findall(r'data-point="(\w+)" data-side="(\w+)"><title>(\d+):', svg)
        sides = {"left", "right"} if step.side == "both" else {step.side}
        assert {(point, side, int(n)) for point, side, n in marks} == {(step.point, side, number) for side in sides}
        assert f'data-muscle="{routine.guide.point(step.point).muscle_id}"' in svg


def test_a_step_worked_along_shows_its_lane_in_its_picture(routine):
    lanes = [close_up.count('class="lane"') for _, close_up in pictures(handout_html(routine, variant="detailed"))]
    assert lanes == [0, 0, 0, 1, 0]


@pytest.mark.parametrize("variant", ["large", "detailed"])
def test_where_there_is_room_each_step_is_told_in_whole_sentences(routine, guide, variant):
    texts = guide.texts()
    steps = steps_of(handout_html(routine, variant=variant))
    for step, words in zip(routine.steps, steps, strict=True):
        assert f"Where: {texts[f'point.{step.point}.where']}" in words
        assert "to the wall, ball" in words
        assert "Massage ball (a tennis ball will do to start)." in words
    assert texts["caution.C18"] in steps[0]
    assert texts["caution.C18"] in steps[2]
    assert texts["caution.C18"] not in steps[1]
    assert "Left side to the wall, ball at your hip." in steps[0]


def test_what_the_client_answered_stands_for_all_steps_of_a_detailed_handout(routine, guide):
    made = routine.adapted_to(kit.screen(yes=["C02"]))
    html = handout_html(made, variant="detailed")
    assert guide.texts()["caution.C02"] in html[: html.index('<ol class="steps')]


# Languages


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("es", ("Costado de la cadera <em>· izquierda</em>", "60 s", "Dónde:", "Cada 2-3 días", "23 nov. 2026", "Unos 8 minutos en total", ">I</text>")),
        ("fr", ("Côté de la hanche <em>· gauche</em>", "60 s", "Où\u00a0:", "Tous les 2 à 3 jours", "23 nov. 2026", "4 sur 10 au plus", ">G</text>")),
        ("de", ("Seite der Hüfte <em>· links</em>", "60 s", "Wo:", "Alle 2 bis 3 Tage", "23. Nov. 2026", "Haken Sie erledigte Tage ab.", ">L</text>")),
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
    for language in set(guide.languages) - {"en"}:
        own = set(re.findall(r"[a-z]{4,}", " ".join(guide.texts(language).values()).casefold()))
        page = set(re.findall(r"[a-z]{4,}", Page(handout_html(routine, language=language)).text.casefold()))
        left = (page & english) - own
        assert left <= {"outer", "travell", "simons", "scribd", "brainscape", "medlink", "finando", "kostopoulos", "rizopoulos",
                        "richter", "hebgen"}, left  # fmt: skip


def test_a_page_from_right_to_left_says_so(five_steps, right_to_left):
    html = handout_html(right_to_left(five_steps), language="he")
    assert '<html lang="he" dir="rtl">' in html
    assert "direction:ltr" in html, "for the figure"
    assert "צד שמאל" in html
    assert "60 שניות" in html
    assert "Left side to the wall, ball at your hip. Lean in slowly." in html, "what is missing stays English"


# Doses in words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"every_days_min": 2, "every_days_max": 3}, "very 2 to 3 days, not more often"),
        ({"every_days_min": 4, "every_days_max": 4}, "very 4 days, not more often"),
    ],
)
def test_the_rule_of_rest_says_the_rest_of_the_steps(clear, values, words):
    made = kit.Routine(screening=clear).add("gmed_2", side="left", **values)
    assert f"E{words}." in Page(handout_html(made)).text
    assert f"Do the steps e{words}." in Page(handout_html(made, variant="large")).text


def test_one_minute_is_not_minutes(clear):
    assert (
        "About 1 minute in all"
        in Page(handout_html(kit.Routine(screening=clear).add("gmed_2", side="left", seconds=60))).text
    )


def test_an_older_version_of_the_guide_is_named_without_the_date_of_the_new_one(routine):
    text = Page(handout_html(replace(routine, guide_version="0.9.0"))).text
    assert "Hip pain and leg numbness, version 0.9.0; Travell" in text


# Size


def test_lists_hold_nothing_between_their_items(five_steps, guide):
    """What stands there would be tagged in the PDF as a part of the list."""
    clinic = kit.Clinic(videos=(ClinicVideo("https://clinic.example/p", point=five_steps.steps[0].point),))
    pages = [handout_html(five_steps, variant=variant, clinic=clinic) for variant in VARIANTS]
    pages += [guide.to_html(), kit.intake_sheet(guide=guide)]
    for html in pages:
        assert html.count("<li") > 20
        assert re.findall(r"\s<li\b|\s</[uo]l>", html) == []


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_five_steps_keep_to_their_bytes(five_steps, side):
    made = kit.Routine(title=five_steps.title, code=five_steps.code, screening=five_steps.screening)
    for step in five_steps.steps:
        made = made.add(step.point, side=side)
    html, grey = (
        handout_html(made, client="Maria Schneider", variant=each).encode() for each in ("standard", "black_and_white")
    )
    assert len(html) <= 56_000
    assert len(gzip.compress(html)) <= 24_000
    assert len(grey) <= len(html)


def test_the_body_on_the_handout_wears_opaque_shorts(five_steps):
    assert 'class="shorts" fill="#d5dde4" d=' in five_steps.to_html()
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
