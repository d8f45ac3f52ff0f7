"""The reference: every public name and its methods, made from the docstrings; a page for what belongs together."""

from __future__ import annotations

import inspect
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import selfcare_kit as kit

# By the folder of the package in which a name is at home.
HEADINGS = {
    "plan": "From a complaint to a routine", "routine": "From a complaint to a routine", "safety": "Safety",
    "planner": "The planner", "export": "Pages and files", "course": "From visit to visit",
    "model": "From visit to visit", "body": "The figure", "clinics": "The clinic", "batches": "Many clients",
    "guide": "The guide", "check": "The guide", "review": "The guide", "errors": "Errors",
}  # fmt: skip
OTHERS = "Others"
RETURNED = "What they return"
# What the public functions return, and what that holds, where it is no public name itself.
VALUES = (
    "selfcare_kit.batches.summary.BatchSummary", "selfcare_kit.body.place.atlas.Atlas",
    "selfcare_kit.body.plate.Plate", "selfcare_kit.check.check.Problem", "selfcare_kit.course.course.Course",
    "selfcare_kit.course.courses.Courses", "selfcare_kit.course.follow.SuggestedChange",
    "selfcare_kit.course.follow.ThenAndNow", "selfcare_kit.course.visits.CourseVisit", "selfcare_kit.guide.guide.Guide",
    "selfcare_kit.model.complaint.AreaComplaint", "selfcare_kit.model.complaint.Complaint",
    "selfcare_kit.model.outcome.Outcome", "selfcare_kit.model.step.Step", "selfcare_kit.plan.search.Match",
    "selfcare_kit.plan.search.Matches", "selfcare_kit.plan.sentence.sentence.Sentence",
    "selfcare_kit.plan.suggest.suggestion.Suggestion", "selfcare_kit.plan.suggest.suggestions.Suggestions",
    "selfcare_kit.plan.template_file.Template", "selfcare_kit.review.notice.Review", "selfcare_kit.safety.alerts.Alert",
    "selfcare_kit.safety.findings.Finding", "selfcare_kit.safety.questions.Question",
    "selfcare_kit.safety.screening.Screening", "selfcare_kit.safety.verdict.Verdict",
)  # fmt: skip
INTRODUCTION = """\
API reference
=============

Made from the docstrings; ``import selfcare_kit as kit`` comes first. The examples are run by the tests. Values are
frozen: a method returns a new one. Left and right are always the client's own. :doc:`For Python people </python>`
shows the usual way through.
"""


class Entry(NamedTuple):
    """A name of the reference: how it is written, what it is, and the heading of its page."""

    path: str
    value: Any
    heading: str

    @property
    def name(self) -> str:
        """The name alone."""
        return self.path.rpartition(".")[2]


def entries() -> list[Entry]:
    """Return all names of the reference, those of the package first."""
    found = []
    for name in kit.__all__:
        value = getattr(kit, name)
        room = value.__module__.split(".")[1]
        found.append(Entry(f"selfcare_kit.{name}", value, HEADINGS.get(room, OTHERS)))
    for path in VALUES:
        module, _, name = path.rpartition(".")
        found.append(Entry(path, getattr(import_module(module), name), RETURNED))
    return found


def members(value: type) -> list[str]:
    """Return the public methods and properties that the kit itself gives a class and describes."""
    found = {}
    for each in reversed([each for each in value.__mro__ if each.__module__.startswith("selfcare_kit")]):
        found.update(vars(each))
    return sorted(name for name, member in found.items() if name[0] != "_" and _is_described(member))


def _is_described(member: Any) -> bool:
    is_method = isinstance(member, property | cached_property | classmethod | staticmethod) or inspect.isfunction(
        member
    )
    return is_method and bool(member.__doc__)


def write_reference(folder: Path) -> None:
    """Write a page for each heading, and the page that lists all names."""
    folder.mkdir(parents=True)
    pages: dict[str, list[Entry]] = {heading: [] for heading in (*HEADINGS.values(), OTHERS, RETURNED)}
    for entry in entries():
        pages[entry.heading].append(entry)
    pages = {heading: those for heading, those in pages.items() if those}
    names = {heading: heading.lower().replace(" ", "-") for heading in pages}
    parts = [INTRODUCTION]
    for heading, those in pages.items():
        rows = [f"* - :py:obj:`{each.name} <{each.path}>`\n     - {_first_line(each.value)}" for each in those]
        table = ".. list-table::\n   :widths: 30 70\n\n" + "\n".join(f"   {row}" for row in rows)
        parts.append(f"{_title(heading, '-')}{table}\n")
        text = "\n".join([_title(heading, "="), ".. currentmodule:: selfcare_kit\n", *map(_described, those)])
        (folder / f"{names[heading]}.rst").write_text(text, encoding="utf-8")
    parts.append(".. toctree::\n   :hidden:\n\n" + "".join(f"   {name}\n" for name in names.values()))
    (folder / "index.rst").write_text("\n".join(parts), encoding="utf-8")


def _title(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}\n\n"


def _first_line(value: Any) -> str:
    return inspect.getdoc(value).partition("\n\n")[0].replace("\n", " ")


def _described(entry: Entry) -> str:
    if not inspect.isclass(entry.value):
        return f".. autofunction:: {entry.path}\n"
    own = members(entry.value)
    return f".. autoclass:: {entry.path}\n" + (f"   :members: {', '.join(own)}\n" if own else "")
