"""`callcenter status`: how far the study in a directory is."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

from callcenter.cli import options
from callcenter.language import gettext as _
from callcenter.language import noted

if TYPE_CHECKING:
    from rich.table import Table

    from callcenter.study import Status

ENDED = (noted("finished"), noted("ended with failures"), noted("interrupted"), noted("damaged"))
UNDER_WAY = (noted("running"), noted("no result lately"))
"""States of a study."""

EVERY = 1.0
"""Seconds between two looks."""


def status(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The --out directory of a run or sweep.")],
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Keep watching until it is finished.")] = False,
    lang: options.Language = None,
) -> None:
    """Show how far a run or sweep is: points, replications, failures, rate, time left."""
    from rich.console import Console
    from rich.live import Live

    from callcenter.study import status as look

    progress, console = look(directory), Console(highlight=False)
    if not watch:
        console.print(_table(progress))
        return
    with Live(_table(progress), console=console, refresh_per_second=4) as live:
        while progress.state not in ENDED:
            sleep(EVERY)
            progress = look(directory, is_checked=False)  # each time would be too much to read
            live.update(_table(progress))


def _table(progress: Status) -> Table:
    from rich.table import Table

    from callcenter.wording import duration

    table = Table(box=None, show_header=False, title=progress.name, title_justify="left")
    left = "" if progress.is_finished or progress.seconds_left is None else duration(progress.seconds_left)
    rate, so_far = _("{rate:,.1f} replications a second"), _("{done:,} of {all:,} planned so far")
    share = _("{done:,} of {all:,}")
    again = _("{damage}; simulated again by the line below")
    cells = share if progress.settled else so_far
    rows = {
        _("state"): _(progress.state),
        _("points"): share.format(done=progress.points_done, all=progress.points),
        _("replications"): cells.format(done=progress.cells_done, all=progress.cells),
        _("failed"): f"{progress.failed:,}" if progress.failed else "",
        _("damaged"): again.format(damage=progress.damage) if progress.damage else "",
        _("rate"): "" if progress.rate is None else rate.format(rate=progress.rate),
        _("left"): left,
        _("to go on"): "" if progress.is_finished else progress.command,
    }
    for name, text in rows.items():
        if text:
            table.add_row(name, text)
    return table
