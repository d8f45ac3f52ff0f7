"""The safety questions: some word for word, the rest as labels, each recorded as its button says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from selfcare_kit.errors import check_choice
from selfcare_kit.guide.records import Rule
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section, text_of
from selfcare_kit.planner.visit import answers
from selfcare_kit.planner.visit.derive import Derived, questions_by_id
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import ACTION_WORDS, count_of, name_of_concern
from selfcare_kit.safety.questions import questions

ALOUD, RELATED, OTHERS, SHEET = "aloud", "related", "others", "sheet"
# What is recorded of how the questions of a group were asked.
HOW = {ALOUD: "aloud", RELATED: "label", OTHERS: "label", SHEET: "sheet"}
BUTTONS = {
    ALOUD: "Asked aloud: no to {number}",
    RELATED: "No to {number}",
    OTHERS: "No to {number}",
    SHEET: "The other {count} are not marked",
}


class Asked(NamedTuple):
    """A question, whether it was answered yes, whether it was asked today, and its number on the client's sheet."""

    rule: Rule
    is_yes: bool
    is_asked: bool
    number: int

    @property
    def answer(self) -> str:
        """The answer as the page shows it; empty when it was not asked today."""
        return "yes" if self.is_yes else "no" if self.is_asked else ""


class Group(NamedTuple):
    """Questions that are asked together, and the button that records no for the rest of them."""

    key: str
    title: str
    questions: tuple[Asked, ...]

    @property
    def ids(self) -> str:
        """The ids of the questions that its button records, as it sends them."""
        return " ".join(each.rule.id for each in self.recorded)

    @property
    def recorded(self) -> tuple[Asked, ...]:
        """The questions that its button records: those not asked yet, all once all were; a sheet always as a whole."""
        left = tuple(each for each in self.questions if not each.is_asked)
        return self.questions if self.key == SHEET or all(each.is_yes for each in left) else left

    @property
    def button(self) -> str:
        """What its button says: how many questions it records no for."""
        count = sum(not each.is_yes for each in self.recorded)
        every = f"all {count}" if self.is_aloud else f"these {count}"
        number = f"the other {count}" if count < len(self.questions) else every
        return BUTTONS[self.key].format(number=number, count=count)

    @property
    def is_aloud(self) -> bool:
        """Whether its questions are read out in full."""
        return self.key == ALOUD

    @property
    def is_done(self) -> bool:
        """Whether all of them were asked."""
        return all(each.is_yes or each.is_asked for each in self.questions)

    @property
    def yes(self) -> str:
        """What applies, in words."""
        return ", ".join(each.rule.short_label or each.rule.label for each in self.questions if each.is_yes)


class SafetySection(Section):
    """The questions in groups, one group open at a time; one line once all were asked."""

    template = "safety.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self._areas = tuple(session.guide.records.areas.values())
        # As they are printed on the client's sheet.
        self._numbers = {each.id: number for number, each in enumerate(questions(guide=session.guide), start=1)}
        self._opened = ""
        self.has_sheet = False
        # Answers whose areas are being named, until somebody says that all are.
        self._placing: frozenset[str] = frozenset()

    def begin_anew(self) -> None:
        """Ask the next client, who has not filled in a sheet."""
        self.has_sheet, self._opened = False, ""

    def values(self) -> dict[str, Any]:
        """Return the questions, their answers, what follows from them, and whether all were asked today."""
        now = self.session.now
        visit = now.visit
        self._placing = frozenset(id for id in visit.yes if id in self._placing or id in now.pending)
        last = visit.last_routine.screening if visit.last_routine else None
        groups = self._groups(now) if self.session.stage == "safety" else ()
        return {
            "groups": groups,
            "opened": self._opened_group(groups),
            "has_sheet": self.has_sheet,
            "areas": self._areas,
            "action_words": ACTION_WORDS,
            "where": visit.where,
            "pending": self._pending_out_of_sight(now, groups),
            "to_ask": len(now.to_ask),
            "summary": self._summary(now),
            "state": _state(now),
            "findings": now.findings,
            "findings_words": ", ".join(name_of_concern(each, visit.guide) for each in now.findings),
            "implied": {finding.id for finding in now.findings} - {*visit.yes},
            "last_yes": last.yes if last else (),
            "last_applied": self._labels(last.yes) if last else "",
            "last_date": last.date.isoformat() if last else "",
            "is_open": self.session.stage == "safety",
            "concerns": [self._concern(item.id, name_of_concern(item, visit.guide)) for item in now.to_clear],
            "agreed_by": visit.agreed_by,
            "urgent": [(item.id, ACTION_WORDS[item.action], item.id in visit.yes) for item in now.urgent],
        }

    def _labels(self, ids: Iterable[str]) -> str:
        known = questions_by_id(self.session.visit)
        return ", ".join(known[id].short_label or known[id].label for id in ids if id in known)

    def _summary(self, now: Derived) -> str:
        applies = self._labels(now.visit.yes)
        if now.to_ask:
            return f"{len(now.to_ask)} to ask" + (f" · yes: {applies}" if applies else "")
        day = "today" if now.is_screened_today else f"on {now.visit.asked_on}"
        return f"Asked {day} · {f'yes: {applies}' if applies else 'no to all'}"

    def _groups(self, now: Derived) -> tuple[Group, ...]:
        """Return the questions as on the client's sheet, or what the complaint raises first."""
        asked = self._asked(now)
        if self.has_sheet:
            return (Group(SHEET, "Tick what is marked", tuple(asked[id] for id in self._numbers)),)
        ordered = questions(now.complaint, yes=now.visit.yes, guide=now.visit.guide)
        aloud = {each.id for each in ordered if each.is_core} | {id for alert in now.alerts for id in alert.asks}
        related = {each.id for each in ordered if each.is_relevant and now.complaint} - aloud
        groups = []
        for key, title, ids in (
            (ALOUD, "Word for word", aloud),
            (RELATED, f"About {_about(now)}", related),
            (OTHERS, "Everything else", asked.keys() - aloud - related),
        ):
            members = tuple(asked[each.id] for each in ordered if each.id in ids and each.id in asked)
            if members:
                groups.append(Group(key, title, members))
        return tuple(groups)

    def _asked(self, now: Derived) -> dict[str, Asked]:
        visit = now.visit
        counts = visit.asked if visit.asked_on == now.today else {}

        rules = questions_by_id(visit)
        return {id: Asked(rules[id], id in visit.yes, id in counts, number) for id, number in self._numbers.items()}

    def _pending_out_of_sight(self, now: Derived, groups: tuple[Group, ...]) -> list[Rule]:
        """Return the answers whose areas are being named and that are in no group which is open."""
        opened = self._opened_group(groups)
        shown = {each.rule.id for group in groups if group.key == opened for each in group.questions}
        return [questions_by_id(now.visit)[id] for id in now.visit.yes if id in self._placing and id not in shown]

    def _opened_group(self, groups: tuple[Group, ...]) -> str:
        """Return the key of the group that is open: the one chosen, else the first that is not done."""
        keys = [group.key for group in groups]
        if self._opened in keys:
            return self._opened
        return next((group.key for group in groups if not group.is_done), "")

    def _concern(self, id: str, label: str) -> dict[str, str]:
        """Return a finding or an alert to look at, with what was ruled out for it."""
        ruled_out = self.session.visit.ruled_out.get(id)
        return {"id": id, "label": label, "text": ruled_out.text if ruled_out else ""}

    def do_answer(self, event: Event) -> str:
        """Set an answer to yes or no."""
        return self.session.do(answers.answer, text_of(event, "id"), event.get("value") is True)

    def do_no(self, event: Event) -> str:
        """Record that one question was asked and does not apply."""
        id = text_of(event, "id")
        return self.session.do(answers.answer_no, id, HOW.get(text_of(event), ""))

    def do_slip(self, event: Event) -> str:
        """Take an answer back, so that it is asked again."""
        return self.session.do(answers.take_back, (text_of(event, "id"),))

    def do_place(self, event: Event) -> str:
        """Add an area to those an answer is about, or remove it."""
        id, area = text_of(event, "id"), text_of(event, "area")
        others = [each for each in self.session.visit.where.get(id, ()) if each != area]
        return self.session.do(answers.name_areas, id, [*others, area] if event.get("value") is True else others)

    def do_placed(self, event: Event) -> None:
        """Say that all areas of an answer are named."""
        self._placing -= {text_of(event, "id")}

    def do_confirm(self, event: Event) -> str:
        """Record that a group of questions, all when none is named, was asked and only what is ticked applies."""
        session, key = self.session, text_of(event, "id")
        groups = {group.key: group for group in self._groups(session.now)}
        group = groups[check_choice("group", key, tuple(groups))] if key else None
        members = group.questions if group else tuple(self._asked(session.now).values())
        # Only what stood beside the button: the complaint may have changed since it was drawn.
        shown = text_of(event).split()
        ids = tuple(each.rule.id for each in members if not shown or each.rule.id in shown)
        message = session.do(answers.confirm_answers, ids, HOW.get(key, ""))
        self._opened = ""
        recorded = sum(id not in session.visit.yes for id in ids)
        # An answer whose areas still have to be named stays in sight.
        if session.now.is_screened_today:
            session.stage = "points"
        self.focus = "open" if session.now.is_screened_today else self._first_question()
        return f"Recorded: no to {count_of(recorded, 'question')}. {message}".strip()

    def _first_question(self) -> str:
        """Return the key of the first question of the group that is open; its button comes after what it records."""
        groups = {group.key: group for group in self._groups(self.session.now)}
        opened = groups.get(self._opened_group(tuple(groups.values())))
        return f"box-{opened.questions[0].rule.id}" if opened else ""

    def do_open(self, event: Event) -> None:
        """Open the questions, or close them in favour of the points."""
        self.session.stage = "points" if text_of(event) == "close" else "safety"

    def do_group(self, event: Event) -> None:
        """Open a group of questions."""
        self._opened = text_of(event, "id")

    def do_sheet(self, event: Event) -> None:
        """Show the questions by their numbers on the client's sheet, or in the order of asking."""
        self.has_sheet, self._opened = text_of(event) == SHEET, ""

    def do_agree(self, event: Event) -> str:
        """Set the initials of the clinician who looked."""
        return self.session.do(answers.set_initials, text_of(event))

    def do_rule_out(self, event: Event) -> str:
        """Set what was ruled out for one finding or alert."""
        return self.session.do(answers.rule_out, text_of(event, "name"), text_of(event))


def _about(now: Derived) -> str:
    """Return the areas of a complaint in words, the first few of many."""
    areas = now.complaint.area_ids if now.complaint else ()
    labels = [now.visit.guide.records.areas[id].label.lower() for id in areas]
    return " and ".join(labels) if len(labels) < 3 else f"{labels[0]} and {len(labels) - 1} more"


def _state(now: Derived) -> str:
    """Return how far the questions are: bad, some, done, or empty before any was asked."""
    if now.is_urgent:
        return "bad"
    if now.is_screened_today:
        return "some" if now.not_cleared else "done"
    return "some" if now.visit.yes or now.visit.asked else ""
