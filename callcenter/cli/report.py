"""`callcenter report`: the report once more, from stored results."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callcenter.cli import options
from callcenter.cli.output import show, write_page
from callcenter.language import gettext as _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from callcenter.study import SweepResult


def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The --out directory of a run or sweep.")],
    lang: options.Language = None,
    png: Annotated[bool, typer.Option("--png", help="Also write every figure as a picture.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
    quiet: options.Quiet = False,
    days_kept: options.DaysKept = None,
    full: options.Full = False,
) -> None:
    """Write the report again from the results in a directory: page, workbook and CSV files."""
    from callcenter.study import compared, reopen
    from callcenter.study.answers.days_kept import days_kept_of

    study = reopen(directory)
    if days_kept is not None:
        study = replace(study, days_asked=days_kept_of(days_kept))
    comparison = compared(study)
    if comparison is not None:
        page = write_page(comparison, directory, open_, png)
        if not quiet:
            from callcenter.report.terminal.comparison import comparison_table

            show(comparison_table(comparison), page)
        return
    page = write_page(study, directory, open_, png)
    if quiet:
        return
    table, below = _shown(study, full)
    remedy = _("Unfinished; to complete it: {command}").format(command=study.origin.command)
    show(table, page, remedy if study.incomplete else "", *study.remarks, below)


def _shown(study: SweepResult, full: bool) -> tuple[RenderableType, str]:
    """Return the table of a run or a sweep, and what stands below it: callbacks, days to keep."""
    from callcenter.report.terminal.run import brief_table, run_table
    from callcenter.report.terminal.sweep import sweep_table
    from callcenter.study.sentences.targets import kept_text

    if study.varied:
        return sweep_table(study), ""  # of a sweep all that stands above its table
    if full:
        return run_table(study.results[0], asked=study.days_asked), study.callback_answer
    kept = study.days_kept[0]
    return brief_table(study.results[0]), "" if kept is None else kept_text(kept)
