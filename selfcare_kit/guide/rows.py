"""The rows of a guide's tables as typed values, each read once; `data/datapackage.json` says what each field is.

They are named tuples: a frozen dataclass for each table would cost more time at every start than reading the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from selfcare_kit.errors import GuideError
from selfcare_kit.guide.cells import Row, typed
from selfcare_kit.guide.schema import Table

ALL = ("all",)

Action = Literal["", "go", "caution", "refer", "urgent", "emergency"]
Where = Literal["no", "optional", "required"]
Mode = Literal["hold", "sweep", "scrape"]


class Source(NamedTuple):
    """Where facts come from."""

    key: str
    citation: str
    short: str
    kind: str


class Muscle(NamedTuple):
    """A muscle and its names."""

    id: str
    name: str
    latin: str
    synonyms: tuple[str, ...]
    depth: Literal["surface", "deep"]


class Area(NamedTuple):
    """A place that a client can point to."""

    id: str
    label: str
    client: str
    synonyms: tuple[str, ...]
    group: str
    stage: Literal[1, 2]
    paired: bool
    lacks: tuple[str, ...]


class Referral(NamedTuple):
    """An area in which the pain of a point is felt."""

    point: str
    area: str
    kind: Literal["primary", "spillover"]
    certain: bool
    note: str
    support: int | None
    disputed: bool
    source: tuple[str, ...]


class Share(NamedTuple):
    """How often a muscle held a point in people with a condition."""

    muscles: tuple[str, ...]
    group: str
    condition: str
    areas: tuple[str, ...]
    counted: Literal["active", "latent", "any", "elsewhere"]
    percent_low: float | None
    percent_high: float | None
    people: str
    note: str
    source: tuple[str, ...]


class SearchWord(NamedTuple):
    """A word to search by, and what it finds."""

    word: str
    kind: Literal["name", "complaint"]
    points: tuple[str, ...]
    muscles: tuple[str, ...]
    areas: tuple[str, ...]
    acupoints: tuple[str, ...]


class Acupoint(NamedTuple):
    """An acupuncture point: reference only."""

    id: str
    location: str
    controversial: bool


class NearbyAcupoint(NamedTuple):
    """An acupuncture point that lies near a point."""

    point: str
    acupoint: str
    certain: bool


class Sensation(NamedTuple):
    """What an area can feel like, and what it may come from."""

    id: str
    label: str
    client: str
    alert_action: Action
    alert_both_sides_action: Action
    alert_message: str
    alert_asks: tuple[str, ...]
    implies: tuple[str, ...]


class Rule(NamedTuple):
    """A red flag or a caution: what is asked, and what a yes means, blocks or lowers."""

    id: str
    label: str
    question: str
    action: Action
    areas: tuple[str, ...]
    blocks_tools: tuple[str, ...]
    where: Where
    message: str
    short_label: str
    more: str
    core: bool
    ask_areas: tuple[str, ...]
    ask_sensations: tuple[str, ...]
    ask_after: tuple[str, ...]
    # Of red flags alone.
    all_of: tuple[str, ...] = ()
    # Of cautions alone.
    kind: Literal["", "question", "anatomy", "both", "felt"] = ""
    also_in: tuple[str, ...] = ()
    blocks_area: bool = False
    blocks_positions: tuple[str, ...] = ()
    max_pressure: int | None = None
    max_seconds: int | None = None
    is_red_flag: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a client is asked about it."""
        return bool(self.question) and (self.is_red_flag or self.kind in ("question", "both"))

    @property
    def has_fixed_areas(self) -> bool:
        """Whether an answer cannot be narrowed to some areas."""
        return self.where == "no"

    @property
    def is_of_the_place(self) -> bool:
        """Whether it is true of its place in everybody."""
        return self.kind in ("anatomy", "both")

    @property
    def is_everywhere(self) -> bool:
        """Whether it speaks of all areas."""
        return self.areas == ALL


class Limit(NamedTuple):
    """What a rule holds back beyond its own row, perhaps only where something is felt."""

    id: str
    rule: str
    who: Literal["answered", "everyone"]
    felt_in: tuple[str, ...]
    felt: tuple[str, ...]
    pain_min: int | None
    areas: tuple[str, ...]
    points: tuple[str, ...]
    blocks: bool
    blocks_tools: tuple[str, ...]
    blocks_positions: tuple[str, ...]
    max_pressure: int | None
    max_seconds: int | None
    message: str


class Nerve(NamedTuple):
    """What to think of where something is felt."""

    id: str
    label: str
    areas: tuple[str, ...]
    with_one_of: tuple[str, ...]
    also_one_of: tuple[str, ...]
    sensations: tuple[str, ...]
    pain_min: int | None
    both_sides: bool
    think_of: str
    next: str
    action: Action
    asks: tuple[str, ...]


class Tool(NamedTuple):
    """What a point is pressed with."""

    id: str
    label: str
    client: str
    firm: bool
    rests_on: tuple[str, ...]


class Position(NamedTuple):
    """How one stands, sits or lies."""

    id: str
    label: str
    client: str
    posture: Literal["standing", "sitting", "lying", "any"]


class Technique(NamedTuple):
    """How a point is worked: a mode, with its tools and positions."""

    id: str
    label: str
    mode: Mode
    tools: tuple[str, ...]
    positions: tuple[str, ...]


class VideoLink(NamedTuple):
    """A video of a technique or of a point."""

    id: str
    technique: str
    point: str
    title: str
    url: str


Record = TypeVar("Record", bound=NamedTuple)


def read_rows(make: type[Record], table: Table, rows: Sequence[Row], **more: Any) -> tuple[Record, ...]:
    """Return the rows of a table as typed values, with `more` fields, or raise a GuideError that names a wrong row."""
    columns = [(name, typed(table.columns[name])) for name in make._fields if name in table.columns]
    found = []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(make(**{name: value(row[name]) for name, value in columns}, **more))
        except ValueError as error:
            raise wrong_row(table.name, number, error) from None
    return tuple(found)


def wrong_row(table: str, number: int, error: Exception) -> GuideError:
    """Return the error for a row that a guide is used with although `check_guide` tells of it."""
    return GuideError(
        f"{table}.csv, row {number} has a wrong or unknown value {error}; "
        "run check_guide on the folder to see all problems."
    )
