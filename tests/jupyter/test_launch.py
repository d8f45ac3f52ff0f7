"""Lab opens on a copy of the planner's notebook, with settings that ask nothing outside."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from selfcare_kit.errors import InvalidValueError, MissingExtraError
from selfcare_kit.jupyter import launch


def test_the_notebook_is_copied_once(tmp_path):
    copy = launch.copy_planner(tmp_path)
    assert copy.read_bytes() == launch.planner_notebook().read_bytes()
    copy.write_text("mine")
    assert launch.copy_planner(tmp_path).read_text() == "mine"


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidValueError, match="opens in a folder that exists"):
        launch.copy_planner(tmp_path / "none")


def test_lab_opens_on_the_copy_alone(tmp_path):
    command = launch.lab_command(tmp_path / "plan_a_routine.ipynb")
    assert "--LabApp.default_url=/doc/tree/plan_a_routine.ipynb" in command
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert "--LabApp.news_url=None" in command


def test_labs_settings_save_no_widget_and_ask_for_no_news(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/elsewhere")
    first, second = launch.jupyter_environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert second == "/elsewhere"
    path = Path(first, "labconfig", "default_setting_overrides.d", "selfcare_kit.json")
    settings = json.loads(path.read_text("utf-8"))
    assert settings["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": False}
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_the_page_is_shown_with_the_kits_own_template():
    command = launch.app_command(launch.planner_notebook(), 8866)
    assert "--VoilaConfiguration.template=selfcare" in command
    assert "--Voila.ip=127.0.0.1" in command
    assert "--port=8866" in command
    share = launch.jupyter_environment()["JUPYTER_PATH"].split(os.pathsep)[0]
    template = Path(share, "voila", "templates", "selfcare", "index.html.j2").read_text("utf-8")
    assert "http" not in template.replace("http://www.w3.org", "")


def test_the_page_asks_nobody_for_formulas():
    """Inside another server Voila names MathJax on the internet, and the template that the wheel ships takes that out."""
    source = launch.SHARE.joinpath("voila", "templates", "selfcare", "index.html.j2").read_text("utf-8")
    # What it builds on is Voila's and nbconvert's; the block with the page's settings is the kit's own.
    stubs = {
        "nbconvert/templates/lab/index.html.j2": "{% block body_loop %}{% endblock %}",
        "voila_setup.macro.html.j2": "{% macro voila_setup_helper_functions() %}{% endmacro %}"
        "{% macro voila_setup_labextensions(a, b) %}{% endmacro %}",
    }
    loader = jinja2.DictLoader({**stubs, "page": source})
    page = jinja2.Environment(loader=loader).get_template("page").render(
        page_config={"fullMathjaxUrl": "https://elsewhere.example/mathjax.js", "kept": "yes"},
        resources={"base_url": "/user/somebody/"}, nb={}, kernel_start=lambda nb: "k", cell_generator=lambda nb, kernel: (),
    )  # fmt: skip
    settings = json.loads(page.split('id="jupyter-config-data" type="application/json">')[1].split("</script>")[0])
    assert settings == {"baseUrl": "/user/somebody/", "kernelId": "k", "fullMathjaxUrl": "", "kept": "yes"}
    assert "elsewhere" not in page


def test_without_voila_the_page_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'selfcare-kit\[app\]'"):
        launch.open_app()


def test_closing_lab_with_ctrl_c_is_no_failure(tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "call", interrupted)
    assert launch.open_lab(tmp_path) == 0


# What would be imported or read as settings, if the folder counted.
TRAPS = (
    "random", "html", "secrets", "colorsys", "voila", "jupyterlab", "notebook", "ipykernel", "IPython", "matplotlib", "sitecustomize",
    "jupyter_config", "jupyter_server_config", "jupyter_lab_config", "ipython_config", "ipython_kernel_config",
)  # fmt: skip


@pytest.fixture
def trap(tmp_path, monkeypatch):
    """A folder, the one we are in, whose files say so when they are executed; `None` of them should."""
    folder = tmp_path / "trap"
    folder.mkdir()
    for name in TRAPS:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / name)!r}, 'w').close()")
    monkeypatch.chdir(folder)
    return folder


def executed(trap):
    return sorted(path.name for path in trap.parent.iterdir() if path != trap)


@pytest.mark.slow
@pytest.mark.parametrize("opened", ["lab", "app"])
def test_no_file_of_the_folder_is_executed_when_the_planner_opens(opened, trap, monkeypatch):
    if opened == "app":
        pytest.importorskip("voila")
    real, told = subprocess.run, []

    def call(command, **more):
        # Both end when they have read their settings: one shows them, the other misses its notebook.
        ends = [*command, "--show-config"] if opened == "lab" else [*command[:5], "none.ipynb", *command[6:]]
        done = real(ends, capture_output=True, text=True, check=False, **more)
        told.append(done.stdout + done.stderr)
        return done.returncode

    monkeypatch.setattr(subprocess, "call", call)
    {"lab": launch.open_lab, "app": launch.open_app}[opened](".")
    assert "default_url" in told[0] or "none.ipynb" in told[0]
    assert executed(trap) == []


@pytest.mark.slow
def test_no_file_beside_a_notebook_is_executed_by_its_kernel(trap):
    code = f"""
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(cwd={str(trap)!r})
client.execute_interactive("import colorsys, html, random, secrets, selfcare_kit; selfcare_kit.Planner()", timeout=60, output_hook=lambda _: None)
told = client.execute_interactive("assert 'trap' not in html.__file__", timeout=60, output_hook=lambda _: None)
print(told["content"]["status"])
client.stop_channels()
manager.shutdown_kernel(now=True)
"""
    environment = {**launch.jupyter_environment(), "PYTHONPATH": str(launch.PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment, cwd=launch.SAFE, capture_output=True, text=True, check=True
    )
    assert done.stdout == "ok\n"
    assert executed(trap) == []


# What the shell loads; Python itself loads a dozen others for -m before the kit can do anything, such as typing and contextlib.
SHELL_TRAPS = (
    "json", "csv", "datetime", "random", "html", "secrets", "tempfile", "zipfile", "tomllib", "dataclasses", "pathlib", "click",
    "jinja2", "markupsafe", "matplotlib", "numpy", "icalendar", "openpyxl", "PIL", "segno", "tomlkit", "platformdirs",
)  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["points"],
        pytest.param(
            ["routine", "--area", "hip_side", "--side", "left", "--none-of-these", "--no-clinic"],
            marks=pytest.mark.slow,
        ),
    ],
)
def test_no_file_of_the_folder_is_executed_by_the_shell(arguments, tmp_path):
    folder = tmp_path / "trap"
    folder.mkdir()
    for name in SHELL_TRAPS:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / name)!r}, 'w').close()")
    out = (
        []
        if arguments == ["points"]
        else [
            part
            for kind in ("html", "ics", "png", "xlsx", "json")
            for part in (f"--{kind}", f"{tmp_path / 'trap' / kind}")
        ]
    )
    # From elsewhere than the checkout, as -m looks for the package in the folder, too.
    environment = {**os.environ, "PYTHONPATH": str(launch.PACKAGE.parent)}
    environment.pop("PYTHONSAFEPATH", None)
    command = [sys.executable, "-m", "selfcare_kit", *arguments, *out]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert executed(folder) == []


def test_every_python_program_the_kit_starts_leaves_its_folder_alone():
    for command in (launch.lab_command(Path("n.ipynb")), launch.app_command(Path("n.ipynb"))):
        assert tuple(command[:2]) == (sys.executable, "-P")


@pytest.mark.slow
def test_a_server_starts_without_building_grammars_that_nothing_asks_for():
    command = [*launch.START, "jupyterlab", "--version"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}, capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "jsonschema._format" in loaded
    # The package itself is asked for, and is said to be missing.
    assert "rfc3987_syntax.syntax_helpers" not in loaded


def test_a_program_is_told_what_follows_its_name(tmp_path):
    (tmp_path / "told.py").write_text("import sys; print(__name__, sys.argv[1:])")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(launch.PACKAGE.parent), str(tmp_path)])}
    command = [*launch.START, "told", "--port=1", "-m"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "__main__ ['--port=1', '-m']\n"


# A home that may not be written


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of nobody's; `os.access` says that it may not be written, as root may write everywhere."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: home not in (Path(path), *Path(path).parents) and real(path, mode)
    )
    return home


def test_a_home_that_may_not_be_written_gets_folders_that_are_gone_afterwards(home, tmp_path, monkeypatch):
    seen = {}

    def call(command, env, cwd):
        seen.update(env)
        Path(env["JUPYTER_DATA_DIR"]).mkdir(parents=True)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    assert launch.open_lab(tmp_path) == 0
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        assert home not in Path(seen[name]).parents
        assert not Path(seen[name]).exists()
    # What lies there is still read.
    assert f"{home}" in seen["JUPYTER_CONFIG_PATH"]
    assert f"{home}" in seen["JUPYTER_PATH"]
    assert list(home.iterdir()) == []


def test_a_home_that_may_be_written_is_used_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    with launch.folders_to_write() as folders:
        assert folders == {}


def test_only_the_folder_that_may_not_be_written_is_replaced(home, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    with launch.folders_to_write() as folders:
        assert "JUPYTER_DATA_DIR" not in folders
        assert "JUPYTER_CONFIG_DIR" in folders
