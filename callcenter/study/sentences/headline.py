"""The verdict on one scenario: which targets are missed, how far, and what would keep them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.measure import Summary
from callcenter.scenario import Scenario
from callcenter.study.answers.points import margin
from callcenter.study.insights.gaps import Gaps, Span, gaps
from callcenter.study.sentences.misses import when
from callcenter.study.sentences.targets import targets_headline
from callcenter.totals import without_total

MOST_SPANS = 2
"""Times with too few agents that a sentence can hold."""

MOST_REPLICATIONS = 10_000
"""Beyond so many an answer rate is as good as its target."""

Level = Mapping[str, Any]


def headline(scenario: Scenario, summary: Summary) -> str:
    """Return the verdict in sentences below each other: what is missed, what is unclear, what is met.

    Empty where nothing has a target that calls could keep or miss.
    """
    if not scenario.has_short_targets_only:
        return nothing_asked(summary) or targets_headline(summary)
    tiers = summary["tiers"]
    levels = {name: tiers[name]["service_level"] for name in without_total(tiers)}
    by_verdict: dict[str, dict[str, Level]] = {"missed": {}, "unclear": {}, "met": {}}
    for name, level in levels.items():
        if level["verdict"] in by_verdict:
            by_verdict[level["verdict"]][name] = level
    return nothing_asked(summary) or "\n".join(_sentences(scenario, summary, by_verdict))


def nothing_asked(summary: Summary) -> str:
    """Return that no call asked for a person, so that there is nothing to judge; empty if any did."""
    if any(tier["service_level"]["value"] is not None for tier in summary["tiers"].values()):
        return ""
    return _(
        "Nobody asked for a person on any simulated day, so there is nothing to judge: check the calls of "
        "`demand`, and whether the IVR solves everything."
    )


def _sentences(
    scenario: Scenario, summary: Summary, by_verdict: Mapping[str, Mapping[str, Level]]
) -> Iterator[str]:
    missed, unclear, met = by_verdict.values()
    if met and not missed and not unclear:
        yield _all_met(met)
        return
    later = [name for name in missed if scenario.tiers[name].channel == "deferred"]
    for names, gap in _by_gaps(scenario, [name for name in missed if name not in later]):
        yield _missed([rate_of(name, missed[name]) for name in names], remedy_of(gap))
    if later:
        remedy = _("its work may wait, so agents of any hour help; the report says when they are idle")
        yield _missed([rate_of(name, missed[name]) for name in later], remedy)
    for name, level in unclear.items():
        rate, remedy = rate_of(name, level, with_ends=True), more_days(level, summary["replications"])
        yield _("Unclear: {rates}: {remedy}.").format(rates=rate, remedy=remedy)
    if met:
        yield _("Met: {tiers}.").format(tiers=_(", ").join(met))


def _missed(rates: Sequence[str], remedy: str) -> str:
    return _("Missed: {rates}: {remedy}.").format(rates=_("; ").join(rates), remedy=remedy)


def _all_met(met: Mapping[str, Level]) -> str:
    name = min(met, key=lambda name: margin(met[name]))
    if len(met) == 1:
        return _("Every target is met: {rate}.").format(rate=rate_of(name, met[name]))
    return _("Every target is met; the closest is {rate}.").format(rate=rate_of(name, met[name]))


def rate_of(tier: str, level: Level, *, with_ends: bool = False) -> str:
    """Return the answer rate of a tier beside its target, perhaps with its interval."""
    ends = wording.interval(level) if with_ends else ""
    rate = wording.percent(level["value"])
    return _("{tier} {rate}, target {target}").format(
        tier=tier,
        rate=_("{text} ({remark})").format(text=rate, remark=ends) if ends else rate,
        target=wording.target(level),
    )


def _by_gaps(scenario: Scenario, tiers: Sequence[str]) -> list[tuple[list[str], Gaps]]:
    """Return the tiers that have too few agents at the same times together."""
    groups: dict[Gaps, list[str]] = {}
    for name in tiers:
        groups.setdefault(gaps(scenario, name), []).append(name)
    return [(names, gap) for gap, names in groups.items()]


def remedy_of(gap: Gaps) -> str:
    """Return when a tier is short of agents, and about how many more would do."""
    if not gap.short:
        return _(
            "Erlang A finds enough agents at every time, so priorities, reserves, busy days or what else it "
            "leaves out are the reason; the report says which"
        )
    kept = sorted(gap.short, key=lambda span: -span.hours)[:MOST_SPANS]
    parts = [_short(span) for span in gap.short if span in kept]
    others = len(gap.short) - len(kept)
    if others:
        parts.append(
            ngettext("and short at {n} other time", "and short at {n} other times", others).format(n=others)
        )
    if gap.over:
        parts.append(_over(max(gap.over, key=lambda span: span.hours)))
    return _("{text} ({remark})").format(text=_("; ").join(parts), remark=_("agents by Erlang A"))


def _short(span: Span) -> str:
    return ngettext(
        "short {when}, about {agents} more agent then",
        "short {when}, about {agents} more agents then",
        span.most,
    ).format(when=when(span), agents=_range(span))


def _over(span: Span) -> str:
    return _("{when} has {agents} too many").format(when=when(span), agents=_range(span))


def _range(span: Span) -> str:
    if span.least == span.most:
        return f"{span.most:,}"
    return _("{low} to {high}").format(low=f"{span.least:,}", high=f"{span.most:,}")


def more_days(level: Level, replications: int) -> str:
    """Return how many replications would tell, as intervals narrow with the root of their number."""
    value, target = level["value"], level["target"]
    end = level["low"] if value is not None and value >= target else level["high"]
    if value is None or end is None:
        return _("one replication cannot tell; simulate 30 or more")
    gap = abs(value - target)
    needed = replications * (abs(value - end) / gap) ** 2 if gap else math.inf
    if needed > MOST_REPLICATIONS:
        return _("it is as good as on its target; one agent more would decide it")
    tens = 10 * math.ceil(max(needed, replications + 1) / 10)
    return _("about {n} replications would tell").format(n=f"{tens:,}")
