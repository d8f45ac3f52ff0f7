"""The planner without a browser: what a view would send is sent, and what it would show is read."""

from __future__ import annotations

import html5lib
import ipywidgets
import pytest
from ipywidgets.widgets.widget import _instances

import selfcare_kit as kit


def models():
    """Every widget alive now, layouts and styles included."""
    return tuple(_instances.values())


class Shown:
    """The HTML of a section, as a browser reads it."""

    def __init__(self, html):
        self.html = html
        self.root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)

    @property
    def text(self):
        return " ".join("".join(self.root.itertext()).split())

    def all(self, tag="*", **data):
        wanted = {f"data-{name}": value for name, value in data.items()}
        found = self.root.iter() if tag == "*" else self.root.iter(tag)
        return [
            each
            for each in found
            if isinstance(each.tag, str) and all(each.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag="*", **data):
        (found,) = self.all(tag, **data)
        return found


class App:
    """A planner with the hands of a clinician: it can do only what stands on the page."""

    def __init__(self, *arguments, **options):
        self.planner = kit.Planner(*arguments, **options)
        self.sent = []
        self.answered = 0

    @property
    def routine(self):
        return self.planner.routine

    @property
    def message(self):
        return self.planner.message

    def page(self, section):
        return Shown(getattr(self.planner, section).widget.html)

    @property
    def shown(self):
        """All HTML that is on the screen."""
        sections = (part for part in self.planner._parts if part is not self.planner.body_map)
        return " ".join(section.widget.html for section in sections)

    @property
    def text(self):
        return Shown(self.shown).text

    def tell(self, section, message, buffers=()):
        """Send what a view would send, and take what it is answered."""
        widget = getattr(self.planner, section).widget
        sent = []
        widget.send = lambda content, buffers=None: sent.append((content, buffers))
        self.answered += 1
        widget._handle_custom_msg({"from": "view", "seq": self.answered, **message}, list(buffers))
        del widget.send
        # Every event is answered, once: a view waits for that.
        assert [each.get("seq") for each, _ in sent].count(self.answered) == 1
        self.sent = sent
        return sent

    def press(self, section, act, **data):
        button = self.page(section).one("button", do=act, **data)
        if button.get("aria-disabled") == "true":
            return None
        values = {name.removeprefix("data-"): value for name, value in button.items() if name.startswith("data-")}
        return self.tell(section, {**values, **self._privates(section, button)})

    def _privates(self, section, button):
        return {"with": {"client": self.client}} if button.get("data-with") else {}

    client = ""

    def fill(self, section, act, value, **data):
        tags = {each.tag for each in self.page(section).all(do=act, **data)} & {"input", "select", "textarea"}
        assert tags, f"nothing to fill: {act} {data}"
        self.tell(section, {"do": act, "value": value, **data})

    def answer(self, *ids, is_yes=True):
        for id in ids:
            self.fill("safety", "answer", is_yes, id=id)

    def clear(self):
        self.tell("safety", {"do": "confirm"})

    def tick(self, *areas, is_ticked=True):
        for area in areas:
            self.fill("symptoms", "area", is_ticked, id=area)

    def click(self, area, side):
        """Click on the figure."""
        svg = self.planner.body_map.widget.chart.svg
        assert f'data-area="{area}" data-side="{side}"' in svg
        self.tell("body_map", {"do": "toggle", "area": area, "side": side})

    @property
    def picture(self):
        return self.planner.body_map.widget.picture

    def feel(self, side="left", *sensations):
        self.fill("symptoms", "side", side, area="")
        for sensation in sensations:
            self.tell("symptoms", {"do": "feel", "id": sensation, "value": True})

    def best(self):
        self.tell("suggestions", {"do": "best"})

    def step(self, number):
        step = self.routine.steps[number - 1]
        return f"{step.point}.{step.side}"

    def change(self, number, name, value):
        self.fill("steps", "change", str(value), id=self.step(number), name=name)

    def download(self, kind, client=""):
        """Press a download button; what comes back is the message and the bytes."""
        self.client = client
        sent = self.press("download", "print") if kind == "print" else self.press("download", "file", id=kind)
        files = [(content["file"], buffers[0]) for content, buffers in sent if "file" in content]
        return files[0] if files else (None, None)

    def upload(self, content, name):
        self.tell("contents", {"do": "open", "value": name}, [memoryview(content)])


@pytest.fixture(autouse=True)
def _closed_afterwards():
    yield
    ipywidgets.Widget.close_all()


@pytest.fixture
def app():
    return App()


@pytest.fixture
def visit(app):
    """A left hip that aches, all questions asked, five steps chosen."""
    app.clear()
    app.tick("thigh_outer", "calf_outer")
    app.feel("left", "ache")
    app.best()
    return app
