"""A run as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from callcenter.language import gettext as _
from callcenter.report.tables.access import ivr_table, line_table
from callcenter.report.tables.callbacks import callback_table
from callcenter.report.tables.customers import customer_table
from callcenter.report.tables.layout import Table
from callcenter.report.tables.margins import margins_table
from callcenter.report.tables.money import economics_table
from callcenter.report.tables.pools import pool_table
from callcenter.report.tables.tiers import tier_table
from callcenter.report.terminal.layout import laid_out
from callcenter.scenario import Scenario
from callcenter.study import Result
from callcenter.wording import definition, replications

if TYPE_CHECKING:
    import pandas as pd


def run_table(result: Result, margins: pd.DataFrame | None = None) -> RenderableType:
    """Return the tiers beside their targets, the definition, pools, and what else the run has."""
    parts: list[RenderableType] = [
        laid_out(tier_table(result)),
        footnote(result.scenario, [result.replications], result.seed),
    ]
    for table in _others(result):
        parts += [laid_out(table), Text()]
    if margins is not None:
        parts += [laid_out(margins_table(margins)), Text()]
    return Group(*parts[:-1])


def _others(result: Result) -> Iterator[Table]:
    yield pool_table(result)
    tables = (callback_table, customer_table, ivr_table, line_table, economics_table)
    yield from (table for table in (make(result) for make in tables) if table is not None)


def footnote(scenario: Scenario, numbers: Sequence[int], seed: int) -> Text:
    """Return what the answer rate is, and what the figures were taken from."""
    level = scenario.service_level
    formula = definition(level.definition, level.short_abandon)
    note = _(
        "Answer rate = {formula} ({definition}). Counts are means per replication; "
        "{replications}, seed {seed}."
    ).format(formula=formula, definition=level.definition, replications=replications(numbers), seed=seed)
    return Text(f"{note}\n")
