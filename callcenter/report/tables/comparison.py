"""Differences of scenarios on the same callers, pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.features import is_valued
from callcenter.report.tables.layout import Cell, Column, Row, Table, estimate
from callcenter.report.tables.measures import COMPARED, TARGETS
from callcenter.report.tables.units import CHANCE, DAYS, SECONDS, SHARE, TIMES, VERDICT, Unit
from callcenter.study import Comparison, Difference
from callcenter.study.differences.promised import JOINT, counts_days, is_seconds, is_target
from callcenter.study.sentences.targets import target_name
from callcenter.wording import definition, in_a_row, part, plural


def pair_tables(comparison: Comparison) -> Iterator[Table]:
    """Yield a table for each pair: both figures, their difference with its interval, what pairing saved."""
    for (first, second), differences in groupby(in_order(comparison), key=lambda each: each[:2]):
        caption = _("{second} against {first}").format(first=first, second=second)
        rows = list(_rows(list(differences), comparison))
        columns = _columns(first, second, len(comparison.pairs) > 1)
        yield Table(caption, columns, rows, "wide compact")


def in_order(comparison: Comparison) -> list[Difference]:
    """Return the differences pair by pair, and those of a figure together.

    Value and net are left out where no call has a value: they would be nothing, and the costs once more.
    """
    has_values = any(is_valued(side.result.scenario) for side in comparison.sides)
    figures = [key for key in COMPARED if has_values or key not in ("value", "net")]
    pairs = [(first.name, second.name) for first, second in comparison.pairs]
    return sorted(
        (each for each in comparison.differences if _kind(each) in figures),
        key=lambda each: (pairs.index((each.first, each.second)), figures.index(_kind(each))),
    )


def _kind(each: Difference) -> str:
    """Return the figure of a difference by its key in the table: all targets are of one kind."""
    return TARGETS.key if is_target(each.figure) else each.figure


def _columns(first: str, second: str, is_corrected: bool) -> list[Column]:
    return [
        Column(_("figure"), key="figure", is_group=True),
        Column(_("of"), key="part"),
        Column(first, SHARE, "first_value", is_judged=True),
        Column(second, SHARE, "second_value", is_judged=True),
        Column(_("difference"), SHARE, "difference", is_exact=True, is_beside=True),
        Column(_("p (Holm)") if is_corrected else "p", CHANCE, "p_holm"),
        Column(_("unpaired needs"), TIMES, "times_the_days"),
    ]


def _rows(differences: Sequence[Difference], comparison: Comparison) -> Iterator[Row]:
    """Yield the rows of a pair, those of a figure together."""
    for _figure, group in groupby(differences, key=_kind):
        for place, each in enumerate(group):
            kinds = ("first" if place == 0 else "", "different" if each.different else "")
            cells = [*_cells(each, comparison), Cell(each.p_holm), Cell(each.times_the_days)]
            yield Row(cells, " ".join(filter(None, kinds)))


def _cells(each: Difference, comparison: Comparison) -> list[Cell]:
    measure = COMPARED[_kind(each)]
    unit = unit_of(each.figure)
    return [
        Cell(measure),
        Cell(_part(each, comparison)),
        _judged(each.first_value, each.first_verdict, unit),
        _judged(each.second_value, each.second_verdict, unit),
        Cell(estimate(each.difference, each.low, each.high), unit=unit.difference),
    ]


def unit_of(figure: str) -> Unit:
    """Return the unit of a figure that is compared."""
    if not is_target(figure):
        return COMPARED[figure].unit
    if counts_days(figure):
        return DAYS
    return SECONDS if is_seconds(figure) else SHARE


def _part(each: Difference, comparison: Comparison) -> str:
    """Return what a difference is of; of a target what it asks, too."""
    if each.figure == JOINT:
        return _("all targets together")
    entry = comparison.targets.get((each.part, each.figure))
    if entry is None:
        return part(each.part)
    return target_name(entry)


def _judged(value: float, verdict: str | None, unit: Unit) -> Cell:
    """Return a value with its verdict, if it is one that has a target."""
    return Cell(value, verdict or "", wording.verdict_word(verdict) if verdict else "", unit)


def difference_table(comparison: Comparison) -> Table:
    """Return every difference of all pairs in one table, for filters and pivot tables."""
    columns = [
        Column(_("first"), key="first"),
        Column(_("second"), key="second"),
        Column(_("figure"), key="figure"),
        Column(_("of"), key="part"),
        Column(_("value of the first"), SHARE, "first_value"),
        Column(_("value of the second"), SHARE, "second_value"),
        Column(_("difference"), SHARE, "difference", is_beside=True),
        Column(_("verdict on the first"), VERDICT, "first_verdict"),
        Column(_("verdict on the second"), VERDICT, "second_verdict"),
        Column("p", CHANCE, "p"),
        Column(_("p (Holm)"), CHANCE, "p_holm"),
        Column(_("shown at 5%"), key="different"),
        Column(_("unpaired samples need: times the days"), TIMES, "times_the_days"),
    ]
    rows = [
        Row(
            [
                *(Cell(each.first), Cell(each.second)),
                *_cells(each, comparison),
                *(
                    Cell(each.first_verdict),
                    Cell(each.second_verdict),
                    Cell(each.p),
                    Cell(each.p_holm),
                    Cell(_shown(each)),
                    Cell(each.times_the_days),
                ),
            ],
            "different" if each.different else "",
        )
        for each in in_order(comparison)
    ]
    paired = _("Paired differences: second less first, on the same callers")
    caption = paired if comparison.has_same_callers else _("Differences day by day: second less first")
    return Table(caption, columns, rows)


def _shown(each: Difference) -> str | None:
    if each.different is None:
        return None
    return _("yes") if each.different else _("no")


def footnotes(comparison: Comparison) -> tuple[str, ...]:
    """Return how the differences are meant and what they were taken from."""
    result = comparison.sides[0].result
    formula = definition(comparison.definition, result.scenario.service_level.short_abandon)
    meant = _("Differences of shares are percentage points; bold: shown at 5%.")
    corrected = _("p is corrected by Holm for all tiers and pairs of a figure.")
    unpaired = _("Unpaired: two samples of different callers.")
    judged = _("Verdicts: the answer rate of each scenario against its own target.")
    if comparison.targets:
        judged = _(
            "Verdicts: each scenario against its own targets. Where days are counted, the value is the share"
            " of days that keep the target; in each interval, that of the worst one."
        )
    several = len(comparison.pairs) > 1
    return (
        in_a_row([meant, *([corrected] if several else []), unpaired, judged]),
        _("Answer rate = {formula} ({definition}).").format(
            formula=formula, definition=comparison.definition
        ),
        _callers(comparison).format(
            replications=plural(result.replications, "replication"), seed=result.seed
        ),
    )


def _callers(comparison: Comparison) -> str:
    if comparison.has_same_callers:
        return _("The same callers for all: {replications}, seed {seed}.")
    return _("{replications}, seed {seed}; not the same callers for all, see the notes.")
