"""Write areas.csv, and docs/landmarks.md: where the landmarks are, and how they compare with published proportions."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .labels import read_authored
from .landmarks import Landmark, Skin
from .neutral import STATURE

GROUPS = {
    "Low back and hip": "low_back sacrum tailbone buttock_center buttock_outer buttock_lower hip_front hip_side groin",
    "Thigh": "thigh_front thigh_outer thigh_back thigh_inner",
    "Knee": "knee_front knee_outer knee_back knee_inner",
    "Lower leg": "shin calf_outer calf_back calf_inner achilles",
    "Ankle and foot": "ankle_front ankle_outer ankle_inner heel foot_top foot_outer foot_inner foot_arch foot_ball"
    " big_toe lesser_toes",
    "Rest of the body": "head neck shoulder upper_arm elbow forearm hand chest abdomen upper_back mid_back",
}
WHO, DRILLIS = "WHO 2008", "Drillis & Contini"
# Stature of the specimens whose distances are scaled to the figure's, in cm.
SPECIMEN = 175.6
INTRODUCTION = """\
# Landmarks of the reference body

Written by `tools/build_body`; do not edit. Units are cm on a standing body of 170 cm: x to the client's left, y up from
the floor, z to the front. Only the left side is given; the right is its mirror image. *Depth* is the distance to the
nearest skin, *moved* how far a bony place had to be moved from where the fitted bone puts it to be palpable,
*felt on* the surfaces on which a hand feels it (general knowledge; none where no hand does).
*Basis* is `source` for what follows from the bones or the skin alone, `estimate` for what was placed by hand or by a
rule. None of this has been checked by a clinician; palpation itself finds a bony place to about 1 to 2 cm.

## Expected and found

The body is a drawing of one person with long legs, not an average: a difference is a fact about the figure. Points are
placed by share of a segment, so that they move with it. Two differences are large: the gluteal fold of the figure lies
about 4 cm higher than the bone measures put it, and the navel 2 cm higher. The twelfth rib of the skeleton ends at L1;
its tip is taken 4 cm lower, between L1 and L2, where anatomy has it. Neck and upper back of the skeleton lie behind
those of the figure, so that C7 and the thoracic spine have their height from the bones and the rest from the skin. What
"general knowledge" says was not read for this; only the first of the lines on the shoulder rests on a source.

| measure | according to | expected | found | difference | within |
|---|---|---|---|---|---|
"""
PLACES = """
## Places

| id | label | x | y | z | depth | moved | felt on | basis |
|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Check:
    """A published or derived measure: what it is, who says so, the expected value and the one found."""

    what: str
    says: str
    expected: float
    found: float
    unit: str
    tolerance: float

    @property
    def difference(self) -> float:
        """Found minus expected."""
        return self.found - self.expected


def write_areas(folder: Path) -> None:
    """Write areas.csv: every area the figure can show."""
    with (folder / "areas.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "label", "group"])
        for group, names in GROUPS.items():
            for name in names.split():
                table.writerow([name, name.replace("_", " ").capitalize(), group])


def height_checks(landmarks: dict[str, Landmark]) -> list[Check]:
    """Return heights and breadths beside published fractions of stature."""
    place = {key: mark.place for key, mark in landmarks.items()}
    rows = [
        ("Height of the greater trochanter", 0.530, place["greater_trochanter"][1], 3.0),
        ("Height of the knee (popliteal crease)", 0.285, place["popliteal_crease"][1], 2.0),
        ("Height of the ankle (lateral malleolus)", 0.039, place["lateral_malleolus"][1], 1.5),
        ("Breadth of the hips (trochanters, with 1 cm of skin)", 0.191, 2 * place["greater_trochanter"][0] + 2.0, 3.0),
    ]
    return [Check(what, DRILLIS, share * STATURE, found, "cm", limit) for what, share, found, limit in rows]


def cun_checks(landmarks: dict[str, Landmark]) -> list[Check]:
    """Return ratios of body segments beside those of the WHO's bone measures."""
    height = {key: float(mark.place[1]) for key, mark in landmarks.items()}
    thigh = height["greater_trochanter"] - height["popliteal_crease"]
    leg = height["popliteal_crease"] - height["lateral_malleolus"]
    fold = height["gluteal_fold"] - height["popliteal_crease"]
    upper_belly = height["xiphoid"] - height["umbilicus"]
    lower_belly = height["umbilicus"] - height["pubic_symphysis"]
    shin = height["patella_apex"] - height["medial_malleolus"]
    rows = [
        ("Gluteal fold to crease / trochanter to crease", f"{WHO}: 14 / 19", 14 / 19, fold / thigh, 0.05),
        ("Thigh cun / leg cun", f"{DRILLIS}: 0.0129 / 0.0154", 0.838, (thigh / 19) / (leg / 16), 0.06),
        ("Umbilicus to symphysis / xiphoid to umbilicus", f"{WHO}: 5 / 8", 5 / 8, lower_belly / upper_belly, 0.15),
        (
            "Ankle to sole / patella to ankle, inner side",
            f"{WHO}: 3 / 15",
            3 / 15,
            height["medial_malleolus"] / shin,
            0.03,
        ),
    ]
    return [Check(what, says, expected, found, "", limit) for what, says, expected, found, limit in rows]


def distance_checks(landmarks: dict[str, Landmark]) -> list[Check]:
    """Return levels and distances beside those of anatomical studies."""
    place = {key: mark.place for key, mark in landmarks.items()}

    def above(first: str, second: str) -> float:
        return float(place[first][1] - place[second][1])

    def span(first: str, second: str) -> float:
        return float(np.linalg.norm(place[first] - place[second]))

    trochanter, seat = "greater_trochanter", "ischial_tuberosity"
    scale = STATURE / SPECIMEN
    rows = [
        ("L4 above the iliac crests", f"{WHO}: level", 0, above("l4_spine", "iliac_crest_top"), 1.5),
        ("S2 above the lower borders of the PSISs", f"{WHO}: level", 0, above("s2_spine", "psis") + 0.6, 1.0),
        ("PSIS to greater trochanter", "Wan (cadavers), scaled", 15.1 * scale, span("psis", trochanter), 2.5),
        ("Ischial tuberosity to trochanter", "Wan, Currin, scaled", 12.5 * scale, span(seat, trochanter), 2.5),
        ("PSIS to ischial tuberosity", "Currin (CT), scaled", 16.6 * scale, span("psis", seat), 3.0),
        ("Between the anterior superior iliac spines", "general knowledge: 22 to 26", 24.5, 2 * place["asis"][0], 2.0),
        (
            "Medial above lateral malleolus",
            "general knowledge: about 1",
            1,
            above("medial_malleolus", "lateral_malleolus"),
            1.0,
        ),
    ]
    return [Check(what, says, expected, found, "cm", limit) for what, says, expected, found, limit in rows]


def _check_row(check: Check) -> str:
    digits = 1 if check.unit else 3
    numbers = [f"{value:.{digits}f} {check.unit}".strip() for value in (check.expected, check.found, check.difference)]
    good = "yes" if abs(check.difference) <= check.tolerance else f"no (limit {check.tolerance:g})"
    return f"| {check.what} | {check.says} | {' | '.join(numbers)} | {good} |"


def _place_row(mark: Landmark, depth: float) -> str:
    numbers = " | ".join(f"{value:.1f}" for value in (*mark.place, depth, mark.moved))
    return f"| `{mark.id}` | {mark.label} | {numbers} | {', '.join(mark.felt_on)} | {mark.basis} |"


def upper_checks(landmarks: dict[str, Landmark]) -> list[Check]:
    """Return measures above the waist beside those of the WHO and what is generally known."""
    place = {key: mark.place for key, mark in landmarks.items()}
    known = "general knowledge"
    middle = (place["scapula_inferior_angle"][1] + place["iliac_crest_top"][1]) / 2
    shoulder, elbow = place["acromion"], place["humerus_lateral_epicondyle"]
    upper_arm, forearm = (
        float(np.linalg.norm(start - end)) for start, end in ((shoulder, elbow), (elbow, place["radial_styloid"]))
    )
    root, angle = place["scapula_spine_root"][1], place["scapula_inferior_angle"][1]
    rows = [
        ("T12 above the middle of scapula and iliac crest", f"{WHO}: level", 0, place["t12_spine"][1] - middle, 1.5),
        ("Root of the scapular spine above T3", f"{known}: level", 0, root - place["t3_spine"][1], 1.0),
        ("Lower angle of the scapula below T7", f"{known}: 0 to 2.6", 1.3, place["t7_spine"][1] - angle, 1.7),
        ("Height of C7", f"{known}: about 0.85", 0.85 * STATURE, place["c7_spine"][1], 3.0),
        ("Breadth of the shoulders (acromia)", f"{known}: 0.22 to 0.24", 0.23 * STATURE, 2 * shoulder[0], 2.5),
        ("Acromion to lateral epicondyle", f"{known}: 0.17 to 0.19", 0.18 * STATURE, upper_arm, 2.5),
        ("Lateral epicondyle to radial styloid", f"{known}: 0.14 to 0.15", 0.145 * STATURE, forearm, 2.0),
    ]
    return [Check(what, says, expected, float(found), "cm", limit) for what, says, expected, found, limit in rows]


def write_report(landmarks: dict[str, Landmark], skin: Skin, arm: Skin, path: Path) -> None:
    """Write the table of landmarks as Markdown."""
    checks = [
        *height_checks(landmarks), *cun_checks(landmarks), *distance_checks(landmarks), *upper_checks(landmarks),
    ]  # fmt: skip
    measured = "".join(_check_row(check) + "\n" for check in checks)
    skins = {key: arm if entry.get("of") == "arm" else skin for key, entry in read_authored("landmarks").items()}
    places = "".join(_place_row(mark, skins[key].depth(mark.place)) + "\n" for key, mark in landmarks.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(INTRODUCTION + measured + PLACES + places, encoding="utf-8", newline="\n")
