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
    wanted = [*project["dependencies"], *project["optional-dependencies"]["app"]]
    wanted = {re.split(r"[<>=]", each)[0] for each in wanted} | {"nbval", "pytest"}
    listed = re.findall(r"^  - ([a-z0-9-]+)", (ROOT / "environment.yml").read_text(), re.MULTILINE)
    renamed = {"matplotlib-base": "matplotlib"}
    assert {renamed.get(name, name) for name in listed} - {"python", "pip"} - {"conda-forge"} == wanted


def test_binder_builds_from_the_same_environment_with_a_python_that_the_kit_runs_on():
    """It looks for a folder of its own first, and reads a Python only after an equals sign; else it takes an old one."""
    assert [name for name in ("binder", ".binder", "Dockerfile", "runtime.txt") if (ROOT / name).exists()] == []
    lines = (ROOT / "environment.yml").read_text().splitlines()
    found = [re.match(r"  - python\s*=+\s*(\d+)\.(\d+)$", line) for line in lines]
    (version,) = [(int(each[1]), int(each[2])) for each in found if each]
    required = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert version >= tuple(map(int, required.removeprefix(">=").split(".")))


@pytest.mark.parametrize("name", ["clinic.toml", "clients.csv"])
def test_the_examples_are_package_data(name):
    """The wheel takes every file of the package that git does not ignore."""
    path = Path(kit.__file__).parent / "cli" / "examples" / name
    assert example_text(name) == path.read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["selfcare_kit"]
    ignored = subprocess.run(["git", "check-ignore", "-q", str(path)], cwd=ROOT, capture_output=True, check=False)
    assert ignored.returncode != 0


def test_what_runs_the_tests_can_build_the_documentation_too():
    """There is no step of CI for it: tests/tools/test_docs_site.py builds it as `make docs` does."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    makefile = (ROOT / "Makefile").read_text()
    installed = re.search(r"^\$\(VENV\)/\.ready-dev:.*\n.*-e \"\.\[([a-z,]+)\]\"", makefile, re.MULTILINE)
    assert "docs" in installed[1].split(",")
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert {re.split(r"[<>=]", each)[0].lower() for each in extras["docs"]} <= pinned
    assert re.search(r"^docs: \$\(VENV\)/\.ready-docs\n\t\$\(BIN\)/python -m tools\.docs$", makefile, re.MULTILINE)


def test_every_file_with_tests_that_measure_time_is_run_by_make_test():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.search(r"^ALONE := (.*)$", makefile, re.MULTILINE)[1].split()
    tests = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py")}
    assert named == sorted(name for name, text in tests.items() if re.search(r"mark\.alone\b", text))
    assert "-m alone $(ALONE)" in makefile


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


# What pip users see


def page_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return (ROOT / project["readme"]).read_text(encoding="utf-8")


def blocks_of(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_page_of_the_package_needs_nothing_beside_it():
    """A package index shows it alone, and the project has no public address."""
    text = page_of_the_package()
    assert not re.search(r"\]\(|<img|<a |^\[[^\]]+\]:|\bmake\b", text, re.MULTILINE)


@pytest.mark.slow
def test_the_commands_and_the_python_of_the_page_of_the_package_run(tmp_path):
    text = page_of_the_package()
    lines = [line for block in blocks_of(text, "") for line in block.splitlines()]
    run = [line.removeprefix("selfcare-kit ") for line in lines if line.startswith("selfcare-kit ")]
    assert "lab" in run
    for line in run:
        command = [sys.executable, "-m", "selfcare_kit", *(["lab", "--help"] if line == "lab" else line.split())]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    (code,) = blocks_of(text, "python")
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    for name in ("handout.html", "routine.csv", "clinic.toml", "clients.csv", "hip.html", "hip.csv"):
        assert (tmp_path / name).is_file(), name
    assert list((tmp_path / "handouts").glob("handout_*.html"))


def test_the_wheel_holds_every_page_that_help_and_messages_name():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    held = wheel["force-include"]
    package = Path(kit.__file__).parent
    shown = [*package.glob("cli/*.py"), *package.glob("batches/*.py"), *package.glob("cli/examples/*.*")]
    named = {name for path in shown for name in re.findall(r"docs/[a-z-]+\.md", path.read_text(encoding="utf-8"))}
    named |= {f"docs/{name}" for name in re.findall(r"`([a-z-]+\.md)`", page_of_the_package())}
    assert named
    assert {name: held.get(name) for name in named} == {name: f"selfcare_kit/{name}" for name in named}
    assert all((ROOT / name).exists() for name in held)


def test_help_says_where_the_pages_lie():
    from click.testing import CliRunner

    from selfcare_kit.cli import main

    folder = Path(CliRunner().invoke(main, ["--help"]).output.splitlines()[-1])
    assert (folder / "batch.md").is_file()
