"""The rows of a guide's tables as frozen, typed records; `data/datapackage.json` describes each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import FrozenInstanceError
from typing import Any, Literal, TypeVar, dataclass_transform

from selfcare_kit.errors import GuideError, reason_of
from selfcare_kit.guide.cells import Row, row_converter
from selfcare_kit.guide.schema import Table

ALL = ("all",)

Action = Literal["", "go", "caution", "refer", "urgent", "emergency"]
Where = Literal["no", "optional", "required"]
Mode = Literal["hold", "sweep", "scrape"]


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=True)
class Record:
    """A frozen, typed row; the annotations of its class are its fields.

    Not a dataclass, because defining a frozen dataclass takes 0.9 ms and this 0.01 ms: eighteen of them would take
    longer than reading their tables.
    """

    def __init__(self, **values: Any) -> None:
        object.__setattr__(self, "__dict__", values)

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


class Source(Record):
    """A source of facts."""

    key: str
    citation: str
    short: str
    kind: str


class Muscle(Record):
    """A muscle and its names."""

    id: str
    name: str
    latin: str
    synonyms: tuple[str, ...]
    depth: Literal["surface", "deep"]


class Area(Record):
    """A part of the body that a client can point to."""

    id: str
    label: str
    client: str
    synonyms: tuple[str, ...]
    group: str
    stage: Literal[1, 2]
    paired: bool
    lacks: tuple[str, ...]


class Referral(Record):
    """An area in which the pain of a point is felt."""

    point: str
    area: str
    kind: Literal["primary", "spillover"]
    certain: bool
    note: str
    support: int | None
    disputed: bool
    source: tuple[str, ...]


class Share(Record):
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


class SearchWord(Record):
    """A word to search by, and what it finds."""

    word: str
    kind: Literal["name", "complaint"]
    points: tuple[str, ...]
    muscles: tuple[str, ...]
    areas: tuple[str, ...]
    acupoints: tuple[str, ...]


class Acupoint(Record):
    """An acupuncture point: reference only."""

    id: str
    location: str
    controversial: bool


class NearbyAcupoint(Record):
    """An acupuncture point that lies near a point."""

    point: str
    acupoint: str
    certain: bool


class Sensation(Record):
    """What an area can feel like, with the alert and the cautions that follow from it."""

    id: str
    label: str
    client: str
    alert_action: Action
    alert_both_sides_action: Action
    alert_message: str
    alert_asks: tuple[str, ...]
    implies: tuple[str, ...]


class Rule(Record):
    """A red flag or a caution: the question, and what a yes means, blocks or limits."""

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
    # Only red flags have this.
    all_of: tuple[str, ...] = ()
    # Only cautions have these.
    kind: Literal["", "question", "anatomy", "both", "felt"] = ""
    also_in: tuple[str, ...] = ()
    blocks_area: bool = False
    blocks_positions: tuple[str, ...] = ()
    max_pressure: int | None = None
    max_seconds: int | None = None
    near: tuple[str, ...] = ()
    near_cm: float | None = None
    is_red_flag: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether it has a question for the client."""
        return bool(self.question) and (self.is_red_flag or self.kind in ("question", "both"))

    @property
    def has_fixed_areas(self) -> bool:
        """Whether an answer cannot be narrowed to some areas."""
        return self.where == "no"

    @property
    def is_anatomical(self) -> bool:
        """Whether it holds in everybody, because of the anatomy of its areas."""
        return self.kind in ("anatomy", "both")

    @property
    def is_everywhere(self) -> bool:
        """Whether it applies to all areas."""
        return self.areas == ALL


class Limit(Record):
    """What a rule blocks or limits beyond its own row, perhaps only where something is felt."""

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


class Nerve(Record):
    """What certain sensations or pain in certain areas may come from."""

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


class Tool(Record):
    """A tool that points are pressed with."""

    id: str
    label: str
    client: str
    firm: bool
    rests_on: tuple[str, ...]


class Position(Record):
    """A position of the body: standing, sitting or lying."""

    id: str
    label: str
    client: str
    posture: Literal["standing", "sitting", "lying", "any"]


class Technique(Record):
    """A way to work a point: a mode, with its tools and positions."""

    id: str
    label: str
    mode: Mode
    tools: tuple[str, ...]
    positions: tuple[str, ...]


class VideoLink(Record):
    """A video of a technique or of a point."""

    id: str
    technique: str
    point: str
    title: str
    url: str


class Reviewer(Record):
    """A profession, and the kinds of items for which its review counts."""

    profession: str
    label: str
    counts_for: tuple[str, ...]


class ItemReview(Record):
    """What a reviewer said of an item, as it was then."""

    item: str
    digest: str
    verdict: Literal["agree", "change", "unsure"]
    comment: str
    reviewer: str
    profession: str
    day: str
    guide: str
    version: str


class FromLandmarks(Record):
    """A position told from landmarks: so far from one to another, then so much aside; for the client's left."""

    from_landmark: str
    to_landmark: str
    fraction: float | None
    offset_lateral: float | None
    offset_up: float | None
    offset_front: float | None
    offset_unit: str

    @property
    def called(self) -> str:
        """What messages call it."""
        return vars(self)["id"]


class DerivedLandmark(FromLandmarks):
    """A landmark that a guide derives from others."""

    id: str


class PlaceOfPoint(FromLandmarks):
    """One place of a point or acupoint: a spot, or an end of a lane."""

    id: str
    n: int
    role: Literal["spot", "lane_from", "lane_to"]
    surface: str
    uncertainty_cm: float | None
    basis: Literal["source", "known", "estimate"]


class NodeOfZone(FromLandmarks):
    """One place of a zone in which a point is felt, and how wide the zone is there."""

    point: str
    kind: str
    zone: int
    node: int
    surface: str
    radius_cm: float

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"{self.point} {self.kind} {self.zone}.{self.node}"


AnyRecord = TypeVar("AnyRecord", bound=Record)


def read_records(record: type[AnyRecord], table: Table, rows: Sequence[Row], **more: Any) -> tuple[AnyRecord, ...]:
    """Return the rows of a table as records, with `more` fields, or raise a GuideError that names the wrong row."""
    fields = [name for each in record.__mro__ for name in vars(each).get("__annotations__", ())]
    convert = row_converter(table.columns[name] for name in fields if name in table.columns)
    found = []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(record(**convert(row), **more))
        except ValueError as error:
            raise GuideError(
                f"{table.name}.csv, row {number} has a wrong or unknown value {reason_of(error)}; "
                "run check_guide on the folder to see all problems."
            ) from None
    return tuple(found)
