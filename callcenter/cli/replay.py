"""`callcenter replay`: recorded callers against a staffing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli import options, recorded_days
from callcenter.cli.calls import check_format, write_frame
from callcenter.cli.output import make_room
from callcenter.cli.progress import progress


def replay(
    scenario: options.ScenarioFile,
    records: recorded_days.Records,
    take: Annotated[
        str,
        typer.Option(
            "--take",
            metavar="NAMES",
            help="What is taken from the records: arrivals, talk, patience, levels, redials; else drawn.",
        ),
    ] = "arrivals,talk,patience,levels",
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="PATH=VALUE",
            help="The same day otherwise, such as pools.desk.agents=+2 for two more agents.",
        ),
    ] = None,
    days: recorded_days.Days = None,
    from_: recorded_days.From = None,
    to: recorded_days.To = None,
    replications: recorded_days.Repetitions = recorded_days.REPLICATIONS,
    set_: options.Set = None,
    seed: options.Seed = None,
    engine: options.Engine = "auto",
    out: recorded_days.Out = None,
    png: recorded_days.Png = False,
    open_: recorded_days.Open = False,
    json: options.Json = None,
    calls: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the call log, .csv or .parquet.")
    ] = None,
    lang: options.Language = None,
    quiet: options.Quiet = False,
) -> None:
    """Simulate recorded callers against a staffing: recorded and simulated side by side."""
    from callcenter.replay import replay as replayed
    from callcenter.report.terminal.replay import replay_lines, replay_view
    from callcenter.scenario import load

    options.effort(1, None, engine)
    if calls is not None:
        check_format(calls)
    make_room(calls)
    results = recorded_days.destination(
        scenario, "replay", json=json, out=out, is_opened=open_, png=png, quiet=quiet
    )
    subject = load(scenario, options.changes(set_))
    with recorded_days.explained(), progress(quiet) as report:
        replay_of_days = replayed(
            subject,
            records,
            take=take,
            changes=options.changes(with_),
            days=days,
            from_=from_,
            to=to,
            replications=replications,
            seed=seed,
            engine=engine,
            keep="calls" if calls else None,
            on_progress=report,
        )
    if calls is not None:
        write_frame(replay_of_days.calls, calls)
    results.take(replay_of_days, lambda: (replay_view(replay_of_days), replay_lines(replay_of_days)))
