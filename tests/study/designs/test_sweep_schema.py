"""The JSON Schema of sweep files: in step with the models, and of one mind with the loader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from callcenter.scenario.loading import read_yaml
from callcenter.study.designs.sweep_file import SweepFile
from callcenter.study.designs.sweep_schema import sweep_schema, sweep_schema_text

SWEEPS = Path(__file__).parents[3] / "scenarios" / "sweeps"
SCHEMA = sweep_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

PLAIN: dict[str, Any] = {"scenario": "desk.yaml", "vary": {"demand.volume": [0.9, 1.1]}}
SPREAD: dict[str, Any] = {**PLAIN, "design": "sobol", "points": 8}


def test_the_file_is_in_step() -> None:
    """The file that editors read is what the models give; `callcenter schema --sweep -o` writes it."""
    assert sweep_schema_text() == (SWEEPS / "sweep.schema.json").read_text(encoding="utf-8")


def test_it_is_a_schema_of_every_key() -> None:
    """Valid by its own dialect, each key described."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    assert set(SweepFile.known_keys()) == set(SCHEMA["properties"])
    assert all(node["description"] for node in SCHEMA["properties"].values())


@pytest.mark.parametrize("path", sorted(SWEEPS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_sweep_is_accepted(path: Path) -> None:
    """An editor underlines nothing in the sweeps that come with the project, and finds the schema."""
    assert VALIDATOR.is_valid(read_yaml(path).data)
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=sweep.schema.json\n")


@pytest.mark.parametrize(
    "vary",
    [
        {"demand.volume": {"from": 0.9, "to": 1.1}},
        {"tiers.vip.talk": {"from": "90 s", "to": "3 min", "step": "30 s"}},
        {"pools.desk.agents": {"scale": {"from": 0.9, "to": 1.1}}},
        {"pools.desk.agents": {"from": 8, "to": 12, "whole": True}},
        {"tiers.mid.callback": ["none", {"on": ["abandoned"]}]},
    ],
)
def test_ranges_are_accepted(vary: dict[str, Any]) -> None:
    """Whatever the loader reads."""
    assert VALIDATOR.is_valid({**SPREAD, "vary": vary})


@pytest.mark.parametrize(
    "sweep",
    [
        {"vary": PLAIN["vary"]},
        {**PLAIN, "design": "gird"},
        {**PLAIN, "design": "sobol"},
        {**PLAIN, "points": 8},
        {**PLAIN, "replications": 0},
        {**PLAIN, "vary": {}},
        {**PLAIN, "vary": {"demand.volume": 1.1}},
        {**SPREAD, "vary": {"demand.volume": {"from": 0.9}}},
        {**SPREAD, "vary": {"demand.volume": {"from": 0.9, "to": 1.1, "by": 1}}},
        {**PLAIN, "replicatons": 3},
    ],
)
def test_slips_are_underlined(sweep: dict[str, Any]) -> None:
    """What the loader refuses, an editor shows while writing."""
    assert not VALIDATOR.is_valid(sweep)
