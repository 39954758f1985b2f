"""What a staffing comes to: agents, proof, shifts."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.study.answers.points import roster
from callcenter.study.sentences.agents import on_the_phones
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.validation import fresh_of
from callcenter.wording import count, interval, percent, plural, verdict_word


def totals(staffing: Staffing) -> str:
    """Return the agents needed, and those that the scenario has."""
    return _("{need}. The scenario as it stands has {given}.").format(
        need=on_the_phones(roster(staffing.need)), given=on_the_phones(roster(staffing.given))
    )


def doubt(staffing: Staffing) -> Iterator[str]:
    """Yield which targets validation days do not confirm; with nobody to spare, chance decides."""
    for name, tier in staffing.verdicts.fresh["tiers"].items():
        level = tier["service_level"]
        if level["verdict"] in ("missed", "unclear"):
            yield _("On validation days: {tier} {rate} ({ends}), {verdict}.").format(
                tier=name,
                rate=percent(level["value"]),
                ends=interval(level),
                verdict=verdict_word(level["verdict"]),
            )


def proof(staffing: Staffing) -> tuple[str, str]:
    """Return what the answer rates are made of, and how it was shown that nobody can be spared."""
    searched = plural(staffing.replications, "replication")
    blocks = _(
        "Search days: the {replications} of the search, where the targets are met by construction. "
        "Validation days: {others} others of the same seed, which the search has not seen; interval, "
        "verdict and days met are theirs."
    ).format(replications=searched, others=fresh_of(staffing.replications))
    spared = _(
        "Nobody to spare: each of {tried} agents was taken away, one interval and pool at a time, on all "
        "{replications}; every time a target was missed{callbacks}."
    ).format(tried=f"{staffing.proof.tried:,}", replications=searched, callbacks=_callbacks(staffing))
    return blocks, spared + _earlier(staffing)


def _earlier(staffing: Staffing) -> str:
    if not staffing.proof.earlier:
        return ""
    return " " + _("{number} of them clearly, before the last others were spared elsewhere.").format(
        number=f"{staffing.proof.earlier:,}"
    )


def _callbacks(staffing: Staffing) -> str:
    owes = any(tier.owes_callbacks for tier in staffing.given.tiers.values())
    return _(", or more than a tenth of the callbacks were left over in the evening") if owes else ""


def shifts(staffing: Staffing) -> str:
    """Return what the roster comes to and whether it keeps the targets; empty without one."""
    if staffing.roster is None:
        return ""
    number = sum(number for shifts in staffing.roster.worked.values() for _shift, number in shifts)
    cost = ""
    if abs(staffing.roster.cost - staffing.roster.hours) > 1e-6:
        cost = _(", cost {cost}").format(cost=f"{staffing.roster.cost:,.0f}")
    kept, missed = (
        _("Simulated again, it keeps every target on the replications of the search ({rosters} tried)."),
        _("Simulated, it misses a target on the replications of the search ({rosters} tried)."),
    )
    proven = (kept if staffing.roster.holds else missed).format(
        rosters=plural(staffing.roster.rounds, "roster")
    )
    agents = _("{number} agents on shift, {hours} rostered hours{cost}.").format(
        number=f"{number:,}", hours=count(staffing.roster.hours), cost=cost
    )
    return f"{agents} {proven}"
