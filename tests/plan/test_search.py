"""One word finds points, muscles, areas, acupuncture points and templates."""

import shutil

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.plan.search import describe, is_one_letter_off, match_of
from selfcare_kit.plan.search_index import normalized_words, search_index


def ids(word, **options):
    return [each.id for each in kit.search(word, **options)]


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("piriformis", "piri_1"),
        ("TFL", "tfl_1"),
        ("soleus", "sol_1"),
        ("GB30", "GB30"),
        ("plantar fasciitis", "heel"),
        ("front of hip", "hip_front"),
        ("QL", "ql_s1"),
        ("ITB", "thigh_outer"),
        ("gastroc", "gas_1"),
        ("glute med", "gmed_1"),
        ("sciatica", "buttock_center"),
        ("runner's knee", "knee_front"),
        ("runners knee", "knee_front"),
        ("musculus soleus", "sol_1"),
        ("peroneus longus", "fibl_1"),
        ("hip", "hip_side"),
        ("calf", "calf_back"),
        ("Huantiao", "GB30"),
        ("hip and leg", "hip_and_leg"),
        ("ciática", "buttock_center"),
        ("mollet", "calf_back"),
        ("Fersensporn", "heel"),
        ("läuferknie", "knee_outer"),
    ],
)
def test_each_word_finds_the_right_thing_first(word, first):
    assert ids(word)[0] == first


@pytest.mark.parametrize("word", ["gb30", "GB 30", "gb-30", "Gb30"])
def test_a_code_is_found_however_it_is_written(word):
    assert ids(word)[0] == "GB30"


def test_a_code_finds_the_points_near_it_after_it():
    found = kit.search("GB30")
    near = [each for each in found if each.kind == "point"]
    assert {each.id for each in near} == set(found[0].points)
    assert "piri_1" in found[0].points
    assert all(each.note == "near GB30" for each in near)


def test_points_come_with_their_muscle_and_what_may_only_be_shown_comes_after_what_may_be_pressed():
    assert ids("soleus")[:4] == ["sol_1", "sol_3", "sol_2", "soleus"]
    assert [each.kind for each in kit.search("soleus")[:4]] == ["point", "point", "point", "muscle"]


def test_a_complaint_leads_to_areas_and_never_to_a_diagnosis(guide):
    for row in guide.table("search_words"):
        if row["kind"] == "complaint":
            found = [each for each in kit.search(row["word"], limit=40) if each.note.endswith("no diagnosis")]
            assert found, row["word"]
            assert {each.kind for each in found} == {"area"}
            assert row["points"] == row["muscles"] == row["acupoints"] == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("piriformus", "piri_1"),
        ("pirriformis", "piri_1"),
        ("prirformis", None),
        ("pirformis", "piri_1"),
        ("solues", "sol_1"),
        ("sciatca", "buttock_center"),
        ("plantar fascitis", "heel"),
        ("qiriformis", "piri_1"),
        ("pirriform", "piri_1"),
    ],
)
def test_one_wrong_letter_is_forgiven_and_two_are_not(typed, meant):
    assert (ids(typed) or [None])[0] == meant


@pytest.mark.parametrize("typed", ["GB3O", "piri_3", "pirl_1", "gb99", "QX", "TFI"])
def test_nothing_is_forgiven_in_an_id_or_a_short_word(typed):
    assert ids(typed) == []


def test_the_beginning_of_a_word_is_enough():
    assert ids("piri")[0] == "piri_1"
    assert ids("gast")[0] == "gas_1"
    assert ids("gb3")[0] == "GB30"


def test_accents_case_and_small_words_do_not_matter():
    assert ids("CIATICA") == ids("ciática")
    assert ids("the front of the hip")[0] == ids("front hip")[0] == "hip_front"
    assert normalized_words("L'arrière de la cuisse") == ["arriere", "cuisse"]


def test_nothing_found_is_said_in_a_sentence():
    found = kit.search("xyzzy")
    assert len(found) == 0
    assert found.message == ("Nothing in this guide is called 'xyzzy'; try a muscle, an area or a code such as GB30.")
    assert kit.search("TFL").message == ""
    assert len(kit.search("")) == len(kit.search(" - ")) == 0


def test_a_limit_is_kept():
    assert len(kit.search("gluteal", limit=3)) == 3
    assert len(kit.search("g", limit=0)) == 0


@pytest.mark.parametrize("word", [None, 5, b"TFL"])
def test_what_is_no_text_is_refused(word):
    with pytest.raises(InvalidValueError, match="a search word must be text"):
        kit.search(word)


@pytest.mark.parametrize("word", ["'", "\x00", "a" * 100_000, "x " * 10_000, "🦵", "%s", "<b>", "ǅ"])
def test_strange_words_find_nothing_or_something_and_never_fail(word):
    kit.search(word)


def test_a_frame_has_a_row_for_each():
    df = kit.search("TFL").to_frame()
    assert list(df["id"]) == ["tfl_1", "tensor_fasciae_latae"]
    assert list(df.columns) == ["kind", "id", "label", "word", "note", "points"]


def test_it_reads_as_a_sequence():
    found = kit.search("soleus")
    assert found[0] in found
    assert list(found[:2]) == list(found)[:2]
    assert repr(found).splitlines()[0].startswith("point")


def test_a_guide_without_search_words_is_searched_by_its_names(guide, tmp_path):
    copy = shutil.copytree(guide.folder, tmp_path / "mine")
    (copy / "search_words.csv").unlink()
    mine = kit.load_guide(copy)
    assert ids("soleus", guide=mine)[0] == "sol_1"
    assert "heel" not in ids("plantar fasciitis", guide=mine)


def test_a_clinics_own_words_are_data(guide, tmp_path):
    copy = shutil.copytree(guide.folder, tmp_path / "mine")
    with (copy / "search_words.csv").open("a", encoding="utf-8") as file:
        file.write("wallet spot,en,name,piri_1,,,,,known,KIT\n")
    assert ids("wallet spot", guide=kit.load_guide(copy)) == ["piri_1"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("nowhere,en,name,,,,,,known,KIT", "areas: must not be empty where nothing else is"),
        ("gout,en,complaint,,,big_toe,LR3,,known,KIT", "must be empty for a complaint"),
        ("gout,en,complaint,,,big_tow,,,known,KIT", "'big_tow' is not in areas.csv"),
        ("sciatica,en,complaint,,,heel,,,known,KIT", "already stands in row"),
    ],
)
def test_a_wrong_row_of_the_search_words_is_told(guide, tmp_path, row, message):
    copy = shutil.copytree(guide.folder, tmp_path / "mine")
    with (copy / "search_words.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    assert any(message in str(problem) for problem in kit.check_guide(copy))


def test_all_letters_that_make_one_mistake():
    for typed in ("soleus", "soleuss", "soeus", "xoleus", "oleus", "sloeus", "solue", "soleux"):
        assert is_one_letter_off(typed, "soleus"), typed
    for typed in ("xoleux", "slouse", "oleuss", "sxxeus"):
        assert not is_one_letter_off(typed, "soleus"), typed


def test_the_words_are_put_in_order_once(guide):
    assert search_index(guide) is search_index(guide)


# What a list of results says beside each


def detail(word):
    return describe(kit.search(word)[0])


def test_a_point_is_described_by_its_area_and_how_it_is_pressed_or_as_shown_only():
    assert detail("tfl_1") == "Hip, front; Massage ball; Standing at a wall"
    assert detail("piri_2") == "Buttock, center; shown only"


def test_exactly_the_points_that_may_not_be_pressed_are_described_as_shown_only(guide):
    shown = {id for id in guide.point_values if detail(id).endswith("shown only")}
    assert shown == {id for id, point in guide.point_values.items() if point.show_only}


def test_an_acupoint_is_described_by_what_is_near_for_certain_what_perhaps_and_its_location(guide):
    location = guide.records.acupoints["GB30"].location
    # Near two points of the gluteus minimus, one for certain.
    assert detail("GB30") == f"near: gluteus minimus, piriformis. {location}"
    assert detail("BL57").startswith("near: soleus; perhaps: gastrocnemius, tibialis posterior. Where the bellies")
    assert detail("GB34").endswith("not a place to press.")


def test_an_acupoint_that_is_near_no_point_is_described_by_its_location_alone(guide):
    assert detail("BL32") == guide.records.acupoints["BL32"].location


def test_areas_muscles_and_templates_are_described_by_their_kind():
    assert detail("hip side") == "area; Low back and hip"
    assert detail("hip_and_leg").startswith("template, ")
    muscle = next(match for match in kit.search("piriformis") if match.kind == "muscle")
    assert describe(muscle) == "muscle, 2 points"


def test_every_result_of_a_guide_can_be_described(guide):
    index = search_index(guide)
    assert all(describe(match_of(n, (0, e, -1), index)) for n, e in enumerate(index.ranks[: len(index.entries)]))


def test_where_nothing_is_found_something_is_named_that_the_guide_has(own):
    found = kit.search("xyzzy", guide=own)
    assert found.message == ("Nothing in this guide is called 'xyzzy'; try a muscle or an area, such as gastrocnemius.")
    assert kit.search("Gastrocnemius", guide=own)[0].points == ("gastrocnemius_1",)
    assert found[:3].message == found.message
