"""The bench: variants of a scenario tried on the first callers of a result, within a budget of calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

from callcenter.demand import CallTape, draw
from callcenter.measure import Tally, stack
from callcenter.measure.tally import COUNTS
from callcenter.scenario import Scenario
from callcenter.study.result import Result
from callcenter.study.store.notebook import Notebook, key_of
from callcenter.study.workers.cells import Simulation, log_and_tally

BUDGET_CALLS = 3_000_000
"""Calls of the extra simulations together: two or three seconds of the compiled engine."""

VARIANTS = 12
"""Variants that replications are shared out for, unless their number is known."""


class Bench:
    """Simulates variants on the first replications of a result, each variant once.

    Call tapes stay in memory, so that further variants meet them again.
    """

    def __init__(
        self, result: Result, replications: int, most_calls: int, notebook: Notebook | None = None
    ) -> None:
        self.before = result.only(result.numbers[:replications])
        """The replications used, as they are."""
        self.most_calls = most_calls
        self.calls = 0
        """Calls simulated so far."""
        self._rows = self.before.replications * calls_of(result)
        self._notebook = notebook or Notebook()
        self._tapes: dict[tuple[str, int], CallTape] = {}
        self._known = {result.scenario.fingerprint: self.before}

    @classmethod
    def within(
        cls,
        result: Result,
        budget_calls: int = BUDGET_CALLS,
        variants: int = VARIANTS,
        notebook: Notebook | None = None,
    ) -> Self:
        """Return a bench with as many replications as there can be of so many variants.

        At least two, if the result has them, as long as there is room for one variant: a difference of one
        has no interval.  Else there is room for none; nor where a routing rule of the user's own made the
        result, which is known by its name only.
        """
        calls = calls_of(result)
        fewest = min(2, result.replications)
        number = max(fewest, min(result.replications, int(budget_calls // (calls * max(variants, 1)))))
        is_enough = number * calls <= budget_calls and not result.routing
        return cls(result, number, budget_calls if is_enough else 0, notebook)

    def has_room_for(self, *variants: Scenario) -> bool:
        """Whether the budget allows these variants; those tried already cost nothing."""
        new = {variant.fingerprint for variant in variants} - self._known.keys()
        return self.calls + len(new) * self._rows <= self.most_calls

    def tried(self, variant: Scenario) -> Result:
        """Return the result of a variant on the same replications."""
        name = variant.fingerprint
        if name not in self._known:
            tallies = tuple(Tally.from_bytes(counts, variant) for counts in self._tallies(variant))
            self._known[name] = replace(self.before, scenario=variant, tallies=tallies)
        return self._known[name]

    def _tallies(self, variant: Scenario) -> Iterator[bytes]:
        """Yield the packed tally of each replication, from the notebook where it is there."""
        seed, numbers = self.before.seed, self.before.numbers
        keys = {number: key_of("trial", variant.fingerprint, seed, number) for number in numbers}
        kept = self._notebook.read(keys.values())
        new = {key: self._trial(variant, number) for number, key in keys.items() if key not in kept}
        self._notebook.write(new.items())
        for key in keys.values():
            calls, counts = int.from_bytes((kept | new)[key][:8]), (kept | new)[key][8:]
            self.calls += calls
            self._rows = max(self._rows, self.before.replications * calls)
            yield counts

    def _trial(self, variant: Scenario, number: int) -> bytes:
        """Simulate a replication; return how many calls it had, and its packed tally."""
        key = (variant.callers_fingerprint, number)
        if key not in self._tapes:
            self._tapes[key] = draw(variant, self.before.seed, number)
        log, counts = log_and_tally(variant, self._tapes[key], Simulation())
        return log.arrived.size.to_bytes(8) + counts.to_bytes()


def calls_of(result: Result) -> float:
    """Return the calls of a replication, redials and transfers included; at least 1."""
    return max(
        1.0, float(stack(result.tallies).counts[:, COUNTS.index("called")].sum()) / result.replications
    )
