"""Which places lie on an arm: its place is that of the standing body, and the views from the side show it elsewhere."""

from __future__ import annotations

from selfcare_kit.body.place.atlas import XYZ, Atlas

AREAS = ("upper_arm", "elbow", "forearm", "hand")
# The views in which the arms hang where the landmarks have them: from the side they reach forward, or are left out.
VIEWS = ("front", "back")


def is_on_arm(body: Atlas, xyz: XYZ) -> bool:
    """Return whether a place of the client's left lies on the arm that hangs beside the body.

    Examples
    --------
    >>> from selfcare_kit.body.place.atlas import atlas
    >>> is_on_arm(atlas(), atlas().landmark_values["olecranon"].xyz), is_on_arm(atlas(), (15.0, 88.0, 0.0))
    (True, False)
    """
    if xyz[0] <= body.skin.arm_beyond:
        return False
    front = body.view("front")
    found = front.area_at(*front.project(xyz))
    return found is not None and found[0] in AREAS
