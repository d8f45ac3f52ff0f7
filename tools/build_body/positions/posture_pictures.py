"""Build the pictures of the postures alone, one file each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .drawing import draw_posture
from .facts import LimitPassed, check_joints
from .postures_alone import ALONE
from .writer import UNITS, pack

if TYPE_CHECKING:
    from .contact import Spot
    from .figure import Figure

FOLDER = "postures"
MAX_BYTES = 6000


@dataclass(frozen=True)
class Posture:
    """A posture that is drawn alone, by the name of its text `figure.posture.*`."""

    id: str

    @property
    def name(self) -> str:
        """What the picture is called in messages."""
        return f"{FOLDER}/{self.id}"


def all_postures() -> list[Posture]:
    """Return every posture that has a picture of its own."""
    return [Posture(id) for id in ALONE]


def posture_picture(figure: Figure, posture: Posture, spots: dict[str, Spot]) -> dict[str, Any]:
    """Return the picture of a posture.

    Raises
    ------
    LimitPassed
        If a joint is bent too far, or the picture is too large.
    """
    scene = ALONE[posture.id](figure, spots)
    facts = check_joints(figure, scene)
    picture = {"posture": posture.id, "units": UNITS, **pack(draw_posture(figure, scene)), "facts": facts}
    size = len(text_of(picture))
    if size > MAX_BYTES:
        raise LimitPassed(f"{size} bytes > {MAX_BYTES}")
    return picture


def text_of(picture: dict[str, Any]) -> str:
    """Return a picture as the text of its file."""
    return json.dumps(picture, separators=(",", ":")) + "\n"


def write_posture(out: Path, posture: Posture, picture: dict[str, Any]) -> None:
    """Write the file of a posture."""
    path = out / FOLDER / f"{posture.id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(picture), encoding="utf-8")
