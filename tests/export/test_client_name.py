"""A client's name is found however it is typed, in the alphabet it is printed in, and nothing else is taken for it."""

import time

import pytest

from selfcare_kit.export.client_name import holds_name, text_with_name


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
        ("WU-2", "Li Wu"),
        ("li_2", "Li Wu"),
        ("ng7", "Kim Ng"),
        ("小明-2", "王小明"),
        ("王-3", "王小明"),
        ("太郎7", "田中太郎"),
        ("민수-1", "김민수"),
        ("иванов-1", "Иван Иванов"),
        ("ΠΑΠΑΔΟΠΟΥΛΟΣ", "Νίκος Παπαδόπουλος"),
        ("محمد-1", "محمد علي"),
    ],
)
def test_a_short_word_that_stands_alone_and_a_given_name_of_any_script_are_found_in_a_code(code, name):
    assert holds_name(code, name, any_word=True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hip of S. O'Brien", "Sean OBrien"),
        ("O Brien S", "Sean O'Brien"),
        ("Mueller, M.", "Max Müller"),
        ("Max M.", "Max Miller"),
        ("j. van den Berg", "Jan van den Berg"),
        ("Mr Miller", "Anna Miller"),
        ("Frau Muller", "Anna Müller"),
        ("Sra. de la Cruz", "Ana de la Cruz"),
        ("Amy Smith", "Amy Smith-Jones"),
        ("Jones, Amy", "Amy Smith-Jones"),
        ("Ana López", "Ana María López García"),
        ("Anna Test", "Anna‑Maria Test"),
        ("Иванов И.", "Иван Иванов"),
        ("Angstrom, Bo", "Bo Aangström"),
        ("Al Weis", "Al Weiß"),
    ],
)
def test_what_stands_for_a_name_in_everyday_life_is_found_in_a_title(text, name):
    assert holds_name(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A short test", "Ada Test"),
        ("Do a test", "Ada Test"),
        ("Test of Dr. Miller", "Anna Miller"),
        ("This is Miller's.", "Sam Miller"),
        ("Vitamin D, then a test", "Dan Test"),
        ("Anna", "Anna-Maria"),
        ("Hip, grade B. Test next week", "Ada Test"),
        ("Smith or Jones", "Amy Smith-Jones"),
    ],
)
def test_a_word_of_a_name_beside_any_other_word_is_let_be(text, name):
    assert not holds_name(text, name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("annual-2", "Ann Miller"),
        ("lily-2", "Li Wu"),
        ("al2", "Ana al-Ali"),
        ("de-2", "Ana de la Cruz"),
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


APOSTROPHES = "'’‘‛ʼʻʽ`´′＇ꞌ՚"


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_every_apostrophe_is_the_same_one(sign):
    other = "’" if sign == "'" else "'"
    assert holds_name(f"Plan of Ann O{sign}Example", f"Ann O{other}Example")
    assert holds_name("Plan of Ann OExample", f"Ann O{sign}Example")


@pytest.mark.parametrize("sign", [*APOSTROPHES, "", " ", "-", "_", "' "])
@pytest.mark.parametrize("name", ["Bo D'Test", "Bo DʼTest", "Bo D´Test", "Bo D Test"])
def test_a_short_rest_behind_an_apostrophe_is_found_in_a_code(sign, name):
    assert holds_name(f"D{sign}TEST-3", name, any_word=True)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("OEXAMPLE-1", "Ann O'Example"),
        ("dor-3", "Al D'Or"),
        ("oda", "Jo OʼDa"),
        ("mba-1", "M'Ba"),
        ("o_day_2", "Oday"),
        ("o-test", "Bo Otest"),
        ("devries9", "A. de Vries"),
        ("vanderberg", "Jo van der Berg"),
        ("mcdoe-2", "Jo Mc Doe"),
        ("jli-2", "J. Li"),
    ],
)
def test_a_joined_or_spaced_surname_is_found_in_a_code(code, name):
    assert holds_name(code, name, any_word=True)


@pytest.mark.parametrize("code", ["atest-2", "testa", "A_TEST"])
def test_a_short_surname_with_an_initial_is_found_in_a_code(code):
    assert holds_name(code, "Ada Test", any_word=True)


@pytest.mark.parametrize(
    ("code", "name"),
    [("latest-2", "Bo D'Test"), ("D-3", "Bo D'Or"), ("or-2", "Bo D'Or"), ("prior-1", "Bo D'Or"), ("hip-2", "Ann O'Da")],
)
def test_a_code_that_holds_letters_of_a_short_rest_by_chance_is_let_be(code, name):
    assert not holds_name(code, name, any_word=True)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ann (hip) De Vries", "Ann DeVries"),
        ("DeVries: hip of Ann", "Ann De Vries"),
        ("Ann Vries", "Ann de Vries"),
        ("Plan for D'Or", "D'Or"),
        ("Dor's plan", "D`Or"),
        ("Or, D.", "D. Or"),
        ("O Day's plan", "Oday"),
        ("OConnor, Sinead", "Sinéad O'Connor"),
        ("Ann\u00adOEx\u200bample", "Ann O'Example"),
    ],
)
def test_a_joined_or_spaced_name_is_found_in_a_title(title, name):
    assert holds_name(title, name)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("This is a plan", "Isa"),
        ("In a week", "Ina"),
        ("Left or right, grade D", "D'Or"),
        ("Vries", "Ann de Vries"),
        ("Miller's hip", "Al Miller"),
    ],
)
def test_words_that_only_stand_side_by_side_are_no_name(title, name):
    assert not holds_name(title, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("План: Мар’яна", "Марʼяна"),
        ("خطة عبدالله", "عبد الله"),
        ("خطة محـمد على", "محمد علي"),
        ("ג׳ורג כהן", "ג'ורג' כהן"),
        ("प्रिया शर्मा की योजना", "प्रिया शर्मा"),
        ("แผนของสมชาย", "สมชาย"),
        ("Παπαδόπουλος, Νίκος", "ΝΙΚΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ"),
        ("マリアシュミット", "マリア・シュミット"),
    ],
)
def test_a_name_of_another_alphabet_is_found_in_its_own(text, name):
    assert holds_name(text, name)


@pytest.mark.parametrize("text", ["शरीर", "प्रिय कमर"])
def test_signs_for_vowels_belong_to_a_name(text):
    assert not holds_name(text, "प्रिया शर्मा", any_word=True)


def test_the_code_is_asked_for_one_word_and_other_texts_for_all():
    assert text_with_name("Bo D'Test", {"title": "Plan of Test", "code": "DTEST-3"}) == "code"
    assert text_with_name("Bo D'Test", {"title": "Plan of Test", "code": "C-3"}) is None


def test_a_text_and_a_name_of_ten_thousand_letters_are_looked_through_at_once():
    long = "Maria Testname " * 700
    began = time.process_time()
    assert not holds_name("C-104", long, any_word=True)
    assert holds_name(long, "Maria Testname")
    assert not holds_name("left hip " * 1200, long)
    assert time.process_time() - began < 5
