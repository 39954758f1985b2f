"""Sentences for a terminal: lines are broken at spaces, and of Chinese text between any two characters."""

from __future__ import annotations

import re
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

CLOSING, OPENING = "，。；：、！？）》」』】”’…%‰", "（《「『【“‘"
"""Never first in a line, and never last in one."""
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{OPENING}{CLOSING}]+)?[{CLOSING}]*\s*")


class Prose(Text):
    """A text that rich would break at spaces alone, of which Chinese has few and in odd places."""

    def wrap(self, console: Console, width: int, **given: Any) -> Lines:
        """Break the text into lines of a width."""
        if given.get("no_wrap") or not re.search(f"[{_WIDE}]", self.plain):
            return super().wrap(console, width, **given)
        lines = Lines()
        for line in self.split(allow_blank=True):
            broken = line.divide(_breaks(line.plain, width))
            for part in broken:
                part.rstrip()
            lines.extend(broken)
        return lines


def _breaks(text: str, width: int) -> list[int]:
    """Return where lines end: before the piece that has no room any more."""
    places, used = [], 0
    for piece in _PIECES.finditer(text):
        size = cell_len(piece[0].rstrip())
        if used and used + size > width:
            places.append(piece.start())
            used = 0
        used += cell_len(piece[0])
        if size > width:  # a word that is longer than a line
            places += range(piece.start() + width, piece.start() + size, width)
            used = size % width
    return places
