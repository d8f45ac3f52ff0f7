"""What is asked for a new guide, in which order, and what each answer may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from selfcare_kit.guide.cells import Row, read_table
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.records import Rule
from selfcare_kit.guide.scaffold.muscles import known_muscle
from selfcare_kit.guide.scaffold.nearby import minded
from selfcare_kit.guide.schema import tables

Kind = Literal["text", "lines", "id", "ids", "number", "yes_no"]
# Answers so far, by the names of the questions.
Draft = Mapping[str, Any]
# What an answer may name, with its words.
Choices = Callable[[Draft], dict[str, str]]

ALL = "all"
# Where the answers of what is being asked about stand among those of the guide, such as those of a point.
ITEM = "item"
FLAG_ACTIONS = {"refer": "have it looked at first", "urgent": "seen today", "emergency": "right away"}


class Question(NamedTuple):
    """One thing that is asked.

    `choices` are the ids that an answer may name, `usual` is what counts without an answer, `after` names the question
    without whose answer this one is not asked, and `is_asked` returns whether the answers so far leave it open.
    """

    name: str
    text: str
    kind: Kind = "text"
    choices: Choices | None = None
    is_needed: bool = True
    usual: Callable[[Draft], Any] | None = None
    low: float = -60
    high: float = 60
    after: str = ""
    is_asked: Callable[[Draft], bool] | None = None


class Group(NamedTuple):
    """Questions that are asked again for each of several things, such as points."""

    name: str
    one: str
    questions: tuple[Question, ...]
    at_least: int = 0


def areas_of_body(draft: Draft) -> dict[str, str]:
    """Return the regions of the figure."""
    return {row["id"]: f"{row['label']}, {row['group']}" for row in _body_rows("areas")}


def landmarks(draft: Draft) -> dict[str, str]:
    """Return the landmarks of the body, and those of the author's own; of these, those before the one in hand."""
    before = takewhile(lambda each: each is not draft.get(ITEM), draft.get("landmarks", ()))
    own = {each["id"]: each["label"] for each in before if "id" in each and "label" in each}
    return {row["id"]: row["label"] for row in _body_rows("landmarks")} | own


def techniques(draft: Draft) -> dict[str, str]:
    """Return the techniques of the kit's guide."""
    return {technique.id: technique.label for technique in built_in().records.techniques.values()}


def tools(draft: Draft) -> dict[str, str]:
    """Return the tools of the chosen techniques."""
    records = built_in().records
    used = {id for name in draft.get("techniques", ()) for id in records.techniques[name].tools}
    return {tool.id: tool.label for tool in records.tools.values() if tool.id in used}


def positions(draft: Draft) -> dict[str, str]:
    """Return the positions of the chosen techniques."""
    records = built_in().records
    used = {id for name in draft.get("techniques", ()) for id in records.techniques[name].positions}
    return {position.id: position.label for position in records.positions.values() if position.id in used}


def red_flags(draft: Draft) -> dict[str, str]:
    """Return the red flags of the kit's guide that are asked."""
    return {rule.id: question_of(rule) for rule in built_in().records.red_flags.values() if not rule.all_of}


def cautions(draft: Draft) -> dict[str, str]:
    """Return the cautions of the kit's guide."""
    return {rule.id: question_of(rule) for rule in built_in().records.cautions.values()}


def question_of(rule: Rule) -> str:
    """Return what a rule is about and what it asks, or that it asks nothing."""
    return f"{rule.label}: {rule.question}" if rule.question else f"{rule.label} (asks nothing): {rule.message}"


def chosen(name: str, choices: Choices) -> Choices:
    """Return the function that returns what was chosen in an earlier answer."""
    return lambda draft: {id: words for id, words in choices(draft).items() if id in draft.get(name, ())}


def rules(draft: Draft) -> dict[str, str]:
    """Return the red flags and cautions of the new guide: those taken, and those of the author's own."""
    own = [*draft.get("own_red_flags", ()), *draft.get("own_cautions", ())]
    return {
        **chosen("red_flags", red_flags)(draft),
        **chosen("cautions", cautions)(draft),
        **{each["id"]: each["label"] for each in own if "id" in each and "label" in each},
    }


def touching(table: str) -> Callable[[Draft], list[str]]:
    """Return the function that returns the rules of a table that may matter for the chosen areas."""
    return lambda draft: [
        rule.id for rule in getattr(built_in().records, table).values() if _touches(rule, {*draft["areas"]})
    ]


def _touches(rule: Rule, areas: set[str]) -> bool:
    if rule.all_of:
        return False
    if rule.core or ALL in rule.ask_areas or not areas.isdisjoint(rule.ask_areas):
        return True
    if rule.ask_areas:
        return False
    if rule.ask_after and not rule.ask_sensations:
        return any(_touches(built_in().records.rules[id], areas) for id in rule.ask_after)
    # What needs its areas named is about any of them.
    return rule.is_everywhere or not rule.areas or not areas.isdisjoint(rule.areas)


def true_of_the_place(draft: Draft) -> list[str]:
    """Return the cautions, taken or of the author's own, that ask nothing and are about the place of the point."""
    answers = (draft.get(name, ()) for name in ("cautions", "own_cautions", "landmarks"))
    return [each.id for each in minded(draft.get(ITEM, {}), *answers) if each.is_proposed]


def has_no_client_name(draft: Draft) -> bool:
    """Return whether the kit has no words for clients for the muscle of the point."""
    return known_muscle(draft.get(ITEM, {}).get("muscle", "")) is None


def surfaces(draft: Draft) -> dict[str, str]:
    """Return the sides of the body on which a place may lie."""
    return dict.fromkeys(tables()["places"].columns["surface"].choices, "")


def _body_rows(name: str) -> tuple[Row, ...]:
    return read_table(data_folder() / "body" / f"{name}.csv", ("id", "label"))


def _all(choices: Choices) -> Callable[[Draft], list[str]]:
    return lambda draft: list(choices(draft))


def _number(name: str, text: str, usual: float, low: float = -60, high: float = 60, after: str = "") -> Question:
    return Question(name, text, "number", usual=lambda draft: usual, low=low, high=high, after=after)


_OWN_AREAS = chosen("areas", areas_of_body)
_OWN_TECHNIQUES = chosen("techniques", techniques)
_NO_IDS: Callable[[Draft], list[str]] = lambda draft: []  # noqa: E731  (a value of the table below)

QUESTIONS = (
    Question("title", "What is the guide about, as a client would say it"),
    Question("clinic", "Who writes it: your clinic"),
    Question("areas", "Areas where it may hurt or where a point lies", "ids", areas_of_body),
    Question("techniques", "Techniques to take from the kit's guide", "ids", techniques),
    Question("tools", "Tools", "ids", tools, usual=_all(tools)),
    Question("positions", "Positions", "ids", positions, usual=_all(positions)),
    Question(
        "red_flags",
        "Red flags to take from the kit's guide",
        "ids",
        red_flags,
        is_needed=False,
        usual=touching("red_flags"),
    ),
    Question(
        "cautions",
        "Cautions to take from the kit's guide",
        "ids",
        cautions,
        is_needed=False,
        usual=touching("cautions"),
    ),
    Question("emergency", "Get help right away: signs of your areas, in the client's words", "lines"),
    Question("today", "See a doctor today: signs", "lines", is_needed=False),
    Question("stop", "Stop and call us: signs", "lines", is_needed=False),
)
# From the landmark on, to a place or to another landmark.
_WAY = (
    Question("to_landmark", "To which landmark; none for cm only", "id", landmarks, is_needed=False),
    _number("fraction", "How far on the way, 0 to 1", 0, 0, 1, after="to_landmark"),
    _number("lateral", "Then cm outward (minus: inward)", 0),
    _number("up", "Then cm up (minus: down)", 0),
    _number("front", "Then cm to the front (minus: to the back)", 0),
)
RULE_QUESTIONS = (
    Question("id", "Id, such as X01"),
    Question("label", "What it is, for the clinician"),
    Question("message", "What the clinician does then"),
    Question("areas", "Areas it is about; none for all", "ids", _OWN_AREAS, is_needed=False, usual=_NO_IDS),
)
GROUPS = (
    Group(
        "landmarks", "landmark of your own",
        (
            Question("id", "Id, such as my_ridge"),
            Question("label", "What the hand feels there"),
            Question("from_landmark", "From which landmark", "id", landmarks),
            *_WAY,
        ),
    ),
    Group(
        "own_red_flags", "red flag of your own",
        (
            *RULE_QUESTIONS,
            Question("question", "What the client is asked"),
            Question("action", "What a yes leads to", "id", lambda draft: FLAG_ACTIONS),
        ),
    ),
    Group(
        "own_cautions", "caution of your own",
        (
            *RULE_QUESTIONS,
            Question("question", "What the client is asked; nothing if it is true of everybody", is_needed=False),
            Question("client", "What the page says about it"),
            Question("leave_out", "While it holds, nothing is pressed there", "yes_no", usual=lambda draft: False),
        ),
    ),
    Group(
        "points", "point",
        (
            Question("muscle", "Muscle"),
            Question(
                "muscle_client", "What clients call it, such as inner knee muscle; nothing for its name alone",
                is_needed=False, is_asked=has_no_client_name,
            ),
            Question("label", "Name of the point, for the clinician"),
            Question("from_landmark", "Place: from which landmark", "id", landmarks),
            *_WAY,
            Question("surface", "On which surface", "id", surfaces),
            Question("area", "Area it lies in", "id", _OWN_AREAS),
            Question("touches", "Other areas it reaches", "ids", _OWN_AREAS, is_needed=False, usual=_NO_IDS),
            Question("main", "Areas where its pain is felt mainly", "ids", _OWN_AREAS),
            Question("also", "Areas where it may be felt, too", "ids", _OWN_AREAS, is_needed=False, usual=_NO_IDS),
            Question("technique", "Technique", "id", _OWN_TECHNIQUES, usual=lambda draft: draft["techniques"][0]),
            _number("pressure", "Pressure, of 10", 4, 1, 5),
            Question("cautions", "What to mind here", "ids", rules, is_needed=False, usual=true_of_the_place),
            Question("client", "How the client finds it, in a sentence or two"),
        ),
        at_least=1,
    ),
)  # fmt: skip
