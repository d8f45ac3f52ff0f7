"""Fit the bones of MyoSim inside the figure, segment by segment, as OpenSim scales a model.

Only coordinates derived from the bones leave this module; no bone mesh is shipped. The model's right side is
mirrored to the figure's left (x > 0). Arms and scapulae are not in it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

from .pose import align

# Where the joint centres of the figure are, in cm: set so that trochanter, knee and ankle stand at the heights of body
# measurements and the hip joints lie 30 % of the pelvic width below the iliac spines.
HIP = np.array([8.8, 90.2, 1.6])
KNEE = np.array([10.8, 49.4, 3.4])
ANKLE = np.array([10.9, 7.4, 1.4])
PELVIS_SCALE = np.array([1.0, 1.0, 0.97])
LIMB_WIDTH = 1.06
FOOT_SCALE = np.array([1.0, 1.2, 0.98])
SPINE_SHIFT = np.array([0, -2.4, 2.9])
# The hindmost point of the heel bone in the figure, and how far a toe's pulp reaches beyond its bone.
HEEL = np.array([11.2, 3.0, -2.6])
PULP = np.array([0.0, 0.0, 0.4])
CROWN, STATURE = 175.2, 170.0


@dataclass(frozen=True)
class Skeleton:
    """Bones by name, each an array of vertices in cm in the figure."""

    bones: dict[str, np.ndarray]
    joints: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.bones[name]


def read_skeleton(package: Path, toe_joints: np.ndarray, toe_tips: np.ndarray) -> Skeleton:
    """Return the fitted bones.

    Parameters
    ----------
    package : Path
        The unpacked myo-sim wheel.
    toe_joints, toe_tips : numpy.ndarray
        Where the figure's five toes begin and end, the big toe first.
    """
    meshes, joints = _load_model(package)
    fitted = {name: _fit(vertices, body, joints) for name, (body, vertices, _) in meshes.items()}
    pieces = _pieces(fitted["foot"], meshes["foot"][2])
    pieces |= {f"toe_{i}": toe for i, toe in _pieces(fitted["bofoot"], meshes["bofoot"][2]).items()}
    bones = {name: vertices for name, vertices in fitted.items() if name not in ("foot", "bofoot")}
    bones |= _fit_foot(_name_foot(pieces), toe_joints, toe_tips - PULP, HEEL)
    ribs = [piece for piece in _pieces(fitted["ribcage"], meshes["ribcage"][2]).values() if piece[:, 0].min() > 1]
    # The twelfth rib is the shortest and ends lowest among those that do not reach the front.
    bones["rib12"] = min((rib for rib in ribs if rib[:, 2].max() < 0), key=lambda rib: rib[:, 1].min())
    return Skeleton(bones, {"hip_joint": HIP, "knee_joint": KNEE, "ankle_joint": ANKLE})


def _pieces(vertices: np.ndarray, faces: np.ndarray) -> dict:
    """Return the connected parts of a bone mesh."""
    welded, index = np.unique(np.round(vertices, 3), axis=0, return_inverse=True)
    faces = index.ravel()[faces]
    links = sparse.coo_matrix((np.ones(faces.size), (faces.ravel(), np.roll(faces, 1, axis=1).ravel())))
    _, part = sparse.csgraph.connected_components(links, directed=False)
    return {i: welded[part == i] for i in range(part.max() + 1)}


def _name_foot(pieces: dict) -> dict[str, np.ndarray]:
    """Return the bones of the foot by name, told apart by size and place."""
    toes = {name: piece for name, piece in pieces.items() if str(name).startswith("toe_")}
    rest = sorted((piece for name, piece in pieces.items() if name not in toes), key=lambda piece: piece[:, 2].min())
    calcaneus, rest = rest[0], rest[1:]
    long = sorted((piece for piece in rest if np.ptp(piece[:, 2]) > 5), key=lambda piece: piece[:, 0].mean())
    short = [piece for piece in rest if np.ptp(piece[:, 2]) <= 5]
    named = {f"metatarsal_{i}": piece for i, piece in enumerate(long, 1)}
    named |= {"calcaneus": calcaneus, "cuboid": max(short, key=lambda piece: piece[:, 0].mean())}
    named["navicular"] = min(short, key=lambda piece: piece[:, 2].mean() + (piece is named["cuboid"]) * 100)
    tips = sorted(toes.values(), key=lambda piece: piece[:, 0].mean())
    ends = [piece for piece in tips if not any(_ahead(other, piece) for other in tips)]
    return named | {f"toe_tip_{i}": piece for i, piece in enumerate(ends, 1)}


def _ahead(other: np.ndarray, piece: np.ndarray) -> bool:
    """Tell whether another bone continues the toe a bone belongs to."""
    step = other.mean(axis=0) - piece.mean(axis=0)
    return step[2] > 0.5 and abs(step[0] - 0.25 * step[2]) < 0.45


def _fit_foot(bones: dict, toe_joints: np.ndarray, toe_tips: np.ndarray, heel: np.ndarray) -> dict:
    """Return the foot bones moved in plan so that heel, toe joints and toe tips fit the figure's."""
    heads = [bones[f"metatarsal_{i}"] for i in range(1, 6)]
    own = np.array(
        [bone[bone[:, 2] > bone[:, 2].max() - 1].mean(axis=0) for bone in heads]
        + [bones[f"toe_tip_{i}"][bones[f"toe_tip_{i}"][:, 2].argmax()] for i in range(1, 6)]
        + [bones["calcaneus"][bones["calcaneus"][:, 2].argmin()]]
    )
    target = np.r_[toe_joints, toe_tips, heel[None]]
    weight = np.r_[np.ones(10), 4.0][:, None]
    plan = np.c_[own[:, [0, 2]], np.ones(len(own))]
    turn = np.linalg.lstsq(plan * weight, target[:, [0, 2]] * weight, rcond=None)[0]
    fitted = {}
    for name, bone in bones.items():
        x, z = (np.c_[bone[:, [0, 2]], np.ones(len(bone))] @ turn).T
        fitted[name] = np.c_[x, bone[:, 1], z]
    return fitted


def _load_model(package: Path) -> tuple[dict, dict]:
    """Return the bones (body name, vertices in cm, faces; by mesh name) and the joints of the model's neutral pose."""
    sys.path.insert(0, str(package))
    try:
        import mujoco
        import myo_sim

        model, data = myo_sim.load("myolegs")
    finally:
        sys.path.remove(str(package))
    mujoco.mj_forward(model, data)

    def name_of(kind: int, index: int) -> str:
        return mujoco.mj_id2name(model, kind, index) or ""

    meshes = {}
    for geom in np.flatnonzero(model.geom_type == mujoco.mjtGeom.mjGEOM_MESH):
        mesh = model.geom_dataid[geom]
        body = name_of(mujoco.mjtObj.mjOBJ_BODY, model.geom_bodyid[geom])
        mesh_name = name_of(mujoco.mjtObj.mjOBJ_MESH, mesh)
        if body == "world" or body.endswith("_l") or mesh_name.startswith("l_"):
            continue
        name = re.sub(r"^(?:r_|hat_|.*_geom_\d+_)(.*?)(?:_s)?$", r"\1", mesh_name)
        start = model.mesh_vertadr[mesh]
        local = model.mesh_vert[start : start + model.mesh_vertnum[mesh]]
        world = local @ data.geom_xmat[geom].reshape(3, 3).T + data.geom_xpos[geom]
        faces = model.mesh_face[model.mesh_faceadr[mesh] :][: model.mesh_facenum[mesh]]
        meshes[name] = (body, _to_figure(world), faces)
    joints = {
        part: _to_figure(data.xpos[mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_BODY, body)][None])[0]
        for part, body in {"hip": "femur_r", "knee": "tibia_r", "ankle": "talus_r"}.items()
    }
    return meshes, joints


def _to_figure(vertices: np.ndarray) -> np.ndarray:
    """Return world metres of the model (x right, y back, z up) as cm of the figure, mirrored."""
    return np.c_[-vertices[:, 0], vertices[:, 2], -vertices[:, 1]] * 100


def _fit(vertices: np.ndarray, body: str, joints: dict) -> np.ndarray:
    """Return the vertices of a bone in the figure."""
    if body.startswith(("femur", "patella")):
        return _limb(vertices, joints["hip"], joints["knee"], HIP, KNEE)
    if body.startswith("tibia"):
        return _limb(vertices, joints["knee"], joints["ankle"], KNEE, ANKLE)
    if body.startswith(("talus", "calcn", "toes")):
        return ANKLE + (vertices - joints["ankle"]) * FOOT_SCALE
    own, hip = joints["hip"] * [0, 1, 1], HIP * [0, 1, 1]
    if body == "pelvis":
        return hip + (vertices - own) * PELVIS_SCALE
    scale = (STATURE - hip[1]) / (CROWN - own[1])
    return hip + (vertices - own) * [1, scale, 1] + SPINE_SHIFT


def _limb(vertices, start, end, new_start, new_end) -> np.ndarray:
    """Return vertices of a limb segment, stretched along it and widened across it."""
    axis, new_axis = end - start, new_end - new_start
    size, new_size = np.linalg.norm(axis), np.linalg.norm(new_axis)
    along = (vertices - start) @ axis / size
    across = vertices - start - np.outer(along, axis / size)
    turned = across @ align(axis, new_axis).T
    return new_start + np.outer(along * new_size / size, new_axis / new_size) + LIMB_WIDTH * turned
