"""Exit statuses and what users read when something goes wrong: never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


def broken(*arguments: object, **keywords: object) -> None:
    """Fail as no one expected."""
    raise ZeroDivisionError("division by zero")


def interrupted(*arguments: object, **keywords: object) -> None:
    """Stand for Ctrl-C in the middle of the work."""
    raise KeyboardInterrupt


def test_a_wrong_scenario(callcenter: Command, scenario_file: Path) -> None:
    """All problems, one line each, with their places; status 2."""
    scenario_file.write_text(
        scenario_file.read_text().replace("priority: 1", "priorty: 1\n    patiense: 3 min")
    )
    done = callcenter("run", scenario_file)

    assert done.exit_code == 2
    assert done.stdout == ""
    places = [line.removeprefix(f"{scenario_file}:").split(": ")[:2] for line in done.stderr.splitlines()]
    assert places == [
        ["14:5", "tiers.mid.priorty"],
        ["15:5", "tiers.mid.patiense"],
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "nowhere.yaml"], "there is no file nowhere.yaml"),
        (
            ["run", "small.yaml", "--engine", "turbo"],
            "there is no engine 'turbo'; write one of: auto, simpy, compiled",
        ),
        (["run", "small.yaml", "--set", "demand.volume"], "write PATH=VALUE"),
        (["run", "small.yaml", "--set", "demand.volum=2"], "--set: demand.volum: unknown key `volum`"),
        (["run", "small.yaml", "--calls", "calls.xlsx"], "ends in .csv or .parquet"),
        (["run", "small.yaml", "--calls", "taken.csv"], "taken.csv is a directory"),
        (["run", "small.yaml", "--json", "small.yaml/a.json"], "small.yaml"),
        (["run", "small.yaml", "--replications", "0"], "Invalid value for '--replications'"),
        (["run"], "Missing argument 'SCENARIO'"),
        (["sweep", "small.yaml"], "small.yaml:1:1: this is a scenario, not a sweep; say `run`"),
        (["run", "vary.yaml"], "vary.yaml:1:1: this is a sweep, not a scenario; say `sweep`"),
        (["run", "small.yaml", "--set", "seed="], "write a value after the ="),
        (["walk"], "No such command 'walk'"),
    ],
)
def test_wrong_input(callcenter: Command, scenario_file: Path, words: list[str], message: str) -> None:
    """Status 2, and a message that says what to write."""
    scenario_file.with_name("taken.csv").mkdir()
    scenario_file.with_name("vary.yaml").write_text("scenario: small.yaml\nvary: {demand.volume: [1]}\n")
    done = callcenter(*words)

    assert done.exit_code == 2, done.output
    assert message in done.stderr
    assert "Traceback" not in done.output


def test_an_internal_error(callcenter: Command, scenario_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 1, one line and how to learn more."""
    monkeypatch.setattr("callcenter.study.run", broken)
    done = callcenter("run", scenario_file)

    assert (done.exit_code, done.stderr) == (
        1,
        "Error: division by zero (ZeroDivisionError)\nSet CALLCENTER_DEBUG=1 to see where it happened.\n",
    )


def test_debugging(callcenter: Command, scenario_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for it gets the traceback."""
    monkeypatch.setattr("callcenter.study.run", broken)
    monkeypatch.setenv("CALLCENTER_DEBUG", "1")

    assert (
        'in broken\n    raise ZeroDivisionError("division by zero")'
        in callcenter("run", scenario_file).stderr
    )


def test_interrupted(callcenter: Command, sweep_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 130, what is kept, and the line that resumes it."""
    monkeypatch.setattr("callcenter.study.sweep", interrupted)
    monkeypatch.setattr("sys.argv", ["/usr/bin/callcenter", "sweep", "my sweep.yaml"])
    done = callcenter("sweep", sweep_file)

    assert (done.exit_code, done.stderr) == (
        130,
        "Interrupted; what is done is kept in out/staffing. To resume:\ncallcenter sweep 'my sweep.yaml'\n",
    )


def test_interrupted_with_nothing_kept(
    callcenter: Command, scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --out there is nothing to resume, and it is said how to have it."""
    monkeypatch.setattr("callcenter.study.run", interrupted)
    done = callcenter("run", scenario_file)

    assert (done.exit_code, done.stderr) == (
        130,
        "Interrupted; nothing is kept. With --out DIR a run can be resumed.\n",
    )
