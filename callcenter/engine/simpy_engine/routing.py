"""Routing rules of the user's own: which pool takes a call, and which call an agent takes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from callcenter.engine.simpy_engine.line import Call
from callcenter.language import gettext as _

if TYPE_CHECKING:
    from callcenter.engine.simpy_engine.routed import RoutedFloor


class RoutingError(ValueError):
    """A routing rule gave an answer that cannot be carried out."""


class Caller:
    """A call as a routing rule sees it; times in seconds.

    `patience`, `talk` and `wrap_up` are what chance has decided and no real hotline knows; they serve rules
    that show what could be gained at best.
    """

    __slots__ = ("_floor", "call")

    def __init__(self, floor: RoutedFloor, call: Call) -> None:
        self._floor = floor
        self.call = call
        """The engine's own record."""

    @property
    def number(self) -> int:
        """Row of the call tape: earlier calls have smaller numbers, calls that follow others come last."""
        return self.call.number

    @property
    def tier(self) -> str:
        """Name of the tier."""
        return self._floor.tier_names[self.call.tier]

    @property
    def joined(self) -> float:
        """When it joined the line, since 00:00 of the first day."""
        return self.call.joined

    @property
    def waited(self) -> float:
        """How long it has waited in the line so far."""
        return self._floor.env.now - self.call.joined

    @property
    def priority(self) -> int:
        """Current priority (R5a); smaller is served first."""
        place = self._floor.line.place_of(self.call) if self.call.connected is None else self.call.place
        return place[0]

    @property
    def keeps_place(self) -> bool:
        """Whether the caller has hung up and a callback keeps the place in the line (R21)."""
        return self.call.job is not None

    @property
    def patience(self) -> float:
        """How long the caller is willing to wait; inf = for ever."""
        return self.call.patience

    @property
    def talk(self) -> float:
        """Talk time at speed 1."""
        return self.call.talk

    @property
    def wrap_up(self) -> float:
        """Wrap-up time at speed 1."""
        return self.call.wrap_up

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Caller) and self.call is other.call

    def __hash__(self) -> int:
        return hash(self.call.number)

    def __repr__(self) -> str:
        return f"<Caller {self.number}: {self.tier}, waited {self.waited:g} s>"


class Routing:
    """A routing rule of your own: override `pool_for`, `call_for`, or both; the rules decide what you leave.

    Give an object of it, or the class, to `run`.  Each replication is routed by a deep copy of its own, so a
    rule may remember what it has seen.  Tiers and pools are given by name, times in seconds.
    """

    looks: Sequence[float] = ()
    """Waits at which idle agents look at the line again, besides R6a; for rules that let agents wait."""

    _floor: RoutedFloor

    def pool_for(self, call: Caller) -> str | None:
        """R6: return the pool whose idle agent takes a call that joins now; None if it has to wait."""
        return self._floor.usual_pool(call)

    def call_for(self, pool: str) -> Caller | None:
        """R7: return the call that an idle agent of a pool takes from the line, or None."""
        return self._floor.usual_call(pool)

    @property
    def now(self) -> float:
        """Seconds since 00:00 of the first day."""
        return float(self._floor.env.now)

    @property
    def tiers(self) -> tuple[str, ...]:
        """Names of the tiers, in file order."""
        return self._floor.tier_names

    @property
    def pools(self) -> tuple[str, ...]:
        """Names of the pools, in file order."""
        return self._floor.pool_names

    def serving(self, tier: str) -> tuple[str, ...]:
        """Return the pools that serve a tier, in file order."""
        floor = self._floor
        return tuple(floor.pool_names[pool] for pool, *_ in floor.pools_of[floor.tier_names.index(tier)])

    def line(self, pool: str | None = None) -> list[Caller]:
        """Return who waits, in the order of the line (R5): all, or whom a pool serves in its own (R5c)."""
        floor = self._floor
        if pool is None:
            calls = sorted(_waiting(floor, range(len(floor.tier_names))), key=attrgetter("place"))
        else:
            number = floor.pool_number(pool)
            order = partial(floor.line.place_in, number)
            calls = sorted(_waiting(floor, floor.served_by[number]), key=order)
        return [Caller(floor, call) for call in calls]

    def may_take(self, pool: str, call: Caller) -> bool:
        """Whether the scenario's `serves`, `keep_idle` and `after` let a pool take a call now (R6)."""
        number = self._floor.pool_number(pool)
        return any(
            pool_number == number and self._floor.idle[number] > keep_idle and after <= call.waited
            for pool_number, keep_idle, after in self._floor.pools_of[call.call.tier]
        )

    def idle(self, pool: str) -> int:
        """Return how many agents of a pool are idle."""
        return self._floor.idle[self._floor.pool_number(pool)]

    def busy(self, pool: str) -> int:
        """Return how many agents of a pool are busy."""
        return self._floor.busy[self._floor.pool_number(pool)]

    def staffed(self, pool: str) -> int:
        """Return how many agents of a pool should be on the phones."""
        return self._floor.level[self._floor.pool_number(pool)]

    def idle_for(self, pool: str) -> float:
        """Return how long the longest-idle agent of a pool has been idle; -inf if none is idle."""
        since = self._floor.idle_since[self._floor.pool_number(pool)]
        return self.now - since[0] if since else -math.inf

    def __repr__(self) -> str:
        return type(self).__name__


RoutingRule = Routing | type[Routing]
"""A routing rule, or its class if that takes no arguments."""


def routing_of(rule: RoutingRule) -> Routing:
    """Return the routing rule, made from its class where that is given; TypeError if it is none."""
    made = rule() if isinstance(rule, type) and issubclass(rule, Routing) else rule
    if not isinstance(made, Routing):
        raise TypeError(
            _(
                "a routing rule is an object or a subclass of callcenter.Routing, given {rule!r}; write "
                "`class MyRule(callcenter.Routing):`"
            ).format(rule=rule)
        )
    return made


def bound(rule: Routing, floor: RoutedFloor) -> Routing:
    """Return a copy of a rule that knows its floor."""
    copy = deepcopy(rule)
    object.__setattr__(copy, "_floor", floor)  # also where the rule is a frozen dataclass
    return copy


def _waiting(floor: RoutedFloor, tiers: Sequence[int]) -> Iterator[Call]:
    """Yield the waiting calls of these tiers, without those that are put off (R16)."""
    return (call for tier in tiers if not floor.is_put_off(tier) for call in floor.line.calls_of(tier))
