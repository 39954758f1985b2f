"""`callcenter status`, --fresh, --precision and what goes wrong with the store."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from callcenter.scenario import load
from callcenter.study import reopen, run, status, sweep
from callcenter.study.store.database import FILE
from tests.cli.conftest import Command
from tests.commands import ROOT


class Unplugged(Exception):  # noqa: N818
    """Somebody pulled the plug."""


def unplug(done: int, total: int) -> None:
    """Stop half way."""
    if done > total // 2:
        raise Unplugged


def lines_of(text: str) -> dict[str, str]:
    """Return the rows of the table by their first words."""
    pairs = (line.strip().split("  ", 1) for line in text.splitlines())
    return {parts[0]: parts[-1].strip() for parts in pairs}


def test_a_finished_sweep(callcenter: Command, sweep_file: Path) -> None:
    """Everything is done, and nothing is left."""
    sweep(sweep_file, out="out")
    lines = lines_of(callcenter("status", "out").stdout)

    assert ("finished", "4 of 4", "12 of 12") == (lines["state"], lines["points"], lines["replications"])
    assert "left" not in lines


def test_a_sweep_that_was_interrupted(callcenter: Command, sweep_file: Path) -> None:
    """What is done and what is left, and the line that goes on."""
    with pytest.raises(Unplugged):
        sweep(sweep_file, out="out", on_progress=unplug, command="callcenter sweep staffing.yaml")
    lines = lines_of(callcenter("status", "out").stdout)
    counts = status("out")

    assert f"{counts.cells_done} of 12" == lines["replications"]
    assert 6 < counts.cells_done < 12
    assert counts.points_done < 4
    assert "callcenter sweep staffing.yaml" == lines["to go on"]
    assert "interrupted" == counts.state


@pytest.mark.slow
def test_status_of_a_run(callcenter: Command, scenario_file: Path) -> None:
    """A run is a study of one point."""
    callcenter("run", scenario_file, "-n", 3, "--out", "kept")

    assert "3 of 3" == lines_of(callcenter("status", "kept").stdout)["replications"]


def test_status_is_watched_until_the_end(callcenter: Command, sweep_file: Path) -> None:
    """Watching a finished study ends at once."""
    sweep(sweep_file, out="out")

    assert "finished" in callcenter("status", "out", "--watch").stdout


@pytest.mark.slow
def test_a_store_that_is_damaged(callcenter: Command, sweep_file: Path) -> None:
    """It is named in the table and where it is read, with the line that simulates it again."""
    sweep(sweep_file, out="out", command="callcenter sweep staffing.yaml --out out")
    with sqlite3.connect("out/results.sqlite") as database:
        database.execute("UPDATE run SET tally = x'0200' WHERE rowid = 1")
    database.close()
    lines = lines_of(callcenter("status", "out").stdout)
    report = callcenter("report", "out")
    again = callcenter("sweep", sweep_file, "--out", "out")

    assert ("damaged", "replication 0 of point 0; simulated again by the line below") == (
        lines["state"],
        lines["damaged"],
    )
    assert "callcenter sweep staffing.yaml --out out" == lines["to go on"]
    assert 2 == report.exit_code
    assert report.stderr.startswith("out/results.sqlite is damaged (replication 0 of point 0); what is")
    assert 0 == again.exit_code
    assert "finished" == lines_of(callcenter("status", "out").stdout)["state"]


def test_status_of_nothing(callcenter: Command) -> None:
    """A directory without results is wrong input."""
    done = callcenter("status", "nowhere")

    assert (2, "nowhere holds no results (results.sqlite); give the --out directory of a run or sweep\n") == (
        done.exit_code,
        done.stderr,
    )


@pytest.mark.slow
def test_fresh_starts_over(callcenter: Command, scenario_file: Path) -> None:
    """What is stored of these scenarios is simulated again; the results are the same."""
    first = callcenter("run", scenario_file, "-n", 3, "--out", "out", "--json", "-").stdout
    reported: list[int] = []
    run(load(scenario_file), 3, out="out", fresh=True, on_progress=lambda done, total: reported.append(done))

    assert 0 == reported[0]
    assert first == callcenter("run", scenario_file, "-n", 3, "--out", "out", "--fresh", "--json", "-").stdout


@pytest.mark.parametrize("text", ["0.05", "5pp", "5.0pp"])
def test_precision_is_reached(callcenter: Command, scenario_file: Path, text: str) -> None:
    """Percentage points or a share mean the same, and status 0 says that it was reached."""
    done = callcenter("run", scenario_file, "-n", 5, "--precision", text, "--json", "-")
    summary = json.loads(done.stdout)

    assert (0, True) == (done.exit_code, summary["precision"]["reached"])
    for tier in ("vip", "mid", "regular"):
        level = summary["tiers"][tier]["service_level"]
        assert level["high"] - level["value"] <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["run", "sweep"])
def test_precision_is_not_reached(
    callcenter: Command, sweep_file: Path, scenario_file: Path, kind: str
) -> None:
    """Status 4, with everything that was found."""
    file = scenario_file if kind == "run" else sweep_file
    done = callcenter(kind, file, "-n", 2, "--precision", "0.1pp", "--max-replications", 4)
    where = "" if kind == "run" else " at 4 of 4 points"

    assert 4 == done.exit_code
    assert (
        f"The precision of 0.1 percentage points was not reached{where} within 4 replications." in done.stderr
    )
    assert "vip" in done.stdout


@pytest.mark.parametrize("text", ["0.5%", "5", "half", "-1pp", "nan", "0"])
def test_a_precision_that_is_none(callcenter: Command, scenario_file: Path, text: str) -> None:
    """The message shows both ways of writing it."""
    done = callcenter("run", scenario_file, f"--precision={text}")

    assert (
        2,
        f"--precision {text}: write percentage points, such as 0.5pp, or a share, such as 0.005\n",
    ) == (
        done.exit_code,
        done.stderr,
    )


def test_nobody_answers_the_cluster(
    callcenter: Command, scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address without a scheduler is wrong input."""
    monkeypatch.setattr("callcenter.study.workers.cluster.PATIENCE", 0.5)
    done = callcenter("run", scenario_file, "--cluster", "tcp://127.0.0.1:9")

    assert 2 == done.exit_code
    assert done.stderr.startswith("--cluster tcp://127.0.0.1:9: no scheduler answers there")


@pytest.mark.slow
def test_a_full_disk(sweep_file: Path) -> None:
    """The disk takes no more in the middle of a sweep: plain words, and what is done is resumed."""
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)); import callcenter.cli as c; c.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "sweep", "staffing.yaml", "--replications", "100", "--out", "out"],
        cwd=sweep_file.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "0"},
        capture_output=True,
        text=True,
    )
    out = sweep_file.parent / "out"

    assert 1 == done.returncode
    assert "run the same command again; what was finished is kept" in done.stderr
    assert 1 == len(done.stderr.splitlines())
    assert (out / FILE).is_file()
    assert sweep(sweep_file, 20).summary == sweep(sweep_file, 20, out=out).summary
    assert not reopen(out).incomplete
