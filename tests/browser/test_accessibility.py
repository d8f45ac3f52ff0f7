"""axe-core finds nothing wrong with the planner, in every state of a visit, in JupyterLab and as a page."""

from __future__ import annotations

import pytest
from axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def states(visit):
    """Lead a planner through a visit, and stop wherever it looks different."""
    app = visit.app
    yield "just opened"
    visit.region("thigh_outer", "left", "side").click()
    app.get_by_label("Heel", exact=True).check()
    app.get_by_label("Numbness", exact=True).check()
    app.get_by_label("Weakness", exact=True).check()
    app.get_by_role("region", name="Before any point").wait_for()
    app.get_by_role("button", name="Heel: feels different").click()
    app.get_by_role("group", name="Heel feels like").wait_for()
    yield "alerts, and an area that feels different"
    app.locator("input[data-do=answer][data-id=C12]").check()
    app.locator("input[data-do=place][data-id=C12][data-area=foot_top]").check()
    app.get_by_text("Because of the safety answers").or_(app.get_by_text("Only the ticked ones")).first.wait_for()
    yield "an answer with a place"
    visit.button("Start from the guide's sequence").click()
    app.locator("tbody[data-step]").nth(5).wait_for()
    app.get_by_label("Seconds, step 1", exact=True).fill("300")
    app.get_by_label("Seconds, step 1", exact=True).press("Tab")
    app.get_by_role("alert").filter(has_text="must be").wait_for()
    yield "steps, a refusal and an obstacle"
    for fold in app.locator("details").all():
        if fold.is_visible() and fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
    app.get_by_role("button", name="Only the ticked ones apply").first.click()
    app.get_by_text("Asked on").first.wait_for()
    yield "folds open, asked"


def check(visit, selector, schemes=("light",)):
    # What has scrolled under the bar that stays at the top is covered for that moment only.
    visit.page.add_style_tag(content=".selfcare-pane:has(> .selfcare-contents) { position: static !important; }")
    found = {}
    for state in states(visit):
        for scheme in schemes:
            visit.page.emulate_media(color_scheme=scheme)
            wrong = violations(visit.page, selector)
            if wrong:
                found[f"{state}, {scheme}"] = wrong
    assert found == {}, "\n".join(f"{state}: {line}" for state, lines in found.items() for line in lines)


def test_nothing_is_wrong_in_jupyterlab(lab_visit):
    check(lab_visit(), ".selfcare-planner")


def test_nothing_is_wrong_as_a_page_in_light_and_in_dark(page_visit):
    check(page_visit(), ".selfcare-planner", ("light", "dark"))


def test_nothing_is_wrong_with_the_page_around_it(page_visit):
    visit = page_visit()
    visit.app.get_by_label("Heel", exact=True).check()
    assert violations(visit.page) == []


def test_every_region_is_a_checkbox_with_name_and_state_to_a_screen_reader(page_visit):
    visit = page_visit()
    visit.region("thigh_outer", "left", "side").click()
    visit.app.locator(".selfcare-mark").first.wait_for()
    client = visit.page.context.new_cdp_session(visit.page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    boxes = [node for node in nodes if node.get("role", {}).get("value") == "checkbox" and not node["ignored"]]
    told = {
        node["name"]["value"]: next(each["value"]["value"] for each in node["properties"] if each["name"] == "checked")
        for node in boxes
        if node["name"]["value"].endswith(")")
    }
    assert told["Thigh, outer, left (Left side)"] == "true"
    assert told["Thigh, outer, right (Right side)"] == "false"
    assert told["Sacrum (Back)"] == "false"
    assert len(told) == visit.app.locator(".selfcare-map .region").count()
