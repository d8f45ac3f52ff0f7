"""The documentation as a site: it builds without a warning, nothing in it is dead, and it asks no other computer."""

import functools
import html
import http.server
import inspect
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from axe import violations

import selfcare_kit as kit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.docs.check import faults  # noqa: E402
from tools.docs.finish import CHANGES, finish  # noqa: E402
from tools.docs.notebooks import write_notebook  # noqa: E402
from tools.docs.pages import LEFT_OUT, navigation, site_name  # noqa: E402
from tools.docs.reference import VALUES, entries, members  # noqa: E402
from tools.docs.stage import with_links  # noqa: E402
from tools.docs.to_try import EXTRA, MARK, with_what_is_there, write_to_try  # noqa: E402

# What somebody new opens, and one page of each kind that is made but for the long tables, whose markup is the same.
MAIN_PAGES = (
    "index", "clinicians", "python", "try-it", "safety", "videos", "own-guide", "gallery", "tutorials/01_plan_a_routine",
    "reference/safety", "decisions/index", "search",
)  # fmt: skip
# In an annotation, but no value of the kit.
NOT_OURS = {"Any", "Iterable", "Mapping", "None", "Path"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built once as `make docs` builds it."""
    out = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "tools.docs", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def address(site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def text_of(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))))


# The built site


@pytest.mark.slow
def test_the_site_builds_without_a_warning_and_has_every_page_of_the_docs(site):
    pages = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")]
    pages += [f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")]
    names = {path: site_name(path) for path in pages}
    assert sorted(path for path, name in names.items() if name is None) == list(LEFT_OUT)
    assert [name for name in names.values() if name and not (site / name).with_suffix(".html").is_file()] == []


@pytest.mark.slow
def test_every_public_name_and_method_is_in_the_reference(site):
    ids = {
        each for page in (site / "reference").glob("*.html") for each in re.findall(r'id="([\w.]+)"', page.read_text())
    }
    wanted = {f"selfcare_kit.{name}" for name in kit.__all__}
    for name in kit.__all__:
        if inspect.isclass(getattr(kit, name)):
            wanted |= {f"selfcare_kit.{name}.{member}" for member in members(getattr(kit, name))}
    assert wanted - ids == set()
    assert len(wanted) > 80


@pytest.mark.slow
def test_the_reference_shows_examples_and_a_notebook_its_outputs(site):
    assert "&gt;&gt;&gt;" in (site / "reference" / "safety.html").read_text(encoding="utf-8")
    page = (site / "tutorials" / "02_see_the_points.html").read_text(encoding="utf-8")
    assert (
        "its pain is mainly felt in the side of the hip"
        in text_of(site / "tutorials" / "02_see_the_points.html").lower()
    )
    assert len(re.findall(r"<img [^>]*_images/", page)) > 10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("clinicians", 'pip install "selfcare-kit[app]"'),
        ("python", 'routine.to_html("handout.html"'),
        ("safety", "A caution does one or more of these"),
        ("videos", "press Add the video"),
        ("own-guide", "selfcare-kit check my_guide"),
    ],
)
def test_the_first_page_leads_to_what_a_stranger_asks_first(site, page, words):
    assert re.search(rf'<article.*href="{page}\.html[#"]', (site / "index.html").read_text(encoding="utf-8"), re.DOTALL)
    assert words in text_of(site / f"{page}.html")


@pytest.mark.slow
def test_a_handout_can_be_opened_without_an_installation(site):
    assert f'href="{EXTRA}/handout.html"' in (site / "try-it.html").read_text(encoding="utf-8")
    assert "C-104" in (site / EXTRA / "handout.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.browser
def test_main_pages_ask_no_other_computer_and_axe_finds_nothing(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked, wrong = [], {}
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.setdefault("failed", []).append(request.url))
    page.on("pageerror", lambda error: wrong.setdefault("error", []).append(str(error)))
    for name in MAIN_PAGES:
        page.goto(f"{address}/{name}.html")
        wrong[name] = violations(page)
    page.close()
    assert {name: found for name, found in wrong.items() if found} == {}
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


@pytest.mark.slow
@pytest.mark.browser
def test_no_page_scrolls_sideways_on_a_telephone(browser, address, site):
    page = browser.new_page(viewport={"width": 400, "height": 800})
    wide = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if not name.startswith((f"{EXTRA}/", "decisions/0", "contributing/add-")):
            page.goto(f"{address}/{name}", wait_until="domcontentloaded")
            wide += [name] if page.evaluate("() => document.documentElement.scrollWidth > innerWidth") else []
    page.close()
    assert wide == []


@pytest.mark.slow
@pytest.mark.browser
def test_the_search_finds_a_page_on_the_site_itself(browser, address):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/search.html?q=videos")
    page.locator("#search-results li a").first.wait_for()
    assert "videos.html" in " ".join(
        page.locator("#search-results li a").evaluate_all("(all) => all.map((a) => a.href)")
    )
    page.close()
    assert [url for url in asked if not url.startswith(address)] == []


# What goes into it


def test_every_value_that_a_public_function_returns_is_in_the_reference():
    public = [getattr(kit, name) for name in kit.__all__]
    returned = " ".join(str(inspect.signature(each).return_annotation) for each in public if inspect.isfunction(each))
    named = {path.rpartition(".")[2] for path in VALUES} | set(kit.__all__)
    assert set(re.findall(r"\b[A-Z]\w+", returned)) - named - NOT_OURS - {"XY"} == set()


def test_a_public_name_stands_under_a_heading_of_its_own_room():
    assert {entry.heading for entry in entries() if entry.name == "suggest"} == {"From a complaint to a routine"}
    assert [entry.name for entry in entries() if entry.heading == "Others"] == []


def test_a_new_page_of_the_docs_is_listed_without_being_named():
    sections = {
        section.title: section.pages for section in navigation({"index", "clinicians", "tutorials/01_a", "brand-new"})
    }
    assert "brand-new" in sections["How to"]
    assert "tutorials/01_a" in sections["See it done"]


def test_links_of_a_page_lead_to_where_its_targets_are_on_the_site(tmp_path):
    text = "[a](../exports.md#b) [b](../../CONTRIBUTING.md) [c](https://example.org) `[d](e.md)`\n```\n[f](g.md)\n```\n"
    moved = with_links(text, "docs/contributing/add-a-point.md", tmp_path)
    assert moved.splitlines()[0].startswith(
        "[a](../exports.md#b) [b](../contributing/habits.md) [c](https://example.org)"
    )
    assert "[f](g.md)" in moved
    assert with_links("[x](../Makefile)", "docs/a.md", tmp_path) == "[x](files/Makefile.txt)"
    assert (tmp_path / "files" / "Makefile.txt").is_file()
    assert with_links("[x](../README.md#start)", "docs/a.md", tmp_path) == "[x](index.md)"
    assert with_links("[x](pip.md)", "docs/a.md", tmp_path) == "[x](files/docs/pip.md.txt)"


@pytest.mark.parametrize("has_planner", [True, False], ids=["with", "without"])
def test_the_page_to_try_links_to_what_there_is(has_planner, tmp_path):
    if has_planner:
        (tmp_path / "planner.html").write_text("<title>The planner</title>", encoding="utf-8")
    site = tmp_path / "site"
    assert write_to_try(site / EXTRA, tmp_path) is has_planner
    page = with_what_is_there((ROOT / "docs" / "try-it.md").read_text(encoding="utf-8"), has_planner=has_planner)
    (site / "try-it.html").write_text(page, encoding="utf-8")
    assert MARK not in page
    assert (f'href="{EXTRA}/planner.html"' in page) is has_planner
    assert "make page" in page
    assert faults(site, apart=EXTRA) == []


def test_a_notebook_without_outputs_shows_the_planner_in_their_place(tmp_path):
    write_notebook(ROOT / "notebooks" / "01_plan_a_routine.ipynb", tmp_path)
    page = (tmp_path / "01_plan_a_routine.md").read_text(encoding="utf-8")
    assert page.startswith("# Plan a routine")
    assert "pictures/planner.png" in page


# What is refused


def test_dead_links_and_outside_requests_are_found(tmp_path):
    (tmp_path / "b.html").write_text('<h1 id="there">B</h1>', encoding="utf-8")
    (tmp_path / "a.css").write_text("@font-face {src: url(https://fonts.example/x.woff)} a {background: url(b.png)}")
    (tmp_path / "a.html").write_text(
        '<a href="b.html#there"><a href="https://example.org"><a href="mailto:x"><img src="data:,">'
        '<a href="gone.html"><a href="b.html#gone"><a href="#gone"><img src="gone.png">'
        '<script src="//cdn.example/a.js"></script>',
        encoding="utf-8",
    )
    assert faults(tmp_path, apart=EXTRA) == [
        "a.html loads //cdn.example/a.js from elsewhere.",
        "a.html links to gone.html, which is not there.",
        "a.html links to b.html#gone, which is not there.",
        "a.html links to #gone, which is not there.",
        "a.html links to gone.png, which is not there.",
        "a.css loads https://fonts.example/x.woff from elsewhere.",
        "a.css loads b.png, which is not there.",
    ]


def test_a_theme_that_writes_something_else_is_told(tmp_path):
    (tmp_path / "a.html").write_text("<pre>x</pre>", encoding="utf-8")
    told = finish(tmp_path)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == '<pre tabindex="0">x</pre>'
    assert len(told) == len(CHANGES) - 1


@pytest.mark.slow
def test_a_page_with_a_warning_makes_no_site(tmp_path):
    from tools.docs.__main__ import run_sphinx

    source = tmp_path / "source"
    source.mkdir()
    (source / "index.md").write_text("# A\n\n[gone](gone.md)\n", encoding="utf-8")
    assert not run_sphinx(source, tmp_path / "site", tmp_path / "made")
