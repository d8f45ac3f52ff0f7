"""The one judgement of a step: may this be done here, for this complaint, under these answers, and if not, what may.

Suggestions, proposed steps, routines, table readers, batch, planner and gate all ask it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from selfcare_kit.errors import Named, parts_of
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.techniques import other_ways
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.sides import BODY_SIDES, sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.safety.alerts import Alert, find_alerts
from selfcare_kit.safety.findings import (
    Finding,
    Objection,
    closed_place,
    findings_of,
    implied_by,
    limits_of,
    objection_by,
    rules_of_place,
)
from selfcare_kit.safety.screening import Screening

MAX_KEPT = 32
INITIALS = Named("value", "agreed_by", "the clinician's initials as agreed_by")


class Verdict(NamedTuple):
    """What may be done of a step.

    `status` is `"allowed"`, `"changed"` (allowed as `step` is), `"show_only"` or `"blocked"`; `objection` says what
    speaks against the step as it was asked about, and is None when it is allowed.
    """

    status: str
    step: Step | None
    objection: Objection | None = None

    @property
    def reason(self) -> str:
        """The objection as a sentence without a full stop; empty when the step is allowed."""
        return str(self.objection or "")

    @property
    def is_allowed(self) -> bool:
        """Whether the point can be worked, perhaps otherwise than it was asked about."""
        return self.step is not None


class Judge:
    """Judges steps for one complaint under one screening. Get one with `Judge.of`.

    Parameters
    ----------
    guide : Guide
        Whose rules count.
    complaint : Complaint or None
        Some of what is felt amounts to a caution, whatever was answered.
    screening : Screening or None
        The safety answers; what they lead to is worked out afresh.
    """

    def __init__(self, guide: Guide, complaint: Complaint | None, screening: Screening | None) -> None:
        self.guide = guide
        self.complaint = complaint
        # Findings that a file or a caller brought along count for nothing.
        self.screening = screening.evaluated(guide, complaint) if screening else None
        self._verdicts: dict[Step, Verdict] = {}

    @classmethod
    def of(cls, guide: Guide, complaint: Complaint | None, screening: Screening | None) -> Judge:
        """Return the judge for a complaint and a screening; the same one while they are the same."""
        return _kept_judge(guide, complaint, screening)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What follows from the answers and from what is felt, severest first."""
        if self.screening is not None:
            return self.screening.findings
        # What is felt counts before anything was asked.
        implied = implied_by(self.complaint, self.guide) if self.complaint else {}
        return findings_of(self.guide, implied, implied)

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What the complaint asks to be ruled out, severest first."""
        return find_alerts(self.complaint, self.guide) if self.complaint else ()

    @cached_property
    def limits(self) -> tuple[Finding, ...]:
        """What holds back tools, positions, pressure, time or places here, beyond the findings."""
        return limits_of(self.guide, self.complaint, (each.id for each in self.findings))

    def verdict(self, step: Step) -> Verdict:
        """Judge a whole step: its point, the areas it works, side, mode, tool, position, pressure and seconds."""
        if step not in self._verdicts:
            self._verdicts[step] = self._judge(step, self.guide.point(step.point))
        return self._verdicts[step]

    def speaking_of(self, point: Point, mode: str, side: str) -> tuple[Finding, ...]:
        """Return the findings and limits that speak of a point worked so, findings first, severest first."""
        areas, sides = frozenset(point.areas_worked(mode)), sides_touched(side)
        return tuple(
            each
            for each in (*self.findings, *self.limits)
            if (point.id in each.points or not areas.isdisjoint(each.applies_to)) and not each.sides.isdisjoint(sides)
        )

    def leaves_out(self, point: Point, side: str) -> bool:
        """Return whether a point is left out altogether on a side, so that no tool and no position is looked for."""
        speaking = self.speaking_of(point, "hold", side)
        return bool(self._blocked(point.areas_worked("hold"), point.id, speaking) or self._closed(point, "hold"))

    def objection(
        self, area: str, tool: str = "", position: str = "", pressure: int = 0, mode: str = "", seconds: int = 0
    ) -> Objection | None:
        """Return why something may not be done in an area, whatever the point; None when the answers allow it."""
        found = tuple(each for each in (*self.findings, *self.limits) if area in each.applies_to)
        return self._blocked((area,), "", found) or objection_by(found, area, tool, position, pressure, mode, seconds)

    def _judge(self, step: Step, point: Point) -> Verdict:
        reason = self._why_only_shown(point)
        if reason is not None:
            return Verdict("show_only", None, Objection(reason.rstrip(".")))
        objection = self._objection(step, point)
        if not objection:
            return Verdict("allowed", step)
        for other in other_ways(step, point, self.guide):
            milder = self._milder(other, point)
            if not self._objection(milder, point):
                return Verdict("changed", milder, objection)
        return Verdict("blocked", None, objection)

    def _why_only_shown(self, point: Point) -> str | None:
        """Return why a point is not to be pressed, though a guide may leave that out; None when it may be."""
        if point.show_only:
            return point.show_only_reason
        closed = closed_place(point.area, self.guide)
        return None if closed is None else closed.message

    def _objection(self, step: Step, point: Point) -> Objection | None:
        areas = point.areas_worked(step.mode)
        speaking = self.speaking_of(point, step.mode, step.side)
        blocked = self._blocked(areas, point.id, speaking)
        if blocked:
            return blocked
        closed = self._closed(point, step.mode)
        if closed:
            return closed
        how = (step.tool, step.position, step.pressure, step.mode, step.seconds)
        for area in areas:
            of_area = (each for each in speaking if area in each.applies_to)
            objection = objection_by(of_area, area, *how)
            if objection:
                return objection
        rules = (*rules_of_place(point.id, self.guide), *(each for each in speaking if point.id in each.points))
        return objection_by(rules, point.area, *how) or self._bears_too_much(step) or self._too_hard(step, areas)

    def _bears_too_much(self, step: Step) -> Objection | None:
        """Return why the other side of the body cannot bear a step's tool, such as a knee; None when it can."""
        tool = self.guide.records.tools.get(step.tool)
        areas = tool.rests_on if tool else ()
        if not areas:
            return None
        rests = ("the tool ", Named("tool", step.tool), " rests on the other side, where ")
        sides = frozenset(BODY_SIDES) - {step.side}
        found = (each for each in (*self.findings, *self.limits) if not each.sides.isdisjoint(sides))
        blocked = self._blocked(areas, "", found)
        if blocked:
            return Objection((*rests, *parts_of(blocked.problem)), "use another tool")
        for each in self.complaint.areas if self.complaint else ():
            if each.area in areas and not sides.isdisjoint(sides_touched(each.side)):
                return Objection((*rests, Named("area", each.area), " hurts"), "use another tool")
        return None

    def _closed(self, point: Point, mode: str) -> Objection | None:
        """Return why a circle or a lane may not reach a place that is closed for everybody; None when none does."""
        area = next((area for area in point.areas_worked(mode) if closed_place(area, self.guide)), None)
        rule = closed_place(area, self.guide) if area else None
        if area is None or rule is None:
            return None
        advice = "leave it out" if area in point.areas_worked("hold") else "use mode hold"
        return Objection((Named("area", area), f" is closed for everybody by {rule.name}"), advice)

    def _blocked(self, areas: Iterable[str], point: str, findings: Iterable[Finding]) -> Objection | None:
        """Return why areas, or a point, are left out altogether; None when they are not."""
        for each in findings:
            left_out = self._left_out_by(each)
            area = next((area for area in areas if area in left_out), None)
            if area is None and point not in each.blocked_points:
                continue
            can_agree = each.action == "refer" and not each.is_regional
            agree = (" or give ", INITIALS) if can_agree else ()
            place = Named("area", area) if area else Named("point", point)
            return Objection((place, f" is blocked by {each.name}"), ("leave it out", *agree), rule=each.name)
        return None

    def _left_out_by(self, finding: Finding) -> frozenset[str]:
        return self.screening.areas_blocked_by(finding) if self.screening else finding.blocked_areas

    def _too_hard(self, step: Step, areas: tuple[str, ...]) -> Objection | None:
        most = self.guide.dose.careful_max_pressure
        if step.pressure <= most:
            return None
        id = next((each.id for each in (*self.findings, *self.alerts) if _speaks_of(each, areas)), "")
        if not id:
            return None
        problem = f"pressure {step.pressure} is above {most}, the most where {id} speaks of what is worked"
        return Objection(problem, "lower it")

    def _milder(self, step: Step, point: Point) -> Step:
        """Return a step with the pressure and the seconds that everything that speaks of it allows."""
        speaking = (*self.speaking_of(point, step.mode, step.side), *rules_of_place(point.id, self.guide))
        pressures = [each.max_pressure for each in speaking if each.max_pressure is not None]
        seconds = [each.max_seconds for each in speaking if each.max_seconds is not None]
        milder = replace(step, pressure=min([step.pressure, *pressures]), seconds=min([step.seconds, *seconds]))
        if self._too_hard(milder, point.areas_worked(step.mode)):
            milder = replace(milder, pressure=self.guide.dose.careful_max_pressure)
        return milder


@kept_by_guide(at_most=MAX_KEPT)
def _kept_judge(guide: Guide, complaint: Complaint | None, screening: Screening | None) -> Judge:
    return Judge(guide, complaint, screening)


def _speaks_of(each: Finding | Alert, areas: tuple[str, ...]) -> bool:
    spoken = each.areas if isinstance(each, Alert) else each.applies_to
    return any(area in spoken for area in areas)
