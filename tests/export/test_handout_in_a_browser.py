"""What only a real browser knows: that every page fits, can be read by all, and can be scanned."""

import datetime
import re
import shutil
import subprocess

import pytest
from axe import violations
from nu import messages
from pages import Page, page_count

import selfcare_kit as kit
from selfcare_kit.clinic import Clinic, ClinicVideo
from selfcare_kit.export.handout import PAPERS, VARIANTS, content_of, handout_html
from selfcare_kit.export.handout_words import handout_words
from selfcare_kit.export.leaflet import leaflet_html
from selfcare_kit.export.setting import PAGES, SPARE, choose_layout

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = kit.load_guide().languages
CLINIC = Clinic(
    "Hillside Clinic", ("12 Hill Road, Springfield", "555 0100 · hillside.example"), phone="555 0100",
    emergency_number="112", urgent_number="116 117",
    videos=(
        ClinicVideo("https://hillside.example/videos/ball-at-the-wall", technique="ball_wall_hold", title="Ball at the wall"),
        ClinicVideo("https://hillside.example/v/2", point="vl_4", title="Outer thigh"),
    ),
)  # fmt: skip
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


def opened(browser, html, width_mm, media="print"):
    page = browser.new_page(viewport={"width": round(width_mm / 25.4 * 96), "height": 1000})
    page.emulate_media(media=media)
    page.set_content(html)
    return page


def printed(page, path):
    return page.pdf(path=path, prefer_css_page_size=True, print_background=True)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_or_wider_than_its_page(browser, five_steps, longest, language, variant, paper, tmp_path):
    for routine in (five_steps, longest):
        html = handout_html(
            routine, client="Maria Schneider", language=language, variant=variant, paper=paper, clinic=CLINIC
        )
        margin = 18 if "--margin" in html else 24
        page = opened(browser, html, PAGES[paper][0] - margin)
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate(CUT_IN_FIGURE) == []
        pages = page_count(printed(page, tmp_path / "h.pdf"))
        assert pages <= {"large": 6, "detailed": 3}.get(variant, 2)
        page.close()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("variant", ["standard", "black_and_white", "no_figure"])
def test_five_steps_are_one_page_in_english_and_two_at_most_in_pictures(
    browser, five_steps, longest, variant, paper, tmp_path
):
    for routine in (five_steps, longest):
        for look, most in ((variant, 1), ("detailed", 2)):
            html = handout_html(routine, client="Maria Schneider", variant=look, paper=paper)
            page = opened(browser, html, PAGES[paper][0] - 24)
            assert page_count(printed(page, tmp_path / "h.pdf")) == most
            page.close()


@pytest.mark.parametrize("paper", PAPERS)
def test_the_guides_own_five_steps_are_one_page_in_every_language(browser, five_steps, paper, tmp_path):
    for language in LANGUAGES:
        page = opened(browser, handout_html(five_steps, client="Maria Schneider", language=language, paper=paper), 186)
        assert page_count(printed(page, tmp_path / "h.pdf")) == 1, language
        page.close()


def test_where_there_is_no_arial_five_steps_are_still_one_page(browser, five_steps, longest, tmp_path):
    narrow = 'Arial,"Liberation Sans",Arimo,Helvetica,'
    for routine in (five_steps, longest):
        html = handout_html(routine, client="Maria Schneider")
        assert f'{narrow}"DejaVu Sans Condensed"' in html
        page = opened(browser, html.replace(narrow, ""), 186)
        assert page_count(printed(page, tmp_path / "h.pdf")) == 1
        page.close()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("clinic", [Clinic(), CLINIC], ids=["no clinic", "clinic"])
def test_the_height_that_is_reckoned_is_that_of_the_browser(browser, five_steps, longest, clinic, paper):
    for routine in (five_steps, longest):
        today = datetime.date.today()
        words = handout_words(routine, client="Maria Schneider", language="en", clinic=clinic, today=today)
        layout = choose_layout(content_of(words), paper, len(routine.figure().panels))
        width, height = layout.setting.page(paper)
        page = opened(browser, handout_html(routine, client="Maria Schneider", paper=paper, clinic=clinic), width)
        page.add_style_tag(
            content="main{height:auto!important}figure svg{position:static!important;height:auto!important}"
        )
        real = page.evaluate("document.querySelector('main').getBoundingClientRect().height") * 25.4 / 96
        assert layout.height - 0.045 * height < real < layout.height + SPARE
        page.close()


@pytest.mark.parametrize("media", ["print", "screen"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_variant(browser, five_steps, language, media):
    for variant in VARIANTS:
        html = handout_html(five_steps, client="Maria Schneider", language=language, variant=variant, clinic=CLINIC)
        page = opened(browser, html, 210, media)
        assert violations(page) == []
        page.close()


def test_axe_finds_nothing_on_a_telephone_nor_in_the_leaflet(browser, five_steps, guide):
    for html in (handout_html(five_steps, clinic=CLINIC), *(leaflet_html(guide, each) for each in LANGUAGES)):
        page = opened(browser, html, 100, "screen")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert violations(page) == []
        page.close()


def test_axe_does_find_a_fault(browser):
    page = opened(browser, "<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>", 100)
    assert any(found.startswith("image-alt") for found in violations(page))
    page.close()


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


def test_the_nu_html_checker_does_find_a_fault(tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html lang='en'><title>x</title><p><ul></ul></p>", encoding="utf-8")
    assert any("No “p” element in scope" in message or "stray" in message.lower() for message in messages([page]))


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_code_is_read_from_the_printed_page_and_leads_to_its_video(browser, five_steps, variant, tmp_path):
    page = opened(browser, handout_html(five_steps, client="Maria Schneider", variant=variant, clinic=CLINIC), 186)
    printed(page, tmp_path / "h.pdf")
    found = scanned(tmp_path, dpi=150)
    assert found == {video.url for video in CLINIC.videos}
    page.close()


def scanned(folder, dpi):
    for tool, package in (("zbarimg", "zbar-tools"), ("pdftoppm", "poppler-utils")):
        if shutil.which(tool) is None:
            import os

            missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            missing(f"No {tool} here: install it (apt-get install {package}) to read the codes as a phone does.")
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), folder / "h.pdf", folder / "sheet"], check=True)
    sheets = sorted(folder.glob("sheet*.png"))
    run = subprocess.run(["zbarimg", "--raw", "-q", *sheets], capture_output=True, text=True, check=False)
    assert run.returncode in (0, 4), "4 says that a page holds no code"
    return set(run.stdout.split())


@pytest.mark.parametrize("letters", [10, 60, 120, 200])
def test_a_code_is_twenty_millimetres_or_more_and_its_squares_half_of_one(browser, five_steps, letters, tmp_path):
    url = "https://x.example/" + "a" * (letters - 18) if letters > 18 else "http://a.b"
    clinic = Clinic(videos=(ClinicVideo(url, point="gmed_2"),))
    page = opened(browser, handout_html(five_steps, clinic=clinic), 186)
    box = page.locator(".video svg").bounding_box()
    squares = int(page.locator(".video svg").get_attribute("viewBox").split()[2])
    mm = box["width"] * 25.4 / 96
    assert mm * (squares - 8) / squares >= 19.9, "20 mm without its white edge"
    assert mm / squares >= 0.498
    printed(page, tmp_path / "h.pdf")
    assert scanned(tmp_path, dpi=150) == {url}
    page.close()


def test_sizes_on_paper_are_twelve_points_for_steps_and_nine_for_small_print(browser, longest):
    for language in LANGUAGES:
        page = opened(browser, handout_html(longest, language=language, clinic=CLINIC), 186)
        sizes = page.evaluate("""() => {
          const size = e => parseFloat(getComputedStyle(e).fontSize) * 0.75;
          const all = [...document.querySelectorAll('main *:not(svg *)')].filter(e => e.textContent.trim());
          return [[...document.querySelectorAll('.steps p:not(.video), .dose span')].map(size), all.map(size)];
        }""")
        assert min(sizes[0]) >= 12
        assert min(sizes[1]) >= 9
        page.close()


def test_a_language_from_right_to_left_turns_the_page_but_not_the_body(browser, five_steps, right_to_left, tmp_path):
    routine = right_to_left(five_steps)
    html = handout_html(routine, client="C-104", language="he", clinic=CLINIC)
    assert Page(html).all("html") == [{"lang": "he", "dir": "rtl"}]
    page = opened(browser, html, 186)
    number = page.locator(".steps h2 b").first.bounding_box()
    name = page.locator(".steps h2 span").first.bounding_box()
    assert number["x"] > name["x"], "the number stands at the right, where a line begins"
    left = page.locator("svg[role=img] text", has_text=re.compile("^ש$")).first.bounding_box()
    right = page.locator("svg[role=img] text", has_text=re.compile("^י$")).first.bounding_box()
    assert left["x"] < right["x"], "seen from behind, the client's left stays at the left"
    english = opened(browser, handout_html(five_steps, client="C-104", clinic=CLINIC), 186)
    outline = "e => e.querySelector('#f-0-o').getAttribute('d')"
    assert page.locator("svg[role=img]").evaluate(outline) == english.locator("svg[role=img]").evaluate(outline)
    assert "scale(0" in page.locator("svg[role=img] [data-view] > g").get_attribute("transform"), "and not mirrored"
    assert page.evaluate(OVERFLOWING) == []
    assert violations(page) == []
    assert page_count(printed(page, tmp_path / "h.pdf")) <= 2
    page.close()
    english.close()
