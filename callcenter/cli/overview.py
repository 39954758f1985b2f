"""A scenario in one line: calls, agents, load."""

from __future__ import annotations

import math

from callcenter.demand import Loads
from callcenter.demand.days import rota_of_day
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario import Scenario
from callcenter.scenario.parts.by_day import ByDay
from callcenter.scenario.parts.calendar import day_text
from callcenter.scenario.parts.staffing import mean_staffing
from callcenter.scenario.values import round_half_up
from callcenter.study.answers.points import roster


def overview(scenario: Scenario) -> str:
    """Return how many calls a scenario expects, how many agents it staffs, and the load they are offered."""
    loads = Loads(scenario)
    agents = roster(scenario)
    figures: dict[str, float | str] = {
        "calls": _first_calls(loads),
        "erlangs": loads.peak_erlangs,
        "agents": _agents(agents.peak),
        "hours": agents.hours,
        "rostered": agents.rostered_hours,
    }
    if any(isinstance(pool.agents, ByDay) and pool.agents.drawn_from for pool in scenario.pools.values()):
        return _drawn().format(**figures)
    if not loads.days_are_alike:
        day = loads.busiest_day()
        figures |= {"agents": _agents(_peak_on(scenario, day)), "day": day_text(scenario.date_of(day), day)}
        return _uneven().format(**figures)
    return (_all_on_the_phones() if agents.is_all_on_the_phones else _some_off_the_phones()).format(**figures)


def _all_on_the_phones() -> str:
    return _(
        "{calls:,.0f} calls a day, {agents} at the peak ({hours:,.0f} agent-hours a day), "
        "offered load {erlangs:,.0f} Erlang at the peak"
    )


def _some_off_the_phones() -> str:
    return _(
        "{calls:,.0f} calls a day, {agents} at the peak ({hours:,.0f} agent-hours a day; "
        "rostered: {rostered:,.0f}), offered load {erlangs:,.0f} Erlang at the peak"
    )


def _uneven() -> str:
    return _(
        "{calls:,.0f} calls and {hours:,.0f} agent-hours a day on average; on {day}, the busiest, "
        "{agents} and an offered load of {erlangs:,.0f} Erlang at the peak"
    )


def _drawn() -> str:
    return _(
        "{calls:,.0f} calls and {hours:,.0f} agent-hours a day on average; {agents} at the peak of "
        "the mean roster, offered load {erlangs:,.0f} Erlang at the peak of the busiest day"
    )


def _agents(number: int) -> str:
    return ngettext("{n} agent", "{n} agents", number).format(n=f"{number:,}")


def _peak_on(scenario: Scenario, day: int) -> int:
    """Return the agents on the phones in the fullest interval of a day."""
    levels = [mean_staffing(rota_of_day(scenario, pool, day)) for pool in scenario.pools]
    return round_half_up(max(map(math.fsum, zip(*levels, strict=True))))


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
