"""Green channel and blacklist: nobody is connected while a call that goes first, and may be taken, waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from callcenter.calllog import CallLog
from callcenter.engine import Floor, Hotline, floor_plan, simulate
from callcenter.engine.simpy_engine.line import Call
from callcenter.scenario import Pool, Scenario, Serve, Tier
from tests.engine.shadows import away, in_vain, level_at, work
from tests.engine.strategies import runs
from tests.engine.taping import Caller, tape
from tests.engine.timeline import hotline, live, tier

RANDOM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Witness(Floor):
    """A floor that looks at the line whenever an agent takes a call."""

    def call_for(self, pool: int) -> Call | None:
        """R7: who is taken goes before all others that this agent may take."""
        call = super().call_for(pool)
        if call:
            place = self.line.place_in(pool, call)
            assert all(place <= self.line.place_in(pool, other) for other in self.may_be_taken(pool))
        return call

    def pool_for(self, call: Call, waited: float) -> int | None:
        """R6: who joins and finds an agent leaves nobody waiting whom that agent might have taken before."""
        pool = super().pool_for(call, waited)
        if pool is not None:
            assert [] == [other.number for other in self.may_be_taken(pool, only_before_now=True)]
        return pool

    def may_be_taken(self, pool: int, only_before_now: bool = False) -> Iterator[Call]:
        """Yield the waiting calls that an idle agent of this pool may take at this instant.

        ``only_before_now`` leaves out those that may be since this very instant (R4: others join first).
        """
        conditions = {tier: (keep_idle, after) for tier, keep_idle, after in self.tiers_of[pool]}
        for call in self.line.waiting():
            keep_idle, after = conditions.get(call.tier, (self.idle[pool], 0.0))
            waited = self.env.now - call.joined
            ready = waited > after or (waited == after and not (only_before_now and after))
            if self.idle[pool] > keep_idle and ready and not self.is_put_off(call.tier):
                yield call


@pytest.mark.slow
@RANDOM
@given(run=runs())
def test_agents_take_the_first_they_may_take(run: tuple[Scenario, list[Caller]]) -> None:
    """Seen from inside, at every single connection by an idle agent."""
    scenario, people = run

    Hotline(floor_plan(scenario), tape(scenario, *people), Witness).run()


class Waiting(NamedTuple):
    """A call of a log in line."""

    row: int
    tier: Tier
    name: str
    joined: float
    gone: float

    def place(self, pool: Pool, time: float, at_once: bool) -> tuple[int, float, float]:
        """R5, R5c: its place in line; ``at_once``: what escalates at this very instant has escalated."""
        steps = [step for step in self.tier.escalate if self.joined + step.after < time + at_once * 0.5]
        priority = steps[-1].priority if steps else self.tier.priority
        own = pool.serves[self.name].priority
        priority = priority if own is None else own
        return priority, self.joined - self.tier.head_start, self.joined


def waits(scenario: Scenario, log: CallLog) -> list[Waiting]:
    """Return the calls that joined the line."""
    names, tiers = list(scenario.tiers), list(scenario.tiers.values())
    gone = np.where(np.isnan(log.answered), np.where(np.isnan(log.left), np.inf, log.left), log.answered)
    joined = np.flatnonzero(~np.isnan(log.joined))
    return [
        Waiting(
            int(row), tiers[log.tier[row]], names[log.tier[row]], float(log.joined[row]), float(gone[row])
        )
        for row in joined
    ]


def is_put_off(scenario: Scenario, call: Waiting, time: float) -> bool:
    """R16: deferred work is not begun while the hotline is closed."""
    day, clock = divmod(time, 86_400)
    is_open = day < scenario.run_days and scenario.day.open <= clock < scenario.day.close
    return call.tier.channel == "deferred" and not is_open


@pytest.mark.slow
@RANDOM
@given(run=runs())
def test_nobody_is_overtaken(engine: str, run: tuple[Scenario, list[Caller]]) -> None:
    """Seen from the log, in pools that keep nobody idle; what is decided within an instant is left out."""
    scenario, people = run
    log = simulate(scenario, tape(scenario, *people), engine)
    calls, pools = waits(scenario, log), list(scenario.pools.values())
    for call in calls:
        pool, time = pools[log.pool[call.row]], call.gone
        if log.pool[call.row] < 0:
            continue
        for other in calls:
            serve = pool.serves.get(other.name)
            if (
                other.joined < time < other.gone
                and serve is not None
                and serve.keep_idle == 0
                and time - other.joined > serve.after
                and not is_put_off(scenario, other, time)
                and (call.tier.concurrency == 1 or call.name == other.name)
            ):
                assert any(
                    call.place(pool, time, now) <= other.place(pool, time, now) for now in (False, True)
                )


@pytest.mark.slow
@RANDOM
@given(run=runs())
def test_nobody_waits_beside_an_agent_who_may_take_him(
    engine: str, run: tuple[Scenario, list[Caller]]
) -> None:
    """R6, R7, R17, R10a: after any instant no agent is idle, and no place free, for a call that waits."""
    scenario, people = run
    log = simulate(scenario, tape(scenario, *people), engine)
    calls = waits(scenario, log)
    times = np.concatenate([log.joined, log.answered, log.left, log.released, log.staffing.at])
    busy = [work(scenario, log, pool) for pool in range(len(scenario.pools))]
    for time in np.unique(times[~np.isnan(times)]):
        waiting = [call for call in calls if call.joined <= time < call.gone]
        for pool, own in enumerate(scenario.pools.values()):
            engaged = [*busy[pool], *away(log, pool)]
            at_work = sum(spell.start <= time < spell.end for spell in engaged)
            level = level_at(log, pool, time, after_changes=True)
            for call in waiting:
                serve = own.serves.get(call.name)
                if serve and time - call.joined >= serve.after and not is_put_off(scenario, call, time):
                    assert max(0, level - at_work) <= serve.keep_idle
                    assert not place_is_free(scenario, log, call, pool, serve, time) or at_work > level


def place_is_free(
    scenario: Scenario, log: CallLog, call: Waiting, pool: int, serve: Serve, time: float
) -> bool:
    """R17: some agent of the pool has contacts of this tier and could have one more.

    The log does not say whose contacts are whose, so pools are left out that share agents for two tiers.
    """
    served = [scenario.tiers[name] for name in list(scenario.pools.values())[pool].serves]
    if call.tier.concurrency == 1 or sum(tier.at_desk for tier in served) > 1:
        return False
    own = (log.pool == pool) & (log.tier == list(scenario.tiers).index(call.name))
    contacts = int((own & (log.answered <= time) & (time < log.released)).sum())
    contacts += sum(spell.start <= time < spell.end for spell in in_vain(log, pool))
    sessions = log.sessions
    agents = int(((sessions.pool == pool) & (sessions.start <= time) & (time < sessions.end)).sum())
    return contacts < agents * call.tier.concurrency


def test_each_pool_has_its_own_order(engine: str) -> None:
    """R5c, by hand: two agents, busy until 60 with sales and help; a sale waits since 1, help since 2.

    The sales desk puts sales first, the help desk, which is free first at 50, puts help first and takes the
    call that joined later.  A third call, blacklisted by the sales desk alone, is last there and first here.
    """
    tiers = {name: tier(1) for name in ("sales", "help", "other")}
    own = {"sales": {"sales": {"priority": 0}, "help": {"priority": 1}, "other": {"priority": 9}}}
    own["help"] = {"sales": {"priority": 5}, "help": {"priority": 1}, "other": {"priority": 0}}
    pools = {name: {"serves": serves, "agents": 1} for name, serves in own.items()}
    day = live(
        engine,
        hotline(tiers=tiers, pools=pools),
        Caller("sales", 0, talk=60),
        Caller("help", 0, talk=50),
        Caller("sales", 1, talk=100),
        Caller("help", 2, talk=100),
        Caller("other", 3, talk=5),
        Caller("help", 4, talk=30),
        Caller("sales", 5, talk=30),
    )

    assert [0, 0, 60, 55, 50, 155, 160] == day.answered
    assert ["sales", "help", "sales", "help", "help", "help", "sales"] == [call.pool for call in day.calls]


@pytest.mark.parametrize(("priority", "announced"), [(0, 2), (9, 1)])
def test_the_announced_wait_is_that_of_the_pool(engine: str, priority: int, announced: int) -> None:
    """R9c: a caller who is first in the pool that both share has nobody ahead, whatever the tiers' own order.

    One agent, handle time 60: with one ahead the announced wait is 120, and 90 is too much.
    """
    tiers = {"vip": tier(0), "regular": tier(5, balk_above="90 s")}
    pools = {"desk": {"serves": {"vip": {"priority": priority}, "regular": {"priority": 3}}, "agents": 1}}
    callers = [Caller("vip", 0), Caller("vip", 1), Caller("regular", 2)]
    day = live(engine, hotline(tiers=tiers, pools=pools), *callers)

    assert ("balked" if announced == 2 else "answered") == day.outcomes[2]


def test_blacklist_is_served_when_nobody_else_waits(engine: str) -> None:
    """One agent, blacklist 9, others 1: the blacklisted call that waits longest is connected last, at 180.

    It starves as long as others come, and is no longer last once it has escalated.
    """
    tiers = {"regular": tier(1), "blacklist": tier(9)}
    pools = {"desk": {"serves": ["regular", "blacklist"], "agents": 1}}
    callers = [Caller("regular", 0), Caller("blacklist", 1), Caller("regular", 50), Caller("regular", 110)]
    last = live(engine, hotline(tiers=tiers, pools=pools), *callers)
    tiers["blacklist"]["escalate"] = [{"after": "90 s", "priority": 1}]
    escalated = live(engine, hotline(tiers=tiers, pools=pools), *callers)

    assert [0, 180, 60, 120] == last.answered
    assert [0, 120, 60, 180] == escalated.answered
