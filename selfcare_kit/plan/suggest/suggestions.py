"""`suggest`: the trigger points that can cause a complaint, ranked, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import UnknownIdError, check_whole_number, listed, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.plan.suggest.coverage import not_covered
from selfcare_kit.plan.suggest.evidence import GRADES
from selfcare_kit.plan.suggest.ranking import Ranking, best_points, rank_points, split_by_muscle
from selfcare_kit.plan.suggest.suggestion import Offering, Suggestion
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.gate import require_screening
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge

if TYPE_CHECKING:
    import pandas as pd


class Suggestions:
    """Ranked suggestions for a complaint, with the alerts that come before them.

    Made by `suggest`. It is a sequence: `found[0]`, `len(found)`, `for suggestion in found`.

    Parameters
    ----------
    offering : Offering
        Side, verdict and suggestion of each point, for the complaint and the safety answers.
    ranking : tuple
        Pairs of point id and score, best first.

    Attributes
    ----------
    complaint : Complaint
        The complaint they are for.
    screening : Screening or None
        The safety answers they were made under.
    guide : Guide
        The guide of the points.
    offering : Offering
        Side and verdict of each point, without its reasons.
    """

    def __init__(self, offering: Offering, ranking: Ranking) -> None:
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
            The same object as in the sequence.

        Raises
        ------
        UnknownIdError
            If the point is not among the suggestions.
        """
        scores = dict(self._ranking)
        if point not in scores:
            raise UnknownIdError.of(
                "a suggested point",
                ("must be one of ", *(listed("point", scores) or ["none"])),
                given=quoted(point),
                advice="see found.points",
            )
        return self.offering.suggestion(point, scores[point])

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What has to be ruled out before any point because of the sensations, severest first."""
        return self.offering.judge.alerts

    @cached_property
    def not_covered(self) -> dict[str, str]:
        """The areas of the complaint that the guide does not cover, or only in part, each with a sentence."""
        return not_covered(self.complaint, self.guide)

    @property
    def message(self) -> str:
        """A sentence for each area that the guide does not cover, or only in part; empty when there is none.

        Examples
        --------
        >>> suggest("knee_inner", "left").message.partition(" (")[0]
        'This guide does not cover the inner side of the knee'
        """
        return " ".join(self.not_covered.values())

    def top(self, count: int = 5) -> Suggestions:
        """Return the best points for one short routine.

        Each muscle comes once before any comes twice, and no area and side gets more than three
        points, or two where a muscle comes again, so that the dose of the guide is enough. Blocked
        and show-only points are left out and not counted.

        Parameters
        ----------
        count : int, default=5
            The largest number of points.

        Returns
        -------
        Suggestions
            New suggestions for the same complaint, in the same order.
        """
        chosen = set(self._best(count))
        return Suggestions(self.offering, tuple(each for each in self._ranking if each[0] in chosen))

    def best_first(self, count: int = 5, most: int | None = None) -> Suggestions:
        """Return them in the order in which a clinician reads them.

        Parameters
        ----------
        count : int, default=5
            The number of points in a short routine.
        most : int, optional
            The largest number to return; all when left out.

        Returns
        -------
        Suggestions
            New suggestions for the same complaint: those of `top`, then the others that can become
            steps, other muscles before a muscle's further points, then those that cannot.
        """
        chosen = set(self._best(count))
        scores = dict(self._ranking)
        best = [point for point in scores if point in chosen]
        rest = [point for point in scores if point not in chosen]
        # Further points of a muscle come after all other muscles.
        first, further = split_by_muscle((*best, *rest), self.guide.point_values)
        others = [point for point in (*first, *further) if point not in chosen]
        allowed = (point for point in others if self.offering.verdict(point).is_allowed)
        not_allowed = (point for point in others if not self.offering.verdict(point).is_allowed)
        # Lazily, so that of a long list only what is returned is judged.
        points = islice(chain(best, allowed, not_allowed), most)
        return Suggestions(self.offering, tuple((point, scores[point]) for point in points))

    def _best(self, count: int) -> list[str]:
        check_whole_number("count", count, 0, 1000)
        offering = self.offering
        return best_points(
            self._ranking,
            count,
            self.guide.point_values,
            lambda point: offering.verdict(point).is_allowed,
            offering.side,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the suggestions as a data frame.

        Returns
        -------
        pandas.DataFrame
            One row each, indexed by point id; reasons and cautions as text.
        """
        import pandas as pd

        columns = ["point", "muscle", "label", "side", "score", "status", "reasons", "cautions", "acupoints"]
        columns += [*GRADES, "prevalence"]
        rows = [
            (
                each.point, each.muscle, each.label, each.side, each.score, each.status,
                " ".join(each.reasons), "; ".join(map(str, each.cautions)), " ".join(each.acupoints),
                *(" ".join(area.area for area in each.explains if area.grade == grade) for grade in GRADES),
                "; ".join(map(str, each.prevalence)),
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

    A point scores for each chosen area that it refers pain to: more for its primary referral than
    for spillover, half when the sources are unsure, more where several independent sources agree,
    and more again for each further area it explains. When the foot is numb or tingles, the
    guide's order comes first: hip, low back and thigh, then leg and foot.

    Parameters
    ----------
    areas : str, iterable of str, mapping or Complaint
        Area ids or known synonyms; a mapping gives each area its own `side`, `sensations`, `pain`.
    side : {"left", "right", "both", "midline"}, optional
        The client's own side, for areas without one of their own. Areas on the midline need none.
    sensations : iterable of str, default=()
        For areas without any of their own.
    screening : Screening, optional
        The safety answers; without them no answer blocks a point, and nothing can be handed out.
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    Suggestions
        Best first; read their `alerts` first.

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
    ranking, referrals = rank_points(complaint, guide)
    return Suggestions(Offering(judge, complaint, referrals), ranking)
