"""Section 1: the safety questions, what an answer asks for, and where it applies."""

from __future__ import annotations

import datetime
from html import escape

import ipywidgets as W  # noqa: N812

from selfcare_kit.tables import Row
from selfcare_kit.widgets.parts import discard, is_shown, show
from selfcare_kit.widgets.section import Section
from selfcare_kit.widgets.where import Where
from selfcare_kit.widgets.words import ACTION_WORDS

ASK = "Ask every question and tick what applies. An answer changes at once what is offered below."


class SafetySection(Section):
    """Red flags, then cautions; closed to one line once they were asked."""

    title = "1 &nbsp;Safety questions"

    def build(self) -> tuple[W.Widget, ...]:
        """Make the questions, one button to confirm them, and the line that stands for them later.

        Returns
        -------
        tuple of ipywidgets.Widget
            From top to bottom.
        """
        state, parts = self.state, self.parts
        self.boxes = {id: parts.checkbox(_question(row), self._answer) for id, row in state.question_rows.items()}
        self.details: dict[str, Detail] = {}
        flags = state.guide.rows_by_id["red_flags"]
        self._heads = {
            next(iter(flags), ""): parts.html("<h4>Red flags</h4>"),
            next((id for id in self.boxes if id not in flags), ""): parts.html("<h4>Cautions</h4>"),
        }
        self._ids = _balanced(state.question_rows)
        self._columns = [parts.stack(name="questions") for _ in self._ids]
        self.confirm = parts.button("None of these apply", self._confirm, kind="primary")
        self.change = parts.button("Show the questions", self._open, "Show or change the safety answers")
        self.initials = parts.text("Initials of the clinician who looked", self._agree, "such as AB")
        self._summary = parts.html(name="summary")
        self._top = parts.row(self._summary, self.confirm, self.change, name="bar")
        # The same button again: whoever read to the end does not scroll back for it.
        self._body = parts.stack(parts.row(*self._columns, name="columns"), parts.row(self.confirm, name="bar"))
        self._is_open = True
        return self._top, self._body, self.initials

    def refresh(self) -> None:
        """Show the answers, what each asks for, and whether all were asked."""
        state = self.state
        for id, box in self.boxes.items():
            box.value = id in state.visit.yes
        self._show_details()
        ticked = len(state.visit.yes)
        self.confirm.description = "Only the ticked ones apply" if ticked else "None of these apply"
        self._summary.value = self._told()
        is_done = state.is_screened and state.visit.asked_on == datetime.date.today()
        is_open = self._is_open or not is_done
        show(self._body, is_open)
        show(self.confirm, not is_done)
        show(self.change, is_done)
        self.change.description = "Close" if is_open else "Change the answers"
        show(self.initials, state.wants_initials or bool(state.visit.agreed_by))
        self.initials.value = state.visit.agreed_by

    def _told(self) -> str:
        state = self.state
        if state.visit.asked_on is None:
            return escape(ASK)
        labels = [f"{id} {state.question_rows[id]['label']}" for id in state.visit.yes]
        told = "; ".join(labels) if labels else "none of them applies"
        if state.pending:
            told += f". <b>Say where: {escape(', '.join(state.pending))}</b>"
            return f"Asked on {state.visit.asked_on}: {told}"
        return f"<b>All asked on {state.visit.asked_on}:</b> {escape(told)}."

    def _show_details(self) -> None:
        yes = self.state.visit.yes
        for id in [id for id in self.details if id not in yes]:
            discard(self.details.pop(id).widget)
        for id in yes:
            if id not in self.details:
                self.details[id] = Detail(self, self.state.question_rows[id])
            self.details[id].refresh()
        for column, ids in zip(self._columns, self._ids, strict=True):
            shown: list[W.Widget] = []
            for id in ids:
                head = [self._heads[id]] if id in self._heads else []
                detail = [self.details[id].widget] if id in self.details else []
                shown += [*head, self.boxes[id], *detail]
            if tuple(shown) != column.children:
                column.children = shown

    def _answer(self) -> None:
        self.act(lambda: self.state.answer(id for id, box in self.boxes.items() if box.value))

    def _confirm(self) -> None:
        self._is_open = False
        self.act(self.state.confirm_answers)

    def _open(self) -> None:
        self._is_open = not is_shown(self._body)
        self.act(lambda: None)

    def _agree(self) -> None:
        self.act(lambda: self.state.agree(self.initials.value))


class Detail:
    """What follows from one answer, below its question.

    Parameters
    ----------
    section : SafetySection
        Where it stands.
    row : dict of str to str
        The question's row of the guide.
    """

    def __init__(self, section: SafetySection, row: Row) -> None:
        self.section, self.row = section, row
        parts = section.parts
        action = row["action"]
        told = f'<p><b class="selfcare-{action}">{ACTION_WORDS[action]}.</b> {escape(row["message"])}</p>'
        self.where: Where | None = None
        if row["where"] != "no":
            label = "Where? (needed)" if row["where"] == "required" else "Only where?"
            self.where = Where(parts, section.state.guide, label, self._name)
        chooser = [self.where.widget] if self.where else []
        self.widget = parts.stack(parts.html(told), *chooser, name="detail")

    def refresh(self) -> None:
        """Show the areas named for the answer."""
        if self.where:
            self.where.show(self.section.state.visit.where.get(self.row["id"], ()))

    def _name(self, areas: tuple[str, ...]) -> None:
        self.section.act(lambda: self.section.state.name_areas(self.row["id"], areas))


def _question(row: Row) -> str:
    return f"<b>{escape(row['id'])} {escape(row['label'])}.</b> {escape(row['question'])}"


def _balanced(rows: dict[str, Row]) -> tuple[list[str], list[str]]:
    """Split the questions, in order, where both columns become about equally long."""
    lengths = [len(row["label"]) + len(row["question"]) + 60 for row in rows.values()]
    half = sum(lengths) / 2
    ends = [sum(lengths[: index + 1]) for index in range(len(lengths))]
    left = [id for id, end in zip(rows, ends, strict=True) if end <= half + 60]
    return left, [id for id in rows if id not in left]
