"""Asking for a new guide at a prompt; what may be answered and what follows from it is decided in `scaffold`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfcare_kit.check.new_guide import area_at, check_is_free, new_guide, problems_of
from selfcare_kit.errors import InvalidValueError, SelfcareError, quoted
from selfcare_kit.files import write_new
from selfcare_kit.guide.scaffold.answers import YES_NO, checked_answer, read_answers, save_answers
from selfcare_kit.guide.scaffold.questions import GROUPS, ITEM, QUESTIONS, Group, Question

if TYPE_CHECKING:
    from selfcare_kit.body.picker import PickedPlace
    from selfcare_kit.body.place.propose import PlaceRule

# As at the prompts of a clinic's settings.
NONE = "-"
LINE_END = "|"
LIST = "?"
BACK = "<"
# A view, x and y.
SPOT_PARTS = 3
ANSWERS_END = "-answers.toml"
Draft = dict[str, Any]


def write_only(example: Path | None, grid: Path | None) -> None:
    """Write example answers, or the views of the body with a grid, to new files."""
    if example is not None:
        from selfcare_kit.guide.scaffold.example import write_example_answers

        click.echo(f"Wrote {write_example_answers(example)}; put your own answers in their place.")
    if grid is not None:
        from selfcare_kit.body.picker import grid_page

        click.echo(f"Wrote {write_new(grid, grid_page().encode())}; open it in a browser.")


def make(folder: Path | None, answers: Path | None) -> None:
    """Write a guide from a file of answers, or from what is asked now."""
    if folder is None:
        raise click.UsageError("name the new folder of the guide, such as: selfcare-kit guide new my_guide")
    _report(new_guide(_asked_all(folder) if answers is None else answers, folder))


def _report(folder: Path) -> None:
    from selfcare_kit.guide.scaffold.left import LIST_NAME

    click.echo(f"Wrote the guide {folder}. Nobody has reviewed it; what is left to do is in {folder / LIST_NAME}.")
    click.echo(f'Look at a point: selfcare-kit points --guide "{folder}"')


def _asked_all(folder: Path) -> Draft:
    check_is_free(folder)
    path = folder.with_name(f"{folder.name}{ANSWERS_END}")
    draft: Draft = read_answers(path) if path.is_file() else {}
    click.echo(f"{'Going on with' if draft else 'Your answers are kept in'} {path}; Ctrl+C stops, nothing is lost.")
    click.echo(
        f"Enter takes what stands in brackets or is marked *, {NONE} is none, {LIST} lists what may be answered."
    )
    click.echo("A place may be read from the grid (--grid FILE) and typed as view, x and y, such as back -10.5 25.")
    click.echo(
        f"Where several are marked, +R09 -R20 takes one more and leaves one out. {BACK} goes back by one question."
    )
    try:
        _Session(draft, path).ask_all()
    except click.Abort:
        click.echo(f"\nYour answers so far are in {path}; the same command goes on from there.")
        raise
    return draft


class _GoBack(Exception):
    """The question before is to be asked again."""


class _AskAgain(Exception):
    """The question in hand is to be asked again."""


class _Session:
    """The answers so far, which are saved after each."""

    def __init__(self, draft: Draft, path: Path) -> None:
        self.draft, self.path = draft, path
        self._listed: set[str] = set()
        # What is asked of the thing in hand, as a landmark has no surface; and what the spot has answered of that.
        self._asked: set[str] = set()
        self._filled: set[str] = set()

    def ask_all(self) -> None:
        """Ask all questions, then for things of each kind."""
        stages: list[Callable[..., None]] = [self._ask_first, *(partial(self._ask_group, group) for group in GROUPS)]
        number, from_end = 0, False
        while number < len(stages):
            try:
                stages[number](from_end=from_end)
                number, from_end = number + 1, False
            except _GoBack:
                number, from_end = number - 1, True

    def _ask_first(self, *, from_end: bool) -> None:
        self._ask_in_turn(QUESTIONS, self.draft, from_end=from_end, is_first=True)

    def _ask_group(self, group: Group, *, from_end: bool = False) -> None:
        """Ask for things until there are no more."""
        items: list[Draft] = self.draft.setdefault(group.name, [])
        names = {question.name for question in group.questions}
        number, is_back = 0, False
        if from_end:
            number = next((i for i, item in enumerate(items) if not names <= {*item}), len(items))
        while True:
            try:
                if number < len(items):
                    self._ask_item(group, items[number], number + 1, from_end=is_back and names <= {*items[number]})
                    number, is_back = number + 1, False
                elif len(items) < group.at_least or self._is_confirmed(f"Add a {group.one}?"):
                    items.append({})
                else:
                    break
            except _GoBack:
                if number < len(items) and not names <= {*items[number]} and len(items) > group.at_least:
                    # Whether one is to be added was asked before.
                    click.echo(f"{group.one.capitalize()} {number + 1} is left out.")
                    del items[number]
                    continue
                if number == 0:
                    raise
                number, is_back = number - 1, True
        save_answers(self.draft, self.path)

    def _ask_item(self, group: Group, item: Draft, number: int, *, from_end: bool = False) -> None:
        self._asked, self._filled = {question.name for question in group.questions}, set()
        is_new = from_end or not self._asked <= {*item}
        if is_new:
            click.echo(f"\n{group.one.capitalize()} {number}")
        self._ask_in_turn(group.questions, item, from_end=from_end)
        while is_new and (problems := self._problems()):
            for problem in problems:
                click.echo(f"! {problem}", err=True)
            click.echo("Once more; Enter keeps what you answered.")
            self._filled = set()
            self._ask_in_turn(group.questions, item, again=True, is_first=True)

    def _ask_in_turn(
        self, questions: Sequence[Question], answers: Draft, *, again: bool = False, from_end: bool = False,
        is_first: bool = False,
    ) -> None:  # fmt: skip
        """Ask one question after the other; those that somebody went back over are asked again with their answers."""
        number = self._before(questions, len(questions), answers) if from_end else 0
        asked_to = number if from_end else len(questions) if again else -1
        while number < len(questions):
            try:
                if questions[number].name not in self._filled:
                    self._ask(questions[number], answers, again=number <= asked_to)
                number += 1
            except _GoBack:
                before = self._before(questions, number, answers)
                if before < 0 and not is_first:
                    raise
                if before < 0:
                    click.echo("This is the first question.")
                number, asked_to = max(before, 0), max(asked_to, number)

    def _before(self, questions: Sequence[Question], number: int, answers: Draft) -> int:
        """Return the question before one that was asked, and not answered by another one; -1 where there is none."""
        return next((i for i in range(number - 1, -1, -1) if self._is_asked(questions[i], answers)), -1)

    def _is_asked(self, question: Question, answers: Draft) -> bool:
        is_open = question.is_asked is None or question.is_asked(self._so_far(answers))
        return (
            is_open and question.name not in self._filled and not (question.after and not answers.get(question.after))
        )

    def _ask(self, question: Question, answers: Draft, *, again: bool) -> None:
        """Ask a question unless there is an answer that is allowed, and keep the answer in `answers`."""
        known = answers.get(question.name)
        if self._is_settled(question, answers):
            return
        if question.name in answers and not again:
            try:
                answers[question.name] = checked_answer(question, known, self._so_far(answers))
                return
            except InvalidValueError as error:
                click.echo(f"{error}", err=True)
        usual = known if known is not None else question.usual(self._so_far(answers)) if question.usual else None
        lies_in = area_at(answers, self.draft["landmarks"]) if question.name == "area" else ""
        if usual is None and lies_in and lies_in in self.draft["areas"]:
            usual = lies_in
        if question.choices and (question.text not in self._listed or (isinstance(usual, list) and usual)):
            self._list(question, answers, usual)
        answer = None
        while answer is None:
            try:
                answer = self._prompted(question, answers, usual)
            except _AskAgain:
                continue
        if isinstance(answer, dict):
            self._filled = {*answer} - {question.name}
        elif question.name == "from_landmark" and answer != known:
            # The rest of a place that was read from the grid belongs to its landmark, not to another.
            for name in self._filled:
                answers.pop(name, None)
            self._filled = set()
        answers.update(answer if isinstance(answer, dict) else {question.name: answer})
        if lies_in and answer != lies_in:
            hint = f"name {lies_in} among those it reaches" if lies_in in self.draft["areas"] else "see the figure"
            click.echo(f"The place itself lies in {lies_in}, not in {answer}: {BACK} asks again, or {hint}.")
        save_answers(self.draft, self.path)

    def _is_settled(self, question: Question, answers: Draft) -> bool:
        """Return whether other answers leave nothing to ask, and keep what follows from them."""
        if question.is_asked and not question.is_asked(self._so_far(answers)):
            answers.setdefault(question.name, "")
            return True
        if question.after and not answers.get(question.after) and question.usual:
            answers[question.name] = question.usual(self._so_far(answers))
            return True
        return False

    def _is_confirmed(self, text: str) -> bool:
        """Return whether something is wanted; nothing typed means no."""

        def checked(typed: str) -> bool:
            if typed.strip() == BACK:
                raise _GoBack
            if typed.strip().casefold() not in YES_NO:
                raise click.UsageError(f"the answer must be yes or no, got {quoted(typed)}; answer with one of them.")
            return YES_NO[typed.strip().casefold()]

        return click.prompt(f"\n{text} [y/N]", default="n", show_default=False, value_proc=checked)

    def _problems(self) -> list[str]:
        """Return what is wrong with the guide made so far; nothing before it has a point."""
        if not self.draft.get("points"):
            return []
        try:
            return [str(problem) for problem in problems_of(self.draft)]
        except InvalidValueError as error:
            return [str(error)]

    def _so_far(self, answers: Draft) -> Draft:
        return self.draft if answers is self.draft else {**self.draft, ITEM: answers}

    def _list(self, question: Question, answers: Draft, usual: Any) -> None:
        self._listed.add(question.text)
        marked = usual if isinstance(usual, list) else [usual]
        found: Mapping[str, str] = question.choices(self._so_far(answers)) if question.choices else {}
        width = max(map(len, found), default=0)
        click.echo(f"\n{question.text}:")
        for id, words in found.items():
            click.echo(f"{'*' if id in marked else ' '} {id:{width}}  {words}".rstrip())

    def _prompted(self, question: Question, answers: Draft, usual: Any) -> Any:
        shown = _shown(question, usual)
        text = f"{question.text} (several with {LINE_END} between)" if question.kind == "lines" else question.text

        def checked(typed: str) -> Any:
            if typed.strip() == BACK:
                raise _GoBack
            if typed.strip() == LIST and question.choices:
                self._list(question, answers, usual)
                raise click.UsageError("choose from the list")
            if typed.strip() == LIST:
                raise click.UsageError(f"there is no list for {question.name}; answer in your own words or numbers")
            if question.name == "from_landmark" and len(typed.split()) == SPOT_PARTS:
                return self._at_a_spot(typed)
            value = usual if typed == shown else typed.strip()
            if question.kind == "ids" and isinstance(usual, list) and isinstance(value, str):
                value = _changed(usual, value)
            return _checked(question, value, self._so_far(answers))

        # What is marked in a list is not told again.
        is_marked = question.kind == "ids" and len(shown) > 60
        return click.prompt(text, default=shown, show_default=bool(shown) and not is_marked, value_proc=checked)

    def _at_a_spot(self, typed: str) -> Draft:
        """Return the answers for a place that was read from the grid, by the rule that is chosen."""
        while True:
            picked = _picked(typed)
            click.echo(f"That is {picked.area or 'in no area'}, surface {picked.surface}. It can be told as:")
            for number, rule in enumerate(picked.rules, start=1):
                click.echo(f"{number}  {picked.told(rule)}")
            chosen = click.prompt(f"Which, or another spot ({BACK} goes back)", default="1", value_proc=_way(picked))
            if not isinstance(chosen, str):
                break
            typed = chosen
        return {name: value for name, value in chosen._asdict().items() if name in self._asked}


def _picked(typed: str) -> PickedPlace:
    """Return the place at a spot, as view, x and y."""
    from selfcare_kit.body.picker import ViewGrid

    view, *spot = typed.replace("\N{MINUS SIGN}", "-").split()
    try:
        x, y = (float(number.replace(",", ".")) for number in spot)
        return ViewGrid(view).at(x, y)
    except SelfcareError as error:
        raise click.UsageError(str(error)) from None
    except ValueError:
        raise click.UsageError(f"a spot is a view and two numbers, such as back -10.5 25, got {typed!r}") from None


def _way(picked: PickedPlace) -> Callable[[str], PlaceRule | str]:
    """Return the function that returns the rule that is typed by its number, or another spot as it was typed."""

    def checked(typed: str) -> PlaceRule | str:
        if typed.strip() == BACK:
            raise _AskAgain
        if len(typed.split()) == SPOT_PARTS:
            _picked(typed)
            return typed
        if typed.strip() not in map(str, range(1, len(picked.rules) + 1)):
            raise click.UsageError(
                f"a way is a number from 1 to {len(picked.rules)}, or another spot, got {typed!r}; type one of them"
            )
        return picked.rules[int(typed) - 1]

    return checked


def _shown(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return (f" {LINE_END} " if question.kind == "lines" else " ").join(value)
    return "" if value is None else str(value)


def _changed(usual: list[str], typed: str) -> str | list[str]:
    """Return the usual ids with those added or left out that begin with + and -; else what was typed."""
    parts = typed.split()
    if not parts or not all(part[0] in "+-" and part[1:] for part in parts):
        return typed
    left_out = {part[1:] for part in parts if part[0] == "-"}
    return [*(id for id in usual if id not in left_out), *(part[1:] for part in parts if part[0] == "+")]


def _checked(question: Question, typed: Any, so_far: Draft) -> Any:
    value = typed
    if typed == NONE:
        value = []
    elif question.kind == "lines" and isinstance(typed, str):
        value = [line.strip() for line in typed.split(LINE_END) if line.strip()]
    elif question.kind in ("id", "ids") and isinstance(typed, str) and typed.casefold() in ("", "none"):
        value = []
    try:
        return checked_answer(question, value, so_far)
    except InvalidValueError as error:
        raise click.UsageError(str(error)) from None
