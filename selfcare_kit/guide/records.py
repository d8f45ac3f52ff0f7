"""What stands in a guide's tables, as typed values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selfcare_kit.model.limits import HARD_MAX_SECONDS

ACTIONS = ("go", "caution", "refer", "urgent", "emergency")


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
    sources : tuple of str
        Keys of the guide's sources that speak of it.
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
