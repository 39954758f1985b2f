"""`callcenter schema`: what editors complete scenario and sweep files by, and what programs may rely on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import make_room
from callcenter.cli.outputs import COMMANDS, output_schema_text
from callcenter.language import gettext as _

SCENARIO = "scenario"


def schema(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[WHAT]",
            help="scenario, or a command: the schema of what its --json writes.",
            show_default=False,
        ),
    ] = SCENARIO,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            help="Write it there instead of printing it; into a directory every one.",
        ),
    ] = None,
    sweep: Annotated[bool, typer.Option("--sweep", help="That of sweep files.")] = False,
    lang: options.Language = None,
) -> None:
    """Print the JSON Schema of the scenario language, of sweep files, or of what a command writes."""
    if output is not None and _is_folder(output) and what == SCENARIO and not sweep:
        _write_all(output)
        return
    text = _sweep_text() if sweep else _text_of(what)
    if output is None:
        typer.echo(text, nl=False)
    else:
        make_room(output)
        output.write_text(text, encoding="utf-8", newline="\n")


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not (output.suffix or output.is_file())


def _write_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in every_schema().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def every_schema() -> Mapping[str, str]:
    """Return the text of every schema by the name of its file."""
    outputs = {f"{command}.output.schema.json": output_schema_text(command) for command in COMMANDS}
    return {"scenario.schema.json": _scenario_text(), "sweep.schema.json": _sweep_text(), **outputs}


def _text_of(what: str) -> str:
    from callcenter.scenario.errors import nearest

    if what == SCENARIO:
        return _scenario_text()
    if what not in COMMANDS:
        text = _("there is no schema of `{what}`; {remedy}")
        remedy = nearest(what, (SCENARIO, *COMMANDS), _("schemas"))
        raise WrongInputError(text.format(what=what, remedy=remedy))
    return output_schema_text(what)


def _scenario_text() -> str:
    from callcenter.scenario.schema import schema_text

    return schema_text()


def _sweep_text() -> str:
    from callcenter.study.designs.sweep_schema import sweep_schema_text

    return sweep_schema_text()
