"""Where a row comes from, for its reviewer: what was read of each source, and what is our own estimate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide

SEEN = {"whole": "read", "excerpt": "read in part", "known": "not re-read"}
BASIS = {"estimate": "estimate", "known": "from general knowledge", "source": ""}


class Cited(NamedTuple):
    """A mark for what is no source, empty for none, and the sources in words."""

    mark: str
    sources: str


def cited(guide: Guide, keys: Iterable[str], basis: str = "") -> Cited:
    """Return where a row comes from."""
    rows = {row["key"]: row for row in guide.typed_rows("sources")}
    found = [rows[key] for key in keys if key in rows]
    read = [row for row in found if row["kind"] != "own"]
    named = [f"{row['short'] or row['citation']} ({SEEN.get(row['seen'], row['seen'])})" for row in read]
    mark = BASIS.get(basis, "") or ("" if named else "own estimate")
    return Cited(mark, "; ".join(dict.fromkeys(named)))
