"""How to find a place, in a clinician's words: from which landmarks, how far, and what no hand has to feel for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.places import Places
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.landmarks.offsets import number_words, offset_words
from selfcare_kit.guide.records import FromLandmarks

# The offset that only brings a place onto the skin of the drawing, by the surface it lies on.
DEPTH = {"back": "front", "front": "front", "side": "lateral", "inner": "lateral", "sole": "up", "foot_top": "up"}
FRACTIONS = {
    1 / 2: "halfway", 1 / 3: "a third of the way", 2 / 3: "two thirds of the way", 1 / 4: "a quarter of the way",
    3 / 4: "three quarters of the way", 1 / 5: "a fifth of the way", 2 / 5: "two fifths of the way",
    3 / 5: "three fifths of the way", 4 / 5: "four fifths of the way",
}  # fmt: skip
SAME = 0.0006
BOLD = "**"


class Finding(NamedTuple):
    """How a place is found: a sentence, what the drawing adds to reach the skin, and landmarks made by a rule."""

    sentence: str
    onto_skin: str = ""
    derived: tuple[str, ...] = ()


def landmark_labels(guide: Guide) -> dict[str, str]:
    """Return what landmarks are called, those of the body and the guide's own."""
    body = {id: each.label for id, each in atlas().landmark_values.items()}
    return body | {row["id"]: row["label"] for row in guide.typed_rows("landmarks")}


def finding_of(rule: FromLandmarks, surface: str, places: Places, guide: Guide) -> Finding:
    """Return how to find a place; A and B are the landmarks of its figure."""
    labels = landmark_labels(guide)
    start, end = _lower(labels[rule.from_landmark]), _lower(labels.get(rule.to_landmark, ""))
    moves, onto = _moves(rule, DEPTH.get(surface, ""))
    if rule.to_landmark:
        part, far = _part(rule, places)
        text = f"{BOLD}{part}{BOLD} from A, {start}, to B, {end} ({far})"
        text += f", then {' and '.join(moves)}" if moves else ""
    else:
        text = f"From A, {start}: {' and '.join(moves) or 'right there'}"
    own = guide.records.landmarks
    derived = (_derived(own[id], labels, places) for id in (rule.from_landmark, rule.to_landmark) if id in own)
    words = text.removeprefix(BOLD)
    sentence = f"{text[: -len(words)]}{words[0].upper()}{words[1:]}."
    return Finding(sentence, onto, tuple(derived))


def _part(rule: FromLandmarks, places: Places) -> tuple[str, str]:
    """Return which part of the way between two landmarks is gone, in words and in cm of the reference body."""
    t = rule.fraction or 0.0
    whole = math.dist(places.landmarks[rule.from_landmark], places.landmarks[rule.to_landmark])
    named = next((words for fraction, words in FRACTIONS.items() if abs(fraction - t) < SAME), "")
    part = named or ("all the way" if t == 1 else f"{number_words(t * 100)}% of the way")
    return part, f"{number_words(t * whole)} of {number_words(whole)} cm on the 170 cm body"


def _moves(rule: FromLandmarks, depth: str) -> tuple[list[str], str]:
    """Return how far aside a place lies, and what of that is no more than the depth of the skin in the drawing."""
    unit = "cm" if rule.offset_unit in ("", "cm") else rule.offset_unit.replace("_", " of the ")
    offsets = (rule.offset_lateral or 0.0, rule.offset_up or 0.0, rule.offset_front or 0.0)
    words = offset_words(*offsets, unit)
    onto = words.pop(depth, "")
    if onto:
        onto = f"The drawing adds {onto}, straight out to the skin; nobody has to feel for that."
    return [f"{BOLD}{each}{BOLD}" for each in words.values()], onto


def _derived(rule: FromLandmarks, labels: Mapping[str, str], places: Places) -> str:
    start, end = _lower(labels[rule.from_landmark]), _lower(labels.get(rule.to_landmark, ""))
    moves, _ = _moves(rule, "")
    way = f"{_part(rule, places)[0]} from {start} to {end}" if rule.to_landmark else f"from {start}"
    aside = f", then {' and '.join(moves)}".replace(BOLD, "") if moves else ""
    return f"{labels[rule.called]} is itself found by a rule: {way}{aside}."


def _lower(text: str) -> str:
    """Return a label in the middle of a sentence; an abbreviation such as ASIS stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
