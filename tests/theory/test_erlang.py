"""Erlang B, C and A against exact cases, limits and each other."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from scipy import stats

from callcenter.theory import QueueFigures, erlang_a, erlang_b, erlang_c
from tests.oracles.exact_cases import Case, cases_of

FIELD = {
    "p_wait": "p_wait",
    "p_ab": "abandonment",
    "w_all": "mean_wait",
    "asa": "asa",
    "occupancy": "occupancy",
    "p_block": "blocked",
}


def figure(metric: str, figures: QueueFigures) -> float | None:
    """Return the figure that a metric of the exact cases means, None if it is not one of ours."""
    if re.fullmatch(r"sl_\d+", metric):
        return figures.answered_within
    if re.fullmatch(r"ab_within_\d+", metric):
        return figures.abandoned_within
    return getattr(figures, FIELD[metric]) if metric in FIELD else None


def limit(metric: str) -> float:
    """Return the seconds in a metric's name."""
    digits = re.search(r"\d+", metric)
    return float(digits[0]) if digits else 20.0


@pytest.mark.parametrize(
    ("erlangs", "trunks"), [(0.0101, 1), (1.361, 5), (4.461, 10), (12.03, 20), (84.06, 100)]
)
def test_erlang_b_gives_the_printed_tables(erlangs: float, trunks: int) -> None:
    """The traffic that so many trunks carry at 1 % blocking, as every printed Erlang B table has it."""
    assert pytest.approx(0.01, rel=2e-3) == erlang_b(erlangs, trunks)


@pytest.mark.parametrize("case", cases_of("ErlangB"))
def test_erlang_b_is_exact(case: Case) -> None:
    """Blocking agrees with the exact cases to the digits given."""
    assert pytest.approx(case.values["p_block"], abs=1e-8) == erlang_b(
        case.params["erlangs"], case.params["n"]
    )


@pytest.mark.parametrize("case", cases_of("ErlangC"))
def test_erlang_c_is_exact(case: Case) -> None:
    """Every figure of M/M/n agrees with the exact cases to 1e-8."""
    queue = case.params["calls_per_hour"], case.params["aht_s"], case.params["n"]
    expected = {m: v for m, v in case.values.items() if m in FIELD or m.startswith("sl_")}

    actual = {metric: figure(metric, erlang_c(*queue, limit(metric))) for metric in expected}

    assert pytest.approx(expected, rel=1e-8) == actual


@pytest.mark.parametrize("case", [*cases_of("ErlangA"), *cases_of("M/M/n/N+M")])
def test_erlang_a_is_exact(case: Case) -> None:
    """Every figure of M/M/n+M, with trunks and without, agrees with the exact cases to 1e-8."""
    calls, aht, agents, patience = (
        case.params[n] for n in ("calls_per_hour", "aht_s", "n", "patience_mean_s")
    )
    trunks = case.params.get("trunks")
    actual = {
        metric: figure(metric, erlang_a(calls, aht, agents, patience, limit(metric), trunks))
        for metric in case.values
    }
    known = {metric: value for metric, value in actual.items() if value is not None}

    assert {"occupancy"} <= known.keys()
    assert pytest.approx({metric: case.values[metric] for metric in known}, rel=1e-8, abs=1e-9) == known


def test_abandonment_changes_everything() -> None:
    """50 agents, 48 calls a minute of 1 minute, patience 2 minutes: Gans, Koole and Mandelbaum (2003)."""
    patient, impatient = erlang_c(2880, 60, 50), erlang_a(2880, 60, 50, 120)

    assert pytest.approx(0.031, abs=5e-4) == impatient.abandonment
    assert pytest.approx((3.7, 20.8), abs=0.05) == (impatient.mean_wait, patient.asa)
    assert pytest.approx((0.93, 0.96), abs=5e-3) == (impatient.occupancy, patient.occupancy)


def test_one_agent_waits_as_in_m_m_1() -> None:
    """With one agent P(wait) is the load, and the wait of the waiting exponential."""
    expected = QueueFigures(0.75, 0.0, 180.0, 180.0, 1 - 0.75 * math.exp(-20 / 240), 0.0, 0.75)

    assert pytest.approx(expected) == erlang_c(45, 60, 1)


def test_patience_as_long_as_calls_makes_the_number_inside_poisson() -> None:
    """If callers leave as fast waiting as served, the number inside is that of endlessly many agents."""
    figures = erlang_a(1200, 180, 55, 180)
    waiting = stats.poisson(60).sf(range(55, 200)).sum()

    assert pytest.approx(stats.poisson(60).sf(54)) == figures.p_wait
    assert pytest.approx(waiting / 60) == figures.abandonment


@pytest.mark.parametrize("erlangs", [4, 40, 400, 5000])
def test_endless_patience_is_erlang_c(erlangs: int) -> None:
    """As patience grows, Erlang A becomes Erlang C."""
    queue = erlangs * 20.0, 180, erlangs + 10

    assert pytest.approx(erlang_c(*queue), rel=1e-5, abs=1e-6) == erlang_a(*queue, patience=1e10)
    assert erlang_c(*queue) == erlang_a(*queue, patience=math.inf)


def test_trunks_without_abandonment_are_the_limit_of_patience() -> None:
    """M/M/n/N is M/M/n/N+M of endless patience, also with more load than agents."""
    for agents in (8, 10, 12):
        patient = erlang_a(200, 180, agents, math.inf, trunks=20)
        assert pytest.approx(patient, rel=1e-6, abs=1e-6) == erlang_a(200, 180, agents, 1e9, trunks=20)


def test_many_trunks_are_no_limit() -> None:
    """With trunks that are never all taken, finite and endless trunks agree."""
    assert pytest.approx(erlang_a(300, 180, 10, 240)) == erlang_a(300, 180, 10, 240, trunks=500)


def test_trunks_for_the_agents_alone_are_erlang_b() -> None:
    """Without a place to wait nobody waits, and the rest is blocked."""
    figures = erlang_a(60, 240, 5, 90, trunks=5)

    assert pytest.approx(erlang_b(4, 5)) == figures.blocked
    assert pytest.approx((0, 0, 1)) == (figures.p_wait, figures.abandonment, figures.answered_within)


def test_5000_erlang_are_safe() -> None:
    """A very large pool overflows nothing; at its load the square-root rule of Halfin and Whitt holds."""
    beta = 1.0
    figures = erlang_c(60_000, 300, 5000 + round(beta * math.sqrt(5000)))
    halfin_whitt = 1 / (1 + beta * stats.norm.cdf(beta) / stats.norm.pdf(beta))

    assert pytest.approx(halfin_whitt, abs=0.01) == figures.p_wait
    assert 0 < erlang_a(60_000, 300, 4900, 300).abandonment < 0.03


@pytest.mark.parametrize("patience", [1e-3, 60.0, 1e5])
def test_hopeless_load_loses_what_agents_cannot_carry(patience: float) -> None:
    """At twice the load half of the callers abandon, and a few more where patience is too short to wait."""
    figures = erlang_a(60_000, 300, 2500, patience)

    assert 0.5 <= round(figures.abandonment, 9) <= 0.51
    assert pytest.approx(figures.abandonment * patience) == figures.mean_wait


def test_agents_at_the_load_wait_for_ever() -> None:
    """With no more agents than Erlangs, and nobody giving up, the answer is plain and no division fails."""
    expected = QueueFigures(1.0, 0.0, math.inf, math.inf, 0.0, 0.0, 1.0)

    assert expected == erlang_c(200, 180, 10)
    assert expected == erlang_c(200, 180, 3)
    assert expected == erlang_a(200, 180, 10, math.inf)


def test_no_agents_and_no_calls() -> None:
    """Without agents everybody abandons; without calls nobody would wait."""
    alone = erlang_a(10, 60, 0, 100, within=30)

    assert pytest.approx((1, 1, 100)) == (alone.p_wait, alone.abandonment, alone.mean_wait)
    assert pytest.approx(1 - math.exp(-0.3)) == alone.abandoned_within
    assert QueueFigures(0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0) == erlang_a(0, 60, 3, 100) == erlang_c(0, 60, 3)


def test_every_agent_helps() -> None:
    """More agents: less waiting, abandoning and occupancy, more answered in time."""
    for fewer, more in pairwise(erlang_a(300, 180, agents, 240) for agents in range(5, 30)):
        assert fewer.p_wait > more.p_wait
        assert fewer.abandonment > more.abandonment
        assert fewer.mean_wait > more.mean_wait
        assert fewer.asa > more.asa
        assert fewer.occupancy > more.occupancy
        assert fewer.answered_within < more.answered_within


def test_every_second_counts() -> None:
    """A longer limit: more answered and more abandoned within it, up to everybody."""
    within = [erlang_a(300, 180, 10, 240, seconds) for seconds in (0, 1, 10, 60, 600, 6000)]
    first, last = within[0], within[-1]

    assert all(a.answered_within < b.answered_within for a, b in pairwise(within[:-1]))
    assert all(a.abandoned_within < b.abandoned_within for a, b in pairwise(within[:-1]))
    assert (1 - first.p_wait, 0.0) == pytest.approx((first.answered_within, first.abandoned_within))
    assert pytest.approx(1) == last.answered_within + last.abandoned_within


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 60, 3, 100), "calls_per_hour must be 0 or more, got -1"),
        ((10, -1, 3, 100), "aht must be 0 or more, got -1"),
        ((10, 60, 3, 0), "patience must be above 0, got 0"),
        ((10, math.nan, 3, 100), "aht must be 0 or more, got nan"),
        ((10, 60, 3, 100, 20, 2), r"trunks must be at least agents \(3\), got 2"),
    ],
)
def test_impossible_queues_are_refused(arguments: tuple[float, ...], message: str) -> None:
    """The message names the argument and its value."""
    with pytest.raises(ValueError, match=message):
        erlang_a(*arguments)  # type: ignore[arg-type]  # a row of plain numbers
