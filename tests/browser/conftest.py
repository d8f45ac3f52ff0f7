"""A real JupyterLab on a free port, and a real browser in front of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

from selfcare_kit.widgets.launch import copy_planner, lab_command, lab_environment

TOKEN = "browser-test"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Lab(NamedTuple):
    """Where the planner's notebook opens, and the folder it lies in."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def chromium():
    """Path of Chromium; without one the test is left out, in CI it fails."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("No chromium here: install it (apt-get install chromium) to drive the planner in a real browser.")
    return path


@pytest.fixture
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def lab(tmp_path):
    """A JupyterLab of our own, with nobody's settings."""
    folder, home = tmp_path / "clinic", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    notebook, port = copy_planner(folder), _free_port()
    command = [
        *lab_command(notebook), "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--LabApp.workspaces_dir={home / 'lab'}",
        f"--LabApp.user_settings_dir={home / 'settings'}",
    ]  # fmt: skip
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, env=_environment(home), stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", server)
            yield Lab(f"http://127.0.0.1:{port}/doc/tree/{notebook.name}?token={TOKEN}&reset", folder)
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.kill()


def _environment(home):
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return {**lab_environment(), "HOME": str(home), **{name: str(home / name.lower()) for name in names}}


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(address, server, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    pytest.fail("JupyterLab did not start; see lab.log in the test's folder.")
