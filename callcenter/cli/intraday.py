"""`callcenter intraday`: a day at eleven o'clock."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json, write_page
from callcenter.cli.progress import working
from callcenter.language import gettext as _

REPLICATIONS = 40


def intraday(
    scenario: options.ScenarioFile,
    actuals: Annotated[
        Path,
        typer.Argument(
            metavar="ACTUALS",
            help="The day so far: a call log, or a sheet with start and calls, CSV or Excel.",
            show_default=False,
        ),
    ],
    now: Annotated[str, typer.Option("--now", metavar="HH:MM", help="What time it is.", show_default=False)],
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option",
            metavar="NAME: PATH=VALUE",
            help="What might be changed, such as 'overtime: pools.desk.agents=+2 from 15:00'.",
        ),
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(metavar="RECORDS", help="Records of days past, from which the unrest of days is taken."),
    ] = None,
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=2, help="How often the rest of the day is simulated.")
    ] = REPLICATIONS,
    set_: options.Set = None,
    seed: options.Seed = None,
    engine: options.Engine = "auto",
    json: options.Json = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write a report there.")] = None,
    lang: options.Language = None,
    open_: options.Open = False,
    quiet: options.Quiet = False,
) -> None:
    """Look at the day at a moment: act, wait, or too early to say."""
    from callcenter.fit import FitError
    from callcenter.intraday import IntradayError
    from callcenter.intraday import intraday as looked_at
    from callcenter.replay import ReplayError
    from callcenter.report.terminal.intraday import intraday_lines, intraday_views
    from callcenter.scenario import load

    options.effort(1, None, engine)
    make_room(json)
    subject = load(scenario, options.changes(set_))
    out = Path("out") / subject.name if open_ and out is None else out
    with working(quiet, _("Looking at the day")):
        try:
            day = looked_at(
                subject,
                actuals,
                now=now,
                options=option or (),
                history=history,
                replications=replications,
                seed=seed,
                engine=engine,
            )
        except (IntradayError, FitError, ReplayError) as error:
            raise WrongInputError(str(error)) from None
    page = write_page(day, out, open_) if out is not None else ""
    if json is not None:
        write_json(day.summary, json)
    if not quiet and json != STANDARD_OUTPUT:
        for view in intraday_views(day):
            show(view)
        for line in filter(None, (*intraday_lines(day), page)):
            typer.echo(line)
