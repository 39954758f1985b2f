"""`callcenter init`: a scenario, a forecast and a staffing to start from."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.language import gettext as _
from callcenter.language import language_of, spoken

INTERVALS = (15, 30, 60)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if missing.")],
    interval: Annotated[
        int, typer.Option("--interval", metavar="15|30|60", help="Planning interval in minutes.")
    ] = 30,
    lang: options.Language = None,
) -> None:
    """Write a commented scenario with forecast and staffing as Excel workbooks, to start from."""
    from callcenter.report.starter import FILES, SCENARIO, write_starter

    if interval not in INTERVALS:
        text = _("--interval {interval}: give 15, 30 or 60 (minutes)")
        raise WrongInputError(text.format(interval=interval))
    present = [name for name in FILES if os.path.lexists(folder / name)]
    if present:
        text = _("{folder} already has {files}; name another directory")
        raise WrongInputError(text.format(folder=folder, files=_(", ").join(present)))
    folder.mkdir(parents=True, exist_ok=True)
    for path in write_starter(folder, interval):
        typer.echo(_("Wrote {path}").format(path=path))
    command = ["callcenter", "run", str(folder / SCENARIO), "--out", str(folder / "results"), "--open"]
    command += [] if spoken() == language_of(os.environ) else ["--lang", spoken()]
    typer.echo(_("Fill in your figures later; it runs as it is:"))
    typer.echo(shlex.join(command))
