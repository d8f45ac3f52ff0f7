"""The safety questions of a guide, in the groups in which they are asked."""

from __future__ import annotations

from typing import NamedTuple

from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.tables import Row

OTHERS = {"red_flags": "Red flags", "cautions": "Cautions"}


class QuestionGroup(NamedTuple):
    """Questions that belong together."""

    title: str
    rows: tuple[Row, ...]


def questions(guide: Guide | None = None) -> tuple[Row, ...]:
    """Return the questions of a guide: every red flag, then every caution a client can answer.

    Parameters
    ----------
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    tuple of dict of str to str
        Rows with at least `id`, `label`, `question` and `where`.
    """
    guide = guide or load_guide()
    asked = (row for row in guide.table("cautions") if row["kind"] in ("question", "both"))
    return (*guide.table("red_flags"), *asked)


def asked_rows(guide: Guide) -> tuple[Row, ...]:
    """Return the rows of all questions that are asked: red flags, then cautions."""
    return tuple(row for row in questions(guide) if row["question"])


def question_groups(guide: Guide | None = None) -> tuple[QuestionGroup, ...]:
    """Return the questions in the groups of `[[question_groups]]` in the guide's `guide.toml`.

    Parameters
    ----------
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    tuple of QuestionGroup
        Every question once; those that no group names come last, red flags before cautions.

    Examples
    --------
    >>> [group.title for group in question_groups()][:2]
    ['Nerves and strength', 'Blood and breath']
    """
    guide = guide or load_guide()
    left = {row["id"]: row for row in questions(guide)}
    groups = []
    for group in guide.settings.get("question_groups", ()):
        rows = tuple(left.pop(id) for id in group["ids"] if id in left)
        groups.append(QuestionGroup(group["title"], rows))
    flags = guide.rows_by_id["red_flags"]
    for table, title in OTHERS.items():
        rows = tuple(row for id, row in left.items() if (id in flags) == (table == "red_flags"))
        groups.append(QuestionGroup(title, rows))
    return tuple(group for group in groups if group.rows)
