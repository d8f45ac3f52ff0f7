"""The items of a guide: one for each part that a clinician can say yes or no to.

What a row says is in its item; `basis`, `source` and notes are not, so that they can be bettered without asking again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.landmarks.body import body_landmarks as landmarks_of_body
from selfcare_kit.guide.records import FromLandmarks, Rule
from selfcare_kit.review.digest import XYZ, digest_of, digests_with_landmarks

# The items of a point, in the order in which they are read.
PARTS = ("place", "areas", "words", "work")
KINDS = (*PARTS, "rule", "nerve", "sensation", "method", "page")
# Columns that say where a row comes from, or help an author, and change nothing for anybody.
NOT_READ = frozenset({"id", "basis", "source", "note", "stated_by_guide", "near", "near_cm"})
RULE_OF_PLACE = (
    "from_landmark", "to_landmark", "fraction", "offset_lateral", "offset_up", "offset_front", "offset_unit",
)  # fmt: skip
# What every page says, by the beginnings of its texts.
STANDING = {
    "before": ("Before you start", ("handout.before_you_start.", "handout.rule.", "handout.dose.")),
    "emergency": ("Get help right away", ("handout.emergency.",)),
    "today": ("Get medical help today", ("handout.today.",)),
    "stop": ("When to stop", ("handout.stop.", "handout.looked_at")),
    "about": ("What this is, and is not", ("handout.what_this_is", "handout.not_a_diagnosis", "handout.about.")),
}
METHODS = {"techniques": "technique", "tools": "tool", "positions": "position"}


@dataclass(frozen=True)
class Item:
    """A part of a guide that can be reviewed.

    Parameters
    ----------
    id : str
        Stays as long as the part is there, such as `"point/piri_1/place"`.
    kind : str
        One of `KINDS`; `reviewers.csv` says whose review of it counts.
    title : str
        Its name for the clinician.
    content : mapping
        What it says.
    landmarks : mapping of str to tuple of float
        Positions on the body that it rests on, in cm.
    """

    id: str
    kind: str
    title: str
    content: Mapping[str, Any] = field(repr=False)
    landmarks: Mapping[str, XYZ] = field(default_factory=dict, repr=False)

    @cached_property
    def digests(self) -> tuple[str, ...]:
        """The digest of what it says, then those that count as the same."""
        if self.landmarks:
            return digests_with_landmarks(self.content, self.landmarks)
        return (digest_of(self.content),)

    @property
    def digest(self) -> str:
        """The digest of what it says."""
        return self.digests[0]


def point_items(point: str) -> tuple[str, ...]:
    """Return the ids of the items of a point.

    Examples
    --------
    >>> point_items("piri_1")[0]
    'point/piri_1/place'
    """
    return tuple(f"point/{point}/{part}" for part in PARTS)


def point_of_item(id: str) -> str:
    """Return the point that an item is about; empty for an item of the whole guide."""
    kind, _, rest = id.partition("/")
    return rest.rpartition("/")[0] if kind == "point" else ""


@kept_by_guide(at_most=1)
def items_of(guide: Guide) -> dict[str, Item]:
    """Return the items of a guide by id: its points, its rules, its methods, and what every page says."""
    texts = guide.texts(guide.language) if guide.language in guide.languages else {}
    made = (*_of_points(guide, texts), *_of_rules(guide, texts), *_of_methods(guide, texts), *_of_pages(texts))
    return {item.id: item for item in made}


def _of_points(guide: Guide, texts: Mapping[str, str]) -> Iterator[Item]:
    records = guide.records
    places: dict[str, list[dict[str, Any]]] = {}
    rules: dict[str, list[FromLandmarks]] = {}
    for each in records.places:
        more = {"role": each.role, "n": each.n, "surface": each.surface, "within": each.uncertainty_cm}
        places.setdefault(each.id, []).append({**_rule_of_place(each), **more})
        rules.setdefault(each.id, []).append(each)
    areas: dict[str, list[tuple[str, str, bool]]] = {}
    for each in records.referrals:
        areas.setdefault(each.point, []).append((each.area, each.kind, each.certain))
    for id, point in guide.point_values.items():
        derived, positions = _behind(rules.get(id, ()), guide)
        place = {
            "label": point.label,
            "muscle": point.muscle_id,
            "area": point.area,
            "touches": sorted(point.touches),
            "places": places.get(id, []),
            "derived": derived,
        }
        yield Item(f"point/{id}/place", "place", point.label, place, positions)
        yield Item(f"point/{id}/areas", "areas", point.label, {"areas": sorted(areas.get(id, ()))})
        yield Item(f"point/{id}/words", "words", point.label, {"text": texts.get(f"point.{id}.where", "")})
        names = (
            "mode", "technique", "position", "tools", "seconds", "max_seconds", "pressure", "every_days_min",
            "every_days_max", "show_only", "show_only_reason",
        )  # fmt: skip
        work = {name: getattr(point, name) for name in names}
        work |= {"cautions": sorted(point.cautions), "sweeps": sorted(point.sweeps)}
        yield Item(f"point/{id}/work", "work", point.label, work)


def _rule_of_place(rule: FromLandmarks) -> dict[str, Any]:
    """Return how a place is told from landmarks; an offset of 0 is none, and cm are meant where no unit stands."""
    values = {name: vars(rule)[name] for name in RULE_OF_PLACE}
    values |= {name: values[name] or None for name in ("offset_lateral", "offset_up", "offset_front")}
    return {**values, "offset_unit": values["offset_unit"] or "cm"}


def _behind(rules: Iterable[FromLandmarks], guide: Guide) -> tuple[dict[str, Any], dict[str, XYZ]]:
    """Return the guide's own landmarks behind some places, as rules, and those of the body, as positions."""
    own, body = guide.records.landmarks, body_landmarks()
    derived: dict[str, Any] = {}
    positions: dict[str, XYZ] = {}
    waiting = list(rules)
    while waiting:
        rule = waiting.pop()
        for id in (rule.from_landmark, rule.to_landmark):
            if id in own and id not in derived:
                derived[id] = _rule_of_place(own[id])
                waiting.append(own[id])
            elif id in body:
                positions[id] = body[id]
    return derived, positions


@lru_cache(maxsize=1)
def body_landmarks() -> Mapping[str, XYZ]:
    """Return the positions of the landmarks of the body that ships with the kit, in cm."""
    return {id: each.xyz for id, each in landmarks_of_body().items()}


def _of_rules(guide: Guide, texts: Mapping[str, str]) -> Iterator[Item]:
    limits: dict[str, list[dict[str, Any]]] = {}
    for row in guide.typed_rows("limits"):
        limits.setdefault(row["rule"], []).append(_said(row))
    for table in ("red_flags", "cautions"):
        for row in guide.typed_rows(table):
            id = row["id"]
            more = {"client": texts.get(f"caution.{id}", ""), "limits": limits.get(id, [])}
            yield Item(f"rule/{id}", "rule", row["label"], {**_said(row), **more})
    for row in guide.typed_rows("nerves"):
        yield Item(f"nerve/{row['id']}", "nerve", row["label"], _said(row))
    for row in guide.typed_rows("sensations"):
        id = row["id"]
        content = {**_said(row), "text": texts.get(f"sensation.{id}", "")}
        yield Item(f"sensation/{id}", "sensation", row["label"], content)


def _of_methods(guide: Guide, texts: Mapping[str, str]) -> Iterator[Item]:
    for table, kind in METHODS.items():
        for row in guide.typed_rows(table):
            id = f"{kind}/{row['id']}"
            content = {**_said(row), "text": texts.get(f"{kind}.{row['id']}", "")}
            yield Item(id, "method", row["label"], content)
    yield Item("guide/dose", "method", "Limits of the dose", guide.settings.get("dose", {}))
    for path in guide.settings.get("paths", ()):
        yield Item(f"guide/path/{path['id']}", "method", path["title"], path)
    if "template" in guide.settings:
        template = guide.settings["template"]
        yield Item("guide/template", "method", template["title"], template)


def _of_pages(texts: Mapping[str, str]) -> Iterator[Item]:
    for name, (title, beginnings) in STANDING.items():
        own = {key: text for key, text in texts.items() if key.startswith(beginnings)}
        yield Item(f"page/{name}", "page", title, own)


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says, with the values of its lists sorted, but for the tools, whose first one is the best."""
    said = {name: value for name, value in row.items() if name not in NOT_READ}
    return {
        name: sorted(value) if isinstance(value, tuple) and name != "tools" else value for name, value in said.items()
    }


def is_for(rule: Rule, areas: frozenset[str]) -> bool:
    """Return whether a rule can concern somebody whose points work some areas."""
    return rule.is_everywhere or rule.where == "required" or not areas.isdisjoint((*rule.areas, *rule.also_in))
