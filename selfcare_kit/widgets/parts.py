"""The small widgets the planner is made of, with shared layouts and styles.

In ipywidgets each layout and each style is a model of its own, sent when the app opens; so all
widgets of a planner share a handful, and looks come from one stylesheet by class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as W  # noqa: N812  (its own documentation calls it so)
from ipywidgets.widgets.widget_bool import CheckboxStyle
from ipywidgets.widgets.widget_description import DescriptionStyle
from ipywidgets.widgets.widget_string import HTMLStyle, TextStyle

HIDDEN = "selfcare-hidden"


class Parts:
    """Makes widgets for one planner."""

    def __init__(self) -> None:
        self.layout = W.Layout(width="auto")
        self.check_style = CheckboxStyle()
        self.button_style = W.ButtonStyle()
        self.html_style = HTMLStyle()
        self.text_style = TextStyle(description_width="auto")
        self.pick_style = DescriptionStyle(description_width="auto")

    def html(self, value: str = "", name: str = "") -> W.HTML:
        """Make a piece of ready HTML; whoever makes the value escapes what is in it.

        Parameters
        ----------
        value : str, default=""
            HTML.
        name : str, default=""
            Class for the stylesheet, without its prefix.

        Returns
        -------
        ipywidgets.HTML
            The widget.
        """
        return W.HTML(value, layout=self.layout, style=self.html_style, _dom_classes=_classes(name))

    def checkbox(self, label: str, on_change: Callable[[], None]) -> W.Checkbox:
        """Make a checkbox.

        Parameters
        ----------
        label : str
            HTML; whoever makes it escapes what is in it.
        on_change : callable
            Called when it is ticked or unticked.

        Returns
        -------
        ipywidgets.Checkbox
            Without a tick.
        """
        made = W.Checkbox(
            description=label, description_allow_html=True, indent=False, layout=self.layout, style=self.check_style
        )
        return _observed(made, on_change)

    def button(self, label: str, on_click: Callable[[], None], tooltip: str = "", kind: str = "") -> W.Button:
        """Make a button with words on it.

        Parameters
        ----------
        label : str
            The words.
        on_click : callable
            Called when it is pressed.
        tooltip : str, default=""
            What it does, where the words alone could mean several things.
        kind : {"", "primary"}, default=""
            Appearance.

        Returns
        -------
        ipywidgets.Button
            The button.
        """
        made = W.Button(
            description=label, tooltip=tooltip or None, button_style=kind, layout=self.layout, style=self.button_style
        )
        made.on_click(lambda _: on_click())
        return made

    def text(self, label: str, on_change: Callable[[], None], hint: str = "", *, is_live: bool = False) -> W.Text:
        """Make a text field.

        Parameters
        ----------
        label : str
            Its name.
        on_change : callable
            Called when the text is finished, or at every key.
        hint : str, default=""
            Shown while it is empty.
        is_live : bool, default=False
            True calls at every key.

        Returns
        -------
        ipywidgets.Text
            The field.
        """
        made = W.Text(
            description=label, placeholder=hint, continuous_update=is_live, layout=self.layout, style=self.text_style
        )
        return _observed(made, on_change)

    def number(self, label: str, on_change: Callable[[], None]) -> W.IntText:
        """Make a field for a whole number; the library, not the field, says what is too much.

        Parameters
        ----------
        label : str
            Its name, with the unit.
        on_change : callable
            Called when the number is finished.

        Returns
        -------
        ipywidgets.IntText
            The field.
        """
        made = W.IntText(description=label, layout=self.layout, style=self.pick_style, _dom_classes=_classes("number"))
        return _observed(made, on_change)

    def pick(self, label: str, options: Iterable[Any], on_change: Callable[[], None]) -> W.Dropdown:
        """Make a list to choose one from.

        Parameters
        ----------
        label : str
            Its name.
        options : iterable
            Values, or pairs of words and value.
        on_change : callable
            Called when another one is chosen.

        Returns
        -------
        ipywidgets.Dropdown
            With the first one chosen.
        """
        made = W.Dropdown(description=label, options=list(options), layout=self.layout, style=self.pick_style)
        return _observed(made, on_change)

    def radio(self, label: str, options: Iterable[Any], on_change: Callable[[], None]) -> W.RadioButtons:
        """Make a few choices side by side, none of them chosen.

        Parameters
        ----------
        label : str
            Their name.
        options : iterable
            Pairs of words and value.
        on_change : callable
            Called when another one is chosen.

        Returns
        -------
        ipywidgets.RadioButtons
            The choices.
        """
        made = W.RadioButtons(
            description=label, options=list(options), value=None, orientation="horizontal", layout=self.layout,
            style=self.pick_style,
        )  # fmt: skip
        return _observed(made, on_change)

    def row(self, *children: W.Widget, name: str = "row") -> W.Box:
        """Put widgets side by side.

        Parameters
        ----------
        *children : ipywidgets.Widget
            From left to right.
        name : str, default="row"
            Class for the stylesheet, without its prefix.

        Returns
        -------
        ipywidgets.Box
            The row.
        """
        return W.Box(children, layout=self.layout, _dom_classes=_classes(name))

    def stack(self, *children: W.Widget, name: str = "stack") -> W.VBox:
        """Put widgets below each other.

        Parameters
        ----------
        *children : ipywidgets.Widget
            From top to bottom.
        name : str, default="stack"
            Class for the stylesheet, without its prefix.

        Returns
        -------
        ipywidgets.VBox
            The stack.
        """
        return W.VBox(children, layout=self.layout, _dom_classes=_classes(name))


def show(widget: W.DOMWidget, is_shown: bool) -> None:
    """Show or hide a widget; its content stays.

    Parameters
    ----------
    widget : ipywidgets.DOMWidget
        The widget.
    is_shown : bool
        Whether it is to be seen.
    """
    if is_shown:
        widget.remove_class(HIDDEN)
    else:
        widget.add_class(HIDDEN)


def is_shown(widget: W.DOMWidget) -> bool:
    """Tell whether a widget is shown.

    Parameters
    ----------
    widget : ipywidgets.DOMWidget
        The widget.

    Returns
    -------
    bool
        False after `show(widget, False)`.
    """
    return HIDDEN not in widget._dom_classes


def discard(widget: W.Widget) -> None:
    """Close a widget that is not needed any more, with all in it; the kernel forgets them.

    Parameters
    ----------
    widget : ipywidgets.Widget
        The widget; layouts and styles stay, since others share them.
    """
    for child in getattr(widget, "children", ()):
        discard(child)
    widget.close()


def _observed(widget: Any, on_change: Callable[[], None]) -> Any:
    widget.observe(lambda _: on_change(), names="value")
    return widget


def _classes(name: str) -> tuple[str, ...]:
    # Given when a widget is made: a class that is added later is a message of its own.
    return (f"selfcare-{name}",) if name else ()
