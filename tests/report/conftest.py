"""Studies that several tests look at, simulated once, and their reports and workbooks, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

import callcenter as cc
from callcenter.report import write_report
from callcenter.report.workbook import write_workbook
from tests.report import studies
from tests.report.workbooks import Reader


@pytest.fixture(scope="session")
def desk() -> cc.Result:
    """Four days of the desk; nobody calls in the first hour."""
    return studies.result()


@pytest.fixture(scope="session")
def grid(tmp_path_factory: pytest.TempPathFactory) -> cc.SweepResult:
    """Three volumes and four staffings."""
    vary = {"demand.volume": [0.7, 1.0, 1.3], "pools.desk.agents": {"scale": [1, 2, 3, 4]}}
    return studies.sweep(tmp_path_factory.mktemp("grid"), vary)


@pytest.fixture(scope="session")
def desk_page(desk: cc.Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the desk's report, its files beside it; to be read only."""
    return write_report(desk, tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def grid_page(grid: cc.SweepResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the grid's report, in a directory that had to be made; to be read only."""
    return write_report(grid, tmp_path_factory.mktemp("grid") / "deep" / "out")


@pytest.fixture(scope="session")
def desk_book(desk: cc.Result) -> Reader:
    """The workbook of the desk."""
    return Reader(lambda file: write_workbook(desk, file))


@pytest.fixture(scope="session")
def grid_book(grid: cc.SweepResult) -> Reader:
    """The workbook of the grid."""
    return Reader(lambda file: write_workbook(grid, file))
