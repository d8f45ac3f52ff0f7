"""The landmarks above the waist, beside what a source says of them, and else beside what is generally known."""

from itertools import pairwise

import pytest

from selfcare_kit.body.place.arms import is_on_arm
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.places import places_of

STATURE = 170.0
UPPER = (
    "c7_spine", "t3_spine", "t7_spine", "t12_spine", "occiput", "mastoid", "sternal_notch", "acromion", "scapula_superior_angle",
    "scapula_spine_root", "scapula_medial_border", "scapula_inferior_angle", "humerus_lateral_epicondyle", "humerus_medial_epicondyle",
    "olecranon", "radial_styloid", "ulnar_styloid", "wrist_crease",
)  # fmt: skip
# What must be in the area of the body that its name says.
AREAS = {
    "c7_spine": {"neck", "upper_back"}, "t3_spine": {"upper_back"}, "t7_spine": {"upper_back"}, "t12_spine": {"mid_back"},
    "occiput": {"head"}, "mastoid": {"head", "neck"}, "acromion": {"shoulder"}, "scapula_superior_angle": {"upper_back"},
    "scapula_spine_root": {"upper_back"}, "scapula_inferior_angle": {"upper_back"}, "olecranon": {"elbow"},
    "humerus_lateral_epicondyle": {"elbow"}, "humerus_medial_epicondyle": {"elbow"}, "radial_styloid": {"forearm", "hand"},
    "ulnar_styloid": {"forearm", "hand"}, "wrist_crease": {"forearm", "hand"},
}  # fmt: skip


@pytest.fixture(scope="module")
def at():
    return {id: each.xyz for id, each in atlas().landmark_values.items()}


def distance(a, b):
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def test_the_body_has_landmarks_up_to_the_head_and_down_to_the_wrist(at):
    assert set(UPPER) <= set(at)
    assert max(y for _, y, _ in at.values()) > 0.9 * STATURE


def test_t12_lies_midway_between_the_scapula_and_the_iliac_crest(at):
    """WHO 2008, general guidelines, read as an excerpt: the only published proportion above the waist that was read."""
    middle = (at["scapula_inferior_angle"][1] + at["iliac_crest_top"][1]) / 2
    assert at["t12_spine"][1] == pytest.approx(middle, abs=1.5)


def test_the_back_is_three_cun_wide_from_the_midline_to_the_scapula(at, guide):
    """WHO 2008: both medial borders are 6 cun apart; the root of the spine lies on the same border."""
    assert places_of(guide).units["cun_back"] == pytest.approx(at["scapula_medial_border"][0] / 3)
    assert at["scapula_spine_root"][0] == pytest.approx(at["scapula_medial_border"][0], abs=1.0)


@pytest.mark.parametrize(
    ("measured", "low", "high"),
    [
        (lambda at: at["c7_spine"][1] / STATURE, 0.83, 0.87),
        (lambda at: 2 * at["acromion"][0] / STATURE, 0.215, 0.245),
        (lambda at: at["acromion"][1] / STATURE, 0.80, 0.84),
        (lambda at: distance(at["acromion"], at["humerus_lateral_epicondyle"]) / STATURE, 0.165, 0.195),
        (lambda at: distance(at["humerus_lateral_epicondyle"], at["radial_styloid"]) / STATURE, 0.135, 0.155),
        (lambda at: distance(at["humerus_lateral_epicondyle"], at["humerus_medial_epicondyle"]), 5.5, 7.5),
        (lambda at: distance(at["radial_styloid"], at["ulnar_styloid"]), 3.5, 6.5),
        (lambda at: at["t7_spine"][1] - at["scapula_inferior_angle"][1], -1.0, 3.0),
        (lambda at: abs(at["t3_spine"][1] - at["scapula_spine_root"][1]), 0.0, 1.0),
    ],
)
def test_measures_are_those_of_a_credible_body(at, measured, low, high):
    """General knowledge, in shares of stature or in cm; docs/landmarks.md says that nobody read a source for it."""
    assert low <= measured(at) <= high


def test_the_spine_comes_down_in_its_order(at):
    names = (
        "occiput",
        "c7_spine",
        "t3_spine",
        "t7_spine",
        "t12_spine",
        "l1_spine",
        "l2_spine",
        "l3_spine",
        "l4_spine",
        "l5_spine",
        "s2_spine",
    )
    assert all(at[above][1] > at[below][1] + 1.0 for above, below in pairwise(names))


def test_the_scapula_stands_upright_and_its_angles_lie_apart(at):
    names = ("scapula_superior_angle", "scapula_spine_root", "scapula_medial_border", "scapula_inferior_angle")
    assert all(at[above][1] > at[below][1] + 1 for above, below in pairwise(names))
    assert at["acromion"][0] > at["scapula_spine_root"][0] + 10


def test_with_palms_forward_the_radius_and_the_lateral_epicondyle_are_on_the_outer_side(at):
    assert at["radial_styloid"][0] > at["wrist_crease"][0] > at["ulnar_styloid"][0]
    assert at["humerus_lateral_epicondyle"][0] > at["olecranon"][0] > at["humerus_medial_epicondyle"][0]
    assert at["olecranon"][2] < at["humerus_lateral_epicondyle"][2]


@pytest.mark.parametrize("id", list(AREAS))
def test_a_landmark_lies_in_its_area(at, id):
    view = atlas().view("front" if id == "wrist_crease" else "back")
    x, y = view.project(at[id])
    # Two halves meet on the midline; beside it there is one.
    found = view.area_at(x - 0.3, y)
    assert found[0] in AREAS[id]
    assert is_on_arm(atlas(), at[id]) == (found[0] in ("upper_arm", "elbow", "forearm", "hand"))


def test_those_of_the_midline_are_not_paired():
    rows = atlas().landmarks
    assert set(rows.index[(rows.x_cm == 0)]) == set(rows.index[rows.paired == "no"])
    assert (rows.loc[list(UPPER), "basis"] == "estimate").all()
