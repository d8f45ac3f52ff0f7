"""The clinician's figure: a panel for each area, days done, what else was asked, and what was changed when.

It says what happened, and never why.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from selfcare_kit.course.change import change_that_matters, clearly_less, clearly_more
from selfcare_kit.course.plots.labels import Days, area_title
from selfcare_kit.course.plots.picture import (
    HALO,
    INK,
    LESS,
    LESS_FIELD,
    LINE,
    MORE,
    MORE_FIELD,
    PALE,
    QUIET,
    CourseFigure,
    free_rows,
    letters,
    width_of,
    wrapped,
)
from selfcare_kit.course.plots.visit_texts import Row, days_words, has_more, note_of, rows_of, told_of
from selfcare_kit.course.visits import AreaKey, Visits

# In mm: the width of the page, what is beside the panels, and how high things are.
WIDTH, LEFT, RIGHT = 184.0, 13.0, 38.0
HEAD, TITLE, PANEL, GAP = 14.0, 7.0, 27.0, 3.0
DIARY, DAYS, NUMBERS = 17.0, 5.0, 5.0
LINE_HEIGHT, NOTE_HEIGHT, SECTION = 4.2, 3.6, 5.0
# Around the ends of the time, so that marks and letters at the first and the last visit are whole.
PADDING = 5.0
# Space above 10 and below 0 for a mark, in points of pain.
ROOM = 0.7
PANELS = WIDTH - LEFT - RIGHT
BESIDE = LEFT + PANELS + 12.0


class Change(NamedTuple):
    """A visit at which the routine was changed: its number in the figure, its day, and what was changed."""

    number: int
    date: datetime.date
    lines: list[str]


def visits_figure(course: Visits) -> CourseFigure:
    """Draw a client's visits for the clinician."""
    return _VisitsFigure(course).draw()


class _VisitsFigure:
    """The figure while it is drawn: what is in it, and how far down it is."""

    def __init__(self, course: Visits) -> None:
        self.course = course
        self.days = Days(course.guide)
        self.dates = [visit.date for visit in course.visits]
        asked = [key for key in course.areas if any(pain is not None for pain in course.pains(*key))]
        # The strongest at first on top, as in a complaint.
        self.areas = sorted(asked, key=lambda key: -told_of(course.pains(*key))[0][1])
        self.changes = self._changes()
        self.rows = rows_of(course)
        self.diary = [day for visit in course.visits for day in visit.outcome.diary]
        self.has_diary_pain = any(day.pain is not None for day in self.diary)
        self.has_days = bool(self.diary) or any(visit.outcome.days_done is not None for visit in course.visits)
        self.note = wrapped(note_of(course), WIDTH - LEFT - 6, 7.5)
        self.titles = {key: wrapped(area_title(*key, course.guide), PANELS, 9.5, "bold") for key in self.areas}
        self.top = 0.0

    def draw(self) -> CourseFigure:
        self.figure = CourseFigure(WIDTH, self._height(), f"Visits of {self.course.code}")
        self._heading()
        for key in self.areas:
            self._area(key)
        if self.has_diary_pain:
            self._diary_pain()
        if self.has_days:
            self._days_done()
        for row in self.rows:
            self._numbers(row)
        self._time_axis()
        self._list_changes()
        self._write_note()
        return self.figure

    def _height(self) -> float:
        titles = sum(len(lines) - 1 for lines in self.titles.values()) * LINE_HEIGHT
        panels = len(self.areas) * (TITLE + PANEL + GAP) + titles
        panels += self.has_diary_pain * (TITLE + DIARY + GAP)
        panels += self.has_days * (TITLE + self._days_height() + 4.0 + GAP)
        panels += sum(TITLE + self._row_height(row) for row in self.rows)
        changes = sum(len(change.lines) for change in self.changes) * LINE_HEIGHT
        listed = SECTION + LINE_HEIGHT + changes if self.changes else 0.0
        note = SECTION + NOTE_HEIGHT * len(self.note) + 3.0
        return HEAD + self._marks_height() + panels + self._axis_height() + listed + note

    # What is at the top.

    def _heading(self) -> None:
        first, last = self.dates[0], self.dates[-1]
        time = self.days.long(first) if first == last else f"{self.days.short(first)} to {self.days.long(last)}"
        visits = "1 visit" if len(self.course) == 1 else f"{len(self.course)} visits"
        title = f"{self.course.code}: pain from 0 to 10, {visits}, {time}"
        size = min(12.0, 12.0 * (WIDTH - LEFT - 4) / width_of(title, 12, "bold"))
        self.figure.write(LEFT, 7, title, size=size, weight="bold")
        self.top = HEAD
        for change, row in zip(self.changes, self._mark_rows(), strict=True):
            self._bubble(LEFT + self._x(change.date), self.top + 4.6 * (row or 0) + 1.5, change.number)
        self.top += self._marks_height()

    def _mark_rows(self) -> list[int | None]:
        return free_rows([self._x(change.date) for change in self.changes], [4.6] * len(self.changes), 0.2, 3)

    def _marks_height(self) -> float:
        return 4.6 * (1 + max((row or 0 for row in self._mark_rows()), default=-1))

    def _bubble(self, x: float, y: float, number: int) -> None:
        box = {"boxstyle": "circle,pad=.22", "facecolor": QUIET, "edgecolor": "none"}
        self.figure.write(x, y, str(number), size=7, colour="white", weight="bold", ha="center", bbox=box, gid="change")

    # What is above the time.

    def _panel(self, title: Sequence[str], height: float) -> Axes:
        """Return axes below a title, whose x counts in mm of the panels."""
        for line in title:
            self.figure.write(LEFT, self.top + 3.2, line, size=9.5, weight="bold")
            self.top += LINE_HEIGHT
        self.top += TITLE - LINE_HEIGHT
        ax = self.figure.panel(LEFT, self.top, PANELS, height)
        ax.set_xlim(0, PANELS)
        ax.set_xticks([])
        ax.set_yticks([])
        for change in self.changes:
            ax.axvline(self._x(change.date), color=QUIET, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1)
        self.top += height
        return ax

    def _scale(self, ax: Axes) -> None:
        """Draw the scale from 0 to 10."""
        ax.set_ylim(-ROOM, 10 + ROOM)
        ax.set_yticks([0, 5, 10], ["0", "5", "10"], **letters(8, QUIET))
        for level in (0, 5, 10):
            ax.axhline(level, color=LINE, linewidth=0.6, zorder=0)

    def _area(self, key: AreaKey) -> None:
        pains = self.course.pains(*key)
        told = told_of(pains)
        first, last = told[0][1], told[-1][1]
        ax = self._panel(self.titles[key], PANEL)
        ax.set_label(f"{key[0]} {key[1]}")
        self._scale(ax)
        _fields(ax, pains, first)
        self._line(ax, told)
        self._not_asked(ax, [date for date, pain in zip(self.dates, pains, strict=True) if pain is None])
        self._beside(ax, told, change_that_matters(first, last) if len(told) > 1 else "")
        self.top += GAP

    def _line(self, ax: Axes, told: list[tuple[int, int]]) -> None:
        """Draw the pains that were asked; a gap between two of them is bridged by dots and never filled."""
        x = [self._x(self.dates[number]) for number, _ in told]
        for (one, start), (other, end), left, right in zip(told, told[1:], x, x[1:], strict=False):
            is_next = other == one + 1
            style = {"linestyle": "-" if is_next else (0, (1, 2)), "linewidth": 1.6 if is_next else 1.1}
            ax.plot([left, right], [start, end], color=LESS, zorder=3, gid="line" if is_next else "gap", **style)
        pains = [pain for _, pain in told]
        ax.plot(x, pains, "o", markersize=6, color=LESS, mec="white", mew=1.2, zorder=4, gid="asked", clip_on=False)
        # The last one is told beside the panel.
        shown = free_rows(x[:-1], [3.6] * (len(x) - 1), 0.0, 1)
        for place, row in enumerate(shown):
            if row is not None or pains[place] != pains[place - 1]:
                self._number(ax, x[place], pains, place)

    def _number(self, ax: Axes, x: float, pains: list[int], place: int) -> None:
        """Write a number beside its mark, on the side from which no line comes."""
        before, pain, after = ([pains[0], *pains][place], pains[place], [*pains, pains[-1]][place + 1])
        is_low = before > pain and after > pain and pain > 1
        aside = 0 if is_low else 3.5 if before > pain or after < pain else -3.5 if before < pain or after > pain else 0
        ax.annotate(
            str(pain), (x, pain), xytext=(aside, -7 if is_low else 7), textcoords="offset points",
            **letters(8, INK, ha="center", va="center_baseline", zorder=5, path_effects=HALO, gid="pain"),
        )  # fmt: skip

    def _not_asked(self, ax: Axes, dates: list[datetime.date]) -> None:
        """Mark the visits at which nobody asked with open dots at the foot, the first of them with a word."""
        if not dates:
            return
        x = [self._x(date) for date in dates]
        look = {"mfc": "white", "mec": QUIET, "mew": 0.9, "zorder": 4, "clip_on": False}
        ax.plot(x, [0] * len(x), "o", markersize=4.5, gid="not asked", **look)
        properties = letters(7, QUIET, ha="center", va="bottom", path_effects=HALO, zorder=5)
        ax.annotate("not asked", (x[0], 0), xytext=(0, 4), textcoords="offset points", **properties)

    def _beside(self, ax: Axes, told: list[tuple[int, int]], clear: str) -> None:
        """Write the last pain, and how far it is from the first one, beside a panel."""
        first, (end, last) = told[0][1], told[-1]
        words = [f"{abs(last - first)} {'less' if last < first else 'more'}", "than at first"]
        if len(told) == 1:
            words = ["asked once"]
        elif last == first:
            words = ["as at first"]
        elif not clear:
            words.append("(may be chance)")
        # The last visit has its day below it, another one needs it here.
        if end != len(self.dates) - 1:
            words.append(f"on {self.days.short(self.dates[end])}")
        colour = {"less": LESS, "more": MORE}.get(clear, INK)
        self._told(ax, last, str(last), words, colour)

    def _told(self, ax: Axes, y: float, number: str, words: list[str], colour: str) -> None:
        low, high = ax.get_ylim()
        height = ax.get_position().height * self.figure.height_mm
        middle = (high - y) / (high - low) * height
        # Three lines of words need this much, and may not run into the panel below.
        middle = min(max(middle, 1.6 * len(words)), height - 1.6 * len(words)) if height > 12 else height / 2
        y = self.top - height + middle
        self.figure.write(LEFT + PANELS + 3, y, number, size=15, colour=colour, weight="bold", gid="last")
        x = max(BESIDE, LEFT + PANELS + 5 + width_of(number, 15, "bold"))
        self.figure.write(x, y, "\n".join(words), size=8, linespacing=1.15)

    def _diary_pain(self) -> None:
        ax = self._panel(["Client's diary: pain of the day, worst spot"], DIARY)
        ax.set_label("diary")
        self._scale(ax)
        told = [(self._x(day.date), day.pain) for day in self.diary if day.pain is not None]
        ax.plot(*zip(*told, strict=True), "o", markersize=3.2, color=PALE, mec="none", zorder=3, gid="diary")
        self.top += GAP

    def _days_done(self) -> None:
        """Draw each day of the diaries, and below them the days done of planned from visit to visit."""
        ax = self._panel(["Days the steps were done"], self._days_height())
        ax.set_label("days")
        ax.set_ylim(0, 1)
        looks = {
            True: ("s", {"mfc": LESS, "mec": LESS}),
            False: ("s", {"mfc": "white", "mec": PALE}),
            None: (".", {"mfc": LINE, "mec": "none"}),
        }
        for done, (marker, colours) in looks.items():
            x = [self._x(day.date) for day in self.diary if day.done is done]
            if x:
                ax.plot(x, [0.5] * len(x), marker, linestyle="", markersize=3.8, mew=0.8, gid=f"done {done}", **colours)
        known = [visit.outcome for visit in self.course.visits if visit.outcome.days_done is not None]
        starts = [self.dates[0], *self.dates]
        for start, visit in zip(starts, self.course.visits, strict=False):
            words = days_words(visit.outcome.days_done, visit.outcome.days_planned)
            room = abs(self._x(visit.date) - self._x(start)) or PANELS
            if words and width_of(words, 7.5) + 1.5 <= room:
                x = (self._x(start) + self._x(visit.date)) / 2
                self.figure.write(LEFT + x, self.top + 2.2, words, size=7.5, colour=QUIET, ha="center", gid="days")
        if known and all(each.days_planned is not None for each in known):
            done, planned = sum(each.days_done for each in known), sum(each.days_planned for each in known)
            self._told(ax, 0.5, str(done), [f"of {planned} planned"], INK)
        self.top += 4.0 + GAP

    def _days_height(self) -> float:
        return DAYS if self.diary else 0.5

    def _numbers(self, row: Row) -> None:
        """Write a row of numbers below their visits, on a second line where they would touch."""
        self.figure.write(LEFT, self.top + 3.2, row.title, size=9.5, weight="bold")
        self.top += TITLE
        lines = self._lines_of(row)
        for date, words, line in zip(self.dates, row.numbers, lines, strict=True):
            if line is not None:
                colour = QUIET if words == "\N{EN DASH}" else INK
                y = self.top + 2 + line * LINE_HEIGHT
                self.figure.write(LEFT + self._x(date), y, words, size=8.5, colour=colour, ha="center", gid="number")
        if row.told:
            self.figure.write(BESIDE, self.top + 2, row.told, size=8)
        self.top += self._row_height(row)

    def _lines_of(self, row: Row) -> list[int | None]:
        told = [number for number, words in enumerate(row.numbers) if words]
        widths = [width_of(row.numbers[number], 8.5) for number in told]
        rows = free_rows([self._x(self.dates[number]) for number in told], widths, 1.2, 2)
        return [dict(zip(told, rows, strict=True)).get(number) for number in range(len(row.numbers))]

    def _row_height(self, row: Row) -> float:
        return NUMBERS + LINE_HEIGHT * max((line or 0 for line in self._lines_of(row)), default=0)

    def _time_axis(self) -> None:
        words = [self.days.short(date) for date in self.dates]
        places = [self._x(date) for date in self.dates]
        ax = self.figure.panel(LEFT, self.top, PANELS, 2.0)
        ax.set_xlim(0, PANELS)
        ax.set_axis_off()
        ax.plot([places[0], places[-1]], [1, 1], color=LINE, linewidth=0.8, clip_on=False)
        ax.plot(places, [1] * len(places), "|", markersize=5, color=QUIET, clip_on=False, gid="visit")
        ax.set_ylim(0, 1)
        for x, row, each in zip(places, self._day_rows(), words, strict=True):
            if row is not None:
                self.figure.write(LEFT + x, self.top + 4 + 3.6 * row, each, colour=QUIET, ha="center", gid="day")
        self.top += self._axis_height()

    def _axis_height(self) -> float:
        return 7.0 + 3.6 * max(row or 0 for row in self._day_rows())

    def _day_rows(self) -> list[int | None]:
        widths = [width_of(self.days.short(date), 8) for date in self.dates]
        return free_rows([self._x(date) for date in self.dates], widths, 1.6, 2)

    # What is below the time.

    def _list_changes(self) -> None:
        if not self.changes:
            return
        self.top += SECTION
        self.figure.write(LEFT, self.top, "Changes of the routine", size=9.5, weight="bold")
        self.top += LINE_HEIGHT
        for change in self.changes:
            self._bubble(LEFT + 1.5, self.top, change.number)
            self.figure.write(LEFT + 5, self.top, self.days.short(change.date))
            for line in change.lines:
                self.figure.write(LEFT + 19, self.top, line, gid="change")
                self.top += LINE_HEIGHT

    def _write_note(self) -> None:
        self.top += SECTION - 1
        for line in self.note:
            self.figure.write(LEFT, self.top, line, size=7.5, colour=QUIET, gid="note")
            self.top += NOTE_HEIGHT

    def _changes(self) -> list[Change]:
        changed = [visit for visit in self.course.visits if visit.changes]
        return [
            Change(number, visit.date, wrapped(" ".join(visit.changes), WIDTH - LEFT - 19 - 5, 8))
            for number, visit in enumerate(changed, start=1)
        ]

    def _x(self, date: datetime.date) -> float:
        """Return where a day is, in mm of the panels; the only visit is in the middle of the first half."""
        first, last = self.dates[0], self.dates[-1]
        if first == last:
            return PANELS / 4 + (date - first).days
        return PADDING + (PANELS - 2 * PADDING) * (date - first).days / (last - first).days


def _fields(ax: Axes, pains: Sequence[int | None], first: int) -> None:
    """Draw where pain is clearly less than at first, and where it is clearly more if it ever was."""
    less, more = clearly_less(first), clearly_more(first)
    if less is not None:
        ax.axhspan(-ROOM, less, color=LESS_FIELD, linewidth=0, zorder=-1, gid="clearly less")
        ax.axhline(less, color=LESS, linewidth=0.6, linestyle=(0, (5, 3)), zorder=0)
    if more is not None and has_more(pains):
        ax.axhspan(more, 10 + ROOM, color=MORE_FIELD, linewidth=0, zorder=-1, gid="clearly more")
        ax.axhline(more, color=MORE, linewidth=0.6, linestyle=(0, (5, 3)), zorder=0)
