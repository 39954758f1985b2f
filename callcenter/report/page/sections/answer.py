"""The answer: which targets are met, with how many agents, in sentences and on a card a tier."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Cards, Section, Text
from callcenter.report.page.cards import cards
from callcenter.report.page.sections.view import View
from callcenter.report.page.sections.words import definition_of, effort, needed
from callcenter.report.tables.layout import Table
from callcenter.report.tables.points import fewest_table
from callcenter.study.answers.fewest import fewest

MOST_CONDITIONS = 6
"""Conditions that one sentence can hold."""


def section(view: View) -> Section:
    """Return the first thing a planner wants to read."""
    return Section("answer", _("The answer"), _("Answer"), list(_blocks(view)))


def _blocks(view: View) -> Iterator[Block]:
    study, agents = view.study, fewest_table(view.study)
    if study.incomplete:
        yield Text(_not_finished(), "answer")
    sentences = (_sentence(view, agents), *_remedies(view), study.callback_answer, *study.remarks)
    yield Text("\n".join(filter(None, sentences)), "answer")
    if agents is not None:
        yield agents
    if view.is_sweep:
        yield Text(_("Shown in detail: {point}").format(point=view.shown), "head")
        reason = _("It is {reason}. All points are in the table of the points.").format(reason=view.reason)
        yield Text(reason, "note")
    yield Text(effort(view.result))
    promised = cards(view.result)
    if promised:
        yield Cards(promised)
        yield Text(_legend(view), "note")


def _remedies(view: View) -> Iterator[str]:
    """Yield, of a single run, how many agents more would keep each promise that it misses."""
    if not view.is_sweep:
        yield from (needed(gain) for gain in view.insights.gains if gain.needed is not None)


def _not_finished() -> str:
    return _(
        "Not finished: some replications are still to be simulated; the figures are those of the others."
    )


def _legend(view: View) -> str:
    return _(
        "The dot is the simulated answer rate ({definition}), the grey bar its 95% interval, the upright "
        "line the target. Met: the whole interval reaches the target; missed: all of it stays below; "
        "unclear: the target lies inside, so many days cannot tell."
    ).format(definition=definition_of(view.scenario))


def _sentence(view: View, agents: Table | None) -> str:
    """Return the study's own sentence, a shorter one where the table of conditions says it better."""
    if agents is None or len(agents.rows) <= MOST_CONDITIONS:
        return view.study.answer
    found = fewest(view.study)
    met = sum(entry.best is not None for entry in found)
    return _(
        "Every target was met at {met} of {number} conditions; the fewest agents that did are below."
    ).format(met=met, number=len(found))
