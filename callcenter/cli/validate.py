"""`callcenter validate`: is this scenario true of these days."""

from __future__ import annotations

from typing import Annotated

import typer

from callcenter.cli import options, recorded_days
from callcenter.cli.failures import WrongInputError
from callcenter.cli.progress import progress
from callcenter.language import gettext as _


def validate(
    scenario: options.ScenarioFile,
    records: recorded_days.Records,
    margin: Annotated[
        str, typer.Option(metavar="3pp", help="How far the model may be from the records and still be valid.")
    ] = "3pp",
    in_sample: Annotated[
        bool, typer.Option("--in-sample", help="Judge the scenario also by days that it was fitted to.")
    ] = False,
    rolling: Annotated[
        str | None,
        typer.Option(
            metavar="[day|week|month]",
            help="Fit anew that often, and judge each day by a fit of the days before it.",
            show_default=False,
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
    lang: options.Language = None,
    quiet: options.Quiet = False,
) -> None:
    """Is this scenario true of recorded days: valid, not valid or unclear, and why."""
    from callcenter.replay import validate as validated
    from callcenter.report.terminal.replay import validation_lines, validation_view
    from callcenter.scenario import load

    options.effort(1, None, engine)
    width = options.points(margin, "--margin", "3pp")
    results = recorded_days.destination(
        scenario, "validate", json=json, out=out, is_opened=open_, png=png, quiet=quiet
    )
    if rolling is not None and set_:
        text = _(
            "--set: --rolling fits anew; what shall stay belongs into the base of the fit: fit --like BASE"
        )
        raise WrongInputError(text)
    subject = load(scenario, options.changes(set_))
    with recorded_days.explained(), progress(quiet) as report:
        validation = validated(
            subject,
            records,
            margin=width,
            in_sample=in_sample,
            rolling=rolling,
            days=days,
            from_=from_,
            to=to,
            replications=replications,
            seed=seed,
            engine=engine,
            on_progress=report,
        )
    results.take(validation, lambda: (validation_view(validation), validation_lines(validation)))
