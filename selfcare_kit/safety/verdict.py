"""The verdict on a step: whether it is allowed for a complaint and safety answers, and if not, what is allowed instead.

Suggestions, proposed steps, routines, table readers, batch, planner and gate all use this one judge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
from selfcare_kit.review.states import held_points
from selfcare_kit.safety.alerts import Alert, find_alerts
from selfcare_kit.safety.findings import (
    Finding,
    Objection,
    anatomical_findings,
    closed_by,
    findings_of,
    implied_by,
    limits_of,
    objection_to_manner,
)
from selfcare_kit.safety.screening import Screening

MAX_KEPT = 32
INITIALS = Named("value", "agreed_by", "the clinician's initials as agreed_by")


class Verdict(NamedTuple):
    """Whether a step is allowed.

    `status` is `"allowed"`, `"changed"` (`step` is allowed instead), `"show_only"` or `"blocked"`; `objection` is the
    reason why the step that was asked about is not allowed, and None when it is.
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
        """Whether the point may be worked, as asked or with changes."""
        return self.step is not None


class Judge:
    """Judges steps for one complaint under one screening. Get one with `Judge.of`.

    Parameters
    ----------
    guide : Guide
        Its rules apply.
    complaint : Complaint or None
        Its sensations may imply cautions, whatever was answered.
    screening : Screening or None
        The safety answers; their findings are derived again.
    """

    def __init__(self, guide: Guide, complaint: Complaint | None, screening: Screening | None) -> None:
        self.guide = guide
        self.complaint = complaint
        # Findings are derived from the answers, never taken from a file or a caller.
        self.screening = screening.evaluated(guide, complaint) if screening else None
        self._verdicts: dict[Step, Verdict] = {}

    @classmethod
    def of(cls, guide: Guide, complaint: Complaint | None, screening: Screening | None) -> Judge:
        """Return the judge for a complaint and a screening; the same object for equal ones."""
        return _kept_judge(guide, complaint, screening)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the answers and of the sensations, severest first."""
        if self.screening is not None:
            return self.screening.findings
        # The sensations count even before anything was asked.
        implied = implied_by(self.complaint, self.guide) if self.complaint else {}
        return findings_of(self.guide, implied, implied)

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What the complaint asks to be ruled out, severest first."""
        return find_alerts(self.complaint, self.guide) if self.complaint else ()

    @cached_property
    def limits(self) -> tuple[Finding, ...]:
        """The findings of `limits.csv` for the complaint and the answers."""
        return limits_of(self.guide, self.complaint, (each.id for each in self.findings))

    def verdict(self, step: Step) -> Verdict:
        """Judge a whole step: its point, the areas it works, side, mode, tool, position, pressure and seconds."""
        if step not in self._verdicts:
            self._verdicts[step] = self._judge(step, self.guide.point(step.point))
        return self._verdicts[step]

    def applying_to(self, point: Point, mode: str, side: str) -> tuple[Finding, ...]:
        """Return the findings and limits that apply to a point in a mode on a side: findings first, severest first."""
        areas, sides = frozenset(point.areas_worked(mode)), sides_touched(side)
        return tuple(
            each
            for each in (*self.findings, *self.limits)
            if (point.id in each.points or not areas.isdisjoint(each.applies_to)) and not each.sides.isdisjoint(sides)
        )

    def is_left_out(self, point: Point, side: str) -> bool:
        """Return whether a point is left out on a side, whatever the tool, position and dose."""
        applying = self.applying_to(point, "hold", side)
        blocked = self._block_objection(point.areas_worked("hold"), point.id, applying)
        return bool(blocked or self._closed_area_objection(point, "hold"))

    def area_objection(
        self, area: str, tool: str = "", position: str = "", pressure: int = 0, mode: str = "", seconds: int = 0
    ) -> Objection | None:
        """Return why an area may not be worked so, at any point and on any side; None when the answers allow it."""
        applying = tuple(each for each in (*self.findings, *self.limits) if area in each.applies_to)
        manner = (tool, position, pressure, mode, seconds)
        return self._block_objection((area,), "", applying) or objection_to_manner(applying, area, *manner)

    def _judge(self, step: Step, point: Point) -> Verdict:
        reason = self._reason_only_shown(point)
        if reason is not None:
            return Verdict("show_only", None, Objection(reason.rstrip(".")))
        objection = self._step_objection(step, point)
        if not objection:
            return Verdict("allowed", step)
        for other in other_ways(step, point, self.guide):
            milder = self._milder(other, point)
            if not self._step_objection(milder, point):
                return Verdict("changed", milder, objection)
        return Verdict("blocked", None, objection)

    def _reason_only_shown(self, point: Point) -> str | None:
        """Return why a point may only be shown, which may be an empty text; None when it may be pressed."""
        if point.show_only:
            return point.show_only_reason
        held = held_points(self.guide).get(point.id)
        if held is not None:
            return held
        closed = closed_by(point.area, self.guide)
        return None if closed is None else closed.message

    def _step_objection(self, step: Step, point: Point) -> Objection | None:
        areas = point.areas_worked(step.mode)
        applying = self.applying_to(point, step.mode, step.side)
        blocked = self._block_objection(areas, point.id, applying)
        if blocked:
            return blocked
        closed = self._closed_area_objection(point, step.mode)
        if closed:
            return closed
        manner = (step.tool, step.position, step.pressure, step.mode, step.seconds)
        for area in areas:
            objection = objection_to_manner((each for each in applying if area in each.applies_to), area, *manner)
            if objection:
                return objection
        of_point = (*anatomical_findings(point.id, self.guide), *(each for each in applying if point.id in each.points))
        return (
            objection_to_manner(of_point, point.area, *manner)
            or self._resting_objection(step)
            or self._pressure_objection(step, areas)
        )

    def _block_objection(self, areas: Collection[str], point: str, findings: Iterable[Finding]) -> Objection | None:
        """Return why one of the areas, or the point, is blocked altogether; None when none is."""
        for finding in findings:
            blocked = self.screening.areas_blocked_by(finding) if self.screening else finding.blocked_areas
            area = next((area for area in areas if area in blocked), None)
            if area is None and point not in finding.blocked_points:
                continue
            agree = (" or give ", INITIALS) if finding.can_be_lifted else ()
            what = Named("area", area) if area else Named("point", point)
            return Objection((what, f" is blocked by {finding.name}"), ("leave it out", *agree), rule=finding.name)
        return None

    def _closed_area_objection(self, point: Point, mode: str) -> Objection | None:
        """Return why a point may not reach an area that is closed in everybody; None when it reaches none."""
        closed = ((area, closed_by(area, self.guide)) for area in point.areas_worked(mode))
        area, finding = next((each for each in closed if each[1]), ("", None))
        if finding is None:
            return None
        advice = "leave it out" if area in point.areas_worked("hold") else "use mode hold"
        return Objection((Named("area", area), f" is closed for everybody by {finding.name}"), advice)

    def _resting_objection(self, step: Step) -> Objection | None:
        """Return why a tool may not rest on the other side of the body, such as a knee on it; None when it may."""
        tool = self.guide.records.tools.get(step.tool)
        areas = tool.rests_on if tool else ()
        if not areas:
            return None
        rests = ("the tool ", Named("tool", step.tool), " rests on the other side, where ")
        sides = frozenset(BODY_SIDES) - {step.side}
        applying = (each for each in (*self.findings, *self.limits) if not each.sides.isdisjoint(sides))
        blocked = self._block_objection(areas, "", applying)
        if blocked:
            return Objection((*rests, *parts_of(blocked.problem)), "use another tool")
        for each in self.complaint.areas if self.complaint else ():
            if each.area in areas and not sides.isdisjoint(sides_touched(each.side)):
                return Objection((*rests, Named("area", each.area), " hurts"), "use another tool")
        return None

    def _pressure_objection(self, step: Step, areas: Collection[str]) -> Objection | None:
        """Return why a step presses harder than is allowed where a finding or an alert applies; None if it does not."""
        most = self.guide.dose.careful_max_pressure
        if step.pressure <= most:
            return None
        id = next((each.id for each in (*self.findings, *self.alerts) if _applies_to(each, areas)), "")
        if not id:
            return None
        problem = f"pressure {step.pressure} is above {most}, the most allowed where {id} applies"
        return Objection(problem, "lower it")

    def _milder(self, step: Step, point: Point) -> Step:
        """Return a step with no more pressure and seconds than everything that applies to it allows."""
        applying = (*self.applying_to(point, step.mode, step.side), *anatomical_findings(point.id, self.guide))
        pressures = [each.max_pressure for each in applying if each.max_pressure is not None]
        seconds = [each.max_seconds for each in applying if each.max_seconds is not None]
        milder = replace(step, pressure=min([step.pressure, *pressures]), seconds=min([step.seconds, *seconds]))
        if self._pressure_objection(milder, point.areas_worked(step.mode)):
            milder = replace(milder, pressure=self.guide.dose.careful_max_pressure)
        return milder


@kept_by_guide(at_most=MAX_KEPT)
def _kept_judge(guide: Guide, complaint: Complaint | None, screening: Screening | None) -> Judge:
    return Judge(guide, complaint, screening)


def _applies_to(each: Finding | Alert, areas: Collection[str]) -> bool:
    own = each.areas if isinstance(each, Alert) else each.applies_to
    return any(area in own for area in areas)
