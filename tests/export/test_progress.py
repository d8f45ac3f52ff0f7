"""How it is going, on the handout: in words and signs, in every language, and on a page that still fits."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from typing import NamedTuple

import pypdf
import pytest
from axe import violations
from nu import messages
from pages import Page, grade, page_count, printed
from pairs import pairwise

import selfcare_kit as kit
from selfcare_kit.export.handout.density import MARGIN, SIZES
from selfcare_kit.export.handout.handout import PAPERS, VARIANTS, handout_html
from selfcare_kit.export.handout.pdf import page_pdf
from selfcare_kit.export.handout.progress import MAX_PLACES, Progress, Reading, progress_picture, progress_texts

LANGUAGES = kit.load_guide().languages
FIRST, LAST = datetime.date(2026, 6, 2), datetime.date(2026, 8, 10)
READINGS = (
    Reading("pain", "hip_side", "left", 7, 3, "clearly_better"),
    Reading("pain", "low_back", "both", 5, 4, "a_little_better"),
    Reading("pain", "thigh_outer", "left", 4, 4, "same", datetime.date(2026, 7, 13)),
    Reading("pain", "heel", "right", 2, 6, "clearly_worse"),
    Reading("can", "climb the stairs", "", 3, 9, "clearly_better"),
    Reading("can", "sleep on my left side", "", 6, 5, "a_little_worse"),
    Reading("can", "sit for an hour", "", 5, 5, "once"),
)
PROGRESS = Progress(FIRST, LAST, READINGS, 28, 35)


class Told(NamedTuple):
    """Stands for a course, which is made and tested above this room."""

    progress: Progress

    def progress_for(self, routine):
        return self.progress


COURSE = Told(PROGRESS)


def section_of(html):
    return html.split('<section class="progress">')[1].split("</section>")[0]


def test_each_row_says_in_words_what_its_picture_shows(five_steps):
    page = Page(section_of(handout_html(five_steps, course=COURSE)))
    text = " ".join(page.text.split())
    for words in (
        "Side of your hip, left less pain", "Low back, both sides a little less pain",
        "Outer side of your thigh, left the same (13 Jul)", "Heel, right more pain", "Climb the stairs goes better",
        "Sleep on my left side a little worse", "Sit for an hour asked once",
    ):  # fmt: skip
        assert words in text, words
    assert "You did the steps on 28 of 35 days." in text
    assert "Pain also changes by itself." in text


def test_each_picture_is_described_for_who_does_not_see_it(five_steps):
    pictures = Page(section_of(handout_html(five_steps, course=COURSE))).all("svg")
    labels = [picture["aria-label"] for picture in pictures]
    assert labels == ["first 7, now 3", "first 2, now 6", "first 5, now 4", "first 4, now 4", "first 3, now 9", "first 6, now 5", "5"]  # fmt: skip


def test_a_picture_has_its_circles_where_the_numbers_are():
    drawn = Page(str(progress_picture(7, 3, "clearly_better", "first 7, now 3")))
    assert [circle["cx"] for circle in drawn.all("circle")] == ["78", "38"]
    assert drawn.svg_words == ["7", "3"]


def test_what_did_not_change_has_one_circle_and_no_arrow():
    drawn = Page(str(progress_picture(4, 4, "same", "first 4, now 4")))
    assert len(drawn.all("circle")) == 1
    assert len(drawn.all("path")) == 2


def test_what_got_worse_is_in_another_colour_and_in_black_and_white_in_no_other():
    def colour(tone, is_grey):
        return Page(str(progress_picture(2, 6, tone, "", is_grey))).all("circle")[-1]["fill"]

    assert colour("clearly_worse", False) != colour("clearly_better", False)
    assert colour("clearly_worse", True) == colour("clearly_better", True) == "#000"


def test_a_page_without_a_course_has_no_such_section(five_steps):
    assert "How it is going" not in Page(handout_html(five_steps)).text


def test_days_that_were_not_asked_are_not_told(five_steps):
    text = Page(handout_html(five_steps, course=Told(PROGRESS._replace(days_done=None)))).text
    assert "You did the steps" not in text


def test_of_many_places_the_strongest_then_or_now_are_shown_and_the_others_counted(guide):
    pains = [Reading("pain", area, "left", 5, 5, "same") for area in ("shin", "groin", "calf_back", "foot_top")]
    pains += [Reading("pain", "heel", "left", 0, 9, "clearly_worse")]
    texts = progress_texts(Progress(FIRST, LAST, tuple(pains)), guide, "en")
    (group,) = texts.groups
    assert group.rows[0].label == "Heel, left"
    assert len(group.rows) == MAX_PLACES
    assert texts.notes[0] == "Places that are not shown here: 1."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_its_words(guide, language):
    english = progress_texts(PROGRESS, guide, "en")
    texts = progress_texts(PROGRESS, guide, language)
    words = [(row.words, group.title, group.low) for group in texts.groups for row in group.rows]
    assert len(words) == len(READINGS)
    if language != "en":
        said = {row.words for group in english.groups for row in group.rows}
        assert said.isdisjoint(each[0] for each in words)


def test_what_a_client_typed_stays_text(five_steps):
    hostile = PROGRESS._replace(readings=(Reading("can", "<script>alert(1)</script>", "", 3, 9, "clearly_better"),))
    html = handout_html(five_steps, course=Told(hostile))
    assert "<script>alert" not in html
    assert "alert(1)" in Page(html).text


def test_an_area_that_the_guide_no_longer_has_keeps_its_id(guide):
    gone = Progress(FIRST, LAST, (Reading("pain", "old_area", "left", 5, 2, "clearly_better"),))
    assert progress_texts(gone, guide, "es").groups[0].rows[0].label == "Old_area, lado izquierdo"


def test_the_section_is_at_grade_six_or_below(five_steps):
    assert grade(Page(section_of(handout_html(five_steps, course=COURSE))).text) <= 6


def test_a_diary_with_pain_has_two_rows_and_no_other_box_for_pain(five_steps):
    text = Page(handout_html(five_steps, pain_diary=True)).text
    assert "Done Pain, 0 to 10" in text
    assert "Your pain, 0 to 10:" not in text
    assert "0 is no pain, 10 the worst pain" in text


def test_a_diary_without_pain_is_as_it_was(five_steps):
    html = handout_html(five_steps)
    assert "Your pain, 0 to 10:" in Page(html).text
    assert "with-pain" not in html


def test_a_client_who_does_nothing_alone_has_no_diary_with_pain_either(five_steps):
    alone = replace(five_steps, screening=kit.screen(yes=["C26"], agreed_by="AB"))
    assert "Pain, 0 to 10" not in Page(handout_html(alone, pain_diary=True)).text


@pytest.mark.slow
@pytest.mark.parametrize(("language", "paper", "steps"), pairwise(LANGUAGES, PAPERS, (3, 5)))
def test_with_progress_and_a_diary_with_pain_a_handout_is_one_sheet(five_steps, language, paper, steps):
    routine = five_steps
    for step in five_steps.steps[steps:]:
        routine = routine.remove(step.point)
    html = handout_html(routine, language=language, paper=paper, course=COURSE, pain_diary=True)
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(page_pdf(html))).pages]
    assert len(texts) <= 2
    assert routine.guide.texts(language)["handout.progress.title"] in texts[-1]
    assert routine.guide.texts(language)["handout.diary.done"] in texts[-1]


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_four_steps_with_a_diary_with_pain_are_one_page_in_english(five_steps, paper):
    html = handout_html(five_steps.remove("ql_s2"), paper=paper, pain_diary=True)
    assert len(pypdf.PdfReader(io.BytesIO(page_pdf(html))).pages) == 1


@pytest.mark.browser
@pytest.mark.parametrize(("variant", "language", "media"), pairwise(VARIANTS, LANGUAGES, ("print", "screen")))
def test_axe_finds_nothing_and_the_page_is_no_wider_than_its_paper(show, five_steps, variant, language, media):
    html = handout_html(five_steps, language=language, variant=variant, course=COURSE, pain_diary=True)
    page = show(html, SIZES["A4"][0] - 2 * MARGIN, media)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if media == "print":
        assert page_count(printed(page)) <= {"large": 8, "detailed": 4}.get(variant, 2)


@pytest.mark.browser
def test_on_a_telephone_nothing_is_wider_than_the_screen(show, five_steps):
    page = show(handout_html(five_steps, course=COURSE, pain_diary=True), 90, "screen")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.slow
@pytest.mark.office
def test_the_checker_of_html_finds_nothing(five_steps, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(handout_html(five_steps, course=COURSE, pain_diary=True), encoding="utf-8")
    assert messages([path]) == []
