"""The shell command says the same words as the library, and never a traceback."""

import json
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

import selfcare_kit as kit
from selfcare_kit.cli import main
from selfcare_kit.export.kinds import KINDS

COMPLAINT = ["--area", "buttock_center", "--area", "thigh_outer", "--side", "left", "--sensation", "ache"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **extra: CliRunner().invoke(main, list(arguments), **extra)


def test_who_asks_for_the_one_file_is_told_how_to_get_it(run):
    result = run("page")
    assert result.exit_code == 0
    assert "planner.html is the whole planner in one file" in result.output
    assert '"make page"' in result.output


def test_a_routine_is_written_as_handout_and_csv(run, tmp_path):
    result = run("routine", *COMPLAINT, "--none-of-these", "--html", "h.html", "--csv", "r.csv")
    assert result.exit_code == 0, result.output
    assert kit.read_routine(tmp_path / "h.html") == kit.read_routine(tmp_path / "r.csv")


@pytest.mark.slow
def test_every_kind_of_file_has_an_option_and_is_written(run, tmp_path):
    paths = {name: f"{name}{kind.ending}" for name, kind in KINDS.items()}
    asked = [part for name, path in paths.items() for part in (f"--{name}", path)]
    result = run("routine", *COMPLAINT, "--none-of-these", "--code", "C-104", *asked)
    assert result.exit_code == 0, result.output
    assert {path.name for path in tmp_path.iterdir()} == set(paths.values())
    starts = {
        "pdf": b"%PDF-",
        "ics": b"BEGIN:VCALENDAR",
        "xlsx": b"PK",
        "png": b"\x89PNG",
        "svg": b"<svg",
        "note": b"P: Self",
    }
    for name, start in starts.items():
        assert (tmp_path / paths[name]).read_bytes().startswith(start)
    assert kit.read_routine(tmp_path / paths["xlsx"]) == kit.read_routine(tmp_path / paths["html"])


@pytest.mark.parametrize("kind", ["html", "pdf", "ics"])
def test_what_goes_to_the_client_needs_the_safety_answers(run, tmp_path, kind):
    result = run("routine", *COMPLAINT, f"--{kind}", "f", "--csv", "r.csv")
    assert result.exit_code != 0
    assert f"--{kind} goes to the client and needs the safety answers (R01" in result.output
    assert list(tmp_path.iterdir()) == []


def test_an_extra_that_is_missing_is_told_in_one_line_and_nothing_is_written(run, tmp_path, monkeypatch):
    monkeypatch.setattr("selfcare_kit.export.extras.find_spec", lambda name: None)
    result = run("routine", *COMPLAINT, "--none-of-these", "--csv", "r.csv", "--pdf", "r.pdf")
    assert result.exit_code != 0
    assert 'pip install "selfcare-kit[pdf]"' in result.output
    assert list(tmp_path.iterdir()) == []


def test_without_safety_answers_nothing_is_written(run, tmp_path):
    result = run("routine", *COMPLAINT, "--html", "h.html", "--csv", "r.csv")
    assert result.exit_code != 0
    assert "needs the safety answers (R01, R02" in result.output
    assert "--none-of-these" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_cauda_equina_answer_writes_nothing_and_says_what_to_do(run, tmp_path):
    result = run("routine", *COMPLAINT, "--yes", "R01", "--html", "h.html", "--csv", "r.csv")
    assert result.exit_code != 0
    assert "R01" in result.output
    assert "cauda equina" in result.output
    assert list(tmp_path.iterdir()) == []


def test_answers_can_name_where(run, tmp_path):
    result = run("routine", *COMPLAINT, "--yes", "C12", "--where", "C12=foot_top", "--csv", "r.csv")
    assert result.exit_code == 0, result.output
    assert kit.read_routine(tmp_path / "r.csv").screening.blocked_areas == {"foot_top"}


def test_the_questions_can_be_asked_one_by_one(run, tmp_path, guide):
    answers = "n\n" * len(guide.records.asked_rules)
    result = run("routine", *COMPLAINT, "--ask", "--html", "h.html", input=answers)
    assert result.exit_code == 0, result.output
    assert kit.read_routine(tmp_path / "h.html").screening.yes == ()


def test_yes_where_and_initials_are_asked_for_and_kept(run, tmp_path, guide):
    answers = "".join("y\nnose\nfoot top, Heel\n" if rule.id == "C12" else "n\n" for rule in guide.records.asked_rules)
    run("routine", *COMPLAINT, "--ask", "--agreed-by", "AB", "--csv", "r.csv", input=answers)
    screening = kit.read_routine(tmp_path / "r.csv").screening
    assert screening.yes == ("C12",)
    assert screening.blocked_areas == {"foot_top", "heel"}
    assert screening.agreed_by == "AB"


def test_what_was_ruled_out_is_said_for_each_finding_and_kept(run, tmp_path):
    asked = ("routine", *COMPLAINT, "--yes", "R18", "--yes", "R19", "--html", "h.html")
    said = ("--agreed", "R18=pulses good, both feet; AB", "--agreed", "r19 = no fever; AB")
    refused = run(*asked, *said[:2])
    assert refused.exit_code == 1
    assert "R19" in refused.output
    assert "R18 (" not in refused.output
    assert run(*asked, *said).exit_code == 0
    screening = kit.read_routine(tmp_path / "h.html").screening
    assert screening.agreed == (("R18", "pulses good, both feet; AB"), ("R19", "no fever; AB"))
    assert screening.agreed_by == ""


@pytest.mark.parametrize("agreed", [("--agreed", "weak=power 5 of 5; AB"), ("--agreed-by", "AB")])
def test_what_is_felt_can_be_agreed_where_no_question_applies(run, tmp_path, agreed):
    felt = ("routine", "--area", "shin:right:weak", "--none-of-these", "--html", "h.html")
    assert run(*felt).exit_code == 1
    assert run(*felt, *agreed).exit_code == 0
    assert kit.read_routine(tmp_path / "h.html").screening.agreement("weak").endswith("AB")


def test_an_answer_can_be_narrowed_where_that_is_allowed(run, tmp_path, guide):
    answers = "".join("y\nheel\n" if rule.id == "C05" else "n\n" for rule in guide.records.asked_rules)
    run("routine", *COMPLAINT, "--ask", "--csv", "r.csv", input=answers)
    assert dict(kit.read_routine(tmp_path / "r.csv").screening.where) == {"C05": ("heel",)}


def test_a_guide_in_another_language_needs_no_word_of_english(run, tmp_path, guide):
    own = shutil.copytree(guide.folder, tmp_path / "own")
    settings = own / "guide.toml"
    before = settings.read_text(encoding="utf-8")
    assert before.count('language = "en"') == 1
    settings.write_text(before.replace('language = "en"', 'language = "de"'), encoding="utf-8")
    for path in (own / "text").glob("*.csv"):
        if path.stem != "de":
            path.unlink()
    result = run("routine", "--guide", str(own), *COMPLAINT, "--none-of-these", "--html", "h.html", "--ics", "h.ics")
    assert result.exit_code == 0, result.output
    assert '<html lang="de"' in (tmp_path / "h.html").read_text(encoding="utf-8")


def test_a_saved_routine_is_judged_by_the_new_answers(run, tmp_path):
    run("routine", *COMPLAINT, "--none-of-these", "--csv", "r.csv")
    result = run("routine", "--from", "r.csv", "--yes", "R01", "--html", "h.html")
    assert result.exit_code != 0
    assert "R01" in result.output
    assert not (tmp_path / "h.html").exists()


def test_an_area_can_have_its_own_side_sensation_and_pain(run, tmp_path):
    result = run(
        "routine", "--area", "hip_side:left:ache:6", "--area", "foot_top:left:numb", "--none-of-these", "--csv", "r.csv"
    )
    assert result.exit_code == 0, result.output
    complaint = kit.read_routine(tmp_path / "r.csv").complaint.to_dict()
    assert complaint["hip_side"]["pain"] == 6
    assert complaint["foot_top"]["sensations"] == ["numb"]
    assert "! caution" in result.output


def test_what_a_complaint_asks_to_rule_out_is_told_with_the_guides_own_sequence_and_a_saved_routine(run):
    felt = ("--area", "foot_top:right:numb")
    made = run("routine", "--template", *felt, "--none-of-these", "--csv", "r.csv")
    assert made.exit_code == 0, made.output
    told = [line for line in made.output.splitlines() if line.startswith("! ")]
    assert told
    again = run("routine", "--from", "r.csv", "--none-of-these", "--html", "h.html")
    assert [line for line in again.output.splitlines() if line.startswith("! ")] == told
    suggested = run("routine", *felt, "--none-of-these")
    assert [line for line in suggested.output.splitlines() if line.startswith("! ")] == told


def test_the_guides_own_sequence_gives_a_numb_foot_no_firm_tool_and_says_so(run, tmp_path):
    felt = ("--area", "foot_top:right:numb", "--none-of-these")
    result = run("routine", "--template", *felt, "--csv", "r.csv")
    assert "Because of the sensations: Removed: Flexor digitorum brevis" in result.output
    assert "fdb_1" not in {step.point for step in kit.read_routine(tmp_path / "r.csv").steps}


def test_an_answer_that_speaks_against_the_guides_own_sequence_is_refused(run):
    result = run("routine", "--template", "--side", "left", "--yes", "C04", "--csv", "r.csv")
    assert result.exit_code != 0
    assert "use another tool" in result.output


def test_an_alert_is_told_even_where_the_answers_refuse_every_point(run):
    result = run("routine", "--area", "foot_top:right:numb", "--yes", "R01")
    assert result.exit_code != 0
    assert "! caution: " in result.output


def test_the_guides_own_sequence_is_for_the_side_of_the_complaint(run, tmp_path):
    felt = ("--template", "--area", "foot_top:right:numb")
    run("routine", *felt, "--csv", "right.csv")
    assert {step.side for step in kit.read_routine(tmp_path / "right.csv").steps} == {"right"}
    run("routine", *felt, "--side", "both", "--csv", "both.csv")
    assert {step.side for step in kit.read_routine(tmp_path / "both.csv").steps} == {"both"}
    run("routine", *felt, "--area", "sacrum:midline", "--area", "heel:left", "--csv", "own.csv")
    sides = {step.point: step.side for step in kit.read_routine(tmp_path / "own.csv").steps}
    # What the heel's side says of the calf, the numb foot's says, too.
    assert (sides["edb_1"], sides["gas_1"]) == ("right", "both")


def test_a_place_on_the_midline_needs_no_side(run, tmp_path):
    result = run("routine", "--area", "sacrum", "--csv", "r.csv")
    assert result.exit_code == 0, result.output
    assert kit.read_routine(tmp_path / "r.csv").complaint.areas[0].side == "midline"


def test_a_dash_writes_a_file_to_the_standard_output_and_nothing_else_does(run, tmp_path):
    result = run("routine", *COMPLAINT, "--none-of-these", "--json", "-", "--csv", "r.csv")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout[: result.stdout.rindex("}") + 1])["steps"]
    assert "Wrote r.csv" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]


def test_a_leaflet_is_written_to_the_standard_output_for_a_dash(run, tmp_path):
    result = run("leaflet", "--out", "-")
    assert result.stdout.rstrip().endswith("</html>")
    assert list(tmp_path.iterdir()) == []


def test_a_dash_for_two_kinds_of_file_is_refused(run):
    assert "- is named for two kinds of file" in run("routine", *COMPLAINT, "--json", "-", "--csv", "-").output


def test_a_saved_routine_can_be_written_again_after_new_answers(run, tmp_path):
    run("routine", *COMPLAINT, "--none-of-these", "--csv", "r.csv")
    result = run("routine", "--from", "r.csv", "--none-of-these", "--html", "h.html")
    assert result.exit_code == 0, result.output
    assert kit.read_routine(tmp_path / "h.html").steps == kit.read_routine(tmp_path / "r.csv").steps


def test_a_record_of_a_file_whose_code_is_the_clients_name_is_not_written(run, tmp_path):
    run("routine", *COMPLAINT, "--none-of-these", "--code", "DTEST-3", "--csv", "r.csv")
    result = run("routine", "--from", "r.csv", "--client", "Bo D'Test", "--json", "r.json")
    assert "got a word of it there, too; take it out there." in result.output
    assert not (tmp_path / "r.json").exists()


def test_a_dose_for_all_steps_is_taken_as_far_as_it_may_be(run, tmp_path):
    dose = ["--pressure", "6", "--seconds", "30", "--every-days-min", "3", "--every-days-max", "4"]
    result = run("routine", *COMPLAINT, "--yes", "C01", "--agreed-by", "AB", *dose, "--csv", "r.csv")
    assert result.exit_code == 0, result.output
    steps = kit.read_routine(tmp_path / "r.csv").steps
    assert {(step.pressure, step.seconds, step.every_days_min, step.every_days_max) for step in steps} == {
        (3, 30, 3, 4)
    }
    assert "Hint: piri_1 left: pressure is 3, not 6, as pressure 6 is above 3, the most C01 (" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["routine", *COMPLAINT, "--pressure", "9"], "pressure must be a whole number from 1 to 7, got 9"),
        (["routine", "--area", "nose", "--none-of-these"], "area must be one of low_back"),
        (["routine", "--none-of-these"], "Say where it hurts with --area"),
        (["routine", "--area", "hip_side"], "the side of hip_side must be left, right or both, got none"),
        (["routine", "--template", "--area", "hip_side"], "the side of hip_side must be left, right or both, got none"),
        (["routine", "--template", "--sensation", "weak"], "--sensation must be of an area, got 'weak' without one"),
        (["routine", "--from", "r.csv", "--sensation", "weak"], "got 'weak' without one; name where with --area."),
        (["routine", "--from", "r.csv", "--side", "right"], "leave out --side, or move them with --on-side."),
        (["routine", *COMPLAINT, "--where", "C12=heel"], "--where is about an answer; name it with --yes"),
        (["routine", *COMPLAINT, "--csv", "x.csv", "--json", "x.csv"], "x.csv is named for two kinds of file"),
        (["routine", *COMPLAINT, "--client", "Ada Test", "--title", "Ada Test's hip"], "must stand in --client only"),
        (
            ["routine", *COMPLAINT, "--client", "Ada Test", "--code", "Test-2"],
            "got a word of it there, too; take it out",
        ),
        (
            ["routine", *COMPLAINT, "--client", "Bo D'Test", "--code", "DTEST-3"],
            "got a word of it there, too; take it out",
        ),
        (["routine", *COMPLAINT, "--client", "Bo DʼTest", "--title", "Bo DTest"], "must stand in --client only"),
        (
            ["routine", *COMPLAINT, "--client", "Ada Test", "--ask", "--agreed-by", "Ada Test"],
            "as --agreed-by gets into",
        ),
        (
            ["routine", *COMPLAINT, "--client", "Ada Test", "--ask", "--agreed", "R18=Test, Ada has good pulses"],
            "as --agreed gets into records, got it there, too",
        ),
        (
            ["routine", *COMPLAINT, "--yes", "R18", "--agreed", "AB"],
            "--agreed must look like R18=pulses good; AB, got 'AB'",
        ),
        (
            ["routine", *COMPLAINT, "--yes", "R18", "--agreed", "R18=no"],
            "what was ruled out for R18 must be a few words",
        ),
        (["routine", *COMPLAINT, "--yes", "R18", "--agreed", "X=AB"], "a safety answer must be one of R01"),
        (
            ["routine", *COMPLAINT, "--yes", "R18", "--agreed", "R18=a; AB", "--agreed", "R18=b; AB"],
            "--agreed must name each finding once, got 'R18' twice",
        ),
        (
            ["routine", *COMPLAINT, "--agreed", "R18=a; AB"],
            "--agreed is about an answer or a sensation; name the answers",
        ),
        (["routine", *COMPLAINT, "--agreed-by", "AB"], "--agreed-by is about an answer or a sensation"),
        (["routine", *COMPLAINT, "--on-side", "midline"], "'midline' is not one of 'left', 'right', 'both'"),
        (["routine", *COMPLAINT, "--count", "0"], "0 is not in the range 1<=x<=50"),
        (["routine", *COMPLAINT, "--yes", "R99"], "a safety answer must be one of R01"),
        (["routine", *COMPLAINT, "--sensation", "sore", "--none-of-these"], "sensation must be one of ache"),
        (["routine", *COMPLAINT, "--none-of-these", "--yes", "R01"], "Use one of --none-of-these"),
        (["figure", "--view", "top", "--out", "f.svg"], "view must be one of"),
        (["figure", "--mark", "nose_1", "--out", "f.svg"], "got 'nose_1'"),
        (["figure", "--out", "f.bmp"], "--out must end in .svg, .png, .pdf"),
        (["check", "nowhere"], "a guide is a folder with guide.toml"),
        (["points", "--guide", "nowhere"], "a guide is a folder with guide.toml"),
        (["routine", *COMPLAINT, "--none-of-these", "--csv", "no/where.csv"], "must lie in a folder that exists"),
        (["routine", "--from", "none.csv", "--none-of-these"], "a routine is read from a file"),
        (
            ["routine", "--area", "foot_top:left:numb", "--area", "top of the foot:right:numb", "--none-of-these"],
            "each area is named once, got foot_top twice; write foot_top:both",
        ),
        (
            ["routine", "--template", "--area", "tailbone:midline:numb", "--none-of-these", "--html", "h.html"],
            "safety answers say emergency",
        ),
        (["routine", "--area", "groin:left:ache:99", "--none-of-these"], "--area must look like"),
        (["app", "--port", "0"], "'--port'"),
        (
            ["batch", "none.csv", "--out", "out"],
            "a batch is read from a CSV file or an .xlsx workbook, got 'none.csv', which is no file",
        ),
        (["batch", "none.csv"], "Missing option '--out'"),
        (["batch", "none.csv", "--out", "out", "--guide", "nowhere"], "a guide is a folder with guide.toml"),
    ],
)
def test_an_error_is_one_line_without_a_traceback(run, tmp_path, arguments, message):
    result = run(*arguments)
    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_figure_of_marks_is_drawn_from_where_they_are_seen_best(run):
    assert "Left side" in run("figure", "--mark", "vl_3", "--out", "-").output
    assert "Back" in run("figure", "--mark", "vl_3", "--mark", "piri_1", "--refer", "piri_1", "--out", "-").output
    assert "Back" in run("figure", "--out", "-").output


def test_figure_and_leaflet_are_written(run, tmp_path):
    assert run("figure", "--view", "back", "--mark", "piri_1", "--out", "f.svg").exit_code == 0
    assert 'data-point="piri_1"' in (tmp_path / "f.svg").read_text()
    assert run("leaflet", "--out", "l.html").exit_code == 0
    assert "<html" in (tmp_path / "l.html").read_text()


def test_points_and_areas_are_listed(run, guide):
    listed = run("points").output
    assert all(id in listed for id in guide.point_values)
    assert "(show only)" in listed
    assert run("areas").output.count("\n") == 33
    assert "ql_s2" in run("points", "--area", "low_back").output


def test_check_passes_the_built_in_guide(run, guide):
    result = run("check", str(guide.folder))
    assert result.exit_code == 0, result.output
    assert "No problems" in result.output


def test_python_m_is_the_same_command():
    result = subprocess.run([sys.executable, "-m", "selfcare_kit", "areas"], capture_output=True, text=True, check=True)
    assert "thigh_outer" in result.stdout


CLINIC = 'name = "Hillside"\nemergency_number = "112"\n'


def test_the_clinics_file_is_named_or_found_in_the_folder_or_left_out(run, tmp_path):
    made = ["routine", *COMPLAINT, "--none-of-these", "--html", "h.html"]
    (tmp_path / "other.toml").write_text(CLINIC, encoding="utf-8")
    assert run(*made, "--clinic", "other.toml").exit_code == 0
    assert "Hillside" in (tmp_path / "h.html").read_text(encoding="utf-8")
    run(*made)
    assert "Hillside" not in (tmp_path / "h.html").read_text(encoding="utf-8")
    (tmp_path / "clinic.toml").write_text(CLINIC, encoding="utf-8")
    result = run(*made)
    assert "Clinic settings from clinic.toml" in result.output
    assert "Hillside" in (tmp_path / "h.html").read_text(encoding="utf-8")
    run(*made, "--no-clinic")
    assert "Hillside" not in (tmp_path / "h.html").read_text(encoding="utf-8")
    assert run("leaflet", "--out", "l.html").exit_code == 0
    assert "Hillside" in (tmp_path / "l.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_letters_without_a_font_are_told_in_one_sentence(run):
    result = run("routine", *COMPLAINT, "--none-of-these", "--title", "Hip \U0010abcd", "--pdf", "h.pdf")
    assert result.exit_code == 0, result.output
    (told,) = [line for line in result.stderr.splitlines() if "boxes" in line]
    assert told == (
        "! the PDF has boxes in place of U+10ABCD, for which there is no font on this computer; install one that has them, "
        "such as one of the Noto fonts, and write it again."
    )


def test_a_clinics_settings_to_begin_with_are_written_and_can_be_used(run, tmp_path):
    result = run("clinic", "--out", "clinic.toml")
    assert result.exit_code == 0, result.output
    assert result.output == "Wrote clinic.toml; open it and enter your own data.\n"
    assert kit.read_clinic(tmp_path / "clinic.toml").name == "Hillside Clinic"
    assert run("clinic", "--out", "other.toml").exit_code == 0
    assert (tmp_path / "other.toml").read_bytes() == (tmp_path / "clinic.toml").read_bytes()


@pytest.mark.parametrize(
    "command", [["clinic", "--out", "clinic.toml"], ["batch", "--example", "clients.csv"]], ids=["clinic", "batch"]
)
@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_no_example_is_written_over_what_is_there(run, tmp_path, command, kind):
    path = tmp_path / command[-1]
    if kind == "file":
        path.write_text("mine")
    elif kind == "link":
        path.symlink_to(tmp_path / "nowhere")
    else:
        path.mkdir()
    result = run(*command)
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert (
        kind == "folder"
        or f"'{path.name}' is there already, and is left as it is; choose another name." in result.output
    )
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert kind != "file" or path.read_text() == "mine"


def test_a_wrong_clinics_file_is_one_line_and_writes_nothing(run, tmp_path):
    (tmp_path / "clinic.toml").write_text("emergency = 112", encoding="utf-8")
    result = run("routine", *COMPLAINT, "--none-of-these", "--html", "h.html")
    assert result.exit_code != 0
    assert "Error: clinic.toml: the clinic's file may hold name" in result.output
    assert not (tmp_path / "h.html").exists()


def test_a_draft_by_a_machine_is_told_to_the_clinician_and_not_to_the_client(run, tmp_path):
    result = run(
        "routine", *COMPLAINT, "--none-of-these", "--html", "h.html", "--language", "es", "--variant", "detailed"
    )
    assert result.exit_code == 0, result.output
    assert "! Español (es) was drafted by a machine and nobody has reviewed it yet" in result.output
    page = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert 'lang="es"' in page
    assert "machine" not in page
    assert "drafted by a machine" in run("leaflet", "--out", "l.html", "--language", "fr").output
    assert "drafted" not in run("leaflet", "--out", "l.html").output


def test_search_finds_by_a_word_and_says_when_nothing_is_called_so(run):
    found = run("search", "TFL")
    assert found.output.splitlines()[0].split()[:2] == ["point", "tfl_1"]
    assert "no diagnosis" in run("search", "plantar", "fasciitis").output
    assert run("search", "soleus", "--limit", "1").output.count("\n") == 1
    nothing = run("search", "xyzzy")
    assert nothing.exit_code == 1
    assert "Nothing in this guide is called 'xyzzy'" in nothing.output


def test_search_says_first_what_it_understood_when_the_words_are_more_than_a_name(run):
    lines = run("search", "hip", "side", "l", "ache", "6").output.splitlines()
    assert lines[0] == "Understood: Hip, side; left; ache; pain 6"
    assert lines[1].split()[:2] == ["area", "hip_side"]
    unclear = run("search", "ankle", "tingling", "right", "--limit", "2").output.splitlines()
    assert unclear[0] == "Understood: which one is not clear; right; tingling"
    assert [line.split()[0] for line in unclear[1:]] == ["area", "area"]


def test_search_prints_a_name_as_ever_even_where_it_holds_a_sensation(run):
    for word in ("numb foot", "weak ankle", "heel pain", "sol 3", "toe cramp", "GB 30", "hip"):
        assert run("search", word).output.splitlines() == [str(match) for match in kit.search(word)]


def test_search_fails_where_a_sentence_names_nothing(run):
    nothing = run("search", "burning", "l")
    assert nothing.exit_code == 1
    assert nothing.output.startswith("Understood: left; burning\nNothing in this guide is called 'burning l'")


def test_what_the_guide_does_not_cover_is_said_beside_the_routine(run):
    result = run("routine", "--area", "groin", "--side", "left")
    assert "This guide covers the groin only in part" in result.output
    assert run("routine", "--area", "knee_inner", "--side", "left").exit_code != 0
