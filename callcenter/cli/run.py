"""`callcenter run`: one scenario against its targets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callcenter.cli import options
from callcenter.cli.calls import check_format, write_calls
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import (
    STANDARD_OUTPUT,
    fail_if_imprecise,
    fail_on_target,
    make_room,
    resumable,
    show,
    warn,
    write_json,
    write_page,
)
from callcenter.cli.progress import progress
from callcenter.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

    from callcenter.scenario import Scenario
    from callcenter.study import Effort, Result
    from callcenter.study.workers.work import Progress

REPLICATIONS = 30


def run(
    scenario: options.ScenarioFile,
    set_: options.Set = None,
    replications: options.Replications = REPLICATIONS,
    seed: options.Seed = None,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    precision: options.Precision = None,
    most: options.MostReplications = options.MOST_REPLICATIONS,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep results there, resume from them, and write the report."),
    ] = None,
    fresh: options.Fresh = False,
    json: options.Json = None,
    calls: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the call log, .csv or .parquet; callbacks beside it."),
    ] = None,
    one_more: Annotated[
        bool,
        typer.Option("--one-more-agent", help="Also report the effect of one extra agent per pool."),
    ] = False,
    movie: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="Write an hour of the first day as an animated page."),
    ] = None,
    movie_at: Annotated[
        str | None,
        typer.Option(
            "--movie-at",
            metavar="HH:MM",
            help="When the hour of --movie begins; default: 10:00, or when the day opens.",
        ),
    ] = None,
    lang: options.Language = None,
    open_: options.Open = False,
    quiet: options.Quiet = False,
    fail: options.FailOnTarget = False,
    days_kept: options.DaysKept = None,
    full: options.Full = False,
) -> None:
    """Simulate a scenario: the verdict on its targets, callers, agents, callbacks."""
    from callcenter.report.terminal.run import brief_table, run_table
    from callcenter.scenario import load
    from callcenter.study import run as simulate
    from callcenter.study.answers.days_kept import days_kept_of
    from callcenter.study.sentences.targets import kept_text

    effort, width = options.effort(workers, cluster, engine), options.precision(precision)
    asked = None if days_kept is None else days_kept_of(days_kept)
    if calls is not None:
        check_format(calls)
    out = Path("out") / scenario.stem if open_ and out is None else out
    subject = load(scenario, options.changes(set_))
    _refuse_silence(subject)
    hour = "" if movie is None else _hour(subject, movie_at)
    if not quiet:
        warn(scenario, subject)
    make_room(json, calls, movie)
    with resumable(out), progress(quiet) as report:
        result = simulate(
            subject,
            replications or REPLICATIONS,
            seed,
            on_progress=report,
            out=out,
            command=options.command_line(),
            precision=width,
            max_replications=most,
            fresh=fresh,
            effort=effort,
        )
    with resumable(out), progress(quiet) as report:
        margins = _margins(result, effort, report) if one_more else None
    if calls is not None:
        with resumable(out), progress(quiet) as report:
            write_calls(result, calls, report)
    kept = None if asked is None else _kept(result, *asked)
    if json is not None:
        joint = {} if kept is None else {"joint": result.summary["joint"] | {"days_kept": kept}}
        one_more_agent = {} if margins is None else {"one_more_agent": _plain(margins)}
        write_json(result.summary | joint | one_more_agent, json)
    moving = "" if movie is None else _movie(result, hour, movie)
    page = _page(out, open_, margins)
    if not quiet and json != STANDARD_OUTPUT:
        table = run_table(result, margins, asked) if full else brief_table(result, margins)
        show(table, "" if kept is None else kept_text(kept), page, moving)
    fail_if_imprecise(result)
    if fail:
        fail_on_target([result.summary])


def _kept(result: Result, kept: int, of: int) -> dict[str, Any]:
    try:
        return {"kept": kept, "of": of, **result.days_kept(kept, of)}
    except ValueError as error:
        raise WrongInputError(f"--days-kept: {error}") from None


def _refuse_silence(scenario: Scenario) -> None:
    """Refuse a scenario in which nobody calls: all that could be said of it is that it is unclear."""
    if not any(map(any, map(scenario.demand.expected, scenario.tiers))):
        text = _("nobody ever calls, so there is nothing to simulate; write calls")
        raise scenario.refusal(("demand",), text)


def _margins(result: Result, effort: Effort, report: Progress | None) -> pd.DataFrame:
    from callcenter.study import one_more_agent

    scenario, count = result.scenario, result.replications
    return one_more_agent(scenario, count, result.seed, on_progress=report, effort=effort)


def _hour(scenario: Scenario, start: str | None) -> str:
    """Return when the hour to be shown begins; refuse one that cannot be, before anything is simulated."""
    from callcenter.clock import clock_text
    from callcenter.report.replay.hour import check_open, usual_start
    from callcenter.scenario.values import clock

    if start is None:
        return clock_text(usual_start(scenario))
    try:
        check_open(scenario, clock(start))
    except ValueError as error:
        raise WrongInputError(f"--movie-at: {error}") from None
    return start


def _movie(result: Result, start: str, file: Path) -> str:
    """Write the hour of the first replication, simulated once more for its log; return where it is."""
    from callcenter.plot import animated_hour
    from callcenter.study import run as simulate

    first = simulate(result.scenario, 1, result.seed, result.engine, keep="calls")
    try:
        return _("Animated hour: {file}").format(file=animated_hour(first, start, path=file))
    except ValueError as error:
        raise WrongInputError(f"--movie: {error}") from None


def _plain(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows as plain data, None for what is undefined."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _page(out: Path | None, is_opened: bool, margins: pd.DataFrame | None) -> str:
    if out is None:
        return ""
    from callcenter.study import reopen

    return write_page(reopen(out), out, is_opened, margins=margins)
