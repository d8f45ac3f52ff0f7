"""Which views show a point, and the fewest that show all steps of a routine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from selfcare_kit.body.place.places import Places, facing_of, places_of
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step

# How much it counts, beside the point itself, that a view shows where it is felt.
FELT_SHARE = 0.7
# A view from an angle is harder to read than one from behind or from the side: it has to show more.
PLAINNESS = {"oblique": 0.85}
# A point at the side is not shown from behind: so much more squarely another straight view sees it.
MUCH_BETTER = 0.1


class PanelKey(NamedTuple):
    """A view and the side it is drawn for; symmetric views show "both"."""

    view: str
    side: str


def panels_for(places: Places, point: str, side: str) -> tuple[tuple[PanelKey, float], ...]:
    """Return the panels that show a point on a side, with how well each does, best first; worked out once.

    What counts is how squarely the skin faces the viewer there, then how much is seen of where the
    point is felt; a view that sees it much less squarely than another one does not show it. A point
    whose skin no view of the atlas faces is shown in the one that sees it best.
    """
    key = (point, side)
    # With the places, which are freed with their guide.
    if key not in places.panels:
        places.panels[key] = _panels_for(places, point, side)
    return places.panels[key]


def _panels_for(places: Places, point: str, side: str) -> tuple[tuple[PanelKey, float], ...]:
    found = []
    faint = []
    straight = max(places.visibility(point, name) for name in places.body.views if name not in PLAINNESS)
    for name in places.body.views:
        view = places.body.view(name)
        panel = PanelKey(name, "both" if view.is_symmetric else side)
        facing = places.visibility(point, name)
        if facing and (name in PLAINNESS or facing > straight - MUCH_BETTER):
            found.append(
                (panel, PLAINNESS.get(name, 1.0) * (facing + FELT_SHARE * places.pain_visibility(point, name)))
            )
        elif not facing and not found and (seen := places.in_view(point, name)) and view.contains(seen[0].x, seen[0].y):
            faint.append((panel, facing_of(seen)))
    best_first = sorted(found or faint, key=lambda each: -each[1])
    return tuple(best_first if found else best_first[:1])


def best_panel(places: Places, point: str, side: str, panels: Iterable[PanelKey]) -> PanelKey:
    """Return the chosen panel that shows a point best."""
    chosen = set(panels)
    return next(panel for panel, _ in panels_for(places, point, side) if panel in chosen)


def choose_panels(places: Places, steps: Iterable[Step]) -> tuple[PanelKey, ...]:
    """Choose the fewest panels that show every step, and of those the ones that show them best.

    Parameters
    ----------
    places : Places
        Of the guide.
    steps : iterable of Step
        What is to be shown.

    Returns
    -------
    tuple of PanelKey
        In the order of the atlas, right before left where both feet are seen from the front.

    Raises
    ------
    InvalidValueError
        If no view shows a step.
    """
    wanted: dict[tuple[tuple[PanelKey, float], ...], None] = {}
    for step in steps:
        point = places.name(step.point)
        for side in sides_touched(step.side):
            panels = panels_for(places, point, side)
            if not panels:
                raise InvalidValueError(
                    f"point {point!r} must lie where a view looks, got none in {', '.join(places.body.views)}; "
                    "correct its row in places.csv."
                )
            wanted[panels] = None
    return _fewest(tuple(wanted))


# A page asks for the panels of a figure before it knows how large that will be, and again to draw it.
@lru_cache(maxsize=64)
def _fewest(panels: tuple[tuple[tuple[PanelKey, float], ...], ...]) -> tuple[PanelKey, ...]:
    """Return the smallest set of panels that shows every point, and of those the one that shows them best.

    Every set is tried, the smallest first: there are no more panels than views of the atlas, each for one side.
    """
    wanted = [dict(each) for each in panels]
    candidates = sorted({panel for each in wanted for panel in each}, key=_order)
    needed = {panel for each in wanted if len(each) == 1 for panel in each}
    others = [panel for panel in candidates if panel not in needed]
    for count in range(len(others) + 1):
        sets = [needed.union(extra) for extra in combinations(others, count)]
        covers = [chosen for chosen in sets if not any(chosen.isdisjoint(each) for each in wanted)]
        if covers:
            best = max(covers, key=lambda chosen: round(sum(_best_shown(each, chosen) for each in wanted), 9))
            return tuple(panel for panel in candidates if panel in best)
    return tuple(candidates)


def _best_shown(shown: Mapping[PanelKey, float], chosen: Collection[PanelKey]) -> float:
    return max(value for panel, value in shown.items() if panel in chosen)


@lru_cache(maxsize=64)
def _order(panel: PanelKey) -> tuple[int, int]:
    views = ("back", "oblique", "side", "front", "inner", "sole", "foot_top")
    # Seen from the front or from below the right foot is at the viewer's left.
    is_right_first = panel.view in ("sole", "foot_top")
    rank = views.index(panel.view) if panel.view in views else len(views)
    return (rank, int((panel.side == "left") == is_right_first))


def views_for(guide: Guide, point: str) -> tuple[str, ...]:
    """Return the views that show a point, the best first.

    Parameters
    ----------
    guide : Guide
        Whose point.
    point : str
        Its id.

    Returns
    -------
    tuple of str
        Names of views.
    """
    places = places_of(guide)
    return tuple(panel.view for panel, _ in panels_for(places, places.name(point), "left"))
