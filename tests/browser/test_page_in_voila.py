"""The planner as a page without code: on a tablet, in light and in dark, asking nobody outside."""

from __future__ import annotations

import contextlib
import datetime
import json
from zoneinfo import ZoneInfo

import pytest

import selfcare_kit as kit

from .visit import PageVisit

pytestmark = pytest.mark.browser

# Of a telephone, a tablet and a computer.
WIDTHS = (360, 768, 1280)
WIDER_THAN_THE_WINDOW = """() => [...document.querySelectorAll(".selfcare-planner *")].filter((node) => {
  const box = node.getBoundingClientRect();
  const isUnseen = node.closest(".selfcare-unseen, .selfcare-map-name");
  return box.width > 1 && box.height > 1 && !isUnseen && box.right > window.innerWidth + 1;
}).map((node) => node.outerHTML.slice(0, 100))"""


def test_the_whole_visit_on_a_tablet(new_page_visit, tmp_path):
    visit = new_page_visit
    page, app = visit.page, visit.app
    page.set_viewport_size({"width": 768, "height": 1024})
    assert page.title() == "SelfCare planner"
    assert page.locator("html").get_attribute("lang") == "en"
    visit.clear()
    for area in ("thigh_outer", "calf_outer"):
        visit.click(visit.region(area, "left", "side"))
        app.locator(f"li[data-key={area}] input[data-do=feel]").first.wait_for()
        visit.feel("Ache")
    visit.best()
    visit.wait_for_steps(5)
    handout = visit.download("Handout", tmp_path)
    record = visit.download("Record (CSV)", tmp_path)
    assert kit.read_routine(handout) == kit.read_routine(record)
    assert visit.clicks <= 12
    assert "import selfcare_kit" not in page.content()
    assert visit.hosts <= {visit.host}
    assert visit.problems == []


def test_a_handout_is_dated_by_the_browsers_day_wherever_the_server_is(browser, voila_server, tmp_path):
    """Where it is tomorrow already, or still yesterday: one of these two is another day than here."""
    zones = [ZoneInfo(name) for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago")]
    zone = next(zone for zone in zones if datetime.datetime.now(zone).date() != datetime.date.today())
    context = browser.new_context(timezone_id=zone.key, accept_downloads=True, viewport={"width": 1280, "height": 800})
    with contextlib.closing(context):
        visit = PageVisit(context.new_page(), voila_server)
        visit.clear()
        visit.region("thigh_outer", "left", "side").click()
        visit.best()
        visit.wait_for_steps(5)
        day = datetime.datetime.now(zone).date()
        visit.app.get_by_text(f"Dated {day}, as this browser's clock says").wait_for()
        handout = visit.download("Handout", tmp_path)
        assert f"{day}" in handout.name
        assert kit.read_routine(handout).screening.date == day
        assert visit.problems == []


def test_the_printed_name_goes_with_the_client_it_was_typed_for(new_page_visit, tmp_path):
    visit = new_page_visit
    app = visit.app
    name = app.get_by_label("Client's name")
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    name.fill("Zebediah Quill")
    record = visit.download("Record (CSV)", tmp_path)
    assert name.input_value() == "Zebediah Quill"
    # Typed again and not left, so that the page takes it for unfinished.
    name.fill("Zebediah Quillon")
    visit.open_file(record)
    app.get_by_text("Ask the safety questions.").wait_for()
    visit.page.wait_for_function("field => field.value === ''", arg=name.element_handle())
    assert visit.problems == []


def test_that_the_note_is_copied_is_said_only_when_it_is(new_page_visit):
    visit = new_page_visit
    page, app = visit.page, visit.app
    visit.clear()
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; }"
    )
    visit.files()
    visit.button("Copy the chart note").click()
    refused = app.get_by_role("alert").get_by_text("The browser did not let the chart note be copied")
    refused.wait_for()
    assert app.get_by_text("Copied the chart note.").count() == 0
    page.evaluate("() => { delete navigator.clipboard.writeText; }")
    visit.files()
    visit.button("Copy the chart note").click()
    app.get_by_text("Copied the chart note.").wait_for()
    assert refused.count() == 0
    assert page.evaluate("navigator.clipboard.readText()").strip()
    assert visit.problems == []


def test_nothing_is_wider_than_the_page(new_page_visit):
    visit = new_page_visit
    visit.page.set_viewport_size({"width": WIDTHS[0], "height": 1000})
    visit.region("thigh_outer", "left", "side").click()
    visit.feel("Numbness")
    visit.template()
    # The point beside the nerve of a numb outer thigh is left out.
    visit.wait_for_steps(9)
    visit.open_step(2)
    wider = {}
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 1000})
        wider[width] = visit.page.evaluate(WIDER_THAN_THE_WINDOW)
        # Who has reviewed the points is never out of sight.
        assert visit.app.locator("[data-key=review]").evaluate(IS_ON_TOP), width
    assert wider == {width: [] for width in WIDTHS}


# Whether an element can be read where it is scrolled to.
IS_ON_TOP = """(element) => {
  element.scrollIntoView({ block: "nearest" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 3, y + height / 2));
}"""


def crowd(visit):
    """A numb and weak leg and broken skin: as much as may stand before the questions and the points."""
    visit.region("thigh_outer", "left", "side").click()
    visit.app.locator("li[data-key=thigh_outer]").wait_for()
    visit.question("C12").check()
    visit.app.locator("input[data-do=place][data-id=C12][data-area=foot_top]").check()
    visit.tick("heel")
    visit.feel("Numbness", "Weakness")
    visit.app.get_by_label("Initials of the clinician who looked").wait_for()
    visit.app.locator("[data-key=alerts]").evaluate("alerts => { alerts.open = true; }")


# Some rows of a list, in pixels.
LEAST_ROOM = 150


@pytest.mark.parametrize(("stage", "key"), [("suggestions", "points"), ("safety", "questions")])
def test_questions_and_points_have_room_beside_all_that_stands_before_them(new_page_visit, stage, key):
    visit = new_page_visit
    crowd(visit)
    visit.open_stage(stage)
    shown = visit.app.locator(f"[data-key={key}]")
    shown.wait_for()
    assert shown.bounding_box()["height"] >= LEAST_ROOM


def test_a_step_has_room_above_what_the_safety_answers_changed(new_page_visit):
    visit = new_page_visit
    visit.region("thigh_outer", "left", "side").click()
    visit.template()
    visit.wait_for_steps(10)
    visit.question("C01").check()
    visit.section("steps").get_by_text("Because of the safety answers.").wait_for()
    for fold in visit.section("steps").locator("details:not(.selfcare-menu) > summary").all():
        fold.click()
    assert visit.app.locator("ol.selfcare-steps").bounding_box()["height"] >= LEAST_ROOM
    visit.steps.first.locator(".selfcare-fold").click(timeout=5000)
    visit.app.get_by_role("textbox", name="Seconds, step 1").fill("30", timeout=5000)


def test_colours_follow_the_browser(new_page_visit):
    visit = new_page_visit
    looks = {}
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        looks[scheme] = visit.page.evaluate(
            """() => {
              const light = (value) => value.match(/\\d+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0) / 765;
              const look = (selector, name) => light(getComputedStyle(document.querySelector(selector))[name]);
              return [look(".selfcare-planner", "backgroundColor"), look(".selfcare-section p", "color")];
            }"""
        )
    (paper, ink), (dark_paper, dark_ink) = looks["light"], looks["dark"]
    assert paper > 0.8
    assert ink < 0.2
    assert dark_paper < 0.2
    assert dark_ink > 0.8


def test_a_page_that_is_opened_again_begins_anew(new_page_visit):
    visit = new_page_visit
    visit.tick("heel")
    visit.page.reload()
    visit.app.locator("[data-do=confirm]").first.wait_for(timeout=60_000)
    assert not visit.area("heel").is_checked()


@pytest.mark.parametrize("has_steps", [False, True])
def test_a_page_that_is_left_takes_its_kernel_and_what_was_typed_along(page_visit, has_steps):
    visit = page_visit()
    if has_steps:
        visit.clear()
        visit.region("thigh_outer", "left", "side").click()
        visit.best()
        visit.wait_for_steps(5)
        visit.page.on("dialog", lambda dialog: dialog.accept())
    kernel = json.loads(visit.page.locator("#jupyter-config-data").inner_text())["kernelId"]
    messages = f"{visit.page.url}api/kernels/{kernel}/channels"

    def opens():
        """Whether the kernel still takes a connection; nothing else tells from outside."""
        return visit.page.evaluate(
            """(address) => new Promise((done) => {
              const socket = new WebSocket(address.replace("http", "ws"));
              socket.onopen = () => (socket.close(), done(true));
              socket.onerror = () => done(false);
            })""",
            messages,
        )

    assert opens()
    visit.page.goto(f"{visit.page.url}static/voila.js")
    # Once: to ask a kernel that is ending holds it up.
    visit.page.wait_for_timeout(3000)
    assert not opens()


def test_leaving_a_routine_that_is_in_no_file_yet_is_asked_first(page_visit, tmp_path):
    visit = page_visit()
    page = visit.page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    visit.clear()
    visit.region("thigh_outer", "left", "side").click()
    visit.best()
    visit.wait_for_steps(5)
    address = page.url
    page.evaluate("location.assign('about:blank')")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.url == address
    visit.download("Record (CSV)", tmp_path)
    page.wait_for_selector(".selfcare-planner:not(:has([data-at-risk]))")
    page.goto("about:blank")
    assert asked == ["beforeunload"]


# Presses each arrow up and down on every region, and tells where that leads to another view.
CROSSING = """() => {
  const regions = [...document.querySelectorAll(".selfcare-map .region")];
  const view = (region) => region.closest("[data-view]");
  const found = [];
  let moved = 0;
  for (const region of regions) for (const key of ["ArrowUp", "ArrowDown"]) {
    region.focus();
    region.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const now = document.activeElement;
    if (now !== region) moved += 1;
    if (view(now) !== view(region)) found.push(`${region.dataset.name} ${key} ${now.dataset.name}`);
  }
  return { found, moved };
}"""


def test_up_and_down_never_lead_to_another_view_and_so_to_the_other_side(new_page_visit):
    visit = new_page_visit
    visit.region("hip_side", "left", "side").wait_for()
    told = visit.page.evaluate(CROSSING)
    assert told["found"] == []
    assert told["moved"] > 100
