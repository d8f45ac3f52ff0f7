"""What is left to do with a new guide, in words: what was taken, what is estimated, what speaks of other parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from selfcare_kit.guide.cells import Row
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.landmarks.offsets import offset_words
from selfcare_kit.guide.problems.find import Problem
from selfcare_kit.guide.scaffold.answers import Answers
from selfcare_kit.guide.scaffold.nearby import minded
from selfcare_kit.guide.scaffold.questions import landmarks, question_of, touching
from selfcare_kit.guide.scaffold.rows import guide_id, muscles_of, point_ids, rows_of, texts_of
from selfcare_kit.guide.scaffold.taken import KIT

LIST_NAME = "TO DO.txt"
# How the ids of areas begin that a word of the kit's English texts speaks of, those beside a joint included.
PARTS = {
    r"legs?": ("thigh", "knee", "shin", "calf", "achilles", "ankle", "foot", "heel"),
    r"foot|feet|toes?": ("foot", "heel", "big_toe", "lesser_toes", "ankle", "shin", "calf", "achilles"),
    r"calf|calves": ("calf", "achilles", "shin"), r"thighs?": ("thigh", "knee", "buttock", "hip", "groin"),
    r"hips?|buttocks?|groin": ("hip", "buttock", "groin", "thigh", "sacrum", "low_back"),
    r"knees?": ("knee", "thigh", "calf", "shin"), r"ankles?": ("ankle", "foot", "heel", "achilles", "calf", "shin"),
    r"low back": ("low_back", "sacrum", "tailbone", "buttock"), r"neck": ("neck", "head", "shoulder"),
    r"shoulders?|arms?": ("shoulder", "upper_arm", "elbow", "forearm", "hand", "neck"),
}  # fmt: skip
_RULES = ("red_flags", "cautions")
_LEAFLET_KEY = re.compile(r"'(leaflet\.[^']+)'")
_CLIENT_TEXT = re.compile(r"(caution|flag|technique)\.[^.]+")


def what_is_left(answers: Answers, notes: Iterable[Problem] = ()) -> str:
    """Return the list for the author, as a text file holds it; `notes` are those of `check_guide`."""
    notes = tuple(notes)
    rows = rows_of(answers)
    parts = [
        f"{answers.title}: what is left to do\n\nNo clinician has reviewed this guide. Every page says so until "
        '"reviewed_by" in guide.toml names who has.\nAfter each change run: selfcare-kit check FOLDER',
        _section("Read every place on the figure: each is your own estimate (places.csv)", _places(answers)),
        _section(
            "Read what to mind at each place (cautions in points.csv): where the kit's tables know near which landmark "
            "a caution holds, it goes by distance, the search area included, and else by area",
            _minded(answers),
        ),
        _section(
            f"Read what was taken from the kit's guide {built_in().id}: it is marked {KIT} in the column source, and "
            "speaks of its own complaint",
            _taken(rows),
        ),
        _section(
            "These speak of parts of the body that are not among your areas: reword what your clients would not "
            "understand. A question about safety may well ask of another part: take none out for the part alone",
            elsewhere(answers.areas, rows, texts_of(answers)),
        ),
        _section("Write what is missing", [*_missing(answers), *_leaflet(answers, notes)]),
        _section("See what the check notes", (str(note) for note in notes if "leaflet" not in note.message)),
        _section(
            "See whether these should be asked, too: the kit has them, and you did not take them", _not_taken(answers)
        ),
        _section(
            "Have somebody like your clients read these sentences (text/en.csv); then other languages can follow",
            _sentences(answers),
        ),
    ]
    return "\n\n\n".join(part for part in parts if part) + "\n"


def elsewhere(areas: Iterable[str], rows: Mapping[str, list[Row]], texts: Mapping[str, str]) -> list[str]:
    """Return what is asked or told that speaks of parts of the body near which none of the areas lies."""
    words = (word for word, starts in PARTS.items() if not any(area.startswith(starts) for area in areas))
    foreign = re.compile(rf"\b({'|'.join(words) or '(?!)'})\b", re.IGNORECASE)
    columns = {**dict.fromkeys(_RULES, ("question", "more")), "sensations": ("alert_message",)}
    found = [
        (f"{name}.csv, {row['id']}, {column}", row.get(column, ""))
        for name, looked_at in columns.items() for row in rows.get(name, ()) for column in looked_at
    ]  # fmt: skip
    # Short and other forms of a text follow it.
    found += [(f"text/en.csv, {key}", text) for key, text in texts.items() if _CLIENT_TEXT.fullmatch(key)]
    return [f"{where} ({named}): {text}" for where, text in found if (named := _words(foreign, text))]


def _words(foreign: re.Pattern[str], text: str) -> str:
    return ", ".join(dict.fromkeys(match[0].lower() for match in foreign.finditer(text)))


def _section(title: str, lines: Iterable[str]) -> str:
    lines = list(lines)
    return "\n".join([f"{title}:", "", *(f"[ ] {line}" for line in lines)]) if lines else ""


def _places(answers: Answers) -> list[str]:
    names = landmarks({"landmarks": [{"id": each.id, "label": each.label} for each in answers.landmarks]})
    found = []
    for id, point in point_ids(answers).items():
        way = f"at {names[point.from_landmark]}"
        if point.to_landmark:
            way = f"{point.fraction:.0%} of the way from {names[point.from_landmark]} to {names[point.to_landmark]}"
        moved = offset_words(point.lateral, point.up, point.front).values()
        found.append(f"{id}: {', '.join([way, *moved])}, surface {point.surface}")
    return found


def _minded(answers: Answers) -> Iterator[str]:
    """Yield what is proposed as true of each place and what is not, why, and what the author decided."""
    own, landmarks = ([*map(vars, each)] for each in (answers.own_cautions, answers.landmarks))
    for id, point in point_ids(answers).items():
        for each in minded(vars(point), answers.cautions, own, landmarks):
            proposed = "proposed" if each.is_proposed else "not proposed"
            is_taken = each.id in point.cautions
            decided = "" if is_taken == each.is_proposed else "; you named it" if is_taken else "; you left it out"
            yield f"{id}, {each.id} {each.label}: {proposed}, {each.why}{decided}"


def _taken(rows: Mapping[str, list[Row]]) -> list[str]:
    taken = {
        name: [row[_key(name)] for row in found if row.get("source") == KIT]
        for name, found in rows.items()
        if name != "sources"
    }
    return [f"{name}.csv: {', '.join(ids)}" for name, ids in taken.items() if ids]


def _key(table: str) -> str:
    return "point" if table == "referrals" else "id"


def _missing(answers: Answers) -> list[str]:
    felt = {area for point in answers.points for area in (*point.main, *point.also)}
    unknown = [id for id, row in muscles_of(answers).items() if row.get("source") != KIT]
    lines = [
        f"areas.csv, {id}: no point is felt there; name the muscles it needs in the column lacks"
        for id in answers.areas
        if id not in felt
    ]
    lines += [f"muscles.csv, {id}: Latin name, nerve and roots; depth says surface" for id in unknown]
    named = {id for id, text in texts_of(answers).items() if "(" in text}
    lines += [
        f"text/en.csv, muscle.{id}: what clients call it; the page says its name alone"
        for id in unknown
        if f"muscle.{id}" not in named
    ]
    lines += [
        f'text/en.csv, handout.{name}.1: the page has no box "{title}" until you write its lines'
        for name, title in {"today": "See a doctor today", "stop": "Stop and call us"}.items()
        if not getattr(answers, name)
    ]
    return [
        *lines,
        "nerves.csv is left out: which pattern of numbness points to which nerve or root",
        "zones.csv is left out: the figure marks points and areas, and draws no pain zones",
    ]


def _leaflet(answers: Answers, notes: Iterable[Problem]) -> list[str]:
    """Return that there is no leaflet, with the texts that `check_guide` notes as missing."""
    keys = [key for note in notes for key in _LEAFLET_KEY.findall(note.message)] or ["leaflet.title"]
    return [
        f"There is no leaflet of {guide_id(answers.title)} until text/en.csv has {', '.join(dict.fromkeys(keys))}; "
        f"text/en.csv of {built_in().id} has examples. Handouts need none of them"
    ]


def _not_taken(answers: Answers) -> list[str]:
    """Return the rules that may matter for the areas and were not taken."""
    usual = [id for name in _RULES for id in touching(name)({"areas": answers.areas})]
    rules, taken = built_in().records.rules, {*answers.red_flags, *answers.cautions}
    return [f"{id} {question_of(rules[id])}" for id in usual if id not in taken]


def _sentences(answers: Answers) -> list[str]:
    lines = [(f"point.{id}.where", point.client) for id, point in point_ids(answers).items()]
    lines += [
        (f"handout.{name}.{n}", line)
        for name in ("emergency", "today", "stop")
        for n, line in enumerate(getattr(answers, name), start=1)
    ]
    lines += [(f"caution.{each.id}", each.client) for each in answers.own_cautions]
    return [f"{key}: {text}" for key, text in lines]
