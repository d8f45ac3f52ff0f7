"""Areas, sensations and a screening in; trigger points out, ranked, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from selfcare_kit.complaint import Complaint
from selfcare_kit.errors import UnknownIdError, check_whole_number, quoted
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.model import sides_touched
from selfcare_kit.reasons import Hit
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.explained import paths_of
from selfcare_kit.safety.gate import require_screening
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge
from selfcare_kit.suggestion import Offering, Suggestion

if TYPE_CHECKING:
    import pandas as pd

MOST_PER_AREA = 2


class Suggestions:
    """Ranked suggestions for a complaint, with the alerts that come before them.

    Made by `suggest`. It is a sequence: `found[0]`, `len(found)`, `for each in found`.

    Parameters
    ----------
    offering : Offering
        The points as they would be offered for the complaint under the safety answers.
    ranking : tuple
        Pairs of point id and score, best first.

    Attributes
    ----------
    complaint : Complaint
        What they answer.
    screening : Screening or None
        The safety answers they respect.
    guide : Guide
        Whose points they are.
    offering : Offering
        What is known of each point without its reasons.
    """

    def __init__(self, offering: Offering, ranking: tuple[tuple[str, float], ...]) -> None:
        self.complaint = offering.complaint
        self.screening = offering.screening
        self.guide = offering.guide
        self.offering = offering
        self._ranking = ranking

    def __len__(self) -> int:
        return len(self._ranking)

    def __iter__(self) -> Iterator[Suggestion]:
        return (self.offering.suggestion(*each) for each in self._ranking)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return Suggestions(self.offering, self._ranking[index])
        return self.offering.suggestion(*self._ranking[index])

    def __repr__(self) -> str:
        if not self:
            return f"Suggestions(none: {self.message})"
        rows = "\n".join(f"  {each.point:8} {each.status:9} {each.label}" for each in self)
        alerts = "".join(f"  ! {alert}\n" for alert in self.alerts)
        return f"Suggestions({len(self)} points)\n{alerts}{rows}"

    @property
    def points(self) -> tuple[str, ...]:
        """Ids of the points, in the same order."""
        return tuple(point for point, _ in self._ranking)

    def of(self, point: str) -> Suggestion:
        """Return the suggestion of a point.

        Parameters
        ----------
        point : str
            Point id.

        Returns
        -------
        Suggestion
            The same one as in the sequence.

        Raises
        ------
        UnknownIdError
            If the point is not among the suggestions.
        """
        scores = dict(self._ranking)
        if point not in scores:
            raise UnknownIdError(
                f"a suggested point must be one of {', '.join(scores) or 'none'}, got {quoted(point)}; "
                "see found.points."
            )
        return self.offering.suggestion(point, scores[point])

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What the sensations ask to be ruled out before any point, severest first."""
        return self.offering.judge.alerts

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
        chosen = set(self._best(count))
        return Suggestions(self.offering, tuple(each for each in self._ranking if each[0] in chosen))

    def best_first(self, count: int = 5, most: int | None = None) -> Suggestions:
        """Return them in the order in which a clinician wants to read them.

        Parameters
        ----------
        count : int, default=5
            How many points a short routine has.
        most : int, optional
            How many to return at the most; all when left out.

        Returns
        -------
        Suggestions
            New suggestions for the same complaint: those of `top`, then the others that can become
            steps, then those that cannot.
        """
        chosen = set(self._best(count))
        best = (each for each in self._ranking if each[0] in chosen)
        others = [each for each in self._ranking if each[0] not in chosen]
        offered = (each for each in others if self.offering.verdict(each[0]).is_allowed)
        held_back = (each for each in others if not self.offering.verdict(each[0]).is_allowed)
        # Of a long list, only what is wanted is judged.
        return Suggestions(self.offering, tuple(islice(chain(best, offered, held_back), most)))

    def _best(self, count: int) -> list[str]:
        check_whole_number("count", count, 0, 1000)
        offering, points = self.offering, self.guide.point_values
        chosen: list[str] = []
        later: list[str] = []
        muscles: set[str] = set()
        places: dict[tuple[str, str], int] = {}

        def take(id: str) -> None:
            touched = [(points[id].area, side) for side in sides_touched(offering.side(id))]
            if len(chosen) < count and all(places.get(place, 0) < MOST_PER_AREA for place in touched):
                chosen.append(id)
                places.update({place: places.get(place, 0) + 1 for place in touched})

        for id, _ in self._ranking:
            if len(chosen) == count:
                break
            if offering.verdict(id).is_allowed:
                (later.append if points[id].muscle in muscles else take)(id)
                muscles.add(points[id].muscle)
        for id in later:
            take(id)
        return chosen

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


def suggest(
    areas: str | Iterable[str] | dict[str, Any] | Complaint,
    side: str | None = None,
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
    side : {"left", "right", "both", "midline"}, optional
        The client's own side, for areas that give none. Only what does not come in pairs needs none.
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
        If a side is missing, a side or a pain is not what is allowed, or the screening is of another guide.

    Examples
    --------
    >>> found = suggest(["buttock_center", "thigh_back"], side="left", sensations=["ache"])
    >>> found[0].side
    'left'
    """
    guide = guide or load_guide()
    complaint = guide.complaint(areas, side, sensations)
    judge = Judge.of(guide, complaint, require_screening(screening))
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
    return Suggestions(Offering(judge, complaint, hits), _rank(scores, complaint, guide))


def _rank(scores: dict[str, float], complaint: Complaint, guide: Guide) -> tuple[tuple[str, float], ...]:
    order, stages = _point_order(guide)
    paths = paths_of(complaint, guide)
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
        return (stages[point], -score, path_order.get(point, last), order[point])

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


def _point_order(guide: Guide) -> tuple[dict[str, tuple[bool, bool, int]], dict[str, str]]:
    """Return where points of the same score come, and at which stage of the guide, by point id."""
    if "point_order" not in guide.cache:
        own = {step["point"] for step in guide.settings.get("template", {}).get("steps", ())}
        points = guide.point_values.values()
        order = {each.id: (each.id not in own, each.scope != "guide", number) for number, each in enumerate(points)}
        stages = {each.id: guide.row("areas", each.area)["stage"] for each in points}
        guide.cache["point_order"] = (order, stages)
    return guide.cache["point_order"]
