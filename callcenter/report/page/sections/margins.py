"""What one more agent in each pool changes and earns."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Section, Text
from callcenter.report.page.sections.view import View
from callcenter.report.tables.margins import NOTE, margins_table


def section(view: View) -> Section | None:
    """Return the gains of one more agent, pool by pool; None where nobody asked for them."""
    if view.margins is None:
        return None
    blocks: list[Block] = [margins_table(view.margins), Text(_(NOTE), "note")]
    return Section("margins", _("One more agent"), _("One more agent"), blocks, view.shown)
