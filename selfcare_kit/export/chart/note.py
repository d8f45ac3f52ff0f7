"""The chart note: the plan of a SOAP note as plain text, for the clinician to paste. No client's name is in it."""

from __future__ import annotations

from selfcare_kit.export.chart.labels import complaint_label, obstacle, one_line, step_labels
from selfcare_kit.export.handout.guidance import rules_of, sources_of
from selfcare_kit.plan.hints import both_sides_hint
from selfcare_kit.plan.plan import Plan
from selfcare_kit.plan.suggest.coverage import not_covered
from selfcare_kit.safety.alerts import find_alerts
from selfcare_kit.safety.screening import Screening

# Of the note's own words; what it quotes of the handout is in the same, where the guide speaks it.
LANGUAGE = "en"


def routine_note(routine: Plan) -> str:
    """Return a routine as the plan of a chart note.

    Parameters
    ----------
    routine : Plan
        Without steps, the note says that none were given and why.

    Returns
    -------
    str
        Short lines of plain text, the same for the same routine.
    """
    title, code = one_line(routine.title), one_line(routine.code)
    who = ", ".join(part for part in (code, f"from {routine.date}") if part)
    plan = f"Self-massage at home{f' ({title})' if title else ''}" if routine.steps else "No self-massage was given"
    lines = [f"P: {plan}; {who}.", *complaint_lines(routine), *safety_lines(routine)]
    if routine.steps:
        blocked = obstacle(routine)
        lines += [f"Not for the client as it stands: {blocked}"] if blocked else []
        lines += [*_step_lines(routine), *side_lines(routine), *advice_lines(routine)]
        sources = sources_of(routine, _language(routine))
        lines += [f"Sources: {sources}."] if sources else []
    return "\n".join([*lines, _guide_line(routine)]) + "\n"


def _step_lines(routine: Plan) -> list[str]:
    """Return the steps, one line each; what they all share is told once, above them."""
    steps = [step_labels(step, routine.guide) for step in routine.steps]
    dosed = [(each.pressure, each.means, each.rest) for each in steps]
    shared = [part for part, *others in zip(*dosed, strict=True) if part and others.count(part) == len(others)]
    minutes = -(-routine.total_seconds // 60)
    lines = [f"Steps, {len(steps)} in about {minutes} min:"]
    if shared:
        lines.append(f"Each: {'; '.join(shared)}.")
    for number, (each, dose) in enumerate(zip(steps, dosed, strict=True), start=1):
        own = [part for part in dose if part and part not in shared]
        note = f' Note to the client: "{each.note}"' if each.note else ""
        lines.append(f"{number}. {'; '.join([each.place, each.work, *own])}.{note}")
    return lines


def _language(routine: Plan) -> str:
    """Return the note's own language, or the guide's where it does not speak that."""
    return LANGUAGE if LANGUAGE in routine.guide.languages else routine.guide.language


def _guide_line(routine: Plan) -> str:
    guide = routine.guide
    review = f"reviewed by {one_line(guide.reviewed_by)}" if guide.reviewed_by else "not reviewed by a clinician yet"
    return f"Guide: {routine.guide_id} {one_line(routine.guide_version)}, {review}. Not a diagnosis."


def complaint_lines(routine: Plan) -> list[str]:
    """Return what hurts, what that may mean, and what of it the guide does not cover, one line each.

    Parameters
    ----------
    routine : Plan
        Any routine.

    Returns
    -------
    list of str
        Empty when nothing was said.
    """
    if not routine.complaint or not routine.complaint.areas:
        return []
    felt = "; ".join(complaint_label(each, routine.guide) for each in routine.complaint.areas)
    alerts = find_alerts(routine.complaint, routine.guide)
    ruled_out = (f"To rule out ({alert.action}): {alert.text}" for alert in alerts)
    return [f"Complaint: {felt}.", *ruled_out, *not_covered(routine.complaint, routine.guide).values()]


def safety_lines(routine: Plan) -> list[str]:
    """Return what the safety questions gave, one line each.

    Parameters
    ----------
    routine : Plan
        Any routine.

    Returns
    -------
    list of str
        When they were asked, each finding with what it asks for, and who agreed.
    """
    screening = routine.screening
    if screening is None:
        return ["Safety questions: not asked."]
    count = len(screening.asked)
    told = f"{len(screening.yes)} answered yes" if screening.yes else "none applies"
    lines = [f"Safety questions of {screening.date}: {count} asked, {told}."]
    where = dict(screening.where)
    for finding in screening.findings:
        labels = ", ".join(routine.guide.records.areas[area].label.lower() for area in where.get(finding.id, ()))
        place = f" at {labels}" if labels else ""
        place += "" if finding.id in screening.yes else ", by what is felt"
        lines.append(f"{finding.id} {finding.label}{place} ({finding.action}): {finding.message}")
    if screening.not_relevant:
        lines.append(f"Set aside as not relevant here: {', '.join(screening.not_relevant)}.")
    return [*lines, *_agreement_lines(routine, screening)]


def _agreement_lines(routine: Plan, screening: Screening) -> list[str]:
    """Return what a clinician ruled out, finding by finding, and what initials alone stand for."""
    by = one_line(screening.agreed_by)
    lines = []
    for id, said in screening.agreed:
        text = one_line(said).rstrip(".")
        who = f" ({by})" if by and by not in text.replace(";", " ").replace(",", " ").split() else ""
        lines.append(f"{id}: looked at and ruled out: {text}{who}.")
    if by:
        agreed = dict(screening.agreed)
        alerts = find_alerts(routine.complaint, routine.guide) if routine.complaint else ()
        found = (each.id for each in (*screening.findings, *alerts) if each.action == "refer")
        ids = [id for id in dict.fromkeys(found) if id not in agreed]
        which = "all other findings" if agreed else "all findings"
        if ids:
            lines.append(f"{by} agreed for {which}: {', '.join(ids)} (nothing said about what was ruled out).")
        elif not agreed:
            lines.append(f"{by} agreed; no finding asked for it.")
    return lines


def side_lines(routine: Plan) -> list[str]:
    """Return whether both sides are worked for different places, and which steps are meant where nothing hurts.

    Parameters
    ----------
    routine : Plan
        Any routine.

    Returns
    -------
    list of str
        One line each; empty when there is nothing to say.
    """
    meant = [f"{one_line(routine.guide.point(each.point).label)}, {each.side}" for each in routine.sides_meant]
    told = [f"Meant, though nothing hurts there: {'; '.join(meant)}."] if meant else []
    return [*filter(None, [both_sides_hint(routine.steps, routine.complaint)]), *told]


def advice_lines(routine: Plan) -> list[str]:
    """Return what the handout advises.

    Parameters
    ----------
    routine : Plan
        With at least one step.

    Returns
    -------
    list of str
        One line; empty when the guide has no general rules.
    """
    rules = " ".join(one_line(rule) for rule in rules_of(routine, _language(routine)))
    return [f"Advice on the handout: {rules} It also says when to stop and whom to call."] if rules else []
