"""Callbacks: what was owed, what became of it, and the backlog through the day."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.page.blocks import Block, Gallery, Section, Text
from callcenter.report.page.picture import Picture, picture
from callcenter.report.page.sections.view import View
from callcenter.report.tables.callbacks import callback_table
from callcenter.study import Result
from callcenter.study.answers.callbacks import owes_callbacks


def section(view: View) -> Section:
    """Return what became of the callbacks, or that none was owed."""
    table, title = callback_table(view.result), _("Callbacks")
    none = Text(_("No callback was owed: no tier is promised one, or nobody was lost."))
    blocks: list[Block] = [Gallery(callback_pictures(view.result)), table] if table else [none]
    return Section("callbacks", title, title, blocks, view.shown)


def callback_pictures(result: Result) -> list[Picture]:
    """Return backlog and work of the callbacks; nothing if none was owed."""
    if not owes_callbacks(result.summary):
        return []
    overdue = _(
        "Band: 95% interval. Where the open ones rise above the dashed line, some are older than {promise}."
    ).format(promise=wording.duration(result.scenario.callbacks.within))
    title = _("Callbacks open at the end of each interval")
    made = _("Callbacks created and attempts made")
    again = _("An attempt that reaches nobody is repeated.")
    return [
        picture(figures.callback_backlog(result), "backlog", title, overdue),
        picture(figures.callback_work(result), "callback-work", made, again),
    ]
