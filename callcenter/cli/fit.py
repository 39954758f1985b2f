"""`callcenter fit`: from records to a scenario."""

from __future__ import annotations

import shlex
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callcenter.cli import options
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json, write_page
from callcenter.cli.progress import working
from callcenter.language import gettext as _
from callcenter.staging import staged

if TYPE_CHECKING:
    from callcenter.fit import Fit

PAGE, SCENARIO = "report.html", "scenario.yaml"
"""What is named when it is written; the modules that write them are slow to load."""


def fit(
    records: Annotated[
        Path,
        typer.Argument(
            metavar="RECORDS",
            help="A directory of records, or a call log such as --calls writes.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write scenario.yaml there, its series, fit.json and levels.csv."),
    ] = None,
    like: Annotated[
        Path | None,
        typer.Option(
            metavar="BASE", help="A scenario, whole or in part: what it says stays, the rest is fitted."
        ),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day fitted.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day fitted.")] = None,
    days: Annotated[
        str | None,
        typer.Option(
            metavar="RULE",
            help="Weekdays such as mon-fri; all keeps odd days; -2026-10-01 leaves a day out, + keeps it.",
        ),
    ] = None,
    interval: Annotated[
        str, typer.Option(metavar="30min", help="Planning interval of the scenario.")
    ] = "30min",
    patience: Annotated[
        str | None,
        typer.Option(metavar="FAMILY", help="exponential, weibull, lognormal or mixture, not the likeliest."),
    ] = None,
    holidays: options.Holidays = None,
    calendar: options.Calendar = None,
    json: options.Json = None,
    lang: options.Language = None,
    open_: options.Open = False,
    quiet: options.Quiet = False,
) -> None:
    """Fit a scenario to records: each figure with its interval, and what the records cannot tell."""
    from callcenter.fit import FitError
    from callcenter.fit import fit as fitted
    from callcenter.report.terminal.fit import fit_lines, fit_table

    make_room(json)
    out = Path("out") / records.stem if open_ and out is None else out
    with working(quiet, _("Fitting")):
        try:
            result = fitted(
                records,
                like=like,
                from_=from_,
                to=to,
                days=days,
                interval=interval,
                patience=patience,
                holidays=holidays,
                calendar=calendar,
                name=records.stem,
            )
        except FitError as error:
            raise WrongInputError(str(error)) from None
        page = "" if out is None else _written(result, out)
    if json is not None:
        write_json(result.summary, json)
    if out is not None and open_:
        webbrowser.open((out / PAGE).resolve().as_uri())
    if quiet or json == STANDARD_OUTPUT:
        return
    texts = [_("note: {remark}").format(remark=remark) for remark in result.model.remarks]
    texts += [_("these records cannot tell: {what}").format(what=what) for what in result.model.cannot_tell]
    if out is not None:
        file = shlex.quote(str(out / SCENARIO))
        texts += [page, _("Scenario: {file}; run it with: callcenter run {file}").format(file=file)]
    show(fit_table(result.model), *fit_lines(result.model), *texts)


def _written(result: Fit, out: Path) -> str:
    """Write scenario and report, all files of them or none; return where the report is."""
    with staged(out) as folder:
        result.save(folder)
        write_page(result, folder)
    return _("Report: {page}").format(page=out / PAGE)
