"""The dose a guide allows, and the check that steps keep to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfcare_kit.errors import DoseError, Named, check_whole_number
from selfcare_kit.model.limits import HARD_MAX_PRESSURE, HARD_MAX_SECONDS, MAX_REST_DAYS
from selfcare_kit.model.sides import sides_touched

if TYPE_CHECKING:
    from selfcare_kit.model.step import Step


@dataclass(frozen=True)
class Dose:
    """The limits of a guide, and the dose it proposes.

    A guide may be stricter than the hard limits of 120 s and 7 of 10, never laxer.

    Parameters
    ----------
    max_area_seconds : int, default=120
        Longest work on one area and side, added over all steps, in seconds.
    default_seconds : int, default=60
        Proposed for a new step, in seconds.
    default_pressure, max_pressure : int
        Proposed and highest pressure, on a scale of 1 to 10.
    careful_max_pressure : int
        Highest pressure where a finding or an alert applies to an area that is worked.
    every_days_min, every_days_max : int
        Rest between two sessions, in days.
    max_steps, max_minutes : int
        A routine with more has a hint that it is too long.
    """

    max_area_seconds: int = 120
    default_seconds: int = 60
    default_pressure: int = 5
    max_pressure: int = 7
    careful_max_pressure: int = 5
    every_days_min: int = 2
    every_days_max: int = 3
    max_steps: int = 6
    max_minutes: int = 20

    def __post_init__(self) -> None:
        check_whole_number("max_area_seconds", self.max_area_seconds, 1, HARD_MAX_SECONDS)
        check_whole_number("default_seconds", self.default_seconds, 1, self.max_area_seconds)
        check_whole_number("max_pressure", self.max_pressure, 1, HARD_MAX_PRESSURE)
        check_whole_number("default_pressure", self.default_pressure, 1, self.max_pressure)
        check_whole_number("careful_max_pressure", self.careful_max_pressure, 1, HARD_MAX_PRESSURE)
        check_whole_number("every_days_min", self.every_days_min, 1, MAX_REST_DAYS)
        check_whole_number("every_days_max", self.every_days_max, self.every_days_min, MAX_REST_DAYS)
        check_whole_number("max_steps", self.max_steps, 1, 1000)
        check_whole_number("max_minutes", self.max_minutes, 1, 1440)


def check_dose(steps: Iterable[Step], dose: Dose, areas_of: Callable[[Step], Iterable[str]]) -> None:
    """Refuse steps that exceed the dose of a guide.

    Parameters
    ----------
    steps : iterable of Step
        All steps of a routine.
    dose : Dose
        The limits of the guide.
    areas_of : callable
        Returns the areas in which a step's seconds count.

    Raises
    ------
    DoseError
        If a step presses too hard or too often, or the steps of one area and side add up to
        more than the guide allows.
    """
    seconds: Counter[tuple[str, str]] = Counter()
    for step in steps:
        if step.pressure > dose.max_pressure:
            raise DoseError.of(
                "pressure",
                f"must be at most {dose.max_pressure} of 10 in this guide",
                given=(f"{step.pressure} for ", _quoted(step)),
                advice="lower it",
            )
        if step.every_days_min < dose.every_days_min:
            raise DoseError.of(
                "a point",
                f"rests at least {dose.every_days_min} days in this guide",
                given=(f"{step.every_days_min} for ", _quoted(step)),
                advice=("raise ", Named("value", "every_days_min")),
            )
        for area_and_side in areas_dosed(step, areas_of):
            seconds[area_and_side] += step.seconds
            if seconds[area_and_side] > dose.max_area_seconds:
                area, side = area_and_side
                raise DoseError.of(
                    "work on one area and side",
                    f"must be at most {dose.max_area_seconds} seconds in all",
                    given=(f"{seconds[area_and_side]} for ", Named("area", area), f" {side} with ", _quoted(step)),
                    advice="shorten or remove a step there",
                )


def _quoted(step: Step) -> Named:
    return Named("point", step.point, repr(step.point))


def areas_dosed(step: Step, areas_of: Callable[[Step], Iterable[str]]) -> list[tuple[str, str]]:
    """Return the areas, each with a side of the body, in which a step's seconds count."""
    return [(area, side) for side in sides_touched(step.side) for area in areas_of(step)]
