"""Opening the planner: in JupyterLab on a copy of its notebook, or as a page without code."""

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
# Tells a planner which folder it was opened for, where its kernel's own is another.
FOLDER = "SELFCARE_KIT_FOLDER"
# A wheel brings these to where Jupyter looks by itself; named here too, whatever way the kit was installed.
CONFIG = PACKAGE / "jupyter" / "config"
SHARE = PACKAGE / "jupyter" / "share"
# The kernel that imports nothing from the folder of its notebook; only for what the kit opens, so no wheel brings it.
SAFE = PACKAGE / "jupyter" / "safe"
APP_CONFIG = PACKAGE / "jupyter" / "app"
# What lies in the folder it is started in is never imported: a file called random.py would be executed.
PYTHON = (sys.executable, "-P")


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
        write_atomically(copy, planner_notebook().read_bytes())
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
        Run it with `jupyter_environment()`.
    """
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
    """Return the command that shows one notebook as a page without code.

    Parameters
    ----------
    notebook : Path
        The notebook.
    port : int, optional
        Where it is served; Voila's own choice when left out.

    Returns
    -------
    list of str
        Run it with `jupyter_environment()`.

    Raises
    ------
    MissingExtraError
        If Voila is not installed.
    """
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
        # A page that was left takes its kernel, and what was put into it, along. One that only lost its
        # connection, such as on a laptop that slept, finds it again for a while.
        "--MappingKernelManager.cull_idle_timeout=900",
        "--MappingKernelManager.cull_interval=60",
        *((f"--port={port}",) if port else ()),
    ]


def jupyter_environment() -> dict[str, str]:
    """Return the environment for the commands: the user's own, with the kit's settings and template.

    Returns
    -------
    dict of str to str
        What a user has set for himself still counts.
    """
    ours = {"JUPYTER_CONFIG_PATH": (CONFIG,), "JUPYTER_PATH": (SHARE, SAFE)}
    return {
        **os.environ,
        **{
            name: os.pathsep.join(filter(None, (*map(str, paths), os.environ.get(name))))
            for name, paths in ours.items()
        },
        # As -P, for what Jupyter itself starts.
        "PYTHONSAFEPATH": "1",
    }


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
    return _run(lab_command(copy_planner(folder)))


def open_app(folder: str | Path = ".", port: int | None = None, *, has_browser: bool = True) -> int:
    """Open the planner as a page, and wait until it is closed.

    Parameters
    ----------
    folder : str or Path, default="."
        Where the clinic's settings are looked for; nothing is written there.
    port : int, optional
        Where it is served on this machine.
    has_browser : bool, default=True
        Whether a browser is opened on it.

    Returns
    -------
    int
        Voila's exit code.
    """
    command = [*app_command(planner_notebook(), port), *(() if has_browser else ("--no-browser",))]
    return _run(command, {FOLDER: str(Path(folder).resolve())})


def _run(command: list[str], more: dict[str, str] | None = None) -> int:
    try:
        # Jupyter executes settings it finds in the folder it is started in, such as jupyter_config.py.
        return subprocess.call(command, env={**jupyter_environment(), **(more or {})}, cwd=SAFE)
    except KeyboardInterrupt:
        return 0


def _for_containers() -> tuple[str, ...]:
    # In a container the only user is root, and Jupyter refuses to start for root unless told to.
    return ("--allow-root",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
