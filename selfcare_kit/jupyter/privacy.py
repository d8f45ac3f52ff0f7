"""A Jupyter server extension that keeps client data out of saved notebooks.

Whatever a planner's notebook shows is emptied when it is saved: outputs, numbers of runs, and the
state of widgets. Other notebooks are left alone. Installing the kit switches it on; it works
wherever a Jupyter server saves the notebook, which editors with a server of their own do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLAIN_TEXT = "SelfCare planner"
_USES_KIT = re.compile(r"\bselfcare_kit\b")
_OPENS_PLANNER = re.compile(r"\bPlanner\s*\(")


def is_planner_notebook(notebook: Mapping[str, Any]) -> bool:
    """Tell whether a notebook may hold what a clinician put into a planner.

    Parameters
    ----------
    notebook : mapping
        A notebook of format 4, as plain values.

    Returns
    -------
    bool
        True for one that says so, opens a planner, or shows one. False for one that says that
        its data is made up: `"selfcare_kit": {"synthetic": true}` in its metadata.
    """
    told = notebook.get("metadata", {}).get("selfcare_kit", {})
    if isinstance(told, Mapping) and told.get("synthetic") is True:
        return False
    if isinstance(told, Mapping) and told.get("planner") is True:
        return True
    cells = [cell for cell in notebook.get("cells", ()) if cell.get("cell_type") == "code"]
    source = "\n".join(_text(cell.get("source", "")) for cell in cells)
    if _USES_KIT.search(source) and _OPENS_PLANNER.search(source):
        return True
    return any(PLAIN_TEXT in str(cell.get("outputs", "")) for cell in cells)


def empty(notebook: dict[str, Any]) -> None:
    """Take outputs, numbers of runs and widget state out of a notebook, in place.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4, as plain values.
    """
    notebook.get("metadata", {}).pop("widgets", None)
    for cell in notebook.get("cells", ()):
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
            cell["execution_count"] = None


def scrub(model: dict[str, Any], **_: Any) -> None:
    """Empty a planner's notebook before it is saved; a hook of Jupyter's contents manager.

    Parameters
    ----------
    model : dict
        What is about to be saved.
    """
    notebook = model.get("content")
    if model.get("type") == "notebook" and isinstance(notebook, dict) and is_planner_notebook(notebook):
        empty(notebook)


def _text(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "selfcare_kit.jupyter.privacy"}]


def _load_jupyter_server_extension(app: Any) -> None:
    app.contents_manager.register_pre_save_hook(scrub)
