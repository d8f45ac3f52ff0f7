"""selfcare-kit: from a client's complaint to a safe self-massage routine and one printed page.

The public names are loaded when they are first used, so that `import selfcare_kit` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selfcare_kit.version import __version__ as __version__

_HOMES = {
    "intake_sheet": "selfcare_kit.export.intake",
    "load_guide": "selfcare_kit.guide.load",
    "check_guide": "selfcare_kit.check.check",
    "new_guide": "selfcare_kit.check.new_guide",
    "questions": "selfcare_kit.safety.questions",
    "review_of": "selfcare_kit.review.notice",
    "screen": "selfcare_kit.safety.screening",
    "suggest": "selfcare_kit.plan.suggest.suggestions",
    "search": "selfcare_kit.plan.search",
    "read_sentence": "selfcare_kit.plan.sentence.sentence",
    "Routine": "selfcare_kit.routine",
    "Clinic": "selfcare_kit.clinics.profile",
    "clinic": "selfcare_kit.clinics.profile",
    "read_clinic": "selfcare_kit.clinics.profile",
    "save_clinic": "selfcare_kit.clinics.save",
    "template": "selfcare_kit.routine",
    "templates": "selfcare_kit.plan.templates",
    "save_template": "selfcare_kit.plan.keep_templates",
    "rename_template": "selfcare_kit.plan.keep_templates",
    "delete_template": "selfcare_kit.plan.keep_templates",
    "read_routine": "selfcare_kit.routine",
    "read_course": "selfcare_kit.course.read",
    "read_courses": "selfcare_kit.course.read",
    "example_records": "selfcare_kit.course.example",
    "then_and_now": "selfcare_kit.course.follow",
    "suggested_changes": "selfcare_kit.course.follow",
    "Activity": "selfcare_kit.model.outcome",
    "DiaryDay": "selfcare_kit.model.outcome",
    "Score": "selfcare_kit.model.outcome",
    "batch": "selfcare_kit.batches.run",
    "Body": "selfcare_kit.body",
    "PositionPicture": "selfcare_kit.body",
    "PosturePicture": "selfcare_kit.body",
    "locate": "selfcare_kit.body",
    "atlas": "selfcare_kit.body",
    "Planner": "selfcare_kit.planner.planner",
    "PlacePicker": "selfcare_kit.planner.picking.place_picker",
    "ScreeningRequired": "selfcare_kit.errors",
    "SelfcareError": "selfcare_kit.errors",
}

__all__ = [
    "Activity",
    "Body",
    "Clinic",
    "DiaryDay",
    "PlacePicker",
    "Planner",
    "PositionPicture",
    "PosturePicture",
    "Routine",
    "Score",
    "ScreeningRequired",
    "SelfcareError",
    "atlas",
    "batch",
    "check_guide",
    "clinic",
    "delete_template",
    "example_records",
    "intake_sheet",
    "load_guide",
    "locate",
    "new_guide",
    "questions",
    "read_clinic",
    "read_course",
    "read_courses",
    "read_routine",
    "read_sentence",
    "rename_template",
    "review_of",
    "save_clinic",
    "save_template",
    "screen",
    "search",
    "suggest",
    "suggested_changes",
    "template",
    "templates",
    "then_and_now",
]

if TYPE_CHECKING:
    from selfcare_kit.batches.run import batch
    from selfcare_kit.body import Body, PositionPicture, PosturePicture, atlas, locate
    from selfcare_kit.check.check import check_guide
    from selfcare_kit.check.new_guide import new_guide
    from selfcare_kit.clinics.profile import Clinic, clinic, read_clinic
    from selfcare_kit.clinics.save import save_clinic
    from selfcare_kit.course.example import example_records
    from selfcare_kit.course.follow import suggested_changes, then_and_now
    from selfcare_kit.course.read import read_course, read_courses
    from selfcare_kit.errors import ScreeningRequired, SelfcareError
    from selfcare_kit.export.intake import intake_sheet
    from selfcare_kit.guide.load import load_guide
    from selfcare_kit.model.outcome import Activity, DiaryDay, Score
    from selfcare_kit.plan.keep_templates import delete_template, rename_template, save_template
    from selfcare_kit.plan.search import search
    from selfcare_kit.plan.sentence.sentence import read_sentence
    from selfcare_kit.plan.suggest.suggestions import suggest
    from selfcare_kit.plan.templates import templates
    from selfcare_kit.planner.picking.place_picker import PlacePicker
    from selfcare_kit.planner.planner import Planner
    from selfcare_kit.review.notice import review_of
    from selfcare_kit.routine import Routine, read_routine, template
    from selfcare_kit.safety.questions import questions
    from selfcare_kit.safety.screening import screen


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'selfcare_kit' has no {name!r}; it offers {', '.join(__all__)}.")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
