"""How many lines a text takes is reckoned from known widths of letters."""

import pytest

from selfcare_kit.export.measure import MM_A_POINT, Run, count_lines, level, width


def test_a_word_is_as_wide_as_its_letters_and_bold_is_wider():
    assert width("ii") == 2 * width("i")
    assert width("Where", True) > width("Where")
    assert width("é") == width("e")
    assert width("中") == 1.0
    assert width("") == 0


def test_a_text_is_broken_between_words_only():
    word = width("feel") * 12 * MM_A_POINT
    assert count_lines((Run("feel", 12),), word + 0.1) == 1
    assert count_lines((Run("feel feel", 12),), word + 0.1) == 2
    assert count_lines((Run("feel\u00a0feel", 12),), 2 * word) == 2, "what may not be broken is as one word"
    assert count_lines((Run("feel\nfeel", 12),), 100) == 2


def test_pieces_of_a_text_run_on_in_one_line():
    runs = (Run("Where:", 12, True), Run(" here", 12))
    whole = (width("Where:", True) + width(" ") + width("here")) * 12 * MM_A_POINT
    assert count_lines(runs, whole + 0.1) == 1
    assert count_lines(runs, whole - 0.1) == 2


def test_a_word_without_room_takes_the_lines_it_needs():
    assert count_lines((Run("a" * 100, 12),), 20) == pytest.approx(100 * 0.556 * 12 * MM_A_POINT / 20, abs=1)


def test_the_first_lines_can_be_narrower():
    text = (Run("feel " * 40, 12),)
    assert count_lines(text, 60) < count_lines(text, 60, 3, 30) < count_lines(text, 30)


def test_columns_are_filled_as_evenly_as_can_be():
    assert level([5, 5, 5, 5], 2) == 10
    assert level([7, 1, 1, 1], 2) == 7
    assert level([4, 4, 4], 3) == 4
    assert level([1, 2, 3], 1) == 6
    assert level([], 2) == 0
