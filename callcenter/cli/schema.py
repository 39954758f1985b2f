"""`callcenter schema`: what editors complete scenario and sweep files by."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.output import make_room


def schema(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it there instead of printing it."),
    ] = None,
    sweep: Annotated[bool, typer.Option("--sweep", help="That of sweep files.")] = False,
    lang: options.Language = None,
) -> None:
    """Print the JSON Schema of the scenario language, or of sweep files."""
    text = _sweep_text() if sweep else _scenario_text()
    if output is None:
        typer.echo(text, nl=False)
    else:
        make_room(output)
        output.write_text(text, encoding="utf-8", newline="\n")


def _scenario_text() -> str:
    from callcenter.scenario.schema import schema_text

    return schema_text()


def _sweep_text() -> str:
    from callcenter.study.designs.sweep_schema import sweep_schema_text

    return sweep_schema_text()
