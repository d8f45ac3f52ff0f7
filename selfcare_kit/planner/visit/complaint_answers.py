"""The half of a visit's answers that is about the complaint: where it hurts and what it feels like."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from selfcare_kit.errors import check_choice
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import SIDES
from selfcare_kit.planner.visit.visit import Feeling, Visit

JOINED = {frozenset(): "", frozenset({"left"}): "left", frozenset({"right"}): "right"}


class ComplaintAnswers(ABC):
    """Areas, sides, sensations and pain, put into a visit.

    Attributes
    ----------
    guide : Guide
        Whose areas and sensations there are.
    visit : Visit
        What was put in.
    """

    guide: Guide
    visit: Visit

    @abstractmethod
    def _put(self, **values: Any) -> str:
        """Take a visit with other values, and all that follows from it, or nothing at all."""

    def choose_area(self, area: str, is_chosen: bool = True) -> str:
        """Choose an area, or take it back; it has the shared side.

        Parameters
        ----------
        area : str
            Area id or a known synonym.
        is_chosen : bool, default=True
            False takes it back.

        Returns
        -------
        str
            Which steps lie on a side on which nothing hurts now; empty where none does, as areas change what is
            suggested and not the routine.
        """
        area = self.guide.area(area)
        return self._put(areas=self._with(area)) if is_chosen else self._put(**self._without(area))

    def toggle_place(self, area: str, side: str) -> str:
        """Choose an area on one side of the body, or take it back, as a click on the figure does.

        Parameters
        ----------
        area : str
            Area id.
        side : {"left", "right", "midline"}
            Where it was clicked. The first of left and right that is clicked becomes the shared side;
            what lies on the midline has that as a side of its own.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        area, visit = self.guide.area(area), self.visit
        check_choice("side", side, ("left", "right", "midline"))
        if side == "midline":
            # It lies on both sides whatever was clicked before it or after it.
            wanted = "" if area in visit.areas else "midline"
        else:
            wanted = JOINED.get(frozenset(visit.places_of(area)) ^ {side}, "both")
        if not wanted:
            return self.choose_area(area, False)
        shared = visit.side or (wanted if wanted != "midline" else "")
        is_shared = wanted == shared and wanted != "midline" and area not in visit.sides
        own = {} if is_shared else {area: wanted}
        clicked = visit.is_side_clicked or not visit.side
        return self._put(areas=self._with(area), side=shared, is_side_clicked=clicked, sides={**visit.sides, **own})

    def choose_side(self, side: str, area: str = "") -> str:
        """Choose the side of one area, or of all that have none of their own.

        Parameters
        ----------
        side : {"left", "right", "both", "midline"}
            The client's own side.
        area : str, default=""
            One of the areas chosen; empty for all.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        check_choice("side", side, SIDES)
        if not area:
            # A side of its own that happens to be the shared one stays its own: it must not follow the next change.
            return self._put(side=side, is_side_clicked=False)
        check_choice("area", area, self.visit.areas)
        return self._put(sides={**self.visit.sides, area: side})

    def feel(self, sensation: str, is_felt: bool = True, area: str = "") -> str:
        """Say whether something is felt, in one area or in all that do not feel different.

        Parameters
        ----------
        sensation : str
            Sensation id.
        is_felt : bool, default=True
            False takes it back.
        area : str, default=""
            One of the areas that feel different; empty for the others.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        known = self.guide.records.sensations
        id = known[sensation].id
        now = self._feeling(area)
        order = list(known)
        felt = {*now.sensations, id} if is_felt else {*now.sensations} - {id}
        return self._put_feeling(area, now._replace(sensations=tuple(sorted(felt, key=order.index))))

    def rate(self, pain: int | None, area: str = "") -> str:
        """Say how strong the pain is, in one area or in all that do not feel different.

        Parameters
        ----------
        pain : int or None
            0 to 10; None when it was not asked.
        area : str, default=""
            One of the areas that feel different; empty for the others.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        return self._put_feeling(area, self._feeling(area)._replace(pain=pain))

    def let_differ(self, area: str, is_different: bool = True) -> str:
        """Let an area feel different from the others, beginning with what they feel, or like them again.

        Parameters
        ----------
        area : str
            One of the areas chosen.
        is_different : bool, default=True
            False: it feels like the others.

        Returns
        -------
        str
            Empty, as for `choose_area`.
        """
        check_choice("area", area, self.visit.areas)
        others = {each: feeling for each, feeling in self.visit.feelings.items() if each != area}
        return self._put(feelings={**others, area: self.visit.feeling_of(area)} if is_different else others)

    def _feeling(self, area: str) -> Feeling:
        return self.visit.feelings[check_choice("area", area, self.visit.feelings)] if area else self.visit.feeling

    def _put_feeling(self, area: str, feeling: Feeling) -> str:
        return self._put(feelings={**self.visit.feelings, area: feeling}) if area else self._put(feeling=feeling)

    def _with(self, area: str) -> tuple[str, ...]:
        return self.visit.areas if area in self.visit.areas else (*self.visit.areas, area)

    def _without(self, area: str) -> dict[str, Any]:
        """Return a visit's fields without an area and all that was said of it."""
        visit = self.visit
        is_last = visit.areas == (area,) and visit.is_side_clicked
        return {
            **({"side": "", "is_side_clicked": False} if is_last else {}),
            "areas": tuple(each for each in visit.areas if each != area),
            "sides": {each: side for each, side in visit.sides.items() if each != area},
            "feelings": {each: feeling for each, feeling in visit.feelings.items() if each != area},
        }
