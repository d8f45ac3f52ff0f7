"""The gate: the one function that says whether steps may stand, and whether they may go to a client.

Everything that makes a routine, and every writer of a client's page, passes through it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from selfcare_kit.complaint import Complaint
from selfcare_kit.errors import BlockedError, InvalidValueError, ReferralRequired, ScreeningRequired, quoted
from selfcare_kit.guide import Guide
from selfcare_kit.model import Point, Step, severest
from selfcare_kit.safety.alerts import find_alerts
from selfcare_kit.safety.findings import closed_place, objection_by, rules_of_place
from selfcare_kit.safety.questions import questions
from selfcare_kit.safety.screening import Screening


def gate(
    steps: Iterable[Step],
    *,
    guide: Guide,
    screening: Screening | None,
    complaint: Complaint | None = None,
    for_client: bool = False,
    today: datetime.date | None = None,
) -> Screening | None:
    """Refuse what the guide and the safety answers do not allow.

    Parameters
    ----------
    steps : iterable of Step
        All steps of a routine.
    guide : Guide
        Whose points they are.
    screening : Screening or None
        The safety answers. Without them only unknown and show-only points are refused.
    complaint : Complaint, optional
        Its alerts count as much as the screening's findings.
    for_client : bool, default=False
        True for whatever goes to the client: that also needs a screening of today, with no
        finding that sends the client elsewhere.
    today : datetime.date, optional
        For tests; the real date when left out.

    Returns
    -------
    Screening or None
        The screening as it was judged: its answers, with findings worked out afresh.

    Raises
    ------
    UnknownIdError
        If a point is not in the guide.
    BlockedError
        If a point may only be shown, or the screening blocks its area, tool, position or pressure.
    ScreeningRequired
        If it is for the client and the questions were not all asked today.
    ReferralRequired
        If it is for the client and somebody else has to look first.
    """
    if not isinstance(screening, Screening | None):
        raise InvalidValueError(
            f"a screening must come from kit.screen(...), got {quoted(screening)}; ask the questions."
        )
    # Worked out afresh: findings that a file or a caller brought along count for nothing.
    judged = screening.evaluated(guide, complaint) if screening else None
    _check_points(steps, guide, judged)
    if for_client:
        current = _require_screening(judged, guide, today or datetime.date.today())
        _require_clearance(current, complaint, guide)
    return judged


def _check_points(steps: Iterable[Step], guide: Guide, screening: Screening | None) -> None:
    objections = []
    for step in steps:
        point = guide.point(step.point)
        reason = _why_only_shown(point, guide)
        if reason is not None:
            raise BlockedError(
                f"{point.id} ({point.label}) may be shown but not pressed: {reason.rstrip('.')}; choose another point."
            )
        rules = rules_of_place(point, guide)
        why = objection_by(rules, point.area, step.tool, step.position, step.pressure, step.mode)
        why = why or (screening.objection_to(step, point) if screening else "")
        if why:
            objections.append(f"{step.point} {step.side}: {why}")
    if objections:
        told = "the safety answers do" if screening else "the guide does"
        raise BlockedError(f"{told} not allow {'; '.join(objections)}.")


def _why_only_shown(point: Point, guide: Guide) -> str | None:
    """Return why a point is not to be pressed, though a guide may leave that out; None when it may be."""
    if point.show_only:
        return point.show_only_reason
    closed = closed_place(point.area, guide)
    return None if closed is None else closed.message


def _require_screening(screening: Screening | None, guide: Guide, today: datetime.date) -> Screening:
    ask = "ask the safety questions now and record the answers (in Python, routine.with_screening(kit.screen(...)))"
    if screening is None:
        raise ScreeningRequired(f"a client's page needs a screening of today, got none; {ask}.")
    if screening.date != today:
        raise ScreeningRequired(
            f"a client's page needs a screening of today ({today}), got one of {screening.date}; {ask}."
        )
    missing = [row["id"] for row in questions(guide) if row["id"] not in screening.asked]
    if missing:
        raise ScreeningRequired(
            f"a client's page needs all questions of guide {guide.id!r} asked, "
            f"got no answer to {', '.join(missing)}; {ask}."
        )
    return screening


def _require_clearance(screening: Screening, complaint: Complaint | None, guide: Guide) -> None:
    alerts = find_alerts(complaint, guide) if complaint else ()
    action = severest((screening.action, *(alert.action for alert in alerts)))
    causes = [
        *(f"{each.id} ({each.label}): {each.message}" for each in screening.findings if each.action == action),
        *(f"{each.id}: {each.text}" for each in alerts if each.action == action),
    ]
    reason = " ".join(causes).rstrip(".")
    if action in ("emergency", "urgent"):
        raise ReferralRequired(
            f"no routine goes to the client while the safety answers say {action}, got {reason}; "
            "act on that first, and screen again when it is ruled out."
        )
    if action == "refer" and not screening.agreed_by:
        raise ReferralRequired(
            f"a clinician has to look before this routine goes to the client, got {reason}; when that is done, "
            "give the clinician's initials as agreed_by."
        )
