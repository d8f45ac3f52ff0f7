"""The planner as one file: the same bytes each time, small enough, nothing of elsewhere in it, and clear refusals."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from importlib import metadata

import ipywidgets
import pytest

import selfcare_kit as kit
from tools.build_page.__main__ import MAX_BYTES
from tools.build_page.document import PAGE
from tools.build_page.kit import ROOT
from tools.build_page.packages import ImpureError, needed_packages
from tools.build_page.pyodide import FetchError, read_core


def made(test):
    """Mark a test of a page: the page's own Python compiles it, run by node."""
    return pytest.mark.browser(pytest.mark.slow(test))


def parts(page):
    """What the page holds for its worker, unpacked."""
    found = re.findall(rb'<script type="text/plain" data-part="(\w+)">([^<]*)</script>', page)
    return {name.decode(): gzip.decompress(base64.b64decode(content)) for name, content in found}


def build(*arguments, cwd=ROOT):
    command = [sys.executable, "-m", "tools.build_page", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


@pytest.fixture(scope="module")
def page(planner_page):
    """The page that all tests share, which another process may have made."""
    return planner_page


@made
def test_it_is_small_enough_for_a_letter_box(page):
    assert len(page) <= MAX_BYTES == 12_500_000


@made
def test_its_policy_knows_its_one_script_and_no_address(page):
    text = page.decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    scripts = re.findall(r"<script(?![^>]*text/plain)[^>]*>(.*?)</script>", text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts]
    assert [f"'sha256-{each}'" in policy for each in digests] == [True]
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert not re.search(r"https?:|\*|'self'|unsafe-eval'(?<!wasm-unsafe-eval')", policy)
    assert not re.search(r"<(?:script|img|iframe)\b[^>]*\bsrc=|<link\b[^>]*\bhref=\"(?!data:)", text)


@made
def test_it_holds_the_kit_its_packages_and_their_licences(page):
    with zipfile.ZipFile(io.BytesIO(parts(page)["packages"])) as archive:
        names = set(archive.namelist())
    assert {
        "selfcare_kit/planner/planner.pyc",
        "selfcare_kit/export/record/xlsx.py",
        "selfcare_kit/data/hip_and_leg/points.csv",
        "selfcare_page.pyc",
    } <= names
    assert not [name for name in names if name.endswith(".so") or "/tests/" in name or "__pycache__" in name]
    (packed,) = re.findall(rb'id="packed-notices">([^<]*)<', page)
    notices = gzip.decompress(base64.b64decode(packed)).decode()
    for package in needed_packages():
        assert f"\n{package.name} {package.version}: " in notices
        assert package.licence_texts, f"{package.name} has no text of its licence"
        assert all(text in notices for text in package.licence_texts)


def test_packages_are_those_of_the_environment_that_is_tested():
    for package in needed_packages():
        assert package.version == metadata.version(package.name)


def test_a_package_that_is_compiled_is_refused():
    with pytest.raises(ImpureError, match="numpy must be Python alone to run in a browser, got numpy"):
        needed_packages(["numpy"])


def test_another_pyodide_is_refused(tmp_path):
    (tmp_path / "pyodide.tgz").write_bytes(b"another")
    with pytest.raises(FetchError, match="must have the digest 66b7949e.*, got .*; delete it and fetch it again"):
        read_core(tmp_path / "pyodide.tgz")


# Pyodide is fetched first where it is not there yet.
@pytest.mark.slow
def test_settings_that_are_wrong_are_refused_and_nothing_is_written(pyodide, tmp_path):
    (tmp_path / "clinic.toml").write_text('phne = "1"\n')
    done = build("--out", tmp_path / "p.html", "--pyodide", pyodide, "--clinic", tmp_path / "clinic.toml")
    assert done.returncode != 0
    assert "the clinic's file may hold name," in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "p.html").exists()


def test_the_page_shows_all_that_the_planner_consists_of():
    """Boxes and anywidgets; whoever needs more has to teach the page to show it."""
    host = (PAGE / "host.js").read_text("utf-8")
    (boxes,) = re.findall(r"const BOXES = \{(.*)\};", host)
    known = {*re.findall(r"(\w+View):", boxes), *re.findall(r'view !== "(\w+View)"', host)}
    waiting, views, scripts = [kit.Planner()], set(), ""
    while waiting:
        widget = waiting.pop()
        views.add(widget._view_name)
        scripts += getattr(widget, "_esm", "") or ""
        waiting += getattr(widget, "children", ())
    ipywidgets.Widget.close_all()
    assert views == {"VBoxView", "BoxView", "AnyView"}
    assert views <= known


def test_the_page_has_all_that_the_planners_scripts_ask_of_a_model():
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "selfcare_kit/planner/scripts").glob("*.js"))
    asked = set(re.findall(r"\bmodel\.(\w+)", scripts))
    (model,) = re.findall(r"^class Model \{\n(.*?)^\}", (PAGE / "host.js").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert asked <= set(re.findall(r"^  (\w+)\(", model, re.MULTILINE))
    assert set(re.findall(r'\bmodel\.o[nf]f?\("([^"]*)"', scripts)) == {"msg:custom"}
