"""Offered means addable means printable, what is refused was not offered, and a verdict is one: in every guide.

The built-in guide and 200 copies that are edited at random. `PROMISE_CASES` says how many complaints with their
answers are tried in each copy; from 2,500 on it is all of them: 30 complaints, each with no answer, every single one
and twenty pairs.
"""

import os
import random
from functools import cache
from itertools import combinations

import cases
import edits
import promises
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import selfcare_kit as kit

CASES = int(os.environ.get("PROMISE_CASES", "2"))
COPIES = 200
PAIRS = 20
GUIDE = kit.load_guide()


@cache
def copy_of(seed):
    return edits.edited(GUIDE, seed)


def asked(guide, chance):
    """Complaints, each with no answer, every single one and some pairs, in random order."""
    ids = cases.questions_of(guide)
    pairs = list(combinations(ids, 2))
    every = [
        (name, yes)
        for name in cases.COMPLAINTS
        for yes in [(), *((id,) for id in ids), *chance.sample(pairs, min(PAIRS, len(pairs)))]
    ]
    chance.shuffle(every)
    return every


def tried(guide, chance, count):
    """What is broken in a guide for so many complaints with their answers, and how many were tried."""
    every = asked(guide, chance)[:count]
    told = []
    for number, (name, yes) in enumerate(every):
        complaint = cases.COMPLAINTS[name]
        agreed_by, narrow = chance.choice(("AB", "AB", "")), chance.random() < 0.3
        found = [
            *promises.broken(guide, complaint, yes, agreed_by, narrow, page=number % 100 == 0),
            *promises.unsound_verdicts(guide, complaint, yes, chance, 4),
        ]
        told += [(name, yes, each) for each in found]
    return told, len(every)


@pytest.mark.slow
def test_the_built_in_guide_keeps_its_promises():
    told, count = tried(GUIDE, random.Random(11), max(100 * CASES, 250))
    assert told == []
    assert count >= 250


@pytest.mark.slow
def test_two_hundred_edited_guides_keep_them():
    told, count = [], 0
    for seed in range(COPIES):
        guide, changes = copy_of(seed)
        found, tried_here = tried(guide, random.Random(seed), CASES)
        told += [(seed, changes, *each) for each in found]
        count += tried_here
    assert told == []
    assert count >= COPIES * min(CASES, 30)


@pytest.mark.slow
def test_the_edited_guides_are_guides_an_author_could_write():
    assert [(seed, problem) for seed in range(COPIES) for problem in edits.problems(copy_of(seed)[0])] == []
    changes = " ".join(each for seed in range(COPIES) for each in copy_of(seed)[1])
    for what in (
        "max_pressure of", "max_seconds of", "blocks_area of", "blocks_tools of", "blocks_positions of", "kind of",
        "tools of", "position of", "mode of", "seconds of", "limits",
    ):  # fmt: skip
        assert changes.count(what) >= 10, what


def area_complaints(area):
    paired = GUIDE.row("areas", area)["paired"] == "yes"
    return st.fixed_dictionaries(
        {
            "side": st.sampled_from(("left", "right", "both") if paired else ("left", "right", "both", "midline")),
            "sensations": st.lists(st.sampled_from(list(GUIDE.rows_by_id["sensations"])), max_size=3, unique=True),
            "pain": st.none() | st.integers(0, 10),
        }
    )


COMPLAINTS = st.lists(st.sampled_from(GUIDE.area_ids), min_size=1, max_size=4, unique=True).flatmap(
    lambda areas: st.fixed_dictionaries({area: area_complaints(area) for area in areas})
)


@examples(min(max(60, 20 * CASES), 20_000))
@given(
    seed=st.none() | st.integers(0, COPIES - 1),
    complaint=COMPLAINTS,
    numbers=st.lists(st.integers(0, 1_000), max_size=3),
    agreed_by=st.sampled_from(("", "AB")),
    narrow=st.booleans(),
    chance=st.randoms(use_true_random=False),
)
def test_any_complaint_with_any_answers_gets_what_was_promised(seed, complaint, numbers, agreed_by, narrow, chance):
    guide, changes = (GUIDE, ()) if seed is None else copy_of(seed)
    ids = cases.questions_of(guide)
    yes = tuple(dict.fromkeys(ids[number % len(ids)] for number in numbers))
    told = [
        *promises.broken(guide, complaint, yes, agreed_by, narrow),
        *promises.unsound_verdicts(guide, complaint, yes, chance, 4),
    ]
    assert told == [], changes


@pytest.mark.slow
def test_the_code_as_it_is_breaks_none():
    assert list(promises.told()) == []
