"""The videos of a step, each with a QR code to scan and an address to type.

A code holds the address of the video and nothing else. segno is imported when the first one is drawn.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from selfcare_kit.clinics.profile import Clinic, ClinicVideo
from selfcare_kit.errors import UnknownIdError
from selfcare_kit.export.handout.wording import technique_of
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.step import Step

LINK_STARTS = ("https://", "http://")
# Phones can read squares of half a millimetre; the whole code is at least 20 mm wide.
MIN_SQUARE_MM = 0.5
MIN_CODE_MM = 20.0
# White squares around a code, as its standard requires.
QUIET_ZONE = 4
# The parts between which an address may be broken: each ends with a slash or a full stop.
_LINK_PARTS = re.compile(r"[^/.]+[/.]*|[/.]+")


class Video(NamedTuple):
    """A video as it is printed.

    `link` is the address to type, in the parts between which it may be broken; `code` is an `svg` element, `size` its
    width and height in mm.
    """

    title: str
    url: str
    link: tuple[str, ...]
    code: Any
    size: float


class Code(NamedTuple):
    """A QR code as SVG, and its width and height in mm."""

    svg: str
    size: float


def videos_of_step(step: Step, guide: Guide, clinic: Clinic) -> tuple[ClinicVideo, ...]:
    """Return the videos of a step's point, then those of its technique, the clinic's before the guide's; none twice."""
    return _found(step.point, technique_of(step, guide.point(step.point), guide), guide, clinic)


def videos_of(point: str, technique: str, guide: Guide, clinic: Clinic) -> tuple[Video, ...]:
    """Return the same as they are printed."""
    return tuple(map(_printed, _found(point, technique, guide, clinic)))


def _found(point: str, technique: str, guide: Guide, clinic: Clinic) -> tuple[ClinicVideo, ...]:
    links = (video for video in guide.records.videos if video.url.startswith(LINK_STARTS))
    of_guide = (ClinicVideo(link.url, "" if link.point else link.technique, link.point, link.title) for link in links)
    videos = (*clinic.videos, *of_guide)
    found = [video for video in videos if point == video.point]
    found += [video for video in videos if technique and technique == video.technique]
    first: dict[str, ClinicVideo] = {}
    for video in found:
        first.setdefault(video.url, video)
    return tuple(first.values())


def check_videos(clinic: Clinic, guide: Guide) -> None:
    """Refuse a clinic's video of a point or a technique that the guide does not have."""
    for number, video in enumerate(clinic.videos, start=1):
        try:
            if video.point:
                guide.point(video.point)
            elif video.technique not in guide.records.techniques:
                raise guide.unknown("techniques", video.technique)
        except UnknownIdError as error:
            raise UnknownIdError(f"video {number} of the clinic: {error}") from None


def _printed(video: ClinicVideo) -> Video:
    from markupsafe import Markup

    code = draw_code(video.url)
    link = tuple(_LINK_PARTS.findall(video.readable))
    return Video(video.title, video.url, link, Markup(code.svg), code.size)


@lru_cache(maxsize=256)
def draw_code(url: str) -> Code:
    """Return the QR code of an address, large enough that its squares can be read.

    Examples
    --------
    >>> draw_code("https://example.org/a").size
    26.4
    """
    import segno
    from markupsafe import escape

    code = segno.make(url, error="m", micro=False)
    across, _ = code.symbol_size(border=0)
    square = max(MIN_SQUARE_MM, MIN_CODE_MM / across)
    svg = code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None, unit="")
    svg = svg.replace("<svg", f'<svg role="img" aria-label="{escape(url)}"', 1)
    return Code(svg, round(square * (across + 2 * QUIET_ZONE), 1))
