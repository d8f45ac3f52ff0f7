"""The planner without its widgets: the answers of a visit, and the routine made from them.

A view calls one of the methods, shows the sentence it returns, and then shows what the
attributes say. All rules are the library's.
"""

from __future__ import annotations

from dataclasses import replace
from operator import is_not
from typing import Any, NamedTuple

from selfcare_kit.errors import InvalidValueError, SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.techniques import fitted
from selfcare_kit.model.sides import STEP_SIDES, sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.suggestion import Suggestion
from selfcare_kit.plan.suggestions import Suggestions
from selfcare_kit.plan.templates import sided_template, sides_by_default
from selfcare_kit.planner.visit.answers import WHAT_TO_DO, Answers
from selfcare_kit.planner.visit.visit import Visit, merged, still_meant
from selfcare_kit.planner.visit.words import SIDE_WORDS, count_of
from selfcare_kit.routine import Routine, routine_from_bytes
from selfcare_kit.safety.explained import side_for, side_in_no_doubt

BEST = 5
MOST_UNDO = 50
SHOWN_AT_FIRST = 6
# Not L and R, which tell the sides on the figure, nor what looks like a number.
LETTERS = "ABCDEFGHJKMNPQSTUVWXYZ"


class Offer(NamedTuple):
    """A suggestion that is shown: lettered in the list and on the figure, until it is a step with a number."""

    sign: str
    point: str
    side: str
    is_offered: bool
    is_step: bool
    found: Suggestions

    @property
    def suggestion(self) -> Suggestion:
        """All that is said of it; worked out only when it is asked for, since the figure needs no words."""
        return self.found.of(self.point)

    @property
    def key(self) -> str:
        """Point and side in one word."""
        return f"{self.point}.{self.side}"


class PlannerState(Answers):
    """The answers of a visit, and the routine made from them.

    Parameters
    ----------
    routine : Routine, optional
        To begin with. Its safety answers count only when they are of today.
    guide : Guide, optional
        The routine's own, or the built-in one.
    """

    def __init__(self, routine: Routine | None = None, guide: Guide | None = None) -> None:
        self._past: list[Routine] = []
        self._undone: list[Routine] = []
        self._looked = ""
        self._offers: tuple[Offer, ...] = ()
        self._offered_for: tuple[object, ...] = ()
        self.visits = 0
        self.shows_all = False
        super().__init__(routine, guide)

    def begin_with(self, routine: Routine) -> str:
        """Take a routine; what was done to the one before it, perhaps another client's, cannot be undone any more.

        Parameters
        ----------
        routine : Routine
            Of this guide.

        Returns
        -------
        str
            What the safety answers changed in it, in words.
        """
        said = super().begin_with(routine)
        self._past, self._undone = [], []
        self.visits += 1
        return said

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The suggestions that are shown: the best five, then the others that may be pressed, then the rest."""
        # Most parts ask for them, and each anew.
        wanted = (self.found, self.steps, self.shows_all)
        if len(self._offered_for) != len(wanted) or any(map(is_not, wanted, self._offered_for)):
            self._offers, self._offered_for = self._offer_all(), wanted
        return self._offers

    def _offer_all(self) -> tuple[Offer, ...]:
        if self.found is None:
            return ()
        shown = self.found.best_first(BEST, None if self.shows_all else SHOWN_AT_FIRST)
        numbers: dict[tuple[str, str], int] = {}
        for number, step in enumerate(self.steps, start=1):
            for side in sides_touched(step.side):
                numbers.setdefault((step.point, side), number)
        return tuple(_offer(place, point, shown, numbers) for place, point in enumerate(shown.points))

    @property
    def looked(self) -> str:
        """The offer whose pain is shown on the figure: the one looked at last, or the first; empty for none."""
        keys = [offer.key for offer in self.offers]
        return self._looked if self._looked in keys else next(iter(keys), "")

    def is_asked_about(self, key: str) -> bool:
        """Return whether an offer was looked at on purpose, so that it tells who says what of it."""
        return bool(key) and key == self._looked

    def look(self, key: str) -> str:
        """Look at an offer.

        Parameters
        ----------
        key : str
            Of an offer.

        Returns
        -------
        str
            Empty.
        """
        self._looked = key
        return ""

    def show_all(self, is_all: bool) -> str:
        """Show all suggestions, or the first few.

        Parameters
        ----------
        is_all : bool
            Whether all of them.

        Returns
        -------
        str
            Empty.
        """
        self.shows_all = is_all
        return ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the routine to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back that can be made again."""
        return bool(self._undone)

    @property
    def changes(self) -> tuple[str, ...]:
        """What has changed since the last visit, in words; empty when none was opened."""
        return self.routine.changes_since(self.visit.last) if self.visit.last else ()

    def add(self, point: str, side: str = "") -> str:
        """Add a point that was suggested, or any other.

        Parameters
        ----------
        point : str
            Point id.
        side : {"", "left", "right", "both"}, default=""
            The client's own side; empty for the side it was suggested for, or else that of the
            complaint where there is no doubt, or the one that was chosen before any area was.

        Returns
        -------
        str
            What was done, in words.
        """
        label = self.guide.point(point).label
        side = side or self._side_of(point)
        if self.has(point, side):
            return f"{label} is in the routine already."
        self._edit(self.routine.add(point, side=side))
        return f"Added {label}."

    def _side_of(self, point: str) -> str:
        """Return the side on which a point is added when nobody says it; refuse where that would be a guess."""
        suggested = next((each.side for each in self.found or () if each.point == point), "")
        side = suggested or side_in_no_doubt(point, self.complaint, self.guide)
        if not side and not self.visit.areas and self.visit.side in STEP_SIDES:
            side = self.visit.side
        if not side:
            label = self.guide.point(point).label
            why = "explains nothing of what hurts on which side" if self.complaint else "has no side yet"
            raise InvalidValueError(
                f"the side of {label} must be left, right or both, got none, as the complaint {why}; say it."
            )
        return side

    def add_best(self, count: int = BEST) -> str:
        """Add the best suggestions; those that are there already stay as they are.

        Parameters
        ----------
        count : int, default=5
            How many at the most.

        Returns
        -------
        str
            What was done, and which could not be added and why, in words.
        """
        if self.found is None:
            raise InvalidValueError("suggestions need an area and a side, got none; choose them in section 2 first.")
        best = self.found.top(count)
        if not best:
            nothing = "no suggested point may be pressed; the reasons stand beside each."
            raise InvalidValueError(nothing if self.found else self.found.message)
        if not self.routine.steps:
            draft = self.visit.draft
            self._edit(Routine.from_suggestions(best, title=draft.title, code=draft.code))
            return f"Added {count_of(len(best), 'step')}."
        # Whoever changed the side wants them moved rather than on both sides.
        astray = {each.point for each in self.side_conflicts}
        new = [each for each in best if each.point not in astray and not self.has(each.point, each.side)]
        routine, refused = self.routine, []
        for each in new:
            try:
                routine = routine.add(each.point, side=each.side)
            except SelfcareError as error:
                refused.append(str(error))
        self._edit(routine)
        stays = sum(each.point in astray for each in best)
        told = f"{count_of(stays, 'point')} stay on the side on which nothing hurts: {WHAT_TO_DO}." if stays else ""
        return " ".join(filter(None, (f"Added {count_of(len(new) - len(refused), 'step')}.", told, *refused)))

    def has(self, point: str, side: str) -> bool:
        """Tell whether the routine works a point on a side already.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}
            The client's own side.

        Returns
        -------
        bool
            True when a step overlaps.
        """
        return any(step.overlaps(point, side) for step in self.steps)

    def start_from_template(self) -> str:
        """Put the guide's own sequence in the place of the steps.

        Returns
        -------
        str
            What was done, in words.
        """
        is_said = self.complaint is not None and not self.visit.sideless
        if not is_said and (self.visit.areas or self.visit.side not in STEP_SIDES):
            raise InvalidValueError(
                "the guide's sequence needs the client's side, got none; choose it in section 2 first, or both."
            )
        steps = sided_template(self.complaint, None if is_said else self.visit.side, guide=self.guide)
        draft = self.visit.draft
        self._remember()
        said = self._put(draft=replace(Routine.of(steps), title=draft.title or steps.title, code=draft.code))
        by_default = sides_by_default(self.routine) if is_said else ""
        sides = {step.side for step in steps.steps}
        where = SIDE_WORDS[sides.pop()] if len(sides) == 1 else "the side of what each step can explain"
        return " ".join(filter(None, (f"The guide's own sequence stands below, on {where}.", by_default, said)))

    def move_to_where_it_hurts(self) -> str:
        """Move the steps on a side on which nothing hurts; one that may not be done there is taken out.

        Returns
        -------
        str
            What was done, and what was taken out and why, in words.
        """
        routine, refused = self.routine, []
        conflicts = {each.point for each in self.side_conflicts}
        moving = [step for step in routine.steps if step.point in conflicts]
        for step in moving:
            verdict = routine.verdict(step.changed(side=side_for(step.point, self.complaint, self.guide)))
            if not verdict.is_allowed:
                routine = routine.remove(step.point, step.side)
                refused.append(f"Taken out: {self.guide.point(step.point).label}; {verdict.reason}.")
        if not moving:
            return ""
        self._edit(routine.on_side())
        return " ".join((f"Moved {count_of(len(moving) - len(refused), 'step')} to where it hurts.", *refused))

    def confirm_sides(self) -> str:
        """Say that the steps on a side on which nothing hurts are meant; it is kept in the file and told in the note.

        Returns
        -------
        str
            What was done, in words.
        """
        count = len({each.point for each in self.side_conflicts})
        if not count:
            return ""
        self._edit(self.routine.confirm_sides())
        return (
            f"{count_of(count, 'step')} {'stay' if count > 1 else 'stays'} where nothing hurts; the chart note says so."
        )

    def open(self, content: bytes, name: str) -> str:
        """Open a saved routine with its complaint; the safety questions have to be asked again.

        Parameters
        ----------
        content : bytes
            Of a file that this kit exported.
        name : str
            Its file name; only the ending counts.

        Returns
        -------
        str
            What was done, in words.
        """
        saved = routine_from_bytes(content, name, guide=self.guide)
        self.begin_with(replace(saved, screening=None))
        self._put(last=saved)
        told = f"Opened a routine of {count_of(len(saved), 'step')}, made on {saved.date}."
        if saved.screening is None:
            return f"{told} Ask the safety questions."
        return f"{told} Its safety answers are of {saved.screening.date}: ask the questions again."

    def change(self, step: Step, **values: Any) -> str:
        """Change a step.

        Parameters
        ----------
        step : Step
            One of the routine's.
        **values
            As for `Routine.change`.

        Returns
        -------
        str
            Empty: the step itself shows it.
        """
        changed = self.routine.change(step.point, of=step.side, **values)
        if {"mode", "tool"} & set(values):
            new = changed.steps[self.routine.steps.index(step)]
            fit = fitted(new, self.guide)
            changed = changed.change(new.point, of=new.side, tool=fit.tool, position=fit.position)
        return self._edit(changed)

    def move(self, step: Step, index: int) -> str:
        """Move a step to another place in the order; beyond an end is the end.

        Parameters
        ----------
        step : Step
            One of the routine's.
        index : int
            Its new place, 0 for the first.

        Returns
        -------
        str
            Its new place, in words; empty when it is there already.
        """
        index = min(max(index, 0), len(self.routine) - 1)
        if self.routine.steps.index(step) == index:
            return ""
        self._edit(self.routine.move(step.point, index, side=step.side))
        return f"{self.guide.point(step.point).label} is step {index + 1} now."

    def remove(self, step: Step) -> str:
        """Remove a step.

        Parameters
        ----------
        step : Step
            One of the routine's.

        Returns
        -------
        str
            What was done, in words.
        """
        self._edit(self.routine.remove(step.point, step.side))
        return f"Removed {self.guide.point(step.point).label}."

    def undo(self) -> str:
        """Take the last change of the steps back; safety answers, complaint, title and code stay.

        Returns
        -------
        str
            What was done, in words.
        """
        return self._restore(self._past, self._undone, "Took the last change back.")

    def redo(self) -> str:
        """Make the change again that was taken back last.

        Returns
        -------
        str
            What was done, in words.
        """
        return self._restore(self._undone, self._past, "Made the change again.")

    def name(self, *, title: str | None = None, code: str | None = None) -> str:
        """Set the title or the client's code.

        Parameters
        ----------
        title, code : str, optional
            None leaves it as it is.

        Returns
        -------
        str
            Empty.
        """
        values = {"title": title, "code": code}
        named = {name: value.strip() for name, value in values.items() if value is not None}
        return self._put(draft=replace(self.visit.draft, **named))

    def _edit(self, routine: Routine) -> str:
        """Take a change that was made to what the safety answers left of the draft."""
        draft = merged(self.visit.draft, self.routine, routine)
        if draft == self.visit.draft:
            return ""
        self._remember()
        return self._put(draft=draft)

    def _take(self, visit: Visit) -> str:
        """Take a visit; what was confirmed of a complaint that is over does not come back by undoing either."""
        complaint = self.complaint
        said = super()._take(visit)
        if self.complaint != complaint:
            self._past = [still_meant(each, self.complaint) for each in self._past]
            self._undone = [still_meant(each, self.complaint) for each in self._undone]
        return said

    def _remember(self) -> None:
        self._past = [*self._past[1 - MOST_UNDO :], self.visit.draft]
        self._undone = []

    def _restore(self, of: list[Routine], to: list[Routine], told: str) -> str:
        if not of:
            return ""
        now = self.visit.draft
        to.append(now)
        return f"{told} {self._put(draft=replace(of.pop(), title=now.title, code=now.code))}".strip()


def _offer(place: int, point: str, found: Suggestions, numbers: dict[tuple[str, str], int]) -> Offer:
    side, is_offered = found.offering.side(point), found.offering.verdict(point).is_allowed
    places = ((point, each) for each in sides_touched(side))
    number = min((numbers[each] for each in places if each in numbers), default=0)
    rounds, letter = divmod(place, len(LETTERS))
    sign = str(number) if number else LETTERS[letter] * (rounds + 1)
    return Offer(sign, point, side, is_offered, bool(number), found)
