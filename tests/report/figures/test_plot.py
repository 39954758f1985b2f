"""`cc.plot`: every figure of the reports, for any scenario, in notebooks and as files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import callcenter as cc
from callcenter import plot
from callcenter.study import reopen
from tests.commands import ROOT
from tests.report import studies

RUN_FIGURES: dict[str, Callable[[cc.Result], Axes]] = {
    "agents_by_interval": plot.agents_by_interval,
    "answer_rate_by_interval": plot.answer_rate_by_interval,
    "callback_backlog": plot.callback_backlog,
    "callback_work": plot.callback_work,
    "calls_by_interval": plot.calls_by_interval,
    "convergence": plot.convergence,
    "day_spread": plot.day_spread,
    "occupancy": plot.occupancy,
    "over_under": plot.over_under,
    "queue_by_interval": plot.queue_by_interval,
    "queue_replay": plot.queue_replay,
    "staffed_and_required": plot.staffed_and_required,
    "waits": plot.waits,
}
"""The figures that a result is enough for."""

SWEEP_FIGURES = (
    "answer_rate_curve",
    "answer_rate_dots",
    "answer_rate_heatmap",
    "margin_heatmap",
    "tornado",
    "frontier",
)
OTHERS = (
    "animated_hour",
    "day_so_far",
    "days_ahead",
    "differences",
    "need",
    "save",
    "week_ahead",
)


def tier(priority: int, **more: Any) -> dict[str, Any]:
    """Return a tier that talks for three minutes."""
    return {
        "priority": priority,
        "talk": {"exponential": "3 min"},
        "patience": {"exponential": "2 min"},
        **more,
    }


TARGET = {"within": "20 s", "share": "80%"}

SCENARIOS: dict[str, dict[str, Any]] = {
    "one of each": {
        "name": "tiny",
        "day": {"open": "08:00", "close": "09:00", "interval": "1 h"},
        "demand": {"calls": 20, "mix": {"all_callers": "100%"}},
        "tiers": {"all_callers": tier(0)},
        "pools": {"desk": {"serves": ["all_callers"], "agents": 2}},
    },
    "seven of each, around the clock": {
        "name": "seven",
        "day": {"open": "00:00", "close": "24:00", "interval": "30 min"},
        "demand": {"calls": 20, "mix": {f"tier_{number}": 1 / 7 for number in range(7)}},
        "tiers": {f"tier_{number}": tier(number, target=TARGET) for number in range(7)},
        "pools": {f"pool_{number}": {"serves": [f"tier_{number}"], "agents": 1} for number in range(7)},
    },
    "a week": studies.DESK | {"days": 7},
    "Chinese names": {
        "name": "热线",
        "day": {"open": "08:00", "close": "20:00", "interval": "30 min"},
        "demand": {"calls": 20, "mix": {"贵宾客户": "20%", "普通客户": "80%"}},
        "tiers": {"贵宾客户": tier(0, target=TARGET), "普通客户": tier(1)},
        "pools": {
            "贵宾坐席": {"serves": ["贵宾客户"], "agents": 1},
            "大厅": {"serves": ["贵宾客户", "普通客户"], "agents": 2},
        },
    },
}


@pytest.fixture(scope="module", params=SCENARIOS)
def any_run(request: pytest.FixtureRequest) -> cc.Result:
    """Two replications of a scenario of some size, with their calls."""
    return cc.run(cc.load(SCENARIOS[request.param]), 2, keep="calls")


def texts_of(figure: Figure) -> Iterator[tuple[Text, Bbox]]:
    """Yield every text that is drawn, with the box around it."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    for text in figure.findobj(Text):
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip():  # type: ignore[redundant-expr]
            yield text, text.get_window_extent(renderer)


def shown_ticks(axes: Axes, axis: str) -> list[Text]:
    """Return the names along an axis that lie inside its limits."""
    which = axes.xaxis if axis == "x" else axes.yaxis
    low, high = sorted(which.get_view_interval())
    ticks = [tick for tick in which.get_major_ticks() if low - 1e-9 <= tick.get_loc() <= high + 1e-9]
    return [tick.label1 for tick in ticks if tick.label1.get_visible() and tick.label1.get_text()]


def assert_legible(ax: Axes) -> None:
    """No name along an axis touches another, and no text leaves the figure."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    boxes = dict(texts_of(figure))
    paper = Bbox.from_extents(-1, -1, figure.bbox.width + 1, figure.bbox.height + 1)
    shown = [name for axes in figure.axes for axis in "xy" for name in shown_ticks(axes, axis)]
    shown += [text for axes in figure.axes for text in axes.texts if text.get_visible()]
    shown += [
        text
        for axes in figure.axes
        for legend in [axes.get_legend()]
        if legend
        for text in legend.get_texts()
    ]
    for text in shown:
        box = boxes.get(text)
        assert box is None or (
            paper.x0 <= box.x0 and box.x1 <= paper.x1 and paper.y0 <= box.y0 and box.y1 <= paper.y1
        ), f"{text.get_text()!r} leaves the figure"
    for axes in figure.axes:
        for axis in "xy":
            names = [boxes[name] for name in shown_ticks(axes, axis) if name in boxes]
            assert not any(one.overlaps(next_one) for one, next_one in pairwise(names)), axis


@pytest.mark.parametrize("name", RUN_FIGURES)
def test_figures_of_any_run_are_legible(any_run: cc.Result, name: str) -> None:
    """From one tier, pool and interval to seven of each around the clock, a week, and Chinese names."""
    assert_legible(RUN_FIGURES[name](any_run))


@pytest.mark.parametrize(
    "name", [name for name in SWEEP_FIGURES if name not in ("answer_rate_curve", "tornado")]
)
def test_figures_of_a_sweep_are_legible(grid: cc.SweepResult, name: str) -> None:
    """Over a plane of volume and staffing."""
    assert_legible(getattr(plot, name)(grid))


def test_figures_of_other_sweeps_are_legible(tmp_path: Path) -> None:
    """A curve along a duration; effects over three paths."""
    (tmp_path / "one").mkdir()
    curve = studies.sweep(tmp_path / "one", {"callbacks.within": ["30 min", "2 h"]}, replications=2)
    (tmp_path / "three").mkdir()
    vary = {"demand.volume": [0.9, 1.1], "pools.desk.agents": [2, 4], "callbacks.attempts": [1, 2]}
    effects = studies.sweep(tmp_path / "three", vary, replications=2)

    assert_legible(plot.answer_rate_curve(curve, "regular"))
    assert_legible(plot.tornado(effects, "regular"))
    with pytest.raises(
        ValueError, match=r"a curve needs one varied quantity; the sweep varies .*demand.volume"
    ):
        plot.answer_rate_curve(effects)


def test_what_is_not_legible_is_found() -> None:
    """The check above fails where names touch, and where a text leaves the figure."""
    crowded, outside = Figure().add_subplot(), Figure().add_subplot()
    crowded.set_xticks([0.50, 0.51], ["a long name", "another one"])
    outside.text(2.0, 0.5, "gone")

    with pytest.raises(AssertionError, match="x"):
        assert_legible(crowded)
    with pytest.raises(AssertionError, match="'gone' leaves the figure"):
        assert_legible(outside)


def test_days_ahead_and_today_are_legible() -> None:
    """The days and a week of a forecast, and the rest of a day; a week that is not there is named."""
    from callcenter.forecast import forecast
    from callcenter.intraday import intraday

    scenarios = ROOT / "scenarios"
    ahead = forecast(scenarios / "data" / "twelve_weeks.csv", weeks=1)
    today = scenarios / "data" / "today.csv"
    day = intraday(scenarios / "restless_day.yaml", today, now="11:00", replications=2)

    for ax in (plot.days_ahead(ahead), plot.week_ahead(ahead), plot.day_so_far(day)):
        assert_legible(ax)
    with pytest.raises(ValueError, match="no week 1; the last is 0"):
        plot.week_ahead(ahead, 1)


def test_nothing_is_missing() -> None:
    """Every public figure of the report is here, each with a docstring, and each has been drawn above."""
    from callcenter.report import figures

    inner = set(figures.__all__) - {"heatmap", "svg_element"}

    assert inner | set(OTHERS) == set(plot.__all__)
    assert {*RUN_FIGURES, *SWEEP_FIGURES, *OTHERS} == set(plot.__all__)
    assert all(getattr(plot, name).__doc__ for name in plot.__all__)
    assert sorted(plot.__all__) == plot.__all__


@pytest.mark.slow
def test_plot_is_part_of_the_package_and_costs_nothing() -> None:
    """`cc.plot` is offered, is the module, and matplotlib comes with its first use."""
    assert "plot" in dir(cc)
    assert plot is cc.plot
    asked = "print('matplotlib' in sys.modules)"
    code = f"import sys, callcenter as cc; {asked}; cc.plot; {asked}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ["False", "True"] == done.stdout.split()


def test_a_notebook_shows_them(desk: cc.Result) -> None:
    """IPython finds a PNG for the axes and for their figure, on white."""
    from IPython.core.formatters import DisplayFormatter

    ax = plot.waits(desk)
    for shown in (ax, ax.figure):
        data, _ = DisplayFormatter().format(shown)  # type: ignore[no-untyped-call]
        assert data["image/png"].startswith(b"\x89PNG")


def test_axes_of_pyplot_are_drawn_into(desk: cc.Result) -> None:
    """`ax=plt.gca()` works, and nothing is drawn anywhere else."""
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2)
    assert left is plot.waits(desk, ax=left)
    assert right is plot.occupancy(desk, ax=right)
    assert [figure.number] == plt.get_fignums()
    plt.close(figure)


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("b.svg", b"<?xml"), ("c.PDF", b"%PDF")])
def test_figures_are_saved(desk: cc.Result, tmp_path: Path, name: str, start: bytes) -> None:
    """By the end of the name; text in SVG stays text."""
    path = plot.save(plot.waits(desk), tmp_path / name)

    assert tmp_path / name == path
    assert path.read_bytes().startswith(start)
    assert name != "b.svg" or ">regular</text>" in path.read_text(encoding="utf-8")


def test_a_saved_picture_is_white(desk: cc.Result, tmp_path: Path) -> None:
    """Not transparent, so that it can be read on a dark page; 150 dots per inch."""
    from matplotlib.image import imread

    ax = plot.waits(desk)
    picture = imread(plot.save(ax, tmp_path / "a.png"))

    assert [1.0, 1.0, 1.0, 1.0] == picture[0, 0].tolist()
    assert round(150 * ax.figure.get_figwidth()) == picture.shape[1]  # type: ignore[union-attr]


def test_mistakes_are_named(desk: cc.Result, grid: cc.SweepResult, tmp_path: Path) -> None:
    """Each message says what there is, or what to do."""
    with pytest.raises(ValueError, match=r"there is no tier `vipp`; did you mean `vip`\?"):
        plot.answer_rate_by_interval(desk, "vipp")
    with pytest.raises(ValueError, match=r"there is no tier `gold`; tiers: vip, regular"):
        plot.waits(desk, ["gold"])
    with pytest.raises(ValueError, match=r"there is no pool `ofice`; did you mean `office`\?"):
        plot.agents_by_interval(desk, "ofice")
    with pytest.raises(ValueError, match=r"the study has 12 points .* give study.results\[0\]"):
        plot.waits(grid)
    with pytest.raises(ValueError, match=r"expected a result of cc\.run, given dict"):
        plot.waits(desk.summary)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"expected a staffing of cc\.staff, given Result"):
        plot.need(desk)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"expected a study of cc\.sweep, given Result"):
        plot.frontier(desk)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"a.bmp: cannot tell the format; end the name in .pdf, .png, .svg"):
        plot.save(plot.waits(desk), tmp_path / "a.bmp")


def test_a_study_of_one_point_is_a_run(tmp_path: Path) -> None:
    """What `reopen` gives for a run can be drawn as it is; the tier shown is the first with a target."""
    cc.run(cc.load(SCENARIOS["Chinese names"]), 2, out=tmp_path)
    ax = plot.convergence(reopen(tmp_path))

    assert "target\n80%" in [text.get_text() for text in ax.texts]
