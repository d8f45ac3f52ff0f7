"""Telling an author which rows of a guide do nothing: points that no complaint finds, cautions that no point names."""

from __future__ import annotations

from collections.abc import Iterator

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.problems.find import Problem


def check_unused(guide: Guide) -> Iterator[Problem]:
    """Yield a note for every row that nothing leads to, in the order of the files."""
    yield from _points_not_found(guide)
    yield from _cautions_not_named(guide)


def _points_not_found(guide: Guide) -> Iterator[Problem]:
    found = {each.point for each in guide.records.referrals}
    for number, id in enumerate(guide.point_values, start=2):
        if id not in found:
            message = (
                f"{id} has no row in referrals.csv, so no complaint leads to it; say there where its pain is felt."
            )
            yield Problem("points.csv", number, "", message, is_note=True)


def _cautions_not_named(guide: Guide) -> Iterator[Problem]:
    """Tell of what is true of a place and blocks no area: only the points that name it are held back by it."""
    named = {id for each in guide.point_values.values() for id in each.cautions}
    limited = {each.rule for each in guide.records.limits}
    for number, caution in enumerate(guide.records.cautions.values(), start=2):
        if caution.kind == "anatomy" and not caution.blocks_area and caution.id not in named | limited:
            message = (
                f"{caution.id} does nothing, because no point names it; "
                "add it to the column cautions of the points that lie there."
            )
            yield Problem("cautions.csv", number, "", message, is_note=True)
