"""Areas, sensations and a screening in; trigger points out, ranked, each with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selfcare_kit.alerts import Alert, find_alerts
from selfcare_kit.cautions import riding_cautions
from selfcare_kit.complaint import AreaComplaint, Complaint
from selfcare_kit.errors import InvalidValueError, check_whole_number, quoted
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.model import Notice, Point, sides_touched
from selfcare_kit.reasons import Hit, referral_reasons
from selfcare_kit.screening import Screening

if TYPE_CHECKING:
    import pandas as pd

MOST_PER_AREA = 2


@dataclass(frozen=True)
class Suggestion:
    """A point offered for a complaint.

    Parameters
    ----------
    point : str
        Point id.
    muscle : str
        Standard name of the muscle.
    label : str
        Clinician's label of the point.
    side : {"left", "right", "both"}
        The client's own side, from the areas it explains.
    score : float
        Higher explains more; 0 when only the guide's order puts it here.
    reasons : tuple of str
        Why, a sentence each.
    status : {"offer", "caution", "show_only", "blocked"}
        `caution`: an answer of the screening speaks of its area; `show_only`: for explaining,
        not for pressing; `blocked`: left out, `cautions` says why.
    cautions : tuple of Notice
        What to mind, first what the screening brings, then what belongs to the place.
    acupoints : tuple of str
        Nearby acupuncture points, as a reference only.
    area : str
        The area it lies in.
    tool : str
        First tool of the point that the screening allows; empty when there is none.
    complaint, screening, guide
        What it was suggested for, under which answers, by which guide.
    """

    point: str
    muscle: str
    label: str
    side: str
    score: float
    reasons: tuple[str, ...]
    status: str
    cautions: tuple[Notice, ...]
    acupoints: tuple[str, ...]
    area: str
    tool: str
    complaint: Complaint = field(compare=False, repr=False)
    screening: Screening | None = field(compare=False, repr=False)
    guide: Guide = field(compare=False, repr=False)

    @property
    def is_offered(self) -> bool:
        """Whether it can become a step."""
        return self.status in ("offer", "caution")


class Suggestions:
    """Ranked suggestions for a complaint, with the alerts that come before them.

    Made by `suggest`. It is a sequence: `found[0]`, `len(found)`, `for each in found`.

    Parameters
    ----------
    complaint : Complaint
        What they answer.
    screening : Screening or None
        The safety answers they respect.
    guide : Guide
        Whose points they are.
    ranking : tuple
        Pairs of point id and score, best first.
    hits : dict
        Referrals that met the complaint, by point id.
    made : dict, optional
        Suggestions that others for the same complaint have made already, by point id; it is added to.
    """

    def __init__(
        self,
        complaint: Complaint,
        screening: Screening | None,
        guide: Guide,
        ranking: tuple[tuple[str, float], ...],
        hits: dict[str, list[Hit]],
        made: dict[str, Suggestion] | None = None,
    ) -> None:
        self.complaint = complaint
        self.screening = screening
        self.guide = guide
        self._ranking = ranking
        self._hits = hits
        self._made: dict[str, Suggestion] = {} if made is None else made

    def __len__(self) -> int:
        return len(self._ranking)

    def __iter__(self) -> Iterator[Suggestion]:
        return (self._suggestion(index) for index in range(len(self)))

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return self._with_ranking(self._ranking[index])
        return self._suggestion(range(len(self))[index])

    def __repr__(self) -> str:
        if not self:
            return f"Suggestions(none: {self.message})"
        rows = "\n".join(f"  {each.point:8} {each.status:9} {each.label}" for each in self)
        alerts = "".join(f"  ! {alert}\n" for alert in self.alerts)
        return f"Suggestions({len(self)} points)\n{alerts}{rows}"

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What the sensations ask to be ruled out before any point, severest first."""
        return find_alerts(self.complaint, self.guide)

    @property
    def message(self) -> str:
        """A sentence when there is nothing to suggest; empty otherwise."""
        if self._ranking:
            return ""
        names = ", ".join(self.guide.row("areas", area)["client"] for area in self.complaint.area_ids)
        return f"No point of this guide is known to cause pain in: {names}."

    def top(self, count: int = 5) -> Suggestions:
        """Return the best points that make one short routine.

        Each muscle comes once before any comes twice, and no area and side gets more than two
        points, so that the dose of the guide suffices. Blocked and show-only points are left out.

        Parameters
        ----------
        count : int, default=5
            How many at the most.

        Returns
        -------
        Suggestions
            New suggestions for the same complaint, in the same order.
        """
        check_whole_number("count", count, 0, 1000)
        chosen: list[int] = []
        later: list[int] = []
        muscles: set[str] = set()
        places: Counter[tuple[str, str]] = Counter()

        def take(index: int) -> None:
            sides = [(self[index].area, side) for side in sides_touched(self[index].side)]
            if len(chosen) < count and all(places[side] < MOST_PER_AREA for side in sides):
                chosen.append(index)
                places.update(sides)

        for index, each in enumerate(self):
            if len(chosen) == count:
                break
            if each.is_offered:
                (later.append if each.muscle in muscles else take)(index)
                muscles.add(each.muscle)
        for index in later:
            take(index)
        return self._with_ranking(tuple(self._ranking[index] for index in sorted(chosen)))

    def to_frame(self) -> pd.DataFrame:
        """Return the suggestions as a data frame.

        Returns
        -------
        pandas.DataFrame
            One row each, indexed by point id; reasons and cautions as text.
        """
        import pandas as pd

        columns = ["point", "muscle", "label", "side", "score", "status", "reasons", "cautions", "acupoints"]
        rows = [
            (
                each.point, each.muscle, each.label, each.side, each.score, each.status,
                " ".join(each.reasons), "; ".join(map(str, each.cautions)), " ".join(each.acupoints),
            )
            for each in self
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns).set_index("point")

    def _with_ranking(self, ranking: tuple[tuple[str, float], ...]) -> Suggestions:
        return Suggestions(self.complaint, self.screening, self.guide, ranking, self._hits, self._made)

    def _suggestion(self, index: int) -> Suggestion:
        point, score = self._ranking[index]
        if point not in self._made:
            self._made[point] = self._make(self.guide.point_values[point], score)
        return self._made[point]

    def _make(self, point: Point, score: float) -> Suggestion:
        hits = self._hits.get(point.id, [])
        status, tool, notices = self._judge(point)
        told = {notice.id for notice in notices}
        riding = riding_cautions(point, self.guide, self.screening)
        return Suggestion(
            point=point.id,
            muscle=point.muscle,
            label=point.label,
            side=self._side(point, hits),
            score=round(score, 2),
            reasons=(*referral_reasons(hits, self.complaint, self.guide), *self._path_reasons(point)),
            status=status,
            cautions=(*notices, *(self.guide.notice(id) for id in riding if id not in told)),
            acupoints=self.guide.acupoints_near.get(point.id, ()),
            area=point.area,
            tool=tool,
            complaint=self.complaint,
            screening=self.screening,
            guide=self.guide,
        )

    def _judge(self, point: Point) -> tuple[str, str, tuple[Notice, ...]]:
        if point.show_only:
            return "show_only", "", (Notice(point.id, point.show_only_reason),)
        if self.screening is None:
            return "offer", point.tools[0], ()
        touching = self.screening.touching(point.area)
        notices = tuple(Notice(each.id, each.message) for each in touching)
        objections = [self.screening.objection(point.area, tool) for tool in point.tools]
        if all(objections):
            return "blocked", "", (Notice(point.id, f"{objections[0]}."), *notices)
        return ("caution" if touching else "offer"), point.tools[objections.index("")], notices

    def _side(self, point: Point, hits: list[Hit]) -> str:
        explained = {hit.area for hit in hits}
        for path in self._paths:
            if point.id in (*path.get("first", ()), *path.get("then", ())):
                explained.update(each.area for each in self.complaint.areas if _leads_along(path, each))
        sides = {side for each in self.complaint.areas if each.area in explained for side in sides_touched(each.side)}
        return "both" if len(sides) > 1 else sides.pop()

    def _path_reasons(self, point: Point) -> tuple[str, ...]:
        return tuple(
            path[f"reason_{part}"]
            for path in self._paths
            for part in ("first", "then")
            if point.id in path.get(part, ())
        )

    @cached_property
    def _paths(self) -> list[dict[str, Any]]:
        return _paths(self.complaint, self.guide)


def _paths(complaint: Complaint, guide: Guide) -> list[dict[str, Any]]:
    """Return the guide's paths that lead to an area of the complaint that feels so."""
    paths = guide.settings.get("paths", ())
    return [path for path in paths if any(_leads_along(path, each) for each in complaint.areas)]


def _leads_along(path: dict[str, Any], area: AreaComplaint) -> bool:
    return area.area in path["areas"] and not set(path["sensations"]).isdisjoint(area.sensations)


def suggest(
    areas: str | Iterable[str] | dict[str, Any] | Complaint,
    side: str = "left",
    sensations: Iterable[str] = (),
    screening: Screening | None = None,
    *,
    guide: Guide | None = None,
) -> Suggestions:
    """Rank the trigger points that can cause a complaint.

    A point scores for each chosen area its pain is felt in: more for its primary referral than
    for spillover, half when the sources are unsure, and more again for each further area it
    explains. When the foot is numb or tingles, the guide's order counts first: hip, low back and
    thigh, then leg and foot.

    Parameters
    ----------
    areas : str, iterable of str, mapping or Complaint
        Area ids or known synonyms; a mapping gives each area its own `side`, `sensations`, `pain`.
    side : {"left", "right", "both", "midline"}, default="left"
        The client's own side, for areas that give none.
    sensations : iterable of str, default=()
        For areas that give none.
    screening : Screening, optional
        The safety answers; without them nothing is blocked, and nothing can be handed out.
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    Suggestions
        Best first; `alerts` come before them.

    Raises
    ------
    UnknownIdError
        If an area or a sensation is not in the guide.
    InvalidValueError
        If a side or a pain is not what is allowed, or the screening is of another guide.

    Examples
    --------
    >>> found = suggest(["buttock_center", "thigh_back"], side="left", sensations=["ache"])
    >>> found[0].side
    'left'
    """
    guide = guide or load_guide()
    complaint = guide.complaint(areas, side, sensations)
    if not isinstance(screening, Screening | None):
        raise InvalidValueError(
            f"screening must come from kit.screen(...), got {quoted(screening)}; ask the questions."
        )
    if screening is not None:
        screening = screening.evaluated(guide)
    several = float(guide.settings.get("suggest", {}).get("several", 0.0))
    scores: dict[str, float] = {}
    hits: dict[str, list[Hit]] = {}
    sides: dict[str, set[str]] = {}
    for each in complaint.areas:
        felt = set(sides_touched(each.side))
        for point, weight, hit in _referrals_by_area(guide).get(each.area, ()):
            # One point explains two areas only where they hurt on the same side.
            shared = several if sides.get(point, set()) & felt else 0.0
            scores[point] = scores.get(point, 0.0) + weight + shared
            sides.setdefault(point, set()).update(felt)
            hits.setdefault(point, []).append(hit)
    return Suggestions(complaint, screening, guide, _rank(scores, complaint, guide), hits)


def _rank(scores: dict[str, float], complaint: Complaint, guide: Guide) -> tuple[tuple[str, float], ...]:
    order = _point_order(guide)
    paths = _paths(complaint, guide)
    if not paths:
        return tuple(sorted(scores.items(), key=lambda item: (-item[1], order[item[0]])))
    path_order: dict[str, int] = {}
    for path in paths:
        for point in (*path.get("first", ()), *path.get("then", ())):
            path_order.setdefault(point, len(path_order))
    every = {**dict.fromkeys(path_order, 0.0), **scores}
    last = len(path_order)

    def rank(item: tuple[str, float]) -> tuple[Any, ...]:
        point, score = item
        stage = guide.row("areas", guide.point_values[point].area)["stage"]
        return (stage, -score, path_order.get(point, last), order[point])

    return tuple(sorted(every.items(), key=rank))


def _referrals_by_area(guide: Guide) -> dict[str, list[tuple[str, float, Hit]]]:
    index = guide.cache.get("referrals_by_area")
    if index is None:
        weights = guide.settings.get("suggest", {})
        unsure = float(weights.get("uncertain", 0.5))
        index = {}
        for row in guide.table("referrals"):
            weight = float(weights.get(row["kind"], 1.0))
            certain = row["certain"] == "yes"
            hit = Hit(row["area"], row["kind"], certain)
            index.setdefault(row["area"], []).append((row["point"], weight if certain else weight * unsure, hit))
        guide.cache["referrals_by_area"] = index
    return index


def _point_order(guide: Guide) -> dict[str, tuple[bool, bool, int]]:
    order = guide.cache.get("point_order")
    if order is None:
        own = {step["point"] for step in guide.settings.get("template", {}).get("steps", ())}
        order = {
            point.id: (point.id not in own, point.scope != "guide", number)
            for number, point in enumerate(guide.point_values.values())
        }
        guide.cache["point_order"] = order
    return order
