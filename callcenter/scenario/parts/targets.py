"""What is promised: targets of a tier, of tiers together, and of a pool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    StrictStr,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Context, Fault, Part, unknown_tiers
from callcenter.scenario.parts.ivr import none_word
from callcenter.scenario.parts.measures import Measure, Period
from callcenter.scenario.parts.target_faults import (
    measure_faults,
    measures_of,
    no_longer_period,
    preset_faults,
    short_form_faults,
)
from callcenter.scenario.presets import PresetName
from callcenter.scenario.values import Duration, Share, named, share

_OF_DAYS = re.compile(r"\s*of (the )?days\s*$")
_COUNTED = re.compile(r"\s*(\d{1,4})\s*(?:/|of)\s*(\d{1,4})(?:\s+days)?\s*")


def _of_days(value: object) -> float:
    """Return the share of `90% of days`, above 0."""
    counted = _COUNTED.fullmatch(value) if isinstance(value, str) else None
    if counted:
        kept, of = map(int, counted.groups())
        what = _("is a number of days, not a share of them")
        remedy = _("write `on: {share}% of days`")
        raise wrong(what, value, remedy.format(share=round(100 * kept / max(kept, of, 1))))
    text = _OF_DAYS.sub("", value).strip() if isinstance(value, str) else value
    figure = share(text)
    if figure > 0:
        return figure
    raise wrong(_("must be above 0"), value, _("write for example 90% of days"))


DayShare = Annotated[float, BeforeValidator(_of_days), named("day_share")]


class Target(Part):
    """The promise to a tier: this share is answered within this time of joining the line."""

    within: Duration = Field(
        description="Longest wait in the line that keeps the promise, inclusive", examples=["20 s"]
    )
    share: Share = Field(description="Share of the calls that must be answered within it", examples=["90%"])

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what only a list of targets says."""
        yield from short_form_faults(data, cls.known_keys())


class Judged(Part):
    """When a target must hold."""

    over: Annotated[Period | None, BeforeValidator(no_longer_period)] = Field(
        None,
        description="Judged over the run (usual), each day, each interval, or the busiest hour of the day",
        examples=["day"],
    )
    on: DayShare | None = Field(
        None, description="Share of days on which it must hold", examples=["90% of days"]
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield days of a run."""
        if data.get("over") == "run" and "on" in data:
            message = _("a run is judged once, `on` counts days; write `over: day`")
            yield ("over",), fault(message)

    @property
    def period(self) -> Period:
        """What it is judged over; days, where it must hold on a share of them."""
        return self.over or ("run" if self.on is None else "day")


class PresetTarget(Judged):
    """The promise to a tier: what a published rule says."""

    preset: PresetName = Field(description="A published rule, see `presets`", examples=["gbt-33358-2016"])

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield days of a run, and what stands beside the preset, which says it all."""
        yield from super().faults(data, context)
        yield from preset_faults(data)


class Measured(Judged):
    """One thing that must be kept, and when."""

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield no measure or several, a time that is missing or too much, and days of a run."""
        yield from super().faults(data, context)
        yield from measure_faults(cls, data)

    @property
    def measure(self) -> Measure:
        """The measure it names."""
        return next(key for key in measures_of(type(self)) if getattr(self, key) is not None)

    @property
    def bound(self) -> float:
        """The share, or seconds, that must be reached or not exceeded."""
        return float(getattr(self, self.measure))


class TierTarget(Measured):
    """One thing that is promised to a tier, or a published rule; times count from joining the line."""

    preset: PresetName | None = Field(
        None, description="A published rule instead of a measure, see `presets`", examples=["gbt-33358-2016"]
    )
    answered: Share | None = Field(
        None, description="Least share answered `within` a time in the line", examples=["90%"]
    )
    connected: Share | None = Field(
        None, description="Least share of those who ask for a person that is answered", examples=["95%"]
    )
    abandoned: Share | None = Field(
        None, description="Largest share of those who ask for a person that hangs up", examples=["5%"]
    )
    blocked: Share | None = Field(
        None, description="Largest share of calls that find no free line", examples=["2%"]
    )
    mean_wait: Duration | None = Field(
        None, description="Longest mean wait in the line of those answered", examples=["30 s"]
    )
    callbacks: Share | None = Field(
        None, description="Least share of owed calls first tried `within` a time", examples=["95%"]
    )
    within: Duration | None = Field(
        None,
        description="Longest time that keeps the promise: of an answer from joining the line; of a callback "
        "from the lost call, left out: that of `callbacks`",
        examples=["20 s"],
    )
    after: Duration | None = Field(
        None,
        description="Of `abandoned`: who hangs up within this time in the line is left out",
        examples=["30 s"],
    )


class SharedTarget(TierTarget):
    """One thing that is promised to several tiers together."""

    tiers: tuple[StrictStr, ...] | None = Field(
        None, min_length=1, description="The tiers that count; left out: all", examples=["[vip, regular]"]
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield the faults of a tier's target, and tiers that nobody knows."""
        yield from super().faults(data, context)
        names = data["tiers"] if isinstance(data.get("tiers"), list) else []
        for index, name in enumerate(names):
            yield from ((("tiers", index), error) for _, error in unknown_tiers((), [name], context))
            if name in names[:index]:
                yield ("tiers", index), fault(_("names `{name}` twice; remove one").format(name=name), "key")


class PoolTarget(Measured):
    """One thing that is promised of a pool."""

    occupancy: Share | None = Field(
        None, description="Largest share of agents' time on the phones that is work", examples=["88%"]
    )


def _short(value: Any, _handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Return the promise in the short form, or that of a preset."""
    if value is None or isinstance(value, Target | PresetTarget):
        return value
    if isinstance(value, list):
        raise wrong(_("is one promise"), value, _("write `targets` for a list of them"))
    model = PresetTarget if isinstance(value, dict) and "preset" in value else Target
    return model.model_validate(value, context=info.context)


ShortTarget = Annotated[
    Target | PresetTarget | None,
    WrapValidator(_short),
    BeforeValidator(none_word),
    named("target"),
]
"""The promise of a tier in the short form, `none`, or a preset."""

MOST_TARGETS = 50
