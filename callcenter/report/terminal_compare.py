"""A comparison as tables for a terminal."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from callcenter.report.terminal_layout import blank_table
from callcenter.report.wording import NOTHING, count, definition, money, percent, plural, points, wait
from callcenter.study import Comparison, Difference

STYLES = {True: "bold", False: "", None: ""}


class Form(NamedTuple):
    """How a figure is called and written, and how a difference of it."""

    name: str
    value: Callable[[float], str]
    difference: Callable[[float], str]


def _signed(form: Callable[[float], str], amount: float) -> str:
    return ("−" if amount < 0 else "+") + form(abs(amount))


FORMS = {
    "service_level": Form("answered in time", percent, points),
    "abandonment": Form("abandoned", percent, points),
    "asa_s": Form("ASA", wait, partial(_signed, wait)),
    "occupancy": Form("occupancy", percent, points),
    "staffed_h": Form("agent-hours", count, partial(_signed, count)),
    **{name: Form(name, money, partial(money, signed=True)) for name in ("cost", "value", "net")},
}


def comparison_table(comparison: Comparison) -> RenderableType:
    """Return a table for each pair: both figures, their difference with its interval, what pairing saved."""
    pairs = groupby(comparison.differences, key=lambda found: (found.first, found.second))
    tables = [_pair_table(list(found), len(comparison.pairs) > 1) for _, found in pairs]
    return Group(*(part for table in tables for part in (table, Text())), _footnote(comparison))


def _pair_table(differences: list[Difference], is_corrected: bool) -> Table:
    first, second = differences[0].first, differences[0].second
    p = "p (Holm)" if is_corrected else "p"
    figures = [first, second, "difference", "95% interval", p, "unpaired needs"]
    table = blank_table(["figure", "of"], figures)
    in_order = sorted(differences, key=lambda found: [*FORMS].index(found.figure))
    for figure, rows in groupby(in_order, key=lambda found: found.figure):
        table.add_section()
        for place, found in enumerate(rows):
            name = FORMS[figure].name if place == 0 else ""
            table.add_row(name, found.part, *_cells(found), style=STYLES[found.different])
    return table


def _cells(found: Difference) -> list[str]:
    form = FORMS[found.figure]
    values = [_text(form.value, value) for value in (found.first_value, found.second_value)]
    ends = NOTHING
    if not math.isnan(found.low) and found.low != found.high:
        ends = f"{form.difference(found.low)} … {form.difference(found.high)}"
    return [*values, _text(form.difference, found.difference), ends, _chance(found.p_holm), _saved(found)]


def _text(form: Callable[[float], str], value: float) -> str:
    return NOTHING if math.isnan(value) else form(value)


def _chance(p: float) -> str:
    return NOTHING if math.isnan(p) else "<0.001" if p < 0.001 else f"{p:.3f}"


def _saved(found: Difference) -> str:
    """Say how many times the days two independent samples would need."""
    factor = found.times_the_days
    if factor is None:
        return NOTHING
    return f"{factor:,.0f}x the days" if factor >= 10 else f"{factor:.1f}x the days"


def _footnote(comparison: Comparison) -> Text:
    result = comparison.sides[0].result
    level = result.scenario.service_level
    formula = definition(comparison.definition, level.short_abandon)
    corrected = (
        "p is corrected by Holm for all tiers and pairs of a figure; " if len(comparison.pairs) > 1 else ""
    )
    return Text(
        f"Differences of shares are percentage points; bold: shown at 5%. {corrected}"
        f"Unpaired: two samples of different callers.\n"
        f"Answered in time = {formula} ({comparison.definition}). "
        f"The same callers for all: {plural(result.replications, 'replication')}, seed {result.seed}."
    )
