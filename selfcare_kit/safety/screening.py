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

from selfcare_kit.errors import InvalidValueError, Named, UnknownIdError, check_text, listed, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.actions import severest
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.safety.findings import Finding, findings_of, implied_by
from selfcare_kit.safety.questions import can_be_set_aside

MAX_AGREEMENT = 200
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
        Initials of the clinician who looked at all findings that need it; empty for nobody.
    guide : str
        Id of the guide whose questions they are.
    agreed : tuple of (str, str)
        Findings and alerts that were looked at one by one, each with what was ruled out and by whom.
    not_relevant : tuple of str
        Ids set aside for this complaint; one counts as not asked as soon as the areas reach further.
    findings : tuple of Finding
        What follows from the answers, severest first.
    """

    yes: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    asked: tuple[str, ...] = ()
    date: datetime.date = field(default_factory=datetime.date.today)
    agreed_by: str = ""
    guide: str = ""
    agreed: tuple[tuple[str, str], ...] = ()
    not_relevant: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        _check_date(self.date)
        for name in ("yes", "asked", "not_relevant"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "where", tuple((id, tuple(areas)) for id, areas in self.where))
        object.__setattr__(self, "agreed_by", _check_initials(self.agreed_by))
        object.__setattr__(self, "agreed", tuple((id, _check_agreement(id, text)) for id, text in self.agreed))

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
        judged = screen(
            self.yes, dict(self.where), self.agreed_by, guide=guide, date=self.date, asked=self.asked,
            agreed=dict(self.agreed), not_relevant=self.not_relevant,
        )  # fmt: skip
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
        """Tools that are blocked somewhere."""
        return frozenset().union(*(finding.blocked_tools for finding in self.findings))

    @property
    def messages(self) -> tuple[str, ...]:
        """What the clinician does next, severest first, each with its id."""
        return tuple(f"{finding.id}: {finding.message}" for finding in self.findings)

    def agreement(self, id: str) -> str:
        """Return what was said by the clinician who looked at a finding or an alert.

        Parameters
        ----------
        id : str
            Of the finding or alert.

        Returns
        -------
        str
            What was ruled out and by whom; the initials alone where they stand for everything; empty for nobody.
        """
        return dict(self.agreed).get(id, self.agreed_by)

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
        if finding.action == "refer" and not finding.is_regional and self.agreement(finding.id):
            return frozenset()
        return finding.blocked_areas

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
            yes, where, asked, date, agreed_by, guide, agreed and not_relevant; findings follow from them.
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
) -> Screening:
    """Record the answers to the safety questions.

    Parameters
    ----------
    yes : iterable of str, default=()
        Ids answered yes; all the guide's other questions were asked and answered no.
    where : mapping of str to iterable of str, optional
        Areas, for answers that speak of "that region".
    agreed_by : str, optional
        Initials of the clinician who looked at every finding that asks for it. Stands for all of them, and says
        nothing of what was ruled out.
    guide : Guide, optional
        The built-in one when left out.
    date : datetime.date, optional
        The day the questions were asked; today when left out.
    asked : iterable of str, optional
        Ids that were asked, when not all were.
    agreed : mapping of str to str, optional
        Findings and alerts that a clinician looked at, each with what was ruled out and the initials.
    not_relevant : iterable of str, default=()
        Ids set aside because they do not bear on the complaint: neither yes nor no. Where the complaint, or a
        step, reaches an area for which one is relevant, it counts as not asked.

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
    answers = tuple(dict.fromkeys(_known(guide, id) for id in _listed("yes", yes)))
    places = _places(guide, where, answers)
    every = tuple(rule.id for rule in guide.records.asked_rules)
    aside = tuple(dict.fromkeys(_known(guide, id) for id in _listed("not_relevant", not_relevant)))
    _check_aside(aside, answers, guide)
    if asked is None:
        asked = every if not aside else tuple(id for id in every if id not in aside)
    return Screening(
        yes=answers,
        where=tuple(places.items()),
        # Nearly always all were, in the guide's own words and order; then there is nothing to look up.
        asked=every if asked == every else tuple(_known(guide, id) for id in _listed("asked", asked)),
        date=date or datetime.date.today(),
        agreed_by=agreed_by or "",
        guide=guide.id,
        agreed=tuple(_looked_at(guide, agreed).items()),
        not_relevant=aside,
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
        agreed, aside = dict(values.get("agreed", {})), list(values.get("not_relevant", ()))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InvalidValueError(
            f"a screening must hold yes, asked, where and an ISO date, got {quoted(values)}; ask the questions again."
        ) from None
    guide = guide or load_guide()
    if own:
        _check_own_guide(own, guide)
    return screen(yes, where, agreed_by, guide=guide, date=date, asked=asked, agreed=agreed, not_relevant=aside)


def _check_own_guide(own: object, guide: Guide) -> None:
    if own != guide.id:
        raise InvalidValueError(
            f"the screening must be of guide {guide.id!r}, got one of {quoted(own)}; ask this guide's questions."
        )


def _known(guide: Guide, id: object) -> str:
    """Return the id as the guide spells it; its case does not matter where one id alone is meant."""
    ids = [*guide.records.red_flags, *guide.records.cautions]
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
        if guide.records.rules[code].has_fixed_areas:
            raise InvalidValueError(
                f"where is for answers that speak of a region, got {code!r}, which has fixed areas; leave it out."
            )
        places[code] = tuple(dict.fromkeys(guide.area(area) for area in _listed(f"where of {code}", areas)))
        _check_narrowing(guide, code, places[code])
    for id in answers:
        if guide.records.rules[id].where == "required" and not places.get(id):
            raise InvalidValueError.of(
                f"{id} ({guide.records.rules[id].label})",
                "needs the areas it is about",
                given="none",
                advice=f"name the client's areas in where, as in {id}=foot_top "
                f"(in Python, where={{'{id}': ['foot_top']}})",
            )
    return places


def _check_narrowing(guide: Guide, id: str, places: tuple[str, ...]) -> None:
    rule = guide.records.rules[id]
    if rule.is_everywhere and rule.where == "required":
        return
    own = rule.areas
    outside = [area for area in places if own and area not in own]
    if outside:
        raise InvalidValueError.of(
            f"where of {id}",
            ("must be among ", *listed("area", own)),
            given=Named("area", outside[0], repr(outside[0])),
            advice="name where it is, or leave where out",
        )


def _check_date(date: object) -> datetime.date:
    if isinstance(date, datetime.datetime) or not isinstance(date, datetime.date):
        raise InvalidValueError(f"date must be a datetime.date, got {quoted(date)}; pass date.today().")
    return date


def _check_aside(aside: tuple[str, ...], answers: tuple[str, ...], guide: Guide) -> None:
    both = next((id for id in aside if id in answers), None)
    if both is not None:
        raise InvalidValueError(
            f"an answer is yes, no or not relevant, got {both!r} as yes and as not relevant; take it out of one."
        )
    always = next((id for id in aside if not can_be_set_aside(id, guide)), None)
    if always is not None:
        raise InvalidValueError(
            f"{always} ({guide.records.rules[always].label}) bears on every complaint, so it cannot be set aside as "
            "not relevant; ask it."
        )


def _looked_at(guide: Guide, agreed: Mapping[str, str] | None) -> dict[str, str]:
    if agreed is not None and not isinstance(agreed, Mapping):
        raise InvalidValueError(
            f"agreed must be a mapping such as {{'R18': 'pulses good; AB'}}, got {quoted(agreed)}; write it so."
        )
    alerts = {*guide.records.sensations, *guide.records.nerves}
    return {id if id in alerts else _known(guide, id): text for id, text in (agreed or {}).items()}


def _check_agreement(id: str, text: object) -> str:
    said = " ".join(check_text(f"agreed of {id}", text).split())
    if not any(each.isalpha() for each in said) or len(said) > MAX_AGREEMENT or said.casefold() in NO_INITIALS:
        raise InvalidValueError(
            f"what was ruled out for {id} must be a few words with the clinician's initials, such as "
            f"'pulses good, both feet; AB', got {quoted(said)}; write it, or leave {id} out."
        )
    return said


def _check_initials(text: object) -> str:
    initials = check_text("agreed_by", text).strip()
    letters = [each for each in initials if each.isalpha() and "FILLER" not in unicodedata.name(each, "")]
    if initials and (not letters or initials.casefold() in NO_INITIALS or len(initials) > 40):
        raise InvalidValueError.of(
            Named("value", "agreed_by"),
            "must be the initials of the clinician who looked, such as 'AB'",
            given=repr(initials[:40]),
            advice="leave it out when nobody has",
        )
    return initials
