"""What priorities do: who is answered more often in time because of them, and who less."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.study.insights import PriorityEffect, TierEffect
from callcenter.totals import without_total


def effect_left_out() -> str:
    """Return why what priorities change is not said."""
    return _(
        "What priorities change was not simulated for this report, as a replication has very many calls; "
        "`callcenter compare` with a scenario without them does it."
    )


def who_pays(effect: PriorityEffect) -> str:
    """Return who is answered more often in time because of priorities, and who less."""
    kept = without_total(tier.tier for tier in effect.tiers)
    tiers = [tier for tier in effect.tiers if tier.tier in kept]
    gains = [_gain(tier) for tier in tiers if tier.rate_change.high < 0]
    losses = [_gain(tier) for tier in tiers if tier.rate_change.low > 0]
    if not gains and not losses:
        return _("No difference in the answer rates is shown.")
    nobody = _("nobody")
    return _("Priorities give {gains}; they take from {losses} (percentage points answered in time).").format(
        gains=_(", ").join(gains) or nobody, losses=_(", ").join(losses) or nobody
    )


def _gain(tier: TierEffect) -> str:
    return _("{tier} {points}").format(tier=tier.tier, points=wording.points(-tier.rate_change.value))
