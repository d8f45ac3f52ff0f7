"""Reading the routine back from the file inside a handout's PDF. Needs the extra `pdf`."""

from __future__ import annotations

import io
import json
from typing import Any

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.extras import load_extra
from selfcare_kit.export.handout.pdf import ROUTINE

PYPDF = ("pypdf", "pdf", "reading .pdf")


def record_from_pdf(content: bytes, name: str) -> Any:
    """Return the record inside a handout's PDF as `json.loads` reads it; `name` is for messages."""
    pypdf = load_extra(*PYPDF)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        found = next((file.content for file in reader.attachment_list if file.name == ROUTINE), None)
    # A damaged PDF makes pypdf raise more than its own errors.
    except Exception:
        raise FileFormatError(f"{name} cannot be read as a PDF; choose an exported handout.") from None
    if found is None:
        raise FileFormatError(
            f"{name} must be a handout with its routine inside, got a PDF without one; choose an exported handout."
        )
    return json.loads(found)
