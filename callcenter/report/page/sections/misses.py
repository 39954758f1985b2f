"""Why a target is missed: which tier, when, who works then, and what one more agent there changes."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Section, Text
from callcenter.report.page.sections.view import View
from callcenter.report.tables.misses import gain_table, stretch_table, then_table
from callcenter.study.insights import LeftOut, Miss
from callcenter.study.sentences.misses import explanation, gains_left_out, heading, needed


def section(view: View) -> Section | None:
    """Return what stands between a tier and its target; None where every target is met."""
    if not view.insights.misses:
        return None
    blocks = [block for miss in view.insights.misses for block in _miss(view, miss)]
    is_missed = any(miss.verdict == "missed" for miss in view.insights.misses)
    title = _("Why a target is missed") if is_missed else _("What is unclear")
    return Section("why", title, _("Why") if is_missed else _("Unclear"), blocks, view.shown)


def _miss(view: View, miss: Miss) -> Iterator[Block]:
    yield Text(heading(miss), "head")
    yield Text(explanation(view.result, miss))
    if miss.stretches:
        yield stretch_table(miss)
    if miss.pools:
        yield then_table(miss)
    gains = [gain for gain in view.insights.gains if gain.tier == miss.tier]
    if gains:
        yield gain_table(gains, list(view.scenario.tiers))
        yield from (Text(needed(gain)) for gain in gains if gain.needed is not None)
    elif LeftOut("gains", "over_budget", miss.tier) in view.insights.left_out:
        yield Text(gains_left_out(), "note")
