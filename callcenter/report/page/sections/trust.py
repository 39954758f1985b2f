"""Can I trust this? Half-widths, replications, sums that must balance, the other engine."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.page.blocks import Block, Details, Gallery, Section, Text
from callcenter.report.page.picture import Picture, picture
from callcenter.report.page.sections.view import View
from callcenter.report.tables.trust import conservation_table, precision_table
from callcenter.study.sentences.trust import (
    balance,
    meaning_of_intervals,
    no_other_engine,
    other_engine,
    start,
)

MOST_CURVES = 4
"""Tiers whose convergence is drawn."""


def section(view: View) -> Section:
    """Return what speaks for the figures, and what limits them."""
    return Section("trust", _("Can I trust this?"), _("Trust"), list(_blocks(view)), view.shown)


def _blocks(view: View) -> Iterator[Block]:
    yield precision_table(view.result)
    yield Text(meaning_of_intervals(), "note")
    if view.result.replications > 1:
        yield Gallery(list(_pictures(view)))
    yield Text(balance(view.insights))
    yield Details(_("The sums, line by line"), [conservation_table(view.insights.conservation)], "screen")
    second = view.insights.second_opinion
    yield Text(no_other_engine() if second is None else other_engine(second))
    yield Text(start(view.scenario))


def _pictures(view: View) -> Iterator[Picture]:
    result = view.result
    promised = [name for name, tier in result.scenario.tiers.items() if tier.target is not None]
    for number, tier in enumerate(promised[:MOST_CURVES]):
        title = _("{tier}: answer rate after so many replications").format(tier=tier)
        yield picture(figures.convergence(result, tier), f"convergence-{number}", title, _convergence())
    if promised:
        title = _("Answer rates of single days")
        yield picture(figures.day_spread(result), "days", title, _spread())


def _convergence() -> str:
    return _("Band: 95% interval. It narrows as days are added; dashed line: target.")


def _spread() -> str:
    return _("Each dot is a day; a mean on target leaves about half of the days below it.")
