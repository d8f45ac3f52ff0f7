"""The planner as one file: opened from a disk without a network, or from a server, it does all but what it does not offer."""

from __future__ import annotations

import contextlib
import datetime
import functools
import http.server
import re
import shutil
import threading

import pytest
from axe import violations
from PIL import Image

import selfcare_kit as kit
from selfcare_kit.export.chart.calendar import routine_ics
from selfcare_kit.export.kinds import KINDS, make_file
from selfcare_kit.planner.visit.platforms import PLATFORMS
from tools.build_page.__main__ import made_page
from tools.build_page.archive import packed
from tools.build_page.compiled import _run

from .visit import FileVisit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OFFERED = PLATFORMS["file"].writes
# Resolves with what the browser kept of a visit.
KEPT = """async () => ({
  cookies: document.cookie, local: await of(() => localStorage.length), session: await of(() => sessionStorage.length),
  databases: await of(async () => (await indexedDB.databases()).length), caches: await of(async () => (await caches.keys()).length),
})"""


def hurt(visit):
    """A left hip that aches, all questions asked, the best five points."""
    visit.click(visit.region("hip_side", "left", "side"))
    visit.feel("Ache")
    visit.clear()
    visit.best()
    visit.wait_for_steps(5)


@pytest.fixture
def file_visit(new_file_visit):
    hurt(new_file_visit)
    return new_file_visit


def time_of(stamp):
    return datetime.datetime.strptime(stamp.decode(), "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)


class Server(http.server.ThreadingHTTPServer):
    """Serves the folder of the file, and keeps what it was asked for."""

    def __init__(self, folder):
        self.asked = asked = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                asked.append(self.path)

        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=folder))

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server(planner_file):
    with Server(planner_file.parent) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@contextlib.contextmanager
def opened(browser, address, **options):
    visit = FileVisit.opened(browser, address, **options)
    yield visit
    visit.page.context.close()


def test_every_file_it_makes_is_the_one_that_python_makes(file_visit, tmp_path):
    record = file_visit.download("Record (JSON)", tmp_path)
    routine = kit.read_routine(record)
    wrong = []
    for name in sorted(OFFERED):
        made = file_visit.download(KINDS[name].label, tmp_path).read_bytes()
        # A calendar holds when it was made.
        made_at = re.search(rb"DTSTAMP:(\w+)", made) if name == "ics" else None
        if made != (
            routine_ics(routine, now=time_of(made_at[1])).encode() if made_at else make_file(routine, name).content
        ):
            wrong.append(name)
    assert wrong == []


def test_what_cannot_be_made_there_is_not_offered(file_visit):
    file_visit.files()
    offered = {each.get_attribute("data-id") for each in file_visit.app.locator("[data-do=file]").all()}
    assert offered == OFFERED
    assert set(KINDS) - offered == {"pdf", "png", "xlsx"}


@pytest.mark.parametrize("kind", PLATFORMS["file"].reads)
def test_the_last_visit_is_read_from_every_kind_of_file(new_file_visit, tmp_path, five_steps, kind):
    path = tmp_path / f"last.{kind}"
    path.write_bytes(make_file(five_steps, kind).content)
    new_file_visit.open_file(path)
    new_file_visit.wait_for_steps(5)


def test_nothing_is_asked_of_anybody_and_nothing_is_kept_in_the_browser(file_visit):
    kept = file_visit.page.evaluate(
        f"(() => {{ const of = async (f) => {{ try {{ return await f(); }} catch {{ return 0; }} }}; return ({KEPT})(); }})()"
    )
    assert not any(kept.values()), kept
    assert (file_visit.hosts, file_visit.problems) == (set(), [])


def test_the_handout_prints_and_the_name_is_on_paper_only(file_visit):
    page = file_visit.page
    file_visit.write(file_visit.app.locator("[data-private=client]"), "Zebediah")
    file_visit.click(file_visit.app.locator("[data-key=print]"))
    frame = page.locator("iframe[title='Handout to print']").last
    frame.wait_for(state="attached")
    assert "Zebediah" in frame.content_frame.locator("body").inner_text()
    # Where the frame is of another origin, the page cannot print it.
    assert page.evaluate("document.querySelector('iframe[title=\"Handout to print\"]').contentWindow.document.title")
    assert "Zebediah" not in file_visit.app.inner_html()
    assert file_visit.problems == []


def test_settings_of_the_clinic_last_until_it_is_closed_and_can_be_taken_along(new_file_visit, tmp_path):
    visit = new_file_visit
    visit.click(visit.button("Clinic"))
    visit.write(visit.app.locator("[data-key=name]"), "Hillside Clinic")
    visit.app.get_by_text("Set until this page is closed").first.wait_for()
    with visit.page.expect_download() as waiting:
        visit.click(visit.button("Save clinic.toml"))
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    assert kit.read_clinic(saved).name == "Hillside Clinic"
    saved.write_text(saved.read_text().replace("Hillside", "Seaside"))
    with visit.page.expect_file_chooser() as choosing:
        visit.click(visit.button("Open clinic.toml"))
    choosing.value.set_files(saved)
    visit.app.get_by_text("The settings of clinic.toml are in force").first.wait_for()
    assert visit.app.locator("[data-key=name]").input_value() == "Seaside Clinic"
    visit.click(visit.button("Close"))


def test_who_made_what_is_in_it_can_be_read(kept_file):
    page = kept_file.page
    page.get_by_role("button", name="About this file").click()
    page.get_by_text("Mozilla Public License Version 2.0").wait_for()
    notices = page.locator("#notices").inner_text()
    for words in (
        "selfcare-kit: MIT",
        "Pyodide",
        "Python Software Foundation",
        "ipywidgets",
        "jinja2",
        "pypdf",
        "MakeHuman",
    ):
        assert words in notices
    assert violations(page, "#about") == []
    page.get_by_role("button", name="Close", exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_whole_page(file_visit, scheme):
    file_visit.page.emulate_media(color_scheme=scheme)
    file_visit.page.wait_for_function(
        "scheme => document.body.dataset.jpThemeLight === String(scheme === 'light')", arg=scheme
    )
    assert violations(file_visit.page) == []


def test_version_and_day_stand_below_and_nothing_scrolls(kept_file):
    words = kept_file.page.locator("footer").inner_text()
    today = datetime.date.today()
    assert f"SelfCare planner {kit.__version__}, made on {today.day} {today:%B %Y}" in words
    assert kept_file.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert not kept_file.page.locator("#outdated").is_visible()


def test_a_file_of_more_than_a_year_says_so(browser, planner_file):
    with contextlib.closing(browser.new_context(offline=True)) as context:
        page = context.new_page()
        page.clock.set_fixed_time(datetime.datetime.now() + datetime.timedelta(days=366))
        page.goto(planner_file.as_uri())
        page.get_by_text("This file is more than a year old").wait_for()


def test_from_a_server_it_asks_for_itself_once_and_its_policy_lets_nothing_else_out(browser, server):
    with opened(browser, f"{server.address}/planner.html") as visit:
        page = visit.page
        for probe in (
            "fetch('/probe')",
            "new Promise((_, no) => { const x = new XMLHttpRequest(); x.onerror = no; x.open('GET', '/probe'); x.send(); })",
        ):
            assert page.evaluate(f"() => {probe}.then(() => 'out', () => 'refused')") == "refused"
        page.evaluate("document.body.append(Object.assign(new Image(), { src: '/probe.png' }))")
        (worker,) = page.workers
        probe = f"new Promise((ok, no) => {{ const x = new XMLHttpRequest(); x.onerror = no; x.onload = ok; x.open('GET', '{server.address}/probe'); x.send(); }})"
        assert worker.evaluate(f"() => {probe}.then(() => 'out', () => 'refused')") == "refused"
        page.context.set_offline(True)
        hurt(visit)
        assert server.asked == ["/planner.html"]
        assert visit.problems == []


def test_two_builds_are_the_same_bytes(pyodide, planner_page):
    """The page that is shared, and one with nothing kept of an earlier one; what it compiles and packs is kept for the next test."""
    _run.cache_clear()
    packed.cache_clear()
    assert made_page(pyodide, made=datetime.date.today()) == planner_page


def test_a_clinics_settings_templates_and_guide_are_baked_in(browser, pyodide, guide, tmp_path):
    Image.new("RGB", (60, 20), "navy").save(tmp_path / "sign.png", dpi=(72, 72))
    (tmp_path / "clinic.toml").write_text('name = "Hillside Clinic"\nlogo = "sign.png"\nemergency_number = "112"\n')
    shutil.copytree(guide.folder, tmp_path / "own")
    settings = tmp_path / "own" / "guide.toml"
    settings.write_text(settings.read_text("utf-8").replace('id = "hip_and_leg"', 'id = "own_guide"', 1), "utf-8")
    routine = kit.Routine(guide=kit.load_guide(tmp_path / "own"))
    for point in ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2"):
        routine = routine.add(point, side="left")
    kit.save_template(routine, "Runner's hip", folder=tmp_path)
    path = tmp_path / "planner.html"
    path.write_bytes(made_page(pyodide, clinic=tmp_path / "clinic.toml", guide=tmp_path / "own"))
    with opened(browser, path.as_uri(), offline=True) as visit:
        assert "for Hillside Clinic" in visit.page.locator("footer").inner_text()
        visit.click(visit.region("hip_side", "left", "side"))
        visit.feel("Ache")
        visit.clear()
        visit.click(visit.section("steps").get_by_role("button", name="Runner's hip").last)
        visit.wait_for_steps(5)
        assert '"own_guide"' in visit.download("Record (JSON)", tmp_path).read_text("utf-8")
        assert visit.problems == []
