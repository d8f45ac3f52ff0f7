"""Pictures that are kept as paths: tones, lines and lenses in 480 units, the left side of the body."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.body.draw.sketch import Layer, Ring, Sketch, sketch_svg
from selfcare_kit.body.drawable import Drawable
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.errors import check_choice
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.guide.techniques import other_ways
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.plan.dosing import own_step

if TYPE_CHECKING:
    from selfcare_kit.body.draw.mpl.canvas import Axes

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


class PathPicture(Drawable):
    """A picture of a person at a step, by its kept paths; what it shows, and in which words, is up to its kind."""

    _picture: dict[str, Any]

    def __init__(
        self,
        point: str,
        side: str,
        way: tuple[str | None, str | None],
        guide: Guide | None,
        style: str,
        language: str,
    ) -> None:
        self.guide = guide or load_guide()
        self.point = self.guide.point(point).id
        self.side = check_choice("side", side, STEP_SIDES)
        self.position, self.tool = way_of(self.guide, point, *way)
        self.style = check_choice("style", style, STYLES)
        self.language = language or self.guide.language
        if language:
            self.guide.texts(language)

    def __repr__(self) -> str:
        way = f"position={self.position!r}, tool={self.tool!r}"
        return f"{type(self).__name__}({self.point!r}, side={self.side!r}, {way})"

    @property
    @abstractmethod
    def alt(self) -> str:
        """What the picture shows, in the client's words."""

    @property
    def has_arrow(self) -> bool:
        """Whether an arrow shows the way along which ball, tool or fingers move."""
        return False

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

    def _subject(self) -> str:
        """Return the point's muscle and the side, in the client's words."""
        row = self.guide.point(self.point)
        name = self._text(f"muscle.{row.muscle_id}").partition("(")[0].strip() or row.label
        return f"{name[:1].upper()}{name[1:]}, {self._text(f'handout.side.{self.side}')}."

    @cached_property
    def _texts(self) -> dict[str, str]:
        # A guide in the making has no texts yet.
        return self.guide.texts(self.language) if self.guide.languages else {}

    def _text(self, key: str) -> str:
        """Return a text of the guide, the built-in one where it has none."""
        if key in self._texts:
            return self._texts[key]
        built_in = load_guide()
        return built_in.texts(self.language if self.language in built_in.languages else "en").get(key, "")


def way_of(guide: Guide, point: str, position: str | None, tool: str | None) -> tuple[str, str]:
    """Return position and tool: the point's own, or the first position in which its guide uses the tool."""
    row = guide.point(point)
    tool = check_choice("tool", tool, guide.records.tools) if tool else row.tools[0]
    if position:
        return check_choice("position", position, guide.records.positions), tool
    suiting = (step.position for step in other_ways(own_step(row, "left"), row, guide) if step.tool == tool)
    return next(suiting, row.position), tool
