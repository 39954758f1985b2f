"""`callcenter fit`: from a call log to a directory whose scenario is checked and runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from callcenter.cli import app
from tests.fit.desk import log

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A call log as `--calls` writes it."""
    file = tmp_path_factory.mktemp("log") / "calls.csv"
    log(12, 21).to_csv(file, index=False)
    return file


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], prog_name="callcenter")


def test_fit_check_run(calls: Path, tmp_path: Path) -> None:
    """A log becomes a scenario, which is checked and runs, in three commands."""
    fitted = _run("fit", calls, "--out", tmp_path / "fit")
    assert 0 == fitted.exit_code, fitted.output
    scenario = tmp_path / "fit" / "scenario.yaml"
    assert f"callcenter run {scenario}" in fitted.stdout
    assert "these records cannot tell: The promise" in fitted.stdout
    checked = _run("check", scenario)
    assert 0 == checked.exit_code, checked.output
    assert 0 == _run("run", scenario, "-n", 2, "--quiet").exit_code


def test_json(calls: Path) -> None:
    """The figures are those of the contract, each with its interval."""
    figures = json.loads(_run("fit", calls, "--json", "-").stdout)
    assert 12 == figures["days"]["used"]
    assert {"value", "low", "high", "n"} <= set(figures["tiers"]["vip"]["talk"]["mean_s"])
    assert "weibull" == figures["tiers"]["regular"]["patience"]["family"]
    assert {"cv", "correlation"} == set(figures["interval_factor"])
    assert {"vip": 0.0, "regular": 0.0} == figures["head_start_s"]
    assert 50 == pytest.approx(figures["staffed_hours_per_day"]["desk"]["value"], abs=1)


def test_chinese(calls: Path, tmp_path: Path) -> None:
    """Table, notes and comments of the scenario are Chinese where that is asked for; it still loads."""
    fitted = _run("fit", calls, "--out", tmp_path, "--lang", "zh-CN")
    assert "这些记录无法说明" in fitted.stdout
    assert "删失数据极大似然" in (tmp_path / "scenario.yaml").read_text(encoding="utf-8")
    assert 0 == _run("check", tmp_path / "scenario.yaml").exit_code


def test_mistakes(calls: Path, tmp_path: Path) -> None:
    """A wrong rule, a family that does not exist and days that are not there are said in one line."""
    for words, text in (
        (("--days", "workdays"), "`workdays` is no rule"),
        (("--patience", "gauss"), "no such family"),
        (("--interval", "7min"), "does not divide the day"),
        (("--interval", "soon"), "--interval"),
        (("--from", "2027-01-01"), "the records have no dates"),
    ):
        done = _run("fit", calls, *words)
        assert 2 == done.exit_code
        assert text in done.stderr
        assert 1 == len(done.stderr.splitlines())
