"""`callcenter init`: a scenario, a forecast and a staffing to start from."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError

INTERVALS = (15, 30, 60)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if missing.")],
    interval: Annotated[
        int, typer.Option("--interval", metavar="15|30|60", help="Planning interval in minutes.")
    ] = 30,
    lang: options.Language = "en",
) -> None:
    """Write a commented scenario with forecast and staffing as Excel workbooks, to start from."""
    from callcenter.language import gettext as _
    from callcenter.report.starter import FILES, SCENARIO, write_starter

    if interval not in INTERVALS:
        raise WrongInputError(f"--interval {interval}: give 15, 30 or 60 (minutes)")
    present = [name for name in FILES if os.path.lexists(folder / name)]
    if present:
        raise WrongInputError(f"{folder} already has {', '.join(present)}; name another directory")
    folder.mkdir(parents=True, exist_ok=True)
    for path in write_starter(folder, interval):
        typer.echo(_("Wrote {path}").format(path=path))
    command = ["callcenter", "run", str(folder / SCENARIO), "--out", str(folder / "results"), "--open"]
    command += [] if lang == "en" else ["--lang", lang]
    typer.echo(_("Fill in your figures later; it runs as it is:"))
    typer.echo(shlex.join(command))
