"""The figure that is posed: the neutral body of the kit with softened weights, dressed, and its places of contact.

Units: cm, x to the body's left, y up, z to the front. One figure is made in a build and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sparse

from ..human import BaseMesh, Rig, read_base, read_rig
from ..neutral import Neighbours, neutral_body
from ..pose import POSES, apply_pose
from ..sources import HumanFiles
from ..subdivide import subdivide, triangles, vertex_normals
from .clothes import HEAD, Clothes, dress
from .subdivision import subdivision_matrix

ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
FOREARM = ("lowerarm", "wrist", "finger", "metacarpal")
HAND = ("wrist", "finger", "metacarpal")
STIFF = (*HAND, "foot", "toe", *HEAD)
SOFTEN, SMOOTHINGS = 6, 14
NONE, LEFT, RIGHT, UPPER = range(4)


@dataclass(frozen=True, eq=False)
class Figure:
    """Body at rest, rig, and what is known of each vertex; `fine` arrays belong to the subdivided mesh."""

    base: BaseMesh
    rig: Rig
    joints: dict
    weights: np.ndarray
    clothes: Clothes
    smoother: sparse.csr_matrix
    coarse_faces: np.ndarray
    faces: np.ndarray
    stand: np.ndarray
    stand_normals: np.ndarray
    depth: np.ndarray
    arm: np.ndarray
    limb: np.ndarray
    hand: np.ndarray

    @cached_property
    def first_neighbour(self) -> np.ndarray:
        """A neighbour of every vertex, for the direction of its tangent."""
        matrix = self.smoother
        first = np.arange(matrix.shape[0])
        has = np.diff(matrix.indptr) > 0
        first[has] = matrix.indices[matrix.indptr[:-1][has]]
        return first

    @cached_property
    def finer(self) -> sparse.csr_matrix:
        """The matrix from the coarse mesh to the fine one."""
        return subdivision_matrix(len(self.base.vertices), self.base.quads)

    @cached_property
    def detail(self) -> np.ndarray:
        """What smoothing takes from the body at rest, in the axes of the smooth skin."""
        soft = self.smooth(self.clothes.rest)
        return np.einsum("vij,vi->vj", self.skin_frames(soft), self.clothes.rest - soft)

    @cached_property
    def below(self) -> dict[str, tuple[str, ...]]:
        """Every bone with all that hang from it, itself among them."""
        found: dict[str, list[str]] = {bone: [] for bone in self.rig.parents}
        for bone in self.rig.parents:
            above = bone
            while above:
                found[above].append(bone)
                above = self.rig.parents[above]
        return {bone: tuple(names) for bone, names in found.items()}

    @cached_property
    def trunk(self) -> np.ndarray:
        """Vertices of the fine mesh that belong to no arm."""
        return np.flatnonzero(self.arm < 0.02)

    def smooth(self, points: np.ndarray) -> np.ndarray:
        """Return the coarse skin smoothed."""
        for _ in range(SMOOTHINGS):
            points = 0.5 * points + 0.5 * (self.smoother @ points)
        return points

    def skin_frames(self, points: np.ndarray) -> np.ndarray:
        """Return normal, tangent and their product at every vertex of the coarse skin, as columns."""
        normal = vertex_normals(points, self.coarse_faces)
        tangent = points[self.first_neighbour] - points
        tangent = tangent - normal * (tangent * normal).sum(axis=1, keepdims=True)
        tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
        return np.stack([normal, tangent, np.cross(normal, tangent)], axis=2)

    def ring(self, height: float, side: float) -> np.ndarray:
        """Return the vertices around a leg or one half of the trunk, at a height of the standing body."""
        level = np.abs(self.stand[:, 1] - height) < 1.2
        return np.flatnonzero(level & (self.stand[:, 0] * side > 1) & (self.arm < 0.3))


def make_figure(files: HumanFiles) -> Figure:
    """Read the mesh and prepare everything that does not depend on a pose."""
    base = read_base(files)
    rig = read_rig(files, len(base.vertices))
    neighbours = Neighbours.of(base.quads, len(base.vertices))
    shape = neutral_body(files, base, rig, neighbours)
    joints = rig.joints(shape)
    arm = rig.weight_of(*ARM)
    clothes = dress(shape, rig, joints, arm, neighbours)
    stand, _ = apply_pose(shape, base, rig, POSES["stand"])
    marks = np.stack([arm, _left_arm(rig), _forearm(shape, rig, joints, arm), rig.weight_of(*HAND)], axis=1)
    fine, quads, depth, marks = subdivide(stand, base.quads, clothes.depth, marks)
    faces = triangles(quads)
    return Figure(
        base=base, rig=rig, joints=joints, weights=_soft_weights(rig, neighbours), clothes=clothes,
        smoother=(sparse.diags(1 / neighbours.degree[:, 0]) @ neighbours.matrix).tocsr(),
        coarse_faces=triangles(base.quads), faces=faces, stand=fine, stand_normals=vertex_normals(fine, faces),
        depth=depth, arm=marks[:, 0], limb=_limbs(marks), hand=marks[:, 3] * np.where(marks[:, 1] > 0.25, 1, -1),
    )  # fmt: skip


def _soft_weights(rig: Rig, neighbours: Neighbours) -> np.ndarray:
    """Return weights that change more slowly at hip, knee, shoulder and trunk than the rig's own."""
    soft = neighbours.relax(rig.weights, np.clip(0.5 - rig.weight_of(*STIFF), 0, 0.5), SOFTEN)
    return soft / np.maximum(soft.sum(axis=1, keepdims=True), 1e-12)


def _left_arm(rig: Rig) -> np.ndarray:
    return rig.weight_of(*[name for name in rig.names if name.endswith(".L") and name.startswith(ARM)])


def _forearm(shape: np.ndarray, rig: Rig, joints: dict, arm: np.ndarray) -> np.ndarray:
    """Return 1 from the middle of the upper arm on: above, the arm grows out of the trunk and has no edge there."""
    upper, lower = joints["upperarm01.L"][0], joints["lowerarm01.L"][0]
    mirrored = np.c_[np.abs(shape[:, 0]), shape[:, 1:]]
    along = (mirrored - upper) @ (lower - upper) / ((lower - upper) @ (lower - upper))
    return np.where((arm > 0.6) & (along > 0.5), 1.0, rig.weight_of(*FOREARM))


def _limbs(marks: np.ndarray) -> np.ndarray:
    """Return which limb a vertex belongs to: left or right forearm and hand, upper arms, or none."""
    fore = np.where(marks[:, 1] > 0.25, LEFT, RIGHT)
    return np.where(marks[:, 2] > 0.5, fore, np.where(marks[:, 0] > 0.25, UPPER, NONE))
