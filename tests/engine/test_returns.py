"""R13e on timelines: whom the IVR only seemed to solve calls again and asks for a person."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from callcenter.calllog import Kind, Outcome
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import summary, tally
from callcenter.scenario import Scenario, load
from tests.engine.timeline import Caller, Fate, Link, hotline, live, tier

SOLVED = 1
"""Way out of the IVR."""
RETURNS = {"returns": {"share": "50%", "after": {"exponential": "10 min"}}}


def solved(arrived: float, after: float, **later: Any) -> Caller:
    """Return a caller whom the IVR solves in 20 s, and who calls again so long after."""
    again = Caller("vip", **({"ivr_s": 20} | later))
    return Caller("vip", arrived, ivr_s=20, ivr_exit=SOLVED, repeats=True, repeat_after=after, next=again)


def test_a_return_comes_after_the_ivr(engine: str) -> None:
    """Out of it at 20, back at 620, out again and answered at 640; only then it is solved."""
    day = live(engine, hotline(), solved(0, after=600))

    assert [Fate("self_served", None, 20), Fate("answered", 640, 700, "desk")] == day.calls
    assert [Link("first"), Link("return", 0)] == day.links
    assert [False, True] == day.log.solved.tolist()


def test_returns_wait_for_the_next_opening(engine: str) -> None:
    """R13a: 3500 to the close at 3600 are 100 s, so the other 500 s pass on the next day."""
    day = live(engine, hotline(days=2), solved(3480, after=600))

    assert [3480, 86_400 + 500] == day.log.arrived.tolist()


def test_nobody_returns_after_the_last_close(engine: str) -> None:
    """Nor was the call solved."""
    day = live(engine, hotline(), solved(3480, after=600))

    assert ["self_served"] == day.outcomes
    assert [False] == day.log.solved.tolist()


def test_a_return_needs_a_line(engine: str) -> None:
    """R14: another call holds the only one at 620, and the one lost then is made again at 680."""
    redial: dict[str, Any] = {"redials": ["blocked"], "redial_after": 60}
    vip = tier(0, redial={"after": "1 min", "when": {"blocked": "50%"}})
    day = live(
        engine,
        hotline(lines=1, tiers={"vip": vip}),
        solved(0, after=600, next=Caller("vip"), **redial),
        Caller("vip", 610),
    )

    assert ["self_served", "answered", "blocked", "answered"] == day.outcomes
    assert Link("redial", 2, 2) == day.links[3]


def test_a_callback_that_has_reached_the_customer_meanwhile(engine: str) -> None:
    """R13d: lost at 30, called back at 60; the redial at 40 is solved in the IVR: no return is made."""
    redialled = solved(float("nan"), after=600)
    vip = tier(0, callback={"on": ["abandoned"]}, redial={"after": "1 min", "when": {"abandoned": "50%"}})
    pools = {"desk": {"serves": ["vip"], "agents": 1, "callbacks": {}}}
    lost = Caller("vip", 1, patience=29, reached_at=1, redials=["abandoned"], redial_after=10, next=redialled)
    day = live(engine, hotline(tiers={"vip": vip}, pools=pools), Caller("vip", 0), lost)

    assert ["answered", "abandoned", "self_served"] == day.outcomes
    assert ["reached"] == [job.outcome for job in day.jobs]


def bouncing(**ivr: Any) -> Scenario:
    """Return a hotline whose IVR has something to hide."""
    data = hotline(days=3, pools={"desk": {"serves": ["vip"], "agents": 12}})
    data["demand"] = {"calls": 400}
    data["tiers"] = {"vip": tier(0, talk={"exponential": "1 min"}, patience={"exponential": "1 min"})}
    passes = {"time": "20 s", "self_service": "40%", "hangs_up": "5%"}
    return load(data | {"ivr": passes | RETURNS | ivr})


def test_who_returns_is_not_solved_again(engine: str) -> None:
    """Half of those solved come back; all of them are put through, or hang up; of that 5 %."""
    log = simulate(bouncing(), draw(bouncing(), 1, 0), engine)
    back, seemed = log.kind == Kind.RETURN, log.outcome == Outcome.SELF_SERVED
    hung_up = np.count_nonzero(log.outcome[back] == Outcome.LEFT_IVR)

    assert back.sum() > 300
    assert not seemed[back].any()
    assert seemed[log.parent[back]].all()
    assert not log.solved[log.parent[back]].any()
    assert abs(np.count_nonzero(seemed & log.solved) / np.count_nonzero(seemed) - 0.5) < 0.1
    assert 0 < hung_up < 0.1 * back.sum()


def test_gross_and_net(engine: str) -> None:
    """Gross is what the planner wrote, net half of it: in the IVR's figures, not in those of its calls."""
    scenario = bouncing()
    tallies = [tally(scenario, simulate(scenario, draw(scenario, 1, number), engine)) for number in range(3)]
    tier_figures = summary(scenario, tallies)["tiers"]["vip"]
    ivr, counts = tier_figures["ivr"], tier_figures["counts"]

    assert 0.4 == pytest.approx(ivr["containment"]["value"], abs=0.01)
    assert 0.2 == pytest.approx(ivr["net_containment"]["value"], abs=0.01)
    assert counts["self_served"] / ivr["entered"]["value"] < ivr["containment"]["value"]
    assert counts["returns"] == pytest.approx(counts["self_served"] / 2, rel=0.1)
