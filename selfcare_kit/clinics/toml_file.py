"""TOML files that people write by hand: read in sentences, and changed without losing comments and order."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import FileFormatError, shown_name

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

BOM = b"\xef\xbb\xbf"


def toml_values(content: bytes, name: str) -> dict[str, Any]:
    """Return the values in the content of a TOML file; `name` is for messages."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileFormatError(f"{name} is not valid TOML ({shown_name(str(error))}); correct that line.") from None


def toml_document(content: bytes, name: str) -> TOMLDocument:
    """Return the content of a TOML file to be changed, with its comments and its order."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    toml_values(content, name)
    try:
        text = content.decode("utf-8-sig")
        return tomlkit.parse(text if text.endswith("\n") or not text else f"{text}\n")
    except (TOMLKitError, RecursionError) as error:
        raise FileFormatError(f"{name} cannot be changed ({shown_name(str(error))}); change it by hand.") from None


def toml_content(document: TOMLDocument, before: bytes = b"") -> bytes:
    """Return a document as the content of a file, with the byte order mark of what was there before."""
    import tomlkit

    return (BOM if before.startswith(BOM) else b"") + tomlkit.dumps(document).encode()
