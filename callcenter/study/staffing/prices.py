"""What a promise costs: the search again, from the staffing found, with one target moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from callcenter.study.staffing.search import Search, Stand

STEP = 0.05
"""By how much a target is raised unless shares are given."""
HIGHEST = 0.99
ROUNDS = 3


class Price(NamedTuple):
    """What moving one target costs."""

    tier: str
    target: float
    moved_to: float
    hours: float
    """Additional agent-hours per day, unweighted."""
    cost: float
    """The same weighted by cost per hour, 1 where not priced."""
    agents: float
    """Additional agents, on average over the opening hours."""
    within_s: float | None = None
    over: str = "run"
    on_days: float | None = None
    """How soon calls are to be answered, over what that is judged and on which share of days."""


def prices(
    search: Search, start: Stand, hours_open: float, moves: Mapping[str, Sequence[float]] | None = None
) -> list[Price]:
    """Return what each moved answer rate costs; by default each is raised by STEP.

    Searched from the same staffing in the same number of steps, with all targets as they are and with one
    moved; what keeps a higher target keeps the lower one, so no price is below 0.
    """
    table, usual = [], search.cheaper(start, ROUNDS)
    for place, target in enumerate(search.goals.targets):
        if not target.is_answer_rate:
            continue
        name, share = target.name, target.bound
        default = [round(min(share + STEP, max(HIGHEST, share)), 6)]
        for moved in (moves or {}).get(name, [] if moves else default):
            other = search.with_(goals=search.goals.moved(place, moved))
            stand = other.cheaper(other.repaired(other.stand(start.levels)), ROUNDS)
            if moved >= share and stand.cost < usual.cost:
                stand = usual
            hours = float((stand.levels - usual.levels).sum()) * search.interval / 3600
            asked = target.goal
            price = Price(name, share, moved, hours, stand.cost - usual.cost, hours / hours_open)
            table.append(price._replace(within_s=asked.within, over=asked.over, on_days=asked.on))
    return table
