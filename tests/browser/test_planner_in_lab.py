"""A visit in a real JupyterLab, from the first question to the files on the disk."""

from __future__ import annotations

import datetime

import pytest

import selfcare_kit as kit

pytestmark = pytest.mark.browser

NAME = "Zebediah Quill"
SECTION_OF_FOCUS = "document.activeElement.closest('section')?.querySelector('[data-section]')?.dataset.section"


def check_files(handout, record):
    routine = kit.read_routine(record)
    assert kit.read_routine(handout) == routine
    assert len(routine) == 5
    assert {step.side for step in routine.steps} == {"left"}
    assert set(routine.complaint.area_ids) == {"thigh_outer", "calf_outer"}
    assert {each.sensations for each in routine.complaint.areas} == {("ache",)}
    assert routine.screening.date == datetime.date.today()
    return routine


def test_the_whole_visit_by_mouse_takes_few_clicks(new_planner, tmp_path):
    visit = new_planner
    app = visit.app
    visit.clear()
    for area in ("thigh_outer", "calf_outer"):
        visit.click(visit.region(area, "left", "side"))
        app.locator(f"li[data-key={area}] input[data-do=feel]").first.wait_for()
        visit.feel("Ache")
    visit.best()
    visit.wait_for_steps(5)
    # Few pixels high, as a laptop is, and still in sight.
    assert app.locator("[data-key=review]").evaluate(
        "e => e.getBoundingClientRect().bottom <= innerHeight && e.clientHeight > 10"
    )
    app.get_by_label("Client's name").fill(NAME)
    handout = visit.download("Handout", tmp_path)
    record = visit.download("Record (CSV)", tmp_path)
    check_files(handout, record)
    assert visit.clicks <= 12

    assert NAME in handout.read_text("utf-8")
    assert NAME not in record.read_text("utf-8")
    assert "quill" not in f"{handout.name}{record.name}".casefold()

    visit.open_file(handout)
    app.get_by_text("ask the questions again").wait_for()
    app.get_by_text("54 to ask").wait_for()
    app.get_by_text("The same as the routine of").wait_for()
    assert visit.hosts <= {visit.host}
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

    def press(key, name):
        """Press a key that goes somewhere, and wait until the focus is there."""
        page.keyboard.press(key)
        page.wait_for_function(f"name => {SECTION_OF_FOCUS} === name", arg=name)

    # From the notebook's cell into the planner: the first thing in it is the search.
    visit.search.focus()
    page.keyboard.type("thigh outer l ache")
    app.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    app.locator("li[data-key=thigh_outer]").wait_for()
    page.wait_for_function("() => document.activeElement.value === ''")
    page.keyboard.type("calf outer l ache")
    app.get_by_role("option").filter(has_text="Calf, outer").first.wait_for()
    page.keyboard.press("Enter")
    app.locator("li[data-key=calf_outer]").wait_for()
    # Keys that are letters are keys again outside of the search.
    tab_to("Open last visit", most=3)
    press("2", "safety")
    while app.locator("[data-do=confirm]").count():
        group = app.locator("[data-do=confirm]").get_attribute("data-key")
        page.wait_for_timeout(300)
        if page.evaluate("document.activeElement.dataset.key") != group:
            tab_to(app.locator(f"[data-key={group}]").inner_text(), most=60)
        page.keyboard.press("Enter")
        app.locator(f"[data-key={group}]").wait_for(state="detached")
    visit.section("safety").get_by_text("Asked today").wait_for()
    press("3", "suggestions")
    page.keyboard.press("a")
    visit.wait_for_steps(5)
    press("5", "download")
    assert page.evaluate(NAME_OF_FOCUS) == "Client's name, as printed (kept nowhere else)"
    page.keyboard.type(NAME)
    tab_to("Files", most=12)
    page.keyboard.press("Enter")
    tab_to("Handout", most=3)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    handout = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(handout)
    # The menu closes when a file is chosen, and the focus stays at it.
    app.locator("[data-key=files]:not([open])").wait_for(state="attached")
    assert page.evaluate(NAME_OF_FOCUS) == "Files"
    page.keyboard.press("Enter")
    tab_to("Record (CSV)", most=20)
    with page.expect_download() as waiting:
        page.keyboard.press("Space")
    record = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(record)
    check_files(handout, record)
    assert visit.cells.count() == 2


def test_an_area_is_chosen_on_the_figure_by_keyboard(new_planner):
    visit = new_planner
    page, app = visit.page, visit.app
    app.locator(".selfcare-map .region[tabindex='0']").focus()
    go_to(page, "Thigh, outer, left")
    page.keyboard.press("Space")
    app.locator("li[data-key=thigh_outer]").wait_for()
    assert app.locator("li[data-key=thigh_outer] input[data-do=side]:checked").get_attribute("value") == "left"


def test_questions_are_answered_by_keys_and_the_focus_goes_along(new_planner):
    visit = new_planner
    page, app = visit.page, visit.app
    first, second = (app.locator("input[data-do=answer]").nth(index) for index in range(2))
    first.focus()
    page.keyboard.press("n")
    app.locator("input[data-do=answer][data-answer=no]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.id") == second.get_attribute("data-id")
    page.keyboard.press("y")
    app.locator("input[data-do=answer]:checked").wait_for()
    assert second.is_checked()
    page.keyboard.press("n")
    app.locator("input[data-do=answer]:checked").wait_for(state="detached")
    assert second.get_attribute("data-answer") == "no"


def test_the_question_of_a_label_is_read_where_it_is_pointed_at(new_planner):
    visit = new_planner
    app = visit.app
    fold = app.locator("[data-do=group][data-id=others]")
    visit.click(fold)
    # The labels of the group that was open are there until then.
    fold.wait_for(state="detached")
    label = app.locator("[data-ask]").nth(3)
    label.locator("input").focus()
    question = label.locator("[data-question]").text_content()
    assert app.locator("[data-read-text]").inner_text().strip() == " ".join(question.split())
    app.locator("[data-ask]").nth(6).hover()
    other = app.locator("[data-ask]").nth(6).locator("[data-question]").text_content()
    assert app.locator("[data-read-text]").inner_text().strip() == " ".join(other.split())


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
    app.locator("input[data-do=area][data-id=calf_outer]:checked").wait_for(state="attached")
    assert app.locator("input[data-do=side]:not([data-area])[value=right]").is_checked()
    visit.tick("heel")
    app.locator('.region[data-area="heel"][data-side="right"][aria-checked="true"]').first.wait_for()
    app.locator('.region[data-side="left"][aria-checked="true"]').first.wait_for(state="detached")
    marks = app.locator(".selfcare-mark")
    marks.first.wait_for()
    assert set(marks.evaluate_all("all => all.map((mark) => mark.dataset.side)")) == {"right"}
    visit.region("calf_outer", "right", "back").click()
    app.locator("input[data-do=area][data-id=calf_outer]:not(:checked)").wait_for(state="attached")


def test_a_point_shows_its_pain_when_the_pointer_or_the_focus_is_on_it(new_planner):
    visit = new_planner
    app = visit.app
    # Not by a click, below which the mark of a point may appear.
    visit.type("thigh outer left")
    visit.open_stage("suggestions")
    best = app.locator("ol[data-key='list-'] > li")
    best.nth(4).wait_for()
    # The list has opened below the pointer, which rests on one of its points.
    visit.search.hover()
    visit.page.wait_for_timeout(500)
    zones, legend = app.locator(".selfcare-zones path"), app.locator(".selfcare-map-legend p")
    looked = app.locator("ol[data-key='list-'] > li.selfcare-is-looked")

    def look(row, point_at):
        """Look at a point, and return where its pain is felt."""
        key = row.get_attribute("data-look")
        point_at()
        visit.page.wait_for_function(
            "key => document.querySelector('li.selfcare-is-looked')?.dataset.look === key", arg=key
        )
        assert looked.count() == 1
        assert legend.inner_text().startswith(row.locator(".selfcare-count").inner_text())
        zones.first.wait_for()
        return zones.evaluate_all("all => all.map((zone) => zone.getAttribute('d')).join()")

    assert look(best.nth(1), best.nth(1).hover) != look(best.nth(2), best.nth(2).hover)
    look(best.nth(4), best.nth(4).get_by_role("button", name="Add").focus)
    mark = app.locator(".selfcare-mark.selfcare-is-looked")
    assert mark.get_attribute("data-point") == best.nth(4).get_attribute("data-look").removesuffix(".left")


def test_a_name_is_told_where_the_pointer_is_on_the_figure(new_planner):
    visit = new_planner
    visit.region("buttock_center", "left", "back").hover()
    assert visit.app.locator(".selfcare-map-name").inner_text() == "Buttock, center, left"


def test_steps_are_dragged_and_the_order_can_be_undone(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    steps = visit.steps

    def order():
        return steps.evaluate_all("all => all.map((step) => step.dataset.step)")

    def wait_for_order(wanted):
        script = "wanted => [...document.querySelectorAll('li[data-step]')].map((step) => step.dataset.step).join() === wanted"
        visit.page.wait_for_function(script, arg=",".join(wanted))

    before = order()
    grip, target = steps.nth(0).locator("[data-grip]"), steps.nth(2)
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), target.bounding_box()
    visit.page.mouse.move(start["x"] + 5, start["y"] + 5)
    visit.page.mouse.down()
    visit.page.mouse.move(end["x"] + 40, end["y"] + end["height"] * 0.8, steps=6)
    assert app.locator("li.selfcare-dragged").count() == 1
    visit.page.mouse.up()
    app.get_by_text("is step 3 now").wait_for()
    wait_for_order([before[1], before[2], before[0], *before[3:]])
    visit.button("Undo the last change").click()
    app.get_by_text("Took the last change back").wait_for()
    wait_for_order(before)
    steps.nth(1).hover()
    steps.nth(1).get_by_role("button", name="Move up").press("Enter")
    app.get_by_text("is step 1 now").wait_for()
    wait_for_order([before[1], before[0], *before[2:]])
    # The focus goes with the step that was moved.
    assert visit.page.evaluate("document.activeElement.closest('li').dataset.step") == before[1]


def test_what_the_guide_does_not_allow_is_refused_beside_the_step(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    row = visit.open_step(2)
    seconds = app.get_by_role("textbox", name="Seconds, step 2")
    seconds.fill("300")
    seconds.press("Tab")
    row.get_by_role("alert").filter(has_text="must be a whole number from 1 to 120").wait_for()
    assert seconds.input_value() == "60"


def test_a_text_that_is_being_typed_survives_an_answer(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    visit.open_step(1)
    note = app.get_by_label("Note for the client, step 1", exact=True)
    note.press_sequentially("after a warm @view")
    visit.page.evaluate("[...document.querySelectorAll('[data-do=remove]')].at(-1).click()")
    # What is said of it goes again as soon as the note is taken.
    visit.wait_for_steps(4)
    assert note.input_value() == "after a warm @view"
    note.press("Tab")
    app.get_by_role("textbox", name="Pressure of 10, step 1").fill("3")
    app.get_by_role("textbox", name="Pressure of 10, step 1").press("Tab")
    visit.page.wait_for_timeout(300)
    assert note.input_value() == "after a warm @view"


def test_enter_in_the_search_ticks_what_is_called_so_and_nothing_else(new_planner):
    visit = new_planner
    app, page = visit.app, visit.page
    visit.show("list")
    search = app.get_by_label("Search", exact=True)
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
    visit.best()
    visit.wait_for_steps(5)
    visit.open_step(2)
    side = app.get_by_role("group", name="Side, step 2", exact=True).get_by_role("radio", name="Right", exact=True)
    side.focus()
    page.keyboard.press("Space")
    app.locator("li[data-step$='.right']").wait_for()
    assert page.evaluate("document.activeElement.value") == "right"
    assert page.evaluate("document.activeElement.closest('li').dataset.place") == "1"
    undo = visit.button("Undo the last change")
    undo.focus()
    page.keyboard.press("Enter")
    app.locator("li[data-step$='.right']").wait_for(state="detached")
    page.keyboard.press("Enter")
    visit.steps.first.wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.key") == "undo"


def test_steps_on_the_wrong_side_are_told_and_moved_by_the_keyboard(new_planner):
    visit = new_planner
    page, app = visit.page, visit.app
    visit.clear()
    visit.click(visit.region("hip_side", "left", "side"))
    visit.best()
    visit.wait_for_steps(5)
    app.locator("li[data-key=hip_side]").get_by_role("radio", name="Right", exact=True).check()
    told = visit.section("steps").get_by_role("status").get_by_text("hurts on the right")
    told.wait_for()
    obstacle = visit.section("download").get_by_role("button", name="5 steps are on the side on which nothing hurts")
    obstacle.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.dataset.key === 'sides-move'")
    page.keyboard.press("Tab")
    assert page.evaluate(NAME_OF_FOCUS) == "Keep: they are meant so"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    told.wait_for(state="detached")
    app.get_by_text("Moved 5 steps to where it hurts.").wait_for()
    assert page.evaluate("document.activeElement.dataset.section") == "steps"
    sides = visit.steps.locator(".selfcare-side")
    assert sides.evaluate_all("all => all.map((side) => side.title)") == ["right"] * 5
    assert visit.cells.count() == 2
    assert visit.problems == []


OBSTACLES = {
    "Choose the side: Heel": ("symptoms", "heel"),
    "Say where: ": ("safety", "C12"),
    "No step yet": ("suggestions", "heading"),
}


def test_each_link_to_what_stands_in_the_way_leads_there(new_planner):
    visit = new_planner
    page, app = visit.page, visit.app
    app.locator("input[data-do=answer]").first.wait_for()
    visit.tick("heel")
    visit.question("C12").check()
    app.locator("input[data-do=place][data-id=C12]").first.wait_for(state="attached")
    # With the questions closed the way there is longer, and has to lead there, too.
    for is_closed in (False, True):
        if is_closed:
            visit.open_stage("suggestions")
        for words, (section, key) in OBSTACLES.items():
            link = visit.section("download").get_by_role("button", name=words)
            link.focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(500)
            where = page.evaluate(
                """([section, key]) => {
                  const focused = document.activeElement;
                  const at = focused.closest(".selfcare-section");
                  const isThere = at?.querySelector(`[data-section="${section}"]`) !== null;
                  return isThere && (focused.dataset.key === key || !!focused.closest(`[data-key="${key}"]`));
                }""",
                [section, key],
            )
            assert where, f"{words} leads to {page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}"


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


# The page asks every five seconds; a test has less patience.
IMPATIENT = (
    "const every = window.setInterval; window.setInterval = (f, t, ...more) => every(f, t === 5000 ? 400 : t, ...more);"
    "const now = Date.now; Date.now = () => now() * 8;"
)


def test_a_planner_whose_kernel_is_idle_or_busy_is_not_lost_and_one_whose_died_gives_the_steps_out(lab_visit, tmp_path):
    visit = lab_visit(IMPATIENT)
    page, app = visit.page, visit.app
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    # As it would be after 20 seconds, and while another cell is at work for 12.
    page.wait_for_timeout(2500)
    assert app.locator(".selfcare-lost").count() == 0
    page.locator(".jp-MarkdownCell").last.click()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type("import time; time.sleep(1.5)")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Python 3 (ipykernel) | Busy").wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    assert app.locator(".selfcare-lost").count() == 0
    page.get_by_role("menuitem", name="Kernel").click()
    page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
    lost = app.locator(".selfcare-lost")
    lost.wait_for(timeout=20_000)
    assert lost.get_attribute("role") == "alert"
    assert "Not connected." in lost.inner_text()
    with page.expect_download() as waiting:
        lost.get_by_role("button", name="Save these steps as a file").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert len(kit.read_routine(path)) == 5


def test_the_handout_is_printed_from_the_app(new_planner):
    visit = new_planner
    # In the frame of the handout, which is made when it is printed.
    visit.page.add_init_script("window.print = () => { window.top.printed = document.body.innerText; };")
    visit.clear()
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.app.get_by_text("Ready to print.").wait_for()
    visit.app.get_by_label("Client's name").fill(NAME)
    visit.button("Print the handout").click()
    visit.page.wait_for_function("window.printed")
    assert NAME in visit.page.evaluate("window.printed")


def test_a_red_flag_comes_before_any_point_and_takes_them_away(new_planner):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    visit.feel("Numbness")
    visit.open_stage("suggestions")
    alerts = app.locator("[data-key=alerts]")
    alerts.wait_for()
    first = app.locator(".selfcare-points li[data-look]").first
    assert alerts.bounding_box()["y"] < first.bounding_box()["y"]
    visit.question("R01").check()
    app.get_by_role("alert").get_by_text("Emergency: now").first.wait_for()
    visit.open_stage("suggestions")
    app.locator(".selfcare-points li.selfcare-not").first.wait_for()
    assert "blocked" in first.inner_text()
    app.locator(".selfcare-points [data-do=add]").first.wait_for(state="detached")
    app.locator(".selfcare-mark").first.wait_for(state="detached")
    visit.section("download").get_by_role("button", name="Print the handout").click()
    app.get_by_role("alert").get_by_text("The handout has to wait").wait_for()


def test_two_planners_and_two_views_of_one_do_not_disturb_each_other(lab_visit, lab):
    lab.write(
        "import selfcare_kit as kit\nfrom IPython.display import display\n"
        "p, q = kit.Planner(), kit.Planner()\ndisplay(p); display(p); display(q)"
    )
    visit = lab_visit()
    apps = visit.page.locator(".selfcare-planner")
    apps.nth(2).locator(".selfcare-map .region").first.wait_for()
    first, second, other = (apps.nth(index) for index in range(3))
    first.locator(".selfcare-where-list").click()
    first.locator("input[data-do=area][data-id=heel]").check()
    first.locator("li[data-key=heel]").get_by_role("radio", name="Left", exact=True).check()
    second.locator("li[data-key=heel] input[value=left]:checked").wait_for(state="attached")
    assert second.locator("input[data-do=area][data-id=heel]").is_checked()
    assert first.locator("li[data-key=heel] input[value=left]").is_checked()
    assert not other.locator("input[data-do=area][data-id=heel]").is_checked()
    # What one shows in its first column is its own.
    assert second.locator(".selfcare-map").is_visible()
    assert not first.locator(".selfcare-map").is_visible()
    ids = visit.page.evaluate("[...document.querySelectorAll('.selfcare-pane [id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    assert visit.problems == []


# One screen


def test_the_search_finds_and_adds_by_keyboard(new_planner):
    visit = new_planner
    page, app = visit.page, visit.app
    app.locator("h3[data-section=where]").focus()
    page.keyboard.press("/")
    search = visit.search
    page.wait_for_function("() => document.activeElement.getAttribute('role') === 'combobox'")
    page.keyboard.type("hip side l ache 6")
    app.get_by_role("option").first.wait_for()
    assert app.locator("[data-key=understood]").inner_text() == "left · ache · pain 6"
    page.keyboard.press("Enter")
    app.locator("li[data-key=hip_side]").wait_for()
    page.wait_for_function("() => document.activeElement.getAttribute('role') === 'combobox'")
    assert search.input_value() == ""
    page.keyboard.type("thigh")
    app.get_by_role("option").nth(2).wait_for()
    page.keyboard.press("ArrowDown")
    chosen = app.locator("[role=option][aria-selected=true]")
    assert search.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    app.locator(".selfcare-result").first.wait_for(state="detached")
    assert search.input_value() == ""
    assert visit.cells.count() == 2


def test_a_point_whose_side_is_unknown_asks_for_it(new_planner):
    visit = new_planner
    app = visit.app
    visit.type("quadratus plantae")
    ask = app.get_by_role("group", name="Which side?")
    ask.wait_for()
    visit.steps.first.wait_for(state="detached")
    ask.get_by_role("button", name="Right", exact=True).click()
    visit.wait_for_steps(1)
    assert visit.steps.first.get_attribute("data-step") == "qp_1.right"


def test_the_page_is_the_handout_and_runs_nothing(new_planner, tmp_path):
    visit = new_planner
    app = visit.app
    visit.clear()
    visit.region("thigh_outer", "left", "side").click()
    visit.show("page")
    app.get_by_text("The page appears here when nothing stands in its way").wait_for()
    assert not app.locator(".selfcare-page iframe").is_visible()
    visit.best()
    frame = app.locator(".selfcare-page iframe")
    frame.wait_for()
    assert frame.get_attribute("sandbox") == ""
    shown = frame.content_frame
    shown.locator("body").wait_for()
    assert "Gluteus medius" in shown.locator("body").inner_text() or "hip" in shown.locator("body").inner_text().lower()
    handout = visit.download("Handout", tmp_path)
    assert frame.get_attribute("srcdoc") == handout.read_text("utf-8")
    assert visit.problems == []


def test_a_new_client_asks_first_and_leaves_nothing_of_the_last(new_planner):
    visit = new_planner
    app = visit.app
    visit.clear()
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    app.get_by_label("Client's name").fill(NAME)
    visit.button("New client").click()
    dialog = app.get_by_role("alertdialog", name="New client")
    dialog.wait_for()
    assert visit.page.evaluate("document.activeElement.dataset.key") == "stay"
    dialog.get_by_role("button", name="Go back").click()
    dialog.wait_for(state="detached")
    visit.wait_for_steps(5)
    visit.button("New client").click()
    dialog.get_by_role("button", name="Drop this visit").click()
    visit.wait_for_steps(0)
    app.get_by_text("54 to ask").wait_for()
    assert app.get_by_label("Client's name").input_value() == ""


def test_a_file_is_saved_before_a_new_client_begins(new_planner, tmp_path):
    visit = new_planner
    app = visit.app
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    visit.button("New client").click()
    with visit.page.expect_download() as waiting:
        app.get_by_role("button", name="Save a file, then start new").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert len(kit.read_routine(path)) == 5
    visit.wait_for_steps(0)


def test_an_unfinished_plan_is_offered_when_the_cell_runs_again(new_planner):
    visit = new_planner
    visit.clear()
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    visit.begin_again()
    found = visit.app.get_by_role("region", name="An unfinished plan")
    found.wait_for()
    found.get_by_role("button", name="Go on with it").click()
    visit.wait_for_steps(5)
    visit.app.get_by_text("Asked today").wait_for()
    visit.button("New client").click()
    visit.app.get_by_role("button", name="Drop this visit").click()
    visit.wait_for_steps(0)


def test_steps_move_by_keys_and_the_focus_goes_along(new_planner):
    visit = new_planner
    page = visit.page
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    before = visit.steps.evaluate_all("all => all.map((step) => step.dataset.step)")
    visit.steps.nth(0).locator(".selfcare-fold").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('li').dataset.step") == before[1]
    page.keyboard.press("Alt+ArrowUp")
    visit.app.locator(f"li[data-step='{before[1]}'][data-place='0']").wait_for()
    after = visit.steps.evaluate_all("all => all.map((step) => step.dataset.step)")
    assert after == [before[1], before[0], *before[2:]]
    assert page.evaluate("document.activeElement.closest('li').dataset.step") == before[1]


def test_the_keys_are_told_and_single_letters_can_be_switched_off(new_planner):
    visit = new_planner
    page, app = visit.page, visit.app
    app.locator("h3[data-section=where]").focus()
    page.keyboard.press("?")
    dialog = app.get_by_role("dialog", name="Keys")
    dialog.wait_for()
    dialog.get_by_label("Single letters and digits work as keys").uncheck()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    app.locator("h3[data-section=where]").focus()
    page.keyboard.press("2")
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.dataset.section") == "where"
    visit.button("Keys").click()
    dialog.get_by_label("Single letters and digits work as keys").check()
    dialog.get_by_role("button", name="Close").click()
    app.locator("h3[data-section=where]").focus()
    page.keyboard.press("2")
    page.wait_for_function(f"() => {SECTION_OF_FOCUS} === 'safety'")
