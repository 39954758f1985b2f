"""`callcenter sweep`: every point of a sweep file, and the fewest agents that met every target."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.output import (
    STANDARD_OUTPUT,
    fail_if_unfinished,
    fail_on_target,
    make_room,
    note,
    resumable,
    show,
    warn_of_load,
    write_json,
    write_page,
)
from callcenter.cli.progress import progress


def sweep(
    source: options.SweepFile,
    set_: options.Set = None,
    replications: options.Replications = None,
    seed: options.Seed = None,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    precision: options.Precision = None,
    most: options.MostReplications = options.MOST_REPLICATIONS,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep results there, resume from them, and write the report (out/NAME)."
        ),
    ] = None,
    fresh: options.Fresh = False,
    json: options.Json = None,
    lang: options.Language = None,
    open_: options.Open = False,
    quiet: options.Quiet = False,
    fail: options.FailOnTarget = False,
    days_kept: options.DaysKept = None,
) -> None:
    """Simulate every point of a sweep: which points meet the targets, and the fewest agents that do."""
    from callcenter.report.terminal.sweep import sweep_table
    from callcenter.study import sweep as simulate
    from callcenter.study.answers.days_kept import days_kept_of

    asked = None if days_kept is None else days_kept_of(days_kept)
    effort, changes = options.effort(workers, cluster, engine), options.changes(set_)
    width = options.precision(precision)
    out = out or Path("out") / source.stem
    make_room(json)
    if not quiet:
        _warn(source, changes)
    with resumable(out), progress(quiet) as report:
        study = simulate(
            source,
            replications,
            seed,
            out=out,
            changes=changes,
            on_progress=report,
            command=options.command_line(),
            precision=width,
            max_replications=most,
            fresh=fresh,
            effort=effort,
        )
    study = replace(study, days_asked=asked)
    if not quiet:
        note(source, study.design.points[0].scenario)
    page = write_page(study, out, open_)
    if json is not None:
        write_json(study.summary, json)
    if not quiet and json != STANDARD_OUTPUT:
        show(sweep_table(study), page)
    fail_if_unfinished(study)
    if fail:
        fail_on_target(study.summaries)


def _warn(source: Path, changes: Mapping[str, object]) -> None:
    """Say of the scenario that is varied what makes its figures useless.

    Whatever is wrong with the files is said by the sweep itself.
    """
    from callcenter.scenario import ScenarioError, load
    from callcenter.scenario.loading import read_yaml

    with suppress(ScenarioError):
        scenario = source.parent / str(read_yaml(source).data.get("scenario"))
        if scenario.is_file():
            warn_of_load(scenario, load(scenario, changes))
