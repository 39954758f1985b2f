"""The JSON Schema: in step with the models, and of one mind with the loader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from callcenter.scenario import Scenario, load, schema
from callcenter.scenario.loading import read_yaml
from callcenter.scenario.part import Part
from callcenter.scenario.parts.recorded_calls import RecordedCalls
from callcenter.scenario.schema import schema_text
from callcenter.scenario.schema_values import VALUES
from tests.scenario.hotline import hotline
from tests.scenario.parts.test_families import EVERY_FAMILY

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

EVERYTHING: dict[str, Any] = {
    "name": "everything",
    "about": "Every key of the language.",
    "seed": 10010,
    "day": {
        "open": "08:00",
        "close": "10:00",
        "interval": "30 min",
        "date": "2026-11-23",
        "after_close": "drop",
    },
    "days": 2,
    "warm_up": "1 h",
    "cool_down": "24 h",
    "demand": {
        "calls": {"file": "data/calls.csv", "column": "calls"},
        "mix": {"vip": "6%", "mid": "93%", "chat": "1%"},
        "volume": 1.1,
        "day_factor_cv": "10%",
        "interval_factor": {"cv": "17%", "correlation": 0.3},
        "talk_factor_cv": "5%",
        "days": [1.08, 1.0],
    },
    "lines": 400,
    "targets": [{"connected": "95%", "tiers": ["vip", "mid"], "over": "day", "on": "90% of days"}],
    "line_cost_per_minute": 0.03,
    "online": {"share": "40%", "solves": "60%", "time": {"exponential": "5 min"}},
    "ivr": {
        "time": {"lognormal": {"mean": "40 s", "cv": 0.6}},
        "self_service": "30%",
        "hangs_up": "3%",
        "returns": {"share": "20%", "after": {"exponential": "2 h"}},
        "talk_after_ivr": 1.15,
    },
    "tiers": {
        "vip": {
            "priority": 0,
            "target": {"within": "20 s", "share": "90%"},
            "patience": {"exponential": "3 min", "at_most": "10 min", "at_least": 0},
            "talk": {"gamma": {"mean": "200 s", "cv": 0.9}, "per_interval": [1, 0.83, 1.25, 1]},
            "wrap_up": {"exponential": "30 s"},
            "ivr": "none",
            "callback": "none",
            "head_start": "30 s",
            "escalate": [{"after": "2 min", "priority": -1}],
            "balk_above": "never",
            "redial": "none",
            "repeat": "none",
            "transfer": {"share": "8%", "to": "mid"},
            "online": "none",
            "offer": "none",
            "value": {"answered": 0, "abandoned": -20.5},
        },
        "mid": {
            "priority": 1,
            "targets": [
                {"answered": "80%", "within": "1 min", "over": "interval"},
                {"abandoned": "5%"},
                {"blocked": 0.02, "over": "busiest_hour"},
                {"mean_wait": "30 s", "over": "run"},
                {"callbacks": "95%", "within": "24 h"},
            ],
            "patience": "never",
            "talk": "3 min",
            "ivr": {
                "authentication": "15 s",
                "menus": {
                    "main": {"time": "20 s", "self_service": "30%", "choices": {"bill": "60%", "agent": 0.4}},
                    "bill": {"time": {"exponential": "30 s"}, "hangs_up": "3%"},
                },
            },
            "balk_above": "5 min",
            "redial": {
                "after": {"exponential": "10 min"},
                "when": {"abandoned": "40%", "blocked": 0.7, "balked": 0, "left_ivr": "20%", "closed": "0%"},
                "attempts": 5,
            },
            "repeat": {"share": "12%", "after": {"exponential": "4 h"}},
            "transfer": [{"share": "8%", "to": "chat"}, {"share": "2%", "to": "case"}],
            "online": {"share": "10%", "solves": "50%"},
            "offer": {"when_announced_wait_exceeds": "1 min", "accepted": "40%", "keeps_place": True},
            "callback": {"on": ["abandoned", "balked", "blocked", "closed"], "share": "100%"},
        },
        "chat": {
            "priority": 1,
            "target": {"preset": "us-nena-911"},
            "channel": "chat",
            "talk": "6 min",
            "concurrency": 3,
            "slow_down": "20%",
            "silent": {"share": "30%", "noticed_after": "2 min"},
            "offer": {"when_in_line": 5, "accepted": "40%"},
        },
        "case": {
            "priority": 5,
            "channel": "deferred",
            "talk": "10 min",
            "target": {"within": "4 h", "share": "90%"},
            "escalate": [{"after": "3 h", "priority": 0}],
        },
    },
    "pools": {
        "vip_desk": {
            "serves": ["vip"],
            "agents": [4, 4, 6, 6],
            "speed": 1.2,
            "absence": "6%",
            "cost_per_hour": 60,
            "overtime_per_hour": 90.5,
        },
        "second_line": {
            "serves": ["chat", "case"],
            "shifts": [
                {"start": "08:00", "end": "17:00", "agents": 12, "breaks": [{"at": "12:00", "for": "1 h"}]},
                {"start": "22:00", "end": "06:00", "agents": 2, "breaks": "02:00 30 min", "days": "1-2"},
                {"start": "08:00", "end": "09:00", "agents": 2, "days": [1, 2]},
                {"start": "08:00", "end": "09:00", "agents": 2, "days": 1},
            ],
        },
        "night_desk": {"serves": ["vip"], "shifts": {"file": "data/roster.csv"}},
        "front_office": {
            "serves": {"vip": None, "mid": {"keep_idle": 2, "priority": 3, "after": "0 s", "speed": 0.9}},
            "agents": 12,
            "callbacks": {"keep_idle": 3},
            "breaks": {"after_call": "6%", "length": {"exponential": "5 min"}, "not_while_waiting": 5},
            "shrinkage": "5%",
        },
    },
    "callbacks": {
        "within": "24 h",
        "hours": "09:00-21:00",
        "attempts": 3,
        "retry_after": "2 h",
        "reached": "75%",
        "no_answer": "40 s",
        "talk": {"lognormal": {"mean": "180 s", "cv": 0.8}},
        "wrap_up": "30 s",
        "order": "due",
        "cancel_if_answered": True,
    },
    "service_level": {"definition": "of_answered", "short_abandon": "5 s"},
}
"""Contract 2, except `demand.replay`, which is not simulated."""


def problems(data: object) -> list[str]:
    """Return what the schema finds wrong."""
    return [error.message for error in VALIDATOR.iter_errors(data)]


def nodes(node: object) -> Iterator[dict[str, Any]]:
    """Yield every mapping in the schema."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


def test_the_committed_file_is_in_step() -> None:
    """`callcenter schema` writes it; run it again after a change of the language."""
    assert (SCENARIOS / "callcenter.schema.json").read_text(encoding="utf-8") == schema_text()


def test_it_is_a_json_schema() -> None:
    """Of draft 2020-12, with every reference defined."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    references = {node["$ref"].removeprefix("#/$defs/") for node in nodes(SCHEMA) if "$ref" in node}
    assert references <= SCHEMA["$defs"].keys()
    assert VALUES.keys() <= references


def test_nothing_of_the_machinery_shows() -> None:
    """No null, no pydantic titles, no marks."""
    assert not [node for node in nodes(SCHEMA) if "format" in node or "x-none" in node]
    assert "Infinity" not in schema_text()


def test_every_key_is_explained() -> None:
    """An editor shows a help text for every key of every model."""
    models = [model for name, model in SCHEMA["$defs"].items() if name[0].isupper()]
    keys = [(key, value) for model in models for key, value in model["properties"].items()]
    silent = {key for key, value in keys if "description" not in value}
    assert {"share", "of"} >= silent


def test_every_key_of_the_models_is_known() -> None:
    """The schema has the models' keys, all of them and no others."""
    assert Scenario in _models()
    for model in _models():
        assert set(model.known_keys()) == set(SCHEMA["$defs"][model.__name__]["properties"])


def test_every_key_of_the_language_is_accepted() -> None:
    """A scenario with everything in it, as the contract writes it."""
    assert [] == problems(EVERYTHING)


def test_everything_together_is_a_scenario(tmp_path: Path) -> None:
    """The loader accepts it, too, and it uses every key but `extends`, a mixture and recorded calls."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "calls.csv").write_text("calls\n20\n30\n30\n20\n")
    (tmp_path / "data" / "roster.csv").write_text("start,end,agents,breaks,days\n20:00,09:00,2,,1\n")
    path = tmp_path / "everything.yaml"
    path.write_text(json.dumps(EVERYTHING))

    scenario = load(path)

    assert scenario == load(json.loads(json.dumps(scenario.to_dict())))
    written = set(_keys(EVERYTHING)) | set(scenario.to_dict()["pools"]["night_desk"]["shifts"][0])
    elsewhere = {"extends", "of", "replay", *RecordedCalls.known_keys()}
    assert {key for model in _models() for key in model.known_keys()} - written <= elsewhere


def _keys(node: object) -> Iterator[str]:
    for mapping in nodes(node):
        yield from mapping


def _models() -> list[type[Part]]:
    return [part for part in Part.__subclasses__() if part.__name__ in SCHEMA["$defs"]]


@pytest.mark.parametrize("written", [written for written, _, _ in EVERY_FAMILY])
def test_every_distribution_is_accepted(written: object) -> None:
    """Whatever the loader reads as a distribution."""
    data = hotline()
    data["tiers"]["vip"]["talk"] = written
    assert [] == problems(data)


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scenario_is_accepted(path: Path) -> None:
    """An editor underlines nothing in the scenarios that come with the project."""
    assert [] == problems(read_yaml(path).data)


def test_a_variant_needs_only_what_it_changes() -> None:
    """A file that extends another may leave everything out, at every depth."""
    variant = {
        "extends": "base.yaml",
        "tiers": {"vip": {"priority": 3}, "mid": None},
        "pools": {"desk": {"agents": 4}},
    }
    assert [] == problems(variant)
    assert problems({"name": "variant", "tiers": {"vip": {"priority": 3}}})


@pytest.mark.parametrize(
    ("section", "wrong"),
    [
        ("day", {"open": "08:00", "close": "25:00", "interval": "30 min"}),
        ("day", {"open": "08:00", "close": "10:00", "interval": 30}),
        ("demand", {"calls": 20, "mix": {"vip": 85, "regular": "15%"}}),
        ("tiers", {"vip": {"priority": 0, "talk": {"exponentail": "3 min"}}}),
        ("tiers", {"vip": {"priority": 0, "talk": 4}}),
        ("pools", {"desk": {"serves": ["vip"], "agents": -2}}),
        ("pools", {"desk": {"serves": ["vip"], "agnets": 2}}),
        ("callbacks", {"hours": "9-21"}),
        ("lines", 0),
        ("lines", "many"),
        ("online", {"share": "40%"}),
        ("ivr", {"menus": {"main": {"self_service": "10%"}}}),
        (
            "tiers",
            {"vip": {"priority": 0, "talk": "4 min", "redial": {"after": "1 min", "when": {"gone": 1}}}},
        ),
        ("tiers", {"vip": {"priority": 0, "talk": "4 min", "transfer": {"share": "8%"}}}),
        ("tiers", {"vip": {"priority": 0, "talk": "4 min", "balk_above": 30}}),
        ("tiers", {"vip": {"priority": 0, "talk": "4 min", "channel": "email"}}),
        ("tiers", {"vip": {"priority": 0, "talk": "4 min", "concurrency": 21}}),
        ("pools", {"desk": {"serves": ["vip"], "shifts": [{"start": "08:00", "end": "17:00"}]}}),
        ("pools", {"desk": {"serves": ["vip"], "shifts": [{"start": 8, "end": "17:00", "agents": 1}]}}),
        ("days", 0),
        ("nmae", "x"),
    ],
)
def test_slips_are_underlined(section: str, wrong: object) -> None:
    """What the loader refuses in a single value, an editor shows while writing."""
    assert problems(hotline(**{section: wrong}))


def test_examples_and_defaults_fit_their_own_key() -> None:
    """What the help shows may be written."""
    for node in nodes(SCHEMA):
        for value in [*node.get("examples", ()), *([node["default"]] if "default" in node else [])]:
            own = {key: part for key, part in node.items() if key not in ("examples", "default")}
            assert VALIDATOR.evolve(schema=own | {"$defs": SCHEMA["$defs"]}).is_valid(value), (value, own)


def test_the_text_is_json() -> None:
    """Readable by any tool."""
    assert SCHEMA == json.loads(schema_text())
