"""A name typed everywhere is found nowhere on the disk but in the files that were downloaded."""

from __future__ import annotations

import urllib.request

import pytest

from .conftest import TOKEN

pytestmark = pytest.mark.browser

CANARY = "Zebediah Quill"
# Another name: the client's own is refused in the title and the code.
CLIENT = "Ottoline Vasquez-Thorn"


def type_everywhere(visit):
    """Type into every text field that is in sight and takes words, and leave it so that it is taken."""
    page = visit.page
    fields = page.locator(".selfcare-planner input:is([type=text], [type=search]):not([inputmode=numeric])")
    typed = 0
    for index in range(fields.count()):
        field = fields.nth(index)
        if field.is_visible():
            field.fill(CANARY)
            field.press("Tab")
            typed += 1
    page.wait_for_timeout(500)
    return typed


def test_nothing_that_was_typed_stays_on_the_disk(lab_visit, lab, tmp_path):
    visit = lab_visit()
    page, app = visit.page, visit.app
    visit.clear()
    visit.region("thigh_outer", "left", "side").click()
    visit.feel("Weakness")
    app.get_by_label("Initials of the clinician who looked").wait_for()
    visit.best()
    visit.steps.nth(2).wait_for()
    visit.open_step(1)
    # Search, initials and what was ruled out, code, title, the client's name, and the note of the open step.
    assert type_everywhere(visit) >= 7
    visit.search.press("Escape")
    # The page itself, and what the page keeps of the steps, are made of it, too.
    visit.show("page")
    page.wait_for_timeout(500)
    app.get_by_label("Client's name").fill(CLIENT)
    handout = visit.download("Handout", tmp_path)
    record = visit.download("Record (CSV)", tmp_path)
    assert CLIENT in handout.read_text("utf-8")
    assert CANARY in record.read_text("utf-8")  # the note and the title
    # Changed after it was saved, so that the page keeps it.
    visit.search.fill(f"{CANARY} heel left")
    visit.open_step(2)
    app.get_by_label("Note for the client, step 2", exact=True).fill(CANARY)
    app.get_by_label("Note for the client, step 2", exact=True).press("Tab")
    page.wait_for_timeout(500)

    visit.save()  # writes a checkpoint, too
    page.keyboard.press("Escape")
    request = urllib.request.Request(
        f"{lab.server}/nbconvert/html/{lab.notebook.parent.name}/{lab.notebook.name}?download=false",
        headers={"Authorization": f"token {TOKEN}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        exported = answer.read().decode()
    assert not any(name in exported for name in (CANARY, CLIENT))
    visit.open_file(handout)
    app.get_by_text("ask the questions again").wait_for()
    visit.save()
    page.evaluate("document.title")
    page.get_by_role("menuitem", name="Kernel").click()
    page.get_by_role("menuitem", name="Restart Kernel…").first.click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    visit.save()

    written = lab.written
    assert any(path.name == lab.notebook.name for path in written)
    assert any(".ipynb_checkpoints" in str(path) for path in written)
    found = [
        str(path) for path, text in written.items() if any(word in text for word in (*CANARY.split(), *CLIENT.split()))
    ]
    assert found == []
    assert '"outputs": []' in lab.notebook.read_text("utf-8")


def test_what_is_typed_into_a_cell_is_not_kept_in_the_history(lab_visit, lab):
    visit = lab_visit()
    page = visit.page
    page.locator(".jp-MarkdownCell").last.click()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type('canary = "Zebediah in a cell"')
    page.keyboard.press("Control+Enter")
    page.locator(".jp-InputPrompt", has_text="[2]").wait_for()
    page.wait_for_timeout(500)
    visit.save()
    kept = [path for path, text in lab.written.items() if "Zebediah in a cell" in text]
    # A cell's own text is the notebook's; outputs and history are not.
    assert all(path.suffix == ".ipynb" for path in kept)
    assert any(path.name == "history.sqlite" for path in lab.written)
