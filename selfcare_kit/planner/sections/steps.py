"""The routine: a line for each step; the one that is open shows its picture and its values."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.errors import InvalidValueError, SelfcareError, check_choice
from selfcare_kit.export.handout.cards import step_picture
from selfcare_kit.export.handout.videos import videos_of_step
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.keep_templates import delete_template, rename_template, save_template
from selfcare_kit.plan.template_file import Template, templates_for_guide
from selfcare_kit.plan.templates import guides_templates
from selfcare_kit.plan.values.allowed import NUMBERS
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.pane import StepPane
from selfcare_kit.planner.sections.section import Section, number_of, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import (
    SIDE_CHOICES,
    SIDE_LETTERS,
    capitalised,
    clock,
    conflicts_in_words,
    count_of,
    dose_in_words,
    hints_in_words,
    id_of,
    in_words,
    name_and_place,
)


class Refusal(NamedTuple):
    """The change of a step that was refused last: the step's id, the name of the value, and the message."""

    step: str = ""
    name: str = ""
    message: str = ""


class StepsSection(Section):
    """A line for each step, what is changed in all of them, the hints, and what changed since the last visit."""

    template = "steps.html"
    pane = StepPane

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self._refusal = Refusal()
        self._opened = ""
        self._guides_templates = guides_templates(session.guide)
        self._selected: frozenset[str] = frozenset()

    def notify(self, message: str, *, is_error: bool = False) -> None:
        """Set the message for the next refresh; one that refuses a change of a step is shown beside it."""
        refusal, self._refusal = self._refusal, Refusal()
        super().notify(message, is_error=is_error)
        if message and is_error and refusal.step and refusal.step == self._opened:
            self._refusal, self.notice = refusal._replace(message=self.notice), ""

    def begin_anew(self) -> None:
        """Close and deselect the steps of the routine before."""
        self._opened, self._selected = "", frozenset()

    def values(self) -> dict[str, Any]:
        """Return the steps, the choices for each value, and what concerns the whole routine."""
        now = self.session.now
        self._keep_in_sight()
        routine, last = now.routine, now.visit.last_routine
        changes, hints = now.changes_since_last, hints_in_words(routine)
        chosen = self._chosen()
        sides = {step.side for step in chosen}
        return {
            "steps": [self._row(number, step) for number, step in enumerate(routine.steps, start=1)],
            "selected": len(self._selected),
            "letters": SIDE_LETTERS,
            "bulk_sides": [(side, SIDE_LETTERS[side], label) for side, label in SIDE_CHOICES],
            "bulk_side": sides.pop() if len(sides) == 1 else "",
            "bulk_values": _bulk_values(chosen),
            "total": f"{count_of(len(routine), 'step')} · {clock(routine.total_seconds)}",
            "groupable": routine.grouped_by_position().position_changes < routine.position_changes,
            "templates": self._templates(),
            "keeps_templates": self.session.platform.keeps_settings,
            "hints": hints,
            "hints_count": count_of(len(hints), "hint"),
            "changes_by_answers": now.changes_by_answers,
            "wrong_sides": now.wrong_sides,
            "confirmed_sides": conflicts_in_words(routine.sides_meant, routine.steps),
            "changes": changes,
            "changes_count": count_of(len(changes), "change"),
            "last_date": last.date.isoformat() if last else "",
        }

    def _templates(self) -> list[dict[str, Any]]:
        return [
            {
                "id": each.name,
                "title": each.title,
                "words": each.problem or count_of(len(each.steps), "point"),
                "is_own": each.is_own,
                "is_usable": not each.problem,
            }
            for each in (*self._guides_templates, *self._clinics_templates())
        ]

    def _clinics_templates(self) -> tuple[Template, ...]:
        """Return the clinic's templates; none where the file cannot be read, as keeping one says what is wrong."""
        try:
            return templates_for_guide(self.session.guide)
        except SelfcareError:
            return ()

    def _keep_in_sight(self) -> None:
        """Keep open and selected what only changed its side, and nothing that is gone."""
        ids = [id_of(step) for step in self.session.now.routine.steps]

        def now_called(id: str) -> str:
            same = [each for each in ids if each.partition(".")[0] == id.partition(".")[0]]
            return id if id in ids else same[0] if len(same) == 1 else ""

        self._opened = now_called(self._opened)
        self._selected = frozenset(filter(None, map(now_called, self._selected)))

    def _chosen(self) -> tuple[Step, ...]:
        """Return the steps that a change of several is about: those selected, else all."""
        all_steps = self.session.now.routine.steps
        return tuple(step for step in all_steps if id_of(step) in self._selected) or all_steps

    def _row(self, number: int, step: Step) -> dict[str, Any]:
        guide = self.session.guide
        id = id_of(step)
        label = guide.point(step.point).label
        name, place = name_and_place(label)
        is_alone = sum(each.point == step.point for each in self.session.now.routine.steps) == 1
        row = {
            "id": id,
            # A step that changes its side stays the same row.
            "key": step.point if is_alone else id,
            "look": f"{step.point}.{sides_touched(step.side)[0]}",
            "number": number,
            "label": label,
            "name": name,
            "place": place,
            "side": step.side,
            "side_letters": SIDE_LETTERS[step.side],
            "dose_words": dose_in_words(step, guide),
            "is_selected": id in self._selected,
            "is_open": id == self._opened,
        }
        return {**row, **self._details(step)} if id == self._opened else row

    def _details(self, step: Step) -> dict[str, Any]:
        """Return what the step that is open shows beyond its line."""
        guide = self.session.guide
        options = self.session.now.routine.options(step.point, step.side)
        refusal = self._refusal if self._refusal.step == id_of(step) else Refusal()
        return {
            **{name: getattr(step, name) for name in ("mode", "tool", "position", "note", *NUMBERS)},
            "picture": step_picture(step, guide, "colour", guide.point(step.point).label),
            "videos": [video.title or video.readable for video in videos_of_step(step, guide, self.session.clinic)],
            "sides": options.sides,
            "modes": options.modes,
            "tools": options.tools,
            "positions": options.positions,
            "ranges": {name: getattr(options, name) for name in NUMBERS},
            "blocked": [each.label.lower() for each in options.blocked],
            "blocked_why": list(
                dict.fromkeys(f"{capitalised(in_words(each.why, guide))}." for each in options.blocked)
            ),
            "refusal": refusal.message,
            "refused": refusal.name,
        }

    def _step(self, event: Event) -> Step:
        id = text_of(event, "id")
        for step in self.session.now.routine.steps:
            if id_of(step) == id:
                return step
        raise InvalidValueError(f"a step must be one of the routine's, got {id[:40]!r}; it was removed meanwhile.")

    def do_open(self, event: Event) -> None:
        """Open a step, or close it."""
        id = text_of(event, "id")
        self._opened = "" if id == self._opened else id

    def do_look(self, event: Event) -> None:
        """Show on the figure where the pain of a step's point is felt."""
        self.session.highlight(text_of(event, "id"))

    def do_select(self, event: Event) -> None:
        """Select a step for changes of several, or leave it out."""
        id = {text_of(event, "id")}
        self._selected = self._selected | id if event.get("value") is True else self._selected - id

    def do_change(self, event: Event) -> str:
        """Change a value of a step."""
        name = text_of(event, "name")
        self._refusal = Refusal(text_of(event, "id"), name)
        step = self._step(event)
        value = number_of(event, name) if name in NUMBERS else text_of(event)
        values = {name: value}
        # Longer rest raises its upper end too, rather than being refused because of it.
        if name == "every_days_min" and value > step.every_days_max:
            values["every_days_max"] = value
        return self.session.do(steps.change, step, **values)

    def do_up(self, event: Event) -> str:
        """Move a step up."""
        return self._move_by(event, -1)

    def do_down(self, event: Event) -> str:
        """Move a step down."""
        return self._move_by(event, 1)

    def _move_by(self, event: Event, distance: int) -> str:
        step = self._step(event)
        return self.session.do(steps.move, step, self.session.now.steps.index(step) + distance)

    def do_move(self, event: Event) -> str | None:
        """Move a step to where it was dragged."""
        index = event.get("value")
        return self.session.do(steps.move, self._step(event), index) if isinstance(index, int) else None

    def do_remove(self, event: Event) -> str:
        """Remove a step, unless a first press of the button has removed it already."""
        self.focus = "heading"
        id = text_of(event, "id")
        step = next((step for step in self.session.now.routine.steps if id_of(step) == id), None)
        return self.session.do(steps.remove, step) if step else ""

    def do_change_all(self, event: Event) -> str:
        """Change a value of the selected steps, of all when none is selected; a number by a difference."""
        name, chosen = text_of(event, "name"), self._chosen()
        if name not in NUMBERS:
            return self.session.do(steps.change_all, chosen, **{name: text_of(event)})
        return self.session.do(steps.change_all, chosen, by={name: number_of(event, name)})

    def do_nudge(self, event: Event) -> str:
        """Make a number of one step larger or smaller, as far as it may be."""
        name = check_choice("number", text_of(event, "name"), NUMBERS)
        return self.session.do(steps.change_all, (self._step(event),), by={name: number_of(event, name)})

    def do_remove_all(self, _: Event) -> str:
        """Remove the selected steps."""
        self.focus = "heading"
        return self.session.do(steps.remove_all, [step for step in self._chosen() if id_of(step) in self._selected])

    def do_group(self, _: Event) -> str:
        """Put the steps together that are done in one posture."""
        return self.session.do(steps.group_by_position)

    def do_template(self, event: Event) -> str:
        """Begin with a template."""
        return self.session.do(steps.start_from_template, text_of(event, "id") or None)

    def do_save_template(self, event: Event) -> str:
        """Keep the steps as a template of the clinic."""
        kept = save_template(self.session.now.routine, text_of(event))
        return (
            f"Kept as the template {kept.name}, with tools and doses as today's answers left them. Left or right, "
            "notes, name, code and safety answers are not in it."
        )

    def do_rename_template(self, event: Event) -> str:
        """Give a template of the clinic another name."""
        return f"The template is called {rename_template(text_of(event, 'id'), text_of(event)).name} now."

    def do_delete_template(self, event: Event) -> str:
        """Delete a template of the clinic."""
        delete_template(text_of(event, "id"))
        return f"Deleted the template {text_of(event, 'id')}."

    def do_hurts(self, _: Event) -> str:
        """Move the steps on a side on which nothing hurts to where it does."""
        self.focus = "heading"
        return self.session.do(steps.move_to_where_it_hurts)

    def do_meant(self, _: Event) -> str:
        """Confirm the steps on a side on which nothing hurts."""
        self.focus = "heading"
        return self.session.do(steps.confirm_sides)


def _bulk_values(chosen: tuple[Step, ...]) -> dict[str, str]:
    """Return the values of several steps as they are shown: the least and the most where they differ."""

    def span(low: int, high: int, unit: str) -> str:
        return f"{low}{unit}" if low == high else f"{low}–{high}"

    if not chosen:
        return {}
    numbers = {name: sorted(getattr(step, name) for step in chosen) for name in NUMBERS}
    return {
        "seconds": span(numbers["seconds"][0], numbers["seconds"][-1], " s"),
        "pressure": span(numbers["pressure"][0], numbers["pressure"][-1], "/10"),
        "days": f"{span(numbers['every_days_min'][0], numbers['every_days_max'][-1], '')} d",
    }
