"""A z-buffer in plain numpy: which triangle is nearest at every pixel, and how deep it lies there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NOTHING = -1
CHUNK = 4_000_000


@dataclass(frozen=True)
class Raster:
    """The nearest triangle of every pixel: depth, triangle number, and the shares of its three corners."""

    depth: np.ndarray
    face: np.ndarray
    faces: np.ndarray
    shares: np.ndarray

    @property
    def mask(self) -> np.ndarray:
        """Pixels that show the body."""
        return self.face != NOTHING

    def interpolate(self, values: np.ndarray) -> np.ndarray:
        """Return per-vertex values at every pixel; pixels without body are 0."""
        values = values.reshape(len(values), -1)
        image = np.zeros((*self.face.shape, values.shape[1]))
        corners = self.faces[self.face[self.mask]]
        image[self.mask] = sum(self.shares[:, [i]] * values[corners[:, i]] for i in range(3))
        return image


def rasterise(points: np.ndarray, faces: np.ndarray, width: int, height: int) -> Raster:
    """Return the nearest triangles of an image.

    Parameters
    ----------
    points : numpy.ndarray
        Pixel x, pixel y (down) and depth (larger is nearer) of every vertex.
    faces : numpy.ndarray
        Three vertex indices a triangle.
    width, height : int
        Size of the image.
    """
    corners = points[faces]
    area = _cross(corners[:, 1, :2] - corners[:, 0, :2], corners[:, 2, :2] - corners[:, 0, :2])
    low = np.floor(corners[:, :, :2].min(axis=1)).astype(int)
    high = np.ceil(corners[:, :, :2].max(axis=1)).astype(int)
    size = (high - low).max(axis=1) + 1
    # Triangles that face away are always behind others, and pixel rows run downwards: only negative areas can be seen.
    seen = (area < -1e-12) & (high >= 0).all(axis=1) & (low[:, 0] < width) & (low[:, 1] < height)
    depth = np.full(width * height, -np.inf)
    nearest = np.full(width * height, NOTHING)
    reach = 2
    while True:
        chosen = np.flatnonzero(seen & (size <= reach) & ((size > reach // 2) | (reach == 2)))
        step = max(1, CHUNK // reach**2)
        for start in range(0, len(chosen), step):
            _paint(corners, area, low, chosen[start : start + step], reach, (width, height), depth, nearest)
        if reach >= size[seen].max(initial=0):
            break
        reach *= 2
    hit = np.flatnonzero(nearest != NOTHING)
    rows, columns = np.divmod(hit, width)
    shares = np.stack(_shares(corners[nearest[hit]], area[nearest[hit]], columns + 0.5, rows + 0.5), axis=1)
    shape = (height, width)
    return Raster(depth.reshape(shape), nearest.reshape(shape), faces, shares)


def _cross(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]


def _shares(
    corners: np.ndarray, area: np.ndarray, x: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the barycentric shares of the three corners at (x, y)."""
    (x0, y0), (x1, y1), (x2, y2) = ((corners[..., i, 0], corners[..., i, 1]) for i in range(3))
    first = ((x - x0) * (y2 - y0) - (y - y0) * (x2 - x0)) / area
    second = ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / area
    return 1 - first - second, first, second


def _paint(corners, area, low, chosen, reach, size, depth, nearest) -> None:
    """Write the chosen triangles, whose boxes are at most `reach` pixels, into depth and nearest."""
    width, height = size
    steps = np.arange(reach)
    # One row and one column a triangle: most of the arithmetic is the same for all pixels of either.
    x = low[chosen, 0][:, None, None] + steps[None, None, :]
    y = low[chosen, 1][:, None, None] + steps[None, :, None]
    shares = _shares(corners[chosen][:, None, None], area[chosen][:, None, None], x + 0.5, y + 0.5)
    inside = ((x >= 0) & (x < width)) & ((y >= 0) & (y < height))
    for share in shares:
        inside &= share >= -1e-9
    number, row, column = np.nonzero(inside)
    triangle = chosen[number]
    z = sum(share[inside] * corners[triangle, i, 2] for i, share in enumerate(shares))
    pixel = y[number, row, 0] * width + x[number, 0, column]
    # A stable sort lets the nearest triangle be written last, the same one in every run.
    order = np.argsort(z, kind="stable")
    pixel, z, triangle = pixel[order], z[order], triangle[order]
    nearer = z > depth[pixel]
    depth[pixel[nearer]] = z[nearer]
    nearest[pixel[nearer]] = triangle[nearer]
