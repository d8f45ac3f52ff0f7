"""The pages of the site: where each file of the repository stands in it, and in which order they are listed."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import NamedTuple

# Files that stand elsewhere on the site than their path says; everything else of docs/ keeps its place below docs/.
MOVED = {
    "docs/README.md": "index.md",
    "docs/contributing/README.md": "contributing/index.md",
    "CONTRIBUTING.md": "contributing/habits.md",
    "CHANGELOG.md": "changelog.md",
    "data/README.md": "data.md",
    "deploy/jupyterhub/README.md": "jupyterhub.md",
}
# The site has a first page of its own, made of other words.
INSTEAD = {"README.md": "index.md"}
# The page of the package index: what it says is said by the pages to start with.
LEFT_OUT = ("docs/pip.md",)
# Pages that are made for the site alone: where a page of docs/ names one, the site has a link.
ONLY_HERE = {"*The safety questions*": "safety-questions.md", "*API reference*": "reference/index.rst"}
# An inline link or picture of Markdown, up to its target.
LINK = re.compile(r"(\]\()([^)\s]+)(?=\))")
FENCE = re.compile(r"^ *```")


class Section(NamedTuple):
    """A heading of the site's navigation, with its pages in order."""

    title: str
    pages: tuple[str, ...]


SECTIONS = (
    Section("Start", ("clinicians", "python", "try-it", "one-file")),
    Section("Safety", ("safety", "safety-questions")),
    Section(
        "How to",
        (
            "clinic-settings",
            "videos",
            "exports",
            "course",
            "batch",
            "many-clinicians",
            "write-a-guide",
            "review-a-guide",
            "translations",
        ),
    ),
    Section("See it done", ("tutorials/*", "gallery")),
    Section("Look it up", ("reference/index", "guide-tables", "data", "landmarks", "jupyterhub")),
    Section(
        "The project", ("changelog", "contributing/index", "contributing/habits", "decisions/index", "performance")
    ),
)
# Pages that no section names are listed here.
OTHERS = "How to"


def site_name(path: str) -> str | None:
    """Return where a file of the repository stands on the site; None when it is no page.

    Examples
    --------
    >>> site_name("docs/batch.md"), site_name("notebooks/02_see_the_points.ipynb"), site_name("Makefile")
    ('batch.md', 'tutorials/02_see_the_points.md', None)
    """
    if path in LEFT_OUT:
        return None
    if path in MOVED or path in INSTEAD:
        return {**MOVED, **INSTEAD}[path]
    place = PurePosixPath(path)
    if place.match("notebooks/*.ipynb"):
        return f"tutorials/{place.stem}.md"
    return path.removeprefix("docs/") if path.startswith("docs/") else None


def link_from(page: str, target: str) -> str:
    """Return the relative link from one place of the site to another.

    Examples
    --------
    >>> link_from("contributing/add-a-point.md", "guide-tables.md")
    '../guide-tables.md'
    """
    ups = len(PurePosixPath(page).parts) - 1
    return "../" * ups + target


def navigation(names: set[str]) -> tuple[Section, ...]:
    """Return the sections with the pages there are, named without their ending.

    Parameters
    ----------
    names : set of str
        All pages of the site.

    Returns
    -------
    tuple of Section
        Pages in a folder with an index of its own are listed there, and not here.
    """
    listed = {name for section in SECTIONS for name in section.pages}
    others = tuple(sorted(name for name in names - listed if "/" not in name and name != "index"))
    found = []
    for title, pages in SECTIONS:
        those = [each for name in pages for each in _matching(name, names)]
        found.append(Section(title, (*those, *(others if title == OTHERS else ()))))
    return tuple(found)


def _matching(pattern: str, names: set[str]) -> list[str]:
    return sorted(name for name in names if fnmatchcase(name, pattern)) if "*" in pattern else [pattern]
