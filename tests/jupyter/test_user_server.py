"""A clinician's server under JupyterHub opens on the planner's page, asks nothing outside, and keeps to itself."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from pathlib import Path

import pytest

from selfcare_kit.errors import MissingExtraError
from selfcare_kit.jupyter import launch, user_server


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    """JupyterHub and Voila are taken to be installed, as the command is not run."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)


def test_the_server_has_the_pages_settings_and_asks_nothing_outside():
    command = user_server.server_command()
    assert command[:5] == [sys.executable, "-P", "-m", "selfcare_kit.jupyter.start", "jupyterhub.singleuser"]
    assert "--VoilaConfiguration.template=selfcare" in command
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.extension_manager=readonly" in command


def test_nobody_can_listen_to_its_kernels():
    assert "--KernelManager.transport=ipc" in user_server.server_command()


def test_kernels_of_left_pages_end_and_then_the_server():
    command = user_server.server_command()
    assert "--MappingKernelManager.cull_idle_timeout=900" in command
    assert "--ServerApp.shutdown_no_activity_timeout=900" in command


def test_what_the_hub_says_takes_the_place_of_a_setting():
    """Jupyter refuses a setting that is given twice."""
    command = user_server.server_command(["--MappingKernelManager.cull_idle_timeout=60", "--debug"])
    assert [each for each in command if "cull_idle_timeout" in each] == ["--MappingKernelManager.cull_idle_timeout=60"]
    assert command[-1] == "--debug"


@pytest.mark.parametrize(("missing", "told"), [("jupyterhub", "pip install jupyterhub"), ("voila", "selfcare-kit lab")])
def test_what_is_not_installed_is_named_with_how_to_get_it(missing, told, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else name)
    with pytest.raises(MissingExtraError, match=told):
        user_server.server_command()


def test_the_server_opens_on_the_planner_unless_the_hub_says_otherwise(tmp_path, monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_DEFAULT_URL", raising=False)
    assert user_server.server_environment(tmp_path)["JUPYTERHUB_DEFAULT_URL"] == "/voila/render/plan_a_routine.ipynb"
    monkeypatch.setenv("JUPYTERHUB_DEFAULT_URL", "/lab")
    assert user_server.server_environment(tmp_path)["JUPYTERHUB_DEFAULT_URL"] == "/lab"


def test_a_home_whose_sockets_would_have_too_long_a_name_gets_a_folder_of_its_own_for_them(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "/home/clinician_1/.local/share/jupyter/runtime")
    environment = user_server.server_environment(tmp_path)
    assert environment["JUPYTER_RUNTIME_DIR"] == "/home/clinician_1/.local/share/jupyter/runtime"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", f"/home/{'a' * 60}/runtime")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = Path(user_server.server_environment(tmp_path)["JUPYTER_RUNTIME_DIR"])
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0


def test_the_server_starts_in_a_safe_folder_and_writes_for_its_user_alone(tmp_path, monkeypatch):
    started = {}
    before = os.umask(0o022)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("JUPYTERHUB_ROOT_DIR", raising=False)
    monkeypatch.setattr(os, "execve", lambda *given: started.update(cwd=Path.cwd(), given=given))
    try:
        user_server.start(["--debug"])
        program, command, environment = started["given"]
        copy = tmp_path / "plan_a_routine.ipynb"
        assert copy.read_bytes() == launch.planner_notebook().read_bytes()
        assert copy.stat().st_mode & 0o077 == 0
    finally:
        os.umask(before)
    assert (program, command[-1]) == (sys.executable, "--debug")
    assert started["cwd"] == launch.SAFE
    assert environment["JUPYTERHUB_ROOT_DIR"] == str(tmp_path)
    assert environment["PYTHONSAFEPATH"] == "1"
