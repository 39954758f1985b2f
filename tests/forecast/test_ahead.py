"""The coming weeks: series of known truth, special days, events, tiers, files, and what is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import callcenter as cc
from callcenter.forecast import Forecast, ForecastError, TooShortError, backtests, wape
from callcenter.forecast import forecast as forecast_of
from callcenter.forecast.backtest import chance_alone
from callcenter.forecast.events import event_of, events_file, factors_of
from callcenter.forecast.sentences import how_good
from callcenter.forecast.unrest import factors_about
from tests.commands import ROOT
from tests.forecast.series import MONDAY, Truth, drawn, frame

SCENARIO: dict[str, Any] = {
    "name": "desk",
    "day": {"open": "08:00", "close": "18:00", "interval": "30 min"},
    "demand": {"calls": 10, "mix": {"vip": "20%", "regular": "80%"}},
    "tiers": {
        name: {
            "priority": place,
            "target": {"within": "20 s", "share": "80%"},
            "talk": {"exponential": "4 min"},
            "patience": {"exponential": "5 min"},
        }
        for place, name in enumerate(("vip", "regular"))
    },
    "pools": {"desk": {"serves": ["vip", "regular"], "agents": 8}},
}


@pytest.fixture(scope="module")
def desk() -> Forecast:
    """Return two weeks after ten weeks of a small desk."""
    return forecast_of(frame(drawn(Truth(120), 70, 3).history), weeks=2)


def test_what_is_forecast_is_near_the_truth(desk: Forecast) -> None:
    """The means of the days ahead are those that the days are drawn from, within the drift of two weeks."""
    true = drawn(Truth(120), 84, 3).means[70:]

    assert wape(desk.total.calls, true) < 0.12
    assert [MONDAY + timedelta(place) for place in range(70, 84)] == list(desk.days)


@pytest.mark.slow
@pytest.mark.parametrize("calls", [30, 600, 20_000])
def test_errors_are_near_what_chance_leaves(calls: float) -> None:
    """Centres of any size: the error is at most a little above that of the true means, and bands hold.

    The yardstick knows weekdays and shape and follows the drifting level as well as can be (the Kalman filter
    of a random walk: what is not known of the level adds to the error of those who know it); the bound is
    8 % above.  The bands are of all series together.
    """
    ratios, held, truth = [], [], Truth(calls)
    step, noise = truth.drift**2, truth.day_cv**2 + 1 / calls
    unknown = (step + np.sqrt(step**2 + 4 * step * noise)) / 2
    own = truth.day_cv**2 + truth.intervals / calls
    for seed in range(3):
        history, means = drawn(truth, 100, seed)
        test = backtests(history)[1]
        since = test.judged_from
        best = wape(means[test.rows[since:]], test.actual[since:])
        ratios.append(wape(test.as_chosen[since:], test.actual[since:]) / best)
        held.append([test.coverage(0.80), test.coverage(0.95)])
    eighty, ninety_five = np.mean(held, axis=0)

    assert float(np.mean(ratios)) < 1.08 * np.sqrt((unknown + own) / own)
    assert 0.76 < eighty < 0.84
    assert 0.92 < ninety_five < 0.98


def test_chance_alone_is_that_of_poisson_counts() -> None:
    """The mean absolute deviation of drawn counts, for few and many calls."""
    random = np.random.default_rng(1)
    for mean in (0.3, 2.0, 2.5, 40.0, 900.0):
        came = random.poisson(mean, 200_000)
        assert np.abs(came - mean).mean() / mean == pytest.approx(chance_alone(np.array([mean])), rel=0.02)


@pytest.mark.parametrize(
    ("calls", "true"),
    [(100.0, (0.10, 0.17, 0.3)), (200.0, (0.05, 0.10, 0.8)), (3.0, (0.2, 0.2, 0.5)), (10.0, (0.1, 0.0, 0.0))],
)
def test_factors_come_out_as_they_were_put_in(calls: float, true: tuple[float, float, float]) -> None:
    """Of 2,000 days whose forecast is exact: factors of days and intervals, and their correlation."""
    truth = Truth(calls * 20, *true, drift=0.0)
    history, means = drawn(truth, 2000, 5)

    estimated = factors_about(means, history.counts, np.inf)

    assert true[0] == pytest.approx(estimated.day_cv, abs=0.015)
    assert pytest.approx(np.full(20, true[1]), abs=0.03) == estimated.interval_cv
    assert not true[1] or true[2] == pytest.approx(estimated.correlation, abs=0.1)


def test_intervals_without_calls_say_nothing_of_days() -> None:
    """Two columns in which nobody ever calls, at both ends of the day, leave all factors as they are."""
    history, means = drawn(Truth(2000, 0.10, 0.08, 0.5, drift=0.0), 400, 5)
    counts, forecast = (np.pad(each, ((0, 0), (2, 2))) for each in (history.counts, means))

    alone, padded = factors_about(means, history.counts), factors_about(forecast, counts)

    assert alone.day_cv == pytest.approx(0.10, abs=0.02)
    assert alone.day_cv == pytest.approx(padded.day_cv, abs=0.01)
    assert alone.interval_cv[2:-2] == pytest.approx(padded.interval_cv[4:-4], abs=0.01)
    assert padded.interval_cv.min() > 0.03


def test_a_new_level_is_no_row_of_odd_days() -> None:
    """Less than half the calls twelve days in a row: the forecast follows and says so; three are left out."""
    history = drawn(Truth(300, drift=0.0), 84, 3).history
    for days in (3, 12):
        counts = history.counts.copy()
        counts[-days:] = np.floor(counts[-days:] * 0.4)
        forecast = forecast_of(frame(type(history)(history.days, counts)), weeks=1)
        expected = 7 * 300 * (0.4 if days == 12 else 1.0) * 0.9
        assert forecast.totals.sum() == pytest.approx(expected, rel=0.15)
        assert (days == 12) == any("a new level" in note for note in forecast.notes)
        assert (0 if days == 12 else 3) == len(forecast.counts.left_out)


def test_the_shortest_history_has_factors() -> None:
    """Thirty days judge no method yet; how restless days are is taken from all of the backtest."""
    forecast = forecast_of(frame(drawn(Truth(300, 0.1), 30, 3).history), weeks=1)

    assert 0 < forecast.factors.day_cv < 0.3
    assert np.isfinite(forecast.factors.interval_cv).all()
    assert np.isfinite(forecast.totals).all()
    assert "cannot be told yet" in how_good(forecast)


def test_no_forecast_knows_the_days_after(desk: Forecast) -> None:
    """A shock on the last day changes nothing that was forecast of the days before, at any lead."""
    calm = drawn(Truth(120), 70, 3).history
    counts = calm.counts.copy()
    counts[-1] *= 5
    shocked = type(calm)(calm.days, counts)

    for lead, test in backtests(calm, (1, 7)).items():
        other = backtests(shocked, (1, 7))[lead]
        for name in test.forecasts:
            np.testing.assert_array_equal(test.forecasts[name], other.forecasts[name])
        known = test.rows.size - (0 if lead == 1 else 1)
        np.testing.assert_array_equal(test.as_chosen[:known], other.as_chosen[:known])
        assert all(
            (test.history.days[row] - test.history.days[int(test.rows[number - 1])]).days >= lead
            for row, number in zip(test.rows, test.known, strict=True)
            if number and lead > 1
        )


def test_a_week_ahead_is_made_from_what_was_known_a_week_before() -> None:
    """The forecast of a day a week ahead is that of the history that ends seven days before it."""
    from callcenter.forecast import METHODS

    history = drawn(Truth(200), 60, 4).history
    test = backtests(history, (1, 7))[7]
    row = int(test.rows[-1])

    (own,) = METHODS["mean of 8 weekdays"](history.before(row - 6), [history.days[row]])

    np.testing.assert_array_equal(own, test.forecasts["mean of 8 weekdays"][-1])


def test_tiers_add_up_and_have_their_own_method() -> None:
    """Each tier is a series of its own; the calls are their sum, day by day."""
    history = drawn(Truth(400), 70, 8).history
    rows = frame(history)
    vip = rows.assign(tier="vip", calls=np.random.default_rng(1).binomial(rows["calls"].astype(int), 0.1))
    rest = rows.assign(tier="regular", calls=rows["calls"] - vip["calls"])
    both = pd.concat([vip, rest], ignore_index=True)

    forecast = forecast_of(both, weeks=1, scenario=cc.load(SCENARIO))

    assert ["regular", "vip"] == sorted(forecast.tiers)
    parts = sum(series.calls for series in forecast.tiers.values())
    np.testing.assert_allclose(forecast.total.calls, parts)
    assert 0.1 == pytest.approx(forecast.tiers["vip"].calls.sum() / forecast.total.calls.sum(), abs=0.01)
    written = forecast.frame()
    np.testing.assert_allclose(written["calls"], written["calls_vip"] + written["calls_regular"], atol=0.002)
    test = forecast.total.one_day
    np.testing.assert_allclose(
        test.as_chosen, sum(series.one_day.as_chosen for series in forecast.tiers.values())
    )


def test_run_takes_what_is_written(tmp_path: Path) -> None:
    """Forecast, write, load, run: the scenario expects the calls of each date, and that many come."""
    base = tmp_path / "desk.yaml"
    base.write_text(json.dumps({**SCENARIO, "cool_down": "24 h"}), "utf-8")
    history = drawn(Truth(150), 70, 3).history

    forecast = forecast_of(frame(history), weeks=1, scenario=base)
    forecast.save(tmp_path / "out")
    scenario = cc.load(tmp_path / "out" / "scenario.yaml")
    result = cc.run(scenario, replications=20)

    expected = np.array([scenario.demand.expected_on(name) for name in scenario.tiers]).sum(axis=0)
    np.testing.assert_allclose(forecast.total.calls[:7], expected[:7], atol=0.002)
    assert (scenario.date_of(0), scenario.days) == (forecast.days[0], 7)
    assert len(forecast.ahead.days) == 8  # the day of the cool-down is there, too
    assert forecast.totals.sum() == pytest.approx(
        result.summary["tiers"]["all"]["counts"]["offered"], rel=0.04
    )
    assert forecast.factors.day_cv == pytest.approx(scenario.demand.day_factor_cv, abs=0.001)


def test_tiers_of_a_scenario_take_their_own_columns(tmp_path: Path) -> None:
    """A history by tier makes a scenario by tier."""
    base = tmp_path / "desk.yaml"
    base.write_text(json.dumps(SCENARIO), "utf-8")
    rows = frame(drawn(Truth(150), 60, 3).history)
    both = pd.concat([rows.assign(tier="VIP"), rows.assign(tier="regular", calls=2 * rows["calls"])])

    forecast = forecast_of(both, weeks=1, scenario=base)
    forecast.save(tmp_path)
    scenario = cc.load(tmp_path / "scenario.yaml")

    for name, own in (("vip", "VIP"), ("regular", "regular")):
        np.testing.assert_allclose(forecast.tiers[own].calls, scenario.demand.expected_on(name), atol=0.002)


def test_events_multiply_and_widen() -> None:
    """Half again as many calls on a day, and a band that holds the event's own uncertainty."""
    rows = frame(drawn(Truth(400), 60, 2).history)
    day = MONDAY + timedelta(62)

    plain = forecast_of(rows, weeks=1)
    event = forecast_of(rows, weeks=1, events=[f"{day} x1.5 +-20% mailing", f"{day} 08:00-09:00 x2"])

    factors = np.full(20, 1.5)
    factors[:2] *= 2
    np.testing.assert_allclose(plain.total.calls[2] * factors, event.total.calls[2])
    np.testing.assert_array_equal(plain.total.calls[3], event.total.calls[3])
    low, high = (end[2] for end in event.total.day_bands[0.95])
    assert (high - low) / 2 > 0.2 * event.totals[2]
    assert "mailing" in event.events[0].text


def test_events_of_the_past_are_taken_out() -> None:
    """A day that was doubled by a known event forecasts as if it had been an ordinary one."""
    history = drawn(Truth(400), 60, 2).history
    counts = history.counts.copy()
    counts[40] *= 2
    doubled = type(history)(history.days, counts)

    plain = forecast_of(frame(history), weeks=1)
    known = forecast_of(frame(doubled), weeks=1, events=[f"{history.days[40]} x2"])

    np.testing.assert_allclose(plain.total.calls, known.total.calls)


def test_holidays_are_learnt_by_name(tmp_path: Path) -> None:
    """A weekday that was a holiday at half the calls: the next one is, too, and no other day changes."""
    history = drawn(Truth(400, drift=0.0), 63, 2).history
    counts, table = history.counts.copy(), ["date,kind,name"]
    sundays = counts[[row for row, day in enumerate(history.days) if day.weekday() == 6]].sum(axis=1).mean()
    for row in (16, 17, 31):  # Wednesday, Thursday, Thursday
        counts[row] *= 0.7 * sundays / counts[row].sum()
        table.append(f"{history.days[row]},holiday,Spring")
    ahead = MONDAY + timedelta(65)
    table.append(f"{ahead},holiday,Spring")
    file = tmp_path / "days.csv"
    file.write_text("\n".join(table), "utf-8")

    forecast = forecast_of(frame(type(history)(history.days, counts)), weeks=1, calendar=file)

    assert 0.7 * sundays == pytest.approx(forecast.totals[2], rel=0.1)
    assert 3 == len(forecast.special.past)
    assert np.allclose([0.7] * 3, [each.factor for each in forecast.special.past], atol=0.05)
    assert 400 == pytest.approx(forecast.totals[1], rel=0.1)


def test_a_worked_weekend_day_is_like_its_neighbour(tmp_path: Path) -> None:
    """A Sunday that is worked in exchange is a Monday; of a centre that is closed on Sundays, it is open."""
    weekdays = np.array([1.2, 1.0, 1.0, 1.0, 1.0, 0.6, 0.0])
    rows = frame(drawn(Truth(400, drift=0.0), 63, 2, weekdays=weekdays).history)
    sunday = MONDAY + timedelta(62)
    file = tmp_path / "days.csv"
    file.write_text(f"日期,类型\n{sunday},班\n", "utf-8")

    forecast = forecast_of(rows, weeks=1, calendar=file)
    without = forecast_of(rows, weeks=1)

    assert forecast.totals[0] == pytest.approx(forecast.totals[1], rel=0.05)
    assert 0.0 == without.totals[0]


def test_closed_on_holidays_stays_closed(tmp_path: Path) -> None:
    """A centre without a call on its holidays so far is expected to have none on the next."""
    rows = frame(drawn(Truth(400), 63, 2).history)
    closed, ahead = MONDAY + timedelta(23), MONDAY + timedelta(65)
    file = tmp_path / "days.csv"
    file.write_text(f"date,kind\n{closed},holiday\n{ahead},holiday\n", "utf-8")

    forecast = forecast_of(rows[rows["date"] != str(closed)], weeks=1, calendar=file)

    assert 0.0 == forecast.totals[2]
    assert (forecast.totals[[0, 1, 3, 4, 5, 6]] > 0).all()


def test_a_gap_before_the_first_day_is_said() -> None:
    """The bands are those of so many days ahead, and the note says how many."""
    rows = frame(drawn(Truth(400), 70, 2).history)
    forecast = forecast_of(rows, weeks=1, from_=MONDAY + timedelta(91))

    assert 22 == forecast.ahead.lead(0)
    assert any("ends 22 days before the first day" in note for note in forecast.notes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tomorrow x2", "write a date and a factor"),
        ("2026-02-30 x2", "2026-02-30 is no date"),
        ("2026-02-20..2026-02-10 x2", "ends before it begins"),
        ("2026-02-20 x500", "at most"),
        ("2026-02-20 25:00-26:00 x2", "25:00 is no time of day"),
    ],
)
def test_events_that_cannot_be_read(text: str, message: str) -> None:
    """Each is named with what to write."""
    with pytest.raises(ForecastError, match=message):
        event_of(text)


def test_a_table_of_events_is_the_same(tmp_path: Path) -> None:
    """Columns in place of words; what is wrong names its line."""
    file = tmp_path / "events.csv"
    file.write_text(
        "date,to,hours,factor,plus_minus,name\n2026-02-20,2026-02-22,09:00-12:00,1.3,10%,sale\n", "utf-8"
    )

    assert [event_of("2026-02-20..2026-02-22 09:00-12:00 x1.3 +-10% sale")] == events_file(file)
    file.write_text("date,factor\nsoon,1.3\n", "utf-8")
    with pytest.raises(ForecastError, match="line 2: event"):
        events_file(file)


def test_an_interval_that_an_event_covers_in_part_takes_that_part() -> None:
    """A quarter past ten to eleven: half of the first half-hour, all of the second."""
    factors, _spread = factors_of(
        [event_of("2026-02-20 10:15-11:00 x3")], [date(2026, 2, 20)], [36_000, 37_800], 1800
    )

    assert [[2.0, 3.0]] == factors.tolist()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weeks": 99}, "write 1 to 52"),
        ({"from_": "2026-01-20"}, "the history goes to 2026-03-15"),
        ({"from_": "Monday"}, "write a date"),
        ({"interval": "7 min"}, "does not divide the day"),
        ({"interval": "20 min"}, "cannot be made of a history by 30 min"),
        ({"events": ["x"]}, "write a date and a factor"),
    ],
)
def test_what_is_wrong_is_said(options: dict[str, Any], message: str) -> None:
    """With the value and the remedy."""
    rows = frame(drawn(Truth(120), 70, 3).history)
    with pytest.raises(ForecastError, match=message):
        forecast_of(rows, **options)


def test_too_few_days_are_refused() -> None:
    """Twenty days are ten too few."""
    with pytest.raises(TooShortError, match="there are 20, so 10 more are needed"):
        forecast_of(frame(drawn(Truth(120), 20, 3).history))


def test_the_library_that_is_absent_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that has it."""
    import sys

    monkeypatch.setitem(sys.modules, "holidays", None)
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    monkeypatch.setitem(sys.modules, "statsforecast.models", None)
    rows = frame(drawn(Truth(120), 40, 3).history)
    cases: list[dict[str, Any]] = [{"holidays": "CN"}, {"library": True}]
    for options in cases:
        with pytest.raises(ForecastError, match=r"callcenter\[forecast\]"):
            forecast_of(rows, **options)


def test_hours_are_those_with_calls() -> None:
    """A call before six once in ten weeks opens no day; it is said that it is left out."""
    rows = frame(drawn(Truth(400), 70, 3).history)
    stray = pd.DataFrame([(rows["date"][0], "05:30", 1.0)], columns=rows.columns)

    forecast = forecast_of(pd.concat([stray, rows], ignore_index=True), weeks=1)

    assert 8 * 3600.0 == forecast.counts.hours.opening
    assert any("1 calls outside of 08:00 to 18:00" in note for note in forecast.notes)


def test_the_summary_is_plain_data(desk: Forecast) -> None:
    """JSON takes it; shares are shares, and every method is there."""
    summary = json.loads(json.dumps(desk.summary, allow_nan=False))
    backtest = summary["backtest"]

    assert {"method", "wape_interval", "wape_day", "coverage"} <= set(backtest["chosen"])
    assert {"80", "95"} == set(backtest["chosen"]["coverage"])
    assert 5 == len(backtest["methods"])
    assert 0 < backtest["chosen"]["wape_day"] < backtest["chosen"]["wape_interval"] < 1
    assert (14, 14 * 20) == (len(summary["days"]), len(summary["intervals"]))


def test_the_demo_is_what_its_script_writes() -> None:
    """Two days of it, drawn anew, are the first of the file."""
    import runpy

    made = runpy.run_path(str(ROOT / "scenarios/data/make_history.py"))["history"](2)
    kept = pd.read_csv(ROOT / "scenarios/data/twelve_weeks.csv")

    assert made["calls"].tolist() == kept["calls"][: len(made)].tolist()
