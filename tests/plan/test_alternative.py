"""The other tool for a point whose own are blocked: it can be added and printed, and never goes round a rule."""

import plans
import pytest
from examples import examples
from hypothesis import given

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, ReferralRequired
from selfcare_kit.export.handout.cards import card_of
from selfcare_kit.plan.dosing import own_step
from selfcare_kit.plan.suggest.suggestion import Alternative

SOLE = {"foot_arch": {"side": "left", "sensations": ["ache"]}, "heel": {"side": "left"}, "foot_ball": {"side": "left"}}
FINGERS = Alternative("supported_fingers", "Supported fingers", "chair_sitting", "hold")


def found_with(*yes, areas=SOLE, **where):
    return kit.suggest(areas, screening=kit.screen(yes, where, agreed_by="AB"))


def alternatives(found):
    return {each.point: each.alternative for each in found if each.alternative}


def test_a_sole_that_does_not_feel_is_worked_with_the_fingers():
    assert alternatives(found_with("C04")) == {"fdb_1": FINGERS, "qp_1": FINGERS, "fhb_1": FINGERS, "adh_1": FINGERS}


def test_what_is_felt_counts_as_an_answer():
    numb = {"foot_arch": {"side": "left", "sensations": ["numb"]}}
    assert kit.suggest(numb).of("fdb_1").alternative == FINGERS


def test_the_other_tool_is_added_with_what_the_answers_allow_of_the_dose():
    suggestion = found_with("C04").of("fdb_1")
    routine = kit.Routine(complaint=suggestion.complaint, screening=suggestion.screening)
    (step,) = routine.add("fdb_1", tool=suggestion.alternative.tool).steps
    assert (step.tool, step.position, step.pressure, step.seconds) == ("supported_fingers", "chair_sitting", 2, 30)
    with pytest.raises(BlockedError, match="the tool small_firm_ball is blocked"):
        routine.add("fdb_1")
    with pytest.raises(BlockedError, match="pressure 4 is above 2"):
        routine.add("fdb_1", tool=suggestion.alternative.tool, pressure=4)


def test_what_is_offered_needs_no_other_tool():
    assert alternatives(found_with()) == {}
    assert found_with("C04").of("abh_1").alternative is None


def test_no_tool_goes_round_a_rule_that_leaves_the_area_out():
    # A wound on the sole, an active diabetic foot.
    assert alternatives(found_with("C04", "C12", C12=["foot_arch", "heel", "foot_ball"])) == {}
    assert alternatives(found_with("C04", "R14")) == {}


def test_no_tool_is_proposed_where_somebody_else_looks_first():
    assert found_with("R19").of("fdb_1").status == "blocked"
    assert alternatives(found_with("R19")) == {}


def test_what_can_only_be_done_at_the_wall_is_left_for_the_clinic():
    areas = {"hip_side": {"side": "left"}, "thigh_outer": {"side": "left"}, "low_back": {"side": "left"}}
    unsteady = found_with("C27", areas=areas)
    assert any(each.status == "blocked" for each in unsteady)
    assert alternatives(unsteady) == {}


def test_beside_an_artificial_hip_nothing_else_is_held_in_the_hand():
    areas = {"calf_back": {"side": "left"}, "calf_outer": {"side": "left"}, "foot_top": {"side": "left"}}
    replaced = found_with("C10", areas=areas)
    assert any(each.status == "blocked" for each in replaced)
    assert alternatives(replaced) == {}


@examples(60)
@given(plans.COMPLAINTS, plans.SCREENINGS)
def test_what_is_proposed_can_be_added_and_printed(complaint, screening):
    found = kit.suggest(complaint, screening=screening)
    empty = kit.Routine(complaint=found.complaint, screening=found.screening, code="C-104")
    for each in found:
        other = each.alternative
        if other is None:
            continue
        assert each.status == "blocked"
        verdict = empty.verdict(own_step(plans.GUIDE.point(each.point), each.side))
        assert verdict.objection.rule == ""
        routine = empty.add(each.point, each.side, tool=other.tool)
        (step,) = routine.steps
        assert (step.tool, step.position, step.mode) == (other.tool, other.position, other.mode)
        assert not plans.GUIDE.records.tools[step.tool].firm
        assert all(card_of(1, step, plans.GUIDE, language).how for language in plans.GUIDE.languages)
        try:
            routine.require_clearance()
        except ReferralRequired:
            continue
        assert routine.to_html()
