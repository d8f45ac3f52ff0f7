"""`Plate`: the figure of a routine, in the fewest views that show all its steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from selfcare_kit.body.figure import SceneDrawing
from selfcare_kit.body.place.atlas import CROPS, Atlas, Crop, Drawing, View
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.scene.arrange import Room
from selfcare_kit.body.scene.compose import compose
from selfcare_kit.body.scene.framing import close_frame, fitting_crop, holding_crop, is_tall, spots_of
from selfcare_kit.body.scene.legend import LegendRow
from selfcare_kit.body.scene.requests import Stage, label_of, list_of, muscle_shapes
from selfcare_kit.body.scene.scene import Scene, Shape
from selfcare_kit.body.scene.specs import MarkSpec, PanelSpec
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.body.scene.words import ENGLISH, FigureWords
from selfcare_kit.body.views import PanelKey, best_panel, choose_panels
from selfcare_kit.errors import InvalidValueError, check_choice, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step

# A view of a foot or a leg is drawn larger, to stand beside a body 120 cm high.
SMALL_HEIGHT = 52.0
CLOSE_HEIGHT = 36.0
MAX_SCALE = 2.4
PLATE_FRAMES = ("fit", "lower", "close")
# Drawings of a light plate of several panels keep the first of these tones, of two panels both: in them all is small.
MANY_PANELS = 3
LIGHT_TONES = (1, 3)


class Plate(SceneDrawing):
    """The composed figure of a routine: each step's number at its place.

    Parameters
    ----------
    steps : iterable of Step
        The steps of a routine, in order; each needs `point`, `side` and `mode`.
    guide : Guide, optional
        Whose points they are; the built-in one when left out.
    style : {"colour", "greyscale", "high_contrast"}, default="colour"
        The options.
    legend : bool, default=True
        Write beside the body which number is what.
    shorts : bool, default=False
        Draw the body with shorts.
    frame : {"fit", "lower", "close"}, default="fit"
        Show only the hips, the knees, the legs, the shoulders or the upper body where that holds every mark, always
        all below the waist, or only what lies around the marks. A mark above the waist is in the frame
        whatever is chosen; then "lower" shows the whole body.
    acupoints : iterable of str, default=()
        Acupuncture points to show as well, on the sides of the steps, where a chosen view shows them.
    room : tuple of float, optional
        Width and height in mm that the figure will have on paper; titles, letters and numbers are
        then drawn so large that they can be read there (7 pt or more, numbers 8 pt).
    words : FigureWords, optional
        Titles, letters and names in another language or for another reader.
    muscles : bool, default=False
        Draw the muscles of the points as well, where a chosen view shows them.
    first_number : int, default=1
        Number of the first step, when the others stand in pictures of their own.
    light : bool, default=False
        Draw fewer tones where there are many panels, so that a page with the figure stays small.

    Raises
    ------
    InvalidValueError
        If there are no steps, or a step lies where no view looks.
    UnknownIdError
        If a point has no place in the guide.

    Examples
    --------
    >>> from selfcare_kit.model.step import Step
    >>> Plate([Step("piri_1", side="left")]).views
    ('back',)
    """

    def __init__(
        self,
        steps: Iterable[Step],
        guide: Guide | None = None,
        *,
        style: str = "colour",
        legend: bool = True,
        shorts: bool = False,
        frame: str = "fit",
        acupoints: Iterable[str] = (),
        room: tuple[float, float] | None = None,
        words: FigureWords | None = None,
        muscles: bool = False,
        first_number: int = 1,
        light: bool = False,
    ) -> None:
        self.steps = tuple(steps)
        self.guide = guide or load_guide()
        self.style = check_choice("style", style, STYLES)
        self.legend = legend
        self.shorts = shorts
        self.frame = check_choice("frame", frame, PLATE_FRAMES)
        self.room = check_room(room)
        self.words = words or ENGLISH
        self.muscles = muscles
        self.first_number = first_number
        self.light = light
        self._places = places_of(self.guide)
        self.acupoints = tuple(self._places.name(code) for code in list_of("acupoints", acupoints))
        if not self.steps:
            raise InvalidValueError("a plate needs at least one step, got none; add one to the routine.")
        self.panels: tuple[PanelKey, ...] = choose_panels(self._places, self.steps)

    @classmethod
    def of(cls, steps: Iterable[Step], *, guide: Guide | None = None, **style: Any) -> Plate:
        """Make the plate of steps; the same as `Plate(steps, guide, **style)`."""
        return cls(steps, guide, **style)

    def __repr__(self) -> str:
        return f"Plate({len(self.steps)} steps in {', '.join(self.views)})"

    @property
    def views(self) -> tuple[str, ...]:
        """Names of the views, each once."""
        return tuple(dict.fromkeys(panel.view for panel in self.panels))

    @property
    def _content(self) -> Any:
        steps = [(step.point, step.side, step.mode) for step in self.steps]
        options = (
            self.style,
            self.legend,
            self.shorts,
            self.frame,
            self.room,
            self.muscles,
            self.first_number,
            self.light,
        )
        return (self.guide.id, steps, self.acupoints, *options)

    @cached_property
    def scene(self) -> Scene:
        """What is drawn, layer by layer."""
        body, words = self._places.body, self.words
        marks: dict[PanelKey, list[MarkSpec]] = {panel: [] for panel in self.panels}
        legend = []
        spoken = []
        for number, step in enumerate(self.steps, start=self.first_number):
            label = words.points.get(step.point) or label_of(self.guide, step.point)
            for side in sides_touched(step.side):
                panel = best_panel(self._places, step.point, side, self.panels)
                marks[panel].append(
                    MarkSpec(
                        step.point, "point", str(number), side, f"{number}: {label}, {words.sides[side]}",
                        self._places.in_view(step.point, panel.view, step.mode != "hold"), step.mode != "hold",
                    )
                )  # fmt: skip
            spoken.append(f"{number} {label}, {words.sides[step.side]}")
            legend.append(LegendRow("mark", str(number), f"{label}, {words.sides[step.side]}"))
        self._add_acupoints(marks, legend)
        crops = self._crops(body, marks)
        panels = [self._panel(body, key, marks[key], crops[key]) for key in self.panels]
        views = ", ".join(words.title_in_sentence(*key) for key in self.panels)
        title = words.figure.replace("{views}", views)
        description = words.where.replace("{steps}", "; ".join(spoken))
        rows = legend if self.legend else ()
        scene = compose(panels, rows, STYLES[self.style], title, description, words, self.room)
        return lightened(scene, len(panels)) if self.light and len(panels) > 1 else scene

    def _crops(self, body: Atlas, marks: dict[PanelKey, list[MarkSpec]]) -> dict[PanelKey, Crop]:
        """Choose the frames of the views: the closest that is asked for and shows every mark.

        Tall views share one, but where some have marks on the hips only and the others on the legs only.
        """
        tall = {key: spots_of(found) for key, found in marks.items() if is_tall(body.view(key.view))}
        spots = [spot for found in tall.values() for spot in found]
        whole = holding_crop(spots)
        if self.frame == "close" and spots:
            return dict.fromkeys(marks, close_frame(spots))
        if self.frame == "fit":
            own = {key: fitting_crop(found) for key, found in tall.items()}
            if not {"lower", "whole"} & set(own.values()):
                return dict.fromkeys(marks, whole) | own
        return dict.fromkeys(marks, whole)

    def _panel(self, body: Atlas, key: PanelKey, marks: Sequence[MarkSpec], crop: Crop) -> PanelSpec:
        view = body.view(key.view)
        if is_tall(view):
            return PanelSpec(view, key.side, crop, 1.0, self._muscles(view, key, crop), (), tuple(marks), self.shorts)
        _, y0, _, y1 = view.box("lower")
        height = SMALL_HEIGHT if crop in CROPS else CLOSE_HEIGHT
        scale = min(MAX_SCALE, height / (y1 - y0))
        shapes = self._muscles(view, key, "lower")
        return PanelSpec(view, key.side, "lower", scale, shapes, (), tuple(marks), self.shorts)

    def _muscles(self, view: View, key: PanelKey, crop: Crop) -> tuple[Shape, ...]:
        """Return the muscles of the points that stand in a panel, called by the words of the figure."""
        shapes: list[Shape] = []
        drawn = {name.partition(":")[0] for name in view.muscles} if self.muscles else ()
        for step in self.steps:
            muscle = self.guide.point(step.point).muscle_id
            if muscle not in drawn:
                continue
            stage = Stage(view, key.side, crop, sides_touched(step.side))
            title = self.words.points.get(step.point)
            found = muscle_shapes(self.guide, muscle, stage, STYLES[self.style])
            shapes += [shape._replace(title=title) if title else shape for shape in found]
        return tuple(dict.fromkeys(shapes))

    def _add_acupoints(self, marks: dict[PanelKey, list[MarkSpec]], legend: list[LegendRow]) -> None:
        sides = {side for step in self.steps for side in sides_touched(step.side)}
        for code in self.acupoints:
            for panel in self.panels:
                if not self._places.visibility(code, panel.view):
                    continue
                seen = self._places.in_view(code, panel.view)
                for side in sorted(sides if panel.side == "both" else sides & {panel.side}):
                    marks[panel].append(MarkSpec(code, "acupoint", code, side, f"{code}, {side}", seen, False))
        if any(mark.kind == "acupoint" for found in marks.values() for mark in found):
            legend.append(LegendRow("acupoint", "", "Acupuncture point"))


def lightened(scene: Scene, panels: int) -> Scene:
    """Return a scene whose panels have fewer tones: two where there are two, in which each is small, else one."""
    kept = LIGHT_TONES if panels < MANY_PANELS else LIGHT_TONES[:1]

    def plain(drawing: Drawing) -> Drawing:
        return drawing._replace(tone=tuple(d if i in kept else "" for i, d in enumerate(drawing.tone)))

    return scene._replace(panels=tuple(each._replace(drawing=plain(each.drawing)) for each in scene.panels))


def check_room(room: Any) -> Room | None:
    """Return the room a plate will have on paper, if it is one.

    Raises
    ------
    InvalidValueError
        If it is not two numbers above 0.
    """
    if room is None:
        return None
    is_room = isinstance(room, tuple) and len(room) == 2 and all(isinstance(mm, int | float) for mm in room)
    if not is_room or not min(room) > 0:
        raise InvalidValueError(
            f"room must be the width and height in mm, such as (84, 66), got {quoted(room)}; write it so."
        )
    return Room(*room)
