"""`callcenter compare`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def more(scenario_file: Path) -> Path:
    """The scenario with two agents more."""
    path = scenario_file.with_name("more.yaml")
    path.write_text("extends: small.yaml\nname: more\npools: {desk: {agents: 12}}\n", encoding="utf-8")
    return path


def test_the_table_and_the_sentence(callcenter: Command, scenario_file: Path, more: Path) -> None:
    """What differs first, then a row per figure and tier with its difference, and what pairing saved."""
    done = callcenter("compare", scenario_file, more, "-n", 6)
    sentences, _empty, table = done.stdout.partition("\n\n")
    lines = table.splitlines()

    assert 0 == done.exit_code, done.output
    assert "figure of small more difference 95% interval p unpaired needs".split() == lines[0].split()
    assert ["answer rate", "abandonment", "ASA", "staffed", "occupancy"] == [
        line[:12].strip() for line in lines[2:] if line[:3].strip() and line[0] != "─"
    ][:5]
    differ, verdicts, saved = sentences.splitlines()
    assert differ.startswith("more answers ")
    assert verdicts.startswith("Targets: ")
    assert "times as many days" in saved
    assert "" == done.stderr


def test_json_and_set(callcenter: Command, scenario_file: Path, more: Path) -> None:
    """Changes apply to all, and it is said; the figures are those of the function."""
    from callcenter.study import compare

    words = (
        "compare",
        scenario_file,
        more,
        "-n",
        2,
        "--seed",
        5,
        "--set",
        "demand.volume=1.2",
        "--json",
        "-",
    )
    done = callcenter(*words)
    expected = compare(scenario_file, more, replications=2, seed=5, changes={"demand.volume": 1.2}).summary

    assert json.loads(json.dumps(expected)) == json.loads(done.stdout)
    assert "warning: Changed in every scenario: demand.volume=1.2.\n" == done.stderr
    assert {"met", "missed", "unclear", None} >= {row["first_verdict"] for row in expected["differences"]}


def test_one_scenario_against_its_changes(callcenter: Command, scenario_file: Path) -> None:
    """As it is written against changed, with the verdict of each beside its rate."""
    words = ("compare", scenario_file, "--set", "pools.desk.agents=14", "-n", 6, "--out", "kept")
    done, again = callcenter(*words), callcenter("compare", "kept")
    head, _, vip, *_ = done.stdout.partition("\n\n")[2].splitlines()

    assert 0 == done.exit_code, done.output
    assert "figure of small small desk.agents 14 difference".split() == head.split()[:7]
    assert vip.split()[:3] == ["answer", "rate", "vip"]
    assert 2 == sum(vip.count(word) for word in ("met", "missed", "unclear"))
    assert again.stdout.splitlines()[:4] == done.stdout.splitlines()[:4]


def test_several_and_all_pairs(callcenter: Command, scenario_file: Path, more: Path) -> None:
    """Each against the first, or every two, with corrected p-values."""
    words = ("compare", scenario_file, more, scenario_file, "-n", 2)

    assert 2 == callcenter(*words).stdout.count("p (Holm)")
    assert 3 == callcenter(*words, "--all-pairs").stdout.count("p (Holm)")


def test_out_keeps_table_results_and_report(callcenter: Command, scenario_file: Path, more: Path) -> None:
    """The second call simulates nothing, and the directory can be compared and reported again."""
    first, second = (callcenter("compare", scenario_file, more, "-n", 2, "--out", "kept") for _ in range(2))
    again = callcenter("compare", "kept")

    assert first.stdout == second.stdout
    assert "Report: kept/report.html" in first.stdout
    with Path("kept/comparison.csv").open(encoding="utf-8-sig") as file:
        assert {("small", "more")} == {(row["first"], row["second"]) for row in csv.DictReader(file)}
    assert again.stdout.splitlines()[0] == first.stdout.splitlines()[0]


def test_other_callers_are_warned_of(callcenter: Command, scenario_file: Path, more: Path) -> None:
    """On the error channel, so that JSON stays clean."""
    more.write_text("extends: small.yaml\nname: more\ntiers: {mid: {talk: 3 min}}\n", encoding="utf-8")
    done = callcenter("compare", scenario_file, more, "-n", 1, "--json", "-")

    assert json.loads(done.stdout)["notes"]
    assert done.stderr.startswith("warning: more has other callers (mid); the calls of vip, regular are")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["small.yaml"], "a comparison needs two scenarios or more"),
        (["small.yaml", "nowhere.yaml"], "nowhere.yaml"),
        (["small.yaml", "."], "holds no results"),
    ],
)
def test_wrong_input(callcenter: Command, scenario_file: Path, words: list[str], message: str) -> None:
    """Status 2, and what to do."""
    done = callcenter("compare", *words)

    assert 2 == done.exit_code
    assert message in done.stderr


def test_a_load_that_is_far_too_much_is_warned_of_once(
    callcenter: Command, scenario_file: Path, more: Path
) -> None:
    """By the name of the first scenario that has it; --quiet is quiet."""
    words = (
        "compare",
        scenario_file,
        more,
        "-n",
        1,
        "--set",
        "demand.volume=4",
        "--set",
        "pools.desk.agents=1",
    )
    loud, quiet = callcenter(*words), callcenter(*words, "--quiet")
    warnings = [line for line in loud.stderr.splitlines() if "Erlang for" in line]

    assert ["small: warning: pools"] == [line[:21] for line in warnings]
    assert "Erlang for" not in quiet.stderr
