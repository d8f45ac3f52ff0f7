"""The atlas of the body: outlines, regions, muscles and landmarks of the 170 cm reference body.

Positions in space are in cm: x = the client's left, y up from the floor, z to the front. A view
holds the client's left (symmetric views: both sides); the right is its mirror image. This module
knows shapes, not guides.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.skin import Skin
from selfcare_kit.errors import InvalidValueError, UnknownIdError, check_choice, quoted
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.landmarks.body import XYZ, XYZ_COLUMNS, Landmark, landmark_of

if TYPE_CHECKING:
    import pandas as pd

VIEW_ORDER = ("front", "back", "side", "oblique", "inner", "sole", "foot_top")
CROPS = ("whole", "lower")
FADE_CM = 8.0
LETTER_RISE = 9.0
LETTER_ROOM = 2.0

Box = tuple[float, float, float, float]


class Frame(NamedTuple):
    """A closer frame, for a figure whose marks leave the rest empty: heights, None for the end of its crop."""

    low: float | None
    high: float | None
    of: str = "lower"


FRAMES = {
    "hips": Frame(42.0, None), "knees": Frame(24.0, 76.0), "legs": Frame(None, 62.0),
    "upper": Frame(66.0, None, "whole"), "shoulders": Frame(100.0, None, "whole"),
}  # fmt: skip
# A crop by name, or a frame of its own.
Crop = str | Frame


def frame_of(crop: Crop) -> Frame | None:
    """Return the closer frame that a crop is, None for one that the atlas draws by itself."""
    return FRAMES.get(crop) if isinstance(crop, str) else crop


class Region(NamedTuple):
    """A clickable area of a view: its id, whose side it is, and its path."""

    area: str
    side: str
    d: str


class Drawing(NamedTuple):
    """The path strings of one crop of a view.

    A fade runs from where the drawing is full to where nothing of it is left. `bare` are the lines
    that shorts hide, `dressed` is what they leave of those.
    """

    outline: str
    stroke: str
    tone: tuple[str, ...]
    lines: str
    fade: tuple[Box, ...]
    bare: str = ""
    dressed: str = ""


class Shorts(NamedTuple):
    """The path strings of the shorts in a view: the cloth, and the edges and seams on it."""

    cloth: str
    seams: str


class View:
    """One view of the body.

    Parameters
    ----------
    data : dict
        A view file of `data/body`.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self.name: str = data["view"]
        self.is_symmetric: bool = data["symmetric"]
        self.unit_cm: float = data["unit_cm"]
        self.toward_viewer: XYZ = tuple(data["toward_viewer"])
        self.camera: list[list[float]] = data["camera"]
        self.muscles: dict[str, dict[str, Any]] = data["muscles"]
        self.shorts: Shorts | None = Shorts(data["shorts"], data.get("seams", "")) if data.get("shorts") else None

    def __repr__(self) -> str:
        return f"View({self.name!r}, {len(self.regions())} regions, {len(self.muscles)} muscles)"

    def box(self, crop: Crop = "whole", side: str = "left") -> Box:
        """Return the frame of a crop as x0, y0, x1, y1 in cm, y up."""
        x0, y0, x1, y1 = self._box(crop)
        return (-x1, y0, -x0, y1) if self._is_mirrored(side) else (x0, y0, x1, y1)

    @cache  # noqa: B019 - a view lives as long as the atlas
    def _box(self, crop: Crop) -> Box:
        boxes, frame = self._data["boxes"], frame_of(crop)
        if frame is None:
            return tuple(boxes.get(crop) or boxes["whole"])
        x0, y0, x1, y1 = self._box(frame.of)
        y0, y1 = y0 if frame.low is None else frame.low, y1 if frame.high is None else frame.high
        across = self._across(crop, y0, y1) or [x0, x1]
        across += [x + way * LETTER_ROOM for x, _ in self._letters_in(crop, y0, y1).values() for way in (-1, 1)]
        return (max(x0, min(across) - 1), y0, min(x1, max(across) + 1), y1)

    def _is_mirrored(self, side: str) -> bool:
        return side == "right" and not self.is_symmetric

    def letters(self, crop: Crop = "whole", side: str = "left") -> dict[str, tuple[float, float]]:
        """Return where R and L are lettered, by letter."""
        _, y0, _, y1 = self.box(crop)
        places = self._letters_in(crop, y0, y1)
        if not self._is_mirrored(side):
            return places
        other = {"L": "R", "R": "L"}
        return {other[letter]: (-x, y) for letter, (x, y) in places.items()}

    def _letters_in(self, crop: Crop, y0: float, y1: float) -> dict[str, tuple[float, float]]:
        """Return the letters of a frame; one that leaves their own height out has them beside the body at its end."""
        places = {}
        for letter, (x, y) in self._crop(crop)["letters"].items():
            if not y0 + LETTER_ROOM < y < y1 - LETTER_ROOM:
                y = y0 + LETTER_RISE if isinstance(crop, str) else y1 - FADE_CM
                beside = self._across(crop, y - LETTER_ROOM, y + LETTER_ROOM) or [x]
                middle = sum(beside) / len(beside)
                x = max(x, max(beside) + LETTER_ROOM) if x > middle else min(x, min(beside) - LETTER_ROOM)
            places[letter] = (x, y)
        return places

    def _across(self, crop: Crop, y0: float, y1: float) -> list[float]:
        """Return how far the outline that a crop is drawn with reaches between two heights."""
        rings = self.frame_rings(crop)
        return [x for ring in rings for x, y in ring if y0 <= y <= y1]

    def _crop(self, crop: Crop) -> dict[str, Any]:
        """Return what the file holds for a crop: its own drawing, or that of the whole view."""
        frame = frame_of(crop)
        own = self._data.get("crops", {}).get(frame.of if frame else crop)
        return {**self._data, **own} if own else self._data

    @cache  # noqa: B019 - a view lives as long as the atlas
    def drawing(self, crop: Crop = "whole") -> Drawing:
        """Return the paths of a crop; what lies outside its box is left out."""
        data = self._crop(crop)
        box, full = self.box(crop), self.box("whole" if data is self._data else "lower")
        tone, lines = tuple(data["tone"]), data["lines"]
        bare, dressed = data.get("bare", ""), data.get("dressed", "")
        fades = [tuple(vector) for vector in data.get("fade") or ()]
        if box != full:
            tone = tuple(self._inside(d, box) for d in tone)
            lines, bare, dressed = (self._inside(d, box) for d in (lines, bare, dressed))
            fades = [fade for fade in fades if box[1] <= fade[3] <= box[3]]
            if box[3] < full[3]:
                fades.append((0.0, box[3] - FADE_CM, 0.0, box[3]))
            if box[1] > full[1]:
                fades.append((0.0, box[1] + FADE_CM, 0.0, box[1]))
        return Drawing(data["outline"], data.get("stroke") or data["outline"], tone, lines, tuple(fades), bare, dressed)

    @cache  # noqa: B019 - a view lives as long as the atlas
    def regions(self, crop: Crop = "whole") -> tuple[Region, ...]:
        """Return the regions of which some is seen in a crop; together they fill its outline."""
        x0, y0, x1, y1 = self.box(crop)

        def is_seen(region: Region) -> bool:
            rings = paths.flatten(region.d, self.unit_cm, 1)
            return any(x0 < x < x1 and y0 < y < y1 for ring in rings for x, y in ring)

        found = tuple(Region(*region) for region in self._crop(crop)["regions"])
        return found if crop == "whole" else tuple(region for region in found if is_seen(region))

    def _inside(self, d: str, box: Box) -> str:
        kept = []
        for part in paths.split(d):
            x0, y0, x1, y1 = paths.bounds(paths.flatten(part, self.unit_cm, 1))
            if x1 > box[0] and x0 < box[2] and y1 > box[1] and y0 < box[3]:
                kept.append(part)
        return "".join(kept)

    def project(self, xyz: XYZ, side: str = "left") -> paths.XY:
        """Return where a place in space is seen.

        Parameters
        ----------
        xyz : tuple of float
            The place, in cm of the reference body, on its own side.
        side : {"left", "right"}, default="left"
            Which drawing of a paired view; without effect in a symmetric one.

        Returns
        -------
        tuple of float
            x to the viewer's right and y up, in cm of the view.
        """
        flip = -1 if self._is_mirrored(side) else 1
        x, y, z = xyz[0] * flip, xyz[1], xyz[2]
        (a, b, c, d), (e, f, g, h) = self.camera
        return flip * (a * x + b * y + c * z + d), e * x + f * y + g * z + h

    def facing(self, normal: XYZ) -> float:
        """Return how squarely a surface faces the viewer: 1 fully, 0 edge on, negative away."""
        return sum(a * b for a, b in zip(normal, self.toward_viewer, strict=True))

    @cached_property
    def outline_rings(self) -> tuple[tuple[paths.XY, ...], ...]:
        """The whole outline as polygons, in cm, of the client's left in a paired view."""
        return paths.flatten(self._data["outline"], self.unit_cm, 3)

    @cache  # noqa: B019 - a view lives as long as the atlas
    def frame_rings(self, crop: Crop = "whole") -> tuple[tuple[paths.XY, ...], ...]:
        """Return the outline that a crop is drawn with, as polygons in cm, of the client's left in a paired view."""
        return paths.flatten(self._crop(crop)["outline"], self.unit_cm, 3)

    def contains(self, x: float, y: float, side: str = "left") -> bool:
        """Return whether a place of the view lies on the body, and not on the other leg behind the one drawn."""
        x = -x if self._is_mirrored(side) else x
        return paths.contains(self.outline_rings, x, y) and not any(paths.contains(r, x, y) for r in self._far_rings)

    @cached_property
    def _far_rings(self) -> tuple[tuple[tuple[paths.XY, ...], ...], ...]:
        """The areas of the other side, in a view of one side that shows some."""
        if self.is_symmetric:
            return ()
        return tuple(paths.flatten(each.d, self.unit_cm, 3) for each in self.regions() if each.side == "right")

    @cache  # noqa: B019 - a view lives as long as the atlas
    def region_rings(self, area: str, side: str = "left", crop: Crop = "whole") -> tuple[tuple[paths.XY, ...], ...]:
        """Return an area as polygons in cm, empty where the view does not show it on that side."""
        rings: list[tuple[paths.XY, ...]] = []
        for region in self.regions(crop):
            if region.area != area:
                continue
            found = paths.flatten(region.d, self.unit_cm)
            if region.side == "midline" or region.side == side:
                rings += found
            elif self.is_symmetric:
                rings += [tuple((-x, y) for x, y in ring) for ring in found]
        return tuple(rings)

    def area_at(self, x: float, y: float) -> tuple[str, str] | None:
        """Return the area and side at a place of the (left) view, None outside the body."""
        for region in self.regions():
            rings = self.region_rings(region.area, region.side)
            if paths.contains(rings, x, y):
                return region.area, region.side
            if self.is_symmetric and region.side == "left" and paths.contains(rings, -x, y):
                return region.area, "right"
        return None


class Atlas:
    """All views and landmarks of the body.

    Parameters
    ----------
    folder : Path
        A folder in the format of `data/body`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = {path.stem for path in folder.glob("*.json")}
        self.views: tuple[str, ...] = tuple(name for name in VIEW_ORDER if name in files)
        self._views: dict[str, View] = {}

    def __repr__(self) -> str:
        return f"Atlas({len(self.views)} views, {len(self.landmark_values)} landmarks)"

    def view(self, name: str) -> View:
        """Return a view by name, read when it is first asked for."""
        if not isinstance(name, str) or name not in self._views:
            check_choice("view", name, self.views)
            text = (self.folder / f"{name}.json").read_bytes()
            self._views[name] = View(json.loads(text))
        return self._views[name]

    @cached_property
    def skin(self) -> Skin:
        """Which way the skin faces."""
        return Skin.of(self.folder)

    def _rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def landmark_values(self) -> dict[str, Landmark]:
        """Landmarks by id, for the client's left."""
        return {row["id"]: landmark_of(row) for row in self._rows("landmarks.csv")}

    @cached_property
    def areas(self) -> dict[str, str]:
        """Label of every region of the body, by area id."""
        return {row["id"]: row["label"] for row in self._rows("areas.csv")}

    @property
    def landmarks(self) -> pd.DataFrame:
        """Landmarks as a data frame indexed by id, for the client's left; a fresh copy."""
        import pandas as pd

        df = pd.DataFrame(self._rows("landmarks.csv")).set_index("id")
        for column in XYZ_COLUMNS:
            df[column] = pd.to_numeric(df[column])
        return df

    def muscle_ids(self) -> tuple[str, ...]:
        """Return the ids of all muscles that some view shows, heads joined."""
        keys = (key for name in self.views for key in self.view(name).muscles)
        return tuple(dict.fromkeys(key.partition(":")[0] for key in keys))

    def check_area(self, area: str) -> str:
        """Return an area id if the body has it.

        Raises
        ------
        UnknownIdError
            If it has not.
        """
        if not isinstance(area, str) or area not in self.areas:
            raise UnknownIdError(
                f"area must be one of {', '.join(self.areas)}, got {quoted(area)}; see atlas().areas for what each is."
            )
        return area


def check_side(view: View, side: str, sides: Sequence[str] = ("left", "right", "both")) -> str:
    """Return a side if a view can show it.

    Parameters
    ----------
    view : View
        A view.
    side : str
        The client's own side.
    sides : sequence of str
        What is allowed at all.

    Returns
    -------
    str
        The side, unchanged.

    Raises
    ------
    InvalidValueError
        If it is not a side, or is "both" where the view is of one side.
    """
    check_choice("side", side, sides)
    if side == "both" and not view.is_symmetric:
        raise InvalidValueError(
            f"side must be left or right in view {view.name!r}, which shows one side, got 'both'; draw one of each."
        )
    return side


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Return the atlas of the body that ships with the kit.

    Returns
    -------
    Atlas
        Its `landmarks` are a data frame, `views` the names of its views, `areas` the labels of
        its regions.

    Examples
    --------
    >>> "back" in atlas().views
    True
    """
    return Atlas(data_folder() / "body")
