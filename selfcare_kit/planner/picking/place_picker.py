"""`PlacePicker`: the body to pick a place on, in a notebook by click and key, in plain Python by two numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selfcare_kit.body.picker import PickedPlace, ViewGrid
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.propose import PlaceRule
from selfcare_kit.errors import InvalidValueError, SelfcareError, check_choice
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.planner.picking import picking as rules

if TYPE_CHECKING:
    from selfcare_kit.planner.picking.widget import PickerWidget

# What the copied row is called; the author puts the id of the point there.
ROW_ID = "point_1"


class PlacePicker:
    """The body with a grid of centimeters; a spot on it becomes a place told by landmarks.

    In a notebook it shows itself: click the body, or move the spot with the arrow keys, and choose how the place is
    told. `picked`, `rule` and `answers` are then what was chosen. Without a notebook, ask for a spot with `at`.

    Parameters
    ----------
    view : str, default="back"
        View in which the place is seen best; it can be changed in the notebook.
    guide : Guide, optional
        Whose own landmarks count, too; without it those of the body do.

    Examples
    --------
    >>> picked = PlacePicker("back").at(-10.4, 25.4)
    >>> picked.area, picked.surface, len(picked.rules)
    ('calf_back', 'back', 3)
    >>> picked.between("popliteal_crease", "malleolus_level_back").answers["fraction"]
    0.6
    """

    def __init__(self, view: str = "back", *, guide: Guide | None = None) -> None:
        self._guide = guide
        self._grids: dict[str, ViewGrid] = {}
        self._picking = rules.Picking(self._grid(view).view)

    def __repr__(self) -> str:
        return f"PlacePicker({self.view!r})"

    @property
    def view(self) -> str:
        """The view that is shown."""
        return self._picking.view

    @property
    def picked(self) -> PickedPlace | None:
        """The place that was picked last; None before, and beside the body."""
        return self._picking.picked

    @property
    def rule(self) -> PlaceRule | None:
        """The rule that was chosen for the place; None before."""
        return self._picking.rule

    @property
    def answers(self) -> dict[str, object]:
        """What `kit.new_guide` and its file of answers want to know of the place; empty before one is picked."""
        return self._picking.answers

    def at(self, x: float, y: float) -> PickedPlace:
        """Return the place on the skin at a spot of the view, and pick nothing.

        Parameters
        ----------
        x, y : float
            In cm, as the grid has them. A spot on the client's right is taken as the same spot on the left.

        Returns
        -------
        PickedPlace
            The place with its rules.

        Raises
        ------
        InvalidValueError
            If there is no skin at the spot, or it is that of an arm which this view shows moved.
        """
        return self._grid(self.view).at(x, y)

    def pick(self, x: float, y: float) -> PickedPlace:
        """Pick the place at a spot of the view, as a click on it does.

        Parameters
        ----------
        x, y : float
            In cm, as the grid has them.

        Returns
        -------
        PickedPlace
            The place with its rules, of which the first is chosen.

        Raises
        ------
        InvalidValueError
            If there is no skin at the spot.

        Examples
        --------
        >>> picker = PlacePicker("back")
        >>> picked = picker.pick(-10.4, 25.4)
        >>> picker.answers["area"]
        'calf_back'
        """
        picked = self.at(x, y)
        self._set(rules.pick(self._picking, self._grid(self.view), x, y))
        return picked

    def row(self, id: str) -> dict[str, str]:
        """Return the picked place as a row of a guide's `places.csv`.

        Parameters
        ----------
        id : str
            The id of its point.

        Raises
        ------
        InvalidValueError
            If no place is picked, or no rule chosen.
        """
        if self.rule is None:
            raise InvalidValueError("a row needs a place, got none picked; click the body, or use pick(x, y).")
        return rules.row_of(self.rule, id)

    def to_svg(self, picked: PickedPlace | None = None) -> str:
        """Return the view with its grid as SVG, with a picked place marked; by default the one picked last."""
        return self._grid(self.view).to_svg(picked or self.picked)

    def landmarks_svg(self) -> str:
        """Return the view with its grid and the landmarks it looks at; each has its name when it is pointed at."""
        return self._grid(self.view).landmarks_svg()

    def _grid(self, view: str) -> ViewGrid:
        if view not in self._grids:
            self._grids[view] = ViewGrid(view, guide=self._guide)
        return self._grids[view]

    @property
    def _all_grids(self) -> dict[str, ViewGrid]:
        return {view: self._grid(view) for view in atlas().views}

    @cached_property
    def _widget(self) -> PickerWidget:
        # Plain Python needs no widget.
        from selfcare_kit.planner.picking.widget import PickerWidget

        widget = PickerWidget()
        widget.listen(self._on_event)
        return widget

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Show the widget; a page without a kernel, such as a saved notebook on a website, shows the picture."""
        self._show()
        shown = self._widget._repr_mimebundle_(**options)
        bundle = shown[0] if isinstance(shown, tuple) else shown
        return {**(bundle or {}), "text/plain": repr(self), "image/svg+xml": self.to_svg()}

    def _set(self, picking: rules.Picking) -> None:
        self._picking = picking
        if "_widget" in vars(self):
            self._show()

    def _on_event(self, event: Mapping[str, Any]) -> None:
        notice = ""
        try:
            notice = self._do(event) or ""
        except SelfcareError as error:
            notice = str(error)
        self._show(notice)

    def _do(self, event: Mapping[str, Any]) -> str | None:
        """Do what an event asks for; return what to say."""
        act, value = event.get("do"), event.get("value")
        if act == "spot":
            grid = self._grid(str(event.get("view")))
            self._picking = rules.pick(self._picking, grid, float(event["x"]), float(event["y"]))
        elif act == "view":
            self._picking = rules.turn_to(self._picking, self._grid(str(value)))
        elif act == "rule":
            self._picking = rules.choose(self._picking, str(value))
        elif act == "landmark":
            self._picking = rules.use_landmark(self._picking, str(event.get("name")), str(value))
        elif act == "copy":
            self._widget.send_to_sender(
                {"copy": self._copies()[check_choice("text", event.get("id"), ("toml", "row"))]}
            )
            return None
        elif act == "copied":
            return "Copied." if value else "The browser does not let the page copy; select the text and copy it."
        return None

    def _copies(self) -> dict[str, str]:
        """Return the texts to copy, by their ids."""
        rule = self.rule
        row = ",".join(rules.row_of(rule, ROW_ID).values()) if rule else ""
        return {"toml": rules.toml_of(self.answers), "row": row}

    def _show(self, notice: str = "") -> None:
        from selfcare_kit.planner.picking.shown import values_of
        from selfcare_kit.planner.sections.section import filled

        guide = self._guide or load_guide()
        figure = rules.figure_of(self._picking, self._all_grids)
        shown = values_of(self._picking, guide, self._grid(self.view).landmarks, is_seen=figure["seen"])
        html = filled("picker.html", {**shown, **self._copies(), "notice": notice})
        self._widget.show_both(html, figure)
