"""A scenario in one line: calls, agents, load."""

from __future__ import annotations

from callcenter.demand import Loads
from callcenter.scenario import Scenario


def overview(scenario: Scenario) -> str:
    """Return how many calls a scenario expects, how many agents it staffs, and the load they are offered."""
    loads = Loads(scenario)
    calls = loads.factor() * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
    agents = [sum(level) for level in zip(*(scenario.staffed(pool) for pool in scenario.pools), strict=True)]
    hours = sum(agents) * scenario.day.interval / 3600
    return (
        f"{calls:,.0f} calls a day, {max(agents):,.0f} agents at the peak ({hours:,.0f} agent-hours a day), "
        f"offered load {max(_erlangs(loads)):,.0f} Erlang at the peak"
    )


def _erlangs(loads: Loads) -> list[float]:
    """Return the agents that the calls of each interval of the busiest day would keep busy on average."""
    day = loads.busiest_day()
    return [
        sum(loads.of(tier, interval, day).erlangs for tier in loads.scenario.tiers)
        for interval in range(loads.scenario.day.intervals)
    ]
