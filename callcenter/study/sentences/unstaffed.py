"""Hours without anybody, in a sentence: when, how many calls come then, and what keeps somebody there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from callcenter.demand import Loads
from callcenter.demand.gaps import waiting
from callcenter.demand.times import listed, when_text
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.unstaffed import Unstaffed
from callcenter.wording import count

MOST_GROUPS = 3
"""Groups of tiers that the sentence names; of more it says how many there are."""


def unstaffed_text(staffing: Staffing, stretches: Sequence[Unstaffed]) -> Iterator[str]:
    """Yield when nobody is there for whom, and the option that puts somebody there; nothing if never."""
    if not stretches:
        return
    loads = Loads(staffing.given)
    live = waiting(loads)
    groups: dict[tuple[tuple[str, ...], tuple[int, ...]], list[Unstaffed]] = defaultdict(list)
    for each in stretches:
        groups[each.tiers, each.days].append(each)
    parts = [
        _group(staffing.given, each, is_all=len(tiers) == len(live))
        for (tiers, _days), each in list(groups.items())[:MOST_GROUPS]
    ]
    if len(groups) > MOST_GROUPS:
        parts.append(_("{more} more times for some").format(more=len(groups) - MOST_GROUPS))
    days = staffing.given.days
    calls = sum(each.calls * len(each.days) for each in stretches) / days
    yield _(
        "Nobody is there {when}, when {calls} of the {all} calls of a day come; {option} keeps somebody "
        "there."
    ).format(
        when=_("; ").join(parts),
        calls=_calls(calls),
        all=_calls(sum(loads.calls(tier) for tier in live)),
        option=_option(staffing, stretches),
    )


def _group(scenario: Scenario, stretches: Sequence[Unstaffed], *, is_all: bool) -> str:
    """Return when nobody is there for some tiers, which are not named where they are all."""
    when = when_text(scenario, [each.span for each in stretches], stretches[0].days)
    if is_all:
        return when
    return _("for {tiers} {when}").format(tiers=listed(stretches[0].tiers), when=when)


def _calls(calls: float) -> str:
    return f"{calls:,.0f}" if calls >= 10 else count(calls).removesuffix(".0")


def _option(staffing: Staffing, stretches: Sequence[Unstaffed]) -> str:
    """Return what to ask for: one more agent of the cheapest pool that serves all, or of every pool."""
    tiers = {tier for each in stretches for tier in each.tiers}
    pools = staffing.given.pools
    searched = staffing.only or tuple(pools)
    able = [name for name in searched if tiers <= set(pools[name].serves)]
    if len(searched) == 1 or not able:
        return f"--at-least {1 + max((staffing.at_least.get(name, 0) for name in searched), default=0)}"
    name = min(able, key=lambda name: pools[name].cost_per_hour or 1.0)
    return f"--at-least {name}={1 + staffing.at_least.get(name, 0)}"
