"""`callcenter forecast`: tables and words, JSON, what is written, and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from callcenter.cli import app
from tests.commands import ROOT
from tests.forecast.series import Truth, drawn, frame

RUNNER = CliRunner()
SCENARIO = ROOT / "scenarios" / "dated_week.yaml"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of nine weeks of half-hours."""
    file = tmp_path_factory.mktemp("history") / "calls.csv"
    frame(drawn(Truth(150), 63, 3).history).to_csv(file, index=False)
    return file


def test_what_is_written_can_be_run(history: Path, tmp_path: Path) -> None:
    """A report, a workbook, pictures, a series, and a scenario that `run` takes."""
    words = [
        "forecast",
        str(history),
        "--weeks",
        "1",
        "--scenario",
        str(SCENARIO),
        "--out",
        str(tmp_path),
        "--png",
    ]
    shown = RUNNER.invoke(app, [*words, "--event", "2026-03-10 x2 +-10% fair"], env={"COLUMNS": "80"}).output

    assert "SVD with AR(1)" in shown
    assert "x2 fair" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if "  " in line)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Forecast, 2026-03-09 to 2026-03-15" in page
    assert 3 == page.count("<svg")
    assert {"days-ahead.png", "past-forecasts.png", "week-ahead.png"} == {
        path.name for path in (tmp_path / "figures").iterdir()
    }
    sheets = load_workbook(tmp_path / "results.xlsx").sheetnames
    assert {"Summary", "Days", "Intervals", "Run info"} == set(sheets)
    series = pd.read_csv(tmp_path / "forecast.csv")
    assert 7 * 20 == len(series)
    run = RUNNER.invoke(app, ["run", str(tmp_path / "scenario.yaml"), "-n", "2", "--json", "-"])
    offered = json.loads(run.output)["tiers"]["all"]["counts"]["offered"]
    assert series["calls"].sum() == pytest.approx(offered, rel=0.25)


def test_json_has_the_backtest_and_the_file(history: Path, tmp_path: Path) -> None:
    """Contract 8.5: the chosen method, all methods, and where the series is."""
    result = RUNNER.invoke(
        app, ["forecast", str(history), "--weeks", "1", "--json", "-", "--out", str(tmp_path)]
    )

    figures = json.loads(result.output)
    assert {"method", "wape_interval", "wape_day", "coverage"} <= set(figures["backtest"]["chosen"])
    assert figures["backtest"]["chosen"]["method"] in {
        each["method"] for each in figures["backtest"]["methods"]
    }
    assert Path(figures["file"]).exists()


def test_in_chinese(history: Path, tmp_path: Path) -> None:
    """Terminal and page."""
    words = ["forecast", str(history), "--weeks", "1", "--lang", "zh", "--out", str(tmp_path)]
    shown = RUNNER.invoke(app, words, env={"COLUMNS": "200"}).output

    assert "提前一天预测" in shown
    assert "拟泊松回归" in shown
    assert "对过去日子的预测" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--event", "soon"], "write a date and a factor"),
        (["--calendar", "nowhere.csv"], "nowhere.csv"),
        (["--from", "2020-01-01"], "the history goes to"),
        (["--interval", "half"], "--interval half"),
        (["--png"], "name the directory"),
        (["--map", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_wrong_input_has_its_status(history: Path, words: list[str], message: str) -> None:
    """Status 2 and one line that names the remedy."""
    result = RUNNER.invoke(app, ["forecast", str(history), *words])

    assert 2 == result.exit_code
    assert message in result.output
    assert "Traceback" not in result.output


def test_formulas_stay_texts(tmp_path: Path) -> None:
    """Names that are formulas are none in the workbook, and markup is escaped on the page."""
    rows = frame(drawn(Truth(150), 63, 3).history)
    both = pd.concat([rows.assign(tier="=1+1"), rows.assign(tier="<b>x</b>")])
    both.to_csv(tmp_path / "calls.csv", index=False)
    (tmp_path / "days.csv").write_text("date,kind,name\n2026-03-10,holiday,=2+2\n", "utf-8")

    out = tmp_path / "out"
    RUNNER.invoke(
        app,
        [
            "forecast",
            str(tmp_path / "calls.csv"),
            "--weeks",
            "1",
            "--calendar",
            str(tmp_path / "days.csv"),
            "--out",
            str(out),
        ],
        catch_exceptions=False,
    )

    assert "<b>x</b>" not in (out / "report.html").read_text("utf-8")
    for sheet in load_workbook(out / "results.xlsx"):
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    text = (out / "forecast.csv").read_text("utf-8")
    assert not any(cell.startswith(("=", "+", "@")) for line in text.splitlines() for cell in line.split(","))
