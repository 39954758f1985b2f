"""`callcenter validate`: is this scenario true of these days."""

from __future__ import annotations

from typing import Annotated

import typer

from callcenter.cli import options, recorded_days
from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json
from callcenter.cli.progress import progress
from callcenter.language import gettext as _

REPLICATIONS = 20


def validate(
    scenario: options.ScenarioFile,
    records: recorded_days.Records,
    margin: Annotated[
        str, typer.Option(metavar="3pp", help="How far the model may be from the records and still be valid.")
    ] = "3pp",
    in_sample: Annotated[
        bool, typer.Option("--in-sample", help="Judge the scenario also by days that it was fitted to.")
    ] = False,
    days: recorded_days.Days = None,
    from_: recorded_days.From = None,
    to: recorded_days.To = None,
    replications: recorded_days.Repetitions = REPLICATIONS,
    set_: options.Set = None,
    seed: options.Seed = None,
    engine: options.Engine = "auto",
    json: options.Json = None,
    lang: options.Language = None,
    quiet: options.Quiet = False,
) -> None:
    """Is this scenario true of recorded days: valid, not valid or unclear, and why."""
    from callcenter.replay import validate as validated
    from callcenter.report.terminal.replay import validation_lines, validation_view
    from callcenter.scenario import load

    options.effort(1, None, engine)
    make_room(json)
    subject = load(scenario, options.changes(set_))
    with recorded_days.explained(), progress(quiet) as report:
        validation = validated(
            subject,
            records,
            margin=_margin(margin),
            in_sample=in_sample,
            days=days,
            from_=from_,
            to=to,
            replications=replications,
            seed=seed,
            engine=engine,
            on_progress=report,
        )
    if json is not None:
        write_json(validation.summary, json)
    if not quiet and json != STANDARD_OUTPUT:
        show(validation_view(validation), *validation_lines(validation))


def _margin(text: str) -> float:
    """Return a margin as a share: 0.03 for `3pp` and for `3%`."""
    number = text.strip().removesuffix("pp").removesuffix("%").strip()
    try:
        return float(number) / (100 if number != text.strip() else 1)
    except ValueError:
        message = _("--margin {text}: write percentage points, such as 3pp, or a share, such as 0.03")
        raise WrongInputError(message.format(text=text)) from None
