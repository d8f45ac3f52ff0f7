"""A visit in a real JupyterLab, from the first question to both files on the disk."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

import selfcare_kit as kit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "Zebediah Quill"


class Visit:
    """The planner in a page, and what the page asked of the network."""

    def __init__(self, page, address):
        self.page = page
        self.hosts = set()
        self.problems = []
        self.clicks = 0
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(address)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.locator(".jp-CodeCell.jp-mod-active").wait_for()
        page.wait_for_timeout(500)  # Lab asks for a kernel when a cell runs before it has settled
        page.keyboard.press("Shift+Enter")
        self.app = page.locator(".selfcare-planner")
        self.button("None of these apply").first.wait_for(timeout=60_000)

    def _asked(self, url):
        # blob: and data: stay in the browser
        if urlsplit(url).netloc:
            self.hosts.add(urlsplit(url).netloc)

    def button(self, words):
        return self.app.get_by_role("button", name=words, exact=True)

    def click(self, target):
        target.click()
        self.clicks += 1

    def download(self, words, folder):
        with self.page.expect_download() as waiting:
            self.click(self.button(words))
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


@pytest.fixture
def visit(browser, lab):
    """Open the planner's notebook, once it is as the test wants it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    yield lambda: Visit(context.new_page(), lab.address)
    context.close()


def test_from_the_first_question_to_both_files(visit, lab, tmp_path):
    visit = visit()
    app, page = visit.app, visit.page
    visit.click(visit.button("None of these apply").first)
    app.get_by_text("All asked on").wait_for()
    for label in ("Thigh, outer", "Calf, outer", "Left", "Ache"):
        visit.click(app.get_by_label(label, exact=True))
    visit.click(visit.button("Add the best five"))
    app.get_by_text("5 steps, 5 min").wait_for()
    app.locator(".selfcare-preview svg").wait_for()
    app.get_by_label("Client's name").fill(NAME)
    handout = visit.download("Download the handout (HTML)", tmp_path)
    record = visit.download("Download your record (CSV)", tmp_path)

    routine = kit.read_routine(record)
    assert kit.read_routine(handout) == routine
    assert len(routine) == 5
    assert {step.side for step in routine.steps} == {"left"}
    assert routine.complaint.area_ids == ("thigh_outer", "calf_outer")
    assert visit.clicks <= 12

    assert NAME in handout.read_text("utf-8")
    assert NAME not in record.read_text("utf-8")
    assert "quill" not in f"{handout.name}{record.name}".casefold()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    saved = "".join(path.read_text("utf-8", "replace") for path in lab.folder.rglob("*") if path.is_file())
    assert NAME not in saved
    assert "SelfCare planner" in saved

    app.locator("input[type=file]").set_input_files(handout)
    app.get_by_text("ask the questions again").wait_for()
    visit.button("None of these apply").first.wait_for()
    app.get_by_text("5 steps, 5 min").wait_for()

    assert visit.hosts == {urlsplit(lab.address).netloc}
    assert visit.problems == []


def test_a_key_pressed_in_the_planner_does_not_reach_the_notebook(visit, lab):
    path = lab.folder / "plan_a_routine.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    # The notebook's own lock on its cells would hide what is tested here.
    for cell in notebook["cells"]:
        assert cell["metadata"].pop("deletable") is False
    path.write_text(json.dumps(notebook), "utf-8")
    visit = visit()
    page, app = visit.page, visit.app
    visit.button("None of these apply").first.focus()
    for key in ("x", "a", "b", "d", "d", "m", "Shift+Enter", "Control+Enter", "ArrowDown"):
        page.keyboard.press(key)
    app.get_by_label("Calf, outer", exact=True).focus()
    page.keyboard.press("x")
    app.locator("h3").first.click()
    page.keyboard.press("x")
    page.wait_for_timeout(500)
    assert page.locator(".jp-Notebook .jp-Cell").count() == 2
    assert app.count() == 1
    assert "[1]" in page.locator(".jp-OutputPrompt, .jp-OutputArea-prompt").first.inner_text()


def test_what_the_guide_does_not_allow_is_refused_in_words(visit):
    visit = visit()
    app = visit.app
    visit.button("None of these apply").first.click()
    visit.button("Start from the guide's sequence").click()
    app.get_by_text("10 steps").first.wait_for()
    seconds = app.get_by_label("Seconds", exact=True).first
    seconds.fill("300")
    seconds.press("Tab")
    app.get_by_role("alert").filter(has_text="must be a whole number from 1 to 120").wait_for()
    assert seconds.input_value() == "60"
