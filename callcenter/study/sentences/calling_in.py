"""What it is worth to call agents in on busy days."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.study.sentences.staffing import confirmation, looks_text
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.terms import Flexible
from callcenter.wording import count, percent


def calling_in(staffing: Staffing) -> Iterator[str]:
    """Yield the rule by which agents are called in, what it saves, and whether it holds; or nothing."""
    flexible = staffing.flexible
    if flexible is None:
        return
    if flexible.saved <= 0:
        yield _(
            "Calling agents in on these terms saves nothing: the best rule found costs {cost} a day, the "
            "fewest agents without it {fixed}."
        ).format(cost=count(flexible.cost), fixed=count(flexible.fixed_cost))
    yield _rule(flexible)
    if flexible.saved > 0:
        yield _worth(flexible)
    text = (
        _("{days} fresh days confirm every target with it.")
        if flexible.is_met
        else _("{days} fresh days do not confirm every target with it.")
    )
    yield text.format(days=f"{flexible.days:,}")
    if not flexible.is_met:
        yield from confirmation(staffing, flexible.fresh)
    yield from looks_text(flexible.looks)


def _worth(flexible: Flexible) -> str:
    """Return what is planned and called in, and what that costs."""
    return _(
        "{planned} agent-hours a day are planned and {called} called in on average. At {price} of the "
        "planned price this costs {cost} a day, in place of {fixed} without it: {saved} saved ({share})."
    ).format(
        planned=count(flexible.hours),
        called=count(flexible.hours_called_in),
        price=percent(flexible.terms.price, 0),
        cost=count(flexible.cost),
        fixed=count(flexible.fixed_cost),
        saved=count(flexible.saved),
        share=percent(flexible.saved / flexible.fixed_cost),
    )


def _rule(flexible: Flexible) -> str:
    """Return when agents are called in, and how many."""
    terms, rule = flexible.terms, flexible.rule
    return _(
        "Called in: if by {at} more than {above} of the calls expected by then have come, {agents} more in "
        "{pool} from {start} to {end}. That is on {share} of days."
    ).format(
        at=clock_text(terms.at),
        above=percent(rule.above, 0),
        agents=rule.agents,
        pool=terms.pool,
        start=clock_text(terms.start),
        end=clock_text(terms.end),
        share=percent(flexible.share, 0),
    )
