"""Who leaves a chat without a word, and how long it then holds the place of an agent (rule R10a)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.demand.arrivals import interval_at
from callcenter.demand.calls import is_drawn
from callcenter.demand.later_calls import Later
from callcenter.demand.purposes import ARRIVALS, NOBODY
from callcenter.demand.sampling import LawBook, Laws, time_of
from callcenter.demand.streams import Word, Words, name_of, threefry
from callcenter.kernels import kernel
from callcenter.scenario import Scenario


class Silence(NamedTuple):
    """The customers of each tier who leave without a word, in file order."""

    share: Floats
    """Of those whose patience ends."""
    noticed_after: Ints
    """Row of the laws, NOBODY = all of them close the chat."""
    names: Words
    """Shape (tiers, 2): their streams."""
    laws: Laws


def silence_of(scenario: Scenario) -> Silence:
    """Return what a scenario says of silence."""
    book, rules = LawBook(), [tier.silent for tier in scenario.tiers.values()]
    return Silence(
        share=np.array([rule.share if rule else 0.0 for rule in rules]),
        noticed_after=np.array([book.enter(rule.noticed_after) if rule else NOBODY for rule in rules]),
        names=np.array([name_of(name, "silent") for name in scenario.tiers]),
        laws=book.laws(),
    )


@kernel
def noticed_after(
    later: Later, silence: Silence, root: int, ordinal: int, arrived: float, path: int, row: int, tier: int
) -> float:
    """Return how long a contact holds an agent's place once patience has ended; 0 = not at all.

    The contact is known by its customer's first one and the way from there, as in `later_call`.
    """
    if later.written.size > 0:
        return later.written[row]["silent_s"] if silence.share[tier] > 0.0 else 0.0
    draws = later.draws
    state = draws.states[ARRIVALS]
    threefry(
        draws.key, silence.names[tier], Word(ordinal), Word(path), draws.tables.tiers[root]["word"], state
    )
    if not is_drawn(state, silence.share[tier]):
        return 0.0
    return time_of(silence.laws, silence.noticed_after[tier], state, interval_at(draws.tables, arrived))
