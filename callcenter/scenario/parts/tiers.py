"""Who calls: tiers with their priority, promise, patience, work and behaviour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from callcenter.language import gettext as _
from callcenter.outcomes import Outcome
from callcenter.scenario.errors import fault
from callcenter.scenario.part import Context, Fault, Part
from callcenter.scenario.parts.callers import (
    Escalations,
    Offer,
    OrNever,
    Priority,
    Redial,
    Repeat,
    Silent,
    Transfers,
    Value,
)
from callcenter.scenario.parts.channels import Channel, channel_faults
from callcenter.scenario.parts.distribution import Patience, ServiceTime
from callcenter.scenario.parts.goals import Goal, threshold, tier_goals
from callcenter.scenario.parts.ivr import OwnIvr, OwnOnline, none_word
from callcenter.scenario.parts.targets import MOST_TARGETS, ShortTarget, Target, TierTarget
from callcenter.scenario.values import (
    OR_NONE,
    Duration,
    Share,
    SlowDown,
    as_written,
    choice,
    named,
    one_of,
    whole,
)

TREATMENT = object()
"""Marks a key that decides what becomes of the calls, not when they come or what they need (rule R2)."""

LOSSES_CALLED_BACK = tuple(outcome.word for outcome in Outcome if outcome.may_owe_callback)

LossOutcome = Annotated[str, BeforeValidator(choice(LOSSES_CALLED_BACK)), one_of(LOSSES_CALLED_BACK)]


class CallbackRule(Part):
    """Which lost calls the back office owes a call."""

    on: tuple[LossOutcome, ...] = Field(
        min_length=1, description="Outcomes that lead to a callback", examples=["[abandoned, blocked]"]
    )
    share: Share = Field(1.0, description="Share of those calls that leave a record", examples=["100%"])


class Tier(Part):
    """A class of callers."""

    priority: Annotated[Priority, TREATMENT] = Field(
        description="Smaller is served first; equal priorities are one first-come-first-served line",
        examples=["1"],
    )
    channel: Channel = Field(
        "phone", description="phone, chat, or deferred: work that waits, such as e-mail or a complaint case"
    )
    short_target: Annotated[ShortTarget, TREATMENT] = Field(
        None,
        validation_alias="target",
        description="The promise, counted from joining the line; or {preset: NAME}, or `none`",
        examples=["{within: 20 s, share: 90%}"],
        json_schema_extra=OR_NONE,
    )
    targets: Annotated[tuple[TierTarget, ...], TREATMENT] = Field(
        (),
        max_length=MOST_TARGETS,
        description="Several promises, or other ones, instead of `target`",
        examples=["[{answered: 90%, within: 20 s}, {abandoned: 5%, over: day, on: 90% of days}]"],
    )
    patience: Patience = Field(
        as_written("never"),
        description="How long a caller waits in the line before hanging up",
        examples=["{exponential: 3 min}"],
    )
    silent: Annotated[Silent | None, BeforeValidator(none_word)] = Field(
        None,
        description="Customers who leave a chat without closing it, or `none`",
        examples=["{share: 30%, noticed_after: 2 min}"],
        json_schema_extra=OR_NONE,
    )
    talk: ServiceTime = Field(
        description="Time an agent talks with the caller", examples=["{lognormal: {mean: 200 s, cv: 0.9}}"]
    )
    wrap_up: ServiceTime = Field(
        as_written("0 s"),
        description="Work after the call: agent busy, caller gone",
        examples=["{exponential: 30 s}"],
    )
    concurrency: Annotated[int, BeforeValidator(whole(1, 20)), named("one_to_twenty"), TREATMENT] = Field(
        1, description="Contacts that an agent handles at a time; above 1 not on the phone", examples=["3"]
    )
    slow_down: Annotated[SlowDown, TREATMENT] = Field(
        0.0,
        description="Each further contact in hand makes the next one longer by this share",
        examples=["20%"],
    )
    head_start: Annotated[Duration, TREATMENT] = Field(
        0.0, description="Counts in the line as waited already", examples=["30 s"]
    )
    escalate: Annotated[Escalations, TREATMENT] = Field(
        (), description="Other priorities after a long wait", examples=["[{after: 2 min, priority: 0}]"]
    )
    balk_above: Annotated[OrNever, TREATMENT] = Field(
        as_written("never"),
        description="Leaves at once when the announced wait is longer",
        examples=["5 min"],
    )
    redial: Annotated[Redial | None, BeforeValidator(none_word)] = Field(
        None,
        description="Lost callers dial again, or `none`",
        examples=["{after: {exponential: 10 min}, when: {abandoned: 40%}}"],
        json_schema_extra=OR_NONE,
    )
    repeat: Annotated[Repeat | None, BeforeValidator(none_word)] = Field(
        None,
        description="Answered callers who were not helped call again, or `none`",
        examples=["{share: 12%, after: {exponential: 4 h}}"],
        json_schema_extra=OR_NONE,
    )
    transfer: Transfers = Field(
        (), description="Answered calls that go on to other tiers", examples=["{share: 8%, to: second_line}"]
    )
    ivr: OwnIvr = Field(
        None,
        description="This tier's own IVR, or `none`; left out: the scenario's",
        examples=["none"],
        json_schema_extra=OR_NONE,
    )
    online: OwnOnline = Field(
        None,
        description="This tier's own web or app, or `none`; left out: the scenario's",
        examples=["none"],
        json_schema_extra=OR_NONE,
    )
    callback: Annotated[CallbackRule | None, BeforeValidator(none_word), TREATMENT] = Field(
        None,
        description="Which lost calls are called back, or `none`",
        examples=["{on: [abandoned, blocked]}"],
        json_schema_extra=OR_NONE,
    )
    offer: Annotated[Offer | None, BeforeValidator(none_word), TREATMENT] = Field(
        None,
        description="A callback offered instead of waiting, or `none`",
        examples=["{when_announced_wait_exceeds: 1 min, accepted: 40%}"],
        json_schema_extra=OR_NONE,
    )
    value: Annotated[Value, TREATMENT] = Field(
        as_written({}),
        description="What a call is worth, for the economics table",
        examples=["{answered: 3, abandoned: -20}"],
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what does not fit the channel, and two ways to say what is promised."""
        yield from channel_faults(data)
        if "target" in data and "targets" in data:
            message = _("says what `target` says in another way; keep one of the two")
            yield ("targets",), fault(message, "key")

    @classmethod
    def treatment(cls) -> frozenset[str]:
        """Return the keys that decide what becomes of the calls, and nothing about the calls themselves."""
        return frozenset(key for key, field in cls.model_fields.items() if TREATMENT in field.metadata)

    @property
    def target(self) -> Target | None:
        """The promise that figures with one threshold show: the first one about answers in time."""
        return threshold(self.goals(""))

    def goals(self, name: str) -> tuple[Goal, ...]:
        """Return all that is promised to the tier of this name."""
        return tier_goals(f"tiers.{name}", name, self.short_target, self.targets)

    @property
    def owes_callbacks(self) -> bool:
        """Whether calls of this tier may lead to callbacks."""
        return self.callback is not None or self.offer is not None

    @property
    def keeps_places(self) -> bool:
        """Whether callbacks that its callers take keep their place in the line."""
        return self.offer is not None and self.offer.keeps_place

    @property
    def at_desk(self) -> bool:
        """Whether its contacts take places of agents: several at a time, or after the customer has gone."""
        return self.concurrency > 1 or self.silent is not None

    @property
    def can_balk(self) -> bool:
        """Whether a caller may leave because of the announced wait."""
        return math.isfinite(self.balk_above)
