"""Figures by name, tier by tier and in total, for as many replications as there are."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from callcenter.measure.calls import BEFORE_THE_LINE, FROM_THE_LINE
from callcenter.measure.cells import cells_of
from callcenter.measure.customers import CUSTOMER_COUNTS
from callcenter.measure.estimates import Estimate, mean, ratio
from callcenter.measure.journeys import holds_line
from callcenter.measure.pools import POOL_COUNTS, POOL_SUMS
from callcenter.measure.promises import Promise, promises_of
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import COUNTS, SUMS, Tally
from callcenter.scenario import Scenario
from callcenter.totals import ALL

Figures = dict[str, npt.NDArray[Any]]
"""Counts and sums by name, each of shape (replications, cells) or, summed, (replications,)."""

REPORTED_COUNTS = (
    "called",
    *BEFORE_THE_LINE,
    "offered",
    "answered",
    "answered_within",
    "abandoned",
    "abandoned_within",
    *FROM_THE_LINE,
    "undecided",
    "redials",
    "repeats",
    "transfers",
    "wait_s",
)
"""The counts of the contract (5.2), calls by why they were made, and the summed wait of offered calls."""

_COMMON = {
    "answered_within": "answered_within_common",
    "abandoned_within": "abandoned_within_common",
    "excess_s": "excess_common_s",
}


class Group(NamedTuple):
    """A tier or the total: its promise, its figures, and where its points are in a tally."""

    promise: Promise
    figures: Figures
    customers: Figures
    """Customers of the whole run, each of shape (replications,)."""
    points: int


def groups(scenario: Scenario, stacked: Tally) -> dict[str, Group]:
    """Return every tier by name in file order, then the total, from `stack`ed tallies.

    The thresholds of the total are the common ones, so it has the same names with the common figures.
    """
    promises, members = promises_of(scenario), list(promises_of(scenario).members)
    customers = dict(zip(CUSTOMER_COUNTS, np.moveaxis(stacked.customers, 1, 0), strict=True))
    named = dict(zip(COUNTS, np.moveaxis(stacked.counts, 1, 0), strict=True))
    named |= dict(zip(SUMS, np.moveaxis(stacked.sums, 1, 0), strict=True))
    by_tier = {
        name: Group(promises.tiers[i], _of_tier(named, i), _of_tier(customers, i), i)
        for i, name in enumerate(scenario.tiers)
    }
    total, everybody = (
        {key: figure[:, members].sum(axis=1) for key, figure in figures.items()}
        for figures in (named, customers)
    )
    total |= {own: total[common] for own, common in _COMMON.items()}
    return by_tier | {ALL: Group(promises.all, total, everybody, len(by_tier))}


def _of_tier(figures: Figures, tier: int) -> Figures:
    return {name: figure[:, tier] for name, figure in figures.items()}


def pool_figures(scenario: Scenario, stacked: Tally) -> dict[str, Figures]:
    """Return the figures of every pool by name, in file order."""
    named = dict(zip(POOL_COUNTS, np.moveaxis(stacked.pool_counts, 1, 0), strict=True))
    named |= dict(zip(POOL_SUMS, np.moveaxis(stacked.pool_sums, 1, 0), strict=True))
    return {
        pool: {name: figure[:, i] for name, figure in named.items()} for i, pool in enumerate(scenario.pools)
    }


def summed(figures: Figures) -> Figures:
    """Add up the cells."""
    return {name: figure.sum(axis=-1) for name, figure in figures.items()}


def service_level(figures: Figures, definition: str) -> Estimate:
    """Estimate the service level by a definition."""
    return ratio(*DEFINITIONS[definition](figures), most=1.0)


def tier_estimates(figures: Figures) -> dict[str, Estimate]:
    """Estimate what does not depend on the definition of the service level."""
    offered = figures["offered"]
    return {
        "abandonment": ratio(figures["abandoned"], offered, most=1.0),
        "asa_s": ratio(figures["wait_answered_s"], figures["answered"]),
        "mean_wait_s": ratio(figures["wait_s"], offered),
        "mean_excess_s": ratio(figures["excess_s"], offered),
    }


def ivr_estimates(figures: Figures) -> dict[str, Estimate]:
    """Estimate how many entered the IVR and what became of them, and the time from dialling to a person."""
    entered = figures["entered_ivr"]
    return {
        "entered": mean(entered),
        "containment": ratio(figures["self_served"], entered, most=1.0),
        "hung_up": ratio(figures["left_ivr"], entered, most=1.0),
        "time_s": ratio(figures["ivr_s"], entered),
        "reached_person_s": ratio(figures["reach_s"], figures["reached"]),
    }


def customer_estimates(customers: Figures) -> dict[str, Estimate]:
    """Estimate how often customers call, and how many get what they want, and when."""
    number = customers["customers"]
    return {
        "customers": mean(number),
        "calls_per_customer": ratio(customers["customer_calls"], number),
        "first_contact_resolution": ratio(customers["resolved"], customers["with_answer"], most=1.0),
        "never_served": ratio(number - customers["served"], number, most=1.0),
        "started_online": mean(customers["started_online"]),
        "solved_online": mean(customers["solved_online"]),
    }


def line_estimates(scenario: Scenario, stacked: Tally) -> dict[str, Estimate]:
    """Estimate the lines held on average, the share of calls that found none, and the hours they were held.

    Calls of every tier count.  Where lines are not limited, those held after the close count in the average.
    """
    named = dict(zip(COUNTS, stacked.counts.sum(axis=-1).swapaxes(0, 1), strict=True))
    phone = holds_line(scenario)
    dialled = (named["called"] - named["transfers"])[:, phone].sum(axis=-1)
    hours = stacked.sums[:, SUMS.index("line_s")].sum(axis=(-1, -2)) / 3600
    held = hours * 3600 if scenario.lines is None else stacked.lines_s.sum(axis=-1)
    return {
        "busy": mean(held / cells_of(scenario).seconds.sum()),
        "blocked": ratio(named["blocked"].sum(axis=-1), dialled, most=1.0),
        "line_hours": mean(hours),
    }


def pool_estimates(figures: Figures) -> dict[str, Estimate]:
    """Estimate occupancy = busy / (staffed + overtime), hours, and the work done per replication."""
    present = figures["staffed_s"] + figures["overtime_s"]
    return {
        "occupancy": ratio(figures["busy_s"], present, most=1.0),
        "staffed_h": mean(figures["staffed_s"] / 3600),
        "busy_h": mean(figures["busy_s"] / 3600),
        "idle_h": mean((present - figures["busy_s"]) / 3600),
        "overtime_h": mean(figures["overtime_s"] / 3600),
        "rostered_h": mean(figures["rostered_s"] / 3600),
        "unrostered_h": mean(figures["unrostered_s"] / 3600),
        "absent_h": mean((figures["rostered_s"] - figures["staffed_s"]) / 3600),
        "calls": mean(figures["calls"]),
        "callback_attempts": mean(figures["attempts"]),
    }
