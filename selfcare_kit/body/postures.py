"""`PosturePicture`: how to stand, sit or lie for a step whose point has no pictures of its own.

The pictures are data (`data/body/positions/postures`, one file each), built with the others. They show no ball, no tool
and no mark, so they say nothing about the place. Which one a step gets follows from its position, and at a wall or on
the floor from where the skin faces: by that the body turns in the exact pictures, too.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import atan2, degrees, hypot
from typing import Any

from selfcare_kit.body.path_picture import PathPicture, way_of
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.positions import PositionPicture, pictures_of
from selfcare_kit.errors import InvalidValueError, check_choice, quoted
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.sides import STEP_SIDES

# The posture of a position, by how far the skin faces away from straight back, in degrees: 90 is the client's side.
BY_FACING = {
    "wall_standing": (("wall_back", -35, 35), ("wall_side", 35, 150)),
    "floor_lying": (("on_back", -62, 62), ("on_side", 62, 125)),
}
# Below these landmarks a leg slopes away from wall or floor in the picture, so that a place there would not touch it.
LOWEST = {
    "wall_back": "gluteal_fold",
    "on_back": "gluteal_fold",
    "wall_side": "lateral_epicondyle",
    "on_side": "lateral_epicondyle",
}
BY_POSITION = {"chair_sitting": "chair", "lying_on_back": "on_back", "standing_foot": "wall_hand"}
# The other knee presses lying only: sitting, the thigh would have to be lifted to the chest.
BY_KNEE = {"lying_on_back": "calf_on_knee"}
# What a hand holds works at a wall or on the floor however the body stands or lies.
BY_HAND = ("knobbed_tool", "supported_fingers", "scraping_tool", "long_handle")
# Postures in which left and right differ.
ONE_SIDED = ("wall_side", "on_side", "wall_hand", "calf_on_knee")
# Skin that faces up or down more than this faces neither wall nor floor.
LEVEL = 0.5


class PosturePicture(PathPicture):
    """A line drawing of how to stand, sit or lie for a step; it does not show where to press.

    It is for a guide of somebody else: its points have no `PositionPicture`. It shows neither ball nor tool. The
    built-in guide's points have exact pictures and none of these.

    Parameters
    ----------
    point : str
        Point id, such as `"soleus_1"`.
    side : {"left", "right", "both"}
        The client's own side. The right is the mirror image of the left; both shows the left.
    position, tool : str, optional
        As for `PositionPicture`.
    guide : Guide, optional
        Whose point it is; the built-in one when left out.
    style : {"colour", "greyscale", "high_contrast"}, default="colour"
        The look; `high_contrast` is black and white.
    language : str, optional
        Of the text alternative; the guide's own when left out.

    Raises
    ------
    InvalidValueError
        If there is no picture of the posture, or the point has pictures of its own. Ask `exists` first.
    UnknownIdError
        If the guide has no such point, or no such language.

    Examples
    --------
    >>> PosturePicture.exists("tfl_1"), PositionPicture.exists("tfl_1")
    (False, True)

    >>> own = load_guide("my_guide")                                         # doctest: +SKIP
    >>> PosturePicture("soleus_1", side="left", guide=own).alt               # doctest: +SKIP
    'Soleus, left side. A person sits on a chair. The picture shows only the posture, not the sore spot.'
    """

    def __init__(
        self,
        point: str,
        *,
        side: str,
        position: str | None = None,
        tool: str | None = None,
        guide: Guide | None = None,
        style: str = "colour",
        language: str = "",
    ) -> None:
        super().__init__(point, side, (position, tool), guide, style, language)
        self.posture = posture_of(self.guide, self.point, self.position, self.tool)
        if not self.posture:
            raise InvalidValueError(
                f"position must be one whose posture can be drawn for point {self.point!r} with "
                f"{quoted(self.tool)}, got {quoted(self.position)}; ask PosturePicture.exists first, "
                "and PositionPicture.exists for a picture of its very place."
            )
        self._picture = read_posture(self.posture)

    @staticmethod
    def exists(
        point: str,
        *,
        side: str = "both",
        position: str | None = None,
        tool: str | None = None,
        guide: Guide | None = None,
    ) -> bool:
        """Return whether there is a picture of the posture in which a point is worked.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}, default="both"
            Of no effect: what is drawn for one side is there for the other.
        position, tool : str, optional
            As for `PositionPicture`.
        guide : Guide, optional
            Whose point it is; the built-in one when left out.

        Returns
        -------
        bool
            False for points that are only shown, for those that have pictures of their own, and for
            positions of the guide's own.

        Examples
        --------
        >>> PosturePicture.exists("tfl_1", position="floor_lying")
        False
        """
        check_choice("side", side, STEP_SIDES)
        guide = guide or load_guide()
        return bool(posture_of(guide, guide.point(point).id, *way_of(guide, point, position, tool)))

    @property
    def alt(self) -> str:
        """What the picture shows, in the client's words: muscle, side and posture; and that it shows no more."""
        is_left = self.side == "both" and self.posture in ONE_SIDED
        parts = [
            self._subject(),
            self._text("figure.drawn_left") if is_left else "",
            self._text(f"figure.posture.{self.posture}"),
            self._text("figure.posture_only"),
        ]
        return " ".join(part for part in parts if part)

    @property
    def caption(self) -> str:
        """What is printed below the picture, in two or three words: that it shows the posture only."""
        return self._text("figure.posture_only.short")


def picture_of_way(
    point: str,
    *,
    side: str,
    position: str | None = None,
    tool: str | None = None,
    mode: str | None = None,
    guide: Guide | None = None,
    style: str = "colour",
    language: str = "",
) -> PositionPicture | PosturePicture | None:
    """Return the picture of how a point is worked: the exact one, else that of the posture alone, else None."""
    way: dict[str, Any] = {"position": position, "tool": tool, "guide": guide}
    look: dict[str, Any] = {"side": side, "style": style, "language": language}
    if PositionPicture.exists(point, **way):
        return PositionPicture(point, mode=mode, **way, **look)
    if PosturePicture.exists(point, **way):
        return PosturePicture(point, **way, **look)
    return None


def posture_of(guide: Guide, point: str, position: str, tool: str) -> str:
    """Return the posture in which a point is worked, empty where none is drawn or there are exact pictures."""
    if guide.point(point).show_only or pictures_of(guide, point) or not _is_of_the_kit(guide, position):
        return ""
    if tool == "opposite_knee":
        return BY_KNEE.get(position, "")
    if position in BY_FACING:
        if tool in BY_HAND:
            return ""
        return facing_posture(guide, point, position)
    return BY_POSITION.get(position, "")


def _is_of_the_kit(guide: Guide, position: str) -> bool:
    """Return whether a position is one of the built-in guide's, standing, sitting or lying as there."""
    known = load_guide().records.positions.get(position)
    return known is not None and known.posture == guide.records.positions[position].posture


def facing_posture(guide: Guide, point: str, position: str) -> str:
    """Return the posture that turns a point to the wall or the floor, empty where none that is drawn does."""
    places = places_of(guide)
    place = places.of(point)[0]
    x, _, z = place.normals[0]
    if hypot(x, z) < LEVEL:
        return ""
    aside = degrees(atan2(x, -z))
    posture = next((posture for posture, low, high in BY_FACING[position] if low <= aside < high), "")
    is_too_low = posture and place.xyz[1] < places.landmarks[LOWEST[posture]][1]
    return "" if is_too_low else posture


@lru_cache(maxsize=16)
def read_posture(posture: str) -> dict[str, Any]:
    """Return the picture of a posture as it is kept."""
    path = data_folder() / "body" / "positions" / "postures" / f"{posture}.json"
    return json.loads(path.read_text(encoding="utf-8"))
