"""Interval reports: patience from buckets or waits, staffing calibrated, and what they cannot tell."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import callcenter as cc
from callcenter.fit import Fit, FitError, calibration, fit
from callcenter.theory.erlang import erlang_a
from tests.fit.desk import log
from tests.fit.report import report


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    """Twenty days of the desk of known truth."""
    return log(20, 11)


@pytest.fixture(scope="module")
def from_buckets(calls: pd.DataFrame) -> Fit:
    """The fit of its report."""
    return fit(report(calls))


@pytest.mark.slow
def test_patience_from_buckets(from_buckets: Fit) -> None:
    """Families and figures of patience come out of wait buckets as they come out of calls."""
    vip, regular = (
        next(tier.patience.chosen for tier in from_buckets.model.tiers if tier.name == name)
        for name in ("vip", "regular")
    )
    assert vip is not None
    assert regular is not None
    assert vip.mean.low < 240 < vip.mean.high
    assert "weibull" == regular.family
    assert regular.mean.low < 180 < regular.mean.high
    assert regular.figures["shape"].low < 0.7 < regular.figures["shape"].high


@pytest.mark.slow
def test_buckets_are_nearly_as_good_as_calls(calls: pd.DataFrame, from_buckets: Fit) -> None:
    """The survival from buckets is that of Kaplan and Meier from calls, to within 2 points."""
    of_calls = fit(calls).model
    for own, other in zip(of_calls.tiers, from_buckets.model.tiers, strict=True):
        assert own.patience.survival is not None
        for limit, share in other.patience.table():
            if limit <= 60:
                assert float(own.patience.survival.at(limit)) == pytest.approx(share, abs=0.02)


@pytest.mark.slow
def test_staffing_is_calibrated(from_buckets: Fit) -> None:
    """Five agents who are not in the report are found by its waits to within one, and this is said."""
    roster = from_buckets.model.levels.roster(1800.0)
    assert [5.0] * 20 == pytest.approx(roster[0].tolist(), abs=1.0)
    assert 5.0 == pytest.approx(roster.mean(), abs=0.35)
    assert any("calibrated and not measured" in str(each) for each in from_buckets.model.remarks)
    assert any("agents there were" in str(each) for each in from_buckets.model.cannot_tell)
    assert from_buckets.scenario.pools["agents"].agents is not None


@pytest.mark.slow
def test_waits_alone(calls: pd.DataFrame) -> None:
    """Without buckets the mean of an exponential is all waits over all who hung up."""
    table = report(calls, limits=())
    found = fit(table)
    for tier in found.model.tiers:
        own = table[table["tier"] == tier.name]
        expected = (own["wait_answered_s"] + own["wait_abandoned_s"]).sum() / own["abandoned"].sum()
        assert tier.patience.chosen is not None
        assert expected == pytest.approx(tier.patience.chosen.mean.value)
    assert any("without wait buckets" in str(each) for each in found.model.cannot_tell)
    json.dumps(found.summary, allow_nan=False)  # waits alone have no likelihood


@pytest.mark.slow
def test_a_report_without_buckets_is_written(calls: pd.DataFrame, tmp_path: Path) -> None:
    """As most exports are: scenario and figures come into the directory, and the scenario loads."""
    found = fit(report(calls, limits=()))
    found.save(tmp_path)
    candidates = json.loads((tmp_path / "fit.json").read_text(encoding="utf-8"))["tiers"]["vip"]["patience"]

    assert {"log_likelihood": None, "bic": None} == {
        key: figure
        for key, figure in candidates["candidates"]["exponential"].items()
        if key in ("log_likelihood", "bic")
    }
    assert found.scenario == cc.load(tmp_path / "scenario.yaml")


@pytest.mark.slow
def test_staffed_is_taken(calls: pd.DataFrame) -> None:
    """Where the report has the agents, these are taken."""
    found = fit(report(calls).assign(staffed=6.5))
    assert 65 == pytest.approx(found.model.levels.hours().value)


def test_erlang_a_backwards() -> None:
    """The agents whose waits Erlang A gives are found again, and parts of agents lie between."""
    waits = [erlang_a(120, 180, agents, 240).mean_wait for agents in (6, 7)]
    assert 6.0 == pytest.approx(calibration.agents(120, 180, 240, waits[0]))
    assert 6.5 == pytest.approx(calibration.agents(120, 180, 240, float(np.mean(waits))))


def test_more_answered_than_offered_is_said() -> None:
    """A report by the end of calls has intervals with more answered than offered; that is named."""
    table = report(log(3, 12))
    table.loc[table.index % 7 == 0, "answered"] = table["offered"] + 1
    remarks = fit(table, days="all").model.remarks
    assert any("of offered in" in text and "counted where they end" in text for text in remarks)


def test_columns_that_are_missing() -> None:
    """What a report must have is named."""
    table = report(log(3, 13))
    with pytest.raises(FitError, match="no handle_s"):
        fit(table.drop(columns="handle_s"), days="all")
    with pytest.raises(FitError, match="no column answered"):
        fit(table.drop(columns="answered"), days="all")
