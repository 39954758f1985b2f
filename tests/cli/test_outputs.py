"""What commands write with `--json` is what their published schemas say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from typer.main import get_command

from callcenter.cli import app
from callcenter.cli.outputs import COMMANDS, output_schema_text
from callcenter.cli.schema import every_schema
from tests.cli.conftest import Command
from tests.report.test_every_target import TARGETS

PUBLISHED = Path(__file__).parents[2] / "docs/reference/schemas"
SCENARIOS = Path(__file__).parents[2] / "scenarios"

PLAIN: dict[str, Any] = {
    "name": "plain",
    "seed": 2,
    "day": {"date": "2026-11-02", "open": "08:00", "close": "10:00", "interval": "30 min"},
    "days": 12,
    "demand": {"calls": 40, "mix": {"vip": "20%", "regular": "80%"}, "day_factor_cv": "10%"},
    "ivr": {"time": "20 s", "self_service": "10%"},
    "tiers": {
        "vip": {
            "priority": 0,
            "target": {"within": "20 s", "share": "90%"},
            "patience": {"exponential": "3 min"},
            "talk": {"exponential": "4 min"},
            "value": {"answered": 3},
        },
        "regular": {
            "priority": 1,
            "target": {"within": "20 s", "share": "80%"},
            "patience": {"exponential": "2 min"},
            "talk": {"exponential": "4 min"},
            "callback": {"on": ["abandoned"]},
        },
    },
    "pools": {"desk": {"serves": ["vip", "regular"], "agents": 8, "callbacks": {}, "cost_per_hour": 60}},
}


def closed(node: Any) -> Any:
    """Return a schema in which every key that is not named is an error."""
    if isinstance(node, list):
        return [closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    shut = {key: closed(each) for key, each in node.items()}
    if isinstance(node.get("properties"), dict) and "type" in node:
        shut.setdefault("additionalProperties", False)
    return shut


def faults(command: str, text: str) -> list[str]:
    """Return what a published schema, closed, finds wrong in the JSON of a command."""
    schema = closed(json.loads(output_schema_text(command)))
    found = Draft202012Validator(schema).iter_errors(json.loads(text))
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def written(name: str, data: dict[str, Any]) -> str:
    """Write a scenario; return its file."""
    Path(name).write_text(yaml.safe_dump(data), encoding="utf-8")
    return name


@pytest.mark.parametrize("command", COMMANDS)
def test_each_schema_is_one_and_has_a_version(command: str) -> None:
    """Draft 2020-12, of this command, of a numbered version."""
    schema = json.loads(output_schema_text(command))
    Draft202012Validator.check_schema(schema)
    assert f"urn:callcenter:{command}:{schema['x-version']}" == schema["$id"]


def test_the_published_files_are_in_step() -> None:
    """`callcenter schema --output docs/reference/schemas/` has been called."""
    outputs = {name: text for name, text in every_schema().items() if ".output." in name}
    assert outputs == {
        file.name: file.read_text(encoding="utf-8") for file in sorted(PUBLISHED.glob("*.json"))
    }


def test_schemas_by_name_and_all_at_once(callcenter: Command) -> None:
    """One is printed, all are written; an unknown name is answered with the nearest."""
    assert output_schema_text("run") == callcenter("schema", "run").stdout
    assert 0 == callcenter("schema", "--output", "schemas/").exit_code
    assert set(every_schema()) == {file.name for file in Path("schemas").iterdir()}
    done = callcenter("schema", "rum")
    assert (2, True) == (done.exit_code, "did you mean `run`?" in done.stderr)


def test_what_needs_no_simulation(callcenter: Command) -> None:
    """Formulas and published rules."""
    file = written("plain.yaml", PLAIN)
    line = ("--calls", "300/h", "--aht", "200s")
    for words in (("quick", file), ("quick", *line), ("quick", file, "--all"), ("presets",)):
        assert [] == faults(str(words[0]), callcenter(*words, "--json", "-").stdout), words


@pytest.mark.slow
def test_what_is_simulated(callcenter: Command) -> None:
    """Runs, sweeps, comparisons and staffings, of a plain scenario and of one with every kind of target."""
    plain, rich = written("plain.yaml", PLAIN), written("rich.yaml", TARGETS)
    vary = {"demand.volume": [0.9, 1.1], "pools.desk.agents": [6, 8]}
    sweep = written("sweep.yaml", {"scenario": rich, "replications": 2, "vary": vary})
    for words in (
        ("run", plain, "--replications", 2, "--one-more-agent"),
        ("run", rich, "--replications", 3, "--days-kept", "3/4"),
        ("run", plain, "--replications", 1, "--set", "tiers.vip.target=none"),
        ("sweep", sweep, "--days-kept", "3/4"),
        ("compare", rich, "--set", "pools.desk.agents=8", "--replications", 3, "--days-kept", "3/4"),
        ("staff", rich, "--replications", 2),
    ):
        assert [] == faults(str(words[0]), callcenter(*words, "--json", "-").stdout), words


@pytest.mark.slow
def test_what_is_recorded(callcenter: Command) -> None:
    """Records of a simulated week, a fit of them, a replay, a validation and an explanation."""
    plain = written("plain.yaml", PLAIN)
    callcenter("run", plain, "--replications", 1, "--calls", "calls.csv", "--quiet")
    for words in (
        ("records", "calls.csv", "--out", "records"),
        ("fit", "records", "--out", "fitted"),
        ("replay", plain, "records", "--days", "2026-11-02"),
        ("validate", plain, "records"),
        ("explain", plain, "records", "--day", "2026-11-02"),
    ):
        assert [] == faults(str(words[0]), callcenter(*words, "--json", "-").stdout), words


@pytest.mark.slow
def test_the_coming_week(callcenter: Command) -> None:
    """A forecast with its backtest."""
    words = ("forecast", SCENARIOS / "data/twelve_weeks.csv", "--weeks", 1)
    assert [] == faults("forecast", callcenter(*words, "--json", "-").stdout)


def test_every_command_with_json_has_a_schema() -> None:
    """And no other."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    writing = {name for name, each in commands.items() if any("--json" in p.opts for p in each.params)}
    assert writing == set(COMMANDS)


@pytest.mark.slow
def test_the_day_so_far(callcenter: Command) -> None:
    """The rest of a day, with an option."""
    words = (SCENARIOS / "restless_day.yaml", SCENARIOS / "data/today.csv", "--now", "11:00")
    option = ("--option", "two more now: pools.desk.agents=+2")
    assert [] == faults("intraday", callcenter("intraday", *words, *option, "--json", "-").stdout)
