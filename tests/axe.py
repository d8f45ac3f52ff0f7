"""What axe-core finds wrong with a page, as a list that a failing test can print."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def _axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def violations(page, selector=None):
    """Run axe-core on a page, or on what a selector finds in it.

    All its rules count: WCAG 2.0 to 2.2, levels A and AA, and best practice.
    """
    found = _axe().run(page, context=selector).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]} {node['failureSummary'][:200]}"
        for each in found
        for node in each["nodes"]
    ]
