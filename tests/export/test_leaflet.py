"""The leaflet tells the whole guide, safety first, in words a client can read."""

import re

import html5lib
import pytest
from pages import Page, grade, page_count, printed

import selfcare_kit as kit
from selfcare_kit.export.handout.leaflet import leaflet_html


@pytest.fixture(scope="module")
def leaflet():
    return leaflet_html(kit.load_guide())


def test_it_tells_every_text_the_guide_has_for_it(leaflet, guide):
    text = " ".join(Page(leaflet).text.split())
    values = {"{max_seconds}": "120", "{low}": "2", "{high}": "3"}
    for key, words in guide.texts("en").items():
        if key.startswith("leaflet.") and key != "leaflet.picture.title":
            for placeholder, value in values.items():
                words = words.replace(placeholder, value)
            assert re.sub(r"^#(\d)", r"\1", words) in text, key


def test_a_warning_stands_before_the_first_place_to_press_and_leads_to_the_page_of_safety(leaflet, guide):
    texts = guide.texts("en")
    text = Page(leaflet).text
    order = [text.index(texts[key]) for key in (
        "leaflet.title", "leaflet.intro.1", "leaflet.intro.3", "leaflet.where_first.title", "leaflet.points.title",
        "leaflet.safety.title", "handout.emergency.title", "leaflet.today.title", "leaflet.see_first.title",
        "leaflet.leave_out.title", "leaflet.points.lower_leg.title", "leaflet.points.foot.title", "handout.not_reviewed",
    )]  # fmt: skip
    assert order == sorted(order)


def test_each_of_its_points_has_the_picture_of_how_it_is_worked(leaflet, guide):
    first = [step["point"] for step in guide.settings["template"]["steps"][:5]]
    for point in (*first, *guide.settings["leaflet"]["pictures"].values()):
        own = kit.PositionPicture(point, side="left").to_svg()
        assert own[own.index("<g fill") :][:300] in leaflet, point


def test_its_picture_shows_the_first_five_points_of_the_guide(leaflet, guide):
    shown = {(point, int(n)) for point, n in re.findall(r'data-point="(\w+)"[^>]*><title>(\d+):', leaflet)}
    first = [step["point"] for step in guide.settings["template"]["steps"][:5]]
    assert shown == {(point, n) for n, point in enumerate(first, start=1)}


def test_it_names_sources_and_version(leaflet, guide):
    text = Page(leaflet).text
    assert guide.row("sources", "GUIDE")["citation"] in text
    assert f"version {guide.version}" in text


def test_it_is_valid_runs_nothing_and_asks_the_network_for_nothing(leaflet):
    html5lib.HTMLParser(strict=True).parse(leaflet)
    parsed = Page(leaflet)
    assert not parsed.all("script")
    assert len(parsed.all("h1")) == 1
    assert not re.search(r"""(src|href)="(?!#)|url\((?!["']?(?:#|data:))|@import""", leaflet)
    assert "default-src 'none'" in leaflet
    assert not re.search(r"\{\w+\}", parsed.text)


def test_its_reading_grade_is_six_or_below(leaflet):
    assert grade(Page(leaflet).text.partition("Sources:")[0]) <= 6


def test_a_guide_without_a_sequence_has_a_leaflet_without_a_picture(guide, monkeypatch):
    monkeypatch.delitem(guide.settings, "template")
    parsed = Page(leaflet_html(guide))
    assert "data-view" not in leaflet_html(guide)
    assert "The spots, one by one" in parsed.text


def test_the_guide_writes_it_to_a_file(tmp_path, guide, leaflet):
    assert guide.to_html(tmp_path / "leaflet.html").read_text(encoding="utf-8") == leaflet


@pytest.mark.browser
@pytest.mark.parametrize("language", kit.load_guide().languages)
def test_it_is_one_sheet_printed_on_both_sides(show, guide, language):
    html = leaflet_html(guide, language)
    assert page_count(printed(show(html.replace("@page{", "@page{size:A4;"), 186))) == 2


def test_it_names_no_web_page_as_a_source(leaflet, guide):
    text = Page(leaflet).text
    assert not any(row["citation"] in text for row in guide.table("sources") if row["kind"] == "web")
