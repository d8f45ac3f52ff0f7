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

from selfcare_kit.body.draw.sketch import Layer, Ring, Sketch, sketch_svg
from selfcare_kit.body.drawable import Drawable
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.errors import InvalidValueError, check_choice, quoted
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.guide.techniques import other_ways
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.plan.dosing import own_step

if TYPE_CHECKING:
    from selfcare_kit.body.draw.mpl.canvas import Axes

MODES = ("hold", "sweep", "scrape")
# From this far on a point of the same name is another place, in cm.
SAME_PLACE = 0.3
WIDTHS = {
    "ground": 2.2, "hatch": 1.8, "prop": 2.2, "seam": 2.4, "face": 2.4, "inner": 3.2, "outline": 4.0, "accent": 4.0,
    "lane": 4.0, "lens": 1.6,
}  # fmt: skip
BEHIND, LINES, BEFORE = ("shadow", "skin", "aid", "furniture", "top", "shorts", "hair"), tuple(WIDTHS), ("ball", "tool")
# What has no colour is not drawn: the knee that presses is toned, or hatched where a print has no grey.
COLOURS = {
    "colour": {
        "shadow": "#e9e9e6", "skin": "#f2e3d5", "aid": "#b4cfe6", "furniture": "#f1efea", "top": "#e3e7ea",
        "shorts": "#b9c3cb", "hair": "#6d757c", "ball": "#0b4f8a", "tool": "#0b4f8a", "ground": "#8a9096", "hatch": "",
        "prop": "#7c838a", "seam": "#3d464d", "face": "#3d464d", "inner": "#22292f", "outline": "#22292f",
        "accent": "#0b4f8a", "lane": "#0b4f8a", "lens": "#0b4f8a",
    },
    "greyscale": {
        "shadow": "#ececec", "skin": "#efefef", "aid": "#c4c4c4", "furniture": "#f6f6f6", "top": "#e2e2e2",
        "shorts": "#bfbfbf", "hair": "#757575", "ball": "#111111", "tool": "#111111", "ground": "#8f8f8f", "hatch": "",
        "prop": "#808080", "seam": "#444444", "face": "#444444", "inner": "#262626", "outline": "#262626",
        "accent": "#111111", "lane": "#111111", "lens": "#333333",
    },
    "high_contrast": {
        "shadow": "", "skin": "", "aid": "", "furniture": "#fff", "top": "#fff", "shorts": "#d8d8d8", "hair": "#000",
        "ball": "#000", "tool": "#000", "ground": "#000", "hatch": "#000", "prop": "#000", "seam": "#000",
        "face": "#000", "inner": "#000", "outline": "#000", "accent": "#000", "lane": "#000", "lens": "#000",
    },
}  # fmt: skip


class PositionPicture(Drawable):
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
        self.guide = guide or load_guide()
        row = self.guide.point(point)
        self.point = row.id
        self.side = check_choice("side", side, STEP_SIDES)
        self.position, self.tool = _way(self.guide, point, position, tool)
        self.mode = check_choice("mode", mode or row.mode, MODES)
        self.style = check_choice("style", style, STYLES)
        self.language = language or self.guide.language
        # A guide in the making has no texts yet.
        self._texts = self.guide.texts(self.language) if language or self.guide.languages else {}
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
        return "/".join(_way(guide, point, position, tool)) in pictures_of(guide, point)

    @property
    def key(self) -> str:
        """Position and tool as one word."""
        return f"{self.position}/{self.tool}"

    @property
    def alt(self) -> str:
        """What the picture shows, in the client's words: muscle, side, posture, and what touches where."""
        row = self.guide.point(self.point)
        name = self._text(f"muscle.{row.muscle_id}").partition("(")[0].strip() or row.label
        parts = [
            f"{name[:1].upper()}{name[1:]}, {self._text(f'handout.side.{self.side}')}.",
            self._text("figure.drawn_left") if self.side == "both" else "",
            self._text(f"figure.posture.{self._picture['posture']}"),
            self._text(f"figure.contact.{self._picture['contact']}"),
            self._text("figure.lane") if self.has_arrow else "",
        ]
        return " ".join(part for part in parts if part)

    def _text(self, key: str) -> str:
        """Return a text of the guide, the built-in one where it has none."""
        return self._texts.get(key) or load_guide().texts().get(key, "")

    @property
    def has_arrow(self) -> bool:
        """Whether an arrow shows the way along which ball, tool or fingers move."""
        return "lane" in self._picture["lines"] and self.mode != "hold"

    @property
    def width(self) -> int:
        """Width of the view box; the longer side is 480."""
        return self._picture["size"][0]

    @property
    def height(self) -> int:
        """Height of the view box; the longer side is 480."""
        return self._picture["size"][1]

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
            if kind in lines and colours[kind] and (kind != "lane" or self.has_arrow):
                parts.append(Layer(kind, lines[kind], "", colours[kind], WIDTHS[kind]))
        parts += [Ring(x, y, r, colours["lens"], WIDTHS["lens"]) for x, y, r in self._picture["lenses"]]
        parts += [Layer(kind, tones[kind], colours[kind]) for kind in BEFORE if kind in tones]
        return Sketch(self.width, self.height, self.alt, tuple(parts), self.side == "right")

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

    def _png(self, dpi: int) -> bytes:
        from selfcare_kit.body.draw.mpl.sketch import sketch_png

        return sketch_png(self.sketch, dpi)

    def _pdf(self) -> bytes:
        from selfcare_kit.body.draw.mpl.sketch import sketch_pdf

        return sketch_pdf(self.sketch)

    def _plot(self, ax: Axes | None) -> Axes:
        from selfcare_kit.body.draw.mpl.sketch import plot_sketch

        return plot_sketch(self.sketch, ax)

    def _repr_svg_(self) -> str:
        return sketch_svg(self.sketch)

    def _repr_html_(self) -> str:
        return f'<div style="max-width:22em">{sketch_svg(self.sketch)}</div>'


def _way(guide: Guide, point: str, position: str | None, tool: str | None) -> tuple[str, str]:
    """Return position and tool: the point's own, or the first position in which its guide uses the tool."""
    row = guide.point(point)
    tool = check_choice("tool", tool, guide.records.tools) if tool else row.tools[0]
    if position:
        return check_choice("position", position, guide.records.positions), tool
    suiting = (step.position for step in other_ways(own_step(row, "left"), row, guide) if step.tool == tool)
    return next(suiting, row.position), tool


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
