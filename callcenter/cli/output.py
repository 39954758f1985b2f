"""Where results go: tables to the terminal, figures to JSON, and the exit status."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from callcenter.cli.failures import INTERNAL_ERROR, INTERRUPTED, NOT_PRECISE, TARGET_MISSED, WrongInputError
from callcenter.cli.options import command_line
from callcenter.language import gettext as _
from callcenter.language import spoken

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from callcenter.report.document import Reported
    from callcenter.scenario import Scenario
    from callcenter.study import Result, SweepResult

STANDARD_OUTPUT = "-"

WIDTH = 1000
"""Of what goes into a file or a pipe, unless COLUMNS says otherwise: no column is left out there."""


def show(table: RenderableType, *lines: str) -> None:
    """Print a table and the sentences below it."""
    from rich.console import Console

    console = Console(
        highlight=False, width=None if sys.stdout.isatty() or os.environ.get("COLUMNS") else WIDTH
    )
    console.print(table)
    for line in filter(None, lines):
        console.print(line, markup=False, soft_wrap=True)


def warn(file: Path, scenario: Scenario) -> None:
    """Say beforehand what makes the figures useless, and what was guessed."""
    warn_of_load(file, scenario)
    note(file, scenario)


def warn_of_load(file: Path, scenario: Scenario) -> None:
    """Say what makes the figures useless: nobody there, far too few agents."""
    from callcenter.demand import load_warnings

    for warning in load_warnings(scenario):
        typer.echo(f"{file}: {warning_line(warning)}", err=True)


def warning_line(text: str) -> str:
    """Return the line of a warning."""
    return _("warning: {text}").format(text=text)


def note(source: str | Path, scenario: Scenario) -> None:
    """Say what was guessed or filled in when the files of a scenario were read."""
    from callcenter.scenario.errors import visible

    for text in notes(scenario):
        typer.echo(visible(f"{source}: {text}"), err=True)


def notes(scenario: Scenario) -> Iterator[str]:
    """Yield what was guessed or filled in when the files of a scenario were read."""
    yield from (_("note: {remark}").format(remark=remark) for remark in scenario.remarks)


def make_room(*files: str | Path | None) -> None:
    """Make the directories of the files to be written, so that a long run does not fail at its end."""
    for path in (Path(file) for file in files if file not in (None, STANDARD_OUTPUT)):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise WrongInputError(_("{path} is a directory; give a file in it").format(path=path))


def write_json(figures: Mapping[str, Any], target: str) -> None:
    """Write figures as strict JSON to a file, or to the standard output if the target is `-`."""
    text = json.dumps(figures, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if target == STANDARD_OUTPUT:
        typer.echo(text, nl=False)
    else:
        Path(target).write_text(text, encoding="utf-8", newline="\n")


def write_page(
    study: Reported,
    out: Path,
    is_opened: bool = False,
    png: bool = False,
    margins: pd.DataFrame | None = None,
) -> str:
    """Write the report of a study, open it if asked to, and return the line that says where it is."""
    from callcenter.report import write_report

    page = write_report(study, out, spoken(), command_line(), png, margins)
    if is_opened:
        webbrowser.open(page.resolve().as_uri())
    return _("Report: {page}").format(page=page)


def fail_on_target(summaries: Iterable[Mapping[str, Any]]) -> None:
    """End with the status of a missed target if any is missed."""
    for summary in summaries:
        if any(target["verdict"] == "missed" for target in summary["targets"]):
            raise typer.Exit(TARGET_MISSED)


def fail_if_unfinished(study: SweepResult) -> None:
    """Say what a study could not do, and end with its status: work given up, precision not reached."""
    for remark in study.remarks:
        typer.echo(remark, err=True)
    if study.failed:
        raise typer.Exit(INTERNAL_ERROR)
    if study.imprecise:
        raise typer.Exit(NOT_PRECISE)


def fail_if_imprecise(result: Result) -> None:
    """Say that a run has not reached the precision asked for, and end with the status of that."""
    from callcenter.study.sentences.precision import shortfall

    if result.precision is not None and not result.is_precise:
        typer.echo(shortfall(result.precision), err=True)
        raise typer.Exit(NOT_PRECISE)


@contextmanager
def resumable(out: Path | None) -> Iterator[None]:
    """When interrupted, say what is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        if out is None:
            typer.echo(_("Interrupted; nothing is kept. With --out DIR a run can be resumed."), err=True)
        else:
            kept = _("Interrupted; what is done is kept in {out}. To resume:").format(out=out)
            typer.echo(f"{kept}\n{command_line()}", err=True)
        raise typer.Exit(INTERRUPTED) from None
