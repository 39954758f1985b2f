"""A scenario in one line: calls, agents, load."""

from __future__ import annotations

from callcenter.scenario import Scenario
from callcenter.study.answers.points import roster


def overview(scenario: Scenario) -> str:
    """Return how many calls a scenario expects, how many agents it staffs, and the load they are offered."""
    calls = sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
    agents = roster(scenario)
    paid = "" if agents.is_all_on_the_phones else f"; rostered: {agents.rostered_hours:,.0f}"
    return (
        f"{calls:,.0f} calls a day, {agents.peak:,} agents at the peak "
        f"({agents.hours:,.0f} agent-hours a day{paid}), "
        f"offered load {max(_load(scenario)):,.0f} Erlang at the peak"
    )


def _load(scenario: Scenario) -> list[float]:
    """Return the agents that the calls of each interval would keep busy on average."""
    return [sum(tier) for tier in zip(*(_tier_load(scenario, name) for name in scenario.tiers), strict=True)]


def _tier_load(scenario: Scenario, name: str) -> list[float]:
    tier = scenario.tiers[name]
    work = scenario.asking(name) * (tier.talk.mean + tier.wrap_up.mean)
    return [calls * work / scenario.day.interval for calls in scenario.demand.expected(name)]
