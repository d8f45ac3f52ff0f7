"""Keeping what was worked out of a guide for as long as the guide lives."""

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
    """Keep the values of a function of a guide, by its other arguments; the oldest goes where there are `at_most`.

    The guide holds the values, so both go together: values that hold the guide would keep it in a table of weak keys.
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
