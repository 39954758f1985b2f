"""The floor under a routing rule of the user's own: asks the rule, and checks what it answers."""

from __future__ import annotations

from collections import deque

from simpy import Environment

from callcenter.clock import SECONDS_PER_DAY, TICKS_PER_SECOND, clock_text
from callcenter.engine.floorplan import FloorPlan
from callcenter.engine.simpy_engine.floor import Floor
from callcenter.engine.simpy_engine.line import Call
from callcenter.engine.simpy_engine.routing import Caller, Routing, RoutingError, bound
from callcenter.language import gettext as _


class RoutedFloor(Floor):
    """A floor whose idle agents are given out by a rule; free places (R17) and callbacks go by the rules."""

    def __init__(
        self,
        env: Environment,
        plan: FloorPlan,
        rule: Routing,
        tiers: tuple[str, ...],
        pools: tuple[str, ...],
    ) -> None:
        super().__init__(env, plan)
        self.tier_names = tiers
        self.pool_names = pools
        self.served_by = [[tier for tier, *_ in own] for own in self.tiers_of]
        """For each pool, the tiers that it serves."""
        self.idle_since: list[deque[float]] = [deque() for _ in pools]
        """For each pool, since when its agents have been idle; the longest comes first and is taken next."""
        self.rule = bound(rule, self)
        self.looks = {round(wait * TICKS_PER_SECOND) / TICKS_PER_SECOND for wait in self.rule.looks}

    def pool_for(self, call: Call, waited: float) -> int | None:  # noqa: ARG002 (as in Floor)
        """R6, as the user's rule decides."""
        if self.is_put_off(call.tier):
            return None
        name = self.rule.pool_for(Caller(self, call))
        return None if name is None else self._possible_pool(name, call)

    def call_for(self, pool: int) -> Call | None:
        """R7, as the user's rule decides."""
        caller = self.rule.call_for(self.pool_names[pool])
        return None if caller is None else self._possible_call(caller, pool)

    def usual_pool(self, caller: Caller) -> str | None:
        """Return what R6 says."""
        pool = super().pool_for(caller.call, caller.waited)
        return None if pool is None else self.pool_names[pool]

    def usual_call(self, pool: str) -> Caller | None:
        """Return what R7 says."""
        call = super().call_for(self.pool_number(pool))
        return None if call is None else Caller(self, call)

    def pool_number(self, name: object) -> int:
        """Return the place of a pool in file order; RoutingError if there is none of that name."""
        if name not in self.pool_names:
            raise self._error(
                _("named {name!r} for a pool; there are {names}").format(
                    name=name, names=_(", ").join(self.pool_names)
                )
            )
        return self.pool_names.index(str(name))

    def waits_to_look(self, tier: int) -> list[float]:
        """Return these waits and those at which the rule asks to look."""
        return sorted({*super().waits_to_look(tier), *self.looks})

    def look_again(self, call: Call) -> None:
        """R6a, and idle agents of all its pools look when the rule asks for it."""
        super().look_again(call)
        if call.connected is not None and self.env.now - call.joined in self.looks:
            for pool, *_ in self.pools_of[call.tier]:
                self.take_up(pool)

    def find_work(self, pool: int) -> None:
        """R7, and note since when the agent is idle."""
        self.idle_since[pool].append(self.env.now)
        super().find_work(pool)

    def seize(self, pool: int) -> None:
        """The agent who has been idle longest is taken."""
        self.idle_since[pool].popleft()
        super().seize(pool)

    def staff(self, pool: int, level: int) -> None:
        """Those who have been idle longest leave first."""
        for _agent in range(self.idle[pool] - max(0, level - self.busy[pool] - self.resting[pool])):
            self.idle_since[pool].popleft()
        super().staff(pool, level)

    def _possible_pool(self, name: str, call: Call) -> int:
        pool, tier = self.pool_number(name), self.tier_names[call.tier]
        if call.tier not in self.served_by[pool]:
            raise self._error(
                _("sent call {number} ({tier}) to {name}, which does not serve {tier}").format(
                    number=call.number, tier=tier, name=name
                )
            )
        if not self.idle[pool]:
            raise self._error(
                _("sent call {number} ({tier}) to {name}, where no agent is idle").format(
                    number=call.number, tier=tier, name=name
                )
            )
        return pool

    def _possible_call(self, caller: object, pool: int) -> Call:
        name = self.pool_names[pool]
        if not isinstance(caller, Caller):
            raise self._error(
                _(
                    "chose {caller!r} for an agent of {name}; return one of self.line({name!r}) or None"
                ).format(caller=caller, name=name)
            )
        if caller.call.connected is None:
            raise self._error(
                _(
                    "chose call {number} ({tier}) for an agent of {name}, but it does not wait in the line"
                ).format(number=caller.number, tier=caller.tier, name=name)
            )
        if caller.call.tier not in self.served_by[pool] or self.is_put_off(caller.call.tier):
            message = (
                _("chose call {number} for an agent of {name}, which does not begin now {tier}")
                if caller.call.tier in self.served_by[pool]
                else _("chose call {number} for an agent of {name}, which does not serve {tier}")
            )
            raise self._error(message.format(number=caller.number, name=name, tier=caller.tier))
        return caller.call

    def _error(self, what: str) -> RoutingError:
        day, seconds = divmod(int(self.env.now), int(SECONDS_PER_DAY))
        moment = _("{time} of day {day}").format(time=clock_text(seconds), day=day + 1)
        return RoutingError(
            _("routing rule {rule!r}: at {moment} it {what}").format(rule=self.rule, moment=moment, what=what)
        )
