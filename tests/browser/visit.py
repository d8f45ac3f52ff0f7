"""The planner in a page: the hands of a clinician, and what the page asked of the network."""

from __future__ import annotations

from urllib.parse import urlsplit


class Visit:
    """A planner that is open, and everything that must not happen while it is."""

    def __init__(self, page, address):
        self.page = page
        self.host = urlsplit(address).netloc
        self.hosts = set()
        self.problems = []
        self.clicks = 0
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(address)
        self.open()
        self.app = page.locator(".selfcare-planner").first
        self._wait_for_the_planner()

    def open(self):
        """Make the planner appear."""

    def _wait_for_the_planner(self):
        self.button("None of these apply").first.wait_for(timeout=60_000)
        self.app.locator(".selfcare-map .region").first.wait_for()

    def _asked(self, url):
        # blob: and data: stay in the browser
        if urlsplit(url).netloc:
            self.hosts.add(urlsplit(url).netloc)

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
        target.click()
        self.clicks += 1

    def clear(self):
        self.click(self.button("None of these apply").first)
        self.app.get_by_text("All asked on").wait_for()

    def download(self, words, folder):
        with self.page.expect_download() as waiting:
            self.click(self.button(words))
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def wait_for_steps(self, count):
        self.app.locator("tbody[data-step]").nth(count - 1).wait_for()
        self.app.locator("tbody[data-step]").nth(count).wait_for(state="detached")


class LabVisit(Visit):
    """In JupyterLab: the notebook's cell is run first."""

    def open(self):
        page = self.page
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.locator(".jp-CodeCell.jp-mod-active").wait_for()
        page.wait_for_timeout(500)  # Lab asks for a kernel when a cell runs before it has settled
        page.keyboard.press("Shift+Enter")

    def begin_again(self):
        """Run the cell once more: a new planner, in the same notebook."""
        old = self.app.element_handle()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_function("old => !old.isConnected", arg=old)
        self._wait_for_the_planner()
        self.clicks = 0
        self.hosts.clear()
        self.problems.clear()

    @property
    def cells(self):
        return self.page.locator(".jp-Notebook .jp-Cell")

    def save(self):
        self.page.keyboard.press("Control+s")
        self.page.wait_for_timeout(1200)


class PageVisit(Visit):
    """As a page without code."""
