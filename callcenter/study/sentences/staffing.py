"""What a staffing comes to: agents, proof, shifts."""

from __future__ import annotations

import math
from collections.abc import Iterator

from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.measure import Summary
from callcenter.study.answers.confirmed import Confirmed, confirmed
from callcenter.study.answers.points import roster
from callcenter.study.sentences.agents import on_the_phones
from callcenter.study.sentences.headline import rate_of
from callcenter.study.sentences.targets import kept_text, some_targets_headline, targets_headline
from callcenter.study.sentences.unstaffed import unstaffed_text
from callcenter.study.sentences.verdicts import days_met
from callcenter.study.staffing.callbacks import promises_callbacks
from callcenter.study.staffing.goals import SURE, asked_of, is_kept_by, meet_of
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.unstaffed import unstaffed
from callcenter.study.staffing.validation import unmet
from callcenter.wording import count, duration, in_a_row, percent, plural, verdict_word

MORE = 4
"""Times the replications of a search whose staffing did not hold on other days."""


def totals(staffing: Staffing) -> str:
    """Return the agents needed, and those that the scenario has."""
    need, given = on_the_phones(roster(staffing.need)), on_the_phones(roster(staffing.given))
    if staffing.only:
        pools = _(", ").join(staffing.only)
        hours = _("{hours} agent-hours a day").format(hours=_figure(staffing.certainty.hours))
        return _(
            "{pools}: {hours}. With the other pools: {need}. The scenario as it stands has {given}."
        ).format(pools=pools, hours=hours, need=need, given=given)
    return _("{need}. The scenario as it stands has {given}.").format(need=need, given=given)


def headline(staffing: Staffing) -> Iterator[str]:
    """Yield the agents found and whether fresh days confirm them, what certainty costs, then the shifts."""
    meet = meet_of(staffing.meet, staffing.every_interval)
    if staffing.certainty.is_met and unmet(staffing.given, staffing.verdicts.fresh, meet, staffing.only):
        text = _(
            "The fewest agents found that meet every target; where all of it is asked for, {fresh} fresh "
            "days had no exception: {totals}"
        )
    elif staffing.certainty.is_met:
        text = _("The fewest agents found that meet every target, confirmed by {fresh} fresh days: {totals}")
    else:
        text = _(
            "Agents found, of whom {fresh} fresh days do not confirm that they meet every target: {totals}"
        )
    yield text.format(fresh=f"{staffing.basis.fresh:,}", totals=totals(staffing))
    yield from unstaffed_text(staffing, unstaffed(staffing.need, staffing.only))
    yield from _minimum(staffing)
    yield from confirmation(staffing, staffing.verdicts.fresh)
    yield from _certainty(staffing)
    yield from _longest_callback(staffing)
    yield from _bound(staffing)
    if staffing.roster is not None:
        yield shifts(staffing)
        for text in unstaffed_text(staffing, unstaffed(staffing.roster.scenario, staffing.only)):
            yield _("With these shifts: {text}").format(text=text)
    if staffing.roster_verdicts is not None:
        text = "\n".join(confirmation(staffing, staffing.roster_verdicts.fresh))
        yield _("With these shifts: {text}").format(text=text)


def _minimum(staffing: Staffing) -> Iterator[str]:
    """Yield the agents who were asked for at least."""
    if staffing.at_least:
        pools = (_("{agents} in {pool}").format(agents=n, pool=name) for name, n in staffing.at_least.items())
        yield _("In every interval at least: {pools}, as asked for.").format(pools=_(", ").join(pools))


def _certainty(staffing: Staffing) -> Iterator[str]:
    """Yield how many agents just keep the targets, and what it costs to be certain."""
    just, hours = staffing.certainty.just_hours, staffing.certainty.hours
    if hours > just:
        yield _(
            "{just} agent-hours a day just keep the targets on {days} days, which leaves it unclear whether "
            "they do on others; certainty costs {more} more ({share})."
        ).format(
            just=_figure(just),
            days=f"{staffing.replications:,}",
            more=_figure(hours - just),
            share=percent((hours - just) / hours),
        )


def _longest_callback(staffing: Staffing) -> Iterator[str]:
    """Yield how late the last callback is, where callbacks are promised."""
    callbacks = staffing.verdicts.fresh["callbacks"]
    longest = callbacks["longest_delay_s"]
    if not math.isnan(longest) and any(goal.measure == "callbacks" for goal in staffing.given.goals):
        yield _(
            "Callbacks of {runs} fresh replications: {share} begun in time; the latest of all begins "
            "{longest} after the lost call."
        ).format(
            runs=f"{staffing.basis.fresh:,}",
            share=percent(callbacks["on_time"]["value"], 2),
            longest=duration(longest),
        )


def _bound(staffing: Staffing) -> Iterator[str]:
    """Yield how far below the staffing any other may be."""
    bound = staffing.bound
    if bound is None:
        yield _("No bound: with several pools, or such targets, there may be a staffing with fewer agents.")
    elif bound.hours >= staffing.certainty.hours:
        proven = _("Proven: no staffing with fewer agent-hours is certain to meet every target.")
        least = _(
            "Proven: no staffing with fewer agent-hours has these agents at least and is certain to meet "
            "every target."
        )
        yield least if staffing.at_least else proven
    else:
        near = _(
            "No staffing with fewer than {hours} agent-hours is certain to meet every target: gap {gap}."
        )
        least = _(
            "No staffing with fewer than {hours} agent-hours has these agents at least and is certain to "
            "meet every target: gap {gap}."
        )
        yield (least if staffing.at_least else near).format(
            hours=_figure(bound.hours), gap=percent(1 - bound.hours / staffing.certainty.hours)
        )


def confirmation(staffing: Staffing, fresh: Summary) -> Iterator[str]:
    """Yield that validation days confirm every target, or which they do not, and what to do."""
    meet = meet_of(staffing.meet)
    if meet.kept is not None:
        yield _("On validation days: {chance} Asked: {sure}.").format(
            chance=kept_text(fresh["kept"]), sure=percent(SURE, 0)
        )
        return
    if not staffing.given.has_short_targets_only or staffing.every_interval:
        yield _("On validation days:")
        yield _targets(staffing, fresh)
        return
    targets = confirmed(fresh, meet.days)
    for target in targets:
        if target.verdict != "met":
            yield _("Not confirmed by validation days: {rate}, {verdict}: {remedy}.").format(
                rate=_rate(target, with_ends=True),
                verdict=verdict_word(target.verdict),
                remedy=_remedy(target, staffing.basis.searched),
            )
    if targets and all(target.verdict == "met" for target in targets):
        closest = min(targets, key=lambda target: target.margin)
        yield _("Validation days confirm every target; the closest is {rate}.").format(rate=_rate(closest))


def _targets(staffing: Staffing, fresh: Summary) -> str:
    """Return the verdict on every target in which the pools that were staffed have a part."""
    if not staffing.only:
        return targets_headline(fresh)
    asked = asked_of(staffing.given, meet_of(staffing.meet, staffing.every_interval))
    goals = zip(asked.goals, fresh["targets"], strict=True)
    own = [entry for goal, entry in goals if is_kept_by(staffing.given, goal, staffing.only)]
    return some_targets_headline(own)


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


def proof(staffing: Staffing) -> tuple[str, ...]:
    """Return what the answer rates are made of, and how it was shown that nobody can be spared."""
    basis = staffing.basis
    blocks = _(
        "Search days: the {replications} that the staffing was mended on, none of them of the {searched} of "
        "the search. Validation days: {others} others of the same seed, which had no part in it; interval, "
        "verdict and days met are theirs."
    ).format(
        replications=plural(staffing.replications, "replication"),
        searched=f"{basis.searched:,}",
        others=f"{basis.fresh:,}",
    )
    few = _("{asked} days are too few to tell how good a staffing is: {searched} were taken.").format(
        asked=f"{basis.asked:,}", searched=f"{basis.searched:,}"
    )
    spared = _(
        "Nobody to spare: each of {tried} agents was taken away, one interval and pool at a time; every time "
        "a target was no longer met for certain{callbacks}."
    ).format(tried=f"{staffing.proof.tried:,}", callbacks=_callbacks(staffing))
    spared = in_a_row((spared, _plainly(staffing), _earlier(staffing)))
    shown = [spared] if staffing.proof.tried or not staffing.proof.at_minimum else []
    shown += _at_minimum(staffing)
    return (*([few] if basis.searched > basis.asked else []), blocks, *shown, *looks_text(basis.looks))


def _plainly(staffing: Staffing) -> str:
    if not staffing.proof.plain:
        return ""
    text = _("{plain} times at most {few} days showed it beyond doubt, else all did.")
    if staffing.proof.together:
        text = _(
            "{plain} times {few} days of each alone and all {days} days with others away hours apart showed "
            "it beyond doubt, else all days of each alone did."
        )
    numbers = {"plain": staffing.proof.plain, "few": staffing.proof.few, "days": staffing.proof.replications}
    return text.format(**{name: f"{number:,}" for name, number in numbers.items()})


def looks_text(looks: int) -> Iterator[str]:
    """Yield that the staffing was not the first to be judged."""
    if looks > 1:
        yield _(
            "It is number {looks} of those that were judged, each on fresh days of its own; the intervals "
            "are those of one verdict, so the chance that a target is called met and is not is up to "
            "{looks} times 2.5%."
        ).format(looks=looks)


def _earlier(staffing: Staffing) -> str:
    if not staffing.proof.earlier:
        return ""
    return _("{number} of them clearly, before the last others were spared elsewhere.").format(
        number=f"{staffing.proof.earlier:,}"
    )


def _at_minimum(staffing: Staffing) -> Iterator[str]:
    """Yield how many are there for the minimum, of whom nothing was shown."""
    number = staffing.proof.at_minimum
    if number:
        yield ngettext(
            "In {n} interval a pool has just the agents who were asked for at least; nobody was taken away "
            "there.",
            "In {n} intervals a pool has just the agents who were asked for at least; nobody was taken away "
            "there.",
            number,
        ).format(n=f"{number:,}")


def _callbacks(staffing: Staffing) -> str:
    owes = any(tier.owes_callbacks for tier in staffing.given.tiers.values())
    if not owes or promises_callbacks(staffing.given):
        return ""
    return _(", or more than a tenth of the callbacks were left over in the evening")


def _figure(hours: float) -> str:
    return f"{hours:,.1f}".removesuffix(".0")


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
