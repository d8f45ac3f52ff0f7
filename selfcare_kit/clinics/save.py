"""Changing a clinic's file: comments and order stay, and a wrong value leaves the file as it was."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.clinics.logo import read_logo
from selfcare_kit.clinics.place import FILE_NAME, clinic_folder, made_folder
from selfcare_kit.clinics.profile import (
    MAX_FILE_BYTES,
    SETTINGS,
    Clinic,
    check_names,
    clinic_of_content,
    videos_of,
)
from selfcare_kit.clinics.toml_file import toml_content, toml_document
from selfcare_kit.errors import InvalidValueError, SelfcareError, quoted, shown_name
from selfcare_kit.files import is_file, read_file, write_atomically

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

HEADER = "What the clinic prints on its clients' pages, and how they look. Nothing in it is of a client."


def save_clinic(clinic: Clinic | Mapping[str, Any], path: str | Path | None = None) -> Path:
    """Write a clinic's settings, all of them or some changes; comments and order of the file stay.

    Parameters
    ----------
    clinic : Clinic or mapping
        All settings; or changes by the names that they have in the file. In changes, an empty value takes a setting
        out, the logo is the path of a picture, as seen from the file's folder, and videos are all videos.
    path : str or Path, optional
        The file; when left out that of the `Clinic`, or else the one that is in force, or else a new one in the
        clinic's folder among the settings of the user.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    InvalidValueError
        If a name or a value is not allowed; the file is then as it was.
    FileFormatError
        If what else stands in the file is wrong; the file is then as it was.
    FileWriteError
        If the system refuses.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> file = save_clinic({"name": "Hillside Clinic", "emergency_number": "112"}, folder / "clinic.toml")
    >>> print(save_clinic({"paper": "Letter"}, file).read_text())
    # What the clinic prints on its clients' pages, and how they look. Nothing in it is of a client.
    <BLANKLINE>
    name = "Hillside Clinic"
    emergency_number = "112"
    paper = "Letter"
    <BLANKLINE>
    """
    target = _target(clinic, path)
    before = _content(target)
    document = _document(before, target)
    changes, picture = _changes(clinic, document, target.parent)
    # Tables first: values are added to the text, which the document does not look up again.
    for name in sorted(changes, key=lambda name: (name != "videos", SETTINGS.index(name))):
        _set(document, name, changes[name])
    content = toml_content(document, before)
    if len(content) > MAX_FILE_BYTES:
        allowed = f"at most {MAX_FILE_BYTES // 1000} kB"
        raise InvalidValueError(f"{target.name} must be {allowed}, got {len(content):,} bytes; shorten it.")
    folder = made_folder(target.parent)
    written = _written_picture(folder, picture)
    try:
        clinic_of_content(content, target)
        return write_atomically(target, content)
    except SelfcareError:
        if written:
            written.unlink(missing_ok=True)
        raise


def _target(clinic: object, path: str | Path | None) -> Path:
    if path is not None:
        return Path(path)
    own = clinic.path if isinstance(clinic, Clinic) else None
    return own or clinic_folder() / FILE_NAME


def _content(path: Path) -> bytes:
    if not is_file(path):
        return b""
    return read_file(path, MAX_FILE_BYTES, called=shown_name(path.name), advice="allow it to be read")


def _document(content: bytes, path: Path) -> TOMLDocument:
    document = toml_document(content, shown_name(path.name))
    if not content.strip():
        import tomlkit

        document.add(tomlkit.comment(HEADER))
        document.add(tomlkit.nl())
    return document


def _changes(clinic: object, document: TOMLDocument, folder: Path) -> tuple[dict[str, Any], str]:
    """Return the values to set, as a file holds them, and a logo that has to be written beside it."""
    if isinstance(clinic, Clinic):
        values = {name: getattr(clinic, name) for name in SETTINGS}
        values["logo"], picture = _logo(clinic.logo, document, folder)
    elif isinstance(clinic, Mapping):
        check_names("changes of a clinic's settings", clinic, SETTINGS)
        values, picture = dict(clinic), ""
        if "videos" in values:
            values["videos"] = videos_of(values["videos"])
        # Judged alone first, so that a wrong one is not reported as an error of the file.
        Clinic(**{name: value for name, value in values.items() if name != "logo"})
    else:
        raise InvalidValueError(f"clinic must be a Clinic or changes by name, got {quoted(clinic)}; give one of them.")
    if "videos" in values:
        values["videos"] = [asdict(video) for video in values["videos"]]
    if "contact" in values:
        values["contact"] = list(values["contact"])
    return values, picture


def _logo(logo: str, document: TOMLDocument, folder: Path) -> tuple[str, str]:
    """Return the path of a logo for the file, and the logo itself unless it is the one that the file names already."""
    named = document.get("logo")
    if not logo:
        return "", ""
    try:
        if isinstance(named, str) and read_logo(folder / named) == logo:
            return str(named), ""
    except SelfcareError:
        # What cannot be read is replaced.
        pass
    return _picture_name(logo), logo


def _picture_name(logo: str) -> str:
    ending = "png" if logo.startswith("data:image/png") else "jpg"
    return f"logo_{hashlib.sha256(logo.encode()).hexdigest()[:12]}.{ending}"


def _written_picture(folder: Path, logo: str) -> Path | None:
    """Write a logo under a name of its own, and return the new file."""
    path = folder / _picture_name(logo)
    if not logo or is_file(path):
        return None
    return write_atomically(path, base64.b64decode(logo.partition(",")[2]))


def _set(table: Any, name: str, value: Any) -> None:
    """Set a value where it stands in a document or a table, or else below the others; an empty one is not added."""
    from tomlkit.items import Array

    present = table.get(name)
    if present == value or (present is None and not value):
        return
    if name == "videos":
        _set_videos(table, present, value)
    elif isinstance(present, Array) and isinstance(value, list):
        _set_items(present, value, lambda index: present.__setitem__(index, value[index]), lambda item: item)
    elif present is None and hasattr(table, "body"):
        _add(table, name, value)
    else:
        table[name] = value


def _add(document: TOMLDocument, name: str, value: Any) -> None:
    """Add a value below the last one, so that a comment above the first table stays with its table."""
    import tomlkit
    from tomlkit.items import AoT, Comment, Table

    body = document.body
    first_table = next((index for index, (_, item) in enumerate(body) if isinstance(item, AoT | Table)), len(body))
    last_value = max((index for index, (key, _) in enumerate(body[:first_table]) if key is not None), default=None)
    if last_value is not None:
        place = last_value + 1
    elif first_table == len(body):
        place = first_table
    else:
        place = next(index for index, (_, item) in enumerate(body) if not isinstance(item, Comment))
    body.insert(place, (tomlkit.key(name), tomlkit.item(value)))


def _set_videos(document: TOMLDocument, present: Any, values: Sequence[Mapping[str, str]]) -> None:
    import tomlkit
    from tomlkit.items import AoT

    if not isinstance(present, AoT):
        if present is not None:
            document.remove("videos")
        present = tomlkit.aot()
        if values:
            document.add(tomlkit.nl())
            document.add("videos", present)
    _set_items(present, values, lambda index: _set_table(present[index], values[index]), _table)


def _set_items(items: Any, values: Sequence[Any], change: Any, made: Any) -> None:
    """Change the items of a list that stand, take out those beyond the values, and add new ones."""
    while len(items) > len(values):
        items.pop()
    for index, value in enumerate(values):
        if index >= len(items):
            items.append(made(value))
        elif items[index] != value:
            change(index)


def _set_table(table: Any, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        _set(table, name, value)


def _table(values: Mapping[str, str]) -> Any:
    import tomlkit

    table = tomlkit.table()
    _set_table(table, values)
    return table
