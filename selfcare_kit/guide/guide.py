"""A guide: a folder of tables and texts about one complaint, read into typed values.

A second guide needs no line of Python: `load_guide("path/to/folder")` reads any folder with
these tables. `data/datapackage.json` describes the columns of every table; `check_guide` lists what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import GuideError, InvalidValueError, Named, quoted
from selfcare_kit.guide.cells import Row, read_settings
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.languages import TextFolder, Translation, shared_part
from selfcare_kit.guide.names import normalised
from selfcare_kit.guide.point import Notice, Point, point_of
from selfcare_kit.guide.tables import TableFolder, changed_tables, with_rows_of
from selfcare_kit.model.dose import Dose

if TYPE_CHECKING:
    from selfcare_kit.clinics.profile import Clinic
    from selfcare_kit.guide.index import GuideRecords
    from selfcare_kit.model.complaint import AreaComplaint, Complaint
    from selfcare_kit.model.step import Step

BUILT_IN = "hip_and_leg"


class Guide(TableFolder):
    """Tables and texts about one complaint, with typed access.

    Every table of the folder is an attribute and a data frame: `guide.points`, `guide.areas`, `guide.red_flags` and so
    on, as `dir(guide)` lists them. A frame is a fresh copy, indexed by id where the table has one.
    The kit itself works with typed rows: `guide.records.red_flags["R01"].areas`, and points as `guide.point_values`.

    Parameters
    ----------
    folder : Path
        A folder with `guide.toml` and the tables.

    Raises
    ------
    GuideError
        If `guide.toml` is missing or is not what it should be.

    Examples
    --------
    >>> guide = built_in()
    >>> guide.point("piri_1").muscle
    'piriformis'
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # The values that `kept_by_guide` stores: by function, then by its arguments.
        self.kept_values: dict[Callable[..., Any], dict[tuple[Any, ...], Any]] = {}
        self.settings = read_settings(self.folder)
        self.id: str = str(self.settings.get("id", self.folder.name))
        self.title: str = str(self.settings.get("title", self.id))
        self.version: str = str(self.settings.get("version", ""))
        self.reviewed_by: str = str(self.settings.get("reviewed_by", ""))
        self.language: str = str(self.settings.get("language", "en"))
        shared = (lambda _: {}) if self.is_built_in else self._shared_texts
        self._texts = TextFolder(self.folder / "text", self.id, self.language, shared, self._question_texts)
        self.dose = _dose(self.settings.get("dose", {}))

    def __repr__(self) -> str:
        return f"Guide({self.id!r}, version {self.version!r}, {len(self.point_values)} points)"

    def with_point(self, point: str, places: Sequence[Row] | None, zones: Sequence[Row] | None) -> Guide:
        """Return the guide in memory with other rows for a point's places, its zones or both; nothing is checked."""
        changed = Guide(self.folder)
        changed._tables |= self._tables
        for name, rows in changed_tables(places, zones).items():
            changed._keep(name, (dict(row) for row in with_rows_of(self.table(name), name, point, rows)))
        return changed

    @property
    def name(self) -> str:
        """Name of the guide in messages: its id."""
        return self.id

    @property
    def is_built_in(self) -> bool:
        """Whether this is the guide that ships with the kit."""
        return self.folder == data_folder() / BUILT_IN

    @cached_property
    def records(self) -> GuideRecords:
        """The typed rows of the tables, and indexes of them."""
        from selfcare_kit.guide.index import GuideRecords

        return GuideRecords(self)

    @cached_property
    def point_values(self) -> dict[str, Point]:
        """All points by id, in the guide's order."""
        names = {row["id"]: row["name"] for row in self.table("muscles")}
        return {row["id"]: point_of(row, names) for row in self.table("points")}

    def point(self, id: str) -> Point:
        """Return a point; case, spaces and hyphens do not matter, but nothing else is guessed.

        Parameters
        ----------
        id : str
            Such as `"piri_1"`.

        Returns
        -------
        Point
            The point.

        Raises
        ------
        UnknownIdError
            If the guide has no such point.
        """
        points = self.point_values
        if id in points:
            return points[id]
        name = normalised(id) if isinstance(id, str) else None
        if name in points:
            return points[name]
        raise self.unknown("points", id)

    def areas_dosed(self, step: Step) -> tuple[str, ...]:
        """Return the areas in which the seconds of a step count; a sweep counts in every area that it crosses."""
        return self.point(step.point).areas_dosed(step.mode)

    @cached_property
    def area_ids(self) -> tuple[str, ...]:
        """All area ids, in the guide's order."""
        return tuple(self.records.areas)

    @cached_property
    def _area_names(self) -> dict[str, str]:
        """Area ids by every name that belongs to one area alone."""
        ids_of_names: dict[str, set[str]] = {}
        for area in self.records.areas.values():
            for name in (area.id, area.label, area.client, *area.synonyms):
                ids_of_names.setdefault(normalised(name), set()).add(area.id)
        exact = {id: id for id in self.area_ids}
        return {name: next(iter(ids)) for name, ids in ids_of_names.items() if len(ids) == 1} | exact

    def area(self, name: str) -> str:
        """Return the id of an area, from its id, label or a known synonym.

        Parameters
        ----------
        name : str
            Such as `"thigh_outer"` or `"outer thigh"`.

        Returns
        -------
        str
            The area id.

        Raises
        ------
        UnknownIdError
            If no area is called that.
        """
        if not self.has_area(name):
            raise self.unknown("areas", name)
        return self._area_names[normalised(name)]

    def has_area(self, name: object) -> bool:
        """Return whether `area` finds an area of that name.

        Parameters
        ----------
        name : object
            An id, label or known synonym; what is no text is none.

        Returns
        -------
        bool
            True for a name of an area.
        """
        return isinstance(name, str) and normalised(name) in self._area_names

    def complaint(self, areas: Any, side: str | None = None, sensations: Iterable[str] = ()) -> Complaint:
        """Make a complaint and check its areas and sensations against the guide.

        Parameters
        ----------
        areas : str, iterable of str, mapping or Complaint
            Areas; a mapping gives each its own `side`, `sensations` and `pain`.
        side : {"left", "right", "both", "midline"}, optional
            For areas that give none. It is never guessed; an unpaired area lies on the midline.
        sensations : iterable of str, default=()
            For areas that give none.

        Returns
        -------
        Complaint
            With the guide's area ids.

        Raises
        ------
        UnknownIdError
            If an area or a sensation is not in the guide.
        InvalidValueError
            If nothing was given, or a value is not what is allowed.
        """
        # Imported when a complaint is made: a figure of points never needs it, and its cold start has a bar.
        from selfcare_kit.model.complaint import Complaint

        if isinstance(areas, Complaint):
            made = areas
        else:
            if isinstance(areas, str):
                areas = [areas]
            if not hasattr(areas, "items"):
                areas = {name: {} for name in areas}
            if side is None and isinstance(areas, Mapping):
                areas = {name: self._with_midline(name, details) for name, details in areas.items()}
            made = Complaint.from_dict(areas, side, sensations)
        if not made.areas:
            raise InvalidValueError("a complaint needs at least one area, got none; name where it hurts.")
        checked = tuple(self._checked(each) for each in made.areas)
        return made if checked == made.areas else Complaint(checked)

    def _checked(self, complaint: AreaComplaint) -> AreaComplaint:
        """Return the complaint of an area with the guide's area id, or refuse a sensation or a side it cannot have."""
        for sensation in complaint.sensations:
            if sensation not in self.records.sensations:
                raise self.unknown("sensations", sensation)
        area = self.area(complaint.area)
        if complaint.side == "midline" and self.records.areas[area].paired:
            raise InvalidValueError.of(
                ("the side of ", Named("area", area)),
                "must be left, right or both",
                given="'midline'",
                advice="say where it hurts",
            )
        return complaint if area == complaint.area else replace(complaint, area=area)

    def _with_midline(self, name: str, details: Any) -> Any:
        """Return the details of an area with side "midline" when it is unpaired and no side was given."""
        if not isinstance(details, Mapping) or "side" in details or self.records.areas[self.area(name)].paired:
            return details
        return {**details, "side": "midline"}

    def notice(self, id: str) -> Notice:
        """Return a caution or red flag as a notice for the clinician.

        Parameters
        ----------
        id : str
            Such as `"C08"` or `"R05"`.

        Returns
        -------
        Notice
            The id with its message.
        """
        rules = self.records.cautions if id in self.records.cautions else self.records.red_flags
        if id not in rules:
            raise self.unknown("red_flags", id)
        return Notice(id, rules[id].message)

    @cached_property
    def acupoints_near(self) -> dict[str, tuple[str, ...]]:
        """Nearby acupuncture points by point id, for reference only; certain ones first."""
        near: dict[str, list[tuple[bool, str]]] = {}
        for each in self.records.point_acupoints:
            near.setdefault(each.point, []).append((not each.certain, each.acupoint))
        return {point: tuple(code for _, code in sorted(codes, key=itemgetter(0))) for point, codes in near.items()}

    def _question_texts(self) -> dict[str, str]:
        """Return the questions to the client, which the tables hold in the guide's own language."""
        texts: dict[str, str] = {}
        # Raw rows: `check_guide` checks the texts of a folder even when some cells cannot be read as typed values.
        for row in (*self.table("red_flags"), *self.table("cautions")):
            key = f"question.{row['id']}"
            texts |= {name: text for name, text in ((key, row["question"]), (f"{key}.more", row["more"])) if text}
        return texts

    def _shared_texts(self, language: str) -> dict[str, str]:
        """Return the built-in texts that this guide shares in a language, such as the headings of the handout."""
        built, own = built_in(), self._texts.own(self.language) if self.language in self.languages else ()
        texts = built._texts.own(language) if language in built.languages else {}
        return shared_part(texts, built.records.sensations, own)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the guide's client texts."""
        return self._texts.languages

    def texts(self, language: str = "en") -> dict[str, str]:
        """Return the client-facing texts in a language; a missing one in the guide's own language.

        Parameters
        ----------
        language : str, default="en"
            A file name in the guide's `text` folder, without ".csv".

        Returns
        -------
        dict of str to str
            Text by key, in the order of the guide's own language.

        Raises
        ------
        UnknownIdError
            If the guide has no such language.
        """
        return self._texts.texts(language)

    def translation(self, language: str) -> Translation:
        """Return who drafted and reviewed the texts of a language, and which are missing.

        Parameters
        ----------
        language : str
            A file name in the guide's `text` folder, without ".csv".

        Returns
        -------
        Translation
            With a `notice` for the clinician.

        Raises
        ------
        UnknownIdError
            If the guide has no such language.

        Examples
        --------
        >>> built_in().translation("en").notice
        ''
        """
        return self._texts.translation(language)

    def to_html(
        self, path: str | Path | None = None, *, language: str = "", clinic: Clinic | str | Path | None = None
    ) -> str | Path:
        """Write the guide as a leaflet: where to look, technique, tools, illustration.

        Parameters
        ----------
        path : str or Path, optional
            Where to write; replaced atomically. Without it the page is returned.
        language : str, default=""
            Language of the leaflet; the clinic's, or else the guide's own, when empty.
        clinic : Clinic, str or Path, optional
            The clinic's settings or its file; its name and numbers are printed.

        Returns
        -------
        str or Path
            The page, or the path it was written to.
        """
        from selfcare_kit.export.handout.leaflet import leaflet_html
        from selfcare_kit.files import deliver_text

        return deliver_text(leaflet_html(self, language, clinic), path)


def _dose(values: Any) -> Dose:
    names = [field.name for field in fields(Dose)]
    unknown = [name for name in values if name not in names] if isinstance(values, dict) else [values]
    if unknown:
        raise GuideError(f"guide.toml, [dose] may hold {', '.join(names)}, got {quoted(unknown[0])}; correct it.")
    try:
        return Dose(**values)
    except InvalidValueError as error:
        raise GuideError(f"guide.toml, [dose]: {error}") from None


@lru_cache(maxsize=1)
def built_in() -> Guide:
    """Return the guide that ships with the kit; read once and kept."""
    return Guide(data_folder() / BUILT_IN)
