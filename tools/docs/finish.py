"""What the theme leaves out for screen readers and keys; put into the pages once they are built."""

from __future__ import annotations

from pathlib import Path

# What the theme writes, and what it should be.
CHANGES = {
    # A heading has a level, and two landmarks of one kind have names.
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Pages of the site">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    # What can be scrolled can be reached by keys.
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    # Every page has a heading.
    '<div id="search-results">': '<h1>Search</h1>\n<div id="search-results">',
}


def finish(site: Path) -> list[str]:
    """Change all pages of the site, and return what could not be changed since the theme writes it otherwise."""
    missing = dict(CHANGES)
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for old, new in CHANGES.items():
            if old in text:
                missing.pop(old, None)
                text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return [
        f"No page holds {old}, which tools/docs/finish.py changes; look what the theme writes now." for old in missing
    ]
