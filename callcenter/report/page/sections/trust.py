"""Can I trust this? Half-widths, replications, sums that must come out, the other engine."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.page.blocks import Block, Details, Gallery, Section, Text
from callcenter.report.page.picture import Picture, picture
from callcenter.report.page.sections.view import View
from callcenter.report.tables.trust import conservation_table, precision_table
from callcenter.study.insights import Insights, SecondOpinion

MOST_CURVES = 4
"""Tiers whose convergence is drawn."""


def section(view: View) -> Section:
    """Return what speaks for the figures, and what limits them."""
    return Section("trust", _("Can I trust this?"), _("Trust"), list(_blocks(view)), view.shown)


def _blocks(view: View) -> Iterator[Block]:
    yield precision_table(view.result)
    yield Text(_meaning(), "note")
    if view.result.replications > 1:
        yield Gallery(list(_pictures(view)))
    yield Text(_balance(view.insights))
    yield Details(_("The sums, line by line"), [conservation_table(view.insights.conservation)], "screen")
    opinion = view.insights.second_opinion
    yield Text(_no_opinion() if opinion is None else _opinion(opinion))
    yield Text(_start(view))


def _meaning() -> str:
    return _(
        "The interval says how far chance may have moved the mean; four times the replications halve it. It "
        "says nothing about inputs that are wrong: calls, handle times and patience are taken as given."
    )


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


def _balance(insights: Insights) -> str:
    wrong = [each for each in insights.conservation if not each.balanced]
    if wrong:
        return _("Sums that do not come out: {names}. Please report this as a fault.").format(
            names=_(", ").join(each.name for each in wrong)
        )
    calls = sum(each.total for each in insights.conservation if each.kind == "calls")
    return _(
        "Nothing was lost: each of {calls} calls ended in exactly one outcome, and agents were busy or idle "
        "at every moment they were on the phones ({number} sums checked)."
    ).format(calls=f"{calls:,.0f}", number=len(insights.conservation))


def _opinion(opinion: SecondOpinion) -> str:
    first, second = opinion.engines
    if not opinion.identical:
        return _(
            "The engines {first} and {second} differ in {columns}. Please report this as a fault."
        ).format(first=first, second=second, columns=", ".join(opinion.differing))
    return _(
        "A second opinion: the other engine ({second}, written apart from {first}) simulated {calls} calls "
        "of the same replications again; all {columns} columns of the logs are equal to the last bit."
    ).format(first=first, second=second, calls=f"{opinion.calls:,}", columns=opinion.columns)


def _no_opinion() -> str:
    return _("The other engine was not asked: the scenario is too large for it, or its routing is your own.")


def _start(view: View) -> str:
    scenario = view.scenario
    if scenario.warm_up:
        return _("Calls of the first {time} are simulated but not counted (warm-up).").format(
            time=wording.duration(scenario.warm_up)
        )
    return _("Each replication starts with an empty hotline; nothing is cut off at its beginning.")
