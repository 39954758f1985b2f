"""Reports of recorded days: pages, workbook and CSV files of a replay, a validation and an explanation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from openpyxl import load_workbook

import callcenter as cc
from callcenter.replay import Explanation, Replay, Validation, replay
from callcenter.report import write_report
from callcenter.report.figures import recorded as figures
from callcenter.report.figures.ladder import ladder
from callcenter.report.figures.waterfall import waterfall
from callcenter.study.sentences import explanation as day
from callcenter.study.sentences import validation
from tests.replay.days import days_of, desk

pytestmark = pytest.mark.slow

LOG = days_of(desk(), 5)


@pytest.fixture(scope="module")
def replayed() -> Replay:
    """The desk on its own days, with talk drawn anew."""
    return replay(desk(), LOG, take="arrivals", replications=4)


@pytest.fixture(scope="module")
def validated() -> Validation:
    """The desk judged by its own days."""
    return cc.validate(desk(), LOG, replications=4)


@pytest.fixture(scope="module")
def explained() -> Explanation:
    """A day of the desk."""
    return cc.explain(desk(), LOG, "2.1", replications=3)


def page_of(result: Replay | Validation | Explanation, folder: Path, language: str = "en") -> str:
    """Write the report; return its page."""
    return write_report(result, folder, language, png=True).read_text(encoding="utf-8")


def test_page_of_a_replay(replayed: Replay, tmp_path: Path) -> None:
    """Figures of days, intervals and waits; the files have the figures of the result."""
    page = page_of(replayed, tmp_path)
    for name in ("days-figure", "answer-rate-through-day", "wait-curves", "wait-quantiles"):
        assert f"{name}-title" in page
        assert (tmp_path / "figures" / f"{name}.png").exists()
    days = pd.read_csv(tmp_path / "days.csv")
    assert replayed.recorded_figures[:, 0].tolist() == pytest.approx(days["service_level_recorded"].tolist())
    rates = pd.read_csv(tmp_path / "intervals.csv")
    assert list(rates["start"][:2]) == ["08:00", "08:30"]
    assert ["Summary", "Days", "Intervals", "Run info"] == load_workbook(tmp_path / "results.xlsx").sheetnames


def test_page_of_a_validation(validated: Validation, tmp_path: Path) -> None:
    """The verdict comes first, with its gap; every step has a row, the yardsticks below."""
    page = page_of(validated, tmp_path)
    first = page.index("<h2>")
    assert "The verdict" in page[first : first + 40]
    assert validation.verdict(validated) in page
    assert "90% interval" in validation.verdict(validated)
    steps = pd.read_csv(tmp_path / "validation.csv")
    assert len(validated.steps) + 3 == len(steps)
    assert 100 * steps["service_level_bias"][0] == pytest.approx(
        100 * validated.steps["known"].by_day["service_level"].bias
    )
    each = pd.read_csv(tmp_path / "days.csv")
    assert len(validated.steps) * len(validated.days) == len(each)
    assert each["pit"].between(0, 1).all()


def test_page_of_an_explanation(explained: Explanation, tmp_path: Path) -> None:
    """Parts and rest of the file add up to planned less recorded."""
    page = page_of(explained, tmp_path)
    assert day.headline(explained) in page
    parts = pd.read_csv(tmp_path / "explanation.csv")
    ends = parts["service_level"].dropna().tolist()
    assert ends[0] - ends[1] == pytest.approx(parts["lost"].sum())


def test_chinese_pages(
    replayed: Replay, validated: Validation, explained: Explanation, tmp_path: Path
) -> None:
    """Every page is Chinese where that is asked for."""
    for result, chinese, english in (
        (replayed, "记录与仿真", "Recorded and simulated"),
        (validated, "误差出现在哪一步", "Where the error enters"),
        (explained, "从计划到记录", "From planned to recorded"),
    ):
        page = page_of(result, tmp_path / chinese, "zh-CN")
        assert chinese in page
        assert english not in page


def test_in_sample_stands_on_every_figure(validated: Validation, tmp_path: Path) -> None:
    """Contract 8.3: a verdict on days of the fit says so on every figure."""
    from dataclasses import replace

    page = page_of(replace(validated, in_sample=validated.days), tmp_path)
    assert page.count("<figcaption>") == page.count("In sample.</figcaption>")


def test_lines_are_the_figures(replayed: Replay) -> None:
    """The dots of days are the recorded figures; stairs of intervals are shares of all days together."""
    lines = figures.day_by_day(replayed.beside).get_lines()
    assert replayed.recorded_figures[:, 0].tolist() == list(np.asarray(lines[-1].get_ydata(), float))
    together = replayed.beside.recorded.sum(axis=0)[0]
    assert replayed.beside.by_interval().recorded[0] == pytest.approx(together[0] / together[1])


def test_quantiles_of_waits_by_hand() -> None:
    """Ten waits in the bin up to the third edge: their quantiles lie between the second edge and it."""
    from callcenter.measure.waits import WAIT_EDGES

    bins = np.zeros(WAIT_EDGES.size + 1, int)
    bins[2] = 10
    found = figures.quantiles(bins, np.array([0.5, 0.9]))
    begin, end = WAIT_EDGES[1:3]
    assert [begin + share * (end - begin) for share in (0.5, 0.9)] == pytest.approx(found.tolist())


def test_the_staircase_ends_at_recorded(explained: Explanation) -> None:
    """Bars begin where the one before ended; the last step ends at the recorded answer rate."""
    bars = [bar for bar in waterfall(explained).patches if isinstance(bar, Rectangle)]
    assert len(bars) == 8
    ends = [bar.get_y() + bar.get_height() for bar in bars[1:-1]]
    assert explained.actual == pytest.approx(ends[-1])
    assert [bar.get_y() for bar in bars[2:-1]] == pytest.approx(ends[:-1])


def test_the_ladder_has_two_marks_a_step(validated: Validation) -> None:
    """Answer rate and abandonment of each step, at their mean differences."""
    marks = [line for line in ladder(validated).get_lines() if line.get_marker() in ("o", "s")]
    assert 2 * len(validated.steps) == len(marks)
    tests = validated.steps["known"].verdicts
    assert 100 * tests["service_level"].difference == pytest.approx(float(np.ravel(marks[0].get_xdata())[0]))
