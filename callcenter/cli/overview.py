"""A scenario in one line: calls, agents, load."""

from __future__ import annotations

from callcenter.demand import Loads
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.answers.points import roster


def overview(scenario: Scenario) -> str:
    """Return how many calls a scenario expects, how many agents it staffs, and the load they are offered."""
    loads = Loads(scenario)
    calls = _first_calls(loads)
    agents = roster(scenario)
    text = (
        _(
            "{calls:,.0f} calls a day, {peak:,} agents at the peak ({hours:,.0f} agent-hours a day), "
            "offered load {erlangs:,.0f} Erlang at the peak"
        )
        if agents.is_all_on_the_phones
        else _(
            "{calls:,.0f} calls a day, {peak:,} agents at the peak ({hours:,.0f} agent-hours a day; "
            "rostered: {rostered:,.0f}), offered load {erlangs:,.0f} Erlang at the peak"
        )
    )
    figures = {"peak": agents.peak, "hours": agents.hours, "rostered": agents.rostered_hours}
    return text.format(calls=calls, erlangs=max(_erlangs(loads)), **figures)


def _first_calls(loads: Loads) -> float:
    """Return the calls that the mean day expects, before any IVR."""
    demand, days = loads.scenario.demand, loads.scenario.days
    rows = [demand.expected_on(tier) for tier in loads.scenario.tiers]
    if max(map(len, rows)) == 1:
        return loads.factor() * sum(sum(row[0]) for row in rows)
    factors = [loads.factor(day) for day in range(days)]
    return (
        sum(factors[day] * sum(each[day if len(each) > 1 else 0]) for each in rows for day in range(days))
        / days
    )


def _erlangs(loads: Loads) -> list[float]:
    """Return the agents that the calls of each interval of the busiest day would keep busy on average."""
    day = loads.busiest_day()
    return [
        sum(loads.of(tier, interval, day).erlangs for tier in loads.scenario.tiers)
        for interval in range(loads.scenario.day.intervals)
    ]
