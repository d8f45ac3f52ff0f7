"""`Body`: one view of the body, and what is drawn on it. A frozen value; every method returns a new one."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.body.draw.svg import to_svg
from selfcare_kit.body.drawable import Drawable
from selfcare_kit.body.place.atlas import CROPS, atlas, check_side
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.scene.compose import compose
from selfcare_kit.body.scene.framing import fitting_crop, is_tall, spots_seen
from selfcare_kit.body.scene.legend import LegendRow
from selfcare_kit.body.scene.requests import (
    Stage,
    all_regions,
    check_muscle,
    label_of,
    list_of,
    mark_specs,
    muscle_shapes,
    referral_shapes,
    shade_levels,
    shade_shapes,
)
from selfcare_kit.body.scene.scene import Scene, Shape
from selfcare_kit.body.scene.specs import PanelSpec
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.body.scene.words import ENGLISH, PAIN
from selfcare_kit.errors import InvalidValueError, UnknownIdError, check_choice
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.sides import sides_touched

if TYPE_CHECKING:
    from selfcare_kit.body.draw.mpl.canvas import Axes


class SceneDrawing(Drawable):
    """A drawing of a scene: a view of the body, or the plate of a routine."""

    scene: Scene

    def to_svg(self, path: str | Path | None = None, *, prefix: str | None = None) -> str | Path:
        """Write the figure as SVG.

        Parameters
        ----------
        path : str or Path, optional
            Where to write; None returns the text.
        prefix : str, optional
            Begins every id in the drawing, so that several can stand in one page; made from what
            is drawn when left out.

        Returns
        -------
        str or Path
            The SVG, or the path it was written to.
        """
        text = to_svg(self.scene, prefix or self.prefix)
        if path is None:
            return text
        from selfcare_kit.files import deliver_text

        return deliver_text(text, path)

    def _png(self, dpi: int) -> bytes:
        from selfcare_kit.body.draw.mpl.scene import to_png

        return to_png(self.scene, dpi)

    def _pdf(self) -> bytes:
        from selfcare_kit.body.draw.mpl.scene import to_pdf

        return to_pdf(self.scene)

    def _plot(self, ax: Axes | None) -> Axes:
        from selfcare_kit.body.draw.mpl.scene import plot

        return plot(self.scene, ax)

    @property
    def prefix(self) -> str:
        """What the ids of the SVG begin with: short, and different for different figures."""
        return f"k{zlib.crc32(repr(self._content).encode()):08x}"

    @property
    def _content(self) -> Any:
        raise NotImplementedError

    def _repr_svg_(self) -> str:
        return to_svg(self.scene, self.prefix)


@dataclass(frozen=True)
class Body(SceneDrawing):
    """One view of the body to draw on.

    Parameters
    ----------
    view : str, default="back"
        front, back, side, oblique, inner, sole or foot_top.
    side : {"left", "right", "both"}, default="left"
        The client's own side that marks, muscles and shades go to, and that a view of one side
        shows.
    crop : {"whole", "lower"} or None, default="whole"
        How much of the body; None for the closest frame that holds the marks, or without a mark all points of the
        guide that the view shows. Without effect where a view has one framing.
    regions : bool, default=False
        Draw the areas, each with its id, for clicking.
    guide : Guide, optional
        Whose points can be marked; the built-in one when left out.
    style : {"colour", "greyscale", "high_contrast"}, default="colour"
        The look.
    shorts : bool, default=False
        Draw the body with shorts.
    legend : bool, default=True
        Write beside the body what is drawn on it.

    Raises
    ------
    InvalidValueError
        If a value is not one of those.

    Examples
    --------
    >>> body = Body("back", crop="lower").mark(["piri_1", "GB30"])
    >>> body.to_svg().startswith("<svg")
    True
    """

    view: str = "back"
    side: str = "left"
    crop: str | None = "whole"
    regions: bool = False
    guide: Guide | None = field(default=None, repr=False, compare=False)
    style: str = "colour"
    shorts: bool = False
    legend: bool = True
    _muscles: tuple[str, ...] = field(default=(), init=False)
    _referrals: tuple[str, ...] = field(default=(), init=False)
    _shades: tuple[tuple[str, float, bool], ...] = field(default=(), init=False)
    _marks: tuple[str, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        check_side(atlas().view(self.view), self.side)
        if self.crop is not None:
            check_choice("crop", self.crop, CROPS)
        check_choice("style", self.style, STYLES)
        if self.guide is not None and not isinstance(self.guide, Guide):
            raise InvalidValueError(f"guide must be a guide, got {self.guide!r}; load one with load_guide().")

    def _with(self, **values: Any) -> Body:
        new = replace(self)
        for name in ("_muscles", "_referrals", "_shades", "_marks"):
            object.__setattr__(new, name, getattr(self, name) + values.get(name, ()))
        new.scene  # noqa: B018 - what cannot be drawn is titles where it was asked for
        return new

    @property
    def _guide(self) -> Guide:
        return self.guide or load_guide()

    @property
    def _content(self) -> Any:
        return self

    def mark(self, ids: str | Iterable[str]) -> Body:
        """Mark points, numbered in the order given, and acupuncture points.

        Parameters
        ----------
        ids : str or iterable of str
            Such as `["piri_1", "GB30"]`.

        Returns
        -------
        Body
            A new body; this one is unchanged.

        Raises
        ------
        UnknownIdError
            If the guide has no such point or acupoint.
        InvalidValueError
            If one lies on a side that the view does not show.
        """
        places = places_of(self._guide)
        names = tuple(places.name(id) for id in list_of("marks", ids))
        for name in names:
            if name not in places.ids:
                raise UnknownIdError(
                    f"a mark must be a point or an acupoint, got the landmark {name!r}; use locate() for landmarks."
                )
        return self._with(_marks=tuple(dict.fromkeys(name for name in names if name not in self._marks)))

    def muscles(self, ids: str | Iterable[str]) -> Body:
        """Draw muscles, deep ones with a dashed edge.

        Parameters
        ----------
        ids : str or iterable of str
            Such as `["piriformis"]`.

        Returns
        -------
        Body
            A new body; this one is unchanged.

        Raises
        ------
        UnknownIdError
            If there is no such muscle.
        InvalidValueError
            If the view does not show it.
        """
        guide = self._guide
        names = tuple(check_muscle(guide, id) for id in list_of("muscles", ids))
        return self._with(_muscles=tuple(dict.fromkeys(name for name in names if name not in self._muscles)))

    def refer(self, point: str) -> Body:
        """Draw where a point's pain is felt: hatched where often, dotted where sometimes.

        Parameters
        ----------
        point : str
            Point id.

        Returns
        -------
        Body
            A new body; this one is unchanged.

        Raises
        ------
        UnknownIdError
            If the guide has no such point.
        InvalidValueError
            If it is felt where the view does not look.
        """
        return self._with(_referrals=(self._guide.point(point).id,))

    def shade(self, areas: str | Iterable[str] | Mapping[str, float]) -> Body:
        """Colour areas.

        Parameters
        ----------
        areas : str, iterable of str or mapping of str to float
            Area ids; a mapping gives each a strength from 0 to 10, which is written on it.

        Returns
        -------
        Body
            A new body; this one is unchanged.

        Raises
        ------
        UnknownIdError
            If the body has no such area.
        InvalidValueError
            If the view does not show it, or a strength is not from 0 to 10.
        """
        return self._with(_shades=shade_levels(areas))

    @property
    def _fitted(self) -> str:
        """The crop that was chosen, or the closest that holds what is to be seen."""
        if self.crop is not None:
            return self.crop
        if not is_tall(atlas().view(self.view)) or self._referrals or self._shades or self._muscles:
            return "whole"
        places = places_of(self._guide)
        ids = self._marks or tuple(self._guide.point_values)
        return fitting_crop([spot for id in ids for spot in spots_seen(places.in_view(id, self.view))])

    @cached_property
    def scene(self) -> Scene:
        """What is drawn, layer by layer."""
        view, crop = atlas().view(self.view), self._fitted
        style = STYLES[self.style]
        stage = Stage(view, self.side, crop, sides_touched(self.side))
        guide = self._guide if self._marks or self._referrals or self._muscles else None
        shapes, values = shade_shapes(stage, self._shades, style)
        marks, legend = mark_specs(guide, places_of(guide), self._marks, stage) if self._marks else ([], [])
        for point in self._referrals:
            shapes += referral_shapes(guide, point, stage, style)
        legend += self._zone_rows(shapes)
        for muscle in self._muscles:
            found = muscle_shapes(guide, muscle, stage, style)
            shapes += found
            legend.append(LegendRow("muscle", "", found[0].title, found[0].fill, found[0].is_dashed))
        if self.regions:
            shapes += all_regions(stage, style)
        spec = PanelSpec(view, self.side, crop, 1.0, tuple(shapes), tuple(values), tuple(marks), self.shorts)
        title = f"Body figure: {ENGLISH.title_in_sentence(self.view, self.side)}"
        return compose([spec], legend if self.legend else (), style, title, self._description(guide, shapes))

    def _zone_rows(self, shapes: list[Shape]) -> list[LegendRow]:
        kinds = {shape.kind for shape in shapes}
        rows = (
            LegendRow("primary", "", PAIN["primary"]),
            LegendRow("spillover", "", PAIN["spillover"]),
        )
        return [row for row in rows if row.kind in kinds]

    def _description(self, guide: Guide | None, shapes: list[Shape]) -> str:
        words = []
        if self._marks and guide:
            marked = "; ".join(label_of(guide, id) for id in self._marks)
            words.append(f"Marked on the {self.side} side: {marked}.")
        titles = dict.fromkeys(shape.title for shape in shapes if shape.kind != "region")
        if titles:
            words.append(f"{'; '.join(titles)}.")
        return " ".join([*words, "Left and right are the client's own."])
