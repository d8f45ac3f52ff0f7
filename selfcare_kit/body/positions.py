"""`PositionPicture`: how a step is done, drawn for its very point, position, tool and side.

The pictures are data (`data/body/positions`, one file a point), built by `tools/build_body/positions`: the left side of
the body as whole numbers in 480 units. A picture belongs to a place on the skin, so a guide whose point of the same
name lies elsewhere has none.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from selfcare_kit.body.path_picture import PathPicture, way_of
from selfcare_kit.body.place.places import places_of
from selfcare_kit.errors import InvalidValueError, check_choice, quoted
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import MODES

# From this far on a point of the same name is another place, in cm.
SAME_PLACE = 0.3


class PositionPicture(PathPicture):
    """A line drawing of how a step is done: how to stand, sit or lie, and where ball, tool or fingers go.

    Parameters
    ----------
    point : str
        Point id, such as `"tfl_1"`.
    side : {"left", "right", "both"}
        The client's own side. The right is the mirror image of the left; both shows the left.
    position : str, optional
        Such as `"wall_standing"`; when left out the point's own, or the first in which the guide uses
        the tool.
    tool : str, optional
        Such as `"massage_ball"`; the point's first tool when left out.
    mode : {"hold", "sweep", "scrape"}, optional
        How the point is worked; a lane gets its arrow where it is not held still. The point's own
        when left out.
    guide : Guide, optional
        Whose point it is; the built-in one when left out.
    style : {"colour", "greyscale", "high_contrast"}, default="colour"
        The look; `high_contrast` is black and white.
    language : str, optional
        Of the text alternative; the guide's own when left out.

    Raises
    ------
    InvalidValueError
        If there is no picture of just this; no picture is better than a wrong one. Ask `exists` first.
    UnknownIdError
        If the guide has no such point, or no such language.

    Examples
    --------
    >>> picture = PositionPicture("tfl_1", side="left")
    >>> picture.position, picture.tool
    ('wall_standing', 'massage_ball')
    >>> picture.to_svg().startswith("<svg")
    True
    >>> print(picture.alt)
    Front-of-hip muscle, left side. A person stands with one side to a wall and leans on it. The ball is between the \
wall and the sore spot.
    """

    def __init__(
        self,
        point: str,
        *,
        side: str,
        position: str | None = None,
        tool: str | None = None,
        mode: str | None = None,
        guide: Guide | None = None,
        style: str = "colour",
        language: str = "",
    ) -> None:
        super().__init__(point, side, (position, tool), guide, style, language)
        self.mode = check_choice("mode", mode or self.guide.point(point).mode, MODES)
        found = pictures_of(self.guide, self.point)
        if self.key not in found:
            raise InvalidValueError(_none(self.guide, self.point, self.key, found))
        self._picture = found[self.key]

    @staticmethod
    def exists(
        point: str,
        *,
        side: str = "both",
        position: str | None = None,
        tool: str | None = None,
        guide: Guide | None = None,
    ) -> bool:
        """Return whether there is a picture of a point worked in a position with a tool.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}, default="both"
            Of no effect: what is drawn for one side is there for the other.
        position, tool : str, optional
            The point's first tool, and the first position in which the guide uses it, when left out.
        guide : Guide, optional
            Whose point it is; the built-in one when left out.

        Returns
        -------
        bool
            False as well for points that are only shown, and for those of a guide that places them
            elsewhere.

        Examples
        --------
        >>> PositionPicture.exists("tfl_1"), PositionPicture.exists("tfl_1", position="floor_lying")
        (True, False)
        """
        check_choice("side", side, STEP_SIDES)
        guide = guide or load_guide()
        return "/".join(way_of(guide, point, position, tool)) in pictures_of(guide, point)

    @property
    def key(self) -> str:
        """Position and tool as one word."""
        return f"{self.position}/{self.tool}"

    @property
    def alt(self) -> str:
        """What the picture shows, in the client's words: muscle, side, posture, and what touches where."""
        parts = [
            self._subject(),
            self._text("figure.drawn_left") if self.side == "both" else "",
            self._text(f"figure.posture.{self._picture['posture']}"),
            self._text(f"figure.contact.{self._picture['contact']}"),
            self._text("figure.lane") if self.has_arrow else "",
        ]
        return " ".join(part for part in parts if part)

    @property
    def has_arrow(self) -> bool:
        """Whether an arrow shows the way along which ball, tool or fingers move."""
        return "lane" in self._picture["lines"] and self.mode != "hold"


def pictures_of(guide: Guide, point: str) -> dict[str, dict[str, Any]]:
    """Return the pictures of a guide's point by "position/tool", none where it lies elsewhere or is only shown."""
    kept = read_pictures(point)
    if not kept or guide.point(point).show_only:
        return {}
    place = places_of(guide).of(point)[0]
    near = max(abs(a - b) for a, b in zip(place.xyz, kept["place"], strict=True)) <= SAME_PLACE
    return kept["pictures"] if near and place.surface == kept["surface"] else {}


@lru_cache(maxsize=128)
def read_pictures(point: str) -> dict[str, Any]:
    """Return the file of a point: its place, `pictures`, and `missing` with reasons; empty if it has none."""
    path = data_folder() / "body" / "positions" / f"{point}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _none(guide: Guide, point: str, key: str, found: dict[str, Any]) -> str:
    """Return why there is no picture, and which pictures there are."""
    kept = read_pictures(point)
    if guide.point(point).show_only:
        why = "the point is only shown, never pressed"
    elif kept and not found:
        why = f"guide {guide.id!r} places it elsewhere than the picture does"
    else:
        why = kept.get("missing", {}).get(key, "none was made")
    there = f"there is {', '.join(found)}" if found else "there is none of this point"
    return (
        f"position and tool must have a picture for point {point!r}, got {quoted(key)} ({why}); {there}, "
        "ask PositionPicture.exists first."
    )
