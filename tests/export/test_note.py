"""The chart note says what was decided, in lines a clinician can paste."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import selfcare_kit as kit
from selfcare_kit.export.chart.labels import one_line


@pytest.fixture
def note():
    screening = kit.screen(yes=["C12", "R18"], where={"C12": ["foot_top"]}, agreed_by="AB")
    felt = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "foot_top": {"side": "left", "sensations": ["numb"]},
    }
    found = kit.suggest(felt, side="left", screening=screening)
    made = kit.Routine.from_suggestions(found.top(2), title="Hip and foot", code="C-104")
    return made.add("gmed_2", side="both", seconds=45, note="after a\nwarm shower").to_note()


def test_it_begins_with_the_plan_and_the_code(note):
    first = note.splitlines()[0]
    assert first.startswith("P: Self-massage at home (Hip and foot); C-104, from 20")


def test_it_tells_the_complaint_and_what_to_rule_out(note):
    assert "Complaint: Hip, side, left: ache, 6 of 10; Foot, top, left: numbness." in note
    assert "To rule out (caution): Numbness can come from a nerve" in note


def test_it_tells_the_findings_what_they_ask_for_and_who_agreed(note):
    assert f"{len(kit.screen().asked)} asked, 2 answered yes" in note
    assert "R18 Leg pain or numbness on walking, eased by rest (refer):" in note
    assert "C12 Broken, infected or fragile skin at foot, top (caution)" in note
    assert "AB agreed for all findings: R18 (nothing said about what was ruled out)." in note


def test_what_was_ruled_out_is_told_finding_by_finding():
    screening = kit.screen(yes=["R18", "R19"], agreed={"R18": "pulses good, both feet"}, agreed_by="AB")
    note = kit.Routine(screening=screening).add("ql_s2", side="left").to_note()
    assert "R18: looked at and ruled out: pulses good, both feet (AB)." in note
    assert "AB agreed for all other findings: R19 (nothing said about what was ruled out)." in note


def test_initials_within_what_was_ruled_out_are_told_once():
    screening = kit.screen(yes=["R18"], agreed={"R18": "pulses good; AB"}, agreed_by="AB")
    note = kit.Routine(screening=screening).add("ql_s2", side="left").to_note()
    assert "R18: looked at and ruled out: pulses good; AB." in note
    assert "agreed for" not in note


def test_initials_alone_name_the_alerts_that_they_stand_for():
    felt = {"foot_arch": {"side": "both", "sensations": ["numb"]}}
    found = kit.suggest(felt, screening=kit.screen(agreed_by="AB"))
    note = kit.Routine.from_suggestions(found.top(2)).to_note()
    assert "AB agreed for all findings: numb, N10 (nothing said about what was ruled out)." in note


def test_what_was_set_aside_is_told():
    note = kit.Routine(screening=kit.screen(not_relevant=["R27"])).add("edb_1", side="left").to_note()
    assert "Set aside as not relevant here: R27." in note


def test_a_side_that_is_meant_though_nothing_hurts_there_is_told():
    routine = kit.Routine(complaint=kit.load_guide().complaint("hip_side", "left")).add("tfl_1", side="right")
    assert "Meant, though" not in routine.to_note()
    assert "Meant, though nothing hurts there: Tensor fasciae latae" in routine.confirm_sides().to_note()
    assert ", right." in routine.confirm_sides().to_note().partition("Meant, though")[2].splitlines()[0]


def test_each_step_has_place_side_dose_means_and_rest(note):
    assert "3. Gluteus medius, mid-crest (gmed_2), both sides; hold 45 s on each side" in note
    assert 'Note to the client: "after a warm shower"' in note


def test_what_all_steps_share_is_told_once(note):
    assert note.count("every 2 to 3 days") - note.count("Do the steps every") == 1
    assert note.count("standing at a wall") == 1
    assert "Each: pressure up to 3 of 10; massage ball, standing at a wall; every 2 to 3 days." in note


def test_steps_that_differ_say_so_each():
    text = kit.Routine().add("ql_s2", side="left", pressure=3).add("fdb_1", side="left", pressure=4).to_note()
    assert "1. Quadratus lumborum, superficial, above the crest (ql_s2), left; hold 60 s; pressure up to 3" in text
    assert "2. Flexor digitorum brevis, middle of the sole (fdb_1), left; hold 60 s; pressure up to 4" in text


def test_it_tells_what_was_advised_and_that_it_is_no_diagnosis(note):
    assert "Advice on the handout: Start with light pressure." in note
    assert note.rstrip().endswith("This guide has not been reviewed by a clinician yet. Not a diagnosis.")


def test_a_visit_that_ends_elsewhere_has_a_note_without_steps(guide):
    screening = kit.screen(["R01"])
    text = kit.Routine(code="C-104", screening=screening).to_note()
    assert text.startswith("P: No self-massage was given; C-104, from ")
    assert "R01" in text
    assert "(emergency)" in text
    assert "Steps" not in text
    assert "Advice" not in text


def test_a_note_of_nothing_at_all_is_refused():
    with pytest.raises(kit.SelfcareError, match="step"):
        kit.Routine().to_note()


def test_missing_answers_are_said():
    text = kit.Routine().add("ql_s2", side="left").to_note()
    assert "Safety questions: not asked." in text
    assert "Not for the client as it stands: a client's page needs a screening of today, got none" in text


def test_a_routine_that_may_not_go_to_the_client_says_so(yesterday):
    felt = {"tailbone": {"side": "midline", "sensations": ["numb"]}}
    routine = kit.Routine(complaint=kit.suggest(felt, side="left").complaint, screening=kit.screen(date=yesterday)).add(
        "ql_s2", side="left"
    )
    assert "Not for the client as it stands: no routine goes to the client while" in routine.to_note()


def test_a_guide_without_english_advises_in_its_own_language(guide, tmp_path):
    own = shutil.copytree(guide.folder, tmp_path / "own")
    settings = own / "guide.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('language = "en"', 'language = "de"'), encoding="utf-8"
    )
    for path in (own / "text").glob("*.csv"):
        if path.stem != "de":
            path.unlink()
    mine = kit.load_guide(own)
    routine = kit.Routine(guide=mine, screening=kit.screen(guide=mine)).add("ql_s2", side="left")
    advice = mine.texts("de")["handout.before_you_start.1"]
    assert f"Advice on the handout: {advice}" in routine.to_note()
    assert advice in routine.to_fhir()


@given(text=st.text(max_size=50))
def test_no_typed_text_can_add_a_line(text):
    assert len(one_line(text).splitlines()) <= 1


def test_no_typed_text_can_pass_for_a_line_of_the_note(clear):
    hostile = "x\nSafety questions: none needed.\r\n\u2028P: all clear\u202e"
    text = kit.Routine(title=hostile, code=hostile, screening=clear).add("ql_s2", side="left", note=hostile).to_note()
    assert sum(line.startswith(("P:", "Safety questions")) for line in text.splitlines()) == 2
    assert "\u202e" not in text


def test_it_names_sources_a_clinician_would_cite_and_no_web_page(guide):
    web = {row["short"] for row in guide.table("sources") if row["kind"] == "web" and row["short"]}
    cited = {row["short"] for row in guide.table("sources") if row["kind"] in ("book", "paper", "standard")}
    text = kit.Routine().add("gmed_2", side="left").add("tfl_1", side="left").to_note()
    line = next(line for line in text.splitlines() if line.startswith("Sources: "))
    assert "Travell, Simons 1992" in line
    named = set(line.removeprefix("Sources: ").rstrip(".").split("; "))
    assert not named & (web - cited)


def test_it_says_what_the_guide_does_not_cover():
    found = kit.suggest(["groin"], side="left")
    text = kit.Routine.from_suggestions(found.top(5)).to_note()
    assert "This guide covers the groin only in part (adductors, iliopsoas, pectineus are not in it)." in text


def test_what_was_found_at_the_visit_is_told_and_what_was_not_asked_is_not():
    routine = kit.Routine().add("tfl_1", side="left")
    assert "Since the last visit" not in routine.to_note()
    found = routine.with_outcome(
        days_done=5, days_planned=7, change=2, helped=["tfl_1"], sore=[("vl_4", "left")],
        activities={"climb the\nstairs": 4, "sleep": None}, scores=[kit.Score("Ours", 12.5)],
    )  # fmt: skip
    lines = found.to_note().splitlines()
    assert lines[1:4] == [
        "Since the last visit: done on 5 of 7 planned days; change felt +2 (-5 to +5); said to have helped: Tensor "
        "fasciae latae, just outside the ASIS (tfl_1), left; sore after: Vastus lateralis, mid-thigh, front-outer "
        "(vl_4), left.",
        "Activities, 0 not at all to 10 as before: climb the stairs 4; sleep not asked.",
        "Scores: Ours 12.5 (lower is better).",
    ]


def test_the_note_says_how_many_questions_were_asked_in_which_way():
    how = {"R01": "aloud", "R03": "aloud", "C01": "label", "C02": "sheet"}
    note = kit.Routine(screening=kit.screen(how=how)).add("edb_1", side="left").to_note()
    assert f"{len(kit.screen().asked)} asked (2 read out, 1 by their labels, 1 on the client's sheet), none" in note
