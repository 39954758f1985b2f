"""Can it be trusted: a second opinion, sums that come out, half-widths that settle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import callcenter as cc
from callcenter.engine import simulate
from callcenter.study.insights import LeftOut, SecondOpinion, crosscheck, half_widths, second_opinion
from callcenter.study.insights.conservation import conservation
from callcenter.study.result import Result
from tests.study.insights.hotlines import TWO_TIERS, hotline

SCENARIOS = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))

SMALL = ("announced_wait", "callbacks", "chat_and_mail", "ivr_menus", "redials", "shifts", "trunk_lines")


@pytest.mark.slow
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_all_sums_come_out(path: Path) -> None:
    """In every scenario: calls, answers, agents' time and callbacks."""
    scenario = cc.load(path)
    result = cc.run(scenario, 1)

    sums = conservation(result)

    assert all(one.balanced for one in sums)
    called = {one.name: one.total for one in sums if one.kind == "calls"}
    kpis = result.kpis.set_index("tier")["called"]
    assert {tier: kpis[tier] for tier in scenario.tiers} == called
    for pool in (one for one in sums if one.kind == "agents"):
        hours = result.summary["pools"][pool.name]
        expected = {key: hours[f"{key}_h"]["value"] for key in ("busy", "idle")}
        expected |= {"on breaks": hours["break_h"]["value"]} if hours["break_h"]["value"] else {}
        assert expected == pytest.approx(pool.parts)


@pytest.mark.parametrize(
    ("column", "kind", "name"),
    [
        ("counts", "calls", "caller"),
        ("pool_counts", "answers", "all"),
        ("pool_sums", "agents", "desk"),
        ("job_counts", "callbacks", "all"),
    ],
)
def test_a_sum_that_does_not_come_out_is_told(column: str, kind: str, name: str) -> None:
    """One call too many, one more answered, one agent's hour too much, one job out of nowhere."""
    result = cc.run(hotline(), 1)
    wrong = getattr(result.tallies[0], column).copy()
    if column == "pool_sums":
        wrong[1, 0, 3] += 20 * 3600.0
    else:
        wrong.flat[0] += 1
    tallies = (result.tallies[0]._replace(**{column: wrong}),)

    sums = conservation(Result(result.scenario, result.seed, result.engine, tallies))

    assert [(kind, name)] == [(one.kind, one.name) for one in sums if not one.balanced]


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_the_other_engine_agrees(name: str) -> None:
    """Every column of every log, of two days at most."""
    (path,) = (path for path in SCENARIOS if path.stem == name)
    result = cc.run(cc.load(path), 2, keep="calls")

    opinion = second_opinion(result)

    assert isinstance(opinion, SecondOpinion)
    assert (True, (), ("compiled", "simpy")) == (opinion.identical, opinion.differing, opinion.engines)
    rows = sum(len(log.arrived) for _, log in result.numbered_logs()[: len(opinion.replications)])
    assert rows == opinion.calls
    assert opinion.columns > 30
    assert min(opinion.seconds) > 0


def test_a_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that answers one caller a second later, and staffs one agent more."""
    right = simulate

    def wrong(scenario: Any, tape: Any, engine: str) -> Any:
        log = right(scenario, tape, engine)
        if engine != "simpy":
            return log
        late = log.answered.copy()
        late[5] += 1
        return log._replace(answered=late, staffing=log.staffing._replace(staffed=log.staffing.staffed + 1))

    monkeypatch.setattr(crosscheck, "simulate", wrong)
    opinion = second_opinion(cc.run(hotline(), 1))

    assert isinstance(opinion, SecondOpinion)
    assert (False, ("answered", "staffing.staffed")) == (opinion.identical, opinion.differing)


def test_no_second_opinion_on_too_many_calls() -> None:
    """One day is more than allowed."""
    opinion = second_opinion(cc.run(hotline(), 2), most_calls=100)

    assert isinstance(opinion, LeftOut)
    assert ("second_opinion", "over_budget", 100) == (
        opinion.part,
        opinion.reason,
        opinion.numbers["allowed"],
    )
    assert opinion.numbers["calls"] > 1000


def test_half_widths_end_at_the_summary() -> None:
    """The last rows are the result's figures, others those of a run with as many replications."""
    scenario = hotline({**TWO_TIERS, "pools.desk.agents": 12})
    table = half_widths(cc.run(scenario, 12)).set_index(["replications", "tier"])

    assert set(range(2, 13)) == set(table.index.get_level_values(0))
    for number in (2, 7, 12):
        for tier, figures in cc.run(scenario, number).summary["tiers"].items():
            level = figures["service_level"]
            row = table.loc[(number, tier)]
            assert [level[key] for key in ("value", "low", "high")] == pytest.approx(
                [row[key] for key in ("value", "low", "high")]
            )
            longer = max(level["value"] - level["low"], level["high"] - level["value"])
            assert longer == pytest.approx(row["half_width"])


def test_half_widths_of_one_replication() -> None:
    """There are none."""
    assert half_widths(cc.run(hotline(), 1)).empty


def test_half_widths_shrink_where_nothing_varies() -> None:
    """Everybody is answered at once on every day: only room for an unseen day, less with every day."""
    table = half_widths(cc.run(hotline({"pools.desk.agents": 90}), 5)).query("tier == 'all'")

    days = table["replications"].to_numpy()
    assert {1.0} == set(table["value"])
    assert pytest.approx(0.05 * (1 - 0.025 ** (1 / days))) == table["half_width"].to_numpy()
