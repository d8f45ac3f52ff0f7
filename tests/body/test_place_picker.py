"""A spot on a drawing becomes a place on the skin, and the place a rule by landmarks that leads back to it."""

import math
import re

import pytest

import selfcare_kit as kit
from selfcare_kit.body.picker import grid_page
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.depths import depths
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.place.propose import FRACTIONS, OFFSETS, propose_rules, rule_between, surface_at
from selfcare_kit.errors import InvalidValueError, UnknownIdError

# Half of a rounded centimeter in each direction.
MAX_ERROR = math.sqrt(3) * 0.25 + 0.01


@pytest.fixture(scope="module")
def places():
    return places_of(kit.load_guide())


@pytest.fixture(scope="module")
def spots(places):
    """For each point of the kit's guide: the view that shows it best, its spot there, and its row."""
    found = {}
    rows = {row.id: row for row in reversed(kit.load_guide().records.places)}
    for id in kit.load_guide().point_values:
        view = max(atlas().views, key=lambda name: places.visibility(id, name))
        found[id] = (atlas().view(view), atlas().view(view).project(places.of(id)[0].xyz), rows[id])
    return found


def led_to(rule, landmarks):
    start, end = landmarks[rule.from_landmark], landmarks[rule.to_landmark or rule.from_landmark]
    offsets = (getattr(rule, name) for name in OFFSETS)
    return tuple(a + rule.fraction * (b - a) + c for a, b, c in zip(start, end, offsets, strict=True))


def test_the_skin_at_the_spot_of_each_point_is_seen_there_and_near_its_place(places, spots):
    off = []
    for id, (view, (x, y), _) in spots.items():
        skin = depths().skin_at(view, x, y)
        assert math.dist(view.project(skin), (x, y)) < 0.05, id
        off.append(math.dist(skin, places.of(id)[0].xyz))
    assert sorted(off)[len(off) // 2] < 1.0
    assert max(off) < 5.0


def test_a_landmark_on_the_skin_lies_where_the_depths_say():
    back = atlas().view("back")
    for id in ("psis", "popliteal_crease", "malleolus_level_back", "scapula_inferior_angle", "c7_spine"):
        place = atlas().landmark_values[id].xyz
        assert abs(depths().skin_at(back, *back.project(place))[2] - place[2]) < 2.0, id


def test_three_rules_tell_each_point_and_lead_back_to_it(places, spots):
    for id, (view, spot, row) in spots.items():
        skin = depths().skin_at(view, *spot)
        rules = propose_rules(places.landmarks, skin, row.surface)
        assert len(rules) == 3, id
        assert all(math.dist(led_to(rule, places.landmarks), skin) < MAX_ERROR for rule in rules), id
        assert len({frozenset((rule.from_landmark, rule.to_landmark)) for rule in rules}) == 3, id


def test_the_landmarks_an_author_took_are_often_among_the_proposals(places, spots):
    same = shared = 0
    for view, spot, row in spots.values():
        rules = propose_rules(places.landmarks, depths().skin_at(view, *spot), row.surface)
        own = {row.from_landmark, row.to_landmark} - {""}
        same += any({rule.from_landmark, rule.to_landmark} - {""} == own for rule in rules)
        shared += any(own & {rule.from_landmark, rule.to_landmark} for rule in rules)
    assert same >= len(spots) / 3
    assert shared >= len(spots) * 3 / 4


def test_the_surface_follows_from_the_skin(spots):
    found = [
        surface_at(depths().normal_at(view, *spot), depths().skin_at(view, *spot)) == row.surface
        for view, spot, row in spots.values()
    ]
    assert sum(found) >= len(found) - 2


def test_fractions_are_those_that_people_say(places, spots):
    for view, spot, row in spots.values():
        for rule in propose_rules(places.landmarks, depths().skin_at(view, *spot), row.surface):
            assert not rule.to_landmark or any(abs(rule.fraction - each) < 0.001 for each in FRACTIONS)
            assert all(getattr(rule, name) * 2 == int(getattr(rule, name) * 2) for name in OFFSETS)


def test_by_ones_own_two_landmarks_the_rule_leads_to_the_place(places):
    place = (10.0, 30.0, -4.5)
    rule = rule_between(places.landmarks, place, "back", "popliteal_crease", "malleolus_level_back")
    assert (rule.from_landmark, rule.to_landmark) == ("popliteal_crease", "malleolus_level_back")
    assert math.dist(led_to(rule, places.landmarks), place) < MAX_ERROR
    alone = rule_between(places.landmarks, place, "back", "calf_belly_end")
    assert (alone.to_landmark, alone.fraction) == ("", 0.0)
    assert math.dist(led_to(alone, places.landmarks), place) < MAX_ERROR


def test_a_rule_is_told_in_words_without_a_minus():
    picked = kit.PlacePicker("back").at(-10.4, 25.4)
    rule = picked.rules[0]._replace(
        from_landmark="psis", to_landmark="asis", fraction=0.5, lateral=-5, up=2, front=-0.5
    )
    assert picked.told(rule) == "50% from psis to asis, 5 cm inward, 2 cm up, 0.5 cm to the back"


def test_left_and_right_of_a_view_are_the_same_place():
    picker = kit.PlacePicker("back")
    left, right = picker.at(-10.4, 25.4), picker.at(10.4, 25.4)
    assert left.xyz[0] > 0
    assert left.xyz == pytest.approx(right.xyz, abs=0.3)
    assert left.surface == right.surface == "back"


def test_a_spot_has_the_area_of_the_figure():
    assert kit.PlacePicker("back").at(-10.4, 25.4).area == "calf_back"
    assert kit.PlacePicker("sole").at(11, 8).area == "foot_arch"
    assert kit.PlacePicker("sole").at(11, 8).surface == "sole"


def test_a_chest_that_faces_up_is_no_foot():
    assert kit.PlacePicker("front").at(10, 140).surface == "front"


def test_a_proposal_becomes_a_point_of_a_new_guide_that_lies_there(answers_of_calf, tmp_path):
    picked = kit.PlacePicker("back").at(-10.4, 25.4)
    point = {
        name: value for name, value in answers_of_calf["points"][1].items() if name not in ("to_landmark", *OFFSETS)
    }
    answers_of_calf["points"] = [{**point, **picked.rules[0].answers}]
    guide = kit.load_guide(kit.new_guide(answers_of_calf, tmp_path / "mine"))
    assert math.dist(places_of(guide).of("soleus_1")[0].xyz, picked.xyz) < MAX_ERROR


@pytest.fixture
def answers_of_calf():
    from selfcare_kit.guide.scaffold.example import example_answers

    return example_answers()


@pytest.mark.parametrize(("view", "spot"), [("back", (0, 60)), ("back", (40, 160)), ("sole", (0, 0))])
def test_a_spot_beside_the_body_is_told(view, spot):
    with pytest.raises(InvalidValueError, match=f"a spot must lie on the body of the {view} view, got"):
        kit.PlacePicker(view).at(*spot)


def test_an_unknown_landmark_is_told():
    with pytest.raises(UnknownIdError, match="a landmark must be one of the body or the guide, got 'knee'"):
        kit.PlacePicker("back").at(-10.4, 25.4).between("knee")


def test_proposals_use_landmarks_of_the_body_unless_a_guide_is_given():
    guide = kit.load_guide()
    own = {row.id for row in guide.records.landmarks.values()}
    used = {id for rule in kit.PlacePicker("sole").at(11, 8).rules for id in (rule.from_landmark, rule.to_landmark)}
    assert not used & own
    kit.PlacePicker("sole", guide=guide).at(11, 8).between("metatarsal_heads_2_4")


def test_the_grid_has_its_numbers_and_the_picked_place():
    picker = kit.PlacePicker("back")
    svg = picker.to_svg(picker.at(-10.4, 25.4))
    assert {"-10", "0", "10", "170"} <= set(re.findall(r">(-?\d+)</text>", svg))
    (x, y) = re.search(r'<circle cx="(-?[\d.]+)" cy="(-?[\d.]+)"', svg).groups()
    assert (float(x), float(y)) == pytest.approx((-10.4, -25.4), abs=0.1)


def test_the_page_of_grids_names_the_landmarks_a_view_looks_at():
    page = grid_page()
    for name in atlas().views:
        assert f"<h2>{name}</h2>" in page
    assert "<title>psis: Posterior superior iliac spine</title>" in kit.PlacePicker("back").landmarks_svg()
    assert "psis" not in kit.PlacePicker("front").landmarks_svg()
    assert "hip_joint" not in page
