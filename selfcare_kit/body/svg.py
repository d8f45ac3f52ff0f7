"""A scene as SVG text. Only joins strings: the path data of the atlas is used as it stands."""

from __future__ import annotations

from functools import lru_cache

from selfcare_kit.body.paths import ROW_RISE
from selfcare_kit.body.scene import Disc, Key, Label, Lane, Leader, Mark, Panel, Scene, Shape, fade_bands
from selfcare_kit.body.style import DOT_SIZE, DOT_SPACE, SHAPE_LINES

# The unit of the drawing: that of the atlas' whole views, so that their paths need no scaling.
UNIT_CM = 0.05
PIXELS_PER_CM = 6.0
NUMBER_SIZE = 1.35  # of the radius
FONT = "Helvetica,Arial,sans-serif"

_PER_CM = 1 / UNIT_CM


# The same words and sizes come again and again, hence the caches.
@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Make a text safe in an element and in a quoted attribute."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(sign, entity)
    return text


@lru_cache(maxsize=4096)
def _n(value: float) -> str:
    """Shorten a number: one decimal at most."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


class _Page:
    """The way from scene cm to the drawing's whole units, y down."""

    def __init__(self, scene: Scene, prefix: str) -> None:
        self.left = scene.box[0]
        self.top = scene.box[3]
        self.unit = scene.line_scale * _PER_CM
        self.pin_unit = scene.pin_scale * _PER_CM
        self.style = scene.style
        self.prefix = prefix

    def x(self, value: float) -> int:
        return round((value - self.left) * _PER_CM)

    def y(self, value: float) -> int:
        return round((self.top - value) * _PER_CM)

    def size(self, value: float) -> str:
        return _n(value * _PER_CM)

    def pin(self, cm: float) -> str:
        """Return a width of a mark, given for a figure 120 cm high."""
        return _n(cm * self.pin_unit)

    def line(self, cm: float) -> str:
        """Return a width given for a figure 120 cm high."""
        return _n(cm * self.unit)


def to_svg(scene: Scene, prefix: str = "body") -> str:
    """Draw a scene as SVG.

    Parameters
    ----------
    scene : Scene
        What to draw.
    prefix : str, default="body"
        Begins every id; letters, digits, "-" and "_".

    Returns
    -------
    str
        One `svg` element, fit to stand alone or in an HTML page.
    """
    page = _Page(scene, prefix)
    width, height = round(scene.width * _PER_CM), round(scene.height * _PER_CM)
    scale = PIXELS_PER_CM / scene.line_scale * UNIT_CM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{round(width * scale)}" '
        f'height="{round(height * scale)}" role="img" id="{prefix}" aria-labelledby="{prefix}-t {prefix}-d" '
        f'font-family="{FONT}"><title id="{prefix}-t">{escape(scene.title)}</title>'
        f'<desc id="{prefix}-d">{escape(scene.description)}</desc>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
    ]
    for number, panel in enumerate(scene.panels):
        _panel(parts, page, panel, f"{prefix}-{number}")
    _lanes(parts, page, scene.lanes)
    _discs(parts, page, scene.discs)
    _leaders(parts, page, scene.leaders)
    _letters(parts, page, [label for label in scene.labels if label.kind in ("letter", "value")])
    _marks(parts, page, scene.marks)
    _letters(parts, page, [label for label in scene.labels if label.kind not in ("letter", "value")])
    _keys(parts, page, scene.keys)
    parts.append("</svg>")
    return "".join(parts)


def _panel(parts: list[str], page: _Page, panel: Panel, id: str) -> None:
    grow = panel.scale * panel.unit_cm * _PER_CM
    across = -grow if panel.is_flipped else grow
    turn = "" if across == grow == 1 else f" scale({across:.6g} {grow:.6g})"
    whose = "" if panel.side == "both" else f' data-side="{panel.side}"'
    parts.append(
        f'<g data-view="{panel.view}"{whose}><defs><path id="{id}-o" d="{panel.drawing.outline}"/>'
        f'<clipPath id="{id}-c"><use href="#{id}-o"/></clipPath>'
    )
    clip = ""
    if panel.is_cropped:
        left, low, right, high = panel.frame
        parts.append(
            f'<clipPath id="{id}-f"><rect x="{page.x(left)}" y="{page.y(high)}" '
            f'width="{page.x(right) - page.x(left)}" height="{page.y(low) - page.y(high)}"/></clipPath>'
        )
        clip = f' clip-path="url(#{id}-f)"'
    _zone_defs(parts, page, panel, id, grow)
    parts.append(f'</defs><g{clip}><g transform="translate({page.x(panel.x)} {page.y(panel.y)}){turn}">')
    _figure(parts, page, panel, id, grow)
    parts.append("</g></g>")
    for fade in panel.fades:
        _fade(parts, page, panel, fade)
    parts.append("</g>")


def _zone_defs(parts: list[str], page: _Page, panel: Panel, id: str, grow: float) -> None:
    if any(shape.kind == "spillover" for shape in panel.shapes):
        space = DOT_SPACE * page.unit / grow
        rise = ROW_RISE * space
        parts.append(
            f'<pattern id="{id}-s" x="{-space / 4:.5g}" y="{-rise / 2:.5g}" width="{space:.5g}" '
            f'height="{2 * rise:.5g}" patternUnits="userSpaceOnUse"><path stroke="{page.style.pain}" '
            f'stroke-width="{_n(DOT_SIZE * page.unit / grow)}" stroke-linecap="round" '
            f'd="M{space / 4:.5g} {rise / 2:.5g}h0M{space * 0.75:.5g} {rise * 1.5:.5g}h0"/></pattern>'
        )
    clip = next((shape.clip for shape in panel.shapes if shape.clip), "")
    if clip:
        parts.append(f'<clipPath id="{id}-z"><path d="{clip}"/></clipPath>')


def _figure(parts: list[str], page: _Page, panel: Panel, id: str, grow: float) -> None:
    style, drawing = page.style, panel.drawing
    shapes: dict[str, list[str]] = {"low": [], "muscle": [], "region": []}
    for shape in panel.shapes:
        shapes.get(shape.kind, shapes["low"]).append(_shape(shape, id, page, grow))
    parts.append(f'<use href="#{id}-o" fill="{style.tones[0] if style.tones else style.skin}"/>')
    tones = [f'<path fill="{fill}" d="{d}"/>' for fill, d in zip(style.tones[1:], drawing.tone, strict=False) if d]
    if tones or shapes["low"]:
        parts += [f'<g clip-path="url(#{id}-c)" fill-rule="evenodd">', *tones, *shapes["low"], "</g>"]
    parts.append(f'<path class="lines" fill="{style.accent}" d="{drawing.lines}"/>')
    if panel.shorts:
        parts.append(f'<path class="shorts" fill="{style.shorts}" d="{panel.shorts}"/>')
    parts += shapes["muscle"]
    line = f'stroke="{style.line}" stroke-width="{_n(style.line_width * page.unit / grow)}" stroke-linejoin="round"'
    if panel.fades or drawing.stroke == drawing.outline:
        # A cut that fades out needs no line of its own: the fade covers it.
        parts.append(f'<use href="#{id}-o" fill="none" {line}/>')
    else:
        parts.append(f'<path class="outline" fill="none" {line} d="{drawing.stroke}"/>')
    if shapes["region"]:
        parts += [f'<g class="regions" clip-path="url(#{id}-c)">', *shapes["region"], "</g>"]


def _shape(shape: Shape, id: str, page: _Page, grow: float) -> str:
    side = f' data-side="{shape.side}"'
    own = f' id="{id}-{shape.area}-{shape.side}" data-area="{shape.area}"{side}' if shape.kind == "region" else side
    if shape.kind == "muscle":
        own = f' data-muscle="{shape.area}"{side}'
    elif shape.kind != "region":
        own = f' data-zone="{shape.area}"{side}'
    edge = ""
    if shape.stroke:
        wide = SHAPE_LINES[shape.kind] * page.unit / grow
        dash = f' stroke-dasharray="{_n(wide * 4)} {_n(wide * 3)}"' if shape.is_dashed else ""
        edge = f' stroke="{shape.stroke}" stroke-width="{_n(wide)}"{dash}'
    turn = ' transform="scale(-1 1)"' if shape.is_flipped else ""
    clip = f' clip-path="url(#{id}-z)"' if shape.clip else ""
    fill = f'"url(#{id}-s)"' if shape.kind == "spillover" else f'"{shape.fill}" fill-opacity="{shape.opacity:g}"'
    return (
        f'<path class="{shape.kind}"{own}{turn}{clip} fill={fill}{edge} '
        f'd="{shape.d}"><title>{escape(shape.title)}</title></path>'
    )


def _fade(parts: list[str], page: _Page, panel: Panel, fade: tuple[float, float, float, float]) -> None:
    extra = 1.2 * page.unit / _PER_CM
    left, right = page.x(panel.frame[0] - extra), page.x(panel.frame[2] + extra)
    # Plain bands instead of a gradient: printed, a see-through gradient begins with a hairline.
    parts.append('<g class="fade" fill="#fff">')
    parts.extend(
        f'<path fill-opacity="{opacity:.3g}" d="M{left} {page.y(start)}H{right}V{page.y(end)}H{left}z"/>'
        for start, end, opacity in fade_bands(fade[1], fade[3], extra)
    )
    parts.append("</g>")


def _lanes(parts: list[str], page: _Page, lanes: tuple[Lane, ...]) -> None:
    for lane in lanes:
        x, y, ex, ey = page.x(lane.x), page.y(lane.y), page.x(lane.end_x), page.y(lane.end_y)
        parts.append(
            f'<g class="lane" data-point="{escape(lane.id)}" data-side="{lane.side}" stroke-linecap="round">'
            f'<path stroke="{page.style.disc}" stroke-width="{page.size(lane.width)}" '
            f'stroke-opacity="{page.style.disc_opacity:g}" d="M{x} {y}L{ex} {ey}"/>'
        )
        if lane.has_arrow:
            parts.append(_arrow(page, x, y, ex, ey))
        parts.append("</g>")


def _arrow(page: _Page, x: int, y: int, ex: int, ey: int) -> str:
    long = ((ex - x) ** 2 + (ey - y) ** 2) ** 0.5 or 1.0
    ux, uy = (ex - x) / long, (ey - y) / long
    h = 1.5 * page.pin_unit
    tips = [(ex - h * ux + way * 0.55 * h * uy, ey - h * uy - way * 0.55 * h * ux) for way in (1, -1)]
    head = f"M{_n(tips[0][0])} {_n(tips[0][1])}L{ex} {ey}L{_n(tips[1][0])} {_n(tips[1][1])}"
    return (
        f'<path fill="none" stroke="{page.style.mark}" stroke-width="{page.pin(0.3)}" stroke-linejoin="round" '
        f'd="M{x} {y}L{ex} {ey}{head}"/>'
    )


def _discs(parts: list[str], page: _Page, discs: tuple[Disc, ...]) -> None:
    if not discs:
        return
    style = page.style
    parts.append(
        f'<g class="discs" fill="{style.disc}" fill-opacity="{style.disc_opacity:g}" stroke="{style.mark}" '
        f'stroke-width="{page.pin(0.12)}">'
    )
    for disc in discs:
        dash = f' stroke-dasharray="{page.pin(0.5)} {page.pin(0.4)}" fill="none"' if disc.is_dashed else ""
        parts.append(f'<circle cx="{page.x(disc.x)}" cy="{page.y(disc.y)}" r="{page.size(disc.radius)}"{dash}/>')
    parts.append("</g>")


def _leaders(parts: list[str], page: _Page, leaders: tuple[Leader, ...]) -> None:
    for kind, colour in (("acupoint", page.style.acupoint), ("point", page.style.mark)):
        found = [leader for leader in leaders if leader.kind == kind]
        if not found:
            continue
        runs = "".join(f"M{page.x(a.x)} {page.y(a.y)}L{page.x(a.end_x)} {page.y(a.end_y)}" for a in found)
        parts.append(
            f'<path class="leaders" stroke="#fff" stroke-width="{page.pin(0.5)}" d="{runs}"/>'
            f'<path class="leaders" stroke="{colour}" stroke-width="{page.pin(0.2)}" d="{runs}"/>'
        )
        if kind == "point":
            ends = "".join(f"M{page.x(a.x)} {page.y(a.y)}h0" for a in found)
            parts.append(
                f'<path class="leader-ends" stroke="{colour}" stroke-width="{page.pin(0.8)}" '
                f'stroke-linecap="round" d="{ends}"/>'
            )


def _marks(parts: list[str], page: _Page, marks: tuple[Mark, ...]) -> None:
    if not marks:
        return
    size = NUMBER_SIZE * marks[0].radius
    parts.append(
        f'<g class="marks" font-size="{page.size(size)}" font-weight="bold" text-anchor="middle" '
        f'stroke-width="{page.pin(0.25)}">'
    )
    for number, mark in enumerate(marks, start=1):
        draw = _diamond if mark.kind == "acupoint" else _number
        body = draw(page, mark, size)
        parts.append(
            f'<g id="{page.prefix}-m{number}" data-point="{escape(mark.id)}" '
            f'data-side="{mark.side}"><title>{escape(mark.title)}</title>{body}</g>'
        )
    parts.append("</g>")


def _number(page: _Page, mark: Mark, size: float) -> str:
    x, y = page.x(mark.x), page.y(mark.y)
    fill, edge = ("#fff", page.style.mark) if mark.is_hollow else (page.style.mark, "#fff")
    return (
        f'<circle cx="{x}" cy="{y}" r="{page.size(mark.radius)}" fill="{fill}" stroke="{edge}"/>'
        f'<text x="{x}" y="{_n(y + 0.36 * size * _PER_CM)}" fill="{edge}">{escape(mark.text)}</text>'
    )


def _diamond(page: _Page, mark: Mark, size: float) -> str:
    x, y = page.x(mark.at_x), page.y(mark.at_y)
    r = float(page.size(0.5 * mark.radius))
    colour = page.style.acupoint
    code = float(page.size(1.1 * mark.radius))
    fill = "#fff" if mark.is_hollow else colour
    edge = colour if mark.is_hollow else "#fff"
    shape = f'<path d="{_diamond_path(x, y, r)}" fill="{fill}" stroke="{edge}"/>'
    if not mark.text:
        return shape
    where = f'x="{page.x(mark.x)}" y="{_n(page.y(mark.y) + 0.36 * code)}" font-size="{_n(code)}"'
    # Written twice: not every reader of SVG knows paint-order, which would put the halo behind.
    return (
        f'{shape}<text {where} fill="#fff" stroke="#fff" stroke-width="{page.pin(0.45)}" stroke-linejoin="round" '
        f'aria-hidden="true">{escape(mark.text)}</text><text {where} fill="{colour}">{escape(mark.text)}</text>'
    )


def _diamond_path(x: int, y: int, r: float) -> str:
    return f"M{x} {_n(y - r)}l{_n(r)} {_n(r)} {_n(-r)} {_n(r)} {_n(-r)} {_n(-r)}z"


def _letters(parts: list[str], page: _Page, labels: list[Label]) -> None:
    kind = None
    for label in labels:
        look = (label.kind, label.size, label.anchor, label.is_bold)
        if look != kind:
            if kind:
                parts.append("</g>")
            kind = look
            colour = page.style.soft if label.kind in ("title", "letter", "note") else page.style.text
            bold = ' font-weight="bold"' if label.is_bold else ""
            anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
            parts.append(f'<g class="{label.kind}s" fill="{colour}" font-size="{page.size(label.size)}"{anchor}{bold}>')
        parts.append(f'<text x="{page.x(label.x)}" y="{page.y(label.y)}">{escape(label.text)}</text>')
    if kind:
        parts.append("</g>")


def _keys(parts: list[str], page: _Page, keys: tuple[Key, ...]) -> None:
    if not keys:
        return
    parts.append('<g class="keys" text-anchor="middle" font-weight="bold">')
    parts.extend(_key(page, key) for key in keys)
    parts.append("</g>")


def _key(page: _Page, key: Key) -> str:
    style = page.style
    x, y, r = page.x(key.x), page.y(key.y), key.size * _PER_CM * 0.62
    dash = f' stroke-dasharray="{page.line(0.5)} {page.line(0.4)}"' if key.is_dashed else ""
    if key.kind == "mark":
        fill, ink = ("#fff", style.mark) if key.is_dashed else (style.mark, "#fff")
        return (
            f'<circle cx="{x}" cy="{y}" r="{_n(r)}" fill="{fill}" stroke="{style.mark}"/>'
            f'<text x="{x}" y="{_n(y + 0.45 * r)}" font-size="{_n(1.25 * r)}" fill="{ink}">{escape(key.text)}</text>'
        )
    if key.kind == "acupoint":
        return f'<path d="{_diamond_path(x, y, r)}" fill="{style.acupoint}"/>'
    if key.kind == "spillover":
        d = "".join(f"M{_n(x + i * 0.55 * r)} {_n(y + j * 0.55 * r)}h0" for i in (-1, 0, 1) for j in (-1, 0, 1))
        return f'<path stroke="{style.pain}" stroke-width="{page.line(DOT_SIZE)}" stroke-linecap="round" d="{d}"/>'
    fill, opacity = (style.pain, style.pain_opacity) if key.kind == "primary" else (key.colour, 0.32)
    edge = f' stroke="{key.colour}" stroke-width="{page.line(0.14)}"' if key.colour else ""
    return (
        f'<rect x="{_n(x - r)}" y="{_n(y - 0.8 * r)}" width="{_n(2 * r)}" height="{_n(1.6 * r)}" fill="{fill}" '
        f'fill-opacity="{opacity:g}"{edge}{dash}/>'
    )
