"""The typed rows of a guide, by table and by what the rules look for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from selfcare_kit.errors import UnknownIdError
from selfcare_kit.guide import rows
from selfcare_kit.guide.schema import tables

if TYPE_CHECKING:
    from selfcare_kit.guide.tables import TableFolder


class ById(dict[str, rows.Made]):
    """The typed rows of a table by id; an id that the table does not have is refused in words."""

    def __init__(self, found: Iterable[rows.Made], refusal: Callable[[object], UnknownIdError]) -> None:
        super().__init__((row.id, row) for row in found)
        self._refusal = refusal

    def __missing__(self, id: object) -> rows.Made:
        raise self._refusal(id)


class Records:
    """The typed rows of a guide's tables, each table read when it is first needed.

    Tables with ids are mappings by id in the order of the file; the others are tuples.
    """

    def __init__(self, folder: TableFolder) -> None:
        self._folder = folder

    @cached_property
    def sources(self) -> Mapping[str, rows.Source]:
        """What facts come from."""
        return {each.key: each for each in self._read(rows.Source, "sources")}

    @cached_property
    def muscles(self) -> Mapping[str, rows.Muscle]:
        """Muscles and their names."""
        return self._by_id(rows.Muscle, "muscles")

    @cached_property
    def areas(self) -> Mapping[str, rows.Area]:
        """Places that a client can point to."""
        return self._by_id(rows.Area, "areas")

    @cached_property
    def referrals(self) -> tuple[rows.Referral, ...]:
        """Where the pain of points is felt."""
        return self._read(rows.Referral, "referrals")

    @cached_property
    def prevalence(self) -> tuple[rows.Share, ...]:
        """How often muscles held a point."""
        return self._read(rows.Share, "prevalence")

    @cached_property
    def search_words(self) -> tuple[rows.SearchWord, ...]:
        """Words to search by."""
        return self._read(rows.SearchWord, "search_words")

    @cached_property
    def acupoints(self) -> Mapping[str, rows.Acupoint]:
        """Acupuncture points."""
        return self._by_id(rows.Acupoint, "acupoints")

    @cached_property
    def point_acupoints(self) -> tuple[rows.NearbyAcupoint, ...]:
        """Acupuncture points that lie near points."""
        return self._read(rows.NearbyAcupoint, "point_acupoints")

    @cached_property
    def sensations(self) -> Mapping[str, rows.Sensation]:
        """What an area can feel like."""
        return self._by_id(rows.Sensation, "sensations")

    @cached_property
    def red_flags(self) -> Mapping[str, rows.Rule]:
        """Red flags."""
        return self._by_id(rows.Rule, "red_flags", is_red_flag=True)

    @cached_property
    def cautions(self) -> Mapping[str, rows.Rule]:
        """Cautions."""
        return self._by_id(rows.Rule, "cautions")

    @cached_property
    def limits(self) -> tuple[rows.Limit, ...]:
        """What rules hold back beyond their own rows."""
        return self._read(rows.Limit, "limits")

    @cached_property
    def nerves(self) -> Mapping[str, rows.Nerve]:
        """What to think of where something is felt."""
        return self._by_id(rows.Nerve, "nerves")

    @cached_property
    def tools(self) -> Mapping[str, rows.Tool]:
        """What points are pressed with."""
        return self._by_id(rows.Tool, "tools")

    @cached_property
    def positions(self) -> Mapping[str, rows.Position]:
        """How one stands, sits or lies."""
        return self._by_id(rows.Position, "positions")

    @cached_property
    def techniques(self) -> Mapping[str, rows.Technique]:
        """How points are worked."""
        return self._by_id(rows.Technique, "techniques")

    @cached_property
    def videos(self) -> tuple[rows.VideoLink, ...]:
        """Videos of techniques and points."""
        return self._read(rows.VideoLink, "videos")

    @cached_property
    def rules(self) -> Mapping[str, rows.Rule]:
        """Red flags, then cautions."""
        cautions = (rule for id, rule in self.cautions.items() if id not in self.red_flags)
        return ById((*self.red_flags.values(), *cautions), partial(self._folder.unknown, "cautions"))

    @cached_property
    def asked_rules(self) -> tuple[rows.Rule, ...]:
        """The rules that a client is asked about: red flags, then cautions."""
        return tuple(rule for rule in (*self.red_flags.values(), *self.cautions.values()) if rule.is_asked)

    @cached_property
    def rules_of_places(self) -> frozenset[str]:
        """The cautions that are true of a place in everybody."""
        return frozenset(id for id, rule in self.cautions.items() if rule.is_of_the_place)

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
    def techniques_of_modes(self) -> Mapping[str, tuple[rows.Technique, ...]]:
        """The techniques of each mode that has one."""
        found: dict[str, list[rows.Technique]] = {}
        for each in self.techniques.values():
            found.setdefault(each.mode, []).append(each)
        return {mode: tuple(made) for mode, made in found.items()}

    @cached_property
    def tools_of_modes(self) -> Mapping[str, frozenset[str]]:
        """The tools of the techniques of each mode."""
        made = self.techniques_of_modes
        return {mode: frozenset(tool for each in of_mode for tool in each.tools) for mode, of_mode in made.items()}

    @cached_property
    def shares_of_muscles(self) -> Mapping[str, tuple[rows.Share, ...]]:
        """The shares of those who hurt, by muscle; latent points and the other side speak for nothing."""
        found: dict[str, list[rows.Share]] = {}
        for each in self.prevalence:
            if each.percent_low is not None and each.counted in ("active", "any"):
                for muscle in each.muscles:
                    found.setdefault(muscle, []).append(each)
        return {muscle: tuple(shares) for muscle, shares in found.items()}

    def _by_id(self, make: type[rows.Made], name: str, **more: bool) -> ById[rows.Made]:
        return ById(self._read(make, name, **more), partial(self._folder.unknown, name))

    def _read(self, make: type[rows.Made], name: str, **more: bool) -> tuple[rows.Made, ...]:
        return rows.read_rows(make, tables()[name], self._folder.table(name), **more)
