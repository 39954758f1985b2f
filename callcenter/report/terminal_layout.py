"""What tables for a terminal look like."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table


def blank_table(names: Sequence[str], figures: Sequence[str]) -> Table:
    """Return a table with columns of names, then of figures."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        table.add_column(name, no_wrap=True)
    for figure in figures:
        table.add_column(figure, justify="right", no_wrap=True)
    return table
