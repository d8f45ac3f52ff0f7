"""Every way out of a routine, as methods.

The modules that do the work lie above the routine and are imported late, so that a routine can be
made without loading any of them.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.guide import Guide
from selfcare_kit.model import Step

if TYPE_CHECKING:
    import pandas as pd

    from selfcare_kit.body import Plate
    from selfcare_kit.clinic import Clinic
    from selfcare_kit.complaint import Complaint
    from selfcare_kit.safety.screening import Screening


class Writers(ABC):
    """What a routine can be written as.

    All of them go through the one door, `export.kinds`, in which the gate stands for whatever goes to the client;
    the rest is the clinician's own and needs a step only.
    """

    steps: tuple[Step, ...]
    guide: Guide
    complaint: Complaint | None
    screening: Screening | None

    @abstractmethod
    def require_clearance(self, today: datetime.date | None = None) -> None:
        """Refuse unless the routine may go to the client now."""

    @abstractmethod
    def require_steps(self) -> None:
        """Refuse a routine without steps."""

    def figure(self, **style: Any) -> Plate:
        """Compose the plate: the fewest views that show all steps, numbered, with a legend.

        Parameters
        ----------
        **style
            Passed to `Plate`.

        Returns
        -------
        Plate
            With `to_svg`, `to_png`, `to_pdf` and `plot`; shows itself in a notebook.
        """
        from selfcare_kit.body import Plate

        self.require_steps()
        return Plate.of(self.steps, guide=self.guide, **style)

    def to_frame(self) -> pd.DataFrame:
        """Return the steps as a data frame.

        Returns
        -------
        pandas.DataFrame
            One row a step, with the columns of the CSV that belong to steps.
        """
        import pandas as pd

        from selfcare_kit.export.record import STEP_COLUMNS, step_values

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
        paper: str = "A4", variant: str = "standard", clinic: Clinic | str | Path | None = None,
    ) -> str | Path:  # fmt: skip
        """Write the client's handout.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the page is returned.
        client : str, default=""
            Name to print; it is kept nowhere else.
        language : str, default=""
            Language of the client's texts, such as "es"; the guide's own when empty.
        paper : {"A4", "Letter"}, default="A4"
            Paper size.
        variant : {"standard", "large", "black_and_white", "no_figure", "detailed"}, default="standard"
            Appearance; "detailed" has a picture for each step.
        clinic : Clinic, str or Path, optional
            The clinic's settings or its file: name, logo, numbers, videos. They go on the page
            only, not into the data that rides along.

        Returns
        -------
        str or Path
            The page, or the path it was written to.

        Raises
        ------
        ScreeningRequired, ReferralRequired
            If the routine may not go to the client now.
        """
        look = {"client": client, "language": language, "paper": paper, "variant": variant, "clinic": clinic}
        return self._write("html", path, **look)

    def to_pdf(self, path: str | Path | None = None, **look: Any) -> bytes | Path:
        """Write the client's handout as a tagged PDF; needs the extra `pdf`.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the bytes are returned.
        **look
            Whatever `to_html` takes: client, language, paper, variant, clinic.

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
        return self._write("pdf", path, **look)

    def to_ics(self, path: str | Path | None = None, *, language: str = "") -> str | Path:
        """Write the days of the handout's diary as a calendar, with a title that tells nothing.

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
        """Write the routine as a FHIR R4 CarePlan, for the clinician's record system.

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

        Safety answers or a complaint are enough: who is sent elsewhere gets no step, and a note all the same.

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
        """Write the routine as an Excel workbook with the plate in it; needs the extra `xlsx`.

        Parameters
        ----------
        path : str or Path, optional
            Where to write, replaced atomically. Without it the bytes are returned.

        Returns
        -------
        bytes or Path
            The workbook, or the path it was written to.

        Raises
        ------
        MissingExtraError
            If openpyxl is not installed.

        See Also
        --------
        read_routine : Read it back, also when it was edited by hand.
        """
        return self._write("xlsx", path)

    def _write(self, kind: str, path: str | Path | None, **look: Any) -> Any:
        """Write a kind of file through the one door out."""
        from selfcare_kit.export.kinds import KINDS
        from selfcare_kit.files import deliver_bytes, deliver_text

        if "language" in KINDS[kind].look:
            look["language"] = look.get("language") or self.guide.language
        made = KINDS[kind].made(self, **look)
        if isinstance(made, bytes):
            return deliver_bytes(made, path)
        return deliver_text(made, path, encoding=KINDS[kind].encoding)

    def _repr_html_(self) -> str:
        from selfcare_kit.export.record import routine_table_html

        return routine_table_html(self)
