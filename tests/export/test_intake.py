"""The intake sheet: blank, whole, in the client's language, on two sides of paper."""

import re

import html5lib
import pytest
from axe import violations
from nu import messages
from pages import Page, page_count, printed

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, UnknownIdError

LANGUAGES = kit.load_guide().languages


def plain(html):
    return " ".join(Page(html).text.split())


@pytest.fixture(scope="module")
def sheets():
    return {language: kit.intake_sheet(language=language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_stands_on_it_whole_and_numbered_in_their_order(sheets, language):
    text = plain(sheets[language])
    reached = 0
    for number, asked in enumerate(kit.questions(language=language), start=1):
        found = re.compile(rf"\b{number} (!!? )?" + re.escape(" ".join(f"{asked.question} {asked.more}".split())))
        match = found.search(text, reached)
        assert match, (number, asked.id)
        reached = match.end()


def test_a_yes_that_cannot_wait_is_marked_by_what_the_guide_says_of_it(sheets, guide):
    signs = {"emergency": "!!", "urgent": "!"}
    flags = guide.records.red_flags
    text = plain(sheets["en"])
    for number, asked in enumerate(kit.questions(), start=1):
        sign = signs.get(flags[asked.id].action, "") if asked.id in flags else ""
        shown = re.search(rf"\b{number} (!!? )?{re.escape(asked.question)}", text)
        assert (shown[1] or "").strip() == sign, asked.id


def test_the_signs_say_whom_to_call_and_take_the_clinics_numbers(sheets):
    assert "!! Call your local emergency number now ! See a doctor today" in plain(sheets["en"])
    clinic = kit.Clinic(name="Clinic at the Mill", emergency_number="112", urgent_number="116117")
    assert "!! Call 112 now ! Call 116117 today" in plain(kit.intake_sheet(clinic=clinic))


def test_nothing_is_ticked_marked_or_typed_beforehand(sheets):
    page = Page(sheets["en"])
    assert not page.all("input")
    assert "data-point" not in sheets["en"]
    boxes = [each for each in page.all("i") if each.get("class") == "box"]
    assert len(boxes) == len(kit.questions()) + len(kit.load_guide().sensations)


def test_the_figure_letters_the_clients_own_sides_in_the_language(sheets):
    for language, (left, right) in {"en": ("L", "R"), "fr": ("G", "D"), "es": ("I", "D")}.items():
        letters = re.findall(r"<text[^>]*>([A-Z])</text>", sheets[language])
        # From the front the client's right is at the viewer's left, from behind it is the other way round.
        assert letters[:4] == [right, left, left, right], language


def test_a_code_is_printed_and_a_line_is_left_for_one(sheets):
    assert "Code C-104" in plain(kit.intake_sheet(code="C-104"))
    assert 'Code <i class="line">' in sheets["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_valid_runs_nothing_and_says_its_language(sheets, language):
    html5lib.HTMLParser(strict=True).parse(sheets[language])
    page = Page(sheets[language])
    assert page.all("html")[0]["lang"] == language
    assert not page.all("script")
    assert "http" not in re.sub(r'xmlns="[^"]*"|http-equiv', "", sheets[language])


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_sheet_of_two_sides(show, sheets, language):
    assert page_count(printed(show(sheets[language], 210))) == 2


def test_no_question_is_laid_out_so_that_its_box_can_be_torn_from_it(sheets):
    # A flex box breaks between columns, whatever it is asked for.
    (rule,) = re.findall(r"[}/]\s*\.questions li\s*{([^}]*)}", sheets["de"])
    assert "flex" not in rule


def test_what_is_read_is_10_5_points_or_more(sheets):
    sizes = {float(size) for size in re.findall(r"font(?:-size)?:(?:bold )?([\d.]+)pt", sheets["en"])}
    small = {size for size in sizes if size < 10.5}
    # The number of the page and the imprint.
    assert small <= {9.0}


@pytest.mark.slow
def test_it_is_written_as_a_tagged_pdf_of_two_sides(tmp_path):
    from pypdf import PdfReader

    clinic = kit.Clinic(name="Praxis am Fluss", contact=("Uferweg 1, Aa", "praxis.example"), phone="0555 0100")
    cases = (
        ("en", "A4", None),
        ("de", "A4", None),
        ("en", "A4", clinic),
        ("de", "Letter", clinic),
        ("fr", "Letter", clinic),
    )
    for language, paper, head in cases:
        path = tmp_path / f"{language}.pdf"
        made = PdfReader(kit.intake_sheet(path, language=language, paper=paper, clinic=head))
        assert len(made.pages) == 2
        assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert made.trailer["/Root"]["/Lang"] == language


def test_what_is_no_page_is_refused(tmp_path):
    for name in ("sheet.docx", "sheet"):
        with pytest.raises(InvalidValueError, match=r"must end in \.html or \.pdf, got .*sheet.*; name it so"):
            kit.intake_sheet(tmp_path / name)
    with pytest.raises(UnknownIdError, match="language"):
        kit.intake_sheet(language="xx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [100, 210])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(show, sheets, width):
    for language in LANGUAGES:
        page = show(sheets[language], width, "screen")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert violations(page) == [], language


@pytest.mark.office
def test_the_html_checker_finds_nothing(sheets, tmp_path):
    pages = [tmp_path / f"{language}.html" for language in LANGUAGES]
    for path, html in zip(pages, sheets.values(), strict=True):
        path.write_text(html, encoding="utf-8")
    assert messages(pages) == []


@pytest.mark.browser
def test_a_code_of_one_long_word_breaks_on_a_telephone(show):
    page = show(kit.intake_sheet(code="C" * 80), 95, "screen")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
