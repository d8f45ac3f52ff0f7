"""Where a clinic's files lie: the one rule, which shell, planner and Python share.

The folder that is worked in counts when it holds a `clinic.toml`; nothing else in it is looked at. Otherwise it is the
clinic's folder among the settings of the user, which need not exist.
"""

from __future__ import annotations

import os
from pathlib import Path

from selfcare_kit.errors import FileWriteError, quoted
from selfcare_kit.files import is_file

FILE_NAME = "clinic.toml"
# The environment variable with the folder that the planner was opened for; its kernel runs in another.
FOLDER = "SELFCARE_KIT_FOLDER"
# The environment variable with a folder in place of the user's, such as one that all computers of a clinic share.
USER_FOLDER = "SELFCARE_KIT_CLINIC_FOLDER"


def clinic_folder() -> Path:
    """Return the folder of the clinic's files: the one that is worked in if it has a `clinic.toml`, else the user's."""
    working = Path(os.environ.get(FOLDER) or ".")
    return working if is_file(working / FILE_NAME) else user_folder()


def clinic_file() -> Path | None:
    """Return the clinic's settings that are in force; None where there are none."""
    path = clinic_folder() / FILE_NAME
    return path if is_file(path) else None


def user_folder() -> Path:
    """Return the clinic's folder among the settings of the user, where the system keeps such."""
    named = os.environ.get(USER_FOLDER)
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("selfcare-kit", appauthor=False)


def made_folder(folder: Path) -> Path:
    """Return a folder for the clinic's files; it is made if it is the user's and does not exist yet."""
    if folder == user_folder():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise FileWriteError(
                f"the clinic's folder {quoted(str(folder))} cannot be made ({why}); name another file for it."
            ) from None
    return folder
