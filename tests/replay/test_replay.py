"""Recorded callers against a staffing: what is taken, what is drawn, what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import callcenter as cc
from callcenter.replay import ReplayError, replay
from callcenter.replay.levels import Levels, plan_of_day
from callcenter.replay.recorded import recorded
from callcenter.replay.stage import staged
from callcenter.replay.taking import TAKES, taking
from callcenter.scenario import ScenarioError
from tests.replay.days import days_of, desk

LOST: dict[str, Any] = {
    "tiers.any.redial": {"after": "5 min", "when": {"abandoned": "60%"}, "attempts": 2},
}


def calls(*rows: tuple[float, float | None, float, str]) -> pd.DataFrame:
    """Return call records from arrival, answer, leaving and outcome; the agent is free when the caller is."""
    columns = ["arrived", "answered", "left", "outcome"]
    frame = pd.DataFrame(rows, columns=columns).astype({"answered": float})
    released = frame["left"].where(frame["outcome"] == "answered")
    return frame.assign(joined=frame["arrived"], tier="any", pool="desk", released=released)


def test_recorded_agents_take_no_breaks_of_the_scenario() -> None:
    """Who was on a break was not among the recorded agents: breaks of the scenario would count it twice."""
    resting = desk({"pools.desk.breaks": {"after_call": "10%", "length": "5 min"}})
    there = Levels(8 * 3600.0, 1800.0, np.full((1, 1, 8), 5.0), "log-ins")
    assert [0.0] == plan_of_day(resting, there, 0).breaks.share.tolist()
    assert [0.1] == plan_of_day(resting, None, 0).breaks.share.tolist()


def test_more_agents_by_hand() -> None:
    """With one more agent the caller who waited is answered at once; the one who hung up, too."""
    eight = 8 * 3600.0
    seen = calls(
        (eight, eight, eight + 100, "answered"),
        (eight + 10, eight + 100, eight + 160, "answered"),
        (eight + 200, eight + 200, eight + 300, "answered"),
        (eight + 210, None, eight + 230, "abandoned"),
    )
    one = desk({"pools.desk.agents": 1, "tiers.any.talk": "50 s"})
    as_it_was = replay(one, seen, replications=1, keep="calls").calls
    two = replay(one, seen, replications=1, keep="calls", changes={"pools.desk.agents": "+1"}).calls
    assert seen["answered"].tolist() == pytest.approx(as_it_was["answered"].tolist(), nan_ok=True)
    assert seen["arrived"].tolist() == two["answered"].tolist()
    assert [100.0, 60.0, 100.0, 50.0] == (two["left"] - two["answered"]).tolist()


def test_two_more_agents_are_the_scenario_with_two_more() -> None:
    """`+2` on the scenario's own staffing is the scenario with two more agents, call by call."""
    seen = days_of(desk(), 2)
    asked = replay(desk(), seen, replications=2, keep="calls", changes={"pools.desk.agents": "+2"})
    written = replay(desk({"pools.desk.agents": 10}), seen, replications=2, keep="calls")
    pd.testing.assert_frame_equal(written.calls, asked.calls)


def test_patience_of_the_answered_is_drawn_beyond_their_wait() -> None:
    """Patience of the answered exceeds their wait by another exponential time: it has no memory."""
    seen = days_of(desk(), 12)
    found = recorded(seen, desk())
    stage = staged(desk(), found, taking(None), seed=11)[0]
    beyond, waits = [], []
    for day in range(len(found)):
        own = found.day(day)
        tape = stage.tape(day, 0).tape
        beyond.append((tape.patience - own.wait)[own.is_answered])
        waits.append(own.wait[own.is_answered])
        assert own.wait[own.is_lost].tolist() == tape.patience[own.is_lost].tolist()
    rest, wait = np.concatenate(beyond), np.concatenate(waits)
    assert stats.kstest(rest[wait > 10], stats.expon(scale=240).cdf).pvalue > 0.001
    assert abs(stats.spearmanr(rest, wait).statistic) < 4 / np.sqrt(rest.size)


def test_patience_that_contradicts_the_records_is_told() -> None:
    """Who waited longer than the scenario lets anybody wait is taken to leave just then, and counted."""
    seen = days_of(desk(), 1)
    short = desk({"tiers.any.patience": "1 s"})
    found = replay(short, seen, replications=1)
    assert any("waited longer than the patience of the scenario" in remark for remark in found.remarks)
    assert found.recorded_figures.tolist() == found.simulated_figures[:, 0].tolist()


def test_drawn_talk_is_the_scenario_s() -> None:
    """With arrivals alone taken, talk is drawn: its mean is the scenario's, whatever was recorded."""
    seen = days_of(desk({"tiers.any.talk": "30 s"}), 5)
    found = recorded(seen, desk())
    stage = staged(desk(), found, taking("arrivals"), seed=1)[0]
    talk = np.concatenate([stage.tape(day, 0).tape.talk for day in range(len(found))])
    assert abs(talk.mean() - 200) < 4 * 180 / np.sqrt(talk.size)


def test_first_attempts_are_kept_where_they_are_known() -> None:
    """Recorded redials give way to those that the model makes; with redials taken they come as recorded."""
    busy = desk(LOST | {"pools.desk.agents": 6})
    seen = days_of(busy, 2)
    firsts = int(seen["parent"].isna().sum())
    found = recorded(seen, busy)
    stage, remarks = staged(busy, found, taking(None), seed=1)
    assert firsts == sum(stage.tape(day, 0).tape.tier.size for day in range(len(found)))
    assert any("makes redials, repeats and transfers anew" in remark for remark in remarks)
    everything, remarks = staged(busy, found, taking(TAKES), seed=1)
    assert len(seen) == sum(everything.tape(day, 0).tape.tier.size for day in range(len(found)))
    assert not any("redials" in remark for remark in remarks)


def test_the_trap_of_redials_is_told() -> None:
    """Where records do not tell attempts, the gain of better staffing is said to be understated."""
    seen = days_of(desk(), 1).drop(columns=["parent", "attempt"])
    found = replay(desk(), seen, replications=1)
    assert any("understated" in remark for remark in found.remarks)


def test_customers_tell_redials() -> None:
    """A customer who hung up and calls again within half an hour makes no first attempt."""
    eight = 8 * 3600.0
    seen = calls(
        (eight, None, eight + 30, "abandoned"),
        (eight + 200, eight + 200, eight + 300, "answered"),
        (eight + 400, eight + 400, eight + 500, "answered"),
    ).assign(customer=["ann", "ann", "bob"])
    assert [False, True, False] == recorded(seen, desk()).follows.tolist()


def test_levels_of_agents_who_are_named() -> None:
    """Two agents who are seen at work all morning are the staffing, whatever the scenario says."""
    start, rows = 8 * 3600.0, []
    for number in range(140):
        at = start + 100.0 * number
        rows.append((at, at, at + 95.0, "answered"))
        rows.append((at + 1, at + 1, at + 96.0, "answered"))
    seen = calls(*rows).assign(agent=["ann", "bob"] * 140)
    found = replay(desk(), seen, replications=1)
    assert "served calls" == found.levels_source
    staffed = found.summary["simulated"]["pools"]["desk"]["staffed_h"]["value"]
    assert abs(staffed - 2 * 139 * 100 / 3600) < 0.3


def test_levels_are_whole_agents_that_carry_their_remainder() -> None:
    """Half an agent in each of two steps is nobody, then one (rule R8e), and more agents come on top."""
    from callcenter.replay.levels import Levels, plan_of_day

    levels = Levels(8 * 3600.0, 300.0, np.full((1, 1, 48), 0.5), "")
    plan = plan_of_day(desk(), levels, 0)
    inside = plan.days.change_at < 12 * 3600
    assert [0, 1] * 24 == plan.days.levels[inside, 0].tolist()
    more = plan_of_day(desk(), levels, 0, more={"desk": 2.0})
    assert [2, 3] * 24 == more.days.levels[inside, 0].tolist()


@pytest.mark.parametrize(
    ("take", "message"),
    [
        ("arivals", "did you mean `arrivals`?"),
        ("talk", "take their arrivals, too"),
    ],
)
def test_what_cannot_be_taken(take: str, message: str) -> None:
    """A name that is unknown, and a column of calls that are not taken, are refused with the remedy."""
    with pytest.raises(ReplayError, match=message):
        taking(take)


def test_records_of_another_hotline() -> None:
    """A tier that the scenario lacks is refused, with the nearest name; so is a day that is not there."""
    seen = days_of(desk(), 1)
    with pytest.raises(ReplayError, match="tier ani, which the scenario lacks; nearest known: `any`"):
        replay(desk(), seen.assign(tier="ani"))
    with pytest.raises(ReplayError, match="hold no day 2026-01-01"):
        replay(desk(), seen, days="2026-01-01")
    with pytest.raises(ReplayError, match="no such pool; known: desk"):
        replay(desk(), seen, changes={"pools.front.agents": "+1"})
    with pytest.raises(ScenarioError):
        replay(desk(), seen, changes={"pools.desk.agent": 3})


def test_summary_is_that_of_a_run() -> None:
    """Recorded and simulated figures of days and of all have the form of `run --json`."""
    seen = days_of(desk(), 2)
    found = replay(desk(), seen, replications=3).summary
    of_run = cc.run(desk(), replications=2).summary["tiers"]["any"].keys()
    for part in (found, *found["days"].values()):
        assert [of_run, of_run] == [part[side]["tiers"]["any"].keys() for side in ("recorded", "simulated")]
    assert ["1.1", "2.1"] == list(found["days"])
