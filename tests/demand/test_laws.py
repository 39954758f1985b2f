"""Every family of the language has its law."""

from __future__ import annotations

from callcenter import scenario
from callcenter.demand.laws import LAWS
from callcenter.scenario.parts.distribution import families


def test_every_family_has_a_law() -> None:
    """But the mixture, which has those of its parts."""
    assert {*families().values()} - {scenario.Mixture} == LAWS.keys()


def test_every_family_can_be_built_from_python() -> None:
    """`callcenter.scenario` has its class."""
    assert {family.__name__ for family in families().values()} < set(scenario.__all__)
