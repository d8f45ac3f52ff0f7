"""Lab opens on a copy of the planner's notebook, with settings that ask nothing outside."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path

import pytest

from selfcare_kit.errors import InvalidValueError, MissingExtraError
from selfcare_kit.widgets import launch


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
    assert "--template=selfcare" in command
    assert "--Voila.ip=127.0.0.1" in command
    assert "--port=8866" in command
    share = launch.jupyter_environment()["JUPYTER_PATH"].split(os.pathsep)[0]
    template = Path(share, "voila", "templates", "selfcare", "index.html.j2").read_text("utf-8")
    assert "http" not in template.replace("http://www.w3.org", "")


def test_without_voila_the_page_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'selfcare-kit\[app\]'"):
        launch.open_app()


def test_closing_lab_with_ctrl_c_is_no_failure(tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "call", interrupted)
    assert launch.open_lab(tmp_path) == 0
