"""`callcenter compare`: scenarios on the same callers, difference by difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callcenter.cli import options
from callcenter.cli.output import (
    STANDARD_OUTPUT,
    make_room,
    note,
    resumable,
    show,
    warning_line,
    write_json,
    write_page,
)
from callcenter.cli.progress import progress

if TYPE_CHECKING:
    from callcenter.study.differences.difference import Side


def compare(
    subjects: Annotated[
        list[Path],
        typer.Argument(
            metavar="A B...",
            help="Scenario files, or directories of results with the same seed; one file with --set.",
            show_default=False,
        ),
    ],
    set_: options.Set = None,
    replications: options.Replications = None,
    seed: options.Seed = None,
    all_pairs: Annotated[
        bool, typer.Option("--all-pairs", help="Compare every pair, not only each with the first.")
    ] = False,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep results there, resume from them; write tables and a report."),
    ] = None,
    json: options.Json = None,
    lang: options.Language = None,
    open_: options.Open = False,
    quiet: options.Quiet = False,
    days_kept: options.DaysKept = None,
) -> None:
    """Compare scenarios on the same callers: differences with intervals, and what they show.

    One scenario with --set is compared with itself as it is written; of several, --set changes every one,
    and the notes say so.
    """
    from callcenter.report.terminal.comparison import comparison_table
    from callcenter.study import compare as simulate
    from callcenter.study.answers.days_kept import days_kept_of

    asked = None if days_kept is None else days_kept_of(days_kept)
    effort, changes = options.effort(workers, cluster, engine), options.changes(set_)
    make_room(json)
    with resumable(out), progress(quiet) as report:
        comparison = simulate(
            *subjects,
            replications=replications,
            seed=seed,
            all_pairs=all_pairs,
            changes=changes,
            out=out,
            on_progress=report,
            command=options.command_line(),
            effort=effort,
        )
    comparison = replace(comparison, days_asked=asked)
    for text in comparison.notes:
        typer.echo(warning_line(text), err=True)
    if not quiet:
        _warn(comparison.sides)
    if json is not None:
        write_json(comparison.summary, json)
    out = Path("out") / "comparison" if open_ and out is None else out
    page = write_page(comparison, out, open_) if out is not None else ""
    if not quiet and json != STANDARD_OUTPUT:
        show(comparison_table(comparison), page)


def _warn(sides: Iterable[Side]) -> None:
    """Say of each side what makes its figures useless and what was guessed; what all share, once."""
    from callcenter.demand import load_warnings

    printed: set[str] = set()
    for side in sides:
        warnings = [each for each in load_warnings(side.result.scenario) if each not in printed]
        printed |= {*warnings}
        for warning in warnings:
            typer.echo(f"{side.name}: {warning_line(warning)}", err=True)
        note(side.name, side.result.scenario)
