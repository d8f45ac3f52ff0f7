"""Every rule that keeps somebody safe is missed when it is gone: from the guide's tables, and from the code."""

from collections import Counter

import mutants
import oracle
import pytest

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
    assert all(count[id] >= 4 for id in rules), count
    assert sum(count.values()) > 1_000


def test_every_line_that_enforces_a_rule_is_missed_when_it_is_gone():
    told = mutants.told_by_changed_code(mutants.CHANGES)
    assert len(told) == len(mutants.CHANGES)
    unnoticed = [change for change, words in zip(mutants.CHANGES, told, strict=True) if not words]
    assert unnoticed == []
    assert [words for words in told if words.startswith("does not run")] == []


def test_a_change_that_changes_nothing_is_not_noticed():
    same = mutants.Change("safety.gate", "    if missing:\n", "    if len(missing) > 0:\n")
    assert mutants.told_by_changed_code([same]) == [""]


def test_a_change_of_a_line_that_is_gone_is_told():
    (words,) = mutants.told_by_changed_code([mutants.Change("safety.gate", "no such line", "")])
    assert words.startswith("does not run: AssertionError: selfcare_kit.safety.gate has 0 times 'no such line'")
