"""The routine that rides along in a handout's PDF. Needs the extra `pdf`."""

from __future__ import annotations

import io
import json
from typing import Any

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.extras import load_extra
from selfcare_kit.export.handout.pdf import ROUTINE

EXTRA = ("pypdf", "pdf", "reading .pdf")


def record_from_pdf(content: bytes, name: str) -> Any:
    """Return the record inside a handout's PDF, as `json.loads` gives it; `name` is for messages."""
    pypdf = load_extra(*EXTRA)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        found = next((file.content for file in reader.attachment_list if file.name == ROUTINE), None)
    # A harmed PDF fails in pypdf in more ways than it has errors for.
    except Exception:
        raise FileFormatError(f"{name} cannot be read as a PDF; choose an exported handout.") from None
    if found is None:
        raise FileFormatError(
            f"{name} must be a handout with its routine inside, got a PDF without one; choose an exported handout."
        )
    return json.loads(found)
