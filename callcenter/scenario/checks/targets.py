"""Oddities of targets: what cannot be missed, cannot be proven, or says nothing beside another."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.scenario.checks.callers import impossible
from callcenter.scenario.checks.contacts import Check, Warnings
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.goals import Goal
from callcenter.scenario.parts.measures import SHARES
from callcenter.scenario.presets import preset

HOUR = 3600.0

CLOCKED = ("answered", "mean_wait")
"""Measures for which it matters when a clock starts."""


def _never_missed(scenario: Scenario) -> Warnings:
    """Yield the bounds that hold whatever happens, and the limits on losses that never happen."""
    for goal in scenario.goals:
        if goal.measure in SHARES and goal.bound == (0 if goal.at_least else 1):
            yield goal.path, _("cannot be missed: no share is below 0% or above 100%")
            continue
        reasons = [_never_lost(scenario, goal, name) for name in goal.tiers]
        if reasons and all(reasons):
            text = _("cannot be missed: {reason}")
            yield goal.path, text.format(reason=_("; ").join(dict.fromkeys(reasons)))


def _never_lost(scenario: Scenario, goal: Goal, name: str) -> str:
    """Return why what a target limits never happens to a tier, or never for so long; empty if it may."""
    if goal.measure in ("abandoned", "blocked"):
        reason = impossible(scenario, name).get(goal.measure, "")
        if reason:
            return reason
    longest = scenario.tiers[name].patience.longest
    limit = goal.bound if goal.measure == "mean_wait" else goal.after
    if limit is None or longest > limit:
        return ""
    return _("nobody waits longer than {longest:g} s, as `patience` says").format(longest=longest)


def _never_owed(scenario: Scenario) -> Warnings:
    for goal in scenario.goals:
        if goal.measure == "callbacks" and not any(
            scenario.tiers[name].owes_callbacks for name in goal.tiers
        ):
            yield goal.path, _("nobody is ever owed a callback here; give the tier `callback` or `offer`")


def _never_proven(scenario: Scenario) -> Warnings:
    """Yield the bounds that a single call breaks, so that no number of simulated days can prove them."""
    for goal in scenario.goals:
        is_all = goal.measure in SHARES and goal.bound == (1 if goal.at_least else 0)
        if (is_all or (goal.measure == "mean_wait" and goal.bound == 0)) and not goal.counts_days:
            yield (
                goal.path,
                _(
                    "is broken by a single call, and no number of simulated days can prove that there is "
                    "none: it is missed or unclear, never met; write for example `99%`, or `1%` for what "
                    "must not happen"
                ),
            )


def _never_staffed(scenario: Scenario) -> Warnings:
    for goal in scenario.goals:
        if goal.pool and not scenario.peak(goal.pool):
            yield goal.path, _("nobody of this pool is ever on the phones, so there is nothing to judge")


def _waiting_on_purpose(scenario: Scenario) -> Warnings:
    """Yield what counts the waits of callers and of deferred work as one."""
    for goal in scenario.goals:
        later = [name for name in goal.tiers if scenario.tiers[name].channel == "deferred"]
        others = [name for name in goal.tiers if name not in later]
        if later and others and goal.measure in CLOCKED:
            text = _(
                "counts `{later}` too, whose work may wait (`channel: deferred`); "
                "write `tiers: [{others}]` if it is about those"
            )
            yield goal.path, text.format(later=later[0], others=", ".join(others))


def _every_day(scenario: Scenario) -> Warnings:
    """Yield the targets that no number of simulated days can prove."""
    for goal in scenario.goals:
        if goal.counts_days and goal.on in (None, 1.0):
            yield (
                goal.path,
                _(
                    "asks for every day, which no number of simulated days can prove: it is missed or "
                    "unclear, never met; write for example `on: 95% of days`"
                ),
            )


def _uneven_hour(scenario: Scenario) -> Warnings:
    interval = scenario.day.interval
    for goal in scenario.goals:
        if goal.over == "busiest_hour" and HOUR % interval:
            text = _(
                "`day.interval` of {minutes:g} min does not divide an hour, "
                "so the busiest hour is no whole hour"
            )
            yield goal.path, text.format(minutes=interval / 60)


def _other_definition(scenario: Scenario) -> Warnings:
    for goal in scenario.goals:
        if goal.preset and goal.measure == "answered":
            meant, used = preset(goal.preset).definition, scenario.service_level.definition
            if meant != used:
                text = _(
                    "the rule means {meant}, here {used} is counted; "
                    "write `service_level.definition: {meant}`"
                )
                yield goal.path, text.format(meant=meant, used=used)


def _other_clock(scenario: Scenario) -> Warnings:
    """Yield the rules whose clock starts on dialling, where callers pass an IVR first."""
    for goal in scenario.goals:
        ivrs = [ivr for ivr in map(scenario.ivr_of, goal.tiers) if ivr is not None]
        if goal.measure in CLOCKED and goal.preset and preset(goal.preset).clock == "dialling" and ivrs:
            yield (
                goal.path,
                _(
                    "the rule's clock starts on dialling, here it starts on joining the line: time in the "
                    "IVR comes on top; take it off, with `answered` and `within` instead of the preset"
                ),
            )


def _says_nothing(scenario: Scenario) -> Warnings:
    """Yield a target that holds whenever another one does."""
    for weak in scenario.goals:
        strong = next((each for each in scenario.goals if _is_said_by(scenario, weak, each)), None)
        if strong is not None:
            yield weak.path, _("adds nothing: it holds whenever `{path}` does").format(path=strong.path)


def _is_said_by(scenario: Scenario, weak: Goal, strong: Goal) -> bool:
    """Whether a target holds whenever another one does; of a rule, only where the other is the same rule."""
    is_rule = bool(weak.preset) and weak.preset != strong.preset
    if weak.path == strong.path or is_rule or _about(weak) != _about(strong):
        return False
    return _follows(scenario, weak, strong)


def _about(goal: Goal) -> tuple[object, ...]:
    return goal.tiers, goal.pool, goal.over, goal.on


def _follows(scenario: Scenario, weak: Goal, strong: Goal) -> bool:
    if strong.measure == "answered" and weak.measure == "connected":
        return scenario.service_level.definition == "of_offered" and weak.bound <= strong.bound
    if weak.measure != strong.measure:
        return False
    looser = weak.bound <= strong.bound if weak.at_least else weak.bound >= strong.bound
    limits, others = (_limit(scenario, goal) for goal in (weak, strong))
    is_same = (weak.bound, limits) == (strong.bound, others)
    return looser and limits >= others and (not is_same or weak.path > strong.path)


def _limit(scenario: Scenario, goal: Goal) -> float:
    """Return the seconds by which a measure judges; the later, the easier it is to keep."""
    usual = scenario.callbacks.within if goal.measure == "callbacks" else 0.0
    return goal.within or goal.after or usual


CHECKS: tuple[Check, ...] = (
    _never_missed,
    _never_proven,
    _never_owed,
    _never_staffed,
    _waiting_on_purpose,
    _every_day,
    _uneven_hour,
    _other_definition,
    _other_clock,
    _says_nothing,
)
