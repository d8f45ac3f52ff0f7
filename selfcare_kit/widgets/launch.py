"""Opening JupyterLab on the planner: a copy of its notebook, and settings that ask nothing outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from selfcare_kit.errors import InvalidValueError

PACKAGE = Path(__file__).resolve().parents[1]
NOTEBOOK = "01_plan_a_routine.ipynb"
COPY = "plan_a_routine.ipynb"
# Lab reads these as defaults, so what a user has set for himself still counts.
SETTINGS = Path(__file__).resolve().parent / "lab"


def planner_notebook() -> Path:
    """Find the notebook that shows the planner.

    Returns
    -------
    Path
        In an installed wheel beside the package's modules, in a checkout in `notebooks/`.

    Raises
    ------
    FileNotFoundError
        If neither is there, which means a broken installation.
    """
    for folder in (PACKAGE / "notebooks", PACKAGE.parent / "notebooks"):
        if (folder / NOTEBOOK).is_file():
            return folder / NOTEBOOK
    raise FileNotFoundError(
        "the planner's notebook is missing beside the package; install it again with "
        '"pip install --force-reinstall selfcare-kit".'
    )


def copy_planner(folder: str | Path) -> Path:
    """Copy the planner's notebook into a folder, unless there is one already.

    Parameters
    ----------
    folder : str or Path
        The clinician's own folder; it must exist.

    Returns
    -------
    Path
        The copy.

    Raises
    ------
    InvalidValueError
        If there is no such folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InvalidValueError(f"the planner opens in a folder that exists, got {str(folder)!r}; make it first.")
    copy = folder.resolve() / COPY
    if not copy.exists():
        shutil.copyfile(planner_notebook(), copy)
    return copy


def lab_command(notebook: Path) -> list[str]:
    """Return the command that opens JupyterLab on one notebook.

    Parameters
    ----------
    notebook : Path
        The notebook.

    Returns
    -------
    list of str
        Run it with `lab_environment()`.
    """
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={notebook.parent}",
        f"--LabApp.default_url=/doc/tree/{notebook.name}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        *_for_containers(),
    ]


def lab_environment() -> dict[str, str]:
    """Return the environment for `lab_command`: the user's own, with the kit's settings for Lab.

    Returns
    -------
    dict of str to str
        Lab then shows no news and saves no widget state unless the user has asked for that.
    """
    paths = (str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", ""))
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(path for path in paths if path)}


def open_lab(folder: str | Path) -> int:
    """Open JupyterLab on the planner, and wait until it is closed.

    Parameters
    ----------
    folder : str or Path
        Where the planner's notebook is, or is copied to.

    Returns
    -------
    int
        JupyterLab's exit code.
    """
    command = lab_command(copy_planner(folder))
    try:
        return subprocess.call(command, env=lab_environment())
    except KeyboardInterrupt:
        return 0


def _for_containers() -> tuple[str, ...]:
    # In a container the only user is root, and Jupyter refuses to start for root unless told to.
    return ("--allow-root",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
