"""What came of a batch: a result for each row, as a table for the shell, a notebook or pandas."""

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
# So many rows are shown one by one; of more, those that somebody has to look at.
MAX_SHOWN = 40


class RowResult(NamedTuple):
    """What came of one row. It holds no name of a client.

    Parameters
    ----------
    row : int
        As a spreadsheet program numbers it; the header is row 1.
    code : str
        The client's code; empty where it is not fit to be shown.
    result : {"made", "unchanged", "failed"}
        `unchanged`: an earlier run made the files, and they are whole.
    files : tuple of str
        Names of the files; empty when it failed.
    reason : str
        Why it failed, in one sentence, or what was kept; otherwise empty.
    alerts : tuple of str
        What the complaint asks to be ruled out.
    """

    row: int
    code: str
    result: str
    files: tuple[str, ...] = ()
    reason: str = ""
    alerts: tuple[str, ...] = ()

    @property
    def is_notable(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.reason or self.alerts)

    @property
    def told(self) -> str:
        """What there is to say, in one line."""
        return "; ".join((*((self.reason,) if self.reason else self.files), *self.alerts))


@dataclass(frozen=True, repr=False)
class BatchSummary:
    """What came of a batch.

    Parameters
    ----------
    folder : Path
        Where the files are.
    rows : tuple of RowResult
        One for each row, in order.
    notices : tuple of str, default=()
        What a clinician has to know of the languages that were used.
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
        lines = ["{:>5}  {:12}  {:9}  {}".format("row", "code", "result", "files, or what to look at")]
        lines += [f"{each.row:>5}  {each.code:12}  {each.result:9}  {each.told}" for each in self._shown]
        notices = (f"! {notice}" for notice in self.notices)
        return "\n".join([*(lines if self._shown else ()), *notices, self.headline])

    @property
    def failed(self) -> tuple[RowResult, ...]:
        """The rows that failed."""
        return tuple(each for each in self.rows if each.result == "failed")

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were made, unchanged and failed."""
        found = Counter(each.result for each in self.rows)
        return {result: found[result] for result in RESULTS}

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
            One row each, indexed by the row of the table; files and alerts as text.
        """
        import pandas as pd

        rows = [(*each[:3], " ".join(each.files), each.reason, "; ".join(each.alerts)) for each in self.rows]
        return pd.DataFrame(rows, columns=list(RowResult._fields)).set_index("row")

    @property
    def _shown(self) -> tuple[RowResult, ...]:
        return self.rows if len(self.rows) <= MAX_SHOWN else tuple(each for each in self.rows if each.is_notable)

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col">{name}</th>' for name in ("row", "code", "result", "files, or what to look at")
        )
        body = "".join(
            f"<tr><td>{each.row}</td><td>{escape(each.code)}</td><td>{each.result}</td><td>{escape(each.told)}</td></tr>"
            for each in self._shown
        )
        told = escape(" ".join((f"{self.headline}.", *self.notices)))
        return f"<table><caption>{told}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
