"""The scenario as a value: immutable, equal by content, and what it tells of itself."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import timeit
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import callcenter.scenario
from callcenter.scenario import Ivr, Problem, Scenario, ScenarioError, load
from tests.scenario.hotline import hotline, messages

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


def test_public_names_are_there() -> None:
    """What the package promises it has."""
    assert [name for name in callcenter.scenario.__all__ if not hasattr(callcenter.scenario, name)] == []


@pytest.mark.parametrize(
    "path", ["name", "demand.volume", "tiers.vip.priority", "pools.desk.agents", "day.open"]
)
def test_nothing_can_be_assigned(path: str) -> None:
    """A scenario and its parts are frozen."""
    *parents, last = path.split(".")
    node: Any = load(hotline())
    for step in parents:
        node = node[step] if isinstance(node, dict) else getattr(node, step)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(node, last, 1)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_plain_data_loads_to_an_equal_scenario(path: Path) -> None:
    """Base files and series files are resolved, so the data stands alone, also as JSON."""
    scenario = load(path)
    assert scenario == load(scenario.to_dict()) == load(json.loads(json.dumps(scenario.to_dict())))
    assert str(path) == scenario.source


def test_plain_data_is_a_copy() -> None:
    """Changing it changes no scenario."""
    scenario = load(hotline())
    scenario.to_dict()["tiers"].clear()
    assert ["vip", "regular"] == list(scenario.to_dict()["tiers"])


def test_the_source_data_is_not_kept() -> None:
    """Changing what a scenario was loaded from changes no scenario."""
    data = hotline()
    scenario = load(data)
    data["tiers"]["vip"]["priority"] = 9
    assert 0 == scenario.to_dict()["tiers"]["vip"]["priority"]


def test_scenarios_travel_to_worker_processes() -> None:
    """Pickled and back it is the same, and can still be varied."""
    scenario = load(hotline())
    copy: Scenario = pickle.loads(pickle.dumps(scenario))  # noqa: S301 - our own bytes
    assert (scenario, scenario.fingerprint) == (copy, copy.fingerprint)
    assert 3.0 == copy.with_({"demand.volume": 3}).demand.volume


def test_errors_travel_from_worker_processes() -> None:
    """A ScenarioError keeps its problems."""
    error = ScenarioError([Problem("x.yaml", 3, 7, "day", "is empty")])
    assert "x.yaml:3:7: day: is empty" == str(pickle.loads(pickle.dumps(error)))  # noqa: S301 - our own bytes


def test_equal_scenarios_hash_alike() -> None:
    """They may be keys."""
    assert 1 == len({load(hotline()), load(hotline())})


@pytest.mark.parametrize("changes", [{"name": "other"}, {"about": "other"}, {"seed": 99}])
def test_names_and_seeds_are_not_in_the_fingerprint(changes: dict[str, object]) -> None:
    """Results of another name are the same results."""
    assert load(hotline()).fingerprint == load(hotline(), changes).fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"demand.volume": 1.01},
        {"tiers.vip.talk": {"gamma": {"mean": "4 min", "cv": 1}}},
        {"pools.desk.agents.0": 9},
        {"pools.desk.serves": ["regular", "vip"], "pools.desk.callbacks": {}},
        {"callbacks.within": "12 h"},
        {"service_level.short_abandon": "6 s"},
    ],
)
def test_everything_else_is_in_the_fingerprint(changes: dict[str, object]) -> None:
    """Whatever influences a result changes the fingerprint."""
    assert load(hotline()).fingerprint != load(hotline(), changes).fingerprint


def test_families_of_equal_figures_have_different_fingerprints() -> None:
    """A lognormal is no gamma."""
    figures = {"mean": "4 min", "cv": 1}
    both = [load(hotline(), {"tiers.vip.talk": {family: figures}}) for family in ("gamma", "lognormal")]
    assert both[0].fingerprint != both[1].fingerprint


def test_spelling_is_not_in_the_fingerprint() -> None:
    """60 s is a minute, and a list of equal numbers is that number."""
    changes = {"tiers.vip.talk": "240 s", "tiers.vip.target.share": 0.9, "demand.volume": "1e0"}
    assert load(hotline()).fingerprint == load(hotline(), changes).fingerprint


def test_the_ivr_of_a_tier() -> None:
    """The scenario's, unless the tier has its own or none."""
    data = hotline(ivr={"time": "40 s", "self_service": "30%"})
    data["tiers"]["vip"]["ivr"] = "none"
    data["tiers"]["mid"] = {"priority": 2, "talk": "1 min", "ivr": {"time": "10 s"}}
    scenario = load(data)
    shared = Ivr(time="40 s", self_service=0.3, hangs_up=0)
    assert [None, shared, Ivr(time="10 s")] == [scenario.ivr_of(tier) for tier in ("vip", "regular", "mid")]


def test_expected_calls() -> None:
    """Calls times mix times volume; by tier the mix is not needed."""
    by_mix = load(hotline(), {"demand.volume": 2}).demand
    by_tier = load(hotline(), {"demand.tiers": {"vip": {"calls": [1, 2, 3, 4]}}, "demand.volume": 2}).demand
    assert (4, 6, 6, 4) == pytest.approx(by_mix.expected("vip"))
    assert ((2, 4, 6, 8), (0, 0, 0, 0)) == (by_tier.expected("vip"), by_tier.expected("regular"))


def test_a_single_tier_needs_no_mix() -> None:
    """Everybody is of this tier, whatever it is called."""
    data = hotline(tiers={"all": {"priority": 0, "talk": "4 min"}}, demand={"calls": 5})
    data["pools"]["desk"]["serves"] = ["all"]
    assert (5, 5, 5, 5) == load(data).demand.expected("all")


def test_what_may_be_left_out() -> None:
    """Everything except name, day, demand, tiers with priority and talk, and pools (contract 2.1)."""
    scenario = load(hotline(demand={"calls": 1, "mix": {"vip": 0, "regular": 1}}))
    assert ("", 1, 1, 0, None) == (
        scenario.about,
        scenario.seed,
        scenario.days,
        scenario.warm_up,
        scenario.ivr,
    )
    assert (86_400, 3, 7200, 1, "due", True) == (
        scenario.callbacks.within,
        scenario.callbacks.attempts,
        scenario.callbacks.retry_after,
        scenario.callbacks.reached,
        scenario.callbacks.order,
        scenario.callbacks.cancel_if_answered,
    )
    assert ("of_offered", 5) == (scenario.service_level.definition, scenario.service_level.short_abandon)


def test_a_pool_that_only_calls_back_serves_nobody() -> None:
    """A back office has no calls of its own."""
    data = hotline()
    data["pools"]["back_office"] = {"agents": 2, "callbacks": {}}
    assert {} == load(data).pools["back_office"].serves


def test_neither_arrays_nor_tables_are_imported() -> None:
    """So that `check` answers at once."""
    heavy = "[name for name in ('numpy', 'pandas', 'scipy') if name in sys.modules]"
    code = f"import sys, callcenter.scenario; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def test_reading_is_quick() -> None:
    """A weekday is read in 50 ms; the limit here leaves room for a busy machine."""
    path = SCENARIOS[-1]
    assert min(timeit.repeat(lambda: load(path), number=1, repeat=5)) < 0.25


def test_tables_of_too_many_cells_are_refused() -> None:
    """A year by half-minutes: 366 days of 240 for two tiers and a hundred pools, as counted by hand."""
    pools = {f"p{number}": {"serves": ["vip", "regular"], "agents": 1} for number in range(100)}
    changes = {"days": 366, "day.interval": "30 s", "demand.calls": 1, "pools": pools}

    (message,) = messages(hotline(), changes)
    assert message.startswith("--set: days: makes tables of 8,959,680 cells (days x intervals")
