"""Before a person: the web and app, the voice menus, and how many callers ask for a person in the end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from callcenter.language import gettext as _
from callcenter.scenario.errors import both, fault
from callcenter.scenario.part import Context, Fault, Part
from callcenter.scenario.parts.distribution import ServiceTime
from callcenter.scenario.parts.menus import AGENT, menu_faults, shares_in_all
from callcenter.scenario.values import OR_NONE, HandleTimeFactor, Share, as_written, named

MOST_MENUS = 50


def none_word(value: Any) -> Any:
    """Return None for the word `none`."""
    return None if value == "none" else value


class Menu(Part):
    """One menu of the IVR: some callers are solved in it, some hang up, the others choose how to go on."""

    time: ServiceTime = Field(
        description="Time in this menu", examples=["{lognormal: {mean: 20 s, cv: 0.6}}"]
    )
    self_service: Share = Field(0.0, description="Share of its callers whom it solves", examples=["30%"])
    hangs_up: Share = Field(0.0, description="Share of its callers who give up in it", examples=["3%"])
    choices: dict[str, Share] = Field(
        default_factory=dict,
        description="Where the others go on: menus or `agent`, with their shares; left out: all to an agent",
        examples=["{billing: 60%, agent: 40%}"],
    )

    @model_validator(mode="after")
    def _somebody_else(self) -> Self:
        _refuse_too_many(self.self_service, self.hangs_up)
        if self.choices:
            shares_in_all(self.choices)
        return self


class Returns(Part):
    """Callers whom the IVR only seemed to solve: they call again and ask for a person."""

    share: Share = Field(description="Share of the calls that it seemed to solve", examples=["20%"])
    after: ServiceTime = Field(description="How long after them", examples=["{exponential: 2 h}"])


class Ivr(Part):
    """Voice self-service before the line: one stop, or a small tree of menus."""

    time: ServiceTime | None = Field(
        None, description="Time in the IVR", examples=["{lognormal: {mean: 40 s, cv: 0.6}}"]
    )
    self_service: Share = Field(0.0, description="Share of the calls that the IVR solves", examples=["30%"])
    hangs_up: Share = Field(0.0, description="Share trapped in self-service who give up", examples=["3%"])
    authentication: ServiceTime | None = Field(
        None, description="Extra time of the callers who go on to a person", examples=["15 s"]
    )
    returns: Annotated[Returns | None, BeforeValidator(none_word)] = Field(
        None,
        description="Callers whom the IVR only seemed to solve call again, or `none`",
        examples=["{share: 20%, after: {exponential: 2 h}}"],
        json_schema_extra=OR_NONE,
    )
    talk_after_ivr: HandleTimeFactor = Field(
        1.0, description="Factor on talk and wrap-up of calls that came through the IVR", examples=["1.15"]
    )
    menus: dict[str, Menu] | None = Field(
        None,
        min_length=1,
        max_length=MOST_MENUS,
        description="Menus instead of `time`, `self_service` and `hangs_up`; the first is the entry",
        examples=["{main: {time: 20 s, self_service: 30%}}"],
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what does not fit together: two ways to state it, and menus that lead nowhere."""
        if "menus" not in data:
            if "time" not in data:
                example = "{lognormal: {mean: 40 s, cv: 0.6}}"
                yield (
                    ("time",),
                    fault(
                        _("is missing; write for example `time: {example}`").format(example=example), "absent"
                    ),
                )
            return
        rivals = [key for key in ("time", "self_service", "hangs_up") if key in data]
        if rivals:
            listed = both(f"`{key}`" for key in rivals)
            yield (
                ("menus",),
                fault(
                    _("says what {rivals} say in another way; keep one of the two").format(rivals=listed),
                    "key",
                ),
            )
        yield from menu_faults(data["menus"])

    @model_validator(mode="after")
    def _somebody_else(self) -> Self:
        _refuse_too_many(self.self_service, self.hangs_up)
        return self

    @property
    def asking(self) -> float:
        """Share of its callers who ask for a person in the end."""
        if self.menus is None:
            return 1 - self.self_service - self.hangs_up
        return _asking(self.menus, next(iter(self.menus)), {})

    @property
    def solving(self) -> float:
        """Share of its callers whom it solves, or seems to."""
        return self.self_service if self.menus is None else _solving(self.menus, next(iter(self.menus)), {})

    @property
    def returning(self) -> float:
        """Share of its callers who call again because they were not solved, and then reach a person."""
        if self.returns is None:
            return 0.0
        return self.solving * self.returns.share * (self.asking + self.solving)

    @property
    def losing(self) -> bool:
        """Whether anybody hangs up in it."""
        return self.hangs_up > 0 or any(menu.hangs_up > 0 for menu in (self.menus or {}).values())


def _refuse_too_many(solved: float, gone: float) -> None:
    if solved + gone > 1:
        total = f"{100 * (solved + gone):g}%"
        raise fault(
            _("`self_service` and `hangs_up` add up to {total}, above 100%; lower one").format(total=total)
        )


def _asking(menus: Mapping[str, Menu], name: str, known: dict[str, float]) -> float:
    if name not in known:
        menu = menus[name]
        onward = menu.choices or {AGENT: 1.0}
        asking = (
            share if choice == AGENT else share * _asking(menus, choice, known)
            for choice, share in onward.items()
        )
        known[name] = (1 - menu.self_service - menu.hangs_up) * math.fsum(asking)
    return known[name]


def _solving(menus: Mapping[str, Menu], name: str, known: dict[str, float]) -> float:
    if name not in known:
        menu = menus[name]
        onward = menu.choices.items()
        later = (share * _solving(menus, way, known) for way, share in onward if way != AGENT)
        known[name] = menu.self_service + (1 - menu.self_service - menu.hangs_up) * math.fsum(later)
    return known[name]


class Online(Part):
    """The web or app in front of the hotline."""

    share: Share = Field(description="Share of the customers who start on the web or app", examples=["40%"])
    solves: Share = Field(
        description="Share of those who are solved there; the others call", examples=["60%"]
    )
    time: ServiceTime = Field(
        as_written("0 s"), description="Time spent there before calling", examples=["{exponential: 5 min}"]
    )

    @property
    def calling(self) -> float:
        """Share of all customers who call, whether they started online or not."""
        return 1 - self.share * self.solves


def _own(model: type[Part]) -> PlainValidator:
    """Return the check of a tier's own part in place of the scenario's: the part, or `none`."""

    def check(value: Any, info: ValidationInfo) -> Any:
        return (
            value if value is None or value == "none" else model.model_validate(value, context=info.context)
        )

    return PlainValidator(check)


OwnIvr = Annotated[Ivr | Literal["none"] | None, _own(Ivr), named("Ivr")]
OwnOnline = Annotated[Online | Literal["none"] | None, _own(Online), named("Online")]
SharedIvr = Annotated[Ivr | None, BeforeValidator(none_word)]
SharedOnline = Annotated[Online | None, BeforeValidator(none_word)]
