"""Writing the pack: an index, a form to fill in without a network, pages to print by part, and translation sheets."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from selfcare_kit.export.handout.page import data_block, marked
from selfcare_kit.export.review.boxes import Box, minutes_of
from selfcare_kit.export.review.rule_sheets import method_sheets, safety_sheets
from selfcare_kit.export.review.sheets import Sheet, muscle_sheets
from selfcare_kit.export.review.translation import translation_groups
from selfcare_kit.files import write_atomically
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.schema import tables
from selfcare_kit.review.items import items_of
from selfcare_kit.review.notice import review_of
from selfcare_kit.review.states import OPEN, reviewers_of, states_of

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
FORM = "review_form.html"
INDEX = "index.html"
# What half an hour is enough for.
MAX_FIRST = 20
# Of these the riskiest are chosen: what can be pressed wrongly.
FIRST_KINDS = ("place", "work")
# What earlier reviewers said of a box: as its least reviewed item.
STATE_WORDS = {"held": "a change is asked for", "stale": "changed since its review", "open": "", "reviewed": "reviewed"}


class Part(NamedTuple):
    """A part of the pack, such as a region of the body, with its sheets and their numbers."""

    slug: str
    title: str
    sheets: tuple[tuple[int, Sheet], ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All its boxes."""
        return tuple(box for _, sheet in self.sheets for box in sheet.boxes)

    @property
    def minutes(self) -> int:
        """How long it takes, by the model."""
        return minutes_of(self.boxes)


class Pack(NamedTuple):
    """A pack that was written."""

    index: Path
    form: Path
    boxes: int
    items: int
    minutes: int

    @property
    def summary(self) -> str:
        """How much there is to read."""
        return f"{self.boxes} boxes for {self.items} items, about {self.minutes} minutes by a model of reading speed."


def write_pack(guide: Guide, folder: str | Path) -> Pack:
    """Write the pack for the reviewers of a guide.

    Parameters
    ----------
    guide : Guide
        What is to be reviewed.
    folder : str or Path
        Made if it is not there; files of the pack in it are replaced.

    Returns
    -------
    Pack
        Where to begin, and how much there is to read.
    """
    folder = Path(folder)
    parts = parts_of(guide)
    boxes = [box for part in parts for box in part.boxes]
    values = _values(guide, parts, boxes)
    pages = {INDEX: _rendered("index.html", values), FORM: _rendered("form.html", values)}
    for part in parts:
        pages[f"print_{part.slug}.html"] = _rendered("print.html", {**values, "parts": [part]})
    for language in guide.languages:
        if language != guide.language:
            more = {"translation": guide.translation(language), "groups": translation_groups(guide, language)}
            pages[f"translation_{language}.html"] = _rendered("translation.html", {**values, **more})
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        write_atomically(folder / name, text.encode())
    return Pack(folder / INDEX, folder / FORM, len(boxes), len(items_of(guide)), minutes_of(boxes))


def parts_of(guide: Guide) -> tuple[Part, ...]:
    """Return the parts of the pack in order: the regions of the body, the rules, the methods."""
    sheets = enumerate((*muscle_sheets(guide), *safety_sheets(guide), *method_sheets(guide)), start=1)
    grouped = groupby(sheets, key=lambda numbered: (numbered[1].part, numbered[1].part_title))
    return tuple(Part(slug, title, tuple(found)) for (slug, title), found in grouped)


def riskiest(boxes: Iterable[Box]) -> list[Box]:
    """Return the boxes to begin with, riskiest first."""
    chosen = (box for box in boxes if box.items[0].kind in FIRST_KINDS)
    return sorted(chosen, key=lambda box: -box.risk)[:MAX_FIRST]


def _values(guide: Guide, parts: Sequence[Part], boxes: list[Box]) -> dict[str, Any]:
    """Return what the templates show."""
    first = riskiest(boxes)
    sheet_of = {box.id: number for part in parts for number, sheet in part.sheets for box in sheet.boxes}
    script = (TEMPLATES / "form.js").read_text(encoding="utf-8")
    style = (TEMPLATES / "pack.css").read_text(encoding="utf-8")
    return {
        "guide": guide,
        "review": str(review_of(guide=guide)),
        "parts": parts,
        "boxes": boxes,
        "items": len(items_of(guide)),
        "minutes": minutes_of(boxes),
        "first": [(sheet_of[box.id], box) for box in first],
        "first_ids": frozenset(box.id for box in first),
        "first_minutes": minutes_of(first),
        "states": {box.id: state for box in boxes if (state := _state_of(box, guide))},
        "sheets": sum(len(part.sheets) for part in parts),
        "reviewers": reviewers_of(guide),
        "languages": [guide.translation(each) for each in guide.languages if each != guide.language],
        "style": _trusted(style),
        "script": _trusted(script),
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "meta": data_block(_meta(guide)),
        "form_file": FORM,
    }


def _state_of(box: Box, guide: Guide) -> str:
    """Return what earlier reviewers said of a box, in a word; empty where it is open."""
    found = {states_of(guide).get(item.id, OPEN).state for item in box.items}
    return next(words for state, words in STATE_WORDS.items() if state in found)


def _meta(guide: Guide) -> str:
    import json

    columns = list(tables()["reviews"].names)
    return json.dumps({"guide": guide.id, "version": guide.version, "columns": columns})


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _trusted(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _rendered(name: str, values: dict[str, Any]) -> str:
    return _environment().get_template(name).render(values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = marked
    environment.filters["svg"] = _trusted
    environment.filters["minutes"] = minutes_of
    return environment
