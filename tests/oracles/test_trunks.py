"""Trunk lines: Erlang B, M/M/n/N+M, and an IVR that holds lines as well."""

from __future__ import annotations

import math
from typing import Any

import pytest

from callcenter.theory import QueueFigures, erlang_a, erlang_b
from tests.oracles.hotline import Plain, Tier, assert_agrees, exponential, one_pool
from tests.oracles.observed import calls, observe
from tests.oracles.stages import IvrBefore

AHT = 180.0


def behind_lines(tier: Tier, agents: int, lines: int, days: int, **more: Any) -> Plain:
    """Return a steady hotline of one pool behind so many lines."""
    return one_pool({"callers": tier}, agents, days) | {"lines": lines} | more


def blocks_as_erlang_b(erlangs: float, lines: int, days: int, engine: str) -> None:
    """As many lines as agents: nobody waits, and calls are blocked as in Erlang B."""
    callers = Tier(erlangs * 3600 / AHT, exponential(AHT))

    kpis = observe(behind_lines(callers, lines, lines, days), engine, calls)

    assert_agrees(kpis["blocked"], *(erlang_b(erlangs, n) for n in (lines, lines - 1, lines + 1)))
    assert 0 == kpis["mean_wait"]["value"]


@pytest.mark.parametrize(
    ("erlangs", "lines", "days"), [pytest.param(1, 1, 4, id="B01"), pytest.param(3, 5, 2, id="B03")]
)
def test_erlang_b(erlangs: float, lines: int, days: int, engine: str, length: int) -> None:
    """One line more or less would fail."""
    blocks_as_erlang_b(erlangs, lines, days * length, engine)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("erlangs", "lines", "days"),
    [
        pytest.param(10, 14, 2, id="B05"),
        pytest.param(25, 30, 3, id="B07"),
        pytest.param(100, 120, 12, id="B09"),
    ],
)
def test_erlang_b_of_many_lines(erlangs: float, lines: int, days: int, length: int) -> None:
    """Where many calls are needed to tell one line more or less."""
    blocks_as_erlang_b(erlangs, lines, days * length, "compiled")


def test_as_many_lines_as_agents_and_patient_callers(engine: str, length: int) -> None:
    """Case F05: where nobody can wait, patience does not matter, and one line decides."""
    callers = Tier(60, exponential(240), exponential(90))

    kpis = observe(behind_lines(callers, 5, 5, 3 * length), engine, calls)

    assert_agrees(kpis["blocked"], *(erlang_b(4, lines) for lines in (5, 4, 6)))
    assert 1 == kpis["answered_within"]["value"]


def test_finite_trunks(engine: str, length: int) -> None:
    """Case F07: blocked calls, and what awaits the others."""

    def theory(agents: int, lines: int) -> QueueFigures:
        return erlang_a(300, 180, agents, 240, trunks=lines)

    exact, *others = (theory(*size) for size in ((10, 15), (9, 15), (11, 15), (10, 14), (10, 16)))
    callers = Tier(300, exponential(180), exponential(240))

    kpis = observe(behind_lines(callers, 10, 15, length), engine, calls)

    # One agent more or fewer hardly changes who is blocked.
    assert_agrees(kpis["blocked"], exact.blocked, *(other.blocked for other in others[2:]))
    assert_agrees(kpis["abandonment"], exact.abandonment, *(other.abandonment for other in others))
    assert_agrees(kpis["mean_wait"], exact.mean_wait, *(other.mean_wait for other in others))
    assert_agrees(kpis["asa"], exact.asa, *(other.asa for other in others))
    within = [figures.answered_within for figures in (exact, *others)]
    assert_agrees(kpis["answered_within"], *within)


def seldom_blocked(agents: int, lines: int) -> QueueFigures:
    """Figures of case F01, 17 lines for 12 agents."""
    return erlang_a(252, 120, agents, 60, trunks=lines)


def test_trunks_that_are_seldom_taken(length: int) -> None:
    """Case F01: one call in 700 is blocked."""
    callers = Tier(252, exponential(120), exponential(60))
    exact, *agents_off = (seldom_blocked(agents, 17) for agents in (12, 11, 13))

    kpis = observe(behind_lines(callers, 12, 17, 6 * length), "compiled", calls)

    assert_agrees(kpis["blocked"], exact.blocked, *(seldom_blocked(12, lines).blocked for lines in (16, 18)))
    assert_agrees(kpis["abandonment"], exact.abandonment, *(off.abandonment for off in agents_off))
    assert_agrees(kpis["mean_wait"], exact.mean_wait, *(off.mean_wait for off in agents_off))


def behind_ivr(queue: IvrBefore, days: int) -> Plain:
    """Return the hotline of a chain."""
    patience = "never" if math.isinf(queue.patience) else exponential(queue.patience)
    callers = Tier(queue.calls_per_hour, exponential(queue.aht), patience)
    ivr = {"time": exponential(queue.ivr), "self_service": 1 - queue.to_agent}
    return behind_lines(callers, queue.agents, queue.lines, days, ivr=ivr)


@pytest.mark.parametrize(
    ("queue", "days"),
    [
        pytest.param(IvrBefore(600, 30, 0.3, 300, 15, 30, math.inf), 12, id="I05"),
        pytest.param(IvrBefore(300, 20, 1.0, 120, 11, 20, 200), 8, id="I07"),
    ],
)
def test_ivr_holds_lines(queue: IvrBefore, days: int, length: int) -> None:
    """Blocked calls, and the waits of those who ask for an agent; one agent or line off would fail."""
    exact = queue.figures()
    agents_off = [queue._replace(agents=queue.agents + n).figures() for n in (-1, 1)]
    lines_off = [queue._replace(lines=queue.lines + n).figures() for n in (-1, 1)]

    kpis = observe(behind_ivr(queue, days * length), "compiled", calls)

    assert_agrees(kpis["mean_wait"], exact.mean_wait, *(off.mean_wait for off in agents_off + lines_off))
    assert_agrees(kpis["blocked"], exact.blocked, *(off.blocked for off in agents_off))
    if exact.abandonment:
        assert_agrees(kpis["abandonment"], exact.abandonment, *(off.abandonment for off in agents_off))


@pytest.mark.parametrize(
    ("queue", "days"),
    [
        pytest.param(IvrBefore(400, 60, 0.35, 180, 8, 40, math.inf), 4, id="I01"),
        pytest.param(IvrBefore(1200, 45, 0.4, 240, 32, 80, 120), 3, id="I03"),
    ],
)
def test_ivr_before_agents(queue: IvrBefore, days: int, length: int) -> None:
    """Lines enough: it is the agents that matter."""
    exact = queue.figures()
    others = [queue._replace(agents=queue.agents + n).figures() for n in (-1, 1)]

    kpis = observe(behind_ivr(queue, days * length), "compiled", calls)

    assert_agrees(kpis["mean_wait"], exact.mean_wait, *(other.mean_wait for other in others))


def test_ivr_holds_lines_in_either_engine(engine: str, length: int) -> None:
    """Case I07 once more, shorter, so that it is cheap in both."""
    queue = IvrBefore(300, 20, 1.0, 120, 11, 20, 200)
    exact, fewer, more = (queue._replace(agents=agents).figures() for agents in (11, 10, 12))

    kpis = observe(behind_ivr(queue, length), engine, calls)

    assert_agrees(kpis["mean_wait"], exact.mean_wait, fewer.mean_wait, more.mean_wait)
    assert_agrees(kpis["abandonment"], exact.abandonment, fewer.abandonment, more.abandonment)
    assert_agrees(kpis["blocked"], exact.blocked)
