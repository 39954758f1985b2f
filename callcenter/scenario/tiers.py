"""Who calls: tiers with their priority, promise, patience and work, and the IVR they pass first."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from callcenter.scenario.distributions import Patience, ServiceTime
from callcenter.scenario.errors import fault
from callcenter.scenario.part import Part
from callcenter.scenario.values import OR_NONE, Duration, Share, as_written, named, whole

LossOutcome = Literal["abandoned", "balked", "blocked", "closed"]


def none_word(value: Any) -> Any:
    """Return None for the word `none`."""
    return None if value == "none" else value


class Ivr(Part):
    """Voice self-service before the line."""

    time: ServiceTime = Field(description="Time in the IVR", examples=["{lognormal: {mean: 40 s, cv: 0.6}}"])
    self_service: Share = Field(0.0, description="Share of the calls that the IVR solves", examples=["30%"])
    hangs_up: Share = Field(0.0, description="Share trapped in self-service who give up", examples=["3%"])

    @model_validator(mode="after")
    def _somebody_else(self) -> Self:
        total = self.self_service + self.hangs_up
        if total > 1:
            raise fault(f"`self_service` and `hangs_up` add up to {100 * total:g}%, above 100%; lower one")
        return self


def _own_ivr(value: Any, info: ValidationInfo) -> Ivr | Literal["none"] | None:
    if value is None or value == "none":
        return value  # type: ignore[no-any-return]
    return Ivr.model_validate(value, context=info.context)


class Target(Part):
    """The promise to a tier: this share is answered within this time."""

    within: Duration = Field(description="Longest wait that keeps the promise, inclusive", examples=["20 s"])
    share: Share = Field(description="Share of the calls that must be answered within it", examples=["90%"])


class CallbackRule(Part):
    """Which lost calls the back office owes a call."""

    on: tuple[LossOutcome, ...] = Field(
        min_length=1, description="Outcomes that lead to a callback", examples=["[abandoned, blocked]"]
    )
    share: Share = Field(1.0, description="Share of those calls that leave a record", examples=["100%"])


class Tier(Part):
    """A class of callers."""

    priority: Annotated[int, BeforeValidator(whole(-1_000_000, 1_000_000)), named("priority")] = Field(
        description="Smaller is served first; equal priorities are one first-come-first-served line",
        examples=["1"],
    )
    target: Annotated[Target | None, BeforeValidator(none_word)] = Field(
        None,
        description="The promise, or `none`",
        examples=["{within: 20 s, share: 90%}"],
        json_schema_extra=OR_NONE,
    )
    patience: Patience = Field(
        as_written("never"),
        description="How long a caller waits in the line before hanging up",
        examples=["{exponential: 3 min}"],
    )
    talk: ServiceTime = Field(
        description="Time an agent talks with the caller", examples=["{lognormal: {mean: 200 s, cv: 0.9}}"]
    )
    wrap_up: ServiceTime = Field(
        as_written("0 s"),
        description="Work after the call: agent busy, caller gone",
        examples=["{exponential: 30 s}"],
    )
    ivr: Annotated[Ivr | Literal["none"] | None, PlainValidator(_own_ivr), named("Ivr")] = Field(
        None,
        description="This tier's own IVR, or `none`; left out: the scenario's",
        examples=["none"],
        json_schema_extra=OR_NONE,
    )
    callback: Annotated[CallbackRule | None, BeforeValidator(none_word)] = Field(
        None,
        description="Which lost calls are called back, or `none`",
        examples=["{on: [abandoned, blocked]}"],
        json_schema_extra=OR_NONE,
    )
