"""Exchanges: a few agents for fewer others, those first that leave most of every target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.study.staffing.gains import in_one_size
from callcenter.study.staffing.goals import ROUNDING
from callcenter.study.staffing.proof import Place, Removal
from callcenter.study.staffing.search import Search, Stand
from callcenter.study.staffing.solver import milp
from callcenter.study.staffing.trials import Levels

MOST_ADDED, MOST_TAKEN = 2, 3
"""Agents that one exchange adds and takes away at most."""
LEAST_SAVED = 0.25
"""Part of the cheapest agent for one interval that an exchange must save."""
FEW_PLACES = 4
"""Places with which all exchanges are looked at."""
PROMISING = -0.75
"""By how much a margin may fall short, by the estimate, in what a typical agent earns."""
WORTH_OF_MORE = 0.9
"""What one more agent earns, relative to what one fewer costs, where that was not measured."""
DOUBT = 3.0
"""Standard errors by which a few days must fall short for an exchange not to be tried on all."""
NODES, CLOSE = 50, 0.1
"""Of the tree that one solution may look at, and how close to the best it comes.

A limit of time would let the clock decide."""


class Exchange(NamedTuple):
    """Agents added and taken away, shape (pools, intervals)."""

    change: Levels
    is_added: Any
    is_taken: Any


class Exchanges:
    """Looks for exchanges that save something and keep every requirement, from one staffing on."""

    def __init__(self, search: Search, stand: Stand, removals: Sequence[Removal], tries: int) -> None:
        self._search, self._stand, self._tries = search, stand, tries
        self._few = search.few
        self._lost = {each.place: each.lost for each in removals}
        self._gained = self._additions()

    def better(self) -> Stand | None:
        """Return a cheaper staffing that holds, None if none was found in so many tries."""
        if not self._lost:  # nobody is there who may be taken away
            return None
        if len(self._gained) <= FEW_PLACES:
            return self._best_of_few_places()
        barred: list[tuple[Any, Any]] = []
        for _try in range(self._tries):
            exchange = self._most_promising(barred)
            if exchange is None:
                return None
            tried = self._tried(self._stand.levels + exchange.change)
            if tried is not None:
                return tried
            barred.append((exchange.is_added, exchange.is_taken))
        return None

    def _best_of_few_places(self) -> Stand | None:
        """Return the same where several agents may come from one place, or go to one: all are looked at."""
        places, margins, price = list(self._gained), self._stand.margins, self._search.cost
        scale = np.array([_typical(row) or 1.0 for row in np.array(list(self._lost.values())).T])
        ranked: list[tuple[float, tuple[int, ...]]] = []
        for change in product(range(-MOST_TAKEN, MOST_ADDED + 1), repeat=len(places)):
            saved = -sum(price[pool] * number for (pool, _), number in zip(places, change, strict=True))
            if saved < LEAST_SAVED * float(price.min()) or not self._is_small(change):
                continue
            left = margins.copy()
            for place, number in zip(places, change, strict=True):
                each = self._gained[place] if number > 0 else self._lost.get(place, 0.0)
                left = left + number * each
            ranked.append((-float((left / scale).min()), change))
        for _short, change in sorted(ranked)[: self._tries]:
            levels = self._stand.levels.copy()
            for place, number in zip(places, change, strict=True):
                levels[place] += number
            if (levels >= self._search.least).all() and (tried := self._tried(levels)) is not None:
                return tried
        return None

    @staticmethod
    def _is_small(change: Sequence[int]) -> bool:
        """Whether no more agents are added and taken away than in any exchange."""
        added = sum(number for number in change if number > 0)
        return added <= MOST_ADDED and added - sum(change) <= MOST_TAKEN

    def _tried(self, levels: Levels) -> Stand | None:
        """Try on a few days first, on all of them if these do not rule it out."""
        search, few = self._search, self._few
        if few < len(search.replications):
            counts = search.trials.counts([levels], search.replications[:few]).of(0)
            change = search.goals.by_replication(counts) - search.goals.by_replication(
                self._stand.counts.first(few)
            )
            error = change.std(axis=0, ddof=1) / np.sqrt(few)
            expected = self._stand.margins + change.mean(axis=0) + DOUBT * error
            if (expected < -ROUNDING).any():
                return None
        tried = search.stand(levels)
        return tried if tried.holds else None

    def _additions(self) -> dict[Place, Floats]:
        """Return what one more agent earns, by place: measured where that is affordable."""
        search, stand = self._search, self._stand
        if search.days_are_long:
            return {place: WORTH_OF_MORE * lost for place, lost in self._lost.items()}
        places = search.open_places()
        more = [_with_one_more(stand.levels, place) for place in places]
        counts = search.trials.counts(more, search.replications[: self._few])
        before = search.goals.margins(stand.counts.first(self._few))
        return {place: search.goals.margins(counts.of(row)) - before for row, place in enumerate(places)}

    def _most_promising(self, barred: Sequence[tuple[Any, Any]]) -> Exchange | None:
        """Solve for the exchange that leaves most of the scarcest margin, by what single agents earn."""
        from scipy.optimize import Bounds, LinearConstraint  # takes 0.3 s, which a report saves

        added, taken = list(self._gained), list(self._lost)
        gain = np.array([self._gained[place] for place in added]).T
        loss = np.array([self._lost[place] for place in taken]).T
        scale = np.array([_typical(row) for row in loss])
        price = self._search.cost
        cost = [price[pool] for pool, _ in added] + [-price[pool] for pool, _ in taken]
        numbers = np.array([1.0] * len(added) + [0.0] * len(taken))
        rows: list[tuple[Any, Any, Any]] = [
            (*in_one_size(np.hstack([gain, -loss, -scale[:, None]]), -self._stand.margins), np.inf),
            (np.append(cost, 0.0)[None], -np.inf, -LEAST_SAVED * float(price.min())),
            (np.append(numbers, 0.0)[None], -np.inf, MOST_ADDED),
            (np.append(1 - numbers, 0.0)[None], -np.inf, MOST_TAKEN),
        ]
        for place in set(added) & set(taken):
            both = np.zeros(len(cost) + 1)
            both[added.index(place)] = both[len(added) + taken.index(place)] = 1
            rows.append((both[None], -np.inf, 1))
        for is_added, is_taken in barred:
            chosen = np.concatenate([is_added, is_taken]).astype(np.float64)
            rows.append((np.append(2 * chosen - 1, 0.0)[None], -np.inf, chosen.sum() - 1))
        size = len(cost)
        solution = milp(
            np.append(np.zeros(size), -1.0),
            constraints=[LinearConstraint(*row) for row in rows],
            bounds=Bounds(np.append(np.zeros(size), PROMISING), np.append(np.ones(size), 50.0)),
            integrality=np.append(np.ones(size), 0.0),
            options={"node_limit": NODES, "mip_rel_gap": CLOSE},
        )
        if solution.x is None:
            return None
        chosen = np.rint(solution.x[:size]).astype(bool)
        is_added, is_taken = chosen[: len(added)], chosen[len(added) :]
        change = np.zeros_like(self._stand.levels)
        for place, yes in zip(added, is_added, strict=True):
            change[place] += yes
        for place, yes in zip(taken, is_taken, strict=True):
            change[place] -= yes
        return Exchange(change, is_added, is_taken)


def _typical(lost: Floats) -> float:
    """Return what an agent usually loses of a margin; 0 where nobody loses any."""
    positive = lost[lost > 0]
    return float(np.median(positive)) if positive.size else 0.0


def _with_one_more(levels: Levels, place: Place) -> Levels:
    more = levels.copy()
    more[place] += 1
    return more
