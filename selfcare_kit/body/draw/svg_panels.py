"""The panels of a scene as SVG: body, muscles, pain zones, and where they fade out."""

from __future__ import annotations

from functools import lru_cache

from selfcare_kit.body.draw.svg_page import PER_CM, Page, escape, short
from selfcare_kit.body.geometry.paths import ROW_RISE
from selfcare_kit.body.place.atlas import Drawing, Shorts
from selfcare_kit.body.scene.scene import Fade, Panel, Rect, Shape
from selfcare_kit.body.scene.style import (
    DOT_SIZE,
    DOT_SPACE,
    HATCH_SIZE,
    HATCH_SPACE,
    SHAPE_LINES,
    Style,
)

# Stands for what the ids begin with in a drawing that is kept for other figures.
ID = "\0"


def panel_parts(parts: list[str], page: Page, panels: tuple[Panel, ...]) -> None:
    """Add the panels of a scene."""
    drawn: dict[str, str] = {}
    for number, panel in enumerate(panels):
        grow = panel.scale * panel.unit_cm * PER_CM
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
    line = f'stroke="{style.line}" stroke-width="{short(style.line_width * cm)}" stroke-linejoin="round"'
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
            f'stroke-width="{short(DOT_SIZE * cm)}" stroke-linecap="round" '
            f'd="M{space / 4:.5g} {rise / 2:.5g}h0M{space * 0.75:.5g} {rise * 1.5:.5g}h0"/></pattern>'
        )
    if any(shape.kind == "primary" for shape in shapes):
        space = HATCH_SPACE * cm
        parts.append(
            f'<pattern id="{ID}-h" width="{space:.5g}" height="{space:.5g}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path stroke="{style.pain}" stroke-width="{short(HATCH_SIZE * cm)}" '
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
        dash = f' stroke-dasharray="{short(wide * 4)} {short(wide * 3)}"' if shape.is_dashed else ""
        edge = f' stroke="{shape.stroke}" stroke-width="{short(wide)}"{dash}'
    turn = ' transform="scale(-1 1)"' if shape.is_flipped else ""
    clip = f' clip-path="url(#{ID}-z)"' if shape.clip else ""
    fill = f'"url(#{ID}-s)"' if shape.kind == "spillover" else f'"{shape.fill}" fill-opacity="{shape.opacity:g}"'
    path = (
        f'<path class="{shape.kind}"{own}{turn}{clip} fill={fill}{edge} '
        f'd="{shape.d}"><title>{escape(shape.title)}</title></path>'
    )
    # Hatched over its tint, to be told apart from a shade and a muscle without colour.
    return path + (
        f'<path class="hatch"{turn}{clip} fill="url(#{ID}-h)" d="{shape.d}"/>' if shape.kind == "primary" else ""
    )


def fade_parts(parts: list[str], page: Page, fades: tuple[Fade, ...]) -> None:
    """Add where panels fade out."""
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
