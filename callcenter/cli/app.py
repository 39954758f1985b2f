"""The command `callcenter` and its subcommands."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.check import check
from callcenter.cli.compare import compare
from callcenter.cli.doctor import doctor
from callcenter.cli.explain import explain
from callcenter.cli.failures import Guarded
from callcenter.cli.fit import fit
from callcenter.cli.forecast import forecast
from callcenter.cli.init import init
from callcenter.cli.intraday import intraday
from callcenter.cli.manual import Command
from callcenter.cli.presets import presets
from callcenter.cli.quick import quick
from callcenter.cli.records import records
from callcenter.cli.replay import replay
from callcenter.cli.report import report
from callcenter.cli.run import run
from callcenter.cli.schema import schema
from callcenter.cli.serve import serve
from callcenter.cli.staff import staff
from callcenter.cli.status import status
from callcenter.cli.sweep import sweep
from callcenter.cli.validate import validate
from callcenter.version import __version__

app = typer.Typer(
    rich_markup_mode=None,  # plain help pages come in half the time
    cls=Guarded,
    name="callcenter",
    help="Simulate call centres with priority classes: answer rates against targets, agents, callbacks.",
    epilog="Exit status: 0 done, 1 internal error, 2 wrong input, 3 a target is missed "
    "(with --fail-on-target), 4 the precision was not reached, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"callcenter {__version__}")
        raise typer.Exit


@app.callback()
def _callcenter(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    lang: options.Language = None,
) -> None:
    """Hold the options that belong to no command."""


COMMANDS = (
    init,
    run,
    sweep,
    status,
    compare,
    staff,
    records,
    fit,
    replay,
    validate,
    explain,
    forecast,
    intraday,
    quick,
    report,
    check,
    presets,
    schema,
    doctor,
    serve,
)
"""In the order of the help page."""

for _command in COMMANDS:
    app.command(cls=Command)(_command)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without the signs of the tables still gets them
    app(prog_name="callcenter")
