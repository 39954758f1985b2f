"""Holidays and the days beside them: known factors are found again, and what is not told apart is merged."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from typer.testing import CliRunner

from callcenter.arrays import Floats
from callcenter.cli import app
from callcenter.fit import FitError, fit
from callcenter.fit.asked import Asked
from callcenter.fit.day_classes import AFTER, BEFORE, BESIDE, HOLIDAY, DayClass, _p_value, chosen
from callcenter.fit.days import APART, Choice, rule_of
from callcenter.fit.diary import Diary
from callcenter.special_days.calendar import Calendar
from tests.fit.desk import log, stamped

MONDAY = date(2026, 1, 5)
WEEKDAY = np.array([1.1, 1.0, 0.95, 1.0, 0.95])
"""Calls of Monday to Friday over the mean."""
FREE = tuple(MONDAY + timedelta(weeks=week, days=2) for week in range(2, 26, 4))
"""Six Wednesdays that are holidays."""
CALENDAR = Calendar(dict.fromkeys(FREE, "a holiday"))


def diary_of(calls: int, factors: dict[str, float], seed: int, weeks: int = 26) -> Diary:
    """Return days of 26 weeks whose holidays, and the days beside them, have calls of their own."""
    chance = np.random.default_rng(seed)
    days = [MONDAY + timedelta(weeks=week, days=day) for week in range(weeks) for day in range(5)]
    steps = {HOLIDAY: 0, BEFORE: 1, AFTER: -1}
    factor = np.ones(len(days))
    for kind, step in steps.items():
        factor[[day + timedelta(days=step) in FREE for day in days]] = factors.get(kind, 1.0)
    mean = calls * WEEKDAY[[day.weekday() for day in days]] * factor
    seen = chance.poisson(mean * chance.gamma(400, 1 / 400, len(days))).astype(float)
    whole = np.ones(len(days))
    names = tuple(day.isoformat() for day in days)
    return Diary(names, np.array([day.weekday() for day in days]), seen, 8 * 3600 * whole, 18 * 3600 * whole)


def found(diary: Diary, calendar: Calendar = CALENDAR) -> tuple[Choice, dict[str, DayClass]]:
    """Return the days fitted, and classes by kind."""
    choice, classes = chosen(diary, rule_of("mon-fri"), calendar)
    return choice, {each.kind: each for each in classes}


def test_known_factors_are_found() -> None:
    """Holidays at 0.6 and days after at 1.2 are classes; the days before, as any other, are merged."""
    choice, classes = found(diary_of(800, {HOLIDAY: 0.6, AFTER: 1.2}, 6))
    assert {HOLIDAY, BEFORE, AFTER} == set(classes)
    assert [True, False, True] == [classes[kind].is_apart for kind in (HOLIDAY, BEFORE, AFTER)]
    for kind, truth in ((HOLIDAY, 0.6), (AFTER, 1.2)):
        factor = classes[kind].factor
        assert factor is not None
        assert factor.low < truth < factor.high < 1.1 * factor.low * 1.1
        assert {day.isoformat() for day in FREE} == set(classes[HOLIDAY].days)
    assert set(choice.dropped[APART]) == {*classes[HOLIDAY].days, *classes[AFTER].days}
    assert 26 * 5 - 12 == len(choice.used)


def test_days_that_are_alike_are_merged() -> None:
    """Days before and after a holiday with the same factor make one class."""
    _choice, classes = found(diary_of(800, {HOLIDAY: 0.6, BEFORE: 1.15, AFTER: 1.15}, 2))
    assert {HOLIDAY, BESIDE} == set(classes)
    assert (12, True) == (len(classes[BESIDE].days), classes[BESIDE].is_apart)


def test_too_few_days_make_no_class() -> None:
    """Two holidays are fitted as other days, and it is said; usual volume still is asked of them."""
    few = Calendar(dict.fromkeys(FREE[:2], "a holiday"))
    choice, classes = found(diary_of(800, {HOLIDAY: 1.0}, 8), few)
    assert (None, False) == (classes[HOLIDAY].factor, classes[HOLIDAY].is_apart)
    assert "too few (2)" in classes[HOLIDAY].text()
    assert 26 * 5 == len(choice.used)


def test_intervals_of_factors_hold_the_truth() -> None:
    """In 300 years of days the intervals hold 0.5 and 1.3 about 95 times of 100; chance finds few classes."""
    held, alarms = {HOLIDAY: 0, AFTER: 0}, 0
    for seed in range(300):
        classes = found(diary_of(300, {HOLIDAY: 0.5, AFTER: 1.3}, seed))[1]
        for kind, truth in ((HOLIDAY, 0.5), (AFTER, 1.3)):
            factor = classes[kind].factor
            assert factor is not None
            held[kind] += factor.low <= truth <= factor.high
        alarms += classes[BEFORE].is_apart
    assert all(0.91 <= number / 300 <= 0.985 for number in held.values()), held
    assert stats.binom.sf(alarms - 1, 300, 0.05) > 0.001, alarms


def _glm(calls: Floats, columns: Floats) -> tuple[Floats, float, float]:
    """Return mean, deviance and Pearson's sum of a Poisson regression, by its textbook iteration."""
    at = np.linalg.lstsq(columns, np.log(calls), rcond=None)[0]
    for _step in range(50):
        mean = np.exp(columns @ at)
        weighted = columns * mean[:, None]
        at = at + np.linalg.solve(columns.T @ weighted, columns.T @ (calls - mean))
    mean = np.exp(columns @ at)
    deviance = 2 * float((calls * np.log(calls / mean) - (calls - mean)).sum())
    return mean, deviance, float(((calls - mean) ** 2 / mean).sum())


def test_the_test_is_that_of_a_quasi_poisson_regression() -> None:
    """The p-value is that of the F test between two Poisson regressions with over-dispersion."""
    diary = diary_of(200, {HOLIDAY: 0.95}, 4)
    is_free = np.array([date.fromisoformat(day) in FREE for day in diary.days])
    weekdays = (diary.weekdays[:, None] == np.arange(5)).astype(float)
    _mean, small, _sum = _glm(diary.calls, weekdays)
    _mean, large, pearson = _glm(diary.calls, np.column_stack((weekdays, is_free)))
    freedom = len(diary.days) - 6
    expected = stats.f.sf((small - large) / (pearson / freedom), 1, freedom)
    of_class = is_free.astype(np.int64)
    p = _p_value(diary, np.arange(len(diary.days)), np.zeros_like(of_class), of_class)
    assert pytest.approx(expected, rel=1e-6) == p
    assert 0.001 < p < 0.9


def test_days_beside_a_long_holiday() -> None:
    """With a free Friday, Thursday is before it and Monday after it; a weekend lies between."""
    friday = Calendar({MONDAY + timedelta(weeks=week, days=4): "" for week in (2, 6, 10, 14)})
    classes = found(diary_of(800, {}, 5), friday)[1]
    beside = set(classes[BESIDE].days)
    assert {(MONDAY + timedelta(weeks=2, days=days)).isoformat() for days in (3, 7)} <= beside
    assert 8 == len(beside)


@pytest.mark.slow
def test_from_log_to_scenario(tmp_path: Path) -> None:
    """Half the calls on holidays: said, in the JSON, in the scenario, and kept for fits to come."""
    parts = []
    free = [MONDAY + timedelta(weeks=week, days=day) for week, day in enumerate((2, 1, 3, 0))]
    days = [MONDAY + timedelta(weeks=week, days=day) for week in range(4) for day in range(5)]
    for is_free, calls in ((False, 40), (True, 20)):
        own = [day for day in days if (day in free) == is_free]
        made = log(len(own), 21 + is_free, {"demand.calls": calls, "demand.day_factor_cv": "2%"})
        parts.append(made.assign(day=[own[number].isoformat() for number in made["replication"]]))
    calls_file, table = tmp_path / "calls.csv", tmp_path / "days.csv"
    stamped(pd.concat(parts)).to_csv(calls_file, index=False)
    table.write_text("date,kind\n" + "".join(f"{day},holiday\n" for day in free), encoding="utf-8")
    words = ["fit", str(calls_file), "--calendar", str(table), "--out", str(tmp_path / "fit"), "--json", "-"]
    done = CliRunner().invoke(app, words, prog_name="callcenter")
    assert 0 == done.exit_code, done.output
    figures = json.loads(done.stdout)
    found = figures["day_classes"]["holiday"]
    assert found["factor"]["low"] < 0.5 < found["factor"]["high"]
    assert (True, 4) == (found["is_apart"], len(found["days"]))
    assert {"days of a class of their own": 4} == figures["days"]["dropped"]
    assert any("Calls on holidays are 0.5" in remark for remark in figures["remarks"])
    text = (tmp_path / "fit" / "scenario.yaml").read_text(encoding="utf-8")
    assert "calls on holidays: volume: 0.5" in text
    calendar = Asked.of(figures["asked"]).calendar
    assert calendar is not None
    assert set(free) == set(calendar.holidays)


def test_records_without_dates() -> None:
    """Days that have no dates have no holidays."""
    with pytest.raises(FitError, match="leave --holidays and --calendar out"):
        fit(pd.DataFrame({"replication": [0], "arrived": [1.0], "outcome": ["answered"]}), holidays="US")
