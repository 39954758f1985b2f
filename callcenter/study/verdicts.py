"""Differences in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callcenter.study.comparison import Difference

ALL = "all"


def pair_sentence(rates: Sequence[Difference]) -> str:
    """Return what two scenarios differ in: `B answers 2.1 points more mid calls in time (1.8 to 2.4)`.

    `rates` are the differences of one pair in the answer rate of each tier, and of all.
    """
    first, second = rates[0].first, rates[0].second
    tiers = [found for found in rates if found.part != ALL] or list(rates)
    shown = [_shown(found) for found in tiers if found.different]
    same = [found.part for found in tiers if found.difference == found.low == found.high == 0]
    unclear = [found.part for found in tiers if not found.different and found.part not in same]
    claims = [f"{second} answers {', '.join(shown)} in time than {first}"] if shown else []
    claims += [f"{', '.join(unclear)}: no difference shown"] if unclear else []
    claims += [f"{', '.join(same)}: the same"] if same else []
    opening = "" if shown else f"{second} against {first}: "
    return f"{opening}{'; '.join(claims)}."


def _shown(found: Difference) -> str:
    more = found.difference > 0
    ends = sorted(abs(100 * end) for end in (found.low, found.high))
    size, word = f"{abs(100 * found.difference):.1f} points", "more" if more else "fewer"
    spread = "" if found.low * found.high < 0 else f" ({ends[0]:.1f} to {ends[1]:.1f})"
    return f"{size} {word} {found.part} calls{spread}"


def pairing_sentence(rates: Sequence[Difference]) -> tuple[str, ...]:
    """Return what meeting the same callers saved, in a sentence; nothing where nothing varies."""
    factors = [found.times_the_days for found in rates if found.times_the_days is not None]
    if not factors:
        return ()
    low, high = min(factors), max(factors)
    times = _times(high) if _times(low) == _times(high) else f"{_times(low)} to {_times(high)}"
    return (f"Two independent samples would have needed {times} times as many days for intervals as narrow.",)


def _times(factor: float) -> str:
    return f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}"
