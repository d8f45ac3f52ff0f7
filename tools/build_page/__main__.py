"""Build the planner as one HTML file: `python -m tools.build_page --out planner.html`."""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
from pathlib import Path

from selfcare_kit.errors import SelfcareError
from selfcare_kit.files import write_atomically
from selfcare_kit.version import __version__

from .archive import zipped
from .baked import clinic_files, guide_files
from .compiled import compiled
from .document import PAGE, Imprint, document
from .kit import ROOT, kit_files, stub_files
from .notices import notices_text
from .packages import ImpureError, needed_packages
from .pyodide import PYTHON, VERSION, FetchError, obtain, read_core

MAX_BYTES = 12_500_000


def made_page(
    pyodide: Path, *, clinic: Path | None = None, guide: Path | None = None, made: datetime.date | None = None
) -> bytes:
    """Return the page, the same for the same checkout, environment and day."""
    words, name, baked = f"Pyodide {VERSION} (Python {PYTHON})", "", {}
    if clinic:
        settings, baked = clinic_files(clinic)
        name = settings.name
    if guide:
        loaded, files = guide_files(guide)
        baked, words = baked | files, f"{words} and the guide {loaded.title}"
    core, packages = read_core(pyodide), needed_packages()
    files = kit_files() | stub_files() | {"selfcare_page.py": (PAGE / "selfcare_page.py").read_bytes()}
    for package in packages:
        files |= package.files
    library, files = compiled(pyodide, core.library, files)
    parts = {
        "loader": core.loader, "module": core.module, "program": core.program, "lock": core.lock,
        "library": zipped(library), "packages": zipped(files | baked),
    }  # fmt: skip
    return document(Imprint(__version__, made or _day(), words, name), parts, notices_text(packages))


def _day() -> datetime.date:
    """Return the day of what the page is made of: of the last commit, so that the same commit gives the same bytes."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        try:
            seconds = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            return datetime.date.today()
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()


def main(arguments: list[str] | None = None) -> None:
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_page", description="Make the planner as one file.")
    parser.add_argument("--out", type=Path, default=Path("planner.html"), help="the file; planner.html when left out")
    parser.add_argument("--clinic", type=Path, help="clinic.toml with the settings of the clinic that it is for")
    parser.add_argument("--guide", type=Path, help="folder of the guide it opens with; the built-in one when left out")
    parser.add_argument("--pyodide", type=Path, help=f"pyodide-{VERSION}.tgz; fetched with npm when left out")
    options = parser.parse_args(arguments)
    try:
        pyodide = options.pyodide or obtain(ROOT / "build")
        page = made_page(pyodide, clinic=options.clinic, guide=options.guide)
        if len(page) > MAX_BYTES:
            raise SelfcareError(f"the page may have {MAX_BYTES:,} bytes, got {len(page):,}; leave something out.")
    except (FetchError, ImpureError, SelfcareError, OSError) as error:
        sys.exit(f"Error: {error}")
    write_atomically(options.out, page)
    print(f"Wrote {options.out} ({len(page) / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
