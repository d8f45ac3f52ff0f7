"""Who made what is in the file, and under which licence: one text, which the page shows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .kit import ROOT
from .packages import Package
from .pyodide import VERSION

LICENCES = Path(__file__).parent / "licences"
RULE = "=" * 78


def notices_text(packages: Iterable[Package]) -> str:
    """Return the notices of the kit, of Python in the browser and of each package, with their licences."""
    parts = [
        ("selfcare-kit: MIT; tables and texts CC BY 4.0", _kit_texts()),
        (f"Pyodide {VERSION}: MPL-2.0", [_text(LICENCES / "pyodide.txt"), _text(LICENCES / "MPL-2.0.txt")]),
        ("Python: PSF-2.0", [_text(LICENCES / "python.txt")]),
    ]
    parts += [(f"{each.name} {each.version}: {each.licence}", each.licence_texts) for each in packages]
    return "\n".join(f"{RULE}\n{title}\n{RULE}\n\n" + "\n\n".join(texts) + "\n" for title, texts in parts)


def _kit_texts() -> list[str]:
    return [_text(ROOT / "LICENSE"), _text(ROOT / "NOTICE")]


def _text(path: Path) -> str:
    return path.read_text("utf-8").strip()
