"""Who answers: pools of agents, the tiers they serve and when they work callbacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from callcenter.scenario.errors import fault, wrong
from callcenter.scenario.part import Context, Fault, Part, unknown_tiers
from callcenter.scenario.series import MOST_AGENTS, AgentSeries
from callcenter.scenario.values import Duration, PositiveFactor, Share, named, round_half_up, whole

KeepIdle = Annotated[int, BeforeValidator(whole(0, MOST_AGENTS)), named("whole")]


class Serve(Part):
    """Under which conditions a pool takes the calls of a tier."""

    keep_idle: KeepIdle = Field(
        0, description="Takes such a call only while more agents than this are idle", examples=["2"]
    )
    after: Duration = Field(0.0, description="Takes only calls that have waited this long", examples=["30 s"])
    speed: PositiveFactor | None = Field(
        None, description="Handle-time factor for this tier, instead of the pool's"
    )


class PoolCallbacks(Part):
    """Under which condition a pool works callbacks."""

    keep_idle: KeepIdle = Field(
        0, description="Dials only while more agents than this are idle", examples=["3"]
    )


def _as_mapping(serves: Any) -> Any:
    if isinstance(serves, list | tuple):
        return {name: {} for name in _names(serves)}
    if isinstance(serves, dict):
        return {name: {} if conditions is None else conditions for name, conditions in serves.items()}
    raise wrong("must name the tiers it serves", serves, "write a list such as [vip, regular]")


def _names(serves: Any) -> list[str]:
    for index, name in enumerate(serves):
        if not isinstance(name, str):
            raise wrong(
                f"item {index} must be the name of a tier", name, "write a list such as [vip, regular]"
            )
        if name in serves[:index]:
            raise wrong(f"names `{name}` twice", serves, "remove one")
    return list(serves)


class Pool(Part):
    """A group of agents with the same work."""

    serves: Annotated[dict[str, Serve], BeforeValidator(_as_mapping), named("serves")] = Field(
        default_factory=dict,
        description="Tiers this pool takes: a list, or a mapping with conditions; none: it only calls back",
        examples=["[vip, regular]"],
    )
    agents: AgentSeries = Field(description="Agents rostered in each interval", examples=["[4, 4, 6, 6]"])
    callbacks: PoolCallbacks | None = Field(
        None, description="Works callbacks under this condition; left out: never", examples=["{keep_idle: 3}"]
    )
    speed: PositiveFactor = Field(1.0, description="Handle-time factor: 1.2 is a fifth slower")
    shrinkage: Share = Field(0.0, description="Share of rostered agents never on the phone", examples=["30%"])

    @classmethod
    def faults(cls, data: Mapping[str, Any], context: Context) -> Iterator[Fault]:
        """Yield the tiers that it serves and nobody knows, and a pool without work."""
        if "serves" not in data and "callbacks" not in data:
            yield ("serves",), fault("is missing; write for example `serves: [vip, regular]`", "absent")
        serves = data.get("serves")
        if isinstance(serves, dict):
            yield from unknown_tiers(("serves",), serves, context)
        elif isinstance(serves, list):
            for index, name in enumerate(serves):
                yield from ((("serves", index), error) for _, error in unknown_tiers((), [name], context))

    @property
    def staffed(self) -> tuple[int, ...]:
        """Agents on the phone in each interval: the roster less shrinkage, rounded, halves up."""
        return tuple(round_half_up(agents * (1 - self.shrinkage)) for agents in self.agents)
