"""A file of another version of the guide opens: what is gone is named, what became stricter is told, nothing gets weaker."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from marks import slow_where

import selfcare_kit as kit
from selfcare_kit.cli import main
from selfcare_kit.errors import FileFormatError, ScreeningRequired, SelfcareError, UnknownIdError
from selfcare_kit.export.kinds import KINDS
from selfcare_kit.export.read import READABLE
from selfcare_kit.export.record.record import plan_from_record, routine_to_record
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.schema import tables
from selfcare_kit.planner.visit.opening import MAX_CHANGES, open_file
from selfcare_kit.planner.visit.session import Session

EARLIER = "0.9.0"
DAY = datetime.date(2026, 3, 2)


def changed(guide, *cells):
    """The guide with some cells changed: (table, id, column, value); with the value None the row is gone."""
    rows = {name: [dict(row) for row in guide.table(name)] for name in tables()}
    for table, id, column, value in cells:
        (row,) = [row for row in rows[table] if row["id"] == id]
        row[column] = value
        if value is None:
            rows[table].remove(row)
    made = Guide(guide.folder)
    made._tables = {name: tuple(each) for name, each in rows.items()}
    return made


def gone(table, *ids):
    return tuple((table, id, "id", None) for id in ids)


@pytest.fixture
def old(guide):
    """A routine of an earlier version, with a complaint and answers."""
    complaint = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "foot_top": {"side": "left", "sensations": ["numb", "ache"], "pain": None},
    }
    screening = kit.screen(
        yes=["C07", "C12"], where={"C12": ["heel", "shin"]}, agreed={"numb": "reflexes equal; AB"}, date=DAY
    )
    routine = kit.Routine(title="Hip", code="C-104", complaint=complaint, screening=screening, date=DAY)
    for point in ("gmed_2", "tfl_1", "vl_4"):
        routine = routine.add(point, side="left")
    return replace(routine, guide_version=EARLIER)


def points(routine):
    return [step.point for step in routine.steps]


def read(old, guide, values=None):
    return plan_from_record(routine_to_record(old) | (values or {}), "r.json", guide)


def told(plan):
    return " ".join(plan.hints)


# What is gone


@pytest.mark.parametrize("kind", slow_where(READABLE, ["pdf"]))
def test_a_point_that_is_gone_is_left_out_by_name_in_every_kind_of_file(kind, old, guide, tmp_path):
    today = old.with_screening(replace(old.screening, date=datetime.date.today(), agreed_by="AB"))
    path = tmp_path / f"r.{kind}"
    path.write_bytes(KINDS[kind].to_bytes(today))
    opened = kit.read_routine(path, guide=changed(guide, *gone("points", "tfl_1")))
    assert points(opened) == ["gmed_2", "vl_4"]
    assert (
        f"Left out: the step 'tfl_1' left, as version {guide.version} of the guide has no such point." in opened.hints
    )
    assert (opened.title, opened.code, opened.complaint) == (old.title, old.code, old.complaint)
    assert opened.guide_version == EARLIER


def test_a_file_opens_when_all_its_points_are_gone(old, guide):
    opened = read(old, changed(guide, *gone("points", "gmed_2", "tfl_1", "vl_4")))
    assert points(opened) == []
    for id in ("gmed_2", "tfl_1", "vl_4"):
        assert f"'{id}' left" in told(opened)
    assert opened.complaint == old.complaint


def test_a_renamed_point_is_not_guessed(old, guide):
    opened = read(old, changed(guide, ("points", "tfl_1", "id", "tfl_2")))
    assert points(opened) == ["gmed_2", "vl_4"]


def test_a_tool_and_a_position_that_are_gone_become_the_points_own(old, guide):
    fewer = changed(guide, *gone("positions", "floor_lying"))
    record = routine_to_record(old)
    record["steps"][2] |= {"tool": "foam_roller", "position": "floor_lying"}
    opened = plan_from_record(record, "r.json", fewer)
    step, own = opened.steps[2], fewer.point("vl_4")
    assert (step.tool in own.tools, step.position) == (True, own.position)
    assert "has no 'foam_roller'" in told(opened)
    assert "has no 'floor_lying'" in told(opened)


def test_an_area_of_the_complaint_that_is_gone_is_named(old, guide):
    opened = read(old, changed(guide, *gone("areas", "foot_top")))
    assert opened.complaint.area_ids == ("hip_side",)
    assert "Left out of the complaint: 'foot_top', an area that the guide does not have." in opened.hints


def test_a_complaint_of_which_nothing_is_left_is_none(old, guide):
    opened = read(old, changed(guide, *gone("areas", "foot_top", "hip_side")))
    assert opened.complaint is None
    assert "'hip_side'" in told(opened)


def test_a_renamed_area_that_keeps_its_old_name_as_a_synonym_is_the_same(old, guide):
    renamed = changed(
        guide, ("areas", "foot_top", "synonyms", "foot_top;instep"), ("areas", "foot_top", "id", "dorsum")
    )
    opened = read(old, renamed)
    assert opened.complaint.area_ids == ("hip_side", "dorsum")
    assert opened.complaint.areas[1].sensations == ("numb", "ache")


def test_two_areas_that_are_one_now_are_told(old, guide):
    joined = changed(guide, *gone("areas", "foot_top"), ("areas", "hip_side", "synonyms", "foot_top"))
    opened = read(old, joined)
    assert opened.complaint.area_ids == ("hip_side",)
    assert "Left out of the complaint: 'foot_top', which is part of" in told(opened)


def test_an_area_of_the_midline_that_has_two_sides_now_gets_none(old, guide):
    record = routine_to_record(old) | {"complaint": {"sacrum": {"side": "midline", "sensations": [], "pain": None}}}
    opened = plan_from_record(record, "r.json", changed(guide, ("areas", "sacrum", "paired", "yes")))
    assert opened.complaint is None
    assert "which has two sides now; name the side that hurts." in told(opened)


def test_a_sensation_that_is_gone_is_named(old, guide):
    record = routine_to_record(old)
    record["complaint"]["hip_side"]["sensations"] = ["ache", "itching"]
    opened = plan_from_record(record, "r.json", guide)
    assert opened.complaint.areas[0].sensations == ("ache",)
    assert "'itching', a sensation that the guide does not have." in told(opened)


# Answers


def test_an_answer_to_a_question_that_is_gone_is_named_and_all_are_asked_again(old, guide):
    opened = read(old, changed(guide, *gone("cautions", "C07")))
    assert opened.screening.yes == ("C12",)
    assert "Left out: the answer yes to 'C07', a question that the guide does not have." in opened.hints
    assert "The safety questions have to be asked again" in told(opened)
    assert opened.screening.asked == ("C12",)


def test_a_no_to_a_question_that_is_gone_is_no_loss(old, guide):
    opened = read(old, changed(guide, *gone("cautions", "C13")))
    assert "C13" not in opened.screening.asked
    assert len(opened.screening.asked) == len(old.screening.asked) - 1
    assert "asked again" not in told(opened)


def test_an_answer_keeps_the_areas_that_are_left_where_they_are_required(old, guide):
    opened = read(old, changed(guide, *gone("areas", "shin")))
    assert dict(opened.screening.where) == {"C12": ("heel",)}
    assert "the answer yes to 'C12' holds in heel only" in told(opened)
    assert opened.screening.asked == opened.screening.yes


def test_an_answer_without_any_area_left_is_lost_aloud(old, guide):
    opened = read(old, changed(guide, *gone("areas", "shin", "heel")))
    assert "C12" not in opened.screening.yes
    assert "Left out: the answer yes to 'C12', as its areas have to be named again." in opened.hints
    assert "C12" not in opened.screening.asked


def test_a_narrowed_answer_holds_everywhere_once_its_areas_are_others(guide):
    rules = guide.records.rules
    id = next(id for id, rule in rules.items() if rule.where == "optional" and len(rule.areas) > 1)
    area, *rest = rules[id].areas
    screening = kit.screen(yes=[id], where={id: [area]}, date=DAY)
    old = kit.Routine(screening=screening, guide_version=EARLIER, date=DAY)
    table = "cautions" if id.startswith("C") else "red_flags"
    opened = read(old, changed(guide, (table, id, "areas", ";".join(rest))))
    assert (opened.screening.yes, opened.screening.where) == ((id,), ())
    assert f"the answer yes to '{id}' holds in all of its areas" in told(opened)


def test_no_page_goes_out_on_answers_of_which_one_is_lost_even_on_the_same_day(old, guide):
    today = kit.screen(yes=["C07"], agreed_by="AB")
    same_day = old.with_screening(today)
    fewer = changed(guide, *gone("cautions", "C07"))
    opened = kit.Routine.of(read(same_day, fewer))
    with pytest.raises(ScreeningRequired, match="got no answer to R01"):
        opened.to_html()


def test_no_page_goes_out_on_a_complaint_of_which_a_part_is_lost(old, guide):
    same_day = old.with_screening(kit.screen(agreed_by="AB"))
    opened = kit.Routine.of(read(same_day, changed(guide, *gone("areas", "foot_top"))))
    with pytest.raises(ScreeningRequired, match="got no answer to"):
        opened.to_html()


def test_a_question_that_may_not_be_set_aside_any_more_counts_as_not_asked(guide):
    always = next(rule.id for rule in guide.records.asked_rules if rule.id.startswith("R"))
    record = routine_to_record(kit.Routine(screening=kit.screen(date=DAY), guide_version=EARLIER))
    record["screening"]["asked"].remove(always)
    record["screening"]["not_relevant"] = [always]
    opened = plan_from_record(record, "r.json", guide)
    assert always not in (*opened.screening.asked, *opened.screening.not_relevant)


# What became stricter


def test_stricter_rules_change_the_steps_and_are_told(old, guide):
    stricter = changed(
        guide,
        ("points", "gmed_2", "show_only", "yes"),
        ("points", "gmed_2", "show_only_reason", "Over an artery."),
        ("points", "tfl_1", "max_seconds", "40"),
    )
    opened = read(old, stricter)
    assert points(opened) == ["tfl_1", "vl_4"]
    assert opened.steps[0].seconds == 40
    removed, shortened = opened.changed_on_reading
    assert removed.startswith("Removed: ")
    assert removed.endswith(", mid-crest, left: Over an artery.")
    assert ", left: seconds from 60 to 40." in shortened


def test_a_guide_with_less_time_and_pressure_shortens_all_steps(old, guide):
    stricter = changed(guide)
    stricter.dose = replace(guide.dose, max_pressure=3, default_pressure=3, every_days_min=4, every_days_max=5)
    opened = read(old, stricter)
    assert {(step.pressure <= 3, step.every_days_min) for step in opened.steps} == {(True, 4)}
    assert "least days between sessions from 2 to 4" in told(opened)


def test_a_file_of_this_version_is_read_as_strictly_as_before(old, guide):
    same = replace(old, guide_version=guide.version)
    fewer = changed(guide, *gone("points", "tfl_1"))
    with pytest.raises(UnknownIdError):
        read(same, fewer)
    record = routine_to_record(same)
    record["steps"][0]["pressure"] = 7
    with pytest.raises(SelfcareError):
        plan_from_record(record, "r.json", guide)


def test_a_file_of_another_guide_is_refused_whatever_its_version(old, guide):
    with pytest.raises(FileFormatError, match="is of guide 'shoulder'"):
        read(old, guide, {"guide": "shoulder"})


@pytest.mark.parametrize(
    "damage",
    [
        {"steps": [5]},
        {"steps": [{}]},
        {"steps": [{"point": ["tfl_1"], "side": "left"}]},
        {"complaint": {"hip_side": 5}},
        {"complaint": ["hip_side"]},
        {"complaint": {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 99}}},
        {"screening": {"yes": 5}},
        {"screening": {"yes": ["C07"], "asked": [], "where": "C12", "date": "2026-03-02"}},
        {"screening": {"yes": ["C07"], "asked": ["C07"], "where": {"C07": 5}, "date": "2026-13-02"}},
        {"guide_version": ["0.9"]},
        {"left_out": ["a sentence of somebody else"], "steps": [{}]},
    ],
)
def test_damage_is_refused_in_a_sentence_in_an_old_file_too(damage, old, guide):
    with pytest.raises(SelfcareError, match=r"\.$"):
        read(old, guide, damage)


def test_no_file_can_bring_sentences_of_its_own(old, guide):
    assert "hello" not in told(read(old, guide, {"left_out": ["hello"], "missing": ["hello"]}))


# Where it is told


def test_the_shell_tells_what_is_gone(old, guide, tmp_path):
    path = tmp_path / "r.json"
    record = routine_to_record(old)
    record["steps"][1]["point"] = "tfl_9"
    path.write_text(json.dumps(record), encoding="utf-8")
    done = CliRunner().invoke(main, ["routine", "--from", str(path), "--no-clinic", "--csv", str(tmp_path / "o.csv")])
    assert done.exit_code == 0, done.output
    assert "Hint: Left out: the step 'tfl_9' left, as version" in done.stderr
    assert points(kit.read_routine(tmp_path / "o.csv")) == ["gmed_2", "vl_4"]


def test_the_planner_tells_what_is_gone_when_the_last_visit_is_opened(old, guide):
    session = Session()
    record = routine_to_record(old)
    record["steps"][1]["point"] = "tfl_9"
    message = session.begin(open_file, json.dumps(record).encode(), "r.json")
    assert "Left out: the step 'tfl_9' left" in message
    assert message.startswith("Opened a routine of 2 steps")
    assert points(session.now.routine) == ["gmed_2", "vl_4"]
    assert session.now.routine.screening is None


def test_the_planner_names_a_few_changes_and_counts_the_others(old, guide):
    record = routine_to_record(old)
    record["steps"] = [{**record["steps"][1], "point": f"tfl_{number}"} for number in range(10, 20)]
    session = Session()
    message = session.begin(open_file, json.dumps(record).encode(), "r.json")
    assert message.count("Left out") == MAX_CHANGES
    assert f"{10 - MAX_CHANGES} more changes: see the hints." in message
    assert len([hint for hint in session.now.routine.hints if hint.startswith("Left out")]) == 10
