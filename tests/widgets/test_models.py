"""How many models the app is made of, and that it leaves none behind."""

from __future__ import annotations

import pytest
from ipywidgets.widgets.widget import _instances

from selfcare_kit.widgets.keyguard import KeyGuard


def count():
    return len(_instances)


def test_layouts_and_styles_are_shared(app):
    kinds = [type(widget).__name__ for widget in _instances.values()]
    assert kinds.count("Layout") == 1
    assert sum(kind.endswith("Style") for kind in kinds) <= 6
    assert count() <= 180


def test_a_step_that_is_removed_takes_its_form_with_it(visit):
    before = count()
    visit.card(5).out.click()
    visit.planner.suggestions.rows[0].add.click()
    visit.planner.steps.undo.click()
    visit.planner.steps.undo.click()
    assert count() <= before


def test_ticking_and_unticking_leaves_nothing_behind(app):
    app.tick("hip_side", "foot_top")
    app.feel("left", "ache")
    before = count()
    for _ in range(3):
        app.answer("C12")
        app.planner.safety.boxes["C12"].value = False
        app.planner.symptoms.lines["foot_top"].toggle.click()
        app.planner.symptoms.lines["foot_top"].toggle.click()
    assert count() == before


def test_a_tick_changes_few_models(app, monkeypatch):
    from ipywidgets import Widget

    app.tick("hip_side")
    app.feel("left")
    sent = []
    monkeypatch.setattr(Widget, "send_state", lambda self, key=None: sent.append(self))
    app.planner.symptoms.words.felt.boxes["ache"].value = True
    assert len(sent) <= 10


@pytest.mark.parametrize("kind", ["_esm", "_css"])
def test_the_guard_ships_with_its_script_and_stylesheet(kind):
    assert "selfcare-planner" in str(getattr(KeyGuard, kind))
