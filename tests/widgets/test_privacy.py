"""The client's name is in no value that a notebook could save."""

from __future__ import annotations

import json

import pytest
from ipywidgets.widgets.widget import _instances

CANARY = "Zebediah Quill"


def everything_synced():
    """The state of every widget alive, as a notebook would save it."""
    return json.dumps([widget.get_state() for widget in _instances.values()], default=repr)


def test_a_printed_name_is_in_no_widget(visit):
    _, handout = visit.download("html", client=CANARY)
    assert CANARY.encode() in handout
    assert CANARY not in everything_synced()
    assert CANARY not in repr(vars(visit.planner.state))
    assert CANARY not in json.dumps(visit.planner._repr_mimebundle_())


@pytest.mark.parametrize("name", [CANARY + "\x00", CANARY + "\ud800", CANARY * 2000])
def test_a_name_that_is_refused_is_in_no_widget_either(visit, name):
    content, made = visit.download("html", client=name)
    assert made is None
    assert "client must" in content["error"]
    assert "Zebediah" not in everything_synced()


def test_a_handout_that_is_opened_leaves_its_name_nowhere(visit):
    _, handout = visit.download("html", client=CANARY)
    visit.upload(handout, f"{CANARY}.html")
    assert len(visit.routine) == 5
    assert CANARY not in everything_synced()


def test_the_files_name_comes_from_the_code_alone(visit):
    visit.planner.output.code.value = "../C 104/é*"
    content, _ = visit.download("html", client=CANARY)
    assert content["name"] == f"handout_C_104_é_{visit.routine.date}.html"


def test_without_a_message_of_its_own_a_bug_tells_no_name(visit, monkeypatch):
    def broken(*_):
        raise RuntimeError(CANARY)

    monkeypatch.setattr(visit.planner.output.download, "_make_file", broken)
    content, _ = visit.download("html", client=CANARY)
    assert "RuntimeError inside the planner" in content["error"]
    assert CANARY not in content["error"]
