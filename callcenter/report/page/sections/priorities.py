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
from callcenter.study.insights import PriorityEffect, TierEffect
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
            yield Text(_too_large(), "note")
        return
    yield Text(_("Who pays for the priorities"), "head")
    yield Text(_who_pays(effect))
    yield priority_table(effect)
    number = wording.plural(len(effect.before.tallies), "replication")
    if len(effect.before.tallies) < len(view.result.tallies):
        yield Text(_("Of {number}; the rates above are of all.").format(number=number), "note")
    said = _("Without priorities: {number} of the same callers with these settings removed.").format(
        number=number
    )
    yield Details(said, [Text(", ".join(effect.removed), "note")], "screen")


def _too_large() -> str:
    return _(
        "What priorities change was not simulated for this report, as a replication has very many calls; "
        "`callcenter compare` with a scenario without them does it."
    )


def _who_pays(effect: PriorityEffect) -> str:
    """Return who is answered more often in time because of priorities, and who less."""
    tiers = [tier for tier in effect.tiers if tier.tier != ALL]
    gains = [_said(tier) for tier in tiers if tier.rate_change.high < 0]
    losses = [_said(tier) for tier in tiers if tier.rate_change.low > 0]
    if not gains and not losses:
        return _("No difference in the answer rates is shown.")
    nobody = _("nobody")
    return _("Priorities give {gains}; they take from {losses} (percentage points answered in time).").format(
        gains=_(", ").join(gains) or nobody, losses=_(", ").join(losses) or nobody
    )


def _said(tier: TierEffect) -> str:
    return _("{tier} {points}").format(tier=tier.tier, points=wording.points(-tier.rate_change.value))
