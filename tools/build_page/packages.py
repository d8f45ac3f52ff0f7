"""The packages that the planner needs, out of the environment that the tests run in: nothing is resolved twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import metadata
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .pyodide import PYTHON

# What the planner imports, the files it makes, and those it opens.
NEEDED = ("anywidget", "icalendar", "ipywidgets", "jinja2", "openpyxl", "pypdf", "segno", "tomlkit")
# Needed by those on paper only: `stubs/` has the few names of IPython that are used, and the page is the notebook that
# the two packages of scripts are for.
UNUSED = frozenset({"ipython", "jupyterlab-widgets", "widgetsnbextension"})
WHERE = {"python_version": PYTHON, "python_full_version": f"{PYTHON}.0", "sys_platform": "emscripten", "extra": ""}
COMPILED = re.compile(r"\.(so|pyd|dylib|dll)$")
LEFT_OUT = re.compile(
    r"^\.\.|\.(so|pyd|dylib|dll|pyc|pyi|c|typed)$|(^|/)(tests?|fuzzing|nbextension|labextension|static|_pyinstaller_util)/"
    r"|\.dist-info/"
    # A calendar names days, not hours of a place.
    r"|^tzdata/zoneinfo/(?!__init__\.py$|UTC$)"
)
LICENCE = re.compile(r"\.dist-info/.*(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


class Package(NamedTuple):
    """An installed package: what goes into the page, and the texts of its licence."""

    name: str
    version: str
    licence: str
    files: dict[str, bytes]
    licence_texts: tuple[str, ...]


class ImpureError(Exception):
    """A package that is needed has a part that is not Python."""


def needed_packages(names: Iterable[str] = NEEDED) -> list[Package]:
    """Return installed packages, and all that they need in a browser, by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name in found or name in UNUSED:
            continue
        found[name] = metadata.distribution(name)
        needs = map(Requirement, found[name].requires or ())
        waiting += [canonicalize_name(each.name) for each in needs if not each.marker or each.marker.evaluate(WHERE)]
    return [_package(name, found[name]) for name in sorted(found)]


def _package(name: str, distribution: metadata.Distribution) -> Package:
    listed = {str(path): path for path in distribution.files or ()}
    paths = {name: path for name, path in sorted(listed.items()) if path.locate().is_file()}
    _check_pure(name, listed)
    files = {path: paths[path].locate().read_bytes() for path in paths if not LEFT_OUT.search(path)}
    # Some packages look up their own version.
    files[f"{name.replace('-', '_')}-{distribution.version}.dist-info/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {distribution.version}\n".encode()
    )
    texts = tuple(paths[path].locate().read_text("utf-8") for path in paths if LICENCE.search(path))
    return Package(name, distribution.version, _licence(distribution), files, texts)


def _check_pure(name: str, paths: Iterable[str]) -> None:
    """Refuse a package with a compiled part that is not also there as Python, or that nothing would miss."""
    for path in paths:
        if not COMPILED.search(path):
            continue
        source = f"{path.partition('.')[0]}.py"
        is_helper = "__mypyc." in path or path.partition(".")[0].endswith("_speedups")
        if source not in paths and not is_helper:
            raise ImpureError(
                f"{name} must be Python alone to run in a browser, got {path}; leave it out of the planner."
            )


def _licence(distribution: metadata.Distribution) -> str:
    about = distribution.metadata
    stated = about.get("License-Expression") or about.get("License") or ""
    classes = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or () if each.startswith("License")]
    return stated if stated and "\n" not in stated else "; ".join(classes) or "see below"
