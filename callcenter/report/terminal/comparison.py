"""A comparison as tables for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from callcenter.report.tables.comparison import footnotes, pair_tables
from callcenter.report.terminal.layout import laid_out
from callcenter.report.terminal.prose import Prose
from callcenter.study import Comparison
from callcenter.wording import in_a_row


def comparison_table(comparison: Comparison) -> RenderableType:
    """Return what the scenarios differ in, then a table for each pair: their figures and differences."""
    parts: list[RenderableType] = [Prose("\n".join(comparison.sentences) + "\n", style="bold")]
    for table in pair_tables(comparison):
        parts += [laid_out(table), Text()]
    meant, *others = footnotes(comparison)
    return Group(*parts, Prose(meant), Prose(in_a_row(others)))
