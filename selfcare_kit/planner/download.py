"""Section 6: the files, and the one field for the client's printed name.

The name leaves the page with the press of a button and comes back inside the file. It is kept in no
value here, so nothing that is saved can hold it.
"""

from __future__ import annotations

import os
from typing import Any

from markupsafe import Markup

from selfcare_kit.clinic.profile import clinic_in
from selfcare_kit.errors import FileWriteError, InvalidValueError, catch_missing_letters
from selfcare_kit.export.handout.handout import PAPERS, VARIANTS
from selfcare_kit.export.kinds import KINDS, file_kind, make_file
from selfcare_kit.jupyter.launch import FOLDER
from selfcare_kit.planner.pane import Event
from selfcare_kit.planner.section import Act, Section, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import refusal_in_words
from selfcare_kit.routine import Routine

PRINTED = "html"
COPIED = "note"
# What `read_routine` takes; any other kind of file cannot bring the routine back.
READ_BACK = frozenset({"html", "pdf", "csv", "json", "xlsx"})
FOR_CLIENT = [(kind.name, kind.label) for kind in KINDS.values() if kind.for_client]
FOR_CLINICIAN = [kind for kind in KINDS.values() if not kind.for_client]


class DownloadSection(Section):
    """Title, the client's code, the look of the handout, and the files."""

    template = "download.html"

    def __init__(self, session: Session, act: Act, **traits: Any) -> None:
        super().__init__(session, act, **traits)
        self.look = {"paper": "A4", "variant": "standard", "language": session.guide.language}
        self.clinic = clinic_in(os.environ.get(FOLDER, "."))
        self.taken: Routine | None = None
        self._clients = session.clients

    def values(self) -> dict[str, Any]:
        """Return title and code, the looks, the kinds of file, and why the handout has to wait."""
        guide, now = self.session.guide, self.session.now
        draft = now.visit.draft
        obstacle_in, obstacle_at = self._obstacle_at()
        return {
            "code": draft.code,
            "title": draft.title,
            "look": self.look,
            "papers": [(paper, paper) for paper in PAPERS],
            "variants": [(name, name.replace("_", " ")) for name in VARIANTS],
            "languages": [(each, guide.translation(each).name) for each in guide.languages],
            "obstacle": now.obstacle,
            "for_client": FOR_CLIENT,
            "for_clinician": FOR_CLINICIAN,
            "has_steps": bool(now.steps),
            # Whoever leaves the page then is asked first.
            "is_at_risk": bool(now.steps) and now.routine != self.taken,
            "has_note": bool(now.steps or now.screening or now.complaint),
            "obstacle_in": obstacle_in,
            "obstacle_at": obstacle_at,
            "translation": guide.translation(self.look["language"]).notice,
            "clinic": self._clinic_words(),
            "sends": Markup(' data-with="yes"'),
            "busy": Markup(' data-busy="Making the file ..."'),
        }

    def refresh(self) -> None:
        """Fill the template and show it; the printed name goes with the client it was typed for."""
        if self._clients != self.session.clients:
            self._clients = self.session.clients
            self.widget.forget()
        super().refresh()

    def do_name(self, event: Event, _: Any) -> None:
        """Take the title or the client's code."""
        name = text_of(event, "name")
        if name not in ("title", "code"):
            raise InvalidValueError(f"a name must be title or code, got {name[:20]!r}.")
        self.do(steps.name, **{name: text_of(event)})

    def do_look(self, event: Event, _: Any) -> None:
        """Take a choice of the handout's look."""
        if text_of(event, "name") in self.look:
            self.look = {**self.look, text_of(event, "name"): text_of(event)}
        self.view_only(lambda: None)

    def do_file(self, event: Event, _: Any) -> None:
        """Send a file to be saved."""
        self.act(lambda: self._send(text_of(event, "id"), _client(event)))

    def do_print(self, event: Event, _: Any) -> None:
        """Send the handout to be printed."""
        self.act(lambda: self._send(PRINTED, _client(event), is_print=True))

    def do_copy(self, event: Event, _: Any) -> None:
        """Send the chart note to be copied."""
        self.act(lambda: self._copy(_client(event)))

    def do_copied(self, event: Event, _: Any) -> None:
        """Say whether the browser's clipboard took the chart note, which only the view knows."""
        self.act(lambda: _copied(event.get("value") is True))

    def _send(self, name: str, client: str, *, is_print: bool = False) -> str:
        now = self.session.now
        refusal = now.refusal if file_kind(name).for_client else None
        if refusal is not None:
            raise type(refusal)(f"the handout has to wait: {refusal_in_words(refusal, self.session.guide)}")
        with catch_missing_letters() as heard:
            file = make_file(now.routine, name, client=client, clinic=self.clinic, **self.look)
        if name in READ_BACK and not is_print:
            self.taken = now.routine
        self.widget.answer({"file": {"name": file.name, "type": file.type, "print": is_print}}, [file.content])
        told = "The handout is ready to print." if is_print else f"Saved {file.name}."
        return " ".join((told, *(each.sentence for each in heard)))

    def _obstacle_at(self) -> tuple[str, str]:
        """Return the section where the obstacle is lifted, and by what in it; empty where nothing does."""
        now = self.session.now
        if now.visit.sideless and not now.is_grave:
            return "symptoms", "heading"
        if not now.is_screened_today:
            return "safety", now.pending[0] if now.pending else "confirm-top"
        if now.not_looked_at:
            return "safety", "initials-field"
        return ("steps", "sides-move") if now.side_conflicts and not now.is_grave else ("", "")

    def _clinic_words(self) -> str:
        return f"Clinic settings from {self.clinic.name} are printed." if self.clinic else ""

    def _copy(self, client: str) -> None:
        note = make_file(self.session.now.routine, COPIED, client=client).content.decode()
        self.widget.answer({"copy": note})


def _copied(is_copied: bool) -> str:
    if not is_copied:
        raise FileWriteError("the browser did not let the chart note be copied; save it as a file: Chart note.")
    return "Copied the chart note."


def _client(event: Event) -> str:
    """Return the name that was typed to be printed."""
    private = event.get("with")
    return text_of(private, "client") if isinstance(private, dict) else ""
