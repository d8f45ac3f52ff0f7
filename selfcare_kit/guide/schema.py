"""The tables of a guide folder and their columns, as `data/datapackage.json` describes them.

The description is a Frictionless data package. Its standard properties give types, ranges, allowed words, keys and
references; the property `selfcare` adds what Frictionless cannot express:

- of a table, `optional`: a guide may leave the file out;
- of a column, `list` (several values separated by ";"), `references` (tables whose ids it holds), `alone` (words that
  may be there instead of ids), `at_most` (a column whose number it may not exceed), `usual` (what an empty cell means),
  `added` (a guide may leave the column out, which is then read as empty), and `built_in_only` (constraints for the
  built-in guide alone, as `pattern` and `unique` always are).

Reading, `check_guide`, the author's documentation and the tests of the data all use it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from selfcare_kit.guide.data import data_folder

FILE = "datapackage.json"
GUIDE_FOLDER = "hip_and_leg/"
YES_NO = ("yes", "no")

Kind = Literal["text", "choice", "number", "id", "list"]
Type = Literal["string", "boolean", "integer", "number"]


class Usual(NamedTuple):
    """What an empty cell means: a value, or where to find it.

    That is a number of the guide's [dose], the first of `sources.csv` of a kind, or a column: of the row itself, or of
    the row that the column `of` names, and of a list there its first value where it `is_first`.
    """

    value: str = ""
    dose: str = ""
    source: str = ""
    column: str = ""
    of: str = ""
    is_first: bool = False


class Column(NamedTuple):
    """One column of a table, and what its cells may hold in any guide."""

    name: str
    kind: Kind
    type: Type
    description: str
    is_required: bool
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    references: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    at_most: str = ""
    usual: Usual | None = None

    @property
    def is_text(self) -> bool:
        """Whether its cells need no conversion."""
        return self.type == "string" and self.kind != "list"


class Table:
    """One table of a guide: its columns, its key, and what a guide may leave out."""

    def __init__(self, resource: Mapping[str, Any]) -> None:
        schema = resource["schema"]
        self.name: str = resource["name"]
        self.title: str = resource["title"]
        self.description: str = resource["description"]
        self.key: tuple[str, ...] = tuple(schema["primaryKey"])
        self.is_optional: bool = resource.get("selfcare", {}).get("optional", False)
        self.names: tuple[str, ...] = tuple(field["name"] for field in schema["fields"])
        self.added: tuple[str, ...] = tuple(
            field["name"] for field in schema["fields"] if field.get("selfcare", {}).get("added")
        )
        self.usual: dict[str, Usual] = {
            field["name"]: Usual(**field["selfcare"]["usual"])
            for field in schema["fields"]
            if "usual" in field.get("selfcare", {})
        }
        self._schema = schema

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Columns by name, in the order of the table."""
        keys = self._schema.get("foreignKeys", ())
        references = {key["fields"][0]: key["reference"]["resource"] for key in keys if len(key["fields"]) == 1}
        return {
            field["name"]: _column(field, references.get(field["name"]))._replace(usual=self.usual.get(field["name"]))
            for field in self._schema["fields"]
        }

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Names of the columns that hold numbers."""
        return tuple(column.name for column in self.columns.values() if column.kind == "number")

    @cached_property
    def optional(self) -> frozenset[str]:
        """Names of the columns whose cells may be empty."""
        return frozenset(
            column.name for column in self.columns.values() if not column.is_required or column.usual is not None
        )

    @cached_property
    def booleans(self) -> tuple[str, ...]:
        """Names of the columns that hold yes or no."""
        return tuple(column.name for column in self.columns.values() if column.type == "boolean")

    @property
    def is_cited(self) -> bool:
        """Whether every row has a basis and a source."""
        return "source" in self.names


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """Return the tables of a guide by name, in the order in which they are checked."""
    # A late import: only a process that opens a table needs it.
    import json

    package = json.loads((data_folder() / FILE).read_bytes())
    resources = (each for each in package["resources"] if each["path"] == f"{GUIDE_FOLDER}{each['name']}.csv")
    return {resource["name"]: Table(resource) for resource in resources}


def _column(field: Mapping[str, Any], reference: str | None) -> Column:
    own = field.get("selfcare", {})
    built_in_only = own.get("built_in_only", ())
    type_ = "string" if "type" in built_in_only else field["type"]
    limits = {name: value for name, value in field.get("constraints", {}).items() if name not in built_in_only}
    references = tuple(own.get("references", ()))
    if reference and "foreignKeys" not in built_in_only:
        references = (reference,)
    choices = YES_NO if type_ == "boolean" else tuple(map(str, limits.get("enum", ())))
    is_required = limits.get("required", False)
    return Column(
        name=field["name"],
        kind=_kind(own.get("list", False), choices, type_, references),
        type=type_,
        description=field["description"],
        is_required=is_required,
        choices=choices if is_required or not choices else ("", *choices),
        low=limits.get("minimum"),
        high=limits.get("maximum"),
        references=references,
        alone=tuple(own.get("alone", ())),
        at_most=own.get("at_most", ""),
    )


def _kind(is_list: bool, choices: tuple[str, ...], type_: Type, references: tuple[str, ...]) -> Kind:
    if is_list:
        return "list"
    if choices:
        return "choice"
    if type_ in ("integer", "number"):
        return "number"
    return "id" if references else "text"
