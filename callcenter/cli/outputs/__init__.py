"""JSON Schemas of what commands write with `--json`; `callcenter schema COMMAND` prints one.

A change that takes something away, or gives it another meaning, raises `version`; what is added does not.
"""

from __future__ import annotations

from importlib.resources import files

COMMANDS = (
    "run",
    "sweep",
    "compare",
    "staff",
    "quick",
    "presets",
    "records",
    "fit",
    "replay",
    "validate",
    "explain",
    "forecast",
    "intraday",
)
"""The commands that write JSON."""


def output_schema_text(command: str) -> str:
    """Return the JSON Schema (draft 2020-12) of what a command writes."""
    return files(__package__).joinpath(f"{command}.schema.json").read_text(encoding="utf-8")
