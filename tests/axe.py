"""axe-core on a page of a real browser; the script comes with the package axe-playwright-python, no network."""

from __future__ import annotations

from typing import Any

# What a page for people has to keep: WCAG 2.2 A and AA, and axe's own good practice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


# The rules that look at colours, of those that the tags choose.
OF_COLOURS = ("color-contrast", "link-in-text-block")


def violations(
    page: Any,
    selector: str | None = None,
    *,
    tags: tuple[str, ...] = TAGS,
    without: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
):
    """Run axe and return what it finds, one line each: rule, impact, and where.

    Parameters
    ----------
    page : playwright Page or Frame
        Where the page is open.
    selector : str, optional
        Look only inside of what this selects.
    tags : tuple of str
        Sets of rules.
    without : tuple of str, default=()
        Rules to leave out; say why where you do.
    only : tuple of str, default=()
        Rules to ask in the place of the sets.

    Returns
    -------
    list of str
        Empty when nothing was found.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    # The script is half a megabyte; a page keeps it.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": list(tags)},
        "rules": {rule: {"enabled": False} for rule in without},
        # Of what passes, axe would describe every node.
        "resultTypes": ["violations"],
    }
    run = "([where, options]) => axe.run(where || document, options).then((found) => found.violations)"
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:120]}"
        for rule in page.evaluate(run, [selector, options])
        for node in rule["nodes"]
    ]
