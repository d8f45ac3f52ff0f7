"""Opens the planner: in JupyterLab on a copy of its notebook, or as a page without code."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from selfcare_kit.errors import InvalidValueError, MissingExtraError
from selfcare_kit.files import write_atomically

PACKAGE = Path(__file__).resolve().parents[1]
NOTEBOOK = "01_plan_a_routine.ipynb"
COPY = "plan_a_routine.ipynb"
# The environment variable with the folder that the planner was opened for; its kernel runs in another.
FOLDER = "SELFCARE_KIT_FOLDER"
# A wheel installs these where Jupyter finds them; they are named here too, for other ways of installing the kit.
CONFIG = PACKAGE / "jupyter" / "config"
SHARE = PACKAGE / "jupyter" / "share"
# A kernel that imports nothing from its notebook's folder; only for what the kit opens, so a wheel does not install it.
SAFE = PACKAGE / "jupyter" / "safe"
APP_CONFIG = PACKAGE / "jupyter" / "app"
# With -P nothing is imported from the current folder, where a file called random.py would be executed.
PYTHON = (sys.executable, "-P")


def planner_notebook() -> Path:
    """Return the path of the planner's notebook: inside the package in a wheel, in `notebooks/` in a checkout."""
    for folder in (PACKAGE / "notebooks", PACKAGE.parent / "notebooks"):
        if (folder / NOTEBOOK).is_file():
            return folder / NOTEBOOK
    raise FileNotFoundError(
        "the planner's notebook is missing beside the package; install it again with "
        '"pip install --force-reinstall selfcare-kit".'
    )


def copy_planner(folder: str | Path) -> Path:
    """Copy the planner's notebook into an existing folder, unless one is there already, and return its path."""
    folder = Path(folder)
    if not folder.is_dir():
        raise InvalidValueError(f"the planner opens in a folder that exists, got {str(folder)!r}; make it first.")
    copy = folder.resolve() / COPY
    if not copy.exists():
        write_atomically(copy, planner_notebook().read_bytes())
    return copy


def lab_command(notebook: Path) -> list[str]:
    """Return the command that opens JupyterLab on a notebook; run it with `jupyter_environment()`."""
    return [
        *PYTHON,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={notebook.parent}",
        f"--LabApp.default_url=/doc/tree/{notebook.name}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        *_for_containers(),
    ]


def app_command(notebook: Path, port: int | None = None) -> list[str]:
    """Return the command that shows a notebook as a page without code; run it with `jupyter_environment()`."""
    if importlib.util.find_spec("voila") is None:
        raise MissingExtraError(
            'the planner as a page needs Voila, which is not installed; install it with "pip install '
            '\'selfcare-kit[app]\'", or use "selfcare-kit lab".'
        )
    return [
        *PYTHON,
        "-m",
        "voila",
        str(notebook),
        "--template=selfcare",
        "--VoilaConfiguration.allow_template_override=NO",
        "--Voila.ip=127.0.0.1",
        f"--Voila.config_file_paths={APP_CONFIG}",
        # Closing a page ends its kernel, and with it what was put in. A page that only lost its connection, such as on
        # a laptop that slept, finds its kernel again for a while.
        "--MappingKernelManager.cull_idle_timeout=900",
        "--MappingKernelManager.cull_interval=60",
        *((f"--port={port}",) if port else ()),
    ]


def jupyter_environment() -> dict[str, str]:
    """Return the user's environment with the kit's settings and template added; the user's own settings still apply."""
    added = {"JUPYTER_CONFIG_PATH": (CONFIG,), "JUPYTER_PATH": (SHARE, SAFE)}
    return {
        **os.environ,
        **{
            name: os.pathsep.join(filter(None, (*map(str, paths), os.environ.get(name))))
            for name, paths in added.items()
        },
        # The same as -P, for the processes that Jupyter starts.
        "PYTHONSAFEPATH": "1",
    }


def open_lab(folder: str | Path) -> int:
    """Open JupyterLab on the planner in a folder, wait until it is closed, and return its exit code."""
    return _run(lab_command(copy_planner(folder)))


def open_app(folder: str | Path = ".", port: int | None = None, *, has_browser: bool = True) -> int:
    """Open the planner as a page with the clinic settings of a folder, wait, and return the exit code."""
    command = [*app_command(planner_notebook(), port), *(() if has_browser else ("--no-browser",))]
    return _run(command, {FOLDER: str(Path(folder).resolve())})


def _run(command: list[str], variables: dict[str, str] | None = None) -> int:
    try:
        # Jupyter executes settings in its current folder, such as jupyter_config.py, so it gets a safe one.
        return subprocess.call(command, env={**jupyter_environment(), **(variables or {})}, cwd=SAFE)
    except KeyboardInterrupt:
        return 0


def _for_containers() -> tuple[str, ...]:
    # In a container the only user is often root, for whom Jupyter starts only with this option.
    return ("--allow-root",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
