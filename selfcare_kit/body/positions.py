"""`PositionPicture`: how a step is done, drawn for its very point, position, tool and side.

The pictures are data (`data/body/positions`, one file a point), built by `tools/build_body/positions`: the left side of
the body as whole numbers in 480 units. A picture belongs to a place on the skin, so a guide whose point of the same
name lies elsewhere has none.
"""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.body.places import places_of
from selfcare_kit.body.sketch import Layer, Ring, Sketch, sketch_svg
from selfcare_kit.body.style import STYLES
from selfcare_kit.data import data_folder
from selfcare_kit.errors import InvalidValueError, check_choice, quoted
from selfcare_kit.guide import Guide, load_guide

if TYPE_CHECKING:
    from selfcare_kit.body.mpl import Axes

SIDES = ("left", "right", "both")
MODES = ("hold", "sweep", "scrape")
# From this far on a point of the same name is another place, in cm.
SAME_PLACE = 0.3
WIDTHS = {
    "ground": 2.2, "prop": 2.2, "seam": 2.4, "face": 2.4, "inner": 3.2, "outline": 4.0, "accent": 4.0, "lane": 4.0,
    "lens": 1.6,
}  # fmt: skip
BEHIND, LINES, BEFORE = ("shadow", "furniture", "top", "shorts", "hair"), tuple(WIDTHS), ("ball", "tool")
COLOURS = {
    "colour": {
        "shadow": "#e9e9e6", "furniture": "#f1efea", "top": "#e3e7ea", "shorts": "#b9c3cb", "hair": "#6d757c",
        "ball": "#0b4f8a", "tool": "#0b4f8a", "ground": "#8a9096", "prop": "#7c838a", "seam": "#3d464d",
        "face": "#3d464d", "inner": "#22292f", "outline": "#22292f", "accent": "#0b4f8a", "lane": "#0b4f8a",
        "lens": "#0b4f8a",
    },
    "greyscale": {
        "shadow": "#ececec", "furniture": "#f2f2f2", "top": "#e6e6e6", "shorts": "#c2c2c2", "hair": "#757575",
        "ball": "#111111", "tool": "#111111", "ground": "#8f8f8f", "prop": "#808080", "seam": "#444444",
        "face": "#444444", "inner": "#262626", "outline": "#262626", "accent": "#111111", "lane": "#111111",
        "lens": "#333333",
    },
    "high_contrast": {
        "shadow": "", "furniture": "#fff", "top": "#fff", "shorts": "#d8d8d8", "hair": "#000", "ball": "#000",
        "tool": "#000", "ground": "#000", "prop": "#000", "seam": "#000", "face": "#000", "inner": "#000",
        "outline": "#000", "accent": "#000", "lane": "#000", "lens": "#000",
    },
}  # fmt: skip


class PositionPicture:
    """A line drawing of how a step is done: how to stand, sit or lie, and where ball, tool or fingers go.

    Parameters
    ----------
    point : str
        Point id, such as `"tfl_1"`.
    side : {"left", "right", "both"}
        The client's own side. The right is the mirror image of the left; both shows the left.
    position : str, optional
        Such as `"wall_standing"`; the point's own when left out.
    tool : str, optional
        Such as `"massage_ball"`; the point's first tool when left out.
    mode : {"hold", "sweep", "scrape"}, optional
        How the point is worked; a lane gets its arrow where it is not held still. The point's own
        when left out.
    guide : Guide, optional
        Whose point it is; the built-in one when left out.
    style : {"colour", "greyscale", "high_contrast"}, default="colour"
        The look.

    Raises
    ------
    InvalidValueError
        If there is no picture of just this; no picture is better than a wrong one. Ask `exists` first.
    UnknownIdError
        If the guide has no such point.

    Examples
    --------
    >>> picture = PositionPicture("tfl_1", side="left")
    >>> picture.position, picture.tool
    ('wall_standing', 'massage_ball')
    >>> picture.to_svg().startswith("<svg")
    True
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
    ) -> None:
        self.guide = guide or load_guide()
        row = self.guide.point(point)
        self.point = row.id
        self.side = check_choice("side", side, SIDES)
        self.position, self.tool = _way(self.guide, point, position, tool)
        self.mode = check_choice("mode", mode or row.mode, MODES)
        self.style = check_choice("style", style, STYLES)
        found = pictures_of(self.guide, self.point)
        if self.key not in found:
            raise InvalidValueError(_none(self.guide, self.point, self.key, found))
        self._picture = found[self.key]

    def __repr__(self) -> str:
        return f"PositionPicture({self.point!r}, side={self.side!r}, position={self.position!r}, tool={self.tool!r})"

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
            The point's own position, and its first tool, when left out.
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
        check_choice("side", side, SIDES)
        guide = guide or load_guide()
        return "/".join(_way(guide, point, position, tool)) in pictures_of(guide, point)

    @property
    def key(self) -> str:
        """Position and tool as one word."""
        return f"{self.position}/{self.tool}"

    @property
    def alt(self) -> str:
        """What the picture shows, in words: point, side, position and tool as the guide calls them."""
        sides = {"left": "left side", "right": "right side", "both": "both sides, drawn for the left"}
        point = self.guide.point(self.point)
        position = self.guide.rows_by_id["positions"][self.position]
        tool = self.guide.rows_by_id["tools"][self.tool]
        return f"{point.label}, {sides[self.side]}. {position['client']} Tool: {tool['client']}."

    @property
    def facts(self) -> dict[str, Any]:
        """What was measured when the picture was built: contact in cm, joints in degrees, share in sight."""
        return dict(self._picture["facts"])

    @cached_property
    def sketch(self) -> Sketch:
        """What is drawn, from back to front."""
        tones, lines = self._picture["tones"], self._picture["lines"]
        colours = COLOURS[self.style]
        parts: list[Layer | Ring] = []
        for kind in BEHIND:
            if kind in tones and colours[kind]:
                edge = (colours["prop"], WIDTHS["prop"]) if kind == "furniture" else ("", 0.0)
                parts.append(Layer(kind, tones[kind], colours[kind], *edge))
        for kind in LINES:
            if kind in lines and (kind != "lane" or self.mode != "hold"):
                parts.append(Layer(kind, lines[kind], "", colours[kind], WIDTHS[kind]))
        parts += [Ring(x, y, r, colours["lens"], WIDTHS["lens"]) for x, y, r in self._picture["lenses"]]
        parts += [Layer(kind, tones[kind], colours[kind]) for kind in BEFORE if kind in tones]
        width, height = self._picture["size"]
        return Sketch(width, height, self.alt, tuple(parts), self.side == "right")

    def to_svg(self, path: str | Path | None = None) -> str | Path:
        """Write the picture as SVG.

        Parameters
        ----------
        path : str or Path, optional
            Where to write; None returns the text.

        Returns
        -------
        str or Path
            The SVG, or the path it was written to.
        """
        from selfcare_kit.files import deliver_text

        return deliver_text(sketch_svg(self.sketch), path)

    def to_png(self, path: str | Path | None = None, *, dpi: int = 144) -> bytes | Path:
        """Write the picture as PNG, the same bytes every time.

        Parameters
        ----------
        path : str or Path, optional
            Where to write; None returns the bytes.
        dpi : int, default=144
            Dots for each inch; the longer side is four inches long.

        Returns
        -------
        bytes or Path
            The PNG, or the path it was written to.
        """
        from selfcare_kit.body.mpl import sketch_png
        from selfcare_kit.files import deliver_bytes

        return deliver_bytes(sketch_png(self.sketch, dpi), path)

    def to_pdf(self, path: str | Path | None = None) -> bytes | Path:
        """Write the picture as a one-page PDF, the same bytes every time.

        Parameters
        ----------
        path : str or Path, optional
            Where to write; None returns the bytes.

        Returns
        -------
        bytes or Path
            The PDF, or the path it was written to.
        """
        from selfcare_kit.body.mpl import sketch_pdf
        from selfcare_kit.files import deliver_bytes

        return deliver_bytes(sketch_pdf(self.sketch), path)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the picture with matplotlib.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; a new figure's when left out.

        Returns
        -------
        matplotlib.axes.Axes
            The axes drawn on, in units of the picture, y up.
        """
        from selfcare_kit.body.mpl import plot_sketch

        return plot_sketch(self.sketch, ax)

    def _repr_svg_(self) -> str:
        return sketch_svg(self.sketch)

    def _repr_html_(self) -> str:
        return f'<div style="max-width:22em">{sketch_svg(self.sketch)}</div>'


def _way(guide: Guide, point: str, position: str | None, tool: str | None) -> tuple[str, str]:
    """Return position and tool, the point's own where none is given."""
    row = guide.point(point)
    position = check_choice("position", position, guide.rows_by_id["positions"]) if position else row.position
    tool = check_choice("tool", tool, guide.rows_by_id["tools"]) if tool else row.tools[0]
    return position, tool


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
    """Say why there is no picture, and which there are."""
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
