"""Routines for any complaint and any answers, for what must hold of all of them."""

from __future__ import annotations

from hypothesis import strategies as st

import selfcare_kit as kit
from selfcare_kit.errors import SelfcareError

GUIDE = kit.load_guide()
POINTS = [point.id for point in GUIDE.point_values.values() if not point.show_only]
QUESTIONS = [rule.id for rule in GUIDE.records.asked_rules]
PAIRED = [area for area in GUIDE.area_ids if GUIDE.records.areas[area].paired]
SENSATIONS = list(GUIDE.records.sensations)


def answered(yes):
    """The answers to all questions, those about a place about the foot and the hip; a clinician looked at each."""
    where = {id: ["foot_top", "hip_side"] for id in yes if GUIDE.records.rules[id].where == "required"}
    return kit.screen(yes, where, agreed_by="AB")


SCREENINGS = st.lists(st.sampled_from(QUESTIONS), max_size=2, unique=True).map(answered)
COMPLAINTS = st.dictionaries(
    st.sampled_from(PAIRED),
    st.fixed_dictionaries(
        {
            "side": st.sampled_from(("left", "right", "both")),
            "sensations": st.lists(st.sampled_from(SENSATIONS), max_size=2, unique=True),
            "pain": st.none() | st.integers(0, 10),
        }
    ),
    min_size=1,
    max_size=3,
).map(GUIDE.complaint)


def routine_of(complaint, screening, points):
    """A routine of those of some points, each with a side, that can be added."""
    routine = kit.Routine(complaint=complaint, screening=screening, code="C-104")
    for point, side in points:
        try:
            routine = routine.add(point, side)
        except SelfcareError:
            continue
    return routine


ROUTINES = st.builds(
    routine_of,
    st.none() | COMPLAINTS,
    st.none() | SCREENINGS,
    st.lists(st.tuples(st.sampled_from(POINTS), st.sampled_from(("left", "right", "both"))), min_size=1, max_size=8),
)
