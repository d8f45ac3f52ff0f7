"""A client's name is found however it is typed, in the alphabet it is printed in, and nothing else is taken for it."""

import pytest

from selfcare_kit.client_name import holds_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MILLER_anna-2", "Dr. Anna Miller"),
        ("For Miller, Anna", "Anna Miller"),
        ("annamiller", "Anna Miller"),
        ("Soren Kjaer", "Søren Kjær"),
        ("Søren Kjær", "Soeren Kjaer"),
        ("lukasz", "Łukasz"),
        ("Weiss Juergen", "Jürgen Weiß"),
        ("Jürgen Weiß", "JUERGEN WEISS"),
        ("jurgen weiss", "Jürgen Weiß"),
        ("王小明的腰", "王小明"),
        ("王小明的腰", "王 小明"),
        ("腰痛の山田さん", "山田"),
        ("김민수 허리", "김민수"),
        ("김민수의 허리", "김 민수"),
        ("Li", "Li"),
    ],
)
def test_a_name_is_found_whatever_its_case_accents_order_and_signs_between(text, name):
    assert holds_name(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Left lip", "Li"),
        ("Annual check", "Ann"),
        ("Miller's hip", "Anna Miller"),
        ("腰痛", "王小明"),
        ("王", "王小明"),
        ("허리", "김민수"),
        ("Queue", "Qu"),
        ("C-104", "C-104"),
        ("anything", ""),
        ("", "Anna Miller"),
        ("hip", "Dr."),
    ],
)
def test_what_only_looks_like_a_name_is_let_be(text, name):
    assert not holds_name(text, name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("Miller-2", "Anna Miller"),
        ("anna7", "Anna Miller"),
        ("ann_2", "Ann Lee"),
        ("AMiller", "Anna Miller"),
        ("mueller1", "Jürgen Müller"),
        ("小明-2", "王 小明"),
        ("Dr", "Dr."),
    ],
)
def test_one_word_of_a_name_in_a_code_is_enough(code, name):
    assert holds_name(code, name, any_word=True)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("annual-2", "Ann Miller"),
        ("li-2", "Li Wu"),
        ("dr-2", "Dr. Anna Miller"),
        ("C-104", "Anna Miller"),
        ("AM-2", "Anna Miller"),
        ("C-104", ""),
    ],
)
def test_a_code_that_holds_no_word_of_the_name_is_let_be(code, name):
    assert not holds_name(code, name, any_word=True)


def test_another_alphabet_is_not_recognised():
    assert not holds_name("Olga", "Ольга")
