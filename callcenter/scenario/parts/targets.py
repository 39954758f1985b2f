"""What is promised: targets of a tier, of tiers together, and of a pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    BeforeValidator,
    Field,
    StrictStr,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from callcenter.language import gettext as _
from callcenter.scenario.errors import both, fault, listed, wrong
from callcenter.scenario.part import Context, Fault, Part, unknown_tiers
from callcenter.scenario.parts.ivr import none_word
from callcenter.scenario.presets import PresetName, preset
from callcenter.scenario.values import Duration, Share, named, share

Period = Literal["run", "day", "interval", "busiest_hour"]

Measure = Literal["answered", "connected", "abandoned", "blocked", "mean_wait", "callbacks", "occupancy"]

AT_LEAST: tuple[Measure, ...] = ("answered", "connected", "callbacks")
"""Measures of which a target is the least; of the others it is the most."""

TIMED: tuple[Measure, ...] = ("answered", "callbacks")
"""Measures that need to know within which time."""

SHARES: tuple[Measure, ...] = ("answered", "connected", "abandoned", "blocked", "callbacks", "occupancy")


def _of_days(value: object) -> float:
    """Return the share of `90% of days`, above 0."""
    text = value.strip().removesuffix("of days").strip() if isinstance(value, str) else value
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


class PresetTarget(Part):
    """The promise to a tier: what a published rule says."""

    preset: PresetName = Field(description="A published rule, see `presets`", examples=["gbt-33358-2016"])

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield what stands beside the preset, which says it all."""
        for key in ("within", "share"):
            if key in data:
                message = _("a preset says this itself; remove it, or write the target without `preset`")
                yield (key,), fault(message, "key")


class Judged(Part):
    """When a target must hold."""

    over: Period | None = Field(
        None,
        description="Judged over the run (usual), each day, each interval, or the busiest hour of the day",
        examples=["day"],
    )
    on: DayShare | None = Field(
        None, description="Share of days on which it must hold", examples=["90% of days"]
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield no measure or several, a time that is missing or too much, and days of a run."""
        yield from _one_measure(cls, data)
        if data.get("over") == "run" and "on" in data:
            message = _("a run is judged once, `on` counts days; write `over: day`")
            yield ("over",), fault(message)

    @property
    def measure(self) -> Measure:
        """The measure it names."""
        return next(key for key in _measures(type(self)) if getattr(self, key) is not None)

    @property
    def bound(self) -> float:
        """The share, or seconds, that must be reached or not exceeded."""
        return float(getattr(self, self.measure))

    @property
    def period(self) -> Period:
        """What it is judged over; days, where it must hold on a share of them."""
        return self.over or ("run" if self.on is None else "day")


class TierTarget(Judged):
    """One thing that is promised to a tier; times count from joining the line."""

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


class SharedTarget(TierTarget):
    """One thing that is promised to several tiers together."""

    tiers: tuple[StrictStr, ...] | None = Field(
        None, min_length=1, description="The tiers that count; left out: all", examples=["[vip, regular]"]
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield the faults of a tier's target, and tiers that nobody knows."""
        yield from super().faults(data, context)
        for index, name in enumerate(data["tiers"] if isinstance(data.get("tiers"), list) else ()):
            yield from ((("tiers", index), error) for _, error in unknown_tiers((), [name], context))


class PoolTarget(Judged):
    """One thing that is promised of a pool."""

    occupancy: Share | None = Field(
        None, description="Largest share of agents' time on the phones that is work", examples=["88%"]
    )


class Goal(NamedTuple):
    """One target of a scenario, wherever it is written."""

    path: str
    measure: Measure
    bound: float
    within: float | None
    over: Period
    on: float | None
    """Share of days on which it must hold; None: it is no matter of days, or every day where it is."""
    tiers: tuple[str, ...]
    pool: str = ""
    preset: str = ""

    @property
    def at_least(self) -> bool:
        """Whether the bound is the least, not the most."""
        return self.measure in AT_LEAST

    @property
    def is_plain(self) -> bool:
        """Whether it is what the short form says: a share answered in time, over the run."""
        return self.measure == "answered" and self.over == "run" and not self.preset

    @property
    def counts_days(self) -> bool:
        """Whether days are counted on which it holds."""
        return self.over == "day" or self.on is not None


def tier_goals(
    path: str, tier: str, target: Target | PresetTarget | None, several: tuple[TierTarget, ...]
) -> tuple[Goal, ...]:
    """Return the targets of one tier."""
    if isinstance(target, Target):
        return (Goal(f"{path}.target", "answered", target.share, target.within, "run", None, (tier,)),)
    if isinstance(target, PresetTarget):
        rules = [TierTarget.model_validate(each, context=Context()) for each in preset(target.preset).targets]
        return tuple(_goal(f"{path}.target", rule, (tier,), preset=target.preset) for rule in rules)
    return tuple(_goal(f"{path}.targets.{index}", each, (tier,)) for index, each in enumerate(several))


def shared_goals(targets: tuple[SharedTarget, ...], tiers: tuple[str, ...]) -> tuple[Goal, ...]:
    """Return the targets of several tiers together."""
    return tuple(_goal(f"targets.{index}", each, each.tiers or tiers) for index, each in enumerate(targets))


def pool_goals(path: str, pool: str, targets: tuple[PoolTarget, ...]) -> tuple[Goal, ...]:
    """Return the targets of one pool."""
    return tuple(_goal(f"{path}.targets.{index}", each, (), pool=pool) for index, each in enumerate(targets))


def _goal(path: str, target: Judged, tiers: tuple[str, ...], pool: str = "", preset: str = "") -> Goal:
    within = getattr(target, "within", None)
    return Goal(path, target.measure, target.bound, within, target.period, target.on, tiers, pool, preset)


def _measures(model: type[Part]) -> list[Measure]:
    return [key for key in (*SHARES, "mean_wait") if key in model.model_fields]


def _one_measure(model: type[Part], data: Mapping[str, Any]) -> Iterator[Fault]:
    known = _measures(model)
    given = [key for key in known if key in data]
    if not given and all(key in model.known_keys() for key in data):
        first = known[0]
        example = model.model_fields[first].examples or ["90%"]
        written = f"{first}: {example[0]}" + (", within: 20 s" if first in TIMED else "")
        message = _("says nothing that can be kept; write for example `{example}` (measures: {names})")
        yield (), fault(message.format(example=f"{{{written}}}", names=listed(known)))
    for key in given[1:]:
        message = _("one target has one measure, beside it stands `{first}`; write two targets")
        yield (key,), fault(message.format(first=given[0]), "key")
    yield from _its_time(given[:1], data)


def _its_time(given: list[Measure], data: Mapping[str, Any]) -> Iterator[Fault]:
    if given == ["answered"] and "within" not in data:
        example = _("`within: 20 s`, or `connected` for answered after whatever wait")
        yield ("within",), fault(_("is missing; write {example}").format(example=example), "absent")
    if given and given[0] not in TIMED and "within" in data:
        message = _("only {measures} are judged by a time; remove it")
        yield ("within",), fault(message.format(measures=both(f"`{key}`" for key in TIMED)), "key")


def _short(value: Any, _handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Return the promise in the short form, or that of a preset."""
    if value is None or isinstance(value, Target | PresetTarget):
        return value
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


def threshold(goals: tuple[Goal, ...]) -> Target | None:
    """Return the promise that figures with one threshold show: the first one about answers in time."""
    for goal in goals:
        if goal.measure == "answered" and goal.within is not None:
            return Target.model_construct(within=goal.within, share=goal.bound)
    return None
