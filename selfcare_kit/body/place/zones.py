"""Referral zones: where a point's pain is felt, as organic shapes instead of whole areas.

A zone is a row of nodes given by landmarks, each with a radius, on a surface of the body
(`zones.csv`); the rows of one zone may give it for several surfaces. A view draws each zone on the
surface that is turned to it, those of a kind melted into one outline. Like all places they are
given for the client's left.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.body.geometry import blobs, paths
from selfcare_kit.body.place.atlas import XYZ, View
from selfcare_kit.body.place.places import FACING, SURFACES, places_of
from selfcare_kit.body.place.rules import apply_rule
from selfcare_kit.errors import GuideError
from selfcare_kit.guide.guide import Guide

ZONE_KINDS = ("primary", "spillover")
# A surface turned further away than this would be a sliver.
MIN_FACING = 0.35
SQUARE = 0.99


class ZoneNode(NamedTuple):
    """A place of a zone in space, and how wide the zone is there."""

    xyz: XYZ
    radius: float


class Zone(NamedTuple):
    """One shape of a point's referral, on one surface of the body."""

    point: str
    kind: str
    number: int
    surface: str
    nodes: tuple[ZoneNode, ...]


class ZoneShape(NamedTuple):
    """The zones of one kind as a view draws them: path data of the view, for the client's left."""

    kind: str
    d: str


@lru_cache(maxsize=8)
def zones_of(guide: Guide) -> dict[str, tuple[Zone, ...]]:
    """Return the zones of a guide.

    Parameters
    ----------
    guide : Guide
        A guide.

    Returns
    -------
    dict of str to tuple of Zone
        By point id, as the table lists them; points without zones are not in it.

    Raises
    ------
    GuideError
        If a row names a landmark or a surface that is not there, or a number that is not one.
    """
    places = places_of(guide)
    found: dict[tuple[str, str, int, str], list[tuple[int, ZoneNode]]] = {}
    for each in guide.records.zones:
        if each.kind not in ZONE_KINDS or each.surface not in SURFACES:
            raise GuideError(
                f"zone {each.called!r} must be of a kind ({', '.join(ZONE_KINDS)}) and a surface "
                f"({', '.join(SURFACES)}), got {each.kind!r} and {each.surface!r}; correct its row."
            )
        if not each.radius_cm > 0:
            raise GuideError(
                f"radius_cm of {each.called!r} must be a number above 0, got {each.radius_cm:g}; correct its row."
            )
        node = ZoneNode(apply_rule(each, places.landmarks, places.units), each.radius_cm)
        found.setdefault((each.point, each.kind, each.zone, each.surface), []).append((each.node, node))
    zones: dict[str, list[Zone]] = {}
    for key, numbered in found.items():
        zones.setdefault(key[0], []).append(Zone(*key, tuple(node for _, node in sorted(numbered))))
    return {point: tuple(each) for point, each in zones.items()}


def zones_seen(zones: Iterable[Zone], view: View) -> tuple[tuple[Zone, blobs.Chain], ...]:
    """Return the zones of a point that a view shows, each on one surface, and how they lie in it, in cm of the left."""
    surfaces: dict[tuple[str, int], list[Zone]] = {}
    for zone in zones:
        surfaces.setdefault((zone.kind, zone.number), []).append(zone)
    found = []
    for same in surfaces.values():
        facing = [view.facing(SURFACES[zone.surface]) for zone in same]
        # The surface listed first is the one the zone mainly lies on.
        best = next((i for i, each in enumerate(facing) if each >= FACING), facing.index(max(facing)))
        if facing[best] >= MIN_FACING:
            chain = _chain(same[best], facing[best], view)
            # What lies round the corner for the most part is not drawn at all.
            if 2 * sum(_is_seen(node, view) for node in chain.nodes) >= len(chain.nodes):
                found.append((same[best], chain))
    return tuple(found)


def _chain(zone: Zone, facing: float, view: View) -> blobs.Chain:
    nodes = tuple(blobs.Node(*view.project(node.xyz), node.radius) for node in zone.nodes)
    (x0, y0), (x1, y1) = view.project((0.0, 0.0, 0.0)), view.project(SURFACES[zone.surface])
    away = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    # A surface seen squarely has no direction in which it turns away.
    if facing > SQUARE or not away:
        return blobs.Chain(nodes)
    return blobs.Chain(nodes, ((x1 - x0) / away, (y1 - y0) / away), 1 / facing)


def _is_seen(node: blobs.Node, view: View) -> bool:
    x0, y0, x1, y1 = view.box()
    return x0 < node.x < x1 and y0 < node.y < y1 and paths.contains(_own_rings(view), node.x, node.y)


@lru_cache(maxsize=16)
def _own_rings(view: View) -> tuple[tuple[paths.XY, ...], ...]:
    return paths.flatten(own_side(view), view.unit_cm, 3) if own_side(view) else view.outline_rings


@lru_cache(maxsize=16)
def own_side(view: View, crop: str = "whole") -> str:
    """Return what zones are cut to in a view that also shows some of the other leg, empty elsewhere.

    Parameters
    ----------
    view : View
        A view.
    crop : str, default="whole"
        One of its crops.

    Returns
    -------
    str
        Path data of the view.
    """
    regions = view.regions(crop)
    if view.is_symmetric or all(region.side != "right" for region in regions):
        return ""
    return "".join(region.d for region in regions if region.side != "right")


@lru_cache(maxsize=1024)
def zone_shapes(guide: Guide, point: str, view: View) -> tuple[ZoneShape, ...]:
    """Return the zones of a guide's point as a view draws them; empty where the view shows none."""
    return shapes_of(zones_of(guide).get(point, ()), view)


def shapes_of(zones: Iterable[Zone], view: View) -> tuple[ZoneShape, ...]:
    """Return zones of a point as a view draws them: spillover first, without what the primary zone covers."""
    chains: dict[str, list[blobs.Chain]] = {kind: [] for kind in ZONE_KINDS}
    for zone, chain in zones_seen(zones, view):
        chains[zone.kind].append(chain)
    core = chains["primary"]
    rings = {"spillover": blobs.outlines(chains["spillover"], core), "primary": blobs.outlines(core)}
    return tuple(
        ZoneShape(kind, "".join(paths.closed_curve(ring, view.unit_cm) for ring in found))
        for kind, found in rings.items()
        if found
    )
