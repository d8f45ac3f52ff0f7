"""Areas and days in words, for a clinician's figures and pages."""

from __future__ import annotations

import datetime

from selfcare_kit.export.chart.labels import area_label
from selfcare_kit.export.handout.page import date_words, sentence
from selfcare_kit.guide.guide import Guide


def area_title(area: str, side: str, guide: Guide) -> str:
    """Return an area with its side as a heading; the id alone for an area that the guide no longer has."""
    return sentence(area_label(area, side, guide))


class Days:
    """Days as the guide's own language writes them; in ISO form where it has no names of months."""

    def __init__(self, guide: Guide) -> None:
        self._texts = guide.texts(guide.language)

    def short(self, date: datetime.date) -> str:
        """Return day and month."""
        return date_words(date, self._texts, self._texts.get("date.diary", ""))

    def long(self, date: datetime.date) -> str:
        """Return day, month and year."""
        return date_words(date, self._texts)
