"""The short texts of a card: their keys, and the sentences on how to do a step.

They are in `text/<language>.csv` like all others; where a guide or a language lacks one, the long text is used.
The sentences for a step are a template for mode, position and tool (`how.hold.wall_standing.massage_ball`), filled
with phrases for area and side (`phrase.wall.hip_side.left`), so that no word of a template has to agree with a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selfcare_kit.guide.languages import field_names, fill
from selfcare_kit.guide.point import Point

# Keys of the texts for pages with little room.
_SHORT = re.compile(
    r"how\..+|phrase\..+|point\.[^.]+\.name|.+\.short(\..+)?|handout\.(card|dose|rule|pain|review)\..+"
    r"|handout\.(emergency|today|stop)\.action(_\w+)?|handout\.muscles|date\.months_long"
)


def is_short(key: str) -> bool:
    """Return whether a key is that of a short text, which a guide may lack.

    Examples
    --------
    >>> is_short("caution.C08.short.with.numb;tingling"), is_short("caution.C08")
    (True, False)
    """
    return _SHORT.fullmatch(key) is not None


def how_key(texts: Mapping[str, str], point: Point, *, mode: str, position: str, tool: str) -> str:
    """Return the key of the template for a point, else for its area, else for all; empty when the texts have none."""
    way = f"how.{mode}.{position}.{tool}"
    return next((key for key in (f"{way}.{point.id}", f"{way}.{point.area}", way) if key in texts), "")


def short_how(texts: Mapping[str, str], point: Point, *, side: str, mode: str, position: str, tool: str) -> str:
    """Return short sentences on how to do a step, including how the body lies or stands against the tool.

    Empty when the language has none for this point, side, mode, position and tool; then the long text is used.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> guide = load_guide()
    >>> way = {"mode": "hold", "position": "chair_sitting", "tool": "knobbed_tool"}
    >>> short_how(guide.texts("en"), guide.point("gas_1"), side="left", **way)
    'Sit on a chair. Put the knob on your left calf. Press in slowly, then hold still.'
    """
    return filled_how(texts, how_key(texts, point, mode=mode, position=position, tool=tool), point, side)


def filled_how(texts: Mapping[str, str], key: str, point: Point, side: str) -> str:
    """Return a template with the phrases for a point and a side; empty when one of them is missing."""
    template = texts.get(key, "")
    phrases = {kind: phrase(texts, kind, point, side) for kind in field_names(template)}
    if not all(phrases.values()):
        return ""
    return fill(template, phrases)


def plain(text: str) -> str:
    """Return a text without the asterisks that mark bold print."""
    return text.replace("**", "")


def phrase(texts: Mapping[str, str], kind: str, point: Point, side: str) -> str:
    """Return the phrase of a kind for a point and a side, or else for its area; empty when there is none."""
    own = texts.get(f"phrase.{kind}.{point.id}.{side}")
    return own or texts.get(f"phrase.{kind}.{point.area}.{side}", "")
