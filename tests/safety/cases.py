"""Complaints of clients as a clinic sees them, and what they may have answered."""

from __future__ import annotations

import selfcare_kit as kit


def area(side, *sensations, pain=None):
    return {"side": side, "sensations": sensations, "pain": pain}


COMPLAINTS = {
    "an office worker's buttock": {
        "buttock_center": area("left", "ache", pain=4),
        "buttock_lower": area("left", "ache", pain=4),
    },
    "sharp 7 of 10 from buttock to calf": {
        "buttock_center": area("left", "sharp", pain=7),
        "thigh_back": area("left", "sharp", pain=7),
        "calf_back": area("left", "sharp", pain=7),
    },
    "the same with a numb outer foot": {
        "buttock_center": area("right", "sharp", pain=6),
        "calf_back": area("right", "sharp", pain=6),
        "foot_outer": area("right", "numb", pain=2),
    },
    "a heel on its first steps": {"heel": area("right", "sharp", pain=6)},
    "a stone under the ball of the foot": {"foot_ball": area("left", "burning", "sharp", pain=5)},
    "the side of a hip at night": {
        "hip_side": area("right", "ache", pain=6),
        "thigh_outer": area("right", "ache", pain=4),
    },
    "groin and front of the hip": {
        "groin": area("left", "ache", pain=6),
        "hip_front": area("left", "ache", pain=5),
        "thigh_front": area("left", "ache", pain=4),
    },
    "a runner's shin": {"shin": area("left", "ache", "sharp", pain=6)},
    "cramps of the calves at night": {"calf_back": area("both", "cramp", pain=5)},
    "one calf sore after a flight": {
        "calf_back": area("left", "ache", pain=5),
        "calf_inner": area("left", "ache", pain=5),
    },
    "a swollen calf": {"calf_back": area("left", "swelling", "ache", pain=5)},
    "a burning outer thigh": {"thigh_outer": area("left", "burning", "numb", pain=4)},
    "a numb top of the foot": {"foot_top": area("left", "numb"), "big_toe": area("left", "numb")},
    "both feet numb like socks": {
        "foot_arch": area("both", "numb"),
        "foot_top": area("both", "numb"),
        "lesser_toes": area("both", "numb"),
    },
    "the tailbone after sitting": {"tailbone": area("midline", "ache", pain=5)},
    "sacrum and both buttocks": {
        "sacrum": area("midline", "ache", pain=5),
        "buttock_center": area("both", "ache", pain=5),
    },
    "the whole low back": {"low_back": area("both", "ache", pain=6)},
    "a burning Achilles tendon": {"achilles": area("right", "burning", "sharp", pain=6)},
    "an ankle two weeks after a sprain": {
        "ankle_outer": area("right", "ache", "swelling", pain=5),
        "foot_outer": area("right", "ache", pain=3),
    },
    "a burning inner ankle and a tingling sole": {
        "ankle_inner": area("left", "burning", pain=5),
        "foot_arch": area("left", "tingling", pain=4),
    },
    "the back of a knee": {"knee_back": area("left", "ache", pain=5)},
    "the inner side of a knee": {"knee_inner": area("left", "ache", pain=4)},
    "a foot that drops": {
        "ankle_front": area("right", "weak"),
        "foot_top": area("right", "weak", "numb"),
    },
    "a hot big toe": {"big_toe": area("right", "sharp", "burning", "swelling", pain=9)},
    "a whole leg at 10 of 10": {
        each: area("left", "ache", pain=10)
        for each in ("hip_side", "thigh_outer", "knee_outer", "calf_outer", "ankle_outer")
    },
    "tingling near the saddle": {
        "buttock_lower": area("both", "tingling"),
        "sacrum": area("midline", "tingling"),
    },
    "a left hip and a numb right foot": {
        "hip_side": area("left", "ache", pain=5),
        "foot_top": area("right", "numb", pain=2),
    },
    "sharp from flank to groin": {
        "low_back": area("right", "sharp", pain=9),
        "groin": area("right", "sharp", pain=9),
    },
    "sharp in the front of both legs": {
        "thigh_front": area("both", "sharp", pain=7),
        "shin": area("both", "sharp", pain=6),
    },
    "a numb inner thigh": {"thigh_inner": area("left", "numb")},
}
OTHER_SIDE = {"left": "right", "right": "left"}


def mirrored(complaint):
    """The same complaint of somebody seen in a mirror."""
    return {name: {**each, "side": OTHER_SIDE.get(each["side"], each["side"])} for name, each in complaint.items()}


def questions_of(guide):
    """Ids of all questions that a guide asks."""
    return tuple(rule.id for rule in guide.records.asked_rules)


def places(guide, yes, areas, narrow=False):
    """The areas that each answer speaks of where it needs some; where it may, too, if it is to be narrowed."""
    rules = {rule.id: rule for rule in guide.records.asked_rules}
    found = {}
    for id in yes:
        own = [each for each in rules[id].areas if each != "all"]
        among = [each for each in areas if not own or each in own]
        if rules[id].where == "required" or (narrow and own and among and rules[id].where == "optional"):
            found[id] = among or own[:1]
    return found


def answered(guide, complaint, yes, agreed_by="AB", narrow=False):
    """A screening in which everything was asked, and the places of the complaint were named where one has to be."""
    where = places(guide, yes, complaint, narrow)
    return kit.screen(yes=yes, where=where, agreed_by=agreed_by, guide=guide)
