"""The planner without a browser: what a view would send is sent, and what it would show is read."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import html5lib
import ipywidgets
import pytest
from ipywidgets.widgets.widget import _instances

import selfcare_kit as kit
from selfcare_kit.planner import frame
from selfcare_kit.planner.sections.section import Section


def models():
    """Every widget alive now, layouts and styles included."""
    return tuple(_instances.values())


@lru_cache(maxsize=256)
def parsed(html):
    """HTML as elements; most sections are the same after most events, and reading takes longer than the event."""
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


class Shown:
    """The HTML of a section, as a browser reads it."""

    def __init__(self, html):
        self.html = html
        self.root = parsed(html)

    @property
    def text(self):
        return " ".join("".join(self.root.itertext()).split())

    def all(self, tag="*", **data):
        """Elements with these data attributes; one that is empty may as well be left out on the page."""
        wanted = {f"data-{name}": value for name, value in data.items()}
        found = self.root.iter() if tag == "*" else self.root.iter(tag)
        return [
            each
            for each in found
            if isinstance(each.tag, str) and all(each.get(name, "") == value for name, value in wanted.items())
        ]

    def one(self, tag="*", **data):
        (found,) = self.all(tag, **data)
        return found


class App:
    """A planner with the hands of a clinician: it can do only what stands on the page."""

    def __init__(self, *arguments, **options):
        self.planner = kit.Planner(*arguments, **options)
        # Nobody paints a figure here, so that nobody need wait for it.
        self.planner.session.platform = replace(self.planner.session.platform, head_start=0.0)
        self.sent = []
        self.answered = 0
        self.told = []

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
        sections = (part for part in self.planner._parts if isinstance(part, Section))
        return " ".join(section.widget.html for section in sections)

    @property
    def text(self):
        return Shown(self.shown).text

    def tell(self, section, message, buffers=()):
        """Send what a view would send, and take what it is answered."""
        widget = getattr(self.planner, section).widget
        self.told.append((section, message))
        sent = []
        widget.send = lambda content, buffers=None: sent.append((content, buffers))
        self.answered += 1
        widget._handle_custom_msg({"from": "view", "seq": self.answered, **message}, list(buffers))
        del widget.send
        # Every event is answered, once: a view waits for that.
        assert [each.get("seq") for each, _ in sent].count(self.answered) == 1
        self.sent = sent
        return sent

    def repeat(self, told):
        """Send again what another planner was told; only after the last of it somebody looks."""
        *before, last = told
        self.planner._refresh = lambda *_: None
        for section, message in before:
            self.tell(section, message)
        del self.planner._refresh
        self.tell(*last)

    def press(self, section, act, **data):
        self.reach(section, act, **data)
        button = self.page(section).one("button", do=act, **data)
        if button.get("aria-disabled") == "true":
            return None
        values = {name.removeprefix("data-"): value for name, value in button.items() if name.startswith("data-")}
        return self.tell(section, {**values, **self._privates(section, button)})

    def _privates(self, section, button):
        return {"with": {"client": self.client}} if button.get("data-with") else {}

    client = ""

    def reach(self, section, act, **data):
        """Open what a control is folded into, where it is folded: a stage, a group of questions, an area, a step."""

        def is_there():
            return self.page(section).all(do=act, **data)

        if act == "open" or is_there():
            return
        stage = {"safety": "safety", "suggestions": "points"}.get(section)
        if stage and self.planner.session.stage != stage:
            self.press(section, "open")
        folds = {"safety": ("group", "id", None), "symptoms": ("look", "area", "area"), "steps": ("open", "id", "id")}
        fold, name, of = folds.get(section, ("", "", None))
        for each in self.page(section).all("button", do=fold) if fold else ():
            if is_there():
                return
            if of is None or each.get(f"data-{name}") == data.get(of):
                self.press(section, fold, **{name: each.get(f"data-{name}")})

    def fill(self, section, act, value, **data):
        self.reach(section, act, **data)
        fields = [
            each for each in self.page(section).all(do=act, **data) if each.tag in ("input", "select", "textarea")
        ]
        assert fields, f"nothing to fill: {act} {data}"
        offered = [each.get("value") for each in fields if each.get("type") == "radio"]
        assert not offered or value in offered, f"{value} is none of {offered}"
        self.tell(section, {"do": act, "value": value, **data})

    def find(self, typed):
        """Type into the search, and return the keys of what it lists."""
        self.tell("contents", {"do": "find", "value": typed})
        return [each.get("data-id") for each in self.page("contents").all("div", do="take")]

    def take(self, key=""):
        """Take a result of the search, the first one as Enter does."""
        options = self.page("contents").all("div", do="take")
        (option,) = [each for each in options if each.get("data-id") == key] if key else options[:1]
        return self.tell("contents", {"do": "take", "id": option.get("data-id")})

    def answer(self, *ids, is_yes=True):
        for id in ids:
            self.fill("safety", "answer", is_yes, id=id)

    def clear(self):
        """Ask every question that is not asked yet, group by group; only what is ticked applies."""
        if self.planner.session.stage != "safety":
            self.press("safety", "open")
        while buttons := self.page("safety").all("button", do="confirm"):
            (button,) = buttons
            self.press("safety", "confirm", id=button.get("data-id"))

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
        """Choose the shared side, and say of every area chosen what it feels like."""
        self.fill("symptoms", "side", side, area="")
        for area in self.planner.session.visit.areas:
            for sensation in sensations:
                self.fill("symptoms", "feel", True, id=sensation, area=area)

    def best(self):
        self.press("suggestions", "best")

    def step(self, number):
        step = self.routine.steps[number - 1]
        return f"{step.point}.{step.side}"

    def open_step(self, number):
        """Open a step, and return what it shows."""
        id = self.step(number)
        self.reach("steps", "change", id=id, name="note")
        return self.page("steps").one("li", step=id)

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

    def upload_all(self, *files):
        names, contents = zip(*files, strict=True)
        self.tell("contents", {"do": "open", "value": "\n".join(names)}, [memoryview(each) for each in contents])

    @property
    def obstacles(self):
        """The links to what stands in the way of the handout: section, element in it, words."""
        links = self.page("download").one(key="obstacles").iter("button")
        return [(each.get("data-jump"), each.get("data-to"), "".join(each.itertext())) for each in links]


@pytest.fixture(autouse=True)
def _closed_afterwards():
    frame._last.clear()
    yield
    ipywidgets.Widget.close_all()


@pytest.fixture
def app():
    return App()


@pytest.fixture(scope="session")
def told_at_a_visit():
    """What the first planner of a visit was told by hand: to look for each button again would take longer than a test."""
    return []


@pytest.fixture
def visit(app, told_at_a_visit):
    """A left hip that aches, all questions asked, five steps chosen."""
    if told_at_a_visit and type(app) is App:
        app.repeat(told_at_a_visit)
        return app
    app.clear()
    app.tick("thigh_outer", "calf_outer")
    app.feel("left", "ache")
    app.best()
    if type(app) is App:
        told_at_a_visit += app.told
    return app
