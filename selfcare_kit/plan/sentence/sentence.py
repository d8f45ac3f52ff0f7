"""`read_sentence`: what a short sentence such as `hip side l ache 6` says, in any order of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfcare_kit.errors import InvalidValueError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.sides import BODY_SIDES
from selfcare_kit.plan.search import Match, own_templates
from selfcare_kit.plan.sentence.names import Named, Names
from selfcare_kit.plan.sentence.words import (
    MAX_TOKENS,
    PAIN_WORDS,
    Felt,
    SentenceWords,
    Token,
    sentence_words,
    split_sentence,
)

# Such as `hs_med_1`, before its number.
MAX_WORDS_OF_ID = 2

Tokens = Sequence[Token]


@dataclass(frozen=True)
class Sentence:
    """What a short sentence says.

    Parameters
    ----------
    match : Match, optional
        The one area, point, muscle, acupuncture point or template that is named; None when none is, or when the
        words may mean more than one.
    side : {"", "left", "right", "both", "midline"}, default=""
        The client's own side; empty when none was said, or two that no "and" joins.
    sensations : tuple of str, default=()
        Sensation ids, in the order they were said.
    pain : int, optional
        0 to 10; None when none was said, or more than one.
    left_over : tuple of str, default=()
        Words that were not understood, as they were written. They may be private: do not keep them.
    alternatives : tuple of Match, default=()
        What else the words may mean, best first.
    """

    match: Match | None = None
    side: str = ""
    sensations: tuple[str, ...] = ()
    pain: int | None = None
    left_over: tuple[str, ...] = ()
    alternatives: tuple[Match, ...] = ()

    @property
    def is_more_than_a_name(self) -> bool:
        """Whether it says a side, a sensation or a pain."""
        return bool(self.side or self.sensations) or self.pain is not None

    def __str__(self) -> str:
        name = self.match.label if self.match else "which one is not clear" if self.alternatives else ""
        pain = "" if self.pain is None else f"pain {self.pain}"
        unknown = f"not understood: {', '.join(self.left_over)}" if self.left_over else ""
        return "; ".join(filter(None, (name, self.side, " and ".join(self.sensations), pain, unknown)))


def read_sentence(text: str, guide: Guide | None = None) -> Sentence:
    """Read a name with a side, sensations and pain, in any order and in every language of the guide.

    The name is found as `search` finds it. Nothing is guessed: no side, none of several sensations that letters may
    begin, and none of several things that have the name. Where something is felt, a name that an area shares with a
    muscle means the area; a muscle with one point to press means that point.

    Parameters
    ----------
    text : str
        Such as `"hip side l ache 6"`, `"foot top numb left"`, `"piriformis l"` or `"GB30"`. Sides are words, `l`, `r`,
        `b` or `l+r`; pain is `6`, `6/10` or `pain 6`; three letters of a sensation are enough.
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    Sentence
        What was understood, what was not, and what else may be meant.

    Raises
    ------
    InvalidValueError
        If it is not text.

    Examples
    --------
    >>> sentence = read_sentence("hip side l ache 6")
    >>> sentence.match.id, sentence.side, sentence.sensations, sentence.pain
    ('hip_side', 'left', ('ache',), 6)
    >>> print(read_sentence("ankle tingling right"))
    which one is not clear; right; tingling
    """
    if not isinstance(text, str):
        raise InvalidValueError(f"a sentence must be text, got {quoted(text)}; type a name, a side and what is felt.")
    guide = guide or load_guide()
    words = sentence_words(guide, own_templates(guide))
    every = split_sentence(text)
    side, tokens, unclear_sides = _read_side(every[:MAX_TOKENS], words)
    pain, tokens, unclear_numbers = _read_pain(tokens, words)
    felt, named, midline = _read_felt_and_name(tokens, words, is_felt=pain is not None)
    if midline and not side and _is_unpaired(named.match, words.guide):
        side, midline = "midline", ()
    unknown = sorted((*unclear_sides, *unclear_numbers, *midline, *named.left_over, *every[MAX_TOKENS:]))
    left_over = tuple(token.written for token in unknown)
    return Sentence(named.match, side, tuple(dict.fromkeys(felt)), pain, left_over, named.alternatives)


def _read_side(tokens: Tokens, words: SentenceWords) -> tuple[str, Tokens, Tokens]:
    """Return the side that is said, the other tokens, and those that say two sides; the midline may be a name yet."""
    said = [(side, own) for side, own in _sides_said(tokens, words) if side != "midline"]
    own = [token for _, each in said for token in each]
    rest = [token for token in tokens if token not in own]
    sides = {side for side, _ in said}
    if len(sides) <= 1:
        return (sides.pop() if sides else ""), rest, ()
    if len(said) == 2 and sides == set(BODY_SIDES):
        between = [token for token in tokens if said[0][1][-1] < token < said[1][1][0]]
        if between and all(token.is_and for token in between):
            return "both", rest, ()
    return "", rest, own


def _sides_said(tokens: Tokens, words: SentenceWords) -> Iterator[tuple[str, Tokens]]:
    at = 0
    while at < len(tokens):
        side, count = words.side_at(tokens, at)
        if side:
            yield side, tokens[at : at + count]
        at += max(count, 1)


def _read_pain(tokens: Tokens, words: SentenceWords) -> tuple[int | None, Tokens, Tokens]:
    """Return the pain that is said, the other tokens, and the numbers if they say more than one pain."""
    numbers = [
        token for at, token in enumerate(tokens) if token.pain is not None and not _is_in_name(tokens, at, words)
    ]
    values = {token.pain for token in numbers}
    rest = [token for token in tokens if token not in numbers]
    return (values.pop(), rest, ()) if len(values) == 1 else (None, rest, numbers)


def _is_in_name(tokens: Tokens, at: int, words: SentenceWords) -> bool:
    """Return whether a number or a small word belongs to the words right before it."""
    before: list[Token] = []
    for number in range(at - 1, -1, -1):
        token = tokens[number]
        if len(before) == MAX_WORDS_OF_ID or tokens[at].at - token.at != at - number:
            break
        if not token.is_small:
            before.insert(0, token)
    if not before or before[-1].text in PAIN_WORDS:
        return False
    if before[-1].pain is not None and not _is_in_name(tokens, tokens.index(before[-1]), words):
        return False
    return words.is_in_name(before, tokens[at])


def _read_felt_and_name(tokens: Tokens, words: SentenceWords, *, is_felt: bool) -> tuple[list[str], Named, Tokens]:
    """Return the sensations, what is named, and the tokens that say the midline."""
    felt, names = _read_felt(tokens, words)
    finder = Names(words, tokens, is_felt=is_felt or bool(felt))
    for each in [each for each in felt if not each[0].is_whole]:
        # "fibularis bre" begins a name, and only elsewhere a sensation, in German.
        if finder.are_completed_by(names, each[1]):
            felt.remove(each)
            names = [*names, *each[1]]
    midline = [token for side, own in _sides_said(tokens, words) if side == "midline" for token in own]
    others = [token for token in names if token not in midline and token.text not in PAIN_WORDS]
    if not others or finder.fits([*others, *midline]):
        others, midline = [*others, *midline], []
    spare = [token for token in names if token.text in PAIN_WORDS]
    named = finder.find(sorted(others), [*spare, *(token for _, own in felt for token in own)])
    return [each.id for each, _ in felt], named, midline


def _read_felt(tokens: Tokens, words: SentenceWords) -> tuple[list[tuple[Felt, Tokens]], Tokens]:
    """Return the sensations with their tokens, and the tokens of names."""
    content = [token for at, token in enumerate(tokens) if not token.is_small or _is_in_name(tokens, at, words)]
    felt: list[tuple[Felt, Tokens]] = []
    names: list[Token] = []
    at = 0
    while at < len(content):
        found = words.felt_at(content, at)
        own = content[at : at + (found.count if found else 1)]
        if found:
            felt.append((found, own))
        else:
            names += own
        at += len(own)
    return felt, names


def _is_unpaired(match: Match | None, guide: Guide) -> bool:
    return match is not None and match.kind == "area" and not guide.records.areas[match.id].paired
