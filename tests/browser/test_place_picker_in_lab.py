"""The place picker in JupyterLab: a place by mouse and by keys, the rule that tells it, and what can be copied."""

from __future__ import annotations

import re

import pytest
from axe import violations

import selfcare_kit as kit
from selfcare_kit.body.place.zones import zones_of

from .conftest import notebook_of
from .visit import LabVisit

pytestmark = pytest.mark.browser

# Where the soleus is felt, in cm of the back view.
SOLEUS = (-10.4, 25.4)


class PickerVisit(LabVisit):
    """A notebook with a place picker in its first cell."""

    def _wait_for_the_planner(self):
        self.app.locator(".selfcare-picker-grid").first.wait_for(timeout=self.patience)

    @property
    def figure(self):
        return self.app.get_by_role("application")

    @property
    def where(self):
        return self.app.locator("[data-key=where]")

    def click_at(self, x, y):
        """Click on the figure where its grid has these numbers."""
        to_screen = """(svg, [x, y]) => {
          const at = new DOMPoint(x, -y).matrixTransform(svg.getScreenCTM());
          return [at.x, at.y];
        }"""
        self.page.mouse.click(*self.figure.locator("svg").evaluate(to_screen, [x, y]))
        self.settle()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def spot(self):
        return tuple(float(each) for each in re.search(r"x (-?[\d.]+), y (-?[\d.]+)", self.where.inner_text()).groups())


@pytest.fixture(scope="module")
def kept_picker(lab_server, context):
    """A notebook with a picker, which stays open for the tests of a module."""
    with notebook_of(lab_server, "picker") as lab:
        lab.write('import selfcare_kit as kit\nkit.PlacePicker("back")')
        yield PickerVisit(context.new_page(), lab.address)


@pytest.fixture
def visit(kept_picker):
    kept_picker.begin_again()
    return kept_picker


def test_a_place_is_picked_by_mouse_told_copied_and_seen_from_all_sides(visit):
    assert "Click the body" in visit.where.inner_text()
    visit.click_at(*SOLEUS)
    assert visit.spot() == pytest.approx(SOLEUS, abs=0.4)
    assert "Calf" in visit.where.inner_text()
    assert "back of the body" in visit.where.inner_text()
    assert visit.app.locator(".selfcare-picker-figure .selfcare-picker-cross").count() == 2
    assert set(visit.app.locator("figcaption").all_inner_texts()) == {
        f"{view} view, {side}" for view in ("oblique", "inner") for side in ("left", "right")
    }
    answers = visit.app.get_by_role("group", name="Answers")
    proposed = answers.inner_text()
    visit.app.locator("[data-key=rule-2]").check()
    visit.settle()
    assert answers.inner_text() != proposed
    assert 'area = "calf_back"' in answers.inner_text()
    start = re.search(r'from_landmark = "(\w+)"', answers.inner_text()).group(1)
    visit.app.get_by_role("button", name="Copy the row").click()
    visit.app.get_by_text("Copied.").wait_for()
    assert visit.page.evaluate("navigator.clipboard.readText()").startswith(f"point_1,,,{start},")
    assert violations(visit.page, ".selfcare-picker") == []
    visit.app.get_by_role("radio", name="Side", exact=True).check()
    visit.settle()
    assert visit.app.locator(".selfcare-picker-figure .selfcare-is-behind").count() == 1
    assert "other side" in visit.where.inner_text()
    assert visit.problems == []


def test_a_place_is_picked_moved_and_told_by_keys_alone(visit):
    visit.figure.focus()
    visit.press("ArrowUp")
    x, y = visit.spot()
    visit.press("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowDown")
    assert visit.spot() == pytest.approx((x + 0.5, y - 6), abs=0.01)
    visit.press("2")
    assert visit.app.locator("[data-key=rule-2]").is_checked()
    visit.press("4")
    visit.app.get_by_label("B: to this landmark").select_option("greater_trochanter")
    visit.settle()
    assert 'to_landmark = "greater_trochanter"' in visit.app.get_by_role("group", name="Answers").inner_text()
    visit.figure.focus()
    visit.press("PageUp")
    assert "Front view" in visit.where.inner_text()
    # Keys of the notebook's command mode.
    visit.press("x", "d", "d", "a", "b", "c")
    assert visit.cells.count() == 2
    assert visit.app.get_by_role("button", name="Whole body").is_visible()
    assert violations(visit.page, ".selfcare-picker") == []
    assert visit.problems == []


@pytest.fixture
def own_point(lab, new_page, own):
    """A point of a guide of somebody's own, opened in a notebook."""
    folder = own.folder
    lab.write(f'import selfcare_kit as kit\nkit.PlacePicker(guide=kit.load_guide({str(folder)!r}), point="soleus_1")')
    return PickerVisit(new_page(), lab.address), folder


def test_pain_is_drawn_by_mouse_and_keys_beside_the_card_and_saved(own_point):
    visit, folder = own_point
    visit.app.get_by_role("radio", name="Felt mainly").check()
    visit.settle()
    visit.click_at(-9.5, 16)
    visit.click_at(-9.5, 8)
    assert visit.app.locator(".selfcare-picker-figure .selfcare-is-primary").count() == 2
    visit.figure.focus()
    visit.press("+", "ArrowUp", "Shift+ArrowUp", "Enter")
    assert "3 spots" in visit.where.inner_text()
    visit.press("Backspace")
    assert "2 spots" in visit.where.inner_text()
    visit.press("t", "Shift+ArrowUp", "Shift+ArrowUp", "Enter")
    assert "may be felt, too" in visit.where.inner_text()
    assert visit.app.locator(".selfcare-picker-figure .selfcare-is-spillover").count() == 2
    visit.app.get_by_role("button", name="Show its card").click()
    visit.settle()
    card = visit.app.frame_locator("iframe")
    card.get_by_text("Not for a client").wait_for()
    assert card.locator("li.card").count() == 1
    assert violations(visit.page, ".selfcare-picker") == []
    visit.app.get_by_role("button", name="Save in the guide").click()
    visit.app.get_by_text("Saved in zones.csv").wait_for()
    found = {(zone.kind, len(zone.nodes)) for zone in zones_of(kit.load_guide(folder))["soleus_1"]}
    assert found == {("primary", 2), ("spillover", 1)}
    assert visit.problems == []
