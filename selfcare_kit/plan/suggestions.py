"""Areas, sensations and a screening in; trigger points out, ranked, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import UnknownIdError, check_whole_number, listed, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.plan.coverage import not_covered
from selfcare_kit.plan.evidence import GRADES
from selfcare_kit.plan.ranking import Ranking, best_points, muscles_once, rank_points
from selfcare_kit.plan.suggestion import Offering, Suggestion
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.gate import require_screening
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge

if TYPE_CHECKING:
    import pandas as pd


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
            The same one as in the sequence.

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
        """What the sensations ask to be ruled out before any point, severest first."""
        return self.offering.judge.alerts

    @cached_property
    def not_covered(self) -> dict[str, str]:
        """Areas of the complaint that the guide knows no point for, or not all that matter; each with a sentence."""
        return not_covered(self.complaint, self.guide)

    @property
    def message(self) -> str:
        """What the guide does not cover of the complaint, in a sentence each; empty when that is nothing.

        Examples
        --------
        >>> suggest("knee_inner", "left").message.partition(" (")[0]
        'This guide does not cover the inner side of the knee'
        """
        return " ".join(self.not_covered.values())

    def top(self, count: int = 5) -> Suggestions:
        """Return the best points that make one short routine.

        Each muscle comes once before any comes twice, and no area and side gets more than three
        points, or two where a muscle comes again, so that the dose of the guide suffices. Blocked
        and show-only points are left out and take no place.

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
            steps, other muscles before a muscle's further points, then those that cannot.
        """
        chosen = set(self._best(count))
        scores = dict(self._ranking)
        best = [point for point in scores if point in chosen]
        # A muscle's further points wait until each other muscle was named.
        first, again = muscles_once((*best, *(p for p in scores if p not in chosen)), self.guide.point_values)
        others = [point for point in (*first, *again) if point not in chosen]
        offered = (each for each in others if self.offering.verdict(each).is_allowed)
        held_back = (each for each in others if not self.offering.verdict(each).is_allowed)
        # Of a long list, only what is wanted is judged.
        wanted = islice(chain(best, offered, held_back), most)
        return Suggestions(self.offering, tuple((point, scores[point]) for point in wanted))

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
                *(" ".join(e.area for e in each.explains if e.grade == grade) for grade in GRADES),
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

    A point scores for each chosen area its pain is felt in: more for its primary referral than
    for spillover, half when the sources are unsure, more where several independent sources say
    so, and more again for each further area it explains. When the foot is numb or tingles, the
    guide's order counts first: hip, low back and thigh, then leg and foot.

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
    ranking, hits = rank_points(complaint, guide)
    return Suggestions(Offering(judge, complaint, hits), ranking)
