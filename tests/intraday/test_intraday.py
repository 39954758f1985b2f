"""A day at eleven o'clock: what is read, what is inside, what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import callcenter as cc
from callcenter.calllog import CallLog
from callcenter.demand import draw
from callcenter.demand.tables import demand_tables
from callcenter.engine import cut, floor_plan, simulate
from callcenter.intraday import IntradayError, intraday
from callcenter.intraday.opening import inside_of, opened
from callcenter.intraday.options import none_of, option_of, plan_of
from callcenter.intraday.reading import read_actuals
from callcenter.intraday.runs import poisson_quantile
from callcenter.measure import tally
from callcenter.measure.tables.logs import call_table
from callcenter.outcomes import Outcome
from callcenter.scenario import Scenario, load

NOW = 11 * 3600.0
DAY: dict[str, Any] = {
    "name": "desk",
    "day": {"open": "08:00", "close": "16:00", "interval": "30 min"},
    "demand": {"calls": [30] * 16, "day_factor_cv": "10%"},
    "tiers": {
        "any": {
            "priority": 0,
            "target": {"within": "20 s", "share": "80%"},
            "talk": {"exponential": "3 min"},
            "wrap_up": {"exponential": "20 s"},
            "patience": {"exponential": "4 min"},
        }
    },
    "pools": {"desk": {"serves": ["any"], "agents": 6}},
}


def _scenario(**changes: Any) -> Scenario:
    return load(DAY).with_(changes) if changes else load(DAY)


def _so_far(scenario: Scenario, log: CallLog, now: float = NOW) -> pd.DataFrame:
    """Return the call log as it stood at a moment."""
    frame = call_table(scenario, [(0, log)])
    frame = frame[frame["arrived"] < now].copy()
    for name in ("joined", "answered", "left", "released"):
        frame.loc[frame[name] >= now, name] = np.nan
    return frame.drop(columns=["outcome"])


def _rows(calls: float = 30, **more: Any) -> list[dict[str, Any]]:
    starts = [f"{8 + n // 2:02d}:{30 * (n % 2):02d}" for n in range(6)]
    return [{"start": start, "calls": calls, **more} for start in starts]


def test_a_call_log_tells_who_is_inside() -> None:
    """The same callers are in line and with agents as in the state of the run that wrote it."""
    scenario = _scenario(**{"pools.desk.agents": 4, "demand.volume": 2})
    tape = draw(scenario, 3, 0)
    actuals = read_actuals(_so_far(scenario, simulate(scenario, tape)), scenario, NOW)
    state = cut(scenario, tape, NOW)

    inside = inside_of(actuals, scenario, floor_plan(scenario), 1)

    assert inside is not None
    waits = np.isnan(inside.answered)
    ledger = state.ledger
    assert ledger.arrived[state.in_line] == pytest.approx(inside.arrived[waits], abs=0.01)
    assert np.sort(ledger.answered[state.with_agent]) == pytest.approx(
        np.sort(inside.answered[~waits]), abs=0.01
    )
    assert 0 < len(state.in_line) == actuals.in_line
    assert (tape.arrived < NOW).sum() == np.nansum(actuals.counts)


LOSING: dict[str, Any] = {
    "pools.desk.agents": 3,
    "tiers.any.callback": {"on": ["abandoned"]},
    "callbacks": {"hours": "12:00-16:00", "within": "3 h"},
}


def test_callbacks_that_are_owed_go_on() -> None:
    """Nobody calls back before noon: the jobs at eleven are those of the run that wrote the log."""
    scenario = _scenario(**LOSING)
    tape = draw(scenario, 3, 0)
    log = simulate(scenario, tape)
    frame = call_table(scenario, [(0, log)])
    frame = frame[frame["arrived"] < NOW].copy()
    for name in ("joined", "answered", "left", "released"):
        frame.loc[frame[name] >= NOW, name] = np.nan
    known, state = read_actuals(frame, scenario, NOW), cut(scenario, tape, NOW)
    plan = floor_plan(scenario)
    inside = inside_of(known, scenario, plan, 1)
    assert inside is not None

    coming = draw(scenario.with_({"demand.calls": 0}), 3, 0)
    _tape, opened_state = opened(inside, coming, scenario, demand_tables(scenario), plan, NOW)

    jobs, true = opened_state.callbacks, state.callbacks
    assert 5 < true.call.size == jobs.call.size
    np.testing.assert_allclose(true.created, jobs.created, atol=0.01)
    np.testing.assert_allclose(true.due, jobs.due, atol=0.01)
    np.testing.assert_allclose(
        state.ledger.arrived[true.call], opened_state.ledger.arrived[jobs.call], atol=0.01
    )


def test_the_day_counts_the_callbacks_of_the_morning() -> None:
    """The callbacks of a day without further calls are those of its lost calls, each counted once."""
    from callcenter.measure.jobs import JOB_COUNTS
    from callcenter.measure.tally import COUNTS

    scenario = _scenario(**LOSING, **{"demand.calls": [30] * 6 + [0] * 10, "pools.desk.callbacks": {}})
    log = simulate(scenario, draw(scenario, 3, 0))
    lost = int((log.outcome == int(Outcome.ABANDONED)).sum())

    day = intraday(scenario, call_table(scenario, [(0, log)]), now="11:59", replications=2, engine="simpy")

    for each in day.tallies[0]:
        assert lost == each.counts[COUNTS.index("abandoned")].sum()
        assert lost == each.job_counts[JOB_COUNTS.index("created")].sum()
        assert each.job_counts[JOB_COUNTS.index("reached")].sum() > 0


def test_customers_who_were_lost_dial_again() -> None:
    """Of those who have not dialled again by now as many will as the rule says, given that they have not.

    Each dials with a chance of 60 %, after an exponential time of 20 minutes.
    """
    redial = {"after": {"exponential": "20 min"}, "when": {"abandoned": "60%"}, "attempts": 1}
    scenario = _scenario(**{"pools.desk.agents": 3, "tiers.any.redial": redial})
    tape = draw(scenario, 4, 0)
    log = simulate(scenario, tape)
    frame = call_table(scenario, [(0, log)])
    frame = frame[frame["arrived"] < NOW].copy()
    for name in ("joined", "answered", "left", "released"):
        frame.loc[frame[name] >= NOW, name] = np.nan
    plan, known = floor_plan(scenario), read_actuals(frame, scenario, NOW)
    inside = inside_of(known, scenario, plan, 1)
    assert inside is not None

    made = []
    for number in range(40):
        coming = draw(scenario.with_({"demand.calls": 0}), 3, number)
        made.append(opened(inside, coming, scenario, demand_tables(scenario), plan, NOW)[1].due)
    due = np.array([each[np.isfinite(each)].size for each in made])

    silent = inside.may_redial
    later = 0.6 * np.exp(-(NOW - inside.lost[silent]) / 1200)
    expected = (later / (0.4 + later)).sum()
    assert 0 < expected == pytest.approx(due.mean(), abs=3 * due.std() / np.sqrt(40))
    assert all(each[np.isfinite(each)].min(initial=np.inf) >= NOW for each in made)


def test_the_morning_counts_as_it_was() -> None:
    """With nobody left to come, the day is the morning: every figure of it is that of the log."""
    scenario = _scenario(**{"demand.calls": [30] * 6 + [0] * 10})
    log = simulate(scenario, draw(scenario, 3, 0))
    frame = call_table(scenario, [(0, log)])

    day = intraday(scenario, frame, now="15:30", replications=2, engine="simpy")

    counted = tally(scenario, log)
    for each in day.tallies[0]:
        assert np.array_equal(counted.counts, each.counts)
        assert counted.sums == pytest.approx(each.sums, abs=1.0)
    assert 0.0 == day.rest.max()


@pytest.mark.slow
def test_the_chance_is_that_of_days_like_this_one() -> None:
    """Of days that came as this one by eleven, as many keep the promise as the chance says.

    Days are not restless here, so all mornings are alike in what they say of the rest; the share of days
    that keep the target, morning and rest, is compared with the mean of the chances.
    """
    scenario = _scenario(**{"demand.day_factor_cv": "0%", "pools.desk.agents": 5})
    kept, chances = [], []
    for number in range(60):
        tape = draw(scenario, 17, number)
        log = simulate(scenario, tape)
        kept.append(float(np.mean(log.answered - log.joined <= 20) >= 0.8))
        day = intraday(scenario, _so_far(scenario, log), now="11:00", replications=20)
        chances.append(float(day.chance.value))

    error = np.std(np.array(kept) - np.array(chances)) / np.sqrt(60)
    assert abs(np.mean(kept) - np.mean(chances)) < 3 * error


def test_three_words() -> None:
    """Far too few agents: act; far too many: wait; in between too early; none where nothing is known."""
    words = {
        agents: intraday(_scenario(**{"pools.desk.agents": agents}), _rows(33), now="11:00").word
        for agents in (2, 5, 20)
    }
    unknown = intraday(_scenario(**{"demand.day_factor_cv": "0%"}), _rows(33), now="11:00")

    assert {2: "act", 5: "too_early", 20: "wait"} == words
    assert unknown.word is None
    assert any("say how days differ" in note for note in unknown.notes)


def test_no_verdict_on_too_few_days(tmp_path: Path) -> None:
    """Nine recorded days do not tell how days differ, ten do."""
    scenario = _scenario()
    for days, has_word in ((9, False), (10, True)):
        frames = []
        for number in range(days):
            frame = call_table(scenario, [(0, simulate(scenario, draw(scenario, 5, number)))])
            for name in ("arrived", "joined", "answered", "left", "released"):
                frame[name] += 86_400.0 * number
            frames.append(frame.assign(day=number))
        history = pd.concat(frames, ignore_index=True)
        day = intraday(scenario, _rows(33), now="11:00", history=history, replications=5)
        assert (day.days_known, day.word is not None) == (days, has_word)


def test_options_meet_the_same_callers() -> None:
    """What changes nothing gains exactly nothing; two more agents gain."""
    options = ["idle: pools.desk.agents=+0 from 12:00", "help: pools.desk.agents=+3"]
    day = intraday(_scenario(**{"pools.desk.agents": 4}), _rows(36), now="11:00", options=options)
    tried = {one.name: one for one in day.tried}

    assert 0.0 == float(tried["idle"].gain.value)
    assert "better" == tried["help"].verdict
    assert "pools.desk.agents=+3" == tried["help"].change
    for before, after in zip(day.tallies[0], day.tallies[1], strict=True):
        assert before.to_bytes() == after.to_bytes()


BUSY: dict[str, Any] = {
    "tiers.any.callback": {"on": ["abandoned"]},
    "tiers.any.redial": {"when": {"abandoned": "50%"}, "after": {"exponential": "10 min"}},
    "pools.desk.callbacks": {},
    "callbacks": {"within": "4 h", "hours": "09:00-16:00"},
}


@pytest.mark.parametrize("so_far", ["sheet", "line", "log"])
@pytest.mark.parametrize("changes", [{}, BUSY, {"lines": 12}, {"pools.desk.absence": "10%"}])
def test_options_are_counted_as_single_runs_are(so_far: str, changes: dict[str, Any]) -> None:
    """Every figure is that of the other engine, which writes a log of each run, to the last bit."""
    scenario = _scenario(**{"pools.desk.agents": 5, **changes})
    rows: Any = _rows(33, in_line=2, busy=4) if so_far == "line" else _rows(33)
    if so_far == "log":
        tape = draw(scenario, 3, 0)
        rows = _so_far(scenario, simulate(scenario, tape))
    options = [
        "more: pools.desk.agents=+2",
        "overtime: pools.desk.agents=+2 from 13:00 to 15:00",
        "patient: tiers.any.patience=never from 12:00",
        "offer: tiers.any.offer={when_in_line: 3, accepted: 40%}; pools.desk.callbacks={keep_idle: 1}",
    ]

    quick, plain = (
        intraday(scenario, rows, now="11:00", options=options, replications=6, engine=engine)
        for engine in ("compiled", "simpy")
    )

    assert plain.summary == quick.summary
    assert 4 <= len(quick.tried)


def test_a_rule_that_changes_later_is_a_cut_and_a_continuation() -> None:
    """An offer from 13:00 on: before that nobody is diverted, after it somebody is."""
    text = (
        "offer: tiers.any.offer={when_in_line: 1, accepted: 80%}; pools.desk.callbacks={keep_idle: 1} "
        "from 13:00"
    )
    scenario = _scenario(**{"pools.desk.agents": 4})
    rows = _rows(33, in_line=2, busy=4)
    day = intraday(scenario, rows, now="11:00", options=[text], replications=5, engine="simpy")
    from callcenter.measure.tally import COUNTS

    row, cell = COUNTS.index("diverted"), 10
    for each in day.tallies[1]:
        assert 0 == each.counts[row, :, :cell].sum() < each.counts[row, :, cell:].sum()


def test_agents_more_in_a_span_of_time() -> None:
    """Two more from 12:00 to 14:00, nobody after the close, and no other change."""
    scenario = _scenario()
    base = floor_plan(scenario)
    option = option_of("more: pools.desk.agents=+2 from 12:00 to 14:00", scenario, NOW)

    plan = plan_of(base, option, (scenario.day.open, scenario.day.interval), 0, 0).days

    levels = dict(zip((plan.change_at / 3600).tolist(), plan.levels[:, 0].tolist(), strict=True))
    steps = [max(time for time in levels if time <= hour) for hour in (9, 11.9, 12, 13.9, 14, 15.9)]
    assert [6, 6, 8, 8, 6, 6] == [levels[step] for step in steps]
    same = plan_of(base, none_of(scenario, NOW), (scenario.day.open, scenario.day.interval), 0, 0).days
    assert np.array_equal(base.days.levels, same.levels)


def test_a_sheet_is_read_as_it_is_pasted(tmp_path: Path) -> None:
    """Other heads, a time with a date, tiers of one; counts stand where they belong."""
    file = tmp_path / "so_far.csv"
    file.write_text("开始,来电,AHT\n2026-11-23 08:00,40,200\n2026-11-23 08:30,20,100\n", "utf-8")

    actuals = read_actuals(file, _scenario(), NOW)

    assert [40.0, 20.0] == actuals.counts[0, :2].tolist()
    assert actuals.handled is not None
    assert 10_000 / 60 == pytest.approx(actuals.handled.mean)
    assert 2 == len(actuals.notes)


@pytest.mark.parametrize(
    ("rows", "now", "message"),
    [
        ([{"from": "08:00"}], "11:00", "has no column calls"),
        ([{"start": "soon", "calls": "3"}], "11:00", "line 2: start cannot be read"),
        ([{"start": "12:00", "calls": "3"}], "11:00", "says nothing of the time before 11:00"),
        ([{"start": "08:00", "calls": "3", "tier": "gold"}], "11:00", "there is no tier gold; known: any"),
        (_rows(), "eleven", "write a clock time such as 11:00"),
        (_rows(), "23:00", "outside of the opening hours, 08:00 to 16:00"),
    ],
)
def test_what_is_wrong_is_named(rows: list[dict[str, Any]], now: str, message: str) -> None:
    """Each message names the place and the remedy."""
    with pytest.raises(IntradayError, match=message):
        intraday(_scenario(), rows, now=now)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("more agents", "write NAME: PATH=VALUE"),
        ("x: pools.night.agents=+1", "there is no pool night; known: desk"),
        ("x: tiers.any.patience=never from 12:00 to 13:00", "only agents more or fewer can end again"),
    ],
)
def test_options_that_cannot_be_read(option: str, message: str) -> None:
    """Each is named."""
    with pytest.raises(IntradayError, match=message):
        intraday(_scenario(), _rows(), now="11:00", options=[option])


def test_the_summary_is_plain_data() -> None:
    """JSON takes it, and it says what the day is."""
    import json

    day = intraday(_scenario(), _rows(33, answered=30, in_time=26, handle_time=210), now="11:00")
    summary = json.loads(json.dumps(day.summary, allow_nan=False))

    assert [198.0, 180.0] == [summary["so_far"]["calls"], summary["so_far"]["expected"]]
    assert {"act", "wait", "too_early"} >= {target["verdict"] for target in summary["targets"]}
    assert 16 == len(summary["intervals"])
    assert summary["intervals"][6]["coming"]["low80"] < 33 < summary["intervals"][6]["coming"]["high80"]
    assert 1.0 == pytest.approx(summary["rest"]["talk_factor"]["value"])


def test_the_same_seed_the_same_answer() -> None:
    """Chance is by name, and threads do not matter."""
    first, second = (intraday(_scenario(), _rows(33), now="11:00", replications=8) for _turn in range(2))

    assert first.summary == second.summary
    assert first.summary != intraday(_scenario(), _rows(33), now="11:00", replications=8, seed=2).summary


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 29.0, 31.0, 400.0])
def test_poisson_numbers_are_quantiles(mean: float) -> None:
    """Those of few calls exactly, those of many to one call."""
    from scipy.stats import poisson

    chance = np.linspace(0.001, 0.999, 999)
    calls = poisson_quantile(chance, np.full(999, mean))

    assert np.abs(calls - poisson.ppf(chance, mean)).max() <= (0 if mean < 30 else 1)


def test_it_is_public() -> None:
    """`cc.intraday` is the function, and the class is named."""
    look: Any = cc.intraday
    assert isinstance(look(_scenario(), _rows(), now="11:00", replications=2), cc.Intraday)
