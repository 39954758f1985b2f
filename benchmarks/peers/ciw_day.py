"""The tier day in Ciw: one node, three customer classes, reneging.  Calls inside at midnight do not count."""

from __future__ import annotations

from typing import Any

import ciw
from ciw.dists import Exponential

from benchmarks.day import AGENTS, CALLS_PER_MINUTE, DAY, MEAN_PATIENCE, MEAN_TALK, Counted

CLASSES = {f"Tier {tier}": rate for tier, rate in enumerate(CALLS_PER_MINUTE)}


def network() -> Any:
    """Describe the floor; the node's discipline among equals is first come, first served."""
    return ciw.create_network(
        arrival_distributions={name: [Exponential(rate / 60)] for name, rate in CLASSES.items()},
        service_distributions={name: [Exponential(1 / MEAN_TALK)] for name in CLASSES},
        reneging_time_distributions={name: [Exponential(1 / MEAN_PATIENCE)] for name in CLASSES},
        priority_classes={name: tier for tier, name in enumerate(CLASSES)},
        number_of_servers=[AGENTS],
    )


def simulate_day(seed: int) -> Counted:
    """Count one day from its records."""
    ciw.seed(seed)
    simulation = ciw.Simulation(network())
    simulation.simulate_until_max_time(DAY)
    records = simulation.get_all_records(only=["service", "renege"])
    return Counted(len(records), sum(record.record_type == "renege" for record in records))
