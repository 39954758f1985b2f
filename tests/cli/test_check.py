"""`callcenter check` and `callcenter schema`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_ok(callcenter: Command, scenario_file: Path) -> None:
    """A good scenario is summed up in a line."""
    done = callcenter("check", scenario_file)

    assert (done.exit_code, done.stdout) == (
        0,
        f"{scenario_file}: ok, 480 calls a day, 10 agents at the peak (40 agent-hours a day), "
        "offered load 8 Erlang at the peak\n"
        f"{scenario_file}: warning: callbacks.within: the promise of 24 h outlasts the run of 4 h: what is "
        "left at its end is neither kept nor broken; write `cool_down: 24 h`\n",
    )


def test_sweeps_are_checked_too(callcenter: Command, sweep_file: Path) -> None:
    """A sweep is checked at every point."""
    done = callcenter("check", sweep_file)

    assert (done.exit_code, done.stdout) == (0, f"{sweep_file}: ok, 4 points of 3 replications\n")


def test_every_problem_of_every_file(callcenter: Command, scenario_file: Path) -> None:
    """Good files are reported beside wrong ones, whose problems have their places."""
    wrong = scenario_file.with_name("wrong.yaml")
    wrong.write_text(scenario_file.read_text().replace("agents: 10", "agents: ten").replace("85%", "85"))
    done = callcenter("check", wrong, scenario_file)

    assert done.exit_code == 2
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        "tiers.mid.target.share",
        "tiers.regular.target.share",
        "pools.desk.agents",
    ]
    assert done.stdout.startswith(f"{scenario_file}: ok")


def test_schema(callcenter: Command) -> None:
    """The schema is printed, or written to a file."""
    printed = callcenter("schema")
    callcenter("schema", "-o", "schemas/scenario.json")

    assert set(json.loads(printed.stdout)["properties"]) >= {"name", "day", "demand", "tiers", "pools"}
    assert Path("schemas/scenario.json").read_text() == printed.stdout
