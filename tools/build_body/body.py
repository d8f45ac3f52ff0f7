"""The posed bodies and the scenes the views look at."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .camera import Scene
from .human import read_base, read_rig
from .neutral import Neighbours, neutral_body
from .pose import POSES, SIDE_AXIS, apply_pose
from .sources import HumanFiles
from .subdivide import subdivide, triangles, vertex_normals

ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal", "shoulder01", "clavicle")
HANGING_ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
WAIST_CUT, LEG_CUT, SOLE_CUT, FOOT_CUT = 122.0, 80.0, 9.5, 40.0
# The standing figure's thumbs stand off, or they look cut off from the front and from behind.
THUMB_OUT = {"finger1-1": ((SIDE_AXIS, -18.0),)}


@dataclass(frozen=True)
class Body:
    """The body in its three poses, on one finely divided mesh."""

    vertices: dict[str, np.ndarray]
    joints: dict[str, tuple[np.ndarray, np.ndarray]]
    faces: np.ndarray
    normals: np.ndarray
    arm_share: np.ndarray
    trunk_share: np.ndarray
    foot_share: np.ndarray

    def scene(self, pose: str, faces: np.ndarray | None = None) -> Scene:
        """Return a scene of one pose, of all the body or of some of its triangles."""
        shown = self.faces if faces is None else faces
        return Scene(self.vertices[pose], shown, self.vertices["stand"], self.normals, self.arm_share)

    def faces_where(self, chosen: np.ndarray) -> np.ndarray:
        """Return the triangles whose corners are all chosen."""
        return self.faces[chosen[self.faces].all(axis=1)]

    def without_arms(self) -> Scene:
        """Return the standing body below the chest, without arms."""
        low = self.vertices["stand"][:, 1] < WAIST_CUT + 2
        return self.scene("stand", self.faces_where(low & (self.trunk_share > 0.5)))

    def left_leg(self) -> Scene:
        """Return the left leg alone."""
        stand = self.vertices["stand"]
        return self.scene(
            "stand", self.faces_where((stand[:, 0] > 0) & (stand[:, 1] < LEG_CUT + 2) & (self.arm_share < 0.5))
        )

    def left_foot(self, pose: str, cut: float) -> Scene:
        """Return the left foot with the leg up to a height."""
        posed = self.vertices[pose]
        return self.scene(pose, self.faces_where((self.foot_share > 0.5) & (posed[:, 1] < cut)))

    def toes(self) -> tuple[np.ndarray, np.ndarray]:
        """Return where the left toes begin and end, the big toe first."""
        starts = np.array([self.joints[f"toe{i}-1.L"][0] for i in range(1, 6)])
        ends = np.array([self.joints[f"toe{i}-{2 if i == 1 else 3}.L"][1] for i in range(1, 6)])
        return starts, ends

    def foot_motion(self) -> np.ndarray:
        """Return the 3 x 4 transform, a turn and a shift, that brings the standing left foot into its pointed pose."""
        foot = self.foot_share > 1.5
        stand, point = self.vertices["stand"][foot], self.vertices["point"][foot]
        from_middle, to_middle = stand.mean(axis=0), point.mean(axis=0)
        first, _, second = np.linalg.svd((stand - from_middle).T @ (point - to_middle))
        turn = second.T @ first.T
        return np.c_[turn, to_middle - turn @ from_middle]


def make_body(files: HumanFiles) -> Body:
    """Return the neutral body in its poses."""
    base = read_base(files)
    rig = read_rig(files, len(base.vertices))
    neighbours = Neighbours.of(base.quads, len(base.vertices))
    shape = neutral_body(files, base, rig, neighbours)
    left = [name for name in rig.names if name.endswith(".L")]
    leg = rig.weight_of(*[name for name in left if name.startswith(("foot", "toe", "lowerleg"))])
    foot = rig.weight_of(*[name for name in left if name.startswith(("foot", "toe"))])
    shares = np.c_[rig.weight_of(*HANGING_ARM), 1 - rig.weight_of(*ARM), leg + (foot > 0.97)]
    vertices, standing_joints = {}, {}
    for name, given in POSES.items():
        pose = replace(given, turn={**given.turn, **THUMB_OUT}) if name == "stand" else given
        posed, joints = apply_pose(shape, base, rig, pose)
        once = subdivide(posed, base.quads, shares)
        vertices[name], quads, values = subdivide(*once)
        if name == "stand":
            standing_joints = joints
    faces = triangles(quads)
    normals = vertex_normals(vertices["stand"], faces)
    return Body(vertices, standing_joints, faces, normals, values[:, 0], values[:, 1], values[:, 2])
