"""A muscle trigger point of a guide, and a notice about one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from selfcare_kit.errors import GuideError, quoted, reason_of
from selfcare_kit.guide.cells import Row, row_converter
from selfcare_kit.guide.schema import tables
from selfcare_kit.model.limits import HARD_MAX_SECONDS


@dataclass(frozen=True)
class Notice:
    """A caution or a hint: the id of the rule and its sentence.

    Parameters
    ----------
    id : str
        Row of the guide's cautions or red flags, such as `"C08"`.
    text : str
        One or two sentences for the clinician.
    """

    id: str
    text: str

    def __str__(self) -> str:
        return f"{self.id}: {self.text}"


@dataclass(frozen=True)
class Point:
    """A muscle trigger point of a guide: a search area of about 2 cm, never a dot.

    Parameters
    ----------
    id : str
        Such as `"piri_1"`.
    muscle : str
        Standard name of the muscle.
    muscle_id : str
        Row of the guide's muscles table.
    label : str
        Clinician's label.
    area : str
        The area it lies in; seconds add up by area and side.
    mode : {"hold", "sweep", "scrape"}
        Default for a step.
    tools : tuple of str
        Tools that suit it, best first.
    position : str
        Default position for a step.
    technique : str
        Row of the guide's techniques table.
    seconds, pressure, every_days_min, every_days_max : int
        Default dose for a step.
    max_seconds : int
        Upper limit for this point on each side; the guide may set it lower than the limit of an area.
    cautions : tuple of str
        Ids of the cautions and red flags that belong to it.
    show_only : bool
        Whether it may be shown and explained but not pressed.
    show_only_reason : str
        Why, in one sentence.
    scope : {"guide", "extra"}
        `guide` when the guide's text names the muscle or its region, `extra` when it names neither.
    touches : tuple of str
        Other areas that its search area overlaps.
    sweeps : tuple of str
        Other areas that its lane crosses when it is swept or scraped.
    sources : tuple of str
        Keys of its sources in the guide.
    """

    id: str
    muscle: str
    muscle_id: str
    label: str
    area: str
    mode: str = "hold"
    tools: tuple[str, ...] = ()
    position: str = ""
    technique: str = ""
    seconds: int = 60
    max_seconds: int = HARD_MAX_SECONDS
    pressure: int = 5
    every_days_min: int = 2
    every_days_max: int = 3
    cautions: tuple[str, ...] = ()
    show_only: bool = False
    show_only_reason: str = ""
    scope: str = "guide"
    touches: tuple[str, ...] = ()
    sweeps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def areas_worked(self, mode: str) -> tuple[str, ...]:
        """Return the areas that are worked in a mode, its own first.

        Parameters
        ----------
        mode : {"hold", "sweep", "scrape"}
            How it is worked.

        Returns
        -------
        tuple of str
            All of them have to be allowed by the safety answers.
        """
        return (self.area, *self.touches, *self._lane(mode))

    def areas_dosed(self, mode: str) -> tuple[str, ...]:
        """Return the areas in which the seconds of a step count, its own first.

        Parameters
        ----------
        mode : {"hold", "sweep", "scrape"}
            How it is worked.

        Returns
        -------
        tuple of str
            A sweep counts in full in every area that it crosses.
        """
        return tuple(dict.fromkeys((self.area, *self._lane(mode))))

    def _lane(self, mode: str) -> tuple[str, ...]:
        return () if mode == "hold" else self.sweeps


def point_of(row: Row, muscles: Mapping[str, str]) -> Point:
    """Return the point in a row of `points.csv`, or raise a GuideError; `muscles` holds the names of muscles by id."""
    try:
        values = _row_converter()(row)
        values["max_seconds"] = values["max_seconds"] or HARD_MAX_SECONDS
        muscle, sources = values.pop("muscle"), values.pop("source")
        return Point(muscle=muscles[muscle], muscle_id=muscle, sources=sources, **values)
    except (KeyError, ValueError) as error:
        raise GuideError(
            f"points.csv: point {quoted(row['id'])} has a wrong or unknown value {reason_of(error)}; "
            "run check_guide on the folder to see all problems."
        ) from None


@lru_cache(maxsize=1)
def _row_converter() -> Callable[[Row], dict[str, Any]]:
    """Return the function that converts the cells of `points.csv` that a point needs."""
    needed = {"source", *(field.name for field in fields(Point))}
    return row_converter(column for name, column in tables()["points"].columns.items() if name in needed)
