"""Section 6: the files, and the one field for the client's printed name.

The name leaves the page with the press of a button and comes back inside the file. It is kept in no
value here, so nothing that is saved can hold it.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selfcare_kit.errors import InvalidValueError, ReferralRequired
from selfcare_kit.export.handout import PAPERS, VARIANTS
from selfcare_kit.widgets.files import make_file
from selfcare_kit.widgets.pane import Deed
from selfcare_kit.widgets.section import Act, Section, text_of
from selfcare_kit.widgets.state import PlannerState

PRINT = "print"
FOR_CLIENT = ((PRINT, "Print the handout"), ("html", "Handout"))
FOR_CLINICIAN = (("csv", "Record (CSV)"), ("json", "Record (JSON)"))


class DownloadSection(Section):
    """Title, the client's code, the look of the handout, and the files."""

    template = "download.html"

    def __init__(self, state: PlannerState, act: Act, **traits: Any) -> None:
        super().__init__(state, act, **traits)
        language = state.guide.settings.get("language", "en")
        self.look = {"paper": "A4", "variant": "standard", "language": language}

    def values(self) -> dict[str, Any]:
        """Return title and code, the looks, the kinds of file, and why the handout has to wait."""
        state = self.state
        draft = state.visit.draft
        return {
            "code": draft.code,
            "title": draft.title,
            "look": self.look,
            "papers": [(paper, paper) for paper in PAPERS],
            "variants": [(name, name.replace("_", " ")) for name in VARIANTS],
            "languages": [(language, language) for language in state.guide.languages],
            "obstacle": state.obstacle,
            "for_client": FOR_CLIENT,
            "for_clinician": FOR_CLINICIAN,
            "has_steps": bool(state.routine.steps),
            "sends": Markup(' data-with="yes"'),
        }

    def do_name(self, deed: Deed, _: Any) -> None:
        """Take the title or the client's code."""
        name = text_of(deed, "name")
        if name not in ("title", "code"):
            raise InvalidValueError(f"a name must be title or code, got {name[:20]!r}.")
        self.act(lambda: self.state.name(**{name: text_of(deed)}))

    def do_look(self, deed: Deed, _: Any) -> None:
        """Take a choice of the handout's look."""
        if text_of(deed, "name") in self.look:
            self.look = {**self.look, text_of(deed, "name"): text_of(deed)}
        self.glance(lambda: None)

    def do_file(self, deed: Deed, _: Any) -> None:
        """Send a file."""
        kind = text_of(deed, "id")
        private = deed.get("with")
        client = text_of(private, "client") if isinstance(private, dict) else ""
        self.act(lambda: self._send(kind, client))

    def _send(self, kind: str, client: str) -> str:
        is_print = kind == PRINT
        if kind in dict(FOR_CLIENT) and self.state.obstacle:
            raise ReferralRequired(f"the handout has to wait: {self.state.obstacle}")
        file = make_file(self.state.routine, "html" if is_print else kind, client, self.look)
        self.widget.answer({"file": {"name": file.name, "type": file.type, "print": is_print}}, [file.content])
        return "The handout is ready to print." if is_print else f"Saved {file.name}."
