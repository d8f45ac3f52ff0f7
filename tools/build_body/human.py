"""Read the MakeHuman base mesh, shape it with targets, and read its rig.

Owns the file formats of MakeHuman. Knows nothing of views or drawing.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass

import numpy as np

from .sources import HumanFiles

RACES = ("african", "asian", "caucasian")


@dataclass(frozen=True)
class BaseMesh:
    """The base mesh: all vertices, the quads of the skin, and the table of mirrored vertices."""

    vertices: np.ndarray
    quads: np.ndarray
    mirror: np.ndarray


@dataclass(frozen=True)
class Rig:
    """Bones of the rig: names, parents, and the skin weight of each vertex for each bone."""

    names: tuple[str, ...]
    parents: dict[str, str]
    places: dict[str, tuple[np.ndarray, np.ndarray]]
    weights: np.ndarray

    def weight_of(self, *stems: str) -> np.ndarray:
        """Return the summed weight of the bones whose names begin with one of the stems."""
        columns = [i for i, name in enumerate(self.names) if name.startswith(stems)]
        return self.weights[:, columns].sum(axis=1)

    def joints(self, vertices: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Return head and tail of every bone for a given shape of the mesh."""
        return {bone: tuple(vertices[index].mean(axis=0) for index in ends) for bone, ends in self.places.items()}


def read_base(files: HumanFiles) -> BaseMesh:
    """Return the skin of the base mesh, without helpers, hair, eyes and joints."""
    vertices, quads, group = [], [], None
    for line in files.read("3dobjs/base.obj").decode().splitlines():
        if line.startswith("v "):
            vertices.append([float(value) for value in line.split()[1:4]])
        elif line.startswith("g "):
            group = line.split()[1]
        elif line.startswith("f ") and group == "body":
            quads.append([int(part.split("/")[0]) - 1 for part in line.split()[1:]])
    mirror = np.arange(len(vertices))
    for line in files.read("mesh_metadata/hm08.mirror").decode().splitlines():
        parts = line.split()
        if len(parts) >= 2:
            mirror[int(parts[0])] = int(parts[1])
    return BaseMesh(np.array(vertices), np.array(quads), mirror)


def read_rig(files: HumanFiles, count: int) -> Rig:
    """Return the standard rig and its skin weights for a mesh of `count` vertices."""
    groups = json.loads(files.read("mesh_metadata/basemesh_vertex_groups.json"))
    rig = json.loads(files.read("rigs/standard/rig.default.json"))
    bones = rig.get("bones", rig)
    places = {name: (_place(bone["head"], groups), _place(bone["tail"], groups)) for name, bone in bones.items()}
    table = json.loads(files.read("rigs/standard/weights.default.json"))["weights"]
    names = tuple(sorted(table))
    weights = np.zeros((count, len(names)))
    for column, name in enumerate(names):
        for vertex, weight in table[name]:
            if vertex < count:
                weights[vertex, column] = weight
    total = weights.sum(axis=1, keepdims=True)
    weights /= np.where(total == 0, 1, total)
    return Rig(names, {name: bone["parent"] for name, bone in bones.items()}, places, weights)


def _place(end: dict, groups: dict) -> np.ndarray:
    """Return the vertices whose mean is one end of a bone."""
    if end["strategy"] == "CUBE":
        return np.concatenate([np.arange(first, last + 1) for first, last in groups[end["cube_name"]]])
    if end["strategy"] == "MEAN":
        return np.array(end["vertex_indices"])
    return np.array([end["vertex_index"]])


def add_target(files: HumanFiles, vertices: np.ndarray, name: str, weight: float) -> None:
    """Move vertices, in place, by a share of one morph target."""
    for line in gzip.decompress(files.read(f"targets/{name}.target.gz")).decode().splitlines():
        if line.strip() and not line.startswith("#"):
            index, *offset = line.split()
            vertices[int(index)] += weight * np.array([float(value) for value in offset[:3]])


def morph(
    files: HumanFiles, base: BaseMesh, *, gender: float, muscle: float, weight: float, ideal: float
) -> np.ndarray:
    """Return the vertices of a young adult of mixed descent.

    Parameters
    ----------
    files : HumanFiles
        Where the targets are.
    base : BaseMesh
        The mesh to shape.
    gender, muscle, weight : float
        From 0 (female, least) to 1 (male, most); 0.5 is the average.
    ideal : float
        How far the proportions go towards the "ideal" target, 0 to 1.

    Returns
    -------
    numpy.ndarray
        New vertices, in the units of MakeHuman.
    """
    vertices = base.vertices.copy()
    for sex, sex_share in (("female", 1 - gender), ("male", gender)):
        if sex_share == 0:
            continue
        for race in RACES:
            add_target(files, vertices, f"macrodetails/{race}-{sex}-young", sex_share / 3)
        for muscle_name, muscle_share in _between(muscle, "muscle"):
            for weight_name, weight_share in _between(weight, "weight"):
                share = sex_share * muscle_share * weight_share
                stem = f"{sex}-young-{muscle_name}-{weight_name}"
                add_target(files, vertices, f"macrodetails/universal-{stem}", share)
                add_target(files, vertices, f"macrodetails/proportions/{stem}-idealproportions", share * ideal)
    add_target(files, vertices, "pelvis/bulge-decr", 1.0)
    return vertices


def _between(value: float, noun: str) -> list[tuple[str, float]]:
    """Return the two targets a value lies between, with their shares."""
    low, high = ("min", "average") if value <= 0.5 else ("average", "max")
    share = value / 0.5 if value <= 0.5 else (value - 0.5) / 0.5
    return [(low + noun, 1 - share), (high + noun, share)]
