"""Waits, occupancy, requirement: what the figures show beside the call log and hand-made tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle, StepPatch

import callcenter as cc
from callcenter import plot
from callcenter.measure.waits import WAIT_EDGES
from callcenter.report import figures
from callcenter.report.figures.requirement import plan_of
from callcenter.report.figures.waiting import waiting_longer
from tests.report import studies
from tests.report.figures.test_figures import numbers, texts, tick_names


def line(ax: Axes, label: str) -> Line2D:
    """Return the line of a name."""
    (line,) = (line for line in ax.lines if line.get_label() == label)
    return line


def frame(rows: dict[str, tuple[list[float], list[float]]], days: int = 1) -> pd.DataFrame:
    """Return scheduled and required agents by pool, from 08:00 on, hour by hour."""
    return pd.DataFrame(
        [
            {"day": day, "start": f"{8 + hour:02}:00", "pool": pool, "scheduled": there, "required": wanted}
            for day in range(days)
            for pool, (scheduled, required) in rows.items()
            for hour, (there, wanted) in enumerate(zip(scheduled, required, strict=True))
        ]
    )


@pytest.fixture(scope="module")
def logged() -> cc.Result:
    """The desk with every call kept, and one tier that is never asked for."""
    return cc.run(cc.load(studies.DESK), 3, engine="simpy", keep="calls")


@pytest.mark.parametrize("tier", ["vip", "regular"])
def test_the_share_still_waiting_is_that_of_the_call_log(logged: cc.Result, tier: str) -> None:
    """After t seconds as many still wait as the log has waits above t."""
    ax = plot.waits(logged)
    calls = logged.calls
    waits = calls.loc[calls["tier"] == tier, "wait"].dropna()
    x, y = map(numbers, line(ax, tier).get_data())
    shown = [(second, share) for second, share in zip(x, y, strict=True) if second in (0, 5, 20, 60, 90)]

    assert 5 == len(shown)
    assert [(waits > second).mean() for second, _ in shown] == pytest.approx([share for _, share in shown])
    assert "log" == ax.get_yscale()


def test_the_promise_stands_where_it_was_made(logged: cc.Result) -> None:
    """A stroke at 20 s, and a dot on each curve where it crosses it: the share that waits longer."""
    ax = plot.waits(logged, ["regular"])
    calls = logged.calls
    waits = calls.loc[calls["tier"] == "regular", "wait"].dropna()
    dot = next(line for line in ax.lines if line.get_marker() == "o" and len(numbers(line.get_xdata())) == 1)

    assert "20 s" in texts(ax)
    assert 20.0 == numbers(dot.get_xdata())[0]
    assert (waits > 20).mean() == pytest.approx(numbers(dot.get_ydata())[0])
    assert not [line for line in ax.lines if line.get_label() == "vip"]


def test_waits_of_nobody_and_of_one() -> None:
    """Nothing offered is no share; a single wait of exactly 2 s is not above 2 s."""
    bins = np.zeros(plot_bins(), int)
    nothing = waiting_longer(bins)
    bins[2] = 1

    assert np.isnan(nothing).all()
    assert [1.0, 1.0, 0.0, 0.0] == waiting_longer(bins)[:4].tolist()


def plot_bins() -> int:
    """Return the number of bins of a histogram of waits."""
    return WAIT_EDGES.size + 1


def test_occupancy_is_the_tables() -> None:
    """A line a pool, busy time over staffed time; the band of caution from 85 to 90%."""
    result = studies.result()
    ax = plot.occupancy(result)
    pools = result.summary["pools"]
    sums = np.sum([tally.pool_sums for tally in result.tallies], axis=0)
    busy, present = sums[1], sums[0] + sums[2]

    for place, pool in enumerate(pools):
        assert (busy / present)[place].tolist() == pytest.approx(numbers(line(ax, pool).get_ydata()))
    assert "caution\n85–90%" in texts(ax)
    assert {0.85, 0.90} <= {numbers(line.get_ydata())[0] for line in ax.lines}


def test_many_pools_are_not_all_named() -> None:
    """Beyond six, pools are thin lines of one name."""
    pools = {f"p{number}": {"serves": ["vip", "regular"], "agents": 1} for number in range(9)}
    result = cc.run(cc.load({**studies.DESK, "pools": pools}), 1, engine="simpy")
    ax = plot.occupancy(result)
    legend = ax.get_legend()
    assert legend is not None
    names = [text.get_text() for text in legend.get_texts()]

    assert [*(f"p{number}" for number in range(6)), "3 more pools"] == names


def test_scheduled_required_and_what_is_over() -> None:
    """Two lines, and bars of the difference; the bar of too few points down and is hatched."""
    ax = figures.staffed_and_required(frame({"desk": ([5, 5, 4], [4, 5, 6])}))
    scheduled, required = (
        numbers(patch.get_data()[0]) for patch in ax.patches if isinstance(patch, StepPatch)
    )
    bars = [bar for bar in ax.patches if isinstance(bar, Rectangle)]

    assert ([5, 5, 4], [4, 5, 6]) == (scheduled, required)
    assert [1, 0, 0, 0, 0, -2] == [bar.get_height() for bar in bars]
    assert {"//////"} == {bar.get_hatch() for bar in bars[3:]}
    assert ["+1", "−2"] == texts(ax)
    assert ["08:00", "09:00", "10:00"] == tick_names(ax, "x")


def test_all_pools_are_those_the_formula_asks_for() -> None:
    """A pool that only calls back is in no total; the row of totals is the last."""
    table = frame({"desk": ([5, 5], [4, 6]), "late": ([1, 1], [1, 2]), "back": ([3, 3], [np.nan, np.nan])})
    plan = plan_of(table)
    ax = figures.staffed_and_required(table)
    scheduled = next(patch for patch in ax.patches if isinstance(patch, StepPatch))

    assert ["desk", "late", "all pools"] == plan.rows
    assert [[1, -1], [0, -1], [1, -2]] == plan.net.tolist()
    assert [6, 6] == numbers(scheduled.get_data()[0])


def test_over_and_under_in_cells() -> None:
    """The colour is the difference, the number has its sign, too few are hatched."""
    ax = figures.over_under(frame({"desk": ([5, 5.5, 4], [4, 5.5, 6])}))
    mesh = next(line for line in ax.collections if isinstance(line, QuadMesh))

    assert [1, 0, -2] == numbers(mesh.get_array())
    assert ["+1", "0", "−2"] == texts(ax)
    assert [2] == [patch.get_x() for patch in ax.patches if patch.get_hatch()]  # type: ignore[attr-defined]
    assert (-2, 2) == mesh.get_clim()


def test_days_of_one_pool_are_rows() -> None:
    """A week of one pool is a row a day."""
    ax = figures.over_under(frame({"desk": ([5, 5], [4, 6])}, days=2))

    assert ["day 1", "day 2"] == tick_names(ax, "y")


def test_the_requirement_of_a_scenario() -> None:
    """`cc.plot` takes a scenario or a result; scheduled is what the scenario says."""
    scenario = cc.load(studies.DESK)
    ax = plot.staffed_and_required(scenario, "desk")
    scheduled = next(patch for patch in ax.patches if isinstance(patch, StepPatch))

    assert list(scenario.staffed("desk")) == numbers(scheduled.get_data()[0])
    assert len(tick_names(plot.over_under(studies.result()), "y")) >= 1
