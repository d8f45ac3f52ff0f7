"""The routine: a plan with methods to write, draw and read it, the facade of the rooms below.

Nothing below imports it. The writers are imported when they are called, so that a routine can be made without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from selfcare_kit.guide.guide import Guide
from selfcare_kit.plan.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

    from selfcare_kit.body import Plate
    from selfcare_kit.clinics.profile import Clinic
    from selfcare_kit.course.course import Course


@dataclass(frozen=True)
class Routine(Plan):
    """Ordered steps of self-massage for one client.

    Parameters
    ----------
    title : str, default=""
        Heading of the handout.
    code : str, default=""
        The client's code in the clinic's records, such as `"C-104"`; never a name.
    steps : tuple of Step, default=()
        In the order they are done.
    date : datetime.date, optional
        The day it starts; today when left out.
    complaint : Complaint, optional
        Where it hurts, and how.
    screening : Screening, optional
        The safety answers it was made under.
    guide : Guide, optional
        The guide of its points; the built-in one when left out.
    guide_version : str, optional
        Version of the guide it was made with; the guide's own when left out.
    sides_confirmed : tuple of str, default=()
        Points, each with a side on which nothing hurts, that a clinician has confirmed, such as `"tfl_1 right"`.
        One that does not conflict with the complaint, or no longer does, is dropped.
    changed_on_reading : tuple of str, default=()
        Sentences about what today's guide does not have or does not allow of an older file, and about what a table
        saved by a spreadsheet program lacks; they are among the hints.
    held_back : tuple of HeldBack, default=()
        What the last `change_all` could not change as asked; among the hints, and in no file.
    outcome : Outcome, optional
        What was found at the visit beside pain; nothing when left out. A handout holds the client's activities of it,
        and no more.

    Raises
    ------
    DoseError
        If the steps exceed the guide's dose.
    BlockedError
        If a step may not be pressed.
    UnknownIdError
        If a point, a tool or a position is not in the guide.
    InvalidValueError
        If a point has two steps on one side, or a text holds characters that no file can hold.

    Examples
    --------
    >>> routine = Routine(title="Low back", code="C-104").add("ql_s2", side="left", seconds=90)
    >>> len(routine), routine.total_seconds
    (1, 90)
    """

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """Return a plan as a routine.

        Parameters
        ----------
        plan : Plan
            Already checked, as every plan is, and not checked again.

        Returns
        -------
        Routine
            A new routine with the same values.
        """
        made = object.__new__(cls)
        vars(made).update(vars(plan))
        return made

    def figure(self, **style: Any) -> Plate:
        """Return the plate: the fewest views that show all steps, numbered, with a legend.

        Parameters
        ----------
        **style
            Passed to `Plate`.

        Returns
        -------
        Plate
            With `to_svg`, `to_png`, `to_pdf` and `plot`; shows itself in a notebook.
        """
        from selfcare_kit.export.figure import plate_of

        return plate_of(self, **style)

    def to_frame(self) -> pd.DataFrame:
        """Return the steps as a data frame.

        Returns
        -------
        pandas.DataFrame
            One row a step, with the columns of the CSV that belong to steps.
        """
        import pandas as pd

        from selfcare_kit.export.record.record import STEP_COLUMNS, step_values

        rows = [step_values(number, step) for number, step in enumerate(self.steps, start=1)]
        return pd.DataFrame(rows, columns=list(STEP_COLUMNS))

    def to_csv(self, path: str | Path | None = None) -> str | Path:
        """Write the routine as CSV, for the clinician's own records.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the text is returned.

        Returns
        -------
        str or Path
            The text, or the path it was written to.

        See Also
        --------
        read_routine : Read it back.
        """
        return self._write("csv", path)

    def to_json(self, path: str | Path | None = None) -> str | Path:
        """Write the routine as JSON, for the clinician's own records.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the text is returned.

        Returns
        -------
        str or Path
            The text, or the path it was written to.
        """
        return self._write("json", path)

    def to_html(
        self, path: str | Path | None = None, *, client: str = "", language: str = "",
        paper: str = "", variant: str = "", clinic: Clinic | str | Path | None = None, pain_diary: bool = False,
        course: Course | None = None,
    ) -> str | Path:  # fmt: skip
        """Write the client's handout.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the page is returned.
        client : str, default=""
            Name to print; it is kept nowhere else.
        language : str, default=""
            Language of the client's texts, such as "es"; the clinic's, or else the guide's own, when empty.
        paper : {"A4", "Letter"}, optional
            Paper size; the clinic's, or else A4, when left out.
        variant : {"standard", "large", "black_and_white", "no_figure", "detailed"}, optional
            Appearance; the clinic's, or else "standard", when left out. "detailed" has a picture for each step.
        clinic : Clinic, str or Path, optional
            The clinic's settings or its file. They go on the visible page only, not into the data inside of it.
        pain_diary : bool, default=False
            Give each day of the diary a second box, for the pain of that day from 0 to 10.
        course : Course, optional
            The client's visits: the page then says how it is going from the first one up to this routine, saved or not.

        Returns
        -------
        str or Path
            The page, or the path it was written to.

        Raises
        ------
        ScreeningRequired, ReferralRequired
            If the routine may not go to the client now.
        InvalidValueError
            If the course is of another client.
        """
        options = {"client": client, "language": language, "paper": paper, "variant": variant, "clinic": clinic}
        options |= {"pain_diary": pain_diary, "course": course}
        return self._write("html", path, **options)

    def to_pdf(self, path: str | Path | None = None, **options: Any) -> bytes | Path:
        """Write the client's handout as a tagged PDF; needs the extra `pdf`.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the bytes are returned.
        **options
            Whatever `to_html` takes: client, language, paper, variant, clinic, pain_diary, course.

        Returns
        -------
        bytes or Path
            The PDF, or the path it was written to.

        Raises
        ------
        MissingExtraError
            If WeasyPrint is not installed.
        ScreeningRequired, ReferralRequired
            If the routine may not go to the client now.
        """
        return self._write("pdf", path, **options)

    def to_ics(self, path: str | Path | None = None, *, language: str = "") -> str | Path:
        """Write the days of the handout's diary as a calendar, with a neutral title.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the text is returned.
        language : str, default=""
            Language of the title; the guide's own when empty.

        Returns
        -------
        str or Path
            The text, or the path it was written to.

        Raises
        ------
        ScreeningRequired, ReferralRequired
            If the routine may not go to the client now.
        """
        return self._write("ics", path, language=language)

    def to_fhir(self, path: str | Path | None = None) -> str | Path:
        """Write the routine as a FHIR R4 Bundle, for the clinician's record system.

        Its first entry is the CarePlan. Observations follow (pain of each area, LOINC 72514-3; activities, scores, days
        done, change felt), and a Goal for each activity.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the JSON is returned.

        Returns
        -------
        str or Path
            The JSON, or the path it was written to.
        """
        return self._write("fhir", path)

    def to_note(self, path: str | Path | None = None) -> str | Path:
        """Write the plan of a SOAP note as plain text, for the clinician's chart.

        Safety answers or a complaint are enough: a client who is referred gets no steps, but a note.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the text is returned.

        Returns
        -------
        str or Path
            The text, or the path it was written to.
        """
        return self._write("note", path)

    def to_xlsx(self, path: str | Path | None = None) -> bytes | Path:
        """Write the routine as an Excel workbook with the plate in it.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the bytes are returned.

        Returns
        -------
        bytes or Path
            The workbook, or the path it was written to.
        """
        return self._write("xlsx", path)

    def _write(self, kind: str, path: str | Path | None, **options: Any) -> Any:
        """Write a kind of file through `KINDS`, where the gate stands."""
        from selfcare_kit.export.kinds import KINDS
        from selfcare_kit.files import deliver_bytes, deliver_text

        content = KINDS[kind].to_text_or_bytes(self, **options)
        if isinstance(content, bytes):
            return deliver_bytes(content, path)
        return deliver_text(content, path, encoding=KINDS[kind].encoding)

    def _repr_html_(self) -> str:
        from selfcare_kit.export.record.record import routine_table_html

        return routine_table_html(self)


def read_routine(path: str | Path, *, guide: Guide | None = None) -> Routine:
    """Read a routine from a file that this kit wrote, of this or an earlier version.

    Parameters
    ----------
    path : str or Path
        A .html, .csv, .json, .xlsx or .pdf file. A table may have been edited in Excel or LibreOffice.
    guide : Guide, optional
        The guide it was made with; the built-in one when left out.

    Returns
    -------
    Routine
        Equal to the one that was written. Its screening is as old as the file, so the safety
        questions have to be asked again before it goes to a client. Of a file of another version of the guide,
        `changed_on_reading`, and so the hints, say what is gone and what today's rules changed.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    FileFormatError
        If the file is not a routine.
    BlockedError, DoseError, UnknownIdError
        If its steps are not allowed.
    """
    from selfcare_kit.export.read import plan_from_file

    return Routine.of(plan_from_file(path, guide))


def routine_from_bytes(content: bytes, name: str, *, guide: Guide | None = None) -> Routine:
    """Return the routine in the content of an uploaded file, whose kind is the ending of its name."""
    from selfcare_kit.export.read import plan_from_bytes

    return Routine.of(plan_from_bytes(content, name, guide))


def template(
    name: str | None = None, side: str | None = None, *, complaint: Any = None, guide: Guide | None = None,
    code: str = "", folder: str | Path | None = None,
) -> Routine:  # fmt: skip
    """Return a template of the guide or of the clinic as a routine without screening.

    Parameters
    ----------
    name : str, optional
        Id of the guide's template, or the name of one of the clinic's, in whatever case; the guide's when left out.
    side : {"left", "right", "both"}, optional
        The client's own side. When left out, the sides are those of the complaint, step by step of what each point
        can explain; without a complaint, too, those of the guide's template, while one of the clinic's has none.
    complaint : Complaint, mapping, str or iterable of str, optional
        Where it hurts, and how, as `suggest` takes it. Steps are milder or left out where the sensations require it.
    guide : Guide, optional
        The built-in one when left out.
    code : str, default=""
        The client's code.
    folder : str or Path, optional
        Where the clinic's `templates.toml` lies; beside the clinic's settings that are in force when left out.

    Returns
    -------
    Routine
        A new routine; `with_screening` makes it ready for the client. Its hints say where today's rules changed a
        step of the clinic's.

    Raises
    ------
    UnknownIdError
        If there is no such template, or it has a point that the guide has no more.
    InvalidValueError
        If a clinic's template gets neither a side nor a complaint.

    Examples
    --------
    >>> [step.point for step in template("hip_and_leg").steps][:3]
    ['gmed_2', 'piri_1', 'tfl_1']
    >>> {step.side for step in template(complaint="hip_side", side="left").steps}
    {'left'}
    """
    from selfcare_kit.guide.load import load_guide
    from selfcare_kit.plan import templates

    guide = guide or load_guide()
    if complaint is None:
        return Routine.of(templates.template(name, side, guide=guide, code=code, folder=folder))
    made = guide.complaint(complaint, side)
    return Routine.of(templates.template_for(made, side, None, guide=guide, code=code, name=name, folder=folder))
