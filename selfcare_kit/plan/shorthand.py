"""The short form of areas, answers and agreements in options of the shell and cells of a batch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from selfcare_kit.errors import InvalidValueError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint

AREA_FORM = "foot_top:left:numb+tingling:6"
WHERE_FORM = "C12=foot_top"
AGREED_FORM = "R18=pulses good; AB"
_PAINS = tuple(str(number) for number in range(11))


def read_complaint(
    texts: Iterable[str],
    guide: Guide,
    side: str | None = None,
    sensations: Iterable[str] = (),
    *,
    name: str = "an area",
) -> Complaint:
    """Read a complaint from one text for each area, such as `foot_top:left:numb+tingling:6`.

    Side and sensations are for areas that give none; an area on the midline needs no side. `name` is what an
    area's text is called in messages.

    Examples
    --------
    >>> from selfcare_kit import load_guide
    >>> read_complaint(["foot top:left:numb+tingling:6"], load_guide()).to_dict()
    {'foot_top': {'side': 'left', 'sensations': ['numb', 'tingling'], 'pain': 6}}
    """
    side = side.casefold() if side else None
    areas: dict[str, dict[str, Any]] = {}
    for text in texts:
        area, values = _read_area(text, guide, name)
        if area in areas:
            raise InvalidValueError(
                f"each area is named once, got {area} twice; write {area}:both for both sides of the body."
            )
        if "side" not in values and side is None:
            if guide.records.areas[area].paired:
                raise InvalidValueError(
                    f"the side of {area} must be left, right or both, got none; say it for all areas, "
                    f"or write {area}:left."
                )
            values["side"] = "midline"
        areas[area] = values
    return guide.complaint(areas, side or "midline", _in_guide_spelling(sensations, guide))


def read_where(texts: Iterable[str], *, name: str = "where") -> dict[str, list[str]]:
    """Read the areas of answers, by the answer's id, from texts such as `C12=foot_top`.

    Examples
    --------
    >>> read_where(["C12=foot_top", "C12=heel"])
    {'C12': ['foot_top', 'heel']}
    """
    areas: dict[str, list[str]] = {}
    for text in texts:
        id, equals_sign, area = text.partition("=")
        if not equals_sign:
            raise InvalidValueError(f"{name} must look like {WHERE_FORM}, got {quoted(text)}; write it so.")
        areas.setdefault(id.strip(), []).append(area)
    return areas


def read_agreed(texts: Iterable[str], *, name: str = "agreed") -> dict[str, str]:
    """Read what was ruled out and by whom, by the id of a finding or alert, from texts such as `R18=pulses good; AB`.

    Examples
    --------
    >>> read_agreed(["R18=pulses good, both feet; AB"])
    {'R18': 'pulses good, both feet; AB'}
    """
    agreed: dict[str, str] = {}
    for text in texts:
        id, equals_sign, ruled_out = (part.strip() for part in text.partition("="))
        if not id or not equals_sign or not ruled_out:
            raise InvalidValueError(f"{name} must look like {AGREED_FORM}, got {quoted(text)}; write it so.")
        if id in agreed:
            raise InvalidValueError(f"{name} must name each finding once, got {quoted(id)} twice; write it in one.")
        agreed[id] = ruled_out
    return agreed


def split_agreed(cell: str, guide: Guide) -> list[str]:
    """Split a cell into texts for `read_agreed`; an id of the guide after a separator begins the next one.

    The texts themselves may hold semicolons and commas, too.

    Examples
    --------
    >>> from selfcare_kit import load_guide
    >>> split_agreed("R18=pulses good; ABI=1.0; AB; weak=power 5 of 5, AB", load_guide())
    ['R18=pulses good; ABI=1.0; AB', 'weak=power 5 of 5, AB']
    """
    records = guide.records
    ids = (*records.red_flags, *records.cautions, *records.sensations, *records.nerves)
    next_one = rf"[;,|\n]\s*(?=(?:{'|'.join(map(re.escape, ids))})\s*=)"
    texts = (text.strip(" \t\r\n;,|") for text in re.split(next_one, cell, flags=re.IGNORECASE))
    return [text for text in texts if text]


def _read_area(text: str, guide: Guide, name: str) -> tuple[str, dict[str, Any]]:
    area, *details = text.split(":")
    if len(details) > 3 or (len(details) == 3 and details[2].strip() not in ("", *_PAINS)):
        raise InvalidValueError(f"{name} must look like {AREA_FORM}, got {quoted(text)}; write it so.")
    stripped = (detail.strip() for detail in details)
    values: dict[str, Any] = {
        key: detail for key, detail in zip(("side", "sensations", "pain"), stripped, strict=False) if detail
    }
    if "side" in values:
        values["side"] = values["side"].casefold()
    if "sensations" in values:
        sensations = (sensation.strip() for sensation in values["sensations"].split("+"))
        values["sensations"] = _in_guide_spelling(filter(None, sensations), guide)
    if "pain" in values:
        values["pain"] = int(values["pain"])
    return guide.area(area), values


def _in_guide_spelling(sensations: Iterable[str], guide: Guide) -> list[str]:
    """Return sensations as the guide spells them; an unknown one is left as it is, for the guide to refuse."""
    spellings = {id.casefold(): id for id in guide.records.sensations}
    return [spellings.get(sensation.casefold(), sensation) for sensation in sensations]
