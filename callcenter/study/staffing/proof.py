"""The proof that nobody can be spared: each agent of each interval is taken away, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.study.staffing.goals import ROUNDING
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.trials import Levels

Place = tuple[int, int]
"""Pool and interval."""

PLAIN = 4.0
"""Standard errors by which a few replications must show that a removal breaks something."""
DOUBT = 0.8
"""Part of an estimated loss that must fit into the margins for the removal to be tried."""
CLEAR = 0.5
"""Part of its loss by which a removal must break a requirement to be beyond doubt with fewer agents, too."""
MOST_TRIES = 25
"""Removals tried between two rounds of estimates."""


class Proof(NamedTuple):
    """What taking away single agents came to: each broke a target, or the promise of callbacks."""

    tried: int
    """Single agents taken away, one at a time: one for every interval of every pool that has any."""
    replications: int
    """On which each of them was simulated where that was needed."""
    plain: int
    """How many of them so plainly broke something on ``few`` of these that the others could not change it."""
    few: int
    earlier: int
    """How many of these were tried while a few more agents were elsewhere, and clearly broke something."""


class Removal(NamedTuple):
    """One agent taken away for one interval."""

    place: Place
    margins: Floats
    lost: Floats
    """By how much each margin falls."""
    is_plain: bool = False
    """Whether a few replications showed that it breaks something."""


class Lean(NamedTuple):
    """A staffing with nobody to spare."""

    stand: Stand
    proof: Proof
    removals: tuple[Removal, ...]
    """What each of its agents earns."""


def lean(search: Search, start: Stand) -> Lean:
    """Take away every agent who can be spared; return the staffing, with nobody to spare, and the proof.

    Who clearly could not be spared while there were more agents elsewhere is not tried again once there are
    fewer; all others are.
    """
    everything, stand = len(search.replications), start
    again = _places(stand)
    seen = {each.place: each for each in _removals(search, stand, again)}
    while True:
        spared = [each for each in seen.values() if (each.margins >= -ROUNDING).all()]
        if not spared:
            plain = sum(each.is_plain for each in seen.values())
            proof = Proof(len(seen), everything, plain, search.few, len(seen) - len(again))
            return Lean(stand, proof, tuple(seen.values()))
        before, stand = stand, thinned(search, stand, spared)
        fall = before.margins - stand.margins
        seen = {
            place: each._replace(margins=each.margins - fall)
            for place, each in seen.items()
            if stand.levels[place]
        }
        close = [place for place, each in seen.items() if not _is_clear(each)]
        changed = [place for place in seen if stand.levels[place] != before.levels[place]]
        again = sorted({*close, *changed})
        seen |= {each.place: each for each in _removals(search, stand, again)}


def _is_clear(each: Removal) -> bool:
    """Whether a removal breaks something by at least half of what it loses."""
    return bool(((each.margins < -CLEAR * each.lost) & (each.lost > 0)).any())


def _places(stand: Stand) -> list[Place]:
    return [(int(pool), int(interval)) for pool, interval in np.argwhere(stand.levels > 0)]


def thinner(search: Search, start: Stand) -> Stand:
    """Take away agents who can be spared, as far as a look at a few replications tells."""
    return thinned(search, start, _few_removals(search, start, _places(start)))


def _removals(search: Search, stand: Stand, places: Sequence[Place]) -> list[Removal]:
    """Take single agents away, one at a time: on a few replications, then on all where these do not tell."""
    first = _few_removals(search, stand, places)
    if search.few == len(search.replications):
        return [each._replace(is_plain=False) for each in first]
    doubtful = [each.place for each in first if not each.is_plain]
    if not doubtful:
        return first
    counts = search.trials.counts([_without(stand.levels, place) for place in doubtful], search.replications)
    whole = {}
    for row, place in enumerate(doubtful):
        margins = search.goals.margins(counts.of(row))
        whole[place] = Removal(place, margins, stand.margins - margins)
    return [whole.get(each.place, each) for each in first]


def _few_removals(search: Search, stand: Stand, places: Sequence[Place]) -> list[Removal]:
    """Take single agents away on the first replications; the margins are those expected on all."""
    if not places:
        return []
    few = search.few
    fewer = [_without(stand.levels, place) for place in places]
    counts = search.trials.counts(fewer, search.replications[:few])
    first = stand.counts.first(few)
    before, by_day = search.goals.margins(first), search.goals.by_replication(first)
    removals = []
    for row, place in enumerate(places):
        lost = before - search.goals.margins(counts.of(row))
        error = (by_day - search.goals.by_replication(counts.of(row))).std(axis=0, ddof=1) / np.sqrt(few)
        plain = bool((stand.margins - lost + PLAIN * error < -ROUNDING).any())
        removals.append(Removal(place, stand.margins - lost, lost, plain))
    return removals


def thinned(search: Search, stand: Stand, removals: Sequence[Removal]) -> Stand:
    """Take away agents as long as everything holds, those first who earn least for what they cost."""
    tries = 0
    for each in sorted(removals, key=lambda each: _use(search, stand, each)):
        if tries == MOST_TRIES:
            break
        if stand.levels[each.place] and (stand.margins - DOUBT * each.lost >= -ROUNDING).all():
            tries += 1
            fewer = search.stand(_without(stand.levels, each.place))
            stand = fewer if fewer.holds else stand
    return stand


def _use(search: Search, stand: Stand, each: Removal) -> float:
    """Return the largest part of a margin that a removal uses up, for what it saves."""
    parts = each.lost / np.maximum(stand.margins, ROUNDING)
    return float(parts.max() / search.cost[each.place[0]])


def _without(levels: Levels, place: Place) -> Levels:
    fewer = levels.copy()
    fewer[place] -= 1
    return fewer
