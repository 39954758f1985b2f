"""Weekdays that differ: found again, written as a file, simulated and judged by their own calls."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import callcenter as cc
from callcenter.fit import Fit, fit
from callcenter.fit.weekdays import calls_of_weekdays
from callcenter.replay.ladder import FORECAST
from tests.fit.desk import log

WEEKS, MONDAY = 6, date(2026, 6, 1)


def weeks(monday: float, tuesday: float) -> pd.DataFrame:
    """Return the calls of Mondays and Tuesdays with so many calls in each half-hour."""
    parts = []
    for weekday, calls in enumerate((monday, tuesday)):
        own = log(WEEKS, 5 + weekday, {"demand.calls": calls, "demand.day_factor_cv": "2%"})
        days = [MONDAY + timedelta(days=7 * week + weekday) for week in range(WEEKS)]
        parts.append(own.assign(day=[days[number].isoformat() for number in own["replication"]]))
    return pd.concat(parts, ignore_index=True).drop(columns="replication")


@pytest.fixture(scope="module")
def busy_mondays() -> Fit:
    """A fit of a desk with half as many calls again on Mondays."""
    return fit(weeks(60, 40), days="all", name="desk")


def test_each_weekday_has_its_calls(busy_mondays: Fit, tmp_path: Path) -> None:
    """Mondays have 1.2 times the calls of the mean day, Tuesdays 0.8 times, in a scenario, too."""
    assert [1.2, 0.8] == pytest.approx(
        [each.value for each in busy_mondays.model.weekdays.values()], abs=0.03
    )
    written = busy_mondays.save(tmp_path)
    assert "calls: {file: weekdays.csv, column: regular}" in written.read_text(encoding="utf-8")
    scenario = dated(written)
    monday, tuesday = (sum(row) for row in scenario.demand.expected_on("regular"))
    assert 1.5 == pytest.approx(monday / tuesday, rel=0.05)
    assert monday + tuesday == pytest.approx(
        2 * sum(busy_mondays.scenario.demand.expected("regular")), rel=1e-3
    )


def dated(scenario: Path) -> cc.Scenario:
    """Return a fitted scenario of a Monday and a Tuesday with the calls of their own."""
    column = {"file": str(scenario.with_name("weekdays.csv"))}
    calls = {f"demand.tiers.{tier}.calls": {**column, "column": tier} for tier in ("vip", "regular")}
    return cc.load(scenario, {"day.date": "2026-06-01", "days": 2, **calls})


def test_each_recorded_day_is_judged_by_the_calls_of_its_weekday(busy_mondays: Fit, tmp_path: Path) -> None:
    """With the demand of the scenario, a recorded Monday meets a simulated Monday."""
    scenario = dated(busy_mondays.save(tmp_path))
    judged = cc.validate(scenario, weeks(60, 40), in_sample=True, replications=4)
    made = judged.steps[FORECAST].runs.offered_simulated
    weekday = np.array([date.fromisoformat(day).weekday() for day in judged.days])
    assert made[weekday == 0].min() > 1.2 * made[weekday == 1].max()


def test_weekdays_that_are_alike_have_no_file() -> None:
    """Twelve days of the same calls tell no weekday from another."""
    assert calls_of_weekdays(fit(weeks(40, 40), days="all").model) is None
