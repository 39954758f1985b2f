"""The proof that nobody can be spared: each agent of each interval is taken away, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.study.staffing.goals import ROUNDING
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.together import APART, Together
from callcenter.study.staffing.trials import Levels

Place = tuple[int, int]
"""Pool and interval."""

PLAIN = 4.0
"""Standard errors by which a few replications must show that a removal breaks something."""
DOUBT = 0.8
"""Part of an estimated loss that must fit into the margins for the removal to be tried."""
CLEAR, LIKELY = 0.5, 0.1
"""Part of its loss by which a removal must break a requirement to be beyond doubt with fewer agents, too, and
not to be tried again for now."""
MORE = 3
"""How many times as many replications those are taken away on whom fewer have left in doubt."""
MOST_TRIES = 25
"""Removals tried between two rounds of estimates."""
ALONE = 4
"""Replications on which each agent is taken away alone, where days are long, beside many together."""
BESIDE = 3.0
"""Standard errors by which these must show that a removal breaks something, and it must by `LIKELY`, too."""
SOME = 16
"""Replications on which it is estimated, where days are long, who can be spared."""
BULKS = 8
"""Times that many are taken away at once, where days are long."""


class Proof(NamedTuple):
    """What taking away single agents came to: each broke a target, or the promise of callbacks."""

    tried: int
    """Single agents taken away, one at a time: one for every interval of every pool that has any."""
    replications: int
    """On which each of them was simulated where that was needed."""
    plain: int
    """How many so plainly broke something on a part of these that the others could not change it."""
    few: int
    """Replications of the largest such part."""
    earlier: int
    """How many of these were tried while a few more agents were elsewhere, and clearly broke something."""
    together: int = 0
    """Staffings with several away at once, hours apart, that were tried beside, on all these replications."""
    at_minimum: int = 0
    """Intervals of pools that have the agents they are to have at least, none of whom was taken away."""


class Removal(NamedTuple):
    """One agent taken away for one interval."""

    place: Place
    margins: Floats
    lost: Floats
    """By how much each margin falls."""
    plain_on: int = 0
    """Replications that showed beyond doubt that it breaks something; 0 = it took all."""
    together: int = 0
    """Staffings in which others were away, too, that helped to show it."""


class Lean(NamedTuple):
    """A staffing with nobody to spare."""

    stand: Stand
    proof: Proof
    removals: tuple[Removal, ...]
    """What each of its agents earns."""


def lean(search: Search, start: Stand, last: Lean | None = None) -> Lean:
    """Take away every agent who can be spared; return the staffing, with nobody to spare, and the proof.

    Who clearly could not be spared while there were more agents elsewhere is not tried again once there are
    fewer; all others are.  After an exchange, what is known of the ``last`` staffing saves more: only who may
    be spared by it is tried again, and the proof is to be made anew.
    """
    everything, stand, again = len(search.replications), start, _places(search, start)
    enough = CLEAR if last is None else LIKELY
    if last is None:
        seen = {each.place: each for each in _removals(search, stand, again)}
    else:
        known = {each.place: each for each in last.removals}
        seen, again = _looked_at_again(search, last.stand, stand, known, enough)
    while True:
        spared = [each for each in seen.values() if (each.margins >= -ROUNDING).all()]
        if not spared:
            plain = [each.plain_on for each in seen.values() if each.plain_on]
            few = max(plain, default=search.few)
            beside = max((each.together for each in seen.values()), default=0)
            least = int(np.count_nonzero((search.least > 0) & (search.spare(stand.levels) == 0)))
            proof = Proof(len(seen), everything, len(plain), few, len(seen) - len(again), beside, least)
            return Lean(stand, proof, tuple(seen.values()))
        before, stand = stand, thinned(search, stand, spared)
        seen, again = _looked_at_again(search, before, stand, seen, enough)


def _looked_at_again(
    search: Search, before: Stand, stand: Stand, seen: Mapping[Place, Removal], enough: float
) -> tuple[dict[Place, Removal], list[Place]]:
    """Return the removals from another staffing, and those that had to be tried again to know them."""
    fall = before.margins - stand.margins
    kept = {
        place: each._replace(margins=each.margins - fall)
        for place, each in seen.items()
        if stand.levels[place] == before.levels[place]
    }
    clear = {place: each for place, each in kept.items() if _breaks_by(each, enough)}
    again = [place for place in _places(search, stand) if place not in clear]
    return clear | {each.place: each for each in _removals(search, stand, again)}, again


def _breaks_by(each: Removal, part: float) -> bool:
    """Whether a removal breaks something by at least such a part of what it loses."""
    return bool(((each.margins < -part * each.lost) & (each.lost > 0)).any())


def _places(search: Search, stand: Stand) -> list[Place]:
    """Return where somebody may be taken away."""
    return [(int(pool), int(interval)) for pool, interval in np.argwhere(search.spare(stand.levels) > 0)]


def thinner(search: Search, start: Stand) -> Stand:
    """Take away agents who can be spared, as far as a look at a few replications tells."""
    if search.days_are_long:
        return roughly_lean(search, start).stand
    return thinned(search, start, _few_removals(search, start, _places(search, start), search.few))


def _removals(search: Search, stand: Stand, places: Sequence[Place]) -> list[Removal]:
    """Take single agents away, one at a time: on a few replications, then on all where these do not tell."""
    everything, some = len(search.replications), search.few
    seen: dict[Place, Removal] = {}
    doubtful = list(places)
    if search.days_are_long:
        seen |= {each.place: each for each in _beside_others(search, stand, places)}
        doubtful, some = [] if seen else doubtful, everything
    while some < everything and doubtful:
        seen |= {each.place: each for each in _few_removals(search, stand, doubtful, some)}
        doubtful = [place for place in doubtful if not seen[place].plain_on]
        some *= MORE
    if doubtful:
        fewer = [_without(stand.levels, place) for place in doubtful]
        counts = search.trials.counts(fewer, search.replications)
        for row, place in enumerate(doubtful):
            margins = search.goals.margins(counts.of(row))
            seen[place] = Removal(place, margins, stand.margins - margins)
    return [seen[place] for place in places]


def _beside_others(search: Search, stand: Stand, places: Sequence[Place]) -> list[Removal]:
    """Take single agents away: on a few replications beside many away together, on all where in doubt.

    Empty where that is no way, or not worth it.
    """
    goals, everything = search.goals, len(search.replications)
    others = np.count_nonzero(stand.levels.any(axis=1)) * max(2, APART / search.interval)
    if not goals.are_means or len(places) * (everything - ALONE) <= 2 * everything * others:
        return []
    together, before = Together(search, stand), goals.by_replication(stand.counts)
    seen: dict[Place, Removal] = {}
    alone = {place: np.empty((0, before.shape[1])) for place in places}
    _away_alone(search, stand, alone, places, ALONE)
    for place in places:
        lost, error = together.lost(place, alone[place])
        each = Removal(place, stand.margins - lost, lost, ALONE, together.staffings)
        if (each.margins + BESIDE * error < -ROUNDING).any() and _breaks_by(each, LIKELY):
            seen[place] = each
    doubtful = [place for place in places if place not in seen]
    _away_alone(search, stand, alone, doubtful, everything)
    for place in doubtful:
        lost = alone[place].mean(axis=0)
        seen[place] = Removal(place, stand.margins - lost, lost)
    return [seen[place] for place in places]


def _away_alone(
    search: Search, stand: Stand, alone: dict[Place, Floats], places: Sequence[Place], days: int
) -> None:
    """Take single agents away on more replications, until there are so many: what each margin loses."""
    done = min((len(alone[place]) for place in places), default=days)
    if done == days:
        return
    counts = search.trials.counts(
        [_without(stand.levels, place) for place in places], search.replications[done:days]
    )
    before = search.goals.by_replication(stand.counts)[done:days]
    for row, place in enumerate(places):
        lost = before - search.goals.by_replication(counts.of(row))
        alone[place] = np.concatenate([alone[place], lost])


def _few_removals(search: Search, stand: Stand, places: Sequence[Place], few: int) -> list[Removal]:
    """Take single agents away on the first replications; the margins are those expected on all."""
    if not places:
        return []
    fewer = [_without(stand.levels, place) for place in places]
    counts = search.trials.counts(fewer, search.replications[:few])
    first = stand.counts.first(few)
    before, by_day = search.goals.margins(first), search.goals.by_replication(first)
    removals = []
    for row, place in enumerate(places):
        lost = before - search.goals.margins(counts.of(row))
        error = (by_day - search.goals.by_replication(counts.of(row))).std(axis=0, ddof=1) / np.sqrt(few)
        plain = bool((stand.margins - lost + PLAIN * error < -ROUNDING).any())
        removals.append(Removal(place, stand.margins - lost, lost, few if plain else 0))
    return removals


def thinned(search: Search, stand: Stand, removals: Sequence[Removal]) -> Stand:
    """Take away agents as long as everything holds, those first who earn least for what they cost."""
    tries = 0
    for each in sorted(removals, key=lambda each: _use(search, stand, each)):
        if tries == MOST_TRIES:
            break
        if search.spare(stand.levels)[each.place] and (stand.margins - DOUBT * each.lost >= -ROUNDING).all():
            tries += 1
            fewer = search.stand(_without(stand.levels, each.place))
            stand = fewer if fewer.holds else stand
    return stand


def roughly_lean(search: Search, start: Stand, last: Lean | None = None) -> Lean:
    """Take agents away as long as all holds, by what they are estimated to earn; nothing is proven yet."""
    if last is not None:
        lost = {each.place: each.lost for each in last.removals}
    elif search.goals.are_means:
        lost = Together(search, start, SOME).usual()
    else:
        gains = search.gains(start)
        lost = {place: gains[:, *place] for place in _places(search, start)}
    stand = thinned_in_bulk(search, start, _estimated(search, start, lost))
    return Lean(stand, Proof(0, 0, 0, 0, 0), tuple(_estimated(search, stand, lost)))


def _estimated(search: Search, stand: Stand, lost: Mapping[Place, Floats]) -> list[Removal]:
    """Return the removals of those who may be taken away, by what they are thought to earn."""
    spare = search.spare(stand.levels)
    return [Removal(place, stand.margins - each, each) for place, each in lost.items() if spare[place]]


def thinned_in_bulk(search: Search, stand: Stand, removals: Sequence[Removal], tries: int = BULKS) -> Stand:
    """Take away many agents at once, as many as seem to be spared, then half as many until all holds."""
    order, part = sorted(removals, key=lambda each: _use(search, stand, each)), 1.0
    for _try in range(tries):
        fewer, left, some = stand.levels.copy(), part * stand.margins, []
        for each in order:
            if fewer[each.place] > search.least[each.place] and (left - each.lost >= -ROUNDING).all():
                fewer, left = _without(fewer, each.place), left - each.lost
                some.append(each)
        if not some:
            break
        tried = search.stand(fewer)
        if tried.holds:
            stand = tried
        elif len(some) == 1:
            order.remove(some[0])
        else:
            part /= 2
    return stand


def _use(search: Search, stand: Stand, each: Removal) -> float:
    """Return the largest part of a margin that a removal uses up, for what it saves."""
    parts = each.lost / np.maximum(stand.margins, ROUNDING)
    return float(parts.max() / search.cost[each.place[0]])


def _without(levels: Levels, place: Place) -> Levels:
    fewer = levels.copy()
    fewer[place] -= 1
    return fewer
