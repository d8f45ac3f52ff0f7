"""One suggestion, and what makes it: a point, judged for a complaint under the safety answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from selfcare_kit.complaint import AreaComplaint, Complaint
from selfcare_kit.guide import Guide
from selfcare_kit.model import Notice, Point, sides_touched
from selfcare_kit.reasons import Hit, area_names, referral_reasons
from selfcare_kit.safety.cautions import riding_cautions
from selfcare_kit.safety.screening import Screening

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
        return self.status in OFFERED


class Verdict(NamedTuple):
    """What the safety answers say of a point: a status as in `Suggestion`, the tool they allow, or why none."""

    status: str
    tool: str
    objection: str

    @property
    def is_offered(self) -> bool:
        """Whether the point can become a step."""
        return self.status in OFFERED


class Judge:
    """Judges the points of a guide for one complaint, each once and only when it is asked about.

    Parameters
    ----------
    complaint : Complaint
        What points are suggested for.
    screening : Screening or None
        The safety answers they respect.
    guide : Guide
        Whose points they are.
    hits : mapping of str to sequence of Hit
        Referrals that met the complaint, by point id.
    """

    def __init__(
        self, complaint: Complaint, screening: Screening | None, guide: Guide, hits: Mapping[str, Sequence[Hit]]
    ) -> None:
        self.complaint = complaint
        self.screening = screening
        self.guide = guide
        self._hits = hits
        self._verdicts: dict[str, Verdict] = {}
        self._made: dict[str, Suggestion] = {}

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

    def _make(self, point: Point, score: float) -> Suggestion:
        verdict = self.verdict(point.id)
        notices = self._notices(point, verdict)
        told = {notice.id for notice in notices}
        riding = riding_cautions(point, self.guide, self.screening)
        return Suggestion(
            point=point.id,
            muscle=point.muscle,
            label=point.label,
            side=self.side(point.id),
            score=round(score, 2),
            reasons=(*referral_reasons(self._hits.get(point.id, ()), self._names), *self._path_reasons(point)),
            status=verdict.status,
            cautions=(*notices, *(self.guide.notice(id) for id in riding if id not in told)),
            acupoints=self.guide.acupoints_near.get(point.id, ()),
            area=point.area,
            tool=verdict.tool,
            complaint=self.complaint,
            screening=self.screening,
            guide=self.guide,
        )

    def verdict(self, point: str) -> Verdict:
        """Return what the safety answers say of a point.

        Parameters
        ----------
        point : str
            Point id.

        Returns
        -------
        Verdict
            Its status, and the tool they allow or why they allow none.
        """
        if point not in self._verdicts:
            self._verdicts[point] = self._judge(self.guide.point_values[point])
        return self._verdicts[point]

    def _judge(self, point: Point) -> Verdict:
        if point.show_only:
            return Verdict("show_only", "", point.show_only_reason)
        screening, areas = self.screening, point.areas_worked("hold")
        if screening is None or not any(screening.touching(area) for area in areas):
            return Verdict("offer", point.tools[0], "")
        first = ""
        for tool in point.tools:
            objection = screening.objection_in(areas, tool=tool)
            if not objection:
                return Verdict("caution", tool, "")
            first = first or f"{objection}."
        return Verdict("blocked", "", first)

    def _notices(self, point: Point, verdict: Verdict) -> tuple[Notice, ...]:
        own = (Notice(point.id, verdict.objection),) if verdict.objection else ()
        if self.screening is None or point.show_only:
            return own
        touching = (each for area in point.areas_worked("hold") for each in self.screening.touching(area))
        return (*own, *dict.fromkeys(Notice(each.id, each.message) for each in touching))

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
        explained = {hit.area for hit in self._hits.get(point, ())} | self._led_to.get(point, set())
        places = [each.side for each in self.complaint.areas if each.area in explained]
        # What lies on the midline says nothing about the side where another area does.
        sides = {side for place in places if place != "midline" for side in sides_touched(place)}
        return sides.pop() if len(sides) == 1 else "both"

    @cached_property
    def _led_to(self) -> dict[str, set[str]]:
        """The areas of the complaint that a path leads to, by the points on it."""
        led: dict[str, set[str]] = {}
        for path in self._paths:
            areas = {each.area for each in self.complaint.areas if leads_along(path, each)}
            for point in (*path.get("first", ()), *path.get("then", ())):
                led.setdefault(point, set()).update(areas)
        return led

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


def paths_of(complaint: Complaint, guide: Guide) -> list[dict[str, Any]]:
    """Return the guide's paths that lead to an area of the complaint that feels so."""
    paths = guide.settings.get("paths", ())
    return [path for path in paths if any(leads_along(path, each) for each in complaint.areas)]


def leads_along(path: dict[str, Any], area: AreaComplaint) -> bool:
    """Tell whether a path leads to an area that feels so."""
    return area.area in path["areas"] and not set(path["sensations"]).isdisjoint(area.sensations)
