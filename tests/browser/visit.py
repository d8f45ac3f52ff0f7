"""The planner in a page: the hands of a clinician, and what the page asked of the network."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

KIND = "e => e.matches('.region') ? 'region' : e.type"
IN_PLANNER = "() => !!document.activeElement.closest('.selfcare-planner')"
HAS_FOCUS = "e => e === document.activeElement"
HAS_ITS_GROUP = """e => {
  const focused = document.activeElement;
  return e === focused || (e.matches(".region") && focused.matches(".region"))
    || (e.type === "radio" && e.name === focused.name);
}"""
# Keeps what the worker of the one file was sent and has not answered yet.
WATCH_WORKER = """(() => {
  const waiting = (globalThis.selfcareWaiting = new Set());
  const post = Worker.prototype.postMessage;
  const watched = new WeakSet();
  Worker.prototype.postMessage = function (message, ...more) {
    const { from, seq } = message.data?.content ?? {};
    if (seq) waiting.add(`${from} ${seq}`);
    if (!watched.has(this)) {
      watched.add(this);
      this.addEventListener("message", ({ data: { message: text } }) => {
        const { to, seq: answered } = (text && JSON.parse(text).data.content) || {};
        if (answered) waiting.delete(`${to} ${answered}`);
      });
    }
    return post.call(this, message, ...more);
  };
})()"""
IS_BEFORE_FOCUS = "e => !!(document.activeElement.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING)"


class Visit:
    """A planner that is open, and everything that must not happen while it is."""

    patience = 60_000

    def __init__(self, page, address):
        self.page = page
        self.host = urlsplit(address).netloc
        self.hosts = set()
        self.problems = []
        self.clicks = 0
        self.has_mouse = True
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", self._listen)
        self.waiting = set()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(address)
        self.open()
        self.app = page.locator(".selfcare-planner").first
        self._wait_for_the_planner()

    def open(self):
        """Make the planner appear."""

    def begin_again(self):
        """Begin with nothing of what was done before, in the page that is open."""
        # A page behind another one is drawn once a second only.
        self.page.bring_to_front()
        self._begin_again()
        self.clicks = 0
        self.hosts.clear()
        self.problems.clear()

    def _wait_for_the_planner(self):
        self.app.locator("[data-do=confirm]").first.wait_for(timeout=self.patience)
        self.app.locator(".selfcare-map .region").first.wait_for()

    def _asked(self, url):
        # blob: and data: stay in the browser
        if urlsplit(url).netloc:
            self.hosts.add(urlsplit(url).netloc)

    def _listen(self, socket):
        self._asked(socket.url)
        socket.on("framesent", lambda frame: self.waiting.update(_requests(frame, "")))
        socket.on("framereceived", lambda frame: self.waiting.difference_update(_requests(frame, "idle")))

    def settle(self):
        """Wait until the kernel has answered all that it was sent, and the page shows it."""
        end = time.monotonic() + self.patience / 1000
        self.page.wait_for_timeout(20)
        while self.is_waiting():
            assert time.monotonic() < end, self.unanswered()
            self.page.wait_for_timeout(20)
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120)))")

    def is_waiting(self):
        """Whether the kernel has not answered yet."""
        return bool(self.unanswered())

    def unanswered(self):
        """What the kernel was sent and has not answered yet."""
        return sorted(self.waiting)

    def enter(self):
        """Come into the planner by Tab: its search is the first thing there."""
        for _ in range(20):
            self.search.focus()
            # A cell that has run takes the focus once more when JupyterLab is done with it.
            self.page.wait_for_timeout(500)
            if self.search.evaluate(HAS_FOCUS):
                return
        raise AssertionError("The focus does not stay in the planner.")

    def section(self, name):
        return self.app.locator(f"section[aria-labelledby$='-{name}']")

    def button(self, words):
        return self.app.get_by_role("button", name=words, exact=True)

    def region(self, area, side, view):
        shown = self.app.locator(f'.selfcare-map [data-view="{view}"]')
        if view not in ("front", "back"):
            shown = self.app.locator(f'.selfcare-map [data-view="{view}"][data-side="{side}"]')
        return shown.locator(f'.region[data-area="{area}"][data-side="{side}"]')

    def click(self, target):
        if self.has_mouse:
            target.click()
        else:
            self._press(target)
        self.clicks += 1

    def write(self, field, words):
        """Type into a field, and go on to the next."""
        if self.has_mouse:
            field.fill(words)
        else:
            self.settle()
            field.wait_for()
            wanted = field.element_handle()
            self._go(wanted, "Shift+Tab" if wanted.evaluate(IS_BEFORE_FOCUS) else "Tab", HAS_FOCUS)
            self.page.keyboard.type(words)
        self.page.keyboard.press("Tab")

    def _press(self, target):
        """Go to an element by Tab and arrows, as whoever has no mouse does, and press it."""
        self.settle()
        target.wait_for()
        wanted = target.element_handle()
        kind = wanted.evaluate(KIND)
        # Tab comes to one region of the figure, and to one choice of a row; arrows go on from there.
        self._go(wanted, "Shift+Tab" if wanted.evaluate(IS_BEFORE_FOCUS) else "Tab", HAS_ITS_GROUP)
        if kind in ("region", "radio"):
            self._go(wanted, "ArrowLeft" if wanted.evaluate(IS_BEFORE_FOCUS) else "ArrowRight", HAS_FOCUS)
        if kind != "radio":
            self.page.keyboard.press("Space" if kind in ("region", "checkbox") else "Enter")

    def _go(self, wanted, key, condition):
        is_there = f"e => [({condition})(e), ({IN_PLANNER})()]"
        for pressed in range(200):
            has_arrived, is_inside = wanted.evaluate(is_there)
            assert is_inside or not pressed, (
                f"{key} left the planner on the way to {wanted.evaluate('e => e.outerHTML')[:200]}"
            )
            if has_arrived:
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never came to {wanted.evaluate('e => e.outerHTML')[:200]}.")

    def clear(self):
        """Ask every question that is not asked yet, group by group; only what is ticked applies."""
        safety = self.section("safety")
        self.open_stage("safety")
        for _ in range(4):
            group = safety.locator("[data-do=confirm]")
            group.or_(safety.get_by_text("Asked today")).first.wait_for()
            if not group.count():
                return self.settle()
            key = group.get_attribute("data-key")
            self.settle()
            self.click(group)
            safety.locator(f"[data-key={key}]").wait_for(state="detached")
        raise AssertionError("There are more groups of questions than there should be.")

    def open_stage(self, name):
        """Open the safety questions or the points, whichever is not open."""
        stage = self.section(name)
        if "selfcare-is-open" not in stage.get_attribute("class"):
            self.click(stage.locator("[data-key=open]"))
            stage.locator("xpath=self::*[contains(@class, 'selfcare-is-open')]").wait_for(state="attached")

    def question(self, id):
        """The box of a question, with its group opened."""
        self.open_stage("safety")
        box = self.app.locator(f"input[data-do=answer][data-id={id}]")
        for group in ("aloud", "related", "others"):
            fold = self.app.locator(f"[data-do=group][data-id={group}]")
            if not box.count() and fold.count():
                self.click(fold)
                fold.wait_for(state="detached")
        return box

    def best(self):
        """Add the best points."""
        self.open_stage("suggestions")
        self.click(self.button("Add the best five"))

    def show(self, what):
        """Show the body, the list of areas or the page in the first column."""
        self.click(self.app.locator(f".selfcare-where-{what}"))

    def area(self, id):
        """The box of an area in the list."""
        return self.app.locator(f"input[data-do=area][data-id={id}]")

    def tick(self, *areas):
        """Tick areas in the list, and come back to the body."""
        self.show("list")
        for id in areas:
            self.area(id).check()
            self.app.locator(f".selfcare-chosen li[data-key={id}]").wait_for()
        self.show("body")

    def feel(self, *words):
        """Say what the area in hand feels like."""
        for each in words:
            chip = self.section("symptoms").get_by_label(each, exact=True)
            self.click(chip)
            chip.locator("xpath=self::*").and_(self.app.locator("input:checked")).wait_for()

    @property
    def search(self):
        """The field that adds anything."""
        return self.app.locator("[data-key=find]")

    def type(self, words):
        """Type into the search, and take the first result."""
        if self.has_mouse:
            self.search.fill(words)
        else:
            if not self.search.evaluate(HAS_FOCUS):
                self.page.keyboard.press("/")
            self.page.keyboard.type(words)
        self.app.get_by_role("option").first.wait_for()
        self.search.press("Enter")

    def open_step(self, number):
        """Open a step; return its row."""
        row = self.steps.nth(number - 1)
        if "selfcare-is-open" not in row.get_attribute("class"):
            self.click(row.locator(".selfcare-fold"))
        row.locator("[data-key=edit]").wait_for()
        return row

    @property
    def steps(self):
        """The lines of the routine."""
        return self.app.locator("li[data-step]")

    def template(self):
        """Begin with the guide's own template."""
        self.click(self.section("steps").locator("[data-do=template][data-id=hip_and_leg]:visible").first)

    def open_file(self, path):
        """Open a file of the last visit."""
        with self.page.expect_file_chooser() as waiting:
            self.click(self.button("Open last visit"))
        waiting.value.set_files(path)

    def files(self):
        """Open the menu of files."""
        menu = self.section("download").locator("[data-key=files]")
        if menu.get_attribute("open") is None:
            self.click(menu.locator("summary"))

    def download(self, words, folder):
        self.files()
        with self.page.expect_download() as waiting:
            self.click(self.button(words))
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def wait_for_steps(self, count):
        if count:
            self.steps.nth(count - 1).wait_for()
        self.steps.nth(count).wait_for(state="detached")


def _requests(frame, state):
    """The requests to a widget that a frame carries, or that it says the kernel is done with."""
    text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
    if '"comm_msg"' not in text or (f'"execution_state": "{state}"' not in text and state):
        return []
    # The kernel's own messages have other ids.
    return re.findall(r'"msg_id": ?"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"', text)


class LabVisit(Visit):
    """In JupyterLab: the notebook's cell is run first."""

    def open(self):
        page = self.page
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.locator(".jp-CodeCell.jp-mod-active").wait_for()
        page.wait_for_timeout(500)  # Lab asks for a kernel when a cell runs before it has settled
        page.keyboard.press("Shift+Enter")

    def _begin_again(self):
        """Run the cell once more: a new planner, in the same notebook."""
        old = self.app.element_handle()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_function("old => !old.isConnected", arg=old)
        self._wait_for_the_planner()

    @property
    def cells(self):
        return self.page.locator(".jp-Notebook .jp-Cell")

    def save(self):
        self.page.keyboard.press("Control+s")
        self.page.wait_for_timeout(1200)


class PageVisit(Visit):
    """As a page without code."""

    def _begin_again(self):
        """Begin with a new client, as a clinician does."""
        self.button("New client").click()
        self.settle()
        drop = self.button("Drop this visit")
        if drop.count():
            drop.click()
            self.settle()


class FileVisit(PageVisit):
    """In the one file: Python runs in the page."""

    # Python itself has to be unpacked and compiled, and all of it is slow until the browser has compiled it once more, on
    # a computer that does much else beside.
    patience = 240_000

    def unanswered(self):
        return self.page.evaluate("[...selfcareWaiting]")

    @classmethod
    def opened(cls, browser, address, **options):
        """Open the file in a context of its own, which ends with the visit's `page.context`."""
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True, **options)
        page = context.new_page()
        page.add_init_script(WATCH_WORKER)
        return cls(page, address)
