"""Packages that only some kinds of file need, and the sentence for when they are not there."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from selfcare_kit.errors import MissingExtraError


def missing_extra(module: str, extra: str, purpose: str) -> str:
    """Say how to install a package, if it is not there; nothing is imported."""
    if find_spec(module) is not None:
        return ""
    return (
        f"{purpose} needs the package {module}, got none on this computer; "
        f'install it with: pip install "selfcare-kit[{extra}]".'
    )


def load_extra(module: str, extra: str, purpose: str) -> ModuleType:
    """Import a package that is not always there."""
    missing = missing_extra(module, extra, purpose)
    if missing:
        raise MissingExtraError(missing)
    try:
        return import_module(module)
    except (ImportError, OSError) as error:
        raise MissingExtraError(
            f"{purpose} needs a system library that {module} cannot load ({str(error).splitlines()[0]}); "
            f"install it as the documentation of {module} says for your system."
        ) from None
