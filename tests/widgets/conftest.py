"""The planner without a browser: set a value, press a button, send a message."""

from __future__ import annotations

import ipywidgets
import pytest
from ipywidgets.widgets.widget import _instances

import selfcare_kit as kit


def models():
    """Every widget alive now, layouts and styles included."""
    return tuple(_instances.values())


def children_of(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from children_of(child)


class App:
    """A planner with the hands of a clinician."""

    def __init__(self, *arguments, **options):
        self.planner = kit.Planner(*arguments, **options)

    @property
    def routine(self):
        return self.planner.routine

    @property
    def said(self):
        return self.planner.message

    @property
    def shown(self):
        """All text that is on the screen, as HTML."""
        widgets = children_of(self.planner)
        return " ".join(widget.value for widget in widgets if isinstance(widget, ipywidgets.HTML))

    def answer(self, *ids):
        for id in ids:
            self.planner.safety.boxes[id].value = True

    def clear(self):
        self.planner.safety.confirm.click()

    def tick(self, *areas):
        for area in areas:
            self.planner.symptoms.areas.boxes[area].value = True

    def feel(self, side="left", *sensations):
        words = self.planner.symptoms.words
        words.side_choice.value = side
        for sensation in sensations:
            words.felt.boxes[sensation].value = True

    def best(self):
        self.planner.suggestions.best.click()

    def card(self, number):
        return self.planner.steps.cards[self.routine.steps[number - 1].key]

    def download(self, kind, client=""):
        """Press a download button; what comes back is the message and the bytes."""
        sent = []
        widget = self.planner.output.download
        widget.send = lambda content, buffers=None: sent.append((content, buffers))
        widget._handle_custom_msg({"request": "1", "kind": kind, "client": client}, [])
        ((content, buffers),) = sent
        return content, (buffers[0] if buffers else None)

    def upload(self, content, name):
        self.planner.suggestions.upload._handle_custom_msg({"name": name}, [memoryview(content)])


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
