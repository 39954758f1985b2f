"""The answer: which targets are met, with how many agents, in sentences and on one card per tier."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Cards, Section, Text
from callcenter.report.page.cards import cards
from callcenter.report.page.sections.view import View
from callcenter.report.tables.layout import Table
from callcenter.report.tables.points import fewest_table
from callcenter.report.tables.targets import targets_table
from callcenter.study.answers.fewest import fewest
from callcenter.study.sentences.agents import agents_and_cost
from callcenter.study.sentences.misses import needed
from callcenter.study.sentences.rules import rule_notes
from callcenter.study.sentences.verdicts import conditions_met, legend, not_finished

MOST_CONDITIONS = 6
"""Conditions that one sentence can hold."""


def section(view: View) -> Section:
    """Return the first thing a planner wants to read."""
    return Section("answer", _("The answer"), _("Answer"), list(_blocks(view)))


def _blocks(view: View) -> Iterator[Block]:
    study, agents = view.study, fewest_table(view.study)
    if study.incomplete:
        yield Text(not_finished(), "answer")
    sentences = (_sentence(view, agents), *_remedies(view), study.callback_answer, *study.remarks)
    yield Text("\n".join(filter(None, sentences)), "answer")
    if agents is not None:
        yield agents
    if view.is_sweep:
        yield Text(_("Shown in detail: {point}").format(point=view.shown), "head")
        reason = _("It is {reason}. All points are in the table of the points.").format(reason=view.reason)
        yield Text(reason, "note")
    yield Text(agents_and_cost(view.result))
    targets = targets_table(view.result, view.study.days_asked)
    if targets is not None:
        yield targets
        yield from (Text(note, "note") for note in rule_notes(view.scenario))
    promised = cards(view.result)
    if promised:
        yield Cards(promised)
        yield Text(legend(view.scenario), "note")


def _remedies(view: View) -> Iterator[str]:
    """Yield, of a single run, how many agents more would keep each promise that it misses."""
    if not view.is_sweep:
        yield from (needed(gain) for gain in view.insights.gains if gain.needed is not None)


def _sentence(view: View, agents: Table | None) -> str:
    """Return the study's own sentence, a shorter one where the table of conditions says it better."""
    if agents is None or len(agents.rows) <= MOST_CONDITIONS:
        return view.study.answer
    return conditions_met(fewest(view.study))
