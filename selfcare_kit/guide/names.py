"""Comparing names as people write them."""

from __future__ import annotations


def normalised(name: str, separator: str = "_") -> str:
    """Return a name in lower case, with `separator` wherever it has spaces, hyphens or underscores.

    Examples
    --------
    >>> normalised(" Outer-Thigh "), normalised("GB 30", separator="")
    ('outer_thigh', 'gb30')
    """
    return separator.join(name.casefold().replace("-", " ").replace("_", " ").split())
