"""The figures show what the tables say: artists beside data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, StepPatch

import callcenter as cc
from callcenter.measure.tables import callback_interval_table, pool_interval_table
from callcenter.report import figures
from callcenter.report.figures.callbacks import created_within
from callcenter.report.figures.rates import common_floor
from callcenter.study.answers.axes import parameters, plane
from tests.report import studies

HOUR = 3600.0


def numbers(values: Any) -> list[float]:
    """Return the data of an artist as plain numbers, row after row."""
    return [float(value) for value in np.ravel(values)]


def texts(ax: Axes) -> list[str]:
    """Return the texts inside the axes."""
    return [text.get_text() for text in ax.texts]


def tick_names(ax: Axes, axis: str) -> list[str]:
    """Return the names along an axis."""
    return [tick.get_text() for tick in (ax.get_xticklabels() if axis == "x" else ax.get_yticklabels())]


def heights(ax: Axes) -> list[float]:
    """Return the heights of all bars, in the order drawn."""
    return [bar.get_height() for bar in ax.patches if isinstance(bar, Rectangle)]


def test_the_answer_rate_by_interval(desk: cc.Result) -> None:
    """Line and band at the middle of each hour; a gap in the first, in which nobody calls."""
    ax = figures.answer_rate_by_interval(desk, "vip")
    table = desk.intervals[desk.intervals["tier"] == "vip"]
    x, y = (numbers(data) for data in ax.lines[0].get_data())

    assert [8.5, 9.5, 10.5, 11.5, 12.5, 13.5] == [moment / HOUR for moment in x]
    assert np.isnan(y[0])
    assert table["service_level"].tolist()[1:] == y[1:]
    assert "target\n90%" in texts(ax)
    assert 0.9 == numbers(ax.lines[1].get_ydata())[0]


def test_the_band_is_the_interval(desk: cc.Result) -> None:
    """Its edges are the bounds of the table."""
    ax = figures.answer_rate_by_interval(desk, "regular", floor=0.2)
    table = desk.intervals[desk.intervals["tier"] == "regular"].dropna(subset="service_level")
    outline = np.round(np.asarray(ax.collections[0].get_paths()[0].vertices)[:, 1], 9).tolist()

    assert set(table["service_level_low"].round(9)) <= set(outline)
    assert set(table["service_level_high"].round(9)) <= set(outline)
    assert 0.2 == ax.get_ylim()[0]


def test_a_line_does_not_run_through_the_night() -> None:
    """After each of several days there is a gap, and days are named."""
    ax = figures.answer_rate_by_interval(studies.result({"days": 2}, 2), "vip")
    y = numbers(ax.lines[0].get_ydata())

    assert 2 * (6 + 1) == len(y)
    assert np.isnan(y[6])
    assert ["day 1", "day 2"] == tick_names(ax, "x")


def test_calls_are_answered_or_not(desk: cc.Result) -> None:
    """The two bars of an hour add up to the calls offered in it, all tiers together."""
    ax = figures.calls_by_interval(desk)
    table = desk.intervals[desk.intervals["tier"] != "all"].groupby("interval")[["offered", "answered"]].sum()
    answered, lost = heights(ax)[:6], heights(ax)[6:]

    assert table["answered"].tolist() == pytest.approx(answered)
    assert (table["offered"] - table["answered"]).tolist() == pytest.approx(lost)
    assert "calls in 1 h" == ax.get_ylabel()


@pytest.mark.parametrize("pool", [None, "office"])
def test_agents_are_staffed_and_busy(desk: cc.Result, pool: str | None) -> None:
    """Steps for the roster, bars for the busy, of one pool or of all."""
    ax = figures.agents_by_interval(desk, pool)
    table = pool_interval_table(desk.scenario, desk.tallies)
    table = table[table["pool"] == pool] if pool else table
    agents = table.groupby("interval")[["staffed", "busy"]].sum()
    steps = next(patch for patch in ax.patches if isinstance(patch, StepPatch))

    assert agents["staffed"].tolist() == numbers(steps.get_data()[0])
    assert agents["busy"].tolist() == pytest.approx(heights(ax))


def test_the_queue_of_each_tier(desk: cc.Result) -> None:
    """A named line a tier, each with a colour, a dash and a marker of its own."""
    ax = figures.queue_by_interval(desk)
    looks = {(line.get_color(), line.get_linestyle(), line.get_marker()) for line in ax.lines}

    assert ["vip", "regular"] == [line.get_label() for line in ax.lines]
    assert 2 == len({look[0] for look in looks}) == len({look[2] for look in looks})
    for line in ax.lines:
        table = desk.intervals[desk.intervals["tier"] == line.get_label()]
        assert table["queue_length"].tolist() == numbers(line.get_ydata())


def test_the_backlog_and_its_limit() -> None:
    """The line of open callbacks is the table's; the limit is what came within the promise."""
    study = studies.result({"pools.desk.agents": 2, "callbacks.within": "2 h"})
    ax = figures.callback_backlog(study)
    jobs = callback_interval_table(study.scenario, study.tallies)
    limit, backlog = (numbers(line.get_ydata()) for line in ax.lines)

    assert jobs["backlog"].tolist() == backlog
    assert jobs["created"].rolling(2, min_periods=1).sum().tolist() == pytest.approx(limit)
    assert "created in the last 2 h" == ax.lines[0].get_label()


def test_the_limit_of_the_backlog_by_hand() -> None:
    """Half of an interval's jobs are older than a promise that ends in its middle; nights add none."""
    hours = HOUR * np.array([8.0, 9.0, 32.0])
    created = np.array([4.0, 2.0, 6.0])

    assert [4.0, 4.0, 6.0] == created_within(hours, created, HOUR, 1.5 * HOUR).tolist()
    assert [4.0, 6.0, 8.0] == created_within(hours, created, HOUR, 24 * HOUR).tolist()


def test_attempts_and_new_callbacks() -> None:
    """Bars of attempts below the steps of callbacks created."""
    study = studies.result({"pools.desk.agents": 2})
    ax = figures.callback_work(study)
    jobs = callback_interval_table(study.scenario, study.tallies)
    steps = next(patch for patch in ax.patches if isinstance(patch, StepPatch))

    assert jobs["attempts"].tolist() == heights(ax)
    assert jobs["created"].tolist() == numbers(steps.get_data()[0])


def test_the_heatmap(grid: cc.SweepResult) -> None:
    """A cell a point: the number in it, hatched where missed, a question mark where unclear."""
    ax = figures.answer_rate_heatmap(grid, "regular")
    rows = grid.points[grid.points["tier"] == "regular"]
    rows = rows.sort_values(["pools.desk.agents", "demand.volume"])
    mesh = next(each for each in ax.collections if isinstance(each, QuadMesh))
    unclear = rows["verdict"].map({"unclear": " ?"}).fillna("")
    written = [
        f"{100 * share:.1f}{doubt}" for share, doubt in zip(rows["service_level"], unclear, strict=True)
    ]

    assert rows["service_level"].tolist() == pytest.approx(numbers(mesh.get_array()))
    assert written == texts(ax)
    assert (rows["verdict"] == "missed").sum() == sum(patch.get_hatch() is not None for patch in ax.patches)
    assert ["0.7", "1.0", "1.3"] == tick_names(ax, "x")
    assert ["x1 · 4", "x2 · 7", "x3 · 10", "x4 · 13"] == tick_names(ax, "y")


def test_the_target_line_parts_the_cells(grid: cc.SweepResult) -> None:
    """Each piece of it has a point that reaches the target on one side only."""
    ax = figures.answer_rate_heatmap(grid, "regular")
    rows = grid.points[grid.points["tier"] == "regular"]
    reached = (rows["service_level"] >= 0.85).to_numpy().reshape(3, 4).T
    lines = [each for each in ax.collections if isinstance(each, LineCollection)]
    expected = np.count_nonzero(reached[1:] != reached[:-1])
    expected += np.count_nonzero(reached[:, 1:] != reached[:, :-1])

    assert 0 < expected
    assert expected == len(lines[-1].get_segments())


def test_the_heatmap_of_all_targets(grid: cc.SweepResult) -> None:
    """The margin of the tier furthest behind, with its sign."""
    ax = figures.margin_heatmap(grid)
    points = grid.points[grid.points["tier"] != "all"]
    worst = (points["service_level"] - points["target"]).groupby(points["point"]).min()
    mesh = next(each for each in ax.collections if isinstance(each, QuadMesh))

    assert worst.to_numpy().reshape(3, 4).T.ravel().tolist() == pytest.approx(numbers(mesh.get_array()))
    assert all(text[0] in "+−" for text in texts(ax))


def test_no_heatmap_without_a_plane(tmp_path: Path) -> None:
    """One parameter spans none; the message names it."""
    study = studies.sweep(tmp_path, {"demand.volume": [0.5, 1.0]}, replications=2)

    with pytest.raises(ValueError, match=r"the points vary demand.volume and span no plane"):
        figures.answer_rate_heatmap(study, "vip")


def test_a_curve_along_one_parameter(tmp_path: Path) -> None:
    """Quantities stand at their distance, in rising order, whatever the order of the sweep."""
    study = studies.sweep(tmp_path, {"callbacks.within": ["2 h", "30 min", "1 h"]}, replications=2)
    rows = study.points[study.points["tier"] == "regular"]
    ax = figures.answer_rate_curve(rows, parameters(study)[0])

    assert plane(study) is None
    assert [1800, 3600, 7200] == numbers(ax.lines[0].get_xdata())
    assert rows["service_level"].iloc[[1, 2, 0]].tolist() == numbers(ax.lines[0].get_ydata())
    assert ["30 min", "1 h", "2 h"] == tick_names(ax, "x")


def test_dots_for_points_without_an_order(grid: cc.SweepResult) -> None:
    """A dot on its interval a point, from the top down, and its target."""
    rows = grid.points[grid.points["tier"] == "vip"]
    ax = figures.answer_rate_dots(rows, [f"point {point}" for point in rows["point"]])
    dots, targets = ax.lines

    assert rows["service_level"].tolist() == numbers(dots.get_xdata())
    assert [0.9] * 12 == numbers(targets.get_xdata())
    assert ax.yaxis_inverted()
    assert "point 0" == tick_names(ax, "y")[0]


def test_figures_beside_each_other_have_one_scale(desk: cc.Result) -> None:
    """The floor is a multiple of ten percent below every rate and target."""
    rates = [desk.intervals[desk.intervals["tier"] == tier] for tier in ("vip", "regular")]
    lowest = min(frame["service_level"].min() for frame in rates)
    floor = common_floor(rates, [0.9, 0.85])

    assert 0.0 <= floor <= min(lowest, 0.85)
    assert 10 * floor == pytest.approx(round(10 * floor))


def test_axes_of_ones_own(desk: cc.Result) -> None:
    """A figure may be drawn into given axes, which are returned."""
    ax = Figure().add_subplot()

    assert ax is figures.calls_by_interval(desk, ax=ax)


def test_settings_of_matplotlib_are_left_alone(desk: cc.Result) -> None:
    """The house style ends with the drawing."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figures.svg_element(figures.queue_by_interval(desk), "queue", "Queue", "Callers in line.")

    assert before == dict(mpl.rcParams)
