"""Visits as clinicians have them, in JupyterLab, as a page and in one file, with as few clicks as the study of the screen counted."""

from __future__ import annotations

import pytest

import selfcare_kit as kit

pytestmark = pytest.mark.browser


PLACES = {"lab": "new_planner", "page": "new_page_visit", "file": "new_file_visit"}


# Each visit in each place, with each hand in some, and each hand in each place at some visit.
WAYS = {"mouse": ("lab, mouse", "page, keys", "file, mouse"), "keys": ("lab, keys", "page, mouse", "file, keys")}


def in_lab_with(hand):
    """Hold a visit in all places, with this hand in JupyterLab."""
    # Who comes first makes the file.
    ways = [pytest.param(way, marks=pytest.mark.slow) if way.startswith("file") else way for way in WAYS[hand]]
    return pytest.mark.parametrize("visit", ways, indirect=True)


@pytest.fixture
def visit(request, context):
    """A planner that is open, with a hand on the mouse or on the keys alone."""
    place, hand = request.param.split(", ")
    made = request.getfixturevalue(PLACES[place])
    made.has_mouse = hand == "mouse"
    if hand == "keys":
        made.enter()
    yield made
    made.has_mouse = True


@pytest.fixture(scope="module")
def last_visit(tmp_path_factory, guide):
    """A handout of the last visit: a left hip that aches, five steps."""
    complaint = {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}}
    routine = kit.Routine.from_suggestions(kit.suggest(complaint, screening=kit.screen()).top(5), code="C-104")
    return routine.to_html(tmp_path_factory.mktemp("last") / "handout.html")


def say(visit, area, sensation):
    box = visit.app.locator(f"input[data-do=feel][data-area={area}][data-id={sensation}]")
    visit.click(box)
    visit.app.locator(f"input[data-do=feel][data-area={area}][data-id={sensation}]:checked").wait_for()


def printed(visit):
    """Press Print, and return what the browser was asked to print."""
    visit.page.evaluate("window.print = () => {}")
    visit.click(visit.app.locator("[data-key=print]"))
    # A frame of an earlier print may still be there.
    frame = visit.page.locator("iframe[title='Handout to print']").last
    frame.wait_for(state="attached")
    return frame.content_frame.locator("body")


def fits(visit):
    """The page itself never scrolls, whatever the lists do."""
    return visit.page.evaluate(
        "() => document.documentElement.scrollHeight <= innerHeight"
        " && document.querySelector('.selfcare-planner').getBoundingClientRect().bottom <= innerHeight"
    )


@in_lab_with("mouse")
def test_a_hip_that_aches_and_a_numb_foot(visit):
    visit.click(visit.region("hip_side", "left", "side"))
    say(visit, "hip_side", "ache")
    visit.click(visit.region("foot_top", "left", "foot_top"))
    say(visit, "foot_top", "numb")
    visit.clear()
    visit.best()
    visit.wait_for_steps(5)
    assert "gluteus minimus" in printed(visit).inner_text()
    assert visit.clicks <= 9
    assert fits(visit)


@in_lab_with("keys")
def test_three_points_that_are_known(visit):
    for words in ("piriformis l", "TFL l", "sol_1 l"):
        visit.type(words)
    visit.wait_for_steps(3)
    visit.clear()
    printed(visit)
    assert visit.clicks <= 4


@in_lab_with("mouse")
def test_a_return_visit_with_one_step_made_lighter(visit, last_visit):
    visit.open_file(last_visit)
    visit.wait_for_steps(5)
    visit.click(visit.app.locator("input[data-do=rate][data-area=hip_side][value='3']"))
    visit.clear()
    step = visit.app.locator("li[data-step]").first
    visit.click(step.locator("[data-key=open]"))
    before = int(step.locator("input[data-name=pressure]").input_value())
    visit.click(step.get_by_role("button", name="Less: pressure of 10, step 1"))
    visit.app.get_by_text("1 change").wait_for()
    assert int(step.locator("input[data-name=pressure]").input_value()) == before - 1
    printed(visit)
    assert visit.clicks <= 12


@in_lab_with("keys")
def test_a_return_visit_with_three_numbers_and_a_sore_step_made_lighter(visit, week_ago):
    since = visit.section("since")
    visit.open_file(week_ago)
    visit.wait_for_steps(5)
    visit.write(since.locator("[data-do=rate]"), "3")
    visit.write(since.locator("[data-do=found][data-name=days_done]"), "5")
    visit.write(since.locator("[data-do=found][data-name=days_planned]"), "7")
    since.get_by_text("clearly less").wait_for()
    visit.clear()
    visit.click(since.locator("summary"))
    visit.click(since.locator("[data-key=sore] input").first)
    visit.click(since.get_by_role("button", name="Change it"))
    visit.app.get_by_text("1 change").wait_for()
    printed(visit)
    assert visit.clicks <= 10
    assert fits(visit)


@in_lab_with("mouse")
def test_a_red_flag_is_one_click_to_the_stop(visit):
    visit.click(visit.app.locator("[data-ask=R01] input[data-do=answer]"))
    visit.app.locator(".selfcare-grave").wait_for()
    assert visit.clicks == 1
    visit.section("download").get_by_text("No self-massage today").wait_for()
    assert not visit.app.locator(".selfcare-points li").count()


@in_lab_with("keys")
def test_two_points_of_a_foot_without_feeling_by_fingers(visit):
    visit.click(visit.region("foot_ball", "left", "sole"))
    say(visit, "foot_ball", "numb")
    visit.clear()
    if visit.app.locator("[data-key=more] button").count():
        visit.click(visit.app.locator("[data-key=more] button"))
    for count in (1, 2):
        # The list of points may still offer what the routine has already.
        visit.settle()
        visit.click(visit.app.get_by_role("button", name="Add: fingers").first)
        visit.wait_for_steps(count)
    page = printed(visit).inner_text().lower()
    assert "finger" in page
    assert "ball under" not in page
    assert visit.clicks <= 10
