"""What the audit of November 2026 could bring about and should not: sides, dose, initials; each with the right value."""

import dataclasses

import pytest
from cases import area

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, DoseError, InvalidValueError, ReferralRequired

HIP = {"hip_side": area("left", "ache", pain=5)}


@pytest.fixture
def left_hip(clear):
    return kit.Routine.from_suggestions(kit.suggest(HIP, screening=clear).top(3), title="Hip", code="C-104")


def empty(complaint, yes=(), where=None, agreed_by="AB", **answers):
    screening = kit.screen(yes=yes, where=where, agreed_by=agreed_by, **answers)
    found = kit.suggest(complaint, screening=screening)
    return kit.Routine(complaint=found.complaint, screening=found.screening)


# 1 and 6: the side


def sides(routine):
    return {step.side for step in routine.steps}


def test_steps_on_the_side_that_hurts_no_more_keep_the_page_back(left_hip, guide):
    moved = dataclasses.replace(left_hip, complaint=guide.complaint({"hip_side": area("right", "ache", pain=5)}))
    assert {each.side for each in moved.side_conflicts} == {"left"}
    with pytest.raises(BlockedError, match=r"on the side that hurts, got: .* hurts on the right; move them"):
        moved.to_html()
    moved.on_side().to_html()
    assert sides(moved.on_side()) == {"right"}
    moved.confirm_sides().to_html()


def test_a_step_added_on_the_other_side_keeps_the_page_back(left_hip):
    other = left_hip.add("gmed_1", side="right")
    assert [each.key for each in other.side_conflicts] == ["gmed_1 right"]
    with pytest.raises(BlockedError, match="gmed_1 is worked on the right side"):
        other.to_ics()


def test_a_step_changed_to_the_other_side_keeps_the_page_back(left_hip):
    changed = left_hip.change(left_hip.steps[0].point, side="right")
    with pytest.raises(BlockedError, match="on the side that hurts"):
        changed.require_clearance()


def test_of_both_sides_the_one_that_does_not_hurt_is_in_conflict(left_hip):
    changed = left_hip.change(left_hip.steps[0].point, side="both")
    assert [each.side for each in changed.side_conflicts] == ["right"]


@pytest.mark.parametrize(
    ("complaint", "side"),
    [
        ({"sacrum": area("midline", "ache")}, "both"),
        ({"hip_side": area("both", "ache")}, "both"),
        ({"hip_side": area("right", "ache")}, "right"),
    ],
)
def test_add_takes_the_side_of_what_the_point_explains(complaint, side):
    routine = empty(complaint).add("piri_1")
    assert sides(routine) == {side}
    assert routine.side_conflicts == ()


def test_add_takes_the_foots_side_for_the_foot_and_the_hips_for_the_hip():
    both = empty({"hip_side": area("left", "ache"), "foot_top": area("right", "ache")})
    assert sides(both.add("edb_1")) == {"right"}
    assert sides(both.add("gmed_2")) == {"left"}


def test_add_guesses_no_side_where_the_point_explains_nothing():
    both = empty({"hip_side": area("left", "ache"), "foot_top": area("right", "ache")})
    with pytest.raises(InvalidValueError, match=r"the side of qp_1 must be left, right or both, got none"):
        both.add("qp_1")


def test_suggest_guesses_no_side():
    for complaint in ("hip_side", {"hip_side": {"pain": 4}}):
        with pytest.raises(InvalidValueError, match=r"the side of 'hip_side' must be .* got none; say where it hurts"):
            kit.suggest(complaint)
    assert {each.side for each in kit.suggest({"hip_side": {"pain": 4}}, side="right")} == {"right"}


def test_a_template_of_both_sides_for_one_that_hurts_keeps_the_page_back(guide, clear):
    made = kit.template(side="both").adapted_to(clear, complaint=guide.complaint(HIP))
    assert {each.side for each in made.side_conflicts} == {"right"}
    with pytest.raises(BlockedError, match="on the side that hurts"):
        made.to_html()
    assert sides(made.on_side()) == {"left"}


def test_a_page_that_is_opened_for_the_other_side_keeps_the_page_back(left_hip, guide, tmp_path, clear):
    left_hip.to_html(tmp_path / "h.html")
    opened = kit.read_routine(tmp_path / "h.html").with_screening(clear)
    other = dataclasses.replace(opened, complaint=guide.complaint({"hip_side": area("right", "ache")}))
    with pytest.raises(BlockedError, match="on the side that hurts"):
        other.to_html()


def test_a_table_whose_side_was_edited_keeps_the_page_back(left_hip, tmp_path, clear):
    path = left_hip.to_csv(tmp_path / "r.csv")
    text = path.read_text(encoding="utf-8-sig")
    point = left_hip.steps[0].point
    lines = [line.replace(",left,", ",right,", 1) if point in line else line for line in text.splitlines()]
    path.write_text("\n".join(lines), encoding="utf-8")
    opened = kit.read_routine(path).with_screening(clear)
    assert [step.side for step in opened.steps].count("right") == 1
    with pytest.raises(BlockedError, match=f"{point} is worked on the right side"):
        opened.to_html()


def test_confirmed_sides_stay_confirmed_in_the_file_and_are_told_in_the_note(left_hip, tmp_path):
    meant = left_hip.add("gmed_1", side="right").confirm_sides()
    opened = kit.read_routine(meant.to_json(tmp_path / "r.json"))
    assert opened.sides_confirmed == ("gmed_1 right",)
    assert opened.side_conflicts == ()
    assert "gmed_1" in opened.to_note()


# 5: initials


def test_what_was_ruled_out_is_kept_for_each_finding():
    said = {"R18": "pulses good, both feet; AB"}
    routine = empty({"calf_back": area("both", "ache")}, ["R18"], agreed_by=None, agreed=said).add("gas_1", side="both")
    routine.require_clearance()
    assert routine.screening.agreement("R18") == "pulses good, both feet; AB"
    assert routine.screening.agreement("R19") == ""


def test_what_was_agreed_for_one_finding_does_not_stand_for_another():
    said = {"R18": "pulses good; AB"}
    routine = kit.Routine(screening=kit.screen(yes=["R18", "R19"], agreed=said)).add("gmed_1", side="left")
    with pytest.raises(ReferralRequired, match="R19") as refusal:
        routine.require_clearance()
    assert "R18" not in str(refusal.value)


def test_an_alert_that_asks_for_a_look_needs_its_own_agreement():
    weak = {"shin": area("right", "weak")}
    with pytest.raises(ReferralRequired, match="weak"):
        empty(weak, agreed_by=None, agreed={"R17": "no wasting; AB"}).add("ta_1", side="right").require_clearance()
    said = {"weak": "power 5 of 5 on both sides; AB"}
    empty(weak, agreed_by=None, agreed=said).add("ta_1", side="right").require_clearance()


def test_initials_open_nothing_that_stays_blocked():
    for initials in ("", "AB"):
        routine = empty({"calf_back": area("left", "swelling", "ache", pain=8)}, agreed_by=initials)
        for point in ("gas_1", "gas_2", "sol_1"):
            with pytest.raises(BlockedError):
                routine.add(point, side="left")


# 14 and 15: dose


def test_the_seconds_of_a_sweep_count_in_every_area_that_it_crosses():
    routine = empty({"thigh_outer": area("left", "ache")})
    swept = routine.add("vl_4", side="left", mode="sweep", seconds=120)
    with pytest.raises(DoseError, match=r"at most 120 seconds in all, got \d+ for hip_side left"):
        swept.add("gmed_2", side="left")
    half = routine.add("vl_4", side="left", mode="sweep", seconds=60).add("gmed_2", side="left")
    with pytest.raises(DoseError, match="hip_side left"):
        half.add("gmin_a", side="left")


def test_a_new_step_takes_the_time_that_a_sweep_leaves():
    routine = empty({"thigh_outer": area("left", "ache")}).add("vl_4", side="left", mode="sweep", seconds=80)
    assert routine.add("gmed_2", side="left").steps[-1].seconds == 40


def test_no_step_is_done_every_day():
    with pytest.raises(DoseError, match="rests at least 2 days"):
        empty({"foot_inner": area("left", "ache")}).add("abh_1", side="left", every_days_min=1, every_days_max=1)


@pytest.mark.parametrize(("yes", "point", "where"), [(["C01"], "piri_1", {}), (["C26"], "abh_1", {})])
def test_hard_pressure_is_refused_where_an_answer_speaks_of_the_place(yes, point, where):
    with pytest.raises(BlockedError, match="pressure 7 is above"):
        empty({"buttock_center": area("left", "ache")}, yes, where).add(point, side="left", pressure=7)


def test_hard_pressure_is_refused_where_an_alert_speaks_of_the_place():
    routine = empty({"thigh_front": area("left", "tingling")})
    with pytest.raises(BlockedError, match="pressure 6 is above 5, the most allowed where tingling applies"):
        routine.add("vl_1", side="left", pressure=6)
