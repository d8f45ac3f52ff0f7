"""Anything that can be found at a visit, for property tests."""

import datetime

from hypothesis import strategies as st

from selfcare_kit.model.outcome import MAX_DAYS, Activity, DiaryDay, Outcome, Score

LABELS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60).filter(str.strip)
PAINS = st.none() | st.integers(0, 10)
DAYS = st.none() | st.integers(0, MAX_DAYS)
# Also of points that a guide no longer has.
STEPS = st.lists(
    st.tuples(st.sampled_from(["tfl_1", "gmed_2", "gone_9"]), st.sampled_from(["left", "right", "both"])), max_size=3
)
VALUES = st.none() | st.integers(-1000, 1000) | st.floats(-1e6, 1e6)


def by_label(made):
    return st.lists(made, max_size=3, unique_by=lambda each: each.label)


def outcomes():
    return st.builds(
        Outcome,
        days_planned=DAYS,
        days_done=DAYS,
        change=st.none() | st.integers(-5, 5),
        helped=STEPS,
        sore=STEPS,
        diary=st.lists(
            st.builds(
                DiaryDay,
                st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)),
                st.none() | st.booleans(),
                PAINS,
            ),
            max_size=4,
            unique_by=lambda day: day.date,
        ),
        activities=by_label(st.builds(Activity, LABELS, PAINS)),
        scores=by_label(st.builds(Score, LABELS, VALUES, st.sampled_from(["lower", "higher"]))),
    )
