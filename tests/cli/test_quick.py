"""`callcenter quick`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_startup import cpu_seconds, python_seconds
from tests.test_package import imported_by

LINE = ("quick", "--calls", "300/h", "--aht", "200s", "--patience", "3min")


def test_the_table_without_a_file(callcenter: Command) -> None:
    """Agents around the need, which is marked, and what the table is computed from."""
    done = callcenter(*LINE, "--within", "20s", "--share", "85%")

    assert 0 == done.exit_code, done.output
    (need,) = [line for line in done.stdout.splitlines() if "fewest for 85%" in line]
    assert ["20", "80.7%", "87.0%", "3.2%", "5.2", "s"] == need.split()[:6]
    assert "300 calls an hour of 3 min 20 s = 16.7 Erlang; patience 3 min; target 85% in 20 s." in done.stdout


@pytest.mark.parametrize("calls", ["300/h", "300", "150/30min", "5/min", "300 / h", "300/1 h"])
def test_calls_in_any_unit(callcenter: Command, calls: str) -> None:
    """By the hour, the half-hour, the minute."""
    done = callcenter("quick", "--calls", calls, "--aht", "200s", "--json", "-")

    assert 300 == json.loads(done.stdout)["calls_per_hour"]


def test_json_has_every_figure(callcenter: Command) -> None:
    """The line, the need, and all figures of both formulas; null where the line grows for ever."""
    figures = json.loads(callcenter(*LINE, "--agents", 40, "--json", "-").stdout)

    assert (180, 20, 0.8) == (figures["patience"], figures["within_s"], figures["share"])
    assert 19 == figures["need"]
    assert 40 == figures["staffings"][-1]["agents"]
    assert None is figures["staffings"][0]["erlang_c"]["asa"]


def test_a_scenario_at_its_busiest_or_at_a_time(callcenter: Command, scenario_file: Path) -> None:
    """All tiers in one line, beside the agents of the roster."""
    text = scenario_file.read_text(encoding="utf-8").replace(
        "calls: 60", "calls: [60, 60, 90, 60, 60, 60, 60, 60]"
    )
    scenario_file.write_text(text, encoding="utf-8")
    busiest = callcenter("quick", scenario_file).stdout
    later = callcenter("quick", scenario_file, "--at", "10:10", "--set", "demand.volume=2").stdout

    assert "small, busiest interval 09:00 to 09:30: 180 calls an hour of 4 min = 12.0 Erlang" in busiest
    assert "target 90% in 20 s" in busiest
    assert "as staffed" in busiest
    assert "small, interval 10:00 to 10:30: 240 calls an hour" in later


def test_the_whole_day_at_once(callcenter: Command, scenario_file: Path) -> None:
    """Each half-hour has the figures that it has alone, beside the agents that its promise needs."""
    series = "calls: [60, 60, 90, 0, 60, 60, 60, 60]"
    scenario_file.write_text(
        scenario_file.read_text(encoding="utf-8").replace("calls: 60", series), encoding="utf-8"
    )
    day = json.loads(callcenter("quick", scenario_file, "--all", "--json", "-").stdout)
    assert ["08:00", "08:30", "09:00"] == [each["start"] for each in day["intervals"]][:3]
    assert (20, 0.9, 8) == (day["within_s"], day["share"], len(day["intervals"]))
    for start in ("08:00", "09:00"):
        alone = json.loads(callcenter("quick", scenario_file, "--at", start, "--json", "-").stdout)
        (each,) = [each for each in day["intervals"] if each["start"] == start]
        (staffed,) = [row for row in alone["staffings"] if row["agents"] == each["agents"]]
        assert (alone["need"], alone["erlangs"]) == (each["need"], each["erlangs"])
        assert pytest.approx(staffed["erlang_a"]["answered_within"]) == each["answered_within"]
    assert (0, 0, 1) == tuple(
        day["intervals"][3][key] for key in ("calls_per_hour", "need", "answered_within")
    )
    text = callcenter("quick", scenario_file, "--all").stdout
    assert "small: needed for 90% in 20 s; +/−: agents more or fewer than needed." in text
    assert ["09:00", "90", "4:00", "min", "12.0", "16", "10", "−6"] == text.splitlines()[4].split()[:8]


def test_the_whole_day_takes_every_interval_as_it_is(callcenter: Command, scenario_file: Path) -> None:
    """It needs a scenario, and no interval of it is chosen."""
    assert "--all: shows the day of a scenario; give its file" in callcenter("quick", "--all").stderr
    words = ("quick", scenario_file, "--all", "--at", "10:00")
    assert "--at: --all shows every interval as it is" in callcenter(*words).stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "give a scenario file, or --calls 300/h and --aht 200s"),
        (["--calls", "many", "--aht", "3 min"], "--calls many: write calls by the hour, such as 300/h"),
        (["--calls", "0/h", "--aht", "3 min"], "--calls 0/h: write calls by the hour"),
        (
            ["--calls", "300/h", "--aht", "200"],
            "--aht: a duration needs a unit, given '200'; give a unit: 200 s?",
        ),
        (["--calls", "300/h", "--aht", "0 s"], "--aht 0 s: must be above 0"),
        (["--calls", "300/h", "--aht", "3 min", "--at", "10:30"], "--at: names an interval of a scenario"),
        (["--calls", "300/h", "--aht", "3 min", "--share", "85"], "--share: a share is at most 1, given 85"),
        (["small.yaml", "--at", "07:00"], "--at 07:00: the scenario is open from 08:00 to 12:00"),
        (["small.yaml", "--at", "7"], "--at: is not a clock time, given '7'"),
        (["small.yaml", "--aht", "3 min"], "--aht: the scenario says that; change it with --set"),
    ],
)
def test_wrong_input(callcenter: Command, scenario_file: Path, words: list[str], message: str) -> None:
    """Status 2, and what to write."""
    done = callcenter("quick", *words)

    assert 2 == done.exit_code
    assert message in done.stderr


@pytest.mark.slow
def test_it_is_instant(scenario_file: Path) -> None:
    """No engine, no pandas, no SciPy; hardly longer than it takes to import what it is written with.

    Four times that, the best of some calls: processors differ, and share what they have with others.
    """
    imports = "import numpy, pydantic, rich.console, typer, yaml"
    code = f"from callcenter.cli import app; app(['quick', {str(scenario_file)!r}], standalone_mode=False)"

    assert not imported_by(code) & {"numba", "pandas", "matplotlib", "scipy", "simpy"}
    assert any(
        cpu_seconds(["quick", str(scenario_file)]) < 4 * python_seconds(["-c", imports]) for _ in range(10)
    )


def test_the_busiest_interval_by_its_handle_time(callcenter: Command, tmp_path: Path) -> None:
    """Twice as long, with transfers, on the busier day: 80 x 1.25 = 100, and 10 more, each half-hour."""
    file = tmp_path / "short.yaml"
    file.write_text(
        """
name: short
day: {open: 08:00, close: 09:00, interval: 30 min}
days: 2
demand: {calls: 80, mix: {a: 100%, b: 0%}, days: [1, 1.25]}
tiers:
  a: {priority: 0, talk: {exponential: 180 s, per_interval: [1, 2]}, transfer: {share: 10%, to: b}}
  b: {priority: 0, talk: 6 min}
pools: {p: {serves: [a, b], agents: 30}}
""",
        encoding="utf-8",
    )

    done = callcenter("quick", file)

    assert 0 == done.exit_code, done.output
    assert "busiest interval 08:30 to 09:00 of day 2, the busiest: 220 calls an hour of 6 min" in done.stdout


def test_a_load_beyond_all_agents_is_refused_with_its_place(callcenter: Command, tmp_path: Path) -> None:
    """Twenty years of talk, said by line and column instead of computed for ever."""
    file = tmp_path / "long.yaml"
    file.write_text(
        """name: long
day: {open: 08:00, close: 09:00, interval: 30 min}
demand: {calls: 100}
tiers:
  a: {priority: 0, talk: 7000 d}
pools: {p: {serves: [a], agents: 30}}
""",
        encoding="utf-8",
    )

    done = callcenter("quick", file)

    assert 2 == done.exit_code
    assert f"{file}:5:26: tiers.a.talk: its calls bring 33,600,000 Erlang" in done.stderr
