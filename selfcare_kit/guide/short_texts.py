"""The short texts of a card: which keys they have, and how a step is done in them.

They are texts like all others, `text/<language>.csv`; what a guide or a language lacks is said in the long ones.
How a step is done is a template for its way (`how.hold.wall_standing.massage_ball`) with phrases for its place and
side (`phrase.wall.hip_side.left`), so that nothing in a template has to agree with what is put in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selfcare_kit.guide.languages import field_names, fill
from selfcare_kit.guide.point import Point

# Keys of texts that are used only where there is room for few words.
_SHORT = re.compile(
    r"how\..+|phrase\..+|point\.[^.]+\.name|.+\.short(\..+)?|handout\.(card|dose|rule|pain)\..+"
    r"|handout\.(emergency|today|stop)\.action(_\w+)?|handout\.muscles"
)


def is_short(key: str) -> bool:
    """Return whether a key is of a short text, so that a guide may do without it.

    Examples
    --------
    >>> is_short("caution.C08.short.with.numb;tingling"), is_short("caution.C08")
    (True, False)
    """
    return _SHORT.fullmatch(key) is not None


def how_key(texts: Mapping[str, str], point: Point, *, mode: str, position: str, tool: str) -> str:
    """Return the key of the template for a way: the point's own, else its area's, else the one for all; or empty."""
    way = f"how.{mode}.{position}.{tool}"
    return next((key for key in (f"{way}.{point.id}", f"{way}.{point.area}", way) if key in texts), "")


def short_how(texts: Mapping[str, str], point: Point, *, side: str, mode: str, position: str, tool: str) -> str:
    """Return how a step is done in few words: whole sentences, with how the body lies or stands to the tool.

    Empty where there are no short words for just this, such as a knee that a hip cannot rest on; the long ones are said
    then.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> guide = load_guide()
    >>> way = {"mode": "hold", "position": "chair_sitting", "tool": "knobbed_tool"}
    >>> short_how(guide.texts("en"), guide.point("gas_1"), side="left", **way)
    'Sit on a chair. Put the knob on your left calf. Press in slowly, then hold still.'
    """
    template = texts.get(how_key(texts, point, mode=mode, position=position, tool=tool), "")
    phrases = {kind: phrase(texts, kind, point, side) for kind in field_names(template)}
    if not all(phrases.values()):
        return ""
    return fill(template, phrases)


def plain(text: str) -> str:
    """Return a text without the asterisks around what counts most in it."""
    return text.replace("**", "")


def phrase(texts: Mapping[str, str], kind: str, point: Point, side: str) -> str:
    """Return words about a place and a side, the point's own before its area's; empty where there are none."""
    own = texts.get(f"phrase.{kind}.{point.id}.{side}")
    return own or texts.get(f"phrase.{kind}.{point.area}.{side}", "")
