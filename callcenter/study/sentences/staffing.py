"""What a staffing found comes to, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.study.answers.points import Roster, roster
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.validation import fresh_of
from callcenter.wording import count, interval, percent, plural, verdict_word


def totals(found: Staffing) -> str:
    """Return the agents needed, and those that the scenario has."""
    return _("{need}. The scenario as it stands has {given}.").format(
        need=_agents(roster(found.need)), given=_agents(roster(found.given))
    )


def _agents(agents: Roster) -> str:
    return _("{hours} agent-hours a day, {peak} agents at the peak").format(
        hours=f"{agents.hours:,.1f}", peak=f"{agents.peak:,}"
    )


def doubt(found: Staffing) -> Iterator[str]:
    """Yield on which tiers fresh days do not confirm the target; with nobody to spare, chance decides."""
    for name, tier in found.verdicts.fresh["tiers"].items():
        level = tier["service_level"]
        if level["verdict"] in ("missed", "unclear"):
            yield _("On fresh days: {tier} {rate} ({ends}), {verdict}.").format(
                tier=name,
                rate=percent(level["value"]),
                ends=interval(level),
                verdict=verdict_word(level["verdict"]),
            )


def proof(found: Staffing) -> tuple[str, str]:
    """Return what the answer rates are made of, and how it was shown that nobody can be spared."""
    made_for = plural(found.replications, "replication")
    blocks = _(
        "Made for: the {replications} of the search, where the targets are met by construction. "
        "Fresh: {fresh} others of the same seed, which the search has not seen; interval, verdict and days "
        "are theirs."
    ).format(replications=made_for, fresh=fresh_of(found.replications))
    spared = _(
        "Nobody to spare: each of {tried} agents was taken away, one interval and pool at a time, on all "
        "{replications}; every time a target was missed{callbacks}."
    ).format(tried=f"{found.proof.tried:,}", replications=made_for, callbacks=_callbacks(found))
    return blocks, spared + _earlier(found)


def _earlier(found: Staffing) -> str:
    if not found.proof.earlier:
        return ""
    return " " + _("{number} of them clearly, before the last others were spared elsewhere.").format(
        number=f"{found.proof.earlier:,}"
    )


def _callbacks(found: Staffing) -> str:
    owes = any(tier.owes_callbacks for tier in found.given.tiers.values())
    return _(", or more than a tenth of the callbacks were left over in the evening") if owes else ""


def shifts(found: Staffing) -> str:
    """Return what the roster comes to and whether it keeps the targets; empty without one."""
    if found.roster is None:
        return ""
    number = sum(number for shifts in found.roster.worked.values() for _shift, number in shifts)
    cost = ""
    if found.roster.cost != found.roster.hours:
        cost = _(", cost {cost}").format(cost=f"{found.roster.cost:,.0f}")
    kept, missed = (
        _("Simulated again, it keeps every target on the replications of the search ({rosters} tried)."),
        _("Simulated, it misses a target on the replications of the search ({rosters} tried)."),
    )
    proven = (kept if found.roster.holds else missed).format(rosters=plural(found.roster.rounds, "roster"))
    agents = _("{number} agents on shift, {hours} hours with breaks{cost}.").format(
        number=f"{number:,}", hours=count(found.roster.hours), cost=cost
    )
    return f"{agents} {proven}"
