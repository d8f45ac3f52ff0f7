"""The values everything else is made of: sides, doses, points, steps.

All are frozen and check themselves when they are made, so a value that exists is valid.
This module imports only `errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from selfcare_kit.errors import (
    DoseError,
    check_choice,
    check_text,
    check_whole_number,
)

SIDES = ("left", "right", "both", "midline")
STEP_SIDES = ("left", "right", "both")
BODY_SIDES = ("left", "right")
MODES = ("hold", "sweep", "scrape")
ACTIONS = ("go", "caution", "refer", "urgent", "emergency")

HARD_MAX_SECONDS = 120
HARD_MAX_PRESSURE = 7
LONGEST_REST_DAYS = 14


def severest(actions: Iterable[str]) -> str:
    """Return the severest of some actions.

    Parameters
    ----------
    actions : iterable of {"go", "caution", "refer", "urgent", "emergency"}
        In any order; may be empty.

    Returns
    -------
    str
        The severest; `"go"` when there is none.

    Examples
    --------
    >>> severest(["caution", "urgent", "refer"])
    'urgent'
    """
    return max(actions, key=ACTIONS.index, default="go")


def sides_touched(side: str) -> tuple[str, ...]:
    """Return the body sides a side word covers; the midline touches both.

    Parameters
    ----------
    side : {"left", "right", "both", "midline"}
        Always the client's own side.

    Returns
    -------
    tuple of str
        `("left",)`, `("right",)` or `("left", "right")`.
    """
    return (side,) if side in BODY_SIDES else BODY_SIDES


@dataclass(frozen=True)
class Dose:
    """How much a guide allows, and what it proposes.

    A guide may be stricter than the hard limits of 120 s and 7 of 10, never laxer.

    Parameters
    ----------
    max_area_seconds : int, default=120
        Longest work on one area and side, added over all steps, in seconds.
    default_seconds : int, default=60
        What a new step proposes, in seconds.
    default_pressure, max_pressure : int
        On a scale of 1 to 10.
    careful_max_pressure : int
        Highest pressure where a safety answer or an alert speaks of what is worked.
    every_days_min, every_days_max : int
        Rest between two sessions, in days.
    max_steps, max_minutes : int
        Above these a routine hints that it is too long.
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
        check_whole_number("every_days_min", self.every_days_min, 1, LONGEST_REST_DAYS)
        check_whole_number("every_days_max", self.every_days_max, self.every_days_min, LONGEST_REST_DAYS)
        check_whole_number("max_steps", self.max_steps, 1, 1000)
        check_whole_number("max_minutes", self.max_minutes, 1, 1440)


@dataclass(frozen=True)
class Notice:
    """A caution or a hint: the id of the rule and its sentence.

    Parameters
    ----------
    id : str
        The row of the guide it comes from, such as `"C08"`.
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
        The one area it lies in; doses add up by area and side.
    mode : {"hold", "sweep", "scrape"}
        How it is worked unless a step says otherwise.
    tools : tuple of str
        Tools that suit it, best first.
    position : str
        Position the guide, or the kit, proposes.
    technique : str
        Row of the guide's techniques table.
    seconds, pressure, every_days_min, every_days_max : int
        The proposed dose.
    max_seconds : int
        The most this point gets on each side, where the guide has less for it than for its area.
    cautions : tuple of str
        Ids of cautions and red flags that ride along with it.
    show_only : bool
        True when it may be shown and explained but not pressed.
    show_only_reason : str
        Why, in one sentence.
    scope : {"guide", "extra"}
        Whether the guide speaks of the muscle.
    touches : tuple of str
        Other areas into which its search area reaches.
    sweeps : tuple of str
        Other areas that its lane crosses when it is swept or scraped.
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

    def areas_worked(self, mode: str) -> tuple[str, ...]:
        """Return the areas that are worked, its own first.

        Parameters
        ----------
        mode : {"hold", "sweep", "scrape"}
            How it is worked.

        Returns
        -------
        tuple of str
            The safety answers have to allow all of them.
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


@dataclass(frozen=True)
class Step:
    """A point made into work. Its identity is (point, side).

    Parameters
    ----------
    point : str
        Point id.
    side : {"left", "right", "both"}
        The client's own side; never guessed.
    mode : {"hold", "sweep", "scrape"}, default="hold"
        Hold still, sweep along the lane, or scrape along it.
    seconds : int, default=60
        For each side; at most 120.
    pressure : int, default=5
        1 to 7 of 10; always begun lighter.
    tool, position : str
        Ids of the guide's tools and positions.
    every_days_min, every_days_max : int
        Rest between sessions, in days.
    note : str, default=""
        The clinician's words to the client.
    muscle, area : str
        Filled in from the guide: standard name of the muscle, and the area the point lies in.
    """

    point: str
    side: str
    mode: str = "hold"
    seconds: int = 60
    pressure: int = 5
    tool: str = ""
    position: str = ""
    every_days_min: int = 2
    every_days_max: int = 3
    note: str = ""
    muscle: str = ""
    area: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        check_choice("side", self.side, STEP_SIDES)
        check_choice("mode", self.mode, MODES)
        check_whole_number("seconds", self.seconds, 1, HARD_MAX_SECONDS, "the guide allows a couple of minutes an area")
        check_whole_number("pressure", self.pressure, 1, HARD_MAX_PRESSURE, "light pressure comes first")
        check_whole_number("every_days_min", self.every_days_min, 1, LONGEST_REST_DAYS)
        check_whole_number("every_days_max", self.every_days_max, self.every_days_min, LONGEST_REST_DAYS)
        for name in ("point", "tool", "position", "note", "muscle", "area"):
            check_text(name, getattr(self, name))

    @property
    def key(self) -> tuple[str, str]:
        """The identity of the step: (point, side)."""
        return (self.point, self.side)

    @property
    def total_seconds(self) -> int:
        """Seconds over all sides; `both` counts twice."""
        return self.seconds * len(sides_touched(self.side))

    def overlaps(self, point: str, side: str) -> bool:
        """Tell whether the step already works a point on a side.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}
            The client's own side.

        Returns
        -------
        bool
            True when the point is the same and the sides share one.
        """
        return self.point == point and bool(set(sides_touched(self.side)) & set(sides_touched(side)))

    def changed(self, **values: Any) -> Step:
        """Return a copy with other values.

        Parameters
        ----------
        **values
            Any of side, mode, seconds, pressure, tool, position, every_days_min,
            every_days_max, note.

        Returns
        -------
        Step
            A new step; this one is unchanged.

        Raises
        ------
        InvalidValueError
            If a name or a value is not allowed.
        """
        for name in values:
            check_choice("what to change", name, CHANGEABLE)
        return replace(self, **values)


CHANGEABLE = (
    "side", "mode", "seconds", "pressure", "tool", "position", "every_days_min", "every_days_max", "note",
)  # fmt: skip


def check_dose(steps: Iterable[Step], dose: Dose, areas_of: Callable[[Step], Iterable[str]]) -> None:
    """Refuse steps that exceed the dose of a guide.

    Parameters
    ----------
    steps : iterable of Step
        All steps of a routine.
    dose : Dose
        What the guide allows.
    areas_of : callable
        Returns the areas in which a step's seconds count.

    Raises
    ------
    DoseError
        If a step presses too hard or too often, or the steps of one area and side add up to
        more than the guide allows.
    """
    seconds: dict[tuple[str, str], int] = {}
    for step in steps:
        if step.pressure > dose.max_pressure:
            raise DoseError(
                f"pressure must be at most {dose.max_pressure} of 10 in this guide, got "
                f"{step.pressure} for {step.point!r}; lower it."
            )
        if step.every_days_min < dose.every_days_min:
            raise DoseError(
                f"a point rests at least {dose.every_days_min} days in this guide, got "
                f"{step.every_days_min} for {step.point!r}; raise every_days_min."
            )
        for place in places_dosed(step, areas_of):
            seconds[place] = seconds.get(place, 0) + step.seconds
            if seconds[place] > dose.max_area_seconds:
                raise DoseError(
                    f"work on one area and side must be at most {dose.max_area_seconds} seconds "
                    f"in all, got {seconds[place]} for {' '.join(place)} with {step.point!r}; "
                    "shorten or remove a step there."
                )


def places_dosed(step: Step, areas_of: Callable[[Step], Iterable[str]]) -> list[tuple[str, str]]:
    """Return the areas, each with a side of the body, in which a step's seconds count."""
    return [(area, side) for side in sides_touched(step.side) for area in areas_of(step)]
