"""Text cut to columns of a terminal, where a Chinese character takes two."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

PIECES = re.compile(r"\s+|[（“《]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[，。；：、！？）”》]*")
"""What is not broken: words, and characters with the signs that may not begin or end a line."""


def wide(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, broken at spaces and between Chinese characters."""
    lines = [""]
    for piece in PIECES.findall(text):
        if wide(lines[-1]) + wide(piece.rstrip()) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]
