"""No key pressed in the planner acts on the notebook."""

from __future__ import annotations

import string

import pytest

pytestmark = pytest.mark.browser

KEYS = (*string.ascii_lowercase, *string.digits, "Enter", "Shift+Enter", "Control+Enter", "Alt+Enter", "ArrowUp",
        "ArrowDown", "Escape", "Space", "Delete", "Control+b", "Control+Shift+-", "Shift+m")  # fmt: skip
# One of each kind of control, by what it is.
CONTROLS = {
    "a button of the bar": "[data-jump=suggestions]",
    "a button": "button[data-do=look]",
    "a region of the figure": ".selfcare-map .region[tabindex='0']",
    "a radio button": "input[type=radio]",
    "a search field": "input[type=search]",
    "a tick box of a sensation": "input[data-do=feel]",
    "a list to choose from": "select[data-do=rate]",
    "a fold": "details summary",
    "a button for a file": "[data-choose-file]",
    "a number": "input[type=number]",
    "a text field": "input[data-name=note]",
    "the client's name": "input[data-private]",
    "a heading": "h3[tabindex='-1']",
    "blank space": ".selfcare-planner",
    # Last: it takes points and steps away.
    "a tick box of a question": "input[data-do=answer]",
}


@pytest.fixture
def visit(lab_visit, lab):
    # Unlocked: the notebook's own lock on its cells would hide what is tested here.
    lab.write("import selfcare_kit as kit\nkit.Planner()")
    opened = lab_visit()
    opened.region("thigh_outer", "left", "side").click()
    opened.button("Start from the guide's sequence").click()
    opened.wait_for_steps(10)
    # No file chooser of the system's, which nobody would close.
    opened.page.on("filechooser", lambda chooser: None)
    return opened


def test_no_key_on_any_control_reaches_the_notebook(visit):
    page = visit.page
    for kind, selector in CONTROLS.items():
        target = page.locator(selector).first
        for key in KEYS:
            target.focus()
            page.keyboard.press(key)
        cells = visit.cells
        assert cells.count() == 2, kind
        assert visit.app.count() == 1, kind
    page.wait_for_timeout(500)
    prompts = page.locator(".jp-OutputPrompt, .jp-OutputArea-prompt").all_inner_texts()
    assert "[1]:" in prompts
    assert not any("[2]" in prompt for prompt in prompts)
    kinds = visit.cells.evaluate_all("all => all.map((cell) => cell.classList.contains('jp-CodeCell'))")
    assert kinds == [True, False]
    assert visit.problems == []


def test_saving_by_key_still_works(visit, lab):
    visit.page.locator("input[data-private]").focus()
    before = lab.notebook.stat().st_mtime_ns
    visit.save()
    assert lab.notebook.stat().st_mtime_ns > before
