"""Opens the planner: in JupyterLab on a copy of its notebook, or as a page without code."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from selfcare_kit.clinics.place import FOLDER
from selfcare_kit.errors import InvalidValueError, MissingExtraError
from selfcare_kit.files import write_atomically

PACKAGE = Path(__file__).resolve().parents[1]
NOTEBOOK = "01_plan_a_routine.ipynb"
COPY = "plan_a_routine.ipynb"
# A wheel installs these where Jupyter finds them; they are named here too, for other ways of installing the kit.
CONFIG = PACKAGE / "jupyter" / "config"
SHARE = PACKAGE / "jupyter" / "share"
# A kernel that imports nothing from its notebook's folder; only for what the kit opens, so a wheel does not install it.
SAFE = PACKAGE / "jupyter" / "safe"
APP_CONFIG = PACKAGE / "jupyter" / "app"
# With -P nothing is imported from the current folder, where a file called random.py would be executed.
START = (sys.executable, "-P", "-m", "selfcare_kit.jupyter.start")
# Lab asks the internet for news, for newer versions and for extensions.
ASKS_NOTHING_OUTSIDE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
SHOWS_THE_PAGE = ("--VoilaConfiguration.template=selfcare", "--VoilaConfiguration.allow_template_override=NO")
# Closing a page ends its kernel, and with it what was put in. A page that only lost its connection, such as on a
# laptop that slept, finds its kernel again for a while.
ENDS_LEFT_KERNELS = ("--MappingKernelManager.cull_idle_timeout=900", "--MappingKernelManager.cull_interval=60")


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
        *START,
        "jupyterlab",
        f"--ServerApp.root_dir={notebook.parent}",
        f"--LabApp.default_url=/doc/tree/{notebook.name}",
        *ASKS_NOTHING_OUTSIDE,
        *for_containers(),
    ]


def app_command(notebook: Path, port: int | None = None) -> list[str]:
    """Return the command that shows a notebook as a page without code; run it with `jupyter_environment()`."""
    require_voila()
    return [
        *START,
        "voila",
        str(notebook),
        *SHOWS_THE_PAGE,
        "--Voila.ip=127.0.0.1",
        f"--Voila.config_file_paths={APP_CONFIG}",
        *ENDS_LEFT_KERNELS,
        *((f"--port={port}",) if port else ()),
    ]


def require_voila() -> None:
    """Raise `MissingExtraError` unless Voila is installed."""
    if importlib.util.find_spec("voila") is None:
        raise MissingExtraError(
            'the planner as a page needs Voila, which is not installed; install it with "pip install '
            '\'selfcare-kit[app]\'", or use "selfcare-kit lab".'
        )


def jupyter_environment(folders: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the user's environment with the kit's settings and template added; the user's own settings still apply.

    `folders` are those of `folders_to_write`; what lies in the user's is still read.
    """
    added: dict[str, tuple[Path, ...]] = {"JUPYTER_CONFIG_PATH": (CONFIG,), "JUPYTER_PATH": (SHARE, SAFE)}
    replaced = {"JUPYTER_CONFIG_PATH": "JUPYTER_CONFIG_DIR", "JUPYTER_PATH": "JUPYTER_DATA_DIR"}
    for name in added:
        if folders and replaced[name] in folders:
            added[name] += (_jupyter_folders()[replaced[name]],)
    return {
        **os.environ,
        **(folders or {}),
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
    """Open the planner as a page in a folder, whose clinic settings count, wait, and return the exit code."""
    command = [*app_command(planner_notebook(), port), *(() if has_browser else ("--no-browser",))]
    return _run(command, {FOLDER: str(Path(folder).resolve())})


def _run(command: list[str], variables: dict[str, str] | None = None) -> int:
    with folders_to_write() as folders:
        environment = {**jupyter_environment(folders), **(variables or {})}
        try:
            # Jupyter executes settings in its current folder, such as jupyter_config.py, so it gets a safe one.
            return subprocess.call(command, env=environment, cwd=SAFE)
        except KeyboardInterrupt:
            return 0


@contextmanager
def folders_to_write() -> Iterator[dict[str, str]]:
    """Give folders that last as long as Jupyter runs in place of those it could not write, by their variables.

    Without them it ends with an error where the home may not be written.
    """
    refused = [name for name, folder in _jupyter_folders().items() if not _may_be_written(folder)]
    if not refused:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="selfcare-kit-", ignore_cleanup_errors=True) as made:
        yield {name: str(Path(made) / name.lower()) for name in refused}


def _jupyter_folders() -> dict[str, Path]:
    """Return the folders of the user that Jupyter and its kernels write to, by the variables that name others."""
    from jupyter_core import paths

    own = {
        "JUPYTER_CONFIG_DIR": paths.jupyter_config_dir(),
        "JUPYTER_DATA_DIR": paths.jupyter_data_dir(),
        "JUPYTER_RUNTIME_DIR": paths.jupyter_runtime_dir(),
        "IPYTHONDIR": os.environ.get("IPYTHONDIR") or Path("~/.ipython").expanduser(),
    }
    return {name: Path(folder) for name, folder in own.items()}


def _may_be_written(folder: Path) -> bool:
    """Return whether files can be made in a folder, or the folder itself in the first one above it that there is."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return os.access(there, os.W_OK | os.X_OK)


def for_containers() -> tuple[str, ...]:
    """Return the option that Jupyter needs where its user is root."""
    # In a container the only user is often root, for whom Jupyter starts only with this option.
    return ("--allow-root",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
