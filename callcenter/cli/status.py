"""`callcenter status`: how far the study in a directory is."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from callcenter.study import Status

ENDED = ("finished", "ended with failures")

EVERY = 1.0
"""Seconds between two looks."""


def status(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The --out directory of a run or sweep.")],
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Keep looking until it is finished.")] = False,
) -> None:
    """Show how far a run or sweep is: points, replications, failures, rate, time left."""
    from rich.console import Console
    from rich.live import Live

    from callcenter.study import status as look

    found, console = look(directory), Console(highlight=False)
    if not watch:
        console.print(_table(found))
        return
    with Live(_table(found), console=console, refresh_per_second=4) as live:
        while found.state not in ENDED:
            sleep(EVERY)
            found = look(directory)
            live.update(_table(found))


def _table(found: Status) -> Table:
    from rich.table import Table

    from callcenter.wording import duration

    table = Table(box=None, show_header=False, title=found.name, title_justify="left")
    left = "" if found.is_finished or found.seconds_left is None else duration(found.seconds_left)
    so_far = "" if found.settled else " planned so far"
    rows = {
        "state": found.state,
        "points": f"{found.points_done:,} of {found.points:,}",
        "replications": f"{found.cells_done:,} of {found.cells:,}{so_far}",
        "failed": f"{found.failed:,}" if found.failed else "",
        "rate": "" if found.rate is None else f"{found.rate:,.1f} replications a second",
        "left": left,
        "to go on": "" if found.is_finished else found.command,
    }
    for name, text in rows.items():
        if text:
            table.add_row(name, text)
    return table
