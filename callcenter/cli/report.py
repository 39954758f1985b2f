"""`callcenter report`: the report once more, from stored results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.output import show, write_page


def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The --out directory of a run or sweep.")],
    quiet: options.Quiet = False,
) -> None:
    """Write the report again from the results in a directory, without simulating."""
    from callcenter.report.terminal import run_table, sweep_table
    from callcenter.study import reopen

    study = reopen(directory)
    page = write_page(study, directory)
    if quiet:
        return
    table = sweep_table(study) if study.varied else run_table(study.results[0])
    unfinished = f"Unfinished; to complete it: {study.origin.command}" if study.incomplete else ""
    show(table, page, unfinished, *study.remarks, study.callback_answer, study.answer)
