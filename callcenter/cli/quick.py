"""`callcenter quick`: the instant table by Erlang A and C, without simulating and without files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.line_options import per_hour, positive, seconds_of, share_of
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json
from callcenter.cli.quick_day import SHARE, WITHIN, busiest, promise_of, read_day, refuse_too_much, show_day
from callcenter.language import gettext as _
from callcenter.language import noted

if TYPE_CHECKING:
    from callcenter.demand import Loads
    from callcenter.scenario import Scenario
    from callcenter.theory.quick import Staffing
    from callcenter.theory.situation import Situation

WHEN = {
    (True, False): noted("busiest interval {start} to {end}"),
    (False, False): noted("interval {start} to {end}"),
    (True, True): noted("busiest interval {start} to {end} of day {day}, the busiest"),
    (False, True): noted("interval {start} to {end} of day {day}, the busiest"),
}
"""By whether it is the busiest interval, and whether days differ."""


class _Question(NamedTuple):
    """A line, its promise, and where both come from."""

    line: Situation
    within: float
    share: float
    about: str
    staffed: int | None


def quick(
    scenario: Annotated[
        Path | None,
        typer.Argument(metavar="[SCENARIO]", help="A scenario file; or give --calls and --aht."),
    ] = None,
    set_: options.Set = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Every interval of the day: agents needed beside those staffed.")
    ] = False,
    at: Annotated[
        str | None, typer.Option(metavar="10:30", help="Interval of the scenario; default: the busiest.")
    ] = None,
    calls: Annotated[str | None, typer.Option(metavar="300/h", help="Calls per hour, or 150/30min.")] = None,
    aht: Annotated[str | None, typer.Option(metavar="200s", help="Talk and wrap-up of a call.")] = None,
    patience: Annotated[
        str | None, typer.Option(metavar="3min", help="Mean patience, or never (the default).")
    ] = None,
    within: Annotated[
        str | None, typer.Option(metavar="20s", help=f"Target time; default: {WITHIN}.")
    ] = None,
    share: Annotated[str | None, typer.Option(metavar="85%", help=f"Target share; default: {SHARE}.")] = None,
    agents: Annotated[int | None, typer.Option(min=1, help="Also show this number of agents.")] = None,
    json: options.Json = None,
    lang: options.Language = None,
) -> None:
    """Show how many agents a line needs by Erlang A, and what a few more or less do. Nothing is simulated."""
    from callcenter.report.terminal.quick import quick_table, quick_title
    from callcenter.theory.quick import agents_needed, staffings

    make_room(json)
    if all_:
        _refuse_beside_all(scenario, {"--at": at, "--calls": calls, "--aht": aht, "--agents": agents})
        show_day(read_day(scenario, options.changes(set_)), within, share, json, _advice(scenario))
        return
    if scenario is None:
        question = _spoken(calls, aht, patience, at)
    else:
        question = _read(scenario, options.changes(set_), at, {"--calls": calls, "--aht": aht})
    question = question._replace(
        within=question.within if within is None else seconds_of("--within", within),
        share=question.share if share is None else share_of(share),
    )
    try:
        need = agents_needed(question.line, question.within, question.share)
    except ValueError as error:
        text = _("{error}; promise a smaller --share or a longer --within")
        raise WrongInputError(text.format(error=error)) from None
    others = [number for number in (agents, question.staffed) if number]
    rows = staffings(question.line, question.within, need, *others)
    if json is not None:
        write_json(_plain(question, need, rows), json)
    if json != STANDARD_OUTPUT:
        title = quick_title(question.line, question.within, question.share)
        table = quick_table(rows, question.within, need, question.staffed, question.share)
        show(table, "", f"{question.about}{title}.", _advice(scenario))


def _advice(scenario: Path | None) -> str:
    if scenario is None:
        return _("By Erlang A and, if nobody hung up, Erlang C: one line, one kind of call, in the long run.")
    return _(
        "By Erlang A and, if nobody hung up, Erlang C: everybody in one line, first come first served, in "
        "the long run. What else the scenario says is simulated by: callcenter run {scenario}"
    ).format(scenario=scenario)


def _spoken(calls: str | None, aht: str | None, patience: str | None, at: str | None) -> _Question:
    """Return the question of the options alone."""
    from callcenter.theory.situation import Situation

    if calls is None or aht is None:
        raise WrongInputError(_("give a scenario file, or --calls 300/h and --aht 200s"))
    if at is not None:
        raise WrongInputError(_("--at: names an interval of a scenario; give its file, or leave it out"))
    forever = patience in (None, "never")
    mean = float("inf") if forever else positive("--patience", str(patience))
    line = Situation(per_hour(calls), positive("--aht", aht), mean, 0)
    return _Question(line, seconds_of("--within", WITHIN), share_of(SHARE), "", None)


def _refuse_beside_all(scenario: Path | None, others: Mapping[str, object]) -> None:
    for option, value in others.items():
        if value is not None and scenario is not None:
            raise WrongInputError(_("{option}: --all shows every interval as it is").format(option=option))


def _read(
    path: Path, changes: Mapping[str, object], at: str | None, rivals: Mapping[str, str | None]
) -> _Question:
    """Return the question of an interval of a scenario."""
    for option, value in rivals.items():
        if value is not None:
            text = _("{option}: the scenario says that; change it with --set, or give no file")
            raise WrongInputError(text.format(option=option))
    scenario, loads, tiers, day, lines = read_day(path, changes)
    number = busiest(lines) if at is None else _interval(scenario, at)
    refuse_too_much(loads, tiers, number, day)
    within, share = promise_of(scenario, tiers)
    about = _("{scenario}, {when}: ").format(scenario=scenario.name, when=_when(loads, number, day, at))
    return _Question(lines[number], within, share, about, lines[number].agents)


def _when(loads: Loads, number: int, day: int, at: str | None) -> str:
    from callcenter.clock import clock_text

    hours = loads.scenario.day
    start = hours.open + number * hours.interval
    is_of_a_day = loads.differ
    span = {"start": clock_text(start), "end": clock_text(start + hours.interval), "day": day + 1}
    return _(WHEN[at is None, is_of_a_day]).format(**span)


def _interval(scenario: Scenario, at: str) -> int:
    from callcenter.clock import clock_text
    from callcenter.scenario.values import clock

    try:
        seconds = clock(at)
    except ValueError as error:
        raise WrongInputError(f"--at: {error}") from None
    day = scenario.day
    if not day.open <= seconds < day.close:
        text = _("--at {at}: the scenario is open from {open} to {close}; give a time in between")
        hours = {"open": clock_text(day.open), "close": clock_text(day.close)}
        raise WrongInputError(text.format(at=at, **hours))
    return int((seconds - day.open) // day.interval)


def _plain(question: _Question, need: int, rows: list[Staffing]) -> dict[str, Any]:
    """Return everything as plain data, None for what is infinite or undefined."""
    from math import isfinite

    def finite(figures: Mapping[str, float]) -> dict[str, float | None]:
        return {name: figure if isfinite(figure) else None for name, figure in figures.items()}

    return {
        **finite({**question.line._asdict(), "erlangs": question.line.erlangs}),
        "agents": question.staffed,
        "within_s": question.within,
        "share": question.share,
        "need": need,
        "staffings": [
            {
                "agents": row.agents,
                "erlang_a": finite(row.erlang_a._asdict()),
                "erlang_c": finite(row.erlang_c._asdict()),
            }
            for row in rows
        ],
    }
