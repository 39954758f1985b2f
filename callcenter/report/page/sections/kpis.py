"""The key figures of the point shown: tiers, definitions, pools."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Section, Terms
from callcenter.report.page.sections.view import View
from callcenter.report.page.sections.words import definition_of
from callcenter.report.tables.kpis import definition_table, pool_table, tier_table


def section(view: View) -> Section:
    """Return every key figure with what it means."""
    result = view.result
    blocks: list[Block] = [
        tier_table(result),
        Terms(_tier_terms(view)),
        definition_table(result),
        pool_table(result),
        Terms(_pool_terms()),
    ]
    return Section("kpis", _("Key figures"), _("Key figures"), blocks, view.shown)


def _tier_terms(view: View) -> list[tuple[str, str]]:
    in_time = _("{definition}; in time is a wait of at most the target's")
    return [
        (_("offered"), _("calls that asked for a person")),
        (_("answer rate"), in_time.format(definition=definition_of(view.scenario))),
        (
            "✓ ✗ ?",
            _("met: the whole 95% interval reaches the target; missed: all of it is below; else unclear"),
        ),
        (_("days met"), _("share of the simulated days that kept the promise, each day on its own")),
        (_("abandoned"), _("share of the offered calls that hung up while waiting")),
        (_("ASA"), _("mean wait of the answered calls (average speed of answer)")),
        (_("mean wait"), _("mean wait of all offered calls, lost ones included")),
        (
            _("95% waited at most, longest wait"),
            _("of the offered calls of a replication; mean over replications (1:37 min is 1 min 37 s)"),
        ),
        (_("all"), _("every tier with a target, counted at the shortest threshold")),
        ("–", _("no value: nothing was offered, nothing was promised, or one replication has no interval")),
    ]


def _pool_terms() -> list[tuple[str, str]]:
    return [
        (_("occupancy"), _("busy ÷ (staffed + overtime)")),
        (_("overtime"), _("work beyond the roster: after the staffing fell, or after the close")),
    ]
