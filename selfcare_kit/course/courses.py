"""The courses of many clients, and their table without anything that names one."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfcare_kit.course.clinic_numbers import MIN_CLIENTS, clinic_numbers
from selfcare_kit.course.course import Course
from selfcare_kit.course.visits import Unread
from selfcare_kit.errors import InvalidValueError

if TYPE_CHECKING:
    import pandas as pd

    from selfcare_kit.course.plots.picture import CourseFigure


@dataclass(frozen=True)
class Courses:
    """The courses of many clients; `read_courses` makes it.

    Parameters
    ----------
    courses : tuple of Course
        One for each code.
    unread : tuple of Unread, default=()
        Files that could not be read, or that contradict another one.
    """

    courses: tuple[Course, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __len__(self) -> int:
        return len(self.courses)

    def require_enough(self) -> None:
        """Refuse to tell about fewer than five clients.

        Raises
        ------
        InvalidValueError
            If there are fewer.
        """
        count = sum(bool(course.areas) for course in self.courses)
        if count < MIN_CLIENTS:
            raise InvalidValueError(
                f"clients must be at least {MIN_CLIENTS} to be looked at together, got {count}; "
                "look at each with read_course."
            )

    def plot(self) -> CourseFigure:
        """Draw what became of the clients, with those who stopped coming in sight.

        Each client counts once. No point is ranked, and nothing is shown of fewer than five clients.

        Returns
        -------
        matplotlib.figure.Figure
            A new one, which a notebook shows as a picture; `savefig` writes it.

        Raises
        ------
        InvalidValueError
            If there are fewer than five clients whose pain was asked.
        """
        from selfcare_kit.course.plots.clinic import clinic_figure

        return clinic_figure(clinic_numbers(self.courses))

    def to_frame(self, *, seed: int | None = None) -> pd.DataFrame:
        """Return one row a client, visit and area, without codes, dates and anything that was typed.

        It is for the clinic alone: what is rare can still be known by somebody.

        Parameters
        ----------
        seed : int, optional
            Gives the clients the same random numbers again; others each time when left out.

        Returns
        -------
        pandas.DataFrame
            Columns: client (a random number), visit and visits (of how many), week (since the first visit), area,
            side, pain, first_pain, pain_change, matters, days_planned, days_done, change_felt, steps. An area of fewer
            than five clients is "other", without a side. Whoever has fewer visits than others came no more, or not yet.

        Raises
        ------
        InvalidValueError
            If there are fewer than five clients.
        """
        from selfcare_kit.course.frame import clients_frame

        self.require_enough()
        shuffled = list(self.courses)
        (random.SystemRandom() if seed is None else random.Random(seed)).shuffle(shuffled)
        return clients_frame(shuffled, self._common_areas())

    def _common_areas(self) -> set[str]:
        counts = Counter(area for course in self.courses for area in {area for area, _ in course.areas})
        return {area for area, count in counts.items() if count >= MIN_CLIENTS}
