"""Words of a log that no rule of a map knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from callcenter.language import gettext as _
from callcenter.scenario.errors import Problem, closest, listed, shown

_MOST = 5
"""Words of a kind that are named."""


@dataclass
class Unmapped:
    """Words that no rule knows, with how often they came."""

    outcomes: Counter[str] = field(default_factory=Counter)
    queues: Counter[str] = field(default_factory=Counter)

    def problems(self, file: str, known: Sequence[str]) -> Iterator[Problem]:
        """Yield what must be settled, with the nearest of the words that rules of tiers know."""
        for word, rows in self.outcomes.most_common(_MOST):
            text = _("{word} is no known outcome (rows: {rows}); name it in `outcomes` or `drop` of a map")
            message = text.format(rows=f"{rows:,}", word=shown(word or None))
            yield Problem(file, None, None, "outcomes", message)
        for word, rows in self.queues.most_common(_MOST):
            text = _("queue {word} is in no rule of `tiers` (rows: {rows})")
            message = text.format(word=shown(word or None), rows=f"{rows:,}")
            yield Problem(file, None, None, "tiers", f"{message}; {_hint(word, known)}")


def _hint(word: str, known: Sequence[str]) -> str:
    near = closest(word, known)
    if near is not None:
        return _("nearest known: `{name}`").format(name=near)
    return _("known: {names}").format(names=listed(known))
