"""What the tables of a guide forbid, read row by row as a clinician reads them: slow, plain, and not the library's code."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple


class Answers(NamedTuple):
    """What was felt and answered, as plain values."""

    complaint: dict  # area -> {"side", "sensations", "pain"}
    yes: tuple
    where: dict
    looked: bool = True  # a clinician gave initials for everything


@cache
def ids(cell):
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def sides(side):
    return {side} if side in ("left", "right") else {"left", "right"}


def forbidden(guide, answers, step):
    """Why a step is forbidden, as a set of short words; empty when it is allowed."""
    rows = {name: {row["id"]: row for row in guide.table(name)} for name in ("red_flags", "cautions", "points")}
    point = rows["points"][step.point]
    worked = {point["area"], *ids(point["touches"]), *(ids(point["sweeps"]) if step.mode != "hold" else ())}
    told = set()
    if point["show_only"] == "yes":
        told.add("show only")
    for row in guide.table("cautions"):
        is_closed = row["kind"] == "anatomy" and row["blocks_area"] == "yes"
        if is_closed and worked & areas_of(guide, row["areas"]):
            told.add(f"{row['id']} closes a place that is worked")
    found = findings(guide, answers, rows)
    for id, places in found.items():
        told |= against_finding(guide, answers, rows, id, places, step, worked)
    for id in ids(point["cautions"]):
        row = rows["cautions"].get(id)
        if row is not None and row["kind"] in ("anatomy", "both"):
            told |= against_how(guide, row, step)
    for row in guide.table("limits"):
        told |= against_limit(guide, answers, found, row, step, worked, point)
    told |= against_other_side(guide, answers, rows, found, step)
    if step.pressure > guide.dose.careful_max_pressure and spoken_of(guide, answers, rows, found, worked):
        told.add("too hard where something speaks of the place")
    return told


def against_other_side(guide, answers, rows, found, step):
    """What bears the weight of the step, on the other side, hurts or is left out."""
    borne = set(ids(next(row["rests_on"] for row in guide.table("tools") if row["id"] == step.tool)))
    other = {"left", "right"} - {step.side}
    told = {
        f"{area} hurts on the other side"
        for area, each in answers.complaint.items()
        if area in borne and sides(each["side"]) & other
    }
    for id, places in found.items():
        row = rows["red_flags"].get(id) or rows["cautions"][id]
        blocks = id in rows["red_flags"] or row["blocks_area"] == "yes" or row["action"] == "refer"
        lifted = row["action"] == "refer" and row["where"] != "required" and answers.looked
        if blocks and not lifted and borne & (set(places) or areas_of(guide, row["areas"])):
            told.add(f"{id} leaves out what bears it")
    for row in guide.table("limits"):
        if row["blocks"] == "yes" and borne:
            bearing = {"area": next(iter(borne)), "id": ""}
            for side in other:
                mirrored = replace(step, side=side)
                held = against_limit(guide, answers, found, row, mirrored, borne, bearing)
                told |= {f"{why} on the other side" for why in held if why.endswith("blocks it")}
    return told


def areas_of(guide, cell):
    return {row["id"] for row in guide.table("areas")} if cell == "all" else set(ids(cell))


def findings(guide, answers, rows):
    """Id -> areas it was narrowed to, of everything that was answered yes, is felt, or follows from both."""
    found = {id: list(answers.where.get(id, ())) for id in answers.yes}
    for sensation in guide.table("sensations"):
        felt = [area for area, each in answers.complaint.items() if sensation["id"] in each["sensations"]]
        for id in ids(sensation["implies"]):
            row = rows["cautions"].get(id) or rows["red_flags"][id]
            met = [area for area in felt if area in areas_of(guide, row["areas"])]
            if met and (id not in answers.yes or answers.where.get(id)):
                found[id] = [*found.get(id, ()), *met]
    for row in guide.table("red_flags"):
        if row["all_of"] and all(id in found for id in ids(row["all_of"])):
            found.setdefault(row["id"], [])
    return found


def against_finding(guide, answers, rows, id, places, step, worked):
    row = rows["red_flags"].get(id) or rows["cautions"][id]
    own = areas_of(guide, row["areas"])
    told = set()
    blocks = id in rows["red_flags"] or row["blocks_area"] == "yes" or row["action"] == "refer"
    lifted = row["action"] == "refer" and row["where"] != "required" and answers.looked
    if blocks and not lifted and worked & (set(places) or own):
        told.add(f"{id} blocks an area")
    if worked & (own | set(places) | set(ids(row.get("also_in", "")))):
        told |= against_how(guide, row, step)
    return told


def against_how(guide, row, step):
    told = set()
    id = row.get("rule") or row["id"]
    tools = set(ids(row.get("blocks_tools", "")))
    if step.tool in tools:
        told.add(f"{id} blocks {step.tool}")
    needed = {tool for each in guide.table("techniques") if each["mode"] == step.mode for tool in ids(each["tools"])}
    if tools and needed and needed <= tools:
        told.add(f"{id} blocks every tool of {step.mode}")
    if step.position in ids(row.get("blocks_positions", "")):
        told.add(f"{id} blocks {step.position}")
    for name in ("pressure", "seconds"):
        most = row.get(f"max_{name}", "")
        if most and getattr(step, name) > int(most):
            told.add(f"{id} allows {name} {most}")
    return told


def against_limit(guide, answers, found, row, step, worked, point):
    if row["who"] == "answered" and row["rule"] not in found:
        return set()
    met = [area for area, each in answers.complaint.items() if meets(row, area, each)]
    has_condition = row["felt_in"] or row["felt"] or row["pain_min"] or row["areas"] in ("felt", "explained")
    if has_condition and not met:
        return set()
    if has_condition:
        held = {side for area in met for side in sides(answers.complaint[area]["side"])}
        if not held & sides(step.side):
            return set()
    areas, points = set(ids(row["areas"])), set(ids(row["points"]))
    if row["areas"] == "all":
        areas = areas_of(guide, "all")
    elif row["areas"] in ("felt", "explained"):
        areas = set(met)
        if row["areas"] == "explained":
            points |= {each["point"] for each in guide.table("referrals") if each["area"] in met}
            points |= led_to(guide, answers, met)
    elif not areas and not points:
        points = {each["id"] for each in guide.table("points") if row["rule"] in ids(each["cautions"])}
    if not worked & areas and point["id"] not in points:
        return set()
    told = against_how(guide, row, step)
    return {*told, f"{row['id']} blocks it"} if row["blocks"] == "yes" else told


def meets(row, area, each):
    if row["felt_in"] and row["felt_in"] != "all" and area not in ids(row["felt_in"]):
        return False
    if row["felt"] and not set(ids(row["felt"])) & set(each["sensations"]):
        return False
    return not row["pain_min"] or (each["pain"] is not None and each["pain"] >= int(row["pain_min"]))


def led_to(guide, answers, met):
    """Points of the guide's paths to areas that feel so."""
    found = set()
    for path in guide.settings.get("paths", ()):
        for area in met:
            felt = set(answers.complaint[area]["sensations"])
            if area in path["areas"] and felt & set(path["sensations"]):
                found |= {*path.get("first", ()), *path.get("then", ())}
    return found


def spoken_of(guide, answers, rows, found, worked):
    """Whether a finding, or an alert, speaks of what is worked."""
    for id, places in found.items():
        row = rows["red_flags"].get(id) or rows["cautions"][id]
        if worked & (areas_of(guide, row["areas"]) | set(places) | set(ids(row.get("also_in", "")))):
            return True
    return bool(worked & areas_in_alert(guide, answers.complaint))


def areas_in_alert(guide, complaint):
    paired = {row["id"]: row["paired"] == "yes" for row in guide.table("areas")}
    at = {area: sides(each["side"]) if paired[area] else {"left", "right"} for area, each in complaint.items()}
    told = set()
    alarming = {row["id"] for row in guide.table("sensations") if row["alert_both_sides_action"]}
    of_both = {side for area, each in complaint.items() if alarming & set(each["sensations"]) for side in at[area]}
    for row in guide.table("sensations"):
        felt = {area for area, each in complaint.items() if row["id"] in each["sensations"]}
        if row["alert_action"] or (row["alert_both_sides_action"] and len(of_both) == 2):
            told |= felt
    for row in guide.table("nerves"):
        met = {area for area, each in complaint.items() if area in ids(row["areas"]) and meets_nerve(row, each)}
        needs = [set(ids(row[name])) for name in ("with_one_of", "also_one_of") if row[name]]
        lies_on = {side for area in met for side in at[area]}
        if met and all(met & group for group in needs) and (row["both_sides"] != "yes" or len(lies_on) == 2):
            told |= met
    return told


def meets_nerve(row, each):
    if row["sensations"] and not set(ids(row["sensations"])) & set(each["sensations"]):
        return False
    return not row["pain_min"] or (each["pain"] is not None and each["pain"] >= int(row["pain_min"]))
