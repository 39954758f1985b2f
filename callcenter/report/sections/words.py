"""Wordings that several sections share."""

from __future__ import annotations

from callcenter.report import wording
from callcenter.scenario import Scenario


def definition_of(scenario: Scenario) -> str:
    """Return the formula of the scenario's answer rate in words."""
    service = scenario.service_level
    return wording.definition(service.definition, service.short_abandon)
