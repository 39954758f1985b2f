"""Who answers: pools of agents, the tiers they serve and when they work callbacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Context, Fault, Part, unknown_tiers
from callcenter.scenario.parts.callers import Priority
from callcenter.scenario.parts.distribution import ServiceTime
from callcenter.scenario.parts.ivr import none_word
from callcenter.scenario.parts.series import MOST_AGENTS, AgentSeries
from callcenter.scenario.parts.shifts import MOST_SHIFTS, Shift
from callcenter.scenario.parts.targets import MOST_TARGETS, PoolTarget
from callcenter.scenario.values import OR_NONE, Duration, Factor, HandleTimeFactor, Share, named, whole

MOST_WAITING = 1_000_000

KeepIdle = Annotated[int, BeforeValidator(whole(0, MOST_AGENTS)), named("whole")]


class Serve(Part):
    """Under which conditions a pool takes the calls of a tier."""

    keep_idle: KeepIdle = Field(
        0, description="Takes such a call only while more agents than this are idle", examples=["2"]
    )
    priority: Priority | None = Field(
        None, description="Of this tier among those of the pool, instead of its own", examples=["0"]
    )
    after: Duration = Field(0.0, description="Takes only calls that have waited this long", examples=["30 s"])
    speed: HandleTimeFactor | None = Field(
        None, description="Handle-time factor for this tier, instead of the pool's"
    )


class PoolCallbacks(Part):
    """Under which condition a pool works callbacks."""

    keep_idle: KeepIdle = Field(
        0, description="Dials only while more agents than this are idle", examples=["3"]
    )


class PoolBreaks(Part):
    """Unscheduled breaks: an agent who has wrapped up a call is away for a while."""

    after_call: Share = Field(description="Chance of a break after a call", examples=["6%"])
    length: ServiceTime = Field(description="How long it takes", examples=["{exponential: 5 min}"])
    not_while_waiting: Annotated[int, BeforeValidator(whole(1, MOST_WAITING)), named("lines")] | None = Field(
        None,
        description="Put off while at least so many calls wait that the pool may take; left out: never",
        examples=["5"],
    )


def _as_mapping(serves: Any) -> Any:
    if isinstance(serves, list | tuple):
        return {name: {} for name in _names(serves)}
    if isinstance(serves, dict):
        return {name: {} if conditions is None else conditions for name, conditions in serves.items()}
    raise wrong(_("must name the tiers it serves"), serves, _("write a list such as [vip, regular]"))


def _names(serves: Any) -> list[str]:
    for index, name in enumerate(serves):
        if not isinstance(name, str):
            raise wrong(
                _("item {index} must be the name of a tier").format(index=index),
                name,
                _("write a list such as [vip, regular]"),
            )
        if name in serves[:index]:
            raise wrong(_("names `{name}` twice").format(name=name), serves, _("remove one"))
    return list(serves)


def _so_many(shifts: tuple[Shift, ...]) -> tuple[Shift, ...]:
    total = sum(shift.agents for shift in shifts)
    if total > MOST_AGENTS:
        message = _("the shifts have {total:,} agents, at most {most:,} are possible; lower `agents`")
        raise fault(message.format(total=total, most=MOST_AGENTS))
    return shifts


Shifts = Annotated[
    tuple[Shift, ...], Field(min_length=1, max_length=MOST_SHIFTS), AfterValidator(_so_many), named("shifts")
]


class Pool(Part):
    """A group of agents with the same work."""

    serves: Annotated[dict[str, Serve], BeforeValidator(_as_mapping), named("serves")] = Field(
        default_factory=dict,
        description="Tiers this pool takes: a list, or a mapping with conditions; none: it only calls back",
        examples=["[vip, regular]"],
    )
    agents: AgentSeries | None = Field(
        None,
        description="Agents rostered in each interval, 7.5 too; or `shifts`",
        examples=["[4, 4, 6, 6]"],
    )
    shifts: Shifts | None = Field(
        None,
        description="Shifts with breaks instead of `agents`: a list, or a file",
        examples=["[{start: 08:00, end: 17:00, agents: 12}]"],
    )
    callbacks: PoolCallbacks | None = Field(
        None, description="Works callbacks under this condition; left out: never", examples=["{keep_idle: 3}"]
    )
    targets: tuple[PoolTarget, ...] = Field(
        (), max_length=MOST_TARGETS, description="What the pool must keep", examples=["[{occupancy: 88%}]"]
    )
    breaks: Annotated[PoolBreaks | None, BeforeValidator(none_word)] = Field(
        None,
        description="Unscheduled breaks after calls, or `none`",
        examples=["{after_call: 6%, length: {exponential: 5 min}}"],
        json_schema_extra=OR_NONE,
    )
    speed: HandleTimeFactor = Field(1.0, description="Handle-time factor: 1.2 is a fifth slower")
    shrinkage: Share = Field(0.0, description="Share of rostered agents never on the phone", examples=["30%"])
    absence: Share = Field(
        0.0, description="Chance that a rostered agent is missing for a day, drawn", examples=["6%"]
    )
    cost_per_hour: Factor = Field(
        0.0,
        description="Money for an hour of a rostered agent, off the phones too",
        examples=["60"],
    )
    overtime_per_hour: Factor | None = Field(
        None, description="Money for an hour beyond the roster; left out: `cost_per_hour`", examples=["90"]
    )

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield the tiers that it serves and nobody knows, and a pool without work or without agents."""
        if "agents" in data and "shifts" in data:
            yield ("shifts",), fault(_("says what `agents` says in another way; keep one of the two"), "key")
        elif "agents" not in data and "shifts" not in data:
            example = _("`agents: [4, 4, 6, 6]`, or `shifts`")
            yield (
                ("agents",),
                fault(_("is missing; write for example {example}").format(example=example), "absent"),
            )
        if "serves" not in data and "callbacks" not in data:
            yield ("serves",), fault(_("is missing; write for example `serves: [vip, regular]`"), "absent")
        serves = data.get("serves")
        if isinstance(serves, dict):
            yield from unknown_tiers(("serves",), serves, context)
        elif isinstance(serves, list):
            for index, name in enumerate(serves):
                yield from ((("serves", index), error) for _, error in unknown_tiers((), [name], context))
