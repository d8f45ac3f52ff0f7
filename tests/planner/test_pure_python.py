"""The planner is Python alone, so that it runs in a browser: no compiled package is imported, whatever is done with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.planner.visit.platforms import PLATFORMS

pytestmark = pytest.mark.slow

ROOT = Path(kit.__file__).resolve().parent.parent
# Packages beside Python's own are looked up without their compiled parts, as a browser's Python does. What cannot do
# without one fails; what has the same in Python takes that.
BLOCKED = """
import importlib.machinery as machinery, sys, sysconfig
SOURCES = [(machinery.SourceFileLoader, [".py"]), (machinery.SourcelessFileLoader, [".pyc"])]
STANDARD = sysconfig.get_path("stdlib")

def sources_alone(path):
    if path.startswith(STANDARD) and "site-packages" not in path:
        raise ImportError
    return machinery.FileFinder(path, *SOURCES)

sys.path_hooks.insert(0, sources_alone)
sys.path_importer_cache.clear()
for name in ("numpy", "pandas", "matplotlib", "PIL", "weasyprint"):
    sys.modules[name] = None
"""
# A whole visit: complaint, questions, points, figure, page, files, and all of it opened again.
VISIT = """
from selfcare_kit.clinics.profile import ClinicVideo
import selfcare_kit as kit
from selfcare_kit.export.kinds import make_file
from selfcare_kit.planner.visit import platforms

platforms.this_platform = lambda: platforms.PLATFORMS["file"]
clinic = kit.Clinic("Hillside Clinic", videos=(ClinicVideo("https://example.org/v", point="tfl_1"),))
planner = kit.Planner()
screening = kit.screen(yes=["C12"], where={"C12": ["foot_top"]})
found = kit.suggest({"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}}, screening=screening)
planner.routine = kit.Routine.from_suggestions(found.top(5), code="C-104")
for part in planner._parts:
    part.widget._handle_custom_msg({"do": "ready", "from": "view", "seq": 1}, [])
planner.contents.widget._handle_custom_msg({"do": "find", "value": "glut", "from": "view", "seq": 2}, [])
planner.page.widget._handle_custom_msg({"do": "want", "value": True, "from": "view", "seq": 3}, [])
assert not planner.message, planner.message
assert planner.page.widget.page, planner.page.widget.words
made = {}
for kind in sorted(platforms.PLATFORMS["file"].writes):
    made[kind] = make_file(planner.routine, kind, clinic=clinic).content
    planner.download.widget._handle_custom_msg({"do": "file", "id": kind, "from": "view", "seq": 4}, [])
    assert "Saved" in planner.message, planner.message
for kind in sorted(made.keys() & set(platforms.PLATFORMS["file"].reads)):
    planner.contents.widget._handle_custom_msg({"do": "open", "value": f"last.{kind}", "from": "view", "seq": 5}, [made[kind]])
    assert len(planner.routine) == 5, planner.message
"""
COMPILED = """
import sys
found = sorted(name for name, module in sys.modules.items()
               if "site-packages" in (getattr(module, "__file__", None) or "") and not module.__file__.endswith(".py"))
assert not found, f"the planner must be Python alone, got {', '.join(found)}"
"""


def run(*code):
    return subprocess.run(
        [sys.executable, "-c", "\n".join(code)], capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_a_whole_visit_and_its_files_need_no_compiled_package():
    done = run(BLOCKED, VISIT, COMPILED)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("package", ["numpy", "pandas", "matplotlib", "PIL", "pydantic", "zmq", "yaml._yaml"])
def test_a_compiled_package_would_be_noticed(package):
    assert run(BLOCKED, f"import {package}").returncode != 0


@pytest.mark.parametrize("kind", ["png", "xlsx"])
def test_what_the_one_file_leaves_out_could_not_be_made_there(kind):
    assert kind not in PLATFORMS["file"].writes
    make = f"make_file(kit.Routine(code='C-104').add('tfl_1', side='left'), {kind!r})"
    done = run(BLOCKED, "import selfcare_kit as kit\nfrom selfcare_kit.export.kinds import make_file", make)
    assert "ModuleNotFoundError" in done.stderr or "ImportError" in done.stderr
