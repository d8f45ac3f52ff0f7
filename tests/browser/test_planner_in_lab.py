"""A visit in a real JupyterLab, from the first question to the files on the disk."""

from __future__ import annotations

import datetime

import pytest

import selfcare_kit as kit

pytestmark = pytest.mark.browser

NAME = "Zebediah Quill"


def check_files(handout, record):
    routine = kit.read_routine(record)
    assert kit.read_routine(handout) == routine
    assert len(routine) == 5
    assert {step.side for step in routine.steps} == {"left"}
    assert set(routine.complaint.area_ids) == {"thigh_outer", "calf_outer"}
    assert {each.sensations for each in routine.complaint.areas} == {("ache",)}
    assert routine.screening.date == datetime.date.today()
    return routine


def test_the_whole_visit_by_mouse_takes_few_clicks(lab_visit, lab, tmp_path):
    visit = lab_visit()
    app = visit.app
    visit.clear()
    visit.click(visit.region("thigh_outer", "left", "side"))
    visit.click(visit.region("calf_outer", "left", "side"))
    visit.click(app.get_by_label("Ache", exact=True))
    visit.click(visit.button("Add the best five"))
    visit.wait_for_steps(5)
    app.locator(".selfcare-plate svg").wait_for()
    app.get_by_label("Client's name").fill(NAME)
    handout = visit.download("Handout", tmp_path)
    record = visit.download("Record (CSV)", tmp_path)
    check_files(handout, record)
    assert visit.clicks <= 12

    assert NAME in handout.read_text("utf-8")
    assert NAME not in record.read_text("utf-8")
    assert "quill" not in f"{handout.name}{record.name}".casefold()

    app.locator("input[type=file]").set_input_files(handout)
    app.get_by_text("ask the questions again").wait_for()
    visit.button("None of these apply").first.wait_for()
    app.get_by_text("The same as the routine of").wait_for()
    assert visit.hosts == {visit.host}
    assert visit.problems == []


def test_the_whole_visit_by_keyboard_alone(new_planner, tmp_path):
    visit = new_planner
    page, app = visit.page, visit.app

    def tab_to(label, most=40, back=False):
        for _ in range(most):
            page.keyboard.press("Shift+Tab" if back else "Tab")
            if page.evaluate(NAME_OF_FOCUS) == label:
                return
        raise AssertionError(f"Tab never came to {label!r}; it is on {page.evaluate(NAME_OF_FOCUS)!r}.")

    # From the notebook's cell into the planner: the first thing in it is the bar.
    visit.app.get_by_role("button", name="1 Safety to be asked").focus()
    page.keyboard.press("Enter")
    tab_to("None of these apply")
    page.keyboard.press("Enter")
    app.get_by_text("All asked on").wait_for()
    tab_to("Body figure", most=3)
    go_to(page, "Thigh, outer, left")
    page.keyboard.press("Space")
    tab_to("Left", most=3)
    tab_to("Search", most=3)
    page.keyboard.type("outer calf")
    page.keyboard.press("Enter")
    app.locator("li[data-key=calf_outer]").wait_for()
    tab_to("Ache")
    page.keyboard.press("Space")
    tab_to("Add the best five")
    page.keyboard.press("Enter")
    visit.wait_for_steps(5)
    tab_to("Client's name, as printed (kept nowhere else)", most=160)
    page.keyboard.type(NAME)
    tab_to("Handout", most=20)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    handout = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(handout)
    tab_to("Record (CSV)", most=20)
    with page.expect_download() as waiting:
        page.keyboard.press("Space")
    record = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(record)
    check_files(handout, record)
    assert visit.cells.count() == 2


NAME_OF_FOCUS = """() => {
  const focused = document.activeElement;
  if (focused.closest(".selfcare-map")) return "Body figure";
  const words = (node) => node?.textContent.replace(/\\s+/g, " ").trim() ?? "";
  return focused.getAttribute("aria-label") || words(focused.labels?.[0]?.querySelector("span")) || words(focused);
}"""


def go_to(page, name):
    """Move on the figure with the arrow keys, as one would who sees it."""
    for _ in range(60):
        here = page.evaluate("document.activeElement.dataset.name")
        if here == name:
            return
        way = page.evaluate(
            """(name) => {
              const middle = (e) => { const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; };
              const [x, y] = middle(document.activeElement);
              const wanted = [...document.querySelectorAll(".selfcare-map .region")].filter((e) => e.dataset.name === name);
              const [wx, wy] = wanted.map(middle).sort((a, b) => Math.hypot(a[0]-x, a[1]-y) - Math.hypot(b[0]-x, b[1]-y))[0];
              return Math.abs(wx - x) > Math.abs(wy - y) ? (wx > x ? "ArrowRight" : "ArrowLeft") : (wy > y ? "ArrowDown" : "ArrowUp");
            }""",
            name,
        )
        page.keyboard.press(way)
    raise AssertionError(f"The arrow keys never came to {name!r}; they are on {here!r}.")


def test_figure_and_list_are_in_step_both_ways(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("calf_outer", "right", "side").click()
    app.locator("input[data-do=area][data-id=calf_outer]:checked").wait_for()
    assert app.get_by_label("Right", exact=True).first.is_checked()
    app.get_by_label("Heel", exact=True).check()
    app.locator('.region[data-area="heel"][data-side="right"][aria-checked="true"]').first.wait_for()
    assert app.locator('.region[data-side="left"][aria-checked="true"]').count() == 0
    marks = app.locator(".selfcare-mark")
    marks.first.wait_for()
    assert set(marks.evaluate_all("all => all.map((mark) => mark.dataset.side)")) == {"right"}
    visit.region("calf_outer", "right", "back").click()
    app.locator("input[data-do=area][data-id=calf_outer]:not(:checked)").wait_for()


def test_a_point_shows_its_pain_when_the_pointer_or_the_focus_is_on_it(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    rows = app.locator("li[data-look]")
    rows.nth(3).wait_for()
    zones = app.locator(".selfcare-zones path")
    zones.first.wait_for()
    first = zones.evaluate_all("all => all.map((zone) => zone.getAttribute('d')).join()")
    legend = app.locator(".selfcare-map-legend")
    assert legend.inner_text().startswith("A ")
    rows.nth(2).hover()
    app.locator("li[data-look].selfcare-is-looked:nth-child(3)").wait_for()
    assert legend.inner_text().startswith("C ")
    assert zones.evaluate_all("all => all.map((zone) => zone.getAttribute('d')).join()") != first
    rows.nth(4).get_by_role("button", name="Add").focus()
    app.locator("li[data-look].selfcare-is-looked:nth-child(5)").wait_for()
    assert app.locator(".selfcare-mark.selfcare-is-looked").get_attribute("data-point") == rows.nth(4).get_attribute(
        "data-look"
    ).removesuffix(".left")


def test_a_name_is_told_where_the_pointer_is_on_the_figure(new_planner):
    visit = new_planner
    visit.region("buttock_center", "left", "back").hover()
    assert visit.app.locator(".selfcare-map-name").inner_text() == "Buttock, center, left"


def test_steps_are_dragged_and_the_order_can_be_undone(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    visit.button("Add the best five").click()
    app.locator("tbody[data-step]").nth(3).wait_for()
    steps = app.locator("tbody[data-step]")

    def order():
        return steps.evaluate_all("all => all.map((step) => step.dataset.step)")

    before = order()
    grip, target = steps.nth(0).locator("[data-grip]"), steps.nth(2)
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), target.bounding_box()
    visit.page.mouse.move(start["x"] + 5, start["y"] + 5)
    visit.page.mouse.down()
    visit.page.mouse.move(end["x"] + 40, end["y"] + end["height"] * 0.8, steps=6)
    assert app.locator("tbody.selfcare-dragged").count() == 1
    visit.page.mouse.up()
    app.get_by_text("is step 3 now").wait_for()
    assert order() == [before[1], before[2], before[0], *before[3:]]
    visit.button("Undo the last change of the routine").click()
    app.get_by_text("Took the last change back").wait_for()
    assert order() == before
    steps.nth(1).get_by_role("button", name="Move up").press("Enter")
    app.get_by_text("is step 1 now").wait_for()
    assert order()[:2] == [before[1], before[0]]
    # The focus goes with the step that was moved.
    assert visit.page.evaluate("document.activeElement.closest('tbody').dataset.step") == before[1]


def test_what_the_guide_does_not_allow_is_refused_in_words(new_planner):
    visit = new_planner
    app = visit.app
    app.get_by_label("Left", exact=True).first.check()
    visit.button("Start from the guide's sequence").click()
    app.get_by_text("10 steps").first.wait_for()
    seconds = app.get_by_label("Seconds, step 2", exact=True)
    seconds.fill("300")
    seconds.press("Tab")
    app.get_by_role("alert").filter(has_text="must be a whole number from 1 to 120").wait_for()
    assert seconds.input_value() == "60"


def test_a_text_that_is_being_typed_survives_an_answer(new_planner):
    visit = new_planner
    app = visit.app
    app.get_by_label("Left", exact=True).first.check()
    visit.button("Start from the guide's sequence").click()
    note = app.get_by_label("Note for the client, step 1", exact=True)
    note.wait_for()
    note.press_sequentially("after a warm @view")
    visit.page.evaluate("document.querySelector('[data-do=undo]').click()")
    app.get_by_text("Took the last change back").wait_for()
    visit.page.evaluate("document.querySelector('[data-do=redo]').click()")
    note.wait_for()
    note.fill("after a warm @view")
    note.press("Tab")
    app.get_by_label("Pressure of 10, step 1", exact=True).fill("4")
    app.get_by_label("Pressure of 10, step 1", exact=True).press("Tab")
    visit.page.wait_for_timeout(300)
    assert note.input_value() == "after a warm @view"


def test_enter_in_the_search_ticks_what_is_called_so_and_nothing_else(new_planner):
    visit = new_planner
    app, page = visit.app, visit.page
    search = app.get_by_label("Search")
    told = app.locator("[data-told]")

    def enter(words):
        search.fill(words)
        search.press("Enter")
        page.wait_for_timeout(300)
        return app.locator("input[data-do=area]:checked").evaluate_all("all => all.map((box) => box.dataset.id)")

    assert enter("ankle") == []
    assert "areas fit" in told.inner_text()
    assert enter("thigh") == []
    assert enter("heel") == ["heel"]
    assert told.inner_text() == "Heel is ticked."
    assert enter("heel") == ["heel"]
    assert enter("outer calf") == ["calf_outer", "heel"]
    assert enter("hamstring") == ["thigh_back", "calf_outer", "heel"]
    assert enter("no such place") == ["thigh_back", "calf_outer", "heel"]
    assert app.locator("[data-none]").is_visible()


def test_the_focus_stays_when_a_step_changes_its_side_and_when_changes_are_undone(new_planner):
    visit = new_planner
    app, page = visit.app, visit.page
    visit.region("thigh_outer", "left", "side").click()
    visit.button("Add the best five").click()
    side = app.get_by_label("Side, step 2", exact=True)
    side.focus()
    side.select_option("right")
    app.locator("tbody[data-step$='.right']").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Side, step 2"
    undo = visit.button("Undo the last change of the routine")
    undo.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
    assert app.locator("tbody[data-step]").count() == 0
    assert page.evaluate("document.activeElement.dataset.key") == "undo"


def test_steps_on_the_wrong_side_are_told_and_moved_by_the_keyboard(new_planner):
    visit = new_planner
    page, app = visit.page, visit.app
    visit.clear()
    visit.click(visit.region("hip_side", "left", "side"))
    visit.click(visit.button("Add the best five"))
    visit.wait_for_steps(5)
    app.get_by_label("Right", exact=True).first.check(force=True)
    told = app.get_by_role("status").get_by_text("On the wrong side?")
    told.wait_for()
    app.get_by_text("The handout has to wait.").wait_for()
    visit.section("download").get_by_role("button", name="Go there").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(NAME_OF_FOCUS) == "Move all to where it hurts"
    page.keyboard.press("Tab")
    assert page.evaluate(NAME_OF_FOCUS) == "They are meant so"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    told.wait_for(state="detached")
    app.get_by_text("Moved 5 steps to where it hurts.").wait_for()
    assert page.evaluate("document.activeElement.dataset.section") == "steps"
    sides = app.locator("tbody[data-step] select[data-name=side]")
    assert sides.evaluate_all("fields => fields.map((field) => field.value)") == ["right"] * 5
    assert visit.cells.count() == 2
    assert visit.problems == []


def test_every_area_of_the_figure_can_be_reached_with_the_arrow_keys(new_planner):
    visit = new_planner
    page = visit.page
    regions = visit.app.locator(".selfcare-map .region")
    regions.first.focus()
    page.keyboard.press("Home")
    seen = set()
    for _ in range(regions.count()):
        seen.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("ArrowRight")
    assert len(seen) == regions.count()
    page.keyboard.press("PageUp")
    assert "(Right foot" in page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_planner_whose_kernel_died_says_so(lab_visit):
    # Twenty seconds of patience are too long for a test.
    visit = lab_visit(
        "const wait = window.setTimeout; window.setTimeout = (f, t, ...more) => wait(f, t === 20000 ? 1500 : t, ...more)"
    )
    page, app = visit.page, visit.app
    app.get_by_label("Heel", exact=True).check()
    page.wait_for_timeout(2500)
    assert app.locator(".selfcare-silence").count() == 0
    page.get_by_role("menuitem", name="Kernel").click()
    page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
    page.wait_for_timeout(1500)
    app.get_by_label("Shin", exact=True).check()
    app.get_by_text("The planner does not answer").wait_for()


def test_the_handout_is_printed_from_the_app(lab_visit):
    visit = lab_visit("window.print = () => { window.top.printed = document.body.innerText; };")
    visit.clear()
    visit.region("thigh_outer", "left", "side").click()
    visit.button("Add the best five").click()
    visit.app.get_by_label("Client's name").fill(NAME)
    visit.button("Print the handout").click()
    visit.page.wait_for_function("window.printed")
    assert NAME in visit.page.evaluate("window.printed")


def test_a_red_flag_comes_before_any_point_and_takes_them_away(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    app.get_by_label("Numbness", exact=True).check()
    alerts = app.get_by_role("region", name="Before any point")
    alerts.wait_for()
    assert alerts.bounding_box()["y"] < app.locator("li[data-look]").first.bounding_box()["y"]
    app.locator("input[data-do=answer][data-id=R01]").check()
    app.get_by_text("Emergency: now").first.wait_for()
    assert "blocked" in app.locator("li[data-look]").first.inner_text()
    visit.button("Add the best five").click()
    app.get_by_role("alert").filter(has_text="No suggested point may be pressed").wait_for()


def test_two_planners_and_two_views_of_one_do_not_disturb_each_other(lab_visit, lab):
    lab.write(
        "import selfcare_kit as kit\nfrom IPython.display import display\n"
        "p, q = kit.Planner(), kit.Planner()\ndisplay(p); display(p); display(q)"
    )
    visit = lab_visit()
    apps = visit.page.locator(".selfcare-planner")
    apps.nth(2).locator(".selfcare-map .region").first.wait_for()
    first, second, other = (apps.nth(index) for index in range(3))
    first.get_by_label("Heel", exact=True).check()
    first.get_by_label("Left", exact=True).first.check()
    second.locator("li[data-key=heel]").wait_for()
    second.locator("input[type=radio][value=left]:checked").first.wait_for()
    assert second.get_by_label("Heel", exact=True).is_checked()
    assert first.get_by_label("Left", exact=True).first.is_checked()
    assert not other.get_by_label("Heel", exact=True).is_checked()
    ids = visit.page.evaluate("[...document.querySelectorAll('.selfcare-pane [id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    assert visit.problems == []
