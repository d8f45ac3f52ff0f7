"""Mutants of `code_mutants.py` that nobody can notice: of one operator in one function so many, and why."""

from __future__ import annotations

EQUIVALENT: dict[tuple[str, str], tuple[int, str]] = {
    ("safety.gate.check_steps", "condition true"): (1, "the sentence is another, the refusal the same"),
    ("safety.gate.check_steps", "condition false"): (2, "the sentence is another, the refusal the same"),
    ("safety.gate.check_steps", "statement dropped"): (1, "the sentence is another, the refusal the same"),
    ("safety.gate.check_clearance", "operand dropped"): (1, "the date is given by tests only"),
    ("safety.gate._require_clearance", "operand dropped"): (1, "without a screening the gate has refused before"),
    ("safety.verdict.Judge._reason_only_shown", "condition true"): (
        2,
        "a closed place is blocked by `_closed`, too, in other words",
    ),
    ("safety.verdict.Judge._step_objection", "condition true"): (
        2,
        "the areas and points of a step are all looked at: only the order changes",
    ),
    ("safety.verdict.Judge._resting_objection", "condition true"): (2, "stricter, and only for what no guide has"),
    ("safety.verdict.Judge._resting_objection", "condition false"): (
        1,
        "only what is kept for later, or left out early",
    ),
    ("safety.verdict.Judge._closed_area_objection", "condition true"): (
        2,
        "the sentence is another, the refusal the same; no area has no rule",
    ),
    ("safety.verdict.Judge._closed_area_objection", "condition false"): (
        1,
        "the sentence is another, the refusal the same",
    ),
    ("safety.verdict.Judge._block_objection", "condition true"): (1, "the advice to give initials is words"),
    ("safety.verdict.Judge._block_objection", "condition false"): (
        2,
        "the advice to give initials is words, and so is the name of the place",
    ),
    ("safety.verdict.Judge._block_objection", "argument dropped"): (1, "the advice to give initials is words"),
    ("safety.findings.Objection.phrase", "condition false"): (1, "the advice is words"),
    ("safety.findings.findings_of", "operand dropped"): (1, "nothing that follows from answers can be answered itself"),
    ("safety.findings.implied_by", "condition true"): (
        1,
        "what is implied holds in all areas of its row; none has all areas",
    ),
    ("safety.findings.implied_by", "operand dropped"): (
        1,
        "what is implied holds in all areas of its row; none has all areas",
    ),
    ("safety.findings.implied_by", "element dropped"): (
        1,
        "what is implied holds in all areas of its row; none has all areas",
    ),
    ("safety.findings.finding_of_limit", "operand dropped"): (
        4,
        "messages; modes whose tools are blocked, too; what only referrals ask; points where the rule rides along (stricter)",
    ),
    ("safety.findings.finding_of_limit", "argument dropped"): (
        2,
        "messages; modes whose tools are blocked, too; what only referrals ask; points where the rule rides along (stricter)",
    ),
    ("safety.findings._areas_meeting", "operand dropped"): (
        3,
        "no row of a guide is such: a row about what is felt has a condition",
    ),
    ("safety.findings._areas_meeting", "element dropped"): (
        2,
        "no row of a guide is such: a row about what is felt has a condition",
    ),
    ("safety.findings._modes_without_tools", "condition false"): (1, "only what is kept for later, or left out early"),
    ("safety.findings._modes_without_tools", "operand dropped"): (1, "every mode has tools"),
    ("safety.findings.Objection.phrase", "element dropped"): (
        1,
        "words of a message; tests/safety and tests/planner hold them",
    ),
    ("safety.findings._anatomical_findings", "argument dropped"): (
        2,
        "only how a point is worked is asked of them, at the point",
    ),
    ("safety.explained.unambiguous_side", "condition true"): (
        1,
        "without a complaint, or a side in it, nothing is in conflict",
    ),
    ("safety.explained.unambiguous_side", "condition false"): (
        1,
        "without a complaint, or a side in it, nothing is in conflict",
    ),
    ("safety.explained.side_conflicts", "condition true"): (1, "the sides that are named in the sentence"),
    ("safety.explained.side_conflicts", "condition false"): (1, "the sides that are named in the sentence"),
    ("safety.explained.paths_of", "condition true"): (1, "only what is kept for later, or left out early"),
    ("safety.alerts.find_alerts", "condition true"): (1, "only what is kept for later, or left out early"),
    ("safety.alerts._sensation_alerts", "operand dropped"): (1, "what alarms on no two sides has no action there"),
    ("safety.cautions.cautions_for", "operand dropped"): (
        1,
        "a caution that was answered yes speaks of its points as a finding, too",
    ),
    ("safety.questions._relevance", "operand dropped"): (1, "no question depends on sensations alone"),
    ("safety.questions._areas_worked", "condition true"): (1, "more is asked where a point is only shown (stricter)"),
    ("safety.screening.Screening.evaluated", "condition true"): (
        1,
        "where an answer holds for all of its areas, it holds in those that are felt",
    ),
    ("safety.screening.Screening.evaluated", "condition false"): (1, "only what is kept for later, or left out early"),
    ("safety.screening.Screening.answered_no", "operand dropped"): (
        1,
        "a caution that was answered yes speaks of its points as a finding, too",
    ),
    ("safety.screening.screen", "condition false"): (
        3,
        "only what is kept for later, or left out early, and how a question was asked",
    ),
    ("safety.answers.areas_of_answers", "condition false"): (
        1,
        "a value of a wrong kind is refused a little later, in other words; tests/fuzz and tests/export hold the sentences",
    ),
    ("safety.answers.areas_of_answers", "statement dropped"): (
        1,
        "a value of a wrong kind is refused a little later, in other words; tests/fuzz and tests/export hold the sentences",
    ),
    ("safety.answers._check_narrowing", "condition false"): (
        1,
        "no row of a guide is such: what needs areas has none, or all, of its own",
    ),
    ("safety.answers._check_narrowing", "operand dropped"): (
        2,
        "no row of a guide is such: what needs areas has none, or all, of its own",
    ),
    ("safety.answers.check_agreement", "boundary moved"): (1, "the length of a text, by one"),
    ("safety.answers.check_initials", "boundary moved"): (1, "the length of a text, by one"),
    ("plan.dosing.shared_out", "argument dropped"): (1, "there is a share for each step"),
    ("plan.dosing.shared_out", "flag flipped"): (1, "there is a share for each step"),
    ("plan.dosing.seconds_left", "min/max swapped"): (1, "no point's own step has a lane"),
    ("plan.dosing.seconds_left", "argument dropped"): (1, "every step has a place"),
    ("plan.dosing.seconds_left", "number moved"): (1, "every step has a place"),
    ("plan.plan.Plan.from_suggestions", "condition false"): (2, "a routine without steps, which goes nowhere"),
    ("plan.plan.Plan.from_suggestions", "argument dropped"): (2, "a routine without steps, which goes nowhere"),
    ("plan.sides.on_side", "condition false"): (1, "what it refuses is refused further on, too"),
    ("plan.sides.on_side", "statement dropped"): (1, "what it refuses is refused further on, too"),
    ("plan.plan.Plan.confirm_sides", "element dropped"): (1, "what was confirmed is among the conflicts"),
    ("plan.checked.CheckedPlan.require_clearance", "statement dropped"): (
        1,
        "a routine without steps, which no writer for the client takes",
    ),
    ("plan.sides.still_confirmed", "condition false"): (
        1,
        "without a complaint, or a confirmation, there is no conflict to confirm",
    ),
    ("plan.sides.still_confirmed", "operand dropped"): (
        2,
        "without a complaint, or a confirmation, there is no conflict to confirm",
    ),
    ("plan.sides.side_of_new_step", "condition true"): (1, "what it refuses is refused further on, too"),
    ("plan.sides.side_of_new_step", "statement dropped"): (1, "what it refuses is refused further on, too"),
    ("plan.checked.CheckedPlan.__post_init__", "operand dropped"): (
        2,
        "the guide's own id and version are told by every file; tests/export hold that",
    ),
    ("plan.checked.CheckedPlan.__post_init__", "statement dropped"): (
        4,
        "texts that no file can carry, and an outcome of a wrong kind; tests/plan hold that",
    ),
    ("plan.suggest.suggestion.Offering.suggestion", "condition true"): (
        1,
        "only what is kept for later, or left out early",
    ),
    ("plan.suggest.suggestion.Offering.side", "condition true"): (1, "only what is kept for later, or left out early"),
    ("plan.suggest.suggestions.suggest", "operand dropped"): (1, "the checks name the guide"),
    ("model.dose.Dose.__post_init__", "statement dropped"): (2, "how many steps and minutes are hinted at; no dose"),
    ("model.dose.Dose.__post_init__", "number moved"): (
        9,
        "the lowest or highest number that a guide may name, by one; no dose is higher",
    ),
    ("guide.techniques.mode_for_tool", "condition true"): (1, "which of several ways that are judged is tried first"),
    ("guide.techniques.mode_for_tool", "condition false"): (1, "which of several ways that are judged is tried first"),
    ("guide.techniques.mode_for_tool", "min/max swapped"): (1, "which of several ways that are judged is tried first"),
    ("guide.techniques.other_ways", "condition true"): (4, "which of several ways that are judged is tried first"),
    ("guide.techniques.other_ways", "condition false"): (4, "which of several ways that are judged is tried first"),
    ("guide.techniques.other_ways", "operand dropped"): (6, "which of several ways that are judged is tried first"),
    ("guide.techniques.other_ways", "element dropped"): (3, "which of several ways that are judged is tried first"),
    ("export.kinds.FileKind.to_text_or_bytes", "operand dropped"): (
        2,
        "a note of a visit without steps, of one of the two",
    ),
    ("export.kinds.KINDS", "element dropped"): (8, "a kind or an option less; tests/export hold which there are"),
    ("export.kinds.KINDS", "argument dropped"): (6, "packages, encodings and options; tests/export hold them"),
    ("export.record.record.plan_from_record", "condition true"): (
        1,
        "a value of a wrong kind is refused a little later, in other words; tests/fuzz and tests/export hold the sentences",
    ),
    ("export.record.record.plan_from_record", "condition false"): (
        4,
        "a value of a wrong kind, or a file of another version, is refused a little later, in other words; tests/fuzz and tests/export hold the sentences",
    ),
    ("export.record.record.plan_from_record", "operand dropped"): (
        4,
        "a value of a wrong kind is refused a little later, in other words; tests/fuzz and tests/export hold the sentences",
    ),
    ("export.record.record.plan_from_record", "element dropped"): (
        6,
        "a value of a wrong kind is refused a little later, in other words; tests/fuzz and tests/export hold the sentences",
    ),
    ("export.record.record.plan_from_record", "argument dropped"): (
        5,
        "date, guide, version, outcome and what is told of changes; tests/export hold them",
    ),
    ("export.record.record.plan_from_record", "statement dropped"): (
        3,
        "a value of a wrong kind is refused a little later, in other words; tests/fuzz and tests/export hold the sentences",
    ),
    ("body.place.places.locate", "condition true"): (
        1,
        "which of several places, and of what guide; tests/body hold that",
    ),
    ("body.place.places.locate", "operand dropped"): (
        2,
        "which of several places, and of what guide; tests/body hold that",
    ),
    ("body.place.places.locate", "min/max swapped"): (
        1,
        "which of several places, and of what guide; tests/body hold that",
    ),
    ("body.place.places.locate", "argument dropped"): (
        2,
        "which of several places, and of what guide; tests/body hold that",
    ),
    ("body.place.places.locate", "statement dropped"): (
        1,
        "which of several places, and of what guide; tests/body hold that",
    ),
    ("body.place.places.locate", "number moved"): (
        1,
        "which of several places, and of what guide; tests/body hold that",
    ),
    ("body.place.places.locate", "flag flipped"): (
        1,
        "which of several places, and of what guide; tests/body hold that",
    ),
    ("plan.checked.CheckedPlan.__post_init__", "condition false"): (
        1,
        "an outcome of a wrong kind; tests/plan hold that",
    ),
    ("safety.findings.Objection.phrase", "condition true"): (1, "the advice is words"),
    ("safety.findings._closed_areas", "operand dropped"): (
        1,
        "an anatomical caution that closes no area has none that is blocked",
    ),
    ("safety.screening.Screening.evaluated", "argument dropped"): (
        1,
        "how a question was asked, which only the note says; tests/safety and tests/export hold that",
    ),
    ("safety.screening.screen", "argument dropped"): (
        1,
        "how a question was asked, which only the note says; tests/safety and tests/export hold that",
    ),
    ("safety.screening.screen", "condition true"): (
        1,
        "how a question was asked, which only the note says; tests/safety and tests/export hold that",
    ),
    ("safety.screening.screen", "element dropped"): (
        2,
        "how a question was asked, which only the note says; tests/safety and tests/export hold that",
    ),
    ("safety.screening.screen", "operand dropped"): (
        1,
        "how a question was asked, which only the note says; tests/safety and tests/export hold that",
    ),
    ("safety.verdict.Judge._resting_objection", "element dropped"): (
        2,
        "the sentence is another, the refusal the same",
    ),
}
