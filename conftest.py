"""No test of the package or of its examples sees the clinic of whoever runs it."""

from __future__ import annotations

import os
from pathlib import Path

# A folder that cannot exist, as it lies below a file: none is read, and what a test leaves behind is seen at once.
# Named before anything is imported, and for the processes that tests start, too.
os.environ["SELFCARE_KIT_CLINIC_FOLDER"] = str(Path(__file__).resolve() / "no-clinic")
os.environ.pop("SELFCARE_KIT_FOLDER", None)
