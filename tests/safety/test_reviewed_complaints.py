"""Clients as a physiotherapist made them up and reviewed them: what their pages must and must not hold."""

from __future__ import annotations

from dataclasses import dataclass, field

import cases
import pytest

import selfcare_kit as kit
from selfcare_kit.errors import ReferralRequired

area = cases.area
BUTTOCK = ("gmax_1", "gmax_2", "gmax_3", "gmed_1", "gmin_p", "piri_1", "piri_2")
HIP = (*BUTTOCK, "gmed_2", "gmed_3", "gmin_a", "tfl_1")
THIGH = ("vl_1", "vl_2", "vl_3", "vl_4", "vl_5", "bf_1", "hs_med_1")
LOW_BACK = ("ql_s1", "ql_s2", "ql_d1", "ql_d2")
KNEE = ("vl_1", "vl_2")
CALF = ("gas_1", "gas_2", "sol_1", "sol_3", "fdl_1", "fhl_1")
SOLE = ("fdb_1", "qp_1", "fhb_1", "adh_1")
FOOT = (*SOLE, "abh_1", "abdm_1", "edb_1", "int_1", "int_d1")


@dataclass(frozen=True)
class Client:
    """A complaint with its answers, and what was judged right for it.

    `page` is what happens to the page of the best five: it prints, is held until a clinician agrees (and prints then),
    is refused whoever agrees, or there is nothing to offer. No offered step has more than `pressure`, a point of `never`
    (a point, or a point and its side), a tool of `tools` or a position of `positions`; the page says what `says` holds.
    """

    felt: dict
    page: str
    alerts: frozenset
    pressure: int = 0
    never: tuple = ()
    tools: tuple = ()
    positions: tuple = ()
    yes: tuple = ()
    where: dict = field(default_factory=dict)
    says: tuple = ()
    language: str = ""


def client(felt, page, alerts="", yes="", **more):
    return Client(felt, page, frozenset(alerts.split()), yes=tuple(yes.split()), **more)


CLIENTS = {
    # 34, nurse in week 26: aches across the low back and both buttocks after night shifts.
    "a nurse in week 26": client(
        {"low_back": area("both", "ache", pain=5), "buttock_center": area("both", "ache", pain=4)},
        "prints", yes="C02", pressure=4, positions=("lying_on_back", "floor_lying"), says=("Do not lie on your belly",),
    ),
    # 78, widow, two falls this winter, thin bones: nothing that needs a wall, a floor or a ball on a chair is left.
    "a widow who falls": client(
        {"hip_side": area("right", "ache", pain=6), "thigh_outer": area("right", "ache", pain=4)},
        "nothing", yes="C03 C27", never=(*HIP, *THIGH),
    ),
    # 72, unsteady since a stroke years ago, buttock sore from the armchair: no ball to sit on.
    "an unsteady man's buttock": client(
        {"buttock_center": area("left", "ache", pain=4), "buttock_outer": area("left", "ache", pain=4)},
        "nothing", yes="C27", never=HIP,
    ),
    # 66, unsteady, cramp of the calf in bed: lying is allowed, and the page says where.
    "an unsteady woman's calf": client(
        {"calf_back": area("left", "cramp", pain=4)},
        "prints", "N18", yes="C27", pressure=4, never=("gmin_p", "bf_1"), positions=("wall_standing", "chair_sitting"),
        says=("Lie only on a bed",),
    ),
    # 61, artificial right knee since 2019, cramps of the left calf: that knee is not to carry the other leg.
    "cramps beside an artificial knee": client(
        {"calf_back": area("left", "cramp", pain=4)},
        "prints", "N18", yes="C10b", where={"C10b": ("knee_front", "knee_inner", "knee_outer")},
        pressure=4, never=KNEE, tools=("opposite_knee",),
    ),
    # 47, steroid into the left knee nine days ago, right calf tight since limping.
    "a calf and an injected knee": client(
        {"calf_back": area("right", "ache", pain=3)},
        "prints", "N18", yes="C29", where={"C29": ("knee_front",)},
        pressure=4, never=KNEE, tools=("opposite_knee",), says=("until your clinician says it is fine",),
    ),
    # 52, diabetes and nerve damage: forefoot burns, the big toe is numb. No tool below the knee, no tarsal tunnel.
    "a diabetic's burning forefoot": client(
        {"foot_ball": area("left", "numb", "burning", pain=4), "big_toe": area("left", "numb")},
        "prints", "numb burning N02 N04 N06 N08", yes="C04", pressure=3, never=("abh_1", *SOLE),
    ),
    # 57, diabetes: a swollen foot that does not feel, hardly sore. May be a Charcot foot.
    "a swollen foot that does not feel": client(
        {"foot_arch": area("right", "numb", "swelling", pain=2), "foot_top": area("right", "numb", "swelling")},
        "agreed", "swelling numb N02 N03 N04 N06 N08", yes="C04", pressure=4, never=FOOT,
    ),
    # 68, knee swollen since kneeling in the garden, 5 of 10.
    "a gardener's swollen knee": client(
        {"knee_front": area("left", "swelling", "ache", pain=5), "knee_outer": area("left", "ache", pain=3)},
        "agreed", "swelling", pressure=4, never=KNEE,
    ),
    # 26, dancer, top and outer edge of the foot swollen and sharp: a stress fracture until seen.
    "a dancer's swollen foot": client(
        {"foot_top": area("left", "swelling", "sharp", pain=6), "foot_outer": area("left", "ache", pain=4)},
        "agreed", "swelling", pressure=3, never=FOOT,
    ),
    # 41, farmer, a warm lump in the buttock: may be an abscess.
    "a farmer's swollen buttock": client(
        {"buttock_center": area("right", "swelling", "ache", pain=6)},
        "agreed", "swelling", pressure=4, never=("gmax_1", "gmed_1", "gmin_p", "piri_1"),
    ),
    # 29, four weeks after a birth, tailbone sore on chairs.
    "a tailbone after a birth": client(
        {"tailbone": area("midline", "ache", pain=6)},
        "prints", yes="C02", pressure=3, positions=("lying_on_back", "floor_lying"),
    ),
    # 38, truck driver: pins and needles in groin and inner thigh, no ache.
    "a driver's tingling groin": client(
        {"groin": area("right", "tingling", pain=3), "thigh_inner": area("right", "tingling")},
        "agreed", "tingling N11", pressure=4, says=("between legs, near",),
    ),
    # 44, pins and needles around the tailbone since yesterday.
    "tingling around the tailbone": client(
        {"tailbone": area("midline", "tingling", pain=2), "low_back": area("both", "ache", pain=6)},
        "refused", "tingling N09 N11", pressure=4,
    ),
    # 71, calves and hamstrings ache on the way to the shop and ease on a bench.
    "a walker who has to stop": client(
        {"calf_back": area("both", "ache", pain=5), "thigh_back": area("both", "ache", pain=4)},
        "agreed", "N18", yes="R18", pressure=5, says=("sooner than today",),
    ),
    # 70, artificial hip for three years, outer calf and outer knee ache: nothing on the thigh, nothing to bend down for.
    "an artificial hip and an outer calf": client(
        {"calf_outer": area("right", "ache", pain=4), "knee_outer": area("right", "ache", pain=3)},
        "prints", yes="C10", pressure=3, never=(*HIP, *THIGH),
        tools=("opposite_knee", "supported_fingers", "knobbed_tool", "scraping_tool", "massage_ball"),
        says=("Do not bend it past a right angle",),
    ),
    # 63, takes a blood thinner, outer thigh and outer calf ache.
    "an outer leg on a blood thinner": client(
        {"calf_outer": area("left", "ache", pain=5), "thigh_outer": area("left", "ache", pain=5)},
        "prints", yes="C01", pressure=3, tools=("scraping_tool", "long_handle"), language="de",
        says=("Drücken Sie nur leicht",),
    ),
    # 49, left outer buttock aches, the right outer foot tingles: points go where their own areas hurt.
    "a left buttock and a right foot": client(
        {"buttock_outer": area("left", "ache", pain=5), "foot_outer": area("right", "tingling", pain=3)},
        "prints", "tingling N05 N15", pressure=5, never=("abh_1 left", "edb_1 left", "gmax_2 right"),
    ),
    # 14, football, front of knee and thigh ache: the hip is to be looked at first.
    "a boy of 14": client(
        {"thigh_front": area("left", "ache", pain=4), "knee_front": area("left", "ache", pain=4)},
        "agreed", yes="C28", pressure=3, says=("with a grown-up there",),
    ),
    # 58, kidney disease, left flank and buttock ache.
    "a flank with kidney disease": client(
        {"low_back": area("left", "ache", pain=4), "buttock_center": area("left", "ache", pain=4)},
        "prints", yes="C07", pressure=4, never=LOW_BACK,
    ),
    # 36, week 20, burning and numb outer thigh: nothing beside the bony point at the front of the hip.
    "a burning thigh in week 20": client(
        {"thigh_outer": area("right", "numb", "burning", pain=5)},
        "prints", "numb burning N07", yes="C02", pressure=3, never=("tfl_1",), language="fr",
        positions=("lying_on_back", "floor_lying"), says=("Ne vous allongez",),
    ),
    # 33, shin "just gives up" on long walks.
    "a shin that gives up": client(
        {"shin": area("left", "weak", pain=1), "ankle_front": area("left", "ache", pain=3)},
        "agreed", "weak", pressure=3,
    ),
    # 82, memory clinic, front of the hip aches.
    "a client who forgets": client(
        {"hip_front": area("left", "ache", pain=4)},
        "prints", yes="C26", pressure=4, says=("only while your clinician is with you",),
    ),
    # 55, bulging sore veins at the inner calf, inner calf and ankle ache.
    "an inner calf with veins": client(
        {"calf_inner": area("right", "ache", pain=4), "ankle_inner": area("right", "ache", pain=3)},
        "prints", "N18", yes="C05", where={"C05": ("calf_inner",)}, pressure=3, never=("fdl_1",),
        tools=("scraping_tool", "long_handle"), language="es", says=("Evite las venas",),
    ),
    # 59, a band of blisters at the outer thigh, seen by a doctor yesterday.
    "a band of blisters": client(
        {"thigh_outer": area("left", "burning", pain=5), "thigh_front": area("left", "ache", pain=3)},
        "agreed", "burning N07", yes="R25 C12", where={"R25": ("thigh_outer",), "C12": ("thigh_outer",)},
        pressure=3, never=("tfl_1", "vl_2", "vl_3", "vl_4", "vl_5"), says=("Leave out the place with the rash",),
    ),
}  # fmt: skip


def found_for(each, agreed_by=""):
    screening = kit.screen(yes=each.yes, where=each.where, agreed_by=agreed_by)
    return kit.suggest(each.felt, screening=screening)


def page_of(each, agreed_by):
    routine = kit.Routine.from_suggestions(found_for(each, agreed_by).top(5), title="Plan", code="C-104")
    return routine.to_html(**({"language": each.language} if each.language else {}))


def steps_offered(each):
    return [suggestion.step for suggestion in found_for(each, "AB") if suggestion.is_offered]


@pytest.fixture(params=CLIENTS, scope="module")
def each(request):
    return CLIENTS[request.param]


def test_there_are_25_of_them():
    assert len(CLIENTS) == 25


def test_the_alerts_are_those_expected(each):
    assert {alert.id for alert in found_for(each).alerts} == each.alerts


def test_what_should_not_be_offered_is_not(each):
    steps = steps_offered(each)
    names = {step.point for step in steps} | {f"{step.point} {side}" for step in steps for side in sides_of(step)}
    assert names.isdisjoint(each.never)
    assert {step.tool for step in steps}.isdisjoint(each.tools)
    assert {step.position for step in steps}.isdisjoint(each.positions)


def test_nothing_is_pressed_harder(each):
    assert [step for step in steps_offered(each) if step.pressure > each.pressure] == []


def test_the_page_prints_or_is_held_back(each):
    if each.page == "nothing":
        assert not found_for(each, "AB").top(5)
        return
    # Some answers leave nothing to print before somebody has agreed.
    if each.page != "prints" and found_for(each).top(5):
        with pytest.raises(ReferralRequired):
            page_of(each, "")
    if each.page == "refused":
        with pytest.raises(ReferralRequired):
            page_of(each, "AB")
        return
    html = page_of(each, "AB" if each.page == "agreed" else "")
    assert [words for words in each.says if words not in html] == []


def sides_of(step):
    return ("left", "right") if step.side == "both" else (step.side,)
