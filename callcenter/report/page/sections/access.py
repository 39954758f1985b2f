"""What happens before a call is offered: the IVR and the trunk lines."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Section
from callcenter.report.page.sections.view import View
from callcenter.report.page.terms import terms_of
from callcenter.report.tables.access import ivr_table, line_table


def section(view: View) -> Section | None:
    """Return what the IVR and the trunk lines did; None where there are neither."""
    tables = [table for table in (ivr_table(view.result), line_table(view.result)) if table]
    if not tables:
        return None
    title = _("IVR and lines")
    return Section("access", title, title, [*tables, terms_of(*tables)], view.shown)
