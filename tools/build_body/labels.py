"""Name the area at every pixel of a view, by painting the authored areas in their order."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
from scipy import ndimage

from .camera import View
from .charts import Places, Stencil

AUTHORED = Path(__file__).parent / "authored"


def read_authored(name: str) -> dict:
    """Return one of the authored files."""
    return tomllib.loads((AUTHORED / f"{name}.toml").read_text(encoding="utf-8"))


class AreaPainter:
    """The authored areas, ready to be painted on views."""

    def __init__(self) -> None:
        shapes = read_authored("areas")["shape"]
        self.names = sorted({shape["area"] for shape in shapes})
        self._shapes = [(self.names.index(shape["area"]), stencil_of(shape)) for shape in shapes]

    def paint(self, view: View, smallest: float) -> np.ndarray:
        """Return the number of the area (index into `names`) at every pixel; outside the body, of the nearest one.

        Parameters
        ----------
        view : View
            What is painted.
        smallest : float
            Patches smaller than this, in square cm, go to their neighbours.
        """
        places = Places(view.standing[view.mask], view.standing_normals[view.mask])
        found = np.zeros(len(places.points), int)
        for number, stencil in self._shapes:
            found[stencil.holds(places)] = number
        image = np.full(view.mask.shape, -1)
        image[view.mask] = found
        return _fill(_without_specks(_fill(image), smallest * view.pixels**2))


def stencil_of(shape: dict) -> Stencil:
    """Return the stencil of one authored shape."""
    options = {key: shape[key] for key in ("facing", "slack", "below", "behind") if key in shape}
    return Stencil(shape["chart"], shape["points"], not shape.get("straight", False), **options)


def _fill(image: np.ndarray) -> np.ndarray:
    """Return the image with every -1 replaced by the nearest number."""
    if (image >= 0).all():
        return image
    index = ndimage.distance_transform_edt(image < 0, return_distances=False, return_indices=True)
    return image[tuple(index)]


def _without_specks(image: np.ndarray, smallest: float) -> np.ndarray:
    """Return the image with -1 where a patch is too small."""
    image = image.copy()
    for number in np.unique(image):
        labels, count = ndimage.label(image == number)
        sizes = np.bincount(labels.ravel(), minlength=count + 1)
        sizes[0] = smallest + 1
        image[(sizes < smallest)[labels]] = -1
    return image
