"""The texts of a handout, before anything is laid out or drawn; `templates/handout.html` sets their order.

Plain text throughout; the template escapes it.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from selfcare_kit.clinics.profile import Clinic
from selfcare_kit.export.handout.cards import Card, card_of, tool_name
from selfcare_kit.export.handout.client_texts import Texts, supervised_by, texts_for
from selfcare_kit.export.handout.diary import Session, sessions_of
from selfcare_kit.export.handout.guidance import Help, care_of, help_of, rest_of, review_line, rules_of, sources_of
from selfcare_kit.export.handout.page import date_words, imprint, sentence
from selfcare_kit.export.handout.progress import Progress, ProgressTexts, progress_texts
from selfcare_kit.export.handout.videos import Video, videos_of
from selfcare_kit.export.handout.wording import how_often, step_text
from selfcare_kit.guide.languages import fill
from selfcare_kit.plan.plan import Plan

LABELS = ("where", "how", "note")


class DoseLine(NamedTuple):
    """A line of what all steps share, with the name of its icon; empty for none."""

    icon: str
    text: str


class Pain(NamedTuple):
    """The labels of the boxes in which the client writes how strong the pain is."""

    title: str
    today: str
    next_visit: str


class DiaryRows(NamedTuple):
    """The labels of a diary's two rows: a box to tick, and a box for the pain of the day."""

    done: str
    pain: str


class HandoutContent(NamedTuple):
    """The texts of a handout, by the names that the template has for them.

    `dose` is what all steps share; `care` are cautions for all steps, those of one step stand on its card; `muscles`
    are the Latin names, for clinicians.
    """

    title: str
    client: str
    made_on: str
    total: str
    label: dict[str, str]
    dose: tuple[DoseLine, ...]
    rules: tuple[str, ...]
    care: tuple[str, ...]
    caption: str
    cards: tuple[Card, ...]
    help: tuple[Help, ...]
    progress: ProgressTexts | None
    diary_hint: str
    sessions: tuple[Session, ...]
    diary_rows: DiaryRows | None
    pain: Pain | None
    muscles: str
    about: str
    sources: str
    imprint: dict[str, str]
    clinic: Clinic

    @property
    def has_clinic(self) -> bool:
        """Whether the page has a clinic at its head."""
        return bool(self.clinic.name or self.clinic.contact or self.clinic.logo)

    @property
    def footer(self) -> tuple[tuple[str, bool], ...]:
        """The small print at the foot in its order: texts, and whether each is bold."""
        sources = f"; {self.sources}" if self.sources else ""
        # A guide may have no names of muscles but those on the cards.
        muscles = ((self.label["muscles"], True), (f" {self.muscles}. ", False)) if self.muscles else ()
        return (
            *muscles,
            (self.about, False),
            (f" {self.imprint['review']} {self.label['sources']}", True),
            (f" {self.imprint['guide_version']}{sources}. {self.clinic.footer}".rstrip(), False),
        )


def handout_content(
    routine: Plan,
    *,
    client: str,
    language: str,
    clinic: Clinic,
    today: datetime.date,
    is_long: bool = False,
    has_figure: bool = True,
    has_pain_diary: bool = False,
    progress: Progress | None = None,
) -> HandoutContent:
    """Return the texts of a handout in a language; `client` is the name or code to print, empty for none."""
    texts = texts_for(routine, language)
    care = care_of(routine, language, is_short=not is_long)
    cards = _cards(routine, texts, language, clinic, is_long)
    cards = tuple(card._replace(care=tuple(item.text for item in care if card.number in item.steps)) for card in cards)
    is_short = not is_long and "handout.dose.hard" in texts
    return HandoutContent(
        title=title_of(routine, texts),
        client=fill(texts["handout.for_client"], {"client": client}) if client else "",
        made_on=fill(texts["handout.made_on"], {"date": date_words(today, texts)}),
        total=_total(routine, texts),
        label=_labels(texts),
        dose=_dose(routine, texts) if is_short else (),
        rules=rules_of(routine, language, is_short=is_short),
        care=tuple(item.text for item in care if not item.steps),
        caption=_caption(texts, has_figure, any(card.videos for card in cards), is_long),
        cards=cards,
        help=_help(texts, clinic, is_long),
        progress=progress_texts(progress, routine.guide, language) if progress else None,
        diary_hint=_diary_hint(texts, has_pain_diary),
        sessions=() if supervised_by(routine, texts) else sessions_of(routine, max(routine.date, today), language),
        diary_rows=DiaryRows(texts["handout.diary.done"], texts["handout.diary.pain"]) if has_pain_diary else None,
        # A diary with pain has a box for the pain of today.
        pain=None if has_pain_diary else _pain(texts),
        muscles=", ".join(f"{card.number} {card.latin}" for card in cards if card.latin),
        about=("" if is_long else texts.get("handout.about.short", ""))
        or f"{texts['handout.what_this_is']} {texts['handout.not_a_diagnosis']}",
        sources=sources_of(routine, language),
        imprint=imprint(routine.guide, routine.guide_version, texts, review_line(routine, language)),
        clinic=clinic,
    )


def label_of(name: str, texts: Texts) -> str:
    """Return a label as a language writes it before its text, such as "Where:"."""
    return fill(texts["punctuation.label"], {"label": name})


def title_of(routine: Plan, texts: Texts) -> str:
    """Return the title of a client's page."""
    title = routine.title or texts["handout.title_default"]
    reason = supervised_by(routine, texts)
    return fill(texts[f"caution.{reason}.title"], {"title": title}) if reason else title


def _total(routine: Plan, texts: Texts) -> str:
    minutes = -(-routine.total_seconds // 60)
    return fill(texts["handout.total_one" if minutes == 1 else "handout.total"], {"minutes": minutes})


def _caption(texts: Texts, has_figure: bool, has_videos: bool, is_long: bool) -> str:
    short = "" if is_long else texts.get("handout.figure.caption.short", "")
    figure = short or f"{texts['handout.figure.sides']} {texts['handout.figure.search']}"
    return " ".join([figure] * has_figure + [texts["handout.video.hint"]] * has_videos)


def _diary_hint(texts: Texts, has_pain: bool) -> str:
    if has_pain:
        return texts["handout.diary.pain_hint"]
    return texts.get("handout.diary.hint.short") or texts["handout.diary.hint"]


def _pain(texts: Texts) -> Pain | None:
    if "handout.pain.title" not in texts:
        return None
    return Pain(texts["handout.pain.title"], texts["handout.pain.today"], texts["handout.pain.next"])


def _help(texts: Texts, clinic: Clinic, is_long: bool) -> tuple[Help, ...]:
    """Return the help boxes, kept for the next page with the same texts and the same numbers."""
    kept = texts.kept.setdefault("help", {})
    key = (is_long, clinic.phone, clinic.emergency_number, clinic.urgent_number)
    if key not in kept:
        kept[key] = help_of(texts, clinic, is_long=is_long)
    return kept[key]


def _labels(texts: Texts) -> dict[str, str]:
    if "labels" not in texts.kept:
        labels = {name: label_of(texts[f"handout.step.{name}"], texts) for name in LABELS}
        labels["rules"] = texts["handout.before_you_start.title"]
        labels["diary"] = texts["handout.diary.title"]
        labels["sources"] = label_of(texts["handout.sources"], texts)
        labels["muscles"] = label_of(texts.get("handout.muscles", "Muscles"), texts)
        texts.kept["labels"] = labels
    return texts.kept["labels"]


def _dose(routine: Plan, texts: Texts) -> tuple[DoseLine, ...]:
    """Return what all steps share: how hard, how often, with what."""
    steps = routine.steps
    pressures, tools = {step.pressure for step in steps}, list(dict.fromkeys(step.tool for step in steps if step.tool))
    hard = "handout.dose.hard" if len(pressures) == 1 else "handout.dose.vary"
    lines = [DoseLine("", fill(texts[hard], {"pressure": max(pressures)}))]
    low, high = rest_of(routine)
    if _share_rest(routine):
        lines.append(
            DoseLine("days", fill(texts["handout.dose.days"], {"often": sentence(how_often(low, high, texts))}))
        )
    own_text = texts.get(f"handout.dose.tool.{tools[0]}") if len(tools) == 1 else None
    if tools:
        names = ", ".join(tool_name(tool, texts) for tool in tools)
        lines.append(DoseLine(tools[0], own_text or fill(texts["handout.dose.tools"], {"tools": names})))
    return tuple(lines)


def _share_rest(routine: Plan) -> bool:
    return len({(step.every_days_min, step.every_days_max) for step in routine.steps}) == 1


def _cards(routine: Plan, texts: Texts, language: str, clinic: Clinic, is_long: bool) -> list[Card]:
    """Return the cards; a video is printed with the first step that it shows."""
    printed: set[str] = set()
    cards = []
    for number, step in enumerate(routine.steps, start=1):
        technique = step_text(step, routine.guide, language).technique
        videos: tuple[Video, ...] = videos_of(step.point, technique, routine.guide, clinic)
        videos = tuple(video for video in videos if video.url not in printed)
        printed.update(video.url for video in videos)
        days = "" if _share_rest(routine) else how_often(step.every_days_min, step.every_days_max, texts)
        card = card_of(number, step, routine.guide, language, is_long=is_long)
        cards.append(card._replace(days=days, videos=videos))
    return cards
