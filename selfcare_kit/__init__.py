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
    "questions": "selfcare_kit.safety.questions",
    "screen": "selfcare_kit.safety.screening",
    "suggest": "selfcare_kit.plan.suggest.suggestions",
    "search": "selfcare_kit.plan.search",
    "Routine": "selfcare_kit.routine",
    "Clinic": "selfcare_kit.clinic.profile",
    "read_clinic": "selfcare_kit.clinic.profile",
    "template": "selfcare_kit.routine",
    "read_routine": "selfcare_kit.routine",
    "batch": "selfcare_kit.batches.run",
    "Body": "selfcare_kit.body",
    "PositionPicture": "selfcare_kit.body",
    "locate": "selfcare_kit.body",
    "atlas": "selfcare_kit.body",
    "Planner": "selfcare_kit.planner.planner",
    "ScreeningRequired": "selfcare_kit.errors",
    "SelfcareError": "selfcare_kit.errors",
}

__all__ = [
    "Body",
    "Clinic",
    "Planner",
    "PositionPicture",
    "Routine",
    "ScreeningRequired",
    "SelfcareError",
    "atlas",
    "batch",
    "check_guide",
    "intake_sheet",
    "load_guide",
    "locate",
    "questions",
    "read_clinic",
    "read_routine",
    "screen",
    "search",
    "suggest",
    "template",
]

if TYPE_CHECKING:
    from selfcare_kit.batches.run import batch
    from selfcare_kit.body import Body, PositionPicture, atlas, locate
    from selfcare_kit.check.check import check_guide
    from selfcare_kit.clinic.profile import Clinic, read_clinic
    from selfcare_kit.errors import ScreeningRequired, SelfcareError
    from selfcare_kit.export.intake import intake_sheet
    from selfcare_kit.guide.load import load_guide
    from selfcare_kit.plan.search import search
    from selfcare_kit.plan.suggest.suggestions import suggest
    from selfcare_kit.planner.planner import Planner
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
