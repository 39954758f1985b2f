"""Priority effects: how long each tier waits, and who pays for the green channel."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report import figures
from callcenter.report.page.blocks import Block, Details, Gallery, Section, Text
from callcenter.report.page.picture import picture
from callcenter.report.page.sections.view import View
from callcenter.report.tables.priorities import priority_table
from callcenter.study.sentences.priorities import effect_left_out, who_pays
from callcenter.totals import ALL


def section(view: View) -> Section | None:
    """Return the waits of each tier, and what priorities change; None where nobody asked for a person."""
    if not view.result.summary["tiers"][ALL]["counts"]["offered"] and not _offered(view):
        return None
    title = _("Who waits how long")
    return Section("priorities", title, _("Priorities"), list(_blocks(view)), view.shown)


def _offered(view: View) -> bool:
    return any(tier["counts"]["offered"] for tier in view.result.summary["tiers"].values())


def _blocks(view: View) -> Iterator[Block]:
    caption = _("Share of the offered calls that wait longer, on a scale of powers of ten; marks: targets.")
    waits = picture(figures.waits(view.result), "waits", _("Waiting longer than …"), caption)
    yield Gallery([waits])
    effect = view.insights.priorities
    if effect is None:
        if any(each.part == "priorities" and each.reason == "over_budget" for each in view.insights.left_out):
            yield Text(effect_left_out(), "note")
        return
    yield Text(_("Who pays for the priorities"), "head")
    yield Text(who_pays(effect))
    number = wording.plural(len(effect.before.tallies), "replication")
    if len(effect.before.tallies) < len(view.result.tallies):
        note = _("Rates of this table are those of the first {number} only, so they differ from those above.")
        yield Text(note.format(number=number), "note")
    yield priority_table(effect)
    summary = _("Without priorities: {number} of the same callers with these settings removed.")
    yield Details(summary.format(number=number), [Text(", ".join(effect.removed), "note")], "screen")
