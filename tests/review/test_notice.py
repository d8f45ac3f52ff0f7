"""The line of a page: it says who reviewed which of its points, changes with every answer, and never vanishes."""

import shutil
from dataclasses import FrozenInstanceError

import pytest
from reviewing import FIVE, answer, answers_on, answers_on_the_rest, copied, edited, with_answers

import selfcare_kit as kit
from selfcare_kit.errors import GuideError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.problems.find import find_problems
from selfcare_kit.review.items import items_of
from selfcare_kit.review.states import state_of_point

NOBODY = "This guide has not been reviewed by a clinician yet."
REST = "Safety questions and other parts: not all reviewed yet."


@pytest.fixture
def folder(tmp_path):
    return copied(tmp_path)


def line(folder, rows, points=FIVE):
    return str(kit.review_of(points, guide=with_answers(folder, rows)))


def test_where_nobody_has_answered_it_says_so(guide):
    assert str(kit.review_of(FIVE)) == str(kit.review_of()) == str(kit.review_of([])) == NOBODY


def test_it_says_how_many_points_were_reviewed_by_whom_when_and_which_were_not(folder):
    assert line(folder, answers_on(FIVE[:3])) == (
        "3 of 5 points on this page were reviewed by a physiotherapist, November 2026. Not reviewed yet: 4, 5. " + REST
    )


def test_the_oldest_month_is_named(folder):
    rows = [*answers_on(FIVE[:2]), *answers_on(FIVE[2:], day="2026-08-02"), *answers_on_the_rest(FIVE)]
    assert line(folder, rows) == "All 5 points on this page were reviewed by a physiotherapist, August 2026."


def test_of_an_item_that_was_read_twice_the_newer_day_counts(folder):
    rows = [*answers_on(FIVE[:1], day="2026-01-02"), *answers_on(FIVE[:1], by="CD")]
    assert "a physiotherapist, November 2026" in line(folder, rows)


@pytest.mark.parametrize(
    ("professions", "who"),
    [
        (["physiotherapist", "physician"], "a physiotherapist and a doctor"),
        (["physiotherapist", "physician", "osteopath"], "clinicians"),
    ],
)
def test_two_professions_are_named_and_more_are_clinicians(folder, professions, who):
    rows = [row for n, job in enumerate(professions) for row in answers_on([FIVE[n]], profession=job)]
    assert f"reviewed by {who}, November 2026" in line(folder, rows)


def test_one_point_is_one_point(folder):
    rows = [*answers_on(FIVE[:1]), *answers_on_the_rest(FIVE[:1])]
    assert line(folder, rows, FIVE[:1]) == "The point on this page was reviewed by a physiotherapist, November 2026."
    assert line(folder, rows).startswith("1 of 5 points on this page was reviewed")


def test_a_point_of_which_one_item_is_open_is_not_reviewed(folder):
    rows = [row for row in answers_on(FIVE[:1]) if not row[0].endswith("/words")]
    assert line(folder, rows) == NOBODY


def test_a_profession_that_does_not_count_for_an_item_reviews_none(folder):
    assert line(folder, answers_on(FIVE, profession="massage_therapist")) == NOBODY
    guide = with_answers(folder, answers_on(FIVE, profession="massage_therapist"))
    assert state_of_point("piri_1", guide) == "open"


def test_whose_review_counts_can_be_changed_in_the_guides_data(folder):
    edited(
        folder,
        "reviewers.csv",
        "massage_therapist,Massage therapist,areas;words",
        "massage_therapist,Massage therapist,place;areas;words;work",
    )
    assert "reviewed by a massage therapist" in line(folder, answers_on(FIVE[:1], profession="massage_therapist"))


def test_an_item_that_changes_afterwards_is_open_again(folder):
    rows = answers_on(FIVE)
    edited(
        folder,
        "places.csv",
        "piri_1,1,spot,greater_trochanter_top,piriformis_sacral_end,0.3,",
        "piri_1,1,spot,greater_trochanter_top,piriformis_sacral_end,0.4,",
    )
    assert "Not reviewed yet: 2." in line(folder, rows)
    assert state_of_point("piri_1", with_answers(folder, rows)) == "stale"


def test_the_last_word_of_a_reviewer_counts(folder):
    rows = [*answers_on(FIVE), answer("point/piri_1/place", "unsure", day="2026-11-21")]
    assert "Not reviewed yet: 2." in line(folder, rows)
    rows.append(answer("point/piri_1/place", day="2026-11-22"))
    assert "All 5 points" in line(folder, rows)


def test_one_wish_for_a_change_outweighs_every_agreement(folder):
    rows = [
        *answers_on(FIVE),
        *answers_on(FIVE, by="CD"),
        answer("point/tfl_1/place", "change", by="EF", profession="other"),
    ]
    assert "Not reviewed yet: 3." in line(folder, rows)
    assert kit.review_of(FIVE, guide=with_answers(folder, rows)).held == ("tfl_1",)


LINES = {
    "en": "3 of 5 points on this page were reviewed by a physiotherapist, November 2026. Not reviewed yet: 4, 5.",
    "es": "3 de los 5 puntos de esta página fueron revisados por un profesional de la fisioterapia (noviembre de 2026).",
    "fr": "3 des 5 points de cette page ont été vérifiés par un kinésithérapeute (novembre 2026).",
    "de": "3 von 5 Punkten auf dieser Seite wurden von einer Fachperson für Physiotherapie geprüft (November 2026).",
}


@pytest.mark.parametrize("language", LINES)
def test_a_page_shows_its_line_in_its_language(folder, clear, language):
    guide = with_answers(folder, answers_on(FIVE[:3]))
    routine = kit.Routine(title="", code="C-104", screening=kit.screen(guide=guide), guide=guide)
    for point in FIVE:
        routine = routine.add(point, side="left")
    html = routine.to_html(language=language)
    assert LINES[language] in html
    assert guide.texts(language)["handout.not_reviewed"] not in html


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_a_page_in_a_language_that_nobody_has_reviewed_says_that_too(folder, language):
    review = kit.review_of(FIVE, guide=with_answers(folder, [*answers_on(FIVE), *answers_on_the_rest(FIVE)]))
    assert review.text(language).endswith(review.guide.texts(language)["handout.review.translation"])
    assert review.guide.texts("en")["handout.review.translation"] not in review.text("en")


def test_leaflet_intake_sheet_and_note_have_the_line_too(folder):
    guide = with_answers(folder, answers_on(FIVE[:3]))
    of_guide = "3 of 47 points of this guide were reviewed by a physiotherapist, November 2026."
    assert of_guide in guide.to_html()
    assert of_guide in kit.intake_sheet(guide=guide)
    routine = kit.Routine(title="", code="C-104", guide=guide).add("piri_1", side="left")
    assert "The point on this page was reviewed by a physiotherapist, November 2026." in routine.to_note()


def test_a_language_without_words_for_it_says_it_in_english(folder):
    italian = "\n".join(["key,text", "language.name,Italiano"])
    (folder / "text" / "it.csv").write_text(italian, encoding="utf-8")
    shutil.move(folder / "guide.toml", folder / "old.toml")
    text = (folder / "old.toml").read_text(encoding="utf-8").replace('language = "en"', 'language = "it"')
    (folder / "guide.toml").write_text(text, encoding="utf-8")
    assert str(kit.review_of(FIVE, guide=with_answers(folder, []))) == NOBODY


def test_a_guide_whose_settings_name_a_reviewer_goes_on_naming_one_until_there_are_answers(folder):
    edited(folder, "guide.toml", 'reviewed_by = ""', 'reviewed_by = "A. B."')
    assert line(folder, []) == "This guide was reviewed by A. B.."
    assert "by a physiotherapist" in line(folder, answers_on(FIVE[:1]))


def test_it_is_a_frozen_value(guide):
    review = kit.review_of(FIVE)
    assert review.not_reviewed == (1, 2, 3, 4, 5)
    with pytest.raises(FrozenInstanceError):
        review.day = "2026-11-28"


def test_a_day_that_is_none_is_a_problem_of_the_guide(folder):
    guide = with_answers(folder, [answer("rule/R01", day="28 Nov")])
    assert [str(each) for each in find_problems(folder) if not each.is_note] == [
        "reviews.csv, row 2, column day: must be a day like 2026-11-28, got '28 Nov'; correct it."
    ]
    with pytest.raises(GuideError, match="the day of rule/R01 must be like 2026-11-28, got '28 Nov'"):
        kit.review_of(FIVE, guide=guide)


def test_answers_to_items_that_are_gone_are_history(folder):
    assert line(folder, [answer("point/gone_1/place", digest="abcdefghijkl"), *answers_on(FIVE[:3])]).startswith(
        "3 of 5"
    )
    assert "point/gone_1/place" not in items_of(Guide(folder))
