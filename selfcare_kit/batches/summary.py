"""The summary of a batch: a result for each row, as a table for the shell, a notebook or pandas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

RESULTS = ("made", "unchanged", "failed")
# Of more rows only those are shown that need attention.
MAX_SHOWN = 40
HEADER = ("row", "code", "result", "files, or what to look at")


class RowResult(NamedTuple):
    """The result of one row, without the client's name.

    Parameters
    ----------
    row : int
        As a spreadsheet program numbers it; the header is row 1.
    code : str
        The client's code; empty where it cannot be shown, such as when it holds the client's name.
    result : {"made", "unchanged", "failed"}
        `unchanged`: the files of an earlier run are still right and complete.
    files : tuple of str
        Names of the files; empty when it failed.
    reason : str
        Why it failed, or what else needs attention; otherwise empty.
    alerts : tuple of str
        What has to be ruled out because of the complaint.
    """

    row: int
    code: str
    result: str
    files: tuple[str, ...] = ()
    reason: str = ""
    alerts: tuple[str, ...] = ()

    @property
    def is_notable(self) -> bool:
        """Whether it needs attention."""
        return bool(self.reason or self.alerts)

    @property
    def message(self) -> str:
        """The reason or the files, and the alerts, in one line."""
        return "; ".join((*((self.reason,) if self.reason else self.files), *self.alerts))


@dataclass(frozen=True, repr=False)
class BatchSummary:
    """The results of a batch.

    Parameters
    ----------
    folder : Path
        The folder of the files.
    rows : tuple of RowResult
        One for each row, in order.
    notices : tuple of str, default=()
        Remarks about the whole batch: languages that nobody has reviewed, and columns that were not used.
    """

    folder: Path
    rows: tuple[RowResult, ...] = ()
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[RowResult]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"BatchSummary({self.headline})"

    def __str__(self) -> str:
        lines = ["{:>5}  {:12}  {:9}  {}".format(*HEADER)]
        lines += [f"{row.row:>5}  {row.code:12}  {row.result:9}  {row.message}" for row in self._shown]
        notices = (f"! {notice}" for notice in self.notices)
        return "\n".join([*(lines if self._shown else ()), *notices, self.headline])

    @property
    def failed(self) -> tuple[RowResult, ...]:
        """The rows that failed."""
        return tuple(row for row in self.rows if row.result == "failed")

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of rows that were made, unchanged and failed."""
        counts = Counter(row.result for row in self.rows)
        return {result: counts[result] for result in RESULTS}

    @property
    def headline(self) -> str:
        """The counts in words."""
        rows = "1 row" if len(self.rows) == 1 else f"{len(self.rows):,} rows"
        return f"{rows}: {', '.join(f'{count:,} {result}' for result, count in self.counts.items())}"

    def to_frame(self) -> pd.DataFrame:
        """Return the results as a data frame.

        Returns
        -------
        pandas.DataFrame
            One row each, indexed by its number in the clients' table; files and alerts as text.
        """
        import pandas as pd

        rows = [(*row[:3], " ".join(row.files), row.reason, "; ".join(row.alerts)) for row in self.rows]
        return pd.DataFrame(rows, columns=list(RowResult._fields)).set_index("row")

    @property
    def _shown(self) -> tuple[RowResult, ...]:
        return self.rows if len(self.rows) <= MAX_SHOWN else tuple(row for row in self.rows if row.is_notable)

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in HEADER)
        body = "".join(
            f"<tr><td>{row.row}</td><td>{escape(row.code)}</td><td>{row.result}</td><td>{escape(row.message)}</td></tr>"
            for row in self._shown
        )
        caption = escape(" ".join((f"{self.headline}.", *self.notices)))
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
