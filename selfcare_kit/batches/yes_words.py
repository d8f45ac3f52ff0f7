"""Yes and no as people and spreadsheet programs write them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from selfcare_kit.errors import InvalidValueError, quoted

# Of the kit's languages and of those a spreadsheet writes its truth values in. A word that means the one in one
# language and the other, or something else, in another, such as "ne" or "o", is in neither.
YES = frozenset(
    (
        "yes", "y", "true", "1", "x", "✓", "✔", "☑", "ja", "j", "wahr", "si", "sí", "sì", "verdadero", "oui", "vrai",
        "vero", "sim", "verdadeiro", "waar",
    )
)  # fmt: skip
NO = frozenset(
    ("no", "n", "false", "0", "nein", "falsch", "falso", "non", "faux", "nao", "não", "nee", "onwaar", "☐")
)  # fmt: skip


def is_yes(column: str, cells: Mapping[str, str]) -> bool:
    """Return whether a cell of a row says yes; one that says neither yes nor no is refused, and an empty one says no.

    Examples
    --------
    >>> is_yes("template", {"template": "TRUE"}), is_yes("template", {"template": "nein"})
    (True, False)
    """
    said = _plain(cells[column])
    if said in YES:
        return True
    if said and said not in NO:
        raise InvalidValueError(f"{column} must be yes, no or empty, got {quoted(cells[column])}; correct it.")
    return False


def _plain(cell: str) -> str:
    """Return a cell without what does not matter: width, case, a full stop, and the decimals of 1,0."""
    word = unicodedata.normalize("NFKC", cell).replace("\ufe0e", "").replace("\ufe0f", "").casefold().strip(" .!")
    return {"1.0": "1", "1,0": "1", "0.0": "0", "0,0": "0"}.get(word, word)
