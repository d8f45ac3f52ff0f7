"""What a guide folder holds: its tables, their columns, keys and references, and how one is read.

The same description serves reading, `check_guide` and the tests of `datapackage.json`.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from selfcare_kit.errors import GuideError, quoted, shown_name
from selfcare_kit.files import read_file
from selfcare_kit.guide.records import ACTIONS
from selfcare_kit.model.step import MODES

YES_NO = ("yes", "no")
BASES = ("source", "known", "estimate")
MAX_TABLE_BYTES = 64_000_000
CITED = ("basis", "source")

Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """One table of a guide: what its columns are and what they may hold.

    Parameters
    ----------
    columns : tuple of str
        Columns it must have.
    key : tuple of str
        Columns that together are unique.
    required : tuple of str
        Columns no row may leave empty (the key is required anyway).
    references : dict of str to str
        Column -> table whose ids it holds.
    lists : dict of str to str
        Column that holds several ids with ";" between -> their table.
    choices : dict of str to tuple of str
        Column -> allowed words.
    numbers : dict of str to tuple of float
        Column -> lowest and highest allowed number, whole where both are whole; empty passes.
    ordered : tuple of (str, str)
        Columns of numbers of which the first may not be more than the second.
    added : tuple of str
        Those of the columns that a guide may leave out; they are read as empty then.
    words : dict of str to tuple of str
        Column of ids -> words that may stand there instead of ids, each alone.
    optional : bool
        True when a guide may leave the file out.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...] = ("id",)
    required: tuple[str, ...] = ()
    references: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: dict[str, tuple[float, float]] = field(default_factory=dict)
    ordered: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    optional: bool = False

    @property
    def is_cited(self) -> bool:
        """Whether every row must name its basis and source."""
        return "source" in self.columns


_RULE = (
    "from_landmark", "to_landmark", "fraction", "offset_lateral", "offset_up", "offset_front", "offset_unit",
)  # fmt: skip
_RULE_NUMBERS = {
    "fraction": (0.0, 1.0),
    "offset_lateral": (-60.0, 60.0),
    "offset_up": (-60.0, 60.0),
    "offset_front": (-60.0, 60.0),
}
# What an offset is counted in: cm, or a cun of the segment it lies on.
UNITS = (
    "", "cm", "cun_back", "cun_chest", "cun_abdomen", "cun_thigh_front", "cun_thigh", "cun_gluteal", "cun_leg_inner",
    "cun_leg", "cun_ankle",
)  # fmt: skip
_WHERE = ("no", "optional", "required")
# How a question is asked, and of whom.
_ASKED = ("short_label", "more", "core", "ask_areas", "ask_sensations", "ask_after")
_ASKED_LISTS = {"ask_areas": "areas", "ask_sensations": "sensations", "ask_after": "red_flags|cautions"}

TABLES: dict[str, Table] = {
    "sources": Table(
        ("key", "citation", "short", "kind", "seen", "year", "note"), key=("key",), required=("citation",)
    ),
    "muscles": Table(
        ("id", "name", "latin", "synonyms", "nerve", "roots", "uberon", "fma", "depth", "scope", *CITED),
        required=("name",),
        choices={"depth": ("surface", "deep"), "scope": ("guide", "extra")},
    ),
    "areas": Table(
        ("id", "label", "client", "synonyms", "group", "stage", "paired", "lacks", *CITED),
        required=("label", "client", "group", "stage"),
        choices={"paired": YES_NO, "stage": ("1", "2")},
        added=("lacks",),
    ),
    "points": Table(
        (
            "id",
            "muscle",
            "number",
            "label",
            "area",
            "scope",
            "show_only",
            "show_only_reason",
            "technique",
            "mode",
            "tools",
            "position",
            "seconds",
            "max_seconds",
            "pressure",
            "every_days_min",
            "every_days_max",
            "cautions",
            "touches",
            "sweeps",
            "note",
            *CITED,
        ),
        required=(
            "muscle",
            "label",
            "area",
            "mode",
            "tools",
            "position",
            "technique",
            "seconds",
            "pressure",
            "every_days_min",
            "every_days_max",
        ),
        references={"muscle": "muscles", "area": "areas", "position": "positions", "technique": "techniques"},
        lists={"tools": "tools", "cautions": "cautions|red_flags", "touches": "areas", "sweeps": "areas"},
        choices={"scope": ("guide", "extra"), "show_only": YES_NO, "mode": MODES},
        numbers={
            "seconds": (1, 120),
            "max_seconds": (1, 120),
            "pressure": (1, 7),
            "every_days_min": (1, 14),
            "every_days_max": (1, 14),
        },
        ordered=(("seconds", "max_seconds"), ("every_days_min", "every_days_max")),
    ),
    "referrals": Table(
        ("point", "area", "kind", "certain", "note", "support", "disputed", *CITED),
        key=("point", "area"),
        references={"point": "points", "area": "areas"},
        choices={"kind": ("primary", "spillover"), "certain": YES_NO, "disputed": ("", *YES_NO)},
        numbers={"support": (0, 999)},
        added=("support", "disputed"),
    ),
    "prevalence": Table(
        (
            "muscles",
            "group",
            "condition",
            "areas",
            "counted",
            "percent_low",
            "percent_high",
            "people",
            "note",
            *CITED,
        ),
        key=("muscles", "condition", "counted"),
        required=("muscles", "condition", "people"),
        lists={"muscles": "muscles", "areas": "areas"},
        choices={"counted": ("active", "latent", "any", "elsewhere")},
        numbers={"percent_low": (0.0, 100.0), "percent_high": (0.0, 100.0)},
        ordered=(("percent_low", "percent_high"),),
        optional=True,
    ),
    "search_words": Table(
        ("word", "language", "kind", "points", "muscles", "areas", "acupoints", "note", *CITED),
        key=("word", "language"),
        lists={"points": "points", "muscles": "muscles", "areas": "areas", "acupoints": "acupoints"},
        choices={"kind": ("name", "complaint")},
        optional=True,
    ),
    "places": Table(
        ("id", "n", "role", *_RULE, "surface", "uncertainty_cm", *CITED),
        key=("id", "n", "role"),
        required=("from_landmark", "surface"),
        references={
            "id": "points|acupoints",
            "from_landmark": "landmarks|body landmarks",
            "to_landmark": "landmarks|body landmarks",
        },
        choices={
            "role": ("spot", "lane_from", "lane_to"),
            "surface": ("back", "side", "front", "inner", "sole", "foot_top"),
            "offset_unit": UNITS,
        },
        numbers={**_RULE_NUMBERS, "n": (1, 99), "uncertainty_cm": (0.0, 20.0)},
    ),
    "zones": Table(
        ("point", "kind", "zone", "node", *_RULE, "surface", "radius_cm", *CITED),
        key=("point", "kind", "zone", "surface", "node"),
        required=("from_landmark", "radius_cm"),
        references={
            "point": "points",
            "from_landmark": "landmarks|body landmarks",
            "to_landmark": "landmarks|body landmarks",
        },
        choices={
            "kind": ("primary", "spillover"),
            "surface": ("back", "side", "front", "inner", "sole", "foot_top"),
            "offset_unit": UNITS,
        },
        numbers={**_RULE_NUMBERS, "zone": (1, 99), "node": (1, 99), "radius_cm": (0.1, 20)},
        optional=True,
    ),
    "landmarks": Table(
        ("id", "label", *_RULE, *CITED),
        required=("from_landmark",),
        references={"from_landmark": "landmarks|body landmarks", "to_landmark": "landmarks|body landmarks"},
        choices={"offset_unit": UNITS},
        numbers=_RULE_NUMBERS,
        optional=True,
    ),
    "acupoints": Table(("id", "location", "controversial", *CITED), choices={"controversial": YES_NO}, optional=True),
    "point_acupoints": Table(
        ("point", "acupoint", "certain", "note", *CITED),
        key=("point", "acupoint"),
        references={"point": "points", "acupoint": "acupoints"},
        choices={"certain": YES_NO},
        optional=True,
    ),
    "sensations": Table(
        (
            "id",
            "label",
            "client",
            "alert_action",
            "alert_both_sides_action",
            "alert_message",
            "alert_asks",
            "implies",
            *CITED,
        ),
        required=("label", "client"),
        lists={"alert_asks": "red_flags|cautions", "implies": "cautions"},
        choices={"alert_action": ("", *ACTIONS), "alert_both_sides_action": ("", *ACTIONS)},
    ),
    "red_flags": Table(
        (
            "id",
            "label",
            "question",
            "clinical",
            "action",
            "areas",
            "blocks_tools",
            "where",
            "message",
            *_ASKED,
            "all_of",
            *CITED,
        ),
        required=("label", "message"),
        lists={"areas": "areas", "blocks_tools": "tools", "all_of": "red_flags|cautions", **_ASKED_LISTS},
        choices={"action": ("refer", "urgent", "emergency"), "where": _WHERE, "core": ("", *YES_NO)},
        added=(*_ASKED, "all_of"),
        words={"areas": ("all",), "ask_areas": ("all",)},
    ),
    "cautions": Table(
        (
            "id",
            "label",
            "kind",
            "question",
            "message",
            "action",
            "areas",
            "also_in",
            "blocks_area",
            "blocks_tools",
            "blocks_positions",
            "max_pressure",
            "max_seconds",
            "where",
            *_ASKED,
            *CITED,
        ),
        required=("label", "message"),
        lists={
            "areas": "areas",
            "also_in": "areas",
            "blocks_tools": "tools",
            "blocks_positions": "positions",
            **_ASKED_LISTS,
        },
        choices={
            "kind": ("question", "anatomy", "both", "felt"),
            "action": ("caution", "refer", "urgent"),
            "blocks_area": YES_NO,
            "where": _WHERE,
            "core": ("", *YES_NO),
        },
        numbers={"max_pressure": (1, 7), "max_seconds": (1, 120)},
        added=("max_seconds", *_ASKED),
        words={"areas": ("all",), "ask_areas": ("all",)},
    ),
    "limits": Table(
        (
            "id",
            "rule",
            "who",
            "felt_in",
            "felt",
            "pain_min",
            "areas",
            "points",
            "blocks",
            "blocks_tools",
            "blocks_positions",
            "max_pressure",
            "max_seconds",
            "message",
            *CITED,
        ),
        required=("rule",),
        references={"rule": "red_flags|cautions"},
        lists={
            "felt_in": "areas",
            "felt": "sensations",
            "areas": "areas",
            "points": "points",
            "blocks_tools": "tools",
            "blocks_positions": "positions",
        },
        choices={"who": ("answered", "everyone"), "blocks": YES_NO},
        numbers={"pain_min": (0, 10), "max_pressure": (1, 7), "max_seconds": (1, 120)},
        words={"areas": ("all", "felt", "explained"), "felt_in": ("all",)},
        optional=True,
    ),
    "nerves": Table(
        (
            "id",
            "label",
            "areas",
            "with_one_of",
            "also_one_of",
            "sensations",
            "pain_min",
            "both_sides",
            "think_of",
            "separates",
            "next",
            "action",
            "asks",
            *CITED,
        ),
        required=("label", "areas", "next"),
        lists={
            "areas": "areas",
            "with_one_of": "areas",
            "also_one_of": "areas",
            "sensations": "sensations",
            "asks": "red_flags|cautions",
        },
        choices={"action": ACTIONS[1:], "both_sides": YES_NO},
        numbers={"pain_min": (0, 10)},
        added=("also_one_of", "pain_min"),
        optional=True,
    ),
    "tools": Table(
        ("id", "label", "client", "firm", "rests_on", *CITED),
        required=("label", "client"),
        lists={"rests_on": "areas"},
        choices={"firm": YES_NO},
        added=("rests_on",),
    ),
    "positions": Table(
        ("id", "label", "client", "posture", *CITED),
        required=("label", "client"),
        choices={"posture": ("standing", "sitting", "lying", "any")},
    ),
    "techniques": Table(
        ("id", "label", "mode", "tools", "positions", "stated_by_guide", "note", *CITED),
        required=("label",),
        lists={"tools": "tools", "positions": "positions"},
        choices={"mode": MODES, "stated_by_guide": YES_NO},
    ),
    "videos": Table(
        ("id", "technique", "point", "title", "url", "added_by"),
        references={"technique": "techniques", "point": "points"},
        optional=True,
    ),
}


@lru_cache(maxsize=4096)
def split(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values.

    Parameters
    ----------
    cell : str
        Values with ";" between.

    Returns
    -------
    tuple of str
        The values without blanks around them; empty for an empty cell.
    """
    return tuple(part for part in (piece.strip() for piece in cell.split(";")) if part)


def read_table(path: Path, columns: tuple[str, ...] = (), added: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """Read one CSV table of a guide.

    Parameters
    ----------
    path : Path
        The file: UTF-8, comma, with a header row.
    columns : tuple of str, default=()
        Columns it must have.
    added : tuple of str, default=()
        Those of them that it may lack; they are read as empty then.

    Returns
    -------
    tuple of dict
        One for each row, all values as text without blanks around them.

    Raises
    ------
    GuideError
        If the file is missing, too large, not UTF-8, not a table, or lacks a column.
    """
    name, advice = shown_name(path.name), f"put the table into {quoted(path.parent.name)}"
    content = read_file(path, MAX_TABLE_BYTES, called=name, advice=advice, smaller="split it", error=GuideError)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GuideError(
            f"{name} must be UTF-8 text, got byte {error.object[error.start]:#04x} at {error.start}; "
            "save it again as CSV UTF-8."
        ) from None
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(reader, None) or []
        rows = list(reader)
    except csv.Error as error:
        raise GuideError(f"{name} is not a CSV table ({error}); check its quotation marks.") from None
    # Spreadsheets like to leave some columns and rows at the end.
    while header and not header[-1].strip():
        header.pop()
    if len(header) == 1 and ";" in header[0]:
        raise GuideError(f"{name} must have commas between its cells, got semicolons; save it as CSV with commas.")
    for column in columns:
        if column not in header and column not in added:
            raise GuideError(f"{name} has no column {quoted(column)}; add it to the first row.")
    if len(set(header)) != len(header):
        raise GuideError(f"{name} has a column twice; keep one of each.")
    while rows and not any(rows[-1]):
        rows.pop()
    for number, row in enumerate(rows, start=2):
        if not row:
            raise GuideError(f"{name}, row {number} is empty; delete it.")
        if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :]):
            raise GuideError(
                f"{name}, row {number} must have {len(header)} cells, got {len(row)}; "
                "check its commas and quotation marks."
            )
    lacking = {column: "" for column in added if column not in header}
    return tuple(dict(zip(header, (cell.strip() for cell in row), strict=False)) | lacking for row in rows)
