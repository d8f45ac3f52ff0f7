"""The hand-out: print, files, and the one field for the client's printed name.

The name leaves the page only when a button is pressed, and comes back inside the file. No attribute here keeps it, so
nothing that is saved can contain it.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from selfcare_kit.clinics.profile import with_preferences
from selfcare_kit.errors import FileWriteError, InvalidValueError, catch_missing_letters, check_choice
from selfcare_kit.export.kinds import KINDS, file_kind, make_file
from selfcare_kit.export.read import READABLE
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.obstacles import obstacles_of
from selfcare_kit.planner.visit.opening import new_client
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.since import course_of
from selfcare_kit.planner.visit.words import choices_of_looks, day_in_words, refusal_in_words
from selfcare_kit.review.notice import review_of

PRINTED = "html"
COPIED = "note"
# What may be added to the page: a row for the pain of each day, and how it is going since the first visit.
EXTRAS = ("pain_diary", "course")


class DownloadSection(Section):
    """Title, the client's code, the look of the handout, and the files."""

    template = "download.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self._chosen: dict[str, str] = {}
        # What else is printed on the page of this client.
        self._extras: frozenset[str] = frozenset()
        self._offered = [kind for kind in KINDS.values() if kind.name in session.platform.writes]

    @property
    def options(self) -> dict[str, str]:
        """The options of the handout: those chosen here, else the clinic's, else the kit's."""
        clinic, guide = self.session.clinic, self.session.guide
        if clinic.language not in guide.languages:
            clinic = replace(clinic, language="")
        return with_preferences(clinic, self._chosen, guide.language)

    @property
    def page_options(self) -> dict[str, Any]:
        """The options of the handout with what else is printed on it."""
        course = course_of(self.session.visit) if "course" in self._extras else None
        return {**self.options, "pain_diary": "pain_diary" in self._extras, "course": course}

    def values(self) -> dict[str, Any]:
        """Return title and code, the options of the handout, the kinds of file, and why the handout has to wait."""
        guide, now = self.session.guide, self.session.now
        draft = now.visit.draft
        return {
            "code": draft.code,
            "title": draft.title,
            "options": self.options,
            **choices_of_looks(guide),
            "extras": self._extras,
            "has_course": now.visit.routine_before is not None,
            "obstacles": obstacles_of(now),
            "ready": self._ready(draft.code),
            "day": day_in_words(now.visit),
            "for_client": [(kind.name, kind.label) for kind in self._offered if kind.for_client],
            "for_clinician": [kind for kind in self._offered if not kind.for_client],
            "has_steps": bool(now.steps),
            # Then the browser asks before the page is left.
            "is_at_risk": self.session.is_at_risk,
            "has_note": bool(now.steps or now.screening or now.complaint),
            "review": str(review_of([step.point for step in now.steps] or None, guide=guide)),
            "translation": guide.translation(self.options["language"]).notice,
            "sends": Markup(' data-with="yes"'),
            "busy": Markup(' data-busy="Making the file ..."'),
        }

    def _ready(self, code: str) -> str:
        told_apart = "Ready to print." if code else "Ready to print. No code: files are told apart by the time."
        file = self.session.clinic_file
        return f"{told_apart} With the clinic's settings from {file.name}." if file else told_apart

    def begin_anew(self) -> None:
        """Empty the name that is printed, and print on the page what is usual."""
        self.widget.forget()
        self._extras = frozenset()

    def do_name(self, event: Event) -> str:
        """Set the title or the client's code."""
        name = text_of(event, "name")
        if name not in ("title", "code"):
            raise InvalidValueError(f"a name must be title or code, got {name[:20]!r}.")
        return self.session.do(steps.set_title_and_code, **{name: text_of(event)})

    def do_look(self, event: Event) -> None:
        """Set an option of the handout."""
        if text_of(event, "name") in self.options:
            self._chosen = {**self._chosen, text_of(event, "name"): text_of(event)}

    def do_extra(self, event: Event) -> None:
        """Print something else on the page, or leave it out."""
        extra = {check_choice("what is printed", text_of(event, "id"), EXTRAS)}
        self._extras = self._extras | extra if event.get("value") is True else self._extras - extra

    def do_file(self, event: Event) -> str:
        """Send a file to be saved."""
        kind = check_choice("file", text_of(event, "id"), [each.name for each in self._offered])
        return self._send(kind, _client(event))

    def do_print(self, event: Event) -> str:
        """Send the handout to be printed."""
        return self._send(PRINTED, _client(event), is_print=True)

    def do_copy(self, event: Event) -> str:
        """Send the chart note to be copied; `do_copied` reports the result."""
        note = make_file(self.session.now.routine, COPIED, client=_client(event)).content.decode()
        self.widget.send_to_sender({"copy": note})
        return ""

    def do_copied(self, event: Event) -> str:
        """Report whether the browser copied the chart note to its clipboard."""
        if event.get("value") is not True:
            raise FileWriteError("the browser did not let the chart note be copied; save it as a file: Chart note.")
        return "Copied the chart note."

    def _send(self, name: str, client: str, *, is_print: bool = False) -> str:
        now = self.session.now
        refusal = now.refusal if file_kind(name).for_client else None
        if refusal is not None:
            raise type(refusal)(f"the handout has to wait: {refusal_in_words(refusal, self.session.guide)}")
        with catch_missing_letters() as heard:
            given = {"client": client, "clinic": self.session.clinic_file, **self.page_options}
            file = make_file(now.routine, name, today=now.today, **given)
        is_kept = name in READABLE and not is_print
        if is_kept:
            self.session.saved = now.routine
        called = file.name if now.routine.code else _with_time(file.name)
        self.widget.send_to_sender({"file": {"name": called, "type": file.type, "print": is_print}}, [file.content])
        message = "The handout is ready to print." if is_print else f"Saved {called}."
        if is_kept and self.session.is_new_awaited:
            message = f"{message} {self.session.begin(new_client)}"
        return " ".join((message, *(warning.sentence for warning in heard)))


def _with_time(name: str) -> str:
    """Return the name of a file with the time of the day, which tells two clients without a code apart."""
    path = Path(name)
    return f"{path.stem}_{datetime.datetime.now():%H%M}{path.suffix}"


def _client(event: Event) -> str:
    """Return the printed name, which comes with the event only."""
    private = event.get("with")
    return text_of(private, "client") if isinstance(private, dict) else ""
