"""Made-up records of a client C-104, in several kinds of file and two formats: to try a course on, and to test it."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from pathlib import Path

from selfcare_kit.export.kinds import file_kind, file_name_of
from selfcare_kit.files import write_new
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.outcome import Activity, DiaryDay, Outcome
from selfcare_kit.plan.plan import Plan
from selfcare_kit.safety.screening import screen

CODE, TITLE = "C-104", "Hip and low back"
FIRST_DAY = datetime.date(2026, 6, 1)
SIDE = "left"
AREAS = ("hip_side", "low_back", "thigh_outer")
ACTIVITIES = ("climb the stairs", "sleep on my left side")
POINTS = ("tfl_1", "gmed_2", "vl_4", "ql_s2")
# How much the pain of a diary differs from a straight line between two visits, day by day.
UPS_AND_DOWNS = (1, 0, -1, 1, 0, 0, 1, -1)
OLDER_FORMAT = 2


@dataclass(frozen=True)
class _Visit:
    """What was felt and said at one visit; `sessions` has a letter a planned day: d done, n not done, ? not known."""

    day: int
    kinds: tuple[str, ...]
    pains: tuple[int | None, ...]
    scores: tuple[int | None, ...]
    sessions: str = ""
    change: int | None = None
    helped: tuple[str, ...] = ()
    sore: tuple[str, ...] = ()
    has_diary: bool = True


VISITS = (
    _Visit(0, ("json",), (7, 5, 4), (3, 2)),
    _Visit(14, ("csv",), (6, 5, 4), (4, None), "ddnddnd", 1, ("tfl_1",), ("vl_4",)),
    _Visit(28, ("xlsx",), (5, 4, 3), (5, 4), "ddddndd", 1, ("tfl_1", "gmed_2")),
    _Visit(42, ("html", "csv"), (5, 3, None), (5, 5), "dn?ndnd", 0, has_diary=False),
    _Visit(57, ("json",), (3, 3, 2), (7, 5), "dddddddn", 3, ("gmed_2",)),
    _Visit(71, ("pdf", "json"), (2, 3, 1), (8, 7), "ddddddn", 2, ("tfl_1", "gmed_2")),
)


def example_records(folder: str | Path, kinds: tuple[str, ...] = ("json", "csv", "xlsx", "html")) -> tuple[Path, ...]:
    """Write made-up records of a client C-104 with six visits, to try a course on.

    Parameters
    ----------
    folder : str or Path
        Where to write; made when there is none.
    kinds : tuple of str, default=("json", "csv", "xlsx", "html")
        Of these kinds; a visit is always written as one of them. "pdf" needs the extra `pdf`.

    Returns
    -------
    tuple of Path
        The files. Two visits are there in two kinds, and the first one also as an earlier version of the kit wrote it.

    Raises
    ------
    FileWriteError
        If one of the files is there already.

    Examples
    --------
    >>> import tempfile
    >>> from selfcare_kit import read_course
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = example_records(folder, ("json",))
    ...     course = read_course(folder, code="C-104")
    >>> len(course), course.pains("hip_side", "left")
    (6, (7, 6, 5, 5, 3, 2))
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, (visit, routine) in enumerate(zip(VISITS, example_visits(), strict=True)):
        chosen = [kind for kind in visit.kinds if kind in kinds] or [kinds[0]]
        for kind in map(file_kind, chosen):
            name = file_name_of(kind, CODE, routine.date)
            paths.append(write_new(folder / name, kind.to_bytes(routine)))
        if number == 0:
            paths.append(write_new(folder / f"earlier_{CODE}_{routine.date}.json", _as_written_earlier(routine)))
    return tuple(paths)


def example_visits() -> tuple[Plan, ...]:
    """Return the routines of the visits, in order; their safety questions are of today, as handouts need it."""
    routines: list[Plan] = []
    for number, visit in enumerate(VISITS, start=1):
        routine = _changed(number, routines[-1]) if routines else _first()
        date = FIRST_DAY + datetime.timedelta(days=visit.day)
        routines.append(replace(routine, date=date, complaint=_complaint(visit), outcome=_outcome(number)))
    return tuple(routines)


def _first() -> Plan:
    routine = Plan(title=TITLE, code=CODE, complaint=_complaint(VISITS[0]), screening=screen())
    for point in POINTS:
        routine = routine.add(point, SIDE)
    return routine


def _changed(number: int, routine: Plan) -> Plan:
    """Return the routine as it was given at a visit, from that of the visit before."""
    if number == 2:
        return routine.change_all(of="vl_4", by={"pressure": -1})
    if number == 3:
        return routine.remove("ql_s2").add("piri_1", SIDE)
    if number == 5:
        return routine.change("gmed_2", seconds=75)
    return routine


def _complaint(visit: _Visit) -> Complaint:
    sensations = (("ache",), ("ache",), ())
    felt = zip(AREAS, sensations, visit.pains, strict=True)
    return load_guide().complaint(Complaint(tuple(AreaComplaint(area, SIDE, *each) for area, *each in felt)))


def _outcome(number: int) -> Outcome:
    """Return what was said at a visit, which counts from 1."""
    visit = VISITS[number - 1]
    activities = tuple(Activity(*each) for each in zip(ACTIVITIES, visit.scores, strict=True))
    if not visit.sessions:
        return Outcome(activities=activities)
    return Outcome(
        days_planned=len(visit.sessions),
        days_done=visit.sessions.count("d"),
        change=visit.change,
        helped=tuple((point, SIDE) for point in visit.helped),
        sore=tuple((point, SIDE) for point in visit.sore),
        diary=_diary(VISITS[number - 2], visit) if visit.has_diary else (),
        activities=activities,
    )


def _diary(before: _Visit, visit: _Visit) -> tuple[DiaryDay, ...]:
    """Return the diary between two visits: a day each second day, with the pain of the first area."""
    days = []
    for index, letter in enumerate(visit.sessions):
        share = (index + 1) / len(visit.sessions)
        pain = round(before.pains[0] + share * (visit.pains[0] - before.pains[0])) + UPS_AND_DOWNS[index]
        days.append(
            DiaryDay(
                FIRST_DAY + datetime.timedelta(days=before.day + 2 * index),
                {"d": True, "n": False}.get(letter),
                None if index == 3 else min(10, max(0, pain)),
            )
        )
    return tuple(days)


def _as_written_earlier(routine: Plan) -> bytes:
    """Return a record as it was written before a visit's outcome was kept."""
    from selfcare_kit.export.record.record import OUTCOME_COLUMNS, routine_to_record

    record = {name: value for name, value in routine_to_record(routine).items() if name not in OUTCOME_COLUMNS}
    return json.dumps({**record, "format": OLDER_FORMAT}, ensure_ascii=False).encode()
