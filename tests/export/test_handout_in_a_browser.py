"""What only a real browser knows: that every page fits, can be read by all, and can be scanned."""

import io
import re
import subprocess
from dataclasses import replace

import pypdf
import pytest
from axe import violations
from nu import messages
from pages import Page, page_count, printed
from pairs import pairwise
from programs import output_of, program

import selfcare_kit as kit
from selfcare_kit.clinics.profile import Clinic, ClinicVideo
from selfcare_kit.export.handout.density import MARGIN, SIZES
from selfcare_kit.export.handout.handout import PAPERS, VARIANTS, handout_html
from selfcare_kit.export.handout.leaflet import leaflet_html
from selfcare_kit.export.handout.pdf import page_pdf

LANGUAGES = kit.load_guide().languages
CLINIC = Clinic(
    "Hillside Clinic", ("12 Hill Road, Springfield", "555 0100 · hillside.example"), phone="555 0100",
    emergency_number="112", urgent_number="116 117",
    videos=(
        ClinicVideo("https://hillside.example/videos/ball-at-the-wall", technique="ball_wall_hold", title="Ball at the wall"),
        ClinicVideo("https://hillside.example/v/2", point="vl_4", title="Outer thigh"),
    ),
)  # fmt: skip
TWO_CODES = Clinic(
    "Hillside Clinic", ("12 Hill Road, Springfield", "555 0100"), phone="555 0100", emergency_number="112",
    videos=(
        ClinicVideo("https://hillside.example/v/1", point="gmed_2", title="Hip"),
        ClinicVideo("https://hillside.example/v/2", point="gmed_2", title="Hip, slowly"),
    ),
)  # fmt: skip
NO_CODES = replace(CLINIC, videos=())
# Elements whose text is cut off, or that reach beyond the page.
OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  for (const e of document.querySelectorAll('body *:not(script):not(svg *)')) {
    const box = e.getBoundingClientRect();
    if (box.right > wide + 1 || box.left < -1) found.push(`${e.tagName}.${e.className} beyond the page`);
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).display !== 'inline')
      found.push(`${e.tagName}.${e.className} wider than its box: ${e.textContent.slice(0, 40)}`);
  }
  if (document.documentElement.scrollWidth > wide) found.push('the page scrolls sideways');
  return found;
}"""
# The words of the figure against the frame of their drawing.
CUT_IN_FIGURE = """() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1;
  }).map(text => text.textContent);
})"""


@pytest.fixture
def longest(clear):
    """Five steps with as many techniques and sides as they can have."""
    made = kit.Routine(title="Hip and leg", code="C-104", screening=clear).add("gmed_2", side="left")
    made = made.add("piri_1", side="both").add("fibl_1", side="left")
    made = made.add("gas_1", side="both", tool="opposite_knee", position="lying_on_back")
    return made.add("fdb_1", side="left")


def width_of(paper):
    return SIZES[paper][0] - 2 * MARGIN


@pytest.mark.browser
@pytest.mark.parametrize(
    ("variant", "language", "paper", "steps"), pairwise(VARIANTS, LANGUAGES, PAPERS, ("five", "longest"))
)
def test_nothing_is_cut_off_or_wider_than_its_page(show, five_steps, longest, variant, language, paper, steps):
    routine = five_steps if steps == "five" else longest
    html = handout_html(
        routine, client="Maria Schneider", language=language, variant=variant, paper=paper, clinic=CLINIC
    )
    page = show(html, width_of(paper))
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(CUT_IN_FIGURE) == []
    assert page_count(printed(page)) <= {"large": 8, "detailed": 3}.get(variant, 2)


LONG_WORD = "Rückenschmerzbehandlungsfortsetzungsterminvereinbarungspraxis"[:57]
LONG_ADDRESS = f"https://example.test/{'clinic' * 6}"
LONG_CLINIC = Clinic(LONG_WORD, (LONG_WORD, LONG_ADDRESS), phone="555 0100")
# Millimetres of an A4 page and of a telephone.
WIDTHS = {"print": width_of("A4"), "screen": 90}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("variant", "clinic", "media"), pairwise(VARIANTS, (None, LONG_CLINIC), ("print", "screen")), ids=str
)
def test_a_title_a_note_a_name_or_a_clinic_of_one_long_word_breaks(show, five_steps, variant, clinic, media):
    made = replace(five_steps, title=LONG_WORD).change(five_steps.steps[0].point, note=LONG_ADDRESS)
    html = handout_html(made, client="X" * 57, variant=variant, clinic=clinic)
    page = show(html, WIDTHS[media], media)
    assert page.evaluate(OVERFLOWING) == []


@pytest.mark.browser
@pytest.mark.parametrize("media", ["print", "screen"])
def test_a_clinic_of_one_long_word_breaks_on_the_leaflet(show, guide, media):
    page = show(leaflet_html(guide, "en", LONG_CLINIC), WIDTHS[media], media)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.slow
def test_a_long_word_breaks_in_the_pdf(five_steps):
    html = handout_html(
        replace(five_steps, title=LONG_WORD).change(five_steps.steps[0].point, note=LONG_WORD), clinic=LONG_CLINIC
    )
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(page_pdf(html))).pages)
    # Title, name of the clinic and note; the title is too long for one line.
    assert "".join(text.split()).count(LONG_WORD) >= 3
    assert text.count(LONG_WORD) < 3


@pytest.fixture
def page_counts(show):
    """Count on how many pages a browser and WeasyPrint set a handout."""

    def counted(html, paper="A4"):
        page = show(html, width_of(paper))
        return page_count(printed(page)), len(pypdf.PdfReader(io.BytesIO(page_pdf(html))).pages)

    return counted


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clinic", [None, NO_CODES], ids=["no clinic", "clinic"])
def test_five_steps_are_one_a4_page_in_a_browser_and_in_the_pdf(page_counts, five_steps, language, clinic):
    html = handout_html(five_steps, client="Maria Schneider", language=language, clinic=clinic)
    assert page_counts(html) == (1, 1)


@pytest.mark.slow
@pytest.mark.browser
def test_two_codes_on_a_step_leave_it_one_page_in_english(page_counts, five_steps):
    html = handout_html(five_steps, client="Maria Schneider", clinic=TWO_CODES)
    assert page_counts(html) == (1, 1)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("variant", ["black_and_white", "no_figure"])
def test_five_steps_are_one_a4_page_without_colour_and_without_the_figure(page_counts, five_steps, variant):
    html = handout_html(five_steps, client="Maria Schneider", variant=variant)
    assert page_counts(html) == (1, 1)


@pytest.mark.slow
@pytest.mark.browser
def test_five_steps_are_one_letter_page_in_english(page_counts, five_steps):
    html = handout_html(five_steps, client="Maria Schneider", paper="Letter")
    assert page_counts(html, "Letter") == (1, 1)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_fit_is_a_sheet_with_the_steps_before_and_safety_and_diary_behind(show, longest, language, paper):
    html = handout_html(longest, client="Maria Schneider", language=language, paper=paper, clinic=CLINIC)
    for pdf in (printed(show(html, width_of(paper))), page_pdf(html)):
        front, back = (text.extract_text() for text in pypdf.PdfReader(io.BytesIO(pdf)).pages)
        texts = longest.guide.texts(language)
        assert texts["point.fdb_1.name"] in front
        assert texts["handout.diary.title"] in back
        assert texts["handout.today.action_number"].partition(" ")[0] in back
        assert texts["handout.diary.title"] not in front


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("paper", PAPERS)
def test_ten_steps_on_both_sides_are_two_pages(page_counts, clear, paper):
    html = handout_html(replace(kit.template(side="both"), screening=clear), paper=paper)
    assert page_counts(html, paper) == (2, 2)


@pytest.mark.browser
@pytest.mark.parametrize(("variant", "language", "media"), pairwise(VARIANTS, LANGUAGES, ("print", "screen")))
def test_axe_finds_nothing_in_any_variant(show, five_steps, variant, language, media):
    html = handout_html(five_steps, client="Maria Schneider", language=language, variant=variant, clinic=CLINIC)
    assert violations(show(html, 210, media)) == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["handout", *LANGUAGES])
def test_axe_finds_nothing_on_a_telephone_nor_in_the_leaflet(show, five_steps, guide, kind):
    html = handout_html(five_steps, clinic=CLINIC) if kind == "handout" else leaflet_html(guide, kind)
    page = show(html, 100, "screen")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert violations(page) == []


@pytest.mark.browser
def test_axe_does_find_a_fault(show):
    page = show("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>", 100)
    assert any(found.startswith("image-alt") for found in violations(page))


@pytest.mark.office
@pytest.mark.slow
def test_the_nu_html_checker_finds_nothing_in_any_page(five_steps, longest, guide, tmp_path):
    written = []
    for language in LANGUAGES:
        written.append(tmp_path / f"leaflet-{language}.html")
        written[-1].write_text(leaflet_html(guide, language, CLINIC), encoding="utf-8")
        for variant in VARIANTS:
            for name, routine in (("five", five_steps), ("longest", longest)):
                written.append(tmp_path / f"{name}-{language}-{variant}.html")
                html = handout_html(routine, client="Maria", language=language, variant=variant, clinic=CLINIC)
                written[-1].write_text(html, encoding="utf-8")
    assert messages(written) == []


@pytest.mark.slow
@pytest.mark.office
def test_the_nu_html_checker_does_find_a_fault(tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html lang='en'><title>x</title><p><ul></ul></p>", encoding="utf-8")
    assert any("No “p” element in scope" in message or "stray" in message.lower() for message in messages([page]))


@pytest.mark.browser
@pytest.mark.office
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_code_is_read_from_the_printed_page_and_leads_to_its_video(show, five_steps, variant, tmp_path):
    html = handout_html(five_steps, client="Maria Schneider", variant=variant, clinic=CLINIC)
    assert scanned(show(html, 186), tmp_path) == {video.url for video in CLINIC.videos}


def scanned(page, folder):
    """Read the codes of a printed page as a phone does."""
    pdftoppm = program("pdftoppm", "poppler-utils", "draw the page")
    zbarimg = program("zbarimg", "zbar-tools", "read the codes as a phone does")
    (folder / "h.pdf").write_bytes(printed(page))
    output_of(pdftoppm, "-gray", "-r", "150", str(folder / "h.pdf"), str(folder / "sheet"))
    sheets = sorted(folder.glob("sheet*.pgm"))
    run = subprocess.run([zbarimg, "--raw", "-q", *sheets], capture_output=True, text=True, check=False)
    assert run.returncode in (0, 4), "4 says that a page holds no code"
    return set(run.stdout.split())


@pytest.mark.browser
@pytest.mark.office
@pytest.mark.parametrize("letters", [10, 60, 120, 200])
def test_a_code_is_twenty_millimetres_or_more_and_its_squares_half_of_one(show, five_steps, letters, tmp_path):
    url = "https://x.example/" + "a" * (letters - 18) if letters > 18 else "http://a.b"
    clinic = Clinic(videos=(ClinicVideo(url, point="gmed_2"),))
    page = show(handout_html(five_steps, clinic=clinic), 186)
    box = page.locator(".videos svg").bounding_box()
    squares = int(page.locator(".videos svg").get_attribute("viewBox").split()[2])
    mm = box["width"] * 25.4 / 96
    assert mm * (squares - 8) / squares >= 19.9, "20 mm without its white edge"
    assert mm / squares >= 0.498
    assert scanned(page, tmp_path) == {url}


@pytest.mark.browser
def test_sizes_on_paper_are_eleven_and_a_half_points_for_steps_ten_for_help_and_nine_for_small_print(show, longest):
    for language in LANGUAGES:
        page = show(handout_html(longest, language=language, clinic=CLINIC), 186)
        sizes = page.evaluate("""() => {
          const size = e => parseFloat(getComputedStyle(e).fontSize) * 0.75;
          const all = [...document.querySelectorAll('main *:not(svg *)')].filter(e => e.textContent.trim());
          return [[...document.querySelectorAll('.steps p')].map(size),
            [...document.querySelectorAll('.help li')].map(size), all.map(size)];
        }""")
        assert min(sizes[0]) >= 11.49
        assert min(sizes[1]) >= 10
        assert min(sizes[2]) >= 9


@pytest.mark.browser
def test_a_language_from_right_to_left_turns_the_page_but_not_the_body(show, five_steps, right_to_left):
    routine = right_to_left(five_steps)
    html = handout_html(routine, client="C-104", language="he", clinic=CLINIC)
    assert Page(html).all("html") == [{"lang": "he", "dir": "rtl"}]
    page = show(html, 186)
    number = page.locator(".steps h2 b").first.bounding_box()
    name = page.locator(".steps h2 span").first.bounding_box()
    assert number["x"] > name["x"], "the number stands at the right, where a line begins"
    left = page.locator("figure svg text", has_text=re.compile("^ש$")).first.bounding_box()
    right = page.locator("figure svg text", has_text=re.compile("^י$")).first.bounding_box()
    assert left["x"] < right["x"], "seen from behind, the client's left stays at the left"
    assert "scale(0" in page.locator("figure svg [data-view] > g").first.get_attribute("transform"), "and not mirrored"
    assert page.evaluate(OVERFLOWING) == []
    assert violations(page) == []
    assert page_count(printed(page)) <= 2
    outline = "e => e.querySelector('#f-0-o').getAttribute('d')"
    drawn = page.locator("figure svg").evaluate(outline)
    english = show(handout_html(five_steps, client="C-104", clinic=CLINIC), 186)
    assert english.locator("figure svg").evaluate(outline) == drawn
