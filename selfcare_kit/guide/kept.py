"""A cache of values computed from a guide, which lives as long as the guide."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")
Kept = Callable[Concatenate["Guide", Arguments], Value]


def kept_by_guide(at_most: int) -> Callable[[Kept], Kept]:
    """Cache the values of a function of a guide, by its other arguments; beyond `at_most` the oldest is dropped.

    The guide holds the values, so that both are freed together: in a table with weak keys, a value that refers to its
    guide would keep the guide alive.
    """

    def decorated(function: Callable[Concatenate[Guide, Arguments], Value]) -> Callable[..., Value]:
        @wraps(function)
        def kept(guide: Guide, *arguments: Arguments.args) -> Value:
            values = guide.kept_values.setdefault(function, {})
            try:
                return values[arguments]
            except KeyError:
                value = function(guide, *arguments)
            if len(values) >= at_most:
                values.pop(next(iter(values)), None)
            values[arguments] = value
            return value

        return kept

    return decorated
