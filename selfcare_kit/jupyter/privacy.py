"""A Jupyter server extension that keeps client data out of saved notebooks.

When a notebook is saved that opens a planner or reads clients' courses, its outputs, execution counts and widget state
are removed. Other notebooks are not changed. Installing the kit switches the extension on; it works wherever a Jupyter
server saves the notebook, which editors with a server of their own do not use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLAIN_TEXT = "SelfCare planner"
_USES_KIT = re.compile(r"\bselfcare[_-]kit\b")
_SHOWS_CLIENTS = re.compile(r"\bPlanner\s*\(|\b(?:read_courses?|then_and_now)\b|\bselfcare-kit\s+course\b")


def may_hold_clients(notebook: Mapping[str, Any]) -> bool:
    """Return whether a notebook of format 4 may contain what is known of a client.

    It may if it opens or shows a planner, reads a course, or has `"selfcare_kit": {"planner": true}` in its metadata;
    it does not if it has `"selfcare_kit": {"synthetic": true}` there, for made-up data.
    """
    settings = notebook.get("metadata", {}).get("selfcare_kit", {})
    if isinstance(settings, Mapping) and settings.get("synthetic") is True:
        return False
    if isinstance(settings, Mapping) and settings.get("planner") is True:
        return True
    cells = [cell for cell in notebook.get("cells", ()) if cell.get("cell_type") == "code"]
    source = "\n".join(_text(cell.get("source", "")) for cell in cells)
    if _USES_KIT.search(source) and _SHOWS_CLIENTS.search(source):
        return True
    return any(PLAIN_TEXT in str(cell.get("outputs", "")) for cell in cells)


def empty(notebook: dict[str, Any]) -> None:
    """Remove outputs, execution counts and widget state from a notebook of format 4, in place."""
    notebook.get("metadata", {}).pop("widgets", None)
    for cell in notebook.get("cells", ()):
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
            cell["execution_count"] = None


def scrub(model: dict[str, Any], **_: Any) -> None:
    """Empty a notebook that may hold clients before it is saved; a pre-save hook of Jupyter's contents manager."""
    notebook = model.get("content")
    if model.get("type") == "notebook" and isinstance(notebook, dict) and may_hold_clients(notebook):
        empty(notebook)


def _text(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "selfcare_kit.jupyter.privacy"}]


def _load_jupyter_server_extension(app: Any) -> None:
    app.contents_manager.register_pre_save_hook(scrub)
