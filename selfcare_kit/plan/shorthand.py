"""An area with its own words, the place of an answer, and what was ruled out, as they are typed in one word.

The shell's options and the cells of a batch are written alike.
"""

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
    words: Iterable[str],
    guide: Guide,
    side: str | None = None,
    sensations: Iterable[str] = (),
    *,
    name: str = "an area",
) -> Complaint:
    """Read where it hurts from words such as `foot_top:left:numb+tingling:6`.

    Parameters
    ----------
    words : iterable of str
        One for each area: its id, label or synonym, then side, sensations and pain, as far as it
        has its own.
    guide : Guide
        Whose areas they are.
    side : {"left", "right", "both", "midline"}, optional
        For areas that give none, upper or lower case. Without it an area on the midline gets
        that, and any other has to say its side.
    sensations : iterable of str, default=()
        For areas that give none, upper or lower case.
    name : str, default="an area"
        What such a word is called in messages.

    Returns
    -------
    Complaint
        With the guide's own area ids.

    Raises
    ------
    InvalidValueError
        If a word has another form, an area stands twice, or a side is missing.
    UnknownIdError
        If an area or a sensation is not in the guide.

    Examples
    --------
    >>> from selfcare_kit import load_guide
    >>> read_complaint(["foot top:left:numb+tingling:6"], load_guide()).to_dict()
    {'foot_top': {'side': 'left', 'sensations': ['numb', 'tingling'], 'pain': 6}}
    """
    side = side.casefold() if side else None
    areas: dict[str, dict[str, Any]] = {}
    for word in words:
        area, values = _read_area(word, guide, name)
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
    return guide.complaint(areas, side or "midline", _own_sensations(sensations, guide))


def read_places(words: Iterable[str], *, name: str = "where") -> dict[str, list[str]]:
    """Read the areas that answers are about from words such as `C12=foot_top`.

    Parameters
    ----------
    words : iterable of str
        An answer's id and an area each; an id may come again with another area.
    name : str, default="where"
        What such a word is called in messages.

    Returns
    -------
    dict of str to list of str
        Areas by id, as they were written.

    Raises
    ------
    InvalidValueError
        If a word has another form.

    Examples
    --------
    >>> read_places(["C12=foot_top", "C12=heel"])
    {'C12': ['foot_top', 'heel']}
    """
    places: dict[str, list[str]] = {}
    for word in words:
        id, found, area = word.partition("=")
        if not found:
            raise InvalidValueError(f"{name} must look like {WHERE_FORM}, got {quoted(word)}; write it so.")
        places.setdefault(id.strip(), []).append(area)
    return places


def read_agreed(words: Iterable[str], *, name: str = "agreed") -> dict[str, str]:
    """Read what was ruled out for findings from words such as `R18=pulses good; AB`.

    Parameters
    ----------
    words : iterable of str
        The id of a finding or alert, and what was ruled out and by whom, each.
    name : str, default="agreed"
        What such a word is called in messages.

    Returns
    -------
    dict of str to str
        Texts by id, as they were written.

    Raises
    ------
    InvalidValueError
        If a word has another form, or an id stands twice.

    Examples
    --------
    >>> read_agreed(["R18=pulses good, both feet; AB"])
    {'R18': 'pulses good, both feet; AB'}
    """
    agreed: dict[str, str] = {}
    for word in words:
        id, found, text = (part.strip() for part in word.partition("="))
        if not id or not found or not text:
            raise InvalidValueError(f"{name} must look like {AGREED_FORM}, got {quoted(word)}; write it so.")
        if id in agreed:
            raise InvalidValueError(f"{name} must name each finding once, got {quoted(id)} twice; write it in one.")
        agreed[id] = text
    return agreed


def listed_agreements(cell: str, guide: Guide) -> list[str]:
    """Split a cell into what was ruled out for each finding; semicolons and commas may stand in the words, too.

    Parameters
    ----------
    cell : str
        Such as `R18=pulses good, AB; R19=no fever, AB`, with semicolons, commas, bars or line breaks between.
    guide : Guide
        An id of its safety questions, sensations or nerves begins the next one.

    Returns
    -------
    list of str
        For `read_agreed`.

    Examples
    --------
    >>> from selfcare_kit import load_guide
    >>> listed_agreements("R18=pulses good; ABI=1.0; AB; weak=power 5 of 5, AB", load_guide())
    ['R18=pulses good; ABI=1.0; AB', 'weak=power 5 of 5, AB']
    """
    records = guide.records
    ids = (*records.red_flags, *records.cautions, *records.sensations, *records.nerves)
    begin = rf"[;,|\n]\s*(?=(?:{'|'.join(map(re.escape, ids))})\s*=)"
    parts = (part.strip(" \t\r\n;,|") for part in re.split(begin, cell, flags=re.IGNORECASE))
    return [part for part in parts if part]


def _read_area(word: str, guide: Guide, name: str) -> tuple[str, dict[str, Any]]:
    area, *details = word.split(":")
    if len(details) > 3 or (len(details) == 3 and details[2].strip() not in ("", *_PAINS)):
        raise InvalidValueError(f"{name} must look like {AREA_FORM}, got {quoted(word)}; write it so.")
    texts = (each.strip() for each in details)
    values: dict[str, Any] = {
        key: text for key, text in zip(("side", "sensations", "pain"), texts, strict=False) if text
    }
    if "side" in values:
        values["side"] = values["side"].casefold()
    if "sensations" in values:
        felt = (each.strip() for each in values["sensations"].split("+"))
        values["sensations"] = _own_sensations(filter(None, felt), guide)
    if "pain" in values:
        values["pain"] = int(values["pain"])
    return guide.area(area), values


def _own_sensations(words: Iterable[str], guide: Guide) -> list[str]:
    """Return sensations as the guide spells them; what it does not know is left for it to refuse."""
    own = {id.casefold(): id for id in guide.records.sensations}
    return [own.get(word.casefold(), word) for word in words]
