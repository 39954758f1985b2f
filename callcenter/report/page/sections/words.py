"""Wordings that several sections share."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.report.features import is_priced
from callcenter.scenario import Scenario
from callcenter.study import Result
from callcenter.study.answers.points import roster
from callcenter.study.insights import Gain
from callcenter.study.sentences.misses import when_gained


def definition_of(scenario: Scenario) -> str:
    """Return the formula of the scenario's answer rate in words."""
    service = scenario.service_level
    return wording.definition(service.definition, service.short_abandon)


def needed(gain: Gain) -> str:
    """Return how many agents more, and when, bring a tier to its target."""
    rate = wording.percent(gain.needed_rate)
    return ngettext(
        "With {number} agent more in {pool} from {when}, {tier} comes to {rate}.",
        "With {number} agents more in {pool} from {when}, {tier} comes to {rate}.",
        gain.needed or 0,
    ).format(number=gain.needed, pool=gain.pool, when=when_gained(gain), tier=gain.tier, rate=rate)


def effort(result: Result) -> str:
    """Return the agents of a scenario, how busy they are, and what they cost where that is said."""
    return " ".join(_effort(result))


def _effort(result: Result) -> Iterator[str]:
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
