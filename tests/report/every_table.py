"""Every table of a rich run, a sweep, a comparison and a staffing, each with what must stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import callcenter as cc
from callcenter.report.tables import (
    access,
    callbacks,
    comparison,
    customers,
    effects,
    inputs,
    intervals,
    margins,
    misses,
    money,
    points,
    pools,
    priorities,
    rosters,
    staffing,
    theory,
    tiers,
    trust,
)
from callcenter.report.tables.layout import Table
from callcenter.study import main_effects, one_more_agent, theory_beside
from callcenter.study.insights import insights
from callcenter.study.staffing import Catalogue, load_catalogue
from callcenter.totals import ALL
from tests.report import expected, studies

NAMES = (
    *("tiers", "definitions", "pools", "callbacks", "customers", "ivr", "lines", "money", "precision"),
    *("intervals", "points", "tier points", "differences", "margins", "effects"),
    *("need", "rates", "shifts", "fit", "coverage", "weeks", "prices"),
    *("stretches", "then", "gains", "priorities", "sums", "theory"),
    *("inputs of tiers", "inputs of pools", "inputs by interval"),
)


class Case(NamedTuple):
    """A table as the report makes it, and what must stand in it in each place."""

    table: Table
    page: expected.Expected
    terminal: expected.Expected
    book: expected.Expected
    is_partial: bool = False
    """Whether the table has columns of words, which are tested elsewhere."""


@cache
def every_table() -> dict[str, Case]:
    """Return each table with what must stand in it."""
    return dict(_cases())


def case(table: Table | None, *sides: expected.Expected) -> Case:
    """Return a table with what must stand in it, the same everywhere unless three are given."""
    assert table is not None
    page, terminal, book = sides * 3 if len(sides) == 1 else sides
    words = {column.head for column in table.columns} - {head.text for head in book.heads}
    return Case(table, page, terminal, book, bool(words))


@cache
def rich() -> cc.Result:
    """A run that has everything, every figure of its summary another number."""
    result = studies.run_rich()
    result.__dict__["summary"] = expected.numbered(result.summary)
    return result


def _cases() -> Iterator[tuple[str, Case]]:
    yield from _of_the_run(rich())
    yield from _of_the_insights()
    with TemporaryDirectory() as folder:
        yield from _of_the_sweeps(Path(folder))
        yield from _of_the_staffing(Path(folder))
    before = cc.load(studies.RICH)
    after = cc.load(studies.RICH, {"name": "more", "pools.office.agents": 2})
    compared = cc.compare(before, after, replications=4, engine="simpy")
    (pair,) = comparison.pair_tables(compared)
    yield "differences", case(pair, expected.differences(compared))


def _of_the_run(run: cc.Result) -> Iterator[tuple[str, Case]]:
    scenario = run.scenario
    yield "tiers", case(tiers.tier_table(run), expected.tiers(run))
    yield "definitions", case(tiers.definition_table(run), expected.definitions(run))
    yield "pools", case(pools.pool_table(run), expected.pools(run))
    yield "callbacks", case(callbacks.callback_table(run), *(expected.callbacks(run, on) for on in "ptb"))
    yield "customers", case(customers.customer_table(run), expected.customers(run))
    yield "ivr", case(access.ivr_table(run), expected.ivr(run))
    yield "lines", case(access.line_table(run), expected.lines(run))
    yield "money", case(money.economics_table(run), expected.money(run))
    yield "precision", case(trust.precision_table(run), expected.precision(run))
    yield "intervals", case(intervals.interval_table(run), expected.intervals(run))
    beside = theory_beside(run)
    yield "theory", case(theory.beside_table(beside), expected.beside(beside))
    frame = one_more_agent(scenario, 3, engine="simpy")
    yield "margins", case(margins.margins_table(frame), expected.margins(frame))
    yield "inputs of tiers", case(inputs.tiers_table(scenario), expected.tier_inputs(scenario))
    yield "inputs of pools", case(inputs.pools_table(scenario), expected.pool_inputs(scenario))
    yield "inputs by interval", case(inputs.inputs_by_interval(scenario), expected.interval_inputs(scenario))


def _of_the_insights() -> Iterator[tuple[str, Case]]:
    short = studies.result({"pools.desk.agents": [3, 3, 4, 4, 3, 3], "pools.office.agents": 0}, 12)
    added = insights(short)
    miss = added.misses[0]
    names = [name for name in (*short.scenario.tiers, ALL) if any(name in gain.rises for gain in added.gains)]
    yield "stretches", case(misses.stretch_table(miss), expected.stretches(added))
    yield "then", case(misses.then_table(miss), expected.then(added))
    yield "gains", case(misses.gain_table(added.gains, [*short.scenario.tiers]), expected.gains(added, names))
    assert added.priorities is not None
    yield "priorities", case(priorities.priority_table(added.priorities), expected.priorities(added))
    yield "sums", case(trust.conservation_table(added.conservation), expected.sums(added))


def _of_the_sweeps(folder: Path) -> Iterator[tuple[str, Case]]:
    vary = {"demand.volume": [0.8, 1.2], "pools.desk.agents": {"scale": [1, 2]}}
    study = studies.sweep(folder, vary)
    study.__dict__["summaries"] = tuple(map(expected.numbered, study.summaries))
    yield "points", case(points.points_table(study), expected.points(study))
    rows = expected.tier_points(study)
    without_total = rows._replace(rows=[row for row in rows.rows if not any(each[0] == ALL for each in row)])
    yield "tier points", case(points.tier_points_table(study), rows, without_total, rows)
    vary = {"demand.volume": {"from": 0.7, "to": 1.3}, "pools.desk.agents": {"scale": {"from": 1, "to": 3}}}
    spread = studies.sweep(folder, vary, "latin_hypercube", points=16)
    frame, tier_names = main_effects(spread), list(spread.results[0].scenario.tiers)
    yield "effects", case(effects.effects_table(spread), expected.effects(frame, tier_names))


def _of_the_staffing(folder: Path) -> Iterator[tuple[str, Case]]:
    file = folder / "shifts.yaml"
    file.write_text(
        "shifts:\n  - {start: 08:00, end: 11:00}\n  - {start: 11:00, end: 14:00}\n"
        "  - {start: 08:00, end: 14:00, breaks: 11:00 30 min}\nweek: {days: 5}\n",
        encoding="utf-8",
    )
    plain = {**studies.DESK, "pools": {"desk": studies.DESK["pools"]["desk"]}}
    regular = {key: each for key, each in studies.DESK["tiers"]["regular"].items() if key != "callback"}
    plain["tiers"] = {**studies.DESK["tiers"], "regular": regular}
    catalogue: Catalogue = load_catalogue(file)
    answer = cc.staff(cc.load(plain), shifts=catalogue, replications=4, price=True)
    yield "need", case(staffing.need_table(answer), expected.need(answer))
    yield "rates", case(staffing.rates_table(answer, answer.verdicts), expected.rates(answer))
    yield "shifts", case(staffing.shifts_table(answer), expected.shifts(answer))
    assert answer.roster is not None
    yield "fit", case(rosters.fit_table(answer, answer.roster), expected.fit(answer))
    yield "coverage", case(rosters.coverage_table(answer, answer.roster), expected.coverage(answer))
    yield "weeks", case(rosters.weeks_table(answer.roster), expected.weeks(answer))
    yield "prices", case(staffing.prices_table(answer.prices), expected.prices(answer))
