"""The words for yes and no that people and spreadsheet programs write into cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from selfcare_kit.errors import InvalidValueError, quoted

# In the kit's languages and in those of a spreadsheet program's truth values. A word that means something else in
# another of these languages, such as "ne" or "o", is in neither list.
YES = frozenset(
    (
        "yes", "y", "true", "1", "x", "✓", "✔", "☑", "ja", "j", "wahr", "si", "sí", "sì", "verdadero", "oui", "vrai",
        "vero", "sim", "verdadeiro", "waar", "on", "✅",
    )
)  # fmt: skip
NO = frozenset(
    ("no", "n", "false", "0", "nein", "falsch", "falso", "non", "faux", "nao", "não", "nee", "onwaar", "off", "☐")
)  # fmt: skip


def is_yes(column: str, cells: Mapping[str, str]) -> bool:
    """Return whether a cell of a row means yes; an empty one means no, and any other word is refused.

    Examples
    --------
    >>> is_yes("template", {"template": "TRUE"}), is_yes("template", {"template": "nein"})
    (True, False)
    """
    word = yes_or_no(cells[column])
    if not word and cells[column].strip():
        raise InvalidValueError(f"{column} must be yes, no or empty, got {quoted(cells[column])}; correct it.")
    return word == "yes"


def yes_or_no(cell: str) -> str:
    """Return "yes" or "no" for a word that means it and nothing else; empty for any other.

    Examples
    --------
    >>> yes_or_no("VRAI"), yes_or_no("off"), yes_or_no("perhaps")
    ('yes', 'no', '')
    """
    word = _plain(cell)
    return "yes" if word in YES else "no" if word in NO else ""


def _plain(cell: str) -> str:
    """Return a cell in half-width lower case, without a full stop, and 1 for 1,0."""
    word = unicodedata.normalize("NFKC", cell).replace("\ufe0e", "").replace("\ufe0f", "").casefold().strip(" .!")
    return {"1.0": "1", "1,0": "1", "0.0": "0", "0,0": "0"}.get(word, word)
