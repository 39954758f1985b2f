"""What the commands that look at recorded days share: which days, where results go, what they cannot do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from callcenter.cli.failures import WrongInputError
from callcenter.cli.output import STANDARD_OUTPUT, make_room, show, write_json, write_page
from callcenter.language import gettext as _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from callcenter.replay import Explanation, Replay, Validation

REPLICATIONS = 20

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
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Write the report, the workbook and CSV files there."),
]
Open = Annotated[
    bool,
    typer.Option(
        "--open",
        help="Open the report in the browser; it is in out/NAME-COMMAND unless --out is given.",
    ),
]
Png = Annotated[bool, typer.Option("--png", help="With --out: also write every figure as a picture.")]


class Destination(NamedTuple):
    """Where the results of a command go."""

    json: str | None
    out: Path | None
    is_opened: bool
    png: bool
    quiet: bool

    def take(
        self, result: Replay | Validation | Explanation, words: Callable[[], tuple[RenderableType, list[str]]]
    ) -> None:
        """Write figures and report, and print the table and the sentences unless nothing shall be printed."""
        if self.json is not None:
            write_json(result.summary, self.json)
        page = "" if self.out is None else write_page(result, self.out, self.is_opened, self.png)
        if not self.quiet and self.json != STANDARD_OUTPUT:
            table, lines = words()
            show(table, *lines, page)


def destination(
    scenario: Path,
    command: str,
    *,
    json: str | None,
    out: Path | None,
    is_opened: bool,
    png: bool,
    quiet: bool,
) -> Destination:
    """Return where results go; WrongInputError if that cannot be."""
    if png and out is None and not is_opened:
        raise WrongInputError(_("--png: name the directory of the report, too: --out DIR"))
    make_room(json)
    own = Path("out") / f"{scenario.stem}-{command}" if is_opened and out is None else out
    return Destination(json, own, is_opened, png, quiet)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what records cannot tell into wrong input."""
    from callcenter.fit import FitError
    from callcenter.replay import ReplayError

    try:
        yield
    except (FitError, ReplayError) as error:
        raise WrongInputError(str(error)) from None
