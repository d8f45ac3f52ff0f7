"""The server extension: notebooks of planners and of courses are saved empty, all others as they are."""

from __future__ import annotations

import asyncio
import copy
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from selfcare_kit.jupyter import privacy

NAME = "Zebediah Quill"
ROOT = Path(privacy.__file__).resolve().parent
CONFIG = ROOT / "config" / "jupyter_server_config.d" / "selfcare_kit.json"


def notebook(source, metadata=None, shown=f"VBox(children=(Text(value='{NAME}'),))"):
    cell = nbformat.v4.new_code_cell(source, execution_count=3)
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": shown}, execution_count=3)]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title"), cell])
    made.metadata.update(metadata or {})
    made.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"1": {"value": NAME}}}}
    return json.loads(nbformat.writes(made))


def saved(content):
    model = {"type": "notebook", "content": copy.deepcopy(content)}
    privacy.scrub(model, path="n.ipynb", contents_manager=None)
    return model["content"]


PLANNERS = {
    "says so": notebook("print(1)", {"selfcare_kit": {"planner": True}}),
    "opens one": notebook("import selfcare_kit as kit\nkit.Planner()"),
    "opens one by name": notebook("from selfcare_kit import Planner\np = Planner (guide=g)\np"),
    "reads a course": notebook("import selfcare_kit as kit\nkit.read_course('records', code='C-104').plot()"),
    "reads all courses": notebook("from selfcare_kit import read_courses\nread_courses('records').plot()"),
    "reads courses by another name": notebook("from selfcare_kit import read_course as rc\nlist(map(rc, folders))"),
    "compares two visits": notebook("import selfcare_kit as kit\nkit.then_and_now(last, now)"),
    "calls the shell": notebook("!selfcare-kit course records --code C-104"),
    "shows one": notebook("p", shown="SelfCare planner"),
    "has lines as a list": {
        **notebook("x"),
        "cells": [
            {"cell_type": "code", "source": ["import selfcare_kit\n", "selfcare_kit.Planner()"],
             "outputs": [{"text": NAME}], "metadata": {}, "execution_count": 1},
        ],
    },
}  # fmt: skip
OTHERS = {
    "another subject": notebook("df"),
    "the kit without a planner": notebook("import selfcare_kit as kit\nkit.Body('back')"),
    "made-up courses": notebook(
        "import selfcare_kit as kit\nkit.read_course('.')", {"selfcare_kit": {"synthetic": True}}
    ),
    "made-up data": notebook("kit.Planner()", {"selfcare_kit": {"synthetic": True, "planner": True}}),
    "another planner": notebook("from trips import Planner\nPlanner()"),
}


@pytest.mark.parametrize("name", PLANNERS)
def test_a_planners_notebook_is_saved_empty(name):
    kept = saved(PLANNERS[name])
    assert NAME not in json.dumps(kept)
    for cell in kept["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    assert [cell["source"] for cell in kept["cells"]] == [cell["source"] for cell in PLANNERS[name]["cells"]]


@pytest.mark.parametrize("name", OTHERS)
def test_another_notebook_is_saved_as_it_is(name):
    assert saved(OTHERS[name]) == OTHERS[name]


@pytest.mark.parametrize("model", [{"type": "file", "content": NAME}, {"type": "directory", "content": None}])
def test_what_is_no_notebook_is_left_alone(model):
    before = dict(model)
    privacy.scrub(model)
    assert model == before


def test_the_planners_notebook_of_the_kit_says_so():
    from selfcare_kit.jupyter.launch import planner_notebook

    assert privacy.may_hold_clients(json.loads(planner_notebook().read_text("utf-8")))


@pytest.mark.slow
def test_installing_the_kit_switches_the_extension_on():
    told = json.loads(CONFIG.read_text("utf-8"))
    assert told["ServerApp"]["jpserver_extensions"] == {"selfcare_kit.jupyter.privacy": True}
    listed = subprocess.run(
        [sys.executable, "-m", "jupyter_server.extension.serverextension", "list"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line for line in (listed.stdout + listed.stderr).splitlines() if "selfcare_kit.jupyter.privacy" in line]
    assert any("enabled" in line for line in lines)
    assert any("OK" in line for line in lines)


def test_a_contents_manager_writes_nothing_of_a_visit(tmp_path):
    from jupyter_server.services.contents.filemanager import AsyncFileContentsManager

    manager = AsyncFileContentsManager(root_dir=str(tmp_path))
    privacy._load_jupyter_server_extension(type("App", (), {"contents_manager": manager}))

    async def save_twice():
        model = {"type": "notebook", "format": "json", "content": PLANNERS["opens one"]}
        await manager.save(copy.deepcopy(model), "n.ipynb")
        await manager.create_checkpoint("n.ipynb")
        await manager.save(copy.deepcopy(model), "n.ipynb")
        await manager.save({**model, "content": OTHERS["another subject"]}, "other.ipynb")

    asyncio.run(save_twice())
    written = {path.name: path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()}
    assert {name.split(".")[0].split("-")[0] for name in written} == {"n", "other"}
    for name, text in written.items():
        assert (NAME in text) == name.startswith("other")
