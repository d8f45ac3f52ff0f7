"""Section 2: where it hurts and what it feels like, for all areas or for one of them."""

from __future__ import annotations

from html import escape

import ipywidgets as W  # noqa: N812

from selfcare_kit.complaint import AreaComplaint
from selfcare_kit.guide import Guide
from selfcare_kit.widgets.checklist import CheckList, Item
from selfcare_kit.widgets.parts import Parts, discard, show
from selfcare_kit.widgets.section import Section

SIDE_CHOICES = (("Left", "left"), ("Right", "right"), ("Both", "both"))
MIDLINE = ("Midline", "midline")
NOT_ASKED = ""
PAIN_CHOICES = (("not asked", NOT_ASKED), *((str(level), level) for level in range(11)))


class SymptomSection(Section):
    """A searchable list of areas, one description for all, and another for an area that differs."""

    title = "2 &nbsp;Where and what"

    def build(self) -> tuple[W.Widget, ...]:
        """Make the list of areas, the shared description and the place for those that differ.

        Returns
        -------
        tuple of ipywidgets.Widget
            From top to bottom.
        """
        parts, guide = self.parts, self.state.guide
        self.search = parts.text("Search", self._search, "such as hamstring or sole", is_live=True)
        self._hits = parts.html(name="quiet")
        self.areas = CheckList(parts, _area_items(guide), self._choose)
        self.words = Words(parts, guide, self._describe, SIDE_CHOICES)
        self.lines: dict[str, AreaLine] = {}
        self._list = parts.stack(name="lines")
        return parts.row(self.search, self._hits), self.areas.widget, self.words.widget, self._list

    def refresh(self) -> None:
        """Show what is ticked, and a line for each area."""
        visit = self.state.visit
        self.areas.value = visit.areas
        self.words.show(visit.side, visit.sensations, visit.pain)
        for area in [area for area in self.lines if area not in visit.areas]:
            discard(self.lines.pop(area).widget)
        for area in visit.areas:
            if area not in self.lines:
                self.lines[area] = AreaLine(self, area)
            self.lines[area].refresh()
        shown = tuple(self.lines[area].widget for area in visit.areas)
        if shown != self._list.children:
            self._list.children = shown

    def _search(self) -> None:
        found = self.areas.narrow(self.search.value)
        self._hits.value = "" if found else "No area is called that; try another word."

    def _choose(self) -> None:
        self.act(lambda: self.state.choose_areas(self.areas.value))

    def _describe(self) -> None:
        words = self.words
        self.act(lambda: self.state.describe(side=words.side, sensations=words.sensations, pain=words.pain))


class Words:
    """Side, sensations and pain.

    Parameters
    ----------
    parts : Parts
        Makes its widgets.
    guide : Guide
        Whose sensations there are.
    on_change : callable
        Called when one of them changes.
    sides : tuple of (str, str)
        Words and sides to choose from.
    """

    def __init__(self, parts: Parts, guide: Guide, on_change: object, sides: tuple[tuple[str, str], ...]) -> None:
        items = (Item(row["id"], row["label"]) for row in guide.table("sensations"))
        self.side_choice = parts.radio("Side (the client's own)", sides, on_change)
        self.felt = CheckList(parts, items, on_change)
        self.pain_choice = parts.pick("Pain 0 to 10", PAIN_CHOICES, on_change)
        feeling = parts.row(parts.html("Feels like"), self.felt.widget)
        self.widget = parts.stack(parts.row(self.side_choice, self.pain_choice), feeling, name="words")

    @property
    def side(self) -> str:
        """The side chosen; empty when none is."""
        return self.side_choice.value or ""

    @property
    def sensations(self) -> tuple[str, ...]:
        """The sensations ticked."""
        return self.felt.value

    @property
    def pain(self) -> int | None:
        """The pain, 0 to 10; None when it was not asked."""
        level = self.pain_choice.value
        return None if level == NOT_ASKED else level

    def show(self, side: str, sensations: tuple[str, ...], pain: int | None) -> None:
        """Show a description.

        Parameters
        ----------
        side : str
            Empty for none.
        sensations : tuple of str
            Sensation ids.
        pain : int or None
            0 to 10.
        """
        choices = {value for _, value in self.side_choice.options}
        if side and side not in choices:
            self.side_choice.options = (*self.side_choice.options, (side.capitalize(), side))
        self.side_choice.value = side or None
        self.felt.value = sensations
        self.pain_choice.value = NOT_ASKED if pain is None else pain


class AreaLine:
    """One area chosen: what it feels like, and a form when it differs from the others.

    Parameters
    ----------
    section : SymptomSection
        Where it stands.
    area : str
        Area id.
    """

    def __init__(self, section: SymptomSection, area: str) -> None:
        self.section, self.area = section, area
        self.row = section.state.guide.row("areas", area)
        parts = section.parts
        self.told = parts.html(name="told")
        self.toggle = parts.button("Different here", self._toggle, f"{self.row['label']}: feels different")
        self.words: Words | None = None
        self.widget = parts.stack(parts.row(self.told, self.toggle), name="line")

    def refresh(self) -> None:
        """Show what the area feels like, with a form when it has words of its own."""
        state = self.section.state
        words = state.words_of(self.area)
        self.told.value = f"<b>{escape(self.row['label'])}</b> {escape(_told(words, state.guide))}"
        own = state.visit.own.get(self.area)
        self.toggle.description = "Like the others" if own else "Different here"
        show(self.toggle, own is not None or (words is not None and len(state.visit.areas) > 1))
        if own is None:
            self._drop_form()
        else:
            self._form().show(own.side, own.sensations, own.pain)

    def _form(self) -> Words:
        if self.words is None:
            sides = SIDE_CHOICES if self.row["paired"] == "yes" else (*SIDE_CHOICES, MIDLINE)
            self.words = Words(self.section.parts, self.section.state.guide, self._describe, sides)
            self.widget.children = (self.widget.children[0], self.words.widget)
        return self.words

    def _drop_form(self) -> None:
        if self.words is not None:
            self.widget.children = self.widget.children[:1]
            discard(self.words.widget)
            self.words = None

    def _toggle(self) -> None:
        state = self.section.state
        own = None if self.area in state.visit.own else state.words_of(self.area)
        self.section.act(lambda: state.describe_area(self.area, own))

    def _describe(self) -> None:
        form, state = self.words, self.section.state
        if form is not None and form.side:
            words = AreaComplaint(self.area, form.side, form.sensations, form.pain)
            self.section.act(lambda: state.describe_area(self.area, words))


def _area_items(guide: Guide) -> list[Item]:
    return [
        Item(row["id"], row["label"], row["group"], f"{row['client']} {row['synonyms']}")
        for row in guide.table("areas")
    ]


def _told(words: AreaComplaint | None, guide: Guide) -> str:
    if words is None:
        return "choose the side"
    felt = [guide.row("sensations", id)["label"].lower() for id in words.sensations]
    pain = [] if words.pain is None else [f"pain {words.pain} of 10"]
    return ", ".join((words.side, *felt, *pain))
