"""A client's printed name stays out of whatever else is written of a routine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from selfcare_kit.errors import InvalidValueError, Named, check_text
from selfcare_kit.export.client_name import place_of_name

if TYPE_CHECKING:
    from selfcare_kit.plan.plan import Plan


def check_private(client: str, routine: Plan) -> None:
    """Refuse a client's name that would get into records by what was typed elsewhere; it is not quoted."""
    place = place_of_name(check_text("client", client), _typed(routine))
    if place:
        into, found = ("records and names of files", "a word of it") if place == "code" else ("records", "it")
        where = "in code" if place == "code" else "there"
        raise InvalidValueError.of(
            "the client's name",
            ("must be given as client only, as ", Named("value", place), f" gets into {into}"),
            given=f"{found} {where}, too",
            advice="take it out there",
        )


def _typed(routine: Plan) -> Iterator[tuple[str, str]]:
    yield "code", routine.code
    yield "title", routine.title
    if routine.screening:
        yield "agreed_by", routine.screening.agreed_by
        yield from ((f"agreed of {id}", text) for id, text in routine.screening.agreed)
    yield from ((f"the note of step {number}", step.note) for number, step in enumerate(routine.steps, start=1))
