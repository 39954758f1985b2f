"""Replications give the same result however they are done."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from callcenter.scenario import Scenario
from callcenter.study import run


@pytest.mark.slow
def test_one_and_four_workers_give_the_same_bytes(scenario: Scenario) -> None:
    """Summary, call log and callback log do not depend on the number of workers."""
    one, four = (run(scenario, replications=6, workers=workers, keep="calls") for workers in (1, 4))

    assert json.dumps(one.summary) == json.dumps(four.summary)
    assert one.calls.to_csv() == four.calls.to_csv()
    assert one.callbacks.to_csv() == four.callbacks.to_csv()


def test_own_executor(scenario: Scenario) -> None:
    """Any `concurrent.futures.Executor` does the work, and stays open."""
    with ThreadPoolExecutor(2) as executor:
        pooled = run(scenario, replications=4, executor=executor)
        assert executor.submit(int, "1").result() == 1

    assert run(scenario, replications=4).summary == pooled.summary


def test_replications_differ(scenario: Scenario) -> None:
    """No two replications have the same calls."""
    calls = run(scenario, replications=3, keep="calls").calls
    first = calls[calls.call == 0].arrived

    assert len(set(first)) == 3


def test_more_replications_keep_the_first(scenario: Scenario) -> None:
    """Replication k is the same, however many there are."""
    few, many = (run(scenario, replications=n, keep="calls").calls for n in (2, 5))

    pd.testing.assert_frame_equal(few, many[many.replication < 2])


def test_seed_is_the_scenarios_own_unless_given(scenario: Scenario) -> None:
    """The seed of the scenario counts until another is given."""
    own, same, other = run(scenario, 2), run(scenario, 2, seed=scenario.seed), run(scenario, 2, seed=99)

    assert own.summary == same.summary
    assert own.summary["tiers"] != other.summary["tiers"]
    assert other.summary["seed"] == 99


def test_summary_begins_as_the_contract_says(scenario: Scenario) -> None:
    """The keys stand in the order of contract 5.2, and the figures are strict JSON."""
    summary = run(scenario, replications=2).summary

    assert list(summary) == [
        *("scenario", "replications", "seed", "engine", "version"),
        *("tiers", "pools", "callbacks", "lines", "economics", "targets", "joint"),
    ]
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_one_replication_has_no_interval(scenario: Scenario) -> None:
    """One observation has no spread, so that the verdict is unclear."""
    level = run(scenario, replications=1).summary["tiers"]["vip"]["service_level"]

    assert (level["low"], level["high"], level["verdict"]) == (None, None, "unclear")


def test_tables(scenario: Scenario) -> None:
    """Figures come as tables: a row a tier, and a row an interval and tier."""
    result = run(scenario, replications=2)

    assert list(result.kpis.tier) == ["vip", "mid", "regular", "all"]
    assert len(result.intervals) == 4 * scenario.day.intervals


def test_calls_are_dropped_unless_kept(scenario: Scenario) -> None:
    """Asking for logs that were dropped says how to keep them."""
    with pytest.raises(ValueError, match='keep="calls"'):
        _ = run(scenario, replications=1).calls


def test_calls_are_numbered_from_replication_0(scenario: Scenario) -> None:
    """Replications are numbered from 0 in the call log."""
    assert list(np.unique(run(scenario, replications=3, keep="calls").calls.replication)) == [0, 1, 2]


def test_progress_is_told(scenario: Scenario) -> None:
    """Progress begins at nothing and ends with everything."""
    reported: list[tuple[int, int]] = []
    run(scenario, replications=4, on_progress=lambda done, total: reported.append((done, total)))

    assert reported[0] == (0, 4)
    assert reported[-1] == (4, 4)
    assert reported == sorted(reported)


def test_no_replications_are_refused(scenario: Scenario) -> None:
    """A run of nothing is a mistake."""
    with pytest.raises(ValueError, match="replications must be 1 or more, given 0"):
        run(scenario, replications=0)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_seeds_have_a_range(scenario: Scenario, seed: int) -> None:
    """A seed is a whole number that every part can hold."""
    with pytest.raises(ValueError, match="seed must be from 0 to"):
        run(scenario, replications=1, seed=seed)


def test_unknown_engine_is_refused(scenario: Scenario) -> None:
    """An engine that this version lacks is named, with those there are."""
    with pytest.raises(ValueError, match="there is no engine 'abacus'; write one of"):
        run(scenario, replications=1, engine="abacus")


def test_results_are_kept_and_found_again(scenario: Scenario, tmp_path: Path) -> None:
    """A second run in the same directory simulates only what is new."""
    reported: list[tuple[int, int]] = []
    run(scenario, replications=2, out=tmp_path / "out")
    again = run(
        scenario, 3, out=tmp_path / "out", on_progress=lambda done, total: reported.append((done, total))
    )

    assert reported == [(2, 3), (3, 3)]
    assert run(scenario, replications=3).summary == again.summary
