"""`callcenter explain`: why a day was otherwise than planned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options, recorded_days
from callcenter.cli.progress import progress


def explain(
    scenario: options.ScenarioFile,
    records: recorded_days.Records,
    day: Annotated[str, typer.Option(metavar="DATE", help="The day that is explained.", show_default=False)],
    against: Annotated[
        Path | None,
        typer.Option(metavar="PLAN", help="The plan, where it is another scenario than the model."),
    ] = None,
    replications: recorded_days.Repetitions = recorded_days.REPLICATIONS,
    set_: options.Set = None,
    seed: options.Seed = None,
    engine: options.Engine = "auto",
    out: recorded_days.Out = None,
    png: recorded_days.Png = False,
    open_: recorded_days.Open = False,
    json: options.Json = None,
    lang: options.Language = None,
    quiet: options.Quiet = False,
) -> None:
    """Why a day missed: volume, pattern, handle time, patience and staffing, in points that add up."""
    from callcenter.replay import explain as explained
    from callcenter.report.terminal.replay import explanation_lines, explanation_view
    from callcenter.scenario import load

    options.effort(1, None, engine)
    results = recorded_days.destination(
        scenario, "explain", json=json, out=out, is_opened=open_, png=png, quiet=quiet
    )
    subject = load(scenario, options.changes(set_))
    with recorded_days.explained(), progress(quiet) as report:
        explained_day = explained(
            subject,
            records,
            day,
            against=against,
            replications=replications,
            seed=seed,
            engine=engine,
            on_progress=report,
        )
    results.take(explained_day, lambda: (explanation_view(explained_day), explanation_lines(explained_day)))
