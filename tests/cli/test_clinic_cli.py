"""The shell shows, asks for and keeps a clinic's settings, and uses what they say of the pages."""

import pytest
from click.testing import CliRunner

import selfcare_kit as kit
from selfcare_kit.cli import main
from selfcare_kit.guide.scaffold.example import example_answers

ROUTINE = ["routine", "--area", "hip_side", "--side", "left", "--none-of-these"]
# In the order of the questions: name, contact, phone, emergency and urgent number, footer, paper, language, variant.
ANSWERS = ["Hill", "1 Hill Road | hill.example", "", "112", "", "", "Letter", "es", "large"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path / "user"))
    return lambda *arguments, **extra: CliRunner().invoke(main, list(arguments), **extra)


def typed(*answers):
    return "\n".join(answers) + "\n"


def test_without_settings_the_shell_says_how_to_get_some(run, tmp_path):
    result = run("clinic")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("No clinic settings are in force.")
    assert str(tmp_path / "user" / "clinic.toml") in result.output
    assert list(tmp_path.iterdir()) == []


def test_what_is_asked_for_is_saved_and_shown_with_its_place(run, tmp_path):
    result = run("clinic", "edit", input=typed(*ANSWERS))
    assert result.exit_code == 0, result.output
    path = tmp_path / "user" / "clinic.toml"
    assert f"Saved {path}. Nothing about a client is in it." in result.output
    assert kit.read_clinic(path) == kit.Clinic(
        "Hill", ("1 Hill Road", "hill.example"), emergency_number="112", paper="Letter", language="es", variant="large"
    )
    shown = run("clinic").output
    assert shown.splitlines()[:2] == [f"Clinic settings from {path}", "name              Hill"]


def test_no_emergency_number_is_proposed(run):
    result = run("clinic", "edit", input=typed(*[""] * 9))
    assert "Emergency number of your country (never guessed): " in result.output
    assert kit.clinic().emergency_number == ""


def test_enter_keeps_a_value_and_a_dash_takes_it_out(run, tmp_path):
    text = '# mine\nname = "Hill"\ncontact = ["a | b", "c"]\nphone = "1"\n'
    (tmp_path / "clinic.toml").write_text(text, encoding="utf-8")
    assert run("clinic", "edit", input=typed("", "", "-", *[""] * 6)).exit_code == 0
    assert (tmp_path / "clinic.toml").read_text(encoding="utf-8") == text.replace('"1"', '""')


def test_a_wrong_answer_is_told_and_asked_again(run):
    answers = ["Hill", "", "", "call us", "112", "", "", "A5", "A4", "", "big", ""]
    result = run("clinic", "edit", input=typed(*answers))
    assert result.exit_code == 0, result.output
    assert "emergency_number must be a number of digits" in result.output
    assert "paper must be one of A4, Letter, got 'A5'" in result.output
    assert kit.clinic() == kit.Clinic("Hill", emergency_number="112", paper="A4")


def test_what_is_broken_off_saves_nothing(run, tmp_path):
    assert run("clinic", "edit", input=typed("Hill", "", "")).exit_code != 0
    assert list(tmp_path.iterdir()) == []


def test_a_named_file_is_shown_and_edited(run, tmp_path):
    assert run("clinic", "--clinic", "other.toml", "edit", input=typed(*ANSWERS)).exit_code == 0
    assert "name              Hill" in run("clinic", "--clinic", "other.toml").output
    assert run("clinic").output.startswith("No clinic settings")


@pytest.mark.parametrize(
    ("video", "message"),
    [
        ('technique = "ball_wal_hold"', "video 1 of the clinic: technique must be one of ball_hold, ball_wall_hold, "),
        ('point = "sole_1"', "video 1 of the clinic: "),
    ],
)
def test_a_video_of_something_the_guide_does_not_have_is_an_error_that_names_what_it_has(run, tmp_path, video, message):
    (tmp_path / "clinic.toml").write_text(f'[[videos]]\n{video}\nurl = "https://a.example"\n', encoding="utf-8")
    result = run("clinic", "--clinic", "clinic.toml")
    assert result.exit_code == 1
    assert f"Error: {message}" in result.output
    assert "fdb_1" in result.output or "ball_wall_sweep" in result.output
    assert "Traceback" not in result.output


def test_a_video_for_a_guide_of_ones_own_is_told_by_naming_the_guide(run, tmp_path):
    kit.new_guide(example_answers(), tmp_path / "mine")
    text = '[[videos]]\npoint = "soleus_1"\nurl = "https://a.example"\n'
    (tmp_path / "clinic.toml").write_text(text, encoding="utf-8")
    assert run("clinic", "--clinic", "clinic.toml").exit_code == 1
    assert run("clinic", "--clinic", "clinic.toml", "--guide", "mine").exit_code == 0


def test_an_example_is_not_written_and_asked_for_at_once(run, tmp_path):
    result = run("clinic", "--out", "other.toml", "edit")
    assert result.exit_code != 0
    assert "--out writes an example and does nothing else" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_one_line(run, tmp_path):
    (tmp_path / "clinic.toml").write_text("emergency = 1", encoding="utf-8")
    for arguments in (["clinic"], ["clinic", "edit"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.output.startswith("Error: clinic.toml: the clinic's file may hold name")


def test_the_users_settings_are_printed_and_told_and_can_be_left_out(run, tmp_path):
    path = kit.save_clinic({"name": "Hill", "language": "es", "paper": "Letter"})
    result = run(*ROUTINE, "--html", "h.html")
    assert f"Clinic settings from {path}" in result.output
    page = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert all(part in page for part in ("Hill", 'lang="es"', "size:Letter"))
    assert run(*ROUTINE, "--html", "h.html", "--no-clinic").exit_code == 0
    page = (tmp_path / "h.html").read_text(encoding="utf-8")
    assert not any(part in page for part in ("Hill", 'lang="es"', "size:Letter"))


def test_an_option_comes_before_the_clinics_setting(run, tmp_path):
    kit.save_clinic({"language": "es", "paper": "Letter", "variant": "large"})
    options = ["--language", "en", "--paper", "A4", "--variant", "standard"]
    assert run(*ROUTINE, "--html", "told.html", *options).exit_code == 0
    assert run(*ROUTINE, "--html", "plain.html", "--no-clinic").exit_code == 0
    assert (tmp_path / "told.html").read_bytes() == (tmp_path / "plain.html").read_bytes()


def test_calendar_leaflet_and_intake_sheet_speak_the_clinics_language(run, tmp_path):
    kit.save_clinic({"language": "es"})
    for name, arguments in {"c.ics": [*ROUTINE, "--ics", "c.ics"], "l.html": ["leaflet", "--out", "l.html"],
                            "i.html": ["intake", "--out", "i.html"]}.items():  # fmt: skip
        result = run(*arguments)
        assert result.exit_code == 0, result.output
        assert "! Español (es)" in result.output
        spanish = (tmp_path / name).read_bytes()
        assert run(*arguments, "--no-clinic").exit_code == 0
        assert (tmp_path / name).read_bytes() != spanish


def test_a_batch_looks_as_the_clinic_says_where_a_row_says_nothing(run, tmp_path):
    kit.save_clinic({"language": "es", "variant": "large"})
    rows = "code,areas,side,none_of_these,asked_on,language\nC-1,hip_side,left,yes,{0},\nC-2,hip_side,left,yes,{0},fr\n"
    (tmp_path / "t.csv").write_text(rows.format(f"{kit.screen().date}"), encoding="utf-8")
    result = run("batch", "t.csv", "--out", "out", "--kinds", "html")
    assert result.exit_code == 0, result.output
    pages = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out").glob("*.html"))]
    assert ['lang="es"' in page for page in pages] == [True, False]
    assert 'lang="fr"' in pages[1]
