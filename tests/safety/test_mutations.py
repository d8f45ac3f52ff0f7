"""Every rule that keeps somebody safe is missed when it is gone: from the guide's tables, and from the code."""

import ast
import os
from collections import Counter

import code_mutants
import mutants
import oracle
import pytest
from equivalent_mutants import EQUIVALENT

pytestmark = pytest.mark.slow


def test_all_rules_hold_of_the_guide_and_the_code_as_they_are(guide):
    assert list(oracle.violations(guide)) == []


def test_every_rule_of_the_guide_is_missed_when_it_is_gone_or_weaker(guide):
    unnoticed, count = [], Counter()
    for weaker in mutants.weaker_guides(guide):
        changed = mutants.weakened(guide, weaker)
        count[weaker.id] += 1
        if next(oracle.violations(changed, weaker.id), None) is None:
            unnoticed.append((weaker.id, weaker.what))
    assert unnoticed == []
    rules = {id for table in ("red_flags", "cautions", "limits") for id in oracle.RULES[table]}
    assert rules <= set(count)
    # A limit of one condition that blocks, or of one number, has no more.
    fewest = {id: 3 if id in oracle.RULES["limits"] else 4 for id in rules}
    assert {id: count[id] for id in rules if count[id] < fewest[id]} == {}, "rules with too few ways to weaken them"
    assert sum(count.values()) > 1_000


# The code

# `make fuzz` tries every mutant, the usual run one of so many.
EVERY = 1 if "FUZZ_CASES" in os.environ else 14
MUTANTS = code_mutants.all_mutants()


def sample():
    """One mutant of so many, but for those of a place of which as many may pass unnoticed: to try these says nothing.

    They are the ones that take longest, as every check is made before one is known to be unnoticed.
    """
    chosen = MUTANTS[::EVERY]
    if EVERY == 1:
        return chosen
    count = Counter(mutant.place for mutant in chosen)
    return [mutant for mutant in chosen if count[mutant.place] > EQUIVALENT.get(mutant.place, (0, ""))[0]]


@pytest.mark.slow
def test_whatever_weakens_the_code_is_missed():
    tried = sample()
    told = code_mutants.noticed(tried)
    assert len(told) == len(tried) > 600 / EVERY
    unnoticed = [mutant for mutant, words in zip(tried, told, strict=True) if not words]
    found = Counter(mutant.place for mutant in unnoticed)
    allowed = {place: count for place, (count, _) in EQUIVALENT.items()}
    assert [mutant for mutant in unnoticed if found[mutant.place] > allowed.get(mutant.place, 0)] == []
    if EVERY == 1:
        assert found == allowed, "EQUIVALENT excludes more than there is"


def test_what_cannot_be_noticed_is_of_places_that_there_are_and_has_a_reason():
    count = Counter(mutant.place for mutant in MUTANTS)
    assert [place for place, (most, why) in EQUIVALENT.items() if not 1 <= most <= count[place] or not why] == []
    assert sum(most for most, _ in EQUIVALENT.values()) < len(MUTANTS) / 5


def test_every_module_and_operator_has_mutants():
    assert {mutant.module for mutant in MUTANTS} == set(code_mutants.TARGETS)
    assert {mutant.operator for mutant in MUTANTS} == set(code_mutants.OPERATORS)


def test_a_mutant_that_changes_nothing_is_not_noticed():
    place = ("safety.verdict.Judge._closed_area_objection", "condition false")
    words = [mutant for mutant in MUTANTS if mutant.place == place and "'use mode hold'" in mutant.what]
    assert code_mutants.noticed(words) == [""]


def test_a_function_that_is_gone_is_told(monkeypatch):
    monkeypatch.setitem(code_mutants.TARGETS, "safety.gate", ("no_such_function",))
    with pytest.raises(AssertionError, match="safety.gate has no no_such_function; correct TARGETS"):
        code_mutants.all_mutants()


CODE = """
def f(a: int, *b: str) -> bool:
    \"\"\"Says 1 < 2.\"\"\"
    if a < 3 and not b:
        raise ValueError(f"{a} is {1 if a else 2}")
    check(a, most=max(b))
    a |= {each for each in b if each in (1, 2)}
    is_zero = a == 0
    return is_zero or a - b
"""


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("condition true", ["if True:", "for each in b if True}"]),
        ("condition false", ["if False:", "for each in b if False}"]),
        ("comparison flipped", ["is_zero = a != 0\n"]),
        ("boundary moved", ["if a <= 3 and"]),
        ("operand dropped", ["if not b:", "if a < 3:", "return a - b", "return is_zero\n", "return is_zero or a\n"]),
        ("not dropped", ["if a < 3 and b:"]),
        ("min/max swapped", ["most=min(b))"]),
        ("element dropped", ["in (2,)}", "in (1,)}"]),
        ("argument dropped", ["check(a)\n"]),
        ("return constant", ["return True\n", "return False\n"]),
        ("statement dropped", ["(not b):\n        pass", "    pass\n    a |=", "    pass\n    is_zero"]),
        ("number moved", ["if a < 4 and", "in (2, 2)}", "in (1, 3)}", "is_zero = a == 1\n"]),
        ("flag flipped", []),
    ],
)
def test_an_operator_weakens_each_place_once_and_no_words(operator, expected):
    made = code_mutants.mutated_sources(CODE, "f", operator)
    assert len(made) == len(expected)
    assert len({*made, ast.unparse(ast.parse(CODE)) + "\n"}) == len(expected) + 1
    for source, part in zip(made, expected, strict=True):
        assert part in source
        assert "(1 if a else 2)" in source or operator in ("statement dropped", "return constant")
