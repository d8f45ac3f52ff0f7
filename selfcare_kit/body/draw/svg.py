"""A scene as SVG text. Only joins strings: the path data of the atlas is used as it stands."""

from __future__ import annotations

from selfcare_kit.body.draw.svg_page import FONT, PER_CM, PIXELS_PER_CM, UNIT_CM, Page, escape, short
from selfcare_kit.body.draw.svg_panels import fade_parts, panel_parts
from selfcare_kit.body.scene.scene import Disc, Key, Label, Lane, Leader, Mark, Scene
from selfcare_kit.body.scene.style import (
    CROSS_HALO,
    CROSS_LINE,
    DOT_SIZE,
    HATCH_SIZE,
    KEY_HATCH,
    KEY_LINE,
)


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
    page = Page(scene, prefix)
    width, height = round(scene.width * PER_CM), round(scene.height * PER_CM)
    scale = PIXELS_PER_CM / scene.line_scale * UNIT_CM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{round(width * scale)}" '
        f'height="{round(height * scale)}" role="img" id="{prefix}" aria-labelledby="{prefix}-t {prefix}-d" '
        f'font-family="{FONT}"><title id="{prefix}-t">{escape(scene.title)}</title>'
        f'<desc id="{prefix}-d">{escape(scene.description)}</desc>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
    ]
    panel_parts(parts, page, scene.panels)
    fade_parts(parts, page, scene.fades)
    _lanes(parts, page, scene.lanes)
    _discs(parts, page, scene.discs, scene.cross_arm)
    _leaders(parts, page, scene.leaders)
    _letters(parts, page, [label for label in scene.labels if label.kind in ("letter", "value")])
    _marks(parts, page, scene.marks)
    _letters(parts, page, [label for label in scene.labels if label.kind not in ("letter", "value")])
    _keys(parts, page, scene.keys)
    parts.append("</svg>")
    return "".join(parts)


def _lanes(parts: list[str], page: Page, lanes: tuple[Lane, ...]) -> None:
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


def _arrow(page: Page, x: int, y: int, ex: int, ey: int) -> str:
    long = ((ex - x) ** 2 + (ey - y) ** 2) ** 0.5 or 1.0
    ux, uy = (ex - x) / long, (ey - y) / long
    h = 1.5 * page.pin_unit
    tips = [(ex - h * ux + way * 0.55 * h * uy, ey - h * uy - way * 0.55 * h * ux) for way in (1, -1)]
    head = f"M{short(tips[0][0])} {short(tips[0][1])}L{ex} {ey}L{short(tips[1][0])} {short(tips[1][1])}"
    return (
        f'<path fill="none" stroke="{page.style.mark}" stroke-width="{page.pin(0.3)}" stroke-linejoin="round" '
        f'd="M{x} {y}L{ex} {ey}{head}"/>'
    )


def _discs(parts: list[str], page: Page, discs: tuple[Disc, ...], cross_arm: float) -> None:
    if not discs:
        return
    style = page.style
    parts.append(
        f'<g class="discs" fill="{style.disc}" fill-opacity="{style.search_opacity:g}" stroke="{style.mark}" '
        f'stroke-width="{page.pin(0.14)}">'
    )
    arm = round(cross_arm * PER_CM)
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


def _leaders(parts: list[str], page: Page, leaders: tuple[Leader, ...]) -> None:
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


def _marks(parts: list[str], page: Page, marks: tuple[Mark, ...]) -> None:
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


def _number(page: Page, mark: Mark) -> str:
    x, y = page.x(mark.x), page.y(mark.y)
    fill, edge = ("#fff", page.style.mark) if mark.is_hollow else (page.style.mark, "#fff")
    return (
        f'<circle cx="{x}" cy="{y}" r="{page.size(mark.radius)}" fill="{fill}" stroke="{edge}"/>'
        f'<text x="{x}" y="{short(y + 0.36 * mark.size * PER_CM)}" fill="{edge}">{escape(mark.text)}</text>'
    )


def _diamond(page: Page, mark: Mark) -> str:
    x, y = page.x(mark.at_x), page.y(mark.at_y)
    r = float(page.size(0.5 * mark.radius))
    colour = page.style.acupoint
    code = float(page.size(mark.size))
    fill = "#fff" if mark.is_hollow else colour
    edge = colour if mark.is_hollow else "#fff"
    shape = f'<path d="{_diamond_path(x, y, r)}" fill="{fill}" stroke="{edge}"/>'
    if not mark.text:
        return shape
    where = f'x="{page.x(mark.x)}" y="{short(page.y(mark.y) + 0.36 * code)}" font-size="{short(code)}"'
    # Written twice: not every reader of SVG knows paint-order, which would put the halo behind.
    return (
        f'{shape}<text {where} fill="#fff" stroke="#fff" stroke-width="{page.pin(0.45)}" stroke-linejoin="round" '
        f'aria-hidden="true">{escape(mark.text)}</text><text {where} fill="{colour}">{escape(mark.text)}</text>'
    )


def _diamond_path(x: int, y: int, r: float) -> str:
    """Return the path of an acupoint's diamond."""
    return f"M{x} {short(y - r)}l{short(r)} {short(r)} {short(-r)} {short(r)} {short(-r)} {short(-r)}z"


def _letters(parts: list[str], page: Page, labels: list[Label]) -> None:
    kind = None
    for label in labels:
        kind_of_text = (label.kind, label.size, label.anchor, label.is_bold)
        if kind_of_text != kind:
            if kind:
                parts.append("</g>")
            kind = kind_of_text
            colour = page.style.soft if label.kind in ("title", "letter") else page.style.text
            bold = ' font-weight="bold"' if label.is_bold else ""
            anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
            parts.append(f'<g class="{label.kind}s" fill="{colour}" font-size="{page.size(label.size)}"{anchor}{bold}>')
        parts.append(f'<text x="{page.x(label.x)}" y="{page.y(label.y)}">{escape(label.text)}</text>')
    if kind:
        parts.append("</g>")


def _keys(parts: list[str], page: Page, keys: tuple[Key, ...]) -> None:
    if not keys:
        return
    parts.append('<g class="keys" text-anchor="middle" font-weight="bold">')
    parts.extend(_key(page, key) for key in keys)
    parts.append("</g>")


def _key(page: Page, key: Key) -> str:
    style = page.style
    x, y, r = page.x(key.x), page.y(key.y), key.size * PER_CM * 0.62
    dash = f' stroke-dasharray="{page.line(0.5)} {page.line(0.4)}"' if key.is_dashed else ""
    if key.kind == "mark":
        fill, ink = ("#fff", style.mark) if key.is_dashed else (style.mark, "#fff")
        return (
            f'<circle cx="{x}" cy="{y}" r="{short(r)}" fill="{fill}" stroke="{style.mark}" '
            f'stroke-width="{page.line(KEY_LINE)}"/>'
            f'<text x="{x}" y="{short(y + 0.45 * r)}" font-size="{short(1.25 * r)}" fill="{ink}">'
            f"{escape(key.text)}</text>"
        )
    if key.kind == "acupoint":
        return f'<path d="{_diamond_path(x, y, r)}" fill="{style.acupoint}"/>'
    if key.kind == "spillover":
        d = "".join(f"M{short(x + i * 0.55 * r)} {short(y + j * 0.55 * r)}h0" for i in (-1, 0, 1) for j in (-1, 0, 1))
        return f'<path stroke="{style.pain}" stroke-width="{page.line(DOT_SIZE)}" stroke-linecap="round" d="{d}"/>'
    fill, opacity = (style.pain, style.pain_opacity) if key.kind == "primary" else (key.colour, 0.32)
    edge = f' stroke="{key.colour}" stroke-width="{page.line(KEY_LINE)}"' if key.colour else ""
    hatch = ""
    if key.kind == "primary":
        d = "".join(
            f"M{short(x + a * r)} {short(y + b * r)}L{short(x + c * r)} {short(y + e * r)}" for a, b, c, e in KEY_HATCH
        )
        hatch = f'<path stroke="{style.pain}" stroke-width="{page.line(HATCH_SIZE)}" d="{d}"/>'
    return (
        f'<rect x="{short(x - r)}" y="{short(y - 0.8 * r)}" width="{short(2 * r)}" height="{short(1.6 * r)}" '
        f'fill="{fill}" fill-opacity="{opacity:g}"{edge}{dash}/>{hatch}'
    )
