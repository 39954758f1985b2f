"""A staffing as tables for a terminal: the need, the proof, the roster and the prices."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from callcenter.report.terminal import STYLES
from callcenter.report.terminal_layout import blank_table
from callcenter.report.wording import NOTHING, count, interval, percent, plural, target
from callcenter.scenario.values import clock_text
from callcenter.study.points import Roster, roster
from callcenter.study.staffing.found import Staffing
from callcenter.study.staffing.prices import Price
from callcenter.study.staffing.verdicts import Verdicts, fresh_of

BAR = 40
"""Characters of the longest bar."""


def staffing_table(found: Staffing) -> RenderableType:
    """Return the agents by interval, the answer rates with their intervals, and the proof."""
    parts: list[RenderableType] = [
        _need(found),
        Text(f"{_totals(found)}\n"),
        _rates(found, found.verdicts),
        Text(f"{_proof(found)}\n"),
    ]
    if found.roster is not None:
        parts += [_shifts(found), Text(f"{_roster(found)}\n")]
        if found.roster_verdicts is not None:
            parts.append(_rates(found, found.roster_verdicts))
    if found.prices:
        parts.append(_prices(found.prices))
    return Group(*parts)


def _need(found: Staffing) -> Table:
    table = blank_table(
        ["from"], [*found.need.pools, "all", *(f"{tier} answered" for tier in _promised(found))]
    )
    table.add_column("")
    pools = [pool.agents or () for pool in found.need.pools.values()]
    sums = [sum(agents) for agents in zip(*pools, strict=True)]
    rates = [
        rates for tier, rates in zip(found.given.tiers, found.answered, strict=True) if _target(found, tier)
    ]
    for place, total in enumerate(sums):
        start = clock_text(found.given.day.open + place * found.given.day.interval)
        agents = [str(pool[place]) for pool in pools]
        answered = [percent(tier[place], 0) for tier in rates]
        bar = "▪" * round(BAR * total / max(1, *sums))
        table.add_row(start, *agents, str(total), *answered, bar)
    return table


def _promised(found: Staffing) -> list[str]:
    return [tier for tier in found.given.tiers if _target(found, tier)]


def _target(found: Staffing, tier: str) -> bool:
    return found.given.tiers[tier].target is not None


def _totals(found: Staffing) -> str:
    need, given = roster(found.need), roster(found.given)
    return f"{_agents(need)}. The scenario as it stands has {_agents(given)}."


def _agents(agents: Roster) -> str:
    return f"{agents.hours:,.1f} agent-hours a day, {agents.peak:,} agents at the peak"


def _rates(found: Staffing, verdicts: Verdicts) -> Table:
    table = blank_table(
        ["answer rate"], ["target", "made for", "fresh", "95% interval", "verdict", "days met"]
    )
    for tier in _promised(found):
        made_for, fresh = (each["tiers"][tier]["service_level"] for each in verdicts)
        verdict = Text(fresh["verdict"] or NOTHING, style=STYLES.get(fresh["verdict"] or "", ""))
        table.add_row(
            tier,
            target(fresh),
            percent(made_for["value"]),
            percent(fresh["value"]),
            interval(fresh) or NOTHING,
            verdict,
            percent(fresh["days_met"]),
        )
    return table


def _proof(found: Staffing) -> str:
    made_for = plural(found.replications, "replication")
    return (
        f"Made for: the {made_for} of the search, where the targets are met by construction.  Fresh: "
        f"{fresh_of(found.replications)} others\nof the same seed, which the search has not seen; interval, "
        "verdict and days are theirs.\n"
        f"Nobody to spare: each of {found.proof.tried:,} agents was taken away, one interval and pool at a "
        f"time, on all {made_for};\nevery time a target was missed{_callbacks(found)}.{_earlier(found)}"
    )


def _earlier(found: Staffing) -> str:
    if not found.proof.earlier:
        return ""
    return f" {found.proof.earlier:,} of them clearly, before the last others were spared elsewhere."


def _callbacks(found: Staffing) -> str:
    owes = any(tier.owes_callbacks for tier in found.given.tiers.values())
    return ", or more than a tenth of the callbacks were left over in the evening" if owes else ""


def _shifts(found: Staffing) -> Table:
    table = blank_table(["pool", "shift", "breaks"], ["agents"])
    for name, pool, *cells in _rows(found):
        table.add_row(name, pool, *cells)
    return table


def _rows(found: Staffing) -> Iterator[list[str]]:
    worked = {} if found.roster is None else found.roster.worked
    for name, shifts in worked.items():
        for shift, number in shifts:
            hours = f"{clock_text(shift.start)} to {clock_text(shift.end)}"
            breaks = ", ".join(f"{clock_text(each.at)} {each.for_ / 60:g} min" for each in shift.breaks)
            yield [name, hours, breaks or NOTHING, f"{number:,}"]


def _roster(found: Staffing) -> str:
    if found.roster is None:
        return ""
    agents = sum(number for shifts in found.roster.worked.values() for _, number in shifts)
    cost = "" if found.roster.cost == found.roster.hours else f", cost {found.roster.cost:,.0f}"
    proven = (
        "Simulated again, it keeps every target" if found.roster.holds else "Simulated, it misses a target"
    )
    return (
        f"{agents:,} agents on shift, {count(found.roster.hours)} hours with breaks{cost}. {proven} "
        f"on the replications of the search ({plural(found.roster.rounds, 'roster')} tried)."
    )


def _prices(prices: tuple[Price, ...]) -> Table:
    table = blank_table(["price of a target", "from", "to"], ["agent-hours a day", "agents", "cost a day"])
    for price in prices:
        table.add_row(
            price.tier,
            percent(price.target),
            percent(price.moved_to),
            f"{price.hours:+.1f}",
            f"{price.agents:+.1f}",
            f"{price.cost:+.1f}",
        )
    return table
