"""Tiers that the log does not tell: mostly of calls that did not wait, whose priority nobody wrote down.

They are drawn, in the shares among calls of the same kind whose tier is known.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Flags, Ints
from callcenter.fit.calls import Calls
from callcenter.fit.errors import FitError
from callcenter.fit.estimates import Estimate, by_group, share
from callcenter.language import gettext as _
from callcenter.language import noted

_SEED = 10_010


class Shares(NamedTuple):
    """The tiers of one kind of call, as far as they are known."""

    kind: str
    """What callers chose in the IVR; empty where records do not hold it."""
    shares: dict[str, Estimate]
    drawn: int
    """Calls whose tier was drawn in these shares."""


def decided(calls: Calls) -> tuple[Calls, list[Shares]]:
    """Return the calls, every one with a tier, and the shares that tiers were drawn by."""
    if (calls.tier >= 0).all():
        return calls, []
    tier, chance = calls.tier.copy(), np.random.default_rng(_SEED)
    shares_by_kind = []
    for kind in range(-1, len(calls.kinds)):
        own = calls.kind == kind
        unknown = own & (calls.tier < 0)
        if not unknown.any():
            continue
        known = own & (calls.tier >= 0)
        if not known.any():
            known = calls.tier >= 0
        counts = np.bincount(calls.tier[known], minlength=len(calls.tiers))
        if not counts.any():
            raise FitError(_("no call has a tier; name the tiers in the map of the records"))
        tier[unknown] = chance.choice(len(counts), int(unknown.sum()), p=counts / counts.sum())
        name = calls.kinds[kind] if kind >= 0 else ""
        shares_by_kind.append(Shares(name, _shares(calls, known, counts), int(unknown.sum())))
    return calls.with_tiers(calls.tiers, tier), shares_by_kind


def _shares(calls: Calls, known: Flags, counts: Ints) -> dict[str, Estimate]:
    days = calls.number_of_days
    every = by_group(known.astype(float), calls.day, days)
    return {
        calls.tiers[tier]: share(
            by_group((known & (calls.tier == tier)).astype(float), calls.day, days),
            every,
            noted("among calls that queued"),
        )
        for tier in np.flatnonzero(counts)
    }


def kinds_of_tiers(calls: Calls) -> tuple[tuple[str, ...], Ints]:
    """Return the kinds of work, and that of each tier: what its callers mostly chose, else the tier."""
    if not calls.kinds:
        return calls.tiers, np.arange(len(calls.tiers))
    shape = (len(calls.tiers), len(calls.kinds))
    own = (calls.tier >= 0) & (calls.kind >= 0)
    place = np.ravel_multi_index((calls.tier[own], calls.kind[own]), shape)
    table = np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)
    names = [calls.kinds[row.argmax()] if row.any() else calls.tiers[tier] for tier, row in enumerate(table)]
    kinds = tuple(dict.fromkeys(names))
    return kinds, np.array([kinds.index(name) for name in names])
