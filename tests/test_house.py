"""The shape of the package: no circle of imports, late ones counted, and rooms that can be read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import selfcare_kit as kit

PACKAGE = Path(kit.__file__).resolve().parent
# Files that Jupyter or a browser reads, not the package.
NOT_MODULES = PACKAGE / "jupyter" / "app"
# The one late import that points up: a guide writes itself as a leaflet.
UPWARD = ("selfcare_kit.guide.guide", "selfcare_kit.export.handout.leaflet")
MAX_MODULES = 14
MAX_LINES = 400


def name_of(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if NOT_MODULES not in path.parents}


def imported_by(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                yield module if module in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def circles(arrows):
    """Modules from which a walk along the arrows comes back."""
    reached = {name: set(targets) for name, targets in arrows.items()}
    for middle in reached:
        for name, targets in reached.items():
            if middle in targets:
                reached[name] = targets | reached[middle]
    return sorted(name for name, targets in reached.items() if name in targets)


@pytest.fixture(scope="module")
def arrows():
    return {name: {each for each in imported_by(path) if each in MODULES} for name, path in MODULES.items()}


@pytest.mark.slow
def test_no_import_leads_back_to_where_it_came_from_but_for_the_leaflet(arrows):
    source, target = UPWARD
    assert target in arrows[source], "the exception is not needed any more"
    assert circles({**arrows, source: arrows[source] - {target}}) == []


def test_a_circle_is_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]


@pytest.mark.slow
def test_nothing_below_the_roof_imports_it(arrows):
    above = ("selfcare_kit.batches", "selfcare_kit.planner", "selfcare_kit.cli")
    users = [name for name, targets in arrows.items() if "selfcare_kit.routine" in targets]
    assert [name for name in users if not name.startswith(above) and name != "selfcare_kit"] == []


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES.values()}), ids=name_of)
def test_a_folder_has_few_enough_modules_to_be_read(folder):
    modules = [path.name for path in MODULES.values() if path.parent == folder and path.name != "__init__.py"]
    assert len(modules) <= MAX_MODULES, modules
    assert (folder / "__init__.py").is_file()


def test_every_module_is_short_enough_to_be_read():
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}
