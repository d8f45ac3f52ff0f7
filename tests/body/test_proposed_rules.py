"""The ways to tell a place that are proposed are those a hand would follow: near, and on its own side of the body."""

import math

import pytest

import selfcare_kit as kit
from selfcare_kit.body.picker import ViewGrid
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.propose import OPPOSITE, propose_rules
from selfcare_kit.body.place.rules import derive_landmarks

# What a physiotherapist would say first: view, spot, and the landmarks of the rule, which begins at the first.
FIRST = {
    "front of the thigh, low": ("front", (11, 62), ("patella_base", "asis")),
    "front of the thigh, middle": ("front", (11.5, 74), ("patella_base", "asis")),
    "rectus femoris, high": ("front", (11.5, 88), ("asis", "patella_base_lateral")),
    "vastus medialis": ("front", (8.2, 58.5), ("patella_base",)),
    "vastus lateralis": ("side", (-4.2, 65), ("lateral_epicondyle", "asis")),
    "hamstrings, middle": ("back", (-9.5, 68), ("gluteal_fold", "popliteal_crease")),
    "calf": ("back", (-9, 38), ("popliteal_crease_medial", "malleolus_level_back")),
    "soleus": ("back", (-10.5, 25), ("calf_belly_end",)),
    "tibialis anterior": ("front", (13.2, 34), ("tibial_tuberosity", "ankle_front")),
    "fibularis": ("side", (0.5, 32), ("fibular_head", "lateral_malleolus")),
    "sole": ("sole", (11, 8), ("metatarsal_head_1", "calcaneus_lateral")),
    "top of the foot": ("foot_top", (11.5, 8), ("metatarsal_base_3",)),
    "beside L3": ("back", (-3.5, 109), ("l3_spine",)),
    "gluteus medius": ("side", (-2.2, 96), ("asis", "greater_trochanter")),
    "gluteus maximus": ("back", (-8, 93), ("s2_spine", "greater_trochanter")),
    "upper trapezius": ("back", (-9, 141), ("scapula_superior_angle", "acromion")),
    "infraspinatus": ("back", (-10.5, 132), ("scapula_medial_border",)),
    "rhomboid": ("back", (-4.5, 132), ("scapula_inferior_angle", "t3_spine")),
    "neck": ("back", (-2.5, 149), ("c7_spine", "mastoid")),
    "pectoralis": ("front", (10, 132), ("acromion", "xiphoid")),
    "deltoid": ("front", (18.5, 133), ("acromion",)),
    "biceps": ("front", (23, 124), ("humerus_lateral_epicondyle", "acromion")),
    "triceps": ("back", (-22, 122), ("humerus_medial_epicondyle", "acromion")),
    "forearm": ("front", (29, 105), ("humerus_lateral_epicondyle", "wrist_crease")),
}  # fmt: skip
LANDMARKS = atlas().landmark_values


def ends(rule):
    return tuple(filter(None, (rule.from_landmark, rule.to_landmark)))


@pytest.fixture(scope="module")
def picked():
    return {name: ViewGrid(view).at(*spot) for name, (view, spot, _) in FIRST.items()}


@pytest.mark.parametrize("name", FIRST)
def test_the_first_proposal_is_what_a_hand_would_follow(picked, name):
    assert ends(picked[name].rules[0]) == FIRST[name][2]


def test_no_proposal_leads_through_the_body(picked):
    for name, place in picked.items():
        for id in (id for rule in place.rules for id in ends(rule)):
            assert LANDMARKS[id].felt_on not in ((), (OPPOSITE[place.surface],)), (name, id)


def test_a_landmark_that_a_hand_feels_near_the_place_begins_one_of_the_proposals(picked):
    for name, place in picked.items():
        felt = [id for id, each in LANDMARKS.items() if place.surface in each.felt_on]
        if place.area.startswith(("thigh", "hip")):
            felt = [id for id in felt if id not in ("pubic_symphysis", "umbilicus")]
        nearest = min(felt, key=lambda id: math.dist(LANDMARKS[id].xyz, place.xyz))
        assert nearest in [rule.from_landmark for rule in place.rules], name


@pytest.mark.slow
def test_no_place_of_a_thigh_is_told_from_navel_or_pubic_bone():
    used, areas = set(), set()
    for view in ("front", "side", "inner", "back"):
        grid = ViewGrid(view)
        for spot in ((x, y) for x in range(-20, 21, 4) for y in range(52, 96, 4)):
            try:
                place = grid.at(*spot)
            except kit.errors.InvalidValueError:
                continue
            if place.area.startswith(("thigh", "knee", "hip", "buttock")):
                areas.add(place.area)
                used |= {id for rule in place.rules for id in ends(rule)}
    assert {"thigh_front", "thigh_inner", "thigh_back", "thigh_outer", "hip_front"} <= areas
    assert used.isdisjoint({"pubic_symphysis", "umbilicus", "xiphoid"})


def test_a_line_begins_at_its_nearer_landmark_unless_the_other_is_the_one_a_hand_feels_here(picked):
    for name, place in picked.items():
        for start, end in (ends(rule) for rule in place.rules if rule.to_landmark):
            far, near = (math.dist(LANDMARKS[id].xyz, place.xyz) for id in (start, end))
            assert far <= near or place.surface in LANDMARKS[start].felt_on, name


@pytest.mark.slow
def test_every_place_on_the_skin_has_a_proposal():
    for view in atlas().views:
        grid, (x0, y0, x1, y1) = ViewGrid(view), atlas().view(view).box()
        for spot in ((x, y) for x in range(int(x0), int(x1), 5) for y in range(int(y0), int(y1), 7)):
            try:
                place = grid.at(*spot)
            except kit.errors.InvalidValueError:
                continue
            assert place.rules, (view, spot)


def test_landmarks_that_no_hand_feels_are_no_proposals_and_a_landmark_of_ones_own_may_be_one():
    assert {id for id, each in LANDMARKS.items() if not each.felt_on} == {
        "hip_joint", "knee_joint", "ankle_joint", "piriformis_sacral_end",
    }  # fmt: skip
    positions = {id: each.xyz for id, each in LANDMARKS.items()}
    own = {**positions, "my_spot": (10.0, 66.0, -3.5)}
    first, *_ = propose_rules(own, (9.5, 68.0, -3.6), "back")
    assert first.from_landmark == "my_spot"
    assert derive_landmarks(positions, ()) == positions
