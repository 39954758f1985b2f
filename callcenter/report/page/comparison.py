"""The page of a comparison: what scenarios on the same callers differ in."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.page.blocks import Block, Bullets, Cards, Code, Details, Gallery, Page, Section, Text
from callcenter.report.page.cards import cards
from callcenter.report.page.picture import picture
from callcenter.report.tables.comparison import footnotes, pair_tables
from callcenter.report.tables.inputs import pools_table, scenario_yaml, tiers_table
from callcenter.study import Comparison
from callcenter.study.differences.difference import Side


def comparison_page(comparison: Comparison, command: str = "") -> Page:
    """Gather the page of a comparison."""
    names = [side.name for side in comparison.sides]
    sections = [
        Section("answer", _("The answer"), _("Answer"), list(_answer(comparison))),
        Section("differences", _("Differences"), _("Differences"), list(_differences(comparison))),
        *(_side(number, side) for number, side in enumerate(comparison.sides)),
        Section("reproduce", _("How to reproduce it"), _("Reproduce"), list(_reproduce(comparison, command))),
    ]
    footer = _("The same figures for a spreadsheet: results.xlsx and comparison.csv beside this file.")
    return Page(" / ".join(names), _subtitle(comparison), sections, footer)


def _subtitle(comparison: Comparison) -> str:
    result = comparison.sides[0].result
    parts = [
        _("comparison on the same callers") if comparison.has_same_callers else _("comparison"),
        wording.plural(result.replications, "replication"),
        _("seed {seed}").format(seed=result.seed),
    ]
    return " · ".join(parts)


def _answer(comparison: Comparison) -> Iterator[Block]:
    yield Text("\n".join(comparison.sentences), "answer")
    if comparison.notes:
        yield Text(_("Please note:"))
        yield Bullets(comparison.notes)


def _differences(comparison: Comparison) -> Iterator[Block]:
    title = _("Answer rates: difference in % points")
    caption = _(
        "Dot: difference; stroke: its 95% interval. Filled: shown at 5%; hollow: not shown. "
        "Right of the line: more calls are answered in time."
    )
    yield Gallery([picture(figures.differences(comparison), "differences-figure", title, caption)])
    yield from pair_tables(comparison)
    yield from (Text(note, "note") for note in footnotes(comparison))


def _side(number: int, side: Side) -> Section:
    scenario = side.result.scenario
    blocks: list[Block] = [Text(scenario.about, "about")] if scenario.about else []
    blocks += [Cards(cards(side.result)), tiers_table(scenario), pools_table(scenario)]
    yaml = Details(
        _("The scenario as YAML, nothing left to look up"), [Code(scenario_yaml(scenario))], "screen"
    )
    return Section(f"side-{number}", side.name, side.name, [*blocks, yaml])


def _reproduce(comparison: Comparison, command: str) -> Iterator[Block]:
    if command:
        yield Code(command)
    result = comparison.sides[0].result
    met = _("All scenarios meet the same callers: {replications} of seed {seed}, engine {engine}.")
    not_met = _(
        "{replications} of seed {seed}, engine {engine}; the callers of the scenarios are not all the same."
    )
    again = _(
        "The same files, seed and number of replications give the same figures, on any number of workers."
    )
    yield Text(
        wording.in_a_row([met if comparison.has_same_callers else not_met, again]).format(
            replications=wording.plural(result.replications, "replication"),
            seed=result.seed,
            engine=result.engine,
        )
    )
