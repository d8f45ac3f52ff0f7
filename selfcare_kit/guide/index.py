"""The records of a guide: `guide.records`, by table, by id, and by what the rules look up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from selfcare_kit.errors import UnknownIdError
from selfcare_kit.guide import records
from selfcare_kit.guide.schema import tables

if TYPE_CHECKING:
    from selfcare_kit.guide.tables import TableFolder


class ById(dict[str, records.AnyRecord]):
    """The records of a table by id; an unknown id raises the guide's own error, with the ids that exist."""

    def __init__(self, found: Iterable[records.AnyRecord], unknown: Callable[[object], UnknownIdError]) -> None:
        super().__init__((record.id, record) for record in found)
        self._unknown = unknown

    def __missing__(self, id: object) -> records.AnyRecord:
        raise self._unknown(id)


class GuideRecords:
    """The records of a guide's tables, each table read when it is first needed.

    Tables with ids are mappings by id in the order of the file; the others are tuples.
    """

    def __init__(self, folder: TableFolder) -> None:
        self._folder = folder

    @cached_property
    def sources(self) -> Mapping[str, records.Source]:
        """Sources of facts, by key."""
        return {each.key: each for each in self._read(records.Source, "sources")}

    @cached_property
    def muscles(self) -> Mapping[str, records.Muscle]:
        """Muscles and their names."""
        return self._by_id(records.Muscle, "muscles")

    @cached_property
    def areas(self) -> Mapping[str, records.Area]:
        """Areas that a client can point to."""
        return self._by_id(records.Area, "areas")

    @cached_property
    def referrals(self) -> tuple[records.Referral, ...]:
        """Areas in which the pain of points is felt."""
        return self._read(records.Referral, "referrals")

    @cached_property
    def prevalence(self) -> tuple[records.Share, ...]:
        """How often muscles held a point, by study."""
        return self._read(records.Share, "prevalence")

    @cached_property
    def search_words(self) -> tuple[records.SearchWord, ...]:
        """Words to search by."""
        return self._read(records.SearchWord, "search_words")

    @cached_property
    def acupoints(self) -> Mapping[str, records.Acupoint]:
        """Acupuncture points."""
        return self._by_id(records.Acupoint, "acupoints")

    @cached_property
    def point_acupoints(self) -> tuple[records.NearbyAcupoint, ...]:
        """Acupuncture points that lie near points."""
        return self._read(records.NearbyAcupoint, "point_acupoints")

    @cached_property
    def sensations(self) -> Mapping[str, records.Sensation]:
        """What an area can feel like."""
        return self._by_id(records.Sensation, "sensations")

    @cached_property
    def red_flags(self) -> Mapping[str, records.Rule]:
        """Red flags."""
        return self._by_id(records.Rule, "red_flags", is_red_flag=True)

    @cached_property
    def cautions(self) -> Mapping[str, records.Rule]:
        """Cautions."""
        return self._by_id(records.Rule, "cautions")

    @cached_property
    def limits(self) -> tuple[records.Limit, ...]:
        """What rules block or limit beyond their own rows."""
        return self._read(records.Limit, "limits")

    @cached_property
    def nerves(self) -> Mapping[str, records.Nerve]:
        """What sensations and pain in certain areas may come from."""
        return self._by_id(records.Nerve, "nerves")

    @cached_property
    def tools(self) -> Mapping[str, records.Tool]:
        """Tools that points are pressed with."""
        return self._by_id(records.Tool, "tools")

    @cached_property
    def positions(self) -> Mapping[str, records.Position]:
        """Positions of the body."""
        return self._by_id(records.Position, "positions")

    @cached_property
    def techniques(self) -> Mapping[str, records.Technique]:
        """Ways to work a point."""
        return self._by_id(records.Technique, "techniques")

    @cached_property
    def videos(self) -> tuple[records.VideoLink, ...]:
        """Videos of techniques and points."""
        return self._read(records.VideoLink, "videos")

    @cached_property
    def reviewers(self) -> tuple[records.Reviewer, ...]:
        """Professions that may review the guide; empty where it leaves that to the built-in one."""
        return self._read(records.Reviewer, "reviewers")

    @cached_property
    def reviews(self) -> tuple[records.ItemReview, ...]:
        """What reviewers said, in the order in which it was added."""
        return self._read(records.ItemReview, "reviews")

    @cached_property
    def landmarks(self) -> Mapping[str, records.DerivedLandmark]:
        """Landmarks that the guide derives from others."""
        return self._by_id(records.DerivedLandmark, "landmarks")

    @cached_property
    def places(self) -> tuple[records.PlaceOfPoint, ...]:
        """Where points and acupoints lie."""
        return self._read(records.PlaceOfPoint, "places")

    @cached_property
    def zones(self) -> tuple[records.NodeOfZone, ...]:
        """Where points are felt, as shapes on the body."""
        return self._read(records.NodeOfZone, "zones")

    @cached_property
    def rules(self) -> Mapping[str, records.Rule]:
        """Red flags, then cautions."""
        cautions = (rule for id, rule in self.cautions.items() if id not in self.red_flags)
        return ById((*self.red_flags.values(), *cautions), partial(self._folder.unknown, "cautions"))

    @cached_property
    def asked_rules(self) -> tuple[records.Rule, ...]:
        """The rules that have a question for the client: red flags, then cautions."""
        return tuple(rule for rule in (*self.red_flags.values(), *self.cautions.values()) if rule.is_asked)

    @cached_property
    def anatomical_rules(self) -> frozenset[str]:
        """Ids of the cautions that hold in everybody, because of the anatomy of their areas."""
        return frozenset(id for id, rule in self.cautions.items() if rule.is_anatomical)

    @cached_property
    def areas_referred(self) -> Mapping[str, frozenset[str]]:
        """The areas in which the pain of each point is felt."""
        found: dict[str, set[str]] = {}
        for each in self.referrals:
            found.setdefault(each.point, set()).add(each.area)
        return {point: frozenset(areas) for point, areas in found.items()}

    @cached_property
    def areas_with_points(self) -> frozenset[str]:
        """The areas in which the pain of some point is felt."""
        return frozenset(each.area for each in self.referrals)

    @cached_property
    def techniques_of_modes(self) -> Mapping[str, tuple[records.Technique, ...]]:
        """The techniques of each mode that has one."""
        found: dict[str, list[records.Technique]] = {}
        for each in self.techniques.values():
            found.setdefault(each.mode, []).append(each)
        return {mode: tuple(techniques) for mode, techniques in found.items()}

    @cached_property
    def tools_of_modes(self) -> Mapping[str, frozenset[str]]:
        """The tools of the techniques of each mode."""
        return {
            mode: frozenset(tool for technique in techniques for tool in technique.tools)
            for mode, techniques in self.techniques_of_modes.items()
        }

    @cached_property
    def shares_of_muscles(self) -> Mapping[str, tuple[records.Share, ...]]:
        """Shares of people with pain, by muscle; counts of latent points and of the side without pain are left out."""
        found: dict[str, list[records.Share]] = {}
        for each in self.prevalence:
            if each.percent_low is not None and each.counted in ("active", "any"):
                for muscle in each.muscles:
                    found.setdefault(muscle, []).append(each)
        return {muscle: tuple(shares) for muscle, shares in found.items()}

    def _by_id(self, record: type[records.AnyRecord], name: str, **more: bool) -> ById[records.AnyRecord]:
        return ById(self._read(record, name, **more), partial(self._folder.unknown, name))

    def _read(self, record: type[records.AnyRecord], name: str, **more: bool) -> tuple[records.AnyRecord, ...]:
        return records.read_records(record, tables()[name], self._folder.table(name), **more)
