"""Section 3: what has to be ruled out first, then the points offered, each with its reasons."""

from __future__ import annotations

from html import escape

import ipywidgets as W  # noqa: N812

from selfcare_kit.alerts import Alert
from selfcare_kit.model import severest
from selfcare_kit.screening import Finding
from selfcare_kit.suggestions import Suggestion
from selfcare_kit.tables import Row
from selfcare_kit.widgets.parts import show
from selfcare_kit.widgets.section import Section
from selfcare_kit.widgets.upload import Upload
from selfcare_kit.widgets.words import ACTION_WORDS, STATUS_WORDS, count_of

SHOWN_AT_FIRST = 6


class SuggestionSection(Section):
    """Alerts, ways to begin, and a row for each point."""

    title = "3 &nbsp;Suggested points"

    def build(self) -> tuple[W.Widget, ...]:
        """Make the place for alerts, the buttons and the list.

        Returns
        -------
        tuple of ipywidgets.Widget
            From top to bottom.
        """
        parts = self.parts
        self._first = parts.html()
        self._hint = parts.html(name="quiet")
        self.best = parts.button("Add the best five", self._add_best, kind="primary")
        self.template = parts.button(
            "Start from the guide's sequence", self._template, "Put the guide's own steps in the place of the routine"
        )
        self.upload = Upload(self._open, label="Open a saved routine", accept=".csv,.html,.json", layout=parts.layout)
        self.more = parts.button("Show all", self._show_more)
        self.rows: list[PointRow] = []
        self._list = parts.stack(name="lines")
        self._is_long = False
        buttons = parts.row(self.best, self.template, self.upload, name="bar")
        return self._first, buttons, self._hint, self._list, parts.row(self.more)

    def refresh(self) -> None:
        """Show the alerts and the points for the complaint."""
        found = self.state.found
        findings = self.state.screening.findings if self.state.screening else ()
        self._first.value = _first_html(findings, found.alerts if found else (), self.state.question_rows)
        self._hint.value = self._told()
        count = len(found) if found else 0
        shown = count if self._is_long else min(count, SHOWN_AT_FIRST)
        while len(self.rows) < shown:
            self.rows.append(PointRow(self))
        for row, suggestion in zip(self.rows, found or (), strict=False):
            row.show(suggestion)
        widgets = tuple(row.widget for row in self.rows[:shown])
        if widgets != self._list.children:
            self._list.children = widgets
        self.best.disabled = not count
        show(self.more, count > SHOWN_AT_FIRST)
        self.more.description = "Show fewer" if self._is_long else f"Show all {count} points"

    def _told(self) -> str:
        state = self.state
        if state.found is not None:
            return escape(state.found.message)
        if not state.visit.areas:
            return "Tick where it hurts, in section 2; or start from the guide's sequence or a saved routine."
        return "Choose the client's side, in section 2."

    def _add_best(self) -> None:
        self.act(self.state.add_best)

    def _template(self) -> None:
        self.act(self.state.start_from_template)

    def _open(self, content: bytes, name: str) -> None:
        self.act(lambda: self.state.open(content, name))

    def _show_more(self) -> None:
        self._is_long = not self._is_long
        self.act(lambda: None)


class PointRow:
    """A row for a suggestion; it is filled again when the suggestions change.

    Parameters
    ----------
    section : SuggestionSection
        Where it stands.
    """

    def __init__(self, section: SuggestionSection) -> None:
        self.section = section
        self.suggestion: Suggestion | None = None
        self.told = section.parts.html(name="told")
        self.add = section.parts.button("Add", self._add)
        self.widget = section.parts.row(self.told, self.add, name="point")

    def show(self, suggestion: Suggestion) -> None:
        """Show a suggestion.

        Parameters
        ----------
        suggestion : Suggestion
            What the row tells and adds.
        """
        self.suggestion = suggestion
        self.told.value = _point_html(suggestion)
        is_there = self.section.state.has(suggestion.point, suggestion.side)
        self.add.description = "In the routine" if is_there else "Add"
        self.add.disabled = is_there
        self.add.tooltip = f"Add {suggestion.label}, {suggestion.side}"
        show(self.add, suggestion.is_offered)

    def _add(self) -> None:
        suggestion = self.suggestion
        if suggestion is not None:
            self.section.act(lambda: self.section.state.add(suggestion.point))


def _first_html(findings: tuple[Finding, ...], alerts: tuple[Alert, ...], questions: dict[str, Row]) -> str:
    """Write what comes before any point: answers that send the client elsewhere, then alerts."""
    told = [(each.action, f"{each.label}: {each.message}", ()) for each in findings if each.action != "caution"]
    told += [(alert.action, alert.text, alert.asks) for alert in alerts]
    items = []
    for action, text, asks in told:
        labels = "; ".join(f"{id} {questions[id]['label']}" for id in asks if id in questions)
        ask = f"<br><small>Ask again with care: {escape(labels)}.</small>" if labels else ""
        items.append(f'<li><b class="selfcare-{action}">{ACTION_WORDS[action]}.</b> {escape(text)}{ask}</li>')
    if not items:
        return ""
    return (
        f'<div class="selfcare-alerts selfcare-for-{severest(action for action, _, _ in told)}" role="region" '
        f'aria-label="Before any point"><h4>Before any point</h4><ul>{"".join(items)}</ul></div>'
    )


def _point_html(suggestion: Suggestion) -> str:
    status = STATUS_WORDS[suggestion.status]
    badge = f' <span class="selfcare-badge">{status}</span>' if status else ""
    head = f"<b>{escape(suggestion.label)}</b> <small>{escape(suggestion.point)}, {suggestion.side}</small>{badge}"
    reasons = escape(" ".join(suggestion.reasons))
    if not suggestion.is_offered:
        return f"{head}<br>{escape(suggestion.cautions[0].text)}"
    near = f"Near {escape(', '.join(suggestion.acupoints))} (for reference)." if suggestion.acupoints else ""
    cautions = "".join(f"<li>{escape(str(caution))}</li>" for caution in suggestion.cautions)
    opened = " open" if suggestion.status == "caution" else ""
    count = count_of(len(suggestion.cautions), "thing")
    more = f"<details{opened}><summary>{count} to mind</summary><ul>{cautions}</ul></details>" if cautions else ""
    return f"{head}<br>{reasons} <small>{near}</small>{more}"
