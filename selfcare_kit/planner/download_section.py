"""Section 6: the files, and the one field for the client's printed name.

The name leaves the page only when a button is pressed, and comes back inside the file. No attribute here keeps it, so
nothing that is saved can contain it.
"""

from __future__ import annotations

import os
from typing import Any

from markupsafe import Markup

from selfcare_kit.clinic.profile import clinic_in
from selfcare_kit.errors import FileWriteError, InvalidValueError, catch_missing_letters
from selfcare_kit.export.handout.handout import PAPERS, VARIANTS
from selfcare_kit.export.kinds import KINDS, file_kind, make_file
from selfcare_kit.export.read import READABLE
from selfcare_kit.jupyter.launch import FOLDER
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.section import Section, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import refusal_in_words
from selfcare_kit.routine import Routine

PRINTED = "html"
COPIED = "note"
FOR_CLIENT = [(kind.name, kind.label) for kind in KINDS.values() if kind.for_client]
FOR_CLINICIAN = [kind for kind in KINDS.values() if not kind.for_client]


class DownloadSection(Section):
    """Title, the client's code, the look of the handout, and the files."""

    template = "download.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self.options = {"paper": "A4", "variant": "standard", "language": session.guide.language}
        self.clinic = clinic_in(os.environ.get(FOLDER, "."))
        self.saved: Routine | None = None
        self._opened_count = session.opened_count

    def values(self) -> dict[str, Any]:
        """Return title and code, the options of the handout, the kinds of file, and why the handout has to wait."""
        guide, now = self.session.guide, self.session.now
        draft = now.visit.draft
        obstacle_section, obstacle_key = self._obstacle_at()
        return {
            "code": draft.code,
            "title": draft.title,
            "options": self.options,
            "papers": [(paper, paper) for paper in PAPERS],
            "variants": [(name, name.replace("_", " ")) for name in VARIANTS],
            "languages": [(language, guide.translation(language).name) for language in guide.languages],
            "obstacle": now.obstacle,
            "for_client": FOR_CLIENT,
            "for_clinician": FOR_CLINICIAN,
            "has_steps": bool(now.steps),
            # Then the browser asks before the page is left.
            "is_at_risk": bool(now.steps) and now.routine != self.saved,
            "has_note": bool(now.steps or now.screening or now.complaint),
            "obstacle_section": obstacle_section,
            "obstacle_key": obstacle_key,
            "translation": guide.translation(self.options["language"]).notice,
            "clinic": f"Clinic settings from {self.clinic.name} are printed." if self.clinic else "",
            "sends": Markup(' data-with="yes"'),
            "busy": Markup(' data-busy="Making the file ..."'),
        }

    def refresh(self) -> None:
        """Fill the template and show it; a printed name is emptied when another routine is opened."""
        if self._opened_count != self.session.opened_count:
            self._opened_count = self.session.opened_count
            self.widget.forget()
        super().refresh()

    def do_name(self, event: Event) -> str:
        """Set the title or the client's code."""
        name = text_of(event, "name")
        if name not in ("title", "code"):
            raise InvalidValueError(f"a name must be title or code, got {name[:20]!r}.")
        return self.session.do(steps.set_title_and_code, **{name: text_of(event)})

    def do_look(self, event: Event) -> None:
        """Set an option of the handout."""
        if text_of(event, "name") in self.options:
            self.options = {**self.options, text_of(event, "name"): text_of(event)}

    def do_file(self, event: Event) -> str:
        """Send a file to be saved."""
        return self._send(text_of(event, "id"), _client(event))

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
            file = make_file(now.routine, name, client=client, clinic=self.clinic, **self.options)
        if name in READABLE and not is_print:
            self.saved = now.routine
        self.widget.send_to_sender({"file": {"name": file.name, "type": file.type, "print": is_print}}, [file.content])
        message = "The handout is ready to print." if is_print else f"Saved {file.name}."
        return " ".join((message, *(warning.sentence for warning in heard)))

    def _obstacle_at(self) -> tuple[str, str]:
        """Return the section, and the `data-key` in it, where the obstacle can be removed; empty where it cannot."""
        now = self.session.now
        if now.visit.areas_without_side and not now.is_urgent:
            return "symptoms", "heading"
        if not now.is_screened_today:
            return "safety", now.pending[0] if now.pending else "confirm-top"
        if now.not_cleared:
            return "safety", "initials-field"
        return ("steps", "sides-move") if now.side_conflicts and not now.is_urgent else ("", "")


def _client(event: Event) -> str:
    """Return the printed name, which comes with the event only."""
    private = event.get("with")
    return text_of(private, "client") if isinstance(private, dict) else ""
