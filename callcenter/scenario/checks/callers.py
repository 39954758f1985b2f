"""Oddities of tiers and of what their callers do."""

from __future__ import annotations

import math

from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario.checks.contacts import Check, Warnings, contacts
from callcenter.scenario.errors import both
from callcenter.scenario.model import Scenario
from callcenter.scenario.parts.callers import MOST_FOLLOW_UPS
from callcenter.scenario.parts.ivr import Ivr

LONG_TALK = 7200.0
"""Seconds; a longer mean talk time is rather a slip in the unit."""

NOBODY_LEFT = 1e-9
"""Of a share that is worked out: it stands for 0."""

LIKELY_REDIAL = 0.9
"""From here on it is the limit on attempts that ends redialling, rather than the callers."""

LIKELY_REPEAT = 0.7
"""0.7^20: one customer in a thousand calls so often that the limit on follow-up calls ends it."""


def _silent_tiers(scenario: Scenario) -> Warnings:
    for tier, figure in contacts(scenario).items():
        if not figure and not any(scenario.demand.expected(tier)):
            yield f"tiers.{tier}", _("nobody of this tier ever calls")


def _nobody_asks(scenario: Scenario) -> Warnings:
    for tier in scenario.tiers:
        if any(scenario.demand.expected(tier)) and scenario.asking(tier) < NOBODY_LEFT:
            yield f"tiers.{tier}", _("nobody asks for a person: the IVR or the online channel keeps them all")


def _long_talks(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        if tier.talk.mean > LONG_TALK and tier.channel != "deferred":
            message = _("the mean of {mean:g} min is unusually long; check the unit")
            yield f"tiers.{name}.talk", message.format(mean=tier.talk.mean / 60)


def _slow_down_alone(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        if tier.slow_down and tier.concurrency == 1:
            yield f"tiers.{name}.slow_down", _("slows nobody down, as `concurrency` is 1")


def _silent_for_ever(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        if tier.silent and tier.silent.share == 0:
            yield f"tiers.{name}.silent", _("nobody leaves without a word, as `share` is 0%")
        elif tier.silent and math.isinf(tier.patience.mean):
            yield f"tiers.{name}.silent", _("nobody leaves without a word, as `patience` is never")
        elif tier.silent and tier.callback and "abandoned" in tier.callback.on and tier.silent.share == 1:
            message = _("nobody is called back after `abandoned`: who leaves without a word is owed nothing")
            yield f"tiers.{name}.callback.on", message


def _no_returns(scenario: Scenario) -> Warnings:
    """Yield returns that nobody makes: nobody seems to be solved, or the hotline has closed for good."""
    ivrs = {"ivr": scenario.ivr} | {
        f"tiers.{name}.ivr": tier.ivr for name, tier in scenario.tiers.items() if isinstance(tier.ivr, Ivr)
    }
    hours = scenario.days * scenario.day.length
    for path, ivr in ivrs.items():
        if ivr is None or ivr.returns is None:
            continue
        if ivr.returns.share == 0:
            yield f"{path}.returns", _("nobody returns, as `share` is 0%")
        elif ivr.solving < NOBODY_LEFT:
            yield f"{path}.returns", _("nobody returns, as the IVR solves nobody (`self_service`)")
        elif ivr.returns.after.mean >= hours:
            message = _(
                "comes on average {mean:g} h of opening later, after the last close of a run of {run:g} h; "
                "simulate more `days`"
            )
            yield (
                f"{path}.returns.after",
                message.format(mean=ivr.returns.after.mean / 3600, run=hours / 3600),
            )


def _passed_by(scenario: Scenario) -> Warnings:
    """Yield an IVR or a web channel of the scenario that no caller passes."""
    for key, part, own in (
        ("ivr", scenario.ivr, scenario.ivr_of),
        ("online", scenario.online, scenario.online_of),
    ):
        if part is not None and not any(own(tier) is part for tier in scenario.tiers):
            yield key, _("no tier passes it: each has its own or none, or does not phone")


def _never_accepted(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        if tier.offer is not None and tier.offer.accepted == 0:
            yield f"tiers.{name}.offer", _("nobody takes the callback, as `accepted` is 0%")


def _even_demand(scenario: Scenario) -> Warnings:
    factor = scenario.demand.interval_factor
    if factor is not None and not any(factor.cv):
        yield "demand.interval_factor", _("changes nothing, as its `cv` is 0%")
    elif factor is not None and factor.correlation == 1 and len(set(factor.cv)) == 1:
        message = _("all intervals of a day have one factor then; write `day_factor_cv: {cv:g}%` instead")
        yield "demand.interval_factor.correlation", message.format(cv=round(100 * factor.cv[0], 2))


def _useless_escalation(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        before = tier.priority
        for index, stage in enumerate(tier.escalate):
            if stage.priority >= before:
                message = (
                    _("priority {priority} is worse than {before} before; smaller is served first")
                    if stage.priority > before
                    else _("priority {priority} is the same as {before} before; smaller is served first")
                )
                given = message.format(priority=stage.priority, before=before)
                yield f"tiers.{name}.escalate.{index}", given
            before = stage.priority


def impossible(scenario: Scenario, name: str) -> dict[str, str]:
    """Return the ways of losing a call that never happen to a tier, with the reason."""
    tier, ivr = scenario.tiers[name], scenario.ivr_of(name)
    reasons = {
        "abandoned": _("`patience` is never") if math.isinf(tier.patience.mean) else "",
        "blocked": _("there is no limit of `lines`") if scenario.lines is None else "",
        "balked": "" if tier.can_balk else _("`balk_above` is never"),
        "left_ivr": ""
        if ivr and ivr.losing
        else _("nobody hangs up in its IVR")
        if ivr
        else _("it has no IVR"),
        "closed": _("`day.after_close` is drain") if scenario.day.after_close == "drain" else "",
    }
    if tier.channel != "phone":
        reasons["blocked"] = _("a {channel} contact holds no line").format(channel=tier.channel)
    return {outcome: reason for outcome, reason in reasons.items() if reason}


def _impossible_redials(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        reasons = impossible(scenario, name)
        for outcome, share in tier.redial.when.items() if tier.redial else ():
            if share > 0 and outcome in reasons:
                yield (
                    f"tiers.{name}.redial.when.{outcome}",
                    _("such calls never happen: {reason}").format(reason=reasons[outcome]),
                )


def _impossible_callbacks(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        reasons = impossible(scenario, name)
        if tier.callback is not None and all(outcome in reasons for outcome in tier.callback.on):
            listed = both(reasons[outcome] for outcome in dict.fromkeys(tier.callback.on))
            yield f"tiers.{name}.callback.on", _("such calls never happen: {reason}").format(reason=listed)


def _cut_off(scenario: Scenario) -> Warnings:
    """Yield a warning where a limit ends what would otherwise hardly ever end."""
    for name, tier in scenario.tiers.items():
        for outcome, share in tier.redial.when.items() if tier.redial else ():
            if tier.redial and share >= LIKELY_REDIAL and outcome not in impossible(scenario, name):
                message = ngettext(
                    "{share:.0%} of these callers dial again, whatever happens; "
                    "`attempts` ends it after {n} redial",
                    "{share:.0%} of these callers dial again, whatever happens; "
                    "`attempts` ends it after {n} redials",
                    tier.redial.attempts,
                )
                given = message.format(share=share, n=tier.redial.attempts)
                yield f"tiers.{name}.redial.when.{outcome}", given
        if tier.repeat and tier.repeat.share >= LIKELY_REPEAT:
            message = _(
                "{share:.0%} of those answered call again; "
                "it ends when {n} calls have followed a customer's first call"
            )
            given = message.format(share=tier.repeat.share, n=MOST_FOLLOW_UPS)
            yield f"tiers.{name}.repeat.share", given


def _nobody_to_talk_to(scenario: Scenario) -> Warnings:
    for name, tier in scenario.tiers.items():
        for transfer in tier.transfer:
            to = scenario.tiers[transfer.to]
            if tier.channel == "deferred" != to.channel:
                message = _(
                    "`{to}` is {channel}, but nobody waits when `{name}` is worked on; "
                    "transfer to deferred work"
                )
                given = message.format(to=transfer.to, channel=to.channel, name=name)
                yield f"tiers.{name}.transfer", given


CHECKS: tuple[Check, ...] = (
    _silent_tiers,
    _nobody_asks,
    _long_talks,
    _slow_down_alone,
    _silent_for_ever,
    _no_returns,
    _passed_by,
    _never_accepted,
    _even_demand,
    _useless_escalation,
    _impossible_redials,
    _impossible_callbacks,
    _cut_off,
    _nobody_to_talk_to,
)
