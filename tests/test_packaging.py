"""What users get: a light import, the promised names, the same dependencies for pip and conda."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.cli.examples import example_text

ROOT = Path(kit.__file__).resolve().parent.parent
HEAVY = {
    "numpy",
    "pandas",
    "matplotlib",
    "ipywidgets",
    "anywidget",
    "jinja2",
    "segno",
    "pydantic",
    "icalendar",
    "IPython",
    "openpyxl",
    "weasyprint",
}


def modules_after(code):
    out = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in out.stdout.split()}


def test_import_loads_no_heavy_module():
    assert not modules_after("import selfcare_kit") & HEAVY


def test_suggesting_and_drawing_an_svg_load_no_heavy_module():
    code = (
        "import selfcare_kit as kit; found = kit.suggest(['thigh_outer'], 'left', screening=kit.screen());"
        "kit.Routine.from_suggestions(found.top(5)).figure().to_svg()"
    )
    assert not modules_after(code) & HEAVY


def test_every_public_name_has_a_home():
    assert sorted(kit._HOMES) == sorted(kit.__all__)


@pytest.mark.parametrize("name", kit.__all__)
def test_every_public_name_can_be_loaded_and_says_what_it_is(name):
    assert getattr(kit, name).__doc__


def test_an_unknown_name_says_what_there_is():
    with pytest.raises(AttributeError, match="it offers .*load_guide"):
        _ = kit.draw


def test_conda_and_pip_users_get_the_same_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[<>=]", each)[0] for each in project["dependencies"]} | {"nbval", "pytest"}
    listed = re.findall(r"^  - ([a-z0-9-]+)", (ROOT / "environment.yml").read_text(), re.MULTILINE)
    renamed = {"matplotlib-base": "matplotlib"}
    assert {renamed.get(name, name) for name in listed} - {"python", "pip"} - {"conda-forge"} == wanted


@pytest.mark.parametrize("name", ["clinic.toml", "clients.csv"])
def test_the_examples_are_package_data(name):
    """The wheel takes every file of the package that git does not ignore."""
    path = Path(kit.__file__).parent / "cli" / "examples" / name
    assert example_text(name) == path.read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["selfcare_kit"]
    ignored = subprocess.run(["git", "check-ignore", "-q", str(path)], cwd=ROOT, capture_output=True, check=False)
    assert ignored.returncode != 0


def test_constraints_name_versions_and_no_addresses():
    text = (ROOT / "constraints.txt").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines)


def test_no_machine_path_or_registry_host_is_committed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not tracked:
        pytest.skip("not a git checkout, so there is no list of files to look through")
    found = re.compile(r"/home/[a-z]+/|/root/|/work/|index-url|pypi\.org/simple")
    for name in tracked:
        path = ROOT / name
        if path.suffix not in {".png", ".gz"} and path != Path(__file__).resolve() and path.is_file():
            assert not found.search(path.read_text(encoding="utf-8", errors="replace")), name
