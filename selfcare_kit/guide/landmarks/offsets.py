"""How far a place lies from where its landmarks lead to, in words."""

from __future__ import annotations

WAYS = {"lateral": ("outward", "inward"), "up": ("up", "down"), "front": ("to the front", "to the back")}


def offset_words(lateral: float, up: float, front: float, unit: str = "cm") -> dict[str, str]:
    """Return each offset of the client's left in words, by its name and in this order; one of nothing is left out.

    Examples
    --------
    >>> offset_words(-5, 0, 1.5)
    {'lateral': '5 cm inward', 'front': '1.5 cm to the front'}
    """
    values = {"lateral": lateral, "up": up, "front": front}
    return {name: f"{number_words(abs(each))} {unit} {WAYS[name][each < 0]}" for name, each in values.items() if each}


def number_words(value: float) -> str:
    """Return a number with one decimal at the most."""
    return f"{value:.1f}".removesuffix(".0")
