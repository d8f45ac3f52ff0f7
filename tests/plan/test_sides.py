"""Thirteen ways led to a page for the wrong side, in Python, shell, batch and files: none does any more.

Those through the planner are in `widgets/test_sides.py`.
"""

import csv
import datetime
import io
from dataclasses import replace

import pytest
from click.testing import CliRunner

import selfcare_kit as kit
from selfcare_kit.cli import main
from selfcare_kit.errors import BlockedError, InvalidValueError
from selfcare_kit.plan.templates import sided_template, sides_by_default

TODAY = datetime.date.today().isoformat()
LEFT_HIP = {"hip_side": {"side": "left", "sensations": ["ache"]}}
RIGHT_HIP = {"hip_side": {"side": "right", "sensations": ["ache"]}}
HIP_AND_FOOT = {"hip_side": {"side": "left"}, "foot_top": {"side": "right"}}


def sides(routine):
    return {step.point: step.side for step in routine.steps}


def keys(routine):
    return [each.key for each in routine.side_conflicts]


def empty(areas, screening=None):
    return kit.Routine(complaint=kit.load_guide().complaint(areas), screening=screening or kit.screen(), code="C-104")


@pytest.fixture
def left_hip(clear):
    made = kit.Routine(title="Hip", code="C-104", screening=clear, complaint=kit.load_guide().complaint(LEFT_HIP))
    for point in ("tfl_1", "vl_4", "ql_s2"):
        made = made.add(point)
    return made


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["routine", *arguments])


@pytest.fixture
def batch(tmp_path):
    """Run a batch of rows; those that say nothing else were asked everything today."""

    def run_batch(*rows, kinds=("html", "csv")):
        asked = [{"none_of_these": "yes", "asked_on": TODAY, **row} for row in rows]
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list({name: None for row in asked for name in row}), restval="")
        writer.writeheader()
        writer.writerows(asked)
        (tmp_path / "clients.csv").write_text(out.getvalue(), encoding="utf-8")
        return kit.batch(tmp_path / "clients.csv", tmp_path / "out", kinds=kinds)

    return run_batch


# 6: Python


def test_another_complaint_leaves_the_steps_and_tells_each_conflict(left_hip, guide):
    moved = replace(left_hip, complaint=guide.complaint(RIGHT_HIP))
    assert keys(moved) == [f"{step.point} left" for step in left_hip.steps]
    with pytest.raises(BlockedError, match="tfl_1, vl_4 and ql_s2 are worked on the left side, and what they can expl"):
        moved.to_html()
    assert sides(moved.on_side()) == dict.fromkeys(sides(left_hip), "right")


def test_a_step_added_or_changed_to_the_other_side_is_told(left_hip):
    assert keys(left_hip.add("gmin_a", side="right")) == ["gmin_a right"]
    assert keys(left_hip.change("tfl_1", side="right")) == ["tfl_1 right"]
    assert keys(left_hip.change("tfl_1", side="both")) == ["tfl_1 right"]
    assert str(left_hip.add("gmin_a", side="right").side_conflicts[0]) == (
        "gmin_a is worked on the right side, and what it can explain hurts on the left"
    )


def test_many_conflicts_make_one_sentence_that_names_the_first(guide):
    made = replace(kit.template(side="left"), complaint=guide.complaint(RIGHT_HIP), screening=kit.screen())
    with pytest.raises(BlockedError, match="gmed_2, piri_1, tfl_1, vl_4 and 6 others are worked on the left side"):
        made.to_ics()


def test_moving_shares_the_time_of_a_place_out(guide):
    here = empty(LEFT_HIP).add("gmed_2", side="left", seconds=60).add("gmin_a", side="left", seconds=60)
    crowded = here.add("gmed_1", side="right", seconds=120)
    moved = replace(crowded, complaint=guide.complaint(RIGHT_HIP)).on_side()
    assert sides(moved) == {"gmed_2": "right", "gmin_a": "right", "gmed_1": "right"}
    assert moved.side_conflicts == ()


# What was confirmed


def test_what_was_confirmed_is_kept_in_every_file_that_can_be_opened(left_hip, tmp_path):
    meant = left_hip.add("gmin_a", side="right").confirm_sides()
    for kind in ("html", "csv", "json", "xlsx"):
        path = tmp_path / f"r.{kind}"
        getattr(meant, f"to_{kind}")(path)
        opened = kit.read_routine(path)
        assert opened.sides_confirmed == ("gmin_a right",)
        assert [each.key for each in opened.sides_meant] == ["gmin_a right"]


def test_what_was_confirmed_lapses_with_its_conflict(left_hip, guide):
    meant = left_hip.change("tfl_1", side="right").confirm_sides()
    assert meant.sides_confirmed == ("tfl_1 right",)
    for other in (
        replace(meant, complaint=guide.complaint(RIGHT_HIP)),
        meant.change("tfl_1", side="left"),
        meant.remove("tfl_1"),
    ):
        assert other.sides_confirmed == ()
    back = replace(replace(meant, complaint=guide.complaint(RIGHT_HIP)), complaint=meant.complaint)
    assert "tfl_1 right" in keys(back)


def test_confirming_does_not_cover_what_comes_later(left_hip):
    meant = left_hip.change("tfl_1", side="right").confirm_sides()
    assert keys(meant.add("gmin_a", side="right")) == ["gmin_a right"]
    assert keys(meant.change("vl_4", side="both")) == ["vl_4 right"]


# 7, 8 and 13: where nobody says a side


@pytest.mark.parametrize(
    ("areas", "point", "side"),
    [
        (RIGHT_HIP, "gmed_2", "right"),
        (RIGHT_HIP, "qp_1", "right"),
        ({"sacrum": {"side": "midline"}}, "piri_1", "both"),
        ({"sacrum": {"side": "midline"}}, "qp_1", "both"),
        ({"hip_side": {"side": "both"}}, "gmed_2", "both"),
        ({"sacrum": {"side": "midline"}, "hip_side": {"side": "right"}}, "gmed_2", "right"),
        (HIP_AND_FOOT, "gmed_2", "left"),
        (HIP_AND_FOOT, "edb_1", "right"),
    ],
)
def test_add_without_a_side_takes_that_of_what_hurts(areas, point, side):
    made = empty(areas).add(point)
    assert sides(made) == {point: side}
    assert made.side_conflicts == ()


def test_add_without_a_side_asks_where_the_complaint_does_not_say_it():
    for routine in (empty(HIP_AND_FOOT), kit.Routine()):
        with pytest.raises(
            InvalidValueError, match=r"the side of qp_1 must be left, right or both, got none; say which"
        ):
            routine.add("qp_1")


def test_suggest_without_a_side_asks_for_it(clear):
    for areas in ("hip_side", ["hip_side", "foot_top"], {"hip_side": {"pain": 4}}):
        with pytest.raises(
            InvalidValueError, match="the side of 'hip_side' must be left, right, both or midline, got none"
        ):
            kit.suggest(areas, screening=clear)
    assert {each.side for each in kit.suggest("hip_side", "right", screening=clear)} == {"right"}


def test_a_left_hip_and_a_right_numb_foot_are_worked_on_both_sides_and_it_is_said(clear):
    numb = {"hip_side": {"side": "left"}, "foot_top": {"side": "right", "sensations": ["numb"]}}
    made = kit.Routine.from_suggestions(kit.suggest(numb, screening=clear).top(5), code="C-104")
    assert "both" in sides(made).values()
    assert made.side_conflicts == ()
    (told,) = [hint for hint in made.hints if "Both sides" in hint]
    on_both = list(sides(made).values()).count("both")
    assert told.startswith("Both sides are worked, as not all that hurts is on one side; of the steps, ")
    assert told.endswith(f"{on_both} on both sides.")
    assert told in made.to_note()
    mixed = empty(HIP_AND_FOOT).add("gmed_2").add("edb_1")
    assert any("1 on the left, 1 on the right" in hint for hint in mixed.hints)


def test_what_hurts_on_one_side_needs_no_such_hint(left_hip):
    for made in (left_hip, empty({"hip_side": {"side": "both"}}).add("gmed_2")):
        assert not [hint for hint in made.hints if "Both sides" in hint]


# 9: a saved page for another side, in the shell

NOW_RIGHT = ("--from", "left.html", "--area", "hip_side", "--side", "right", "--none-of-these")


@pytest.fixture
def saved(left_hip, tmp_path):
    left_hip.to_html(tmp_path / "left.html")
    return left_hip


@pytest.mark.parametrize("kind", ["html", "pdf", "ics"])
def test_the_shell_writes_nothing_and_says_what_to_do(saved, run, tmp_path, kind):
    result = run(*NOW_RIGHT, f"--{kind}", "x", "--csv", "r.csv")
    assert result.exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["left.html"]
    (said,) = result.output.splitlines()
    assert said == (
        f"Error: --{kind} goes to the client and needs its steps on the side that hurts, got: tfl_1, vl_4 and ql_s2 are "
        "worked on the left side, and what they can explain hurts on the right; move the steps with --on-side "
        "where-it-hurts, or say with --confirm-sides that they are meant."
    )


def test_the_shell_moves_the_steps_to_where_it_hurts(saved, run, tmp_path):
    result = run(*NOW_RIGHT, "--on-side", "where-it-hurts", "--html", "x.html")
    assert result.exit_code == 0, result.output
    assert sides(kit.read_routine(tmp_path / "x.html")) == dict.fromkeys(sides(saved), "right")


def test_the_shell_takes_the_word_of_whoever_means_it(saved, run, tmp_path):
    result = run(*NOW_RIGHT, "--confirm-sides", "--html", "x.html", "--note", "n.txt")
    assert result.exit_code == 0, result.output
    opened = kit.read_routine(tmp_path / "x.html")
    assert sides(opened) == sides(saved)
    assert opened.sides_confirmed == ("tfl_1 left", "vl_4 left", "ql_s2 left")
    assert "Meant, though nothing hurts there: Tensor fasciae latae" in (tmp_path / "n.txt").read_text(encoding="utf-8")


def test_what_was_confirmed_in_a_file_does_not_stand_for_another_complaint(saved, run, tmp_path):
    run(*NOW_RIGHT, "--on-side", "left", "--confirm-sides", "--html", "meant.html")
    assert run("--from", "meant.html", "--none-of-these", "--html", "again.html").exit_code == 0
    run("--from", "meant.html", "--area", "hip_side:left", "--none-of-these", "--html", "left2.html")
    result = run("--from", "left2.html", "--area", "hip_side:right", "--none-of-these", "--html", "x.html")
    assert result.exit_code == 1
    assert not (tmp_path / "x.html").exists()


def test_a_record_alone_is_written_and_the_shell_says_what_it_is_not(saved, run, tmp_path):
    result = run(*NOW_RIGHT, "--csv", "r.csv")
    assert result.exit_code == 0
    assert "! No page for the client as it stands: tfl_1, vl_4 and ql_s2 are worked on the left side" in result.output
    assert keys(kit.read_routine(tmp_path / "r.csv")) == ["tfl_1 left", "vl_4 left", "ql_s2 left"]


def test_all_steps_move_to_a_side_that_is_named(saved, run, tmp_path):
    run("--from", "left.html", "--on-side", "both", "--none-of-these", "--csv", "r.csv")
    assert set(sides(kit.read_routine(tmp_path / "r.csv")).values()) == {"both"}


def test_where_it_hurts_has_to_be_known(run, tmp_path):
    kit.Routine().add("tfl_1", side="left").to_csv(tmp_path / "r.csv")
    result = run("--from", "r.csv", "--on-side", "where-it-hurts", "--csv", "x.csv")
    assert result.exit_code != 0
    assert "--on-side where-it-hurts needs to know where it hurts; name it with --area." in result.output


# 10 and 11: the guide's own sequence


def test_a_template_takes_the_side_of_what_each_step_can_explain(guide):
    one = sided_template(guide.complaint(LEFT_HIP), guide=guide)
    assert set(sides(one).values()) == {"left"}
    two = sides(sided_template(guide.complaint(HIP_AND_FOOT), guide=guide))
    assert {two[point] for point in ("gmed_2", "tfl_1", "vl_4", "ql_s2")} == {"left"}
    assert (two["edb_1"], two["gas_1"]) == ("right", "both")
    assert set(sides(sided_template(None, guide=guide)).values()) == {"both"}
    assert set(sides(sided_template(guide.complaint(LEFT_HIP), "right", guide=guide)).values()) == {"right"}


def test_both_sides_that_nobody_spoke_of_are_told(guide):
    def told(areas):
        complaint = guide.complaint(areas)
        return sides_by_default(sided_template(complaint, guide=guide).adapted_to(None, complaint=complaint))

    assert told(LEFT_HIP) == told({"hip_side": {"side": "both"}}) == ""
    assert told({"sacrum": {"side": "midline"}}) == "All steps are on both sides, as nothing that hurts says which."
    assert told(HIP_AND_FOOT).startswith("On both sides, as nothing that hurts says which: ")
    assert "; Gastrocnemius, medial head, mid; " in told(HIP_AND_FOOT)
    assert "Gluteus medius" not in told(HIP_AND_FOOT)


def test_a_template_for_the_other_side_writes_nothing_in_the_shell(run, tmp_path):
    felt = ("--template", "--area", "hip_side:left", "--none-of-these", "--html", "x.html")
    result = run(*felt, "--side", "right")
    assert result.exit_code == 1
    assert "gmed_2, piri_1, tfl_1, vl_4 and 6 others are worked on the right side" in result.output
    assert list(tmp_path.iterdir()) == []
    assert run(*felt).exit_code == 0
    assert set(sides(kit.read_routine(tmp_path / "x.html")).values()) == {"left"}


def test_a_template_for_the_sacrum_alone_says_that_it_works_both_sides(run):
    felt = ("--template", "--area", "sacrum", "--none-of-these", "--html", "x.html")
    told = "All steps are on both sides, as nothing that hurts says which. --side or --on-side gives another."
    assert told in run(*felt).output
    assert told in run("--template").output
    for chosen in (("--side", "left"), ("--on-side", "left"), ("--side", "both")):
        assert "on both sides" not in run(*felt, *chosen).output


def test_a_template_for_the_other_side_fails_its_row(batch, tmp_path):
    row = {"code": "C-1", "areas": "hip_side:left", "side": "right", "template": "yes"}
    (made,) = batch(row)
    assert made.result == "failed"
    assert made.reason == (
        'the steps must lie on the side that hurts, got: "Gluteus medius, mid-crest", "Piriformis, outer third of its line", "Tensor fasciae latae, just outside the ASIS", "Vastus lateralis, mid-thigh, front-outer" and 6 others are worked on the right '
        "side, and what they can explain hurts on the left; correct side and areas, or write yes as confirm_sides when "
        "it is meant."
    )
    assert not list((tmp_path / "out").glob("*C-1*"))


def test_a_row_whose_sides_are_confirmed_is_made_and_keeps_that(batch, tmp_path):
    row = {"code": "C-1", "areas": "hip_side:left", "side": "right", "template": "yes", "confirm_sides": "yes"}
    (made,) = batch(row)
    assert (made.result, made.reason) == ("made", "")
    opened = kit.read_routine(tmp_path / "out" / f"handout_C-1_{TODAY}.html")
    assert set(sides(opened).values()) == {"right"}
    assert "gmed_2 right" in opened.sides_confirmed


def test_a_row_takes_the_sides_of_its_areas_and_tells_what_it_does_on_both(batch, tmp_path):
    one, two, sacrum, fine = batch(
        {"code": "C-1", "areas": "hip_side:left", "template": "yes"},
        {"code": "C-2", "areas": "hip_side:left;foot_top:right", "template": "yes"},
        {"code": "C-3", "areas": "sacrum", "template": "yes"},
        {"code": "C-4", "areas": "hip_side:left"},
    )
    made = [sides(kit.read_routine(tmp_path / "out" / f"routine_C-{number}_{TODAY}.csv")) for number in (1, 2, 3)]
    assert set(made[0].values()) == {"left"}
    assert (made[1]["gmed_2"], made[1]["edb_1"], made[1]["gas_1"]) == ("left", "right", "both")
    assert one.reason == fine.reason == ""
    assert two.reason.startswith("On both sides, as nothing that hurts says which: ")
    assert sacrum.reason == "All steps are on both sides, as nothing that hurts says which."


def test_a_row_for_records_only_is_made_and_says_what_it_is_not(batch):
    (made,) = batch({"code": "C-1", "areas": "hip_side:left", "side": "right", "template": "yes"}, kinds=("csv",))
    assert made.result == "made"
    assert made.reason.startswith('No page for the client as it stands: "Gluteus medius, mid-crest", ')


def test_confirm_sides_must_be_yes_no_or_empty(batch):
    (made,) = batch({"code": "C-1", "areas": "hip_side:left", "confirm_sides": "left"})
    assert made.reason == "confirm_sides must be yes, no or empty, got 'left'; correct it."


# 12: a table whose side was edited


def test_a_table_whose_side_was_edited_goes_to_no_client_without_a_word(left_hip, tmp_path, run):
    path = left_hip.to_csv(tmp_path / "r.csv")
    text = path.read_text(encoding="utf-8-sig")
    assert text.count(",left,") == 3
    path.write_text(text.replace(",left,", ",right,", 1), encoding="utf-8")
    edited = kit.read_routine(path)
    assert keys(edited) == ["tfl_1 right"]
    result = run("--from", "r.csv", "--none-of-these", "--html", "x.html")
    assert result.exit_code == 1
    assert "tfl_1 is worked on the right side, and what it can explain hurts on the left" in result.output
    result = run("--from", "r.csv", "--none-of-these", "--on-side", "where-it-hurts", "--html", "x.html")
    assert sides(kit.read_routine(tmp_path / "x.html")) == sides(left_hip)


# Midline and both


def test_the_midline_is_in_conflict_with_nothing_and_both_with_neither_side():
    for areas in ({"sacrum": {"side": "midline"}}, {"hip_side": {"side": "both"}}):
        for side in ("left", "right", "both"):
            assert empty(areas).add("gmed_2", side=side).side_conflicts == ()
    beside = {"sacrum": {"side": "midline"}, "hip_side": {"side": "left"}}
    assert keys(empty(beside).add("gmed_2", side="both")) == ["gmed_2 right"]
    assert empty(beside).add("piri_1", side="both").side_conflicts == ()
