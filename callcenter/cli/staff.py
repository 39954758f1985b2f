"""`callcenter staff`: the fewest agents that meet every target, and shifts that cover them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, warn, write_json, write_page
from callcenter.cli.progress import progress

REPLICATIONS = 30


def staff(
    scenario: options.ScenarioFile,
    set_: options.Set = None,
    meet: Annotated[
        str,
        typer.Option(
            metavar="mean|90%-of-days|28-of-30-days",
            help="What meets a target: the mean, a share of days, or days to keep with a chance of 90%.",
        ),
    ] = "mean",
    every_interval: Annotated[
        bool, typer.Option("--every-interval", help="Also meet the targets in every interval.")
    ] = False,
    shifts: Annotated[
        Path | None, typer.Option(metavar="CATALOGUE", help="Cover the need with the shifts of this file.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="POOL", help="Look for the agents of this pool alone (repeatable)."),
    ] = None,
    at_least: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[POOL=]N",
            help="At least N agents in every interval, whatever the targets take: of each pool, or of one "
            "(repeatable).",
        ),
    ] = None,
    call_in: Annotated[
        str | None,
        typer.Option(
            metavar="TERMS",
            help="Also look for fewer agents and others called in on busy days, such as "
            "'desk at 11:00 from 12:00 to 18:00 for 150%'.",
        ),
    ] = None,
    may_close: Annotated[
        bool,
        typer.Option("--may-close", help="Also see whether hours left to nobody are cheaper."),
    ] = False,
    prices: Annotated[
        bool, typer.Option("--prices", help="Also report what raising each target by 5 points costs.")
    ] = False,
    replications: options.Replications = REPLICATIONS,
    seed: options.Seed = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the staffing there as YAML, CSV and workbook, and a report."),
    ] = None,
    json: options.Json = None,
    lang: options.Language = None,
    open_: options.Open = False,
    quiet: options.Quiet = False,
) -> None:
    """Find the fewest agents, by interval and pool, that meet every target, and judge them on fresh days."""
    from callcenter.report.terminal.staffing import staffing_table
    from callcenter.scenario import load
    from callcenter.study.staffing import staff as search
    from callcenter.study.staffing.minimum import minimum_from

    subject = load(scenario, options.changes(set_))
    if not quiet:
        warn(scenario, subject)
    make_room(json)
    with progress(quiet) as report:
        staffing = search(
            subject,
            meet,
            shifts,
            replications or REPLICATIONS,
            seed,
            every_interval=every_interval,
            price=prices,
            only=only or (),
            call_in=call_in,
            may_close=may_close,
            at_least=minimum_from(at_least or (), only or tuple(subject.pools)),
            on_progress=report,
            effort=options.effort(workers, cluster),
        )
    out = Path("out") / f"{scenario.stem}-staff" if open_ and out is None else out
    page = "" if out is None else write_page(staffing, out, open_)
    if json is not None:
        write_json(staffing.summary, json)
    if not quiet and json != STANDARD_OUTPUT:
        show(staffing_table(staffing), page)
