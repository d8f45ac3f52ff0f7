"""Put the sources of the site into one folder: what lies in the repository, and what is made for the site."""

from __future__ import annotations

import posixpath
import shutil
from pathlib import Path, PurePosixPath

from tools.docs.decisions import APART, decisions_index
from tools.docs.notebooks import write_notebook
from tools.docs.pages import FENCE, INSTEAD, LINK, MOVED, ONLY_HERE, link_from, navigation, site_name
from tools.docs.questions import questions_page
from tools.docs.reference import write_reference
from tools.docs.to_try import with_what_is_there

ROOT = Path(__file__).resolve().parents[2]


def stage(source: Path, *, has_planner: bool) -> None:
    """Write all pages of the site as Sphinx reads them.

    Parameters
    ----------
    source : Path
        Where to write; made here.
    has_planner : bool
        Whether the planner as one file is on the site.
    """
    shutil.copytree(ROOT / "docs" / "pictures", source / "pictures")
    pages = [*sorted((ROOT / "docs").rglob("*.md")), *(ROOT / path for path in MOVED if not path.startswith("docs/"))]
    for page in pages:
        path = page.relative_to(ROOT).as_posix()
        name = site_name(path)
        if name:
            text = with_links(page.read_text(encoding="utf-8"), path, source)
            text = with_what_is_there(text, has_planner=has_planner)
            write(source / name, (APART if name.startswith("decisions/") else "") + text)
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        write_notebook(notebook, source / "tutorials")
    write(source / "safety-questions.md", questions_page())
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    write(source / "decisions" / "index.md", decisions_index(decisions))
    write_reference(source / "reference")
    _add_navigation(source)


def write(path: Path, text: str) -> None:
    """Write a page, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def with_links(text: str, path: str, source: Path) -> str:
    """Return a page of the repository with its links as they are on the site.

    A file that is linked to and is no page, such as an example, is copied to the site.

    Parameters
    ----------
    text : str
        The page.
    path : str
        Where it lies in the repository.
    source : Path
        Where the site is put together.
    """

    def moved(link: str) -> str:
        if ":" in link or link.startswith("#") or link.rpartition("../")[2] in ONLY_HERE.values():
            return link
        target, _, anchor = link.partition("#")
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        name = site_name(wanted)
        anchor = "" if wanted in INSTEAD else anchor
        if name is None:
            # A page would be one that nothing lists.
            name = f"files/{wanted}" + (".txt" if PurePosixPath(wanted).suffix in ("", ".md", ".rst") else "")
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / wanted, source / name)
        return link_from(site_name(path) or "", name) + (f"#{anchor}" if anchor else "")

    for title, name in ONLY_HERE.items():
        text = text.replace(title, f"[{title.strip('*')}]({link_from(site_name(path) or '', name)})")
    lines, is_code = [], False
    for line in text.splitlines(keepends=True):
        is_code ^= bool(FENCE.match(line))
        lines.append(line if is_code else LINK.sub(lambda found: found[1] + moved(found[2]), line))
    return "".join(lines)


def _add_navigation(source: Path) -> None:
    names = {path.relative_to(source).with_suffix("").as_posix() for path in source.rglob("*.md")}
    lists = [_list_of_pages(section.pages, section.title) for section in navigation(names)]
    with (source / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n" + "\n".join(lists))
    guides = sorted(name.rpartition("/")[2] for name in names if name.startswith("contributing/add-"))
    with (source / "contributing" / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n" + _list_of_pages(guides))


def _list_of_pages(pages: tuple[str, ...] | list[str], title: str = "") -> str:
    caption = [f":caption: {title}"] if title else []
    return "\n".join(["```{toctree}", ":hidden:", *caption, "", *pages, "```", ""])
