"""How many generated cases a property is tried with: all of them, or the tenth part in the quick suite."""

from __future__ import annotations

from hypothesis import settings

WHOLE = 100
settings.register_profile("quick", max_examples=WHOLE // 10)


def share_of(count: int) -> int:
    """Return the number of cases that the profile of this run leaves of a count."""
    return max(count * settings.default.max_examples // WHOLE, 5)


def examples(count: int) -> settings:
    """Return settings that try so many cases, however long one takes."""
    return settings(max_examples=share_of(count), deadline=None)
