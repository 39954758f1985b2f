"""Dials: what a scenario has a use for, and the knobs that they set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcenter.scenario import Scenario, load
from callcenter.web.dials import as_data, groups_of, knobs_of
from callcenter.web.grid import columns_of, edited
from callcenter.web.knobs import Knobs, changes
from tests.commands import ROOT

IVR = {"ivr": {"time": "20 s", "self_service": 0.2}}


def test_all_at_rest_is_no_change(scenario: Scenario) -> None:
    """Untouched, or moved back to where they stood, the dials change nothing."""
    rest = {dial.name: dial.rest for group in groups_of(scenario) for dial in group.dials}

    assert Knobs() == knobs_of(scenario, {}) == knobs_of(scenario, rest)


def test_each_dial_moves_one_thing(scenario: Scenario) -> None:
    """Every dial of the scenario, moved alone, changes it in a way that is a valid scenario."""
    with_ivr = scenario.with_(IVR | {"pools.desk.serves.regular.keep_idle": 2})
    dials = [dial for group in groups_of(with_ivr) for dial in group.dials]
    assert {"mix/vip", "self_service", "absence/desk", "shrinkage/desk", "reserve"} <= {d.name for d in dials}
    for dial in dials:
        new = not dial.rest if dial.is_box else dial.rest + (1 if dial.rest < dial.most else -1)
        stands = {dial.name: new}
        if dial.name == "callback_share":
            stands["called_back/mid"] = True
        changed = changes(with_ivr, knobs_of(with_ivr, stands))
        assert changed, dial.name
        assert with_ivr.fingerprint != with_ivr.with_(changed).fingerprint


def test_shares_and_speeds(scenario: Scenario) -> None:
    """The mix adds up again; the speed of a tier is that of all times its own; absence is a share."""
    stands = {"mix/vip": 20, "handle_time": 110, "handle_time/vip": 150, "absence/desk": 6}
    changed = changes(scenario, knobs_of(scenario, stands))

    assert {
        "demand.mix": {"vip": 0.2, "mid": 0.266667, "regular": 0.533333},
        "pools.desk.absence": 0.06,
        "pools.desk.speed": 1.1,
        "pools.desk.serves.vip.speed": 1.65,
    } == changed
    assert 1.65 == scenario.with_(changed).pools["desk"].serves["vip"].speed


@pytest.mark.parametrize("value", ["12", None, float("nan"), True, [1]])
def test_what_is_no_number_is_not_heard(scenario: Scenario, value: object) -> None:
    """A browser can send anything."""
    assert Knobs() == knobs_of(scenario, {"volume": value, "nonsense": 3})  # type: ignore[dict-item]


def test_no_number_is_out_of_reach(scenario: Scenario) -> None:
    """Typed numbers end where the dial says."""
    knobs = knobs_of(scenario, {"volume": 1e9, "agents/desk": -1e9})

    assert (1000, -2000) == (knobs.volume, knobs.agents["desk"])


def test_dials_are_plain_data(scenario: Scenario) -> None:
    """They go to the browser as JSON."""
    assert json.loads(json.dumps(as_data(groups_of(scenario))))[0]["dials"][0]["name"] == "volume"


@pytest.mark.parametrize("file", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda file: file.stem)
def test_every_scenario_has_its_dials_and_its_grid(file: Path) -> None:
    """At rest nothing changes; more agents by a dial, or one more in the grid, are valid scenarios."""
    written = load(file)
    dials = [dial for group in groups_of(written) for dial in group.dials]
    assert {} == changes(written, knobs_of(written, {}))
    first = next(dial for dial in dials if dial.name.startswith(("agents/", "shifts/", "staffing")))
    moved = changes(written, knobs_of(written, {first.name: first.rest + 40}))
    assert written.fingerprint != written.with_(moved).fingerprint
    for column in columns_of(written):
        assert len(column.values) == written.day.intervals
        more = edited([column], {column.path: [value + 1 for value in column.values]})
        assert written.fingerprint != written.with_(more).fingerprint
