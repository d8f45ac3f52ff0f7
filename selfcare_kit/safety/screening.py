"""The safety answers: which red flags and cautions apply, and which areas they block.

A screening is dated and holds the ids that were asked. Whether a routine may go out is decided in `gate.py` alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from selfcare_kit.errors import InvalidValueError, check_choice, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.actions import severest
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.safety.answers import (
    agreements,
    areas_of_answers,
    check_agreement,
    check_date,
    check_initials,
    check_set_aside,
    known_ids,
)
from selfcare_kit.safety.findings import Finding, findings_of, implied_by

# Read out, by its label, or marked by the client on the intake sheet.
WAYS_OF_ASKING = ("aloud", "label", "sheet")


@dataclass(frozen=True)
class Screening:
    """The dated answers to a guide's red flags and cautions. Make one with `screen`.

    Parameters
    ----------
    yes : tuple of str
        Ids answered yes.
    where : tuple of (str, tuple of str)
        Areas that an answer was narrowed to.
    asked : tuple of str
        Ids that were asked; those not in `yes` were answered no.
    date : datetime.date
        The day they were asked.
    agreed_by : str
        Initials of the clinician who looked at all findings that ask for it; empty for nobody.
    guide : str
        Id of the guide whose questions they are.
    agreed : tuple of (str, str)
        Findings and alerts that a clinician looked at, each with what was ruled out and by whom.
    not_relevant : tuple of str
        Ids set aside for this complaint; one counts as not asked once the complaint or a step makes it relevant.
    how : tuple of (str, str)
        How a question was asked, where that was recorded: `"aloud"`, `"label"` or `"sheet"`.
    findings : tuple of Finding
        What the answers block and limit, severest first.
    """

    yes: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    asked: tuple[str, ...] = ()
    date: datetime.date = field(default_factory=datetime.date.today)
    agreed_by: str = ""
    guide: str = ""
    agreed: tuple[tuple[str, str], ...] = ()
    not_relevant: tuple[str, ...] = ()
    how: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        check_date(self.date)
        for name in ("yes", "asked", "not_relevant"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "where", tuple((id, tuple(areas)) for id, areas in self.where))
        object.__setattr__(self, "how", tuple((id, check_choice("how", way, WAYS_OF_ASKING)) for id, way in self.how))
        object.__setattr__(self, "agreed_by", check_initials(self.agreed_by))
        object.__setattr__(self, "agreed", tuple((id, check_agreement(id, text)) for id, text in self.agreed))

    def evaluated(self, guide: Guide, complaint: Complaint | None = None) -> Screening:
        """Derive the findings again from the answers, by the guide as it is now.

        Parameters
        ----------
        guide : Guide
            Its rules apply; the answers have to be to its questions.
        complaint : Complaint, optional
            Its sensations may imply cautions, whatever was answered.

        Returns
        -------
        Screening
            A new screening, whatever findings this one held.

        Raises
        ------
        InvalidValueError
            If the answers are to another guide's questions, or are no valid answers.
        """
        _check_guide(self.guide, guide)
        judged = screen(
            self.yes, dict(self.where), self.agreed_by, guide=guide, date=self.date, asked=self.asked,
            agreed=dict(self.agreed), not_relevant=self.not_relevant, how=dict(self.how),
        )  # fmt: skip
        implied = implied_by(complaint, guide) if complaint else {}
        if not implied:
            return judged
        where = dict(judged.where)
        for id, areas in implied.items():
            # An answer that was not narrowed holds in all areas of its caution already.
            if id not in judged.yes or where.get(id):
                where[id] = tuple(dict.fromkeys((*where.get(id, ()), *areas)))
        yes = tuple(dict.fromkeys((*judged.yes, *implied)))
        return replace(judged, findings=findings_of(guide, yes, where))

    @property
    def action(self) -> str:
        """The severest of the findings' actions, `"go"` when nothing was answered yes."""
        return severest(finding.action for finding in self.findings)

    @cached_property
    def answered_no(self) -> frozenset[str]:
        """Ids that were asked and do not apply."""
        return frozenset(self.asked) - frozenset(self.yes)

    @property
    def blocked_areas(self) -> frozenset[str]:
        """Areas that no step may work."""
        return frozenset().union(*(self.areas_blocked_by(finding) for finding in self.findings))

    @property
    def blocked_tools(self) -> frozenset[str]:
        """Tools that are blocked somewhere."""
        return frozenset().union(*(finding.blocked_tools for finding in self.findings))

    @property
    def messages(self) -> tuple[str, ...]:
        """What the clinician does next, severest first, each with its id."""
        return tuple(f"{finding.id}: {finding.message}" for finding in self.findings)

    def agreement(self, id: str) -> str:
        """Return what the clinician wrote who looked at a finding or an alert.

        Parameters
        ----------
        id : str
            Of the finding or alert.

        Returns
        -------
        str
            What was ruled out and by whom; the initials alone when they stand for all findings; empty for nobody.
        """
        return dict(self.agreed).get(id, self.agreed_by)

    def areas_blocked_by(self, finding: Finding) -> frozenset[str]:
        """Return the areas that a finding blocks, less those that a clinician has agreed to open again.

        Parameters
        ----------
        finding : Finding
            One of this screening.

        Returns
        -------
        frozenset of str
            Empty when the finding can be lifted and a clinician has agreed.
        """
        if finding.can_be_lifted and self.agreement(finding.id):
            return frozenset()
        return finding.blocked_areas

    def touching(self, area: str) -> tuple[Finding, ...]:
        """Return the findings that apply to an area.

        Parameters
        ----------
        area : str
            Area id.

        Returns
        -------
        tuple of Finding
            Severest first.
        """
        return tuple(finding for finding in self.findings if area in finding.applies_to)

    def to_dict(self) -> dict[str, Any]:
        """Return the answers as plain values, ready for JSON.

        Returns
        -------
        dict
            yes, where, asked, date, agreed_by, guide, agreed, not_relevant, and how where it was recorded; findings
            follow from them.
        """
        return {
            "yes": list(self.yes),
            "where": {id: list(areas) for id, areas in self.where},
            "asked": list(self.asked),
            "date": self.date.isoformat(),
            "agreed_by": self.agreed_by,
            "guide": self.guide,
            "agreed": dict(self.agreed),
            "not_relevant": list(self.not_relevant),
            **({"how": dict(self.how)} if self.how else {}),
        }


def screen(
    yes: Iterable[str] = (),
    where: Mapping[str, Iterable[str]] | None = None,
    agreed_by: str | None = None,
    *,
    guide: Guide | None = None,
    date: datetime.date | None = None,
    asked: Iterable[str] | None = None,
    agreed: Mapping[str, str] | None = None,
    not_relevant: Iterable[str] = (),
    how: Mapping[str, str] | None = None,
) -> Screening:
    """Record the answers to the safety questions.

    Parameters
    ----------
    yes : iterable of str, default=()
        Ids answered yes; all the guide's other questions were asked and answered no.
    where : mapping of str to iterable of str, optional
        Areas, for answers about "that region".
    agreed_by : str, optional
        Initials of the clinician who looked at every finding that asks for it. They stand for all of them, without
        what was ruled out.
    guide : Guide, optional
        The built-in one when left out.
    date : datetime.date, optional
        The day the questions were asked; today when left out.
    asked : iterable of str, optional
        Ids that were asked, when not all were.
    agreed : mapping of str to str, optional
        Findings and alerts that a clinician looked at, each with what was ruled out and the initials.
    not_relevant : iterable of str, default=()
        Ids set aside because they are not relevant for the complaint: neither yes nor no. Once the complaint, or a
        step, reaches an area for which one is relevant, it counts as not asked.
    how : mapping of str to {"aloud", "label", "sheet"}, optional
        How questions were asked: read out, by their label, or on the client's sheet. The chart note says so.

    Returns
    -------
    Screening
        A new screening.

    Raises
    ------
    UnknownIdError
        If an id or an area is not in the guide.
    InvalidValueError
        If an answer needs `where` and has none, or `where` names an id that was not answered yes.

    Examples
    --------
    >>> screen(yes=["R01"]).action
    'emergency'
    >>> sorted(screen(yes=["C12"], where={"C12": ["foot_top"]}).blocked_areas)
    ['foot_top']
    >>> screen(yes=["R18"], agreed={"R18": "pulses good, both feet; AB"}).agreement("R18")
    'pulses good, both feet; AB'
    """
    guide = guide or load_guide()
    answers = tuple(dict.fromkeys(known_ids("yes", yes, guide)))
    narrowed = areas_of_answers(where, answers, guide)
    every = tuple(rule.id for rule in guide.records.asked_rules)
    aside = tuple(dict.fromkeys(known_ids("not_relevant", not_relevant, guide)))
    check_set_aside(aside, answers, guide)
    if asked is None:
        asked = every if not aside else tuple(id for id in every if id not in aside)
    return Screening(
        yes=answers,
        where=tuple(narrowed.items()),
        # Nearly always all were asked, in the guide's order; then no id has to be looked up.
        asked=every if asked == every else known_ids("asked", asked, guide),
        date=date or datetime.date.today(),
        agreed_by=agreed_by or "",
        guide=guide.id,
        agreed=tuple(agreements(agreed, guide).items()),
        not_relevant=aside,
        how=tuple((id, way) for id, way in (how or {}).items() if known_ids("how", (id,), guide)),
        findings=findings_of(guide, answers, narrowed),
    )


def screening_from_dict(values: Mapping[str, Any], guide: Guide | None = None) -> Screening:
    """Return the screening that `Screening.to_dict` wrote.

    Parameters
    ----------
    values : mapping
        yes, where, asked, date, agreed_by, and the id of the guide whose questions they answer.
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    Screening
        With findings by the guide as it is now.

    Raises
    ------
    InvalidValueError
        If a value is not what it should be, or the answers are to another guide's questions.
    UnknownIdError
        If an id is not in the guide.
    """
    try:
        date = datetime.date.fromisoformat(values["date"])
        where = {str(id): list(areas) for id, areas in dict(values.get("where", {})).items()}
        yes, asked = list(values["yes"]), list(values["asked"])
        agreed_by, guide_id = values.get("agreed_by", ""), values.get("guide", "")
        agreed, aside = dict(values.get("agreed", {})), list(values.get("not_relevant", ()))
        how = {str(id): str(way) for id, way in dict(values.get("how", {})).items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InvalidValueError(
            f"a screening must hold yes, asked, where and an ISO date, got {quoted(values)}; ask the questions again."
        ) from None
    guide = guide or load_guide()
    if guide_id:
        _check_guide(guide_id, guide)
    return screen(
        yes, where, agreed_by, guide=guide, date=date, asked=asked, agreed=agreed, not_relevant=aside, how=how
    )


def _check_guide(id: object, guide: Guide) -> None:
    """Refuse answers to another guide's questions."""
    if id != guide.id:
        raise InvalidValueError(
            f"the screening must be of guide {guide.id!r}, got one of {quoted(id)}; ask this guide's questions."
        )
