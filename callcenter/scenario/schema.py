"""The JSON Schema of the language as planners write it, generated from the models."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from callcenter.scenario.files.yaml12 import parse
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.callers import Transfer
from callcenter.scenario.parts.distribution import BESIDE, Distribution, families
from callcenter.scenario.parts.families import MixturePart
from callcenter.scenario.parts.ivr import Online
from callcenter.scenario.parts.pools import Serve
from callcenter.scenario.parts.shifts import Break, Shift
from callcenter.scenario.parts.targets import PresetTarget, Target
from callcenter.scenario.schema_values import VALUES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OVERRIDE = "Override"
"""Ends the name of a definition in which nothing is required, for files that extend another."""

Schema = dict[str, Any]

_WRITTEN = (Scenario, Serve, Shift, Break, Transfer, Online, MixturePart, Target, PresetTarget)
"""Models that the schema needs beside those it reaches from the scenario."""

_UNWRITTEN = {"Distribution", "ByDay", *(family.__name__ for family in families().values())}
"""Models that a planner writes in another form."""


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a scenario file."""
    models = _models()
    overrides = {name + OVERRIDE: _lenient(model, models) for name, model in models.items()}
    top = overrides.pop("Scenario" + OVERRIDE)
    shared = {**VALUES, "distribution": _distribution()}
    return {
        "$schema": DIALECT,
        "title": "Scenario of a call centre",
        **top,
        "if": {"not": {"required": ["extends"]}},
        "then": {"$ref": "#/$defs/Scenario"},
        "$defs": {**shared, **models, **overrides},
    }


def schema_text() -> str:
    """Return the text of the schema file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _models() -> dict[str, Schema]:
    _, raw = models_json_schema([(model, "validation") for model in _WRITTEN])
    written = {name: model for name, model in raw["$defs"].items() if name not in _UNWRITTEN}
    models = {name: in_language(model) for name, model in written.items()}
    models["Scenario"]["properties"]["extends"] = {
        "type": "string",
        "description": "Another scenario whose keys this one overrides; its path is relative to this file",
        "examples": ["base.yaml"],
    }
    return models


def in_language(node: Any) -> Any:
    """Return a schema of pydantic's as one of the language: shared definitions, `none` and no null."""
    if isinstance(node, list):
        return [in_language(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if not _is_noise(key, value)}
    examples = [parse(example, "example").data for example in kept.pop("examples", ())]
    translated = {key: in_language(value) for key, value in _nullable(kept).items()}
    if "format" in translated:
        translated["$ref"] = f"#/$defs/{translated.pop('format')}"
    return {**translated, "examples": examples} if examples else translated


def _is_noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, {}, math.inf))


def _nullable(node: Schema) -> Schema:
    """Return `X or null` as `X`, or as `X or none` where the language has the word."""
    others = {key: value for key, value in node.items() if key not in ("anyOf", "x-none")}
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if node.get("x-none"):
        own = choices or [{"format": others.pop("format")}]
        return {**others, "anyOf": [*own, {"const": "none"}]}
    return {**others, "anyOf": choices} if len(choices) > 1 else {**others, **(choices[0] if choices else {})}


def _lenient(node: Any, models: Mapping[str, Schema]) -> Any:
    """Return a model in which nothing is required and a key may be null, which removes it from the base."""
    if isinstance(node, list):
        return [_lenient(item, models) for item in node]
    if not isinstance(node, dict):
        return node
    eased = {key: _lenient(value, models) for key, value in node.items() if key not in _STRICT}
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    if name in models:
        eased["$ref"] += OVERRIDE
    if isinstance(node.get("additionalProperties"), dict):
        eased["additionalProperties"] = _or_null(eased["additionalProperties"])
    if isinstance(node.get("properties"), dict):
        eased["properties"] = {key: _or_null(value) for key, value in eased["properties"].items()}
    return eased


_STRICT = ("required", "minProperties")


def _or_null(node: Schema) -> Schema:
    outside: Schema = {key: node[key] for key in ("description", "examples", "default") if key in node}
    inside = {key: value for key, value in node.items() if key not in outside}
    return {**outside, "anyOf": [inside, {"type": "null"}]}


def _distribution() -> Schema:
    written = [_family(family) for name, family in families().items() if name != "never"]
    constant = {"$ref": "#/$defs/duration"}
    never = {"const": "never", "description": "Patience only: nobody ever hangs up"}
    return {"description": "A duration, or one family with its figures", "oneOf": [constant, never, *written]}


def _family(family: type[Distribution]) -> Schema:
    properties = in_language(family.model_json_schema())["properties"]
    beside = {key: properties.pop(key) for key in BESIDE}
    figures = _all_of(properties)
    if family.only_figure:
        figures = {"anyOf": [properties[family.only_figure], figures]}
    return {
        "type": "object",
        "description": family.__doc__,
        "properties": {family.family: figures, **beside},
        "required": [family.family],
        "additionalProperties": False,
    }


def _all_of(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
