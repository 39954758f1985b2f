"""The instant table: needs by search, and the line of a scenario's interval."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from callcenter.demand import Loads
from callcenter.scenario import load
from callcenter.theory import erlang_a, erlang_c
from callcenter.theory.quick import agents_needed, staffings
from callcenter.theory.situation import Situation, callers_of, situation
from tests.report.studies import DESK

NOISE = 1e-12


@pytest.mark.parametrize("erlangs", [0.5, 15, 400, 5000])
@pytest.mark.parametrize("patience", [120, math.inf])
def test_the_need_is_the_fewest(erlangs: float, patience: float) -> None:
    """So many agents keep the promise, one fewer does not; also at 5,000 Erlang."""
    line = Situation(20 * erlangs, 180, patience, 0)
    need = agents_needed(line, 20, 0.85)

    assert line.figures(20, need).answered_within >= 0.85
    assert line.figures(20, need - 1).answered_within < 0.85 if need > 1 else True


@pytest.mark.parametrize("erlangs", [5000, 20_000])
def test_large_lines_are_stable(erlangs: int) -> None:
    """Figures stay shares, fall and rise with the agents, and keep flow balance at 5,000 Erlang and more."""
    line = Situation(20 * erlangs, 180, 180, 0)
    spread = round(math.sqrt(erlangs))
    rows = [line.figures(20, erlangs + place * spread) for place in range(-30, 31, 5)]

    for row in rows:
        assert all(
            -NOISE <= share <= 1 + NOISE for share in (row.answered_within, row.abandonment, row.p_wait)
        )
    for fewer, more in pairwise(rows):
        assert fewer.answered_within <= more.answered_within + NOISE
        assert fewer.abandonment >= more.abandonment - NOISE
    for place, row in zip(range(-30, 31, 5), rows, strict=True):
        carried = row.occupancy * (erlangs + place * spread)
        assert pytest.approx(erlangs * (1 - row.abandonment), rel=1e-9) == carried


def test_square_root_staffing() -> None:
    """At 5,000 Erlang Erlang C is near its limit of Halfin and Whitt (1981): delay by the spare agents."""
    beta = 1.0
    agents = 5000 + round(beta * math.sqrt(5000))
    density = math.exp(-(beta**2) / 2) / math.sqrt(2 * math.pi)
    limit = 1 / (1 + beta * (1 + math.erf(beta / math.sqrt(2))) / 2 / density)

    assert pytest.approx(limit, rel=0.02) == erlang_c(100_000, 180, agents).p_wait


def test_rows_lie_around_the_need() -> None:
    """Four below and four above, by steps of the load's square root, and those asked for."""
    small, large = Situation(300, 200, 180, 0), Situation(100_000, 180, 180, 0)

    assert [16, 17, 18, 19, 20, 21, 22, 23, 24, 40] == [row.agents for row in staffings(small, 20, 20, 40)]
    assert [1, 2, 3, 4, 5] == [row.agents for row in staffings(Situation(1, 60, 60, 0), 20, 1)]
    assert 7 == staffings(large, 20, 4900)[1].agents - staffings(large, 20, 4900)[0].agents
    assert erlang_a(300, 200, 16, 180) == staffings(small, 20, 20)[0].erlang_a


def test_no_number_is_enough() -> None:
    """More calls than there are cannot be answered in time."""
    with pytest.raises(ValueError, match="no number of agents"):
        agents_needed(Situation(300, 200, 180, 0), 20, 1.1)


def test_the_line_of_an_interval() -> None:
    """All callers of an hour in one line: calls, handle time by calls, agents of every pool."""
    scenario = load(
        DESK,
        {
            "ivr": {"time": "20 s", "self_service": 0.5},
            "tiers.vip.talk": "60 s",
            "tiers.vip.wrap_up": "20 s",
            "tiers.regular.patience": "never",
            "pools.office.speed": 2,
        },
    )
    loads = Loads(scenario)
    line = situation(loads, ["vip", "regular"], 1)

    assert ["vip", "regular"] == callers_of(scenario)
    assert 20 == line.calls_per_hour
    assert pytest.approx(0.25 * 80 + 0.75 * 180 * (3 * 1 + 1 * 2) / 4) == line.aht
    assert pytest.approx(4 * 240) == line.patience
    assert 4 == line.agents
    assert 3 == situation(loads, ["vip"], 1).agents
    assert 1.0 == situation(loads, ["vip"], 0).figures(20).answered_within
