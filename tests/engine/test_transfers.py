"""R15 on timelines small enough to check by hand: callers who are put through to another tier."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.timeline import Caller, Fate, Link, hotline, live, tier


def support(**sections: Any) -> dict[str, Any]:
    """Return a front desk whose callers may go on to the only expert."""
    base = hotline(
        tiers={
            "front": tier(
                1, transfer={"share": "10%", "to": "expert"}, repeat={"share": "5%", "after": "1 min"}
            ),
            "expert": tier(
                0,
                repeat={"share": "5%", "after": "1 min"},
                redial={"after": "1 min", "when": {"abandoned": "40%"}},
            ),
        },
        pools={
            "desk": {"serves": ["front"], "agents": 1},
            "experts": {"serves": ["expert"], "agents": 1},
        },
    )
    return base | sections


ONE_DESK = {"desk": {"serves": ["front", "expert"], "agents": 1}}


def test_second_leg_joins_as_the_first_ends(engine: str) -> None:
    """Talks at the desk from 0 to 60 (the agent writes until 80), with the expert from 60 to 160."""
    day = live(engine, support(), Caller("front", 0, wrap_up=20, transfer=Caller("expert", talk=100)))

    assert [Fate("answered", 0, 60, "desk"), Fate("answered", 60, 160, "experts")] == day.calls
    assert [Link("first"), Link("transfer", 0, 1)] == day.links
    assert [0, 60] == day.log.arrived.tolist()
    assert [0, 60] == day.log.joined.tolist()
    assert [80, 160] == day.log.released.tolist()
    assert [0, 0] == day.log.customer.tolist()
    assert [0, 1] == day.log.tier.tolist()
    assert [False, True] == day.log.solved.tolist()


def test_second_leg_has_patience_of_its_own(engine: str) -> None:
    """The expert is busy until 500: put through at 60, patient for 30 s from then on, gone at 90."""
    leg = Caller("expert", patience=30)
    day = live(
        engine, support(), Caller("expert", 0, talk=500), Caller("front", 0, patience=10, transfer=leg)
    )

    assert [Fate("answered", 0, 60, "desk"), Fate("abandoned", None, 90)] == day.calls[1:]
    assert [True, False, False] == day.log.solved.tolist()


def test_agent_who_frees_looks_before_the_second_leg_joins(engine: str) -> None:
    """R4: one desk for all.  At 60 the agent frees and takes B, then the leg joins; at 120 it is first.

    C waits since 20, but the leg has the better priority.
    """
    day = live(
        engine,
        support(pools=ONE_DESK),
        Caller("front", 0, transfer=Caller("expert")),
        Caller("front", 10),
        Caller("front", 20),
    )

    assert [0, 60, 180, 120] == day.answered


def test_second_leg_goes_by_its_own_priority(engine: str) -> None:
    """The agent writes from 60 to 70; the leg joins at 60 and goes before B, who waits since 10."""
    day = live(
        engine,
        support(pools=ONE_DESK),
        Caller("front", 0, wrap_up=10, transfer=Caller("expert")),
        Caller("front", 10),
    )

    assert [0, 130, 70] == day.answered


def test_lost_calls_are_not_transferred(engine: str) -> None:
    """B abandons at the desk: there is nobody to put through."""
    day = live(
        engine,
        support(),
        Caller("front", 0, talk=300),
        Caller("front", 10, patience=20, transfer=Caller("expert")),
    )

    assert ["answered", "abandoned"] == day.outcomes


def test_last_leg_decides_about_the_repeat(engine: str) -> None:
    """The first leg says they call again, the last says they do not, and the other way round."""
    first = Caller("front", 0, repeats=True, repeat_after=60, next=Caller("front"))
    leg = Caller("expert", talk=100)
    settled = live(engine, support(), first._replace(transfer=leg))
    leg = leg._replace(repeats=True, repeat_after=200, next=Caller("expert"))
    again = live(engine, support(), Caller("front", 0, transfer=leg))

    assert [0, 60] == settled.answered
    assert [False, True] == settled.log.solved.tolist()
    # 160 s end of the second leg, 200 s later they call again, as a caller of that leg's tier.
    assert [0, 60, 360] == again.answered
    assert Link("repeat", 1, 1) == again.links[2]
    assert [False, False, True] == again.log.solved.tolist()


def test_who_abandons_the_second_leg_may_redial(engine: str) -> None:
    """The leg is lost at 90; the redial at 690 is the second attempt, the leg counts as the first."""
    leg = Caller("expert", patience=30, redials=["abandoned"], redial_after=600, next=Caller("expert"))
    day = live(engine, support(), Caller("expert", 0, talk=500), Caller("front", 0, transfer=leg))

    assert Fate("answered", 690, 750, "experts") == day.calls[3]
    assert Link("redial", 2, 2) == day.links[3]
    assert [0, 1, 1, 1] == day.log.customer.tolist()


def test_the_caller_hangs_up_before_the_agent_is_free(engine: str) -> None:
    """R4: the second leg of the first caller is numbered before that of the next, who needs no time at all.

    The lawyer speaks with A from 60 to 80 and, in that instant, with B, who joined at 70. Both go on to
    the desk, A first: their first legs ended in this order.
    """
    scenario = support()
    scenario["tiers"]["lawyer"] = tier(0)
    scenario["pools"] = {"all": {"serves": ["front", "expert", "lawyer"], "agents": 1}}
    a = Caller("front", 0, transfer=Caller("lawyer", talk=20, transfer=Caller("expert")))
    b = Caller("front", 70, talk=0, transfer=Caller("expert"))
    day = live(engine, scenario, a, b)

    assert [0, 60, 80, 80, 140] == day.answered
    links = [Link("first"), Link("transfer", 0), Link("first"), Link("transfer", 1), Link("transfer", 2)]
    assert links == day.links


def test_transferred_twice(engine: str) -> None:
    """Desk from 0 to 60, expert to 120, lawyer to 180."""
    scenario = support()
    scenario["tiers"]["lawyer"] = tier(0)
    scenario["tiers"]["expert"]["transfer"] = [{"share": "10%", "to": "lawyer"}]
    scenario["pools"]["lawyers"] = {"serves": ["lawyer"], "agents": 1}
    day = live(engine, scenario, Caller("front", 0, transfer=Caller("expert", transfer=Caller("lawyer"))))

    assert ["desk", "experts", "lawyers"] == [fate.pool for fate in day.calls]
    assert [0, 60, 120] == day.answered
    assert [Link("first"), Link("transfer", 0), Link("transfer", 1)] == day.links
    assert [False, False, True] == day.log.solved.tolist()


@pytest.mark.parametrize(("after_close", "leg"), [("drain", "answered"), ("drop", "closed")])
def test_transfer_after_close(engine: str, after_close: str, leg: str) -> None:
    """R8b, R8c: answered at 3590, put through at 3650; with drain the expert is still there."""
    scenario = support()
    scenario["day"]["after_close"] = after_close
    day = live(engine, scenario, Caller("front", 3590, transfer=Caller("expert")))

    assert ["answered", leg] == day.outcomes
    assert (3710 if leg == "answered" else 3650) == day.calls[1].left


def test_case_frees_the_line_of_its_caller(engine: str) -> None:
    """R15, one line: at 60 A's complaint goes to the back office and A hangs up, so B gets the line at 60.

    The case waits until the back office frees at 200.
    """
    scenario = support(lines=1)
    scenario["tiers"]["expert"] = tier(0, channel="deferred")
    day = live(
        engine,
        scenario,
        Caller("expert", 0, talk=200),
        Caller("front", 0, transfer=Caller("expert", talk=100)),
        Caller("front", 60, talk=30),
    )

    by_link = dict(zip(day.links, day.calls, strict=True))
    assert Fate("answered", 200, 300, "experts") == by_link[Link("transfer", 1)]
    assert Fate("answered", 60, 90, "desk") in day.calls
    assert "blocked" not in day.outcomes


def test_customer_answered_at_the_first_leg_has_his_callback_cancelled(engine: str) -> None:
    """R11e: any call of theirs: the redial at 630 is answered at the desk, and only then put through."""
    scenario = support(callbacks={"hours": "00:30-01:00"})
    scenario["tiers"]["front"] |= {
        "callback": {"on": ["abandoned"]},
        "redial": {"after": "1 min", "when": {"abandoned": "40%"}},
    }
    scenario["pools"]["back_office"] = {"serves": [], "agents": 1, "callbacks": {}}
    redial = Caller("front", transfer=Caller("expert", patience=0))
    again: dict[str, Any] = {"redials": ["abandoned"], "redial_after": 600, "next": redial}
    day = live(
        engine,
        scenario,
        Caller("front", 0, talk=100),
        Caller("front", 10, patience=20, reached_at=1, **again),
        Caller("expert", 600, talk=200),
    )

    assert ["answered", "abandoned", "answered", "answered", "abandoned"] == day.outcomes
    assert [("cancelled", 630.0)] == [(job.outcome, job.ended) for job in day.jobs]
