"""One suggestion, and what makes it: a point, its side, and the step that the judge allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Notice, Point
from selfcare_kit.guide.records import Referral
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import own_step
from selfcare_kit.plan.evidence import Explained, Prevalence, explained, prevalence_of
from selfcare_kit.plan.reasons import area_names, referral_reasons
from selfcare_kit.safety.cautions import cautions_for
from selfcare_kit.safety.explained import paths_of, side_for
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge, Verdict

OFFERED = ("offer", "caution")


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
        Tool of that step; empty when there is none.
    complaint, screening, guide
        What it was suggested for, under which answers, by which guide.
    step : Step, optional
        What it becomes in a routine; None when it is not offered.
    hits : tuple of Referral
        Its referrals that meet the complaint.
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
    step: Step | None = field(default=None, compare=False, repr=False)
    hits: tuple[Referral, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_offered(self) -> bool:
        """Whether it can become a step."""
        return self.status in OFFERED

    @cached_property
    def explains(self) -> tuple[Explained, ...]:
        """Which areas of the complaint it can explain, each with its grade, support and sources; main ones first."""
        return explained(self.hits, self.guide)

    @cached_property
    def prevalence(self) -> tuple[Prevalence, ...]:
        """How common points of the muscle were in people who hurt there, where a study says so."""
        return prevalence_of(self.point, self.hits, self.guide)


class Offering:
    """The points of a guide as they would be offered for a complaint, each looked at once and only when asked about.

    Parameters
    ----------
    judge : Judge
        Says what may be done, for the complaint under the safety answers.
    hits : mapping of str to sequence of Referral
        Referrals that met the complaint, by point id.
    """

    def __init__(self, judge: Judge, complaint: Complaint, hits: Mapping[str, Sequence[Referral]]) -> None:
        self.judge = judge
        self.complaint = complaint
        self.screening = judge.screening
        self.guide = judge.guide
        self._hits = hits
        self._verdicts: dict[str, Verdict] = {}
        self._made: dict[str, Suggestion] = {}
        self._sides: dict[str, str] = {}

    def suggestion(self, point: str, score: float) -> Suggestion:
        """Return a point as a suggestion.

        Parameters
        ----------
        point : str
            Point id.
        score : float
            How much it explains.

        Returns
        -------
        Suggestion
            The same one whenever it is asked for.
        """
        if point not in self._made:
            self._made[point] = self._make(self.guide.point_values[point], score)
        return self._made[point]

    def verdict(self, point: str) -> Verdict:
        """Return what the judge says of the step that the guide proposes for a point.

        Parameters
        ----------
        point : str
            Point id.

        Returns
        -------
        Verdict
            Its step is what the suggestion becomes.
        """
        if point not in self._verdicts:
            own = own_step(self.guide.point_values[point], self.side(point))
            self._verdicts[point] = self.judge.verdict(own)
        return self._verdicts[point]

    def side(self, point: str) -> str:
        """Return the side of the areas that a point explains.

        Parameters
        ----------
        point : str
            Point id.

        Returns
        -------
        {"left", "right", "both"}
            The client's own.
        """
        if point not in self._sides:
            self._sides[point] = side_for(point, self.complaint, self.guide)
        return self._sides[point]

    def _make(self, point: Point, score: float) -> Suggestion:
        verdict, side = self.verdict(point.id), self.side(point.id)
        mode = verdict.step.mode if verdict.step else point.mode
        speaking = () if point.show_only else self.judge.applying_to(point, mode, side)
        notices = self._notices(point, verdict, speaking)
        told = {notice.id for notice in notices}
        riding = cautions_for(point, self.guide, self.screening)
        status = {"allowed": "offer", "changed": "offer"}.get(verdict.status, verdict.status)
        hits = tuple(self._hits.get(point.id, ()))
        return Suggestion(
            point=point.id,
            muscle=point.muscle,
            label=point.label,
            side=side,
            score=round(score, 2),
            reasons=self._reasons(point, hits),
            status="caution" if status == "offer" and speaking else status,
            cautions=(*notices, *(self.guide.notice(id) for id in riding if id not in told)),
            acupoints=self.guide.acupoints_near.get(point.id, ()),
            area=point.area,
            tool=verdict.step.tool if verdict.step else "",
            complaint=self.complaint,
            screening=self.screening,
            guide=self.guide,
            step=verdict.step,
            hits=hits,
        )

    def _reasons(self, point: Point, hits: tuple[Referral, ...]) -> tuple[str, ...]:
        common = (f"{text[:1].upper()}{text[1:]}." for text in map(str, prevalence_of(point.id, hits, self.guide)[:1]))
        return (*referral_reasons(hits, self._names), *common, *self._path_reasons(point))

    def _notices(self, point: Point, verdict: Verdict, speaking: Sequence[Finding]) -> tuple[Notice, ...]:
        own = () if verdict.step else (Notice(point.id, f"{verdict.reason}."),)
        return (*own, *dict.fromkeys(Notice(each.id, each.message) for each in speaking))

    def _path_reasons(self, point: Point) -> tuple[str, ...]:
        return tuple(
            path[f"reason_{part}"]
            for path in self._paths
            for part in ("first", "then")
            if point.id in path.get(part, ())
        )

    @cached_property
    def _paths(self) -> list[dict[str, Any]]:
        return paths_of(self.complaint, self.guide)

    @cached_property
    def _names(self) -> dict[str, str]:
        return area_names(self.complaint, self.guide)
