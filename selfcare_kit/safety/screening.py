"""The safety answers: which red flags and cautions apply, and what they stop.

A screening is dated and carries the ids that were asked. It never decides by itself that a
routine may go out: that is the one gate's work.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from selfcare_kit.complaint import Complaint
from selfcare_kit.errors import InvalidValueError, UnknownIdError, check_text, quoted
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.model import Point, Step, severest
from selfcare_kit.safety.findings import Finding, findings_of, implied_by, objection_by, safety_row
from selfcare_kit.safety.questions import questions
from selfcare_kit.tables import split

NO_INITIALS = ("no", "none", "nobody", "n/a", "na")


@dataclass(frozen=True)
class Screening:
    """The dated answers to a guide's red flags and cautions. Make one with `screen`.

    Parameters
    ----------
    yes : tuple of str
        Ids answered yes.
    where : tuple of (str, tuple of str)
        Areas an answer was narrowed to.
    asked : tuple of str
        Ids that were asked; those not in `yes` were answered no.
    date : datetime.date
        The day they were asked.
    agreed_by : str
        Initials of the clinician who looked at a finding that needs it; empty for nobody.
    guide : str
        Id of the guide whose questions they are.
    findings : tuple of Finding
        What follows from the answers, severest first.
    """

    yes: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    asked: tuple[str, ...] = ()
    date: datetime.date = field(default_factory=datetime.date.today)
    agreed_by: str = ""
    guide: str = ""
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_date(self.date)
        object.__setattr__(self, "agreed_by", _check_initials(self.agreed_by))

    def evaluated(self, guide: Guide, complaint: Complaint | None = None) -> Screening:
        """Work the findings out again from the answers, by the guide as it is now.

        Parameters
        ----------
        guide : Guide
            Whose rules count; it has to be the guide that asked.
        complaint : Complaint, optional
            What the client feels: some of it amounts to a caution, whatever was answered.

        Returns
        -------
        Screening
            A new screening, whatever findings this one held.

        Raises
        ------
        InvalidValueError
            If the answers are to another guide's questions, or are no valid answers.
        """
        _check_own_guide(self.guide, guide)
        judged = screen(self.yes, dict(self.where), self.agreed_by, guide=guide, date=self.date, asked=self.asked)
        implied = implied_by(complaint, guide) if complaint else {}
        if not implied:
            return judged
        where = dict(judged.where)
        for id, areas in implied.items():
            # What was answered for the whole of a caution's areas holds there already.
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
        """Areas no step may lie in."""
        return frozenset().union(*(self.areas_blocked_by(finding) for finding in self.findings))

    @property
    def blocked_tools(self) -> frozenset[str]:
        """Tools that are blocked somewhere; `objection` knows where."""
        return frozenset().union(*(finding.blocked_tools for finding in self.findings))

    @property
    def messages(self) -> tuple[str, ...]:
        """What the clinician does next, severest first, each with its id."""
        return tuple(f"{finding.id}: {finding.message}" for finding in self.findings)

    def areas_blocked_by(self, finding: Finding) -> frozenset[str]:
        """Return the areas a finding blocks now.

        Parameters
        ----------
        finding : Finding
            One of this screening.

        Returns
        -------
        frozenset of str
            Empty when a clinician has looked at a finding that only asks to be looked at.
        """
        if finding.action == "refer" and self.agreed_by and not finding.is_regional:
            return frozenset()
        return finding.blocked_areas

    def blocking(self, area: str) -> Finding | None:
        """Return the finding that blocks an area.

        Parameters
        ----------
        area : str
            Area id.

        Returns
        -------
        Finding or None
            The severest one; None when the area is free.
        """
        return next((each for each in self.findings if area in self.areas_blocked_by(each)), None)

    def objection_to(self, step: Step, point: Point) -> str:
        """Say why a step may not be done.

        Parameters
        ----------
        step : Step
            The step.
        point : Point
            Its point: all areas it works count.

        Returns
        -------
        str
            As `objection`.
        """
        areas = point.areas_worked(step.mode)
        return self.objection_in(areas, tool=step.tool, position=step.position, pressure=step.pressure, mode=step.mode)

    def objection_in(self, areas: Iterable[str], **how: Any) -> str:
        """Say why something may not be done in one of several areas.

        Parameters
        ----------
        areas : iterable of str
            Area ids.
        **how
            As for `objection`.

        Returns
        -------
        str
            That of the first area that has one; empty when nothing speaks against it.
        """
        return next(filter(None, (self.objection(area, **how) for area in areas)), "")

    def objection(self, area: str, tool: str = "", position: str = "", pressure: int = 0, mode: str = "") -> str:
        """Say why something may not be done in an area.

        Parameters
        ----------
        area : str
            Area id.
        tool, position : str, default=""
            Ids; empty to leave them out of the question.
        pressure : int, default=0
            Of 10.
        mode : str, default=""
            How it is worked; empty to leave it out of the question.

        Returns
        -------
        str
            The reason and what to do, without a full stop; empty when nothing speaks against it.
        """
        blocking = self.blocking(area)
        if blocking is not None:
            can_agree = blocking.action == "refer" and not blocking.is_regional
            agree = " or give the clinician's initials as agreed_by" if can_agree else ""
            return f"{area} is blocked by {blocking.id} ({blocking.label}); leave it out{agree}"
        return objection_by(self.touching(area), area, tool, position, pressure, mode)

    def touching(self, area: str) -> tuple[Finding, ...]:
        """Return the findings that speak of an area.

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
            yes, where, asked, date, agreed_by and guide; findings follow from them.
        """
        return {
            "yes": list(self.yes),
            "where": {id: list(areas) for id, areas in self.where},
            "asked": list(self.asked),
            "date": self.date.isoformat(),
            "agreed_by": self.agreed_by,
            "guide": self.guide,
        }


def screen(
    yes: Iterable[str] = (),
    where: Mapping[str, Iterable[str]] | None = None,
    agreed_by: str | None = None,
    *,
    guide: Guide | None = None,
    date: datetime.date | None = None,
    asked: Iterable[str] | None = None,
) -> Screening:
    """Record the answers to the safety questions.

    Parameters
    ----------
    yes : iterable of str, default=()
        Ids answered yes; all the guide's other questions were asked and answered no.
    where : mapping of str to iterable of str, optional
        Areas, for answers that speak of "that region".
    agreed_by : str, optional
        Initials of the clinician who looked at a finding that asks for it.
    guide : Guide, optional
        The built-in one when left out.
    date : datetime.date, optional
        The day the questions were asked; today when left out.
    asked : iterable of str, optional
        Ids that were asked, when not all were.

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
    """
    guide = guide or load_guide()
    answers = tuple(dict.fromkeys(_known(guide, id) for id in _listed("yes", yes)))
    places = _places(guide, where, answers)
    every = tuple(row["id"] for row in questions(guide))
    return Screening(
        yes=answers,
        where=tuple(places.items()),
        # Nearly always all were, in the guide's own words and order; then there is nothing to look up.
        asked=every if asked in (None, every) else tuple(_known(guide, id) for id in _listed("asked", asked)),
        date=date or datetime.date.today(),
        agreed_by=agreed_by or "",
        guide=guide.id,
        findings=findings_of(guide, answers, places),
    )


def screening_from_dict(values: Mapping[str, Any], guide: Guide | None = None) -> Screening:
    """Make a screening from what `Screening.to_dict` gave.

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
        agreed_by, own = values.get("agreed_by", ""), values.get("guide", "")
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InvalidValueError(
            f"a screening must hold yes, asked, where and an ISO date, got {quoted(values)}; ask the questions again."
        ) from None
    guide = guide or load_guide()
    if own:
        _check_own_guide(own, guide)
    return screen(yes, where, agreed_by, guide=guide, date=date, asked=asked)


def _check_own_guide(own: object, guide: Guide) -> None:
    if own != guide.id:
        raise InvalidValueError(
            f"the screening must be of guide {guide.id!r}, got one of {quoted(own)}; ask this guide's questions."
        )


def _known(guide: Guide, id: object) -> str:
    """Return the id as the guide spells it; its case does not matter where one id alone is meant."""
    ids = [*guide.rows_by_id["red_flags"], *guide.rows_by_id["cautions"]]
    code = id.strip() if isinstance(id, str) else ""
    if code in ids:
        return code
    meant = [own for own in ids if own.casefold() == code.casefold()]
    if len(meant) == 1:
        return meant[0]
    raise UnknownIdError(
        f"a safety answer must be one of {', '.join(ids)} in guide {guide.id!r}, got {quoted(id)}; "
        "see the guide's red flags and cautions."
    )


def _listed(name: str, values: object) -> tuple[object, ...]:
    if isinstance(values, str):
        return (values,)
    if not isinstance(values, Iterable):
        raise InvalidValueError(
            f"{name} must be a list of ids such as ['C12'], got {quoted(values)}; put it in brackets."
        )
    return tuple(values)


def _places(
    guide: Guide, where: Mapping[str, Iterable[str]] | None, answers: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    if where is not None and not isinstance(where, Mapping):
        raise InvalidValueError(
            f"where must be a mapping such as {{'C12': ['foot_top']}}, got {quoted(where)}; write it so."
        )
    places: dict[str, tuple[str, ...]] = {}
    for id, areas in (where or {}).items():
        code = _known(guide, id)
        if code not in answers:
            raise InvalidValueError(
                f"where names areas of an answer that is yes, got {code!r}, which is not; add it to yes."
            )
        if safety_row(guide, code)["where"] == "no":
            raise InvalidValueError(
                f"where is for answers that speak of a region, got {code!r}, which has fixed areas; leave it out."
            )
        places[code] = tuple(dict.fromkeys(guide.area(area) for area in _listed(f"where of {code}", areas)))
        _check_narrowing(guide, code, places[code])
    for id in answers:
        if safety_row(guide, id)["where"] == "required" and not places.get(id):
            raise InvalidValueError(
                f"{id} ({safety_row(guide, id)['label']}) needs the areas it is about, got none; "
                f"name the client's areas in where, as in {id}=foot_top (in Python, where={{'{id}': ['foot_top']}})."
            )
    return places


def _check_narrowing(guide: Guide, id: str, places: tuple[str, ...]) -> None:
    own = split(safety_row(guide, id)["areas"])
    outside = [area for area in places if own and area not in own]
    if outside:
        raise InvalidValueError(
            f"where of {id} must be among {', '.join(own)}, got {outside[0]!r}; name where it is, or leave where out."
        )


def _check_date(date: object) -> datetime.date:
    if isinstance(date, datetime.datetime) or not isinstance(date, datetime.date):
        raise InvalidValueError(f"date must be a datetime.date, got {quoted(date)}; pass date.today().")
    return date


def _check_initials(text: object) -> str:
    initials = check_text("agreed_by", text).strip()
    letters = [each for each in initials if each.isalpha() and "FILLER" not in unicodedata.name(each, "")]
    if initials and (not letters or initials.casefold() in NO_INITIALS or len(initials) > 40):
        raise InvalidValueError(
            f"agreed_by must be the initials of the clinician who looked, such as 'AB', got {initials[:40]!r}; "
            "leave it out when nobody has."
        )
    return initials
