"""The chart note: the plan of a SOAP note as plain text, to be pasted into a chart, without the client's name."""

from __future__ import annotations

from collections import Counter

from selfcare_kit.export.chart.labels import complaint_label, obstacle, one_line, step_labels, step_site
from selfcare_kit.export.handout.guidance import review_line, rules_of, sources_of
from selfcare_kit.plan.hints import both_sides_hint
from selfcare_kit.plan.plan import Plan
from selfcare_kit.plan.suggest.coverage import not_covered
from selfcare_kit.safety.alerts import find_alerts
from selfcare_kit.safety.screening import Screening

# How questions were asked, as the note says it after the number.
WAYS = {"aloud": "read out", "label": "by their labels", "sheet": "on the client's sheet"}
# The language of the note; what it quotes of the handout is in it, too, where the guide has it.
LANGUAGE = "en"


def routine_note(routine: Plan) -> str:
    """Return a routine as the plan of a chart note; without steps it says that none were given and why."""
    title, code = one_line(routine.title), one_line(routine.code)
    who = ", ".join(part for part in (code, f"from {routine.date}") if part)
    plan = f"Self-massage at home{f' ({title})' if title else ''}" if routine.steps else "No self-massage was given"
    lines = [f"P: {plan}; {who}.", *complaint_lines(routine), *outcome_lines(routine)]
    lines += safety_lines(routine)
    if routine.steps:
        blocked = obstacle(routine)
        lines += [f"Not for the client as it stands: {blocked}"] if blocked else []
        lines += [*_step_lines(routine), *side_lines(routine), *advice_lines(routine)]
        sources = sources_of(routine, _language(routine))
        lines += [f"Sources: {sources}."] if sources else []
    return "\n".join([*lines, _guide_line(routine)]) + "\n"


def _step_lines(routine: Plan) -> list[str]:
    """Return the steps, one line each, with what they all share once above them."""
    steps = [step_labels(step, routine.guide) for step in routine.steps]
    doses = [(step.pressure, step.tool_and_position, step.rest) for step in steps]
    shared = [part for part, *others in zip(*doses, strict=True) if part and others.count(part) == len(others)]
    minutes = -(-routine.total_seconds // 60)
    lines = [f"Steps, {len(steps)} in about {minutes} min:"]
    if shared:
        lines.append(f"Each: {'; '.join(shared)}.")
    for number, (step, dose) in enumerate(zip(steps, doses, strict=True), start=1):
        own = [part for part in dose if part and part not in shared]
        note = f' Note to the client: "{step.note}"' if step.note else ""
        lines.append(f"{number}. {'; '.join([step.site, step.work, *own])}.{note}")
    return lines


def _language(routine: Plan) -> str:
    """Return the note's language, or the guide's where the guide does not have it."""
    return LANGUAGE if LANGUAGE in routine.guide.languages else routine.guide.language


def _guide_line(routine: Plan) -> str:
    review = one_line(review_line(routine, _language(routine)))
    return f"Guide: {routine.guide_id} {one_line(routine.guide_version)}. {review} Not a diagnosis."


def complaint_lines(routine: Plan) -> list[str]:
    """Return the complaint, what is to be ruled out, and what the guide does not cover, one line each."""
    if not routine.complaint or not routine.complaint.areas:
        return []
    complaint = "; ".join(complaint_label(area, routine.guide) for area in routine.complaint.areas)
    alerts = find_alerts(routine.complaint, routine.guide)
    to_rule_out = (f"To rule out ({alert.action}): {alert.text}" for alert in alerts)
    return [f"Complaint: {complaint}.", *to_rule_out, *not_covered(routine.complaint, routine.guide).values()]


def outcome_lines(routine: Plan) -> list[str]:
    """Return what was found at the visit beside pain, one line each; none where nothing was asked."""
    outcome = routine.outcome
    said = []
    if outcome.days_done is not None:
        of = "" if outcome.days_planned is None else f" of {outcome.days_planned} planned"
        said.append(f"done on {outcome.days_done}{of} days")
    if outcome.change is not None:
        said.append(f"change felt {f'{outcome.change:+d}' if outcome.change else '0'} (-5 to +5)")
    for name, words in (("helped", "said to have helped"), ("sore", "sore after")):
        keys = getattr(outcome, name)
        if keys:
            said.append(f"{words}: {', '.join(step_site(*key, routine.guide) for key in keys)}")
    activities = [f"{one_line(each.label)} {_or_not_asked(each.score)}" for each in outcome.activities]
    scores = [
        f"{one_line(each.label)} {_or_not_asked(each.value)} ({each.better} is better)" for each in outcome.scores
    ]
    return [
        *([f"Since the last visit: {'; '.join(said)}."] if said else []),
        *([f"Activities, 0 not at all to 10 as before: {'; '.join(activities)}."] if activities else []),
        *([f"Scores: {'; '.join(scores)}."] if scores else []),
    ]


def _or_not_asked(value: float | None) -> str:
    return "not asked" if value is None else f"{value:g}"


def safety_lines(routine: Plan) -> list[str]:
    """Return the answers to the safety questions, with each finding and who agreed, one line each."""
    screening = routine.screening
    if screening is None:
        return ["Safety questions: not asked."]
    count = len(screening.asked)
    answers = f"{len(screening.yes)} answered yes" if screening.yes else "none applies"
    lines = [f"Safety questions of {screening.date}: {count} asked{_ways(screening)}, {answers}."]
    where = dict(screening.where)
    for finding in screening.findings:
        labels = ", ".join(routine.guide.records.areas[area].label.lower() for area in where.get(finding.id, ()))
        details = f" at {labels}" if labels else ""
        details += "" if finding.id in screening.yes else ", by what is felt"
        lines.append(f"{finding.id} {finding.label}{details} ({finding.action}): {finding.message}")
    if screening.not_relevant:
        lines.append(f"Set aside as not relevant here: {', '.join(screening.not_relevant)}.")
    return [*lines, *_agreement_lines(routine, screening)]


def _ways(screening: Screening) -> str:
    """Return how many of the questions were asked in which way, in brackets; empty where none was recorded."""
    counts = Counter(way for id, way in screening.how if id in screening.asked)
    said = [f"{counts[way]} {words}" for way, words in WAYS.items() if counts[way]]
    return f" ({', '.join(said)})" if said else ""


def _agreement_lines(routine: Plan, screening: Screening) -> list[str]:
    """Return what a clinician ruled out for each finding, and which findings initials alone stand for."""
    by = one_line(screening.agreed_by)
    lines = []
    for id, words in screening.agreed:
        text = one_line(words).rstrip(".")
        who = f" ({by})" if by and by not in text.replace(";", " ").replace(",", " ").split() else ""
        lines.append(f"{id}: looked at and ruled out: {text}{who}.")
    if by:
        agreed = dict(screening.agreed)
        alerts = find_alerts(routine.complaint, routine.guide) if routine.complaint else ()
        to_refer = (item.id for item in (*screening.findings, *alerts) if item.action == "refer")
        ids = [id for id in dict.fromkeys(to_refer) if id not in agreed]
        which = "all other findings" if agreed else "all findings"
        if ids:
            lines.append(f"{by} agreed for {which}: {', '.join(ids)} (nothing said about what was ruled out).")
        elif not agreed:
            lines.append(f"{by} agreed; no finding asked for it.")
    return lines


def side_lines(routine: Plan) -> list[str]:
    """Return a hint on steps on both sides, and the steps that are meant where nothing hurts, one line each."""
    steps = [f"{one_line(routine.guide.point(step.point).label)}, {step.side}" for step in routine.sides_meant]
    meant = [f"Meant, though nothing hurts there: {'; '.join(steps)}."] if steps else []
    return [*filter(None, [both_sides_hint(routine.steps, routine.complaint)]), *meant]


def advice_lines(routine: Plan) -> list[str]:
    """Return the general rules that the handout prints, in one line; none when the guide has none."""
    rules = " ".join(one_line(rule) for rule in rules_of(routine, _language(routine)))
    return [f"Advice on the handout: {rules} It also says when to stop and whom to call."] if rules else []
