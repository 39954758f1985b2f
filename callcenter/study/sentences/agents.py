"""The agents of a scenario: how many, how busy, at what cost."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure.economics import is_priced
from callcenter.study.answers.points import roster
from callcenter.study.result import Result


def agents_and_cost(result: Result) -> str:
    """Return the agents of a scenario, how busy they are, and what they cost where that is said."""
    return " ".join(_parts(result))


def _parts(result: Result) -> Iterator[str]:
    agents, pools = roster(result.scenario), result.summary["pools"].values()
    busy, staffed, overtime = (
        sum(pool[key]["value"] for pool in pools) for key in ("busy_h", "staffed_h", "overtime_h")
    )
    occupancy = busy / (staffed + overtime) if staffed + overtime else None
    yield _(
        "Agents: {hours} agent-hours a day, {peak} at the peak, busy for {occupancy} of the time."
    ).format(
        hours=wording.count(agents.hours), peak=f"{agents.peak:,}", occupancy=wording.percent(occupancy, 0)
    )
    if is_priced(result.scenario):
        cost = wording.money(result.summary["economics"]["cost"]["value"])
        yield _("Costs of a replication ({days}): {cost}.").format(
            days=wording.plural(result.scenario.days, "day"), cost=cost
        )
