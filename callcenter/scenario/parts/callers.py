"""What callers do beside waiting: escalate, balk, take an offer, dial again, move on; and their value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictStr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from callcenter.language import gettext as _
from callcenter.outcomes import Outcome
from callcenter.scenario.errors import fault, nearest, wrong
from callcenter.scenario.part import Context, Fault, Part, failure, one_above
from callcenter.scenario.parts.distribution import ServiceTime
from callcenter.scenario.values import (
    SHARE_TOLERANCE,
    Mean,
    Money,
    Share,
    as_written,
    duration,
    named,
    one_of,
    whole,
)

LOSSES = tuple(outcome.word for outcome in Outcome if outcome.is_loss)

MOST_FOLLOW_UPS = 20
"""Calls that may follow a customer's first call (rule R13c)."""


def _priority(value: object) -> int:
    if isinstance(value, str):
        raise wrong(
            _("is not a number"), value, _("write a whole number, such as 0; smaller is served first")
        )
    return whole(-1_000_000, 1_000_000)(value)


Priority = Annotated[int, BeforeValidator(_priority), named("priority")]


def patience_or_never(value: object, info: ValidationInfo) -> float:
    """Return a duration in seconds, infinity for `never`."""
    return math.inf if value == "never" else duration(value, info)


OrNever = Annotated[float, BeforeValidator(patience_or_never), named("duration_or_never")]


class Escalation(Part):
    """Another priority for a call that has waited long."""

    after: Mean = Field(description="From this wait on", examples=["2 min"])
    priority: Priority = Field(description="The priority from then on", examples=["0"])


def _later_and_later(stages: tuple[Escalation, ...]) -> tuple[Escalation, ...]:
    for index in range(1, len(stages)):
        before, after = stages[index - 1].after, stages[index].after
        if after <= before:
            message = _(
                "must be later than the one before, given {after:g} s after {before:g} s; "
                "put them in rising order"
            )
            raise failure([((index, "after"), fault(message.format(after=after, before=before)))])
    return stages


Escalations = Annotated[tuple[Escalation, ...], AfterValidator(_later_and_later)]


def _loss(value: Any) -> Any:
    if value not in LOSSES:
        remedy = nearest(value, LOSSES, _("write one of"))
        raise fault(_("is no outcome after which anybody dials again; {remedy}").format(remedy=remedy), "key")
    return value


class Redial(Part):
    """A caller who was lost dials again."""

    after: ServiceTime = Field(description="How long after the loss", examples=["{exponential: 10 min}"])
    when: dict[Annotated[str, BeforeValidator(_loss), one_of(LOSSES)], Share] = Field(
        min_length=1,
        description="Outcomes after which callers dial again, each with its chance",
        examples=["{abandoned: 40%, blocked: 70%}"],
    )
    attempts: Annotated[int, BeforeValidator(whole(1, MOST_FOLLOW_UPS)), named("one_to_twenty")] = Field(
        3, description="At most this many redials after the first call"
    )


class Repeat(Part):
    """A caller who was answered but not helped calls again."""

    share: Share = Field(description="Share of the answered calls", examples=["12%"])
    after: ServiceTime = Field(description="How long after the talk", examples=["{exponential: 4 h}"])


class Transfer(Part):
    """Calls that go on to another tier at the end of the talk."""

    share: Share = Field(description="Share of the answered calls", examples=["8%"])
    to: StrictStr = Field(description="The tier they go on to", examples=["second_line"])


def _listed(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Return one mapping as a list of one."""
    if not isinstance(value, dict | Transfer):
        if not isinstance(value, list | tuple):
            raise wrong(
                _("must say who goes on to which tier"), value, _("write {share: 8%, to: second_line}")
            )
        return handler(value)
    try:
        return handler([value])
    except ValidationError as error:
        raise failure(one_above(error)) from None


def _at_most_all(transfers: tuple[Transfer, ...]) -> tuple[Transfer, ...]:
    total = math.fsum(transfer.share for transfer in transfers)
    if total > 1 + SHARE_TOLERANCE:
        raise fault(_("the shares add up to {total:.10g}%, above 100%; lower one").format(total=100 * total))
    return transfers


Transfers = Annotated[
    tuple[Transfer, ...], AfterValidator(_at_most_all), WrapValidator(_listed), named("transfers")
]


class Offer(Part):
    """A callback offered to a caller instead of waiting."""

    when_announced_wait_exceeds: Mean | None = Field(
        None, description="Offered when the announced wait is longer", examples=["1 min"]
    )
    when_in_line: Annotated[int, BeforeValidator(whole(0, 1_000_000)), named("whole")] | None = Field(
        None,
        description="Offered when so many calls or more wait for the same pools",
        examples=["5"],
    )
    accepted: Share = Field(description="Share of these callers who take it", examples=["40%"])
    keeps_place: StrictBool = Field(
        False,
        description="The callback keeps the caller's place in the line: an agent dials when it is its turn",
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield an offer with two conditions, or with none."""
        if "when_announced_wait_exceeds" in data and "when_in_line" in data:
            message = _(
                "an offer has one condition, beside it stands `when_announced_wait_exceeds`; keep one"
            )
            yield ("when_in_line",), fault(message, "key")
        elif "when_announced_wait_exceeds" not in data and "when_in_line" not in data:
            example = _("`when_announced_wait_exceeds: 1 min` or `when_in_line: 5`")
            yield (
                ("when_announced_wait_exceeds",),
                fault(_("is missing; write {example}").format(example=example), "absent"),
            )


class Silent(Part):
    """Customers who leave a chat without a word, so that nobody notices for a while."""

    share: Share = Field(description="Share of those whose patience ends", examples=["30%"])
    noticed_after: ServiceTime = Field(
        description="How long an agent who takes the chat waits for an answer", examples=["2 min"]
    )


class Value(Part):
    """What a call is worth, in money; a loss is negative."""

    answered: Money = Field(as_written(0), description="Value of an answered call", examples=["3.5"])
    abandoned: Money = Field(as_written(0), description="Value of an abandoned call", examples=["-20"])
