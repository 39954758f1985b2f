"""The tier day in Ciw: one node, three customer classes, reneging.  Calls inside at midnight do not count."""

from __future__ import annotations

from typing import Any

import ciw
from ciw.dists import Exponential

from benchmarks.day import DAY, LARGE, MEAN_PATIENCE, MEAN_TALK, Counted, Day


def network(day: Day) -> Any:
    """Describe the floor; the node's discipline among equals is first come, first served."""
    rates = {f"Tier {tier}": rate for tier, rate in enumerate(day.calls_per_minute)}
    return ciw.create_network(
        arrival_distributions={name: [Exponential(rate / 60)] for name, rate in rates.items()},
        service_distributions={name: [Exponential(1 / MEAN_TALK)] for name in rates},
        reneging_time_distributions={name: [Exponential(1 / MEAN_PATIENCE)] for name in rates},
        priority_classes={name: tier for tier, name in enumerate(rates)},
        number_of_servers=[day.agents],
    )


def simulate_day(seed: int, day: Day = LARGE) -> Counted:
    """Count one day from its records."""
    ciw.seed(seed)
    simulation = ciw.Simulation(network(day))
    simulation.simulate_until_max_time(DAY)
    records = simulation.get_all_records(only=["service", "renege"])
    return Counted(len(records), sum(record.record_type == "renege" for record in records))
