"""The areas an answer is about: choose one to add it, press it to take it away."""

from __future__ import annotations

from collections.abc import Callable

from selfcare_kit.guide import Guide
from selfcare_kit.widgets.parts import Parts, discard


class Where:
    """Areas of one safety answer.

    Parameters
    ----------
    parts : Parts
        Makes its widgets.
    guide : Guide
        Whose areas there are.
    label : str
        The question, such as "Where?".
    on_change : callable
        Called with the area ids when one is added or taken away.
    """

    def __init__(self, parts: Parts, guide: Guide, label: str, on_change: Callable[[tuple[str, ...]], None]) -> None:
        self.parts, self.guide, self.on_change = parts, guide, on_change
        self.value: tuple[str, ...] = ()
        rows = ((f"{row['group']}: {row['label']}", row["id"]) for row in guide.table("areas"))
        self.pick = parts.pick(label, [("Choose an area", ""), *rows], self._add)
        self.widget = parts.row(self.pick, name="where")

    def show(self, areas: tuple[str, ...]) -> None:
        """Show the areas that are named now.

        Parameters
        ----------
        areas : tuple of str
            Area ids.
        """
        if areas == self.value:
            return
        self.value = areas
        for button in self.widget.children[1:]:
            discard(button)
        buttons = [self._button(area) for area in areas]
        self.widget.children = (self.pick, *buttons)

    def _button(self, area: str) -> object:
        label = self.guide.row("areas", area)["label"]
        rest = tuple(other for other in self.value if other != area)
        return self.parts.button(f"{label} \N{MULTIPLICATION SIGN}", lambda: self.on_change(rest), f"Leave out {label}")

    def _add(self) -> None:
        area = self.pick.value
        if area:
            self.pick.value = ""
            self.on_change(tuple(dict.fromkeys((*self.value, area))))
