"""axe-core finds nothing wrong with the planner, in every state of a visit, in JupyterLab and as a page."""

from __future__ import annotations

import pytest
from axe import OF_COLOURS, TAGS, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def states(visit, week_ago):
    """Lead a planner through a visit, and stop wherever it looks different.

    By keyboard where little room is left for the pointer, which is the concern of other tests.
    """
    app, page = visit.app, visit.page
    yield "just opened, questions asked aloud"
    visit.type("quadratus plantae")
    app.get_by_role("group", name="Which side?").wait_for()
    yield "a side is asked for, over the page"
    app.get_by_role("button", name="Add nothing").click()
    visit.region("thigh_outer", "left", "side").click()
    app.locator("li[data-key=thigh_outer]").wait_for()
    visit.question("C12").check()
    app.locator("input[data-do=place][data-id=C12]").first.wait_for(state="attached")
    yield "labels, an answer that needs a place"
    visit.open_stage("suggestions")
    yield "the questions closed, a place still needed"
    visit.question("C12")
    app.locator("input[data-do=place][data-id=C12][data-area=foot_top]").check()
    app.get_by_role("button", name="Say where").first.wait_for(state="detached")
    for done in app.locator("[data-do=placed]").all():
        done.click()
    app.locator("input[data-do=sheet][value=sheet]").check()
    app.locator("[data-key=confirm-sheet]").wait_for()
    yield "the client's sheet"
    app.locator("input[data-do=sheet][value='']").check()
    visit.tick("heel")
    visit.show("list")
    yield "the list of areas"
    visit.show("body")
    visit.feel("Numbness", "Weakness")
    app.get_by_label("Initials of the clinician who looked").wait_for()
    visit.open_stage("suggestions")
    app.locator("[data-key=alerts]").wait_for()
    app.locator(".selfcare-points .selfcare-fold").first.press("Enter")
    app.locator("[data-key=reasons]").wait_for()
    app.locator("[data-do=more]").press("Enter")
    app.get_by_role("heading", name="Not today").wait_for()
    yield "alerts, points, reasons, those not allowed today"
    visit.template()
    visit.steps.nth(5).wait_for()
    visit.steps.first.locator(".selfcare-fold").press("Enter")
    app.locator("[data-key=edit]").wait_for(state="attached")
    app.get_by_role("textbox", name="Seconds, step 1").fill("300")
    app.get_by_role("textbox", name="Seconds, step 1").press("Tab")
    app.locator("[data-key=refusal]").wait_for(state="attached")
    visit.steps.nth(1).locator("[data-do=select]").press("Space")
    yield "steps, one open with a refusal, one selected, obstacles"
    for fold in app.locator("details").all():
        if fold.is_visible() and fold.get_attribute("open") is None:
            fold.evaluate("fold => { fold.open = true; }")
    yield "folds and menus open, over the page"
    for menu in app.locator("details.selfcare-menu").all():
        menu.evaluate("menu => { menu.open = false; }")
    visit.search.fill("glut")
    app.locator(".selfcare-result").nth(2).wait_for()
    yield "search open, over the page"
    visit.search.fill("zzqqx")
    app.locator("[data-key=nothing]").wait_for()
    yield "no result, over the page"
    visit.search.press("Escape")
    app.get_by_role("button", name="Keys", exact=True).click()
    app.get_by_role("dialog", name="Keys").wait_for()
    yield "the keys"
    app.get_by_role("dialog", name="Keys").get_by_role("button", name="Close").click()
    app.get_by_role("button", name="Clinic", exact=True).click()
    app.locator(".selfcare-dialog").wait_for()
    yield "the clinic's settings"
    app.locator(".selfcare-dialog [data-do=close]").first.click()
    visit.question("R01").press("Space")
    app.get_by_role("alert").get_by_text("Emergency: now").first.wait_for()
    yield "stop"
    app.locator("[data-key=slip]").press("Enter")
    app.get_by_role("alert").get_by_text("Emergency: now").first.wait_for(state="detached")
    app.get_by_label("Initials of the clinician who looked").fill("AB")
    app.get_by_label("Initials of the clinician who looked").press("Tab")
    visit.show("page")
    page.wait_for_timeout(300)
    yield "the page has to wait"
    visit.show("body")
    while (group := app.locator("[data-do=confirm]")).count():
        key = group.get_attribute("data-key")
        group.press("Enter")
        app.locator(f"[data-key={key}]").wait_for(state="detached")
    visit.show("page")
    app.locator(".selfcare-page iframe").wait_for()
    yield "all asked, the page shown"
    visit.show("body")
    app.get_by_role("button", name="New client", exact=True).click()
    app.get_by_role("alertdialog").wait_for()
    yield "a new client asks"
    app.locator("[data-do=drop]").click()
    visit.steps.first.wait_for(state="detached")
    visit.open_file(week_ago)
    visit.section("since").locator("summary").click()
    visit.section("since").locator("[data-key=sore] input").first.press("Space")
    visit.section("since").get_by_role("button", name="Change it").wait_for()
    yield "since the last visit, a sore step"


IS_LOOK = (
    "scheme => document.querySelector('[data-jp-theme-light]').dataset.jpThemeLight === String(scheme === 'light')"
)


# The parts that the planner consists of.
PARTS = ".selfcare-map, .selfcare-pane"
# By part what is there, where, and whether it is in sight.
SHAPES = """selector => [...document.querySelectorAll(selector)].map((part) =>
  [part, ...part.querySelectorAll("*")].map((e) => {
    const { x, y, width, height } = e.getBoundingClientRect();
    const { display, visibility } = getComputedStyle(e);
    return `${e.tagName} ${[x, y, width, height].map(Math.round)} ${display} ${visibility}`;
  }).join("\\n"))"""
HTML = "selector => [...document.querySelectorAll(selector)].map((part) => part.outerHTML)"
# Marks the parts with these numbers, for a selector.
MARK = """([selector, numbers]) => document.querySelectorAll(selector).forEach((part, number) => {
  part.toggleAttribute("data-to-look-at", numbers.includes(number));
})"""

RULES_OF_COLOURS = (
    "tags => axe.getRules(tags).filter((rule) => rule.tags.includes('cat.color')).map((rule) => rule.ruleId)"
)


def look(visit, scheme):
    visit.page.emulate_media(color_scheme=scheme)
    # Colours come with this attribute, which the page sets a moment later.
    visit.page.wait_for_function(IS_LOOK, arg=scheme)


def shapes_of(visit):
    shapes = visit.page.evaluate(SHAPES, PARTS)
    assert len(shapes) > 5
    return shapes


# What is asked of the parts that are not as they were; the rest of the rules is quick, and asked of the whole planner.
SLOW = (*OF_COLOURS, "target-size")


def mark(visit, parts, known):
    """Return a selector of the parts that were not looked at as they are; empty where there is none."""
    numbers = [number for number, part in enumerate(parts) if part not in known]
    visit.page.evaluate(MARK, [PARTS, numbers])
    return "[data-to-look-at]" if numbers else ""


def check(visit, week_ago, *, in_dark=False):
    found, seen, known = {}, [], set()
    for state in states(visit, week_ago):
        seen.append(state)
        look(visit, "light")
        visit.settle()
        shapes = shapes_of(visit)
        parts = list(zip(visit.page.evaluate(HTML, PARTS), shapes, strict=True))
        # What a list that is open covers is no target for that moment, nor can all of its colours be told.
        is_covered = state.endswith("over the page")
        rules = OF_COLOURS if is_covered else SLOW
        found[f"{state}, light"] = violations(visit.page, ".selfcare-planner", without=SLOW)
        new = mark(visit, parts, known)
        if new:
            found[f"{state}, light, slow"] = violations(visit.page, new, only=rules)
        if in_dark and new:
            look(visit, "dark")
            # The same elements in the same places: only what the rules of colours say can be another.
            assert shapes_of(visit) == shapes, state
            found[f"{state}, dark"] = violations(visit.page, new, only=OF_COLOURS)
        if not is_covered:
            known.update(parts)
        visit.page.evaluate(MARK, [PARTS, []])
    assert sorted(visit.page.evaluate(RULES_OF_COLOURS, list(TAGS))) == sorted(OF_COLOURS)
    found = {state: lines for state, lines in found.items() if lines}
    assert found == {}, "\n".join(f"{state}: {line}" for state, lines in found.items() for line in lines)
    assert len(seen) == 18


def test_nothing_is_wrong_in_jupyterlab(lab_visit, week_ago):
    check(lab_visit(), week_ago)


def test_nothing_is_wrong_as_a_page_in_light_and_in_dark(new_page_visit, week_ago):
    check(new_page_visit, week_ago, in_dark=True)


def test_nothing_is_wrong_with_the_page_around_it(new_page_visit):
    visit = new_page_visit
    visit.tick("heel")
    assert violations(visit.page) == []


def test_every_region_is_a_checkbox_with_name_and_state_to_a_screen_reader(new_page_visit):
    visit = new_page_visit
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
