"""Costs, values and their balance, and what one more agent earns."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Section
from callcenter.report.page.sections.view import View
from callcenter.report.page.terms import terms_of
from callcenter.report.tables.money import economics_table


def section(view: View) -> Section | None:
    """Return costs, values and their balance; None where nothing has a price."""
    table, title = economics_table(view.result), _("Economics")
    return table and Section("economics", title, title, [table, terms_of(table)], view.shown)
