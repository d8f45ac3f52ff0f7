"""What is wrong with a site that was built: links that lead nowhere, and what would be asked of another computer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

# What a browser loads by itself when it opens a page.
LOADED = {("img", "src"), ("script", "src"), ("iframe", "src"), ("source", "src"), ("link", "href"), ("object", "data")}
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
# Links that lead to no file: `mailto:`, `data:`.
NO_FILE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
LOADED_BY_STYLE = re.compile(r"""(?:url\(|@import\s+)\s*["']?([^"')\s]+)""")


class Page(HTMLParser):
    """The anchors of a page, its links, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what a tag is called and what it leads to."""
        for name, value in attributes:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            elif (tag, name) in LOADED and value:
                self.loaded.append(value)
            elif name == "href" and value:
                self.links.append(value)


def faults(site: Path, *, apart: str) -> list[str]:
    """Return what is wrong with a site, a line each.

    Parameters
    ----------
    site : Path
        Its folder.
    apart : str
        A folder of pages that have checks of their own; links to them are followed, links in them not.

    Returns
    -------
    list of str
        Empty when nothing is.
    """
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in _own(site, "*.html", apart)}
    found = []
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        found += [f"{name} loads {each} from elsewhere." for each in page.loaded if ELSEWHERE.match(each)]
        inside = [each for each in (*page.links, *page.loaded) if not NO_FILE.match(each) and not ELSEWHERE.match(each)]
        found += [f"{name} links to {each}, which is not there." for each in inside if _is_dead(each, path, pages)]
    for path in _own(site, "*.css", apart):
        name = path.relative_to(site).as_posix()
        loaded = [each for each in LOADED_BY_STYLE.findall(path.read_text(encoding="utf-8")) if each[:5] != "data:"]
        found += [f"{name} loads {each} from elsewhere." for each in loaded if ELSEWHERE.match(each)]
        found += [
            f"{name} loads {each}, which is not there."
            for each in loaded
            if not ELSEWHERE.match(each) and not (path.parent / re.split("[?#]", each)[0]).exists()
        ]
    return found


def _own(site: Path, pattern: str, apart: str) -> Iterator[Path]:
    return (path for path in sorted(site.rglob(pattern)) if site / apart not in path.parents)


def _is_dead(link: str, path: Path, pages: dict[Path, Page]) -> bool:
    target, _, anchor = link.partition("#")
    place = unquote(target.partition("?")[0])
    to = (path.parent / place).resolve() if place else path
    if not to.is_file():
        return True
    return bool(anchor) and to in pages and unquote(anchor) not in pages[to].anchors
