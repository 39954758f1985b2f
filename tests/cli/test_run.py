"""`callcenter run`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from callcenter.scenario import load
from callcenter.study import run
from tests.cli.conftest import Command

CALL_LOG = [
    *("replication", "day", "call", "parent", "attempt", "tier", "arrived", "joined", "answered", "left"),
    *("released", "wait", "outcome", "pool"),
]


LABELS = {
    "en": ["callers", "agents", "days", "callbacks", "counted"],
    "zh-CN": ["来电", "座席数", "天数", "回拨", "口径"],
}


@pytest.mark.parametrize("language", LABELS)
def test_a_run_ends_in_one_sentence_and_five_lines(
    callcenter: Command, scenario_file: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """The verdict, a blank line, then five lines by what they are about; a terminal folds them below it."""
    words = ("run", scenario_file, "--replications", 3, "--lang", language)
    verdict, blank, *lines = callcenter(*words).stdout.splitlines()

    assert "" == blank
    assert verdict.endswith("." if language == "en" else "。")
    assert LABELS[language] == [line.split()[0] for line in lines]
    monkeypatch.setenv("COLUMNS", "80")
    narrow = callcenter(*words).stdout
    assert max(map(cell_len, narrow.splitlines())) <= 80
    assert "".join(narrow.split()) == "".join("".join([verdict, *lines]).split())


def test_what_was_asked_for_stands_below(callcenter: Command, scenario_file: Path) -> None:
    """One more agent and days to keep, without the other tables."""
    asked = ("--one-more-agent", "--days-kept", "3/4")
    done = callcenter("run", scenario_file, "-n", 3, *asked)

    assert "one more in" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Chance that all targets hold on at least 3 of 4 days: ")
    assert "overtime" not in done.stdout


def test_stored_results_are_told_alike(callcenter: Command, scenario_file: Path) -> None:
    """`report` prints what `run` printed, in short and in full."""
    run = callcenter("run", scenario_file, "-n", 2, "--out", "kept", "--days-kept", "1/2").stdout
    full = callcenter("run", scenario_file, "-n", 2, "--out", "kept", "--full").stdout

    assert sorted(run.splitlines()) == sorted(
        callcenter("report", "kept", "--days-kept", "1/2").stdout.splitlines()
    )
    assert set(full.splitlines()) <= set(callcenter("report", "kept", "--full").stdout.splitlines())


def test_the_table_sets_answer_rates_beside_targets(callcenter: Command, scenario_file: Path) -> None:
    """In full the verdict is first; each tier has its answer rate, interval and verdict; others follow."""
    done = callcenter("run", scenario_file, "--replications", 3, "--full")

    assert done.exit_code == 0, done.output
    verdict, _blank, table = done.stdout.partition("\n\n")
    lines = table.splitlines()
    assert "target 90% in 20 s" in verdict
    assert lines[0].split()[:8] == "tier offered answered answer rate 95% interval target".split()
    assert [line.split()[0] for line in lines[2:6]] == ["vip", "mid", "regular", "all"]
    assert "90% in 20 s" in lines[2]
    assert "Answer rate = answered in time ÷ offered (of_offered)." in done.stdout
    assert "\ncallbacks owed  " in done.stdout
    assert done.stderr == ""


def test_json_is_the_summary(callcenter: Command, scenario_file: Path) -> None:
    """The JSON of a run is the summary that Python gives."""
    callcenter("run", scenario_file, "-n", 3, "--json", "figures/run.json")

    assert json.loads(Path("figures/run.json").read_text()) == run(load(scenario_file), 3).summary


def test_json_on_standard_output_stands_alone(callcenter: Command, scenario_file: Path) -> None:
    """Nothing else is printed there, and no number is NaN."""
    done = callcenter("run", scenario_file, "-n", 1, "--json", "-")

    assert json.loads(done.stdout, parse_constant=pytest.fail)["replications"] == 1


def test_what_one_more_agent_earns(callcenter: Command, scenario_file: Path) -> None:
    """A table below the others, and its rows in the JSON, nothing in them NaN."""
    done = callcenter("run", scenario_file, "-n", 3, "--one-more-agent", "--json", "run.json", "--full")

    rows = json.loads(Path("run.json").read_text(), parse_constant=pytest.fail)["one_more_agent"]
    assert "one more in" in done.stdout
    assert [("desk", tier) for tier in ("vip", "mid", "regular", "all")] == [
        (row["pool"], row["tier"]) for row in rows
    ]
    assert [None, None, None, 0.0] == [row["net"] for row in rows]


@pytest.mark.slow
def test_workers_change_no_byte(callcenter: Command, scenario_file: Path) -> None:
    """JSON and call log are the same from one and from four workers."""
    for workers in (1, 4):
        files = ("--json", f"{workers}.json", "--calls", f"{workers}.csv")
        callcenter("run", scenario_file, "-n", 5, "--workers", workers, *files)

    assert Path("1.json").read_bytes() == Path("4.json").read_bytes()
    assert Path("1.csv").read_bytes() == Path("4.csv").read_bytes()
    assert Path("1.callbacks.csv").read_bytes() == Path("4.callbacks.csv").read_bytes()


def test_the_call_log_has_the_columns_of_the_contract(callcenter: Command, scenario_file: Path) -> None:
    """One row a call, replications below each other under one header."""
    callcenter("run", scenario_file, "-n", 2, "--calls", "calls.csv", "--quiet")
    with Path("calls.csv").open() as file:
        header, *rows = csv.reader(file)

    assert header == CALL_LOG
    assert {row[0] for row in rows} == {"0", "1"}


def test_the_call_log_as_parquet(callcenter: Command, scenario_file: Path) -> None:
    """With pyarrow the same table is written as Parquet."""
    pytest.importorskip("pyarrow")
    import pandas as pd

    callcenter("run", scenario_file, "-n", 1, "--calls", "calls.parquet")

    assert list(pd.read_parquet("calls.parquet").columns) == CALL_LOG


def test_parquet_without_pyarrow_is_refused(
    callcenter: Command, scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is simulated, it is said what is missing."""
    monkeypatch.setattr("callcenter.cli.calls.find_spec", lambda name: None)
    done = callcenter("run", scenario_file, "--calls", "calls.parquet")

    assert done.exit_code == 2
    assert "Parquet needs the package pyarrow" in done.stderr


def test_settings_change_the_scenario(callcenter: Command, scenario_file: Path) -> None:
    """`--set` takes YAML values, and may be repeated."""
    changes = ("--set", "pools.desk.agents={scale: 3}", "--set", "tiers.vip.target.within=5 s")
    done = callcenter("run", scenario_file, "-n", 2, *changes, "--json", "-")
    vip = json.loads(done.stdout)["tiers"]["vip"]

    assert vip["service_level"]["within_s"] == 5
    assert vip["service_level"]["value"] == 1


def test_seed(callcenter: Command, scenario_file: Path) -> None:
    """Another seed gives other calls."""
    one, two = (
        callcenter("run", scenario_file, "-n", 1, "--seed", seed, "--json", "-").stdout for seed in (1, 2)
    )

    assert json.loads(one)["tiers"] != json.loads(two)["tiers"]


def test_quiet(callcenter: Command, scenario_file: Path) -> None:
    """Quiet prints nothing."""
    assert callcenter("run", scenario_file, "-n", 1, "--quiet").output == ""


def test_a_missed_target_may_fail(callcenter: Command, scenario_file: Path) -> None:
    """Status 3 when a target is missed, and only on demand."""
    missed = ("run", scenario_file, "-n", 3, "--set", "pools.desk.agents=2", "-q")

    assert callcenter(*missed).exit_code == 0
    assert callcenter(*missed, "--fail-on-target").exit_code == 3
    assert callcenter(*missed, "--fail-on-target", "--set", "pools.desk.agents=60").exit_code == 0


@pytest.mark.slow
def test_out_keeps_results_and_writes_the_report(callcenter: Command, scenario_file: Path) -> None:
    """With --out the results are kept, and the page is named."""
    done = callcenter("run", scenario_file, "-n", 2, "--out", "kept")

    assert done.exit_code == 0, done.output
    assert "Report: kept/report.html" in done.stdout
    assert Path("kept/report.html").is_file()
    assert Path("kept/results.sqlite").is_file()


def test_a_run_without_calls_is_refused(callcenter: Command, scenario_file: Path) -> None:
    """All that could be said is that everything is unclear."""
    done = callcenter("run", scenario_file, "--set", "demand.volume=0")

    assert 2 == done.exit_code
    assert "demand: nobody ever calls, so there is nothing to simulate; write calls" in done.stderr
    assert "" == done.stdout


def test_nobody_happens_to_ask_for_a_person(callcenter: Command, scenario_file: Path) -> None:
    """One call in a million days: said, instead of a verdict."""
    done = callcenter("run", scenario_file, "--replications", 2, "--set", "demand.volume=0.0000000001")

    assert 0 == done.exit_code, done.output
    assert "Nobody asked for a person on any simulated day" in done.stdout


def test_what_makes_figures_useless_is_said_beforehand(callcenter: Command, scenario_file: Path) -> None:
    """Ten times the calls: by `check` and by `run`, by time and tier; not with --quiet."""
    many = ("--set", "demand.volume=10", "--replications", 1)

    loud, quiet = callcenter("run", scenario_file, *many), callcenter("run", scenario_file, *many, "--quiet")

    assert (0, 0) == (loud.exit_code, quiet.exit_code)
    assert f"{scenario_file}: warning: " in loud.stderr
    assert "Erlang for" in loud.stderr
    assert "" == quiet.stderr


@pytest.mark.slow
def test_calls_that_take_no_time_have_their_report(
    callcenter: Command, scenario_file: Path, tmp_path: Path
) -> None:
    """The formula beside them says that nobody waits, too."""
    changes = (
        "--set",
        "tiers.vip.talk=0 s",
        "--set",
        "tiers.mid.talk=0 s",
        "--set",
        "tiers.regular.talk=0 s",
    )

    done = callcenter("run", scenario_file, *changes, "--replications", 2, "--out", tmp_path / "out")

    assert 0 == done.exit_code, done.output
    assert (tmp_path / "out" / "report.html").is_file()
