"""A widget that keeps every key pressed in the planner from the notebook, and brings the stylesheets.

JupyterLab's shortcuts also work on a focused button inside an output: there, `x` cuts the cell and
the planner with it.
"""

from __future__ import annotations

from pathlib import Path

from anywidget import AnyWidget

FOLDER = Path(__file__).parent
STYLES = ("base", "sections", "body_map", "steps")


class KeyGuard(AnyWidget):
    """An invisible widget, the first in the planner's box."""

    _esm = FOLDER / "scripts" / "keyguard.js"
    _css = "\n".join((FOLDER / "styles" / f"{name}.css").read_text("utf-8") for name in STYLES)
