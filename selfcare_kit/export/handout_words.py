"""All that a handout says, in the order it says it, before anything is set or drawn.

Plain text throughout; escaping is the template's work.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from selfcare_kit.clinic import Clinic
from selfcare_kit.export.client_texts import Texts, supervised_by, texts_for
from selfcare_kit.export.diary import Session, sessions_of
from selfcare_kit.export.guidance import Care, Help, care_of, help_of, rules_of, sources_of
from selfcare_kit.export.page import date_words, fill, imprint
from selfcare_kit.export.videos import Video, videos_of
from selfcare_kit.export.wording import Line, StepText, step_text
from selfcare_kit.routine import Routine

LABELS = ("where", "how", "note", "tool", "care")


class PrintedStep(NamedTuple):
    """A step as it stands on the page: `how` and `dose` say only what nothing above has said.

    `care` are the cautions of the step where they stand with it, and `picture` its own picture,
    an `svg` element.
    """

    number: int
    words: StepText
    how: str
    dose: tuple[Line, ...]
    videos: tuple[Video, ...]
    care: tuple[str, ...] = ()
    picture: Any = ""


class HandoutWords(NamedTuple):
    """What a handout says. `shared` is the dose all steps have; `care` are cautions by step numbers."""

    title: str
    client: str
    made_on: str
    label: dict[str, str]
    rules: tuple[str, ...]
    care: tuple[Care, ...]
    caption: str
    shared: tuple[Line, ...]
    total: str
    steps: tuple[PrintedStep, ...]
    help: tuple[Help, ...]
    diary_hint: str
    sessions: tuple[Session, ...]
    about: str
    sources: str
    imprint: dict[str, str]
    clinic: Clinic

    @property
    def has_clinic(self) -> bool:
        """Whether a clinic stands at the head of the page."""
        return bool(self.clinic.name or self.clinic.contact or self.clinic.logo)

    @property
    def footer(self) -> tuple[tuple[str, bool], ...]:
        """The small print at the foot: texts, and whether each is set bold."""
        sources = f"; {self.sources}" if self.sources else ""
        return (
            (self.about, False),
            (f" {self.imprint['review']} {self.label['sources']}", True),
            (f" {self.imprint['guide_version']}{sources}. {self.clinic.footer}".rstrip(), False),
        )


def handout_words(
    routine: Routine,
    *,
    client: str,
    language: str,
    clinic: Clinic,
    today: datetime.date,
    is_long: bool = False,
    has_figure: bool = True,
    has_pictures: bool = False,
) -> HandoutWords:
    """Return what a handout says.

    Parameters
    ----------
    routine : Routine
        With at least one step.
    client : str
        Name or code to print; empty for none.
    language : str
        Such as `"en"`.
    clinic : Clinic
        The clinic's settings.
    today : date
        The day it is made.
    is_long : bool, default=False
        Whether there is room for whole sentences about when to get help.
    has_figure : bool, default=True
        Whether the page shows the body.
    has_pictures : bool, default=False
        Whether each step has a picture and room of its own, so that it tells all of itself.

    Returns
    -------
    HandoutWords
        In the client's language.
    """
    texts = texts_for(routine, language)
    words = [step_text(step, routine.guide, language) for step in routine.steps]
    care = tuple(care_of(routine, language))
    shared = tuple(line for line in words[0].dose if all(line in each.dose for each in words))
    steps = _steps(routine, words, shared, texts, clinic)
    if has_pictures:
        steps = tuple(_alone(step, care) for step in steps)
        care = tuple(each for each in care if not each.steps)
    minutes = -(-routine.total_seconds // 60)
    captions = ["handout.figure.sides", "handout.figure.search"] if has_figure else []
    captions += ["handout.video.hint"] if any(step.videos for step in steps) else []
    return HandoutWords(
        title=title_of(routine, texts),
        client=fill(texts["handout.for_client"], {"client": client}) if client else "",
        made_on=fill(texts["handout.made_on"], {"date": date_words(today, texts)}),
        label=_labels(texts),
        rules=rules_of(routine, language),
        care=care,
        caption=" ".join(texts[key] for key in captions),
        shared=tuple((label_of(name, texts), value) for name, value in shared),
        total=fill(texts["handout.total_one" if minutes == 1 else "handout.total"], {"minutes": minutes}),
        steps=steps,
        help=_help(texts, clinic, is_long),
        diary_hint=texts["handout.diary.hint"],
        sessions=() if supervised_by(routine, texts) else sessions_of(routine, max(routine.date, today), language),
        about=f"{texts['handout.what_this_is']} {texts['handout.not_a_diagnosis']}",
        sources=sources_of(routine, language),
        imprint=imprint(routine.guide, routine.guide_version, texts),
        clinic=clinic,
    )


def label_of(name: str, texts: Texts) -> str:
    """Return a label as a language writes it before its text, such as "Where:"."""
    return fill(texts["punctuation.label"], {"label": name})


def title_of(routine: Routine, texts: Texts) -> str:
    """Return what stands at the head of a client's page."""
    title = routine.title or texts["handout.title_default"]
    reason = supervised_by(routine, texts)
    return fill(texts[f"caution.{reason}.title"], {"title": title}) if reason else title


def _help(texts: Texts, clinic: Clinic, is_long: bool) -> tuple[Help, ...]:
    """Return the boxes of help: the same on every page of a clinic for clients who came with the same."""
    kept = texts.kept.setdefault("help", {})
    key = (is_long, clinic.phone, clinic.emergency_number, clinic.urgent_number)
    if key not in kept:
        kept[key] = help_of(texts, clinic, is_long=is_long)
    return kept[key]


def _labels(texts: Texts) -> dict[str, str]:
    if "labels" not in texts.kept:
        labels = {name: label_of(texts[f"handout.step.{name}"], texts) for name in LABELS}
        labels["care_title"] = texts["handout.step.care"]
        labels["rules"] = texts["handout.before_you_start.title"]
        labels["diary"] = texts["handout.diary.title"]
        labels["sources"] = label_of(texts["handout.sources"], texts)
        texts.kept["labels"] = labels
    return texts.kept["labels"]


def _steps(
    routine: Routine, words: list[StepText], shared: tuple[Line, ...], texts: Texts, clinic: Clinic
) -> tuple[PrintedStep, ...]:
    """Say once what several steps share: a dose, a way to do it, a video."""
    same_as = texts.get("handout.step.same_as", "")
    first_with: dict[str, int] = {}
    told: set[str] = set()
    steps = []
    for number, (step, each) in enumerate(zip(routine.steps, words, strict=True), start=1):
        # That one starts light is a rule already.
        own = {texts["handout.step.how_hard"]: fill(texts["handout.pressure.own"], {"pressure": step.pressure})}
        first = first_with.setdefault(each.how, number)
        # What a tool is need not be explained twice.
        plain = each._replace(tool=_plain(each.tool)) if each.tool in told else each
        told.add(each.tool)
        how = fill(same_as, {"number": first}) if same_as and first < number else plain.how
        dose = tuple(
            (label_of(name, texts), own.get(name, value)) for name, value in each.dose if (name, value) not in shared
        )
        found = videos_of(step.point, each.technique, routine.guide, clinic)
        videos = tuple(video for video in found if video.url not in told)
        told.update(video.url for video in videos)
        steps.append(PrintedStep(number, plain, how, dose, videos))
    return tuple(steps)


def _plain(tool: str) -> str:
    """Return a tool without the words in brackets."""
    name, bracket, rest = tool.partition("(")
    return f"{name.strip()}{rest.partition(')')[2]}" if bracket else tool


def _alone(step: PrintedStep, care: tuple[Care, ...]) -> PrintedStep:
    own = tuple(each.text for each in care if step.number in each.steps)
    how = f"{step.words.position} {step.words.work}".strip()
    return step._replace(how=how, care=own)
