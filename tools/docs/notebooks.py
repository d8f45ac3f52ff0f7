"""A notebook as a page: its texts, its code, and the outputs it was saved with. Nothing is run."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

HEAD = """\
*This page is the notebook `{name}`, as it was saved. With `selfcare-kit lab` or `make lab` you can run and change it.*
"""
# A notebook that is saved without its outputs, as what is typed into the planner must not be kept.
PLANNER = """\
![The planner, as it opens above this line: where it hurts, points, routine](../pictures/planner.png)

[For clinicians](../clinicians.md) leads through it.
"""
PICTURES = {"image/svg+xml": "svg", "image/png": "png"}


def write_notebook(path: Path, folder: Path) -> None:
    """Write a notebook as Markdown into a folder, with its pictures beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(path, as_version=4)
    # The title stands first on a page, also where a cell comes before it.
    cells = sorted(notebook.cells, key=lambda cell: not _is_title(cell))
    parts, heading = [], ""
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            heading = _heading(cell.source) or heading
            parts.append(cell.source)
            if number == 0:
                parts.append(HEAD.format(name=path.name))
        elif cell.cell_type == "code":
            parts.append(f"```python\n{cell.source}\n```")
            parts += _outputs(cell, heading, folder, f"{path.stem}_{cell.id}")
            if "kit.Planner(" in cell.source and not cell.outputs:
                parts.append(PLANNER)
    (folder / f"{path.stem}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _is_title(cell: Any) -> bool:
    return cell.cell_type == "markdown" and cell.source.startswith("# ")


def _heading(text: str) -> str:
    titles = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    return titles[-1] if titles else ""


def _outputs(cell: Any, heading: str, folder: Path, stem: str) -> Iterator[str]:
    for number, output in enumerate(cell.outputs):
        data = output.get("data", {})
        kind = next((kind for kind in PICTURES if kind in data), None)
        if output.output_type == "stream":
            yield _text(output.text)
        elif kind:
            name = f"{stem}_{number}.{PICTURES[kind]}"
            content = data[kind].encode() if kind.endswith("xml") else base64.b64decode(data[kind])
            (folder / name).write_bytes(content)
            yield f"![{heading}: what the lines above draw]({name})"
        elif "text/html" in data:
            # One block, as an empty line would end it.
            yield "\n".join(line for line in data["text/html"].splitlines() if line.strip())
        elif "text/plain" in data:
            yield _text(data["text/plain"])


def _text(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"
