"""A routine as plain values, the record that every file of the clinician's holds, and back."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Mapping
from dataclasses import fields
from html import escape
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import FileFormatError, InvalidValueError, quoted
from selfcare_kit.export.record.migrate import FORMAT, migrated
from selfcare_kit.export.record.other_version import LEFT_OUT, fitted_to_guide
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.outcome import Outcome
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import brought_up_to_date, without_held
from selfcare_kit.plan.plan import Plan
from selfcare_kit.safety.screening import screening_from_dict
from selfcare_kit.safety.verdict import Judge

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP_COLUMNS = (
    "step", "point", "muscle", "side", "mode", "seconds", "pressure", "tool", "position",
    "every_days_min", "every_days_max", "note",
)  # fmt: skip
# What was found at the visit.
OUTCOME_COLUMNS = tuple(field.name for field in fields(Outcome))
ROUTINE_COLUMNS = (
    "title", "code", "date", "guide", "guide_version", "complaint", "screening", "format", "sides_confirmed",
    *OUTCOME_COLUMNS,
)  # fmt: skip
# Columns of the whole routine that a table may lack, by their names in messages.
WHOLE_LABELS = {
    "title": "title", "code": "code", "date": "date", "guide": "guide", "complaint": "complaint",
    "screening": "safety answers",
}  # fmt: skip
# The key under which a reader of tables puts those of `WHOLE_LABELS` that the table lacks.
MISSING = "missing"
NESTED_COLUMNS = (
    "complaint", "screening", "sides_confirmed", "helped", "sore", "diary", "activities", "scores",
)  # fmt: skip
NUMBER_COLUMNS = (
    "step", "seconds", "pressure", "every_days_min", "every_days_max", "format", "days_planned", "days_done", "change",
)  # fmt: skip


def step_values(number: int, step: Step) -> tuple[Any, ...]:
    """Return the values of a step, by `STEP_COLUMNS`; its number counts from 1."""
    return (number, *(getattr(step, column) for column in STEP_COLUMNS[1:]))


def routine_to_record(routine: Plan) -> dict[str, Any]:
    """Return a routine as plain values, ready for JSON and without the client's name."""
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
        **routine.outcome.to_dict(),
        "steps": [
            dict(zip(STEP_COLUMNS, step_values(number, step), strict=True))
            for number, step in enumerate(routine.steps, start=1)
        ],
    }


def cell_values(values: Mapping[str, Any], columns: Iterable[str]) -> list[Any]:
    """Return values as the cells of a table: texts and whole numbers, nested values as JSON."""
    return [_cell(column, values[column]) for column in columns]


def _cell(column: str, value: Any) -> Any:
    if column in NESTED_COLUMNS and value is not None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "" if value is None else value


def routine_json(routine: Plan) -> str:
    """Return a routine as JSON on one line, the same for the same routine."""
    return _one_line(routine_to_record(routine))


def client_json(routine: Plan) -> str:
    """Return a routine as JSON for a page that goes to the client: without what was said about the time since."""
    return _one_line({**routine_to_record(routine), **routine.outcome.for_client().to_dict()})


def _one_line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def stable_id(routine: Plan, purpose: str) -> str:
    """Return a UUID that is always the same for a routine and a purpose, and reveals nothing of it."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"selfcare-kit {purpose} {routine_json(routine)}"))


def plan_from_record(record: Any, name: str, guide: Guide | None = None) -> Plan:
    """Return the plan that a record holds, checked like any other; `name` is the file's, for messages.

    Of a file that was made with another version of the guide, what the guide does not have is left out, and the steps
    are changed to what today's rules allow; `changed_on_reading` lists that, and what a table lacks.
    """
    guide = guide or load_guide()
    if not isinstance(record, Mapping) or not isinstance(record.get("steps"), list):
        raise FileFormatError(f"{name} must hold a routine with steps, got something else; export it again.")
    record = migrated(record, name)
    check_own_guide(record.get("guide"), name, guide)
    try:
        is_of_other_version = record["guide_version"] != guide.version
        if is_of_other_version:
            record = fitted_to_guide(record, guide)
        steps = tuple(step_from_values(values, guide) for values in record["steps"])
        complaint = _complaint(record["complaint"], guide)
        screening = screening_from_dict(record["screening"], guide) if record["screening"] else None
        # What a reviewer holds back since the file was written is left out of it, and does not make it unreadable.
        fit = brought_up_to_date if is_of_other_version else without_held
        steps, changes = fit(steps, Judge.of(guide, complaint, screening))
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
            outcome=Outcome.from_dict({column: record[column] for column in OUTCOME_COLUMNS}),
            changed_on_reading=(*_missing_messages(record.get(MISSING), name), *_left_out(record), *changes),
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


def _missing_messages(missing: object, name: str) -> tuple[str, ...]:
    """Return a message on what a table lacks; only a reader of tables can set a tuple, no JSON can."""
    labels = [WHOLE_LABELS[column] for column in missing] if isinstance(missing, tuple) else []
    if not labels:
        return ()
    listed = " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
    is_all = len(labels) == len(WHOLE_LABELS)
    why = (
        ", as in the sheet of steps alone; open the workbook itself" if is_all else "; open the file as it was exported"
    )
    return (f"{name} does not hold the {listed}{why}, or enter them again.",)


def _left_out(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the sentences about what the guide does not have of a record."""
    told = record.get(LEFT_OUT)
    return told if isinstance(told, tuple) else ()


def check_own_guide(guide_id: object, name: str, guide: Guide) -> None:
    """Refuse to read a file with another guide than its own, in which the same id may be another point."""
    if guide_id != guide.id:
        raise FileFormatError(
            f"{name} is of guide {quoted(guide_id)}, got guide {quoted(guide.id)} to read it with; "
            "open it with the guide it was made with."
        )


def step_from_values(values: Mapping[str, Any], guide: Guide) -> Step:
    """Return a step from its values by `STEP_COLUMNS`, with muscle and area of the guide."""
    point = guide.point(values["point"])
    details = {column: values[column] for column in STEP_COLUMNS[3:]}
    return Step(point=point.id, muscle=point.muscle, area=point.area, **details)


def _complaint(values: Any, guide: Guide) -> Complaint | None:
    return guide.complaint(values) if values else None


def routine_table_html(routine: Plan) -> str:
    """Return the steps as an HTML table for a notebook, escaped."""
    head = "".join(f'<th scope="col">{column}</th>' for column in STEP_COLUMNS)
    rows = "".join(
        f"<tr>{_cells(step_values(number, step))}</tr>" for number, step in enumerate(routine.steps, start=1)
    )
    caption = f"{escape(routine.title or 'Routine')}: {len(routine)} steps, {routine.total_seconds} seconds"
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(values: Iterable[Any]) -> str:
    return "".join(f"<td>{escape(str(value))}</td>" for value in values)
