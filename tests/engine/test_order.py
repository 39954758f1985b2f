"""R5 and R6a on timelines small enough to check by hand: head starts, escalation, further pools."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.timeline import Caller, hotline, live, tier


def two_tiers(first: dict[str, Any], second: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """Return a hotline of one agent for gold and silver, and for a third tier that keeps the agent busy."""
    return (
        hotline(
            tiers={"gold": first, "silver": second, "busy": tier(9)},
            pools={"desk": {"serves": ["gold", "silver", "busy"], "agents": 1}},
        )
        | sections
    )


UNTIL_100 = Caller("busy", 0, talk=100)


@pytest.mark.parametrize(
    ("joined", "first"),
    [
        pytest.param(39, "gold", id="counts-as-9"),
        pytest.param(40, "silver", id="counts-as-10-like-silver-who-joined-before"),
        pytest.param(41, "silver", id="counts-as-11"),
    ],
)
def test_head_start_counts_as_waited(engine: str, joined: float, first: str) -> None:
    """Equal priorities: silver joined at 10, gold has 30 s of head start."""
    scenario = two_tiers(tier(1, head_start="30 s"), tier(1))
    day = live(engine, scenario, UNTIL_100, Caller("silver", 10), Caller("gold", joined))

    assert ([160, 100] if first == "gold" else [100, 160]) == day.answered[1:]


def test_unequal_head_starts(engine: str) -> None:
    """Gold joins at 60 and counts as -30, silver joins at 20 and counts as 0."""
    scenario = two_tiers(tier(1, head_start="90 s"), tier(1, head_start="20 s"))
    day = live(engine, scenario, UNTIL_100, Caller("silver", 20), Caller("gold", 60))

    assert [160, 100] == day.answered[1:]


def test_head_start_does_not_reach_across_priorities(engine: str) -> None:
    """An hour of head start is worth nothing against a better priority."""
    scenario = two_tiers(tier(2, head_start="1 h"), tier(1))
    day = live(engine, scenario, UNTIL_100, Caller("gold", 10), Caller("silver", 90))

    assert [160, 100] == day.answered[1:]


def test_head_start_is_not_time_waited_for_a_further_pool(engine: str) -> None:
    """`after: 60 s` with a head start of 30 s: joined at 0, taken at 60."""
    pools = {"desk": {"serves": {"gold": {"after": "60 s"}, "silver": {}, "busy": {}}, "agents": 1}}
    day = live(engine, two_tiers(tier(1, head_start="30 s"), tier(1), pools=pools), Caller("gold", 0))

    assert [60] == day.answered


def test_head_start_does_not_hasten_escalation(engine: str) -> None:
    """Gold joins at 30 and would escalate at 130: at 100 silver goes first."""
    gold = tier(5, head_start="1 h", escalate=[{"after": "100 s", "priority": 0}])
    day = live(engine, two_tiers(gold, tier(1)), UNTIL_100, Caller("gold", 30), Caller("silver", 40))

    assert [160, 100] == day.answered[1:]


def test_head_start_counts_among_the_escalated(engine: str) -> None:
    """Gold escalates to silver's priority at 90 and counts as joined at 0, silver joined at 10."""
    gold = tier(5, head_start="30 s", escalate=[{"after": "60 s", "priority": 1}])
    day = live(engine, two_tiers(gold, tier(1)), UNTIL_100, Caller("silver", 10), Caller("gold", 30))

    assert [160, 100] == day.answered[1:]


@pytest.mark.parametrize(
    ("joined", "first"),
    [
        pytest.param(10, "gold", id="escalated-at-70"),
        pytest.param(39, "gold", id="escalated-a-second-before"),
        pytest.param(40, "silver", id="as-the-agent-frees-who-looks-first"),
        pytest.param(50, "silver", id="too-late"),
    ],
)
def test_escalation(engine: str, joined: float, first: str) -> None:
    """Gold gets priority 0 after 60 s, silver has 1; R4: the agent frees at 100 before calls escalate."""
    gold = tier(2, escalate=[{"after": "60 s", "priority": 0}])
    callers = sorted([Caller("gold", joined), Caller("silver", 45)], key=lambda caller: caller.arrived)
    day = live(engine, two_tiers(gold, tier(1)), UNTIL_100, *callers)

    answered = dict(zip([caller.tier for caller in callers], day.answered[1:], strict=True))
    assert {first: 100, ({"gold", "silver"} - {first}).pop(): 160} == answered


def test_escalation_in_two_steps(engine: str) -> None:
    """Gold has 3, from 60 s on 1; silver has 2.

    100 the gold joined at 10 has 1 and is first · 160 the gold joined at 45 has 1 since 105 and is first.
    """
    gold = tier(3, escalate=[{"after": "60 s", "priority": 1}, {"after": "150 s", "priority": 0}])
    day = live(
        engine,
        two_tiers(gold, tier(2)),
        UNTIL_100,
        Caller("gold", 10),
        Caller("silver", 20),
        Caller("gold", 45),
    )

    assert [100, 220, 160] == day.answered[1:]


def test_second_step_passes_those_whom_the_first_did_not(engine: str) -> None:
    """Gold joined at 10: 1 from 70 on, 0 from 110 on; silver has 1, joined at 5 and 6.

    100 silver joined before gold and is first · 160 gold has 0 and is first.
    """
    gold = tier(3, escalate=[{"after": "60 s", "priority": 1}, {"after": "100 s", "priority": 0}])
    day = live(
        engine,
        two_tiers(gold, tier(1)),
        UNTIL_100,
        Caller("silver", 5),
        Caller("silver", 6),
        Caller("gold", 10),
    )

    assert [100, 220, 160] == day.answered[1:]


def test_equal_priority_after_escalation_goes_by_time_of_joining(engine: str) -> None:
    """R5: gold escalates to silver's priority; who joined first is first, whenever they escalated."""
    gold = tier(2, escalate=[{"after": "30 s", "priority": 1}])
    before = live(engine, two_tiers(gold, tier(1)), UNTIL_100, Caller("gold", 10), Caller("silver", 20))
    after = live(engine, two_tiers(gold, tier(1)), UNTIL_100, Caller("silver", 10), Caller("gold", 20))
    same = live(engine, two_tiers(gold, tier(1)), UNTIL_100, Caller("silver", 10), Caller("gold", 10))

    assert [[100, 160]] * 3 == [day.answered[1:] for day in (before, after, same)]


def test_demotion(engine: str) -> None:
    """Gold 0 falls to 5 after 60 s: joined at 10, they are behind silver from 70 on."""
    gold = tier(0, escalate=[{"after": "60 s", "priority": 5}])
    day = live(engine, two_tiers(gold, tier(1)), UNTIL_100, Caller("gold", 10), Caller("silver", 90))

    assert [160, 100] == day.answered[1:]


def test_demotion_within_a_tier(engine: str) -> None:
    """The longest waiting is demoted at 70, the next not before 110: at 100 that one is first.

    At 160 both have 5, and silver's 1 goes before them; then it is time of joining again.
    """
    gold = tier(0, escalate=[{"after": "60 s", "priority": 5}])
    day = live(
        engine,
        two_tiers(gold, tier(1)),
        UNTIL_100,
        Caller("gold", 10),
        Caller("gold", 50),
        Caller("gold", 55),
        Caller("silver", 120),
    )

    assert [220, 100, 280, 160] == day.answered[1:]


def test_escalated_call_takes_no_agent_it_may_not_have(engine: str) -> None:
    """Escalation alone opens no pool: `after` is 90 s, escalation comes at 30 s."""
    gold = tier(2, escalate=[{"after": "30 s", "priority": 0}])
    pools = {"desk": {"serves": {"gold": {"after": "90 s"}, "silver": {}, "busy": {}}, "agents": 1}}
    day = live(engine, two_tiers(gold, tier(1), pools=pools), Caller("gold", 0))

    assert [90] == day.answered


def test_eligible_at_one_instant_goes_in_line_order(engine: str) -> None:
    """R6a: silver joined at 0 and may be taken after 60 s, gold at 30 after 30 s: at 60 gold goes first."""
    serves = {"silver": {"after": "60 s"}, "gold": {"after": "30 s"}, "busy": {}}
    pools = {"desk": {"serves": serves, "agents": 1}}
    day = live(engine, two_tiers(tier(0), tier(1), pools=pools), Caller("silver", 0), Caller("gold", 30))

    assert [120, 60] == day.answered


def test_eligible_at_one_instant_goes_in_line_order_of_head_starts(engine: str) -> None:
    """R6a: equal priorities; gold joined at 30 but counts as -30."""
    serves = {"silver": {"after": "60 s"}, "gold": {"after": "30 s"}, "busy": {}}
    pools = {"desk": {"serves": serves, "agents": 1}}
    scenario = two_tiers(tier(1, head_start="60 s"), tier(1), pools=pools)
    day = live(engine, scenario, Caller("silver", 0), Caller("gold", 30))

    assert [120, 60] == day.answered


def test_line_order_lets_both_have_an_agent(engine: str) -> None:
    """R6a: two idle agents, one to be kept from gold: gold first while two are idle, then silver."""
    serves = {"silver": {"after": "60 s"}, "gold": {"after": "30 s", "keep_idle": 1}, "busy": {}}
    pools = {"desk": {"serves": serves, "agents": 2}}
    day = live(engine, two_tiers(tier(0), tier(1), pools=pools), Caller("silver", 0), Caller("gold", 30))

    assert [60, 60] == day.answered


def test_a_call_that_joins_at_the_instant_goes_before_one_that_becomes_eligible(engine: str) -> None:
    """R4: gold may be taken from 60 on; silver joins at 60, before that, and gets the only agent."""
    serves = {"gold": {"after": "60 s"}, "silver": {}, "busy": {}}
    pools = {"desk": {"serves": serves, "agents": 1}}
    day = live(engine, two_tiers(tier(0), tier(1), pools=pools), Caller("gold", 0), Caller("silver", 60))

    assert [120, 60] == day.answered


def test_further_pools_open_one_after_the_other(engine: str) -> None:
    """The near desk takes after 30 s, the far desk after 60 s; B finds the near desk taken at 40."""
    pools = {
        "near": {"serves": {"gold": {"after": "30 s"}, "silver": {}, "busy": {}}, "agents": 1},
        "far": {"serves": {"gold": {"after": "60 s"}}, "agents": 1},
    }
    day = live(engine, two_tiers(tier(0), tier(1), pools=pools), Caller("gold", 0), Caller("gold", 10))

    assert [("near", 30), ("far", 70)] == [(fate.pool, fate.answered) for fate in day.calls]
