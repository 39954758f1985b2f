"""The agents of a scenario: how many, how busy, at what cost."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure.economics import is_priced
from callcenter.study.answers.points import Roster, roster
from callcenter.study.result import Result


def agents_and_cost(result: Result) -> str:
    """Return the agents of a scenario, how busy they are, and what they cost where that is said."""
    return " ".join(_parts(result))


def on_the_phones(agents: Roster) -> str:
    """Return how many agents are on the phone: `104 agent-hours a day, 10 at the peak`."""
    return _("{hours} agent-hours a day, {peak} at the peak").format(
        hours=f"{agents.hours:,.1f}".removesuffix(".0"), peak=f"{agents.peak:,}"
    )


def _parts(result: Result) -> Iterator[str]:
    agents, pools = roster(result.scenario), result.summary["pools"].values()
    busy, staffed, overtime = (
        sum(pool[key]["value"] for pool in pools) for key in ("busy_h", "staffed_h", "overtime_h")
    )
    occupancy = busy / (staffed + overtime) if staffed + overtime else None
    yield _("Agents: {agents}, busy for {occupancy} of the time.").format(
        agents=on_the_phones(agents), occupancy=wording.percent(occupancy, 0)
    )
    if is_priced(result.scenario):
        cost = wording.money(result.summary["economics"]["cost"]["value"])
        yield _("Costs of a replication ({days}): {cost}.").format(
            days=wording.plural(result.scenario.days, "day"), cost=cost
        )
