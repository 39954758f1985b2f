"""The agents of a scenario: how many, how busy, at what cost."""

from __future__ import annotations

import math
from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure import Summary
from callcenter.measure.economics import is_priced
from callcenter.study.answers.points import Roster, roster
from callcenter.study.result import Result


def agents_and_cost(result: Result) -> str:
    """Return the agents of a scenario, how busy they are, and what they cost where that is said."""
    return wording.in_a_row(_parts(result))


def on_the_phones(agents: Roster) -> str:
    """Return how many agents are on the phone, and how many are rostered if those are more.

    `104 agent-hours a day, 10 at the peak`
    """
    phones = _("{hours} agent-hours a day, {peak} at the peak").format(
        hours=_figure(agents.hours), peak=_figure(agents.peak)
    )
    if agents.is_all_on_the_phones:
        return phones
    return _("{phones} on the phones; rostered: {hours} and {peak}").format(
        phones=phones, hours=_figure(agents.rostered_hours), peak=_figure(agents.rostered_peak)
    )


def occupancy(summary: Summary) -> float | None:
    """Return the share of the time in which the agents of all pools are busy; None if nobody is staffed."""
    busy, staffed, overtime = (
        math.fsum(pool[key]["value"] for pool in summary["pools"].values())
        for key in ("busy_h", "staffed_h", "overtime_h")
    )
    return busy / (staffed + overtime) if staffed + overtime else None


def _figure(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _parts(result: Result) -> Iterator[str]:
    agents = roster(result.scenario)
    yield _("Agents: {agents}, busy for {occupancy} of the time.").format(
        agents=on_the_phones(agents), occupancy=wording.percent(occupancy(result.summary), 0)
    )
    if is_priced(result.scenario):
        cost = wording.money(result.summary["economics"]["cost"]["value"])
        yield _("Costs of a replication ({days}): {cost}.").format(
            days=wording.plural(result.scenario.days, "day"), cost=cost
        )
