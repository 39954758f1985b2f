"""What the answer rate of a scenario is."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.scenario import Scenario


def definition_of(scenario: Scenario) -> str:
    """Return the formula of the scenario's answer rate in words."""
    service = scenario.service_level
    return wording.definition(service.definition, service.short_abandon)


def footnote(scenario: Scenario, replications: Sequence[int], seed: int) -> str:
    """Return what the answer rate is, and what the figures were taken from."""
    return _(
        "Answer rate = {formula} ({definition}). Counts are means per replication; "
        "{replications}, seed {seed}."
    ).format(
        formula=definition_of(scenario),
        definition=scenario.service_level.definition,
        replications=wording.replications(replications),
        seed=seed,
    )
