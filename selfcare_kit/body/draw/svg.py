"""A scene as SVG text. Only joins strings: the path data of the atlas is used as it stands."""

from __future__ import annotations

from functools import lru_cache

from selfcare_kit.body.geometry.paths import ROW_RISE
from selfcare_kit.body.place.atlas import Drawing, Shorts
from selfcare_kit.body.scene.scene import Disc, Fade, Key, Label, Lane, Leader, Mark, Panel, Rect, Scene, Shape
from selfcare_kit.body.scene.style import (
    CROSS_HALO,
    CROSS_LINE,
    DOT_SIZE,
    DOT_SPACE,
    HATCH_SIZE,
    HATCH_SPACE,
    KEY_HATCH,
    KEY_LINE,
    SHAPE_LINES,
    Style,
)

# The unit of the drawing: that of the atlas' whole views, so that their paths need no scaling.
UNIT_CM = 0.05
PIXELS_PER_CM = 6.0
FONT = "Helvetica,Arial,sans-serif"
# Stands for what the ids begin with in a drawing that is kept for other figures.
ID = "\0"

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
    _panels(parts, page, scene.panels)
    _fades(parts, page, scene.fades)
    _lanes(parts, page, scene.lanes)
    _discs(parts, page, scene.discs, scene.cross_arm)
    _leaders(parts, page, scene.leaders)
    _letters(parts, page, [label for label in scene.labels if label.kind in ("letter", "value")])
    _marks(parts, page, scene.marks)
    _letters(parts, page, [label for label in scene.labels if label.kind not in ("letter", "value")])
    _keys(parts, page, scene.keys)
    parts.append("</svg>")
    return "".join(parts)


def _panels(parts: list[str], page: _Page, panels: tuple[Panel, ...]) -> None:
    drawn: dict[str, str] = {}
    for number, panel in enumerate(panels):
        grow = panel.scale * panel.unit_cm * _PER_CM
        across = -grow if panel.is_flipped else grow
        turn = "" if across == grow == 1 else f" scale({across:.6g} {grow:.6g})"
        place = f'transform="translate({page.x(panel.x)} {page.y(panel.y)}){turn}"'
        whose = "" if panel.side == "both" else f' data-side="{panel.side}"'
        draw = _drawing.__wrapped__ if panel.shapes else _drawing
        drawing = draw(
            panel.drawing, panel.box, panel.unit_cm, panel.shapes, panel.shorts, page.style, page.unit / grow
        )
        # Left and right of a view are one drawing and its mirror image.
        id = drawn.get(drawing)
        if id is None:
            id = drawn[drawing] = f"{page.prefix}-{number}"
            inside = f"<g {place}>{drawing.replace(ID, id)}</g>"
        else:
            inside = f'<use href="#{id}" {place}/>'
        parts.append(f'<g data-view="{panel.view}"{whose}>{inside}</g>')


@lru_cache(maxsize=64)
def _drawing(
    drawing: Drawing,
    box: Rect | None,
    unit_cm: float,
    shapes: tuple[Shape, ...],
    shorts: Shorts | None,
    style: Style,
    cm: float,
) -> str:
    """Return the figure of a panel in the units of its view; `cm` is a line's cm in them.

    What lies outside the box, if there is one, is cut off.
    """
    parts = [f'<g id="{ID}"']
    if box:
        left, high, right, low = (round(v / unit_cm) for v in (box[0], -box[3], box[2], -box[1]))
        frame = f'<path d="M{left} {high}H{right}V{low}H{left}z"/>'
        parts.append(f' clip-path="url(#{ID}-f)"><defs><clipPath id="{ID}-f">{frame}</clipPath>')
    else:
        parts.append("><defs>")
    parts.append(f'<path id="{ID}-o" d="{drawing.outline}"/><clipPath id="{ID}-c"><use href="#{ID}-o"/></clipPath>')
    _zone_defs(parts, shapes, style, cm)
    parts.append("</defs>")
    layers: dict[str, list[str]] = {"low": [], "muscle": [], "region": []}
    for shape in shapes:
        layers.get(shape.kind, layers["low"]).append(_shape(shape, cm))
    parts.append(f'<use href="#{ID}-o" fill="{style.tones[0] if style.tones else style.skin}"/>')
    tones = [f'<path fill="{fill}" d="{d}"/>' for fill, d in zip(style.tones[1:], drawing.tone, strict=False) if d]
    # Cloth lies over the skin and its tone; where it hurts and what is marked lies over the cloth.
    cloth = f'<path class="shorts" fill="{style.shorts}" d="{shorts.cloth}"/>' if shorts else ""
    if tones or cloth or layers["low"]:
        parts += [f'<g clip-path="url(#{ID}-c)" fill-rule="evenodd">', *tones, cloth, *layers["low"], "</g>"]
    lines = drawing.lines + (drawing.dressed if shorts else drawing.bare)
    parts.append(f'<path class="lines" fill="{style.accent}" d="{lines}"/>')
    if shorts:
        parts.append(f'<path class="seams" fill="{style.seam}" d="{shorts.seams}"/>')
    parts += layers["muscle"]
    line = f'stroke="{style.line}" stroke-width="{_n(style.line_width * cm)}" stroke-linejoin="round"'
    if drawing.fade or drawing.stroke == drawing.outline:
        # A cut that fades out needs no line of its own: the fade covers it.
        parts.append(f'<use href="#{ID}-o" fill="none" {line}/>')
    else:
        parts.append(f'<path class="outline" fill="none" {line} d="{drawing.stroke}"/>')
    if layers["region"]:
        parts += [f'<g class="regions" clip-path="url(#{ID}-c)">', *layers["region"], "</g>"]
    parts.append("</g>")
    return "".join(parts)


def _zone_defs(parts: list[str], shapes: tuple[Shape, ...], style: Style, cm: float) -> None:
    if any(shape.kind == "spillover" for shape in shapes):
        space = DOT_SPACE * cm
        rise = ROW_RISE * space
        parts.append(
            f'<pattern id="{ID}-s" x="{-space / 4:.5g}" y="{-rise / 2:.5g}" width="{space:.5g}" '
            f'height="{2 * rise:.5g}" patternUnits="userSpaceOnUse"><path stroke="{style.pain}" '
            f'stroke-width="{_n(DOT_SIZE * cm)}" stroke-linecap="round" '
            f'd="M{space / 4:.5g} {rise / 2:.5g}h0M{space * 0.75:.5g} {rise * 1.5:.5g}h0"/></pattern>'
        )
    if any(shape.kind == "primary" for shape in shapes):
        space = HATCH_SPACE * cm
        parts.append(
            f'<pattern id="{ID}-h" width="{space:.5g}" height="{space:.5g}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path stroke="{style.pain}" stroke-width="{_n(HATCH_SIZE * cm)}" '
            f'd="M{space / 2:.5g} 0v{space:.5g}"/></pattern>'
        )
    clip = next((shape.clip for shape in shapes if shape.clip), "")
    if clip:
        parts.append(f'<clipPath id="{ID}-z"><path d="{clip}"/></clipPath>')


def _shape(shape: Shape, cm: float) -> str:
    side = f' data-side="{shape.side}"'
    own = f' id="{ID}-{shape.area}-{shape.side}" data-area="{shape.area}"{side}' if shape.kind == "region" else side
    if shape.kind == "muscle":
        own = f' data-muscle="{shape.area}"{side}'
    elif shape.kind != "region":
        own = f' data-zone="{shape.area}"{side}'
    edge = ""
    if shape.stroke:
        wide = SHAPE_LINES[shape.kind] * cm
        dash = f' stroke-dasharray="{_n(wide * 4)} {_n(wide * 3)}"' if shape.is_dashed else ""
        edge = f' stroke="{shape.stroke}" stroke-width="{_n(wide)}"{dash}'
    turn = ' transform="scale(-1 1)"' if shape.is_flipped else ""
    clip = f' clip-path="url(#{ID}-z)"' if shape.clip else ""
    fill = f'"url(#{ID}-s)"' if shape.kind == "spillover" else f'"{shape.fill}" fill-opacity="{shape.opacity:g}"'
    path = (
        f'<path class="{shape.kind}"{own}{turn}{clip} fill={fill}{edge} '
        f'd="{shape.d}"><title>{escape(shape.title)}</title></path>'
    )
    # Hatched over its tint, so that it is told from a shade and a muscle without colour.
    return path + (
        f'<path class="hatch"{turn}{clip} fill="url(#{ID}-h)" d="{shape.d}"/>' if shape.kind == "primary" else ""
    )


def _fades(parts: list[str], page: _Page, fades: tuple[Fade, ...]) -> None:
    drawn: dict[str, str] = {}
    for number, fade in enumerate(fades):
        x, y = page.x(fade.x), page.y(fade.last)
        place = f'transform="matrix({page.x(fade.end_x) - x} 0 0 {page.y(fade.start) - y} {x} {y})"'
        # A stretched picture of one size: the fades of a figure differ in little else.
        bands = _bands(round((fade.end - fade.last) / (fade.start - fade.last), 3))
        if bands in drawn:
            parts.append(f'<use href="#{drawn[bands]}" {place}/>')
            continue
        id = drawn[bands] = f"{page.prefix}-f{number}"
        parts.append(f'<g class="fade" {place}><g id="{id}" fill="#fff">{bands}</g></g>')


@lru_cache(maxsize=64)
def _bands(beyond: float) -> str:
    # Plain bands instead of a gradient: printed, a see-through gradient begins with a hairline.
    bands = Fade(0, 1, 1, beyond, 0).bands
    return "".join(f'<path opacity="{opacity:.2g}" d="M0 0h1v{start:.3g}H0z"/>' for start, opacity in bands)


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


def _discs(parts: list[str], page: _Page, discs: tuple[Disc, ...], cross_arm: float) -> None:
    if not discs:
        return
    style = page.style
    parts.append(
        f'<g class="discs" fill="{style.disc}" fill-opacity="{style.search_opacity:g}" stroke="{style.mark}" '
        f'stroke-width="{page.pin(0.14)}">'
    )
    arm = round(cross_arm * _PER_CM)
    stroke = f"l{2 * arm} {2 * arm}m0 {-2 * arm}l{-2 * arm} {2 * arm}"
    crosses = ""
    for disc in discs:
        x, y = page.x(disc.x), page.y(disc.y)
        dash = f' stroke-dasharray="{page.pin(0.5)} {page.pin(0.4)}" fill="none"' if disc.is_dashed else ""
        parts.append(f'<circle cx="{x}" cy="{y}" r="{page.size(disc.radius)}"{dash}/>')
        crosses += f"M{x - arm} {y - arm}{stroke}"
    parts.append("</g>")
    parts.append(
        f'<g class="crosses" fill="none" stroke-linecap="round">'
        f'<path stroke="#fff" stroke-width="{page.pin(CROSS_HALO)}" d="{crosses}"/>'
        f'<path stroke="{style.mark}" stroke-width="{page.pin(CROSS_LINE)}" d="{crosses}"/></g>'
    )


def _leaders(parts: list[str], page: _Page, leaders: tuple[Leader, ...]) -> None:
    style = page.style
    for kind, colour in (("acupoint", style.acupoint), ("point", style.mark), ("value", style.text)):
        found = [leader for leader in leaders if leader.kind == kind]
        if not found:
            continue
        runs = "".join(f"M{page.x(a.x)} {page.y(a.y)}L{page.x(a.end_x)} {page.y(a.end_y)}" for a in found)
        parts.append(
            f'<path class="leaders" stroke="#fff" stroke-width="{page.pin(0.5)}" d="{runs}"/>'
            f'<path class="leaders" stroke="{colour}" stroke-width="{page.pin(0.2)}" d="{runs}"/>'
        )


def _marks(parts: list[str], page: _Page, marks: tuple[Mark, ...]) -> None:
    if not marks:
        return
    size = next((mark.size for mark in marks if mark.kind != "acupoint"), marks[0].size)
    parts.append(
        f'<g class="marks" font-size="{page.size(size)}" font-weight="bold" text-anchor="middle" '
        f'stroke-width="{page.pin(0.25)}">'
    )
    for number, mark in enumerate(marks, start=1):
        body = _diamond(page, mark) if mark.kind == "acupoint" else _number(page, mark)
        parts.append(
            f'<g id="{page.prefix}-m{number}" data-point="{escape(mark.id)}" '
            f'data-side="{mark.side}"><title>{escape(mark.title)}</title>{body}</g>'
        )
    parts.append("</g>")


def _number(page: _Page, mark: Mark) -> str:
    x, y = page.x(mark.x), page.y(mark.y)
    fill, edge = ("#fff", page.style.mark) if mark.is_hollow else (page.style.mark, "#fff")
    return (
        f'<circle cx="{x}" cy="{y}" r="{page.size(mark.radius)}" fill="{fill}" stroke="{edge}"/>'
        f'<text x="{x}" y="{_n(y + 0.36 * mark.size * _PER_CM)}" fill="{edge}">{escape(mark.text)}</text>'
    )


def _diamond(page: _Page, mark: Mark) -> str:
    x, y = page.x(mark.at_x), page.y(mark.at_y)
    r = float(page.size(0.5 * mark.radius))
    colour = page.style.acupoint
    code = float(page.size(mark.size))
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
            colour = page.style.soft if label.kind in ("title", "letter") else page.style.text
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
            f'<circle cx="{x}" cy="{y}" r="{_n(r)}" fill="{fill}" stroke="{style.mark}" '
            f'stroke-width="{page.line(KEY_LINE)}"/>'
            f'<text x="{x}" y="{_n(y + 0.45 * r)}" font-size="{_n(1.25 * r)}" fill="{ink}">{escape(key.text)}</text>'
        )
    if key.kind == "acupoint":
        return f'<path d="{_diamond_path(x, y, r)}" fill="{style.acupoint}"/>'
    if key.kind == "spillover":
        d = "".join(f"M{_n(x + i * 0.55 * r)} {_n(y + j * 0.55 * r)}h0" for i in (-1, 0, 1) for j in (-1, 0, 1))
        return f'<path stroke="{style.pain}" stroke-width="{page.line(DOT_SIZE)}" stroke-linecap="round" d="{d}"/>'
    fill, opacity = (style.pain, style.pain_opacity) if key.kind == "primary" else (key.colour, 0.32)
    edge = f' stroke="{key.colour}" stroke-width="{page.line(KEY_LINE)}"' if key.colour else ""
    hatch = ""
    if key.kind == "primary":
        d = "".join(f"M{_n(x + a * r)} {_n(y + b * r)}L{_n(x + c * r)} {_n(y + e * r)}" for a, b, c, e in KEY_HATCH)
        hatch = f'<path stroke="{style.pain}" stroke-width="{page.line(HATCH_SIZE)}" d="{d}"/>'
    return (
        f'<rect x="{_n(x - r)}" y="{_n(y - 0.8 * r)}" width="{_n(2 * r)}" height="{_n(1.6 * r)}" fill="{fill}" '
        f'fill-opacity="{opacity:g}"{edge}{dash}/>{hatch}'
    )
