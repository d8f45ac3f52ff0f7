"""A view: a camera on a mesh, and what it sees at every pixel.

View coordinates are in cm: x to the viewer's right, y up, z towards the viewer.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import ndimage

from .raster import Raster, rasterise
from .subdivide import vertex_normals

FRONT = np.eye(3)
BACK = np.diag([-1.0, 1.0, -1.0])
LEFT = np.array([[0.0, 0, -1], [0, 1, 0], [1, 0, 0]])
INNER = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])
BELOW = np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]])


# A second lamp above the viewer, so that what faces up, such as the back of a foot, is no dark patch.
LAMP = np.array([0.0, 0.6, 0.8])


def behind_left(degrees: float) -> np.ndarray:
    """Return the camera behind the body, turned by an angle towards the client's left."""
    angle = np.radians(degrees)
    return np.array([[-np.cos(angle), 0, -np.sin(angle)], [0, 1, 0], [np.sin(angle), 0, -np.cos(angle)]])


def from_above(degrees: float) -> np.ndarray:
    """Return the camera in front of the body, raised by an angle."""
    angle = np.radians(degrees)
    return np.array([[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])


@dataclass(frozen=True)
class Scene:
    """What a view looks at: posed vertices, the triangles shown, and the same vertices on the standing body."""

    vertices: np.ndarray
    faces: np.ndarray
    standing: np.ndarray
    standing_normals: np.ndarray
    arm_share: np.ndarray


class View:
    """A scene seen through an orthographic camera.

    Parameters
    ----------
    scene : Scene
        What is looked at.
    rotation : numpy.ndarray
        Rows are the view's x, y and z in body axes.
    pixels : float
        Pixels a cm.
    box : tuple of float, optional
        x0, y0, x1, y1 in cm; by default all of the scene with a margin.
    """

    def __init__(self, scene: Scene, rotation: np.ndarray, pixels: float, box: tuple | None = None):
        self.scene, self.rotation, self.pixels = scene, rotation, pixels
        self.points = scene.vertices @ rotation.T
        if box is None:
            shown = self.points[np.unique(scene.faces), :2]
            box = (*(shown.min(axis=0) - 1.5), *(shown.max(axis=0) + 1.5))
        self.box = box
        self.width = int(np.ceil((box[2] - box[0]) * pixels))
        self.height = int(np.ceil((box[3] - box[1]) * pixels))
        placed = np.c_[self.to_pixels(self.points[:, :2]), self.points[:, 2]]
        self.raster: Raster = rasterise(placed, scene.faces, self.width, self.height)
        self.mask, self.depth = self.raster.mask, self.raster.depth

    # Not every view is asked for all of them.
    @cached_property
    def normals(self) -> np.ndarray:
        """The normals of the posed vertices, as the camera sees them."""
        return vertex_normals(self.scene.vertices, self.scene.faces) @ self.rotation.T

    @cached_property
    def facing(self) -> np.ndarray:
        """How much the skin faces the viewer."""
        return self.raster.interpolate(self.normals[:, 2])[..., 0]

    @cached_property
    def lit(self) -> np.ndarray:
        """How much the skin faces the viewer or the second lamp."""
        return np.maximum(self.facing, self.raster.interpolate(self.normals @ LAMP)[..., 0])

    @cached_property
    def standing(self) -> np.ndarray:
        """The place on the standing body."""
        return self.raster.interpolate(self.scene.standing)

    @cached_property
    def standing_normals(self) -> np.ndarray:
        """The normal of that place."""
        return self.raster.interpolate(self.scene.standing_normals)

    @cached_property
    def arm_share(self) -> np.ndarray:
        """How much it is arm."""
        return self.raster.interpolate(self.scene.arm_share)[..., 0]

    def coarse(self, step: int) -> View:
        """Return the same view with every step-th pixel only, for what needs no fine detail."""
        view = copy.copy(self)
        # Of its own pixels others are the nearest.
        view.__dict__.pop("nearest_body", None)
        for name in ("mask", "depth", "facing", "lit", "standing", "standing_normals", "arm_share"):
            setattr(view, name, getattr(self, name)[::step, ::step])
        view.height, view.width = view.mask.shape
        view.pixels = self.pixels / step
        # A kept pixel stands for its own middle, not for that of the block.
        shift = (step - 1) / 2 / self.pixels
        view.box = (self.box[0] - shift, self.box[1] + shift, self.box[2] - shift, self.box[3] + shift)
        return view

    def to_pixels(self, points: np.ndarray) -> np.ndarray:
        """Return pixel coordinates (y down) of points in cm."""
        return np.c_[(points[:, 0] - self.box[0]) * self.pixels, (self.box[3] - points[:, 1]) * self.pixels]

    def to_centimetres(self, points: np.ndarray) -> np.ndarray:
        """Return points in cm of pixel coordinates."""
        return np.c_[points[:, 0] / self.pixels + self.box[0], self.box[3] - points[:, 1] / self.pixels]

    def cells(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return row and column of the pixels that hold points in cm."""
        column, row = np.floor(self.to_pixels(points)).astype(int).T
        return np.clip(row, 0, self.height - 1), np.clip(column, 0, self.width - 1)

    @cached_property
    def nearest_body(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of the nearest pixel that shows the body, for every pixel."""
        return tuple(ndimage.distance_transform_edt(~self.mask, return_distances=False, return_indices=True))

    def lift(self, points: np.ndarray) -> np.ndarray:
        """Return the place on the standing body of points drawn in this view."""
        rows, columns = self.nearest_body
        row, column = self.cells(np.asarray(points, float))
        return self.standing[rows[row, column], columns[row, column]]

    def shows(self, places: np.ndarray, slack: float = 0.8) -> tuple[np.ndarray, np.ndarray]:
        """Return where places of the posed body are drawn, and which of them are in sight."""
        placed = places @ self.rotation.T
        row, column = self.cells(placed[:, :2])
        in_sight = self.mask[row, column] & (placed[:, 2] > self.depth[row, column] - slack)
        return placed[:, :2], in_sight
