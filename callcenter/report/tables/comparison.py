"""Differences of scenarios on the same callers, pair by pair."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.tables.layout import Cell, Row, Table, heads
from callcenter.study import Comparison, Difference
from callcenter.wording import NOTHING, count, definition, money, part, percent, plural, points, times, wait

CERTAIN = 0.001
"""Chance below which it is not written out."""


class Form(NamedTuple):
    """How a figure is called and written, and how a difference of it."""

    name: str
    value: Callable[[float], str]
    difference: Callable[[float], str]


def _signed(form: Callable[[float], str], amount: float) -> str:
    return ("−" if amount < 0 else "+") + form(abs(amount))


_MONEY = partial(money, signed=True)

FORMS = {
    "service_level": Form(noted("answered in time"), percent, points),
    "abandonment": Form(noted("abandoned"), percent, points),
    "asa_s": Form(noted("ASA"), wait, partial(_signed, wait)),
    "occupancy": Form(noted("occupancy"), percent, points),
    "staffed_h": Form(noted("agent-hours"), count, partial(_signed, count)),
    "cost": Form(noted("cost"), money, _MONEY),
    "value": Form(noted("value"), money, _MONEY),
    "net": Form(noted("net"), money, _MONEY),
}


def pair_tables(comparison: Comparison) -> Iterator[Table]:
    """Yield a table for each pair: both figures, their difference with its interval, what pairing saved."""
    pairs = groupby(comparison.differences, key=lambda found: (found.first, found.second))
    for _pair, differences in pairs:
        yield _pair_table(list(differences), len(comparison.pairs) > 1)


def _pair_table(differences: Sequence[Difference], is_corrected: bool) -> Table:
    first, second = differences[0].first, differences[0].second
    p = _("p (Holm)") if is_corrected else "p"
    names = [_("figure"), _("of"), first, second, _("difference"), _("95% interval"), p, _("unpaired needs")]
    in_order = sorted(differences, key=lambda found: [*FORMS].index(found.figure))
    rows = []
    for figure, group in groupby(in_order, key=lambda found: found.figure):
        for place, found in enumerate(group):
            name = _(FORMS[figure].name) if place == 0 else ""
            labels = [Cell(name), Cell(part(found.part), kind="text")]
            rows.append(Row([*labels, *_cells(found)], _kind(found, place)))
    caption = _("{second} against {first}").format(first=first, second=second)
    return Table(caption, heads(names, 2), rows, kind="wide compact")


def _kind(found: Difference, place: int) -> str:
    """Mark the first row of a figure, and a difference that is shown."""
    return " ".join(filter(None, ("first" if place == 0 else "", "different" if found.different else "")))


def _cells(found: Difference) -> list[Cell]:
    form = FORMS[found.figure]
    values = [_text(form.value, value) for value in (found.first_value, found.second_value)]
    ends = NOTHING
    if not math.isnan(found.low) and found.low != found.high:
        ends = f"{form.difference(found.low)} … {form.difference(found.high)}"
    texts = (*values, _text(form.difference, found.difference), ends, _chance(found.p_holm), _saved(found))
    return [*map(Cell, texts)]


def _text(form: Callable[[float], str], value: float) -> str:
    return NOTHING if math.isnan(value) else form(value)


def _chance(p: float) -> str:
    return NOTHING if math.isnan(p) else f"<{CERTAIN}" if p < CERTAIN else f"{p:.3f}"


def _saved(found: Difference) -> str:
    """Say how many times the days two independent samples would need."""
    factor = found.times_the_days
    if factor is None:
        return NOTHING
    return _("{factor}x the days").format(factor=times(factor))


def footnotes(comparison: Comparison) -> tuple[str, ...]:
    """Return how the differences are meant and what they were taken from."""
    result = comparison.sides[0].result
    formula = definition(comparison.definition, result.scenario.service_level.short_abandon)
    meant = _("Differences of shares are percentage points; bold: shown at 5%.")
    corrected = _("p is corrected by Holm for all tiers and pairs of a figure.")
    unpaired = _("Unpaired: two samples of different callers.")
    several = len(comparison.pairs) > 1
    return (
        " ".join([meant, *([corrected] if several else []), unpaired]),
        _("Answered in time = {formula} ({definition}).").format(
            formula=formula, definition=comparison.definition
        ),
        _("The same callers for all: {replications}, seed {seed}.").format(
            replications=plural(result.replications, "replication"), seed=result.seed
        ),
    )
