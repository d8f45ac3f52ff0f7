"""The widget of a place picker: the body to click on, and beside it where the spot lies and how it is told."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from selfcare_kit.body.geometry.paths import XY
from selfcare_kit.body.place.atlas import View, atlas
from selfcare_kit.planner.channel import joined_scripts
from selfcare_kit.planner.pane import Pane

STYLES = Path(__file__).parents[1] / "styles"
# A place of the thigh, where the keys begin in a view that shows it.
BEGIN = (10.0, 70.0, 0.0)


class PickerWidget(Pane):
    """A pane with a figure beside it; `scripts/picker.js` is its view. The drawings are sent to a view once."""

    _esm = joined_scripts("morph.js", "channel.js", "files.js", "pane.js", "guard.js", "svg.js", "picker.js")
    _css = "\n".join((STYLES / f"{name}.css").read_text("utf-8") for name in ("base", "picker"))

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.figure: dict[str, Any] = {}

    def current(self) -> dict[str, Any]:
        """Return a message with what is shown now."""
        return {"html": self.html, "figure": self.figure}

    def opening(self) -> tuple[dict[str, Any], list[bytes]]:
        """Return a message with what is shown now, and the compressed drawings of all views."""
        drawings = {name: _drawing(atlas().view(name)) for name in atlas().views}
        return {"drawings": True, **self.current()}, [zlib.compress(json.dumps(drawings).encode())]

    def show_both(self, html: str, figure: dict[str, Any]) -> None:
        """Show HTML beside a figure; what is shown already is not sent again."""
        if (html, figure) != (self.html, self.figure) or self.has_waiting_view:
            self.html, self.figure = html, figure
            self.send_to_all(self.current())


def _drawing(view: View) -> dict[str, Any]:
    drawing = view.drawing()
    return {
        "outline": drawing.outline, "lines": drawing.lines, "unit": view.unit_cm, "box": view.box(),
        "isSymmetric": view.is_symmetric, "letters": view.letters(), "begin": _begin(view),
    }  # fmt: skip


def _begin(view: View) -> XY:
    x, y = view.project(BEGIN)
    if view.contains(x, y):
        return round(x, 1), round(y, 1)
    x0, y0, x1, y1 = view.box()
    return round((x0 + x1) / 2, 1), round((y0 + y1) / 2, 1)
