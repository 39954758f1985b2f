"""Precision, single days, comparisons, staffings and the frontier: artists beside independent computation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import StepPatch

import callcenter as cc
from callcenter import plot
from callcenter.measure import ratio
from callcenter.report.figures.frontier import efficient, points_of
from callcenter.report.figures.trust import daily_rates, running_rates
from tests.report import studies
from tests.report.figures.test_figures import numbers, texts, tick_names


@pytest.fixture(scope="module")
def days() -> cc.Result:
    """Two days in each of five replications, with every call."""
    return cc.run(cc.load(studies.DESK, {"days": 2}), 5, engine="simpy", keep="calls")


@pytest.fixture(scope="module")
def pair() -> cc.Comparison:
    """The desk, and with two agents more."""
    desk = cc.load(studies.DESK)
    return cc.compare(desk, desk.with_({"pools.desk.agents": 5}), replications=5, names=["as is", "more"])


def in_time(calls: pd.DataFrame, tier: str) -> pd.DataFrame:
    """Return offered calls of a tier and whether each was answered within 20 s."""
    offered = calls[(calls["tier"] == tier) & calls["joined"].notna()].copy()
    offered["good"] = (offered["outcome"] == "answered") & (offered["wait"] <= 20)
    return offered


def test_the_running_rate_after_each_replication(days: cc.Result) -> None:
    """The rate over the first n replications, from the calls; its last point is that of the summary."""
    ax = plot.convergence(days, "regular")
    calls = in_time(days.calls, "regular")
    expected = [calls.loc[calls["replication"] < number, "good"].mean() for number in range(1, 6)]
    rate = next(line for line in ax.lines if line.get_marker() == "o")

    assert [1, 2, 3, 4, 5] == numbers(rate.get_xdata())
    assert expected == pytest.approx(numbers(rate.get_ydata()))
    assert days.summary["tiers"]["regular"]["service_level"]["value"] == pytest.approx(expected[-1])
    assert "target\n85%" in texts(ax)


def test_the_running_interval_is_that_of_the_first_replications(days: cc.Result) -> None:
    """After three replications: the share over their calls; after one there is no interval."""
    after, rates = running_rates(days, "vip")
    calls = in_time(days.calls, "vip")
    by_run = calls[calls["replication"] < 3].groupby("replication")["good"].agg(["sum", "count"])
    expected = ratio(by_run["sum"].to_numpy(), by_run["count"].to_numpy(), most=1.0)

    assert [1, 2, 3, 4, 5] == after.tolist()
    assert np.isnan(rates.low[0])
    assert [*map(float, expected)] == pytest.approx([ends[2] for ends in rates])


def test_long_studies_are_thinned() -> None:
    """A thousand replications are not a thousand points; the last one is there."""
    result = studies.result({"demand.volume": 0.05}, 250)
    after, _ = running_rates(result, "vip")

    assert 200 == len(after)
    assert (1, 250) == (after[0], after[-1])


def test_every_day_is_a_dot(days: cc.Result) -> None:
    """Ten days a tier, from the call log; what stands at the right is the share that met the target."""
    ax = plot.day_spread(days)
    for tier, target in (("vip", 0.90), ("regular", 0.85)):
        calls = in_time(days.calls, tier)
        rates = calls.groupby(["replication", "day"])["good"].mean()
        (dots,) = (line for line in ax.lines if sorted(rates) == pytest.approx(numbers(line.get_xdata())))
        met = f"met on\n{100 * (rates >= target).mean():.0f}% of days"

        assert 10 == len(numbers(dots.get_xdata()))
        assert rates.tolist() == pytest.approx(daily_rates(days, tier).tolist())
        assert met in texts(ax)
    assert ["vip", "regular"] == tick_names(ax, "y")


def test_a_tier_that_nobody_calls_has_no_dots() -> None:
    """No calls, no rate: the row stays empty and nothing fails."""
    result = studies.result({"demand.mix": {"vip": "0%", "regular": "100%"}}, 2)

    assert 0 == daily_rates(result, "vip").size
    assert ["vip", "regular"] == tick_names(plot.day_spread(result), "y")
    assert plot.convergence(result, "vip").get_ylim()[0] < 0.9


def test_the_forest_is_the_table(pair: cc.Comparison) -> None:
    """A dot a tier at the paired difference, in points; filled where it is shown, hollow where not."""
    ax = plot.differences(pair)
    table = pair.table[pair.table["figure"] == "service_level"]
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    filled = [dot.get_markerfacecolor() != "white" for dot in dots]

    assert (100 * table["difference"]).tolist() == pytest.approx(
        [numbers(dot.get_xdata())[0] for dot in dots]
    )
    assert table["different"].tolist() == filled
    assert ["vip", "regular", "all"] == tick_names(ax, "y")
    assert "more − as is:\nanswer rate, % points" == ax.get_xlabel()


def test_the_forest_of_one_replication_is_hollow() -> None:
    """One day shows nothing: no interval, no filled dot."""
    desk = cc.load(studies.DESK)
    ax = plot.differences(
        cc.compare(desk, desk.with_({"pools.desk.agents": 4}), replications=1, names=["a", "b"])
    )

    assert {"white"} == {line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"}
    assert not ax.collections


def test_the_need_of_a_staffing() -> None:
    """Areas add up to the agents found, the line is what was given."""
    staffing = cc.staff(cc.load(studies.DESK), replications=4)
    ax = plot.need(staffing)
    table = staffing.intervals
    areas = [patch for patch in ax.patches if isinstance(patch, StepPatch)]

    assert (table["desk"] + table["office"]).tolist() == numbers(areas[1].get_data()[0])
    assert table["desk"].tolist() == numbers(areas[0].get_data()[0])
    assert [4] * 6 == numbers(areas[2].get_data()[0])
    assert [3] * 6 == numbers(plot.need(staffing, ["desk"]).patches[1].get_data()[0])  # type: ignore[attr-defined]


def test_who_is_efficient() -> None:
    """By hand: dearer and worse is beaten, equal is not, a point without a figure never is efficient."""
    price = np.array([1.0, 2.0, 2.0, 3.0, 3.0, 4.0])
    gain = np.array([0.1, 0.3, 0.2, 0.3, 0.5, np.nan])

    assert [True, True, False, False, True, False] == efficient(price, gain).tolist()


def test_the_frontier_is_the_points(grid: cc.SweepResult) -> None:
    """Agent-hours against the smallest margin, both from the table of points; verdicts by marker."""
    ax = plot.frontier(grid)
    rows = grid.points[grid.points["tier"] != "all"]
    margin = (rows["service_level"] - rows["target"]).groupby(rows["point"]).min()
    hours = grid.points.drop_duplicates("point")["agent_hours"]
    efficient = points_of(grid, "agent_hours")
    drawn = sum(len(numbers(line.get_xdata())) for line in ax.lines if line.get_linestyle() == "None")

    assert hours.tolist() == pytest.approx(efficient.price.tolist())
    assert margin.tolist() == pytest.approx(efficient.gain.tolist())
    assert 12 == drawn
    assert {"volume 0.7", "volume 1.0", "volume 1.3"} == set(efficient.conditions)


def test_a_price_needs_prices(grid: cc.SweepResult) -> None:
    """Without costs there is no frontier of money, and the message says what to add."""
    with pytest.raises(ValueError, match="give its pools a cost_per_hour"):
        plot.frontier(grid, "cost")


def test_the_frontier_of_money(tmp_path: Path) -> None:
    """With a wage the price is the cost of the study's own table."""
    study = studies.sweep(
        tmp_path, {"pools.desk.agents": [2, 4], "pools.desk.cost_per_hour": [30]}, replications=2
    )

    assert [summary["economics"]["cost"]["value"] for summary in study.summaries] == points_of(
        study, "cost"
    ).price.tolist()
