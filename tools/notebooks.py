"""Takes out of notebooks whose outputs are kept what shows a widget: its kernel has ended, so it would show an error.

The picture that stands beside it is then shown instead, until the cell is run. Used by `make notebooks`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

VIEW = "application/vnd.jupyter.widget-view+json"


def without_views(path: Path) -> None:
    """Rewrite a notebook without views of widgets."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(VIEW, None)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        without_views(Path(name))
