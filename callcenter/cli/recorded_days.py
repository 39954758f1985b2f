"""Options of the commands that look at recorded days: which days, and what is said when they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli.failures import WrongInputError

Records = Annotated[
    Path,
    typer.Argument(
        metavar="RECORDS",
        help="A directory of records, or a call log such as --calls writes.",
        show_default=False,
    ),
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day.")]
Days = Annotated[
    str | None,
    typer.Option(
        "--days", metavar="RULE", help="Days by name, such as 2026-11-23, or weekdays such as mon-fri."
    ),
]
Repetitions = Annotated[
    int, typer.Option("--replications", "-n", min=1, help="How often each day is simulated.")
]


@contextmanager
def explained() -> Iterator[None]:
    """Turn what records cannot tell into wrong input."""
    from callcenter.fit import FitError
    from callcenter.replay import ReplayError

    try:
        yield
    except (FitError, ReplayError) as error:
        raise WrongInputError(str(error)) from None
