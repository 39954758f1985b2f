"""Oddities of tiers and of what their callers do."""

from __future__ import annotations

import math

from callcenter.scenario.checks.contacts import Check, Warnings, contacts
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.callers import MOST_FOLLOW_UPS

LONG_TALK = 7200.0
"""Seconds; a longer mean talk time is rather a slip in the unit."""

LIKELY_REDIAL = 0.9
"""From here on it is the limit on attempts that ends redialling, rather than the callers."""

LIKELY_REPEAT = 0.7
"""0.7^20: one customer in a thousand calls so often that the limit on follow-up calls ends it."""


def _silent_tiers(scenario: Scenario) -> Warnings:
    for tier, figure in contacts(scenario).items():
        if not figure and not any(scenario.demand.expected(tier)):
            yield f"tiers.{tier}", "nobody of this tier ever calls"


def _nobody_asks(scenario: Scenario) -> Warnings:
    for tier in scenario.tiers:
        if any(scenario.demand.expected(tier)) and scenario.asking(tier) < 1e-9:
            yield f"tiers.{tier}", "nobody asks for a person: the IVR or the online channel keeps them all"


def _long_talks(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        if tier.talk.mean > LONG_TALK and tier.channel != "deferred":
            given = f"the mean of {tier.talk.mean / 60:g} min is unusually long"
            yield f"tiers.{name}.talk", f"{given}; check the unit"


def _slow_down_alone(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        if tier.slow_down and tier.concurrency == 1:
            yield f"tiers.{name}.slow_down", "slows nobody down, as `concurrency` is 1"


def _useless_escalation(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        before = tier.priority
        for index, stage in enumerate(tier.escalate):
            if stage.priority >= before:
                what = "is worse than" if stage.priority > before else "is the same as"
                given = f"priority {stage.priority} {what} {before} before; smaller is served first"
                yield f"tiers.{name}.escalate.{index}", given
            before = stage.priority


def impossible(scenario: Scenario, name: str) -> dict[str, str]:
    """Return the ways of losing a call that never happen to a tier, with the reason."""
    tier, ivr = scenario.tiers[name], scenario.ivr_of(name)
    reasons = {
        "abandoned": "`patience` is never" if math.isinf(tier.patience.mean) else "",
        "blocked": "there is no limit of `lines`" if scenario.lines is None else "",
        "balked": "" if tier.can_balk else "`balk_above` is never",
        "left_ivr": "" if ivr and ivr.losing else "nobody hangs up in its IVR" if ivr else "it has no IVR",
        "closed": "`day.after_close` is drain" if scenario.day.after_close == "drain" else "",
    }
    if tier.channel != "phone":
        reasons["blocked"] = f"a {tier.channel} contact holds no line"
    return {outcome: reason for outcome, reason in reasons.items() if reason}


def _impossible_redials(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        reasons = impossible(scenario, name)
        for outcome, share in tier.redial.when.items() if tier.redial else ():
            if share > 0 and outcome in reasons:
                yield f"tiers.{name}.redial.when.{outcome}", f"such calls never happen: {reasons[outcome]}"


def _impossible_callbacks(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        reasons = impossible(scenario, name)
        if tier.callback is not None and all(outcome in reasons for outcome in tier.callback.on):
            listed = " and ".join(reasons[outcome] for outcome in dict.fromkeys(tier.callback.on))
            yield f"tiers.{name}.callback.on", f"such calls never happen: {listed}"


def _cut_off(scenario: Scenario) -> Warnings:
    """Yield a warning where a limit ends what would otherwise hardly ever end."""
    for name, tier in scenario.tiers.items():
        for outcome, share in tier.redial.when.items() if tier.redial else ():
            if tier.redial and share >= LIKELY_REDIAL and outcome not in impossible(scenario, name):
                limit = f"`attempts` ends it after {_times(tier.redial.attempts, 'redial')}"
                given = f"{share:.0%} of these callers dial again, whatever happens"
                yield f"tiers.{name}.redial.when.{outcome}", f"{given}; {limit}"
        if tier.repeat and tier.repeat.share >= LIKELY_REPEAT:
            limit = f"it ends when {MOST_FOLLOW_UPS} calls have followed a customer's first call"
            given = f"{tier.repeat.share:.0%} of those answered call again"
            yield f"tiers.{name}.repeat.share", f"{given}; {limit}"


def _times(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _nobody_to_talk_to(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        for transfer in tier.transfer:
            to = scenario.tiers[transfer.to]
            if tier.channel == "deferred" != to.channel:
                given = f"`{transfer.to}` is {to.channel}, but nobody waits when `{name}` is worked on"
                yield f"tiers.{name}.transfer", f"{given}; transfer to deferred work"


CHECKS: tuple[Check, ...] = (
    _silent_tiers,
    _nobody_asks,
    _long_talks,
    _slow_down_alone,
    _useless_escalation,
    _impossible_redials,
    _impossible_callbacks,
    _cut_off,
    _nobody_to_talk_to,
)
