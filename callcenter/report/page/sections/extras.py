"""What only some scenarios have: customers who call more than once, an IVR and its lines, money."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.features import has_ivr, has_lines
from callcenter.report.page.blocks import Section, Terms
from callcenter.report.page.sections.view import View
from callcenter.report.tables.extras import customer_table, economics_table, ivr_table, line_table


def customers(view: View) -> Section | None:
    """Return who called how often; None where every call is a customer."""
    table, title = customer_table(view.result), _("Customers")
    if table is None:
        return None
    terms = [
        (_("calls of each"), _("calls of a customer, redials and repeats included, transferred ones not")),
        (
            _("solved at first contact"),
            _("of those an agent answered: share that had no reason to call again"),
        ),
        (_("never served"), _("neither answered, nor solved in the IVR, nor reached by a callback")),
    ]
    return Section("customers", title, title, [table, Terms(terms)], view.shown)


def access(view: View) -> Section | None:
    """Return what the IVR and the trunk lines did; None where there are neither."""
    tables = [table for table in (ivr_table(view.result), line_table(view.result)) if table]
    if not tables:
        return None
    title = _("IVR and lines")
    until = _(
        "from dialling to an agent's answer, mean of the answered calls; the wait in the tables above begins "
        "after the IVR"
    )
    blocked = _("share of the dialled calls that were blocked because every line was taken")
    terms = [
        *([(_("until a person"), until)] if has_ivr(view.scenario) else []),
        *([(_("calls that found none"), blocked)] if has_lines(view.scenario) else []),
    ]
    return Section("access", title, title, [*tables, Terms(terms)], view.shown)


def economics(view: View) -> Section | None:
    """Return costs, values and their balance; None where nothing has a price."""
    table, title = economics_table(view.result), _("Economics")
    if table is None:
        return None
    terms = [
        (
            _("calls of a tier"),
            _("answered and abandoned calls at the values the scenario gives them"),
        ),
        (_("net"), _("value less cost")),
        (_("an answered call"), _("all costs ÷ calls answered")),
    ]
    return Section("economics", title, title, [table, Terms(terms)], view.shown)
