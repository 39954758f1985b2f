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
        f"{scenario_file}: warning: callbacks.within: the promise of 24 h reaches beyond the end "
        "of the run of 4 h: what is left then is neither kept nor broken; write `cool_down: 24 h`\n",
    )


def test_days_that_differ_are_summed_up_on_one_day(callcenter: Command, scenario_file: Path) -> None:
    """Load and agents at the peak are of the same day, the busiest; of drawn rosters the line says mean.

    480 calls on an ordinary day are 8 Erlang; the second day has 20% more, and 12 agents instead of 10.
    """
    file = scenario_file.with_name("days.yaml")
    text = scenario_file.read_text().replace("day: {", "day: {date: 2026-11-23, ")
    uneven = "agents: {by_weekday: {Mon: 10, Tue: 12}}"
    file.write_text(text.replace("agents: 10", uneven).replace("calls:", "days: [1, 1.2]\n  calls:"))
    with file.open("a") as more:
        more.write("days: 2\n")
    drawn = file.read_text().replace("by_weekday: {Mon: 10, Tue: 12}", DRAWN)
    file.with_name("drawn.yaml").write_text(drawn)

    assert callcenter("check", file).stdout.startswith(
        f"{file}: ok, 528 calls and 44 agent-hours a day on average; on Tue 24 Nov 2026, the busiest, "
        "12 agents and an offered load of 10 Erlang at the peak\n"
    )
    assert (
        "; 11 agents at the peak of the mean roster, offered load 10 Erlang at the peak of the busiest"
        in (callcenter("check", file.with_name("drawn.yaml")).stdout)
    )


DRAWN = "by_date: {2026-11-02: 10, 2026-11-03: 12}, draw: days"


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
