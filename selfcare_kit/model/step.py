"""A step: how a point is worked, with a side and a dose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from selfcare_kit.errors import check_choice, check_text, check_whole_number
from selfcare_kit.model.limits import HARD_MAX_PRESSURE, HARD_MAX_SECONDS, MAX_REST_DAYS
from selfcare_kit.model.sides import STEP_SIDES, sides_touched

MODES = ("hold", "sweep", "scrape")
CHANGEABLE = (
    "side", "mode", "seconds", "pressure", "tool", "position", "every_days_min", "every_days_max", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """How a point is worked on a side. Its identity is (point, side).

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
        1 to 7 of 10; the client always begins lighter.
    tool, position : str
        Ids of the guide's tools and positions.
    every_days_min, every_days_max : int
        Rest between sessions, in days.
    note : str, default=""
        The clinician's note to the client.
    muscle, area : str
        Standard name of the muscle and area of the point, both from the guide.
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
        check_whole_number("every_days_min", self.every_days_min, 1, MAX_REST_DAYS)
        check_whole_number("every_days_max", self.every_days_max, self.every_days_min, MAX_REST_DAYS)
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
        """Return whether the step already works a point on a side.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}
            The client's own side.

        Returns
        -------
        bool
            True when the point is the same and the sides overlap.
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
