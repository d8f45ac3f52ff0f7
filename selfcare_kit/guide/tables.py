"""The tables of a guide folder, as raw rows and as data frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from selfcare_kit.errors import UnknownIdError, listed, quoted
from selfcare_kit.guide.cells import Row, read_table, row_converter, split, table_bytes
from selfcare_kit.guide.schema import YES_NO, Table, Usual, tables
from selfcare_kit.model.dose import Dose
from selfcare_kit.spreadsheets.yes_words import yes_or_no

if TYPE_CHECKING:
    import pandas as pd


# The column that names the point, by table.
POINT = {"places": "id", "zones": "point"}


class TableFolder:
    """The tables of one folder, each read once, when it is first used.

    Parameters
    ----------
    folder : Path
        Folder with the CSV files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.dose = Dose()
        self._tables: dict[str, tuple[Row, ...]] = {}

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in tables():
            return self.frame(name)
        raise AttributeError(f"a guide has no {name!r}; its tables are {', '.join(tables())}.")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *tables()})

    @property
    def name(self) -> str:
        """Name of the folder in messages."""
        return self.folder.name

    def table(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table as text.

        Parameters
        ----------
        name : str
            Name of the table, without ".csv".

        Returns
        -------
        tuple of dict of str to str
            One for each row, with the usual value where a cell is empty that has one. A table that the guide leaves
            out is empty.

        Raises
        ------
        GuideError
            If the file cannot be read as this table.
        """
        if name not in self._tables:
            path = self.folder / f"{name}.csv"
            table = tables()[name]
            is_left_out = table.is_optional and not path.exists()
            self._keep(name, () if is_left_out else _read(path, table))
        return self._tables[name]

    def _keep(self, name: str, rows: Iterable[Row]) -> None:
        """Keep rows as those of a table, with the usual value where a cell is empty that has one."""
        kept = tuple(rows)
        _fill_usual(kept, tables()[name], self)
        self._tables[name] = kept

    def typed_rows(self, name: str) -> tuple[dict[str, Any], ...]:
        """Return the rows of a table with each described cell as a value: a number, a tuple of words, True or False.

        Parameters
        ----------
        name : str
            Name of the table.

        Returns
        -------
        tuple of dict of str to object
            One for each row.

        Raises
        ------
        ValueError
            If a cell is not what the table may hold; `check_guide` lists such cells.
        """
        return tuple(map(row_converter(tables()[name].columns.values()), self.table(name)))

    def frame(self, name: str) -> pd.DataFrame:
        """Return a table as a data frame.

        Parameters
        ----------
        name : str
            Name of the table.

        Returns
        -------
        pandas.DataFrame
            A fresh copy, indexed by the table's key when that is one column, with numbers as numbers.
        """
        import pandas as pd

        table = tables()[name]
        df = pd.DataFrame(self.table(name), columns=None if self.table(name) else list(table.names))
        for column in table.numbers:
            if column in df:
                df[column] = pd.to_numeric(df[column], errors="coerce")
        return df.set_index(table.key[0]) if len(table.key) == 1 else df

    @cached_property
    def rows_by_id(self) -> dict[str, dict[str, Row]]:
        """Rows by table and id, for the tables with a key of one column."""
        return {
            name: {row[table.key[0]]: row for row in self.table(name)}
            for name, table in tables().items()
            if len(table.key) == 1
        }

    def row(self, table: str, id: str) -> Row:
        """Return one row of a table.

        Parameters
        ----------
        table : str
            Name of the table.
        id : str
            Key of the row.

        Returns
        -------
        dict of str to str
            The row.

        Raises
        ------
        UnknownIdError
            If there is no such row; the error names those there are.
        """
        rows = self.rows_by_id[table]
        if id in rows:
            return rows[id]
        raise self.unknown(table, id)

    def unknown(self, table: str, id: object) -> UnknownIdError:
        """Return the error for an id that a table does not have.

        Parameters
        ----------
        table : str
            Name of the table.
        id : object
            The unknown id.

        Returns
        -------
        UnknownIdError
            For the caller to raise.
        """
        word = table.rstrip("s").replace("_", " ")
        ids = tuple(self.rows_by_id[table])
        known = listed(word, ids) if len(ids) <= 60 else (*listed(word, ids[:12]), " ...")
        where = {"points": '"selfcare-kit points"', "areas": '"selfcare-kit areas"'}.get(table, f"guide.{table}")
        return UnknownIdError.of(
            word,
            ("must be one of ", *known, f" in guide {self.name!r}"),
            given=quoted(id),
            advice=f"see {where} for what each is",
        )


class PointRows(NamedTuple):
    """The rows of a point as its guide's files have them, without what empty cells mean."""

    places: tuple[Row, ...]
    zones: tuple[Row, ...]


def rows_of_point(folder: Path, point: str) -> PointRows:
    """Return the rows of a point in the files of a guide."""
    return PointRows(*(tuple(r for r in _rows_of_file(folder, name) if r[POINT[name]] == point) for name in POINT))


def files_with(folder: Path, point: str, places: Sequence[Row] | None, zones: Sequence[Row] | None) -> dict[str, bytes]:
    """Return the files of a guide with other rows for the places of a point, its zones or both; others stay."""
    return {
        f"{name}.csv": _bytes(name, with_rows_of(_rows_of_file(folder, name), name, point, rows))
        for name, rows in changed_tables(places, zones).items()
    }


def changed_tables(places: Sequence[Row] | None, zones: Sequence[Row] | None) -> dict[str, Sequence[Row]]:
    """Return the rows of a point's places and of its zones by table, without what is as it was."""
    return {name: rows for name, rows in {"places": places, "zones": zones}.items() if rows is not None}


def with_rows_of(table: Sequence[Row], name: str, point: str, rows: Iterable[Row]) -> list[Row]:
    """Return the rows of a table with others for a point, where its first one stood, or at the end."""
    column = POINT[name]
    at = next((number for number, row in enumerate(table) if row[column] == point), len(table))
    others = [row for row in table[at:] if row[column] != point]
    return [*table[:at], *rows, *others]


def _rows_of_file(folder: Path, name: str) -> tuple[Row, ...]:
    path, table = folder / f"{name}.csv", tables()[name]
    return read_table(path, table.names, table.added, table.optional) if path.exists() else ()


def _bytes(name: str, rows: Sequence[Row]) -> bytes:
    # Columns of the author's own stay, at the end.
    return table_bytes(dict.fromkeys([*tables()[name].names, *(column for row in rows for column in row)]), rows)


def _read(path: Path, table: Table) -> tuple[Row, ...]:
    """Return the rows of a table; a word for yes or no of a spreadsheet program, such as TRUE, is made yes or no."""
    rows = read_table(path, table.names, table.added, table.optional)
    for row in rows:
        for column in table.booleans:
            if row[column] not in YES_NO:
                row[column] = yes_or_no(row[column]) or row[column]
    return rows


def _fill_usual(rows: Sequence[Row], table: Table, folder: TableFolder) -> None:
    """Fill the empty cells of rows that have a usual value; a cell whose value cannot be told stays empty."""
    filled = [
        (row, column, usual)
        for row in rows
        for column, usual in table.usual.items()
        if column in row and not row[column]
    ]
    for row, column, usual in filled:
        row[column] = _value(row, usual, table, folder)
    for row, column, _ in filled:
        limit = table.columns[column].at_most
        # What was written goes before what is usual: 30 seconds at most, and 60 are usual.
        if limit and row[column].isdigit() and row[limit].isdigit():
            row[column] = str(min(int(row[column]), int(row[limit])))


def _value(row: Row, usual: Usual, table: Table, folder: TableFolder) -> str:
    """Return the usual value of a cell in a row."""
    if usual.value:
        return usual.value
    if usual.dose:
        return str(getattr(folder.dose, usual.dose))
    if usual.source:
        return next((each["key"] for each in folder.table("sources") if each["kind"] == usual.source), "")
    if not usual.of:
        return row[usual.column]
    (name,) = table.columns[usual.of].references
    (key,) = tables()[name].key
    found = next((each[usual.column] for each in folder.table(name) if each[key] == row[usual.of]), "")
    # A technique lists its positions, the best first; a point has one.
    return next(iter(split(found)), "") if usual.is_first else found
