"""`callcenter staff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcenter.scenario import load
from callcenter.study.staffing import staff
from tests.cli.conftest import Command

CATALOGUE = "shifts:\n  - {start: 08:00, end: 12:00}\n  - {start: 09:00, end: 11:00}\n"


@pytest.mark.slow
def test_it_prints_need_proof_roster_and_prices(callcenter: Command, scenario_file: Path) -> None:
    """A planner reads agents by interval, answer rates on validation days, and why nobody can be spared."""
    Path("catalogue.yaml").write_text(CATALOGUE, encoding="utf-8")

    done = callcenter(
        "staff", scenario_file, "-n", 4, "--shifts", "catalogue.yaml", "--prices", "--out", "out"
    )

    assert done.exit_code == 0, done.output
    for words in (
        "08:00",
        "agent-hours a day",
        "Nobody to spare",
        "95% interval",
        "on shift",
        "What a target costs",
    ):
        assert words in done.stdout
    files = {"need.yaml", "need.csv", "roster.yaml", "prices.csv", "report.html", "results.xlsx"}
    assert files == {path.name for path in Path("out").iterdir()}
    assert 0 == callcenter("run", "out/roster.yaml", "-n", 2).exit_code


def test_json_is_the_summary(callcenter: Command, scenario_file: Path) -> None:
    """And nothing else is on the standard output."""
    done = callcenter("staff", scenario_file, "-n", 4, "--json", "-")

    assert staff(load(scenario_file), replications=4).summary == json.loads(done.stdout)


def test_wrong_input_is_told_in_a_line(callcenter: Command, scenario_file: Path) -> None:
    """No traceback."""
    done = callcenter("staff", scenario_file, "--meet", "90%")

    assert done.exit_code == 2
    assert "write mean, or a share of days such as 90%-of-days" in done.output


def test_a_minimum_is_kept_and_wrong_ones_are_refused(callcenter: Command, scenario_file: Path) -> None:
    """For every pool, or for one; what is no number of agents is an error in a line."""
    done = callcenter("staff", scenario_file, "-n", 2, "--at-least", "2", "--json", "-")

    summary = json.loads(done.stdout)
    assert set(load(scenario_file).pools) == set(summary["at_least"])
    assert 2 <= min(min(agents) for agents in summary["need"]["pools"].values())
    for wrong in ("some", "nobody=1", "-1"):
        refused = callcenter("staff", scenario_file, "--at-least", wrong)
        assert (2, True) == (refused.exit_code, "at least" in refused.output)
