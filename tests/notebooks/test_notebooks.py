"""What nbval needs to mean something, and what a notebook for clinicians must not hold."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SYNTHETIC_CODE = re.compile(r"\bC-\d{3}\b")


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def is_synthetic(path):
    return read(path).metadata["selfcare_kit"]["synthetic"]


STRICT = [path for path in NOTEBOOKS if is_synthetic(path)]
STRIPPED = [path for path in NOTEBOOKS if not is_synthetic(path)]


def test_there_are_notebooks_of_both_kinds():
    assert STRICT
    assert STRIPPED


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_runs_on_any_python3_kernel(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "widgets" not in notebook.metadata


@pytest.mark.parametrize("path", STRICT, ids=lambda path: path.stem)
def test_a_compared_notebook_was_run_in_order_and_holds_its_outputs(path):
    # nbval compares nothing, and passes, where a cell was never run.
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.outputs for cell in cells)
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)


@pytest.mark.parametrize("path", STRICT, ids=lambda path: path.stem)
def test_a_compared_notebook_is_one_that_make_runs(path):
    assert (
        f"notebooks/{path.name}" in (FOLDER.parent / "Makefile").read_text("utf-8").split("KEPT := ")[1].split("\n")[0]
    )


@pytest.mark.parametrize("path", STRICT, ids=lambda path: path.stem)
def test_a_compared_notebook_keeps_pictures_and_no_widget_that_needs_a_kernel(path):
    kinds = {kind for cell in code_cells(path) for output in cell.outputs for kind in output.get("data", {})}
    assert "application/vnd.jupyter.widget-view+json" not in kinds


@pytest.mark.parametrize("path", STRICT, ids=lambda path: path.stem)
def test_a_compared_notebook_shows_more_text_than_it_hides(path):
    ignored = [cell for cell in code_cells(path) if "nbval-ignore-output" in cell.metadata.get("tags", [])]
    assert len(ignored) < len(code_cells(path)) / 2


@pytest.mark.parametrize("path", STRICT, ids=lambda path: path.stem)
def test_a_compared_notebook_names_clients_by_made_up_codes_only(path):
    sources = "\n".join(cell.source for cell in code_cells(path))
    for code in re.findall(r'(?:code|client)="([^"]*)"', sources):
        assert SYNTHETIC_CODE.fullmatch(code)


@pytest.mark.parametrize("path", STRIPPED, ids=lambda path: path.stem)
def test_a_notebook_for_clinicians_holds_no_output_and_hides_its_code(path):
    for cell in code_cells(path):
        assert cell.outputs == []
        assert cell.execution_count is None
        assert cell.metadata.jupyter.source_hidden
        assert cell.metadata.deletable is False


def test_the_planner_notebook_is_two_lines_of_code_below_a_line_for_people():
    (cell,) = code_cells(FOLDER / "01_plan_a_routine.ipynb")
    first, *code = cell.source.splitlines()
    # Lab shows the first line of hidden code.
    assert first.startswith("# ")
    assert "Shift+Enter" in first
    assert [line for line in code if line] == ["import selfcare_kit as kit", "kit.Planner()"]
