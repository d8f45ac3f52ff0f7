"""The sheets of the pack: one for each muscle, then the rules, the methods, and what every page says.

A sheet is plain values; the templates set them. The riskiest comes first, in a sheet and in a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.postures import PosturePicture, picture_of_way
from selfcare_kit.export.review.boxes import Box, reading_seconds
from selfcare_kit.export.review.construction import Figure, figures_of
from selfcare_kit.export.review.landmark_words import Finding, finding_of
from selfcare_kit.export.review.risk import Risk, risk_of_point
from selfcare_kit.export.review.sources import Cited, cited
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.review.items import Item, items_of

# Seconds beside reading: looking at the figure and the words, thinking, ticking.
PLACE_SECONDS = 14
AREAS_SECONDS = 6
WORDS_SECONDS = 5
WORK_SECONDS = 8
WHEN = {"anatomy": "in everybody", "both": "in everybody, more if yes", "felt": "if it is felt"}
ROLES = {"spot": "", "lane_from": "The lane begins: ", "lane_to": "The lane ends: "}
_NO_LETTER = re.compile(r"\W+")


class AreaRow(NamedTuple):
    """An area in which the pain of a point is felt."""

    label: str
    kind: str
    is_certain: bool
    note: str


class PointPart(NamedTuple):
    """What of a point stands by itself: its figures, how it is found, what the client reads, where it is felt."""

    point: Point
    why: tuple[str, ...]
    figures: tuple[Figure, ...]
    finds: tuple[str, ...]
    small: str
    place_cited: Cited
    note: str
    client: str
    areas: tuple[AreaRow, ...]
    areas_cited: Cited
    boxes: tuple[Box, ...]


class WorkPart(NamedTuple):
    """How points are pressed and what rides along, once for all points of a muscle that have the same."""

    whom: str
    how: str
    cares: tuple[str, ...]
    pictures: tuple[Figure, ...]
    cited: Cited
    box: Box


class Entry(NamedTuple):
    """A rule, a method or a text of every page: lines of a kind each, and its box."""

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]
    cited: Cited
    box: Box


class Sheet(NamedTuple):
    """One sheet of the pack; of a muscle it has points and works, of anything else entries."""

    part: str
    part_title: str
    slug: str
    title: str
    about: str
    points: tuple[PointPart, ...] = ()
    works: tuple[WorkPart, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Its boxes in order."""
        own = (box for part in self.points for box in part.boxes)
        return (*own, *(part.box for part in self.works), *(entry.box for entry in self.entries))


def muscle_sheets(guide: Guide) -> Iterator[Sheet]:
    """Yield a sheet for each muscle, by the groups of the guide's areas, the riskiest muscle of a group first."""
    risks = {id: risk_of_point(id, guide) for id in guide.point_values}
    by_part: dict[str, dict[str, list[Point]]] = {}
    for group in dict.fromkeys(area.group for area in guide.records.areas.values()):
        by_part[group] = {}
    for point in guide.point_values.values():
        muscles = by_part[guide.records.areas[point.area].group]
        muscles.setdefault(point.muscle_id, []).append(point)
    for group, muscles in by_part.items():
        ordered = sorted(muscles, key=lambda id: -max(risks[point.id].value for point in muscles[id]))
        for id in ordered:
            points = sorted(muscles[id], key=lambda point: -risks[point.id].value)
            yield _muscle_sheet(guide, id, points, group, risks)


def slug_of(title: str) -> str:
    """Return a title as part of an address.

    Examples
    --------
    >>> slug_of("Low back and hip")
    'low_back_and_hip'
    """
    return _NO_LETTER.sub("_", title.casefold()).strip("_")


def _muscle_sheet(guide: Guide, id: str, points: list[Point], group: str, risks: dict[str, Risk]) -> Sheet:
    (row,) = (row for row in guide.typed_rows("muscles") if row["id"] == id)
    about = " · ".join(filter(None, (row["latin"], f"{row['nerve']} {row['roots']}".strip(), row["depth"])))
    part = slug_of(group)
    return Sheet(
        part,
        group,
        id,
        row["name"],
        about,
        tuple(_point_part(guide, point, part, risks[point.id]) for point in points),
        tuple(_works(guide, points, part, risks)),
    )


def _point_part(guide: Guide, point: Point, part: str, risk: Risk) -> PointPart:
    items, id = items_of(guide), point.id
    findings = _findings(guide, id)
    finds = tuple(text for text, _ in findings)
    more = [sentence for _, each in findings for sentence in (each.onto_skin, *each.derived) if sentence]
    rows = [row for row in guide.typed_rows("places") if row["id"] == id]
    circle = f"Search circle {rows[0]['uncertainty_cm'] or 0:g} cm." if rows else ""
    small = " ".join(dict.fromkeys([circle, *more]))
    (note,) = (row["note"] for row in guide.typed_rows("points") if row["id"] == id)
    client = guide.texts(guide.language).get(f"point.{id}.where", "")
    areas, areas_cited = _areas(guide, id)
    unsure = sum(not each.is_certain for each in areas)
    seconds = (
        PLACE_SECONDS + reading_seconds(*finds, small, note),
        AREAS_SECONDS + reading_seconds(*(f"{each.label} {each.kind} {each.note}" for each in areas)),
        WORDS_SECONDS + reading_seconds(client),
    )
    place, felt, words = (items[f"point/{id}/{name}"] for name in ("place", "areas", "words"))
    doubt = (f"{unsure} of {len(areas)} areas uncertain",) if unsure else ()
    boxes = (
        Box((place,), "The place is right, within its circle", seconds[0], part, risk.value, risk.why),
        Box((felt,), "Pain areas: main, spread and certain are right", seconds[1], part, 0.4 * risk.value, doubt),
        Box((words,), "A client finds it safely with these words", seconds[2], part, 0.5 * risk.value),
    )
    where = cited(guide, rows[0]["source"] if rows else (), rows[0]["basis"] if rows else "")
    why = risk.why[:3]
    return PointPart(
        point, why, figures_of(id, guide), finds, small, where, note, client, areas, areas_cited, boxes
    )  # fmt: skip


def _findings(guide: Guide, id: str) -> list[tuple[str, Finding]]:
    """Return how each place of a point is found, with what it is, such as the beginning of a lane."""
    places, found = places_of(guide), []
    rows = [each for each in guide.records.places if each.id == id]
    spots = sum(each.role == "spot" for each in rows)
    for each in rows:
        finding = finding_of(each, each.surface, places, guide)
        role = f"Place {each.n} ({each.surface.replace('_', ' ')}): " if each.role == "spot" and spots > 1 else ""
        found.append((f"{role or ROLES[each.role]}{finding.sentence}", finding))
    return found


def _areas(guide: Guide, id: str) -> tuple[tuple[AreaRow, ...], Cited]:
    rows = [row for row in guide.typed_rows("referrals") if row["point"] == id]
    rows.sort(key=lambda row: (row["kind"] != "primary", not row["certain"]))
    labels = guide.records.areas
    kinds = {"primary": "main", "spillover": "spread"}
    areas = (AreaRow(labels[row["area"]].label, kinds[row["kind"]], row["certain"], row["note"]) for row in rows)
    keys = dict.fromkeys(key for row in rows for key in row["source"])
    return tuple(areas), cited(guide, keys)


def _works(guide: Guide, points: Iterable[Point], part: str, risks: dict[str, Risk]) -> Iterator[WorkPart]:
    """Yield how points are pressed, those of the same content together."""
    items = items_of(guide)
    same: dict[str, list[Point]] = {}
    for point in points:
        same.setdefault(items[f"point/{point.id}/work"].digest, []).append(point)
    for group in same.values():
        first = group[0]
        how, cares = _how(guide, first), tuple(_cares(guide, first))
        seconds = WORK_SECONDS + reading_seconds(how, *cares)
        risk = max((risks[point.id] for point in group), key=lambda risk: risk.value)
        box = Box(
            tuple(items[f"point/{point.id}/work"] for point in group),
            "Dose, tools, position and cautions are right",
            seconds,
            part,
            0.6 * risk.value,
            risk.why,
        )
        technique = next((row for row in guide.typed_rows("techniques") if row["id"] == first.technique), None)
        where = cited(guide, technique["source"], technique["basis"]) if technique else Cited("", "")
        yield WorkPart("; ".join(point.label for point in group), how, cares, _pictures(guide, first), where, box)


def _how(guide: Guide, point: Point) -> str:
    if point.show_only:
        return f"**Shown, never pressed.** {point.show_only_reason}"
    tools, positions = guide.records.tools, guide.records.positions
    technique = guide.records.techniques.get(point.technique)
    other = [positions[id].label for id in technique.positions if id != point.position] if technique else []
    dose = (
        f"**{point.mode.capitalize()}**: {point.seconds} s, at most {point.max_seconds}; "
        f"pressure {point.pressure} of 10; every {point.every_days_min} to {point.every_days_max} days."
    )
    also = f"; also possible: {', '.join(other)}" if other else ""
    return (
        f"{dose} Tools, best first: {', '.join(tools[id].label for id in point.tools)}. "
        f"Position: {positions[point.position].label}{also}. Technique: {technique.label if technique else ''}."
    )


def _cares(guide: Guide, point: Point) -> Iterator[str]:
    """Yield each rule that rides along with a point, in a line: when it holds and what it does."""
    for id in point.cautions:
        rule = guide.records.rules[id]
        does = []
        if rule.max_pressure is not None:
            does.append(f"at most {rule.max_pressure} of 10")
        if rule.blocks_tools:
            does.append(f"not with {', '.join(guide.records.tools[tool].label.lower() for tool in rule.blocks_tools)}")
        if rule.blocks_area or rule.is_red_flag:
            does.append("the step is left out" if rule.is_asked else "never pressed there")
        when = WHEN.get(rule.kind, "if yes")
        yield f"**{id}** {rule.label}: {when}: {'; '.join(does) or 'a warning is printed'}"


def _pictures(guide: Guide, point: Point) -> tuple[Figure, ...]:
    """Return the picture of how a point is worked, or of its posture alone; none where there is neither."""
    picture = picture_of_way(point.id, side="left", guide=guide)
    if picture is None:
        return ()
    only = f" ({picture.caption.lower()})" if isinstance(picture, PosturePicture) else ""
    return (Figure(str(picture.to_svg()), guide.records.positions[picture.position].label + only),)


def entry(
    item: Item, title: str, lines: Iterable[tuple[str, str]], where: Cited, ask: str, part: str, risk: Risk
) -> Entry:
    """Return an entry of a sheet with its box."""
    said = tuple((kind, text) for kind, text in lines if text)
    # A figure has to be looked at, an example only compared.
    seconds = 6 + reading_seconds(*(text for kind, text in said if kind != "example"))
    return Entry(item.id.rpartition("/")[2], title, said, where, Box((item,), ask, seconds, part, risk.value, risk.why))
