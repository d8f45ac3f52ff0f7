"""What the kit's guide knows of a muscle that an author names."""

from __future__ import annotations

from selfcare_kit.guide.cells import Row, split
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.names import normalised


def known_muscle(name: str) -> Row | None:
    """Return the row of a muscle of the kit's guide, by its id, name, Latin name or a synonym; None for another.

    Examples
    --------
    >>> known_muscle("Gastroc")["id"], known_muscle("vastus medialis")
    ('gastrocnemius', None)
    """
    wanted = normalised(name)
    for row in built_in().table("muscles"):
        if wanted in map(normalised, (row["id"], row["name"], row["latin"], *split(row["synonyms"]))):
            return row
    return None
