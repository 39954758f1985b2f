"""Wherever Python takes a scenario it takes the file of one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import callcenter as cc
from callcenter.study.insights import required_agents


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file_is_a_scenario(scenario_file: Path, kind: type) -> None:
    """The same figures from the file as from the scenario that was loaded."""
    file, scenario = kind(scenario_file), cc.load(scenario_file)

    assert scenario == cc.load(scenario)
    assert cc.run(scenario, 2).summary == cc.run(file, 2).summary
    pd.testing.assert_frame_equal(cc.one_more_agent(scenario, 2), cc.one_more_agent(file, 2))
    pd.testing.assert_frame_equal(required_agents(scenario), required_agents(file))


def test_plain_data_is_a_scenario(scenario_file: Path) -> None:
    """As `load` takes it, beside a file."""
    scenario = cc.load(scenario_file)
    changed = scenario.to_dict() | {"name": "other"}

    assert cc.run(scenario, 2).summary["tiers"] == cc.run(changed, 2).summary["tiers"]
    assert ["small", "other"] == [
        side.name for side in cc.compare(scenario_file, changed, replications=2).sides
    ]


def test_a_file_that_is_wrong_says_where(tmp_path: Path) -> None:
    """The same lines as by `load`."""
    file = tmp_path / "wrong.yaml"
    file.write_text("name: wrong\n", encoding="utf-8")

    with pytest.raises(cc.ScenarioError, match=r"wrong\.yaml:1:1: day: is missing"):
        cc.run(file)
