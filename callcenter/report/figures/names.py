"""Names of users as figures have room for them."""

from __future__ import annotations

import unicodedata

WIDEST = 34
"""Columns of a name beside an axis or in a legend; a Chinese character takes two."""

COMPOUND = 44
"""Columns of a name made of several, such as two scenarios and a tier."""

BESIDE = 24
"""Columns of a name beside a figure of half a page that has words at its other side too."""


def shortened(name: str, widest: int = WIDEST) -> str:
    """Return a name without its middle where it is wider than its room: names differ at their ends."""
    line = " ".join(name.split())
    if display_width(line) <= widest:
        return line
    return f"{_fitting(line, widest // 2)}…{_fitting(line[::-1], widest - widest // 2 - 1)[::-1]}"


def _fitting(text: str, widest: int) -> str:
    """Return as much of the beginning of a text as so many columns hold."""
    end, width = 0, 0
    while end < len(text) and (width := width + display_width(text[end])) <= widest:
        end += 1
    return text[:end]


def display_width(text: str) -> int:
    """Return the columns of a monospaced font that a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
