"""The models that speed is measured against simulate the same day, and rightly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from benchmarks import bare_loop, day, growth, speed, textbook
from benchmarks.__main__ import PARTS, chosen
from benchmarks.findings import Findings, Goal, Table
from benchmarks.memory import peak
from benchmarks.page import page
from benchmarks.peers.choice import PEERS, Peer, days_of, missing
from callcenter.calllog import Outcome
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.scenario import load
from callcenter.theory import erlang_a


def abandonment(days: Sequence[day.Counted]) -> tuple[float, float]:
    """Return the mean share of abandoned calls and its standard error between the days."""
    shares = np.array([counted.abandoned / counted.calls for counted in days])
    return float(shares.mean()), float(shares.std(ddof=1)) / math.sqrt(len(shares))


def counted_by_engine(replication: int) -> day.Counted:
    """Count a day of the compiled engine."""
    scenario = load(day.TIER_DAY)
    log = simulate(scenario, draw(scenario, scenario.seed, replication), "compiled")
    return day.Counted(len(log.tier), int((log.outcome == Outcome.ABANDONED).sum()))


@pytest.fixture(scope="module")
def engine_abandonment() -> tuple[float, float]:
    """Return the engine's share of many days, and its standard error."""
    return abandonment([counted_by_engine(replication) for replication in range(200)])


def test_both_simulate_the_same_day() -> None:
    """The scenario file says what the constants of the other models say."""
    scenario = load(day.TIER_DAY)
    tiers = list(scenario.tiers)
    talk = {scenario.tiers[name].talk.mean for name in tiers}
    patience = {scenario.tiers[name].patience.mean for name in tiers}

    assert [rate * 1440 for rate in day.LARGE.calls_per_minute] == [
        sum(scenario.demand.expected(name)) for name in tiers
    ]
    assert ({day.MEAN_TALK}, {day.MEAN_PATIENCE}) == (talk, patience)
    assert [{day.LARGE.agents}] == [set(scenario.staffed(pool)) for pool in scenario.pools]


@pytest.mark.slow
def test_textbook_abandonment() -> None:
    """Abandonment of a few days is near Erlang A; the tolerance is 4 standard errors between the days."""
    mean, error = abandonment([textbook.simulate_day(seed, day.LARGE) for seed in range(6)])

    exact = erlang_a(sum(day.LARGE.calls_per_minute) * 60, day.MEAN_TALK, day.LARGE.agents, day.MEAN_PATIENCE)

    assert pytest.approx(exact.abandonment, abs=4 * error) == mean


@pytest.mark.long
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_peer_abandonment(peer: Peer, engine_abandonment: tuple[float, float]) -> None:
    """A peer loses as many calls as the engine, within 4 standard errors of the difference."""
    if not peer.is_installed:
        pytest.skip("not installed: pip install callcenter[bench]")
    days = 5 if peer.name == "salabim" else 20

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        mean, error = abandonment(process.submit(days_of, peer, range(1, days + 1)).result())

    ours, our_error = engine_abandonment
    assert pytest.approx(ours, abs=4 * math.hypot(error, our_error)) == mean


@pytest.mark.slow
def test_bare_loop_answers_the_same_calls() -> None:
    """On the same tape the bare loop answers every call when the engine does."""
    scenario = load(day.TIER_DAY)
    tape = draw(scenario, 3, 0)

    answered = bare_loop.answers(speed.callers_of(tape))

    np.testing.assert_array_equal(simulate(scenario, tape, "compiled").answered, answered)


@pytest.mark.slow
def test_bare_loop_draws_the_same_day(engine_abandonment: tuple[float, float]) -> None:
    """With its own drawing it loses as many calls, within 4 standard errors of the difference."""
    answered = [bare_loop.answers(bare_loop.drawn(seed)) for seed in range(100)]
    mean, error = abandonment([day.Counted(each.size, int(np.isnan(each).sum())) for each in answered])

    ours, our_error = engine_abandonment
    assert pytest.approx(ours, abs=4 * math.hypot(error, our_error)) == mean


@pytest.mark.slow
def test_speeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every contender has a speed; the textbook model is 1 in its own table."""
    monkeypatch.setattr(speed, "LEAST_SECONDS", 0.001)
    monkeypatch.setattr(speed, "PEERS", ())

    findings = speed.measure(rounds=1)

    rows = {name: ratio for name, _, ratio in findings.tables[0].rows}
    assert "1.00" == rows[speed.TEXTBOOK]
    assert {speed.TEXTBOOK, speed.SIMPY_ALONE, speed.WAY, speed.BARE_ALONE} <= set(rows)
    assert "not measured" == findings.goals[3].verdict


def test_growth_days() -> None:
    """What grows is what is said to grow: calls with agents, agents with the load, tiers alone."""
    larger, floor, tiers = growth.larger_hotline(288_000), growth.larger_floor(100), growth.more_tiers(8)

    assert 288_000 == pytest.approx(sum(sum(larger.demand.expected(name)) for name in larger.tiers))
    assert {850} == set(larger.staffed("floor"))
    assert 1.05 * 100 == pytest.approx(growth.MANY / 86_400 * floor.tiers["tier0"].talk.mean)
    assert list(range(8)) == [tier.priority for tier in tiers.tiers.values()]


def test_memory_of_this_process() -> None:
    """The peak of a Python process with NumPy is tens or hundreds of megabytes."""
    assert 20 < peak() < 20_000


def test_goals_say_by_how_much_they_are_missed() -> None:
    """A goal is at least or at most some figure."""
    assert "met" == Goal("speed", 100, 100.0).verdict
    assert "missed by 41.2%" == Goal("speed", 100, 58.8).verdict
    assert "missed by 10.0%" == Goal("memory", 1000, 1100, "MB", at_most=True).verdict


def test_page_shows_goals_then_tables() -> None:
    """The page has goals, tables, the command, and a line for every peer left out."""
    tables = [Table("Speed", "Of all.", ("", "calls/s"), [("ours", "5")])]

    text = page([Findings(tables, [Goal("speed", 2, 3.0)])], "python -m benchmarks")

    assert text.index("| speed | at least 2 x |   3.00 x | met |") < text.index("| ours |       5 |")
    assert "`python -m benchmarks`" in text
    assert all(line in text for line in missing())


def test_parts_are_chosen_by_name() -> None:
    """`--only` takes some of the parts, in any order."""
    assert ["memory", "speed"] == chosen("memory, speed")
    assert list(PARTS) == chosen(",".join(PARTS))
    with pytest.raises(Exception, match="no part 'sped'; write some of: speed,small_days,workers,"):
        chosen("sped")
