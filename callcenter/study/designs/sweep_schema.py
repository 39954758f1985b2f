"""The JSON Schema of sweep files, for editors."""

from __future__ import annotations

import json
from typing import Any

from callcenter.scenario.schema import DIALECT, Schema, in_language
from callcenter.scenario.schema_values import VALUES
from callcenter.study.designs.sweep_file import SPACE_FILLING, SweepFile

_END = {"anyOf": [{"type": "number"}, {"$ref": "#/$defs/duration"}, {"$ref": "#/$defs/share"}]}

_LEVELS: dict[str, Schema] = {
    "count": {"type": "integer", "minimum": 1},
    "values": {"description": "The values, one after the other", "type": "array", "minItems": 1},
    "range": {
        "description": "Any value from one end to the other; for latin_hypercube and sobol",
        "type": "object",
        "properties": {
            "from": {"description": "The lower end", **_END},
            "to": {"description": "The upper end", **_END},
            "step": {"description": "Only every so many, from the lower end on", **_END},
            "whole": {
                "description": "Only whole numbers; agents, lines and days are anyway",
                "type": "boolean",
            },
        },
        "required": ["from", "to"],
        "additionalProperties": False,
    },
    "scaled": {
        "description": "Factors of what the scenario says",
        "type": "object",
        "properties": {
            "scale": {
                "anyOf": [
                    {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 1},
                    {"$ref": "#/$defs/range"},
                ]
            }
        },
        "required": ["scale"],
        "additionalProperties": False,
    },
    "levels": {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in ("values", "range", "scaled")]},
}


def sweep_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a sweep file."""
    model = in_language(SweepFile.model_json_schema())
    needs_points: dict[str, Any] = {
        "if": {"properties": {"design": {"enum": list(SPACE_FILLING)}}, "required": ["design"]},
        "then": {"required": ["points"]},
        "else": {"properties": {"points": False}},
    }
    shared = {name: VALUES[name] for name in ("duration", "share", "whole")}
    return {"$schema": DIALECT, "title": "Sweep", **model, **needs_points, "$defs": {**shared, **_LEVELS}}


def sweep_schema_text() -> str:
    """Return the text of the schema file."""
    return json.dumps(sweep_schema(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
