"""Who needs more than one process splits the table, as docs/batch.md says; the batch itself stays simple."""

import ast
import inspect
import re
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit import batches
from selfcare_kit.cli.examples import example_text

PACKAGE = Path(batches.__file__).parent
PAGE = PACKAGE.parent.parent / "docs" / "batch.md"


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def test_a_batch_has_no_pool_and_takes_no_executor():
    modules = [*PACKAGE.glob("*.py")]
    assert len(modules) > 5
    found = {name.partition(".")[0] for path in modules for name in imported(path)}
    assert found & {"multiprocessing", "concurrent", "joblib", "dask"} == set()
    assert "executor" not in inspect.signature(kit.batch).parameters


@pytest.fixture
def written(tmp_path, monkeypatch):
    """The files that one run and the two halves of the page write, by name."""
    monkeypatch.chdir(tmp_path)
    Path("clients.csv").write_text(example_text("clients.csv"), encoding="utf-8-sig")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "docs/batch.md", "exec"), {})
    # The day of the example is that of who asks; records need none.
    runs = {"clients": "all", "clients_0": "handouts_0", "clients_1": "handouts_1"}
    for table, folder in runs.items():
        kit.batch(f"{table}.csv", folder, kinds="csv")
    return [{path.name: path.read_bytes() for path in Path(folder).glob("[!.]*")} for folder in runs.values()]


def test_two_halves_of_a_table_make_the_files_of_the_whole(written):
    whole, first, second = written
    assert min(len(first), len(second)) > 1
    assert first.keys() & second.keys() == set()
    assert {**first, **second} == whole
