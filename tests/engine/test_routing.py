"""Routing rules written in Python: what they see, what they may answer, and what comes of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import callcenter as cc
from callcenter.calllog import OUTCOMES
from callcenter.demand import draw
from callcenter.engine import Caller as Call
from callcenter.engine import Routing, RoutingError, RoutingRule, simulate
from callcenter.measure import tally
from callcenter.report import write_report
from callcenter.scenario import Scenario
from callcenter.study import StudyError
from tests.engine.busy_days import busy_days
from tests.engine.strategies import runs
from tests.engine.test_twins import different
from tests.engine.timeline import Caller, hotline, tape, tier

TWO_DESKS = hotline(
    tiers={"vip": tier(0), "regular": tier(1)},
    pools={"first": {"serves": ["vip"], "agents": 1}, "second": {"serves": ["vip", "regular"], "agents": 1}},
)
ONE_DESK = hotline(
    tiers={"vip": tier(0), "regular": tier(1)},
    pools={"desk": {"serves": ["vip", "regular"], "agents": 1}},
)


@dataclass(frozen=True)
class Overdue(Routing):
    """Who has waited long enough goes before all others, whatever the tier."""

    limit: float = 60.0

    def call_for(self, pool: str) -> Call | None:
        """The first of the line who is overdue, else by the rules."""
        late = [call for call in self.line(pool) if call.waited >= self.limit]
        return late[0] if late else super().call_for(pool)


class LongestIdle(Routing):
    """A call goes to the agent who has been idle longest, in whatever pool."""

    def pool_for(self, call: Call) -> str | None:
        """Of equals the first in file order."""
        return max(filter(self.idle, self.serving(call.tier)), key=self.idle_for, default=None)


class ByTheRules(Routing):
    """R6 and R7 over again, from what a rule sees, and what it sees has to add up."""

    def pool_for(self, call: Call) -> str | None:
        """R6."""
        self.check()
        assert call not in self.line()
        assert call.waited == 0
        return next((pool for pool in self.serving(call.tier) if self.may_take(pool, call)), None)

    def call_for(self, pool: str) -> Call | None:
        """R7."""
        self.check()
        return next((call for call in self.line(pool) if self.may_take(pool, call)), None)

    def check(self) -> None:
        """Each idle agent is idle since some moment; none is there who should not be, but for overtime."""
        for pool in self.pools:
            assert (self.idle(pool) > 0) == (self.idle_for(pool) >= 0)
            assert self.idle(pool) <= max(0, self.staffed(pool) - self.busy(pool))
            assert len(self._floor.idle_since[self.pools.index(pool)]) == self.idle(pool)
        assert {call for pool in self.pools for call in self.line(pool)} <= set(self.line())


class LastForVips(Routing):
    """The last idle agent is for VIPs, and for others only once they have waited a minute."""

    looks: Sequence[float] = (60.0,)

    def pool_for(self, call: Call) -> str | None:
        """Only VIPs are connected at once."""
        return super().pool_for(call) if call.tier == "vip" or self.idle("desk") > 1 else None

    def call_for(self, pool: str) -> Call | None:
        """The first of the line who is a VIP or has waited a minute."""
        return next((call for call in self.line(pool) if call.tier == "vip" or call.waited >= 60), None)


class LastForVipsNeverLooking(LastForVips):
    """The same, but nobody looks at the line when the minute is over."""

    looks = ()


def routed(
    scenario: Mapping[str, Any], routing: RoutingRule | None, *callers: Caller
) -> list[tuple[str, float, str | None]]:
    """Return outcome, end of waiting and pool of each call."""
    loaded = cc.load(scenario)
    log = simulate(loaded, tape(loaded, *callers), routing=routing)
    pools = [*loaded.pools, None]
    return [
        (OUTCOMES[outcome], float(left if pool < 0 else answered), pools[pool])
        for outcome, answered, left, pool in zip(log.outcome, log.answered, log.left, log.pool, strict=True)
    ]


def pools_of(routing: RoutingRule | None) -> list[str | None]:
    """Return who takes four VIPs.

    0 both idle since 0: first, until 60 · 10 second, until 30 · 70 first idle for 10 s, second for 40 s:
    second, until 80 · 90 first idle for 30 s, second for 10 s: first.
    """
    people = [Caller("vip", 0, 60), Caller("vip", 10, 20), Caller("vip", 70, 10), Caller("vip", 90, 10)]
    return [pool for _, _, pool in routed(TWO_DESKS, routing, *people)]


def test_longest_idle_first() -> None:
    """By the rules, the first pool takes whom it can."""
    assert ["first", "second", "second", "first"] == pools_of(LongestIdle)
    assert ["first", "second", "first", "first"] == pools_of(None)


@pytest.mark.parametrize(
    ("joined", "answered"),
    [
        pytest.param(39, [0, 100, 160], id="overdue-61-s"),
        pytest.param(40, [0, 100, 160], id="overdue-at-60-s-sharp"),
        pytest.param(41, [0, 160, 100], id="not-yet-59-s"),
    ],
)
def test_overdue_before_vips(joined: float, answered: list[float]) -> None:
    """The agent frees at 100; the VIP joined at 50."""
    people = [Caller("regular", 0, 100), Caller("regular", joined), Caller("vip", 50)]

    assert answered == [at for _, at, _ in routed(ONE_DESK, Overdue, *people)]


@pytest.mark.parametrize(("limit", "answered"), [(30.0, [0, 100, 160]), (90.0, [0, 160, 100])])
def test_a_rule_may_have_parameters(limit: float, answered: list[float]) -> None:
    """At 100 the regular caller has waited 50 s, the VIP 20 s."""
    people = [Caller("regular", 0, 100), Caller("regular", 50), Caller("vip", 80)]

    assert answered == [at for _, at, _ in routed(ONE_DESK, Overdue(limit), *people)]


@pytest.mark.parametrize(
    ("routing", "patience", "fate"),
    [
        pytest.param(LastForVips, 200, ("answered", 70, "desk"), id="taken-after-a-minute"),
        pytest.param(LastForVips, 60, ("answered", 70, "desk"), id="looks-come-before-patience"),
        pytest.param(LastForVips, 59, ("abandoned", 69, None), id="gone-before"),
        pytest.param(LastForVipsNeverLooking, 200, ("abandoned", 210, None), id="nobody-looks"),
    ],
)
def test_idle_agents_look_again(
    routing: type[Routing], patience: float, fate: tuple[str, float, str | None]
) -> None:
    """One agent, idle all the time; a regular caller joins at 10."""
    assert [fate] == routed(ONE_DESK, routing, Caller("regular", 10, patience=patience))


def test_a_rule_sees_priorities_and_what_chance_decided() -> None:
    """The shortest talk first; at 100 three wait, of 50, 30 and 40 s."""
    seen = []

    class ShortestFirst(Routing):
        def call_for(self, pool: str) -> Call | None:
            seen.append([(call.number, call.tier, call.priority, call.joined) for call in self.line(pool)])
            return min(self.line(pool), key=lambda call: call.talk, default=None)

    regular = [Caller("regular", at, talk) for at, talk in ((10, 50), (20, 30))]
    people = [Caller("vip", 0, 100), *regular, Caller("vip", 30, 40)]
    handled = routed(ONE_DESK, ShortestFirst, *people)

    assert [0, 170, 100, 130] == [at for _, at, _ in handled]
    assert [(3, "vip", 0, 30), (1, "regular", 1, 10), (2, "regular", 1, 20)] == next(filter(None, seen))


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(run=runs())
def test_the_rules_over_again(run: tuple[Scenario, list[Caller]]) -> None:
    """A rule that repeats R6 and R7, and one that overrides nothing, change no call of random hotlines."""
    scenario, people = run
    calls = tape(scenario, *people)
    usual = simulate(scenario, calls, "simpy")

    assert [] == different(usual, simulate(scenario, calls, routing=Routing))
    assert [] == different(usual, simulate(scenario, calls, routing=ByTheRules))


def test_the_rules_over_again_on_busy_days() -> None:
    """Overloaded days of drawn callers, with everything a scenario can say."""
    scenario = cc.load(busy_days("drain"))
    calls = draw(scenario, 2, 1)

    assert [] == different(simulate(scenario, calls, "simpy"), simulate(scenario, calls, routing=ByTheRules))


class ToFirst(Routing):
    """Sends everybody to the first pool."""

    def pool_for(self, call: Call) -> str | None:
        """Whether or not it can take the call."""
        return "first"


class ToNowhere(Routing):
    """Names a pool that is not there."""

    def pool_for(self, call: Call) -> str | None:
        """A slip of the pen."""
        return "frist"


class ByNumber(Routing):
    """Returns the number of a call in place of the call."""

    def call_for(self, pool: str) -> Any:
        """A row of the tape."""
        return self.line(pool)[0].number if self.line(pool) else None


class TheSameAgain(Routing):
    """Takes a call that was taken before."""

    def __init__(self) -> None:
        self.taken: list[Call] = []

    def call_for(self, pool: str) -> Call | None:
        """The first call it ever saw."""
        self.taken += self.line(pool)
        return self.taken[0] if self.taken else None


class Unskilled(Routing):
    """Has the pool `first`, which serves only VIPs, take regular callers."""

    def call_for(self, pool: str) -> Call | None:
        """Whoever is first in the line."""
        return next(iter(self.line()), None)


THREE_VIPS = [Caller("vip", 0), Caller("vip", 10), Caller("vip", 20)]


@pytest.mark.parametrize(
    ("rule", "people", "message"),
    [
        pytest.param(
            ToFirst,
            THREE_VIPS,
            "routing rule ToFirst: at 00:00:10 of day 1 it sent call 1 (vip) to first, "
            "where no agent is idle",
            id="nobody-idle",
        ),
        pytest.param(
            ToFirst,
            [Caller("regular", 5)],
            "routing rule ToFirst: at 00:00:05 of day 1 it sent call 0 (regular) to first, "
            "which does not serve regular",
            id="not-served",
        ),
        pytest.param(
            ToNowhere,
            THREE_VIPS,
            "routing rule ToNowhere: at 00:00 of day 1 it named 'frist' for a pool; there are first, second",
            id="no-such-pool",
        ),
        pytest.param(
            ByNumber,
            THREE_VIPS,
            "routing rule ByNumber: at 00:01 of day 1 it chose 2 for an agent of first; "
            "return one of self.line('first') or None",
            id="not-a-call",
        ),
        pytest.param(
            TheSameAgain,
            THREE_VIPS,
            "routing rule TheSameAgain: at 00:01:10 of day 1 it chose call 2 (vip) for an agent of second, "
            "but it does not wait in the line",
            id="not-in-line",
        ),
        pytest.param(
            Unskilled,
            [Caller("vip", 0), Caller("regular", 1, 600), Caller("regular", 2)],
            "routing rule Unskilled: at 00:01 of day 1 it chose call 2 for an agent of first, "
            "which does not serve regular",
            id="line-of-another-pool",
        ),
    ],
)
def test_impossible_answers_name_the_rule(rule: type[Routing], people: list[Caller], message: str) -> None:
    """No silent wrong result: what cannot be carried out ends the run."""
    with pytest.raises(RoutingError) as raised:
        routed(TWO_DESKS, rule, *people)

    assert message == str(raised.value)


@pytest.fixture
def desk() -> Scenario:
    """A morning of two tiers, somewhat short of agents."""
    times = {"talk": {"exponential": "3 min"}, "patience": {"exponential": "4 min"}}
    promise: dict[str, Any] = {"target": {"within": "20 s", "share": "80%"}} | times
    return cc.load(
        {
            "name": "desk",
            "day": {"open": "08:00", "close": "10:00", "interval": "30 min"},
            "demand": {"calls": 60, "mix": {"vip": "20%", "regular": "80%"}},
            "tiers": {"vip": promise | {"priority": 0}, "regular": promise | {"priority": 1}},
            "pools": {"desk": {"serves": ["vip", "regular"], "agents": 6}},
        }
    )


def test_auto_takes_the_simpy_engine(desk: Scenario, caplog: pytest.LogCaptureFixture) -> None:
    """It says so, once, and the result says which rule made it."""

    class SaidOnce(Routing):
        pass

    caplog.set_level(logging.INFO, "callcenter")
    results = [cc.run(desk, 1, routing=SaidOnce) for _ in range(2)]

    message = "The SimPy engine runs, because SaidOnce is a routing rule written in Python."
    assert [message] == [record.message for record in caplog.records if "SaidOnce" in record.message]
    assert ["simpy", "simpy"] == [result.engine for result in results]
    assert "SaidOnce" == results[0].summary["routing"]
    assert "routing" not in cc.run(desk, 1).summary


def test_the_compiled_engine_refuses_a_rule(desk: Scenario) -> None:
    """In plain words, and before anything is simulated."""
    message = "the compiled engine cannot run LongestIdle, a routing rule written in Python; write engine="
    with pytest.raises(ValueError, match=re.escape(message)):
        cc.run(desk, 1, engine="compiled", routing=LongestIdle)


def test_nothing_routed_is_stored(desk: Scenario, tmp_path: Path) -> None:
    """A store finds a replication by its scenario, which does not tell one rule from another."""
    with pytest.raises(StudyError, match=r"routed by LongestIdle cannot be kept in .* Leave out= away"):
        cc.run(desk, 1, out=tmp_path / "kept", routing=LongestIdle)

    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("rule", [len, "LongestIdle", int])
def test_not_a_rule(desk: Scenario, rule: Any) -> None:
    """The message says what a rule is."""
    with pytest.raises(TypeError, match=r"object or a subclass of callcenter\.Routing, given"):
        cc.run(desk, 1, routing=rule)


@pytest.mark.slow
def test_workers_route_alike(desk: Scenario) -> None:
    """Also a class that no worker can import, as one written in a notebook; two workers, in any order."""

    @dataclass(frozen=True)
    class Local(Overdue):
        limit: float = 45.0

    here, elsewhere = (cc.run(desk, 6, routing=Local(20.0), workers=workers) for workers in (1, 2))

    assert [tally.to_bytes() for tally in here.tallies] == [tally.to_bytes() for tally in elsewhere.tallies]
    assert not here.kpis.equals(cc.run(desk, 6).kpis)


@pytest.mark.slow
def test_errors_come_back_from_workers(desk: Scenario) -> None:
    """The same words, whoever simulated it."""
    with pytest.raises(RoutingError, match=r"routing rule ToFirst: at .* named 'first' for a pool"):
        cc.run(desk, 4, routing=ToFirst, workers=2)


def test_a_rule_forgets_between_replications(desk: Scenario) -> None:
    """Each replication begins with the rule as it was given: together or alone, they are the same."""

    class EveryOther(Routing):
        def __init__(self) -> None:
            self.seen: list[int] = []

        def pool_for(self, call: Call) -> str | None:
            self.seen.append(call.number)
            return super().pool_for(call) if len(self.seen) % 3 else None

    rule = EveryOther()
    together = cc.run(desk, 3, routing=rule)
    alone = simulate(desk, draw(desk, desk.seed, 2), routing=rule)

    assert together.tallies[2].to_bytes() == tally(desk, alone).to_bytes()
    assert [] == rule.seen


def test_the_same_callers(desk: Scenario) -> None:
    """Common random numbers: who calls, when and for how long does not depend on the rule."""
    usual, routed = (
        cc.run(desk, 2, routing=rule, keep="calls").calls.sort_values(["replication", "call"])
        for rule in (None, Overdue(30))
    )

    assert usual[["replication", "arrived", "tier"]].equals(routed[["replication", "arrived", "tier"]])
    answered = (usual["outcome"] == "answered") & (routed["outcome"] == "answered")
    talk = [calls["left"] - calls["answered"] for calls in (usual[answered], routed[answered])]
    assert talk[0].to_numpy() == pytest.approx(talk[1].to_numpy())
    assert not usual["answered"].equals(routed["answered"])


def test_rules_are_compared_in_pairs(desk: Scenario) -> None:
    """With the built-in rule, by result or by scenario; the rule names its side, and can be distinguished."""
    usual, copy, late = (cc.run(desk, 4, routing=rule) for rule in (None, ByTheRules, Overdue(30)))

    comparison = cc.compare(usual, copy, late)
    again = cc.compare(desk, late, replications=4)

    assert ["desk", "ByTheRules", "Overdue(limit=30)"] == [side.name for side in comparison.sides]
    assert {0.0} == {row.difference for row in comparison.differences if row.second == "ByTheRules"}
    late_rows = [row.difference for row in comparison.differences if row.second == "Overdue(limit=30)"]
    assert late_rows == [row.difference for row in again.differences]
    assert any(late_rows)
    assert [None, "Overdue(limit=30)"] == [side.get("routing") for side in again.summary["scenarios"]]


@pytest.mark.slow
def test_the_report_names_the_rule(desk: Scenario, tmp_path: Path) -> None:
    """Who reads the report of a routed result learns that the rules were not the usual ones."""
    page = write_report(cc.run(desk, 2, routing=Overdue(30)), tmp_path)

    assert "simpy, routed by Overdue(limit=30)" in page.read_text(encoding="utf-8")
