"""Shared by the tests of what an author is told of a guide that can be loaded."""

import shutil

import pytest


@pytest.fixture
def copy(tmp_path, guide):
    """A writable copy of the built-in guide under a name of its own."""
    folder = shutil.copytree(guide.folder, tmp_path / "mine")
    settings = folder / "guide.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('id = "hip_and_leg"', 'id = "mine"', 1), "utf-8")
    return folder
