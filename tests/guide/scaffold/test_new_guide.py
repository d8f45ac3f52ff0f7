"""A new guide holds what was answered, what that needs of the kit's guide, marked as taken, and nothing else."""

import re

import pytest

import selfcare_kit as kit
from selfcare_kit.check.new_guide import problems_of
from selfcare_kit.errors import GuideError, InvalidValueError
from selfcare_kit.guide.scaffold.answers import answers_of
from selfcare_kit.guide.scaffold.left import LIST_NAME, what_is_left
from selfcare_kit.guide.scaffold.rows import rows_of

OWN_CAUTION = {
    "id": "X01", "label": "Corns", "message": "Off a corn.", "question": "Do you have corns?", "areas": ["heel"],
    "client": "Do not press on a corn.", "leave_out": True,
}  # fmt: skip
NECK = {
    "title": "Neck pain", "clinic": "Clinic A", "areas": ["neck", "upper_back"], "techniques": ["ball_wall_hold"],
    "emergency": ["Your chest hurts."],
    "points": [
        {
            "muscle": "demo muscle", "label": "Demo", "from_landmark": "scapula_medial_border", "surface": "back",
            "area": "upper_back", "main": ["neck"], "client": "Beside your shoulder blade.",
        },
    ],
}  # fmt: skip


def tasks(answers):
    return what_is_left(answers_of(answers))


def test_a_guide_of_answers_has_no_problem(answers, tmp_path):
    folder = kit.new_guide(answers, tmp_path / "mine")
    assert [problem for problem in kit.check_guide(folder) if not problem.is_note] == []
    assert kit.load_guide(folder).title == "Calf pain"
    assert {path.name for path in folder.iterdir()} >= {"guide.toml", "points.csv", "text", LIST_NAME}
    assert [path for path in tmp_path.iterdir() if path != folder] == []


def test_tables_that_a_guide_may_leave_out_are_left_out(answers, tmp_path):
    folder = kit.new_guide(answers, tmp_path / "mine")
    assert not {path.stem for path in folder.glob("*.csv")} & {"zones", "acupoints", "nerves", "landmarks", "videos"}


def test_a_point_has_what_was_answered_and_else_the_usual(answers, made):
    answers["points"][1]["pressure"] = 3
    gastrocnemius, soleus = made(answers).point_values.values()
    assert (gastrocnemius.id, gastrocnemius.muscle, gastrocnemius.area) == (
        "gastrocnemius_1", "gastrocnemius", "calf_back",
    )  # fmt: skip
    assert (gastrocnemius.pressure, soleus.pressure) == (4, 3)
    assert (gastrocnemius.technique, gastrocnemius.mode, gastrocnemius.tools) == (
        "calf_over_knee", "hold", ("opposite_knee",),
    )  # fmt: skip
    assert (soleus.seconds, soleus.max_seconds, soleus.every_days_min) == (60, 120, 2)
    assert soleus.cautions == ("R05", "C05")


def test_a_point_lies_where_the_kits_own_lies_by_the_same_rule(answers, made):
    own, kits = kit.locate("gastrocnemius_1", "back", guide=made(answers)), kit.locate("gas_1", "back")
    assert own == kits


def test_what_is_felt_mainly_comes_before_what_is_felt_too(answers, made):
    answers["points"][0]["also"].append("heel")
    guide = made(answers)
    found = kit.suggest({"heel": {"side": "left"}}, screening=kit.screen(guide=guide), guide=guide)
    assert [each.point for each in found] == ["soleus_1", "gastrocnemius_1"]
    assert found[0].score > found[1].score


def test_points_of_one_muscle_are_numbered(answers, made):
    answers["points"][1]["muscle"] = "Gastroc"
    assert list(made(answers).point_values) == ["gastrocnemius_1", "gastrocnemius_2"]


def test_a_muscle_the_kit_does_not_know_is_named_as_it_was(answers, made):
    answers["points"][1]["muscle"] = "Plantaris"
    guide = made(answers)
    assert guide.point("plantaris_1").muscle == "Plantaris"
    assert "muscles.csv, plantaris: Latin name, nerve and roots" in tasks(answers)


def test_the_page_calls_a_muscle_what_clients_call_it(answers, made):
    answers["points"][1] |= {"muscle": "Plantaris", "muscle_client": "long calf muscle"}
    guide = made(answers)
    assert guide.texts("en")["muscle.plantaris"] == "long calf muscle (plantaris)"
    assert guide.texts("en")["muscle.gastrocnemius"] == "big calf muscle (gastrocnemius)"
    routine = kit.Routine(title="Calf", guide=guide, screening=kit.screen(guide=guide)).add("plantaris_1", side="left")
    assert ">Long calf muscle" in routine.to_html()
    assert "muscle.plantaris: what clients call it" not in tasks(answers)
    assert "Muscles:" in routine.to_html()
    del answers["points"][1]["muscle_client"]
    assert "text/en.csv, muscle.plantaris: what clients call it; the page says its name alone" in tasks(answers)


def test_a_page_without_other_names_of_muscles_lists_none(answers, made):
    answers["points"] = [answers["points"][1] | {"muscle": "Plantaris"}]
    guide = made(answers)
    routine = kit.Routine(title="Calf", guide=guide, screening=kit.screen(guide=guide)).add("plantaris_1", side="left")
    assert "Muscles:" not in routine.to_html()
    assert "They are often called trigger points." in routine.to_html()


def test_what_clients_call_a_muscle_may_be_the_authors_own_words_though_the_kit_has_some(answers, made):
    answers["points"][0]["muscle_client"] = "calf muscle (gastroc)"
    assert made(answers).texts("en")["muscle.gastrocnemius"] == "calf muscle (gastroc)"


def test_a_row_that_was_taken_says_so_and_a_row_of_ones_own_is_ones_own(answers, made):
    guide = made(answers)
    assert {row["source"] for row in guide.table("red_flags")} == {"KIT"}
    assert {row["basis"] for row in guide.table("red_flags")} <= {"known", "estimate"}
    assert {(row["basis"], row["source"]) for row in guide.table("places")} == {("estimate", "OWN")}
    assert [row["key"] for row in guide.table("sources")] == ["OWN", "KIT"]
    assert "Clinic A" in guide.table("sources")[0]["citation"]


def test_a_rule_that_was_taken_brings_its_limits_and_the_findings_of_its_answers(answers, made):
    guide = made({**answers, "red_flags": ["R05", "R11", "R11b"], "cautions": ["C05"]})
    assert list(guide.records.red_flags) == ["R05", "R11", "R11b", "R11c"]
    assert {limit.rule for limit in guide.records.limits} == {"C05"}
    without = rows_of(answers_of({**answers, "red_flags": ["R05", "R11"], "cautions": ["C05"]}))
    assert [row["id"] for row in without["red_flags"]] == ["R05", "R11"]


def test_a_rule_about_other_parts_holds_everywhere_when_it_is_taken_all_the_same(answers, made):
    guide = made({**answers, "red_flags": ["R05", "R21"], "cautions": ["C05"]})
    assert guide.records.red_flags["R21"].is_everywhere
    assert guide.records.red_flags["R21"].ask_areas == ("all",)
    assert {*guide.records.red_flags["R05"].areas} == {*guide.area_ids}


def test_no_limit_holds_more_widely_than_in_the_kits_guide(answers, made):
    kits = kit.load_guide().records.limits
    wider = {limit.id: limit for limit in kits}
    for limit in made(answers).records.limits:
        before = wider[limit.id]
        assert {*limit.areas} <= {*before.areas}
        assert bool(limit.felt_in) == bool(before.felt_in)
        assert limit.felt == before.felt


def test_rules_of_ones_own_are_asked_and_printed(answers, made):
    flag = {"id": "X02", "label": "Mine", "message": "Look.", "question": "Is it new?", "action": "urgent"}
    answers |= {"own_red_flags": [flag], "own_cautions": [OWN_CAUTION]}
    answers["points"][0]["cautions"] = ["X01", "X02"]
    guide = made(answers)
    assert {"X01", "X02"} <= {question.id for question in kit.questions(guide=guide)}
    assert guide.records.red_flags["X02"].is_everywhere
    assert guide.records.cautions["X01"].blocks_area
    assert guide.texts("en")["caution.X01"] == "Do not press on a corn."
    assert guide.records.red_flags["X02"].action == "urgent"


def test_a_caution_without_a_question_is_true_of_everybody(answers, made):
    answers["own_cautions"] = [{**OWN_CAUTION, "question": "", "leave_out": False}]
    answers["points"][0]["cautions"] = ["X01"]
    caution = made(answers).records.cautions["X01"]
    assert (caution.kind, caution.blocks_area) == ("anatomy", False)


def test_a_caution_of_ones_own_that_is_true_of_everybody_is_what_to_mind_in_its_areas(answers, made):
    everywhere = {**OWN_CAUTION, "id": "X03", "areas": [], "question": "", "leave_out": False}
    elsewhere = {**OWN_CAUTION, "id": "X04", "areas": ["heel"], "question": "", "leave_out": False}
    answers["own_cautions"] = [{**OWN_CAUTION, "leave_out": False}, everywhere, elsewhere]
    assert answers["points"][0]["area"] != "heel"
    answers["points"][0].pop("cautions", None)
    minded = made(answers).points.loc["gastrocnemius_1", "cautions"].split(";")
    assert "X03" in minded
    assert not {"X01", "X04"} & {*minded}


def test_an_area_does_not_say_what_the_kits_guide_lacks_there(answers, made):
    answers["areas"] = [*answers["areas"], "knee_inner"]
    assert set(made(answers).areas["lacks"]) == {""}
    assert kit.load_guide().areas.loc["knee_inner", "lacks"]


def test_a_text_without_letters_is_no_answer(answers, made):
    answers["points"][0]["client"] = "?"
    with pytest.raises(InvalidValueError, match=r"client must be told in words, got '\?'"):
        made(answers)


def test_areas_that_the_kits_guide_does_not_have_are_regions_of_the_figure(made):
    guide = made(NECK)
    assert guide.area_ids == ("neck", "upper_back")
    assert guide.texts("en")["area.upper_back"] == "upper back"
    assert [each.point for each in kit.suggest(["neck"], "left", screening=kit.screen(guide=guide), guide=guide)]


def test_help_lines_are_the_authors_own_and_nobody_elses(answers, made):
    texts = made({**answers, "today": [], "stop": []}).texts("en")
    lines = {key: text for key, text in texts.items() if re.fullmatch(r"handout\.(emergency|today|stop)\.\d.*", key)}
    assert lines == {f"handout.emergency.{n}": text for n, text in enumerate(answers["emergency"], start=1)}
    assert 'the page has no box "See a doctor today"' in tasks({**answers, "today": []})


def test_the_most_pressure_of_a_guide_nobody_reviewed_is_5(answers, made):
    guide = made(answers)
    assert (guide.dose.max_pressure, guide.dose.default_pressure) == (5, 4)
    assert guide.settings["reviewed_by"] == ""


def test_a_title_with_quotation_marks_is_kept(answers, made):
    assert made({**answers, "title": 'Calf "pain" \\ foot'}).title == 'Calf "pain" \\ foot'


# The area of a place


def test_a_point_without_an_area_has_the_one_in_which_its_place_lies(answers, made):
    del answers["points"][1]["area"]
    answers["points"][0]["area"] = ""
    assert [point.area for point in made(answers).point_values.values()] == ["calf_back", "calf_back"]


def test_an_area_that_was_chosen_stays_and_the_other_one_is_noted(answers, tmp_path):
    answers["points"][1] |= {"area": "achilles", "touches": ["calf_back"]}
    folder = kit.new_guide(answers, tmp_path / "mine")
    assert kit.load_guide(folder).point("soleus_1").area == "achilles"
    text = (folder / LIST_NAME).read_text(encoding="utf-8")
    assert "of soleus_1 is achilles, but its place lies in calf_back (back view); if calf_back is meant" in text


def test_an_area_that_cannot_be_worked_out_or_is_not_among_ones_own_is_asked_for(answers, made):
    point = answers["points"][0]
    answers["points"][0] = {name: value for name, value in point.items() if name not in ("area", "surface")}
    with pytest.raises(InvalidValueError, match="point 1: surface must not be empty"):
        made(answers)
    knee = {"surface": "side", "from_landmark": "lateral_epicondyle", "to_landmark": ""}
    answers["points"][0] |= {**knee, "lateral": 1, "up": 0, "front": 0}
    with pytest.raises(InvalidValueError, match="point 1: area must be of calf_back, .*, got 'knee_"):
        made(answers)


# What is left to do


def test_the_list_names_what_was_taken_and_what_is_estimated(answers):
    text = tasks(answers)
    assert "[ ] tools.csv: knobbed_tool, opposite_knee" in text
    assert "[ ] soleus_1: 65% of the way from Popliteal crease, middle to Back of the heel cord" in text
    assert "0.6 cm inward, 0.6 cm to the back, surface back" in text
    assert "[ ] point.soleus_1.where: Find where the thick part" in text


def test_the_list_names_questions_that_speak_of_other_parts_of_the_body():
    text = tasks(NECK)
    assert "red_flags.csv, R05, question (leg, calf): Is one leg newly swollen" in text
    assert "sensations.csv, numb, alert_message (low back, foot): Numbness can come from" in text
    assert "red_flags.csv, R04, question" not in text


def test_the_list_says_nothing_of_words_for_ones_own_parts(answers):
    assert not re.search(r"R05, question \(", tasks(answers))


def test_the_list_names_rules_that_may_matter_and_were_not_taken(answers):
    text = tasks(
        {**answers, "red_flags": ["R07"], "cautions": ["C05"], "points": [answers["points"][0] | {"cautions": []}]}
    )
    assert "[ ] R05 Possible deep vein thrombosis: Is one leg newly swollen" in text
    assert "R07 " not in text
    assert "R09 " not in text


def test_the_list_names_an_area_without_a_point(answers):
    answers["areas"].append("shin")
    assert "areas.csv, shin: no point is felt there" in tasks(answers)


def test_the_list_names_the_texts_without_which_there_is_no_leaflet(answers, tmp_path):
    text = (kit.new_guide(answers, tmp_path / "mine") / LIST_NAME).read_text(encoding="utf-8")
    assert "There is no leaflet of calf_pain until text/en.csv has leaflet.title, leaflet.where_first.title, " in text
    assert "leaflet.title" in tasks(answers)


def test_the_list_names_what_the_check_notes(answers, tmp_path):
    folder = kit.new_guide(answers, tmp_path / "mine")
    assert "C31 does nothing, because no point names it" in (folder / LIST_NAME).read_text(encoding="utf-8")


# Where it is written


@pytest.mark.parametrize("kind", ["folder with something", "file"])
def test_what_is_there_is_never_overwritten(answers, tmp_path, kind):
    target = tmp_path / "mine"
    if kind == "file":
        target.write_text("mine")
    else:
        target.mkdir()
        (target / "points.csv").write_text("mine")
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(InvalidValueError, match="holds something, and is left as it is; name a new folder"):
        kit.new_guide(answers, target)
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_an_empty_folder_is_taken(answers, tmp_path):
    (tmp_path / "mine").mkdir()
    assert kit.load_guide(kit.new_guide(answers, tmp_path / "mine")).id == "calf_pain"


def test_a_place_that_does_not_exist_is_told(answers, tmp_path):
    with pytest.raises(InvalidValueError, match="is no folder; make it first"):
        kit.new_guide(answers, tmp_path / "nowhere" / "mine")


def test_a_place_off_the_body_is_told_and_nothing_is_written(answers, tmp_path):
    answers["points"][0]["lateral"] = 40
    with pytest.raises(GuideError, match="gastrocnemius_1 lies .* beside the body; .*; correct the answers and make"):
        kit.new_guide(answers, tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
    assert [problem.file for problem in problems_of(answers)] == ["places.csv"]
