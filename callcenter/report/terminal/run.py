"""A run for a terminal: in short, or as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from callcenter.measure.joint import DaysKept
from callcenter.report.tables.access import ivr_table, line_table
from callcenter.report.tables.callbacks import callback_table
from callcenter.report.tables.customers import customer_table
from callcenter.report.tables.layout import Table
from callcenter.report.tables.margins import margins_table
from callcenter.report.tables.money import economics_table
from callcenter.report.tables.pools import pool_table
from callcenter.report.tables.targets import targets_table
from callcenter.report.tables.tiers import tier_table
from callcenter.report.terminal.layout import laid_out
from callcenter.report.terminal.prose import Prose
from callcenter.study import Result
from callcenter.study.sentences.brief import brief_lines, verdict_sentence
from callcenter.study.sentences.definitions import footnote
from callcenter.study.sentences.headline import headline
from callcenter.study.sentences.rules import rule_notes

if TYPE_CHECKING:
    import pandas as pd


def run_table(
    result: Result, margins: pd.DataFrame | None = None, asked: DaysKept | None = None
) -> RenderableType:
    """Return the verdict, the tiers beside their targets, pools, and what else the run has."""
    verdict = headline(result.scenario, result.summary)
    parts: list[RenderableType] = [
        *([Prose(f"{verdict}\n", style="bold")] if verdict else []),
        laid_out(tier_table(result)),
        Prose(f"{footnote(result.scenario, [result.replications], result.seed)}\n"),
    ]
    parts += [Prose(f"{note}\n") for note in rule_notes(result.scenario)]
    for table in _others(result, asked):
        parts += [laid_out(table), Text()]
    if margins is not None:
        parts += [laid_out(margins_table(margins)), Text()]
    return Group(*parts[:-1])


def brief_table(result: Result, margins: pd.DataFrame | None = None) -> RenderableType:
    """Return the verdict in one sentence, and at most five lines, each after what it is about.

    What one more agent earns stands below, as somebody has asked for it.
    """
    lines = Grid.grid(padding=(0, 2))
    lines.add_column(no_wrap=True)
    lines.add_column(overflow="fold")
    for label, text in brief_lines(result):
        lines.add_row(Text(label, style="dim"), Prose(text))
    parts: list[RenderableType] = [Prose(f"{verdict_sentence(result.summary)}\n", style="bold"), lines]
    if margins is not None:
        parts += [Text(), laid_out(margins_table(margins))]
    return Group(*parts)


def _others(result: Result, asked: DaysKept | None) -> Iterator[Table]:
    targets = targets_table(result, asked)
    if targets is not None:
        yield targets
    yield pool_table(result)
    tables = (callback_table, customer_table, ivr_table, line_table, economics_table)
    yield from (table for table in (make(result) for make in tables) if table is not None)
