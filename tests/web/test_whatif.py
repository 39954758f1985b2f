"""Variants of a scenario on the same callers: results, differences, time taken."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest

import callcenter as cc
from callcenter.scenario import Scenario, ScenarioError
from callcenter.web import whatif
from callcenter.web.knobs import Knobs
from callcenter.web.uploads import MOST_CALLS, figures_of
from callcenter.web.whatif import WhatIf, difference, finer, first_look, takes_long
from tests.commands import ROOT

HOTLINE = ROOT / "scenarios" / "unicom_10010.yaml"

AT_ONCE = 1.0
"""Seconds from a moved knob to the figures, for a province's hotline; a quarter of it on a quiet machine."""


def test_at_rest_it_is_the_scenario_itself(scenario: Scenario) -> None:
    """Nothing moved, nothing made: the very scenario, and so its fingerprint."""
    assert WhatIf(scenario).variant(Knobs()) is scenario


def test_the_figures_are_those_of_a_run(scenario: Scenario) -> None:
    """A variant has the figures that `run` has for the scenario with these changes, at its seed."""
    desk = WhatIf(scenario)
    variant = desk.variant(Knobs(volume=120, agents={"desk": 1}))
    changed = scenario.with_({"demand.volume": 1.2, "pools.desk.agents": 11})

    assert cc.run(changed, 5, 7).summary == desk.result(variant, 5).summary


def test_the_seed_stays(scenario: Scenario) -> None:
    """Every variant meets the same callers."""
    desk = WhatIf(scenario)

    assert {7} == {desk.result(desk.variant(Knobs(volume=volume)), 2).seed for volume in (100, 110)}


def test_what_was_simulated_is_kept(scenario: Scenario) -> None:
    """Coming back to a variant takes no time; more replications begin with those there were."""
    desk = WhatIf(scenario)
    first = desk.result(scenario, 3)
    more = desk.result(scenario, 6)

    assert more is desk.result(scenario, 3)
    assert (3, 6) == (first.replications, more.replications)
    assert [tally.to_bytes() for tally in first.tallies] == [tally.to_bytes() for tally in more.tallies[:3]]


def test_large_results_are_fewer(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a session keeps is bounded by its size too; the latest result is always there."""
    each = 3 * figures_of(scenario)
    monkeypatch.setattr(whatif, "MOST_FIGURES_KEPT", 2 * each)
    desk = WhatIf(scenario)
    results = [desk.result(desk.variant(Knobs(volume=volume)), 3) for volume in (90, 100, 110)]
    monkeypatch.setattr(whatif, "simulated", lambda *_, **__: pytest.fail("simulated again"))

    assert results[1:] == [desk.result(result.scenario, 3) for result in results[1:]]
    with pytest.raises(pytest.fail.Exception):
        desk.result(results[0].scenario, 3)


def test_only_the_latest_are_kept(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that looks at very many variants does not fill the memory."""
    monkeypatch.setattr(whatif, "MOST_KEPT", 2)
    desk = WhatIf(scenario)
    results = [desk.result(desk.variant(Knobs(volume=volume)), 1) for volume in (90, 100, 110)]

    assert results[2] is desk.result(results[2].scenario, 1)
    assert results[0] is not desk.result(results[0].scenario, 1)


def test_sessions_know_nothing_of_each_other(scenario: Scenario) -> None:
    """Two sessions with one scenario have results of their own."""
    one, other = WhatIf(scenario), WhatIf(scenario)

    assert one.result(scenario, 1) is not other.result(scenario, 1)


def test_differences_are_those_of_compare(scenario: Scenario) -> None:
    """The paired difference is that of `callcenter compare`; a variant does not differ from itself."""
    desk = WhatIf(scenario)
    variant = desk.variant(Knobs(agents={"desk": 2}))
    results = [desk.result(each, 4) for each in (scenario, variant)]
    comparison = difference(results[0], results[1], ("before", "after"))

    assert comparison is not None
    assert cc.compare(scenario, variant, replications=4, names=("before", "after")).table.equals(
        comparison.table
    )
    assert difference(results[0], results[0], ("before", "after")) is None


def test_a_combination_that_makes_no_sense_is_told(scenario: Scenario) -> None:
    """Callbacks that nobody works can be simulated, and are warned of; what was so before is not repeated."""
    silent = WhatIf(scenario.with_({"pools.desk.callbacks": None, "tiers.mid.callback": "none"}))
    variant = silent.variant(Knobs(called_back=frozenset({"vip"})))
    (warning,) = silent.warnings(variant)

    assert "callback" in warning
    assert [] == WhatIf(variant).warnings(variant)


def test_too_many_calls_are_refused(scenario: Scenario) -> None:
    """A scenario, and a variant, that no slider could follow is refused in words."""
    calls = MOST_CALLS / 8 / 1.2

    with pytest.raises(ScenarioError, match="at most 1,000,000"):
        WhatIf(scenario.with_({"demand.calls": 2 * calls}))
    with pytest.raises(ScenarioError, match="use `callcenter run`"):
        WhatIf(scenario.with_({"demand.calls": calls})).variant(Knobs(volume=150))


@pytest.mark.parametrize(("calls", "expected"), [(60, 50), (500, 50), (5_625, 10), (40_000, 4), (125_000, 4)])
def test_the_first_look_is_short(scenario: Scenario, calls: int, expected: int) -> None:
    """The more calls, the fewer replications at once: 8 intervals of these calls, about 600,000 in all."""
    assert expected == first_look(scenario.with_({"demand.calls": calls}))


def test_what_takes_long_is_known(scenario: Scenario) -> None:
    """A first look is short, save of a scenario that is large by itself; refining may be long."""
    large = scenario.with_({"demand.calls": 125_000})

    assert [False, True] == [takes_long(each, first_look(each)) for each in (scenario, large)]
    assert takes_long(scenario, 200)


def test_more_replications_narrow_the_intervals() -> None:
    """Each further step has at least four times the replications: half the width; and there is an end."""
    assert [50, 200, None] == [finer(10), finer(50), finer(200)]


@pytest.mark.slow
def test_a_move_is_answered_at_once() -> None:
    """The hotline of a province follows a slider in less than a second."""
    desk = WhatIf(cc.load(HOTLINE))
    replications = first_look(desk.scenario)
    desk.result(desk.scenario, replications)

    assert 10 == replications
    assert AT_ONCE > median(_seconds(desk, Knobs(agents={"front_office": more})) for more in (1, 2, 3))


def _seconds(desk: WhatIf, knobs: Knobs) -> float:
    begin = perf_counter()
    desk.result(desk.variant(knobs), 10).summary  # noqa: B018 - the figures are made when asked for
    return perf_counter() - begin
