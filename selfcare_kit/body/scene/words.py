"""The words on a figure: titles of views, letters for the sides, and what is read aloud."""

# Annotations are not postponed here: those of a named tuple would be compiled one by one at import.
from collections.abc import Mapping
from typing import NamedTuple

VIEWS = {
    "front": "Front",
    "back": "Back",
    "side.left": "Left side",
    "side.right": "Right side",
    "oblique.left": "Left side, from behind",
    "oblique.right": "Right side, from behind",
    "inner.left": "Left leg, inner side",
    "inner.right": "Right leg, inner side",
    "sole.left": "Left sole",
    "sole.right": "Right sole",
    "foot_top.left": "Left foot, from above",
    "foot_top.right": "Right foot, from above",
}


# By kind of referral, the lowest layer of a drawing first.
PAIN = {"spillover": "Pain is sometimes felt here", "primary": "Pain is often felt here"}


class FigureWords(NamedTuple):
    """What a plate says in one language.

    `views` are the titles: "back" of a view of both sides, "side.left" of another. `letters` stand
    for "L" and "R", `sides` for "left", "right" and "both", `points` are names by id. The braces of
    `figure` and `where` are filled with the views and with the steps; titles lose their capitals
    there only if `is_lower`, since not every language can do without them.
    """

    views: Mapping[str, str]
    letters: Mapping[str, str]
    sides: Mapping[str, str]
    points: Mapping[str, str]
    figure: str = "Body figure: {views}"
    where: str = "Where to work: {steps}. Left and right are the client's own."
    is_lower: bool = False

    def title_in_sentence(self, view: str, side: str) -> str:
        """Return the words above a view as they stand within a sentence."""
        title = self.title(view, side)
        return title.lower() if self.is_lower else title

    def title(self, view: str, side: str) -> str:
        """Return the words above a view; of a view of both sides the side does not count."""
        return self.views.get(view) or self.views.get(f"{view}.{side}") or view.replace("_", " ").capitalize()


ENGLISH = FigureWords(
    VIEWS, {"L": "L", "R": "R"}, {"left": "left", "right": "right", "both": "both sides"}, {}, is_lower=True
)
