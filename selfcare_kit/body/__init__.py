"""The body figure: an atlas of outlines and landmarks, and what can be drawn on it.

`atlas` and `places` know where things are, `scene` decides what is drawn, `svg` and `mpl` only
draw it. Nothing here loads matplotlib before a PNG, a PDF or an Axes is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

_HOMES = {
    "atlas": "selfcare_kit.body.place.atlas",
    "Body": "selfcare_kit.body.figure",
    "Plate": "selfcare_kit.body.plate",
    "PositionPicture": "selfcare_kit.body.positions",
    "PosturePicture": "selfcare_kit.body.postures",
    "locate": "selfcare_kit.body.place.places",
}

__all__ = ["Body", "Plate", "PositionPicture", "PosturePicture", "atlas", "locate"]

if TYPE_CHECKING:
    from selfcare_kit.body.figure import Body
    from selfcare_kit.body.place.atlas import atlas
    from selfcare_kit.body.place.places import locate
    from selfcare_kit.body.plate import Plate
    from selfcare_kit.body.positions import PositionPicture
    from selfcare_kit.body.postures import PosturePicture


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'selfcare_kit.body' has no {name!r}; it offers {', '.join(__all__)}.")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
