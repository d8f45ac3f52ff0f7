"""A list to tick: checkboxes in groups, which a search narrows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import NamedTuple

import ipywidgets as W  # noqa: N812

from selfcare_kit.widgets.parts import Parts, show


class Item(NamedTuple):
    """One thing to tick: `words` is what a search looks in, besides the label."""

    id: str
    label: str
    group: str = ""
    words: str = ""


class CheckList:
    """Checkboxes in groups.

    Unlike a list box it keeps what is ticked when one more is, and it needs no Ctrl key.

    Parameters
    ----------
    parts : Parts
        Makes its widgets.
    items : iterable of Item
        Items of a group stand together.
    on_change : callable
        Called when one is ticked or unticked.
    """

    def __init__(self, parts: Parts, items: Iterable[Item], on_change: Callable[[], None]) -> None:
        self.items = tuple(items)
        self.boxes = {item.id: parts.checkbox(escape(item.label), on_change) for item in self.items}
        groups = tuple(dict.fromkeys(item.group for item in self.items))
        self._groups = {group: self._group(parts, group) for group in groups}
        self.widget: W.Box = parts.row(*self._groups.values(), name="groups")

    @property
    def value(self) -> tuple[str, ...]:
        """Ids of the ticked items, in the order of the list."""
        return tuple(id for id, box in self.boxes.items() if box.value)

    @value.setter
    def value(self, ids: Iterable[str]) -> None:
        ticked = set(ids)
        for id, box in self.boxes.items():
            box.value = id in ticked

    def narrow(self, text: str) -> tuple[str, ...]:
        """Show only items with a text in their label or words; ticked ones stay.

        Parameters
        ----------
        text : str
            Empty shows all.

        Returns
        -------
        tuple of str
            Ids that match.
        """
        wanted = text.casefold().split()
        matching = [item for item in self.items if all(word in _searched(item) for word in wanted)]
        shown = {item.id for item in matching} | (set(self.value) if wanted else set())
        for item in self.items:
            show(self.boxes[item.id], item.id in shown)
        for group, widget in self._groups.items():
            show(widget, any(item.id in shown for item in self.items if item.group == group))
        return tuple(item.id for item in matching)

    def _group(self, parts: Parts, group: str) -> W.Box:
        boxes = [self.boxes[item.id] for item in self.items if item.group == group]
        if not group:
            return parts.row(*boxes, name="group-flat")
        return parts.stack(parts.html(f"<h4>{escape(group)}</h4>"), *boxes, name="group")


def _searched(item: Item) -> str:
    return f"{item.label} {item.words}".casefold()
