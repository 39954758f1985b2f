"""The files for spreadsheets: complete, and no text becomes a formula."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import callcenter as cc
from callcenter.report.csv_files import as_text, write_csv_files
from tests.report import studies


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20", " =", "\u3000+", "\xa0\t@"])
def test_text_does_not_become_a_formula(sign: str) -> None:
    """An apostrophe keeps a spreadsheet from calculating; the rest is kept as it is."""
    assert f"'{sign}1+1" == as_text(f"{sign}1+1")
    assert f"a{sign}1" == as_text(f"a{sign}1")
    assert -1.5 == as_text(-1.5)


def test_what_users_wrote_does_not_become_a_formula(tmp_path: Path) -> None:
    """Settings of points stand in every file, behind an apostrophe."""
    study = studies.sweep(tmp_path, {"about": ["=1+1", "@SUM(A1)"]}, replications=2)
    write_csv_files(study, tmp_path)

    for name in ("kpis.csv", "intervals.csv", "pool_intervals.csv", "callback_intervals.csv"):
        table = pd.read_csv(tmp_path / name, encoding="utf-8-sig")
        assert ["'=1+1", "'@SUM(A1)"] == table["about"].unique().tolist()


def test_the_files_of_one_scenario(desk: cc.Result, desk_page: Path) -> None:
    """The tables of the result, in an encoding that spreadsheets recognise."""
    kpis = pd.read_csv(desk_page.with_name("kpis.csv"), encoding="utf-8-sig")
    intervals = pd.read_csv(desk_page.with_name("intervals.csv"), encoding="utf-8-sig")

    assert b"\xef\xbb\xbf" == desk_page.with_name("kpis.csv").read_bytes()[:3]
    assert list(desk.kpis.columns) == list(kpis.columns)
    assert desk.kpis["service_level"].tolist() == pytest.approx(kpis["service_level"].tolist())
    assert desk.intervals.shape == intervals.shape
    assert pd.isna(intervals["service_level"][0])


def test_files_that_only_some_studies_have(tmp_path: Path) -> None:
    """Lines, customers and money have files where any point has such figures, with a row for every point."""
    study = studies.sweep(
        tmp_path, {"lines": ["none", 9], "pools.desk.cost_per_hour": [0, 60]}, replications=2
    )
    write_csv_files(study, tmp_path)
    economics = pd.read_csv(tmp_path / "economics.csv", encoding="utf-8-sig")
    lines = pd.read_csv(tmp_path / "line_intervals.csv", encoding="utf-8-sig")

    assert {0, 1, 2, 3} == set(economics["point"]) == set(lines["point"])
    assert not (tmp_path / "customers.csv").exists()


def test_the_files_of_a_sweep(grid: cc.SweepResult, grid_page: Path) -> None:
    """Every point is in every file, named by its number and what it sets."""
    kpis = pd.read_csv(grid_page.with_name("kpis.csv"), encoding="utf-8-sig")
    intervals = pd.read_csv(grid_page.with_name("intervals.csv"), encoding="utf-8-sig")

    assert grid.points["service_level"].tolist() == pytest.approx(kpis["service_level"].tolist())
    assert ["point", "demand.volume", "pools.desk.agents", "day"] == list(intervals.columns)[:4]
    assert list(range(12)) == intervals["point"].unique().tolist()
    assert ["x1", "x2", "x3", "x4"] == intervals["pools.desk.agents"].unique().tolist()
    assert 1 == grid_page.with_name("intervals.csv").read_text(encoding="utf-8").count("\ufeff")
