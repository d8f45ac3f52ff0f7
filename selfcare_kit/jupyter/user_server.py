"""Starts one clinician's server under JupyterHub, on the planner's page.

A hub needs no more than this command for every user: `python -P -m selfcare_kit.jupyter.user_server`. What follows it
goes to the server, so that a hub may change any of these settings.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from selfcare_kit.errors import MissingExtraError
from selfcare_kit.jupyter.launch import (
    ASKS_NOTHING_OUTSIDE,
    COPY,
    ENDS_LEFT_KERNELS,
    SAFE,
    SHOWS_THE_PAGE,
    START,
    copy_planner,
    for_containers,
    jupyter_environment,
    require_voila,
)

PAGE = f"/voila/render/{COPY}"
SETTINGS = (
    *SHOWS_THE_PAGE,
    *ASKS_NOTHING_OUTSIDE,
    *ENDS_LEFT_KERNELS,
    # A server without a kernel ends itself; one with an open page has a kernel, so that no visit is lost by it.
    "--ServerApp.shutdown_no_activity_timeout=900",
    # Over TCP anybody with an account on the computer can listen to what a kernel sends, and that is the visit.
    "--KernelManager.transport=ipc",
    "--ServerApp.terminals_enabled=False",
)
# The path of a socket has 107 bytes at most, and a kernel's ends in "/kernel-", an id of 36, "-ipc-5".
MAX_RUNTIME_BYTES = 107 - 8 - 36 - 6


def server_command(arguments: Sequence[str] = ()) -> list[str]:
    """Return the command that starts a user's server; run it with `server_environment()`."""
    if importlib.util.find_spec("jupyterhub") is None:
        raise MissingExtraError(
            "a server under JupyterHub needs the package jupyterhub, which is not installed; install the hub's own "
            'version with "pip install jupyterhub==VERSION", or use "selfcare-kit app" without a hub.'
        )
    require_voila()
    # A setting that is given twice is an error to Jupyter, so what the hub says takes the place of the kit's.
    said = {argument.partition("=")[0] for argument in arguments}
    own = (setting for setting in SETTINGS if setting.partition("=")[0] not in said)
    return [*START, "jupyterhub.singleuser", *own, *for_containers(), *arguments]


def server_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a user's server that works in a folder and opens on the planner's page."""
    environment = {"JUPYTERHUB_DEFAULT_URL": PAGE, **jupyter_environment(), "JUPYTERHUB_ROOT_DIR": str(folder)}
    if len(os.fsencode(_runtime_folder())) > MAX_RUNTIME_BYTES:
        environment["JUPYTER_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="selfcare-kit-")
    return environment


def start(arguments: Sequence[str] = ()) -> None:
    """Become a user's server, in the folder that the hub names or else the user's home."""
    # Whatever the server writes is its user's alone, wherever it lies.
    os.umask(0o077)
    command = server_command(arguments)
    notebook = copy_planner(os.environ.get("JUPYTERHUB_ROOT_DIR") or Path.home())
    # Jupyter and Voila execute settings in their current folder, such as voila.py, so they get a safe one.
    os.chdir(SAFE)
    os.execve(command[0], command, server_environment(notebook.parent))


def _runtime_folder() -> str:
    from jupyter_core.paths import jupyter_runtime_dir

    return jupyter_runtime_dir()


if __name__ == "__main__":
    start(sys.argv[1:])
