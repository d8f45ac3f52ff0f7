"""A clinic's templates: a routine without its client, kept whole or not at all, and judged like any other."""

import datetime
import shutil
from dataclasses import replace

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, FileFormatError, FileWriteError, InvalidValueError, UnknownIdError
from selfcare_kit.plan.template_file import MAX_TEMPLATES, STEP_VALUES

CANARY = "Zilpzalp"
LEFT_HIP = {"hip_side": {"side": "left", "sensations": ["ache"]}}
NUMB_FOOT = {"hip_side": {"side": "left"}, "foot_top": {"side": "right", "sensations": ["numb"]}}
POINTS = ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2", "gas_1", "edb_1")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path / "clinic"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "clinic"


@pytest.fixture
def runner():
    routine = kit.Routine(title="For Mr Smith", code="C-104")
    return routine.add("tfl_1", side="left", seconds=45, pressure=3).add("gmed_2", side="right", every_days_max=5)


def names():
    return [template.name for template in kit.templates()]


def dose(step):
    return {name: getattr(step, name) for name in STEP_VALUES}


def test_the_guides_own_is_listed_first(runner):
    kit.save_template(runner, "Runner's hip")
    own, saved = kit.templates()
    assert (own.name, own.title, own.is_own) == ("hip_and_leg", "Hip and leg, in the order of the guide", False)
    assert [step.point for step in own.steps] == [step.point for step in kit.template().steps]
    assert (saved.name, saved.title, saved.is_own, saved.problem) == ("Runner's hip", "Runner's hip", True, "")


def test_points_order_and_doses_are_kept_on_whichever_side_is_asked_for(runner):
    kit.save_template(runner, "Runner's hip")
    made = kit.template("runner's HIP", side="right", code="C-7")
    assert [dose(step) for step in made.steps] == [dose(step) for step in runner.steps]
    assert {step.side for step in made.steps} == {"right"}
    assert (made.title, made.code, made.hints) == ("Runner's hip", "C-7", made.hints)
    assert isinstance(made, kit.Routine)


def test_a_point_with_a_step_on_each_side_is_kept_once_as_the_first(runner):
    kit.save_template(runner.add("tfl_1", side="right", seconds=30), "Hip")
    assert [(step.point, step.seconds) for step in kit.template("Hip", side="both").steps] == [
        ("tfl_1", 45),
        ("gmed_2", runner.steps[1].seconds),
    ]


def test_nothing_of_a_client_is_kept(folder):
    """A canary stands wherever a routine can hold words, and a day and a number that are in no dose."""
    screening = kit.screen(yes=["C12"], where={"C12": ["heel"]}, agreed_by=CANARY[:4])
    complaint = {"hip_side": {"side": "left", "sensations": ["cramp"], "pain": 9}}
    routine = kit.Routine.from_suggestions(
        kit.suggest(complaint, screening=screening).top(3), title=CANARY, code=CANARY
    )
    routine = replace(routine, date=datetime.date(2031, 7, 19), guide_version=CANARY, changed_on_reading=(CANARY,))
    routine = routine.change(routine.steps[0].point, note=CANARY).add("edb_1", side="right").confirm_sides()
    assert routine.sides_confirmed
    kit.save_template(routine, "Hip")
    text = (folder / "templates.toml").read_text("utf-8")
    words = (CANARY, CANARY[:4], "left", "right", "side =", "C12", "heel", "hip_side", "cramp", "2031", "note", "pain")
    assert [word for word in words if word.casefold() in text.casefold()] == []
    assert sorted(folder.iterdir()) == [folder / "templates.toml"]
    made = kit.template("Hip", side="both")
    assert (made.title, made.code, made.complaint, made.screening) == ("Hip", "", None, None)
    assert made.sides_confirmed == ()
    assert {step.note for step in made.steps} == {""}


def test_a_clients_code_is_no_name_for_a_template(runner, folder):
    with pytest.raises(InvalidValueError, match="may hold nothing of a client, got the code 'C-104' in it"):
        kit.save_template(runner, "hip of c-104")
    assert not folder.exists()


# Sides and verdicts


def test_a_clinics_template_guesses_no_side(runner):
    kit.save_template(runner, "Hip")
    with pytest.raises(InvalidValueError, match="'Hip' needs the client's side, got none; give left, right or both"):
        kit.template("Hip")


def test_each_step_takes_the_side_of_what_it_can_explain():
    kit.save_template(kit.Routine().add("gmed_3", side="right").add("edb_1", side="left"), "Leg")
    made = kit.template("Leg", complaint=NUMB_FOOT)
    assert {step.point: step.side for step in made.steps} == {"gmed_3": "left", "edb_1": "right"}
    assert made.side_conflicts == ()


def test_a_given_side_comes_before_that_of_the_complaint(runner):
    kit.save_template(runner, "Hip")
    made = kit.template("Hip", "right", complaint=LEFT_HIP)
    assert {step.side for step in made.steps} == {"right"}
    assert len(made.side_conflicts) == 2


def test_sensations_adapt_a_clinics_template_as_the_guides_own():
    complaint = {"foot_top": {"side": "left", "sensations": ["numb"]}}
    kit.save_template(kit.template("hip_and_leg", side="left"), "Ours")
    ours, own = (kit.template(name, complaint=complaint) for name in ("Ours", "hip_and_leg"))
    assert ours.steps == own.steps
    assert len(ours.steps) < 10


def test_answers_rule_out_steps_of_a_clinics_template_as_of_the_guides_own(runner):
    kit.save_template(runner, "Hip")
    made = kit.template("Hip", side="left")
    with pytest.raises(BlockedError):
        made.with_screening(kit.screen(yes=["C01"]))


def test_a_clinics_template_goes_through_the_gate_like_any_routine(runner, clear):
    kit.save_template(runner, "Hip")
    made = kit.template("Hip", side="left")
    with pytest.raises(kit.ScreeningRequired):
        made.to_html()
    assert "Runner" not in made.with_screening(clear).to_html()


@examples(20)
@given(st.lists(st.tuples(st.sampled_from(POINTS), st.integers(30, 60), st.integers(1, 4)), min_size=1, max_size=4,
                unique_by=lambda each: each[0]))  # fmt: skip
def test_what_is_saved_comes_back(tmp_path_factory, chosen):
    folder = tmp_path_factory.mktemp("clinic")
    routine = kit.Routine()
    for point, seconds, pressure in chosen:
        try:
            routine = routine.add(point, side="left", seconds=seconds, pressure=pressure)
        except (BlockedError, kit.SelfcareError):
            continue
    if routine.steps:
        saved = kit.save_template(routine, "Any", folder=folder)
        assert kit.templates(folder=folder)[1] == saved
        assert kit.template("any", "left", folder=folder).steps == routine.steps


# Another guide, and the guide of another day


def test_a_template_of_another_guide_is_not_offered(runner, guide, tmp_path):
    kit.save_template(runner, "Hip")
    shutil.copytree(guide.folder, tmp_path / "mine")
    settings = tmp_path / "mine" / "guide.toml"
    settings.write_text(settings.read_text("utf-8").replace('id = "hip_and_leg"', 'id = "mine"'), encoding="utf-8")
    mine = kit.load_guide(tmp_path / "mine")
    assert [template.name for template in kit.templates(mine)] == ["mine"]
    with pytest.raises(UnknownIdError, match="a template of guide 'mine' must be mine, got 'Hip'"):
        kit.template("Hip", side="left", guide=mine)


def of_another_guide(folder, old):
    """Make the clinic's file one of a guide that calls something otherwise."""
    path = folder / "templates.toml"
    path.write_text(path.read_text("utf-8").replace(old, "gone_1"), encoding="utf-8")


def test_a_template_with_a_point_that_is_gone_opens_without_it_and_names_it(runner, folder):
    kit.save_template(runner, "Old")
    of_another_guide(folder, "tfl_1")
    made = kit.template("Old", side="left")
    assert [step.point for step in made.steps] == [step.point for step in runner.steps if step.point != "tfl_1"]
    assert any(hint.startswith("Left out: the step 'gone_1', as version") for hint in made.hints)


@pytest.mark.parametrize(("old", "what"), [("massage_ball", "tool"), ("wall_standing", "position")])
def test_a_template_with_a_tool_or_position_that_is_gone_has_the_points_own(runner, guide, folder, old, what):
    kit.save_template(runner.remove("gmed_2"), "Old")
    before = kit.template("Old", side="left")
    of_another_guide(folder, old)
    made = kit.template("Old", side="left")
    own = {"tool": lambda point: point.tools[0], "position": lambda point: point.position}[what]
    changed = [step.point for step in before.steps if getattr(step, what) == old]
    assert changed
    now = {step.point: getattr(step, what) for step in made.steps}
    assert all(now[point] == own(guide.point(point)) for point in changed)
    assert sum(hint.startswith("Changed: the step") and "'gone_1'" in hint for hint in made.hints) == len(changed)


def test_a_template_of_points_that_are_all_gone_says_so_and_others_stay_usable(folder):
    kit.save_template(kit.Routine().add("tfl_1", side="left"), "Old")
    kit.save_template(kit.Routine().add("edb_1", side="left"), "New")
    of_another_guide(folder, "tfl_1")
    sentence = "the template 'Old' must have a point of guide 'hip_and_leg', got only 'gone_1', which it has no more"
    assert [template.problem.partition(";")[0] for template in kit.templates()] == ["", sentence, ""]
    with pytest.raises(UnknownIdError, match=sentence):
        kit.template("Old", side="left")
    assert len(kit.template("New", side="left")) == 1


def test_a_dose_above_todays_rules_is_lowered_and_the_hints_say_so(folder):
    kit.save_template(kit.Routine().add("edb_1", side="left", pressure=2), "Foot")
    path = folder / "templates.toml"
    path.write_text(path.read_text("utf-8").replace("pressure = 2", "pressure = 7"), encoding="utf-8")
    made = kit.template("Foot", side="left")
    assert made.steps[0].pressure == 3
    assert any("pressure from 7 to 3" in hint for hint in made.hints)


def test_a_template_of_which_nothing_is_allowed_is_refused(folder, guide):
    shown = next(point.id for point in guide.point_values.values() if point.show_only)
    kit.save_template(kit.Routine().add("edb_1", side="left"), "Old")
    path = folder / "templates.toml"
    path.write_text(path.read_text("utf-8").replace("edb_1", shown), encoding="utf-8")
    with pytest.raises(BlockedError, match="the template 'Old' has no step that guide 'hip_and_leg' allows"):
        kit.template("Old", side="left")


# Names and limits


@pytest.mark.parametrize(
    "name", ["runner's hip", "RUNNER'S  HIP ", "hip_and_leg", "Hip and leg, in the order of the guide"]
)
def test_a_name_is_given_once_in_whatever_case(runner, folder, name):
    kit.save_template(runner, "Runner's hip")
    before = (folder / "templates.toml").read_bytes()
    with pytest.raises(InvalidValueError, match=r"must have a name of its own, got .*, which is taken; choose another"):
        kit.save_template(runner, name)
    assert (folder / "templates.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "must have letters, got none"), ("  ", "must have letters"), ("x" * 61, "at most 60 characters, got 61"),
     ("a\x07b", "must be plain text, got"), (7, "must be text, got 7")],
)  # fmt: skip
def test_a_name_that_is_none_is_refused(runner, folder, name, message):
    with pytest.raises(InvalidValueError, match=message):
        kit.save_template(runner, name)
    assert not folder.exists()


def test_only_a_routine_with_steps_becomes_a_template(folder):
    with pytest.raises(InvalidValueError, match="a template is made of a Routine, got 'r.csv'; read_routine opens one"):
        kit.save_template("r.csv", "Hip")
    with pytest.raises(InvalidValueError, match="needs steps"):
        kit.save_template(kit.Routine(), "Hip")
    assert not folder.exists()


def test_a_template_is_renamed_and_keeps_its_place_and_steps(runner, folder):
    kit.save_template(runner, "Hip")
    kit.save_template(runner, "Leg")
    path = folder / "templates.toml"
    path.write_text("# mine\n" + path.read_text("utf-8"), encoding="utf-8")
    assert kit.rename_template("hip", "Runner's hip").name == "Runner's hip"
    assert names() == ["hip_and_leg", "Runner's hip", "Leg"]
    assert len(kit.template("Runner's hip", side="left")) == 2
    assert path.read_text("utf-8").startswith("# mine\n")


def test_another_case_is_a_new_name_for_the_same_template(runner):
    kit.save_template(runner, "hip")
    assert kit.rename_template("hip", "Hip").name == "Hip"
    assert names() == ["hip_and_leg", "Hip"]


def test_no_template_is_renamed_to_a_name_that_is_taken(runner):
    kit.save_template(runner, "Hip")
    kit.save_template(runner, "Leg")
    for taken in ("LEG", "hip_and_leg"):
        with pytest.raises(InvalidValueError, match="which is taken"):
            kit.rename_template("Hip", taken)
    assert names() == ["hip_and_leg", "Hip", "Leg"]


def test_a_template_is_deleted_and_the_others_stay(runner, folder):
    for name in ("Hip", "Leg", "Foot"):
        kit.save_template(runner, name)
    kit.delete_template("leg")
    assert names() == ["hip_and_leg", "Hip", "Foot"]
    kit.delete_template("Hip")
    kit.delete_template("Foot")
    assert names() == ["hip_and_leg"]
    kit.save_template(runner, "Leg")
    assert names() == ["hip_and_leg", "Leg"]


@pytest.mark.parametrize("change", [kit.delete_template, lambda name: kit.rename_template(name, "x")])
def test_what_is_not_there_is_neither_renamed_nor_deleted(runner, change):
    with pytest.raises(UnknownIdError, match="must have been saved before, got 'Hip'"):
        change("Hip")
    kit.save_template(runner, "Leg")
    with pytest.raises(UnknownIdError, match="must be one of Leg, got 'hip_and_leg'"):
        change("hip_and_leg")


def test_there_is_room_for_so_many_templates_and_no_more(runner, folder):
    kit.save_template(runner, "0")
    path = folder / "templates.toml"
    table = path.read_text("utf-8").partition("\n\n")[2]
    path.write_text("\n".join(table.replace('"0"', f'"{n}"') for n in range(MAX_TEMPLATES)), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(FileFormatError, match="templates must have at most 100 entries, got 101; delete some first"):
        kit.save_template(runner, "one more")
    assert path.read_bytes() == before
    assert len(kit.templates()) == 1 + MAX_TEMPLATES


# The file

STEP = '[[templates.steps]]\npoint = "tfl_1"\nmode = "hold"\nseconds = 60\npressure = 3\ntool = "massage_ball"\n' \
    'position = "wall_standing"\nevery_days_min = 2\nevery_days_max = 3\n'  # fmt: skip
ONE = f'[[templates]]\nname = "Hip"\nguide = "hip_and_leg"\n{STEP}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "is not valid TOML"),
        ("names = []", "the file may hold templates, got 'names'"),
        ("templates = 7", "templates must be tables, got 7"),
        ("templates = [7]", r"templates must be tables, got \[7\]"),
        (ONE + ONE.replace("Hip", "hip"), "templates must have names of their own, got 'hip' twice"),
        (ONE + STEP, "template 1, 'Hip' may have a point once, got 'tfl_1' twice"),
        (ONE.replace('name = "Hip"\n', ""), "a template's name must have letters, got none"),
        (ONE.replace("pressure = 3", "pressure = 70"), "step 1 of template 1, 'Hip': pressure must be a whole number"),
        (ONE.replace("pressure = 3", "pressure = 3.5"), "pressure must be a whole number"),
        (ONE.replace("seconds = 60\n", ""), "step 1 of template 1, 'Hip' must have point, .*, got no seconds"),
        (ONE + 'side = "left"\n', "step 1 of template 1, 'Hip' may hold point, .*, got 'side'"),
        (ONE + 'note = "Mr Smith"\n', "may hold point, .*, got 'note'"),
        (ONE.partition("[[templates.steps]]")[0], "template 1, 'Hip' must have steps, got none"),
        (ONE.replace("guide =", "code ="), "template 1 may hold name, guide, steps, got 'code'"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_in_a_sentence_and_stays_as_it_is(runner, folder, text, message):
    folder.mkdir()
    path = folder / "templates.toml"
    path.write_text(text, encoding="utf-8")
    for call in (kit.templates, lambda: kit.save_template(runner, "New"), lambda: kit.template("Hip", side="left")):
        with pytest.raises(FileFormatError, match=f"templates.toml.*{message}"):
            call()
    assert path.read_text("utf-8") == text


def test_a_file_that_is_too_large_is_not_read(folder):
    folder.mkdir()
    (folder / "templates.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(FileFormatError, match="templates.toml must be at most 1 MB, got 1,000,001 bytes"):
        kit.templates()


def test_tables_on_one_line_are_read_and_changed(runner, folder):
    folder.mkdir()
    step = ", ".join(line for line in STEP.splitlines()[1:])
    text = f'templates = [{{name = "Hip", guide = "hip_and_leg", steps = [{{{step}}}]}}]\n'
    (folder / "templates.toml").write_text(text, encoding="utf-8")
    kit.save_template(runner, "Leg")
    assert names() == ["hip_and_leg", "Hip", "Leg"]
    assert len(kit.template("Hip", side="left")) == 1


def test_comments_survive_what_is_added(runner, folder):
    folder.mkdir()
    path = folder / "templates.toml"
    path.write_text(f"# one\n{ONE}note_free = 1\n".replace("note_free = 1\n", "# two\n"), encoding="utf-8")
    kit.save_template(runner, "Leg")
    text = path.read_text("utf-8")
    assert text.startswith("# one\n[[templates]]")
    assert "# two\n" in text


def test_templates_lie_beside_the_settings_that_are_in_force(runner, folder, tmp_path):
    kit.save_template(runner, "Everywhere")
    (tmp_path / "templates.toml").write_text("broken", encoding="utf-8")
    assert names() == ["hip_and_leg", "Everywhere"]
    (tmp_path / "templates.toml").unlink()
    (tmp_path / "clinic.toml").write_text("", encoding="utf-8")
    kit.save_template(runner, "Here")
    assert names() == ["hip_and_leg", "Here"]
    assert (tmp_path / "templates.toml").is_file()


def test_a_folder_that_cannot_be_made_is_a_sentence(runner, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path / "file" / "folder"))
    with pytest.raises(FileWriteError, match="cannot be made"):
        kit.save_template(runner, "Hip")


# Search


def test_a_clinics_template_is_found_by_its_words_until_it_is_deleted(runner):
    kit.save_template(runner, "Runner's hip")
    (found,) = [match for match in kit.search("runner") if match.kind == "template"]
    assert (found.id, found.label, found.points) == ("Runner's hip", "Runner's hip", ("tfl_1", "gmed_2"))
    kit.delete_template("Runner's hip")
    assert [match for match in kit.search("runner") if match.kind == "template"] == []


def test_a_wrong_file_keeps_nobody_from_finding_a_muscle(folder):
    folder.mkdir()
    (folder / "templates.toml").write_text("broken", encoding="utf-8")
    assert kit.search("TFL")[0].id == "tfl_1"
