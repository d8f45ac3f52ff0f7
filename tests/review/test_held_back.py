"""A point of which a reviewer wants something changed is offered nowhere until that is answered, and says why."""

import pytest
from click.testing import CliRunner
from reviewing import FIVE, answer, answers_on, copied, edited, with_answers

import selfcare_kit as kit
from selfcare_kit.cli import main
from selfcare_kit.errors import BlockedError
from selfcare_kit.export.handout.leaflet import leaflet_html
from selfcare_kit.plan.search import describe

WHY = "a reviewer (AB, physiotherapist, 2026-11-20) wants its place changed ('3 cm lower'), and nobody has answered that yet"


@pytest.fixture
def folder(tmp_path):
    return copied(tmp_path)


@pytest.fixture
def held(folder):
    return with_answers(folder, [answer("point/vl_4/place", "change", comment="3 cm lower.")])


def routine_of(guide, points=FIVE):
    routine = kit.Routine(title="", code="C-104", screening=kit.screen(guide=guide), guide=guide)
    for point in points:
        routine = routine.add(point, side="left")
    return routine


def test_it_is_suggested_to_nobody(held):
    found = kit.suggest("thigh_outer", "left", guide=held)
    assert found.of("vl_4").status == "show_only"
    assert found.of("vl_4").step is None
    assert WHY in found.of("vl_4").cautions[0].text
    assert "vl_4" not in [each.point for each in found.top(20)]


@pytest.mark.parametrize("way", [["--area", "thigh_outer:left:ache:5"], ["--template"]])
def test_the_shell_says_why_it_is_left_out(folder, held, way, tmp_path):
    arguments = ["routine", "--guide", str(folder), *way, "--csv", str(tmp_path / "r.csv")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr.count(f"Hint: Vastus lateralis, mid-thigh, front-outer is left out: {WHY}.") == 1
    elsewhere = CliRunner().invoke(main, [*arguments[:3], "--area", "heel:left:ache:5", *arguments[-2:]])
    assert WHY not in elsewhere.output


def test_it_cannot_be_added(held):
    with pytest.raises(BlockedError) as error:
        kit.Routine(guide=held).add("vl_4", side="left")
    assert WHY in str(error.value)


def test_a_table_that_proposes_it_is_refused_or_says_that_it_is_left_out(held, tmp_path):
    path = tmp_path / "steps.csv"
    path.write_text("point,side\nvl_4,left\npiri_1,left\n", encoding="utf-8")
    routine = kit.read_routine(path, guide=held)
    assert [step.point for step in routine.steps] == ["piri_1"]
    assert any(WHY in hint for hint in routine.hints)


def test_the_gate_lets_no_page_with_it_pass(guide, held):
    made = routine_of(guide)
    with pytest.raises(BlockedError, match="3 cm lower"):
        kit.Routine(title="", code="C-104", steps=made.steps, screening=made.screening, guide=held)


@pytest.mark.parametrize("ending", ["json", "csv", "html", "xlsx"])
def test_a_visit_of_before_opens_without_it_and_says_why(guide, held, tmp_path, ending):
    path = getattr(routine_of(guide), f"to_{ending}")(tmp_path / f"r.{ending}")
    routine = kit.read_routine(path, guide=held)
    assert [step.point for step in routine.steps] == [point for point in FIVE if point != "vl_4"]
    assert any(WHY in hint for hint in routine.hints)


def test_the_guides_own_template_leaves_it_out_and_says_why(guide, held):
    before = [step.point for step in kit.template("hip_and_leg", guide=guide).steps]
    made = kit.template("hip_and_leg", guide=held)
    assert [step.point for step in made.steps] == [point for point in before if point != "vl_4"]
    assert WHY in made.hints[0]


def test_the_leaflet_leaves_it_out_and_counts_on(guide, held):
    texts = guide.texts("en")
    title = texts["leaflet.points.4.title"].partition(" ")[2]
    assert title in leaflet_html(guide)
    page = leaflet_html(held)
    assert title not in page
    assert texts["leaflet.points.5.title"].partition(" ")[2] in page


def test_the_search_says_that_it_is_held_back(held):
    assert describe(kit.search("vl_4", guide=held)[0], held) == "Thigh, outer; held back by a reviewer"


def test_a_wish_of_any_profession_holds_it_back(folder):
    guide = with_answers(
        folder, [*answers_on(["vl_4"]), answer("point/vl_4/words", "change", by="CD", profession="other")]
    )
    with pytest.raises(BlockedError, match="CD, another profession, 2026-11-20"):
        kit.Routine(guide=guide).add("vl_4", side="left")


def test_it_is_offered_again_once_the_item_is_changed(folder, held):
    old = "vl_4,1,spot,patella_base_lateral,asis,0.5,"
    edited(folder, "places.csv", old, old.replace("0.5", "0.45"))
    guide = kit.load_guide(folder)
    assert kit.Routine(guide=guide).add("vl_4", side="left").steps


def test_it_is_offered_again_once_the_reviewer_agrees(folder):
    rows = [answer("point/vl_4/place", "change"), answer("point/vl_4/place", day="2026-11-21")]
    assert kit.Routine(guide=with_answers(folder, rows)).add("vl_4", side="left").steps


def test_another_reviewers_agreement_does_not_answer_it(folder):
    rows = [answer("point/vl_4/place", "change"), *answers_on(["vl_4"], by="CD", day="2026-11-21")]
    with pytest.raises(BlockedError):
        kit.Routine(guide=with_answers(folder, rows)).add("vl_4", side="left")


def test_a_rule_that_somebody_wants_changed_goes_on_to_hold(folder):
    guide = with_answers(folder, [answer("rule/R01", "change", comment="too broad")])
    with pytest.raises(kit.SelfcareError):
        kit.Routine(guide=guide, screening=kit.screen(yes=["R01"], guide=guide)).add(
            "tfl_1", side="left"
        ).require_clearance()
    assert kit.Routine(guide=guide).add("tfl_1", side="left").steps
