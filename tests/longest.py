"""Which files of tests take longest: with two processes, one that is begun last is waited for.

A file that is missing, or that takes another time by now, costs a little time and nothing else.
"""

from __future__ import annotations

import pytest

# Seconds of one core and what waits beside, roughly; a file below a quarter of a minute need not stand here.
SECONDS = {
    "browser/test_planner_in_lab.py": 300,
    "browser/test_page_in_voila.py": 200,
    "browser/test_accessibility.py": 190,
    "browser/test_visits.py": 180,
    "export/test_handout_in_a_browser.py": 120,
    "tools/test_build_body.py": 115,
    "browser/test_one_file.py": 100,
    "browser/test_keys_in_lab.py": 95,
    "tools/test_docs_site.py": 85,
    "browser/test_privacy_in_lab.py": 75,
    "safety/test_mutations.py": 70,
    "fuzz/test_guide_folders.py": 65,
    "browser/test_place_picker_in_lab.py": 60,
    "export/test_pdf.py": 60,
    "export/test_review_pack.py": 60,
    "faults/test_kills.py": 45,
    "tools/test_build_page.py": 40,
    "export/test_intake.py": 35,
    "tools/test_build_positions.py": 30,
    "safety/test_promises.py": 30,
    "test_determinism.py": 25,
    "export/test_kinds.py": 25,
}


def longest_first(item: pytest.Item) -> int:
    """Return what sorts the tests of the longest files to the front; all others stay in their order."""
    return -next((seconds for name, seconds in SECONDS.items() if item.path.as_posix().endswith(f"/tests/{name}")), 0)
