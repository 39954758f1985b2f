"""A scenario in one line: calls, agents, load."""

from __future__ import annotations

from callcenter.demand import Loads
from callcenter.scenario import Scenario
from callcenter.study.answers.points import roster


def overview(scenario: Scenario) -> str:
    """Return how many calls a scenario expects, how many agents it staffs, and the load they are offered."""
    loads = Loads(scenario)
    calls = loads.factor() * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
    agents = roster(scenario)
    paid = "" if agents.is_all_on_the_phones else f"; rostered: {agents.rostered_hours:,.0f}"
    return (
        f"{calls:,.0f} calls a day, {agents.peak:,} agents at the peak "
        f"({agents.hours:,.0f} agent-hours a day{paid}), "
        f"offered load {max(_erlangs(loads)):,.0f} Erlang at the peak"
    )


def _erlangs(loads: Loads) -> list[float]:
    """Return the agents that the calls of each interval of the busiest day would keep busy on average."""
    day = loads.busiest_day()
    return [
        sum(loads.of(tier, interval, day).erlangs for tier in loads.scenario.tiers)
        for interval in range(loads.scenario.day.intervals)
    ]
