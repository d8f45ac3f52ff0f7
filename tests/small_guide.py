"""A small guide above the waist, as somebody else would write it: made up for the tests, not clinical, for no client.

Cells that have a usual value are empty.
"""

from __future__ import annotations

import csv
from pathlib import Path

TABLES = {
    "sources": [
        {"key": "OWN", "citation": "Made up for the tests", "kind": "own", "seen": "whole"},
        {"key": "BOOK", "citation": "A book that nobody opened", "kind": "book", "seen": "known"},
    ],
    "areas": [
        {"id": "neck", "label": "Neck", "group": "Neck and back"},
        {"id": "shoulder", "label": "Shoulder", "group": "Neck and back"},
        {"id": "upper_back", "label": "Upper back", "group": "Neck and back"},
    ],
    "muscles": [{"id": "demo_muscle", "name": "demo muscle", "depth": "surface"}],
    "points": [
        {"id": "high_1", "muscle": "demo_muscle", "label": "Demo, high", "area": "upper_back", "technique": "ball"},
        {"id": "high_2", "muscle": "demo_muscle", "label": "Demo, low", "area": "upper_back", "technique": "ball"},
    ],
    "places": [
        {"id": "high_1", "from_landmark": "scapula_medial_border", "offset_lateral": "0", "offset_up": "7",
         "offset_front": "0", "offset_unit": "cm", "surface": "back"},
        {"id": "high_2", "from_landmark": "scapula_medial_border", "surface": "back"},
    ],
    "referrals": [
        {"point": "high_1", "area": "neck", "kind": "primary", "certain": "yes"},
        {"point": "high_2", "area": "upper_back", "kind": "primary", "certain": "yes"},
        {"point": "high_2", "area": "shoulder", "kind": "spillover", "certain": "no"},
    ],
    "sensations": [
        {"id": "ache", "label": "Ache", "client": "dull ache"},
        {"id": "numb", "label": "Numbness", "client": "numb", "alert_action": "caution",
         "alert_both_sides_action": "refer", "alert_message": "Demo alert.", "alert_asks": "R18"},
    ],
    "red_flags": [
        {"id": "R18", "label": "Demo flag", "question": "Is this a demo?", "action": "refer", "areas": "all",
         "message": "Demo message."},
    ],
    "cautions": [
        {"id": "C01", "label": "Demo caution", "kind": "question", "question": "Is this another demo?",
         "message": "Demo.", "action": "caution", "areas": "all", "blocks_area": "no", "max_pressure": "3"},
    ],
    "tools": [{"id": "massage_ball", "label": "Massage ball", "client": "massage ball", "firm": "no"}],
    "positions": [
        {"id": "wall_standing", "label": "Standing at a wall", "client": "Stand at a wall.", "posture": "standing"},
        {"id": "chair_sitting", "label": "Sitting on a chair", "client": "Sit on a chair.", "posture": "sitting"},
    ],
    "techniques": [
        {"id": "ball", "label": "Ball, held", "mode": "hold", "tools": "massage_ball", "positions": "wall_standing"},
    ],
}  # fmt: skip
TEXTS = {
    "language.name": "English",
    "guide.title": "Demo guide",
    "area.neck": "neck",
    "area.shoulder": "shoulder",
    "area.upper_back": "upper back",
    "muscle.demo_muscle": "demo muscle",
    "tool.massage_ball": "massage ball",
    "position.wall_standing": "Stand at a wall.",
    "position.chair_sitting": "Sit on a chair.",
    "technique.ball": "Put the ball between you and the wall, then hold still.",
    "sensation.ache": "dull ache",
    "sensation.numb": "numb",
    "caution.C01": "Press lightly.",
    "point.high_1.where": "High in your upper back.",
    "point.high_2.where": "Beside your shoulder blade.",
    "handout.emergency.1": "Your chest hurts.",
    "handout.emergency.2": "An arm is suddenly weak.",
    "handout.today.1": "Your neck hurts after a fall.",
    "handout.stop.1": "Stop if a step makes things worse. Call {call}.",
}
SETTINGS = 'id = "demo"\ntitle = "Demo guide"\nversion = "0.1"\nlanguage = "en"\n'


def small_guide(folder: Path, *, texts=None, settings=SETTINGS, **tables) -> Path:
    """Write the small guide into a folder, with some tables and texts instead of its own; a text of None is left out."""
    from selfcare_kit.guide.schema import tables as described

    (folder / "text").mkdir(parents=True)
    (folder / "guide.toml").write_text(settings, "utf-8")
    for name, rows in {**TABLES, **tables}.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, described()[name].names)
            writer.writeheader()
            writer.writerows(rows)
    kept = {key: text for key, text in {**TEXTS, **(texts or {})}.items() if text is not None}
    with (folder / "text" / "en.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("key", "text"), *kept.items()])
    return folder


def changed(table: str, row: int, **cells: str) -> dict[str, list[dict[str, str]]]:
    """Return a table of the small guide with some cells of a row changed, to hand to `small_guide`."""
    rows = [dict(each) for each in TABLES[table]]
    rows[row] |= cells
    return {table: rows}
