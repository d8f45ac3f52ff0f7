"""Templates of the planner: jinja2 with autoescape, read from this folder's `templates`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip


def render(name: str, values: dict[str, Any]) -> str:
    """Fill a template.

    Parameters
    ----------
    name : str
        File name in `templates`.
    values : dict
        What it needs; a value that is missing is an error.

    Returns
    -------
    str
        HTML, every value escaped.
    """
    return _environment().get_template(name).render(values)
