"""What a picture needs while it is still in space, and the flat drawing it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

# Lines and tones of a drawing, in the order in which they are drawn.
LINES = ("ground", "hatch", "prop", "seam", "face", "inner", "outline", "lens", "accent", "lane")
TONES = ("shadow", "skin", "aid", "furniture", "top", "shorts", "hair", "ball", "tool")


def camera(yaw: float = 0.0, pitch: float = 0.0) -> np.ndarray:
    """Return the rotation into a view: yaw > 0 walks round to the body's left, pitch > 0 looks down."""
    a, b = np.radians(yaw), np.radians(pitch)
    around = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    return np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]]) @ around


@dataclass(frozen=True)
class Prop:
    """A thing as a closed mesh: its kind (what fills it) and the polylines drawn on it besides its outline."""

    kind: str
    vertices: np.ndarray
    faces: np.ndarray
    edges: tuple = ()


@dataclass(frozen=True)
class Inset:
    """What the lens shows where it is not the scene itself enlarged: camera, reach in cm, middle, part of the body."""

    turn: np.ndarray
    reach: float
    centre: np.ndarray
    faces: np.ndarray | None = None
    props: tuple[str, ...] = ("ball", "tool")


@dataclass
class Scene:
    """A posed body with what it touches, and from where it is seen.

    `ground`, `marks` and `lane` are polylines in view cm, `facts` what the build measured. `aid` is above 0 at the
    vertices of the part of the body that presses, where no ball or tool does. `shows` names posture and contact by the
    guide's texts `figure.posture.*` and `figure.contact.*`.
    """

    body: np.ndarray
    props: list[Prop]
    turn: np.ndarray
    target: np.ndarray
    ground: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    lane: list = field(default_factory=list)
    facts: dict = field(default_factory=dict)
    dot: bool = False
    aid: np.ndarray | None = None
    shows: tuple[str, str] = ("", "")
    inset: Inset | None = None

    def flat(self, places: np.ndarray) -> np.ndarray:
        """Return where places in space are seen, in view cm."""
        return (np.asarray(places) @ self.turn.T)[..., :2]


@dataclass
class Stroke:
    """A polyline of one kind, in view cm."""

    kind: str
    line: np.ndarray
    closed: bool = False


@dataclass
class Tone:
    """A filled shape of one kind, as rings in view cm."""

    kind: str
    rings: list


@dataclass
class Art:
    """A flat drawing: strokes and tones in a box of view cm."""

    box: tuple[float, float, float, float]
    strokes: list[Stroke] = field(default_factory=list)
    tones: list[Tone] = field(default_factory=list)
    lenses: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The longer side."""
        return max(self.box[2] - self.box[0], self.box[3] - self.box[1])


def arrow(start: np.ndarray, end: np.ndarray, head: float = 3.6) -> list:
    """Return the lines of an arrow in view cm."""
    way = (end - start) / max(np.linalg.norm(end - start), 1e-9)
    left = np.array([-way[1], way[0]])
    tip = [end - way * head + left * head * 0.7, end, end - way * head - left * head * 0.7]
    return [np.array([start, end]), np.array(tip)]
