"""The figures of a course say what the records say, let no labels overlap, and name nobody."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import combinations

import made_up
import pytest
from marks import slow_where
from matplotlib import colors
from PIL import Image

import selfcare_kit as kit
from selfcare_kit.course.clinic_numbers import clinic_numbers
from selfcare_kit.course.course import Course
from selfcare_kit.course.courses import Courses
from selfcare_kit.course.plots import picture
from selfcare_kit.course.visits import Unread
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.model.outcome import Activity, Outcome

LONG = (made_up.six_visits, made_up.twelve_visits)
MADE = slow_where((made_up.one_visit, made_up.two_visits, *LONG), LONG)
LANGUAGES = ("en", "es", "fr", "de")


def texts_of(figure):
    return [text for holder in (figure, *figure.axes) for text in holder.texts if text.get_text()]


def words_of(figure):
    return "\n".join(text.get_text() for text in texts_of(figure))


def panel(figure, label):
    return next(ax for ax in figure.axes if ax.get_label() == label)


def drawn(ax, gid):
    return [(float(x), float(y)) for line in ax.lines if line.get_gid() == gid for x, y in line.get_xydata()]


def overlaps(figure):
    figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts_of(figure)]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


def outside(figure):
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts_of(figure)]
    return [text for text, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]


@pytest.fixture
def only_bundled_font(monkeypatch):
    picture.width_of.cache_clear()
    monkeypatch.setattr(picture, "families", lambda: ("DejaVu Sans",))
    yield
    picture.width_of.cache_clear()


@pytest.mark.parametrize("make", MADE)
def test_no_two_texts_of_the_clinicians_figure_overlap_and_none_is_cut(make):
    figure = make().plot()
    assert overlaps(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("make", MADE)
def test_no_text_overlaps_where_only_the_bundled_font_is_there(make, only_bundled_font):
    for figure in (make().plot(), make().plot_for_client()):
        assert overlaps(figure) == []
        assert outside(figure) == []


@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_texts_of_the_clients_figure_overlap_and_none_is_cut(make, language):
    figure = make().plot_for_client(language)
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_overlapping_texts_are_found():
    figure = made_up.one_visit().plot()
    figure.write(20, 7, "over the heading")
    assert overlaps(figure)


@pytest.mark.slow
@pytest.mark.parametrize("draw", [Course.plot, Course.plot_for_client])
def test_a_notebook_shows_a_figure_as_a_picture_and_always_the_same(draw):
    one, other = (draw(made_up.six_visits())._repr_png_() for _ in range(2))
    assert one == other
    assert Image.open(io.BytesIO(one)).width > 900


def test_each_area_that_was_asked_has_a_panel_the_strongest_first():
    figure = made_up.twelve_visits().plot()
    labels = [ax.get_label() for ax in figure.axes if " left" in ax.get_label()]
    assert labels == ["hip_side left", "buttock_center left", "calf_back left", "thigh_back left", "heel left"]
    assert "Never asked: Groin, left." in " ".join(words_of(figure).split())


def test_a_panel_has_a_mark_for_each_pain_that_was_asked():
    ax = panel(made_up.six_visits().plot(), "thigh_outer left")
    assert [pain for _, pain in drawn(ax, "asked")] == [4, 3, 3, 2, 0]


def test_a_visit_at_which_nobody_asked_is_a_gap_and_never_a_pain():
    ax = panel(made_up.six_visits().plot(), "thigh_outer left")
    (_, before), (_, after) = drawn(ax, "gap")
    assert (before, after) == (3, 2)
    assert len(drawn(ax, "not asked")) == 1
    assert "not asked" in [text.get_text() for text in ax.texts]


def test_no_line_goes_on_where_the_area_was_never_asked_again():
    ax = panel(made_up.twelve_visits().plot(), "heel left")
    assert drawn(ax, "line") == []
    assert drawn(ax, "gap") == []


@pytest.mark.parametrize(("area", "field"), [("hip_side", 4.9), ("low_back", 3), ("thigh_outer", 2)])
def test_the_field_begins_where_pain_is_two_points_and_thirty_percent_less(area, field):
    ax = panel(made_up.six_visits().plot(), f"{area} left")
    (found,) = [patch for patch in ax.patches if patch.get_gid() == "clearly less"]
    assert found.get_extents().transformed(ax.transData.inverted()).y1 == pytest.approx(field)


def test_a_field_of_more_pain_is_drawn_only_where_pain_was_clearly_more():
    figure = made_up.twelve_visits().plot()
    fields = {ax.get_label() for ax in figure.axes for patch in ax.patches if patch.get_gid() == "clearly more"}
    assert fields == {"thigh_back left"}


def test_the_last_pain_and_its_distance_from_the_first_stand_beside_a_panel():
    words = words_of(made_up.twelve_visits().plot())
    assert "6 more\nthan at first" in words
    assert "as at first" in words
    assert "asked once\non 21 Jun" in words


def test_a_small_change_may_be_chance():
    course = Course("C-101", (made_up.visit(0, {"heel": 6}), made_up.visit(7, {"heel": 5})))
    assert "1 less\nthan at first\n(may be chance)" in words_of(course.plot())


def test_the_figure_says_that_pain_also_changes_by_itself():
    note = " ".join(words_of(made_up.six_visits().plot()).split())
    assert "Pain also changes by itself: this shows what happened, not why." in note
    assert "Farrar 2001" in note


def test_changes_of_the_routine_are_numbered_in_every_panel_and_told_below():
    figure = made_up.six_visits().plot()
    numbers = [text.get_text() for text in figure.texts if text.get_gid() == "change"]
    assert numbers[:3] == ["1", "2", "3"]
    assert " ".join(made_up.LIGHTER.split()[:3]) in words_of(figure)


def test_days_done_stand_between_the_visits_they_are_between():
    figure = made_up.six_visits().plot()
    days = [text.get_text() for text in figure.texts if text.get_gid() == "days"]
    assert days == ["6 of 7", "5 of 6", "7 of 8", "6 of 7", "4 of 7"]
    assert "of 35 planned" in words_of(figure)
    assert len(drawn(panel(figure, "days"), "done False")) == 7


def test_a_day_on_which_nothing_was_written_is_neither_done_nor_missed():
    course = made_up.six_visits()
    unknown = replace(course.visits[1].outcome.diary[0], done=None)
    outcome = replace(course.visits[1].outcome, diary=(unknown,))
    figure = Course("C-101", (course.visits[0], replace(course.visits[1], outcome=outcome))).plot()
    assert len(drawn(panel(figure, "days"), "done None")) == 1
    assert drawn(panel(figure, "days"), "done True") == []


def test_an_activity_that_was_not_asked_is_a_dash():
    figure = made_up.six_visits().plot()
    numbers = [text.get_text() for text in figure.texts if text.get_gid() == "number"]
    assert numbers[5:11] == ["3", "4", "4", "6", "\N{EN DASH}", "9"]


def test_files_that_could_not_be_read_are_counted_in_the_figure():
    course = replace(made_up.six_visits(), contradicting=(Unread("a.csv", "a.csv is another visit."),))
    assert "1 file could not be taken in." in " ".join(words_of(course.plot()).split())


def test_a_dollar_sign_in_an_activity_is_a_dollar_sign():
    outcome = Outcome(activities=(Activity("carry $5 of $10 coins", 4),))
    course = Course("C-101", (made_up.visit(0, {"heel": 6}, outcome),))
    assert "$5 of $10" in words_of(course.plot())
    assert course.plot()._repr_png_()


def lightness(colour):
    red, green, blue = colors.to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_less_and_more_pain_differ_in_grey_print_too():
    assert abs(lightness(picture.LESS) - lightness(picture.MORE)) > 0.08


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clients_figure_says_in_words_what_it_shows(language, guide):
    words, texts = words_of(made_up.twelve_visits().plot_for_client(language)), guide.texts(language)
    for key in ("title", "pain.clearly_better", "pain.clearly_worse", "same", "itself"):
        assert texts[f"handout.progress.{key}"].split()[-1] in words


def test_the_clients_figure_never_leaves_out_the_strongest_pain():
    felt = dict.fromkeys(("hip_side", "low_back", "thigh_outer", "calf_back"), 5)
    visits = (made_up.visit(0, {**felt, "heel": 1}), made_up.visit(7, {**felt, "heel": 9}))
    words = words_of(Course("C-101", visits).plot_for_client())
    assert "Heel, left" in words
    assert "Places that are not shown here: 1." in words


def test_a_language_that_the_guide_lacks_is_refused():
    with pytest.raises(kit.SelfcareError):
        made_up.six_visits().plot_for_client("it")


def test_a_clinics_figure_counts_each_client_once():
    numbers = clinic_numbers(made_up.clinic(60).courses)
    assert numbers.clients == 60
    assert sum(count or 0 for count in numbers[1:5]) == 60
    figure = made_up.clinic(60).plot()
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_a_clinics_figure_says_who_still_comes():
    numbers = clinic_numbers(made_up.clinic(60).courses)
    figure = made_up.clinic(60).plot()
    shown = [text.get_text() for text in panel(figure, "asked").texts]
    assert shown == [str(each.clients) for each in numbers.visits]
    assert numbers.visits[-1].clients < numbers.visits[0].clients
    assert numbers.visits[-1].still < numbers.visits[-1].everyone


def test_those_who_stopped_coming_keep_their_last_answer():
    stays = [Course(f"C-10{n}", (made_up.visit(0, {"heel": 6}), made_up.visit(7, {"heel": 2}))) for n in range(5)]
    left = [Course(f"C-11{n}", (made_up.visit(0, {"heel": 8}),)) for n in range(5)]
    numbers = clinic_numbers(stays + left)
    assert [(each.clients, each.still, each.everyone) for each in numbers.visits] == [(10, 7, 7), (5, 2, 5)]
    assert (numbers.less, numbers.once) == (5, 5)


def test_a_number_of_fewer_than_five_clients_is_not_shown():
    few = [Course(f"C-10{n}", (made_up.visit(0, {"heel": 6}), made_up.visit(7, {"heel": 9}))) for n in range(4)]
    many = [Course(f"C-11{n}", (made_up.visit(0, {"heel": 6}), made_up.visit(7, {"heel": 1}))) for n in range(6)]
    numbers = clinic_numbers(few + many)
    # The one of less pain, too: with it the other one would follow from how many there are.
    assert (numbers.less, numbers.more, numbers.same) == (None, None, 0)
    shown = [text.get_text() for text in panel(Courses(tuple(few + many)).plot(), "clients").texts]
    assert "not shown" in shown
    assert "4" not in shown


def test_fewer_than_five_clients_are_not_drawn_together():
    with pytest.raises(InvalidValueError, match=re.escape("must be at least 5 to be drawn together, got 4")):
        made_up.clinic(4).plot()


def test_a_clinics_figure_holds_no_code_no_date_and_no_word_that_was_typed():
    words = words_of(made_up.clinic(12).plot())
    assert "C-1" not in words
    assert "2026-" not in words
    assert not re.search(r"\d (Jun|Jul|Aug)", words)
