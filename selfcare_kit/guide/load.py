"""Loading a guide: the built-in one, or a folder that has no problem."""

from __future__ import annotations

import copyreg
from pathlib import Path
from typing import Any

from selfcare_kit.errors import GuideError
from selfcare_kit.guide.guide import BUILT_IN, Guide, built_in


def load_guide(folder: str | Path | None = None) -> Guide:
    """Load a guide: the built-in one, or a folder of your own.

    Parameters
    ----------
    folder : str or Path, optional
        A folder with `guide.toml` and the tables. Without it, or as `"hip_and_leg"`, the
        built-in guide, which is read once.

    Returns
    -------
    Guide
        The guide.

    Raises
    ------
    GuideError
        If the folder is not a guide or has problems; `check_guide` lists them all.

    Examples
    --------
    >>> load_guide().id
    'hip_and_leg'
    """
    if folder is None or folder == BUILT_IN:
        return built_in()
    # A late import: a cold start with the built-in guide needs no check.
    from selfcare_kit.guide.problems.find import find_problems

    problems = [problem for problem in find_problems(folder) if not problem.is_note]
    if problems:
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise GuideError(f'{str(problems[0]).rstrip(".")}{more}; run "selfcare-kit check" on the folder to see all.')
    return Guide(Path(folder))


def _reduced(guide: Guide) -> tuple[Any, ...]:
    return (load_guide, (None if guide.is_built_in else guide.folder,))


# A pickled guide is its folder: another process loads and checks it again.
copyreg.pickle(Guide, _reduced)
