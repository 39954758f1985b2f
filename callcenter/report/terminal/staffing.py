"""A staffing as tables for a terminal: the need, the proof, the roster and the prices."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from callcenter.report.tables import layout
from callcenter.report.tables.rosters import coverage_table, fit_table
from callcenter.report.tables.staffing import (
    call_in_table,
    need_rows,
    need_table,
    prices_table,
    shifts_table,
    verdict_tables,
)
from callcenter.report.terminal.layout import Fitted, laid_out
from callcenter.report.terminal.prose import Prose
from callcenter.study.sentences.calling_in import calling_in
from callcenter.study.sentences.rosters import roster_fit
from callcenter.study.sentences.staffing import headline, proof
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.validation import Verdicts

BAR = 40
"""Characters of the longest bar."""


def staffing_table(staffing: Staffing) -> RenderableType:
    """Return the verdict, the agents by interval, the answer rates with their intervals, and the proof."""
    parts: list[RenderableType] = [
        Prose("\n".join(headline(staffing)) + "\n", style="bold"),
        _need(staffing),
        Text(),
        *_rates(staffing, staffing.verdicts),
        *(Prose(sentence) for sentence in proof(staffing)),
        Text(),
    ]
    if staffing.roster is not None:
        parts += [laid_out(shifts_table(staffing)), Text()]
        parts += [*(Prose(sentence) for sentence in roster_fit(staffing)), Text()]
        parts += [laid_out(fit_table(staffing, staffing.roster)), Text()]
        parts += [*_titled(coverage_table(staffing, staffing.roster)), Text()]
        if staffing.roster_verdicts is not None:
            parts += [*_rates(staffing, staffing.roster_verdicts), Text()]
    if staffing.flexible is not None:
        parts += [*(Prose(sentence) for sentence in calling_in(staffing)), Text()]
        parts += [*_titled(call_in_table(staffing, staffing.flexible)), Text()]
    if staffing.prices:
        parts += _titled(prices_table(staffing.prices))
    return Group(*parts)


def _rates(staffing: Staffing, verdicts: Verdicts) -> Iterator[RenderableType]:
    """Yield the verdicts, an empty line between their tables."""
    for place, table in enumerate(verdict_tables(staffing, verdicts)):
        yield from ([Text()] if place else [])
        yield from _titled(table)


def _titled(table: layout.Table) -> list[RenderableType]:
    """Return a table below what it is about, where its heads do not say."""
    return [Text(table.caption, style="bold"), laid_out(table)]


def _need(staffing: Staffing) -> Fitted:
    """Return the need with a bar for all pools together."""
    sums = [sum(agents) for _start, agents, _rates in need_rows(staffing)]
    return laid_out(need_table(staffing), ["▪" * round(BAR * total / max(1, *sums)) for total in sums])
