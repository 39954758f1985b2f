"""The bench: variants of a scenario tried on the first callers of a result, within a budget of calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from callcenter.demand import CallTape, draw
from callcenter.measure import Tally, stack
from callcenter.measure.tally import COUNTS
from callcenter.scenario import Scenario
from callcenter.study.result import Result
from callcenter.study.workers.cells import Simulation, log_and_tally

BUDGET_CALLS = 3_000_000
"""Calls of the extra simulations together: two or three seconds of the compiled engine."""

VARIANTS = 12
"""Variants that replications are shared out for, unless their number is known."""


class Bench:
    """Simulates variants on the first replications of a result, each variant once.

    Call tapes stay in memory, so that further variants meet them again.
    """

    def __init__(self, result: Result, replications: int, most_calls: int) -> None:
        self.before = result.only(result.numbers[:replications])
        """The replications used, as they are."""
        self.most_calls = most_calls
        self.calls = 0
        """Calls simulated so far."""
        self._rows = self.before.replications * calls_of(result)
        self._tapes: dict[tuple[str, int], CallTape] = {}
        self._known = {result.scenario.fingerprint: self.before}

    @classmethod
    def within(cls, result: Result, budget_calls: int = BUDGET_CALLS, variants: int = VARIANTS) -> Self:
        """Return a bench with as many replications as there can be of so many variants.

        At least two, if the result has them, as long as there is room for one variant: a difference of one
        has no interval.  Else there is room for none; nor where a routing rule of the user's own made the
        result, which is known by its name only.
        """
        calls = calls_of(result)
        fewest = min(2, result.replications)
        number = max(fewest, min(result.replications, int(budget_calls // (calls * max(variants, 1)))))
        is_enough = number * calls <= budget_calls and not result.routing
        return cls(result, number, budget_calls if is_enough else 0)

    def has_room_for(self, *variants: Scenario) -> bool:
        """Whether the budget allows these variants; those tried already cost nothing."""
        new = {variant.fingerprint for variant in variants} - self._known.keys()
        return self.calls + len(new) * self._rows <= self.most_calls

    def tried(self, variant: Scenario) -> Result:
        """Return the result of a variant on the same replications."""
        name = variant.fingerprint
        if name not in self._known:
            tallies = tuple(self._tally(variant, number) for number in self.before.numbers)
            self._known[name] = replace(self.before, scenario=variant, tallies=tallies)
        return self._known[name]

    def _tally(self, variant: Scenario, number: int) -> Tally:
        key = (variant.callers_fingerprint, number)
        if key not in self._tapes:
            self._tapes[key] = draw(variant, self.before.seed, number)
        log, counts = log_and_tally(variant, self._tapes[key], Simulation())
        self.calls += log.arrived.size
        self._rows = max(self._rows, self.before.replications * log.arrived.size)
        return counts


def calls_of(result: Result) -> float:
    """Return the calls of a replication, redials and transfers included; at least 1."""
    return max(
        1.0, float(stack(result.tallies).counts[:, COUNTS.index("called")].sum()) / result.replications
    )
