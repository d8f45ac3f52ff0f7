"""A course as one page for the clinician's chart: the figure, the paragraph, and every number in a table.

The page runs nothing and loads nothing; it holds the client's code and no name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from selfcare_kit.course.plots.labels import Days, area_title
from selfcare_kit.course.plots.visit_texts import days_words, rows_of
from selfcare_kit.course.plots.visits import visits_figure
from selfcare_kit.course.summary import summary_of
from selfcare_kit.course.visits import Visits
from selfcare_kit.export.chart.labels import one_line
from selfcare_kit.export.handout.page import template

NOT_ASKED = "\N{EN DASH}"


class TableRow(NamedTuple):
    """A row of the table: what it is about, and a cell for each visit."""

    title: str
    cells: list[str]


def course_html(course: Visits) -> str:
    """Return a course as a page."""
    from markupsafe import Markup

    days = Days(course.guide)
    code = one_line(course.code)
    figure = visits_figure(course)
    return template("course.html").render(
        language="en",
        direction="ltr",
        title=f"{code}: visits from {course.visits[0].date} to {course.visits[-1].date}",
        code=code,
        described=f"Pain and days done at each visit of {code}; the table below has all numbers.",
        figure=Markup(figure.to_svg()),
        summary=summary_of(course),
        dates=[days.long(visit.date) for visit in course.visits],
        rows=list(_table(course)),
        changes=[(days.long(visit.date), visit.changes) for visit in course.visits if visit.changes],
        unread=course.contradicting,
    )


def _table(course: Visits) -> Iterator[TableRow]:
    for key in course.areas:
        cells = [NOT_ASKED if pain is None else str(pain) for pain in course.pains(*key)]
        yield TableRow(area_title(*key, course.guide), cells)
    outcomes = [visit.outcome for visit in course.visits]
    if any(each.days_done is not None for each in outcomes):
        yield TableRow("Days done", [days_words(each.days_done, each.days_planned) or NOT_ASKED for each in outcomes])
    for row in rows_of(course):
        yield TableRow(row.title, [cell or NOT_ASKED for cell in row.numbers])
