"""What can be tried without an installation: pages for a made-up client, and the planner as one file."""

from __future__ import annotations

import shutil
from pathlib import Path

import selfcare_kit as kit

# The folder of the site that holds them; its pages are not made by Sphinx.
EXTRA = "try"
PLANNER = "planner.html"
# What a page of the repository says in this place where there is no site.
MARK = "<!-- on the site: to try -->"
THERE = f"""\
<ul>
<li><a href="{EXTRA}/handout.html">The handout of C-104</a>, as the client gets it: open it and print it.</li>
<li><a href="{EXTRA}/intake.html">An intake sheet</a>, which a client fills in before the visit.</li>
<li><a href="{EXTRA}/leaflet.html">The guide itself as a page.</a></li>
{{planner}}
</ul>
"""
HAS_PLANNER = f"""\
<li><a href="{EXTRA}/{PLANNER}">The planner as one file</a>: it opens here, and works as
well saved on a stick. What you type stays in your browser.</li>"""


def write_to_try(folder: Path, root: Path) -> bool:
    """Write what can be tried, and return whether the planner lies in the checkout and was taken along."""
    folder.mkdir(parents=True)
    complaint = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "thigh_outer": {"side": "left", "sensations": ["ache"], "pain": 4},
    }
    found = kit.suggest(complaint, screening=kit.screen(yes=[]))
    routine = kit.Routine.from_suggestions(found.top(5), title="Your self-massage plan", code="C-104")
    routine.to_html(folder / "handout.html", client="C-104")
    kit.intake_sheet(folder / "intake.html", code="C-104")
    kit.load_guide().to_html(folder / "leaflet.html")
    planner = root / PLANNER
    if planner.is_file():
        shutil.copyfile(planner, folder / PLANNER)
    return planner.is_file()


def with_what_is_there(text: str, *, has_planner: bool) -> str:
    """Return a page with its mark replaced by links to what can be tried on the site."""
    return text.replace(MARK, THERE.format(planner=HAS_PLANNER if has_planner else "").strip())
