"""The key figures of the point shown: tiers, definitions, pools."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Section, Terms
from callcenter.report.page.sections.view import View
from callcenter.report.page.terms import terms_of
from callcenter.report.tables.pools import pool_table
from callcenter.report.tables.tiers import definition_table, tier_table
from callcenter.study.sentences.definitions import definition_of


def section(view: View) -> Section:
    """Return every key figure with what it means."""
    tiers, pools = tier_table(view.result), pool_table(view.result)
    blocks: list[Block] = [
        tiers,
        terms_of(tiers, definition=definition_of(view.scenario)),
        Terms(_signs()),
        definition_table(view.result),
        pools,
        terms_of(pools),
    ]
    return Section("kpis", _("Key figures"), _("Key figures"), blocks, view.shown)


def _signs() -> list[tuple[str, str]]:
    """Return what stands in the tables beside figures."""
    return [
        (
            "✓ ✗ ?",
            _("met: the whole 95% interval reaches the target; missed: all of it is below; else unclear"),
        ),
        (_("all"), _("every tier with a target, counted at the shortest threshold")),
        ("–", _("no value: nothing was offered, nothing was promised, or one replication has no interval")),
    ]
