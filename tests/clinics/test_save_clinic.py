"""A clinic's file is changed where it stands, whole or not at all, and comes back as it was saved."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import selfcare_kit as kit
from selfcare_kit.clinics.profile import PAPERS, VARIANTS, Clinic, ClinicVideo, read_clinic, with_preferences
from selfcare_kit.clinics.save import save_clinic
from selfcare_kit.errors import FileFormatError, FileWriteError, InvalidValueError
from selfcare_kit.export.handout.density import SIZES

EXAMPLE = Path(kit.__file__).parent / "cli" / "examples" / "clinic.toml"

LINE = st.text(st.characters(exclude_characters="\x00\n\r\t\u2028\u2029", exclude_categories=("Cs",)), max_size=30)
NUMBER = st.one_of(st.just(""), st.from_regex(r"[0-9+()/.\- ]{0,9}[0-9]", fullmatch=True))
WORD = st.from_regex(r"[a-z0-9_\"'#\\]{1,12}", fullmatch=True)
VIDEO = st.builds(
    lambda url, what, name, title, link: ClinicVideo(f"https://{url}", **{what: name}, title=title, link=link),
    WORD, st.sampled_from(["technique", "point"]), WORD, LINE, LINE,
)  # fmt: skip
CLINIC = st.builds(
    Clinic, name=LINE, contact=st.lists(LINE, max_size=4), phone=NUMBER, emergency_number=NUMBER, urgent_number=NUMBER,
    footer=LINE, videos=st.lists(VIDEO, max_size=3), paper=st.sampled_from(["", *PAPERS]),
    language=st.sampled_from(["", "en", "pt-BR"]), variant=st.sampled_from(["", *VARIANTS]),
)  # fmt: skip
COMMENTED = """\
# one
name = "Hill" # two

# three
contact = [
  "12 Hill Road", # four
  "555",
]
paper = "A4"   # five

# six
[[videos]] # seven
point = "piri_1" # eight
url = "https://a.example/v"
"""


def comments(text):
    return re.findall(r"# (\w+)$", text, re.MULTILINE)


@examples(25)
@given(clinic=CLINIC, changed=CLINIC)
def test_what_is_saved_is_read_again_and_so_is_a_change_of_it(tmp_path_factory, clinic, changed):
    path = tmp_path_factory.mktemp("clinic") / "clinic.toml"
    assert save_clinic(clinic, path) == path
    assert read_clinic(path) == clinic
    save_clinic(changed, path)
    assert read_clinic(path) == changed


@examples(25)
@given(clinic=CLINIC)
def test_a_comment_survives_every_change_of_what_stands_beside_it(tmp_path_factory, clinic):
    path = tmp_path_factory.mktemp("clinic") / "clinic.toml"
    path.write_text(COMMENTED, encoding="utf-8")
    save_clinic(clinic, path)
    assert read_clinic(path) == clinic
    # What goes with an item that was taken out, its comment does, too.
    kept = ["one", "two", "three", *["four"] * bool(clinic.contact), "five", "six"]
    kept += ["seven", "eight"] * bool(clinic.videos)
    found = comments(path.read_text(encoding="utf-8"))
    assert [word for word in kept if word not in found] == []


def test_a_change_touches_nothing_else(tmp_path):
    path = tmp_path / "clinic.toml"
    path.write_text(EXAMPLE.read_text("utf-8"), encoding="utf-8")
    save_clinic({"phone": "555 0199"}, path)
    before = EXAMPLE.read_text("utf-8").splitlines()
    now = path.read_text("utf-8").splitlines()
    assert [pair for pair in zip(before, now, strict=True) if pair[0] != pair[1]] == [
        ('phone = "555 0100"', 'phone = "555 0199"')
    ]


def test_a_new_setting_stands_below_the_others_and_above_the_comment_of_the_videos(tmp_path):
    path = tmp_path / "clinic.toml"
    path.write_text(EXAMPLE.read_text("utf-8"), encoding="utf-8")
    save_clinic({"language": "es", "paper": "Letter"}, path)
    text = path.read_text("utf-8")
    assert 'public holidays."\npaper = "Letter"\nlanguage = "es"\n\n# How your pages look' in text
    assert read_clinic(path).language == "es"


@pytest.mark.parametrize("text", ["", "# nothing yet", '[[videos]]\npoint = "p"\nurl = "https://a"', 'phone = "1"'])
def test_a_setting_is_added_to_any_beginning_of_a_file(tmp_path, text):
    path = tmp_path / "clinic.toml"
    path.write_text(text, encoding="utf-8")
    before = read_clinic(path)
    save_clinic({"name": "Hill"}, path)
    assert read_clinic(path) == replace(before, name="Hill")


def test_an_empty_value_takes_a_setting_out(tmp_path):
    path = save_clinic({"name": "Hill", "phone": "1", "contact": ["a"]}, tmp_path / "clinic.toml")
    save_clinic({"phone": "", "contact": []}, path)
    assert read_clinic(path) == Clinic("Hill")


@pytest.mark.parametrize("changes", [
    {"emergency_number": "call us"}, {"emergency_numbers": "112"}, {"paper": "A5"}, {"contact": "one line"},
    {"videos": [{"point": "p"}]}, {"logo": "nothing.png"}, {"name": 7}, {"videos": [7]}, {"path": "x"},
])  # fmt: skip
def test_a_wrong_value_raises_and_leaves_the_file_as_it_was(tmp_path, changes):
    path = tmp_path / "clinic.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    with pytest.raises((InvalidValueError, FileFormatError)):
        save_clinic({"name": "Hill", **changes}, path)
    assert path.read_bytes() == EXAMPLE.read_bytes()
    assert [each.name for each in tmp_path.iterdir()] == ["clinic.toml"]


def test_what_is_neither_a_clinic_nor_changes_is_refused(tmp_path):
    with pytest.raises(InvalidValueError, match="clinic must be a Clinic or changes by name, got 'Hill'"):
        save_clinic("Hill", tmp_path / "clinic.toml")


@pytest.mark.parametrize("text", ["name = ", "emergency = '112'", "name = 7"])
def test_a_file_that_is_wrong_elsewhere_is_named_and_stays(tmp_path, text):
    path = tmp_path / "clinic.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"^clinic\.toml"):
        save_clinic({"phone": "1"}, path)
    assert path.read_text("utf-8") == text


def test_a_change_repairs_what_it_replaces(tmp_path):
    path = tmp_path / "clinic.toml"
    path.write_text('name = 7\nvideos = "none"\n', encoding="utf-8")
    save_clinic(Clinic("Hill", videos=(ClinicVideo("https://a.example", point="piri_1"),)), path)
    assert read_clinic(path).videos[0].point == "piri_1"


def test_a_byte_order_mark_and_line_ends_of_windows_stay(tmp_path):
    path = tmp_path / "clinic.toml"
    path.write_bytes('\ufeffname = "Hill" # two\r\nphone = "1"\r\n'.encode())
    save_clinic({"name": "Dale"}, path)
    assert path.read_bytes() == '\ufeffname = "Dale" # two\r\nphone = "1"\r\n'.encode()


# The logo


def logo_file(folder, colour="#2f7f5f"):
    path = folder / "mine.png"
    Image.new("RGB", (40, 30), colour).save(path)
    return path


def test_a_logo_is_named_in_changes_and_stays_named_when_all_is_saved(tmp_path):
    logo_file(tmp_path)
    path = save_clinic({"logo": "mine.png", "name": "Hill"}, tmp_path / "clinic.toml")
    save_clinic(replace(read_clinic(path), name="Dale"), path)
    assert 'logo = "mine.png"' in path.read_text("utf-8")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["clinic.toml", "mine.png"]


def test_a_logo_goes_along_to_another_folder(tmp_path):
    logo_file(tmp_path)
    clinic = read_clinic(save_clinic({"logo": "mine.png"}, tmp_path / "clinic.toml"))
    (tmp_path / "other").mkdir()
    assert read_clinic(save_clinic(clinic, tmp_path / "other" / "clinic.toml")) == clinic


def test_no_logo_is_left_behind_by_what_was_refused(tmp_path):
    logo_file(tmp_path)
    clinic = read_clinic(save_clinic({"logo": "mine.png"}, tmp_path / "clinic.toml"))
    (tmp_path / "other").mkdir()
    wrong = tmp_path / "other" / "clinic.toml"
    wrong.write_text("emergency = 1", encoding="utf-8")
    with pytest.raises(FileFormatError):
        save_clinic(clinic, wrong)
    assert [each.name for each in wrong.parent.iterdir()] == ["clinic.toml"]


# Where it lies


@pytest.fixture
def user_folder(tmp_path, monkeypatch):
    folder = tmp_path / "settings" / "selfcare-kit"
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(folder))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return folder


def test_without_a_file_no_settings_are_in_force(user_folder):
    assert (kit.clinic(), kit.clinic().path) == (Clinic(), None)


def test_a_first_file_is_made_in_the_users_folder_and_is_in_force_everywhere(user_folder, tmp_path, monkeypatch):
    path = kit.save_clinic({"name": "Hill"})
    assert path == user_folder / "clinic.toml"
    assert (kit.clinic().name, kit.clinic().path) == ("Hill", path)
    monkeypatch.chdir(tmp_path)
    assert kit.clinic().name == "Hill"


def test_the_file_of_the_working_folder_comes_before_that_of_the_user(user_folder, tmp_path):
    kit.save_clinic({"name": "Hill"})
    work = tmp_path / "work" / "clinic.toml"
    work.write_text('name = "Dale"\n', encoding="utf-8")
    assert (kit.clinic().name, kit.clinic().path) == ("Dale", work)
    kit.save_clinic({"phone": "1"})
    assert read_clinic(work) == Clinic("Dale", phone="1")
    assert read_clinic(user_folder / "clinic.toml") == Clinic("Hill")


def test_the_folder_that_the_planner_was_opened_for_is_the_working_folder(user_folder, tmp_path, monkeypatch):
    (tmp_path / "clinic.toml").write_text('name = "Dale"\n', encoding="utf-8")
    (tmp_path / "work" / "clinic.toml").write_text('name = "Hill"\n', encoding="utf-8")
    monkeypatch.setenv("SELFCARE_KIT_FOLDER", str(tmp_path))
    assert kit.clinic().name == "Dale"


def test_settings_go_back_to_the_file_they_were_read_from(user_folder, tmp_path):
    kit.save_clinic({"name": "Hill"})
    other = save_clinic({"name": "Dale"}, tmp_path / "other.toml")
    assert kit.save_clinic(replace(read_clinic(other), phone="1")) == other
    assert kit.clinic() == Clinic("Hill")


def test_a_users_folder_that_cannot_be_made_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path / "file" / "folder"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileWriteError, match=r"the clinic's folder '.*cannot be made \(Not a directory\)"):
        kit.save_clinic({"name": "Hill"})


def test_no_folder_is_made_but_the_users(tmp_path):
    with pytest.raises(InvalidValueError, match="path must lie in a folder that exists"):
        save_clinic({"name": "Hill"}, tmp_path / "nowhere" / "clinic.toml")


def test_the_tests_do_not_see_the_clinic_of_whoever_runs_them():
    from selfcare_kit.clinics.place import user_folder

    assert user_folder().name == "no-clinic"
    assert not user_folder().exists()


def test_without_a_variable_the_folder_is_the_systems_own(monkeypatch, tmp_path):
    from selfcare_kit.clinics.place import user_folder

    monkeypatch.delenv("SELFCARE_KIT_CLINIC_FOLDER")
    assert user_folder().name == "selfcare-kit"


# How pages look


def test_the_papers_of_the_settings_are_those_of_the_pages():
    assert tuple(SIZES) == PAPERS


def test_what_is_given_comes_before_the_clinics_and_the_clinics_before_the_usual():
    clinic = Clinic(paper="Letter", language="es", variant="large")
    usual = {"language": "en", "paper": "A4", "variant": "standard"}
    assert with_preferences(Clinic(), {}, "en") == usual
    assert with_preferences(clinic, {}, "en") == {"language": "es", "paper": "Letter", "variant": "large"}
    assert with_preferences(clinic, usual, "de") == usual


def test_a_handout_looks_as_its_clinic_says_unless_it_is_told_otherwise(five_steps):
    clinic = Clinic(paper="Letter", language="es", variant="black_and_white")
    told = five_steps.to_html(paper="Letter", language="es", variant="black_and_white", clinic=Clinic())
    assert five_steps.to_html(clinic=clinic) == told
    plain = five_steps.to_html(paper="A4", language="en", variant="standard", clinic=clinic)
    assert plain == five_steps.to_html()


def test_intake_sheet_and_leaflet_take_paper_and_language_of_the_clinic(guide):
    clinic = Clinic(paper="Letter", language="es")
    assert kit.intake_sheet(clinic=clinic) == kit.intake_sheet(paper="Letter", language="es")
    assert guide.to_html(clinic=clinic) == guide.to_html(language="es")
