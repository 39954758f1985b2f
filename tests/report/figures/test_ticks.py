"""What a tick says is where it stands, on every figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis

import callcenter as cc
from callcenter.report.figures.marks import percent
from callcenter.report.figures.shown import whole
from callcenter.report.figures.style import blank_axes, counted, exact, labelled, signed
from callcenter.report.page.blocks import Details, Gallery
from callcenter.report.page.comparison import comparison_page as comparison_page
from callcenter.report.page.run import page_of
from callcenter.report.page.staffing import staffing_page
from callcenter.study.sweeps import as_study
from tests.report import studies


def check(axis: Axis) -> None:
    """Assert that the labels of an axis of numbers are its ticks times one factor, to the last digit."""
    if isinstance(getattr(axis.get_major_formatter(), "func", None), partial):
        return  # names, or the values of a study, put at their places by hand
    low, high = sorted(axis.get_view_interval())
    places = [place for place in axis.get_majorticklocs() if low <= place <= high]
    labels = axis.get_major_formatter().format_ticks(places)
    if not any(labels):
        return
    numbers = [float(re.sub(r"[%,+$\\a-z{}]", "", label).replace("−", "-")) for label in labels]
    factors = [number / place for number, place in zip(numbers, places, strict=True) if abs(place) > 1e-9]
    assert len(set(labels)) == len(labels)
    assert np.ptp(factors or [0]) <= 1e-9 * max(map(abs, factors or [0])), labels


def drawn(blocks: Any) -> Iterator[Axes]:
    """Yield the axes of every figure of some blocks."""
    for block in blocks:
        if isinstance(block, Gallery):
            yield from (ax for picture in block.pictures for ax in whole(picture.ax).axes)
        if isinstance(block, Details):
            yield from drawn(block.blocks)


def check_page(page: Any) -> None:
    """Assert that all axes of a page say where they are."""
    axes = [ax for section in page.sections for ax in drawn(section.blocks)]
    assert axes
    for ax in axes:
        check(ax.xaxis)
        check(ax.yaxis)


@pytest.mark.slow
def test_all_figures_of_a_run(desk: cc.Result) -> None:
    """Rates, agents, queue, waits, trust."""
    check_page(page_of(as_study(desk)))
    check_page(page_of(as_study(studies.run_rich())))


@pytest.mark.slow
def test_all_figures_of_a_sweep(grid: cc.SweepResult, tmp_path: Path) -> None:
    """Heat maps, the frontier, curves, what moves the answer rate."""
    check_page(page_of(grid))
    vary = {"demand.volume": {"from": 0.7, "to": 1.3}, "pools.desk.agents": {"scale": {"from": 1, "to": 3}}}
    check_page(page_of(studies.sweep(tmp_path, vary, "latin_hypercube", points=16)))


def test_all_figures_of_a_comparison() -> None:
    """Differences with their signs."""
    more = cc.load(studies.RICH, {"name": "more", "pools.office.agents": 2})
    check_page(comparison_page(cc.compare(cc.load(studies.RICH), more, replications=4, engine="simpy")))


@pytest.mark.slow
def test_all_figures_of_a_staffing() -> None:
    """The need, and the agents over and under it."""
    check_page(staffing_page(cc.staff(cc.load(studies.DESK), replications=3)))


@pytest.mark.parametrize("span", [0.002, 0.03, 0.15, 0.7, 1.0, 12.0, 4321.0, 2.5e6])
@pytest.mark.parametrize("start", [0.0, -0.333, 0.2125])
def test_any_range(span: float, start: float) -> None:
    """Whatever ticks are chosen, no digit of them is left out."""
    for kind in (percent, labelled, lambda axis: labelled(axis, signed)):
        ax = blank_axes(None)
        ax.set_ylim(start, start + span)
        kind(ax.yaxis)
        check(ax.yaxis)
    ax = blank_axes(None)
    counted(ax, "agents")
    ax.set_ylim(0, span)
    check(ax.yaxis)


def test_labels_by_hand() -> None:
    """Digits, thousands, signs, and no trace of binary fractions."""
    assert ["0.25", "0.3", "1,250", "−2", "0"] == [exact(one) for one in (0.25, 0.1 + 0.2, 1250, -2, -0.0)]
    assert ["+0.25", "+1,250", "−2.5", "0", "0"] == [signed(one) for one in (0.25, 1250, -2.5, 0, -1e-15)]
