"""What is picked, as plain values: a spot of a view, the place on the skin there, the rule that tells it, and its pain.

No widget is known here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from selfcare_kit.body.geometry.paths import XY
from selfcare_kit.body.picker import PickedPlace, ViewGrid
from selfcare_kit.body.place.atlas import XYZ
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.place.propose import PlaceRule, propose_rules
from selfcare_kit.body.place.rules import apply_rule
from selfcare_kit.errors import InvalidValueError, check_choice
from selfcare_kit.export.review.landmark_words import Finding, finding_of
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import PlaceOfPoint
from selfcare_kit.guide.schema import tables
from selfcare_kit.planner.picking.pain import KIND_LABELS, NO_PAIN, Pain, ZoneKey, begin, draw, pain_of, shapes_in

OWN = "own"
# What a click sets: the place, or a spot of one of the two kinds of pain zones.
PLACE = "place"
TOOLS = {PLACE: "Place", **KIND_LABELS}
# A place so far from the skin of another view, in cm, is on the other side of a limb.
ON_SKIN = 1.5


@dataclass(frozen=True)
class Picking:
    """A view, the spot that was chosen in it, the place there, which of its rules is meant, and the pain that is drawn.

    `chosen` is the number of a proposal, such as "1", or "own" for the rule by the landmarks in `own`. Beside the body
    there is a spot, and no place. `tool` says what a click sets: the place, or a kind of pain.
    """

    view: str
    spot: XY | None = None
    picked: PickedPlace | None = None
    chosen: str = "1"
    own: tuple[str, str] = ("", "")
    tool: str = PLACE
    pain: Pain = NO_PAIN

    @property
    def rule(self) -> PlaceRule | None:
        """The rule that is meant; None before a place is picked, or its first landmark is chosen."""
        if self.picked is None:
            return None
        if self.chosen == OWN:
            return self.picked.between(*self.own) if self.own[0] else None
        return self.picked.rules[int(self.chosen) - 1]

    @property
    def answers(self) -> dict[str, object]:
        """What `kit.new_guide` wants to know of the place, its area included; empty without a rule."""
        if self.rule is None or self.picked is None:
            return {}
        return {**self.rule.answers, **({"area": self.picked.area} if self.picked.area else {})}


def pick(picking: Picking, grid: ViewGrid, x: float, y: float) -> Picking:
    """Pick the place at a spot of a view; beside the body the spot is kept without a place."""
    spot = _checked(x, y)
    try:
        picked = grid.at(*spot)
    except InvalidValueError:
        return replace(picking, view=grid.view, spot=spot, picked=None)
    is_there = picking.chosen == OWN or int(picking.chosen) <= len(picked.rules)
    chosen = picking.chosen if is_there else "1" if picked.rules else OWN
    return replace(picking, view=grid.view, spot=spot, picked=picked, chosen=chosen)


def take_tool(picking: Picking, tool: str) -> Picking:
    """Let clicks set something else; a kind of pain begins another shape."""
    check_choice("tool", tool, tuple(TOOLS))
    return replace(picking, tool=tool, pain=picking.pain if tool == PLACE else begin(picking.pain))


def draw_pain(picking: Picking, grid: ViewGrid, x: float, y: float) -> Picking:
    """Draw the pain of the chosen kind on to a spot of a view; raise where there is no skin, or two sides are seen."""
    return replace(picking, view=grid.view, pain=draw(picking.pain, picking.tool, grid, *_checked(x, y)))


def opened(guide: Guide, point: str, grids: Mapping[str, ViewGrid], view: str = "") -> Picking:
    """Return what is picked where a point of a guide is opened: its place, as its row tells it, and its zones."""
    row = next((each for each in guide.records.places if each.id == guide.point(point).id), None)
    if row is None:
        raise InvalidValueError(f"a point needs a place to be opened, got {point} without a row in places.csv; add it.")
    grid = grids[view or row.surface]
    places = places_of(guide)
    xyz = places.of(row.id)[0].xyz
    offsets = (row.offset_lateral or 0.0, row.offset_up or 0.0, row.offset_front or 0.0)
    in_cm = (round(places.units[row.offset_unit] * offset, 2) for offset in offsets)
    told = PlaceRule(row.from_landmark, row.to_landmark, row.fraction or 0.0, *in_cm, row.surface)
    others = propose_rules(grid.landmarks, xyz, row.surface, count=2)
    picked = PickedPlace(xyz, row.surface, guide.point(point).area, (told, *others), grid.landmarks)
    return turn_to(Picking(grid.view, None, picked, pain=pain_of(guide, row.id)), grid)


def undone(now: Picking, before: Picking, grid: ViewGrid) -> Picking:
    """Return what was picked before, in the view and with the tool of now."""
    return replace(turn_to(before, grid), tool=now.tool)


def choose(picking: Picking, number: str) -> Picking:
    """Choose a proposal by its number, or one's own landmarks, which begin as those of the rule chosen before."""
    count = len(picking.picked.rules) if picking.picked else 0
    check_choice("rule", number, (*(str(each + 1) for each in range(count)), OWN))
    own = picking.own
    if number == OWN and not own[0] and picking.rule:
        own = (picking.rule.from_landmark, picking.rule.to_landmark)
    return replace(picking, chosen=number, own=own)


def use_landmark(picking: Picking, end: str, id: str) -> Picking:
    """Tell the place by a landmark of one's own choice: `end` is "from" or "to", which may be empty."""
    own = (id, picking.own[1]) if check_choice("end", end, ("from", "to")) == "from" else (picking.own[0], id)
    if picking.picked and own[0]:
        picking.picked.between(*own)
    return replace(picking, chosen=OWN, own=own)


def turn_to(picking: Picking, grid: ViewGrid) -> Picking:
    """Look from another view; the place stays, and its spot is where that view has it."""
    spot = None
    if picking.picked is not None:
        x, y = grid.project(picking.picked.xyz)
        spot = (round(x, 1), round(y, 1))
    return replace(picking, view=grid.view, spot=spot)


def row_of(rule: PlaceRule, id: str) -> dict[str, str]:
    """Return a rule as a row of `places.csv`; what is empty means the usual.

    Examples
    --------
    >>> row_of(PlaceRule("psis", "asis", 0.5, 0.0, -1.5, 0.0, "back"), "gmed_9")["offset_up"]
    '-1.5'
    """
    told = {
        "id": id, "from_landmark": rule.from_landmark, "to_landmark": rule.to_landmark, "surface": rule.surface,
        "fraction": f"{rule.fraction:g}" if rule.to_landmark else "",
        **{f"offset_{name}": f"{value:g}" if value else "" for name, value in _offsets(rule).items()},
    }  # fmt: skip
    return {name: told.get(name, "") for name in tables()["places"].names}


def toml_of(answers: Mapping[str, object]) -> str:
    """Return answers as lines of a file of answers.

    Examples
    --------
    >>> print(toml_of({"from_landmark": "psis", "up": -1.5}))
    from_landmark = "psis"
    up = -1.5
    """
    return "\n".join(f"{name} = {json.dumps(value)}" for name, value in answers.items())


def words_of(rule: PlaceRule, guide: Guide) -> Finding:
    """Return how a hand finds the place of a rule; A and B are the landmarks on the figure."""
    found = finding_of(_record(rule), rule.surface, places_of(guide), guide)
    sentence = found.sentence.replace("**", "")
    return found._replace(sentence=sentence[:1].upper() + sentence[1:])


def place_of(rule: PlaceRule, landmarks: Mapping[str, XYZ]) -> XYZ:
    """Return the place that a rule leads to."""
    return apply_rule(_record(rule), landmarks, {"cm": 1.0})


def _checked(x: float, y: float) -> XY:
    if not (isfinite(x) and isfinite(y)):
        raise InvalidValueError(f"a spot must be two numbers of cm, got {x}, {y}; click the figure.")
    return round(x, 1), round(y, 1)


def figure_of(picking: Picking, grids: Mapping[str, ViewGrid]) -> dict[str, Any]:
    """Return what the figure shows, in cm of each view: the spot, the construction of its rule, the place elsewhere."""
    grid, rule = grids[picking.view], picking.rule
    figure: dict[str, Any] = {
        "view": picking.view, "spot": picking.spot, "place": None, "foot": None, "seen": True, "line": [],
        "elsewhere": [], "tool": picking.tool, "width": picking.pain.width, "nodes": _nodes(picking, grid), "zones": {},
        "landmarks": [[id, *spot] for id, spot in grid.seen_landmarks.items()],
    }  # fmt: skip
    shown = [picking.view]
    if picking.picked is not None:
        _add_place(figure, picking, rule, grids)
        shown += [name for name, *_ in figure["elsewhere"]]
    figure["zones"] = {view: [list(each) for each in shapes_in(picking.pain.zones, grids[view])] for view in shown}
    return figure


def _nodes(picking: Picking, grid: ViewGrid) -> list[list[float]]:
    """Return the spots of the shape that is being drawn, with their half widths, as far as the view sees them."""
    zone = next((each for each in picking.pain.zones if ZoneKey.of(each) == picking.pain.last), None)
    found = ((grid.seen(node.xyz), node.radius) for node in (zone.nodes if zone else ()))
    return [[*spot, radius] for spot, radius in found if spot]


def _add_place(figure: dict[str, Any], picking: Picking, rule: PlaceRule | None, grids: Mapping[str, ViewGrid]) -> None:
    """Add the place, how its rule leads there, and where else it is seen."""
    grid = grids[picking.view]
    xyz = place_of(rule, grid.landmarks) if rule else picking.picked.xyz
    figure["place"] = grid.project(xyz)
    figure["seen"] = grid.seen(picking.picked.xyz, ON_SKIN) is not None
    if rule:
        ends = [grid.landmarks[id] for id in (rule.from_landmark, rule.to_landmark) if id]
        figure["line"] = [grid.project(end) for end in ends]
        bare = rule._replace(lateral=0.0, up=0.0, front=0.0)
        figure["foot"] = grid.project(place_of(bare, grid.landmarks))
    figure["elsewhere"] = [
        [name, *other.project(xyz)] for name, other in grids.items() if other.seen(picking.picked.xyz, ON_SKIN)
    ]


def _offsets(rule: PlaceRule) -> dict[str, float]:
    return {"lateral": rule.lateral, "up": rule.up, "front": rule.front}


def _record(rule: PlaceRule) -> PlaceOfPoint:
    return PlaceOfPoint(
        id="", from_landmark=rule.from_landmark, to_landmark=rule.to_landmark, fraction=rule.fraction,
        offset_unit="cm", surface=rule.surface, **{f"offset_{name}": each for name, each in _offsets(rule).items()},
    )  # fmt: skip
