"""Packages that only some kinds of file need, and the error for one that is not installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from selfcare_kit.errors import MissingExtraError


def missing_extra(package: str, extra: str, purpose: str) -> str:
    """Return how to install a package that is missing, empty when it is there; `purpose` begins the sentence."""
    if find_spec(package) is not None:
        return ""
    return (
        f"{purpose} needs the package {package}, got none on this computer; "
        f'install it with: pip install "selfcare-kit[{extra}]".'
    )


def load_extra(package: str, extra: str, purpose: str) -> ModuleType:
    """Return an imported package that may be missing; raise MissingExtraError if it is."""
    missing = missing_extra(package, extra, purpose)
    if missing:
        raise MissingExtraError(missing)
    try:
        return import_module(package)
    except (ImportError, OSError) as error:
        raise MissingExtraError(
            f"{purpose} needs a system library that {package} cannot load ({str(error).splitlines()[0]}); "
            f"install it as the documentation of {package} says for your system."
        ) from None
