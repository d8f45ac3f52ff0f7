"""No key pressed in the planner acts on the notebook."""

from __future__ import annotations

import string

import pytest

from .conftest import notebook_of
from .visit import LabVisit

pytestmark = pytest.mark.browser

KEYS = (*string.ascii_lowercase, *string.digits, "Enter", "Shift+Enter", "Control+Enter", "Alt+Enter", "ArrowUp",
        "ArrowDown", "Escape", "Space", "Delete", "Control+b", "Control+Shift+-", "Shift+m")  # fmt: skip
# One of each kind of control, by what it is.
CONTROLS = {
    "the search": "[data-key=find]",
    "a button of the bar": "[data-key=new]",
    "a link to what stands in the way": "[data-jump]",
    "a fold of a point": "button[data-do=why]",
    "a region of the figure": ".selfcare-map .region[tabindex='0']",
    "a radio button": "input[type=radio]",
    "a tick box of a sensation": "input[data-do=feel]",
    "a list to choose from": "select[data-name=paper]",
    "a fold": "details summary",
    "a button for a file": "[data-choose-file]",
    "a number": "input[inputmode=numeric]",
    "a text field": "input[data-name=note]",
    "the client's name": "input[data-private=client]",
    "a heading": "h3[tabindex='-1']:not(.selfcare-unseen)",
    "a step": "li[data-step] .selfcare-fold",
    "blank space": ".selfcare-planner",
    # Last: it takes points and steps away.
    "a tick box of a question": "input[data-do=answer]",
}


@pytest.fixture(scope="module")
def lab(lab_server):
    with notebook_of(lab_server, "keys") as opened:
        # Unlocked: the notebook's own lock on its cells would hide what is tested here.
        opened.write("import selfcare_kit as kit\nkit.Planner()")
        yield opened


@pytest.fixture(scope="module")
def visit(lab, context):
    opened = LabVisit(context.new_page(), lab.address)
    opened.region("thigh_outer", "left", "side").click()
    opened.template()
    opened.wait_for_steps(10)
    # No file chooser of the system's, which nobody would close, and no window to print.
    opened.page.on("filechooser", lambda chooser: None)
    opened.page.evaluate("window.print = () => {}")
    return opened


# Whether a control is in sight; it has the focus then.
FOCUS = """(selector) => {
  document.querySelector("dialog[open]")?.close();
  const found = document.querySelector(selector);
  if (!found?.getClientRects().length) return false;
  found.focus();
  return document.activeElement === found;
}"""


def bring(visit, selector):
    """Bring a control into sight, where a key pressed before has closed what it lies in or taken it away."""
    visit.search.press("Escape")
    if visit.app.locator("[data-key=asks-new]").count():
        visit.app.locator("[data-key=stay]").click()
    visit.show("body")
    if not visit.app.locator(".selfcare-chosen li").count():
        visit.region("thigh_outer", "left", "side").click()
        visit.app.locator(".selfcare-chosen input[value=left]:checked").wait_for(state="attached")
    # A yes to the first question takes all steps away.
    if "answer" not in selector and not visit.steps.count():
        # What the key before has begun ends first.
        visit.settle()
        visit.template()
        visit.steps.first.wait_for()
    if "answer" in selector:
        visit.open_stage("safety")
    elif "why" in selector:
        visit.open_stage("suggestions")
    elif "note" in selector or "numeric" in selector:
        visit.open_step(1)
    visit.page.locator(selector).first.wait_for()
    assert visit.page.evaluate(FOCUS, selector), selector


def test_saving_by_key_still_works(visit, lab):
    visit.page.locator("input[data-private=client]").focus()
    before = lab.notebook.stat().st_mtime_ns
    visit.save()
    assert lab.notebook.stat().st_mtime_ns > before


def test_no_key_on_any_control_reaches_the_notebook(visit):
    page = visit.page
    for kind, selector in CONTROLS.items():
        for key in KEYS:
            if not page.evaluate(FOCUS, selector):
                bring(visit, selector)
            page.keyboard.press(key)
        assert visit.cells.count() == 2, kind
        assert visit.app.count() == 1, kind
    page.wait_for_timeout(500)
    prompts = page.locator(".jp-OutputPrompt, .jp-OutputArea-prompt").all_inner_texts()
    assert "[1]:" in prompts
    assert not any("[2]" in prompt for prompt in prompts)
    kinds = visit.cells.evaluate_all("all => all.map((cell) => cell.classList.contains('jp-CodeCell'))")
    assert kinds == [True, False]
    assert visit.problems == []
