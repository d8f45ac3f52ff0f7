"""What a client feels and where: areas, each with its own side, sensations and pain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from selfcare_kit.errors import InvalidValueError, check_choice, check_whole_number, quoted
from selfcare_kit.model.sides import SIDES


@dataclass(frozen=True)
class AreaComplaint:
    """What a client feels in one area.

    Parameters
    ----------
    area : str
        Area id.
    side : {"left", "right", "both", "midline"}
        The client's own side; never guessed.
    sensations : tuple of str, default=()
        Sensation ids.
    pain : int, optional
        0 to 10; None when it was not asked.
    """

    area: str
    side: str
    sensations: tuple[str, ...] = ()
    pain: int | None = None

    def __post_init__(self) -> None:
        check_choice("side", self.side, SIDES)
        if isinstance(self.sensations, str) or not isinstance(self.sensations, Iterable):
            raise InvalidValueError(
                f"sensations must be a list such as ['ache'], got {quoted(self.sensations)}; put it in brackets."
            )
        object.__setattr__(self, "sensations", tuple(self.sensations))
        if self.pain is not None:
            check_whole_number("pain", self.pain, 0, 10)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain values, ready for JSON.

        Returns
        -------
        dict
            `{"side": ..., "sensations": [...], "pain": ...}`.
        """
        return {"side": self.side, "sensations": list(self.sensations), "pain": self.pain}


@dataclass(frozen=True)
class Complaint:
    """Where it hurts and what it feels like: areas, each with its own side and sensations.

    Parameters
    ----------
    areas : tuple of AreaComplaint
        One for each area; no area twice.
    """

    areas: tuple[AreaComplaint, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "areas", tuple(self.areas))
        counts = Counter(self.area_ids)
        repeated = next((area for area, count in counts.items() if count > 1), None)
        if repeated is not None:
            raise InvalidValueError(
                f"a complaint names each area once, got {repeated!r} twice; use side 'both' for both sides."
            )

    @property
    def area_ids(self) -> tuple[str, ...]:
        """Ids of the areas, in the order they were given."""
        return tuple(each.area for each in self.areas)

    def to_dict(self) -> dict[str, dict[str, Any]]:
        """Return the plain values, ready for JSON.

        Returns
        -------
        dict
            `{area: {"side": ..., "sensations": [...], "pain": ...}}`.
        """
        return {each.area: each.to_dict() for each in self.areas}

    @classmethod
    def from_dict(cls, areas: Mapping[str, Any], side: str | None = None, sensations: Iterable[str] = ()) -> Complaint:
        """Make a complaint from a mapping of areas.

        Parameters
        ----------
        areas : mapping of str to mapping
            Area ids; each value may hold `side`, `sensations` and `pain`.
        side : {"left", "right", "both", "midline"}, optional
            For areas that give none; each needs one.
        sensations : iterable of str, default=()
            For areas that give none.

        Returns
        -------
        Complaint
            A new complaint.

        Raises
        ------
        InvalidValueError
            If a value is not what is allowed.
        """
        made = []
        for area, details in areas.items():
            if not isinstance(details, Mapping):
                raise InvalidValueError(
                    "each area of a complaint must be a mapping with side, sensations and pain, "
                    f"got {quoted(details)} for {quoted(area)}; write {{'side': 'left'}}."
                )
            unknown = sorted(set(map(str, details)) - {"side", "sensations", "pain"})
            if unknown:
                raise InvalidValueError(
                    f"an area of a complaint holds side, sensations and pain, got {quoted(unknown[0])} "
                    f"for {quoted(area)}; remove it."
                )
            own_side = details.get("side", side)
            if own_side is None:
                raise InvalidValueError(
                    f"the side of {quoted(area)} must be left, right, both or midline, got none; say where it hurts."
                )
            made.append(AreaComplaint(area, own_side, details.get("sensations", sensations), details.get("pain")))
        return cls(tuple(made))
