"""Which files of tests take longest: with two processes, one that is begun last is waited for.

A file that is missing, or that takes another time by now, costs a little time and nothing else.
"""

from __future__ import annotations

import pytest

# Seconds of one core and what waits beside, roughly; a file below a quarter of a minute need not stand here.
SECONDS = {
    "browser/test_planner_in_lab.py": 120,
    "browser/test_accessibility.py": 110,
    "browser/test_one_file.py": 100,
    "browser/test_visits.py": 100,
    "export/test_handout_in_a_browser.py": 90,
    "tools/test_build_body.py": 90,
    "browser/test_page_in_voila.py": 70,
    "tools/test_docs_site.py": 65,
    "export/test_pdf.py": 65,
    "faults/test_surroundings.py": 60,
    "safety/test_mutations.py": 55,
    "fuzz/test_guide_folders.py": 45,
    "export/test_progress.py": 45,
    "browser/test_privacy_in_lab.py": 40,
    "export/test_review_pack.py": 40,
    "browser/test_keys_in_lab.py": 35,
    "safety/test_promises.py": 30,
    "fuzz/test_other_readers.py": 30,
    "test_docs.py": 30,
    "02_see_the_points.ipynb": 30,
    "browser/test_place_picker_in_lab.py": 25,
    "tools/test_build_positions.py": 25,
    "export/test_workbooks.py": 25,
    "export/test_intake.py": 25,
    "body/test_body_two_renderers.py": 20,
    "export/test_round_trip.py": 15,
    "cli/test_guide_new.py": 15,
    "export/test_kinds.py": 15,
}


def longest_first(item: pytest.Item) -> int:
    """Return what sorts the tests of the longest files to the front; all others stay in their order."""
    return -next((seconds for name, seconds in SECONDS.items() if item.path.as_posix().endswith(f"/{name}")), 0)
