"""The chains that the simulation is measured against, themselves measured against the exact cases."""

from __future__ import annotations

import math
import re

import pytest

from tests.oracles.exact_cases import Case, cases_of
from tests.oracles.queues import NDesign, Phases, TierFigures, TwoPhases, TwoTiers
from tests.oracles.rosters import Period, RosterDay
from tests.oracles.stages import IvrBefore, OfficeBehind


def known(
    case: Case, figures: list[TierFigures], numbers: list[str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the waits and abandonment of numbered tiers, exact and actual, as far as the case gives them."""
    actual = {f"w_all{n}": tier.mean_wait for n, tier in zip(numbers, figures, strict=True)}
    actual |= {f"p_ab{n}": tier.abandonment for n, tier in zip(numbers, figures, strict=True)}
    expected = {metric: value for metric, value in case.values.items() if metric in actual}
    return expected, {metric: actual[metric] for metric in expected}


def seconds(patience: float | None) -> float:
    """Mean patience of the exact cases, which say null if nobody abandons."""
    return math.inf if patience is None else patience


@pytest.mark.parametrize("case", [*cases_of("M/M/n+M two priority"), *cases_of("Two-class priority")])
def test_two_tiers(case: Case) -> None:
    """Two tiers of different patience and handle time."""
    aht, patience = case.params["aht_s"], [seconds(mean) for mean in case.params["patience_mean_s"]]
    each = aht if isinstance(aht, list) else [aht, aht]
    room = (20, 150) if math.inf in patience else (25, 60)
    queue = TwoTiers(case.params["calls_per_hour"], each, case.params["n"], patience, room)

    expected, actual = known(case, queue.figures(), ["1", "2"])

    assert len(expected) == 4
    assert pytest.approx(expected, rel=1e-7) == actual


@pytest.mark.parametrize("case", cases_of("N-design"))
def test_n_design(case: Case) -> None:
    """A VIP desk that overflows to a shared pool."""
    params = case.params
    pools = params["pool_vip"], params["pool_shared"]
    queue = NDesign(params["calls_per_hour"], params["aht_s"], *pools, params["patience_mean_s"])

    expected, actual = known(case, queue.figures(), ["1", "2"])

    assert len(expected) == 4
    assert pytest.approx(expected, rel=1e-7) == actual


def phases(service: str) -> Phases:
    """Read the handle time out of the words of an exact case."""
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", service)]
    if service.startswith("Erlang-2"):
        return Phases((numbers[1] / 2, numbers[1] / 2))
    return Phases((numbers[1], numbers[2]), first=numbers[0], onward=0.0)


@pytest.mark.parametrize("case", cases_of("M/PH/n"))
def test_phases(case: Case) -> None:
    """Erlang and hyperexponential handle times."""
    params = case.params
    handle, patience = phases(params["service"]), seconds(params["patience_mean_s"])
    queue = TwoPhases(params["calls_per_hour"], handle, params["n"], patience)

    expected, actual = known(case, [queue.figures()], [""])

    assert expected
    assert pytest.approx(expected, rel=1e-7) == actual


@pytest.mark.parametrize("case", cases_of("M(t)/M/n(t)+M"))
def test_roster_day(case: Case) -> None:
    """A whole day that starts empty and drains after close."""
    periods = [Period(p["dur_s"], p["calls_per_hour"], p["agents"]) for p in case.params["periods"]]
    day = RosterDay(periods, case.params["aht_s"], seconds(case.params["patience_mean_s"])).figures()
    actual = {"w_all": day.mean_wait, "p_ab": day.abandonment, "sl_20_offered": day.answered_within}

    assert pytest.approx({metric: case.values[metric] for metric in actual}, rel=1e-7) == actual


@pytest.mark.parametrize("case", [case for case in cases_of("IVR") if case.id != "IU01"])
def test_ivr_with_lines(case: Case) -> None:
    """An IVR before the agents; IU01 has lines without end."""
    params = case.params
    queue = IvrBefore(
        params["calls_per_hour"],
        params["ivr_mean_s"],
        params["p_to_agent"],
        params["aht_s"],
        params["agents"],
        params["lines"],
        seconds(params["patience_mean_s"]),
    )
    names = {"blocked": "p_block", "mean_wait": "w_all", "abandonment": "p_ab", "occupancy": "occupancy"}

    actual = queue.figures()._asdict()

    assert pytest.approx({name: case.values[names[name]] for name in actual}, rel=1e-7) == actual


@pytest.mark.parametrize("case", cases_of("Callback CTMC"))
def test_callbacks(case: Case) -> None:
    """CB1 offers a callback to callers who find no agent, CB2 owes one to those who abandon."""
    params = case.params
    queue = OfficeBehind(
        params["calls_per_hour"],
        params["aht_s"],
        params["agents"],
        params["patience_mean_s"],
        diverted=params["p_accept"] if params["model"] == "CB1" else 0.0,
        owed=params["p_accept"] if params["model"] == "CB2" else 0.0,
        keep_idle=params["agents_held_back"],
    )
    names = {
        "callbacks": "p_callback",
        "abandonment": "p_ab",
        "mean_wait": "w_inbound_all",
        "delay": "mean_callback_delay",
        "occupancy": "occupancy",
    }

    actual = queue.figures()._asdict()

    assert 0 == params["offer_if_waiting_ge"]
    assert pytest.approx({name: case.values[names[name]] for name in actual}, rel=1e-7) == actual
