"""From a scene to its flat drawing: the frame, the lines, a shadow, and the lens on the place of contact."""

from __future__ import annotations

import numpy as np
import shapely

from .chart import Chart
from .dressing import add_clothes, add_props, add_skin
from .face import add_face
from .figure import Figure
from .lens import RADIUS, add_lens, place_lens
from .line_art import add_lines
from .scene import Art, Scene, Stroke, Tone
from .sight import PIXELS, Sight

MARGIN = 4.0
# Around all that is drawn, as a share of the longer side: half a line, and what fitted curves are off.
EDGE = 0.012
AROUND_TARGET = 6.0
DOT = 1.3
# The least width of a picture without a lens, as a share of its height.
NARROWEST = 0.85


def draw(figure: Figure, scene: Scene, chart: Chart | None = None) -> Art:
    """Return the drawing of a scene with its lens, which shows the chart where there is one."""
    share = chart.share if chart is not None and chart.share else RADIUS
    box, lens = place_lens(figure, scene, frame(scene), share)
    art = _placed(figure, scene, box)
    art.strokes += [Stroke("accent", np.asarray(line)) for line in scene.marks]
    art.strokes += [Stroke("lane", np.asarray(line)) for line in scene.lane]
    if scene.dot:
        art.tones.append(dot(scene.flat(scene.target), DOT * art.size / 100))
    if lens is not None:
        add_lens(figure, scene, art, lens, chart)
    art.box = _around(art)
    return art


def draw_posture(figure: Figure, scene: Scene) -> Art:
    """Return the drawing of a scene that touches no place: no lens and no mark."""
    art = _placed(figure, scene, frame(scene))
    x0, y0, x1, y1 = _around(art)
    # Somebody who stands would get a picture higher than the room that a page has beside a text.
    more = max(NARROWEST * (y1 - y0) - (x1 - x0), 0) / 2
    art.box = (x0 - more, y0, x1 + more, y1)
    return art


def _placed(figure: Figure, scene: Scene, box: tuple) -> Art:
    """Return the drawing of body, props and ground."""
    art = flat_art(figure, scene, scene.turn, box)
    shadow = _shadow(scene)
    if shadow is not None:
        art.tones.insert(0, shadow)
    art.strokes += [Stroke("ground", np.asarray(line)) for line in scene.ground]
    return art


def _around(art: Art) -> tuple[float, float, float, float]:
    """Return the box that holds all that is drawn, with room for the width of its lines."""
    parts = [stroke.line for stroke in art.strokes] + [ring for tone in art.tones for ring in tone.rings]
    parts += [np.array([[x - r, y - r], [x + r, y + r]]) for x, y, r in art.lenses]
    points = np.concatenate(parts)
    low, high = points.min(axis=0), points.max(axis=0)
    edge = EDGE * (high - low).max()
    return (*(low - edge), *(high + edge))


def flat_art(
    figure: Figure, scene: Scene, turn, box, detail: float = 1.0, faces=None, props=None, pixels: int = PIXELS
) -> Art:
    """Return the drawing of body and props alone; `detail` above 1 drops more."""
    art = Art(tuple(box))
    unit = art.size / 100 * detail
    sight = Sight(figure, scene.body, scene.props if props is None else props, turn, box, faces, pixels)
    outline = add_lines(sight, art, unit)
    add_skin(sight, art, unit, scene.aid)
    add_clothes(sight, art, unit, outline)
    add_face(sight, art, unit)
    add_props(sight, art, unit)
    return art


def frame(scene: Scene) -> tuple[float, float, float, float]:
    """Return the box that holds all of a scene with a margin."""
    target = scene.flat(scene.target)
    parts = [scene.flat(scene.body), *(scene.flat(prop.vertices) for prop in scene.props)]
    parts += [np.asarray(line) for line in (*scene.ground, *scene.marks, *scene.lane)]
    parts += [np.array([target - AROUND_TARGET, target + AROUND_TARGET])]
    shadow = _shadow(scene)
    if shadow is not None:
        parts.append(shadow.rings[0])
    points = np.concatenate(parts)
    return (*(points.min(axis=0) - MARGIN), *(points.max(axis=0) + MARGIN))


def dot(place: np.ndarray, size: float) -> Tone:
    """Return the mark of a place where knee or fingers press, which no ball shows."""
    a = np.linspace(0, 2 * np.pi, 40)
    return Tone("ball", [np.c_[place[0] + size * np.cos(a), place[1] + size * np.sin(a)]])


def _shadow(scene: Scene) -> Tone | None:
    """Return a soft shadow where body and furniture meet the floor, for views from a little above."""
    if scene.turn[2, 1] < 0.03:
        return None
    low = [v[v[:, 1] < 3.5] for v in [scene.body, *(prop.vertices for prop in scene.props)]]
    low = np.concatenate([v for v in low if len(v)]) * [1, 0, 1]
    hull = shapely.MultiPoint(scene.flat(low)).convex_hull.buffer(3.5, 16).simplify(0.2)
    return Tone("shadow", [np.array(hull.exterior.coords)]) if hull.geom_type == "Polygon" else None
