"""A caution is proposed for a place by how far away it lies, where the tables know that, and else by area."""

import pytest

import selfcare_kit as kit
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.scaffold.answers import answers_of
from selfcare_kit.guide.scaffold.left import what_is_left
from selfcare_kit.guide.scaffold.nearby import minded, place_of, search_radius

MID_THIGH = {"from_landmark": "asis", "to_landmark": "patella_base_lateral", "fraction": 0.5, "area": "thigh_outer"}
OWN = {"id": "X01", "label": "Mine", "areas": ["thigh_outer"], "question": ""}


def proposed(point, taken=("C19", "C24", "C31"), own=(), landmarks=()):
    return [each.id for each in minded(point, taken, own, landmarks) if each.is_proposed]


def why(point, id, taken=("C19", "C31"), landmarks=()):
    return {each.id: each.why for each in minded(point, taken, (), landmarks)}[id]


def test_the_nerve_beside_the_asis_is_no_matter_of_the_middle_of_the_thigh():
    assert proposed(MID_THIGH) == ["C31"]
    assert why(MID_THIGH, "C19") == "20 cm away from Anterior superior iliac spine, beyond 10 cm"


def test_near_it_a_caution_is_proposed_in_whatever_area_the_place_lies():
    beside = {"from_landmark": "asis", "lateral": 2, "up": -2}
    assert proposed({**beside, "area": "hip_front"}) == ["C19", "C31"]
    assert proposed({**beside, "area": "hip_side"}) == ["C19", "C31"]
    assert why({**beside, "area": "hip_side"}, "C19") == "1 cm away from Anterior superior iliac spine"


@pytest.mark.parametrize(("down", "is_proposed"), [(11.9, True), (12.1, False)])
def test_the_search_area_counts_as_part_of_the_place(down, is_proposed):
    assert search_radius() == 2
    point = {"from_landmark": "asis", "up": -down, "area": "hip_front"}
    assert ("C19" in proposed(point)) is is_proposed


@pytest.mark.parametrize(
    ("point", "landmarks"),
    [
        ({"area": "thigh_outer"}, ()),
        ({"from_landmark": "nowhere", "area": "thigh_outer"}, ()),
        ({"from_landmark": "a", "area": "thigh_outer"}, ({"id": "a", "from_landmark": "a"},)),
        ({"from_landmark": "calf_belly_end", "area": "calf_outer", "touches": ["thigh_outer"], "to_landmark": "b"}, ()),
    ],
)  # fmt: skip
def test_where_a_place_cannot_be_worked_out_a_caution_goes_by_area(point, landmarks):
    assert "C19" in proposed(point, landmarks=landmarks)
    assert why(point, "C19", landmarks=landmarks) == "by area"


def test_where_no_landmark_stands_for_a_caution_it_goes_by_area_and_by_the_areas_that_are_reached():
    assert built_in().records.cautions["C24"].near == ()
    assert "C24" in proposed({**MID_THIGH, "area": "calf_back"})
    assert "C24" in proposed({**MID_THIGH, "touches": ["calf_back"]})
    assert "C24" not in proposed(MID_THIGH)
    assert why(MID_THIGH, "C31") == "by area"


def test_a_caution_of_ones_own_goes_by_area():
    assert "X01" in proposed(MID_THIGH, own=(OWN,))
    assert "X01" not in proposed({**MID_THIGH, "area": "shin"}, own=(OWN,))
    assert "X01" not in proposed(MID_THIGH, own=({**OWN, "question": "Do you?"},))


def test_a_place_may_begin_at_a_landmark_of_ones_own():
    own = ({"id": "mine", "from_landmark": "asis", "to_landmark": "patella_base", "fraction": 0.5},)
    x, y, z = place_of({"from_landmark": "mine", "up": 1}, own)
    assert (x, y, z) == pytest.approx((11.35, 77.185, 7.89))
    assert "C19" not in proposed({"from_landmark": "mine", "area": "thigh_outer"}, landmarks=own)


def test_the_kits_own_points_would_be_offered_what_they_name_in_its_areas_and_hard_by():
    guide = kit.load_guide()
    rows = {row.id: row for row in reversed(guide.records.places)}
    landmarks = [{"id": id, **way(row)} for id, row in guide.records.landmarks.items()]
    by_distance = {id for id, rule in guide.records.cautions.items() if rule.near}
    assert by_distance == {"C09", "C19", "C23"}
    assert all(guide.records.cautions[id].near_cm for id in by_distance)
    offered = {
        point.id: {*proposed({**way(rows[point.id]), "area": point.area}, by_distance, landmarks=landmarks)}
        for point in guide.point_values.values()
    }
    for point in guide.point_values.values():
        named = {id for id in by_distance & {*point.cautions} if point.area in guide.records.cautions[id].areas}
        assert named <= offered[point.id], point.id
    assert [offered[id] for id in ("gmed_3", "gmin_a", "sol_2", "edl_1", "edb_1")] == [
        {"C19"}, {"C19"}, {"C09"}, {"C09"}, {"C23"},
    ]  # fmt: skip
    # The inner head of the calf is not the outer side of the knee.
    assert [offered[id] for id in ("gas_1", "vl_3", "vl_4")] == [set(), set(), set()]


def way(row):
    offsets = {name: getattr(row, f"offset_{name}") for name in ("lateral", "up", "front")}
    return {name: getattr(row, name) for name in ("from_landmark", "to_landmark", "fraction")} | offsets


def test_a_new_guide_keeps_near_what_a_caution_holds(answers, made):
    answers |= {"areas": [*answers["areas"], "calf_outer"], "cautions": ["C09", "C05", "C31"]}
    assert made(answers).records.cautions["C09"].near == ("fibular_head",)


def test_the_list_says_what_was_not_proposed_and_how_far_away_it_is(answers):
    answers |= {"areas": [*answers["areas"], "calf_outer"], "cautions": ["C05", "C09", "C24", "C31"]}
    soleus = answers["points"][1]
    soleus |= {"area": "calf_back", "touches": ["calf_outer"], "cautions": ["C05", "C31", "C09"]}
    text = what_is_left(answers_of(answers))
    label = "C09 Common fibular nerve at the fibular head"
    assert (
        f"[ ] soleus_1, {label}: not proposed, 22 cm away from Head of the fibula, beyond 16 cm; you named it" in text
    )
    assert "[ ] soleus_1, C24 Sural nerve: proposed, by area; you left it out" in text
    assert "[ ] soleus_1, C31 Bone: proposed, by area\n" in text
