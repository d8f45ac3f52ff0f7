"""The same routine gives the same bytes, whichever process writes it: figures, pages and batches.

Every kind of file in its usual look is compared in tests/export/test_kinds.py.
"""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

WRITE = """
import datetime, hashlib, json, re, sys
from pathlib import Path
import selfcare_kit as kit
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.export.handout.handout import PAPERS, VARIANTS
digests = {}
def note(name, content):
    content = content.encode() if isinstance(content, str) else content
    digests[name] = hashlib.sha256(content).hexdigest()[:16]
folder = Path(sys.argv[1])
guide, screening = kit.load_guide(), kit.screen(yes=["C12"], where={"C12": ["foot_top", "heel"]})
felt = {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}, "calf_outer": {"side": "both"}}
found = kit.suggest(felt, screening=screening)
routine = kit.Routine.from_suggestions(found.top(5), title="Hip", code="C-104")
for style in STYLES:
    for ending in ("svg", "png", "pdf"):
        note(f"plate {style} {ending}", getattr(routine.figure(style=style), f"to_{ending}")())
        body = kit.Body("back", side="left", crop="lower", regions=True, style=style)
        body = body.muscles(["piriformis"]).refer("piri_1").mark(["piri_1", "gmed_2", "GB30"])
        note(f"body {style} {ending}", getattr(body, f"to_{ending}")())
    shaded = kit.Body("side", style=style).shade({"thigh_outer": 7, "hip_side": 3})
    note(f"shaded {style}", shaded.to_svg())
for view in ("front", "back", "side", "oblique", "inner", "sole", "foot_top"):
    note(f"view {view}", kit.Body(view, regions=True).to_svg())
for paper in PAPERS:
    for variant in VARIANTS:
        for language in guide.languages:
            page = routine.to_html(client="Test", paper=paper, variant=variant, language=language)
            note(f"handout {paper} {variant} {language}", page)
for language in guide.languages:
    note(f"leaflet {language}", guide.to_html(language=language))
# A calendar tells when it was made.
note("calendar", re.sub(r"(DTSTAMP|SEQUENCE):\\w+", "", routine.to_ics()))
note("found", repr(found) + found.to_frame().to_csv())
note("screening", json.dumps(screening.to_dict()) + repr(screening.messages))
note("landmarks", kit.atlas().landmarks.to_csv())
areas = ("hip_side", "foot_top:right:numb", "groin", "nose", "shin;calf_back")
rows = "".join(f"C-{n},Name {n},{area},left,yes,{datetime.date.today()}\\n" for n, area in enumerate(areas))
(folder / "c.csv").write_text("code,client,areas,side,none_of_these,asked_on\\n" + rows)
kinds = ["html", "csv", "json", "xlsx", "fhir", "note", "svg"]
summary = kit.batch(folder / "c.csv", folder / "out", kinds=kinds)
note("summary", f"{summary} {summary.rows}")
for path in sorted((folder / "out").iterdir()):
    note(f"batch {path.name}", path.read_bytes())
print(json.dumps(digests))
"""


@pytest.fixture(scope="module")
def digests(tmp_path_factory):
    """Digests of everything, from two processes that differ in the order of their sets."""
    found = []
    for seed in ("1", "2"):
        command = [sys.executable, "-c", WRITE, str(tmp_path_factory.mktemp(f"seed{seed}"))]
        done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        found.append(json.loads(done.stdout))
    return found


def test_figures_pages_and_batches_are_the_same_bytes_in_every_process(digests):
    first, second = digests
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("what", ["plate", "body", "shaded", "view", "handout", "leaflet", "batch"])
def test_the_comparison_looks_at_different_things(what, digests):
    """Two looks that gave one digest would mean that a look is not looked at."""
    mine = {name: digest for name, digest in digests[0].items() if name.startswith(what)}
    assert mine
    assert len(set(mine.values())) == len(mine), mine


def test_the_comparison_looks_at_every_file_of_a_batch(digests):
    assert sum(name.startswith("batch ") for name in digests[0]) == 4 * 7 + 1
