"""The figure of a clinic: what became of its clients, with those who stopped coming in sight. It ranks nothing."""

from __future__ import annotations

from matplotlib.axes import Axes

from selfcare_kit.course.change import MIN_PERCENT, MIN_POINTS, SOURCES
from selfcare_kit.course.clinic_numbers import MIN_CLIENTS, ClinicNumbers, VisitNumbers
from selfcare_kit.course.plots.picture import (
    INK,
    LESS,
    LINE,
    MORE,
    PALE,
    QUIET,
    CourseFigure,
    letters,
    wrapped,
)

# In mm.
WIDTH, EDGE, TOP, HALF = 184.0, 4.0, 25.0, 96.0
BAR, BAR_STEP, BARS_LEFT, BARS = 6.5, 13.0, 40.0, 40.0
MEANS_LEFT, MEANS, MEANS_HIGH, COUNTS_HIGH = 101.0, 52.0, 44.0, 11.0
NOTE = 3.7
ABOUT = (
    "Each client counts once, with the area that hurt most at first. Clearly: by at least "
    f"{MIN_POINTS} points and {MIN_PERCENT} % of the first answer ({SOURCES}). People come when pain is worst, and it "
    "tends to fall by itself. Who gets no better may stop coming, so the dashed line may look too good; the full line "
    "keeps the last answer of those who came no more, or not yet. It shows what happened, not why. "
    f"Nothing is shown of fewer than {MIN_CLIENTS} clients."
)


def clinic_figure(numbers: ClinicNumbers) -> CourseFigure:
    """Draw the numbers of a clinic."""
    note = wrapped(ABOUT, WIDTH - 2 * EDGE, 7.5)
    figure = CourseFigure(WIDTH, TOP + MEANS_HIGH + 24 + NOTE * (len(note) + 1), "Clients of a clinic")
    figure.write(EDGE, 6, f"Pain of {numbers.clients} clients, from visit to visit", size=12, weight="bold")
    figure.write(EDGE, 16, "First answer against the last", size=9.5, weight="bold")
    figure.write(HALF, 16, "Mean pain by visit, and who is still there", size=9.5, weight="bold")
    _bars(figure, numbers)
    _means(figure, numbers.visits)
    for number, line in enumerate(note, start=1):
        figure.write(EDGE, TOP + MEANS_HIGH + 22 + NOTE * number, line, size=7.5, colour=QUIET, gid="note")
    return figure


def _bars(figure: CourseFigure, numbers: ClinicNumbers) -> None:
    """Draw how many clients have less pain, the same and more, and how many were never asked again."""
    rows = (
        ("clearly less pain", numbers.less, {"color": LESS}),
        ("about the same", numbers.same, {"color": QUIET}),
        ("clearly more pain", numbers.more, {"color": MORE}),
        (
            "asked only once",
            numbers.once,
            {"facecolor": "white", "edgecolor": QUIET, "hatch": "////", "linewidth": 0.8},
        ),
    )
    ax = figure.panel(BARS_LEFT, TOP, BARS, BAR_STEP * len(rows))
    ax.set_label("clients")
    ax.set_axis_off()
    ax.set_xlim(0, BARS)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    longest = max(count or 0 for _, count, _ in rows)
    for y, (label, count, look) in enumerate(rows):
        ax.text(-2, y, label, **letters(9, INK, ha="right", va="center"))
        length = BARS * (count or 0) / max(longest, 1)
        ax.barh(y, length, BAR / BAR_STEP, gid=label, **look)
        words = "not shown" if count is None else str(count)
        colour, weight = (INK, "bold") if count else (QUIET, "normal")
        ax.text(length + 1.5, y, words, **letters(9, colour, va="center", weight=weight, gid="count"))
    ax.plot([0, 0], [-0.5, len(rows) - 0.5], color=LINE, linewidth=0.8)


def _means(figure: CourseFigure, visits: tuple[VisitNumbers, ...]) -> None:
    """Draw the mean pain of all clients and of those who still come, above how many these are."""
    x = [each.visit for each in visits]
    ax = figure.panel(MEANS_LEFT, TOP, MEANS, MEANS_HIGH)
    ax.set_label("means")
    _number_of_visits(ax, x)
    ax.set_ylim(0, 10)
    ax.set_yticks([0, 5, 10], ["0", "5", "10"], **letters(8, QUIET))
    for level in (0, 5, 10):
        ax.axhline(level, color=LINE, linewidth=0.6, zorder=0)
    everyone, still = [each.everyone for each in visits], [each.still for each in visits]
    ax.plot(x, still, "o--", color=QUIET, linewidth=1.3, markersize=4.5, mfc="white", clip_on=False, gid="still")
    ax.plot(x, everyone, "o-", color=LESS, linewidth=1.8, markersize=5, clip_on=False, gid="everyone")
    ax.set_xticks(x, [str(number) for number in x], **letters(8, QUIET))
    figure.write(MEANS_LEFT + MEANS / 2, TOP + MEANS_HIGH + 7, "Visit", colour=QUIET, ha="center")
    _beside_means(figure, everyone[-1], still[-1], is_one=len(visits) == 1)
    _counts(figure, visits)


def _beside_means(figure: CourseFigure, everyone: float, still: float, *, is_one: bool) -> None:
    """Write what the lines are behind their ends, moved apart where they would touch."""
    place = [TOP + MEANS_HIGH * (1 - mean / 10) for mean in (everyone, still)]
    middle, apart = sum(place) / 2, max(abs(place[0] - place[1]), 8.0)
    first = 1 if place[0] > place[1] else -1
    x = MEANS_LEFT + MEANS + 1.5
    words = f"{everyone:.1f}  all clients"
    if is_one:
        figure.write(x, place[0], words, size=8.5, colour=LESS, weight="bold")
        return
    figure.write(x, middle + first * apart / 2, words, size=8.5, colour=LESS, weight="bold")
    told = f"{still:.1f}  those who\n       still come"
    figure.write(x, middle - first * apart / 2, told, size=8.5, colour=QUIET, linespacing=1.1)


def _counts(figure: CourseFigure, visits: tuple[VisitNumbers, ...]) -> None:
    top = TOP + MEANS_HIGH + 11
    ax = figure.panel(MEANS_LEFT, top, MEANS, COUNTS_HIGH)
    ax.set_label("asked")
    _number_of_visits(ax, [each.visit for each in visits])
    ax.set_axis_off()
    most = visits[0].clients
    ax.set_ylim(0, most * 1.5)
    ax.bar([each.visit for each in visits], [each.clients for each in visits], width=0.5, color=PALE)
    for each in visits:
        ax.text(each.visit, each.clients + most * 0.08, str(each.clients), **letters(8, INK, ha="center", va="bottom"))
    figure.write(MEANS_LEFT + MEANS + 1.5, top + COUNTS_HIGH - 3, "clients asked", size=8.5, colour=QUIET)


def _number_of_visits(ax: Axes, visits: list[int]) -> None:
    ax.set_xlim(0.6, max(visits[-1], 2) + 0.3)
