"""`callcenter schema`: what editors complete scenario files by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli.output import make_room


def schema(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it there instead of printing it."),
    ] = None,
) -> None:
    """Print the JSON Schema of the scenario language."""
    from callcenter.scenario import schema as scenario_schema

    text = json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        make_room(output)
        output.write_text(text, encoding="utf-8")
