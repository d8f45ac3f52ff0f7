"""One suggestion: a point with its side, its reasons and the step that the judge allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Notice, Point
from selfcare_kit.guide.records import Referral
from selfcare_kit.guide.techniques import is_described, tools_used_nearby
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import own_step, step_in_a_way
from selfcare_kit.plan.suggest.evidence import Explained, Prevalence, explained_areas, prevalence_of
from selfcare_kit.plan.suggest.reasons import area_labels, referral_reasons
from selfcare_kit.safety.cautions import cautions_for
from selfcare_kit.safety.explained import paths_of, side_for
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge, Verdict

OFFERED = ("offer", "caution")


@dataclass(frozen=True)
class Alternative:
    """Another tool for a point whose own tools are not allowed: for a clinician to choose, never proposed by itself.

    Parameters
    ----------
    tool : str
        Id of the tool; `Routine.add(point, side, tool=tool)` takes it.
    label : str
        Its label.
    position, mode : str
        Position and mode that go with it.
    """

    tool: str
    label: str
    position: str
    mode: str


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
        The higher, the more of the complaint it explains; 0 when it comes from a path of the guide alone.
    reasons : tuple of str
        Why it is suggested, a sentence each.
    status : {"offer", "caution", "show_only", "blocked"}
        `caution`: offered, and a finding of the screening applies to it; `show_only`: for explaining,
        not for pressing; `blocked`: not offered, `cautions` says why.
    cautions : tuple of Notice
        Cautions from the screening first, then those of the point's place.
    acupoints : tuple of str
        Nearby acupuncture points, as a reference only.
    area : str
        The area it lies in.
    tool : str
        Tool of `step`; empty when there is none.
    complaint, screening, guide
        The complaint, the safety answers and the guide it was suggested for.
    step : Step, optional
        The step it becomes in a routine; None when it is not offered.
    referrals : tuple of Referral
        Its referrals that match the complaint.
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
    referrals: tuple[Referral, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_offered(self) -> bool:
        """Whether it can become a step."""
        return self.status in OFFERED

    @cached_property
    def alternative(self) -> Alternative | None:
        """The way to work it that is allowed where its own tools are not; None where there is none.

        Its tool is not firm, and one that the guide uses nearby and has words for at this point.

        Examples
        --------
        >>> from selfcare_kit import screen, suggest
        >>> found = suggest("foot_arch", "left", screening=screen(yes=["C04"]))
        >>> found.of("fdb_1").status, found.of("fdb_1").alternative.tool
        ('blocked', 'supported_fingers')
        """
        return alternative_of(self.point, self.side, Judge.of(self.guide, self.complaint, self.screening))

    @cached_property
    def explains(self) -> tuple[Explained, ...]:
        """The areas of the complaint that it can explain, each with grade, support and sources; main areas first."""
        return explained_areas(self.referrals, self.guide)

    @cached_property
    def prevalence(self) -> tuple[Prevalence, ...]:
        """How common points of the muscle were in people with pain there, where a study counted them."""
        return prevalence_of(self.point, self.referrals, self.guide)


def alternative_of(point: str, side: str, judge: Judge) -> Alternative | None:
    """Return the way to work a point that a judge allows where it is blocked because of its own tools."""
    guide = judge.guide
    own = guide.point(point)
    verdict = judge.verdict(own_step(own, side))
    # A rule that leaves the point or its area out leaves it out whatever the tool.
    if verdict.status != "blocked" or (verdict.objection and verdict.objection.rule):
        return None
    # Where somebody else has to look first, as with "no routine for the feet", a person decides about the tool, too.
    if any(finding.action != "caution" for finding in judge.applying_to(own, own.mode, side)):
        return None
    for tool in tools_used_nearby(own, guide):
        step = judge.verdict(step_in_a_way(own, side, guide, tool=tool)).step
        if step is not None and step.tool == tool and is_described(step, guide):
            return Alternative(tool, guide.records.tools[tool].label, step.position, step.mode)
    return None


def check_one_source(suggestions: Iterable[Suggestion], source: Any) -> None:
    """Refuse suggestions of another complaint, screening or guide than those of a suggestion or of `Suggestions`."""
    expected = (source.complaint, source.screening, source.guide.id)
    if any((each.complaint, each.screening, each.guide.id) != expected for each in suggestions):
        raise InvalidValueError(
            "suggestions of one routine must be for one complaint under one screening, got several; "
            "name all areas in one call of suggest."
        )


class Offering:
    """The points of a guide for a complaint: side, verdict and suggestion of each, computed once and when needed."""

    def __init__(self, judge: Judge, complaint: Complaint, referrals: Mapping[str, Sequence[Referral]]) -> None:
        self.judge = judge
        self.complaint = complaint
        self.screening = judge.screening
        self.guide = judge.guide
        self._referrals = referrals
        self._verdicts: dict[str, Verdict] = {}
        self._suggestions: dict[str, Suggestion] = {}
        self._sides: dict[str, str] = {}

    def suggestion(self, point: str, score: float) -> Suggestion:
        """Return the suggestion of a point, the same object on every call."""
        if point not in self._suggestions:
            self._suggestions[point] = self._make(self.guide.point_values[point], score)
        return self._suggestions[point]

    def verdict(self, point: str) -> Verdict:
        """Return the verdict on the step that the guide proposes for a point."""
        if point not in self._verdicts:
            own = own_step(self.guide.point_values[point], self.side(point))
            self._verdicts[point] = self.judge.verdict(own)
        return self._verdicts[point]

    def side(self, point: str) -> str:
        """Return the client's own side of the areas that a point explains: left, right or both."""
        if point not in self._sides:
            self._sides[point] = side_for(point, self.complaint, self.guide)
        return self._sides[point]

    def _make(self, point: Point, score: float) -> Suggestion:
        verdict, side = self.verdict(point.id), self.side(point.id)
        mode = verdict.step.mode if verdict.step else point.mode
        applying = () if point.show_only else self.judge.applying_to(point, mode, side)
        notices = self._notices(point, verdict, applying)
        named = {notice.id for notice in notices}
        own_cautions = cautions_for(point, self.guide, self.screening)
        status = {"allowed": "offer", "changed": "offer"}.get(verdict.status, verdict.status)
        referrals = tuple(self._referrals.get(point.id, ()))
        return Suggestion(
            point=point.id,
            muscle=point.muscle,
            label=point.label,
            side=side,
            score=round(score, 2),
            reasons=self._reasons(point, referrals),
            status="caution" if status == "offer" and applying else status,
            cautions=(*notices, *(self.guide.notice(id) for id in own_cautions if id not in named)),
            acupoints=self.guide.acupoints_near.get(point.id, ()),
            area=point.area,
            tool=verdict.step.tool if verdict.step else "",
            complaint=self.complaint,
            screening=self.screening,
            guide=self.guide,
            step=verdict.step,
            referrals=referrals,
        )

    def _reasons(self, point: Point, referrals: tuple[Referral, ...]) -> tuple[str, ...]:
        prevalence = prevalence_of(point.id, referrals, self.guide)[:1]
        common = (f"{each.text[:1].upper()}{each.text[1:]}." for each in prevalence)
        return (*referral_reasons(referrals, self._area_labels), *common, *self._path_reasons(point))

    def _notices(self, point: Point, verdict: Verdict, applying: Sequence[Finding]) -> tuple[Notice, ...]:
        own = () if verdict.step else (Notice(point.id, f"{verdict.reason}."),)
        return (*own, *dict.fromkeys(Notice(finding.id, finding.message) for finding in applying))

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
    def _area_labels(self) -> dict[str, str]:
        return area_labels(self.complaint, self.guide)
