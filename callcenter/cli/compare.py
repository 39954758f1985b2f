"""`callcenter compare`: scenarios on the same callers, difference by difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, resumable, show, write_json, write_page
from callcenter.cli.progress import progress

if TYPE_CHECKING:
    from callcenter.study import Comparison

TABLE = "comparison.csv"


def compare(
    subjects: Annotated[
        list[Path],
        typer.Argument(
            metavar="A B...",
            help="Scenario files, or directories of results with the same seed.",
            show_default=False,
        ),
    ],
    set_: options.Set = None,
    replications: options.Replications = None,
    seed: options.Seed = None,
    all_pairs: Annotated[
        bool, typer.Option("--all-pairs", help="Compare every two, not each with the first.")
    ] = False,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help=f"Keep results there, resume from them; write {TABLE} and a report."
        ),
    ] = None,
    json: options.Json = None,
    quiet: options.Quiet = False,
) -> None:
    """Compare scenarios on the same callers: differences with intervals, and what they show."""
    from callcenter.report.terminal_compare import comparison_table
    from callcenter.study import ComparisonError
    from callcenter.study import compare as simulate

    engine, changes = options.known_engine(engine), options.changes(set_)
    make_room(json)
    try:
        with resumable(out), progress(quiet) as tell:
            found = simulate(
                *subjects,
                replications=replications,
                seed=seed,
                all_pairs=all_pairs,
                changes=changes,
                engine=engine,
                workers=workers,
                out=out,
                on_progress=tell,
                command=options.command_line(),
            )
    except ComparisonError as error:
        raise WrongInputError(str(error)) from None
    for note in found.notes:
        typer.echo(f"warning: {note}", err=True)
    if json is not None:
        write_json(found.summary, json)
    page = _written(found, out) if out is not None else ""
    if not quiet and json != STANDARD_OUTPUT:
        show(comparison_table(found), page, *found.sentences)


def _written(found: Comparison, out: Path) -> str:
    """Write the table, and the report of what was simulated; return the line that says where it is."""
    from callcenter.report.csv_files import as_text
    from callcenter.study import StoreError, reopen

    out.mkdir(parents=True, exist_ok=True)
    table = found.table.map(as_text)
    table.to_csv(out / TABLE, index=False, encoding="utf-8-sig", float_format="%.10g")
    try:
        return write_page(reopen(out), out)
    except StoreError:  # all results were there already
        return f"Table: {out / TABLE}"
