"""Sections 5 and 6: the numbered figure as it will be printed, and the files."""

from __future__ import annotations

from html import escape

import ipywidgets as W  # noqa: N812

from selfcare_kit.export.handout import PAPERS, VARIANTS
from selfcare_kit.model import Step
from selfcare_kit.widgets.download import Download
from selfcare_kit.widgets.files import File, make_file
from selfcare_kit.widgets.parts import show
from selfcare_kit.widgets.section import Section

FILES = [
    {"kind": "html", "label": "Download the handout (HTML)", "primary": True},
    {"kind": "csv", "label": "Download your record (CSV)", "primary": False},
]


class PreviewSection(Section):
    """The plate of the routine, drawn again when a step changes."""

    title = "5 &nbsp;Preview"

    def build(self) -> tuple[W.Widget, ...]:
        """Make the place for the figure.

        Returns
        -------
        tuple of ipywidgets.Widget
            From top to bottom.
        """
        self._drawn: tuple[Step, ...] | None = None
        self.figure = self.parts.html(name="preview")
        return (self.figure,)

    def refresh(self) -> None:
        """Draw the figure, when the steps are not those it shows."""
        routine = self.state.routine
        if routine.steps == self._drawn:
            return
        self._drawn = routine.steps
        if routine.steps:
            svg = str(routine.figure().to_svg())
            self.figure.value = svg[svg.index("<svg") :]
        else:
            self.figure.value = '<p class="selfcare-quiet">The figure appears with the first step.</p>'


class DownloadSection(Section):
    """Title, the client's code, the look of the handout, and the files."""

    title = "6 &nbsp;Download"

    def build(self) -> tuple[W.Widget, ...]:
        """Make the fields and the download buttons.

        Returns
        -------
        tuple of ipywidgets.Widget
            From top to bottom.
        """
        parts, guide = self.parts, self.state.guide
        self.code = parts.text("Client's code", self._name, "such as C-104; never a name")
        self.title_field = parts.text("Title", self._name, "head of the handout")
        self.paper = parts.pick("Paper", PAPERS, self._look)
        self.variant = parts.pick("Look", [(name.replace("_", " "), name) for name in VARIANTS], self._look)
        languages = sorted(guide.languages, key=lambda name: name != guide.settings.get("language", "en"))
        self.language = parts.pick("Language", languages, self._look)
        show(self.language, len(languages) > 1)
        self._obstacle = parts.html()
        self.download = Download(self._make_file, files=FILES, layout=parts.layout)
        first = parts.row(self.code, self.title_field)
        return first, parts.row(self.paper, self.variant, self.language), self._obstacle, self.download

    def refresh(self) -> None:
        """Show code and title, and why the handout has to wait."""
        draft = self.state.visit.draft
        self.code.value, self.title_field.value = draft.code, draft.title
        obstacle = self.state.obstacle
        text = f"<b>The handout has to wait.</b> {escape(obstacle)}"
        self._obstacle.value = f'<p class="selfcare-wait">{text}</p>' if obstacle else ""

    def _make_file(self, kind: str, client: str) -> File:
        look = {"paper": self.paper.value, "variant": self.variant.value, "language": self.language.value}
        return make_file(self.state.routine, kind, client, look)

    def _name(self) -> None:
        self.act(lambda: self.state.name(code=self.code.value, title=self.title_field.value))

    def _look(self) -> None:
        """Nothing to do: the look is read when the handout is made."""
