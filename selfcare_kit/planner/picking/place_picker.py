"""`PlacePicker`: the body to pick a place and draw its pain on, by click, by key, or by numbers in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selfcare_kit.body.picker import PickedPlace, ViewGrid
from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.place.propose import PlaceRule
from selfcare_kit.body.place.zones import ZONE_KINDS
from selfcare_kit.errors import InvalidValueError, SelfcareError, check_choice, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.planner.picking import picking as rules
from selfcare_kit.planner.picking.opened import OpenedPoint
from selfcare_kit.planner.picking.pain import NARROWEST, STEP, WIDEST, clear, widen, zone_rows
from selfcare_kit.planner.visit.words import capitalised

if TYPE_CHECKING:
    from selfcare_kit.planner.picking.widget import PickerWidget

# What the copied row is called; the author puts the id of the point there.
ROW_ID = "point_1"
USUAL_VIEW = "back"
MOST_UNDONE = 100


class PlacePicker:
    """The body with a grid of centimeters; a spot on it becomes a place told by landmarks.

    In a notebook it shows itself: click the body, or move the spot with the arrow keys, and choose how the place is
    told. `picked`, `rule` and `answers` are then what was chosen, and `zone_rows` is the pain that was drawn. Without a
    notebook, ask for a spot with `at`. A point of a guide is opened with its place, its pain and its card, and saved.

    Parameters
    ----------
    view : str, optional
        View in which the place is seen best; it can be changed in the notebook. Without it the one that looks at the
        opened point, or the back.
    guide : Guide, optional
        Whose own landmarks count, too; without it those of the body do.
    point : str, optional
        Id of the guide's point to open.

    Examples
    --------
    >>> picked = PlacePicker("back").at(-10.4, 25.4)
    >>> picked.area, picked.surface, len(picked.rules)
    ('calf_back', 'back', 3)
    >>> picked.between("popliteal_crease", "malleolus_level_back").answers["fraction"]
    0.6
    """

    def __init__(self, view: str = "", *, guide: Guide | None = None, point: str = "") -> None:
        self._guide = guide
        self._grids: dict[str, ViewGrid] = {}
        self._before: list[rules.Picking] = []
        self._opened: OpenedPoint | None = None
        if view:
            atlas().view(view)
        if point:
            self._guide = guide = guide or load_guide()
            self._picking = rules.opened(guide, point, self._all_grids, view)
            self._opened = OpenedPoint.of(guide, guide.point(point).id, self._picking)
        else:
            self._picking = rules.Picking(self._grid(view or USUAL_VIEW).view)
        self._is_card_shown = False
        # The card, and the rule and the zones that it shows.
        self._card: tuple[Any, str] = (None, "")

    def __repr__(self) -> str:
        point = f", point={self._opened.point!r}" if self._opened else ""
        return f"PlacePicker({self.view!r}{point})"

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

    def draw_pain(self, *spots: tuple[float, float], kind: str = "primary", width: float = 4.0) -> None:
        """Draw a pain zone from spot to spot of the view, as clicks do.

        Parameters
        ----------
        *spots : tuple of float
            x and y in cm, as the grid has them; one alone is a disc.
        kind : {"primary", "spillover"}, default="primary"
            Whether the pain is felt there mainly, or may spread there.
        width : float, default=4.0
            How wide the zone is, from 1 to 16 cm.

        Raises
        ------
        InvalidValueError
            If there is no skin at a spot, the view looks at two sides of the body, or the width is not allowed.

        Examples
        --------
        >>> picker = PlacePicker("back")
        >>> picker.draw_pain((-10.4, 25.4), (-9.8, 12), width=5)
        >>> [(row["node"], row["radius_cm"]) for row in picker.zone_rows("soleus_1")]
        [('1', '2.5'), ('2', '2.5')]
        """
        if not isinstance(width, int | float) or not NARROWEST <= width <= WIDEST:
            allowed = f"a number from {NARROWEST:g} to {WIDEST:g} cm"
            raise InvalidValueError(f"width must be {allowed}, got {quoted(width)}; choose one of these.")
        if not spots or not all(isinstance(spot, tuple | list) and len(spot) == 2 for spot in spots):
            raise InvalidValueError(f"spots must be pairs of x and y, got {quoted(spots)}; write (-10.4, 25.4).")
        drawn = rules.take_tool(self._picking, check_choice("kind", kind, ZONE_KINDS))
        drawn = replace(drawn, pain=replace(drawn.pain, width=width))
        for x, y in spots:
            drawn = rules.draw_pain(drawn, self._grid(self.view), x, y)
        self._set(replace(drawn, tool=self._picking.tool))

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

    def zone_rows(self, id: str = "") -> tuple[dict[str, str], ...]:
        """Return the pain that is drawn as rows of a guide's `zones.csv`.

        Parameters
        ----------
        id : str, optional
            The id of its point; without it that of the opened point.
        """
        kept = self._opened.kept_zones() if self._opened and id in ("", self._opened.point) else None
        return zone_rows(self._picking.pain, id or self._row_id, self._grid(self.view).landmarks, kept)

    def card_html(self) -> str:
        """Return the card of the opened point with its place on the figure, as a page for who writes the guide.

        Raises
        ------
        InvalidValueError
            If no point was opened.
        """
        shown = (self._picking.rule, self._picking.pain.zones)
        if self._card[0] != shown:
            self._card = (shown, self._point.card(self._picking))
        return self._card[1]

    def save(self) -> tuple[str, ...]:
        """Write the place and the pain into the tables of the opened point's guide.

        The guide in memory stays as it was; load it again.

        Returns
        -------
        tuple of str
            Names of the files that were written.

        Raises
        ------
        InvalidValueError
            If no point was opened, nothing was changed, or the guide is the kit's own.
        GuideError
            If `check_guide` would find a problem that it does not find now, or the point was changed in the files after
            it was opened. Nothing is written then.
        """
        names = self._save()
        self._set(self._picking)
        return names

    def _save(self) -> tuple[str, ...]:
        self._opened, self._picking, names = self._point.saved(self._picking)
        return names

    @property
    def _row_id(self) -> str:
        return self._opened.point if self._opened else ROW_ID

    @property
    def _point(self) -> OpenedPoint:
        if self._opened is None:
            raise InvalidValueError("this needs a point of a guide, got none; open one with guide= and point=.")
        return self._opened

    def to_svg(self, picked: PickedPlace | None = None) -> str:
        """Return the view with its grid as SVG, with pain and a place marked, by default the one picked last."""
        return self._grid(self.view).to_svg(picked or self.picked, self._picking.pain.zones)

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
        self._keep(picking)
        if "_widget" in vars(self):
            self._show()

    def _keep(self, picking: rules.Picking) -> None:
        """Take what is picked now, and remember what was before."""
        if (picking.picked, picking.rule, picking.pain.zones) != (
            self._picking.picked, self._picking.rule, self._picking.pain.zones,
        ):  # fmt: skip
            self._before = [*self._before[1 - MOST_UNDONE :], self._picking]
        self._picking = picking

    def _on_event(self, event: Mapping[str, Any]) -> None:
        notice = ""
        try:
            notice = self._do(event) or ""
        except SelfcareError as error:
            notice = capitalised(str(error))
        self._show(notice)

    def _do(self, event: Mapping[str, Any]) -> str | None:
        """Do what an event asks for; return what to say."""
        act, value, tool = event.get("do"), event.get("value"), event.get("tool")
        # What a click was meant for is what the view shows, however late the kernel's answers are.
        if tool is not None and tool != self._picking.tool:
            self._picking = rules.take_tool(self._picking, str(tool))
        if act in _ACTS:
            self._keep(_ACTS[act](self, event))
        elif act == "undo":
            if not self._before:
                return "There is nothing to undo."
            *self._before, last = self._before
            self._picking = rules.undone(self._picking, last, self._grid(self.view))
        elif act == "card":
            self._is_card_shown = bool(self._point) and not self._is_card_shown
        elif act == "save":
            return f"Saved in {' and '.join(self._save())}. Load the guide again to use it."
        elif act == "copy":
            copied = self._copies()[check_choice("text", event.get("id"), ("toml", "row", "zones"))]
            self._widget.send_to_sender({"copy": copied})
        elif act == "copied":
            return "Copied." if value else "The browser does not let the page copy; select the text and copy it."
        return None

    def _copies(self) -> dict[str, str]:
        """Return the texts to copy, by their ids."""
        rule = self.rule
        row = ",".join(rules.row_of(rule, self._row_id).values()) if rule else ""
        zones = "\n".join(",".join(each.values()) for each in self.zone_rows())
        return {"toml": rules.toml_of(self.answers), "row": row, "zones": zones}

    def _show(self, notice: str = "") -> None:
        from selfcare_kit.planner.picking.shown import values_of
        from selfcare_kit.planner.sections.section import filled

        guide, grids = self._guide or load_guide(), self._all_grids
        figure = rules.figure_of(self._picking, grids)
        figure["isOpened"] = self._opened is not None
        try:
            figure["card"] = self.card_html() if self._is_card_shown else ""
        except SelfcareError as error:
            # Such as a point that is only shown: no step of it may be done.
            self._is_card_shown, figure["card"] = False, ""
            notice = f"There is no card: {error}"
        shown = values_of(self._picking, guide, grids, self._opened, is_seen=figure["seen"])
        values = {
            **shown, **self._copies(), "notice": notice, "can_undo": bool(self._before),
            "is_card_shown": self._is_card_shown,
        }  # fmt: skip
        self._widget.show_both(filled("picker.html", values), figure)


def _spot_of(event: Mapping[str, Any]) -> tuple[float, float]:
    return float(event["x"]), float(event["y"])


# What is picked after an event of the view.
_ACTS: dict[object, Callable[[PlacePicker, Mapping[str, Any]], rules.Picking]] = {
    "spot": lambda self, event: rules.pick(self._picking, self._grid(str(event.get("view"))), *_spot_of(event)),
    "node": lambda self, event: rules.draw_pain(self._picking, self._grid(str(event.get("view"))), *_spot_of(event)),
    "view": lambda self, event: rules.turn_to(self._picking, self._grid(str(event.get("value")))),
    "rule": lambda self, event: rules.choose(self._picking, str(event.get("value"))),
    "landmark": lambda self, event: rules.use_landmark(self._picking, str(event.get("name")), str(event.get("value"))),
    "tool": lambda self, event: rules.take_tool(self._picking, str(event.get("value"))),
    "shape": lambda self, event: rules.take_tool(self._picking, self._picking.tool),
    "wider": lambda self, event: replace(self._picking, pain=widen(self._picking.pain, self._picking.tool, STEP)),
    "narrower": lambda self, event: replace(self._picking, pain=widen(self._picking.pain, self._picking.tool, -STEP)),
    "clear": lambda self, event: replace(self._picking, pain=clear(self._picking.pain, self._picking.tool)),
}
