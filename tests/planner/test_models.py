"""What the app costs: widgets, messages and bytes, counted."""

from __future__ import annotations

import json

from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from selfcare_kit.planner.frame import Frame

# A tick in the app: design.md allows 2 kB for its picture.
MAX_PICTURE = 2_000
# All that opens the app: widgets with their scripts and styles, then what each shows.
MAX_MODELS = 19
MAX_OPENING = 250_000


def size(message, buffers=()):
    return len(json.dumps(message, separators=(",", ":")).encode()) + sum(map(len, buffers))


def opening(app):
    states = [widget.get_state() for widget in _instances.values()]
    contents = [part.widget.opening() for part in app.planner._parts]
    return sum(size(state) for state in states) + sum(size(*content) for content in contents)


def test_the_app_opens_with_few_widgets(app):
    assert len(_instances) <= MAX_MODELS
    assert opening(app) <= MAX_OPENING


def test_a_whole_visit_makes_no_widget(app):
    before = set(_instances)
    app.clear()
    app.tick("thigh_outer", "calf_outer")
    app.feel("left", "ache", "numb")
    app.fill("symptoms", "rate", "4", area="calf_outer")
    app.best()
    app.tell("page", {"do": "want", "value": True})
    app.find("hip and leg")
    app.take()
    app.open_step(1)
    app.press("contents", "undo")
    app.press("contents", "new")
    assert set(_instances) == before


def test_a_tick_sends_a_small_picture_first(visit, monkeypatch):
    sent = []
    monkeypatch.setattr(Widget, "send", lambda self, content, buffers=None: sent.append((self, content, buffers or [])))
    visit.planner.symptoms.widget._handle_custom_msg(
        {"do": "area", "id": "buttock_center", "value": True, "from": "v", "seq": 9}, []
    )
    widget, content, buffers = sent[0]
    assert widget is visit.planner.body_map.widget
    assert "buttock_center.left" in content["picture"]["picked"]
    assert size(content, buffers) <= MAX_PICTURE


def test_what_is_the_same_is_not_sent_again(visit, monkeypatch):
    sent = []
    monkeypatch.setattr(Widget, "send", lambda self, content, buffers=None: sent.append(self))
    visit.planner._refresh()
    assert sent == []


def test_the_frame_ships_with_its_script_and_stylesheets():
    assert "stopPropagation" in str(Frame._esm)
    assert ".selfcare-steps" in str(Frame._css)
