"""The folder of the shipped data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def data_folder() -> Path:
    """Return the folder that holds the body atlas and the built-in guide.

    Returns
    -------
    Path
        `selfcare_kit/data` of an installed wheel, or `data/` beside the package in a checkout.

    Raises
    ------
    FileNotFoundError
        If neither is there, which means a broken installation.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data", package.parent / "data"):
        if (folder / "hip_and_leg" / "guide.toml").is_file():
            return folder
    raise FileNotFoundError(
        "the data of selfcare-kit is missing beside the package; install it again with "
        '"pip install --force-reinstall selfcare-kit".'
    )
