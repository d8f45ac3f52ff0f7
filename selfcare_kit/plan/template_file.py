"""A clinic's own templates, and the file that holds them beside its settings: `templates.toml`.

A template is what is left of a routine without its client: points, their order and their doses. There is no place in it
for a side, a note, a title, a code, a complaint or a safety answer, and a file with more in it is refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.clinics.place import clinic_folder, made_folder
from selfcare_kit.clinics.profile import check_names
from selfcare_kit.clinics.toml_file import toml_content, toml_document, toml_values
from selfcare_kit.errors import FileFormatError, InvalidValueError, check_text, quoted
from selfcare_kit.files import is_file, read_file, write_atomically
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.step import Step

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

FILE_NAME = "templates.toml"
MAX_FILE_BYTES = 1_000_000
MAX_NAME = 60
MAX_TEMPLATES = 100
MAX_STEPS = 50
HEADER = "The clinic's own templates: points, their order and doses. Nothing in it is of a client."


@dataclass(frozen=True)
class TemplateStep:
    """How a template works a point, on whichever side is the client's.

    Parameters
    ----------
    point : str
        Point id.
    mode, seconds, pressure, tool, position, every_days_min, every_days_max
        As those of a `Step`.
    """

    point: str
    mode: str
    seconds: int
    pressure: int
    tool: str
    position: str
    every_days_min: int
    every_days_max: int

    def __post_init__(self) -> None:
        # A step has the rules; the side is only for them.
        Step(side="both", **asdict(self))

    @classmethod
    def of(cls, step: Step) -> TemplateStep:
        """Return what a template keeps of a step."""
        return cls(**{name: getattr(step, name) for name in STEP_VALUES})


STEP_VALUES = tuple(each.name for each in fields(TemplateStep))


@dataclass(frozen=True)
class Template:
    """A routine without anything of a client: points, their order and their doses; the side is the client's.

    Parameters
    ----------
    name : str
        What `template` takes: the id of the guide's own, the name of a clinic's.
    title : str
        The title of routines made from it.
    steps : tuple of TemplateStep
        In the order they are done.
    guide_id : str
        Id of the guide that its points are in.
    is_own : bool, default=True
        True for the clinic's own, False for the guide's.
    problem : str, default=""
        A sentence on why it cannot be used with the guide as it is now; empty when it can.
    """

    name: str
    title: str
    steps: tuple[TemplateStep, ...]
    guide_id: str
    is_own: bool = True
    problem: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({len(self.steps)} step{'s' if len(self.steps) != 1 else ''})"


def name_key(name: str) -> str:
    """Return what makes a template's name different from others: neither case nor spaces do.

    Examples
    --------
    >>> name_key("Runner's  Hip") == name_key("runner's hip")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def checked_name(name: object) -> str:
    """Return the name for a clinic's template without spaces around it."""
    text = " ".join(check_text("a template's name", name).split())
    if not text:
        raise InvalidValueError("a template's name must have letters, got none; give it one, such as Runner's hip.")
    if len(text) > MAX_NAME:
        raise InvalidValueError(
            f"a template's name must have at most {MAX_NAME} characters, got {len(text)}; shorten it."
        )
    if not text.isprintable():
        raise InvalidValueError(f"a template's name must be plain text, got {quoted(text)}; type it again.")
    return text


def clinic_templates(folder: str | Path | None = None) -> tuple[Template, ...]:
    """Return the templates in a clinic's folder, in the order of the file; none where there is no such file."""
    path = _folder(folder) / FILE_NAME
    content = _content(path)
    return _templates(content) if content else ()


def templates_for_guide(guide: Guide, folder: str | Path | None = None) -> tuple[Template, ...]:
    """Return the clinic's templates for a guide, each with what keeps it from being used."""
    found = (each for each in clinic_templates(folder) if each.guide_id in ("", guide.id))
    return tuple(replace(each, problem=_problem(each, guide)) for each in found)


def guides_names(guide: Guide) -> tuple[str, ...]:
    """Return the id and the title of a guide's own template; none where it has none."""
    settings = guide.settings.get("template")
    return (settings.get("id", guide.id), settings["title"]) if settings else ()


def change_templates(folder: str | Path | None, change: Callable[[Any], None]) -> None:
    """Change the tables of a clinic's templates, and write them whole or not at all."""
    path = _folder(folder) / FILE_NAME
    before = _content(path)
    if before:
        _templates(before)
    document = toml_document(before, FILE_NAME)
    tables = _tables(document)
    change(tables)
    if not tables:
        document.remove("templates")
    content = toml_content(document, before)
    if len(content) > MAX_FILE_BYTES:
        raise InvalidValueError(
            f"{FILE_NAME} must be at most {MAX_FILE_BYTES // 1_000_000} MB, got {len(content):,} bytes; delete some "
            "templates first."
        )
    _templates(content)
    write_atomically(made_folder(path.parent) / FILE_NAME, content)


def template_table(template: Template) -> Any:
    """Return a clinic's template as a table for its file."""
    import tomlkit

    table = tomlkit.table()
    table.add("name", template.name)
    table.add("guide", template.guide_id)
    steps = tomlkit.aot()
    for step in template.steps:
        steps.append(tomlkit.item(asdict(step)))
    table.add("steps", steps)
    return table


def _folder(folder: str | Path | None) -> Path:
    return clinic_folder() if folder is None else Path(folder)


def _content(path: Path) -> bytes:
    if not is_file(path):
        return b""
    return read_file(path, MAX_FILE_BYTES, called=FILE_NAME, advice="allow it to be read")


def _tables(document: TOMLDocument) -> Any:
    """Return the tables of a document to be changed, made where there are none."""
    import tomlkit
    from tomlkit.items import AoT

    present = document.get("templates")
    if isinstance(present, AoT):
        return present
    values = [] if present is None else present.unwrap()
    if present is None and not document.body:
        document.add(tomlkit.comment(HEADER))
    elif present is not None:
        document.remove("templates")
    document.add(tomlkit.nl())
    tables = tomlkit.aot()
    for value in values:
        tables.append(tomlkit.item(value))
    document.add("templates", tables)
    return document["templates"]


def _templates(content: bytes) -> tuple[Template, ...]:
    """Return the templates in the content of a file; refuse all that no template has."""
    values = toml_values(content, FILE_NAME)
    try:
        check_names("the file", values, ("templates",))
        tables = _listed("templates", values.get("templates", []), MAX_TEMPLATES)
        found = tuple(_template(number, table) for number, table in enumerate(tables, start=1))
        _check_unique(found)
    except InvalidValueError as error:
        raise FileFormatError(f"{FILE_NAME}: {error}") from None
    return found


def _problem(template: Template, guide: Guide) -> str:
    """Return a sentence on why a clinic's template cannot be used, and what to do; empty when it can."""
    if name_key(template.name) in map(name_key, guides_names(guide)):
        return f"the template {quoted(template.name)} has the name of the guide's own; give it another one."
    if not any(step.point in guide.point_values for step in template.steps):
        return (
            f"the template {quoted(template.name)} must have a point of guide {guide.id!r}, got only "
            f"{', '.join(quoted(step.point) for step in template.steps)}, which it has no more; delete the template."
        )
    return ""


def _template(number: int, table: Mapping[str, Any]) -> Template:
    where = f"template {number}"
    check_names(where, table, ("name", "guide", "steps"))
    name = checked_name(table.get("name", ""))
    where = f"template {number}, {quoted(name)}"
    guide_id = check_text(f"the guide of {where}", table.get("guide", ""))
    steps = _listed(f"the steps of {where}", table.get("steps", []), MAX_STEPS)
    if not steps:
        raise InvalidValueError(f"{where} must have steps, got none; write [[templates.steps]].")
    made = tuple(_step(f"step {index} of {where}", step) for index, step in enumerate(steps, start=1))
    points = [step.point for step in made]
    twice = next((point for point in points if points.count(point) > 1), None)
    if twice is not None:
        raise InvalidValueError(f"{where} may have a point once, got {quoted(twice)} twice; take one out.")
    return Template(name, name, made, guide_id)


def _step(where: str, values: Mapping[str, Any]) -> TemplateStep:
    check_names(where, values, STEP_VALUES)
    missing = next((name for name in STEP_VALUES if name not in values), None)
    if missing is not None:
        raise InvalidValueError(f"{where} must have {', '.join(STEP_VALUES)}, got no {missing}; write it.")
    try:
        return TemplateStep(**values)
    except InvalidValueError as error:
        raise InvalidValueError(f"{where}: {error}") from None


def _listed(name: str, values: Any, most: int) -> Sequence[Mapping[str, Any]]:
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise InvalidValueError(f"{name} must be tables, got {quoted(values)}; write one for each.")
    if len(values) > most:
        raise InvalidValueError(f"{name} must have at most {most} entries, got {len(values)}; delete some first.")
    return values


def _check_unique(templates: Sequence[Template]) -> None:
    keys: set[str] = set()
    for template in templates:
        if name_key(template.name) in keys:
            raise InvalidValueError(
                f"templates must have names of their own, got {quoted(template.name)} twice; rename one of them."
            )
        keys.add(name_key(template.name))
