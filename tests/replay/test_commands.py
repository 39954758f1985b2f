"""The commands: `replay`, `validate` and `explain` on a call log that `run --calls` wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from callcenter.cli import app
from tests.replay.days import DESK


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a scenario and the log of three of its days."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "desk.yaml").write_text(yaml.safe_dump(DESK), encoding="utf-8")
    done = said(folder, "run", "desk.yaml", "-n", "3", "--calls", "log.csv", "-q")
    assert 0 == done.exit_code, done.output
    return folder


def said(folder: Path, command: str, *words: str) -> Result:
    """Run a command on files of the folder."""
    at = [str(folder / word) if word.endswith((".yaml", ".csv")) else word for word in words]
    return CliRunner().invoke(app, [command, *at])


def figures(folder: Path, command: str, *words: str) -> dict[str, Any]:
    """Return what a command writes as JSON."""
    done = said(folder, command, *words, "--json", "-")
    assert 0 == done.exit_code, done.output
    return dict(json.loads(done.stdout))


def test_replay_of_a_log_that_was_read_from_a_file(folder: Path) -> None:
    """Everything taken from a CSV file gives the recorded figures again, to the last digit."""
    found = figures(folder, "replay", "desk.yaml", "log.csv", "-n", "1")
    for day in found["days"].values():
        levels = [day[side]["tiers"]["all"]["service_level"]["value"] for side in ("recorded", "simulated")]
        assert levels[0] == levels[1]


def test_two_more_agents(folder: Path) -> None:
    """`--with pools.desk.agents=+2` answers more, and the table says what was changed."""
    done = said(folder, "replay", "desk.yaml", "log.csv", "--with", "pools.desk.agents=+2", "-n", "2")
    assert "The same callers with pools.desk.agents=+2." in done.output
    found = figures(folder, "replay", "desk.yaml", "log.csv", "--with", "pools.desk.agents=+2", "-n", "2")
    levels = [found[side]["tiers"]["all"]["service_level"]["value"] for side in ("recorded", "simulated")]
    assert levels[0] < levels[1]


def test_validate(folder: Path) -> None:
    """A margin is given in percentage points; what is no margin is refused."""
    found = figures(folder, "validate", "desk.yaml", "log.csv", "-n", "3", "--margin", "0.5pp")
    assert (0.005, "valid") == (found["margin"], found["steps"]["known"]["verdict"])
    done = said(folder, "validate", "desk.yaml", "log.csv", "-n", "3", "--margin", "half")
    assert (2, True) == (done.exit_code, "write percentage points, such as 3pp" in done.output)
    done = said(folder, "validate", "desk.yaml", "log.csv", "-n", "3", "--margin", "3")
    assert (2, True) == (done.exit_code, "--margin 3: write percentage points" in done.output)
    found = figures(folder, "validate", "desk.yaml", "log.csv", "-n", "2", "--margin", "3 points")
    assert 0.03 == found["margin"]


def test_explain(folder: Path) -> None:
    """The parts and what is unexplained add up to planned minus actual."""
    found = figures(folder, "explain", "desk.yaml", "log.csv", "--day", "2", "-n", "2")
    total = sum(found["parts"].values()) + found["unexplained"]
    assert pytest.approx(found["planned"] - found["actual"]) == total
    done = said(folder, "explain", "desk.yaml", "log.csv", "--day", "9", "-n", "2")
    assert (2, True) == (done.exit_code, "the records hold no day 9; they go from 1 to 3" in done.output)


@pytest.mark.slow
def test_reports(folder: Path) -> None:
    """`--out` writes page, workbook and CSV files, `--png` the figures; it needs a directory."""
    for command, words, file in (
        ("replay", (), "days.csv"),
        ("validate", (), "validation.csv"),
        ("explain", ("--day", "2"), "explanation.csv"),
    ):
        out = folder / command
        done = said(folder, command, "desk.yaml", "log.csv", "-n", "2", *words, "--out", str(out), "--png")
        assert 0 == done.exit_code, done.output
        assert {"report.html", "results.xlsx", file, "figures"} <= {path.name for path in out.iterdir()}
        assert f"Report: {out / 'report.html'}" in done.output
        chinese = said(
            folder, command, "desk.yaml", "log.csv", "-n", "2", *words, "--out", str(out), "--lang", "zh-CN"
        )
        assert 0 == chinese.exit_code, chinese.output
        assert '<html lang="zh-CN">' in (out / "report.html").read_text(encoding="utf-8")
    done = said(folder, "replay", "desk.yaml", "log.csv", "-n", "1", "--png")
    assert (2, True) == (done.exit_code, "--out DIR" in done.output)
