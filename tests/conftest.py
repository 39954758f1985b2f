"""A small hotline that most tests simulate: one day, three tiers, one desk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from callcenter import batch
from callcenter.engine import prepare
from callcenter.measure import tally
from callcenter.scenario import Scenario, load

os.environ["LC_ALL"] = "C.UTF-8"  # whatever language the machine speaks

# A busy machine is not a failure.
settings.register_profile("callcenter", deadline=None)
settings.load_profile("callcenter")

SCENARIO = """\
name: small
seed: 7
day: {open: 08:00, close: 12:00, interval: 30 min}
demand:
  calls: 60
  mix: {vip: 10%, mid: 30%, regular: 60%}
tiers:
  vip:
    priority: 0
    target: {within: 20 s, share: 90%}
    patience: {exponential: 3 min}
    talk: {exponential: 4 min}
  mid:
    priority: 1
    target: {within: 20 s, share: 85%}
    patience: {exponential: 3 min}
    talk: {exponential: 4 min}
    callback: {on: [abandoned]}
  regular:
    priority: 2
    target: {within: 20 s, share: 85%}
    patience: {exponential: 3 min}
    talk: {exponential: 4 min}
pools:
  desk:
    serves: [vip, mid, regular]
    agents: 10
    callbacks: {keep_idle: 2}
"""

SWEEP = """\
scenario: small.yaml
replications: 3
vary:
  demand.volume: [0.5, 1.0]
  pools.desk.agents: {scale: [0.8, 2.0]}
"""


def pytest_configure(config: pytest.Config) -> None:
    """Compile once, before worker processes start and before any test measures or reads what is printed."""
    if not hasattr(config, "workerinput"):
        tally(*prepare("compiled"))
        batch.prepare()


@pytest.fixture
def scenario_file(tmp_path: Path) -> Path:
    """A scenario file in a directory of its own."""
    path = tmp_path / "small.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@pytest.fixture
def sweep_file(scenario_file: Path) -> Path:
    """A sweep file beside its scenario: two volumes, two staffings."""
    path = scenario_file.with_name("staffing.yaml")
    path.write_text(SWEEP, encoding="utf-8")
    return path


@pytest.fixture
def scenario(scenario_file: Path) -> Scenario:
    """The scenario, loaded."""
    return load(scenario_file)
