"""Precision: replications are added until the answer rates are known well enough, and no more."""

from __future__ import annotations

import json
from math import inf, nan
from pathlib import Path

import pytest

from callcenter.scenario import Scenario
from callcenter.study import reopen, run, sweep
from callcenter.study.designs.precision import Precision, PrecisionError, next_number
from callcenter.study.result import common_numbers


class Unplugged(Exception):  # noqa: N818
    """Somebody pulled the plug."""


@pytest.mark.parametrize(
    ("number", "width", "expected"),
    [
        (20, 0.01, 20),  # reached
        (20, 0.015, 45),  # 20 x 1.5^2
        (20, 0.0101, 22),  # a tenth more at least
        (20, 0.08, 80),  # four times as many at most
        (20, nan, 80),  # no interval yet
        (3, 0.0101, 4),  # one more at least
        (90, 0.02, 100),  # as many as allowed
        (100, 0.02, 100),
        (20, inf, 80),
    ],
)
def test_the_next_number(number: int, width: float, expected: int) -> None:
    """The half-width shrinks with the square root of the number of replications."""
    assert expected == next_number(number, {"vip": 0.001, "mid": width}, Precision(0.01, 100))


def test_every_tier_is_precise(scenario: Scenario) -> None:
    """The run ends at the first of its batches whose half-widths are small enough."""
    result = run(scenario, replications=5, precision=0.03)

    assert 5 < result.replications < 1000
    assert ["vip", "mid", "regular"] == list(result.half_widths)
    assert max(result.half_widths.values()) <= 0.03
    assert result.is_precise
    assert {"half_width": 0.03, "most": 1000, "reached": True} == result.summary["precision"]


def test_the_replications_are_those_of_a_run_of_that_many(scenario: Scenario) -> None:
    """Same callers as ever: only the number of replications is decided."""
    result = run(scenario, replications=5, precision=0.05)

    assert run(scenario, replications=result.replications).summary["tiers"] == result.summary["tiers"]


def test_the_budget_ends_it(scenario: Scenario) -> None:
    """There are as many replications as allowed, and the result says that it is not precise."""
    result = run(scenario, replications=3, precision=0.001, max_replications=7)

    assert (7, False) == (result.replications, result.is_precise)


def test_points_have_their_own_numbers(sweep_file: Path, tmp_path: Path) -> None:
    """Each point goes on until it is precise; the store knows how far each is."""
    study = sweep(sweep_file, 5, out=tmp_path / "out", precision=0.03)
    again = reopen(tmp_path / "out")

    assert len(set(study.replications)) > 1
    assert (study.replications, ()) == (again.replications, study.imprecise)
    assert list(study.replications) == [point["replications"] for point in study.summary["points"]]
    assert json.dumps(study.summary) == json.dumps(again.summary)
    assert not again.incomplete


def test_pairs_are_of_common_replications(sweep_file: Path) -> None:
    """Points of different numbers are compared on the replications that both have."""
    results = sweep(sweep_file, 5, precision=0.03).results
    numbers = common_numbers(results[2:])
    first, second = (result.only(numbers) for result in results[2:])

    assert numbers == first.numbers == second.numbers
    assert min(results[2].replications, results[3].replications) == first.replications


@pytest.mark.slow
@pytest.mark.parametrize("after", [4, 30, 60])
def test_a_resumed_study_ends_with_the_same_numbers(sweep_file: Path, tmp_path: Path, after: int) -> None:
    """The decision depends on the data alone, wherever the study was interrupted."""

    def unplug(done: int, total: int) -> None:
        if done >= after:
            raise Unplugged

    with pytest.raises(Unplugged):
        sweep(sweep_file, 5, out=tmp_path / "out", precision=0.03, on_progress=unplug)
    half = reopen(tmp_path / "out")
    resumed = sweep(sweep_file, 5, out=tmp_path / "out", precision=0.03, workers=2)

    assert half.incomplete
    assert json.dumps(sweep(sweep_file, 5, precision=0.03).summary) == json.dumps(resumed.summary)


def test_more_replications_in_the_store_change_nothing(scenario: Scenario, tmp_path: Path) -> None:
    """What an earlier run left does not decide when this one ends."""
    run(scenario, replications=60, out=tmp_path)

    assert (
        run(scenario, replications=5, precision=0.05).summary
        == run(scenario, replications=5, precision=0.05, out=tmp_path).summary
    )


@pytest.mark.parametrize(
    ("precision", "most", "message"),
    [(0.0, 100, "between 0 and 1"), (1.5, 100, "between 0 and 1"), (0.01, 20, "must be 30 or more")],
)
def test_what_cannot_be_asked_for(scenario: Scenario, precision: float, most: int, message: str) -> None:
    """A wrong precision or budget is refused before anything is simulated."""
    with pytest.raises(PrecisionError, match=message):
        run(scenario, replications=30, precision=precision, max_replications=most)


def test_no_target(scenario: Scenario) -> None:
    """Without targets there is no answer rate to be precise about."""
    aimless = scenario.with_({f"tiers.{name}.target": "none" for name in scenario.tiers})
    with pytest.raises(PrecisionError, match="no tier has a target"):
        run(aimless, precision=0.01)
