"""Customers, who may call more than once."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Section
from callcenter.report.page.sections.view import View
from callcenter.report.page.terms import terms_of
from callcenter.report.tables.customers import customer_table


def section(view: View) -> Section | None:
    """Return who called how often; None where every call is a customer."""
    table, title = customer_table(view.result), _("Customers")
    return table and Section("customers", title, title, [table, terms_of(table)], view.shown)
