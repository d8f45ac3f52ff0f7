"""A routine as plain values: what every file format carries, and how it is made again."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import FileFormatError, InvalidValueError, quoted
from selfcare_kit.export.record.migrate import FORMAT, migrated
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import brought_up_to_date
from selfcare_kit.plan.plan import Plan
from selfcare_kit.safety.screening import screening_from_dict
from selfcare_kit.safety.verdict import Judge

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP_COLUMNS = (
    "step", "point", "muscle", "side", "mode", "seconds", "pressure", "tool", "position",
    "every_days_min", "every_days_max", "note",
)  # fmt: skip
ROUTINE_COLUMNS = (
    "title", "code", "date", "guide", "guide_version", "complaint", "screening", "format", "sides_confirmed",
)  # fmt: skip
# What a table may lack without being refused, as it is called in messages.
WHOLE_LABELS = {
    "title": "title", "code": "code", "date": "date", "guide": "guide", "complaint": "complaint",
    "screening": "safety answers",
}  # fmt: skip
# Where a reader of tables puts the names of those it did not find.
MISSING = "missing"
NESTED_COLUMNS = ("complaint", "screening", "sides_confirmed")
NUMBER_COLUMNS = ("step", "seconds", "pressure", "every_days_min", "every_days_max")


def step_values(number: int, step: Step) -> tuple[Any, ...]:
    """Return a step as the values of `STEP_COLUMNS`.

    Parameters
    ----------
    number : int
        Its number in the routine, from 1.
    step : Step
        The step.

    Returns
    -------
    tuple
        One value for each column.
    """
    return (number, *(getattr(step, column) for column in STEP_COLUMNS[1:]))


def routine_to_record(routine: Plan) -> dict[str, Any]:
    """Return a routine as plain values, ready for JSON.

    Parameters
    ----------
    routine : Plan
        What to write.

    Returns
    -------
    dict
        Everything `plan_from_record` needs; no name of a client.
    """
    return {
        "format": FORMAT,
        "title": routine.title,
        "code": routine.code,
        "date": routine.date.isoformat(),
        "guide": routine.guide_id,
        "guide_version": routine.guide_version,
        "complaint": routine.complaint.to_dict() if routine.complaint else None,
        "screening": routine.screening.to_dict() if routine.screening else None,
        "sides_confirmed": list(routine.sides_confirmed),
        "steps": [
            dict(zip(STEP_COLUMNS, step_values(number, step), strict=True))
            for number, step in enumerate(routine.steps, start=1)
        ],
    }


def cell_values(values: Mapping[str, Any], columns: Iterable[str]) -> list[Any]:
    """Return values as the cells of a table: text and whole numbers, what is nested as JSON.

    Parameters
    ----------
    values : mapping of str to object
        Of a step, or of the whole routine.
    columns : iterable of str
        Which of them, in order.

    Returns
    -------
    list
        One value for each column; what is missing is an empty text.
    """
    return [_cell(column, values[column]) for column in columns]


def _cell(column: str, value: Any) -> Any:
    if column in NESTED_COLUMNS:
        return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def routine_json(routine: Plan) -> str:
    """Return a routine as JSON text.

    Parameters
    ----------
    routine : Plan
        What to write.

    Returns
    -------
    str
        One line, the same for the same routine.
    """
    return json.dumps(routine_to_record(routine), ensure_ascii=False, separators=(",", ":"))


def stable_id(routine: Plan, purpose: str) -> str:
    """Return an id that the same routine always gets, and from which nothing can be read.

    Parameters
    ----------
    routine : Plan
        What the id is of.
    purpose : str
        What it is for; another purpose gets another id.

    Returns
    -------
    str
        A UUID.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"selfcare-kit {purpose} {routine_json(routine)}"))


def plan_from_record(record: Any, name: str, guide: Guide | None = None) -> Plan:
    """Make a routine from plain values.

    Parameters
    ----------
    record : object
        What a file held.
    name : str
        The file's name, for messages.
    guide : Guide, optional
        The guide its points are of; the built-in one when left out.

    Returns
    -------
    Plan
        Checked like any other: dose, gate and guide. Of a file made with another version of the guide, steps are
        as today's rules allow them, and `changed_on_reading` tells what that changed, and what a table lacks.

    Raises
    ------
    FileFormatError
        If a value is missing or is not what it should be.
    BlockedError, DoseError, UnknownIdError
        If the steps are not allowed.
    """
    guide = guide or load_guide()
    if not isinstance(record, Mapping) or not isinstance(record.get("steps"), list):
        raise FileFormatError(f"{name} must hold a routine with steps, got something else; export it again.")
    record = migrated(record, name)
    check_own_guide(record.get("guide"), name, guide)
    try:
        steps = tuple(step_from_values(values, guide) for values in record["steps"])
        complaint = _complaint(record["complaint"], guide)
        screening = screening_from_dict(record["screening"], guide) if record["screening"] else None
        told: tuple[str, ...] = ()
        if record["guide_version"] != guide.version:
            steps, told = brought_up_to_date(steps, Judge.of(guide, complaint, screening))
        told = (*_missing_told(record.get(MISSING), name), *told)
        return Plan(
            title=record["title"],
            code=record["code"],
            date=datetime.date.fromisoformat(record["date"]),
            steps=steps,
            complaint=complaint,
            screening=screening,
            guide=guide,
            guide_version=record["guide_version"],
            sides_confirmed=tuple(record["sides_confirmed"]),
            changed_on_reading=told,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise FileFormatError(f"{name} is not a whole routine ({error}); export it again.") from None
    except InvalidValueError as error:
        raise FileFormatError.in_place(name, error) from None
    except ValueError as error:
        if type(error) is ValueError:
            raise FileFormatError(
                f"{name} has a wrong date, got {quoted(record['date'])}; write it as 2026-11-23."
            ) from None
        raise


def _missing_told(missing: object, name: str) -> tuple[str, ...]:
    """Tell what a table lacks; a tuple is the reader's own, as no file can bring one."""
    labels = [WHOLE_LABELS[column] for column in missing] if isinstance(missing, tuple) else []
    if not labels:
        return ()
    listed = " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
    whole = len(labels) == len(WHOLE_LABELS)
    why = (
        ", as in the sheet of steps alone; open the workbook itself" if whole else "; open the file as it was exported"
    )
    return (f"{name} does not hold the {listed}{why}, or enter them again.",)


def check_own_guide(own: object, name: str, guide: Guide) -> None:
    """Refuse to read a file with another guide than its own: the same id may be another point there.

    Parameters
    ----------
    own : object
        Id of the file's guide.
    name : str
        The file's name, for messages.
    guide : Guide
        The guide to read it with.

    Raises
    ------
    FileFormatError
        If they are two.
    """
    if own != guide.id:
        raise FileFormatError(
            f"{name} is of guide {quoted(own)}, got guide {quoted(guide.id)} to read it with; "
            "open it with the guide it was made with."
        )


def step_from_values(values: Mapping[str, Any], guide: Guide) -> Step:
    """Make a step from plain values.

    Parameters
    ----------
    values : mapping of str to object
        Those of `STEP_COLUMNS`.
    guide : Guide
        Whose point it is.

    Returns
    -------
    Step
        With muscle and area of the guide.

    Raises
    ------
    UnknownIdError
        If the guide has no such point.
    InvalidValueError
        If a value is outside what is allowed.
    """
    point = guide.point(values["point"])
    details = {column: values[column] for column in STEP_COLUMNS[3:]}
    return Step(point=point.id, muscle=point.muscle, area=point.area, **details)


def _complaint(values: Any, guide: Guide) -> Complaint | None:
    return guide.complaint(values) if values else None


def routine_table_html(routine: Plan) -> str:
    """Return the steps as a small table for a notebook.

    Parameters
    ----------
    routine : Plan
        What to show.

    Returns
    -------
    str
        Escaped HTML without a page around it.
    """
    head = "".join(f'<th scope="col">{column}</th>' for column in STEP_COLUMNS)
    rows = "".join(
        f"<tr>{_cells(step_values(number, step))}</tr>" for number, step in enumerate(routine.steps, start=1)
    )
    caption = f"{escape(routine.title or 'Routine')}: {len(routine)} steps, {routine.total_seconds} seconds"
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(values: Iterable[Any]) -> str:
    return "".join(f"<td>{escape(str(value))}</td>" for value in values)
