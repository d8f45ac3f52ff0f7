"""Keeping a client's printed name out of everything else that is written of a routine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from selfcare_kit.errors import InvalidValueError, Named, check_text
from selfcare_kit.export.client_name import text_with_name

if TYPE_CHECKING:
    from selfcare_kit.plan.plan import Plan


def check_private(client: str, routine: Plan) -> None:
    """Refuse a client's name that one of a routine's own texts holds."""
    check_name(check_text("client", client), _typed_texts(routine))


def check_name(
    client: str,
    texts: Iterable[tuple[str, str]],
    *,
    only: str = "be given as client only",
    shown: Callable[[str], str] = str,
) -> None:
    """Refuse a client's name that a text of records holds, without quoting it; `only` and `shown` fit the message."""
    name = text_with_name(client, texts)
    if name:
        into, found = ("records and names of files", "a word of it") if name == "code" else ("records", "it")
        raise InvalidValueError.of(
            "the client's name",
            (f"must {only}, as ", Named("value", name, shown(name)), f" gets into {into}"),
            given=f"{found} there, too",
            advice="take it out there",
        )


def _typed_texts(routine: Plan) -> Iterator[tuple[str, str]]:
    yield "code", routine.code
    yield "title", routine.title
    yield from (("activities", activity.label) for activity in routine.outcome.activities)
    yield from (("scores", score.label) for score in routine.outcome.scores)
    if routine.screening:
        yield "agreed_by", routine.screening.agreed_by
        yield from ((f"agreed of {id}", text) for id, text in routine.screening.agreed)
    yield from ((f"the note of step {number}", step.note) for number, step in enumerate(routine.steps, start=1))
