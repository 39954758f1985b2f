"""Words of a log that no rule of a map knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from callcenter.arrays import Ints
from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, closest, listed, shown

_MOST = 5
"""Words of a kind that are named."""


@dataclass
class Met:
    """Where a word first stood, and on how many rows."""

    file: str
    line: int
    rows: int = 0


@dataclass
class Unmapped:
    """Words that no rule knows."""

    file: str = ""
    """The file that is read."""

    outcomes: dict[str, Met] = field(default_factory=dict)
    queues: dict[str, Met] = field(default_factory=dict)

    def see(self, known: dict[str, Met], words: Sequence[str], lines: Ints) -> None:
        """Take note of words, each with its line, among the outcomes or the queues."""
        for word, line in zip(words, lines, strict=True):
            known.setdefault(word, Met(self.file, int(line))).rows += 1

    def problems(self, known: Sequence[str]) -> Iterator[Problem]:
        """Yield what must be settled, with the nearest of the words that rules of tiers know."""
        for word, met in _most_frequent(self.outcomes):
            text = _("{word} is no known outcome (rows: {rows}); name it in `outcomes` or `drop` of a map")
            message = text.format(rows=f"{met.rows:,}", word=shown(word or None))
            yield Problem(met.file, met.line, None, "outcomes", message)
        for word, met in _most_frequent(self.queues):
            text = _("queue {word} is in no rule of `tiers` (rows: {rows})")
            message = text.format(word=shown(word or None), rows=f"{met.rows:,}")
            message = _("{what}; {remedy}").format(what=message, remedy=_hint(word, known))
            yield Problem(met.file, met.line, None, "tiers", message)


def _most_frequent(words: Mapping[str, Met]) -> list[tuple[str, Met]]:
    return sorted(words.items(), key=lambda word: -word[1].rows)[:_MOST]


def _hint(word: str, known: Sequence[str]) -> str:
    near = closest(word, known)
    if near is not None:
        text = _("nearest known: `{name}`; name it in the rule of a tier of the map, too")
        return text.format(name=near)
    return _("known: {names}").format(names=listed(known))
