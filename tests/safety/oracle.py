"""What must hold of a guide and of the code that enforces it: the rules, asked of the library's behaviour.

The rules are those of `safety_rules.json`, a second copy of what the guide's tables say.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from functools import partial
from pathlib import Path

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, DoseError, InvalidValueError, ReferralRequired, UnknownIdError
from selfcare_kit.export.kinds import KINDS, make_file
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.dose import Dose
from selfcare_kit.model.dose import check_dose as check_steps
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import own_step, shared_out
from selfcare_kit.review.items import items_of
from selfcare_kit.routine import routine_from_bytes
from selfcare_kit.safety.alerts import find_alerts
from selfcare_kit.safety.findings import closed_by
from selfcare_kit.safety.gate import check_clearance as check_clearance_of
from selfcare_kit.safety.gate import unasked
from selfcare_kit.safety.questions import areas_reached, can_be_set_aside, is_relevant
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge

RULES = json.loads(Path(__file__).with_name("safety_rules.json").read_text(encoding="utf-8"))
SERIOUS = ("refer", "urgent", "emergency")
TODAY = datetime.date.today()


def listed(cell, guide):
    return tuple(guide.area_ids) if cell == "all" else tuple(part for part in cell.split(";") if part)


def objection(guide, screening, area, complaint=None, **how):
    """Why something may not be done in an area under these answers."""
    return str(Judge.of(guide, complaint, screening).area_objection(area, **how) or "")


def refused(error, action):
    """Whether an action is refused by an error of this kind."""
    try:
        action()
    except error:
        return True
    return False


def violations(guide, first=""):
    """Everything that does not hold, beginning with the rule `first`; an error on the way is one, too."""
    checks = [
        ("gate", lambda: check_gate(guide)),
        ("dose", lambda: check_dose(guide)),
        ("sides", lambda: check_sides(guide)),
        ("conflicts", lambda: check_conflicts(guide)),
        ("agreed", lambda: check_agreed(guide)),
        ("aside", lambda: check_aside(guide)),
        ("door", lambda: check_door(guide)),
        ("ways", lambda: check_ways(guide)),
        ("other knee", lambda: check_other_knee(guide)),
        ("files", lambda: check_files(guide)),
        ("kept", lambda: check_kept(guide)),
        ("held", lambda: check_held(guide)),
        *((id, lambda id=id, rule=rule: check_answer(guide, id, rule)) for table in ("red_flags", "cautions")
          for id, rule in RULES[table].items()),
        *((id, lambda id=id, rule=rule: check_point(guide, id, rule)) for id, rule in RULES["points"].items()),
        *((id, lambda id=id, rule=rule: check_sensation(guide, id, rule)) for id, rule in RULES["sensations"].items()),
        *((id, lambda id=id, rule=rule: check_implied(guide, id, rule)) for id, rule in RULES["sensations"].items()),
        *((id, lambda id=id, rule=rule: check_nerve(guide, id, rule)) for id, rule in RULES["nerves"].items()),
        *((id, lambda id=id, rule=rule: check_limit(guide, id, rule)) for id, rule in RULES["limits"].items()),
    ]  # fmt: skip
    for id, check in sorted(checks, key=lambda each: each[0] != first):
        try:
            yield from (f"{id}: {told}" for told in check())
        except Exception as error:
            yield f"{id}: {type(error).__name__}: {str(error)[:100]}"


# Answers


def check_answer(guide, id, rule):
    is_red_flag = id.startswith("R")
    is_derived = bool(is_red_flag and rule["all_of"])
    is_asked = not is_derived if is_red_flag else rule["kind"] in ("question", "both")
    if is_asked != (id in {rule.id for rule in guide.records.asked_rules}):
        yield "is not asked as it should be"
    if is_asked:
        others = [rule.id for rule in guide.records.asked_rules if rule.id != id]
        unasked = kit.screen(asked=others, guide=guide)
        if not refused(kit.ScreeningRequired, free_routine(guide, unasked).require_clearance):
            yield "a page goes out although it was not asked"
        yield from check_relevance(guide, id, rule)
    if is_derived:
        yield from check_derived(guide, id, rule)
    own = listed(rule["areas"], guide)
    needs_where = rule["where"] == "required"
    places = {id: ["calf_back"]} if needs_where else {}
    if needs_where and not refused(InvalidValueError, lambda: kit.screen(yes=[id], guide=guide)):
        yield "needs no areas"
    if rule["where"] == "no" and not refused(
        InvalidValueError, lambda: kit.screen(yes=[id], where={id: list(own[:1])}, guide=guide)
    ):
        yield "can be narrowed away"
    screening = kit.screen(yes=[id], where=places, guide=guide)
    if screening.action != rule["action"]:
        yield f"asks for {screening.action}"
    if not screening.messages or not screening.messages[0].partition(": ")[2]:
        yield "says nothing to the clinician"
    areas = own or ("calf_back",)
    for area in areas:
        if id not in {finding.id for finding in screening.touching(area)}:
            yield f"does not speak of {area}"
    if rule["where"] == "optional":
        outside = next(area for area in guide.area_ids if area not in own)
        if not refused(InvalidValueError, lambda: kit.screen(yes=[id], where={id: [outside]}, guide=guide)):
            yield "can be narrowed to where it is not"
        # Narrowed to one place, it still holds tools back around it.
        narrowed = kit.screen(yes=[id], where={id: [own[0]]}, guide=guide)
        yield from check_tools(guide, narrowed, own[1:], rule)
    blocks = is_red_flag or rule.get("blocks_area") == "yes" or rule["action"] == "refer"
    yield from check_blocked(guide, id, areas if blocks else (), needs_where, rule)
    if not is_red_flag:
        yield from check_tools(guide, screening, (*areas, *listed(rule["also_in"], guide)), rule)
        if rule["action"] == "refer" and not needs_where:
            # Where somebody looked, its areas are open again, and what it holds back there counts.
            yield from check_tools(guide, kit.screen(yes=[id], agreed_by="AB", guide=guide), areas, rule)
        yield from check_place(guide, id, rule)
        if not guide.texts(guide.language).get(f"caution.{id}"):
            yield "says nothing to the client"
    else:
        yield from check_flag_tools(guide, id, areas, rule)
    yield from check_clearance(guide, id, rule, places)


def check_relevance(guide, id, rule):
    """A question is relevant where its areas or sensations are met, and after the answers that lead to it."""
    areas, sensations, after = (rule[f"ask_{name}"] for name in ("areas", "sensations", "after"))
    has_condition = bool(areas or sensations or after)
    asked_in = listed(areas if has_condition else rule["areas"], guide)
    is_of_any_place = rule["where"] == "required" and not has_condition
    is_always = rule["core"] == "yes" or is_of_any_place or set(asked_in) == set(guide.area_ids)
    if can_be_set_aside(id, guide) == is_always:
        yield "can be set aside, or cannot"
    if not is_always and is_relevant(id, set(guide.area_ids) - set(asked_in), (), (), guide):
        yield "is relevant elsewhere"
    for area in asked_in:
        if not is_relevant(id, (area,), (), (), guide):
            yield f"is not relevant for {area}"
    for sensation in filter(None, sensations.split(";")):
        if not is_relevant(id, (), (sensation,), (), guide):
            yield f"is not relevant for {sensation}"
    for other in filter(None, after.split(";")):
        if not is_relevant(id, (), (), (other,), guide):
            yield f"is not relevant after {other}"
    if (rule["core"] == "yes") != next(each.is_core for each in kit.questions(guide=guide) if each.id == id):
        yield "is not asked first as it should be"


def check_derived(guide, id, rule):
    """What several answers mean together is a finding when all were yes, and no sooner."""
    parts = rule["all_of"].split(";")
    found = {each.id: each for each in kit.screen(yes=parts, guide=guide).findings}
    if id not in found or found[id].action != rule["action"]:
        yield "does not follow from its parts"
    for part in parts:
        if id in {each.id for each in kit.screen(yes=[part], guide=guide).findings}:
            yield f"follows from {part} alone"


def check_flag_tools(guide, id, areas, rule):
    """Initials for a red flag do not bring back the tools it holds off."""
    agreed = kit.screen(yes=[id], agreed_by="AB", guide=guide) if rule["blocks_tools"] else None
    for area in areas if agreed else ():
        for tool in rule["blocks_tools"].split(";"):
            if not objection(guide, agreed, area, tool=tool):
                yield f"{tool} may be used on {area} when somebody looked"


def check_place(guide, id, rule):
    """What lies at a point limits how it is worked, in everybody."""
    if rule["kind"] == "question":
        return
    for point, values in RULES["points"].items():
        if id not in values["cautions"].split(";") or values["show_only"] == "yes":
            continue
        step = kit.Routine(guide=guide).add(point, side="left").steps[0]
        wrong = [{"tool": tool} for tool in filter(None, rule["blocks_tools"].split(";"))]
        wrong += [{"position": each} for each in filter(None, rule["blocks_positions"].split(";"))]
        wrong += [{"pressure": int(rule["max_pressure"]) + 1}] if rule["max_pressure"] else []
        for change in wrong:
            worse = dataclasses.replace(step, **change)
            if not refused(BlockedError, lambda worse=worse: kit.Routine(guide=guide, steps=(worse,))):
                yield f"{point} may be worked with {change}"
    if rule["kind"] == "anatomy" and rule["blocks_area"] == "yes":
        for area in listed(rule["areas"], guide):
            closed = closed_by(area, guide)
            if closed is None or not closed.message:
                yield f"{area} may be pressed"
            for point in guide.point_values.values():
                opened = Guide(guide.folder)
                opened._tables = dict(guide._tables)
                opened.point_values = guide.point_values | {point.id: dataclasses.replace(point, show_only=False)}
                if point.area == area and not refused(
                    BlockedError,
                    lambda opened=opened, point=point: kit.Routine(guide=opened).add(point.id, side="left"),
                ):
                    yield f"{point.id} may be pressed in {area} where a guide offers it"


def check_blocked(guide, id, areas, needs_where, rule):
    """No step in a blocked area, whoever agrees; a referral that is not regional can be agreed."""
    where = {id: ["calf_back"]} if needs_where else {}
    for agreed in ("", "AB"):
        screening = kit.screen(yes=[id], where=where, agreed_by=agreed, guide=guide)
        if agreed and rule["action"] == "refer" and not needs_where:
            continue
        empty = kit.Routine(guide=guide, screening=screening)
        for area in areas:
            if area not in screening.blocked_areas:
                yield f"leaves {area} free"
            if not objection(guide, screening, area):
                yield f"objects to nothing on {area}"
        point = next((each for each in guide.point_values.values() if each.area in areas and not each.show_only), None)
        if point is None:
            continue
        if not refused(BlockedError, partial(empty.add, point.id, "left")):
            yield f"a step on {point.area} is added"
        made = kit.Routine(guide=guide).add(point.id, side="left")
        if not refused(BlockedError, partial(made.with_screening, screening)):
            yield f"a step on {point.area} stays"
        found = kit.suggest([referred(guide, point.id)], side="left", screening=screening, guide=guide)
        if [each.status for each in found if each.point == point.id] != ["blocked"]:
            yield f"{point.id} is offered"


def referred(guide, point):
    return next(row["area"] for row in guide.table("referrals") if row["point"] == point)


def check_tools(guide, screening, areas, rule, complaint=None):
    for area in areas:
        for tool in filter(None, rule["blocks_tools"].split(";")):
            if not objection(guide, screening, area, complaint, tool=tool):
                yield f"{tool} may be used on {area}"
        for position in filter(None, rule["blocks_positions"].split(";")):
            if not objection(guide, screening, area, complaint, position=position):
                yield f"{position} may be used for {area}"
        if rule.get("max_seconds"):
            most = int(rule["max_seconds"])
            if not objection(guide, screening, area, complaint, seconds=most + 1):
                yield f"more than {most} s are held on {area}"
        if rule["max_pressure"]:
            most = min([int(rule["max_pressure"]), *lower_caps(rule, area, guide)])
            if not objection(guide, screening, area, complaint, pressure=most + 1) or (
                rule["blocks_area"] == "no" and objection(guide, screening, area, complaint, pressure=most)
            ):
                yield f"another pressure than {most} is held on {area}"
        if {"scraping_tool", "long_handle"} <= set(rule["blocks_tools"].split(";")) and not objection(
            guide, screening, area, complaint, mode="scrape"
        ):
            yield f"{area} may be scraped"


def lower_caps(rule, area, guide):
    """The caps that come with the same answer in one of its areas."""
    id = next(id for id, each in RULES["cautions"].items() if each is rule)
    for each in RULES["limits"].values():
        is_plain = each["who"] == "answered" and not (each["felt_in"] or each["felt"] or each["pain_min"])
        if is_plain and each["rule"] == id and each["max_pressure"] and area in listed(each["areas"], guide):
            yield int(each["max_pressure"])


def check_clearance(guide, id, rule, places):
    """Urgent and emergency let nothing go out, a referral only with initials; where it blocks everything, nothing can."""
    for agreed in ("", "AB"):
        screening = kit.screen(yes=[id], where=places, agreed_by=agreed, guide=guide)
        routine = free_routine(guide, screening)
        if routine is None:
            if rule["action"] in ("caution", "go"):
                yield "leaves no step at all"
            continue
        must_stop = rule["action"] in ("urgent", "emergency") or (rule["action"] == "refer" and not agreed)
        if must_stop and not refused(ReferralRequired, routine.require_clearance):
            yield f"a page goes out, agreed by {agreed or 'nobody'}"
        if must_stop and not refused(ReferralRequired, routine.to_html):
            yield f"a handout is written, agreed by {agreed or 'nobody'}"


def free_routine(guide, screening):
    """One step in any area that the answers leave free; None when they leave none."""
    for area in ("low_back", "foot_top", "shin", "calf_outer", "hip_front"):
        for point in guide.point_values.values():
            if point.area == area and not point.show_only:
                try:
                    return kit.Routine(guide=guide, screening=screening).add(point.id, side="left")
                except BlockedError:
                    break
    return None


# Points


def check_point(guide, id, rule):
    point = guide.point(id)
    if point.area != rule["area"]:
        yield f"lies in {point.area}"
    if point.show_only != (rule["show_only"] == "yes"):
        yield "may be pressed" if rule["show_only"] == "yes" else "may only be shown"
    if rule["show_only"] == "yes":
        if not refused(BlockedError, lambda: kit.Routine(guide=guide).add(id, side="left")):
            yield "is pressed although it is to be shown only"
        found = kit.suggest([referred(guide, id)], side="left", guide=guide)
        if [each.status for each in found if each.point == id] != ["show_only"] or id in {
            each.point for each in found.top(50)
        }:
            yield "is offered although it is to be shown only"
        return
    yield from check_reach(guide, id, rule)
    made = kit.Routine(guide=guide).add(id, side="left")
    if max(made.steps[0].pressure, point.pressure) > int(rule["pressure"]):
        yield f"is pressed with {made.steps[0].pressure}"
    most = int(rule["max_seconds"])
    if most < 120 and not refused(DoseError, lambda: made.change(id, seconds=most + 1)):
        yield f"is worked longer than {most} s"
    if not refused((DoseError, InvalidValueError), lambda: made.change(id, seconds=121)):
        yield "is worked longer than 120 s"
    wanted = set(filter(None, rule["cautions"].split(";")))
    found = next(each for each in kit.suggest([referred(guide, id)], side="left", guide=guide) if each.point == id)
    told = {notice.id: notice.text for notice in found.cautions}
    if not wanted <= set(told) or not all(told[each] for each in wanted):
        yield f"does not tell {sorted(wanted - set(told))}"
    # In everybody, whatever was answered, what is true of the place is told; and the client reads it.
    anatomy = {each for each in wanted if RULES["cautions"].get(each, {}).get("kind") in ("anatomy", "both")}
    screened = next(
        each
        for each in kit.suggest([referred(guide, id)], side="left", screening=kit.screen(guide=guide), guide=guide)
        if each.point == id
    )
    if not anatomy <= {notice.id for notice in screened.cautions}:
        yield "an answer takes away what is true of everybody"
    page = kit.Routine(guide=guide, screening=kit.screen(guide=guide)).add(id, side="left").to_html(variant="no_figure")
    page = page.replace("<b>", "").replace("</b>", "")
    for each in anatomy:
        if not any(sentence in page for sentence in CLIENT[each]):
            yield f"the client does not read {each}"


def check_reach(guide, id, rule):
    """What an answer closes stays closed to the search circle and to the lane."""
    for column, mode in (("touches", "hold"), ("sweeps", "sweep")):
        for area in filter(None, rule[column].split(";")):
            closed = kit.screen(yes=["C12"], where={"C12": [area]}, guide=guide)
            step = kit.Routine(guide=guide).add(id, side="left", mode=mode).steps
            if not refused(
                BlockedError, lambda step=step, closed=closed: kit.Routine(guide=guide, steps=step, screening=closed)
            ):
                yield f"reaches into {area}"


def client_sentences():
    """The client's sentences as they are now, whole and short, escaped as on a page."""
    from markupsafe import escape

    guide = kit.load_guide()
    texts = guide.texts(guide.language)
    keys = {row["id"]: (f"caution.{row['id']}", f"caution.{row['id']}.short") for row in guide.table("cautions")}
    return {id: tuple(str(escape(texts[key])) for key in found if key in texts) for id, found in keys.items()}


CLIENT = client_sentences()


# Alerts


def alerts(guide, areas, side, sensation):
    complaint = guide.complaint({area: {"side": side, "sensations": [sensation]} for area in areas}, side="left")
    return find_alerts(complaint, guide)


def check_sensation(guide, id, rule):
    area = "thigh_front"
    for side, action in (
        ("left", rule["alert_action"]),
        (
            "both",
            max(
                rule["alert_action"],
                rule["alert_both_sides_action"],
                key=("", "caution", "refer", "urgent", "emergency").index,
            ),
        ),
    ):
        found = {each.id: each for each in alerts(guide, [area], side, id)}
        if not action:
            if id in found:
                yield f"is an alert on {side}"
            continue
        if id not in found or found[id].action != action:
            yield f"is no {action} on {side}"
        elif not found[id].text or set(filter(None, rule["alert_asks"].split(";"))) != set(found[id].asks):
            yield "does not say what to ask"
        elif action in SERIOUS and not goes_nowhere(guide, felt_so(guide, [area], id, side)):
            yield f"a page goes out with {id} on {side}"


def check_implied(guide, id, rule):
    """What is felt in an area of a caution amounts to it, whatever was answered and whoever looked."""
    for caution in filter(None, rule["implies"].split(";")):
        told = RULES["cautions"][caution]
        for area in listed(told["areas"], guide):
            complaint = guide.complaint({area: {"side": "left", "sensations": [id]}}, side="left")
            for initials in ("", "AB"):
                screening = kit.screen(agreed_by=initials, guide=guide)
                found = kit.suggest(complaint, side="left", screening=screening, guide=guide)
                if caution not in {each.id for each in found.screening.touching(area)}:
                    yield f"is not {caution} in {area}"
                made = kit.Routine(guide=guide, screening=screening, complaint=complaint)
                if caution not in {each.id for each in made.screening.findings}:
                    yield f"is not {caution} at the gate in {area}"
                step = kit.Routine(guide=guide).add("edb_1", side="left", tool="knobbed_tool").steps[0]
                milder = Judge.of(guide, complaint, screening).verdict(step).step
                if caution == "C04" and (milder is None or milder.tool != "supported_fingers"):
                    yield "does not make a step milder"
            yield from check_tools(guide, screening, [area], told, complaint)


def goes_nowhere(guide, complaint):
    routine = kit.Routine(guide=guide, screening=kit.screen(guide=guide), complaint=complaint)
    for point in ("ql_s2", "edl_1", "tfl_1"):
        try:
            made = routine.add(point, side="left")
            break
        except BlockedError:
            continue
    else:
        return True
    return refused(ReferralRequired, made.require_clearance) and refused(ReferralRequired, made.to_ics)


def felt_so(guide, areas, sensation, side="left", pain=None):
    told = {"side": side, "sensations": [sensation] if sensation else []} | ({} if pain is None else {"pain": pain})
    return guide.complaint(dict.fromkeys(areas, told))


def check_nerve(guide, id, rule):
    groups = [rule[name].split(";") for name in ("with_one_of", "also_one_of") if rule[name]]
    side = "both" if rule["both_sides"] == "yes" else "left"
    pain = int(rule["pain_min"]) if rule["pain_min"] else None
    for area in rule["areas"].split(";"):
        # What the area is not itself, its group adds, such as one leg above the ankle and the other below.
        areas = dict.fromkeys([area, *(group[-1] for group in groups if area not in group)])
        for sensation in rule["sensations"].split(";"):
            complaint = felt_so(guide, areas, sensation, side, pain)
            found = {each.id: each for each in find_alerts(complaint, guide)}
            if id not in found or found[id].action != rule["action"]:
                yield f"is no {rule['action']} for {sensation} in {area}"
            elif area not in found[id].areas:
                yield f"does not speak of {area}"
            elif set(found[id].asks) != set(filter(None, rule["asks"].split(";"))) or not found[id].text:
                yield "does not say what to ask"
            elif rule["action"] in SERIOUS and not goes_nowhere(guide, complaint):
                yield f"a page goes out with {sensation} in {area}"
    for group in groups:
        lacking = dict.fromkeys(each for each in (*rule["areas"].split(";"), *areas) if each not in group)
        if lacking and id in {each.id for each in find_alerts(felt_so(guide, lacking, sensation, side, pain), guide)}:
            yield "does not ask for all that it takes"
    if rule["both_sides"] == "yes" and id in {
        each.id for each in find_alerts(felt_so(guide, areas, sensation, "left", pain), guide)
    }:
        yield "speaks of one side"
    if pain is not None and id in {
        each.id for each in find_alerts(felt_so(guide, areas, sensation, side, pain - 1), guide)
    }:
        yield "speaks of less pain"
    if rule["sensations"]:
        complaint = felt_so(guide, areas, "cramp", side, pain)
        if id in {each.id for each in find_alerts(complaint, guide)}:
            yield "speaks of what is not felt"


# Limits


def check_limit(guide, id, rule):
    """What a rule holds back beyond its own row, where it is answered or where something is felt."""
    for complaint in complaints_meeting(guide, rule):
        implied = {caution for each in RULES["sensations"] if each in rule["felt"] for caution in
                   RULES["sensations"][each]["implies"].split(";")}  # fmt: skip
        yes = [rule["rule"]] if rule["who"] == "answered" and rule["rule"] not in implied else []
        # Far from what the limits of such rules speak of.
        needs_where = (RULES["red_flags"] | RULES["cautions"])[rule["rule"]]["where"] == "required"
        where = {rule["rule"]: ["groin"]} if yes and needs_where else {}
        for initials in ("", "AB"):
            judge = Judge.of(guide, complaint, kit.screen(yes=yes, where=where, agreed_by=initials, guide=guide))
            for area in limited_areas(guide, rule, complaint):
                if any(not judge.area_objection(area, **how) for how in held_back(rule)):
                    yield f"holds nothing back on {area} with {complaint}"
            for point in limited_points(guide, rule, complaint):
                step = own_step(guide.point(point), "left")
                for how in held_back(rule):
                    worse = dataclasses.replace(step, **how)
                    verdict = judge.verdict(worse)
                    if verdict.status == "allowed" or (rule["blocks"] == "yes" and verdict.step is not None):
                        yield f"holds nothing back at {point} with {complaint}"


def complaints_meeting(guide, rule):
    if not (rule["felt_in"] or rule["felt"] or rule["pain_min"]):
        yield None
        return
    areas = ("thigh_outer", "foot_arch") if rule["felt_in"] in ("", "all") else rule["felt_in"].split(";")
    for area in areas:
        for sensation in rule["felt"].split(";"):
            yield felt_so(guide, [area], sensation, pain=int(rule["pain_min"]) if rule["pain_min"] else None)


def held_back(rule):
    """Each thing that a row holds back, as a change of a step."""
    if rule["blocks"] == "yes":
        yield {}
    yield from ({"tool": each} for each in filter(None, rule["blocks_tools"].split(";")))
    yield from ({"position": each} for each in filter(None, rule["blocks_positions"].split(";")))
    for name in ("pressure", "seconds"):
        if rule[f"max_{name}"]:
            yield {name: int(rule[f"max_{name}"]) + 1}


def limited_areas(guide, rule, complaint):
    felt = tuple(complaint.area_ids) if complaint else ()
    return felt if rule["areas"] in ("felt", "explained") else listed(rule["areas"], guide)


def limited_points(guide, rule, complaint):
    points = list(filter(None, rule["points"].split(";")))
    if rule["areas"] == "explained":
        points += [row["point"] for row in guide.table("referrals") if row["area"] in complaint.area_ids]
    if not rule["areas"] and not points:
        points = [id for id, each in RULES["points"].items() if rule["rule"] in each["cautions"].split(";")]
    return [each for each in points if RULES["points"][each]["show_only"] == "no"]


# The code


def check_gate(guide):
    clear = kit.screen(guide=guide)
    sound = kit.Routine(guide=guide, screening=clear).add("ql_s2", side="left")
    for write in (sound.to_html, sound.to_ics):
        write()
    for name, screening, error in (
        ("no screening", None, kit.ScreeningRequired),
        ("yesterday's", kit.screen(guide=guide, date=TODAY - datetime.timedelta(days=1)), kit.ScreeningRequired),
        ("tomorrow's", kit.screen(guide=guide, date=TODAY + datetime.timedelta(days=1)), kit.ScreeningRequired),
        ("a partial one", kit.screen(guide=guide, asked=["R01"]), kit.ScreeningRequired),
    ):
        routine = dataclasses.replace(sound, screening=screening)
        for write in (routine.require_clearance, routine.to_html, routine.to_pdf, routine.to_ics):
            if not refused(error, write):
                yield f"{write.__name__} passes with {name}"
    if not refused(InvalidValueError, lambda: kit.Routine(guide=guide, screening="clear")):
        yield "anything is a screening"
    forged = [
        dataclasses.replace(kit.screen(yes=["R01"], guide=guide), findings=()),
        Screening(yes=("R01",), asked=clear.asked, guide=guide.id),
        dataclasses.replace(kit.screen(yes=["R05"], guide=guide), findings=()),
    ]
    for screening in forged[:2]:
        if not refused(
            BlockedError,
            lambda screening=screening: kit.Routine(guide=guide, screening=screening).add("tfl_1", side="left"),
        ):
            yield "forged findings count"
        if {each.status for each in kit.suggest(["thigh_outer"], side="left", screening=screening, guide=guide)} - {
            "blocked",
            "show_only",
        }:
            yield "forged findings offer points"
    if not refused(
        ReferralRequired, kit.Routine(guide=guide, screening=forged[2]).add("ql_s2", side="left").require_clearance
    ):
        yield "a forged urgent answer goes out"
    if not refused(UnknownIdError, lambda: kit.Routine(guide=guide).add("nose_1", side="left")):
        yield "an unknown point is added"
    for initials in ("no", "none", ".", "\u3164", "x" * 41):
        if not refused(
            InvalidValueError, lambda initials=initials: kit.screen(yes=["R17"], agreed_by=initials, guide=guide)
        ):
            yield f"{initials!r} is somebody"
    several = kit.screen(yes=["C01", "R19", "R01"], guide=guide)
    if [message[:3] for message in several.messages] != ["R01", "R19", "C01"] or "blocked by R01" not in objection(
        guide, several, "foot_top"
    ):
        yield "the severest finding does not come first"
    weak = kit.suggest(["thigh_outer"], side="left", sensations=["weak"], screening=clear, guide=guide).top(1)
    kept = kit.Routine.from_suggestions(weak)
    for routine in (
        kept,
        kept.adapted_to(kit.screen(yes=["C26"], guide=guide)),
        kit.Routine.from_suggestions(list(weak)),
    ):
        if not refused(ReferralRequired, routine.require_clearance):
            yield "a weak leg goes out"
    saddle = kit.suggest(
        ["tailbone"],
        side="midline",
        sensations=["numb"],
        screening=kit.screen(agreed_by="AB", guide=guide),
        guide=guide,
    )
    if not refused(ReferralRequired, kit.Routine.from_suggestions(saddle.top(1)).require_clearance):
        yield "a numb saddle goes out, as agreed"
    if not refused(InvalidValueError, kit.Routine(guide=guide, screening=clear).to_csv):
        yield "an empty routine is written"
    thin = kit.screen(yes=["C01"], guide=guide)
    hard = (own_step(guide.point("piri_1"), "left"),)
    if not refused(BlockedError, lambda: check_clearance_of(hard, Judge.of(guide, None, thin), ())):
        yield "a step passes the gate that the answers do not allow"
    looked_at = with_row(guide, "cautions", "C26", action="refer")
    if not refused(BlockedError, lambda: routine_for(looked_at, "heel", ["C26"]).add("qp_1", side="left")):
        yield "what a caution refers is open before anybody looked"
    if refused(BlockedError, lambda: routine_for(looked_at, "heel", ["C26"], agreed_by="AB").add("qp_1", side="left")):
        yield "what a caution refers stays closed when somebody looked"
    template = kit.template(guide=guide)
    if not refused(BlockedError, lambda: template.with_screening(kit.screen(yes=["C07"], guide=guide))):
        yield "a template ignores the answers"
    for yes in ("R19", "C15"):
        agreed = kit.screen(
            yes=[yes], where={"C15": ["calf_back"]} if yes == "C15" else {}, agreed_by="AB", guide=guide
        )
        kit.Routine(guide=guide, screening=agreed).add("ql_s2", side="left").require_clearance()


def check_dose(guide):
    empty = kit.Routine(guide=guide)
    if not refused((DoseError, InvalidValueError), lambda: empty.add("piri_1", side="left", seconds=121)):
        yield "a step lasts longer than 120 s"
    if not refused(InvalidValueError, lambda: empty.add("piri_1", side="left", seconds=0)):
        yield "a step lasts no time"
    if not refused((DoseError, InvalidValueError), lambda: empty.add("piri_1", side="left", pressure=8)):
        yield "pressure 8 is allowed"
    if not refused((DoseError, InvalidValueError), lambda: empty.add("piri_1", side="left", every_days_min=1)):
        yield "every day is allowed"
    one = empty.add("piri_1", side="left", seconds=90)
    same_area = next(
        each.id
        for each in guide.point_values.values()
        if each.area == guide.point("piri_1").area and each.id != "piri_1" and not each.show_only
    )
    for side in ("left", "both"):
        if not refused(DoseError, lambda side=side: one.add(same_area, side=side, seconds=40)):
            yield f"steps of one area add up to more than 120 s, {side}"
    if one.add(same_area, side="right", seconds=90).total_seconds != 180:
        yield "the other side does not count for itself"
    if empty.add("piri_1", side="both", seconds=50).total_seconds != 100:
        yield "both sides do not count twice"
    for side in ("left", "both"):
        if not refused(InvalidValueError, lambda side=side: one.add("piri_1", side=side, seconds=10)):
            yield f"a point stands twice, {side}"
    if empty.add("piri_1", side="left").steps[0].pressure > 5:
        yield "a step begins with more than 5 of 10"
    shared = kit.Routine.from_suggestions(kit.suggest(["buttock_center"], side="left", guide=guide).top(5))
    for step in shared.steps:
        if sum(each.seconds for each in shared.steps if each.area == step.area) > 120:
            yield "suggestions of one area get more than its time"
    lane = [own_step(guide.point(point), "left") for point in ("vl_4", "gmed_2", "gmin_a")]
    lane[0] = dataclasses.replace(lane[0], mode="sweep")
    if refused(DoseError, lambda: kit.Routine(guide=guide, steps=shared_out(lane, guide))):
        yield "a lane gets more than its share of the areas it crosses"
    mild = kit.Routine(guide=guide, screening=kit.screen(yes=["C01"], guide=guide)).add("piri_1", side="left")
    if mild.steps[0].pressure != 3:
        yield "a blood thinner does not lower the pressure that is proposed"
    if not refused(BlockedError, lambda: mild.change("piri_1", pressure=4)):
        yield "a blood thinner allows pressure 4"
    if [step.seconds for step in shared_out(crowd_of(guide, 2), guide)] != [60, 60]:
        yield "two points of one area do not share its time"
    for looser in (
        {"max_area_seconds": 121}, {"max_pressure": 8}, {"every_days_min": 0}, {"every_days_max": 1}, {"careful_max_pressure": 8}, {"default_pressure": 8},
        {"default_seconds": 121},
    ):  # fmt: skip
        if not refused(InvalidValueError, lambda looser=looser: Dose(**looser)):
            yield f"a guide may have {looser}"
    strict = Dose(max_pressure=4, default_pressure=3, every_days_min=4, every_days_max=5)
    for step in (
        Step("piri_1", side="left", pressure=5, every_days_min=4, every_days_max=5),
        Step("piri_1", side="left", pressure=3),
    ):
        if not refused(DoseError, lambda step=step: check_steps([step], strict, guide.areas_dosed)):
            yield "a guide that is stricter is not kept to"
    crowd = crowd_of(guide, 4)
    if len(crowd) < 3 or sum(step.seconds for step in shared_out(crowd, guide)) > 120:
        yield "several points of one area get more than its time"
    thin = kit.Routine(guide=guide, screening=kit.screen(yes=["C01"], guide=guide)).add("fibl_1", side="left").steps[0]
    if (thin.mode, thin.tool) != ("hold", "knobbed_tool"):
        yield f"a blood thinner gets {thin.mode} with {thin.tool}"
    careful = kit.Routine(guide=guide, screening=kit.screen(yes=["C04"], guide=guide)).add("edb_1", side="left")
    if careful.steps[0].tool != "supported_fingers":
        yield "a foot that does not feel gets a tool"


def crowd_of(guide, count):
    """The guide's own steps for some points of the area in which most points lie."""
    points = [each for each in guide.point_values.values() if not each.show_only]
    areas = [each.area for each in points]
    busiest = max(areas, key=areas.count)
    return [own_step(each, "both") for each in points if each.area == busiest][:count]


def check_sides(guide):
    """Left is the client's own left: at the viewer's right in front, at the left behind."""
    for view, sign in (("front", 1), ("back", -1)):
        for id in ("piri_1", "tfl_1") if view == "back" else ("tfl_1",):
            try:
                left, right = (kit.locate(id, view=view, side=side)[0] * sign for side in ("left", "right"))
            except kit.SelfcareError:
                continue
            if not left > 0 > right:
                yield f"{id} is on the other side in the {view} view"
        (left, high), (right, low) = (kit.locate("tfl_1", view=view, side=side) for side in ("left", "right"))
        if abs(left + right) > 1e-6 or high != low:
            yield f"the right side of the {view} view is no mirror image of its left"
    across = [kit.locate("tfl_1", view="side", side=side)[0] for side in ("left", "right")]
    if abs(sum(across)) > 1e-6 or across[0] == across[1]:
        yield "the view of the right side is no mirror image of the left"
    for side in ("left", "right"):
        found = kit.suggest(["thigh_outer"], side=side, guide=guide)
        if {each.side for each in found} != {side}:
            yield f"a complaint on the {side} gets another side"
        routine = kit.Routine.from_suggestions(found.top(2))
        if {step.side for step in routine.steps} != {side}:
            yield f"a step for the {side} gets another side"
        svg = routine.figure().to_svg()
        if f'data-side="{side}"' not in svg or f'data-side="{"left" if side == "right" else "right"}"' in svg:
            yield f"the figure marks another side than {side}"
        if (
            side
            not in kit.Routine(guide=guide, screening=kit.screen(guide=guide))
            .add("tfl_1", side=side)
            .to_html(variant="no_figure")
            .lower()
        ):
            yield f"the handout does not say {side}"
    mixed = kit.suggest({"thigh_outer": {"side": "left"}, "knee_outer": {"side": "right"}}, side="left", guide=guide)
    if "both" not in {each.side for each in mixed} or {"left", "right"} & {
        each.side for each in kit.suggest(["sacrum"], side="midline", guide=guide)
    }:
        yield "two sides or the midline become one side"
    saddle = {
        "sacrum": {"side": "left", "sensations": ["numb"]},
        "buttock_lower": {"side": "left", "sensations": ["numb"]},
    }
    if "emergency" not in {each.action for each in kit.suggest(saddle, guide=guide).alerts}:
        yield "what lies on the midline belongs to one side only"
    across = {
        "calf_outer": {"side": "left", "sensations": ["numb"]},
        "shin": {"side": "right", "sensations": ["tingling"]},
    }
    if "refer" not in {each.action for each in kit.suggest(across, side="left", guide=guide).alerts}:
        yield "numb on one side and tingling on the other is no matter of both"


def routine_for(guide, complaint, yes=(), **answers):
    """An empty routine for a complaint under a screening of today."""
    screening = kit.screen(yes=yes, guide=guide, **answers)
    return kit.Routine(guide=guide, screening=screening, complaint=guide.complaint(complaint, side="left"))


def with_row(guide, table, id, **cells):
    """The same guide with other cells in one row."""
    changed = Guide(guide.folder)
    rows = tuple({**row, **cells} if row["id"] == id else row for row in guide.table(table))
    changed._tables = {name: guide.table(name) for name in guide.rows_by_id} | guide._tables | {table: rows}
    return changed


def check_conflicts(guide):
    """A page for the side that does not hurt goes out only when somebody says that it is meant."""
    hurts = {"hip_side": {"side": "right"}}
    wrong = routine_for(guide, hurts).add("gmed_2", side="left")
    for write in (wrong.require_clearance, wrong.to_html, wrong.to_ics):
        if not refused(BlockedError, write):
            yield f"a page for the wrong side passes {write.__name__}"
    half = routine_for(guide, hurts).add("gmed_2", side="both")
    if [each.key for each in half.side_conflicts] != ["gmed_2 left"] or not refused(BlockedError, half.to_html):
        yield "half of a step on both sides is in no conflict"
    # What explains nothing belongs to the sides of the whole complaint.
    if not refused(BlockedError, routine_for(guide, hurts).add("fdb_1", side="left").to_html):
        yield "a step that explains nothing may lie anywhere"
    moved = wrong.on_side()
    if {step.side for step in moved.steps} != {"right"} or refused(BlockedError, moved.to_html):
        yield "a step does not move to where it hurts"
    if {step.side for step in routine_for(guide, hurts).add("fdb_1", side="left").on_side().steps} != {"right"}:
        yield "a step that explains nothing does not move to where it hurts"
    meant = wrong.confirm_sides()
    if refused(BlockedError, meant.to_html) or meant.side_conflicts:
        yield "what was confirmed is refused"
    now_left = meant.adapted_to(meant.screening, complaint=guide.complaint({"hip_side": {"side": "left"}}))
    if not refused(BlockedError, dataclasses.replace(now_left, complaint=meant.complaint).to_html):
        yield "what was confirmed does not lapse with its conflict"
    if not refused(BlockedError, meant.add("gmed_1", side="left").to_html):
        yield "confirming one step confirms the next"
    if "gmed_2" not in meant.to_note():
        yield "the note does not tell what was confirmed"
    both = {"hip_side": {"side": "left"}, "foot_top": {"side": "right"}}
    if not refused(BlockedError, routine_for(guide, both).add("edb_1", side="left").to_html):
        yield "a foot is worked on the hip's side"
    if {each.side for each in kit.suggest(both, guide=guide) if each.point == "edb_1"} != {"right"}:
        yield "a foot is offered on the hip's side"
    if routine_for(guide, {"sacrum": {"side": "midline"}}).add("gmed_1", side="left").side_conflicts:
        yield "the midline is in conflict"
    if not refused(InvalidValueError, lambda: routine_for(guide, both).add("qp_1")):
        yield "a side is guessed for a step"
    if not refused(InvalidValueError, lambda: kit.suggest("hip_side", guide=guide)):
        yield "a side is guessed for a complaint"


def check_agreed(guide):
    """What was ruled out for one finding stands for that one only, and opens nothing that stays blocked."""
    pulses, tested = {"R18": "pulses good; AB"}, {"R19": "tested; AB"}
    for yes, agreed, may_go in (
        (["R18"], {}, False),
        (["R18"], pulses, True),
        (["R18"], tested, False),
        (["R18", "R19"], pulses, False),
        (["R18", "R19"], pulses | tested, True),
    ):
        page = kit.Routine(guide=guide, screening=kit.screen(yes=yes, agreed=agreed, guide=guide)).add("tfl_1", "left")
        if refused(ReferralRequired, page.require_clearance) == may_go:
            yield f"{yes} is not looked at by {agreed}"
    half = kit.screen(yes=["R18", "R19"], agreed=pulses, guide=guide)
    if not refused(BlockedError, lambda: kit.Routine(guide=guide, screening=half).add("edb_1", side="left")):
        yield "what was agreed for R18 opens what R19 blocks"
    weak = {"low_back": {"side": "left", "sensations": ["weak"]}}
    for agreed, may_go in (({}, False), ({"R17": "tested; AB"}, False), ({"weak": "power full; AB"}, True)):
        page = routine_for(guide, weak, agreed=agreed).add("ql_s2", side="left")
        if refused(ReferralRequired, page.require_clearance) == may_go:
            yield f"an alert is not looked at by {agreed}"
    held = kit.screen(yes=["C15"], where={"C15": ["foot_top"]}, agreed={"C15": "team agreed; AB"}, guide=guide)
    if not refused(BlockedError, lambda: kit.Routine(guide=guide, screening=held).add("edb_1", side="left")):
        yield "a region is opened by what was agreed"
    for said in ("no", "", "...", "x" * 300):
        if not refused(InvalidValueError, lambda said=said: kit.screen(yes=["R18"], agreed={"R18": said}, guide=guide)):
            yield f"{said[:10]!r} rules something out"


def check_aside(guide):
    """What was set aside counts as not asked as soon as the complaint, a step, a sensation or an answer reaches further."""
    heel = {"heel": {"side": "left", "sensations": ["ache"]}}
    aside = [each.id for each in kit.questions(heel, guide=guide) if not each.is_relevant and not each.is_core]
    if not {"R27", "R02"} <= set(aside):
        yield f"a sore heel leaves {aside} aside"
    fine = routine_for(guide, heel, not_relevant=aside).add("qp_1", side="left")
    if refused(kit.ScreeningRequired, fine.require_clearance):
        yield "what is not relevant is needed"
    weak = guide.complaint({"heel": {"side": "left", "sensations": ["weak"]}})
    groin = guide.complaint({**heel, "groin": {"side": "left"}})
    cancer = kit.screen(yes=["R11"], not_relevant=aside, agreed_by="AB", guide=guide)
    for name, routine in (
        ("another area", dataclasses.replace(fine, complaint=groin)),
        ("a sensation", dataclasses.replace(fine, complaint=weak)),
        ("a step", fine.add("tfl_1", side="left")),
        ("an answer", fine.with_screening(cancer)),
    ):
        if not refused(kit.ScreeningRequired, routine.require_clearance):
            yield f"{name} reopens nothing"
    for area in guide.area_ids:
        points = [guide.point(row["point"]) for row in guide.table("referrals") if row["area"] == area]
        reached = areas_reached(guide.complaint(area, side="both"), guide)
        worked = {each for point in points if not point.show_only for each in point.areas_worked("sweep")}
        if not {area, *worked} <= reached:
            yield f"{area} reaches no further than {sorted(reached)}"
    core = next(each.id for each in kit.questions(guide=guide) if each.is_core)
    for id in (core, "C12"):
        if not refused(InvalidValueError, lambda id=id: kit.screen(not_relevant=[id], guide=guide)):
            yield f"{id} can be set aside"
    if not refused(InvalidValueError, lambda: kit.screen(yes=["R27"], not_relevant=["R27"], guide=guide)):
        yield "an answer is yes and not relevant"


def check_door(guide):
    """A kind of file that is for the client has no way past the gate; what is the clinician's own needs none."""
    unasked = kit.Routine(guide=guide).add("ql_s2", side="left")
    for kind in KINDS.values():
        if kind.name in ("html", "pdf", "ics") and not kind.for_client:
            yield f"{kind.name} is not for the client"
        if kind.for_client:
            for make in (kind.to_text_or_bytes, kind.to_bytes, partial(make_file, kind=kind.name)):
                if not refused(kit.ScreeningRequired, partial(make, unasked)):
                    yield f"{kind.name} is made past the gate"
    if not kit.Routine(guide=guide, screening=kit.screen(guide=guide)).to_note():
        yield "a visit without steps has no note"
    if not unasked.to_csv() or not unasked.to_json():
        yield "the clinician's own record is refused"


def check_other_knee(guide):
    """A calf rests on the other knee only where nothing there hurts or is left out."""
    for side, other in (("left", "right"), ("right", "left")):
        sore = guide.complaint({"calf_back": {"side": side}, "knee_front": {"side": other}})
        left_out = kit.screen(yes=["C11"], where={"C11": ["knee_inner"]}, guide=guide)
        for complaint, screening in ((sore, None), (None, left_out)):
            found = Judge.of(guide, complaint, screening).verdict(own_step(guide.point("gas_1"), side))
            if found.step is None or found.step.tool == "opposite_knee":
                yield f"a calf on the {side} rests on a knee that is sore or left out"


def check_held(guide):
    """A point of which a reviewer wants something changed is offered to nobody, and every other one is."""
    held = Guide(guide.folder)
    held._texts = guide._texts
    wanted = {
        "item": "point/piri_1/place", "digest": items_of(guide)["point/piri_1/place"].digest, "verdict": "change", "comment": "",
        "reviewer": "AB", "profession": "other", "day": "2026-11-20", "guide": guide.id, "version": guide.version,
    }  # fmt: skip
    held._tables = {**guide._tables, "reviews": (wanted,)}
    if Judge.of(held, None, None).verdict(own_step(held.point("piri_1"), "left")).status != "show_only":
        yield "a point that a reviewer wants changed may be pressed"
    if Judge.of(held, None, None).verdict(own_step(held.point("tfl_1"), "left")).status != "allowed":
        yield "a point that nobody wants changed is held back"


def check_kept(guide):
    """What may be done is not refused, and what somebody brings along is completed by the guide."""
    hurts = {"hip_side": {"side": "right"}}
    if routine_for(guide, hurts).add("fdb_1", side="right").side_conflicts:
        yield "a step that explains nothing may not lie where it hurts"
    led = guide.complaint({"hip_side": {"side": "left"}, "foot_top": {"side": "right", "sensations": ["numb"]}})
    if {each.side for each in kit.suggest(led, guide=guide) if each.point == "tfl_1"} != {"both"}:
        yield "a point on the path to a numb foot is offered on the hip's side alone"
    swollen = routine_for(guide, {"shin": {"side": "right", "sensations": ["swelling"]}}, agreed_by="AB")
    if swollen.add("gas_1", side="left").steps[0].tool == "opposite_knee":
        yield "a calf rests on the knee of a swollen leg"
    step = own_step(guide.point("piri_1"), "left")
    one_side = {"sacrum": {"side": "midline"}, "hip_side": {"side": "left"}}
    if routine_for(guide, one_side).add("fdb_1").steps[0].side != "left":
        yield "the midline leaves the side in doubt"
    middle = kit.suggest({"sacrum": {"side": "midline"}, "hip_side": {"side": "left"}}, guide=guide)
    if {each.side for each in middle if each.point == "piri_1"} != {"left"}:
        yield "the midline makes one side both"
    hip_and_foot = {"hip_side": {"side": "left"}, "foot_top": {"side": "right"}}
    if routine_for(guide, hip_and_foot).add("edb_1").steps[0].side != "right":
        yield "a foot is not worked where it hurts"
    meant = routine_for(guide, hurts).add("gmed_2", side="left").confirm_sides()
    if meant.on_side().steps != meant.steps:
        yield "a step that was confirmed moves"
    for path in guide.settings.get("paths", ()):
        area, sensation = path["areas"][0], path["sensations"][0]
        for point in (*path.get("first", ()), *path.get("then", ())):
            own = next((row["area"] for row in guide.table("referrals") if row["point"] == point), area)
            both = {own: {"side": "left"}, area: {"side": "right", "sensations": [sensation]}}
            sides = {each.side for each in kit.suggest(both, guide=guide) if each.point == point}
            if own != area and sides != {"both"}:
                yield f"{point} on the path to {area} is offered on {sides}"
    one_numb = {"foot_top": {"side": "left", "sensations": ["numb"]}}
    for other, name in (({"side": "right"}, "nothing"), ({"side": "right", "sensations": ["ache"]}, "an ache")):
        told = find_alerts(guide.complaint({**one_numb, "hip_side": other}), guide)
        if [each.action for each in told if each.id == "numb"] != ["caution"]:
            yield f"a numb foot with {name} on the other side is no caution"
    foot = kit.screen(yes=["C12"], where={"C12": ["foot_top"]}, guide=guide)
    kept = kit.Routine(guide=guide).add("edb_1", side="left").add("ql_s2", side="left").adapted_to(foot)
    if [each.point for each in kept.steps] != ["ql_s2"] or kept.screening != foot.evaluated(guide):
        yield "what the answers do not allow is not left out"
    if unasked((), Judge.of(guide, None, None)) != tuple(rule.id for rule in guide.records.asked_rules):
        yield "without answers not all questions are open"
    if not refused(InvalidValueError, lambda: kit.screen(where={"C12": ["heel"]}, guide=guide)):
        yield "an area is named of what was not answered yes"
    burning = routine_for(guide, {"thigh_outer": {"side": "left", "sensations": ["burning"]}}).add(
        "tfl_1", side="right"
    )
    if not refused(BlockedError, lambda: burning.on_side("left")):
        yield "a step moves to where it may not be done"
    calf = {"calf_back": {"side": "left", "sensations": ["swelling"]}}
    thigh = routine_for(guide, calf, ["C05"], where={"C05": ["thigh_back"]})
    for point in ("bf_1", "gas_1"):
        if not refused(BlockedError, lambda point=point: thigh.add(point, side="right")):
            yield f"{point} is open where veins were answered for the thigh, and a calf is swollen"
    strange = dataclasses.replace(kit.screen(guide=guide), guide="another")
    if not refused(InvalidValueError, lambda: kit.Routine(guide=guide, screening=strange)):
        yield "the answers to another guide count"
    closed = kit.screen(yes=["C12"], where={"C12": ["foot_top"]}, guide=guide)
    if "C12" in {each.id for each in closed.touching("groin")}:
        yield "what was narrowed to a foot speaks of the groin"
    found = [kit.suggest("hip_side", "left", screening=each, guide=guide) for each in (None, kit.screen(guide=guide))]
    if not refused(InvalidValueError, lambda: kit.Routine.from_suggestions([found[0][0], found[1][1]])):
        yield "suggestions under different answers become one routine"
    away = kit.suggest("foot_top", "left", screening=closed, guide=guide)
    if not refused(
        BlockedError, lambda: kit.Routine.from_suggestions([each for each in away if not each.is_offered][:1])
    ):
        yield "what is not offered becomes a routine"
    own = with_row(guide, "cautions", "C26", action="refer")
    if kit.Routine.from_suggestions(kit.suggest("heel", "left", guide=own).top(1)).guide is not own:
        yield "suggestions of a guide become a routine of another"
    off_path = {"groin": {"side": "right", "sensations": ["numb"]}, "hip_side": {"side": "left"}}
    if {each.side for each in kit.suggest(off_path, guide=guide) if each.point == "gmed_2"} != {"left"}:
        yield "a path leads to what is not on it"
    two = kit.Routine(guide=guide).add("gmed_2", side="left", seconds=90).add("gmed_2", side="right", seconds=90)
    if [(each.point, each.side) for each in two.on_side("left").steps] != [("gmed_2", "left")]:
        yield "two steps that meet on a side do not become one"
    near = next(
        each.id
        for each in guide.point_values.values()
        if each.area == two.steps[0].area and each.id != "gmed_2" and not each.show_only
    )
    shared = two.remove("gmed_2", "right").add(near, side="right", seconds=90).on_side("right")
    if {each.side for each in shared.steps} != {"right"} or sum(each.seconds for each in shared.steps) > 120:
        yield "steps that are moved to one side do not share its time"
    hip = guide.complaint(hurts)
    strange = dataclasses.replace(hip, areas=(dataclasses.replace(hip.areas[0], area="nose"),))
    if not refused(UnknownIdError, lambda: kit.Routine(guide=guide, complaint=strange)):
        yield "a complaint of a strange area is taken"
    made = kit.Routine(guide=guide, steps=(dataclasses.replace(step, area="heel", muscle="heart"),)).steps[0]
    if (made.area, made.muscle) != (step.area, step.muscle):
        yield "a step says itself where it lies"
    for name in ("tool", "position"):
        wrong = dataclasses.replace(step, **{name: "nothing_known"})
        if not refused(UnknownIdError, lambda wrong=wrong: kit.Routine(guide=guide, steps=(wrong,))):
            yield f"an unknown {name} is taken"
    asked = {id for id, each in RULES["cautions"].items() if each["kind"] == "question"}
    point, caution = next(
        (point, id) for point, each in RULES["points"].items() for id in each["cautions"].split(";")
        if id in asked and each["show_only"] == "no" and RULES["cautions"][id]["where"] != "required"
    )  # fmt: skip
    found = kit.suggest([referred(guide, point)], "left", screening=kit.screen(yes=[caution], guide=guide), guide=guide)
    told = {notice.id for each in found if each.point == point for notice in each.cautions}
    no = kit.suggest([referred(guide, point)], "left", screening=kit.screen(guide=guide), guide=guide)
    if caution not in told or caution in {notice.id for each in no if each.point == point for notice in each.cautions}:
        yield f"{caution} is told with {point} when it was answered no, or not when it was answered yes"


def check_ways(guide):
    """A step becomes what is allowed, whatever holds it back: tool, position, pressure, time, area, point, side."""
    one_calf = {"calf_back": {"side": "left", "sensations": ["swelling"]}}
    swollen = routine_for(guide, one_calf, agreed_by="AB")
    if not refused(BlockedError, lambda: swollen.add("bf_1", side="left")):
        yield "a swollen leg is worked"
    if not refused(BlockedError, lambda: swollen.add("bf_1", side="both")):
        yield "a swollen leg is worked with the other one"
    if refused(BlockedError, lambda: swollen.add("bf_1", side="right")):
        yield "the other leg is closed, too"
    both_calves = {"calf_back": {"side": "both", "sensations": ["swelling"]}}
    for side in ("left", "right"):
        if not refused(BlockedError, lambda side=side: routine_for(guide, both_calves).add("bf_1", side=side)):
            yield f"both legs are swollen, and the {side} one is worked"
    strong = routine_for(guide, {"thigh_outer": {"side": "left", "pain": 7}})
    if strong.add("vl_3", side="left").steps[0].pressure != 3 or not refused(
        BlockedError, lambda: strong.add("vl_3", side="left", pressure=4)
    ):
        yield "strong pain is pressed hard"
    led = routine_for(guide, {"foot_top": {"side": "left", "sensations": ["numb"], "pain": 8}})
    if led.add("tfl_1", side="left").steps[0].pressure != 3:
        yield "a point on the path to strong pain is pressed hard"
    if strong.add("gmed_2", side="right").steps[0].pressure != 4:
        yield "a limit of one side holds on the other"
    numb = routine_for(guide, {"foot_top": {"side": "left", "sensations": ["numb"]}})
    step = numb.add("edb_1", side="left").steps[0]
    if (step.tool, step.pressure, step.seconds) != ("supported_fingers", 2, 30):
        yield f"a numb foot gets {step.tool}, {step.pressure} of 10 and {step.seconds} s"
    for harder in ({"seconds": 31}, {"pressure": 3}, {"tool": "knobbed_tool"}):
        if not refused(BlockedError, lambda harder=harder: numb.add("edb_1", side="left", **harder)):
            yield f"a numb foot gets {harder}"
    unasked = kit.Routine(guide=guide, complaint=guide.complaint("foot_top", "left", ["numb"]))
    if not refused(BlockedError, lambda: unasked.add("edb_1", side="left", tool="knobbed_tool")):
        yield "what is felt counts only when something was asked"
    for change, worse in (({"touches": "knee_back"}, {}), ({"sweeps": "knee_back"}, {"mode": "sweep"})):
        near = kit.Routine(guide=with_row(guide, "points", "vl_4", **change))
        if not refused(BlockedError, lambda near=near, worse=worse: near.add("vl_4", side="left", **worse)):
            yield f"a step reaches into a closed place with {change}"
    if refused(BlockedError, lambda: near.add("vl_4", side="left")):
        yield "a lane into a closed place closes the point, too"
    lying = routine_for(guide, {"calf_back": {"side": "left"}}, ["C02"]).add("gas_1", side="left")
    if lying.steps[0].position == "lying_on_back":
        yield "pregnancy lies on the back"
    burning = routine_for(guide, {"thigh_front": {"side": "left", "sensations": ["tingling"]}})
    for routine, point in ((burning, "vl_1"), (routine_for(guide, {"thigh_outer": {"side": "left"}}, ["C26"]), "vl_3")):
        if not refused(BlockedError, lambda routine=routine, point=point: routine.add(point, side="left", pressure=6)):
            yield f"{point} is pressed hard where something speaks of the place"
    free = routine_for(guide, {"thigh_outer": {"side": "left"}}).add("vl_3", side="left", pressure=7)
    if refused(BlockedError, free.require_clearance):
        yield "7 of 10 is refused where nothing speaks of the place"
    with_care = kit.screen(yes=["C01"], guide=guide)
    if refused(ReferralRequired, kit.Routine(guide=guide, screening=with_care).add("ql_s2", "left").require_clearance):
        yield "a caution asks for initials"
    swept = routine_for(guide, {"thigh_outer": {"side": "left"}}).add("vl_4", side="left", mode="sweep", seconds=120)
    if not refused(DoseError, lambda: swept.add("gmed_2", side="left")):
        yield "a sweep does not count where it crosses"
    if swept.add("gmed_2", side="right").total_seconds != 180:
        yield "a sweep counts on the other side"
    less = routine_for(guide, {"thigh_outer": {"side": "left"}}).add("vl_4", side="left", mode="sweep", seconds=80)
    if less.add("gmed_2", side="left").steps[-1].seconds != 40:
        yield "a step does not take the time that is left"
    if less.change("vl_4", seconds=90).add("gmed_2", side="left").steps[-1].seconds != 30:
        yield "a step does not take the last half minute"
    own = own_step(guide.point("tfl_1"), "left")
    meralgia = Judge.of(guide, guide.complaint({"thigh_outer": {"side": "left", "sensations": ["burning"]}}), None)
    if meralgia.verdict(own).step is not None or meralgia.verdict(dataclasses.replace(own, side="right")).step is None:
        yield "what is felt on one side is not kept off on that side alone"


def check_files(guide):
    """A file brings in nothing that the library would refuse."""
    if guide is not kit.load_guide():
        return
    routine = kit.Routine(screening=kit.screen()).add("gmed_2", side="left").add("piri_1", side="left")
    record = json.loads(routine.to_json())

    def read(**changes):
        steps = [
            {**record["steps"][0], **{key: value for key, value in changes.items() if key in record["steps"][0]}},
            record["steps"][1],
        ]
        whole = {key: value for key, value in changes.items() if key in record}
        return routine_from_bytes(json.dumps({**record, "steps": steps, **whole}).encode(), "r.json")

    for changes in (
        {"seconds": 600},
        {"pressure": 9},
        {"point": "gas_3"},
        {"point": "nose_1"},
        {"side": "links"},
        {"every_days_min": 1},
        {"point": "piri_1"},
        {"guide": "another"},
    ):
        if not refused(kit.SelfcareError, lambda changes=changes: read(**changes)):
            yield f"a file brings in {changes}"
    if not refused(BlockedError, lambda: read(screening={**record["screening"], "yes": ["R01"]})):
        yield "a file brings in a step that its own answers block"
    made = routine_for(guide, {"hip_side": {"side": "right"}}, ["C01"]).add("gmed_2", side="left").confirm_sides()
    whole = dataclasses.replace(made, title="Hip", code="C-104")
    if routine_from_bytes(whole.to_json().encode(), "r.json") != whole or not whole.sides_confirmed:
        yield "a file loses the complaint, the answers or what was confirmed"
    old = read(screening={**record["screening"], "date": "2020-01-01"})
    if not refused(kit.ScreeningRequired, old.to_html):
        yield "a file brings in old answers"


def told():
    """What does not hold of the built-in guide and of the code as it is now."""
    return violations(kit.load_guide())
