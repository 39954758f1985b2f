"""`callcenter forecast`: calls by interval for the coming weeks."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json, write_page
from callcenter.cli.progress import working
from callcenter.language import gettext as _

if TYPE_CHECKING:
    from callcenter.forecast import Forecast

WEEKS = 4


def forecast(
    history: Annotated[
        Path,
        typer.Argument(
            metavar="HISTORY",
            help="A directory of records, or a file of calls or of intervals, CSV or Excel.",
            show_default=False,
        ),
    ],
    weeks: Annotated[int, typer.Option("--weeks", metavar="N", min=1, help="How many weeks.")] = WEEKS,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", min=1, help="How many days, in place of weeks; 1 for intraday."),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="The first day; default: the day after the history."),
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(
            metavar="SCENARIO",
            help="Takes the calls: gives interval, opening hours and what an error costs.",
        ),
    ] = None,
    interval: Annotated[
        str | None, typer.Option(metavar="30min", help="Interval, where no scenario gives it.")
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event",
            metavar="EVENT",
            help="What is known of a day, such as '2026-12-31 x1.3 +-10%'; repeatable.",
        ),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The same as a table: date, to, hours, factor, plus_minus, name."),
    ] = None,
    holidays: options.Holidays = None,
    calendar: options.Calendar = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="What the columns mean, as for records.")
    ] = None,
    time_zone: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="Of the centre, such as Asia/Shanghai, where stamps have another."),
    ] = None,
    library: Annotated[
        bool, typer.Option("--library", help="Also try AutoETS and MSTL; extra [forecast], takes a minute.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write forecast.csv, a scenario, a report and a workbook there."),
    ] = None,
    png: Annotated[
        bool, typer.Option("--png", help="With --out: also write every figure as a picture.")
    ] = False,
    json: options.Json = None,
    lang: options.Language = None,
    open_: options.Open = False,
    quiet: options.Quiet = False,
) -> None:
    """Forecast the calls of the coming weeks by interval, with bands and the errors of every method."""
    from callcenter.forecast import ForecastError
    from callcenter.forecast import forecast as looked_ahead
    from callcenter.forecast.written import SERIES
    from callcenter.report.terminal.forecast import forecast_lines, forecast_views

    if png and out is None and not open_:
        raise WrongInputError(_("--png: name the directory of the report, too: --out DIR"))
    make_room(json)
    out = Path("out") / f"{history.stem}-forecast" if open_ and out is None else out
    with working(quiet, _("Forecasting")) as progress:
        try:
            result = looked_ahead(
                str(history),
                weeks=weeks,
                days=days,
                from_=from_,
                interval=interval,
                scenario=scenario,
                events=event or (),
                events_from=events,
                holidays=holidays,
                calendar=calendar,
                map=map_file,
                time_zone=time_zone,
                library=library,
                on_progress=progress,
            )
        except ForecastError as error:
            raise WrongInputError(str(error)) from None
        page = "" if out is None else write_page(result, out, open_, png)
    if json is not None:
        write_json({**result.summary, "file": None if out is None else str(out / SERIES)}, json)
    if quiet or json == STANDARD_OUTPUT:
        return
    for view in forecast_views(result):
        show(view)
    lines = [*forecast_lines(result), page, *([] if out is None else _written(result, out))]
    for line in filter(None, lines):
        typer.echo(line)


def _written(result: Forecast, out: Path) -> list[str]:
    from callcenter.forecast.written import SCENARIO, SERIES

    """Return where the series is and how to run it; what a scenario lacks for these days is said now."""
    from callcenter.scenario import ScenarioError, load

    lines = [_("Series: {file}").format(file=out / SERIES)]
    if result.scenario is None:
        return lines
    file = out / SCENARIO
    try:
        load(file)
    except ScenarioError as error:
        lines.append(_("The scenario cannot be run as it is:") + f"\n{error}")
        return lines
    text = _("Scenario: {file}; run it with: callcenter run {quoted}")
    return [*lines, text.format(file=file, quoted=shlex.quote(str(file)))]
