"""A scenario and its variants on the same callers: simulated once each, compared pair by pair."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from types import MappingProxyType

from callcenter.batch import is_ready, prepare
from callcenter.demand import warnings
from callcenter.scenario import Scenario
from callcenter.study import Comparison, Result, compare
from callcenter.web.knobs import Knobs, changes
from callcenter.web.simulating import Days, OnWait, simulated
from callcenter.web.uploads import calls_of, figures_of, light_enough

STEPS = (4, 5, 10, 20, 50, 100, 200, 500)
"""Numbers of replications that the page shows."""

CALLS_AT_ONCE = 600_000
"""Calls simulated at a move of a slider: about a tenth of a second on two cores."""

CALLS_PER_REPLICATION = 6_000
"""Calls that take as long as what a replication costs besides its calls."""

CALLS_PER_FIGURE = 2
"""Calls that take as long as the figures of an interval of a tier or pool."""

MOST_KEPT = 40
"""Results that a session keeps, the latest ones."""

MOST_FIGURES_KEPT = 2_000_000
"""Figures by interval in the results that a session keeps: about 300 MB."""

WORK = Lock()
"""Held by the session that draws; the others wait, as matplotlib serves one thread at a time."""


NOTHING: Mapping[str, object] = MappingProxyType({})


class WhatIf:
    """A scenario as written, and the results of the variants looked at."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = light_enough(scenario)
        self._results: dict[str, Result] = {}

    def base(self, edits: Mapping[str, object]) -> Scenario:
        """Return what the dials start from: the scenario as edited; ScenarioError if that is not valid."""
        return self.scenario.with_(edits) if edits else self.scenario

    def changes(self, knobs: Knobs, edits: Mapping[str, object] = NOTHING) -> dict[str, object]:
        """Return what edits and then the knobs change, by dotted path."""
        return {**edits, **changes(self.base(edits), knobs)}

    def variant(self, knobs: Knobs, edits: Mapping[str, object] = NOTHING) -> Scenario:
        """Return the scenario as edits and knobs change it; ScenarioError if that is not valid."""
        return self.changed(self.changes(knobs, edits))

    def changed(self, changed: Mapping[str, object]) -> Scenario:
        """Return the scenario with changes; ScenarioError if that is not valid, or too large for the page."""
        return light_enough(self.scenario.with_(changed)) if changed else self.scenario

    def warnings(self, variant: Scenario) -> list[str]:
        """Return what is odd about a variant and was not about the scenario as written."""
        usual = warnings(self.scenario)
        return [sentence for sentence in warnings(variant) if sentence not in usual]

    def result(self, variant: Scenario, replications: int, on_wait: OnWait = lambda *_: None) -> Result:
        """Return a variant's result of at least so many replications; those simulated already are kept.

        ``on_wait`` is called again and again meanwhile; what it raises ends the work.
        """
        name = variant.fingerprint
        kept = self._results.get(name)
        done = () if kept is None else kept.tallies
        if kept is None or len(done) < replications:
            days = Days(
                variant, name, self.scenario.seed, calls_of(variant) * variant.run_days / variant.days
            )
            more = simulated(days, range(len(done), replications), on_wait)
            kept = Result(variant, self.scenario.seed, "compiled", (*done, *more))
        self._results.pop(name, None)
        self._results[name] = kept
        self._forget()
        return kept

    def has(self, variant: Scenario, replications: int) -> bool:
        """Whether a variant has been simulated so often already."""
        kept = self._results.get(variant.fingerprint)
        return kept is not None and kept.replications >= replications

    def _forget(self) -> None:
        """Let the oldest results go, but never the latest."""
        while len(self._results) > MOST_KEPT or (len(self._results) > 1 and self._size() > MOST_FIGURES_KEPT):
            del self._results[next(iter(self._results))]

    def _size(self) -> int:
        return sum(result.replications * figures_of(result.scenario) for result in self._results.values())


def first_look(scenario: Scenario) -> int:
    """Return how many replications are simulated at once when a slider moves."""
    affordable = CALLS_AT_ONCE / _work(scenario)
    return max((step for step in STEPS if step <= affordable), default=STEPS[0])


def takes_long(variant: Scenario, replications: int) -> bool:
    """Whether so many replications take longer than a move of a slider should."""
    return replications * _work(variant) > 2 * CALLS_AT_ONCE


def _work(scenario: Scenario) -> float:
    """Return the calls that take as long as a replication of a scenario."""
    return calls_of(scenario) + CALLS_PER_FIGURE * figures_of(scenario) + CALLS_PER_REPLICATION


def finer(replications: int) -> int | None:
    """Return the next number of replications worth asking for, about five times as many; None at the end."""
    return next((step for step in STEPS if step >= 4 * replications), None)


def difference(reference: Result, result: Result, names: tuple[str, str]) -> Comparison | None:
    """Return how a variant differs from the reference on the same callers; None if it is the same."""
    if reference.scenario.fingerprint == result.scenario.fingerprint:
        return None
    return compare(reference, result, names=names)


def make_ready() -> None:
    """Compile the engine where that is still to be done, and load what the first result needs."""
    with WORK:
        prepare()


def needs_preparation() -> bool:
    """Whether the engine is still to be compiled, which takes about a minute, once."""
    return not is_ready()
