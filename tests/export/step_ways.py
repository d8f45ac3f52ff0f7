"""Every way to do a step that a clinician may choose, and how each language speaks of a tool."""

from __future__ import annotations

from dataclasses import replace

import selfcare_kit as kit
from selfcare_kit.guide.techniques import ways_of
from selfcare_kit.plan.dosing import own_step

GUIDE = kit.load_guide()

# How each language speaks of a tool; one that a word may stand for is none other.
TOOLS = {
    "en": {
        "massage_ball": r"\bball\b", "small_firm_ball": r"\bball\b", "knobbed_tool": r"\bknob\b",
        "scraping_tool": r"\bscraping tool\b", "long_handle": r"\bhandle\b", "opposite_knee": r"\bother knee\b",
        "supported_fingers": r"\bfingers\b|\bother hand\b",
    },
    "es": {
        "massage_ball": r"\bpelota\b", "small_firm_ball": r"\bpelota\b", "knobbed_tool": r"\bpunta redonda\b|\bmasajeador\b",
        "scraping_tool": r"\braspador\b", "long_handle": r"\bmango\b", "opposite_knee": r"\botra rodilla\b",
        "supported_fingers": r"\b(los|sus) dedos\b|\botra mano\b",
    },
    "fr": {
        "massage_ball": r"\bballe\b", "small_firm_ball": r"\bballe\b", "knobbed_tool": r"\bbout rond\b",
        "scraping_tool": r"\bracloir\b", "long_handle": r"\bmanche\b", "opposite_knee": r"\bautre genou\b",
        "supported_fingers": r"\bdoigts\b|\bautre main\b",
    },
    "de": {
        "massage_ball": r"[Bb]all\b", "small_firm_ball": r"[Bb]all\b", "knobbed_tool": r"\brunde[nm] Kopf\b|stab\b",
        "scraping_tool": r"[Ss]chaber\b", "long_handle": r"\bGriff\b", "opposite_knee": r"\bandere Knie\b|\banderes Knie\b",
        "supported_fingers": r"\bFinger\b|\banderen Hand\b",
    },
}  # fmt: skip


def allowed_steps():
    """Every step that the kit lets a clinician choose: the point's own mode and hold, their tools and positions."""
    for point in GUIDE.point_values.values():
        if point.show_only:
            continue
        for mode in dict.fromkeys((point.mode, "hold", "sweep", "scrape")):
            in_mode = replace(own_step(point, "left"), mode=mode)
            for tool in ways_of(in_mode, GUIDE).tools:
                with_tool = replace(in_mode, tool=tool)
                for position in ways_of(with_tool, GUIDE).positions:
                    yield replace(with_tool, position=position)


STEPS = list(allowed_steps())
