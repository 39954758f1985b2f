"""Differences in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from callcenter.language import gettext as _
from callcenter.totals import ALL

if TYPE_CHECKING:
    from callcenter.study.comparisons.comparison import Difference


def pair_sentence(rates: Sequence[Difference]) -> str:
    """Return what two scenarios differ in: `B answers 2.1 points more mid calls in time (1.8 to 2.4)`.

    `rates` are the differences of one pair in the answer rate of each tier, and of all.
    """
    first, second = rates[0].first, rates[0].second
    tiers = [found for found in rates if found.part != ALL] or list(rates)
    shown = [_shown(found) for found in tiers if found.different]
    same = [_tier(found.part) for found in tiers if found.difference == found.low == found.high == 0]
    unclear = [_tier(found.part) for found in tiers if not found.different and _tier(found.part) not in same]
    claims = []
    if shown:
        answers = _("{second} answers {shown} in time than {first}")
        claims.append(answers.format(second=second, shown=_(", ").join(shown), first=first))
    if unclear:
        claims.append(_("{tiers}: no difference shown").format(tiers=_(", ").join(unclear)))
    if same:
        claims.append(_("{tiers}: the same").format(tiers=_(", ").join(same)))
    opening = "" if shown else _("{second} against {first}: ").format(second=second, first=first)
    return _("{opening}{claims}.").format(opening=opening, claims=_("; ").join(claims))


def _shown(found: Difference) -> str:
    low, high = sorted(abs(100 * end) for end in (found.low, found.high))
    spread = _(" ({low} to {high})").format(low=f"{low:.1f}", high=f"{high:.1f}")
    more, fewer = _("{size} points more {tier} calls{spread}"), _("{size} points fewer {tier} calls{spread}")
    return (more if found.difference > 0 else fewer).format(
        size=f"{abs(100 * found.difference):.1f}",
        tier=_tier(found.part),
        spread="" if found.low * found.high < 0 else spread,
    )


def _tier(name: str) -> str:
    return _("all") if name == ALL else name


def pairing_sentence(rates: Sequence[Difference]) -> tuple[str, ...]:
    """Return what meeting the same callers saved, in a sentence; nothing where nothing varies."""
    factors = [found.times_the_days for found in rates if found.times_the_days is not None]
    if not factors:
        return ()
    low, high = min(factors), max(factors)
    times = _("{first} to {last}").format(first=_times(low), last=_times(high))
    sentence = _("Two independent samples would have needed {n} times as many days for intervals as narrow.")
    return (sentence.format(n=_times(high) if _times(low) == _times(high) else times),)


def _times(factor: float) -> str:
    return f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}"
