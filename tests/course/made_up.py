"""Made-up courses, from one visit to twelve."""

from __future__ import annotations

import datetime
import random

from selfcare_kit.course.course import Course
from selfcare_kit.course.courses import Courses
from selfcare_kit.course.visits import CourseVisit
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.outcome import Activity, DiaryDay, Outcome, Score

START = datetime.date(2026, 6, 2)
REMOVED = "Removed: Gluteus minimus, front part (gmin_a), left."
ADDED = "Added: Quadratus lumborum, superficial, below rib 12 (ql_s1), left, hold 60 s."
LIGHTER = "Changed: Quadratus lumborum, superficial, above the crest (ql_s2), left: pressure from 5 to 4."


def visit(day, pains, outcome=None, changes=()):
    """A visit so many days after the first one; pains are by area, on the left."""
    felt = {area: {"side": "left", "pain": pain} for area, pain in pains.items()}
    return CourseVisit(
        date=START + datetime.timedelta(days=day),
        complaint=load_guide().complaint(felt),
        outcome=outcome or Outcome(),
        changes=changes,
    )


def diary(start, end, missed=(), pains=()):
    """Every second day of a diary; pains are in order, and none is written where they end."""
    days = range(start, end, 2)
    return [
        DiaryDay(START + datetime.timedelta(days=day), day not in missed, pains[n] if n < len(pains) else None)
        for n, day in enumerate(days)
    ]


def can(stairs, sleep):
    return (Activity("climb the stairs", stairs), Activity("sleep on my left side", sleep))


def six_visits():
    """C-104: three areas of which one was not asked once, a diary, activities, and three changes of the routine."""
    visits = (
        visit(0, {"hip_side": 7, "low_back": 5, "thigh_outer": 4}, Outcome(activities=can(3, 2))),
        visit(14, {"hip_side": 6, "low_back": 5, "thigh_outer": 3},
              Outcome(7, 6, 0, diary=diary(0, 14, (10,), (6, 6, 7, 7, 7, 7)), activities=can(4, 2)), (REMOVED, ADDED)),
        visit(26, {"hip_side": 6, "low_back": 3, "thigh_outer": 3},
              Outcome(6, 5, 1, diary=diary(14, 26, (18,), (6, 6, 6, 5, 4, 5)), activities=can(4, 4)), (LIGHTER,)),
        visit(41, {"hip_side": 5, "low_back": 2, "thigh_outer": None},
              Outcome(8, 7, 2, diary=diary(26, 41, (38,), (5, 5, 5, 5, 5, 6)), activities=can(6, 4)), (REMOVED, ADDED)),
        visit(55, {"hip_side": 5, "low_back": 0, "thigh_outer": 2},
              Outcome(7, 6, 1, diary=diary(41, 55, (51,), (6, 3, 5)), activities=can(None, 5))),
        visit(69, {"hip_side": 3, "low_back": 0, "thigh_outer": 0},
              Outcome(7, 4, 3, diary=diary(55, 69, (57, 63, 65), (4, 4, 4, 4, 4, 2)), activities=can(9, 7))),
    )  # fmt: skip
    return Course("C-104", visits)


def one_visit():
    return Course("C-105", (visit(0, {"heel": 7, "calf_back": 4}, Outcome(activities=can(3, 2))),))


def two_visits():
    return Course("C-106", (visit(0, {"low_back": 2}), visit(10, {"low_back": 5}, Outcome(days_done=3))))


def twelve_visits():
    """Five areas, visits close together, one area asked once, one got worse, one never asked."""
    areas = {"hip_side": (8, -0.5), "buttock_center": (6, 0), "thigh_back": (4, 0.5), "calf_back": (5, -0.2)}
    made = []
    for n, day in enumerate((0, 2, 5, 12, 19, 21, 40, 47, 54, 61, 90, 120)):
        pains = {area: max(0, min(10, round(start + slope * n))) for area, (start, slope) in areas.items()}
        pains |= {"heel": 3 if n == 4 else None, "groin": None}
        score = (Score("Our own hip score", 40 + 3 * n, "higher"),)
        changes = (LIGHTER,) if n in (1, 2, 3, 9) else ()
        made.append(visit(day, pains, Outcome(5, 4, (n % 5) - 2, scores=score) if n else None, changes))
    return Course("C-112", tuple(made))


def clinic(clients=60):
    """Made-up clients of one to six visits: who gets no better stops coming."""
    rng = random.Random(104)
    courses = []
    for number in range(clients):
        trend, visits = rng.gauss(-0.6, 0.6), 1
        while visits < 6 and rng.random() < (0.92 if trend < -0.5 else 0.75 if trend < 0 else 0.55):
            visits += 1
        start = rng.randint(4, 8)
        pains = [max(0, min(10, round(start + trend * n))) for n in range(visits)]
        made = tuple(visit(14 * n, {"hip_side": pain, "low_back": 2}) for n, pain in enumerate(pains))
        courses.append(Course(f"C-{100 + number}", made))
    return Courses(tuple(courses))
