"""Nothing that is typed or shown is in a value that a notebook could save."""

from __future__ import annotations

import json
import sys
import types

import pytest

from selfcare_kit.planner.planner import keep_no_history

from .conftest import models

CANARY = "Zebediah Quill"


def everything_synced():
    """The session of every widget alive, as a notebook would save it."""
    return json.dumps([widget.get_state() for widget in models()], default=repr)


def test_no_widget_holds_anything_of_the_visit(visit):
    visit.fill("download", "name", CANARY, name="code")
    visit.fill("download", "name", CANARY, name="title")
    visit.change(1, "note", CANARY)
    visit.feel("left", "weak")
    visit.fill("safety", "agree", CANARY)
    assert CANARY in visit.shown
    synced = everything_synced()
    assert CANARY not in synced
    assert "thigh_outer" not in synced
    assert "gmin_a" not in synced


def test_a_printed_name_is_kept_nowhere(visit):
    for kind in ("html", "print"):
        _, handout = visit.download(kind, client=CANARY)
        assert CANARY.encode() in handout
    assert CANARY not in everything_synced()
    assert CANARY not in visit.shown
    assert CANARY not in repr(vars(visit.planner.session))
    assert CANARY not in json.dumps(visit.planner._repr_mimebundle_())


@pytest.mark.parametrize("name", [CANARY + "\x00", CANARY + "\ud800", CANARY * 2000])
def test_a_name_that_is_refused_is_kept_nowhere_either(visit, name):
    assert visit.download("html", client=name) == (None, None)
    assert "Client must" in visit.message
    assert "Zebediah" not in everything_synced()
    visit.fill("download", "look", "Letter", name="paper")
    visit.change(1, "seconds", 30)
    assert "Zebediah" not in visit.shown


def test_a_handout_that_is_opened_leaves_its_name_nowhere(visit):
    _, handout = visit.download("html", client=CANARY)
    visit.upload(handout, f"{CANARY}.html")
    assert len(visit.routine) == 5
    assert CANARY not in everything_synced()
    assert CANARY not in visit.shown


def test_the_files_name_comes_from_the_code_alone(visit):
    visit.fill("download", "name", "../C 104/é*", name="code")
    file, _ = visit.download("html", client=CANARY)
    assert file["name"] == f"handout_C_104_é_{visit.routine.date}.html"


@pytest.mark.parametrize("kind", ["html", "csv", "json", "xlsx", "note"])
def test_a_code_of_the_printed_name_gets_into_no_file(visit, kind):
    visit.fill("download", "name", "DTEST-3", name="code")
    assert visit.download(kind, client="Bo D'Test") == (None, None)
    assert "got a word of it there, too" in visit.message


def test_a_chart_note_with_the_printed_name_is_not_copied(visit):
    visit.fill("download", "name", "Plan of Bo DTest", name="title")
    visit.client = "Bo D'Test"
    visit.press("download", "copy")
    assert "as title gets into records" in visit.message


def test_a_bug_tells_no_name(visit, monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError(CANARY)

    monkeypatch.setattr("selfcare_kit.planner.sections.download.make_file", broken)
    assert visit.download("html", client=CANARY) == (None, None)
    assert "RuntimeError inside the planner" in visit.message
    assert CANARY not in visit.shown
    assert CANARY not in caplog.text


def test_a_broken_message_tells_no_name(visit, monkeypatch, capsys, caplog):
    monkeypatch.setattr(visit.planner.download, "do_name", lambda *_: [][0])
    visit.tell("download", {"do": "name", "value": CANARY})
    assert CANARY not in capsys.readouterr().err
    assert CANARY not in caplog.text


def test_a_planner_ends_the_history_of_its_kernel(monkeypatch):
    history = types.SimpleNamespace(enabled=True)
    shell = types.SimpleNamespace(history_manager=history)
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    keep_no_history()
    assert history.enabled is False


def test_outside_of_a_kernel_there_is_no_history_to_end(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: None))
    keep_no_history()
