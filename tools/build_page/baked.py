"""What a clinic wants in its own file: settings, templates, a guide. All of it is checked before it goes in."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from selfcare_kit.clinics.place import FILE_NAME
from selfcare_kit.clinics.profile import Clinic, read_clinic
from selfcare_kit.clinics.save import save_clinic
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.plan.template_file import clinic_templates

FOLDER = "selfcare_baked"
TEMPLATES = "templates.toml"


def clinic_files(path: Path) -> tuple[Clinic, dict[str, bytes]]:
    """Return a clinic's settings, and the files with them: the logo bare, and the templates that lie beside."""
    clinic = read_clinic(path)
    files = {FILE_NAME: path.read_bytes()}
    if clinic.logo:
        head, _, content = clinic.logo.partition(",")
        picture = f"logo.{'png' if 'png' in head else 'jpg'}"
        files = {FILE_NAME: _with_logo(path, picture, base64.b64decode(content)), picture: base64.b64decode(content)}
    if (path.parent / TEMPLATES).is_file():
        clinic_templates(path.parent)
        files[TEMPLATES] = (path.parent / TEMPLATES).read_bytes()
    return clinic, {f"{FOLDER}/clinic/{name}": content for name, content in files.items()}


def guide_files(folder: Path) -> tuple[Guide, dict[str, bytes]]:
    """Return a guide that was loaded, and its files."""
    guide = load_guide(folder)
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return guide, {
        f"{FOLDER}/guide/{guide.id}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths
    }


def _with_logo(path: Path, name: str, picture: bytes) -> bytes:
    """Return the settings with the logo beside them under a name of our own."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / FILE_NAME
        copy.write_bytes(path.read_bytes())
        (Path(folder) / name).write_bytes(picture)
        return save_clinic({"logo": name}, copy).read_bytes()
