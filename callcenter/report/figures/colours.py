"""Colours on a dark page: for each one its counterpart with every contrast kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matplotlib.colors import to_hex, to_rgb

FLARE = 0.05
"""Light that any screen reflects, in the contrast of WCAG 2."""

_FIXED = re.compile(r"(fill|stroke): (#[0-9a-f]{6})(?![0-9a-f])")


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + FLARE) / (dark + FLARE)


def on_dark(colour: str) -> str:
    """Return the colour of the same hue that is as far from black as this one is from white.

    Any two colours keep their contrast: what is legible on white is legible on black.
    """
    old = luminance(colour)
    new = FLARE * (1 + FLARE) / (old + FLARE) - FLARE
    if new <= old:
        return _coded(part * new / old for part in _linear(colour))
    share = (new - old) / (1 - old)
    return _coded(part + share * (1 - part) for part in _linear(colour))


def switching(style: str) -> str:
    """Let each colour of a style turn into its counterpart where the page is dark."""
    return _FIXED.sub(
        lambda each: f"{each[1]}: {each[2]}; {each[1]}: light-dark({each[2]}, {on_dark(each[2])})",
        style,
    )


def _linear(colour: str) -> tuple[float, ...]:
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)
    )


def _coded(linear: Iterable[float]) -> str:
    parts = [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear]
    red, green, blue = (min(1.0, max(0.0, part)) for part in parts)
    return to_hex((red, green, blue))
