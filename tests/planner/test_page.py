"""The live page: the handout itself without a name, made only while somebody sees it and nothing stands in its way."""

from __future__ import annotations

import pytest

from selfcare_kit.export.kinds import make_file
from selfcare_kit.planner import page as page_module
from selfcare_kit.planner.page import NOT_YET

from .test_privacy import CANARY, everything_synced


def shown(app):
    widget = app.planner.page.widget
    return widget.page, widget.words


def want(app, value=True):
    return app.tell("page", {"do": "want", "value": value})


@pytest.fixture
def made(monkeypatch):
    """The routines of which a page was made."""
    routines = []

    def watched(routine, *arguments, **options):
        routines.append(routine)
        return make_file(routine, *arguments, **options)

    monkeypatch.setattr(page_module, "make_file", watched)
    return routines


def test_no_page_is_made_while_nobody_sees_it(made, visit):
    visit.change(1, "seconds", 30)
    assert made == []
    assert shown(visit) == ("", "")


def test_the_page_is_the_handout_without_a_name(visit):
    visit.fill("download", "name", "C-104", name="code")
    visit.download("html", client=CANARY)
    want(visit)
    handout = make_file(visit.routine, "html", **visit.planner.download.options).content.decode()
    assert shown(visit) == (handout, "")
    assert handout == visit.download("html")[1].decode()
    assert CANARY not in handout


def test_the_page_is_in_the_language_and_on_the_paper_of_the_handout(visit):
    want(visit)
    visit.fill("download", "look", "es", name="language")
    visit.fill("download", "look", "Letter", name="paper")
    assert shown(visit)[0] == visit.download("html")[1].decode()
    assert 'lang="es"' in shown(visit)[0]


def test_the_page_follows_each_change_and_is_made_once_for_each(made, visit):
    want(visit)
    assert len(made) == 1
    visit.change(1, "seconds", 30)
    assert len(made) == 2
    visit.find("soleus")
    visit.press("suggestions", "open")
    visit.planner._refresh()
    assert len(made) == 2


def test_no_page_is_made_any_more_when_nobody_sees_it_again(made, visit):
    want(visit)
    want(visit, False)
    visit.change(1, "seconds", 30)
    assert len(made) == 1


OBSTACLES = {
    "nothing asked": lambda app: app.planner.session.do(lambda visit: type(visit)(visit.draft)),
    "an emergency": lambda app: app.answer("R01"),
    "a look of a clinician": lambda app: app.feel("left", "weak"),
    "the other side": lambda app: app.fill("symptoms", "side", "right", area=""),
    "an answer without its areas": lambda app: app.answer("C12"),
    "a slip": lambda app: app.press("safety", "slip", id="C01"),
}


@pytest.mark.parametrize("what", OBSTACLES)
def test_the_page_goes_as_soon_as_anything_stands_in_its_way(made, visit, what):
    visit.answer("C01")
    want(visit)
    assert shown(visit)[0]
    made.clear()
    OBSTACLES[what](visit)
    visit.planner._refresh()
    page, words = shown(visit)
    assert (page, made) == ("", [])
    assert words == NOT_YET + "; ".join(words for _, _, words in visit.obstacles) + "."


def test_no_page_is_made_before_the_first_step(made, app):
    want(app)
    assert made == []
    assert shown(app)[1].startswith(NOT_YET)


def test_the_page_has_the_clinics_settings_of_now(visit, tmp_path, monkeypatch):
    want(visit)
    (tmp_path / "clinic.toml").write_text('name = "Corner clinic"\n', "utf-8")
    visit.planner.session.use_clinic(tmp_path / "clinic.toml")
    visit.planner._refresh()
    assert "Corner clinic" in shown(visit)[0]
    (tmp_path / "clinic.toml").write_text('name = "Other clinic"\n', "utf-8")
    visit.planner.session.use_clinic(tmp_path / "clinic.toml")
    visit.planner._refresh()
    assert "Other clinic" in shown(visit)[0]


def test_the_page_is_no_value_that_is_saved(visit):
    visit.fill("download", "name", CANARY, name="title")
    want(visit)
    assert CANARY in shown(visit)[0]
    assert CANARY not in everything_synced()
    assert "<html" not in everything_synced()


def test_what_is_typed_is_escaped_on_the_page(visit):
    visit.fill("download", "name", "<script>alert(1)</script>", name="title")
    want(visit)
    assert "<script>alert" not in shown(visit)[0]


def test_a_view_that_opens_later_is_shown_the_page(visit):
    want(visit)
    ((message, _),) = visit.tell("page", {"do": "ready"})
    assert message["page"] == shown(visit)[0]


def test_the_page_runs_no_script(visit):
    script = str(visit.planner.page.widget._esm)
    assert 'frame.setAttribute("sandbox", "")' in script


def test_a_page_that_cannot_be_made_says_why_and_nothing_else_stops(visit, tmp_path):
    (tmp_path / "clinic.toml").write_text("name = [", "utf-8")
    visit.planner.session.use_clinic(tmp_path / "clinic.toml")
    want(visit)
    page, words = shown(visit)
    assert page == ""
    assert words.startswith("The page cannot be made: clinic.toml is not valid TOML")
    visit.change(1, "seconds", 30)
    assert visit.routine.steps[0].seconds == 30


def test_a_clinics_file_that_broke_while_its_form_is_open_is_named_and_stops_nothing(visit, tmp_path, monkeypatch):
    (tmp_path / "clinic.toml").write_text('name = "Corner clinic"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    visit.planner.session.use_clinic(tmp_path / "clinic.toml")
    visit.press("contents", "clinic")
    (tmp_path / "clinic.toml").write_text("name = [", "utf-8")
    visit.fill("clinic", "set", "040 1234", name="phone")
    assert "clinic.toml is not valid TOML" in visit.page("status").text
    assert (tmp_path / "clinic.toml").read_text("utf-8") == "name = ["
    visit.press("steps", "remove", id=visit.step(1))
    assert "Removed" in visit.page("status").text
