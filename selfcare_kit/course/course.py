"""The course of a client: visits in order, with methods that tell about them, the facade of this room."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare_kit.course.visits import Visits

if TYPE_CHECKING:
    import pandas as pd

    from selfcare_kit.course.plots.picture import CourseFigure
    from selfcare_kit.export.handout.progress import Progress
    from selfcare_kit.plan.plan import Plan


@dataclass(frozen=True)
class Course(Visits):
    """The visits of one client; `read_course` makes it.

    Parameters
    ----------
    code : str
        The client's code.
    visits : tuple of CourseVisit
        In order of their days, each day once.
    unread : tuple of Unread, default=()
        Files that could not be read, or that contradict another one.
    guide : Guide, optional
        The guide whose labels are shown; the built-in one when left out.
    """

    def to_frame(self, rows: str = "areas") -> pd.DataFrame:
        """Return the visits as a data frame.

        Parameters
        ----------
        rows : {"areas", "activities", "scores", "diary"}, default="areas"
            What a row is about.

        Returns
        -------
        pandas.DataFrame
            One row a visit and area, with its pain, the first one, the difference, and in `matters` whether it is
            clearly "less" or "more" than the first; days, the change that was felt and the number of steps are those of
            the visit. What was not asked is missing, and never 0. `day` counts from the first visit.

        Raises
        ------
        InvalidValueError
            If `rows` is none of them.
        """
        from selfcare_kit.course.frame import course_frame

        return course_frame(self, rows)

    def to_csv(self, path: str | Path | None = None) -> str | Path:
        """Write the visits as CSV, one row a visit and area.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the text is returned.

        Returns
        -------
        str or Path
            The text, or the path it was written to.
        """
        from selfcare_kit.course.frame import course_csv
        from selfcare_kit.export.kinds import KINDS
        from selfcare_kit.files import deliver_text

        return deliver_text(course_csv(self), path, encoding=KINDS["csv"].encoding)

    def to_fhir(self, path: str | Path | None = None) -> str | Path:
        """Write the visits as a FHIR R4 Bundle, for the clinician's record system.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the JSON is returned.

        Returns
        -------
        str or Path
            The JSON, or the path it was written to: pain and what else was found as Observations, the last visit's
            activities as Goals, and clearly less pain than at first as proposed ones.
        """
        from selfcare_kit.course.fhir import course_fhir
        from selfcare_kit.files import deliver_text

        return deliver_text(course_fhir(self), path)

    def plot(self) -> CourseFigure:
        """Draw the visits for the clinician.

        A panel for each area, with the field in which pain is clearly less than at first, gaps where nobody asked, days
        done of planned, what else was asked, and the numbered changes of the routine.

        Returns
        -------
        matplotlib.figure.Figure
            A new one, which a notebook shows as a picture; `savefig` writes it.

        See Also
        --------
        plot_for_client : For the client.

        Examples
        --------
        >>> import tempfile
        >>> from selfcare_kit import example_records, read_course
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     course = read_course(example_records(folder, ("json",)))
        >>> course.plot().title, course.plot_for_client("es").title
        ('Visits of C-104', 'Cómo va')
        """
        from selfcare_kit.course.plots.visits import visits_figure

        return visits_figure(self)

    def plot_for_client(self, language: str = "") -> CourseFigure:
        """Draw the first answers and the last for the client, in words and signs.

        Parameters
        ----------
        language : str, default=""
            One of the guide's languages, such as "es"; the guide's own when empty.

        Returns
        -------
        matplotlib.figure.Figure
            A new one, which a notebook shows as a picture; `savefig` writes it.

        See Also
        --------
        Routine.to_html : Its `course=` puts the same on the client's handout.
        """
        from selfcare_kit.course.plots.client import client_figure

        return client_figure(self, language or self.guide.language)

    def to_html(self, path: str | Path | None = None) -> str | Path:
        """Write the visits as a page for the clinician's chart, which prints on A4.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the page is returned.

        Returns
        -------
        str or Path
            The page, with the figure, the summary and every number in a table, or the path it was written to.
        """
        from selfcare_kit.course.page import course_html
        from selfcare_kit.files import deliver_text

        return deliver_text(course_html(self), path)

    def progress_for(self, routine: Plan) -> Progress | None:
        """Return what the handout of a routine says about how it is going.

        Parameters
        ----------
        routine : Routine
            Of this client; its visit counts as the last one, whether it was saved or not.

        Returns
        -------
        Progress or None
            None where nothing was asked twice.

        Raises
        ------
        InvalidValueError
            If the routine is of another client.
        """
        from selfcare_kit.course.progress import progress_with

        return progress_with(self, routine)

    def summary(self) -> str:
        """Return the course as one paragraph for the chart.

        Returns
        -------
        str
            In English, without a name: pain first and last, activities, days done, change felt, and at which visits
            the routine was changed. It says what happened and never why.
        """
        from selfcare_kit.course.summary import summary_of

        return summary_of(self)
