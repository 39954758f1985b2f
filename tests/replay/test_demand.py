"""Recorded days as the demand of a scenario (`demand.replay`, contract 2.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import callcenter as cc
from callcenter.demand import draw
from tests.replay.days import DESK, days_of, desk

REDIAL: dict[str, Any] = {
    "tiers.any.redial": {"after": "5 min", "when": {"abandoned": "60%"}, "attempts": 2},
}


def recorded_desk(folder: Path, seen: pd.DataFrame, **keys: Any) -> cc.Scenario:
    """Return the desk whose callers are those of a call log."""
    seen.to_csv(folder / "log.csv", index=False)
    demand = {"replay": {"records": str(folder / "log.csv"), **keys}}
    return cc.load({**DESK, "demand": demand})


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_a_day_that_was_recorded_comes_again(tmp_path: Path, engine: str) -> None:
    """Day by day every call that the desk had is there, with the same times."""
    seen = days_of(desk(), 3)
    played = recorded_desk(tmp_path, seen)

    again = cc.run(played, replications=3, engine=engine, keep="calls").calls

    columns = ["replication", "arrived", "joined", "answered", "left", "released", "wait"]
    pd.testing.assert_frame_equal(seen[columns], again[columns])


def test_figures_without_logs_are_those_with_them(tmp_path: Path) -> None:
    """Whether somebody wants to see the logs changes no figure."""
    played = recorded_desk(tmp_path, days_of(desk(), 2), take=["talk"])
    with_logs = cc.run(played, replications=4, keep="calls")
    assert with_logs.summary == cc.run(played, replications=4).summary


def test_days_come_in_turn(tmp_path: Path) -> None:
    """Replications of two days play days 1 and 2, then 3 and 1; times count on from day to day."""
    seen = days_of(desk(), 3)
    one_by_one = recorded_desk(tmp_path, seen)
    two_days = one_by_one.with_({"days": 2})

    def arrivals(day: int) -> list[float]:
        return seen.loc[seen["replication"] == day, "arrived"].tolist()

    second = draw(two_days, 1, 1)
    assert arrivals(0) == draw(one_by_one, 1, 3).arrived.tolist()
    assert arrivals(2) + [time + 86400 for time in arrivals(0)] == second.arrived.tolist()


def test_what_is_not_taken_is_drawn(tmp_path: Path) -> None:
    """Without talk, calls come at the same times and last as long as the scenario says."""
    seen = days_of(desk(), 2)
    taken, drawn = (draw(recorded_desk(tmp_path, seen, take=take), 7, 0) for take in (["talk"], []))
    own = seen[seen["replication"] == 0]
    was_answered = (own["outcome"] == "answered").to_numpy()
    talked = (own["left"] - own["answered"]).to_numpy()

    assert taken.arrived.tolist() == drawn.arrived.tolist()
    assert talked[was_answered].tolist() == taken.talk[was_answered].tolist()
    assert not np.any(talked[was_answered] == drawn.talk[was_answered])


def test_named_days_alone_are_played(tmp_path: Path) -> None:
    """`days` names which."""
    seen = days_of(desk(), 3)
    played = recorded_desk(tmp_path, seen, days="2, 3")
    assert played.demand.recording is not None
    assert ("2", "3") == played.demand.recording.days
    assert draw(recorded_desk(tmp_path, seen), 1, 1).arrived.tolist() == draw(played, 1, 0).arrived.tolist()


def test_expected_calls_are_the_mean_of_the_days(tmp_path: Path) -> None:
    """What formulas ask for - calls by interval - is what was offered on an average day."""
    seen = days_of(desk(), 4)
    interval = ((seen["arrived"] - 8 * 3600) // 1800).astype(int)
    counted = np.bincount(interval, minlength=8) / 4
    assert counted.tolist() == list(recorded_desk(tmp_path, seen).demand.expected("any"))


def test_redials_are_made_anew_where_the_log_tells_them(tmp_path: Path) -> None:
    """First attempts are played, and the scenario redials: with enough agents nobody calls again."""
    seen = days_of(desk({**REDIAL, "pools.desk.agents": 6}), 2)
    first = int((seen["attempt"] == 1).sum())
    played = recorded_desk(tmp_path, seen)
    enough = played.with_({**REDIAL, "pools.desk.agents": 60})
    without = played.with_({"pools.desk.agents": 60})

    assert first < len(seen)
    assert first == len(cc.run(enough, replications=2, keep="calls").calls)
    assert len(seen) == len(cc.run(without, replications=2, keep="calls").calls)
    assert any("redials" in remark for remark in without.remarks)


def test_redials_that_no_log_tells_are_not_doubled(tmp_path: Path) -> None:
    """Recorded calls contain redials already: where nobody knows which, the scenario makes no more."""
    seen = days_of(desk({"pools.desk.agents": 6}), 1).drop(columns=["parent", "attempt"])
    played = recorded_desk(tmp_path, seen)
    again = cc.run(played.with_({**REDIAL, "pools.desk.agents": 5}), replications=1, keep="calls").calls
    assert set(again["attempt"]) == {1}
    assert any("do not tell which" in remark for remark in played.remarks)


def test_a_file_with_other_calls_is_another_scenario(tmp_path: Path) -> None:
    """What is kept of a run is found again by its calls, wherever the file lies and whatever it is called."""
    (tmp_path / "other").mkdir()
    seen, others = days_of(desk(), 2), days_of(desk(), 2, seed=4)
    here, there = recorded_desk(tmp_path, seen), recorded_desk(tmp_path / "other", seen)
    assert here.fingerprint == there.fingerprint
    assert here.callers_fingerprint == here.with_({"pools.desk.agents": 9}).callers_fingerprint
    assert here.fingerprint != recorded_desk(tmp_path, others).fingerprint


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"records": "nowhere.csv"}, "there is no file"),
        ({"days": "2020-01-01"}, "the records hold no day 2020-01-01"),
        ({"take": ["talks"]}, "did you mean `talk`?"),
        ({"dayz": "all"}, "did you mean `days`?"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, keys: dict[str, Any], said: str) -> None:
    """A planner reads what is wrong with the records, and where it is written."""
    with pytest.raises(cc.ScenarioError) as raised:
        recorded_desk(tmp_path, days_of(desk(), 1), **keys)
    assert said in str(raised.value)
    assert "demand.replay" in str(raised.value)


@pytest.mark.parametrize("key", ["calls", "volume", "day_factor_cv", "days"])
def test_recorded_calls_cannot_be_told_how_many_they_are(tmp_path: Path, key: str) -> None:
    """Whatever else would decide how many call, and when, is refused beside them."""
    value: Any = {"calls": 60, "days": [1.0]}.get(key, "10%")
    days_of(desk(), 1).to_csv(tmp_path / "log.csv", index=False)
    demand = {"replay": {"records": str(tmp_path / "log.csv")}, key: value}
    with pytest.raises(cc.ScenarioError, match=f"leave `{key}` out"):
        cc.load({**DESK, "demand": demand})


def test_another_demand_takes_its_place(tmp_path: Path) -> None:
    """`--set demand.calls=...` asks for drawn calls, `--set demand.replay=...` for recorded ones."""
    played = recorded_desk(tmp_path, days_of(desk(), 1))
    drawn = played.with_({"demand.calls": 60})
    assert drawn.demand.recording is None
    assert desk().fingerprint == drawn.fingerprint
    replayed = played.to_dict()["demand"]["replay"]
    assert played.fingerprint == desk().with_({"demand.replay": replayed}).fingerprint


@pytest.mark.slow
def test_sweeps_comparisons_and_staffings_play_them(tmp_path: Path) -> None:
    """Every study meets the same recorded callers, and a kept one is found again."""
    played = recorded_desk(tmp_path, days_of(desk(), 4))
    more = played.with_({"pools.desk.agents": 10})
    comparison = cc.compare(played, more, replications=4)
    assert (comparison.table.query("figure == 'answer_rate'")["difference"] > 0).all()
    kept = cc.run(played, replications=4, out=tmp_path / "kept").summary
    assert kept == cc.run(played, replications=4, out=tmp_path / "kept").summary
    assert cc.staff(played, replications=4).intervals["desk"].min() > 0
