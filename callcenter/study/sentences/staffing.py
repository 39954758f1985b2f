"""What a staffing comes to: agents, proof, shifts."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.study.answers.confirmed import Confirmed, confirmed
from callcenter.study.answers.points import roster
from callcenter.study.sentences.agents import on_the_phones
from callcenter.study.sentences.headline import rate_of
from callcenter.study.sentences.targets import targets_headline
from callcenter.study.sentences.verdicts import days_met
from callcenter.study.staffing.goals import meet_of
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.validation import Verdicts, fresh_of
from callcenter.wording import count, percent, plural, verdict_word

MORE = 4
"""Times the replications of a search whose staffing did not hold on other days."""


def totals(staffing: Staffing) -> str:
    """Return the agents needed, and those that the scenario has."""
    return _("{need}. The scenario as it stands has {given}.").format(
        need=on_the_phones(roster(staffing.need)), given=on_the_phones(roster(staffing.given))
    )


def headline(staffing: Staffing) -> Iterator[str]:
    """Yield the agents found and whether validation days confirm them, then the same of the shifts."""
    yield _("The fewest agents that meet every target on the {replications} of the search: {totals}").format(
        replications=plural(staffing.replications, "replication"), totals=totals(staffing)
    )
    yield from _confirmation(staffing, staffing.verdicts)
    if staffing.roster is not None:
        yield shifts(staffing)
    if staffing.roster_verdicts is not None:
        yield from _confirmation(staffing, staffing.roster_verdicts)


def _confirmation(staffing: Staffing, verdicts: Verdicts) -> Iterator[str]:
    """Yield that validation days confirm every target, or which they do not, and what to do."""
    if not staffing.given.has_short_targets_only:
        yield _("On validation days:")
        yield targets_headline(verdicts.fresh)
        return
    targets = confirmed(verdicts.fresh, meet_of(staffing.meet).days)
    for target in targets:
        if target.verdict != "met":
            yield _("Not confirmed by validation days: {rate}, {verdict}: {remedy}.").format(
                rate=_rate(target, with_ends=True),
                verdict=verdict_word(target.verdict),
                remedy=_remedy(target, staffing.replications),
            )
    if targets and all(target.verdict == "met" for target in targets):
        closest = min(targets, key=lambda target: target.margin)
        yield _("Validation days confirm every target; the closest is {rate}.").format(rate=_rate(closest))


def _rate(target: Confirmed, *, with_ends: bool = False) -> str:
    if target.days is None:
        return rate_of(target.tier, target.level, with_ends=with_ends)
    return _("{tier}: {met}, asked {share}").format(
        tier=target.tier, met=days_met(target.level), share=percent(target.days, 0)
    )


def _remedy(target: Confirmed, replications: int) -> str:
    """Return what to do: the search met the targets on few days, with nobody to spare."""
    more = _("search on more days ({n} instead of {now})").format(n=MORE * replications, now=replications)
    if target.verdict == "unclear":
        return _("{more} to be surer").format(more=more)
    if target.days is not None:
        return more
    return _("{more}, or aim {points} points higher").format(more=more, points=f"{-100 * target.margin:.1f}")


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
