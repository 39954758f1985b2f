"""`callcenter quick`: the instant table by Erlang A and C, without simulating and without files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json
from callcenter.language import gettext as _
from callcenter.language import noted

if TYPE_CHECKING:
    from callcenter.demand import Loads
    from callcenter.scenario import Scenario
    from callcenter.theory.quick import Staffing
    from callcenter.theory.situation import Situation

WITHIN, SHARE = "20 s", "80%"

_RATE = re.compile(r"\s*([0-9.,]+)\s*(?:/\s*(\d*\s*[a-z]+))?\s*")


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
    if scenario is None:
        question = _spoken(calls, aht, patience, at)
    else:
        question = _read(scenario, options.changes(set_), at, {"--calls": calls, "--aht": aht})
    question = question._replace(
        within=question.within if within is None else _seconds("--within", within),
        share=question.share if share is None else _share(share),
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
    mean = float("inf") if forever else _positive("--patience", str(patience))
    line = Situation(_per_hour(calls), _positive("--aht", aht), mean, 0)
    return _Question(line, _seconds("--within", WITHIN), _share(SHARE), "", None)


def _read(
    path: Path, changes: Mapping[str, object], at: str | None, rivals: Mapping[str, str | None]
) -> _Question:
    """Return the question of an interval of a scenario."""
    from callcenter.demand import Loads
    from callcenter.scenario import load
    from callcenter.theory.situation import callers_of, joined_by, situation

    for option, value in rivals.items():
        if value is not None:
            text = _("{option}: the scenario says that; change it with --set, or give no file")
            raise WrongInputError(text.format(option=option))
    scenario = load(path, changes)
    tiers = callers_of(scenario)
    if not tiers:
        text = _("{path}: nobody calls and waits in line; there is nothing to compute")
        raise WrongInputError(text.format(path=path))
    loads = Loads(scenario)
    day, tiers = loads.busiest_day(), joined_by(loads, tiers)
    lines = [situation(loads, tiers, interval, day) for interval in range(scenario.day.intervals)]
    number = _busiest(lines) if at is None else _interval(scenario, at)
    _refuse_too_much(loads, tiers, number, day)
    within, share = _promise(scenario, tiers)
    about = _("{scenario}, {when}: ").format(scenario=scenario.name, when=_when(loads, number, day, at))
    return _Question(lines[number], within, share, about, lines[number].agents)


def _refuse_too_much(loads: Loads, tiers: list[str], number: int, day: int) -> None:
    from callcenter.theory.fewest import MOST_AGENTS

    erlangs = {tier: loads.of(tier, number, day).erlangs for tier in tiers}
    if sum(erlangs.values()) >= MOST_AGENTS:
        most = max(erlangs, key=lambda tier: erlangs[tier])
        text = _(
            "its calls bring {erlangs:,.0f} Erlang, more than {agents:,} agents can work off; "
            "check it, `demand` and the `speed` of the pools"
        ).format(erlangs=erlangs[most], agents=MOST_AGENTS)
        raise loads.scenario.refusal(("tiers", most, "talk"), text)


def _when(loads: Loads, number: int, day: int, at: str | None) -> str:
    from callcenter.clock import clock_text

    hours = loads.scenario.day
    start = hours.open + number * hours.interval
    is_of_a_day = loads.differ
    span = {"start": clock_text(start), "end": clock_text(start + hours.interval), "day": day + 1}
    return _(WHEN[at is None, is_of_a_day]).format(**span)


def _busiest(lines: list[Situation]) -> int:
    return max(range(len(lines)), key=lambda number: lines[number].erlangs)


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


def _promise(scenario: Scenario, tiers: list[str]) -> tuple[float, float]:
    """Return the strictest promise: the shortest time and the largest share of any tier."""
    targets = [target for target in (scenario.tiers[tier].target for tier in tiers) if target]
    if not targets:
        return _seconds("--within", WITHIN), _share(SHARE)
    return min(target.within for target in targets), max(target.share for target in targets)


def _per_hour(calls: str) -> float:
    match = _RATE.fullmatch(calls)
    try:
        number = float(match[1].replace(",", "")) if match else -1.0
        unit = (match[2] or "h").strip() if match else ""
        hours = _seconds("--calls", unit if unit[0].isdigit() else f"1 {unit}") / 3600
    except (ValueError, IndexError):
        raise _wrong_rate(calls) from None
    if not number > 0 or not hours > 0:
        raise _wrong_rate(calls)
    return number / hours


def _wrong_rate(calls: str) -> WrongInputError:
    text = _("--calls {calls}: write calls by the hour, such as 300/h, or 150/30min")
    return WrongInputError(text.format(calls=calls))


def _seconds(option: str, text: str) -> float:
    from callcenter.scenario.values import seconds

    try:
        figure = seconds(text)
    except ValueError as error:
        raise WrongInputError(f"{option}: {error}") from None
    if figure < 0:
        message = _("{option} {text}: a duration cannot be negative; write 0 or more")
        raise WrongInputError(message.format(option=option, text=text))
    return figure


def _positive(option: str, text: str) -> float:
    figure = _seconds(option, text)
    if not figure > 0:
        message = _("{option} {text}: must be above 0; write for example 3min")
        raise WrongInputError(message.format(option=option, text=text))
    return figure


def _share(text: str) -> float:
    from callcenter.scenario.values import share

    try:
        figure = share(float(text) if text.replace(".", "", 1).isdigit() else text)
    except ValueError as error:
        raise WrongInputError(f"--share: {error}") from None
    return figure


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
