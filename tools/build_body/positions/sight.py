"""What a camera sees of a scene at every pixel of a box: body and props in one depth test."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import shapely
from scipy import ndimage
from skimage.measure import find_contours

from ..raster import Raster, rasterise
from ..subdivide import vertex_normals
from .figure import Figure
from .scene import Prop

PIXELS = 800
NOTHING = -1e9
# Above this height the standing body is face and neck.
NECK_HEIGHT = 149.0


class Sight:
    """A body and props before a camera.

    Parameters
    ----------
    figure : Figure
        Whose mesh the body is.
    body : numpy.ndarray
        Posed vertices.
    props : list of Prop
        What stands beside it.
    turn : numpy.ndarray
        The camera.
    box : tuple of float
        x0, y0, x1, y1 in view cm.
    faces : numpy.ndarray, optional
        The triangles of the body that are shown.
    pixels : int
        Along the longer side.
    """

    def __init__(self, figure: Figure, body, props: list[Prop], turn, box, faces=None, pixels: int = PIXELS):
        self.figure, self.turn, self.box = figure, turn, box
        self.px = pixels / max(box[2] - box[0], box[3] - box[1])
        self.size = tuple(int(np.ceil((box[i + 2] - box[i]) * self.px)) for i in (0, 1))
        self.points = body @ turn.T
        self.faces = figure.faces if faces is None else faces
        self.normals = vertex_normals(body, self.faces) @ turn.T
        self.body = self._raster(self.points, self.faces)
        self.props = [(prop, self._raster(prop.vertices @ turn.T, prop.faces)) for prop in props]
        self.depth = np.where(self.body.mask, self.body.depth, NOTHING)
        self.owner = np.where(self.body.mask, 0, -1)
        for i, (_, raster) in enumerate(self.props, 1):
            nearer = raster.mask & (raster.depth > self.depth)
            self.depth[nearer], self.owner[nearer] = raster.depth[nearer], i

    def _raster(self, points: np.ndarray, faces: np.ndarray) -> Raster:
        x, y = (points[:, 0] - self.box[0]) * self.px, (self.box[3] - points[:, 1]) * self.px
        return rasterise(np.c_[x, y, points[:, 2]], faces, *self.size)

    @cached_property
    def farthest(self) -> np.ndarray:
        """The farthest of each pixel and its neighbours."""
        return ndimage.minimum_filter(self.depth, 3)

    @cached_property
    def limb(self) -> np.ndarray:
        """Which limb is seen at every pixel, -1 where the body is not seen."""
        label = np.full(self.body.face.shape, -1)
        seen = self.owner == 0
        label[seen] = self.figure.limb[self.faces[self.body.face[seen]]].max(axis=1)
        return label

    @cached_property
    def head(self) -> np.ndarray:
        """Where head and neck are seen."""
        head = (self.figure.stand[:, 1] > NECK_HEIGHT) & (self.figure.arm < 0.1)
        return self.body.interpolate(head.astype(float))[..., 0]

    def cells(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return row and column of the pixels that hold places of the view."""
        column = np.clip(((points[:, 0] - self.box[0]) * self.px).astype(int), 0, self.size[0] - 1)
        row = np.clip(((self.box[3] - points[:, 1]) * self.px).astype(int), 0, self.size[1] - 1)
        return row, column

    def inside(self, points: np.ndarray, pad: float = 0.0) -> np.ndarray:
        """Return which places lie in the box."""
        x0, y0, x1, y1 = self.box
        x, y = points[:, 0], points[:, 1]
        return (x > x0 + pad) & (x < x1 - pad) & (y > y0 + pad) & (y < y1 - pad)

    def visible(self, line: np.ndarray, slack: float) -> np.ndarray:
        """Return which points of a line on the body (x, y and depth) nothing hides."""
        row, column = self.cells(line[:, :2])
        return self.inside(line) & (line[:, 2] + slack >= self.farthest[row, column])

    def rings(self, mask: np.ndarray, blur: float = 1.2, least: float = 0.0) -> list[np.ndarray]:
        """Return smooth rings around the set pixels, in view cm."""
        soft = ndimage.gaussian_filter(np.pad(mask.astype(float), 8), blur)
        rings = []
        for ring in find_contours(soft, 0.5):
            ring = (ring - 8 + 0.5)[:, ::-1] / self.px
            ring = np.c_[ring[:, 0] + self.box[0], self.box[3] - ring[:, 1]]
            if len(ring) > 8 and shapely.Polygon(ring).area > least:
                rings.append(ring)
        return rings

    def share_seen(self, number: int) -> float:
        """Return how much of a prop nothing hides."""
        return float((self.owner == number + 1).sum() / max(self.props[number][1].mask.sum(), 1))
