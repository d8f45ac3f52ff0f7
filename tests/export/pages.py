"""A page, read back with a parser, and as a browser prints it."""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Elements in order, and the text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.svg_words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("p", "li", "h1", "h2", "h3", "br"):
            self.words.append("\n")

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass
        if tag in ("p", "li", "h1", "h2", "h3"):
            self.words.append("\n")

    def handle_data(self, data):
        if not {"script", "style", "head"} & set(self.open):
            (self.svg_words if "svg" in self.open else self.words).append(data)

    @property
    def text(self) -> str:
        return re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"[ \t]+", " ", "".join(self.words))).strip()

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def printed(page) -> bytes:
    """What a browser prints of the page that it shows."""
    return page.pdf(prefer_css_page_size=True, print_background=True)


def page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def grade(text: str) -> float:
    """Flesch-Kincaid grade with syllables by hyphenation, so that no dictionary is fetched."""
    import textstat
    from textstat.backend.counts import _count_syllables

    real = _count_syllables.get_cmudict
    _count_syllables.get_cmudict = lambda lang: defaultdict(tuple)
    try:
        return textstat.flesch_kincaid_grade(re.sub(r"([^.?!:;])\n", r"\1.\n", text))
    finally:
        _count_syllables.get_cmudict = real
