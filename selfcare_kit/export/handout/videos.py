"""The videos of a step, each with a code to point a phone at and an address to type.

A code holds the address of the video and nothing else. segno is imported when the first one is drawn.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from selfcare_kit.clinic.profile import Clinic, ClinicVideo
from selfcare_kit.errors import UnknownIdError
from selfcare_kit.guide.guide import Guide

LINK_STARTS = ("https://", "http://")
# A phone held over paper reads squares of half a millimetre; the whole code is 20 mm or more.
MIN_SQUARE_MM = 0.5
MIN_CODE_MM = 20.0
# White squares around a code, as its standard asks.
QUIET = 4
# Where an address may be broken: after a slash or a point.
_ENDS = re.compile(r"[^/.]+[/.]*|[/.]+")


class Video(NamedTuple):
    """A video as it is printed.

    `link` is the address to type, in the parts it may be broken into; `code` is an `svg` element,
    `size` its width and height in mm.
    """

    title: str
    url: str
    link: tuple[str, ...]
    code: Any
    size: float


class Code(NamedTuple):
    """A drawn code and how large it has to be."""

    svg: str
    size: float


def videos_of(point: str, technique: str, guide: Guide, clinic: Clinic) -> tuple[Video, ...]:
    """Return the videos that show a point or its technique, the clinic's first.

    Parameters
    ----------
    point : str
        Point id.
    technique : str
        Technique id; empty for none.
    guide : Guide
        Whose `videos` table counts, too.
    clinic : Clinic
        Whose videos count.

    Returns
    -------
    tuple of Video
        Those of the point itself before those of the technique; none twice.
    """
    links = (each for each in guide.records.videos if each.url.startswith(LINK_STARTS))
    own = (ClinicVideo(each.url, "" if each.point else each.technique, each.point, each.title) for each in links)
    every = (*clinic.videos, *own)
    if not every:
        return ()
    found = [video for video in every if point == video.point]
    found += [video for video in every if technique and technique == video.technique]
    first: dict[str, ClinicVideo] = {}
    for video in found:
        first.setdefault(video.url, video)
    return tuple(_printed(video) for video in first.values())


def check_videos(clinic: Clinic, guide: Guide) -> None:
    """Refuse a clinic's video of something the guide does not have.

    Parameters
    ----------
    clinic : Clinic
        Whose videos.
    guide : Guide
        The guide of the page.

    Raises
    ------
    UnknownIdError
        If a point or a technique is not the guide's.
    """
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
    link = tuple(_ENDS.findall(video.readable))
    return Video(video.title, video.url, link, Markup(code.svg), code.size)


@lru_cache(maxsize=256)
def draw_code(url: str) -> Code:
    """Draw the QR code of an address.

    Parameters
    ----------
    url : str
        The address.

    Returns
    -------
    Code
        The larger the longer the address is, so that its squares stay large enough to be read.

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
    drawn = code.svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None, unit="")
    svg = drawn.replace("<svg", f'<svg role="img" aria-label="{escape(url)}"', 1)
    return Code(svg, round(square * (across + 2 * QUIET), 1))
