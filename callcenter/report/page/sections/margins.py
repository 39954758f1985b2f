"""What one more agent in each pool changes and earns."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Section, Text
from callcenter.report.page.sections.view import View
from callcenter.report.tables.margins import margins_table


def section(view: View) -> Section | None:
    """Return the gains of one more agent, pool by pool; None where nobody asked for them."""
    if view.margins is None:
        return None
    note = _(
        "One more agent in every interval (or on every shift) of one pool at a time. Rates are percentage "
        "points, money is that of a replication; all, in bold, is the whole hotline."
    )
    blocks: list[Block] = [margins_table(view.margins), Text(note, "note")]
    return Section("margins", _("One more agent"), _("One more agent"), blocks, view.shown)
