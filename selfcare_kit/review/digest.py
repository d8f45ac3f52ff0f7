"""The digest of what an item says: the same for the same content, however it is written down.

The body is fitted anew from time to time. A landmark that moves by less than `FIT_CM` voids no review: a place is
digested with its landmarks rounded, and where a landmark lies next to the edge of its rounded value, the digest with
the value beyond that edge counts as the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice, product
from typing import Any

DIGITS = 12
# The digits of base 16 as letters: a spreadsheet program would make a number of 12e456789012.
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
# Landmarks are rounded to this, far less than the search area of a place; a new fit moves them by less than FIT_CM.
ROUNDED_CM = 0.5
FIT_CM = 0.05
# With a dozen coordinates, of which each has a chance of one in five to lie at an edge, there are hardly ever more.
MAX_DIGESTS = 4096

XYZ = tuple[float, float, float]


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the digest of some content: 12 digits of its SHA-256, from a to p.

    Examples
    --------
    >>> digest_of({"up": 4.20, "to": ""}) == digest_of({"up": 4.2}) != digest_of({"up": 4.3})
    True
    """
    # A late import: it loads a library for secrets, and a line without answers needs none.
    import hashlib

    text = json.dumps(plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS].translate(LETTERS)


def plain(value: Any) -> Any:
    """Return a value without what is empty, and with each number as a float.

    What is empty is left out, so that a column which a later version adds to a table voids no review.

    Examples
    --------
    >>> plain({"seconds": 60, "tools": ("ball",), "note": "", "blocks": False})
    {'seconds': 60.0, 'tools': ['ball']}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items() if not _is_empty(each)}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return float(value)


def _is_empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | list | tuple | Mapping) and not value)


def digests_with_landmarks(content: Mapping[str, Any], landmarks: Mapping[str, XYZ]) -> tuple[str, ...]:
    """Return the digest of content that rests on landmarks, and those that count as the same, the first one first."""
    names = sorted(landmarks)
    choices = [_rounded(coordinate) for name in names for coordinate in landmarks[name]]
    found = []
    for values in islice(product(*choices), MAX_DIGESTS):
        places = iter(values)
        rounded = {name: [next(places), next(places), next(places)] for name in names}
        found.append(digest_of({**content, "landmarks": rounded}))
    return tuple(found)


def _rounded(coordinate: float) -> Iterable[float]:
    """Return a coordinate rounded, then what it would be rounded to if it moved by less than `FIT_CM`."""
    moved = (coordinate, coordinate - FIT_CM, coordinate + FIT_CM)
    return tuple(dict.fromkeys(round(each / ROUNDED_CM) * ROUNDED_CM + 0.0 for each in moved))
