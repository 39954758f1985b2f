"""`callcenter sweep` and `callcenter report`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcenter.study import sweep
from tests.cli.conftest import Command


@pytest.mark.slow
def test_a_sweep_begins_with_the_answer(callcenter: Command, sweep_file: Path) -> None:
    """The table names point, tier, answer rate, target and verdict, below the answer."""
    done = callcenter("sweep", sweep_file)

    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    figures = "tier hours on phones a day answer rate 95% interval target verdict callbacks late"
    answer = sweep(sweep_file).answer.splitlines()
    assert lines[: len(answer)] == answer
    assert answer[0].startswith("Every target is met at ")
    assert f"volume desk.agents {figures}".split() in map(str.split, lines)
    assert sum("90% in 20 s" in line for line in lines) == 4


@pytest.mark.slow
def test_results_and_report_go_to_out_and_the_name_of_the_sweep(
    callcenter: Command, sweep_file: Path
) -> None:
    """Without --out the directory is out/NAME."""
    done = callcenter("sweep", sweep_file)

    assert "Report: out/staffing/report.html" in done.stdout
    assert {"results.sqlite", "report.html", "kpis.csv", "intervals.csv"} <= {
        path.name for path in Path("out/staffing").iterdir()
    }


@pytest.mark.slow
def test_json_names_every_point(callcenter: Command, sweep_file: Path) -> None:
    """Settings, agents, verdict and figures of each point, and the answer."""
    done = callcenter("sweep", sweep_file, "--json", "-")
    figures = json.loads(done.stdout)

    assert figures == sweep(sweep_file).summary
    assert figures["points"][0]["settings"] == {"demand.volume": 0.5, "pools.desk.agents": {"scale": 0.8}}
    assert list(figures["points"][0]) == [
        "settings",
        "hours",
        "peak",
        "rostered_hours",
        "rostered_peak",
        "replications",
        "verdict",
        "tiers",
        "pools",
        "callbacks",
        "lines",
        "economics",
        "targets",
        "joint",
    ]


@pytest.mark.slow
def test_the_second_sweep_simulates_nothing(callcenter: Command, sweep_file: Path) -> None:
    """What is there is found again, and gives the same bytes."""
    first, second = (callcenter("sweep", sweep_file) for _ in range(2))

    assert first.stdout == second.stdout


@pytest.mark.slow
def test_replications_and_seed_of_the_file_may_be_replaced(callcenter: Command, sweep_file: Path) -> None:
    """Options win over the sweep file."""
    done = callcenter("sweep", sweep_file, "--replications", 2, "--seed", 5, "--json", "-")

    assert (json.loads(done.stdout)["replications"], json.loads(done.stdout)["seed"]) == (2, 5)


@pytest.mark.slow
def test_a_missed_target_may_fail(callcenter: Command, sweep_file: Path) -> None:
    """Status 3 when a target is missed at some point."""
    missed = ("sweep", sweep_file, "-q", "--set", "pools.desk.agents=2")

    assert callcenter(*missed).exit_code == 0
    assert callcenter(*missed, "--fail-on-target").exit_code == 3


@pytest.mark.slow
def test_report_rebuilds_the_page_from_the_store(callcenter: Command, sweep_file: Path) -> None:
    """The report command needs nothing but the directory."""
    first = callcenter("sweep", sweep_file)
    sweep_file.unlink()
    Path("out/staffing/report.html").unlink()
    again = callcenter("report", "out/staffing")

    assert again.exit_code == 0, again.output
    assert first.stdout == again.stdout
    assert Path("out/staffing/report.html").is_file()


@pytest.mark.slow
def test_report_of_a_run(callcenter: Command, scenario_file: Path) -> None:
    """The results of a single run are reported by the same command."""
    first = callcenter("run", scenario_file, "-n", 2, "--out", "kept")
    again = callcenter("report", "kept")

    assert first.stdout in again.stdout


def test_report_of_nothing(callcenter: Command) -> None:
    """A directory without results is wrong input."""
    done = callcenter("report", "nowhere")

    assert (done.exit_code, done.stderr) == (
        2,
        "nowhere holds no results (results.sqlite); give the --out directory of a run or sweep\n",
    )


@pytest.mark.slow
def test_a_load_that_is_far_too_much_is_warned_of_once(
    callcenter: Command, scenario_file: Path, sweep_file: Path
) -> None:
    """Of the scenario that is varied, as `--set` changes it, and not of every point; --quiet is quiet."""
    words = (
        "sweep",
        sweep_file,
        "--replications",
        1,
        "--set",
        "demand.volume=5",
        "--set",
        "pools.desk.agents=1",
    )
    loud, quiet = callcenter(*words), callcenter(*words, "--quiet")
    warnings = [line for line in loud.stderr.splitlines() if "Erlang for" in line]

    assert [True] == [line.startswith(f"{scenario_file}: warning: pools") for line in warnings]
    assert "" == quiet.stderr
