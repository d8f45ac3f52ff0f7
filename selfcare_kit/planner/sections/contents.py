"""The bar above: one search that adds anything, last visit's file, a new client, undo, and what is urgent."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.errors import InvalidValueError, check_choice
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.plan.search import Match, Matches, describe
from selfcare_kit.plan.sentence.sentence import Sentence, read_sentence
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section, text_of
from selfcare_kit.planner.visit import complaint, steps
from selfcare_kit.planner.visit.opening import new_client, open_file, open_files, resume
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import ACTION_WORDS, SIDE_CHOICES

MOST_RESULTS = 9
# What can be done by its name: a key and its words. The page presses the button with that `data-key`, except for those
# whose button is not always there.
COMMANDS = (
    ("print", "Print the handout"), ("best", "Add the best five"), ("new", "New client"), ("clinic", "Clinic settings"),
    ("undo", "Undo the last change"), ("group", "Group by position"),
)  # fmt: skip
WITHOUT_BUTTON = {"best": steps.add_best, "group": steps.group_by_position}
MIN_LETTERS_OF_COMMAND = 3


class Result(NamedTuple):
    """A result of the search as it is listed: what it is stands at the right."""

    kind: str
    id: str
    label: str
    note: str
    what: str


class ContentsBar(Section):
    """The bar; it shows which guide is open."""

    template = "contents.html"
    quiet = frozenset({"find", "never_mind"})

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        # What was typed, what it says, and what it can mean.
        self._typed = ""
        self._said = Sentence()
        self._found: Matches | None = None
        # What is to be added once its side is known.
        self._asking: Match | None = None
        # Whether the routine is to be left for a new client.
        self._asks_new = False
        # The session of an earlier planner in this kernel, or its record from the page's memory.
        self.earlier: Session | None = None
        self._examples = _examples(session.guide)

    def begin_anew(self) -> None:
        """Ask no more about the client before."""
        self._asks_new = False

    def values(self) -> dict[str, Any]:
        """Return the guide, the results of the search, what it asks, and what is urgent."""
        session, now = self.session, self.session.now
        found = self._found
        return {
            "guide": session.guide,
            "examples": self._examples,
            "typed": self._typed,
            "results": [*map(self._result, found or ()), *self._commands()],
            "understood": self._understood(),
            "nothing": found.message if found is not None and not found and not self._commands() else "",
            "asks_side": self._asking,
            "sides": SIDE_CHOICES,
            "accept": ",".join(f".{kind}" for kind in session.platform.reads),
            "can_undo": session.can_undo,
            "can_redo": session.can_redo,
            "urgent": now.urgent,
            "urgent_words": now.obstacle if now.is_urgent else "",
            "emergency_number": self._emergency_number(),
            "action_words": ACTION_WORDS,
            "asks_new": self._asks_about_new(),
            "has_steps": bool(now.steps),
            "found_again": self._found_again(),
        }

    def _understood(self) -> str:
        """Return the side, the sensations and the pain that were typed, in words."""
        said, sensations = self._said, self.session.guide.records.sensations
        pain = "" if said.pain is None else f"pain {said.pain}"
        unclear = f"not understood: {', '.join(said.left_over)}" if said.left_over else ""
        felt = (sensations[id].label.lower() for id in said.sensations)
        return " · ".join(filter(None, (said.side, *felt, pain, unclear)))

    def _commands(self) -> list[Result]:
        """Return the commands one of whose words begins as what was typed."""
        typed = self._found.word.lower() if self._found is not None else ""
        if len(typed) < MIN_LETTERS_OF_COMMAND:
            return []
        found = [(key, words) for key, words in COMMANDS if f" {typed}" in f" {words.lower()}"]
        return [Result("command", key, words, "", "do it") for key, words in found]

    def _result(self, match: Match) -> Result:
        number = next((i for i, step in enumerate(self.session.now.steps, start=1) if step.point == match.id), 0)
        what = f"step {number}" if number else describe(match, self.session.guide)
        named = match.note or (match.word if match.word.lower() not in (match.id, match.label.lower()) else "")
        label = match.label[:1].upper() + match.label[1:]
        if match.kind == "acupoint":
            return Result(match.kind, match.id, label, f"{what} Not a place to press.", "acupuncture point")
        return Result(match.kind, match.id, label, named, what)

    def do_find(self, event: Event) -> None:
        """Search for what is typed: a name, or a short sentence such as "hip side l ache 6"."""
        typed = self._typed = text_of(event).strip()
        self._asking = None
        self._said = read_sentence(typed, self.session.guide) if typed else Sentence()
        meant = (self._said.match, *self._said.alternatives)
        found = tuple(match for match in meant if match is not None)
        self._found = Matches(typed, found[:MOST_RESULTS]) if typed else None

    def _emergency_number(self) -> str:
        """Return the clinic's emergency number while anything is an emergency."""
        if not any(item.action == "emergency" for item in self.session.now.urgent):
            return ""
        return self.session.clinic.emergency_number

    def _is_anything_lost(self) -> bool:
        """Return whether a new client would drop something that is in no file."""
        session, visit = self.session, self.session.visit
        return session.is_at_risk or (not session.now.steps and bool(visit.areas or visit.yes or visit.asked))

    def _asks_about_new(self) -> str:
        """Return what would be lost with a new client; nothing unless it was asked for."""
        if not self._asks_new:
            return ""
        return f"{self.session.called}: in no file yet."

    def _found_again(self) -> str:
        """Return an unfinished plan in a few words; nothing while it would replace steps of this one."""
        if self.session.now.steps:
            return ""
        kept = self.session.kept
        return self.earlier.called if self.earlier else kept[0] if kept else ""

    def do_take(self, event: Event) -> str | None:
        """Add a result of the search, list what it leads to, or ask for its side."""
        kind, _, id = text_of(event, "id").partition(":")
        if kind == "command" and id in dict(COMMANDS):
            return self._take_command(id)
        match = next((each for each in self._found or () if (each.kind, each.id) == (kind, id)), None)
        return None if match is None else self._take(match, self._said.side)

    def _take_command(self, key: str) -> str | None:
        self._clear()
        if key in WITHOUT_BUTTON:
            return self.session.do(WITHOUT_BUTTON[key])
        self.widget.send_to_sender({"press": key})
        return None

    def do_enter(self, event: Event) -> str | None:
        """Add the first that was typed can mean, as Enter does before the results are there."""
        self.do_find(event)
        first = next(iter(self._found or ()), None)
        return None if first is None else self._take(first, self._said.side)

    def do_side(self, event: Event) -> str | None:
        """Add what waits for its side."""
        match, self._asking = self._asking, None
        return None if match is None else self._take(match, check_choice("side", text_of(event, "id"), STEP_SIDES))

    def do_never_mind(self, _: Event) -> None:
        """Add nothing."""
        self._asking = None

    def _take(self, match: Match, side: str) -> str | None:
        if match.kind in ("muscle", "acupoint") and match.points != (match.id,):
            return self._take_points(match, side)
        if match.kind == "template":
            return self._done(self.session.do(steps.start_from_template, match.id))
        if match.kind == "area":
            return self._take_area(match, side)
        try:
            return self._done(self.session.do(steps.add, match.id, side))
        except InvalidValueError:
            if side or not self._lacks_side(match.id):
                raise
            self._asking, self._found = match, None
            return None

    def _lacks_side(self, point: str) -> bool:
        """Return whether only the side stands between a point and the routine."""
        try:
            self.session.now.routine.add(point, side="left")
        except InvalidValueError:
            return False
        return True

    def _take_points(self, match: Match, side: str) -> str | None:
        """List the points of a muscle or near an acupuncture point; add the only one."""
        guide = self.session.guide
        found = tuple(Match("point", id, guide.point(id).label, id, "", (id,)) for id in match.points)
        if len(found) == 1 and match.kind == "muscle":
            return self._take(found[0], side)
        self._found = Matches(match.label, found)
        return None if found else f"No point of this guide lies near {match.label}."

    def _take_area(self, match: Match, side: str) -> str | None:
        session = self.session
        is_paired = session.guide.records.areas[match.id].paired
        if is_paired and not side and not session.visit.shared_side:
            self._asking, self._found = match, None
            return None
        message = session.do(complaint.describe_area, match.id, side, self._said.sensations, self._said.pain)
        session.take_in_hand(match.id)
        return self._done(f"Added {match.label}. {message}".rstrip())

    def _done(self, message: str) -> str:
        """Empty the search after something was added."""
        self._clear()
        self.focus = "find"
        return message

    def _clear(self) -> None:
        """Empty the search, unless something else has been typed meanwhile."""
        self.widget.send_to_sender({"clear": self._typed})
        self._typed, self._said, self._found = "", Sentence(), None

    def do_open(self, event: Event) -> str:
        """Open a saved routine or handout, or all files of one client."""
        # A name has no line break.
        files = list(zip(text_of(event).split("\n"), map(bytes, event["buffers"]), strict=False))
        if len(files) > 1:
            return self.session.begin(open_files, files)
        name, content = files[0] if files else (text_of(event), b"")
        return self.session.begin(open_file, content, name)

    def do_new(self, _: Event) -> str | None:
        """Begin with a new client, asking first when what was put in is in no file yet."""
        if self._is_anything_lost():
            self._asks_new, self.focus = True, "stay"
            return None
        return self.do_drop(_)

    def do_clinic(self, _: Event) -> None:
        """Open the form of the clinic's settings, or close it."""
        self.session.shows_clinic = not self.session.shows_clinic

    def do_stay(self, _: Event) -> None:
        """Stay with this client."""
        self._asks_new = False

    def do_drop(self, _: Event) -> str:
        """Begin with a new client."""
        self.focus = "find"
        return self.session.begin(new_client)

    def do_save_and_new(self, _: Event) -> None:
        """Save a file of the steps, then begin with a new client."""
        self.session.is_new_awaited = True
        self.widget.send_to_sender({"press": "file-json"})
        self._asks_new = False

    def do_go_on(self, _: Event) -> str:
        """Go on with the unfinished visit."""
        if not self._found_again():
            return ""
        earlier, kept = self.earlier, self.session.kept
        self.earlier = self.session.kept = None
        if earlier is not None:
            return self.session.begin(resume, earlier.visit)
        return self.session.begin(open_file, kept[1], "routine.json") if kept else ""

    def do_forget(self, _: Event) -> None:
        """Leave the unfinished visit, which the page then keeps no more."""
        self.earlier = self.session.kept = None
        self.session.is_kept_dropped = True

    def do_undo(self, _: Event) -> str:
        """Undo the last change."""
        return self.session.undo()

    def do_redo(self, _: Event) -> str:
        """Redo the change that was undone last."""
        return self.session.redo()


def _examples(guide: Guide) -> str:
    """Return what can be typed, as examples from the guide: an area, a muscle and an acupuncture point."""
    firsts = (guide.records.areas, guide.records.muscles, guide.records.acupoints)
    records = [next(iter(each.values()), None) for each in firsts]
    names = [getattr(record, "label", "") or getattr(record, "name", "") or record.id for record in records if record]
    return ", ".join(name[:1].lower() + name[1:] if name != name.upper() else name for name in names)
