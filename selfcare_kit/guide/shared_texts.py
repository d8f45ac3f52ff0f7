"""The texts of the built-in guide that every other guide prints, too: headings, units and general rules.

When to get help right away, see a doctor today or stop is not among them: those signs belong to a complaint, and so to
its guide. Nor are the words for tools, whose ids are a guide's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from selfcare_kit.guide.cells import split
from selfcare_kit.guide.languages import WITH

SHARED_TEXTS = ("date.", "figure.", "handout.", "intake.", "mode.", "punctuation.", "side.")
# The boxes of a page that say when to get help; each guide writes the lines below their headings.
HELP_BOXES = ("emergency", "today", "stop")

_LINE = r"\.(short\.)?\d+(\..+)?"
_OF_A_GUIDE = re.compile(rf"handout\.({'|'.join(HELP_BOXES)}){_LINE}|handout\.(card|dose)\.tool\..+")
_RULE = re.compile(r"handout\.(before_you_start|rule\.short)\.\d+(\..+)?")


def shared_part(texts: Mapping[str, str], sensations: Collection[str], own: Collection[str]) -> dict[str, str]:
    """Return what another guide takes over from the texts of the built-in one in a language.

    Parameters
    ----------
    texts : mapping of str to str
        The built-in guide's texts in that language.
    sensations : collection of str
        Its sensations. A text for those of whom something else is known is taken over for its sensations only, since
        the same id is another rule in another guide.
    own : collection of str
        Keys of the other guide's own texts. One that writes a rule of "Before you start" writes all of them, so that
        it can leave one out.

    Returns
    -------
    dict of str to str
        Text by key.

    Examples
    --------
    >>> shared_part({"handout.stop.title": "Stop", "handout.stop.1": "Your leg swells."}, (), ())
    {'handout.stop.title': 'Stop'}
    >>> shared_part({"handout.rule.short.5.with.numb;C04": "If it gets worse, stop."}, ("numb",), ())
    {'handout.rule.short.5.with.numb': 'If it gets worse, stop.'}
    """
    has_rules = any(map(_RULE.fullmatch, own))
    shared = {}
    for key, text in texts.items():
        if not key.startswith(SHARED_TEXTS) or _OF_A_GUIDE.fullmatch(key) or (has_rules and _RULE.fullmatch(key)):
            continue
        name, _, ids = key.partition(WITH)
        felt = [id for id in split(ids) if id in sensations]
        if not ids:
            shared[key] = text
        elif felt:
            shared[f"{name}{WITH}{';'.join(felt)}"] = text
    return shared
